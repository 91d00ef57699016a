import {
  CapCounterPage,
  CappedConversionPage,
  CappedConversionQuery,
  CappedDecided,
  CappedDecision,
  NewTrafficCap,
  PageQuery,
  TrafficCap,
  TrafficCapChange,
  TrafficCapPage,
  TrafficCapQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Actor } from "../../access/index.ts";
import "../../access/http.ts";
import { type Context, wirePage } from "../../database/index.ts";
import { changeCap, createCap, getCap, listCapped, listCaps, listCounters } from "./service.ts";

/** What caps need from above; the shell gives it. */
export interface CapNeeds {
  /** lets conversions beyond a cap count, or ends their waiting: facts and commissions hang on it */
  readonly decide: (
    ctx: Context,
    actor: Actor,
    decision: z.output<typeof CappedDecision>,
  ) => Promise<z.output<typeof CappedDecided>>;
}

const READ = { permission: "links.read", audience: "both" } as const;
const WRITE = { permission: "links.write", audience: "operator" } as const;
const ById = z.object({ id: z.string() });
const tags = ["caps"];

/** Caps on clicks, conversions and amounts, and what is beyond them. */
export function capsRoutes(needs: CapNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(caps);
    await app.register(capped(needs));
  };
}

const caps: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/caps",
    {
      config: READ,
      schema: {
        tags,
        summary: "List caps, with how much of each is used and when it begins anew",
        querystring: TrafficCapQuery,
        response: { 200: TrafficCapPage },
      },
    },
    async (request) => wirePage(await listCaps(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/caps",
    {
      config: WRITE,
      schema: { tags, summary: "Set a cap", body: NewTrafficCap, response: { 201: TrafficCap } },
    },
    async (request, reply) => reply.code(201).send(await createCap(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/caps/:id",
    { config: READ, schema: { tags, summary: "Read a cap", params: ById, response: { 200: TrafficCap } } },
    (request) => getCap(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/caps/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change a cap's limit or overflow, pause or archive it",
        params: ById,
        body: TrafficCapChange,
        response: { 200: TrafficCap },
      },
    },
    (request) => changeCap(request.ctx, request.actor, request.params.id, request.body),
  );
  app.get(
    "/v1/caps/:id/counters",
    {
      config: READ,
      schema: {
        tags,
        summary: "Every counter of a cap in the period that runs now",
        params: ById,
        querystring: PageQuery,
        response: { 200: CapCounterPage },
      },
    },
    async (request) => wirePage(await listCounters(request.ctx, request.actor, request.params.id, request.query)),
  );
};

function capped(needs: CapNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/caps/capped",
      {
        config: { permission: "events.read", audience: "operator" },
        schema: {
          tags,
          summary: "Conversions beyond caps: those that wait for a decision, or earn nothing",
          querystring: CappedConversionQuery,
          response: { 200: CappedConversionPage },
        },
      },
      async (request) => wirePage(await listCapped(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/caps/capped/decide",
      {
        config: { permission: "events.write", audience: "operator" },
        schema: {
          tags,
          summary: "Let conversions beyond a cap count after all, or end their waiting",
          body: CappedDecision,
          response: { 200: CappedDecided },
        },
      },
      (request) => needs.decide(request.ctx, request.actor, request.body),
    );
  };
}
