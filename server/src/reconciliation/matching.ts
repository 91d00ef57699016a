import type { BankMatch, NewBankMatch } from "@tributary/contract";
import { NewBankMatch as NewBankMatchSchema } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { divide, formatDecimal } from "../kernel/decimal.ts";
import { parsePublicNumber } from "../kernel/ids.ts";
import { formatMoney, money } from "../kernel/money.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Candidate, Decided, Expected, ExpectedMovement, OpenEntry } from "./contracts.ts";
import { batchCandidates, candidatesOf, decide, type MatchSettings } from "./core/decide.ts";
import { keptByBank } from "./core/movements.ts";
import * as bank from "./store/bank.ts";
import { type EntryRow, lockEntries, openEntries, openEntry, setEntryStates } from "./store/entries.ts";
import * as store from "./store/matching.ts";
import { dropSuggestions } from "./store/suggestions.ts";
import { matchWire } from "./wire.ts";

const AT_ONCE = 2_000;
const RATE_PLACES = 10;

/** What should show at the bank, as payouts tell it; told again it changes nothing. */
export async function expectMovements(
  ctx: Context,
  kind: "out" | "back",
  movements: readonly ExpectedMovement[],
): Promise<void> {
  await store.noteExpected(ctx.db, kind, movements, ctx.clock.now());
}

/** Payouts that will not leave after all. */
export async function withdrawMovements(ctx: Context, payoutIds: readonly string[]): Promise<void> {
  await store.withdrawExpected(ctx.db, payoutIds);
}

export interface MatchingDone {
  readonly entries: number;
  readonly matched: number;
  readonly suggested: number;
}

/**
 * Looks for what each open entry of an account is about. What is sure is matched, what is likely suggested; suggestions of the last run are made anew.
 * Running it again without anything new changes nothing.
 */
export async function matchAccount(ctx: Context, bankAccountId: string): Promise<MatchingDone> {
  return await transact(ctx, async (tx) => {
    const account = await bank.lockAccount(tx.db, bankAccountId);
    if (account === undefined) throw notFound("bank account", bankAccountId);
    await dropSuggestions(tx.db, { bankAccountId });
    const settings = { autoScore: account.auto_score, feeMinor: account.fee_minor };
    const done = { entries: 0, matched: 0, suggested: 0 };
    for (let after = 0n; ; ) {
      const rows = await openEntries(tx.db, bankAccountId, after, AT_ONCE);
      for (const one of await decideSome(tx, rows, settings)) {
        await keepDecision(tx, bankAccountId, one);
        done[one.sure ? "matched" : "suggested"] += 1;
      }
      done.entries += rows.length;
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_ONCE) return done;
      after = last.entry_id;
    }
  });
}

async function decideSome(
  tx: TxContext,
  rows: readonly EntryRow[],
  settings: MatchSettings,
): Promise<readonly Decided[]> {
  if (rows.length === 0) return [];
  const candidates = await findCandidates(tx, rows.map(openEntry), settings);
  return decide(candidates, settings);
}

/** Everything that some entries could be, with what speaks for and against it. */
export async function findCandidates(
  ctx: Context,
  entries: readonly OpenEntry[],
  settings: MatchSettings,
): Promise<readonly Candidate[]> {
  const byEntry = new Map(entries.map((one) => [one.entryId, one]));
  const pairs = await store.findPairs(ctx.db, [...byEntry.keys()], settings.feeMinor);
  const sums = entries.map((one) => (one.amountMinor < 0n ? -one.amountMinor : one.amountMinor));
  const groups = await store.openGroups(ctx.db, [...new Set(sums)]);
  const ids = [...new Set([...pairs.map((pair) => pair.expected_id), ...groups.flatMap((group) => group.ids)])];
  const expected = new Map(
    (await store.expectedByIds(ctx.db, ids)).map((row) => [row.expected_id, store.expectedOf(row)]),
  );
  const single = candidatesOf(
    pairs.flatMap((pair) => {
      const [entry, one] = [byEntry.get(pair.entry_id), expected.get(pair.expected_id)];
      return entry === undefined || one === undefined ? [] : [{ entry, expected: one, isReturn: pair.is_return }];
    }),
    settings,
  );
  const groupsByRef = new Map<string, readonly Expected[]>(
    groups.map(({ ref, ids: members }) => [ref, members.flatMap((id) => expected.get(id) ?? [])]),
  );
  return [...single, ...batchCandidates(entries, groupsByRef)];
}

