import type { Readable } from "node:stream";
import {
  Ageing,
  BankAccount,
  BankAccountChange,
  BankAccountList,
  BankEntry,
  BankEntryChange,
  BankEntryDetail,
  BankEntryPage,
  BankEntryQuery,
  BankFile,
  BankFilePage,
  BankFileRead,
  BankFileUpload,
  BankMatch,
  BankStatementDecision,
  BankStatementPage,
  BankStatementQuery,
  BankStatementRecord,
  MatchBooking,
  MatchBookingDone,
  MatchEnd,
  MatchingDone,
  NewBankAccount,
  NewBankMatch,
  PageQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { takeBodyAsFile } from "../access/index.ts";
import "../access/http.ts";
import { requirePermission } from "../access/index.ts";
import { wirePage } from "../database/index.ts";
import {
  ageingOf,
  changeBankAccount,
  createBankAccount,
  decideStatement,
  listBankAccounts,
  listBankStatements,
} from "./bank-accounts.ts";
import { getBankFile, listBankFiles, mapBankFile, takeBankFile } from "./bank-files.ts";
import { bookMatches, reverseMatch } from "./booking.ts";
import { changeEntry, getEntry, listEntries } from "./entries.ts";
import { confirmMatch, createMatch, matchAccount, undoMatch } from "./matching.ts";

const READ = { permission: "reconciliation.read", audience: "operator" } as const;
const WRITE = { permission: "reconciliation.write", audience: "operator" } as const;
const APPROVE = { permission: "reconciliation.approve", audience: "operator" } as const;
const tags = ["reconciliation"];
const Id = z.object({ id: z.string().max(60) });

/** The bank beside the payouts. For the operator's people only. */
export const bankRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/bank-accounts",
    { config: READ, schema: { tags, summary: "Bank accounts, and what of them is open", response: { 200: BankAccountList } } },
    async ({ ctx, actor }) => ({ data: [...(await listBankAccounts(ctx, actor))] }),
  );
  app.post(
    "/v1/reconciliation/bank-accounts",
    { config: WRITE, schema: { tags, summary: "An account whose files do not name it", body: NewBankAccount, response: { 201: BankAccount } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createBankAccount(ctx, actor, body)),
  );
  app.patch(
    "/v1/reconciliation/bank-accounts/:id",
    { config: WRITE, schema: { tags, summary: "Name, threshold of matching, what the bank may keep", params: Id, body: BankAccountChange, response: { 200: BankAccount } } },
    ({ ctx, actor, params, body }) => changeBankAccount(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/reconciliation/bank-accounts/:id/match",
    { config: WRITE, schema: { tags, summary: "Look for what the open entries are about", params: Id, response: { 200: MatchingDone } } },
    ({ ctx, actor, params }) => {
      requirePermission(actor, "reconciliation.write", {});
      return matchAccount(ctx, params.id);
    },
  );
  app.get(
    "/v1/reconciliation/ageing",
    { config: READ, schema: { tags, summary: "What is left over on both sides, by age", response: { 200: Ageing } } },
    ({ ctx, actor }) => ageingOf(ctx, actor),
  );
  await app.register(fileRoutes);
  await app.register(uploadRoute);
  await app.register(entryRoutes);
  await app.register(matchRoutes);
}; // biome-ignore format: routes

const fileRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/bank-files",
    { config: READ, schema: { tags, summary: "Files of banks, the newest first", querystring: PageQuery, response: { 200: BankFilePage } } },
    async ({ ctx, actor, query }) => wirePage(await listBankFiles(ctx, actor, query)),
  );
  app.get(
    "/v1/reconciliation/bank-files/:id",
    { config: READ, schema: { tags, summary: "One file; a sheet with the guess of its columns", params: Id, response: { 200: BankFile } } },
    ({ ctx, actor, params }) => getBankFile(ctx, actor, params.id),
  );
  app.post(
    "/v1/reconciliation/bank-files/:id/read",
    { config: WRITE, schema: { tags, summary: "Read a sheet by a mapping, which is remembered for its columns", params: Id, body: BankFileRead, response: { 200: BankFile } } },
    ({ ctx, actor, params, body }) => mapBankFile(ctx, actor, params.id, body),
  );
  app.get(
    "/v1/reconciliation/bank-statements",
    { config: READ, schema: { tags, summary: "Statements, the newest first", querystring: BankStatementQuery, response: { 200: BankStatementPage } } },
    async ({ ctx, actor, query }) => wirePage(await listBankStatements(ctx, actor, query)),
  );
  app.post(
    "/v1/reconciliation/bank-statements/:id/decision",
    { config: APPROVE, schema: { tags, summary: "Accept a statement that is held, or refuse it: not by who uploaded it", params: Id, body: BankStatementDecision, response: { 200: BankStatementRecord } } },
    ({ ctx, actor, params, body }) => decideStatement(ctx, actor, params.id, body),
  );
}; // biome-ignore format: routes

