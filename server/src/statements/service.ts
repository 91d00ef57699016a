import type { Statement, StatementPayment, StatementQuery } from "@tributary/contract";
import { type Actor, can, isWithin, requirePermission } from "../access/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { type BookMonth, bookMonths, monthFigures } from "../ledger/index.ts";
import { partnersByIds, partnerTouch, reachOf } from "../partners/index.ts";
import { closeStatements, contentsOf } from "./closing.ts";
import type { RefusedStatement } from "./contracts.ts";
import { hashContent, type StatementContent } from "./core/content.ts";
import { statementFigures } from "./core/figures.ts";
import { dischargedAfter, owedOf } from "./payable.ts";
import { settleStatements } from "./settling.ts";
import { settlementsOf } from "./store/payable.ts";
import * as store from "./store/statements.ts";
import { statementWire } from "./wire.ts";

/**
 * Opens the statements of months in which something was booked and that have none yet. An open statement has no content of its own: it shows the
 * ledger as it is.
 * @param partnerIds null: of every partner
 */
export async function openStatements(
  ctx: Context,
  partnerIds: readonly string[] | null = null,
): Promise<{ readonly opened: number }> {
  return await transact(ctx, async (tx) => {
    const months = await bookMonths(tx, partnerIds);
    const known = await store.existing(tx.db, partnerIds);
    const missing = months.filter((one) => !known.has(`${one.partnerId} ${one.currency} ${one.month}`));
    const rows = missing.map((one) => ({ ...one, statementId: tx.ids.next("stm") }));
    return { opened: await store.insertOpen(tx.db, rows, tx.clock.now()) };
  });
}