async function keepDecision(tx: TxContext, bankAccountId: string, one: Decided): Promise<void> {
  const state = one.sure ? "matched" : "suggested";
  const row = {
    match_id: tx.ids.next("mtc"),
    bank_account_id: bankAccountId,
    state,
    kind: one.kind,
    score: one.score,
    reasons: JSON.stringify(one.reasons),
    fee_minor: one.feeMinor,
    rate: one.rate,
    made_by: null,
    made_at: tx.clock.now(),
  };
  const expectedIds = one.kind === "return" ? await returnOf(tx, one.expectedIds[0] ?? 0n, one.sure) : one.expectedIds;
  if (expectedIds === null) return;
  await store.insertMatch(tx.db, row, [one.entryId], expectedIds);
  await setEntryStates(tx.db, [one.entryId], state);
  if (one.sure) await store.setExpectedStates(tx.db, expectedIds, "matched");
}

/** Money came back of which nobody told: the bank is the first to say so. */
async function returnOf(tx: TxContext, outId: bigint, sure: boolean): Promise<readonly bigint[] | null> {
  const [out] = await store.expectedByIds(tx.db, [outId]);
  if (out === undefined) return null;
  const movement = {
    payoutId: out.payout_id, batchId: out.batch_id, partnerId: out.partner_id, payeeName: out.payee_name, account: out.account,
    endToEndId: out.end_to_end_id, paymentReferences: out.refs, currency: out.currency, minor: String(out.amount_minor), on: out.expected_on,
  }; // biome-ignore format: a record
  await store.noteExpected(tx.db, "back", [movement], tx.clock.now());
  const back = await store.expectedByKey(tx.db, `back ${out.payout_id}`);
  return back === undefined || (sure && back.state !== "open") ? null : [back.expected_id];
}

/** A person says what entries are about. One side may be several; their sums have to fit, but for what the bank kept. */
export async function createMatch(ctx: Context, actor: Actor, given: NewBankMatch): Promise<BankMatch> {
  requirePermission(actor, "reconciliation.write", {});
  const input = NewBankMatchSchema.parse(given);
  const entryIds = input.entryIds.map(entryNumber);
  const expectedIds = input.expectedIds.map(expectedNumber);
  if (entryIds.length > 1 && expectedIds.length > 1)
    throw invalid(
      "entryIds",
      String(entryIds.length),
      "several entries and several payouts cannot be one match: make one for each",
    );
  return await transact(ctx, async (tx) => {
    await dropSuggestions(tx.db, { entryIds, expectedIds });
    const entries = await lockEntries(tx.db, entryIds);
    const expected = await store.lockExpected(tx.db, expectedIds);
    refuseTaken(entries, entryIds, expected, expectedIds);
    const settled = amountsOf(entries, expected);
    const bankAccountId = entries[0]?.bank_account_id ?? "";
    const account = await bank.accountById(tx.db, bankAccountId);
    if (settled.feeMinor > (account?.fee_minor ?? 0n) && expected.length > 0)
      refuseDifference(entries, settled.feeMinor);
    const row = {
      match_id: tx.ids.next("mtc"),
      bank_account_id: bankAccountId,
      state: "matched",
      kind: expected.length === 0 ? "fee" : expected.length > 1 ? "batch" : entries.length > 1 ? "split" : "one",
      score: 100,
      reasons: JSON.stringify([{ code: "by_hand", points: 100, seen: null, expected: null }]),
      fee_minor: expected.length === 0 ? 0n : settled.feeMinor,
      rate: settled.rate,
      note: input.note,
      made_by: personOf(actor),
      made_at: tx.clock.now(),
    };
    await store.insertMatch(tx.db, row, entryIds, expectedIds);
    await setEntryStates(tx.db, entryIds, "matched");
    await store.setExpectedStates(tx.db, expectedIds, "matched");
    await audit.record(tx, actor, {
      action: "bank_matches.made",
      subjectKind: "bank_match",
      subjectId: row.match_id,
      ...(input.note !== "" && { reason: input.note }),
      after: { entries: input.entryIds, payouts: expected.map((one) => one.payout_id), fee: String(row.fee_minor) },
    });
    return await matchById(tx, row.match_id);
  });
}

