import type { ComparisonClass } from "@tributary/contract";
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

const MATCHED_BY: Readonly<Record<string, string>> = {
  order: "the order id",
  click: "the click id",
  customer: "the customer",
  time_and_amount: "time and amount",
};

/** What differs and why, one sentence for each difference, the gravest first. */
export function explainResult(told: Told): string[] {
  const sentences = told.differences.map((one) => SENTENCES[one](told));
  if (sentences.length === 0) sentences.push("All sides that know this conversion say the same.");
  const sides = [told.tracked, told.office, told.claim].filter((row) => row !== null).length;
  if (sides > 1 && told.matchedBy !== null)
    sentences.push(`The rows were taken for the same by ${MATCHED_BY[told.matchedBy] ?? told.matchedBy}.`);
  return sentences;
}

const SENTENCES: Readonly<Record<ComparisonClass, (told: Told) => string>> = {
  missing_tracked: (told) => {
    const who =
      told.office !== null && told.claim !== null
        ? "The back office and the partner both have"
        : told.office !== null
          ? "The back office has"
          : "The partner claims";
    return `${who} a conversion (${amountOf(told.office ?? told.claim)}) that was never tracked.`;
  },
  missing_office: (told) =>
    `Tracked with ${amountOf(told.tracked)}, and not in the back office's export, which covers that time.`,
  missing_claim: (told) => `Tracked with ${amountOf(told.tracked)}, and the partner does not claim it.`,
  duplicate: (told) => {
    const side: Side = told.tracked !== null ? "tracked" : told.office !== null ? "office" : "claim";
    return `A second row of the same conversion in ${SIDES[side]}: the first one is matched.`;
  },
  attribution: (told) => {
    const whose = told.tracked?.partner ?? "nobody";
    const because = told.tracked?.why == null ? "" : ` (${told.tracked.why.replaceAll("_", " ")})`;
    const other = told.office?.partner ?? told.claim?.partner ?? "another partner";
    return `Here it is ${whose}'s${because}; ${told.office !== null ? "the back office" : "the report"} says ${other}.`;
  },
  currency: (told) => `The currencies differ: ${sides(told, (row) => row.currency ?? "none")}.`,
  amount: (told) => `The amounts differ: ${sides(told, amountOf)}.`,
  status: (told) => `It counts on one side only: ${sides(told, (row) => row.status)}.`,
  time_zone: (told) => {
    const shift = told.shifts[0];
    return `Another day because a clock is ${hours(shift?.minutes ?? 0)} ahead: many rows of ${SIDES[(shift?.side ?? "office") as Side]} share that.`;
  },
  late: (told) => {
    if (told.tracked !== null && told.office === null && told.claim === null)
      return "It happened so near to the end of the other side's export that it may come with the next one.";
    return `Another day on each side: ${sides(told, (row) => row.at.toISOString().slice(0, 16).replace("T", " "))} UTC.`;
  },
  agrees: () => "All sides say the same.",
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
