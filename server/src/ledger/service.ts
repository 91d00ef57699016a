import type { Context } from "../database/index.ts";
import { addMonths, type Month } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { BookMonth, Books, LedgerCheck, MonthFigures, Posted, RecipeName, TransferInput } from "./contracts.ts";
import { accountId, placesOf } from "./core/recipes.ts";
import { readClosings, writeClosings } from "./store/closing.ts";
import {
  readBalances,
  readBookMonths,
  readMovedByProgram,
  readSettledAfter,
  readTotals,
  type TotalRow,
} from "./store/figures.ts";
import { insertTransfers, lockBalances, openAccounts } from "./store/post.ts";
import { brokenBalances, brokenTotals, brokenTransfers, counts } from "./store/verify.ts";

/** Says in which month something of a month is booked: the month itself, or the first open one after it. */
export type OpenMonth = (books: Books, month: Month) => Month;

/**
 * Takes the books of some partners for the rest of the transaction: nobody else books or closes there until it ends. Call it before
 * {@link post}, once, with every partner and currency that will be booked.
 */
export async function takeBooks(tx: Context, books: readonly Books[]): Promise<OpenMonth> {
  if (books.length === 0) return (_, month) => month;
  await lockBalances(tx.db, books);
  const closings = await readClosings(tx.db, books);
  const closed = new Map(closings.map((one) => [bookName(one), one.closedThrough]));
  return (one, month) => {
    const through = closed.get(bookName(one));
    return through === undefined || month > through ? month : addMonths(through, 1);
  };
}

/**
 * Books transfers, each key once, however often it is sent. The books must be taken ({@link takeBooks}) in this transaction.
 * @throws Refusal `period_closed` when one is meant for a closed month
 */
export async function post(tx: Context, transfers: readonly TransferInput[], bookedBy: string | null): Promise<Posted> {
  if (transfers.length === 0) return { booked: 0, already: 0 };
  const placed = placesOf(transfers);
  const places = [...new Set(placed)];
  const closings = await readClosings(tx.db, distinctBooks(places));
  const closed = new Map(closings.map((one) => [bookName(one), one.closedThrough]));
  const late = places.find((one) => one.period <= (closed.get(bookName(one)) ?? ""));
  if (late !== undefined)
    throw new Refusal(
      "period_closed",
      `${late.period.slice(0, 7)} is closed for ${late.partnerId} in ${late.currency}.`,
    );
  const accounts = await openAccounts(tx.db, [...new Set(places.flatMap((one) => [one.debit, one.credit]))]);
  const booked = await insertTransfers(tx.db, { transfers, placed, accounts, at: tx.clock.now(), by: bookedBy });
  return { booked, already: transfers.length - booked };
}

/**
 * Closes months of partners' books, and every month before them: nothing is booked there any more. One month of each books.
 * @throws Refusal `period_closed` when one is closed already
 */
export async function closeMonths(tx: Context, months: readonly BookMonth[]): Promise<void> {
  if (months.length === 0) return;
  const open = await takeBooks(tx, months);
  const closed = months.find((one) => open(one, one.month) !== one.month);
  if (closed !== undefined)
    throw new Refusal(
      "period_closed",
      `${closed.month.slice(0, 7)} is closed for ${closed.partnerId} in ${closed.currency}.`,
    );
  await writeClosings(tx.db, months);
}

/** What each program moved of the payable balance in some months, in the order asked; not what belongs to no program (a payout, tax, a reserve). */
export function movedByProgram(
  ctx: Context,
  months: readonly BookMonth[],
): Promise<readonly ReadonlyMap<string, bigint>[]> {
  return readMovedByProgram(ctx.db, months);
}

/** What some months come to, in the order asked. */
export async function monthFigures(ctx: Context, months: readonly BookMonth[]): Promise<readonly MonthFigures[]> {
  const rows = await readTotals(ctx.db, months);
  const byMonth = Map.groupBy(rows, (row) => `${row.partner_id} ${row.currency} ${row.month}`);
  return months.map((one) => figuresOf(byMonth.get(`${one.partnerId} ${one.currency} ${one.month}`) ?? []));
}

/** Owed is a credit; a statement counts what is owed as positive. */
function figuresOf(rows: readonly TotalRow[]): MonthFigures {
  const sum = (kind: string, before: boolean) =>
    rows
      .filter((row) => row.kind === kind && row.before === before)
      .reduce((total, row) => total - row.amount_minor, 0n);
  const moves = (kind: string): Partial<Record<RecipeName, bigint>> =>
    Object.fromEntries(
      rows.filter((row) => row.kind === kind && !row.before).map((row) => [row.recipe, -row.amount_minor]),
    );
  const openingPayable = sum("partner_payable", true);
  const openingHeld = sum("partner_held", true);
  return {
    openingPayable,
    openingHeld,
    closingPayable: openingPayable + sum("partner_payable", false),
    closingHeld: openingHeld + sum("partner_held", false),
    payable: moves("partner_payable"),
    held: moves("partner_held"),
  };
}

/** What was paid, kept back, withheld, charged, converted or set off, less what came back, after each of some months. */
export function settledAfter(ctx: Context, months: readonly BookMonth[]): Promise<readonly bigint[]> {
  return readSettledAfter(ctx.db, months);
}

/** What some books stand at now, in the order asked; positive: owed to the partner. Ask it with the books taken to act on the answer. */
export async function balancesOf(
  ctx: Context,
  kind: "partner_payable" | "partner_reserve",
  books: readonly Books[],
): Promise<readonly bigint[]> {
  const ids = books.map((one) => accountId(kind, one.partnerId, one.currency));
  const balances = await readBalances(ctx.db, ids);
  return ids.map((id) => -(balances.get(id) ?? 0n));
}

/** Months with bookings, of some partners or of all (null). */
export function bookMonths(ctx: Context, partnerIds: readonly string[] | null): Promise<readonly BookMonth[]> {
  return readBookMonths(ctx.db, partnerIds);
}

/** Proves the books: each transfer moves between the accounts that its recipe allows, every balance and month total is the sum of its postings. */
export async function verifyLedger(ctx: Context): Promise<LedgerCheck> {
  const problems = [
    ...(await brokenTransfers(ctx.db)),
    ...(await brokenBalances(ctx.db)),
    ...(await brokenTotals(ctx.db)),
  ];
  return { whole: problems.length === 0, ...(await counts(ctx.db)), problems };
}

function bookName(books: Books): string {
  return `${books.partnerId} ${books.currency}`;
}

function distinctBooks(places: readonly Books[]): Books[] {
  return [...new Map(places.map((one) => [bookName(one), one])).values()];
}