function refuseTaken(
  entries: readonly EntryRow[],
  entryIds: readonly bigint[],
  expected: readonly store.ExpectedRow[],
  expectedIds: readonly bigint[],
): void {
  if (entries.length !== new Set(entryIds).size) throw notFound("bank entry", "");
  if (expected.length !== new Set(expectedIds).size) throw notFound("payout", "");
  const busy = entries.find((one) => one.state !== "open");
  if (busy !== undefined) throw new Refusal("wrong_state", `The entry of ${busy.booked_on} is ${busy.state} already.`);
  const taken = expected.find((one) => one.state !== "open");
  if (taken !== undefined) throw new Refusal("wrong_state", `The payout ${taken.payout_id} is ${taken.state} already.`);
  if (new Set(entries.map((one) => `${one.bank_account_id} ${one.currency}`)).size > 1)
    throw invalid("entryIds", "", "these entries are of several accounts or currencies");
  if (new Set(expected.map((one) => `${one.kind} ${one.currency}`)).size > 1)
    throw invalid("expectedIds", "", "these payouts have several currencies or directions");
}

/** What the bank kept, or the rate at which it exchanged. @throws Refusal when the sums do not fit */
function amountsOf(
  entries: readonly EntryRow[],
  expected: readonly store.ExpectedRow[],
): { readonly feeMinor: bigint; readonly rate: string | null } {
  if (expected.length === 0) return { feeMinor: 0n, rate: null };
  const seen = entries.map((one) => ({ amountMinor: one.amount_minor, currency: one.currency }));
  const total = seen.reduce((sum, one) => sum + one.amountMinor, 0n);
  if (total < 0n !== (expected[0]?.kind === "out")) throw invalid("expectedIds", "", "the money goes the other way");
  const kept = keptByBank(seen, expected.map(store.expectedOf));
  if (kept === null) {
    const due = expected.reduce((sum, one) => sum + one.amount_minor, 0n);
    const ratio = divide({ units: total < 0n ? -total : total, scale: 0 }, { units: due, scale: 0 }, RATE_PLACES);
    return { feeMinor: 0n, rate: formatDecimal(ratio) };
  }
  if (kept < 0n) refuseDifference(entries, kept);
  return { feeMinor: kept, rate: null };
}

function refuseDifference(entries: readonly EntryRow[], difference: bigint): never {
  const told = formatMoney(money(difference < 0n ? -difference : difference, entries[0]?.currency ?? "EUR"));
  const hint =
    difference < 0n
      ? "choose what else it pays"
      : "raise what the bank may keep of a movement, in the settings of the account";
  throw invalid("expectedIds", "", `the sums differ by ${told}`, hint);
}

