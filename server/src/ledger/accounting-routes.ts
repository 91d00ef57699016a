import { Readable } from "node:stream";
import {
  AccountingChange,
  AccountingSetUp,
  AccrualDifferencePage,
  AccrualPage,
  AccrualQuery,
  AccrualTotals,
  AccrualTotalsQuery,
  JournalExport,
  JournalExportPage,
  NewJournalExport,
  PageQuery,
  TrialBalance,
  TrialBalanceQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import {
  accrualTotals,
  changeSetUp,
  getSetUp,
  listAccrualDifferences,
  listAccruals,
  trialBalanceOn,
} from "./accounting.ts";
import { createExport, downloadExport, listExports } from "./journal-export.ts";

const tags = ["accounting"];
const READ = { permission: "ledger.read", audience: "operator" } as const;
const WRITE = { permission: "ledger.write", audience: "operator" } as const;

/** The ledger on its way to accounting. */
export const accountingRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/accounting/trial-balance",
    { config: READ, schema: { tags, summary: "Trial balance at the end of a day", querystring: TrialBalanceQuery, response: { 200: TrialBalance } } },
    ({ ctx, actor, query }) => trialBalanceOn(ctx, actor, query),
  );
  app.get(
    "/v1/accounting/accruals",
    { config: READ, schema: { tags, summary: "What partners were owed on a day, as known then and now", querystring: AccrualQuery, response: { 200: AccrualPage } } },
    async ({ ctx, actor, query }) => wirePage(await listAccruals(ctx, actor, query)),
  );
  app.get(
    "/v1/accounting/accrual-totals",
    { config: READ, schema: { tags, summary: "The same per currency, with what was booked since", querystring: AccrualTotalsQuery, response: { 200: AccrualTotals } } },
    ({ ctx, actor, query }) => accrualTotals(ctx, actor, query),
  );
  app.get(
    "/v1/accounting/accrual-differences",
    { config: READ, schema: { tags, summary: "What had happened by the day and was booked after it, by key", querystring: AccrualQuery, response: { 200: AccrualDifferencePage } } },
    async ({ ctx, actor, query }) => wirePage(await listAccrualDifferences(ctx, actor, query)),
  );
  app.get(
    "/v1/accounting/set-up",
    { config: READ, schema: { tags, summary: "What accounting calls the accounts", response: { 200: AccountingSetUp } } },
    ({ ctx, actor }) => getSetUp(ctx, actor),
  );
  app.put(
    "/v1/accounting/set-up",
    { config: WRITE, schema: { tags, summary: "Change what accounting calls the accounts", body: AccountingChange, response: { 200: AccountingSetUp } } },
    ({ ctx, actor, body }) => changeSetUp(ctx, actor, body),
  );
  app.get(
    "/v1/accounting/exports",
    { config: READ, schema: { tags, summary: "What accounting was given, the newest first", querystring: PageQuery, response: { 200: JournalExportPage } } },
    async ({ ctx, actor, query }) => wirePage(await listExports(ctx, actor, query)),
  );
  app.post(
    "/v1/accounting/exports",
    { config: WRITE, schema: { tags, summary: "Give accounting what it has not had yet", body: NewJournalExport, response: { 201: JournalExport } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createExport(ctx, actor, body)),
  );
  app.get(
    "/v1/accounting/exports/:id/file",
    { config: READ, schema: { tags, summary: "The file of an export", params: z.object({ id: z.string().max(60) }) } },
    async ({ ctx, actor, params }, reply) => {
      const file = await downloadExport(ctx, actor, params.id);
      return reply.type(file.mediaType).header("content-disposition", `attachment; filename="${file.name}"`).send(Readable.from(file.bytes));
    },
  );
}; // biome-ignore format: routes
