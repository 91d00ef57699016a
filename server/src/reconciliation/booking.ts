import type { BankMatch, MatchBooking, MatchBookingDone } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { OPERATOR_BOOKS, post, takeBooks } from "../ledger/index.ts";
import { type BookedMatch, movementsOf } from "./core/movements.ts";
import { endMatch, matchById, needMatch } from "./matching.ts";
import { lockEntries, setEntryStates } from "./store/entries.ts";
import * as store from "./store/matching.ts";

const AT_ONCE = 200;

/**
 * Books matches into the ledger, each in its own transaction and once. Matches made or confirmed by hand are booked by somebody else.
 */
export async function bookMatches(ctx: Context, actor: Actor, given: MatchBooking): Promise<MatchBookingDone> {
  requirePermission(actor, "reconciliation.write", {});
  const refused: MatchBookingDone["refused"] = [];
  let booked = 0;
  const one = async (id: string): Promise<void> => {
    try {
      await transact(ctx, (tx) => bookMatch(tx, actor, id));
      booked += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push({ id, code: error.code, detail: error.message });
    }
  };
  for (const id of given.matchIds ?? []) await one(id);
  if (given.matchIds === undefined) for await (const id of waiting(ctx, given.bankAccountId)) await one(id);
  return { booked, refused };
}

/** The matches of an account that wait to be booked; each page is read before its matches are. */
async function* waiting(ctx: Context, accountId: string | undefined): AsyncGenerator<string> {
  let cursor: string | undefined;
  do {
    const page = await store.matchPage(
      ctx.db,
      { state: "matched", accountId },
      { limit: AT_ONCE, ...(cursor && { cursor }) },
    );
    for (const row of page.rows) yield row.match_id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function bookMatch(tx: TxContext, actor: Actor, id: string): Promise<void> {
  const match = await needMatch(tx, id, "matched");
  const person = personOf(actor);
  if (match.made_by === person || match.confirmed_by === person)
    throw new Refusal("same_person", "You made this match: somebody else books it.");
  const whole = await wholeMatch(tx, match);
  await bookTransfers(tx, whole, null, false, person);
  await store.updateMatch(tx.db, id, { state: "booked", booked_by: person, booked_at: tx.clock.now() });
  await setEntryStates(
    tx.db,
    whole.entries.map((one) => one.entryId),
    "booked",
  );
  await store.setExpectedStates(
    tx.db,
    whole.expected.map((one) => one.expectedId),
    "booked",
  );
  await tellPayouts(tx, whole);
  await audit.record(tx, actor, {
    action: "bank_matches.booked",
    subjectKind: "bank_match",
    subjectId: id,
    after: { payouts: whole.expected.map((one) => one.payoutId).slice(0, 100), fee: String(match.fee_minor) },
  });
}

async function bookTransfers(tx: TxContext, whole: BookedMatch, on: string | null, back: boolean, person: string) {
  const transfers = movementsOf(whole, OPERATOR_BOOKS, on, back);
  const currencies = [...new Set(transfers.map((one) => one.currency))];
  const open = await takeBooks(
    tx,
    currencies.map((currency) => ({ partnerId: OPERATOR_BOOKS, currency })),
  );
  const dated = transfers.map((one) => ({ ...one, period: open(one, one.period) }));
  await post(tx, dated, person);
}

async function wholeMatch(tx: TxContext, match: store.MatchRow): Promise<BookedMatch> {
  const parts = (await store.partsOf(tx.db, [match.match_id])).get(match.match_id) ?? { entryIds: [], expectedIds: [] };
  const entries = await lockEntries(tx.db, parts.entryIds);
  const expected = await store.lockExpected(tx.db, parts.expectedIds);
  return {
    matchId: match.match_id,
    bankAccountId: match.bank_account_id,
    feeMinor: match.fee_minor,
    expected: expected.map(store.expectedOf),
    entries: entries.map((one) => ({
      entryId: one.entry_id,
      amountMinor: one.amount_minor,
      currency: one.currency,
      bookedOn: one.booked_on,
    })),
  };
}

/** Upward and sideways news: whoever keeps payouts hears what the bank has shown. */
async function tellPayouts(tx: TxContext, whole: BookedMatch): Promise<void> {
  const [entry] = whole.entries;
  if (entry === undefined || whole.expected.length === 0) return;
  const entryId = publicNumber("ben", entry.entryId);
  const payouts = whole.expected.map(({ payoutId, kind }) => ({ payoutId, kind, on: entry.bookedOn, entryId }));
  for (let start = 0; start < payouts.length; start += 1_000)
    await announce(tx, "reconciliation.booked", { payouts: payouts.slice(start, start + 1_000) });
}

/** Takes a booked match back by reversing transfers, which need another person than the one who booked it; its entries are open again. */
export async function reverseMatch(ctx: Context, actor: Actor, id: string, reason: string): Promise<BankMatch> {
  requirePermission(actor, "reconciliation.approve", {});
  return await transact(ctx, async (tx) => {
    const match = await needMatch(tx, id, "booked");
    if (match.booked_by === personOf(actor))
      throw new Refusal("same_person", "You booked this match: somebody else takes it back.");
    const whole = await wholeMatch(tx, match);
    await bookTransfers(tx, whole, dayOf(tx.clock.now(), "UTC"), true, personOf(actor));
    await endMatch(tx, id, { state: "reversed", by: personOf(actor), reason });
    const note = { action: "bank_matches.reversed", subjectKind: "bank_match", subjectId: id };
    await audit.record(tx, actor, { ...note, reason });
    return await matchById(tx, id);
  });
}
