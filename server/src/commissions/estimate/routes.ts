import {
  Estimate,
  EstimateRequest,
  NewPublicCalculator,
  PublicCalculator,
  PublicCalculatorPage,
  PublicCalculatorQuery,
  PublicEstimate,
  PublicEstimateRequest,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import {
  type EstimateParts,
  estimateByToken,
  estimateFor,
  listCalculators,
  publishCalculator,
  withdrawCalculator,
} from "./service.ts";

const tags = ["estimates"];
// Anybody may call it: a person moving sliders asks a few times a second at most.
const PUBLIC = { audience: "public", rateLimit: { max: 120, timeWindow: "1 minute" } } as const;
const Id = z.object({ id: z.string().max(60) });
const Token = z.object({ token: z.string().regex(/^[0-9a-z]{20,80}$/i) });

/** What plans would pay for a funnel, and calculators on public pages. */
export function estimatesRoutes(parts: EstimateParts): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/estimates",
      {
        config: { permission: "agreements.read", audience: "both" },
        schema: {
          tags,
          summary: "What a plan would pay for a funnel",
          body: EstimateRequest,
          response: { 200: Estimate },
        },
      },
      ({ ctx, actor, body }) => estimateFor(ctx, actor, body.of, body.funnel, body.language),
    );
    app.post(
      "/v1/public/calculators/:token/estimates",
      {
        config: PUBLIC,
        schema: {
          tags,
          summary: "The same for whoever has the address of a public calculator",
          params: Token,
          body: PublicEstimateRequest,
          response: { 200: PublicEstimate },
        },
      },
      ({ ctx, params, body }) => estimateByToken(ctx, params.token, body.funnel, body.language),
    );
    await app.register(calculators(parts));
  };
}

function calculators(parts: EstimateParts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/calculators",
      {
        config: { permission: "plans.read", audience: "operator" },
        schema: {
          tags,
          summary: "Calculators on public pages",
          querystring: PublicCalculatorQuery,
          response: { 200: PublicCalculatorPage },
        },
      },
      async (request) => {
        const { rows, nextCursor } = await listCalculators(request.ctx, request.actor, request.query, parts);
        return { data: [...rows], nextCursor };
      },
    );
    app.post(
      "/v1/calculators",
      {
        config: { permission: "plans.write", audience: "operator" },
        schema: {
          tags,
          summary: "Put a calculator of a published plan on a public page",
          body: NewPublicCalculator,
          response: { 201: PublicCalculator },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await publishCalculator(request.ctx, request.actor, request.body, parts)),
    );
    app.delete(
      "/v1/calculators/:id",
      {
        config: { permission: "plans.write", audience: "operator" },
        schema: { tags, summary: "Take a public calculator away", params: Id, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await withdrawCalculator(request.ctx, request.actor, request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}
