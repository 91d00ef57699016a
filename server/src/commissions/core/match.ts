import type { Match } from "@tributary/contract";
import type { Decimal } from "../../kernel/decimal.ts";
import type { Customer, Entry } from "./entries.ts";

/** Where a dimension is looked up: on the event, then on the customer, then on the partner. */
export interface About {
  readonly entry?: Entry | undefined;
  readonly customer?: Customer | undefined;
  readonly partner: Readonly<Record<string, string>>;
  /** What an order is worth after the terms of its basis, in the plan's currency; asked by bands that go by it. */
  readonly worth?: Decimal | undefined;
}

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** What every event says of itself without a field for it: the currency of its amounts, and the day of the week. */
const DERIVED: Readonly<Record<string, (entry: Entry) => string | undefined>> = {
  currency: (entry) => entry.currency ?? undefined,
  weekday: (entry) => WEEKDAYS[new Date(`${entry.day}T00:00:00Z`).getUTCDay()],
};

/** The value of a dimension, or undefined when nobody says. `customer`, `partner` and `type` name the thing itself. */
export function dimension(about: About, name: string): string | undefined {
  if (name === "customer") return about.customer?.customerId ?? about.entry?.customerId ?? undefined;
  if (name === "partner") return about.customer?.partnerId;
  if (name === "type") return about.entry?.type;
  const derived = about.entry === undefined ? undefined : DERIVED[name]?.(about.entry);
  return about.entry?.dimensions[name] ?? derived ?? about.customer?.attributes[name] ?? about.partner[name];
}

/** Whether every dimension named has one of the values named. */
export function matches(about: About, match: Match | undefined): boolean {
  if (match === undefined) return true;
  for (const name in match) {
    const value = dimension(about, name);
    if (value === undefined || !match[name]?.includes(value)) return false;
  }
  return true;
}

/** Whether any dimension named has one of the values named. */
export function matchesAny(about: About, match: Match | undefined): boolean {
  if (match === undefined) return false;
  return Object.keys(match).some((name) => match[name]?.includes(dimension(about, name) ?? "") === true);
}
