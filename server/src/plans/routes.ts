import {
  NewPlan,
  NewPlanCase,
  NewPlanVersion,
  PlanCase,
  PlanCaseRun,
  PlanCaseRunResult,
  PlanCases,
  PlanCheckRequest,
  PlanCheckResult,
  PlanDetail,
  PlanLanguage,
  PlanPage,
  PlanPublication,
  PlanQuery,
  PlanTemplates,
  PlanVersion,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { addCase, changeCase, listCases, removeCase, runCasesOn } from "./cases.ts";
import type { RunPlan } from "./contracts.ts";
import { planTemplates } from "./core/templates/index.ts";
import { addPlanVersion, checkDocument, createPlan, getPlan, listPlans, publishPlanVersion } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const VersionId = Id.extend({ versionId: z.string().max(60) });
const CaseId = Id.extend({ caseId: z.string().max(60) });
const Reading = z.object({ language: PlanLanguage.default("en") });
const tags = ["plans"];
const READ = { permission: "plans.read", audience: "operator" } as const;
const WRITE = { permission: "plans.write", audience: "operator" } as const;
const APPROVE = { permission: "plans.approve", audience: "operator" } as const;

/**
 * Commission plans: for the operator only; a partner reads its plan through its agreement.
 * @param run the calculation, which stands above this room: test cases are run by it
 */
export function plansRoutes({ run }: { readonly run: RunPlan }): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(allPlans);
    await app.register(onePlan(run));
    await app.register(casesOf(run));
  };
}

const allPlans: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/plans",
    { config: READ, schema: { tags, summary: "Plans", querystring: PlanQuery, response: { 200: PlanPage } } },
    async (request) => {
      const { rows, nextCursor } = await listPlans(request.ctx, request.actor, request.query);
      return { data: [...rows], nextCursor };
    },
  );
  app.get(
    "/v1/plans/templates",
    {
      config: READ,
      schema: {
        tags,
        summary: "Plans of the field to begin with",
        querystring: Reading,
        response: { 200: PlanTemplates },
      },
    },
    async (request) => ({ data: planTemplates(request.query.language) }),
  );
  app.post(
    "/v1/plans/check",
    {
      config: READ,
      schema: {
        tags,
        summary: "Check a plan without saving it",
        body: PlanCheckRequest,
        response: { 200: PlanCheckResult },
      },
    },
    async (request) => checkDocument(request.body.document, request.body.language),
  );
  app.post(
    "/v1/plans",
    {
      config: WRITE,
      schema: { tags, summary: "A new plan with a draft", body: NewPlan, response: { 201: PlanDetail } },
    },
    async (request, reply) => reply.code(201).send(await createPlan(request.ctx, request.actor, request.body)),
  );
};

/** One plan, its versions and their publication. */
const onePlan =
  (run: RunPlan): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/plans/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "One plan with its versions",
          params: Id,
          querystring: Reading,
          response: { 200: PlanDetail },
        },
      },
      (request) => getPlan(request.ctx, request.actor, request.params.id, request.query.language),
    );
    app.post(
      "/v1/plans/:id/versions",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "A new draft of a plan",
          params: Id,
          body: NewPlanVersion,
          response: { 201: PlanVersion },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await addPlanVersion(request.ctx, request.actor, request.params.id, request.body, run)),
    );
    app.post(
      "/v1/plans/:id/versions/:versionId/publish",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Publish a draft; not by whoever wrote it",
          params: VersionId,
          body: PlanPublication.nullish(),
          response: { 200: PlanVersion },
        },
      },
      (request) => publishPlanVersion(request.ctx, request.actor, request.params.versionId, request.body?.reason),
    );
  };

/** Test cases: kept with the plan, run on every version. */
const casesOf =
  (run: RunPlan): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/plans/:id/cases",
      { config: READ, schema: { tags, summary: "Test cases of a plan", params: Id, response: { 200: PlanCases } } },
      async (request) => ({ data: await listCases(request.ctx, request.actor, request.params.id) }),
    );
    app.post(
      "/v1/plans/:id/cases",
      {
        config: WRITE,
        schema: { tags, summary: "A new test case", params: Id, body: NewPlanCase, response: { 201: PlanCase } },
      },
      async (request, reply) =>
        reply.code(201).send(await addCase(request.ctx, request.actor, request.params.id, request.body, run)),
    );
    app.put(
      "/v1/plans/:id/cases/:caseId",
      {
        config: WRITE,
        schema: { tags, summary: "Change a test case", params: CaseId, body: NewPlanCase, response: { 200: PlanCase } },
      },
      ({ ctx, actor, params, body }) => changeCase(ctx, actor, params.id, params.caseId, body, run),
    );
    app.delete(
      "/v1/plans/:id/cases/:caseId",
      {
        config: WRITE,
        schema: { tags, summary: "Take a test case away", params: CaseId, response: { 204: z.null() } },
      },
      async ({ ctx, actor, params }, reply) => {
        await removeCase(ctx, actor, params.id, params.caseId, run);
        return reply.code(204).send(null);
      },
    );
    app.post(
      "/v1/plans/:id/cases/run",
      {
        config: READ,
        schema: {
          tags,
          summary: "Run the test cases of a plan on a document that need not be saved",
          params: Id,
          body: PlanCaseRun,
          response: { 200: PlanCaseRunResult },
        },
      },
      ({ ctx, actor, params, body }) => runCasesOn(ctx, actor, params.id, body.document, body.language, run),
    );
  };
