import type { Statement, StatementPayment, StatementQuery } from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { linesBookedIn, recalculate, releaseDue, waitingFor } from "../commissions/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { addMonths, dayOf, lastDay, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import {
  type BookMonth,
  bookMonths,
  closeMonth,
  monthFigures,
  post,
  settledAfter,
  takeBooks,
} from "../ledger/index.ts";
import { partnersByIds, partnerTouch, reachOf } from "../partners/index.ts";
import { hashContent, LinesHash, type StatementContent } from "./core/content.ts";
import { earnedInMonth, statementFigures } from "./core/figures.ts";
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

/**
 * Closes a month of a partner's books: everything that is due is calculated and released first, then nothing is booked there any more and the
 * content is frozen with its hash.
 * @throws Refusal `wrong_state` (month not over, an earlier one still open, something that cannot be calculated)
 */
export async function closeStatement(ctx: Context, actor: Actor, id: string): Promise<Statement> {
  const before = await readable(ctx, actor, id);
  requirePermission(actor, "statements.approve", await partnerTouch(ctx, before.partner_id));
  await refuseTooEarly(ctx, before);
  await recalculate(ctx, { partnerId: before.partner_id });
  await releaseDue(ctx, lastDay(before.month));
  return await transact(ctx, async (tx) => {
    const row = await store.lockStatement(tx.db, id);
    if (row?.status !== "open") throw new Refusal("wrong_state", "This statement is closed already.");
    const earlier = await store.openBefore(tx.db, row);
    if (earlier !== undefined)
      throw new Refusal("wrong_state", `Close ${earlier.month.slice(0, 7)} first: months are closed in their order.`);
    await closeMonth(tx, { partnerId: row.partner_id, currency: row.currency }, row.month);
    const content = await contentOf(tx, row);
    const contentHash = hashContent(content);
    await store.updateStatement(tx.db, id, {
      status: "closed",
      content: JSON.stringify(content),
      content_hash: contentHash,
      closing_minor: BigInt(content.figures.closingPayable),
      closed_by: personOf(actor),
      closed_at: tx.clock.now(),
    });
    await record(tx, actor, "statements.closed", row, { contentHash, closing: content.figures.closingPayable });
    await announce(tx, "statements.closed", { statementId: id, partnerId: row.partner_id });
    return await getStatement(tx, actor, id);
  });
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
    const row = await store.lockStatement(tx.db, id);
    if (row === undefined || row.status === "open")
      throw new Refusal("wrong_state", "Close this statement before it is paid.");
    if (row.status === "paid") throw new Refusal("wrong_state", `This statement was paid: ${row.payment_reference}.`);
    if (row.closed_by === personOf(actor))
      throw new Refusal("same_person", "You closed this statement: somebody else has to mark it paid.");
    const books = { partnerId: row.partner_id, currency: row.currency };
    const open = await takeBooks(tx, [books]);
    const [amount = 0n] = await stillToPay(tx, [row]);
    if (amount <= 0n) throw new Refusal("wrong_state", "There is nothing to pay on this statement.");
    const today = dayOf(tx.clock.now(), "UTC");
    await post(
      tx,
      [
        {
          recipe: "settle",
          sourceKey: id,
          idempotencyKey: `statement:${id}:settle`,
          ...books,
          programId: null,
          amountMinor: amount,
          period: open(books, monthOf(today)),
          occurredOn: today,
          memo: { reference: payment.reference },
        },
      ],
      personOf(actor),
    );
    await store.updateStatement(tx.db, id, {
      status: "paid",
      paid_minor: amount,
      paid_by: personOf(actor),
      paid_at: tx.clock.now(),
      payment_reference: payment.reference,
    });
    await record(tx, actor, "statements.paid", row, { amount: String(amount), reference: payment.reference });
    await announce(tx, "statements.paid", { statementId: id, partnerId: row.partner_id });
    return await getStatement(tx, actor, id);
  });
}

