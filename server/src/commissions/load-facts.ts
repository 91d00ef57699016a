import { type Decimal, decimal, ZERO } from "../kernel/decimal.ts";
import { currency as currencyOf, toDecimal } from "../kernel/money.ts";
import type { Day } from "../kernel/period.ts";
import type { CountedEvent } from "../tracking/index.ts";
import type { Customer, DayAmount, Entry, Reached } from "./core/entries.ts";
import { typeOfMeasure } from "./core/facts-of-file.ts";
import type { WithheldMilestone } from "./facts/contracts.ts";
import { DayCutter } from "./facts/fold.ts";
import type { MilestoneRow, MovementRow, TotalRow, TrafficRow } from "./store/facts.ts";

/** A customer of a partner while it was that partner's. */
export interface Ownership {
  readonly customerId: bigint;
  readonly partnerId: string;
  readonly cohort: string;
  readonly from: Day;
  readonly until: Day;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Days of instants, remembered by the quarter of an hour. */
const days = new DayCutter();

/** Milestones whose folded row counts nothing: one event of the type is one event. */
const COUNTED_BY = new Set(["deposit", "withdrawal", "sale", "refund", "chargeback", "ggr", "lots"]);

const NONE: Readonly<Record<string, Decimal>> = {};
const NOWHERE: Readonly<Record<string, string>> = {};

/** Dimensions of folded facts: one object for each product. */
const ofProducts = new Map<string, Readonly<Record<string, string>>>();

function productOnly(product: string): Readonly<Record<string, string>> {
  if (product === "") return NOWHERE;
  const known = ofProducts.get(product) ?? { product };
  if (ofProducts.size < 1_000) ofProducts.set(product, known);
  return known;
}

function minorUnits(amount: string, code: string): Decimal {
  const dot = amount.indexOf(".");
  return toDecimal({ minor: BigInt(dot < 0 ? amount : amount.slice(0, dot)), currency: currencyOf(code) });
}

/** A folded row: only one of the measures of an event stands for its count. */
function foldedEntry(
  row: Pick<MovementRow, "day" | "product" | "measure" | "currency" | "amount">,
  events: number,
  customerId: string | null,
  cohort: string,
): Entry {
  const { day, product, measure, currency: code, amount } = row;
  const type = typeOfMeasure(measure);
  return {
    day,
    at: null,
    type,
    id: null,
    customerId,
    cohort,
    currency: code === "" ? null : code,
    measures: code === "" ? NONE : { [measure]: minorUnits(amount, code) },
    quantities: code === "" && amount !== "0" ? { [measure]: decimal(amount) } : NONE,
    dimensions: productOnly(product),
    count: measure === type || COUNTED_BY.has(measure) ? events : 0,
  };
}

/** Sums over all customers of a cohort. */
export function totalEntry(row: TotalRow, cohort: string): Entry {
  return foldedEntry(row, row.events, null, cohort);
}

export function trafficEntries(row: TrafficRow): Entry[] {
  const { day, country, offer_id: offer } = row;
  const dimensions = { ...(country === "" ? {} : { country }), ...(offer === "" ? {} : { offer }) };
  const base = { day, at: null, id: null, customerId: null, cohort: "", currency: null, measures: {}, dimensions };
  const clicks = {
    ...base,
    type: "click",
    quantities: { unique: decimal(row.unique_clicks) },
    count: Number(row.clicks),
  };
  const impressions = { ...base, type: "impression", quantities: {}, count: Number(row.impressions) };
  return [clicks, impressions].filter((entry) => entry.count > 0);
}

/** A customer out of folded facts. */
export function customerOfDays(
  owned: Ownership,
  zone: string,
  milestone: MilestoneRow | undefined,
  movements: readonly MovementRow[],
): Customer {
  const name = String(owned.customerId);
  const entries: Entry[] = [];
  for (const row of movements)
    if (row.day >= owned.from && row.day < owned.until) entries.push(foldedEntry(row, row.events, name, owned.cohort));
  return { ...basicsOf(owned), ...milestonesOf(owned, zone, milestone), entries };
}

/** A customer out of its single events; texts of its registration and its latest status are what its record says. */
export function customerOfEvents(
  owned: Ownership,
  zone: string,
  milestone: MilestoneRow | undefined,
  events: readonly CountedEvent[],
): Customer {
  const name = String(owned.customerId);
  const entries: Entry[] = [];
  for (const event of events) {
    if (event.cap != null) continue;
    const day = days.dayOf(event.at, zone);
    if (day >= owned.from && day < owned.until) entries.push(eventEntry(event, day, name, owned.cohort));
  }
  const told: Record<string, string> = {};
  for (const event of events) {
    if (event.type === "registration") Object.assign(told, event.dimensions);
    if (event.dimensions.status !== undefined) told.status = event.dimensions.status;
  }
  const basics = basicsOf(owned);
  return { ...basics, attributes: { ...basics.attributes, ...told }, ...milestonesOf(owned, zone, milestone), entries };
}

function eventEntry(event: CountedEvent, day: Day, customerId: string, cohort: string): Entry {
  const code = event.currency ?? "";
  const measures: Record<string, Decimal> = {};
  for (const name in event.measures) measures[name] = minorUnits(event.measures[name] ?? "0", code);
  const quantities: Record<string, Decimal> = {};
  for (const name in event.quantities) quantities[name] = decimal(event.quantities[name] ?? "0");
  return {
    day,
    at: event.at,
    type: event.type,
    id: event.externalId,
    customerId,
    cohort,
    currency: event.currency,
    measures,
    quantities,
    dimensions: event.dimensions,
    count: 1,
  };
}

function basicsOf(owned: Ownership): Pick<Customer, "customerId" | "partnerId" | "cohort" | "attributes"> {
  const { partnerId, cohort, attributes } = owned;
  return { customerId: String(owned.customerId), partnerId, cohort, attributes };
}

function milestonesOf(
  owned: Ownership,
  zone: string,
  milestone: MilestoneRow | undefined,
): Pick<Customer, "milestones" | "firstDeposit"> {
  const reached = (at: number | null | undefined): Reached | null => {
    if (at === null || at === undefined) return null;
    const day = days.dayOf(at, zone);
    return day >= owned.from && day < owned.until ? { day, at } : null;
  };
  const milestones: Record<string, Reached> = {};
  const note = (name: string, at: Reached | null) => {
    if (at !== null) milestones[name] = at;
  };
  const withheld = (name: WithheldMilestone) => milestone?.withheld.includes(name) === true;
  if (!withheld("registration")) note("registration", reached(milestone?.registered_at));
  if (!withheld("kyc")) note("kyc_passed", reached(milestone?.kyc_at));
  const first = withheld("ftd") ? null : reached(milestone?.ftd_at);
  return { milestones, firstDeposit: first === null ? null : amountOf(first, milestone) };
}

function amountOf(first: Reached, milestone: MilestoneRow | undefined): DayAmount | null {
  const code = milestone?.ftd_currency;
  if (milestone?.ftd_minor == null || code == null) return null;
  return {
    ...first,
    currency: code,
    value: toDecimal({ minor: milestone.ftd_minor, currency: currencyOf(code) }) ?? ZERO,
  };
}
