import type { BankCandidate, BankEntry, BankEntryChange, BankEntryDetail, BankEntryQuery } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import type { Candidate, Expected } from "./contracts.ts";
import { entryNumber, findCandidates, matchesWire } from "./matching.ts";
import * as bank from "./store/bank.ts";
import * as store from "./store/entries.ts";
import * as matching from "./store/matching.ts";
import { dropSuggestions } from "./store/suggestions.ts";
import { entryWire } from "./wire.ts";

const MOST_ALTERNATIVES = 12;

export async function listEntries(ctx: Context, actor: Actor, query: BankEntryQuery): Promise<Page<BankEntry>> {
  requirePermission(actor, "reconciliation.read", {});
  const today = dayOf(ctx.clock.now(), "UTC");
  const { rows, nextCursor } = await store.entryPage(ctx.db, query, query);
  return { rows: rows.map((row) => entryWire(row, today)), nextCursor };
}

/** One entry: its match with what speaks for it, what else it could be, and what a person may choose by a search. */
export async function getEntry(ctx: Context, actor: Actor, id: string, q?: string): Promise<BankEntryDetail> {
  requirePermission(actor, "reconciliation.read", {});
  const row = await store.entryById(ctx.db, entryNumber(id));
  if (row === undefined) throw notFound("bank entry", id);
  const matches = await matching.matchesOfEntry(ctx.db, row.entry_id);
  const wires = await matchesWire(ctx, matches);
  const living = matches.find((one) => one.living);
  const match = wires.find((one) => one.id === living?.match_id) ?? null;
  const entry = { ...row, match_id: match?.id ?? null, score: match?.score ?? null };
  return {
    entry: entryWire(entry, dayOf(ctx.clock.now(), "UTC")),
    match,
    alternatives: ["open", "suggested"].includes(row.state) ? await alternativesOf(ctx, row, q) : [],
    history: wires.filter((one) => one.id !== match?.id),
    members: store.openEntry(row).details.map((detail) => ({
      name: detail.name,
      account: detail.account,
      amount: detail.minor === null ? null : { minor: detail.minor, currency: detail.currency ?? row.currency },
      reference: detail.refs[0] ?? null,
    })),
  };
}

async function alternativesOf(ctx: Context, row: store.EntryRow, q: string | undefined): Promise<BankCandidate[]> {
  const account = await bank.accountById(ctx.db, row.bank_account_id);
  const settings = { autoScore: account?.auto_score ?? 85, feeMinor: account?.fee_minor ?? 0n };
  const candidates = (await findCandidates(ctx, [store.openEntry(row)], settings)).filter((one) => one.kind === "one");
  const found = await matching.expectedByIds(
    ctx.db,
    candidates.flatMap((one) => one.expectedIds),
  );
  const byId = new Map(found.map((one) => [one.expected_id, matching.expectedOf(one)]));
  const scored = candidates
    .toSorted((a, b) => b.score - a.score)
    .flatMap((one) => {
      const expected = byId.get(one.expectedIds[0] ?? 0n);
      return expected === undefined ? [] : [candidateWire(expected, one)];
    });
  if (q === undefined || q === "") return scored.slice(0, MOST_ALTERNATIVES);
  const kind = row.amount_minor < 0n ? "out" : "back";
  const searched = await matching.searchExpected(ctx.db, { kind, q }, MOST_ALTERNATIVES);
  return searched.map((one) => {
    const known = scored.find((candidate) => candidate.expectedId === String(one.expected_id));
    return known ?? candidateWire(matching.expectedOf(one), undefined);
  });
}

function candidateWire(expected: Expected, candidate: Candidate | undefined): BankCandidate {
  return {
    expectedId: String(expected.expectedId),
    kind: expected.kind,
    payoutId: expected.payoutId,
    batchId: expected.batchId,
    partnerId: expected.partnerId,
    payeeName: expected.payeeName,
    account: expected.account,
    amount: { minor: String(expected.amountMinor), currency: expected.currency },
    on: expected.expectedOn,
    score: candidate?.score ?? 0,
    reasons: [...(candidate?.reasons ?? [])],
  };
}

/** A note, who looks into it until when, or that it is none of ours. */
export async function changeEntry(ctx: Context, actor: Actor, id: string, change: BankEntryChange): Promise<BankEntry> {
  requirePermission(actor, "reconciliation.write", {});
  return await transact(ctx, async (tx) => {
    const number = entryNumber(id);
    if (change.ignore != null) await dropSuggestions(tx.db, { entryIds: [number], expectedIds: [] });
    const [before] = await store.lockEntries(tx.db, [number]);
    if (before === undefined) throw notFound("bank entry", id);
    const state = ignoredState(before, change);
    const row = await store.updateEntry(tx.db, number, change.revision, {
      ...(change.note !== undefined && { note: change.note }),
      ...(change.owner !== undefined && { owner: change.owner }),
      ...(change.dueOn !== undefined && { due_on: change.dueOn }),
      ...(state !== undefined && { state, ignored_why: change.ignore ?? null }),
    });
    if (row === undefined) throw changedMeanwhile("bank entry", change.revision);
    await audit.record(tx, actor, {
      action: "bank_entries.changed",
      subjectKind: "bank_entry",
      subjectId: id,
      ...(change.ignore != null && { reason: change.ignore }),
      before: { note: before.note, owner: before.owner, dueOn: before.due_on, state: before.state },
      after: { note: row.note, owner: row.owner, dueOn: row.due_on, state: row.state },
    });
    return entryWire({ ...row, match_id: null, score: null }, dayOf(tx.clock.now(), "UTC"));
  });
}

function ignoredState(before: store.EntryRow, { ignore }: BankEntryChange): string | undefined {
  if (ignore === undefined) return undefined;
  const [from, to] = ignore === null ? ["ignored", "open"] : ["open", "ignored"];
  if (before.state !== from) throw new Refusal("wrong_state", `This entry is ${before.state}.`);
  return to;
}