/** Proves that every closed statement is what was frozen: figures, lines and hash. @returns what does not agree */
export async function verifyStatements(
  ctx: Context,
): Promise<{ readonly closed: number; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const rows = await store.closedRows(ctx.db);
  for (const row of rows) {
    const stored = row.content as unknown as StatementContent;
    const now = await contentOf(ctx, row).catch((error: Error) => error);
    const place = `statement ${row.statement_id} (${row.partner_id} ${row.month.slice(0, 7)} ${row.currency})`;
    if (hashContent(stored) !== row.content_hash) problems.push(`${place}: the frozen content was changed`);
    else if (now instanceof Error) problems.push(`${place}: ${now.message}`);
    else if (hashContent(now) !== row.content_hash)
      problems.push(`${place}: the books no longer come to what was frozen`);
  }
  return { closed: rows.length, problems };
}

/** A month is over when it is over in the last time zone of the earth, so that no program's last day is cut off. */
const LAST_ZONE_MS = 12 * 3_600_000;

async function refuseTooEarly(ctx: Context, row: store.StatementRow): Promise<void> {
  const over = Date.parse(`${addMonths(row.month, 1)}T00:00:00Z`) + LAST_ZONE_MS;
  if (ctx.clock.now().getTime() < over)
    throw new Refusal(
      "wrong_state",
      `${row.month.slice(0, 7)} is not over: it can be closed from ${new Date(over).toISOString()}.`,
    );
  const waiting = await waitingFor(ctx, row.partner_id, row.month);
  if (waiting !== null) throw new Refusal("wrong_state", `Something of this partner cannot be calculated: ${waiting}`);
}

async function contentOf(ctx: Context, row: store.StatementRow): Promise<StatementContent> {
  const [month] = await monthFigures(ctx, [{ partnerId: row.partner_id, currency: row.currency, month: row.month }]);
  if (month === undefined) throw new Error("the ledger has no figures");
  const figures = statementFigures(month);
  const lines = new LinesHash();
  for await (const line of linesBookedIn(ctx, row.partner_id, row.currency, row.month)) lines.take(line);
  const expected = earnedInMonth(figures) - BigInt(figures.adjusted);
  if (lines.sum !== expected) throw new Error(`the lines sum to ${lines.sum}, the ledger to ${expected}`);
  return {
    statementId: row.statement_id,
    partnerId: row.partner_id,
    currency: row.currency,
    month: row.month.slice(0, 7),
    figures,
    lineCount: lines.count,
    linesHash: lines.hex(),
  };
}

/** Closing balances less what was settled after their months: paying a later statement pays the earlier ones with it. */
async function stillToPay(ctx: Context, rows: readonly store.StatementRow[]): Promise<readonly bigint[]> {
  const settled = await settledAfter(ctx, rows.map(bookMonth));
  return rows.map((row, index) => (row.closing_minor ?? 0n) - (settled[index] ?? 0n));
}

function bookMonth(row: store.StatementRow): BookMonth {
  return { partnerId: row.partner_id, currency: row.currency, month: row.month };
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.StatementRow> {
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
  const owed = await stillToPay(ctx, closed);
  const figures = new Map(open.map((row, index) => [row.statement_id, live[index]]));
  const toPay = new Map(closed.map((row, index) => [row.statement_id, owed[index] ?? 0n]));
  return rows.map((row) => {
    const content = row.content as unknown as StatementContent | null;
    const own = figures.get(row.statement_id);
    const shown = content?.figures ?? (own === undefined ? undefined : statementFigures(own));
    if (shown === undefined) throw new Error(`statement ${row.statement_id} has no figures`);
    const rest = row.status === "paid" ? 0n : (toPay.get(row.statement_id) ?? null);
    return statementWire(row, shown, rest, actor.partnerId !== undefined);
  });
}

async function record(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.StatementRow,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "statement",
    subjectId: row.statement_id,
    partnerId: row.partner_id,
    after: { ...after, month: row.month.slice(0, 7), currency: row.currency },
  });
}