export async function listStatements(ctx: Context, actor: Actor, query: StatementQuery): Promise<Page<Statement>> {
  const within = await reachOf(ctx, actor, "statements.read");
  const month = query.month === undefined ? undefined : `${query.month}-01`;
  const page = await store.statementPage(ctx.db, within, { ...query, month }, query);
  return { rows: await wires(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

/** What statements are called, `Acme 2026-03 EUR`, as far as the actor may see them. */
export async function statementNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await store.statementRows(ctx.db, await reachOf(ctx, actor, "statements.read"), ids);
  const partners = await partnersByIds(ctx.db, [...new Set(rows.map((row) => row.partner_id))]);
  const nameOf = new Map(partners.map((partner) => [partner.partnerId, partner.name]));
  return rows.map((row) => ({
    id: row.statement_id,
    name: `${nameOf.get(row.partner_id) ?? ""} ${row.month.slice(0, 7)} ${row.currency}`.trim(),
  }));
}

export async function getStatement(ctx: Context, actor: Actor, id: string): Promise<Statement> {
  const row = await readable(ctx, actor, id);
  const [wire] = await wires(ctx, actor, [row]);
  if (wire === undefined) throw notFound("statement", id);
  return wire;
}

/** Statements that the actor may see, in no particular order. */
export async function statementsById(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Statement[]> {
  return await wires(ctx, actor, await store.statementRows(ctx.db, await reachOf(ctx, actor, "statements.read"), ids));
}

/**
 * Closes one month of a partner's books, as {@link closeStatements} closes many.
 * @throws Refusal `wrong_state` (month not over, an earlier one still open, something that cannot be calculated)
 */
export async function closeStatement(ctx: Context, actor: Actor, id: string): Promise<Statement> {
  const { refused } = await closeStatements(ctx, actor, [id]);
  refuseFirst(refused);
  return await getStatement(ctx, actor, id);
}

/**
 * Marks a closed statement paid: what is still owed of it is settled in the ledger. Not by whoever closed it.
 * @throws Refusal `same_person`, `wrong_state` (not closed, or nothing to pay)
 */
export async function payStatement(
  ctx: Context,
  actor: Actor,
  id: string,
  payment: StatementPayment,
): Promise<Statement> {
  const before = await readable(ctx, actor, id);
  requirePermission(actor, "statements.write", await partnerTouch(ctx, before.partner_id));
  return await transact(ctx, async (tx) => {
    const [row] = await store.lockStatements(tx.db, [id]);
    if (row === undefined) throw notFound("statement", id);
    const [owed] = await owedOf(tx, { books: [{ partnerId: row.partner_id, currency: row.currency }] });
    const times = (await settlementsOf(tx.db, [id])).length;
    const settlement = {
      statementId: id,
      minor: owed?.payable ?? 0n,
      sourceKey: id,
      // Paid by hand again after it came back is another payment.
      idempotencyKey: `statement:${id}:settle${times === 0 ? "" : `:${times}`}`,
      reference: payment.reference,
    };
    refuseFirst((await settleStatements(tx, actor, [settlement])).refused);
    return await getStatement(tx, actor, id);
  });
}

function refuseFirst([refused]: readonly RefusedStatement[]): void {
  if (refused !== undefined) throw new Refusal(refused.code, refused.detail);
}

const PROVED_AT_ONCE = 500;

/** Proves that every closed statement is what was frozen: figures, lines and hash. @returns what does not agree */
export async function verifyStatements(
  ctx: Context,
): Promise<{ readonly closed: number; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  let closed = 0;
  for (let after = ""; ; ) {
    const rows = await store.closedAfter(ctx.db, after, PROVED_AT_ONCE);
    const now = await transact(ctx, (tx) => contentsOf(tx, rows));
    for (const [index, row] of rows.entries()) {
      const problem = unlike(row, now[index]);
      if (problem !== null)
        problems.push(
          `statement ${row.statement_id} (${row.partner_id} ${row.month.slice(0, 7)} ${row.currency}): ${problem}`,
        );
    }
    closed += rows.length;
    if (rows.length < PROVED_AT_ONCE) return { closed, problems };
    after = rows.at(-1)?.statement_id ?? "";
  }
}

function unlike(
  row: store.StatementRow,
  now: Awaited<ReturnType<typeof contentsOf>>[number] | undefined,
): string | null {
  const frozen = row.content as unknown as StatementContent;
  if (hashContent(frozen) !== row.content_hash) return "the frozen content was changed";
  if (now?.problem != null) return now.problem;
  if (now === undefined || hashContent(now.content) !== row.content_hash)
    return "the books no longer come to what was frozen";
  return null;
}

/** Closing balances less what was settled after their months: paying a later statement pays the earlier ones with it. */
async function stillToPay(ctx: Context, rows: readonly store.StatementRow[]): Promise<ReadonlyMap<string, bigint>> {
  const settled = await dischargedAfter(ctx, rows.map(bookMonth));
  const books = [...new Map(rows.map((row) => [`${row.partner_id} ${row.currency}`, bookMonth(row)])).values()];
  const owed = new Map((await owedOf(ctx, { books })).map((one) => [one.statementId, one.payable]));
  return new Map(
    rows.map((row, index) => [
      row.statement_id,
      owed.get(row.statement_id) ?? (row.closing_minor ?? 0n) - (settled[index] ?? 0n),
    ]),
  );
}

function bookMonth(row: store.StatementRow): BookMonth {
  return { partnerId: row.partner_id, currency: row.currency, month: row.month };
}

export async function readable(ctx: Context, actor: Actor, id: string): Promise<store.StatementRow> {
  const row = await store.statementRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "statements.read");
  if (row === undefined || !can(actor, "statements.read") || !isWithin(within, { partnerId: row.partner_id }))
    throw notFound("statement", id);
  return row;
}

async function wires(ctx: Context, actor: Actor, rows: readonly store.StatementRow[]): Promise<Statement[]> {
  const open = rows.filter((row) => row.status === "open");
  const closed = rows.filter((row) => row.status === "closed");
  const live = await monthFigures(ctx, open.map(bookMonth));
  const toPay = closed.length === 0 ? new Map<string, bigint>() : await stillToPay(ctx, closed);
  const figures = new Map(open.map((row, index) => [row.statement_id, live[index]]));
  return rows.map((row) => {
    const content = row.content as unknown as StatementContent | null;
    const own = figures.get(row.statement_id);
    const shown = content?.figures ?? (own === undefined ? undefined : statementFigures(own));
    if (shown === undefined) throw new Error(`statement ${row.statement_id} has no figures`);
    const rest = row.status === "paid" ? 0n : (toPay.get(row.statement_id) ?? null);
    return statementWire(row, shown, rest, actor.partnerId !== undefined);
  });
}
