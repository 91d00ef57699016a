import { createHash } from "node:crypto";
import type { Working } from "@tributary/contract";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { Day, Month } from "../../kernel/period.ts";
import type { TransferInput } from "../../ledger/index.ts";
import type { CalculatedLine } from "./calculate.ts";

/** The newest stored version of a line. */
export interface StoredLine {
  readonly key: string;
  readonly version: number;
  readonly agreementVersionId: string;
  readonly component: string;
  readonly subjectKind: "customer" | "period" | "partner";
  readonly subjectId: string;
  readonly month: Month;
  readonly earnedOn: Day;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly workingHash: string;
  /** What of it is held now. */
  readonly heldMinor: bigint;
}

/** A line version to be stored. */
export interface NewLine extends CalculatedLine {
  readonly version: number;
  readonly workingHash: string;
  readonly differenceMinor: bigint;
  /** What was booked and held under the version before. */
  readonly before: { readonly amountMinor: bigint; readonly heldMinor: bigint };
}

/** What the amount and the reason of a line come to as a hash: a version is stored when it differs from the one before. */
export function hashLine(line: CalculatedLine): string {
  const { amountMinor, currency, month, earnedOn, heldUntil, working } = line;
  return createHash("sha256")
    .update(canonicalJson({ amountMinor, currency, month, earnedOn, heldUntil, working }))
    .digest("hex");
}

/**
 * Compares what was calculated with what is stored under the same keys: the versions to be added, nothing else. A key that is not earned any
 * more gets a version of zero. Doing it twice adds nothing.
 */
export function reconcile(calculated: readonly CalculatedLine[], stored: readonly StoredLine[]): NewLine[] {
  const before = new Map(stored.map((line) => [line.key, line]));
  const added: NewLine[] = [];
  for (const line of calculated) {
    const old = before.get(line.key);
    before.delete(line.key);
    const workingHash = hashLine(line);
    if (old?.workingHash === workingHash) continue;
    added.push(nextVersion(line, workingHash, old));
  }
  for (const old of before.values()) {
    if (old.amountMinor === 0n) continue;
    const line = noLongerEarned(old);
    added.push(nextVersion(line, hashLine(line), old));
  }
  return added;
}

function nextVersion(line: CalculatedLine, workingHash: string, old: StoredLine | undefined): NewLine {
  return {
    ...line,
    version: (old?.version ?? 0) + 1,
    workingHash,
    differenceMinor: line.amountMinor - (old?.amountMinor ?? 0n),
    before: { amountMinor: old?.amountMinor ?? 0n, heldMinor: old?.heldMinor ?? 0n },
  };
}

function noLongerEarned(old: StoredLine): CalculatedLine {
  const working: Working = {
    model: old.subjectKind === "customer" ? "cpa" : "revenue_share",
    component: old.component,
    terms: { agreementVersionId: old.agreementVersionId, version: 0, planHash: "" },
    inputs: [],
    conversions: [],
    steps: [{ code: "no_longer_earned", values: {} }],
    rate: null,
    tier: null,
    rounding: { mode: "half_up", places: 0, before: "0", after: "0" },
    hold: { days: 0, from: "earned", until: null },
    carry: null,
    alternatives: [],
  };
  return {
    key: old.key,
    agreementVersionId: old.agreementVersionId,
    component: old.component,
    subjectKind: old.subjectKind,
    subjectId: old.subjectId,
    month: old.month,
    earnedOn: old.earnedOn,
    currency: old.currency,
    amountMinor: 0n,
    heldUntil: null,
    working,
  };
}

export interface Booking {
  readonly transfers: readonly TransferInput[];
  /** What of the line is held afterwards. */
  readonly heldMinor: bigint;
}

/**
 * The transfers that bring the ledger from the version before to a new one: only the difference moves.
 * More: into the hold while the line is held and nothing of it was released, else payable. Less: out of the hold first, the rest is clawed back
 * from payable.
 * @param today in the program's zone
 * @param period the open month to book in
 */
export function bookingOf(
  line: NewLine,
  pair: { readonly partnerId: string; readonly programId: string },
  today: Day,
  period: Month,
): Booking {
  const transfer = (recipe: TransferInput["recipe"], amountMinor: bigint): TransferInput => ({
    recipe,
    sourceKey: line.key,
    idempotencyKey: `line:${line.key}:${line.version}:${recipe}`,
    partnerId: pair.partnerId,
    programId: pair.programId,
    currency: line.currency,
    amountMinor,
    period,
    occurredOn: line.earnedOn,
    memo: { version: line.version, ...(period === line.month ? {} : { earnedIn: line.month.slice(0, 7) }) },
  });
  const { heldMinor, amountMinor } = line.before;
  const difference = line.differenceMinor;
  if (difference > 0n) {
    const released = amountMinor > heldMinor;
    const holds = line.heldUntil !== null && line.heldUntil > today && !released;
    return holds
      ? { transfers: [transfer("hold", difference)], heldMinor: heldMinor + difference }
      : { transfers: [transfer("accrue", difference)], heldMinor };
  }
  const less = -difference;
  const rest = less - heldMinor;
  if (rest <= 0n) return { transfers: less > 0n ? [transfer("reverse", less)] : [], heldMinor: heldMinor - less };
  const reversed = heldMinor > 0n ? [transfer("reverse", heldMinor)] : [];
  return { transfers: [...reversed, transfer("claw_back", rest)], heldMinor: 0n };
}
