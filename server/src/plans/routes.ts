import {
  NewPlan,
  NewPlanVersion,
  PlanCheckRequest,
  PlanCheckResult,
  PlanDetail,
  PlanLanguage,
  PlanPage,
  PlanQuery,
  PlanVersion,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { addPlanVersion, checkDocument, createPlan, getPlan, listPlans, publishPlanVersion } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const VersionId = z.object({ id: z.string().max(60), versionId: z.string().max(60) });
const Reading = z.object({ language: PlanLanguage.default("en") });
const tags = ["plans"];
const READ = { permission: "plans.read", audience: "operator" } as const;
const WRITE = { permission: "plans.write", audience: "operator" } as const;

/** Commission plans: for the operator only; a partner reads its plan through its agreement. */
export function plansRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/plans",
      { config: READ, schema: { tags, summary: "Plans", querystring: PlanQuery, response: { 200: PlanPage } } },
      async (request) => {
        const { rows, nextCursor } = await listPlans(request.ctx, request.actor, request.query);
        return { data: [...rows], nextCursor };
      },
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
    await app.register(onePlan);
  };
}

/** One plan, its versions and their publication. */
const onePlan: FastifyPluginAsyncZod = async (app) => {
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
      reply.code(201).send(await addPlanVersion(request.ctx, request.actor, request.params.id, request.body.document)),
  );
  app.post(
    "/v1/plans/:id/versions/:versionId/publish",
    {
      config: { permission: "plans.approve", audience: "operator" },
      schema: {
        tags,
        summary: "Publish a draft; not by whoever wrote it",
        params: VersionId,
        response: { 200: PlanVersion },
      },
    },
    (request) => publishPlanVersion(request.ctx, request.actor, request.params.versionId),
  );
};
