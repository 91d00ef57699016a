import type { ComparisonClass, ComparisonSummary } from "@tributary/contract";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { addDays, monthOf, startOfDay } from "../kernel/period.ts";
import { earnedAndBooked } from "../ledger/index.ts";
import { programById } from "../programs/index.ts";
import { conversionPages } from "../tracking/index.ts";
import { partnerFinder } from "./partner-names.ts";
import * as store from "./store/comparisons.ts";
import { commonShift, leaveOver, pairByKey, pairNearest, type Sides } from "./store/pairing.ts";
import { clearPairs, type Judged, roomToJoin, sumResults, writeResults } from "./store/results.ts";

export const COMPARE_TASK = "reconciliation.compare";
/** A customer does the same again another day: with nothing but the customer and the amount, times have to be within this. */
const CUSTOMER_MINUTES = 36 * 60;
const CUSTOMER_ANY_AMOUNT_MINUTES = 60;

/** Compares all three sides and puts the result in the place of the last one, in one transaction. */
export async function runComparison(ctx: Context, comparisonId: string): Promise<void> {
  try {
    await transact(ctx, (tx) => compareAll(tx, comparisonId));
  } catch (error) {
    await store.noteComparison(ctx.db, comparisonId, {
      state: "failed",
      problem: "The comparison could not be made; it is tried again.",
    });
    throw error;
  }
}

async function compareAll(tx: TxContext, comparisonId: string): Promise<void> {
  const comparison = await store.lockComparison(tx.db, comparisonId);
  if (comparison === undefined || comparison.state === "idle") return;
  await roomToJoin(tx.db);
  const timeZone = (await programById(tx.db, comparison.program_id))?.timeZone ?? "UTC";
  await clearPairs(tx.db, comparisonId);
  await takeTracked(tx, comparison, timeZone);
  await namePartners(tx, comparisonId);
  const files = await store.filesOf(tx.db, comparisonId);
  const has = (side: string) => files.some((file) => file.side === side && file.state === "read");
  const at = (sides: Sides["sides"], left: Sides["left"], right: Sides["right"]): Sides => ({
    comparisonId,
    sides,
    left,
    right,
  });
  const officeShift = has("office") ? await pairSides(tx, at("tracked-office", "tracked", "office"), comparison) : 0;
  const claimShift = has("claim") ? await pairSides(tx, at("tracked-claim", "tracked", "claim"), comparison) : 0;
  if (has("office") && has("claim")) await pairSides(tx, at("office-claim", "office", "claim"), comparison);
  const judged: Judged = {
    comparisonId, partnerId: comparison.partner_id, timeZone, currency: comparison.currency, amountTolerance: comparison.amount_tolerance,
    lateDays: comparison.late_days, officeShift, claimShift, hasOffice: has("office"), hasClaim: has("claim"),
  }; // biome-ignore format: a record
  await writeResults(tx.db, judged);
  const summary = await summaryOf(tx, comparison, judged);
  await store.noteComparison(tx.db, comparisonId, { state: "idle", problem: null, summary: JSON.stringify(summary) });
}

/** What was tracked in the days of the comparison, a page at a time. */
async function takeTracked(tx: TxContext, comparison: store.ComparisonRow, timeZone: string): Promise<void> {
  const { comparison_id: id, program_id: programId, types } = comparison;
  await store.dropSide(tx.db, id, "tracked");
  const from = startOfDay(comparison.from_day, timeZone);
  const to = new Date(startOfDay(comparison.until_day, timeZone).getTime() - 1);
  for await (const page of conversionPages(tx.db, { programId, types, from, to })) {
    const rows = page.map((one): store.NewSideRow => ({
      side: "tracked", key: one.key, fileId: null, line: null, at: new Date(one.at), type: one.type, orderId: one.orderId, clickId: one.clickIds[0] ?? null,
      customerRef: one.customerRef, partnerRef: null, partnerId: one.partnerId, currency: one.currency, minor: one.minor, commissionMinor: null,
      counts: one.counts, status: one.counts ? "approved" : "rejected", why: one.reason, knownAt: one.receivedAt, raw: [],
    })); // biome-ignore format: a record
    await store.copySideRows(tx.db, id, rows);
  }
}

