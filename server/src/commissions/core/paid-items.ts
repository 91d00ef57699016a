import type { WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, multiply, roundTo, subtract, ZERO } from "../../kernel/decimal.ts";
import type { Day } from "../../kernel/period.ts";
import type { ComponentResult, ComponentRun, DraftWorking, Item, Priced } from "./component-run.ts";
import { monthName } from "./terms.ts";
import { countOf } from "./tiers.ts";
import { quotient, settled } from "./trades.ts";

/** Rows of a working that a person still reads; the rest is summed in one. */
const MOST_ROWS = 30;
/** More places than anybody writes down. */
const LONG = 16;
/** Different amounts for one unit that a label is shown with; further ones share a row. */
const MOST_RATES = 12;
/** Places of the amount for one unit that a working shows. */
const UNIT_PLACES = 12;

/** Something that was paid for: what it is shown under, how much there was of it, what it came to. */
export interface PaidItem {
  readonly thing: Priced;
  readonly label: string;
  readonly amount: Decimal;
  /** What it came to before it was taken back; its amount is zero then. */
  readonly takenBack?: Decimal;
  /** From where a hold of single things is counted, where that is not the thing's own day: the order of a refund. */
  readonly heldFrom?: Day;
}

/** Things of one label that came to the same amount for one unit. */
interface Row {
  readonly label: string;
  /** Of its first thing: whether another one has the same amount for one unit is asked of products, never of quotients. */
  readonly first: { readonly quantity: Decimal; readonly amount: Decimal };
  /** Whether things with all kinds of amounts for one unit are in it. */
  readonly mixed: boolean;
  count: number;
  quantity: Decimal;
  amount: Decimal;
}

/** The one line of a component's month. Without a single fact there is none. */
export function periodDraft(
  run: Pick<ComponentRun, "component" | "plan" | "month" | "last">,
  value: Decimal,
  working: DraftWorking,
  items: readonly PaidItem[],
): ComponentResult["drafts"] {
  // Caps count single items; whoever passes its reward on has to know whose it is.
  const limited = [...(run.component.caps ?? []), ...(run.plan.caps ?? [])].length > 0;
  const passedOn = run.plan.components.some((one) => one.model === "client_rebate");
  const month = monthName(run.month);
  if (run.component.hold.from === "event") return draftsByDay(run, value, working, items);
  const draft = { subjectKind: "period", subjectId: month, earnedOn: run.last, value, working } as const;
  return [limited || passedOn ? { ...draft, items: items.map(itemOf) } : draft];
}

/** A line for each day, since each is held from its own: the month's working, and what of it this line is. */
function draftsByDay(
  run: Pick<ComponentRun, "plan" | "month">,
  total: Decimal,
  working: DraftWorking,
  items: readonly PaidItem[],
): ComponentResult["drafts"] {
  const byDay = Map.groupBy(items, ({ thing, heldFrom = thing.day }) => `${thing.day} ${heldFrom}`);
  return [...byDay.keys()].sort().map((key) => {
    const some = byDay.get(key) ?? [];
    const [day = "", heldFrom = day] = key.split(" ");
    const value = settled(some.reduce((sum, one) => add(sum, one.amount), ZERO));
    const values = { paidOn: day, total: formatDecimal(total), value: formatDecimal(value) };
    const steps = [...working.steps, { code: "of_day", values: { ...values, currency: run.plan.currency } }];
    return {
      subjectKind: "period",
      subjectId: monthName(run.month),
      period: heldFrom === day ? day : `${day}:${heldFrom}`,
      earnedOn: day,
      heldFrom,
      value,
      working: { ...working, steps },
      items: some.map(itemOf),
    };
  });
}

function itemOf({ thing, amount, takenBack }: PaidItem): Item {
  const { day, at, about, name } = thing;
  return {
    day,
    at,
    about,
    name,
    count: countOf(thing),
    value: amount,
    ...(takenBack === undefined ? {} : { takenBack }),
  };
}

/**
 * What was paid, summed by label and by the amount for one unit, so that a pencil can follow: `12.5 × 4.00`. The largest rows first.
 * @param code of the step; one without a label has `_plain` behind it
 */
export function stepsByRate(items: readonly PaidItem[], code: string, currency: string): WorkingStep[] {
  const byLabel = new Map<string, Row[]>();
  for (const { thing, label, amount } of items) {
    const row = rowFor(byLabel, label, thing.quantity, amount);
    row.count += thing.about.entry?.count ?? 1;
    row.quantity = add(row.quantity, thing.quantity);
    row.amount = add(row.amount, amount);
  }
  const rows = [...byLabel.values()].flat();
  const sorted = rows.sort(
    (a, b) => compare(b.amount, a.amount) || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0),
  );
  const shown = sorted.slice(0, MOST_ROWS).map((row) => rowStep(row, code, currency));
  const rest = sorted.slice(MOST_ROWS);
  if (rest.length === 0) return shown;
  const value = formatDecimal(settled(rest.reduce((sum, row) => add(sum, row.amount), ZERO)));
  return [...shown, { code: "rows_more", values: { count: String(rest.length), value, currency } }];
}

/** The row of a thing: the one with its amount for one unit, or the one for all kinds of them when there are too many. */
function rowFor(byLabel: Map<string, Row[]>, label: string, quantity: Decimal, amount: Decimal): Row {
  const rows = byLabel.get(label) ?? [];
  byLabel.set(label, rows);
  const found = rows.find((row) => row.mixed || isSameRate(row.first, quantity, amount));
  if (found !== undefined) return found;
  const mixed = rows.length >= MOST_RATES;
  const made = { label, first: { quantity, amount }, mixed, count: 0, quantity: ZERO, amount: ZERO };
  rows.push(made);
  return made;
}

function isSameRate(first: Row["first"], quantity: Decimal, amount: Decimal): boolean {
  if (quantity.units === 0n || first.quantity.units === 0n) return quantity.units === first.quantity.units;
  const [one, other] = [multiply(first.amount, quantity), multiply(amount, first.quantity)];
  if (compare(one, other) === 0) return true;
  // Thirds have no last place: what comes of quotients is the same when it is to ten places.
  const isQuotient = quantity.scale > LONG || first.quantity.scale > LONG;
  return isQuotient && roundTo(subtract(one, other), 10).units === 0n;
}

function rowStep(row: Row, code: string, currency: string): WorkingStep {
  const unit = row.mixed ? null : unitOf(row.quantity, row.amount);
  return {
    code: row.label === "" ? `${code}_plain` : code,
    values: {
      label: row.label,
      count: String(row.count),
      ...(unit === null ? {} : { arithmetic: `${formatDecimal(settled(row.quantity))} × ${unit}` }),
      value: formatDecimal(settled(row.amount)),
      currency,
    },
  };
}

/** The amount for one unit, when it is a number of few places; null: the row has no arithmetic of one product. */
export function unitOf(quantity: Decimal, amount: Decimal): string | null {
  if (quantity.units === 0n) return null;
  const unit = settled(quotient(amount, quantity));
  const short = formatDecimal(unit);
  const exact = compare(settled(multiply(unit, quantity)), settled(amount)) === 0;
  return exact && (short.split(".")[1]?.length ?? 0) <= UNIT_PLACES ? short : null;
}

/** Under which name a working shows a thing. */
export function labelOf(thing: Priced): string {
  const dimensions = thing.about.entry?.dimensions;
  return dimensions?.symbol ?? dimensions?.group ?? dimensions?.product ?? dimensions?.game ?? "";
}
