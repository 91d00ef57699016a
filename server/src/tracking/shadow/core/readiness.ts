import type { ShadowCheck, ShadowThresholds } from "@tributary/contract";
import { compare, decimal, divide, formatDecimal, percent } from "../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../kernel/period.ts";

/** What is counted of one day. Late conversions are in none of it. */
export interface DayCount {
  readonly day: Day;
  readonly compared: number;
  readonly agreed: number;
  /** minor units by currency */
  readonly amounts: ReadonlyMap<string, { readonly theirs: bigint; readonly ours: bigint }>;
}

export interface Readiness {
  readonly safe: boolean;
  readonly checks: readonly ShadowCheck[];
  readonly sentence: string;
}

/** Rounded so that nothing is reached by rounding: what should be large down, what should be small up. */
function share(part: number | bigint, whole: number | bigint, rounding: "down" | "up" = "down"): string {
  if (BigInt(whole) === 0n) return "0";
  return formatDecimal(divide(decimal(BigInt(part)), decimal(BigInt(whole)), 4, rounding));
}

/**
 * Whether the last days that were compared reach what was set before it is called safe to switch.
 * @param last the last day that was compared, null when nothing was
 */
export function readiness(
  days: readonly DayCount[],
  last: Day | null,
  thresholds: ShadowThresholds,
  unmapped: number,
): Readiness {
  const first = last === null ? null : addDays(last, 1 - thresholds.days);
  const meant = days.filter(({ day, compared }) => first !== null && day >= first && compared > 0);
  const checks = [
    daysCheck(days, last, thresholds),
    conversionsCheck(meant, thresholds),
    agreementCheck(meant, thresholds),
    worstDayCheck(meant, thresholds),
    amountCheck(meant, thresholds),
    check("partners", "0", String(unmapped), unmapped === 0),
  ];
  const safe = checks.every(({ met }) => met);
  return { safe, checks, sentence: sentenceOf(checks, safe, thresholds) };
}

function check(
  name: ShadowCheck["check"],
  needed: string,
  reached: string,
  met: boolean,
  day: Day | null = null,
): ShadowCheck {
  return { check: name, needed, reached, met, day };
}

/** How long the comparison goes back from its last day. */
function daysCheck(days: readonly DayCount[], last: Day | null, thresholds: ShadowThresholds): ShadowCheck {
  const first = days.find(({ compared }) => compared > 0)?.day;
  let reached = 0;
  if (last !== null && first !== undefined)
    for (let day = last; day >= first && reached < thresholds.days; day = addDays(day, -1)) reached += 1;
  return check("days", String(thresholds.days), String(reached), reached >= thresholds.days);
}

const sum = (days: readonly DayCount[], of: (day: DayCount) => number): number =>
  days.reduce((total, day) => total + of(day), 0);

function conversionsCheck(days: readonly DayCount[], thresholds: ShadowThresholds): ShadowCheck {
  const compared = sum(days, (day) => day.compared);
  return check("conversions", String(thresholds.conversions), String(compared), compared >= thresholds.conversions);
}

function agreementCheck(days: readonly DayCount[], thresholds: ShadowThresholds): ShadowCheck {
  const reached = share(
    sum(days, (day) => day.agreed),
    sum(days, (day) => day.compared),
  );
  return check("agreement", thresholds.agreement, reached, atLeast(reached, thresholds.agreement));
}

function worstDayCheck(days: readonly DayCount[], thresholds: ShadowThresholds): ShadowCheck {
  let worst: { day: Day; reached: string } | undefined;
  for (const one of days) {
    const reached = share(one.agreed, one.compared);
    if (worst === undefined || !atLeast(reached, worst.reached)) worst = { day: one.day, reached };
  }
  const reached = worst?.reached ?? "0";
  return check("worst_day", thresholds.worstDay, reached, atLeast(reached, thresholds.worstDay), worst?.day ?? null);
}

function amountCheck(days: readonly DayCount[], thresholds: ShadowThresholds): ShadowCheck {
  const totals = new Map<string, { theirs: bigint; ours: bigint }>();
  for (const { amounts } of days)
    for (const [currency, { theirs, ours }] of amounts) {
      const before = totals.get(currency) ?? { theirs: 0n, ours: 0n };
      totals.set(currency, { theirs: before.theirs + theirs, ours: before.ours + ours });
    }
  let largest = "0";
  for (const { theirs, ours } of totals.values()) {
    const [gap, whole] = [theirs > ours ? theirs - ours : ours - theirs, theirs > 0n ? theirs : ours];
    const reached = gap === 0n ? "0" : whole <= 0n ? "1" : share(gap, whole, "up");
    if (!atLeast(largest, reached)) largest = reached;
  }
  return check("amount", thresholds.amount, largest, days.length > 0 && atLeast(thresholds.amount, largest));
}

function atLeast(a: string, b: string): boolean {
  return compare(decimal(a), decimal(b)) >= 0;
}

function sentenceOf(checks: readonly ShadowCheck[], safe: boolean, thresholds: ShadowThresholds): string {
  const by = new Map(checks.map((one) => [one.check, one]));
  const said = (name: ShadowCheck["check"]) => by.get(name)?.reached ?? "0";
  if (safe)
    return `Safe to switch: over the last ${thresholds.days} days ${said("conversions")} conversions were compared and ${percent(said("agreement"))} agree; on the worst day ${percent(said("worst_day"))}; the amounts differ by ${percent(said("amount"))}.`;
  const missing = checks.filter(({ met }) => !met).map((one) => CLAUSES[one.check](one));
  return `Safe to switch when ${missing.join("; ")}.`;
}

const CLAUSES: Readonly<Record<ShadowCheck["check"], (one: ShadowCheck) => string>> = {
  days: ({ needed, reached }) => `${needed} days are compared (now ${reached})`,
  conversions: ({ needed, reached }) => `at least ${needed} conversions are compared in these days (now ${reached})`,
  agreement: ({ needed, reached }) => `at least ${percent(needed)} of the conversions agree (now ${percent(reached)})`,
  worst_day: ({ needed, reached, day }) =>
    `at least ${percent(needed)} agree on every day (${day === null ? "no day is compared yet" : `${percent(reached)} on ${day}`})`,
  amount: ({ needed, reached }) => `the amounts differ by ${percent(needed)} at most (now ${percent(reached)})`,
  partners: ({ reached }) => `every partner of theirs is known here (${reached} are not)`,
};