const uploadRoute: FastifyPluginAsyncZod = async (app) => {
  takeBodyAsFile(app);
  app.post(
    "/v1/reconciliation/bank-files",
    {
      config: WRITE,
      bodyLimit: 70 * 1024 * 1024,
      schema: {
        tags,
        summary: "Upload a bank's file as the body: camt, MT940/942, OFX, BAI2, CSV, XLSX, QIF",
        querystring: BankFileUpload,
        response: { 201: BankFile },
      },
    },
    async ({ ctx, actor, query, body }, reply) => {
      const parts: Buffer[] = [];
      for await (const part of body as Readable) parts.push(part as Buffer);
      return reply.code(201).send(await takeBankFile(ctx, actor, { ...query, bytes: Buffer.concat(parts) }));
    },
  );
};

const entryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/bank-entries",
    { config: READ, schema: { tags, summary: "Movements at the bank, the newest first", querystring: BankEntryQuery, response: { 200: BankEntryPage } } },
    async ({ ctx, actor, query }) => wirePage(await listEntries(ctx, actor, query)),
  );
  app.get(
    "/v1/reconciliation/bank-entries/:id",
    { config: READ, schema: { tags, summary: "One movement, what it is matched with and why, and what else it could be", params: Id, querystring: z.object({ q: z.string().max(100).optional() }), response: { 200: BankEntryDetail } } },
    ({ ctx, actor, params, query }) => getEntry(ctx, actor, params.id, query.q),
  );
  app.patch(
    "/v1/reconciliation/bank-entries/:id",
    { config: WRITE, schema: { tags, summary: "Note, owner, day, or that it is none of ours", params: Id, body: BankEntryChange, response: { 200: BankEntry } } },
    ({ ctx, actor, params, body }) => changeEntry(ctx, actor, params.id, body),
  );
}; // biome-ignore format: routes

const matchRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/reconciliation/matches",
    { config: WRITE, schema: { tags, summary: "Match by hand: one movement and payouts, or several for one; no payout: the bank's fee", body: NewBankMatch, response: { 201: BankMatch } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createMatch(ctx, actor, body)),
  );
  app.post(
    "/v1/reconciliation/matches/:id/confirm",
    { config: WRITE, schema: { tags, summary: "Take a suggestion", params: Id, response: { 200: BankMatch } } },
    ({ ctx, actor, params }) => confirmMatch(ctx, actor, params.id),
  );
  app.post(
    "/v1/reconciliation/matches/:id/undo",
    { config: WRITE, schema: { tags, summary: "Undo a match that is not booked", params: Id, body: MatchEnd, response: { 200: BankMatch } } },
    ({ ctx, actor, params, body }) => undoMatch(ctx, actor, params.id, body.reason),
  );
  app.post(
    "/v1/reconciliation/matches/:id/reverse",
    { config: APPROVE, schema: { tags, summary: "Take a booked match back, by reversing transfers", params: Id, body: MatchEnd, response: { 200: BankMatch } } },
    ({ ctx, actor, params, body }) => reverseMatch(ctx, actor, params.id, body.reason),
  );
  app.post(
    "/v1/reconciliation/bookings",
    { config: WRITE, schema: { tags, summary: "Book matches into the ledger", body: MatchBooking, response: { 200: MatchBookingDone } } },
    ({ ctx, actor, body }) => bookMatches(ctx, actor, body),
  );
}; // biome-ignore format: routes