/** A suggestion becomes a match. */
export async function confirmMatch(ctx: Context, actor: Actor, id: string): Promise<BankMatch> {
  requirePermission(actor, "reconciliation.write", {});
  return await transact(ctx, async (tx) => {
    const match = await needMatch(tx, id, "suggested");
    const parts = (await store.partsOf(tx.db, [id])).get(id) ?? { entryIds: [], expectedIds: [] };
    const entries = await lockEntries(tx.db, parts.entryIds);
    const expected = await store.lockExpected(tx.db, parts.expectedIds);
    const kept = keptByBank(
      entries.map((one) => ({ amountMinor: one.amount_minor, currency: one.currency })),
      expected.map(store.expectedOf),
    );
    if (kept !== null && kept !== match.fee_minor) refuseDifference(entries, kept);
    const amounts = amountsOf(entries, expected);
    await store.updateMatch(tx.db, id, { state: "matched", confirmed_by: personOf(actor), rate: amounts.rate });
    await setEntryStates(tx.db, parts.entryIds, "matched");
    await store.setExpectedStates(tx.db, parts.expectedIds, "matched");
    await audit.record(tx, actor, {
      action: "bank_matches.confirmed", subjectKind: "bank_match", subjectId: id, after: { score: match.score, payouts: expected.map((one) => one.payout_id) },
    }); // biome-ignore format: a record
    return await matchById(tx, id);
  });
}

/** A match that is not booked is undone; nothing was booked, so nothing is reversed. */
export async function undoMatch(ctx: Context, actor: Actor, id: string, reason: string): Promise<BankMatch> {
  requirePermission(actor, "reconciliation.write", {});
  return await transact(ctx, async (tx) => {
    await needMatch(tx, id, "matched", "suggested");
    await endMatch(tx, id, { state: "undone", by: personOf(actor), reason });
    const note = { action: "bank_matches.undone", subjectKind: "bank_match", subjectId: id };
    await audit.record(tx, actor, { ...note, reason });
    return await matchById(tx, id);
  });
}

/** Frees the entries and movements of a match. */
export async function endMatch(
  tx: TxContext,
  id: string,
  end: { readonly state: "undone" | "reversed"; readonly by: string; readonly reason: string },
): Promise<void> {
  const parts = (await store.partsOf(tx.db, [id])).get(id) ?? { entryIds: [], expectedIds: [] };
  await store.endParts(tx.db, id);
  await setEntryStates(tx.db, parts.entryIds, "open");
  await store.setExpectedStates(tx.db, parts.expectedIds, "open");
  const ended = { ended_by: end.by, ended_at: tx.clock.now(), end_reason: end.reason };
  await store.updateMatch(tx.db, id, { state: end.state, ...ended });
}

export async function needMatch(tx: TxContext, id: string, ...states: readonly string[]): Promise<store.MatchRow> {
  const match = await store.lockMatch(tx.db, id);
  if (match === undefined) throw notFound("match", id);
  if (!states.includes(match.state)) throw new Refusal("wrong_state", `This match is ${match.state}.`);
  return match;
}

export async function matchById(ctx: Context, id: string): Promise<BankMatch> {
  const [wire] = await matchesWire(ctx, await store.matchesByIds(ctx.db, [id]));
  if (wire === undefined) throw notFound("match", id);
  return wire;
}

export async function matchesWire(ctx: Context, rows: readonly store.MatchRow[]): Promise<readonly BankMatch[]> {
  const parts = await store.partsOf(
    ctx.db,
    rows.map((row) => row.match_id),
  );
  const expected = await store.expectedByIds(
    ctx.db,
    [...parts.values()].flatMap((one) => one.expectedIds),
  );
  const byId = new Map(expected.map((one) => [one.expected_id, one]));
  const currencies = new Map((await bank.accounts(ctx.db)).map((one) => [one.bank_account_id, one.currency]));
  return rows.map((row) => {
    const { entryIds = [], expectedIds = [] } = parts.get(row.match_id) ?? {};
    const currency = currencies.get(row.bank_account_id) ?? "EUR";
    return matchWire(row, { entryIds, expected: expectedIds.flatMap((id) => byId.get(id) ?? []), currency });
  });
}

export function entryNumber(id: string): bigint {
  const number = parsePublicNumber("ben", id);
  if (number === undefined) throw notFound("bank entry", id);
  return number;
}

function expectedNumber(id: string): bigint {
  if (!/^\d{1,18}$/.test(id)) throw notFound("payout", id);
  return BigInt(id);
}