/** Rows were named when their file was read: this is for what has come or changed since. */
async function namePartners(tx: TxContext, comparisonId: string): Promise<void> {
  const refs = await store.partnerRefs(tx.db, comparisonId);
  if (refs.length === 0) return;
  const find = await partnerFinder(tx.db);
  const found = refs.map((ref) => [ref, find(ref)] as const).filter((one): one is [string, string] => one[1] !== null);
  await store.namePartners(tx.db, comparisonId, new Map(found));
}

/** Pairs two sides, the surest way first. @returns by how many minutes the right one's clock is ahead */
async function pairSides(tx: TxContext, at: Sides, comparison: store.ComparisonRow): Promise<number> {
  await leaveOver(tx.db, at);
  for (const by of ["order", "click"] as const)
    for (const typed of [true, false])
      for (const sameAmount of [true, false]) await pairByKey(tx.db, at, by, { typed, sameAmount });
  const shiftMinutes = await commonShift(tx.db, at);
  const near = { shiftMinutes, sameAmount: true };
  await pairNearest(tx.db, at, "customer", { ...near, windowMinutes: CUSTOMER_MINUTES });
  await pairNearest(tx.db, at, "customer", { ...near, sameAmount: false, windowMinutes: CUSTOMER_ANY_AMOUNT_MINUTES });
  await pairNearest(tx.db, at, "time_and_amount", { ...near, windowMinutes: comparison.tolerance_minutes });
  return shiftMinutes;
}

async function summaryOf(tx: TxContext, comparison: store.ComparisonRow, judged: Judged): Promise<ComparisonSummary> {
  const { classes, totals } = await sumResults(tx.db, judged);
  const of = (side: string) => totals.find((one) => one.side === side);
  const shifts = [
    { side: "office" as const, minutes: judged.officeShift },
    { side: "claim" as const, minutes: judged.claimShift },
  ];
  return {
    at: tx.clock.now().toISOString(),
    rows: {
      tracked: Number(of("tracked")?.rows ?? 0n),
      office: Number(of("office")?.rows ?? 0n),
      claim: Number(of("claim")?.rows ?? 0n),
    },
    totals: {
      tracked: String(of("tracked")?.minor ?? 0n),
      office: judged.hasOffice ? String(of("office")?.minor ?? 0n) : null,
      claim: judged.hasClaim ? String(of("claim")?.minor ?? 0n) : null,
    },
    classes: classes.map((one) => ({
      class: one.class as ComparisonClass,
      rows: Number(one.rows),
      office: String(one.office),
      claim: String(one.claim),
    })),
    shifts: shifts.filter(({ minutes }) => minutes !== 0),
    otherCurrency: totals.reduce((sum, one) => sum + Number(one.other), 0),
    claimedCommission: of("claim")?.commission == null ? null : String(of("claim")?.commission),
    ledger: await ledgerTie(tx, comparison),
  };
}

/** From the commission of these days to what the ledger has as expense of their months. */
async function ledgerTie(tx: TxContext, comparison: store.ComparisonRow): Promise<ComparisonSummary["ledger"]> {
  const { program_id: programId, partner_id: partnerId, currency, from_day: from, until_day: until } = comparison;
  const last = addDays(until, -1);
  const tie = await earnedAndBooked(tx, {
    programId, partnerId, currency, from, until, fromMonth: monthOf(from), untilMonth: monthOf(last),
  }); // biome-ignore format: a record
  return {
    currency,
    earnedHere: String(tie.earnedHere),
    earnedLater: String(tie.earnedLater),
    earlier: String(tie.earlier),
    adjustments: String(tie.adjustments),
    ledger: String(tie.ledger),
    ties: tie.earnedHere + tie.earlier + tie.adjustments === tie.ledger,
  };
}
