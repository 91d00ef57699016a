import type { MatchReason } from "@tributary/contract";
import { namesAgree } from "../../banking/index.ts";
import { divide, formatDecimal } from "../../kernel/decimal.ts";
import { formatMoney, money } from "../../kernel/money.ts";
import type { Expected, OpenEntry, Scored } from "../contracts.ts";
import { lastFour, normalised } from "./references.ts";

/** Below this nothing is suggested; above the other it is still among the alternatives of who looks for one. */
export const LEAST_SUGGESTED = 40;
export const LEAST_SHOWN = 15;
const RATE_PLACES = 10;

/**
 * What each thing that can be compared speaks for or against, in points; their sum, between 0 and 100, is the score. A reference and the amount on
 * a day that fits are 88; without a reference amount, account, name and day are 58: never enough alone.
 */
const POINTS = {
  end_to_end: 50,
  reference: 42,
  batch_reference: 40,
  amount: 30,
  original_amount: 28,
  amount_with_fee: 20,
  other_amount: -40,
  other_currency: -20,
  account: 12,
  other_account: -25,
  name: 8,
  name_close: 4,
  other_name: -10,
  day: 8,
  day_near: 3,
  day_far: -10,
  day_before: -30,
} as const;
type Code = keyof typeof POINTS;

/** Collects what speaks for and against. */
export class Reasons {
  readonly all: MatchReason[] = [];

  add(code: Code, seen: string | null = null, expected: string | null = null): void {
    this.all.push({ code, points: POINTS[code], seen, expected });
  }

  get score(): number {
    return Math.max(
      0,
      Math.min(
        100,
        this.all.reduce((sum, one) => sum + one.points, 0),
      ),
    );
  }
}

/** @param feeMinor the bank may keep this much of a movement */
export function scorePair(entry: OpenEntry, expected: Expected, feeMinor: bigint): Scored | null {
  const out = expected.kind === "out";
  if (out !== entry.amountMinor < 0n) return null;
  const reasons = new Reasons();
  const named = addReference(reasons, entry, expected);
  const { fee, rate } = addAmount(reasons, entry, expected, feeMinor);
  if (!named && !reasons.all.some(({ points }) => points > 0)) return null;
  addParty(reasons, entry, expected);
  addDay(reasons, entry.bookedOn, expected.expectedOn);
  return { score: reasons.score, reasons: reasons.all, feeMinor: fee, rate };
}

function addReference(reasons: Reasons, entry: OpenEntry, expected: Expected): boolean {
  const wanted = normalised(expected.endToEndId);
  if (entry.endToEndId !== null && normalised(entry.endToEndId) === wanted) {
    reasons.add("end_to_end", entry.endToEndId, expected.endToEndId);
    return true;
  }
  if (wanted !== "" && (entry.refs.includes(wanted) || normalised(entry.text).includes(wanted))) {
    reasons.add("reference", wanted, expected.endToEndId);
    return true;
  }
  return false;
}

function addAmount(
  reasons: Reasons,
  entry: OpenEntry,
  expected: Expected,
  feeMinor: bigint,
): { readonly fee: bigint; readonly rate: string | null } {
  const seen = absolute(entry.amountMinor);
  const told = [
    formatMoney(money(seen, entry.currency)),
    formatMoney(money(expected.amountMinor, expected.currency)),
  ] as const;
  if (entry.currency !== expected.currency) {
    if (entry.original?.currency !== expected.currency || entry.original.minor !== expected.amountMinor) {
      reasons.add("other_currency", ...told);
      return { fee: 0n, rate: null };
    }
    reasons.add("original_amount", formatMoney(money(entry.original.minor, entry.original.currency)), told[1]);
    const ratio = divide({ units: seen, scale: 0 }, { units: expected.amountMinor, scale: 0 }, RATE_PLACES);
    return { fee: 0n, rate: formatDecimal(ratio) };
  }
  // Money out leaves with the fee on top; money that comes back comes with the fee taken off.
  const kept = entry.amountMinor < 0n ? seen - expected.amountMinor : expected.amountMinor - seen;
  if (kept === 0n) reasons.add("amount", ...told);
  else if (kept > 0n && kept <= feeMinor) reasons.add("amount_with_fee", ...told);
  else reasons.add("other_amount", ...told);
  return { fee: kept > 0n && kept <= feeMinor ? kept : 0n, rate: null };
}

function addParty(reasons: Reasons, entry: OpenEntry, expected: Expected): void {
  if (entry.account !== null && expected.account !== null) {
    const same = lastFour(entry.account) === lastFour(expected.account);
    reasons.add(same ? "account" : "other_account", `…${lastFour(entry.account)}`, `…${lastFour(expected.account)}`);
  }
  if (entry.name === null || expected.payeeName === "") return;
  const { verdict } = namesAgree(entry.name, expected.payeeName);
  const code = verdict === "match" ? "name" : verdict === "close" ? "name_close" : "other_name";
  reasons.add(code, entry.name, expected.payeeName);
}

export function addDay(reasons: Reasons, bookedOn: string, expectedOn: string): void {
  const days = daysBetween(expectedOn, bookedOn);
  if (days < -3) reasons.add("day_before", bookedOn, expectedOn);
  else if (days > 30) reasons.add("day_far", bookedOn, expectedOn);
  else if (days > 5) reasons.add("day_near", bookedOn, expectedOn);
  else reasons.add("day", bookedOn, expectedOn);
}

/** Days from one to another, both `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
