import {
  InLanguage,
  Morning,
  MorningAnswer,
  MorningAnswered,
  MorningQuery,
  MorningTuning,
  MorningTuningChange,
  MorningTuningPreview,
  Portfolio,
  PortfolioPlanChange,
  PortfolioPlanFile,
  PortfolioPlanFileRead,
  PortfolioPlanSaved,
  PortfolioQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { answerItem, getMorning } from "./answers.ts";
import { importPlans, savePlans } from "./plans.ts";
import { getPortfolio } from "./portfolio.ts";
import type { MorningNeeds } from "./refresh.ts";
import { changeTuning, getTuning, previewTuning } from "./tuning.ts";

const READ = { permission: "partners.read", audience: "operator" } as const;
const WRITE = { permission: "partners.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["morning"];

/** What is worth doing today, and how the portfolio stands against its plan. */
export function morningRoutes(needs: MorningNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/morning",
      {
        config: READ,
        schema: {
          tags,
          summary: "What is worth doing today, ranked",
          querystring: MorningQuery,
          response: { 200: Morning },
        },
      },
      ({ ctx, actor, query }) => getMorning(ctx, actor, query),
    );
    app.post(
      "/v1/morning/:id/answer",
      {
        config: READ,
        schema: {
          tags,
          summary: "Snooze it, say that it is done or of no use, hand it over, or open it again",
          params: ById,
          body: MorningAnswer,
          response: { 200: MorningAnswered },
        },
      },
      ({ ctx, actor, params, body }) => answerItem(ctx, actor, params.id, body),
    );
    await app.register(tuning);
    await app.register(portfolio(needs));
  };
}

const tuning: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/morning-weights",
    { config: READ, schema: { tags, summary: "What the day is ranked by", response: { 200: MorningTuning } } },
    ({ ctx, actor }) => getTuning(ctx, actor),
  );
  app.put(
    "/v1/morning-weights",
    {
      config: READ,
      schema: {
        tags,
        summary: "Change one's own weights, or the operator's",
        body: MorningTuningChange,
        response: { 200: MorningTuning },
      },
    },
    ({ ctx, actor, body }) => changeTuning(ctx, actor, body),
  );
  app.post(
    "/v1/morning-weights/preview",
    {
      config: READ,
      schema: {
        tags,
        summary: "How the order would change",
        querystring: InLanguage,
        body: MorningTuningChange,
        response: { 200: MorningTuningPreview },
      },
    },
    ({ ctx, actor, body, query }) => previewTuning(ctx, actor, body, query.language),
  );
};

function portfolio(needs: MorningNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/portfolio",
      {
        config: { permission: "reports.read", audience: "operator" },
        schema: {
          tags,
          summary: "Plan against actual of a month",
          querystring: PortfolioQuery,
          response: { 200: Portfolio },
        },
      },
      ({ ctx, actor, query }) => getPortfolio(ctx, actor, query, needs),
    );
    app.put(
      "/v1/portfolio/plans",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Set plans of a month",
          body: PortfolioPlanChange,
          response: { 200: PortfolioPlanSaved },
        },
      },
      ({ ctx, actor, body }) => savePlans(ctx, actor, body),
    );
    app.post(
      "/v1/portfolio/plans/import",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Read plans from a file",
          body: PortfolioPlanFile,
          response: { 200: PortfolioPlanFileRead },
        },
      },
      ({ ctx, actor, body }) => importPlans(ctx, actor, body.csv, body.dryRun),
    );
  };
}
