import type { RunMark, RunMarkCode, RunThresholds } from "@tributary/contract";
import type { Causes } from "./decompose.ts";

/** What is known of a partner's amount when it is looked at. Amounts in minor units of its currency. */
export interface Looked {
  readonly earned: bigint;
  readonly earnedBefore: bigint;
  /** there was a period before in which something was booked */
  readonly hasBefore: boolean;
  readonly closingPayable: bigint;
  readonly closingHeld: bigint;
  readonly causes: Causes;
  readonly capsHit: number;
  readonly adjustments: number;
  readonly adjustmentsOpen: number;
  readonly termsChanged: boolean;
  /** lines less what the ledger holds for them: zero unless something is broken */
  readonly ledgerDifference: bigint;
  /** why something of the partner cannot be calculated */
  readonly notCalculated: string | null;
  /** closing figures less those that were calculated; null before they are closed */
  readonly moved: bigint | null;
  readonly bankChangedAt: string | null;
  readonly payeeBlocks: readonly string[];
  readonly hasPayee: boolean | null;
  readonly documentsExpired: number | null;
  /** a name on a list of sanctions: undecided, or decided that it is the partner */
  readonly screening: "waiting" | "match" | null;
}

type Finding = { readonly code: RunMarkCode; readonly value: string };

/** Everything about a partner's amount that somebody should see, each with how serious the operator takes it. */
export function marksOf(one: Looked, thresholds: RunThresholds): RunMark[] {
  const found = [...figures(one, thresholds), ...people(one), ...broken(one)];
  return found.flatMap(({ code, value }) => {
    const severity = BLOCKING.has(code) ? "block" : (thresholds.severities[code] ?? DEFAULT_SEVERITIES[code]);
    return severity === "off" ? [] : [{ code, severity, value }];
  });
}

const BLOCKING: ReadonlySet<RunMarkCode> = new Set(["ledger_differs", "not_calculated"]);

export const DEFAULT_SEVERITIES: Readonly<Record<RunMarkCode, "warn" | "info" | "block">> = {
  change_up: "warn",
  change_down: "warn",
  spike: "warn",
  nothing: "warn",
  first: "info",
  negative: "warn",
  top: "info",
  cap: "info",
  manual: "warn",
  open_adjustment: "warn",
  held: "info",
  earlier: "info",
  terms_changed: "warn",
  bank_changed: "warn",
  payee_missing: "warn",
  payee_blocked: "warn",
  document_expired: "warn",
  screening: "warn",
  moved: "warn",
  ledger_differs: "block",
  not_calculated: "block",
};

function figures(one: Looked, thresholds: RunThresholds): Finding[] {
  const found: Finding[] = [];
  const add = (code: RunMarkCode, value: bigint | string | number) => found.push({ code, value: String(value) });
  const change = one.earned - one.earnedBefore;
  const isLarge = abs(change) >= BigInt(thresholds.changeMinor);
  if (one.hasBefore && isLarge && share(change, one.earnedBefore) > thresholds.changePercent)
    add(change > 0n ? "change_up" : "change_down", change);
  if (
    isLarge &&
    one.hasBefore &&
    one.causes.volume > 0n &&
    share(one.causes.volume, one.earnedBefore) > thresholds.spikePercent
  )
    add("spike", one.causes.volume);
  if (one.hasBefore && one.earned === 0n && one.earnedBefore !== 0n) add("nothing", one.earnedBefore);
  if (!one.hasBefore && one.earned !== 0n) add("first", one.earned);
  if (one.closingPayable < 0n) add("negative", one.closingPayable);
  if (one.capsHit > 0) add("cap", one.capsHit);
  if (
    one.closingHeld > 0n &&
    share(one.closingHeld, one.closingHeld + abs(one.closingPayable)) > thresholds.heldPercent
  )
    add("held", one.closingHeld);
  if (one.causes.earlier !== 0n && abs(one.causes.earlier) >= BigInt(thresholds.changeMinor))
    add("earlier", one.causes.earlier);
  return found;
}

function people(one: Looked): Finding[] {
  const found: Finding[] = [];
  if (one.adjustments > 0) found.push({ code: "manual", value: String(one.adjustments) });
  if (one.adjustmentsOpen > 0) found.push({ code: "open_adjustment", value: String(one.adjustmentsOpen) });
  if (one.termsChanged) found.push({ code: "terms_changed", value: "" });
  if (one.bankChangedAt !== null) found.push({ code: "bank_changed", value: one.bankChangedAt });
  if (one.hasPayee === false && one.closingPayable > 0n) found.push({ code: "payee_missing", value: "" });
  if (one.payeeBlocks.length > 0) found.push({ code: "payee_blocked", value: one.payeeBlocks.join(" ") });
  if ((one.documentsExpired ?? 0) > 0) found.push({ code: "document_expired", value: String(one.documentsExpired) });
  if (one.screening !== null) found.push({ code: "screening", value: one.screening });
  return found;
}

function broken(one: Looked): Finding[] {
  const found: Finding[] = [];
  if (one.ledgerDifference !== 0n) found.push({ code: "ledger_differs", value: String(one.ledgerDifference) });
  if (one.notCalculated !== null) found.push({ code: "not_calculated", value: one.notCalculated });
  if (one.moved !== null && one.moved !== 0n) found.push({ code: "moved", value: String(one.moved) });
  return found;
}

/** Percent of a change against what it changed; anything against nothing is beyond every threshold. */
function share(part: bigint, whole: bigint): number {
  if (part === 0n) return 0;
  return whole === 0n ? Number.POSITIVE_INFINITY : Number((abs(part) * 10_000n) / abs(whole)) / 100;
}

function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
