import type {
  PageQuery,
  PayoutChange,
  PayoutChangeQuery,
  PayoutLimits,
  PayoutReport,
  PayoutSource,
  PayoutSourceQuery,
  UnmatchedQuery,
  UnmatchedStatus,
} from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { reportPage, unmatchedPage, unmatchedRow } from "./store/reports.ts";
import { changePage, changeRow, limitsOf, sourcePage, sourceRow } from "./store/sources.ts";
import { changeWire, reportWire, sourceWire, unmatchedWire } from "./wire.ts";

function through<Row, Wire>(page: Page<Row>, wire: (row: Row) => Wire): Page<Wire> {
  return { rows: page.rows.map(wire), nextCursor: page.nextCursor };
}

export async function listSources(ctx: Context, actor: Actor, query: PayoutSourceQuery): Promise<Page<PayoutSource>> {
  requirePermission(actor, "payouts.read", {});
  return through(await sourcePage(ctx.db, query, query), sourceWire);
}

export async function getSource(ctx: Context, actor: Actor, id: string): Promise<PayoutSource> {
  requirePermission(actor, "payouts.read", {});
  const row = await sourceRow(ctx.db, id);
  if (row === undefined) throw notFound("account", id);
  return sourceWire(row);
}

export async function listChanges(ctx: Context, actor: Actor, query: PayoutChangeQuery): Promise<Page<PayoutChange>> {
  requirePermission(actor, "payouts.read", {});
  return through(await changePage(ctx.db, query, query), changeWire);
}

export async function getChange(ctx: Context, actor: Actor, id: string): Promise<PayoutChange> {
  requirePermission(actor, "payouts.read", {});
  const row = await changeRow(ctx.db, id);
  if (row === undefined) throw notFound("change", id);
  return changeWire(row);
}

export async function readLimits(ctx: Context, actor: Actor): Promise<PayoutLimits> {
  requirePermission(actor, "payouts.read", {});
  const rows = await limitsOf(ctx.db);
  return {
    limits: rows.map((row) => ({ person: row.person, currency: row.currency, limit: String(row.limit_minor) })),
  };
}

export async function listReports(ctx: Context, actor: Actor, query: PageQuery): Promise<Page<PayoutReport>> {
  requirePermission(actor, "payouts.read", {});
  return through(await reportPage(ctx.db, query), reportWire);
}

export async function listUnmatched(ctx: Context, actor: Actor, query: UnmatchedQuery): Promise<Page<UnmatchedStatus>> {
  requirePermission(actor, "payouts.read", {});
  return through(await unmatchedPage(ctx.db, query, query), unmatchedWire);
}

export async function getUnmatched(ctx: Context, actor: Actor, id: string): Promise<UnmatchedStatus> {
  requirePermission(actor, "payouts.read", {});
  const row = await unmatchedRow(ctx.db, id);
  if (row === undefined) throw notFound("unknown status", id);
  return unmatchedWire(row);
}
