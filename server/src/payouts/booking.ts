import { type Actor, personOf } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { splitByWeights } from "../kernel/money.ts";
import { dayOf, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type OpenMonth, post, type RecipeName, type TransferInput, takeBooks } from "../ledger/index.ts";
import { returnSettlements, settleStatements } from "../statements/index.ts";
import { bankKey } from "./core/keys.ts";
import { weightsOf } from "./kept-drafts.ts";
import type { BatchRow } from "./store/batches.ts";
import type { ItemRow, PayoutRow } from "./store/payouts.ts";

/**
 * Books a release: first what is kept back of it, then the settlement of each statement; where the payout has another currency,
 * what is on its way changes it. Every transfer has a key of its payout and statement, so a second booking books nothing.
 */
export async function bookRelease(
  tx: Context,
  actor: Actor,
  batch: BatchRow,
  paid: readonly PayoutRow[],
  items: readonly ItemRow[],
): Promise<void> {
  const payoutOf = new Map(paid.map((one) => [one.payout_id, one]));
  const open = await takeBooks(tx, booksOf(items, payoutOf));
  const before = items.flatMap((item) => taxAndFees(item, booker(tx, item, open)));
  await post(tx, before, personOf(actor));
  const settled = await settleStatements(
    tx,
    actor,
    items.map((item) => ({
      statementId: item.statement_id,
      minor: item.net_minor,
      keptMinor: item.withheld_minor + item.reserve_minor + item.fee_minor,
      sourceKey: item.payout_id,
      idempotencyKey: `${item.payout_id}:${item.statement_id}:settle`,
      reference: bankKey(item.payout_id),
      ...programsOf(item),
    })),
  );
  const [refused] = settled.refused;
  if (refused !== undefined)
    throw new Refusal(refused.code === "same_person" ? "same_person" : "payout_changed", refused.detail);
  if (settled.settled !== items.length) throw new Error(`batch ${batch.batch_id} was settled before`);
  const after = items.flatMap((item) =>
    exchange(item, payoutOf.get(item.payout_id)?.currency ?? "", booker(tx, item, open), 1n),
  );
  await post(tx, after, personOf(actor));
}

/** Books money that came back, or never left: owed again, in the statement's currency and at the rate it was paid with. */
export async function bookReturn(
  tx: Context,
  actor: Actor,
  back: readonly PayoutRow[],
  items: readonly ItemRow[],
  reason: string,
): Promise<void> {
  if (items.length === 0) return;
  const payoutOf = new Map(back.map((one) => [one.payout_id, one]));
  const open = await takeBooks(tx, booksOf(items, payoutOf));
  const exchanged = items.flatMap((item) =>
    exchange(item, payoutOf.get(item.payout_id)?.currency ?? "", booker(tx, item, open), -1n),
  );
  await post(tx, exchanged, personOf(actor));
  const returned = await returnSettlements(
    tx,
    actor,
    items.map((item) => ({
      statementId: item.statement_id,
      minor: item.net_minor,
      sourceKey: item.payout_id,
      idempotencyKey: `${item.payout_id}:${item.statement_id}:return`,
      reason,
    })),
  );
  const [refused] = returned.refused;
  if (refused !== undefined) throw new Error(`a return could not be booked: ${refused.detail}`);
}

/** Which programs' part it is, where payees share a statement by its programs. */
function programsOf(item: ItemRow) {
  const weights = weightsOf(item);
  if (weights === null || weights.length === 0) return {};
  const parts = splitByWeights(
    item.net_minor,
    weights.map((one) => one.minor),
  );
  return { byProgram: weights.map(({ programId }, index) => ({ programId, minor: parts[index] ?? 0n })) };
}

type Book = (recipe: RecipeName, key: string, currency: string, minor: bigint, memo: object) => TransferInput[];

function booker(tx: Context, item: ItemRow, open: OpenMonth): Book {
  const today = dayOf(tx.clock.now(), "UTC");
  return (recipe, key, currency, amountMinor, memo) => {
    if (amountMinor === 0n) return [];
    const books = { partnerId: item.partner_id, currency };
    return [
      {
        recipe,
        sourceKey: item.payout_id,
        idempotencyKey: `${item.payout_id}:${item.statement_id}:${key}`,
        ...books,
        programId: null,
        amountMinor,
        period: open(books, monthOf(today)),
        occurredOn: today,
        memo: { ...memo, statement: item.statement_id },
      },
    ];
  };
}

function taxAndFees(item: ItemRow, book: Book): readonly TransferInput[] {
  return [
    ...book("withhold_tax", "tax", item.currency, item.withheld_minor, {}),
    ...book("reserve", "reserve", item.currency, item.reserve_minor, {}),
    ...book("charge_fee", "fee", item.currency, item.fee_minor, {}),
  ];
}

/** What is on its way leaves the one currency and enters the other; both memos say the rate. @param sign -1n takes it back */
function exchange(item: ItemRow, currency: string, book: Book, sign: 1n | -1n): readonly TransferInput[] {
  if (item.currency === currency) return [];
  const memo = { rate: item.rate, rateOn: item.rate_on, source: item.rate_source, payout: currency };
  const end = sign === 1n ? "" : ":back";
  return [
    ...book("exchange_out", `exchange:${item.currency}${end}`, item.currency, sign * item.net_minor, memo),
    ...book("exchange_out", `exchange:${currency}${end}`, currency, -sign * item.paid_minor, memo),
  ];
}

function booksOf(items: readonly ItemRow[], payoutOf: ReadonlyMap<string, PayoutRow>) {
  const books = items.flatMap((item) => {
    const own = { partnerId: item.partner_id, currency: item.currency };
    const paid = { partnerId: item.partner_id, currency: payoutOf.get(item.payout_id)?.currency ?? item.currency };
    return [own, paid];
  });
  return [...new Map(books.map((one) => [`${one.partnerId} ${one.currency}`, one])).values()];
}
