import {
  ErasureDecision,
  LegalHold,
  LegalHoldPage,
  LegalHoldQuery,
  LiftHold,
  NewErasure,
  NewLegalHold,
  NewPersonExport,
  PersonAddress,
  PrivacyPreview,
  PrivacyRequest,
  PrivacyRequestPage,
  PrivacyRequestQuery,
  RetentionRule,
  RetentionRuleChange,
  RetentionRuleList,
  RetentionRun,
  RetentionRunPage,
  RetentionRunQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/index.ts";
import { wirePage } from "../database/index.ts";
import type { PrivacyNeeds } from "./contracts.ts";
import { liftHold, listHolds, placeHold } from "./holds.ts";
import { changeRule, listRules, listRuns, runRetention } from "./retention.ts";
import { decideErasure, exportPerson, getRequest, listRequests, previewPerson, proposeErasure } from "./service.ts";

const Id = z.object({ id: z.string() });
const READ = { permission: "privacy.read", audience: "operator" } as const;
const WRITE = { permission: "privacy.write", audience: "operator" } as const;
const APPROVE = { permission: "privacy.approve", audience: "operator" } as const;
const tags = ["privacy"];

/** What is kept about a person, exports, erasures by two people, legal holds, and how long records live. */
export function privacyRoutes(needs: PrivacyNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(requestRoutes(needs));
    await app.register(holdRoutes);
    await app.register(retentionRoutes(needs));
  };
}

function requestRoutes(needs: PrivacyNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/privacy/preview",
      {
        config: READ,
        schema: {
          tags,
          summary: "What is kept about a person, and what an erasure would do",
          querystring: PersonAddress,
          response: { 200: PrivacyPreview },
        },
      },
      (request) => previewPerson(request.ctx, request.actor, request.query, needs),
    );
    app.post(
      "/v1/privacy/exports",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Everything about a person, as a ZIP",
          body: NewPersonExport,
          response: { 200: z.any() },
        },
      },
      async (request, reply) => {
        const { name, bytes } = await exportPerson(request.ctx, request.actor, request.body, needs);
        return reply
          .header("content-disposition", `attachment; filename="${name}"`)
          .type("application/zip")
          .serializer((body: unknown) => body as string)
          .send(Buffer.from(bytes));
      },
    );
    app.get(
      "/v1/privacy/requests",
      {
        config: READ,
        schema: {
          tags,
          summary: "Exports and erasures",
          querystring: PrivacyRequestQuery,
          response: { 200: PrivacyRequestPage },
        },
      },
      async (request) => wirePage(await listRequests(request.ctx, request.actor, request.query)),
    );
    app.get(
      "/v1/privacy/requests/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "One export or erasure, with its certificate",
          params: Id,
          response: { 200: PrivacyRequest },
        },
      },
      (request) => getRequest(request.ctx, request.actor, request.params.id),
    );
    await app.register(erasureRoutes(needs));
  };
}

function erasureRoutes(needs: PrivacyNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/privacy/erasures",
      {
        config: WRITE,
        schema: { tags, summary: "Propose to erase a person", body: NewErasure, response: { 201: PrivacyRequest } },
      },
      async (request, reply) =>
        reply.code(201).send(await proposeErasure(request.ctx, request.actor, request.body, needs)),
    );
    app.post(
      "/v1/privacy/erasures/:id/decision",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Carry an erasure out, or refuse it; not by whoever proposed it",
          params: Id,
          body: ErasureDecision,
          response: { 200: PrivacyRequest },
        },
      },
      (request) => decideErasure(request.ctx, request.actor, request.params.id, request.body, needs),
    );
  };
}

const holdRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/privacy/holds",
    {
      config: READ,
      schema: { tags, summary: "Legal holds", querystring: LegalHoldQuery, response: { 200: LegalHoldPage } },
    },
    async (request) => wirePage(await listHolds(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/privacy/holds",
    {
      config: WRITE,
      schema: { tags, summary: "Place a legal hold", body: NewLegalHold, response: { 201: LegalHold } },
    },
    async (request, reply) => reply.code(201).send(await placeHold(request.ctx, request.actor, request.body)),
  );
  app.post(
    "/v1/privacy/holds/:id/lift",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Lift a hold; not by whoever placed it",
        params: Id,
        body: LiftHold,
        response: { 200: LegalHold },
      },
    },
    (request) => liftHold(request.ctx, request.actor, request.params.id, request.body.reason),
  );
};

function retentionRoutes(needs: PrivacyNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/privacy/retention",
      {
        config: READ,
        schema: { tags, summary: "How long records of each kind live", response: { 200: RetentionRuleList } },
      },
      async (request) => ({ data: await listRules(request.ctx, request.actor, needs) }),
    );
    app.put(
      "/v1/privacy/retention/:id",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Say how long records of a kind live",
          params: Id,
          body: RetentionRuleChange,
          response: { 200: RetentionRule },
        },
      },
      (request) => changeRule(request.ctx, request.actor, request.params.id, request.body, needs),
    );
    app.get(
      "/v1/privacy/retention-runs",
      {
        config: READ,
        schema: {
          tags,
          summary: "What the rules removed, and when",
          querystring: RetentionRunQuery,
          response: { 200: RetentionRunPage },
        },
      },
      async (request) => wirePage(await listRuns(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/privacy/retention-runs",
      {
        config: READ,
        schema: {
          tags,
          summary: "Count what the rules would remove today, or remove it",
          body: z.object({ dry: z.boolean() }),
          response: { 201: RetentionRun },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await runRetention(request.ctx, request.actor, request.body.dry, needs)),
    );
  };
}
