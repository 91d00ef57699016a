import {
  Adjustment,
  CustomerCommission,
  HoldSchedule,
  LineExplanation,
  LinePage,
  LineQuery,
  PlanLanguage,
  ReleaseRequest,
  WaitingPage,
  WaitingQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { requestRelease } from "./adjustments/service.ts";
import { explainLine, type LineSurroundings, listLines } from "./explain.ts";
import { explainCustomer } from "./explain-customer.ts";
import { holdSchedule, listWaiting } from "./waiting.ts";

const Id = z.object({ id: z.string().max(60) });
const Reading = z.object({ language: PlanLanguage.default("en") });
const HoldQuery = z.object({ partnerId: z.string().max(60).optional().describe("left out by a partner: its own") });
const tags = ["commissions"];
const read = { permission: "statements.read", audience: "both" } as const;

/** Commission lines with everything behind them, and what is held. */
export function linesRoutes(around: LineSurroundings): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/lines",
      {
        config: read,
        schema: { tags, summary: "Commission lines", querystring: LineQuery, response: { 200: LinePage } },
      },
      async (request) => {
        const { rows, nextCursor } = await listLines(request.ctx, request.actor, request.query, around.whole);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/lines/:id",
      {
        config: read,
        schema: {
          tags,
          summary: "One line: arithmetic, terms, customer, click, events, bookings",
          params: Id,
          querystring: Reading,
          response: { 200: LineExplanation },
        },
      },
      (request) => explainLine(request.ctx, request.actor, request.params.id, request.query.language, around),
    );
    await app.register(whatIsMissing);
    await app.register(releases);
  };
}

/** Why nothing was earned yet, what is held, and what cannot be calculated. */
const whatIsMissing: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/customers/:id/commission",
    {
      config: read,
      schema: {
        tags,
        summary: "What a customer has earned its partner, and what is missing",
        params: Id,
        querystring: Reading,
        response: { 200: CustomerCommission },
      },
    },
    (request) => explainCustomer(request.ctx, request.actor, request.params.id, request.query.language),
  );
  app.get(
    "/v1/calculations/waiting",
    {
      config: { permission: "statements.read", audience: "operator" },
      schema: {
        tags,
        summary: "Months that wait for their calculation, and why some cannot be calculated",
        querystring: WaitingQuery,
        response: { 200: WaitingPage },
      },
    },
    async (request) => {
      const { rows, nextCursor } = await listWaiting(request.ctx, request.actor, request.query);
      return { data: [...rows], nextCursor };
    },
  );
  app.get(
    "/v1/holds",
    {
      config: read,
      schema: {
        tags,
        summary: "What is held, by the day it becomes payable",
        querystring: HoldQuery,
        response: { 200: HoldSchedule },
      },
    },
    (request) => holdSchedule(request.ctx, request.actor, request.query.partnerId ?? request.actor.partnerId ?? ""),
  );
};

const releases: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/lines/:id/release-requests",
    {
      config: { permission: "ledger.write", audience: "operator" },
      schema: {
        tags,
        summary: "Ask for the release of what a cap keeps waiting; another person decides about it as an adjustment",
        params: Id,
        body: ReleaseRequest,
        response: { 201: Adjustment },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, body } = request;
      return reply.code(201).send(await requestRelease(ctx, actor, params.id, body.reason));
    },
  );
};
