import { add, type Decimal, decimal, ZERO } from "../../../../kernel/decimal.ts";
import { addDays, type Day } from "../../../../kernel/period.ts";
import type { Customer } from "../../entries.ts";
import { matches, matchesAny } from "../../match.ts";
import type { Below, PaysBy } from "./brought.ts";
import { sharedByLevel, type Thing } from "./by-level.ts";
import type { Shared } from "./shares.ts";

interface Qualification {
  readonly partnerId: string;
  readonly customerId: string;
  readonly day: Day;
}

/** Amount of the level for each customer that qualified in the month. */
export function perQualified(below: Below, pays: PaysBy<"per_qualified">): Shared {
  const known = below.run.plan.components.some(
    (one) => one.code === pays.component && (one.model === "cpa" || one.model === "cpl"),
  );
  const found = known ? byOwnConditions(below, pays.component) : byWhatWasPaid(below, pays.component);
  const things = found
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.customerId < b.customerId ? -1 : 1))
    .flatMap((one) => thingOf(below, one));
  return sharedByLevel(below, things, pays.amounts, "qualified", false);
}

function thingOf(below: Below, { partnerId, customerId, day }: Qualification): Thing[] {
  const chain = below.covers(day) ? below.chainOn(partnerId, day) : null;
  if (chain === null) return [];
  const about = { customer: below.run.customer(customerId), partner: below.attributes(chain) };
  const { only, except } = below.run.component;
  if (!matches(about, only) || matchesAny(about, except)) return [];
  return [{ chain, base: decimal(1), day, at: null, about, name: customerId }];
}

function byOwnConditions(below: Below, code: string): Qualification[] {
  return below.run.facts.customers.flatMap((customer) => {
    const day = customer.partnerId === below.run.facts.partnerId ? null : below.qualifiedOn(customer, code);
    if (day === null || isTakenBack(below, customer, code, day)) return [];
    return [{ partnerId: customer.partnerId, customerId: customer.customerId, day }];
  });
}

function isTakenBack(below: Below, customer: Customer, code: string, day: Day): boolean {
  const component = below.run.plan.components.find((one) => one.code === code);
  if (component === undefined || !("clawback" in component) || component.clawback === "none") return false;
  const { on, within } = component.clawback;
  const until = within === "ever" ? null : addDays(day, within.days);
  return customer.entries.some(
    (one) => on.includes(one.type) && one.day >= day && (until === null || one.day <= until),
  );
}

/** Customers for whom the sub-partner's component came to something in the month: what was taken back comes to nothing. */
function byWhatWasPaid(below: Below, code: string): Qualification[] {
  const rows = below.earned().filter((row) => row.component === code);
  return [...Map.groupBy(rows, (row) => `${row.partnerId} ${row.customerId ?? ""}`).values()].flatMap((same) => {
    const [first] = same;
    const sum = same.reduce((total: Decimal, row) => add(total, row.value), ZERO);
    if (first === undefined || first.customerId === null || sum.units <= 0n) return [];
    const days = same.flatMap((row) => (row.day === undefined ? [] : [row.day])).sort();
    return [{ partnerId: first.partnerId, customerId: first.customerId, day: days[0] ?? below.last }];
  });
}
