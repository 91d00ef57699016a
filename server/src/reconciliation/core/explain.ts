import type { ComparisonClass, ComparisonReason } from "@tributary/contract";
import { formatMoney, money } from "../../kernel/money.ts";

/** One side's row, as far as an explanation needs it. */
export interface ToldRow {
  readonly at: Date;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly counts: boolean;
  readonly status: string;
  readonly why: string | null;
  readonly partner: string | null;
  readonly knownAt: Date | null;
}

export interface Told {
  readonly differences: readonly ComparisonClass[];
  readonly matchedBy: string | null;
  readonly tracked: ToldRow | null;
  readonly office: ToldRow | null;
  readonly claim: ToldRow | null;
  readonly shifts: readonly { readonly side: string; readonly minutes: number }[];
}

const SIDES = { tracked: "Tributary", office: "the back office", claim: "the partner's report" } as const;
type Side = keyof typeof SIDES;

const MATCHED_BY: Readonly<Record<NonNullable<ComparisonReason["matchedBy"]>, string>> = {
  order: "the order id",
  click: "the click id",
  customer: "the customer",
  time_and_amount: "time and amount",
};

/** What differs and why, the gravest first, as codes: each screen words them in its reader's language. */
export function reasonsOf(told: Told): ComparisonReason[] {
  const plain = { side: null, matchedBy: null, minutes: null };
  const reasons = told.differences.map((one): ComparisonReason => ({ ...plain, ...reasonOf(one, told) }));
  if (reasons.length === 0) reasons.push({ ...plain, code: "agrees" });
  const sides = [told.tracked, told.office, told.claim].filter((row) => row !== null).length;
  if (sides > 1 && told.matchedBy !== null)
    reasons.push({ ...plain, code: "matched", matchedBy: told.matchedBy as ComparisonReason["matchedBy"] });
  return reasons;
}

function reasonOf(one: ComparisonClass, told: Told): Pick<ComparisonReason, "code"> & Partial<ComparisonReason> {
  switch (one) {
    case "missing_tracked": {
      if (told.office !== null && told.claim !== null) return { code: "missing_tracked_by_both", side: "office" };
      return told.office !== null
        ? { code: "missing_tracked_by_office", side: "office" }
        : { code: "missing_tracked_by_claim", side: "claim" };
    }
    case "duplicate":
      return { code: one, side: told.tracked !== null ? "tracked" : told.office !== null ? "office" : "claim" };
    case "attribution":
      return { code: one, side: told.office !== null ? "office" : "claim" };
    case "time_zone": {
      const [shift] = told.shifts;
      return { code: one, side: (shift?.side ?? "office") as Side, minutes: shift?.minutes ?? 0 };
    }
    case "late":
      return told.tracked !== null && told.office === null && told.claim === null
        ? { code: "late_at_the_end" }
        : { code: one };
    default:
      return { code: one };
  }
}

/** The same in English, for answers that are read without a screen. */
export function explainResult(told: Told): string[] {
  return reasonsOf(told).map((reason) => SENTENCES[reason.code](told, reason));
}

type Sentence = (told: Told, reason: ComparisonReason) => string;

const SENTENCES: Readonly<Record<ComparisonReason["code"], Sentence>> = {
  missing_tracked_by_both: ({ office }) =>
    `The back office and the partner both have a conversion (${amountOf(office)}) that was never tracked.`,
  missing_tracked_by_office: ({ office }) =>
    `The back office has a conversion (${amountOf(office)}) that was never tracked.`,
  missing_tracked_by_claim: ({ claim }) =>
    `The partner claims a conversion (${amountOf(claim)}) that was never tracked.`,
  missing_office: ({ tracked }) =>
    `Tracked with ${amountOf(tracked)}, and not in the back office's export, which covers that time.`,
  missing_claim: ({ tracked }) => `Tracked with ${amountOf(tracked)}, and the partner does not claim it.`,
  duplicate: (_, { side }) =>
    `A second row of the same conversion in ${SIDES[side ?? "tracked"]}: the first one is matched.`,
  attribution: ({ tracked, office, claim }, { side }) => {
    const because = tracked?.why == null ? "" : ` (${tracked.why.replaceAll("_", " ")})`;
    const other = office?.partner ?? claim?.partner ?? "another partner";
    return `Here it is ${tracked?.partner ?? "nobody"}'s${because}; ${side === "office" ? "the back office" : "the report"} says ${other}.`;
  },
  currency: (told) => `The currencies differ: ${sides(told, (row) => row.currency ?? "none")}.`,
  amount: (told) => `The amounts differ: ${sides(told, amountOf)}.`,
  status: (told) => `It counts on one side only: ${sides(told, (row) => row.status)}.`,
  time_zone: (_, { side, minutes }) =>
    `Another day because a clock is ${hours(minutes ?? 0)} ahead: many rows of ${SIDES[side ?? "office"]} share that.`,
  late: (told) =>
    `Another day on each side: ${sides(told, (row) => row.at.toISOString().slice(0, 16).replace("T", " "))} UTC.`,
  late_at_the_end: () =>
    "It happened so near to the end of the other side's export that it may come with the next one.",
  agrees: () => "All sides that know this conversion say the same.",
  matched: (_, { matchedBy }) =>
    `The rows were taken for the same by ${matchedBy === null ? "" : MATCHED_BY[matchedBy]}.`,
};

function sides(told: Told, say: (row: ToldRow) => string): string {
  return (["tracked", "office", "claim"] as const)
    .flatMap((side) => {
      const row = told[side];
      return row === null ? [] : [`${SIDES[side]} ${say(row)}`];
    })
    .join(", ");
}

function amountOf(row: ToldRow | null): string {
  return row?.minor == null || row.currency === null ? "no amount" : formatMoney(money(row.minor, row.currency));
}

function hours(minutes: number): string {
  const [whole, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : ""}${whole}:${String(rest).padStart(2, "0")} h`;
}
