import {
  ClicksQuery,
  ClicksReport,
  EarningsQuery,
  EarningsReport,
  FunnelQuery,
  FunnelReport,
  IntakePage,
  IntakeQuery,
  type IntakeRow,
  LiveReport,
  MetricDefinition,
  PartnerReport,
  SubPartnersQuery,
  SubPartnersReport,
  TodayQuery,
  TodayReport,
} from "@tributary/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import type { Analytics, Db } from "../database/index.ts";
import { clicksReport } from "./clicks-over-time.ts";
import type { ReportContext } from "./contracts.ts";
import { METRICS } from "./core/metrics.ts";
import { earningsReport } from "./earnings.ts";
import { clicksCsv, earningsCsv, funnelCsv, intakeCsv } from "./export.ts";
import { funnelReport } from "./funnel.ts";
import { searchIntake } from "./intake.ts";
import { homeReport, liveReport, partnerReport } from "./partner-report.ts";
import { subPartnersReport } from "./sub-partners.ts";
import { todayReport } from "./today.ts";

export interface ReportingServices {
  readonly analytics: Analytics;
  /** Not narrowed by row-level security, see {@link ReportContext.whole}. */
  readonly whole: Db;
}

/** Rows that an export of the log carries at most. */
const EXPORTED = 10_000;

/** `GET /v1/reports/…` and `GET /v1/intake`. */
export function reportingRoutes(services: ReportingServices): FastifyPluginAsyncZod {
  const contextOf = (request: FastifyRequest): ReportContext => ({ ...request.ctx, ...services });
  return async (app) => {
    await app.register(explorations(contextOf));
    await app.register(definitions(contextOf));
    await app.register(pages(contextOf));
    await app.register(log(contextOf));
  };
}

type ContextOf = (request: FastifyRequest) => ReportContext;
const both = { permission: "reports.read", audience: "both" } as const;
const operator = { permission: "reports.read", audience: "operator" } as const;

function explorations(contextOf: ContextOf): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/reports/funnel",
      {
        config: both,
        schema: {
          tags: ["reports"],
          summary: "Clicks, registrations, KYC, first and second deposits by up to three breakdowns",
          querystring: FunnelQuery,
          response: { 200: z.union([FunnelReport, z.string()]) },
        },
      },
      async (request, reply) => {
        const report = await funnelReport(contextOf(request), request.actor, request.query);
        return request.query.format === "csv" ? asFile(reply, "funnel", funnelCsv(report)) : report;
      },
    );
    app.get(
      "/v1/reports/clicks",
      {
        config: both,
        schema: {
          tags: ["reports"],
          summary: "Clicks over time",
          querystring: ClicksQuery,
          response: { 200: z.union([ClicksReport, z.string()]) },
        },
      },
      async (request, reply) => {
        const report = await clicksReport(contextOf(request), request.actor, request.query);
        return request.query.format === "csv" ? asFile(reply, "clicks", clicksCsv(report)) : report;
      },
    );
    app.get(
      "/v1/reports/earnings",
      {
        config: both,
        schema: {
          tags: ["reports"],
          summary: "Commission by the day or month it was earned in",
          querystring: EarningsQuery,
          response: { 200: z.union([EarningsReport, z.string()]) },
        },
      },
      async (request, reply) => {
        const report = await earningsReport(contextOf(request), request.actor, request.query);
        return request.query.format === "csv" ? asFile(reply, "earnings", earningsCsv(report)) : report;
      },
    );
  };
}

function definitions(contextOf: ContextOf): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/reports/sub-partners",
      {
        config: { permission: "reports.read", audience: "partner" },
        schema: {
          tags: ["reports"],
          summary: "What the partners below brought and earned, as far as each program shows it",
          querystring: SubPartnersQuery,
          response: { 200: SubPartnersReport },
        },
      },
      (request) => subPartnersReport(contextOf(request), request.actor, request.query),
    );
    app.get(
      "/v1/reports/metrics",
      {
        config: both,
        schema: {
          tags: ["reports"],
          summary: "What each figure means",
          response: { 200: z.object({ data: z.array(MetricDefinition) }) },
        },
      },
      () => ({ data: [...METRICS] }),
    );
  };
}

function pages(contextOf: ContextOf): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/reports/today",
      {
        config: operator,
        schema: {
          tags: ["reports"],
          summary: "The day so far beside the same weekday a week ago, and what deserves a look",
          querystring: TodayQuery,
          response: { 200: TodayReport },
        },
      },
      (request) => todayReport(contextOf(request), request.actor, request.query),
    );
    app.get(
      "/v1/reports/live",
      {
        config: operator,
        schema: { tags: ["reports"], summary: "What is happening now", response: { 200: LiveReport } },
      },
      (request) => liveReport(contextOf(request), request.actor),
    );
    app.get(
      "/v1/reports/partners/:partnerId",
      {
        config: both,
        schema: {
          tags: ["reports"],
          summary: "Thirty days of a partner beside the thirty before",
          params: z.object({ partnerId: z.string().max(60) }),
          response: { 200: PartnerReport },
        },
      },
      (request) => partnerReport(contextOf(request), request.actor, request.params.partnerId),
    );
    app.get(
      "/v1/reports/home",
      {
        config: { permission: "reports.read", audience: "partner" },
        schema: { tags: ["reports"], summary: "The portal's home", response: { 200: PartnerReport } },
      },
      (request) => homeReport(contextOf(request), request.actor),
    );
  };
}

function log(contextOf: ContextOf): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/intake",
      {
        config: { permission: "intake.read", audience: "operator" },
        schema: {
          tags: ["intake"],
          summary: "The log of everything that came in, searchable by any parameter",
          querystring: IntakeQuery,
          response: { 200: z.union([IntakePage, z.string()]) },
        },
      },
      async (request, reply) => {
        const ctx = contextOf(request);
        if (request.query.format !== "csv") return await searchIntake(ctx, request.actor, request.query);
        const rows: IntakeRow[] = [];
        const query = { ...request.query, limit: 500 } as IntakeQuery;
        for (;;) {
          const page = await searchIntake(ctx, request.actor, query);
          rows.push(...page.data);
          if (page.nextCursor === null || rows.length >= EXPORTED) break;
          query.cursor = page.nextCursor;
        }
        return asFile(reply, "intake", intakeCsv(rows));
      },
    );
  };
}

function asFile(reply: FastifyReply, name: string, csv: string): string {
  reply.header("content-type", "text/csv; charset=utf-8");
  reply.header("content-disposition", `attachment; filename="${name}.csv"`);
  return csv;
}
