import type { Cap } from "@tributary/contract";
import { add, compare, type Decimal, decimal, formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { addDays, addMonths, type Day, monthOf } from "../../kernel/period.ts";
import type { ComponentRun, Draft, Item, State, StateValue } from "./component-run.ts";
import { dimension } from "./match.ts";
import { monthName } from "./terms.ts";
import { mondayOf } from "./windows.ts";

/** Under this name caps remember what they have put off; no cap can be called so. */
const PLACE = "postponed:";

/** What a cap has put off: it fills the cap of its new period like anything that happens there. */
export interface Postponed {
  readonly item: Item;
  /** First day of the period that it counts in. */
  readonly day: Day;
  readonly value: Decimal;
}

interface Stored {
  /** Of how many items; one when left out. */
  readonly count?: string;
  readonly day: Day;
  readonly value: string;
  readonly name: string;
  readonly customer: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** First day of the period after the one that a day lies in. Where a cap has no periods it is the next month. */
export function nextPeriod(cap: Cap, day: Day): Day {
  switch (cap.per) {
    case "day":
      return addDays(day, 1);
    case "week":
      return addDays(mondayOf(day), 7);
    case "quarter":
      return addMonths(monthOf(day), 3 - ((Number(day.slice(5, 7)) - 1) % 3));
    case "year":
      return addMonths(monthOf(day), 13 - Number(day.slice(5, 7)));
    default:
      return addMonths(monthOf(day), 1);
  }
}

/** A line of what caps of earlier months have put off until this one; none when there is nothing. */
export function postponedDraft(
  run: Pick<ComponentRun, "capsBefore" | "first" | "last" | "month" | "plan">,
): readonly Draft[] {
  const due = storedIn(run.capsBefore).filter((one) => one.day <= run.last);
  if (due.length === 0) return [];
  const items = due.map((one) => itemOf(one, [one.day, run.first].sort().at(-1) ?? run.first));
  const value = items.reduce((sum, item) => add(sum, item.value), ZERO);
  const step = { code: "postponed", values: { value: formatDecimal(value), currency: run.plan.currency } };
  const subjectId = monthName(run.month);
  const working = { inputs: [], steps: [step], conversions: [] };
  return [
    {
      subjectKind: "period",
      subjectId,
      period: `${subjectId}:postponed`,
      earnedOn: run.first,
      value,
      items,
      working,
    },
  ];
}

/** What caps remember into the next month: their use, and what waits for a later period. */
export function withPostponed(
  run: Pick<ComponentRun, "capsBefore" | "component" | "last">,
  used: State,
  postponed: readonly Postponed[],
): State {
  const { [PLACE]: _, ...rest } = used;
  const names = [...new Set((run.component.caps ?? []).flatMap((cap) => cap.each ?? []))];
  const waiting = storedIn(run.capsBefore).filter((one) => one.day > run.last);
  const added = postponed.map((one) => storedOf(one, names));
  return waiting.length + added.length === 0
    ? rest
    : { ...rest, [PLACE]: [...waiting, ...added] as unknown as StateValue };
}

/** What is used, without what was put off. */
export function usedBy(state: State): readonly (readonly [string, StateValue])[] {
  return Object.entries(state).filter(([name]) => name !== PLACE);
}

function storedIn(state: State): readonly Stored[] {
  return (state[PLACE] ?? []) as unknown as readonly Stored[];
}

function storedOf({ item, day, value }: Postponed, names: readonly string[]): Stored {
  const known = names.flatMap((name) => {
    const found = dimension(item.about, name);
    return found === undefined ? [] : [[name, found] as const];
  });
  return {
    day,
    value: formatDecimal(value),
    name: item.name,
    customer: dimension(item.about, "customer") ?? null,
    dimensions: Object.fromEntries(known),
    ...(item.count === undefined || isOne(item.count) ? {} : { count: formatDecimal(item.count) }),
  };
}

function isOne(count: Decimal): boolean {
  return compare(count, decimal(1)) === 0;
}

function itemOf({ value, name, customer, dimensions, count = "1" }: Stored, day: Day): Item {
  const type = dimensions.type ?? "postponed";
  const number = { currency: null, measures: {}, quantities: {}, count: 1 };
  const entry = { ...number, day, at: null, type, id: null, customerId: customer, cohort: "", dimensions };
  return { day, at: null, value: decimal(value), count: decimal(count), name, about: { entry, partner: {} } };
}
