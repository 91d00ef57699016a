import type { WorkingStep } from "@tributary/contract";
import { add, compare, type Decimal, formatDecimal, multiply, ZERO } from "../../kernel/decimal.ts";
import type { ComponentResult, ComponentRun, DraftWorking, Item, Priced } from "./component-run.ts";
import { monthName } from "./terms.ts";
import { quotient, settled } from "./trades.ts";

/** Rows of a working that a person still reads; the rest is summed in one. */
const MOST_ROWS = 30;
/** Places of the amount for one unit that a working shows. */
const UNIT_PLACES = 12;

/** Something that was paid for: what it is shown under, how much there was of it, what it came to. */
export interface PaidItem {
  readonly thing: Priced;
  readonly label: string;
  readonly amount: Decimal;
}

interface Row {
  readonly label: string;
  readonly unit: string | null;
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
  const draft = { subjectKind: "period", subjectId: month, earnedOn: run.last, value, working } as const;
  return [limited || passedOn ? { ...draft, items: items.map(itemOf) } : draft];
}

function itemOf({ thing, amount }: PaidItem): Item {
  const { day, at, about, name } = thing;
  return { day, at, about, name, value: amount };
}

/**
 * What was paid, summed by label and by the amount for one unit, so that a pencil can follow: `12.5 × 4.00`. The largest rows first.
 * @param code of the step; one without a label has `_plain` behind it
 */
export function stepsByRate(items: readonly PaidItem[], code: string, currency: string): WorkingStep[] {
  const rows = new Map<string, Row>();
  for (const { thing, label, amount } of items) {
    const unit = unitOf(thing.quantity, amount);
    const key = `${label}\n${unit}`;
    const row = rows.get(key) ?? { label, unit, count: 0, quantity: ZERO, amount: ZERO };
    row.count += thing.about.entry?.count ?? 1;
    row.quantity = add(row.quantity, thing.quantity);
    row.amount = add(row.amount, amount);
    rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((a, b) => compare(b.amount, a.amount) || (a.label < b.label ? -1 : 1));
  const shown = sorted.slice(0, MOST_ROWS).map((row) => rowStep(row, code, currency));
  const rest = sorted.slice(MOST_ROWS);
  if (rest.length === 0) return shown;
  const value = formatDecimal(settled(rest.reduce((sum, row) => add(sum, row.amount), ZERO)));
  return [...shown, { code: "rows_more", values: { count: String(rest.length), value, currency } }];
}

function rowStep(row: Row, code: string, currency: string): WorkingStep {
  const quantity = formatDecimal(settled(row.quantity));
  const value = formatDecimal(settled(row.amount));
  const labelled = row.label === "" ? `${code}_plain` : code;
  return {
    code: labelled,
    values: {
      label: row.label,
      count: String(row.count),
      ...(row.unit === null ? {} : { arithmetic: `${quantity} × ${row.unit}` }),
      value,
      currency,
    },
  };
}

/** The amount for one unit, when it is a number of few places; null: the row has no arithmetic of one product. */
function unitOf(quantity: Decimal, amount: Decimal): string | null {
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
