import {
  Adjustment,
  AdjustmentBatch,
  AdjustmentDecision,
  AdjustmentDecisions,
  AdjustmentPage,
  AdjustmentQuery,
  AdjustmentReason,
  AdjustmentReasonChange,
  AdjustmentReasons,
  AdjustmentRule,
  AdjustmentRulePage,
  AdjustmentRuleQuery,
  AdjustmentsDecided,
  BatchProposal,
  NewAdjustment,
  NewAdjustmentRule,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { cancelBatch, checkBatch, getBatch, proposeBatch } from "./batches.ts";
import { listReasons, saveReason } from "./reasons.ts";
import { decideRule, listRules, proposeRule } from "./rules.ts";
import { decideAdjustment, decideAdjustments, getAdjustment, listAdjustments, proposeAdjustment } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["commissions"];
const read = { permission: "statements.read", audience: "both" } as const;
const readOwn = { permission: "statements.read", audience: "operator" } as const;
const write = { permission: "ledger.write", audience: "operator" } as const;
const decide = { permission: "ledger.approve", audience: "operator" } as const;
const MOST_BYTES = 10 * 1024 * 1024;

/** Corrections by people: proposed by one, decided by another; alone, by file, or repeating every month. */
export function adjustmentsRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(oneByOne);
    await app.register(ruleRoutes);
    await app.register(reasonRoutes);
    await app.register(batchRoutes);
  };
}

const oneByOne: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/adjustments",
    {
      config: read,
      schema: { tags, summary: "Adjustments", querystring: AdjustmentQuery, response: { 200: AdjustmentPage } },
    },
    async ({ ctx, actor, query }) => wirePage(await listAdjustments(ctx, actor, query)),
  );
  app.get(
    "/v1/adjustments/:id",
    { config: read, schema: { tags, summary: "One adjustment", params: Id, response: { 200: Adjustment } } },
    ({ ctx, actor, params }) => getAdjustment(ctx, actor, params.id),
  );
  app.post(
    "/v1/adjustments",
    {
      config: write,
      schema: { tags, summary: "Propose an adjustment", body: NewAdjustment, response: { 201: Adjustment } },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await proposeAdjustment(ctx, actor, body)),
  );
  const body = AdjustmentDecision.nullish();
  for (const [verb, summary] of [
    ["approve", "Approve and book; not by whoever proposed it"],
    ["decline", "Decline; not by whoever proposed it"],
  ] as const) {
    app.post(
      `/v1/adjustments/:id/${verb}`,
      { config: decide, schema: { tags, summary, params: Id, body, response: { 200: Adjustment } } },
      ({ ctx, actor, params, body: said }) =>
        decideAdjustment(ctx, actor, params.id, verb === "approve", said?.note ?? null),
    );
  }
  app.post(
    "/v1/adjustments/decisions",
    {
      config: decide,
      schema: {
        tags,
        summary: "Decide about many, each for itself",
        body: AdjustmentDecisions,
        response: { 200: AdjustmentsDecided },
      },
    },
    ({ ctx, actor, body: said }) => decideAdjustments(ctx, actor, said),
  );
};

const ruleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/adjustment-rules",
    {
      config: readOwn,
      schema: {
        tags,
        summary: "Adjustments that repeat every month",
        querystring: AdjustmentRuleQuery,
        response: { 200: AdjustmentRulePage },
      },
    },
    async ({ ctx, actor, query }) => wirePage(await listRules(ctx, actor, query)),
  );
  app.post(
    "/v1/adjustment-rules",
    {
      config: write,
      schema: {
        tags,
        summary: "Propose an adjustment that repeats every month",
        body: NewAdjustmentRule,
        response: { 201: AdjustmentRule },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await proposeRule(ctx, actor, body)),
  );
  for (const [verb, summary] of [
    ["approve", "Approve a rule; not by whoever proposed it"],
    ["decline", "Decline a rule; not by whoever proposed it"],
    ["end", "End a rule: what it has made stays"],
  ] as const) {
    app.post(
      `/v1/adjustment-rules/:id/${verb}`,
      {
        config: verb === "end" ? write : decide,
        schema: { tags, summary, params: Id, response: { 200: AdjustmentRule } },
      },
      ({ ctx, actor, params }) => decideRule(ctx, actor, params.id, verb),
    );
  }
};

const reasonRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/adjustment-reasons",
    { config: read, schema: { tags, summary: "The catalogue of reasons", response: { 200: AdjustmentReasons } } },
    async ({ ctx }) => ({ data: await listReasons(ctx) }),
  );
  app.put(
    "/v1/adjustment-reasons/:code",
    {
      config: { permission: "settings.write", audience: "operator" },
      schema: {
        tags,
        summary: "Write a reason of the catalogue",
        params: z.object({ code: AdjustmentReason.shape.code }),
        body: AdjustmentReasonChange,
        response: { 200: AdjustmentReason },
      },
    },
    ({ ctx, actor, params, body }) => saveReason(ctx, actor, params.code, body),
  );
};

const batchRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/adjustment-batches/:id",
    {
      config: write,
      schema: { tags, summary: "A file of adjustments", params: Id, response: { 200: AdjustmentBatch } },
    },
    ({ ctx, actor, params }) => getBatch(ctx, actor, params.id),
  );
  app.post(
    "/v1/adjustment-batches/:id/propose",
    {
      config: write,
      schema: {
        tags,
        summary: "Propose the good rows of a file",
        params: Id,
        body: BatchProposal,
        response: { 200: AdjustmentBatch },
      },
    },
    ({ ctx, actor, params, body }) => proposeBatch(ctx, actor, params.id, body.leaveRefused),
  );
  app.post(
    "/v1/adjustment-batches/:id/cancel",
    {
      config: write,
      schema: { tags, summary: "Propose nothing of a file", params: Id, response: { 200: AdjustmentBatch } },
    },
    ({ ctx, actor, params }) => cancelBatch(ctx, actor, params.id),
  );
  await app.register(uploadRoute);
};

/** The body is the file itself, whatever it says to be. */
const uploadRoute: FastifyPluginAsyncZod = async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_BYTES }, (_request, payload, done) =>
    done(null, payload),
  );
  app.addHook("onRequest", async (request) => {
    delete request.headers["idempotency-key"];
  });
  app.post(
    "/v1/adjustment-batches",
    {
      config: write,
      schema: {
        tags,
        summary: "Look at a file of adjustments (CSV or XLSX as the body): nothing is proposed yet",
        querystring: z.object({ name: z.string().min(1).max(200).describe("name of the file") }),
        response: { 201: AdjustmentBatch },
      },
    },
    async ({ ctx, actor, query, body }, reply) =>
      reply.code(201).send(await checkBatch(ctx, actor, query.name, body as Buffer)),
  );
};
