import {
  AssumptionsQuery,
  NewSimulation,
  PageQuery,
  ProposedAssumptions,
  ReplayedPartnerPage,
  SimulationDetail,
  SimulationPage,
  SimulationQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import {
  cancelSimulation,
  getSimulation,
  listReplayed,
  listSimulations,
  startSimulation,
  suggestAssumptions,
} from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["simulations"];
const config = { permission: "reports.read", audience: "operator" } as const;

/** The deal desk, and what a month would have come to under something else. For the operator's people only; nothing here books anything. */
export const simulationsRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/simulations",
    {
      config,
      schema: {
        tags,
        summary: "Run a plan over history and forecast, or a month under something else",
        body: NewSimulation,
        response: { 201: SimulationDetail },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await startSimulation(ctx, actor, body)),
  );
  app.get(
    "/v1/simulations",
    {
      config,
      schema: { tags, summary: "Simulations", querystring: SimulationQuery, response: { 200: SimulationPage } },
    },
    async ({ ctx, actor, query }) => wirePage(await listSimulations(ctx, actor, query)),
  );
  app.get(
    "/v1/simulations/assumptions",
    {
      config,
      schema: {
        tags,
        summary: "Assumptions for a forecast, out of months as they were",
        querystring: AssumptionsQuery,
        response: { 200: ProposedAssumptions },
      },
    },
    async ({ ctx, actor, query }) => await suggestAssumptions(ctx, actor, query),
  );
  app.get(
    "/v1/simulations/:id",
    {
      config,
      schema: { tags, summary: "One simulation with its result", params: Id, response: { 200: SimulationDetail } },
    },
    async ({ ctx, actor, params }) => await getSimulation(ctx, actor, params.id),
  );
  app.post(
    "/v1/simulations/:id/cancel",
    {
      config,
      schema: { tags, summary: "Cancel a simulation that runs", params: Id, response: { 200: SimulationDetail } },
    },
    async ({ ctx, actor, params }) => await cancelSimulation(ctx, actor, params.id),
  );
  app.get(
    "/v1/simulations/:id/partners",
    {
      config,
      schema: {
        tags,
        summary: "What every partner's month would have come to, the largest differences first",
        params: Id,
        querystring: PageQuery,
        response: { 200: ReplayedPartnerPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listReplayed(ctx, actor, params.id, query)),
  );
};
