import type { PlanDocument } from "@tributary/contract";
import { type AcceptedTerms, acceptedTerms, allPairs, termsFor, termsInForce } from "../agreements/index.ts";
import { customersOfPartners, type OwnedCustomer } from "../attribution/index.ts";
import type { Db } from "../database/index.ts";
import { decimal } from "../kernel/decimal.ts";
import { currency as currencyOf, toDecimal } from "../kernel/money.ts";
import { type Day, dayOf, type Month, monthOf } from "../kernel/period.ts";
import { type PartnerBelow, partnersByIds, subPartnersBelow } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import { effectiveEventsOf } from "../tracking/index.ts";
import type { DuePair } from "./contracts.ts";
import type { Calculation } from "./core/calculate.ts";
import { type Customer, type Earned, type Entry, type Facts, NO_FACTS, type SubPartner } from "./core/entries.ts";
import { type Needs, needsOf } from "./core/needs.ts";
import type { StoredLine } from "./core/reconcile.ts";
import type { Terms } from "./core/terms.ts";
import { isAcquisition } from "./core/world.ts";
import { customerOfDays, customerOfEvents, type Ownership, totalEntry, trafficEntries } from "./load-facts.ts";
import { ratesFor } from "./load-rates.ts";
import { restrictionsOf } from "./load-restrictions.ts";
import * as facts from "./store/facts.ts";
import { waitingForGate } from "./store/held.ts";
import { customerLines, customersWithLines, periodLines } from "./store/lines.ts";
import { readMemories } from "./store/memories.ts";
import type { RateRow } from "./store/rates.ts";

/** As the first month due: calculate everything there ever was. */
export const BEGINNING: Month = facts.FIRST_DAY;

/** Everything about one pair that its calculation needs, and what is stored of it. */
export interface LoadedPair extends DuePair {
  readonly timeZone: string;
  readonly calculation: Calculation;
  readonly stored: readonly StoredLine[];
}

interface Owned extends Ownership {
  readonly position: number;
}

interface PairBasics extends DuePair {
  readonly timeZone: string;
  readonly terms: readonly Terms[];
  readonly needs: Needs;
}

export interface LoadOptions {
  /** Puts other terms in the place of the accepted ones: for what-if. */
  readonly terms?: (pair: DuePair, accepted: readonly AcceptedTerms[]) => readonly AcceptedTerms[];
  /** Looks at every customer of the pair, not only at those with facts from the month on. */
  readonly allCustomers?: boolean;
  /** Looks at this customer only; sums of the partner are left out. */
  readonly onlyCustomer?: bigint;
  /** Puts other owners in the place of the stored ones: for what-if. */
  readonly owners?: (
    pairs: readonly { readonly partnerId: string; readonly programId: string }[],
    stored: readonly OwnedCustomer[],
  ) => readonly OwnedCustomer[];
  /** Puts other rates in the place of the published ones: for what-if. */
  readonly rates?: (published: readonly RateRow[]) => readonly RateRow[];
  /** Lines as they are stored are not read. */
  readonly withoutStored?: boolean;
}

/** Loads many pairs with one query per kind of fact, whatever their number. */
export async function loadPairs(db: Db, due: readonly DuePair[], options: LoadOptions = {}): Promise<LoadedPair[]> {
  const pairs = await basicsOf(db, due, options);
  const owned = await ownersOf(db, pairs, options);
  const loaded = await factsOf(db, pairs, owned, options);
  const memories = await readMemories(db, pairs);
  const stored =
    options.withoutStored === true ? [] : [await periodLines(db, pairs), await customerLines(db, pairs, loaded.looked)];
  const rates = await ratesFor(db, pairs, loaded.facts, options.rates);
  return pairs.map((pair, position) => {
    const own = loaded.facts[position] ?? NO_FACTS;
    const storedLines = stored.flatMap((lines) => lines.get(position) ?? []);
    return {
      ...pair,
      calculation: {
        from: firstMonth(pair.from, own),
        to: lastMonth(pair.from, own, storedLines),
        terms: pair.terms,
        termsFor,
        facts: own,
        rates,
        memories: memories.get(position) ?? [],
      },
      stored: storedLines,
    };
  });
}

async function basicsOf(db: Db, due: readonly DuePair[], options: LoadOptions): Promise<PairBasics[]> {
  const accepted = Map.groupBy(await acceptedTerms(db, due), (one) => `${one.programId} ${one.partnerId}`);
  const programs = await programsByIds(db, [...new Set(due.map((pair) => pair.programId))]);
  const zones = new Map(programs.map((one) => [one.programId, one.timeZone]));
  const needs = new Map<PlanDocument, Needs>();
  const waiting = await waitingForGate(db, due);
  return due.map((pair, position) => {
    const own = accepted.get(`${pair.programId} ${pair.partnerId}`) ?? [];
    const terms = options.terms === undefined ? own : options.terms(pair, own);
    const since = waiting.get(position);
    const from = since !== undefined && since < pair.from ? since : pair.from;
    return { ...pair, from, timeZone: zones.get(pair.programId) ?? "UTC", terms, needs: needsOfTerms(terms, needs) };
  });
}

function needsOfTerms(terms: readonly Terms[], known: Map<PlanDocument, Needs>): Needs {
  const plans = [...new Set(terms.map((one) => one.plan))];
  const [only] = plans;
  if (plans.length !== 1 || only === undefined) return needsOf(plans);
  const needs = known.get(only) ?? needsOf(plans);
  known.set(only, needs);
  return needs;
}

async function ownersOf(db: Db, pairs: readonly PairBasics[], options: LoadOptions): Promise<Owned[]> {
  const withTerms = pairs.filter((pair) => pair.terms.length > 0);
  const positions = new Map(pairs.map((pair, position) => [`${pair.programId} ${pair.partnerId}`, position]));
  const rows = await ownedBy(db, withTerms, options);
  const { onlyCustomer } = options;
  return rows.flatMap((row) => {
    const position = positions.get(`${row.programId} ${row.partnerId}`);
    const pair = position === undefined ? undefined : pairs[position];
    if (position === undefined || pair === undefined) return [];
    if (onlyCustomer !== undefined && row.customerId !== onlyCustomer) return [];
    return [{ ...ownership(row, cohortOf(pair, row.boundAt)), position }];
  });
}

async function ownedBy(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
  options: LoadOptions,
): Promise<readonly OwnedCustomer[]> {
  const stored = await customersOfPartners(db, pairs);
  return options.owners === undefined ? stored : options.owners(pairs, stored);
}

function ownership(row: OwnedCustomer, cohort: string): Ownership {
  const attributes: Record<string, string> = { ...row.dimensions };
  if (row.country !== null) attributes.country = row.country;
  if (row.offerId !== null) attributes.offer = row.offerId;
  const { customerId, partnerId } = row;
  const days = { from: row.ownedFrom ?? facts.FIRST_DAY, until: row.ownedUntil ?? facts.LAST_DAY };
  return { customerId, partnerId, cohort, attributes, ...days };
}

/** Customers of a pair whose terms all move together are one cohort: only where somebody may stay does it matter when they came. */
function cohortOf(pair: PairBasics, boundAt: Date | null): string {
  if (boundAt === null || pair.terms.every((one) => one.customers === "move")) return "";
  return termsInForce(pair.terms, dayOf(boundAt, pair.timeZone))?.agreementVersionId ?? "";
}

interface LoadedFacts {
  readonly facts: readonly Facts[];
  /** Customers whose lines may come out otherwise. */
  readonly looked: readonly { readonly group: number; readonly customerId: bigint }[];
}

async function factsOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
  options: LoadOptions,
): Promise<LoadedFacts> {
  const below = await trees(db, pairs);
  const everybody = owned.filter((one) => pairs[one.position]?.needs.grain !== "totals");
  const candidates = await candidatesOf(db, pairs, owned, options);
  const looked = merged([...everybody, ...candidates]);
  const subs = await subPartnerCustomers(db, pairs, below, options);
  const customers = await customersOf(db, pairs, [...looked, ...subs]);
  const totals = options.onlyCustomer === undefined ? await totalsOf(db, pairs, owned) : new Map<number, Entry[]>();
  const elsewhere = await elsewhereOf(db, pairs);
  const traffic = await entriesOfTraffic(db, pairs);
  const stated = Map.groupBy(await facts.readStated(db, pairs), (row) => row.group);
  const earned = await earnedOf(db, pairs, below);
  const attributes = await partnerAttributes(db, pairs);
  const restrictions = await restrictionsOf(db, pairs);
  return {
    looked: looked.map((one) => ({ group: one.position, customerId: one.customerId })),
    facts: pairs.map((pair, position) => ({
      ...NO_FACTS,
      partnerId: pair.partnerId,
      partnerAttributes: attributes.get(pair.partnerId) ?? {},
      customers: customers.get(position) ?? [],
      totals: pair.needs.grain === "totals" ? (totals.get(position) ?? []) : null,
      traffic: traffic.get(position) ?? [],
      elsewhere: elsewhere.get(position) ?? [],
      stated: (stated.get(position) ?? []).map(({ name, month, day, value }) => ({
        name,
        month,
        value: decimal(value),
        ...(day === null ? {} : { day }),
      })),
      tree: below.get(pair.partnerId) ?? [],
      earned: earned.get(position) ?? [],
      restrictions: restrictions[position] ?? [],
    })),
  };
}

async function partnerAttributes(
  db: Db,
  pairs: readonly PairBasics[],
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const partners = await partnersByIds(db, [...new Set(pairs.map((pair) => pair.partnerId))]);
  return new Map(
    partners.map(({ partnerId, kind, country, status }) => [
      partnerId,
      { partner_kind: kind, partner_status: status, ...(country === null ? {} : { partner_country: country }) },
    ]),
  );
}

/** Customers that an acquisition component has to be decided for where the rest is summed, each once per pair. */
async function candidatesOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
  options: LoadOptions,
): Promise<Owned[]> {
  const paying = (position: number) => pairs[position]?.needs.grain === "totals" && acquires(pairs[position]);
  const possible = owned.filter((one) => paying(one.position));
  const byName = new Map<string, Owned>();
  for (const one of possible) byName.set(nameOf(one), widest(byName.get(nameOf(one)), one));
  if (options.allCustomers ?? options.onlyCustomer !== undefined) return [...byName.values()];
  const input = possible.map((one) => ({
    customerId: one.customerId,
    group: one.position,
    from: pairs[one.position]?.from ?? facts.FIRST_DAY,
    until: one.until,
  }));
  const measures = [...new Set(pairs.flatMap((pair) => [...pair.needs.life]))];
  const touched = await facts.touchedCustomers(db, input, measures);
  const lined = await customersWithLines(db, pairs);
  const found = new Map<string, Owned>();
  const take = (position: number, customerId: bigint) => {
    const name = `${position} ${customerId}`;
    // A customer with a line who belongs to somebody else now has no day left here: the line comes to nothing.
    const days = { from: facts.LAST_DAY, until: facts.LAST_DAY };
    const gone = {
      customerId,
      position,
      partnerId: pairs[position]?.partnerId ?? "",
      cohort: "",
      attributes: {},
      ...days,
    };
    found.set(name, byName.get(name) ?? gone);
  };
  for (const row of touched) take(row.group, row.customer_id);
  for (const row of lined) take(row.group, row.customerId);
  return [...found.values()];
}

function acquires(pair: PairBasics | undefined): boolean {
  return pair?.terms.some((one) => one.plan.components.some(isAcquisition)) === true;
}

function nameOf(one: Owned): string {
  return `${one.position} ${one.customerId}`;
}

function merged(owned: readonly Owned[]): Owned[] {
  const byName = new Map<string, Owned>();
  for (const one of owned) byName.set(nameOf(one), widest(byName.get(nameOf(one)), one));
  return [...byName.values()];
}

/** One partner may have owned a customer twice: the days from the first to the last count. */
function widest(a: Owned | undefined, b: Owned): Owned {
  if (a === undefined) return b;
  if (b.from === facts.LAST_DAY) return a;
  const [from = a.from] = [a.from, b.from].sort();
  const [, until = a.until] = [a.until, b.until].sort();
  return { ...a, from, until };
}

async function totalsOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
): Promise<ReadonlyMap<number, Entry[]>> {
  const groups = new Map<string, number>();
  const names: { readonly position: number; readonly cohort: string }[] = [];
  const summed = owned.filter((one) => pairs[one.position]?.needs.grain === "totals");
  const input = summed.map((one) => {
    const name = `${one.position} ${one.cohort}`;
    const group = groups.get(name) ?? names.push({ position: one.position, cohort: one.cohort }) - 1;
    groups.set(name, group);
    const pair = pairs[one.position];
    const since = pair?.needs.reach === "beginning" ? facts.FIRST_DAY : (pair?.from ?? facts.FIRST_DAY);
    return { customerId: one.customerId, group, from: later(one.from, since), until: one.until };
  });
  const totals = new Map<number, Entry[]>();
  for (const row of await facts.sumFacts(db, input)) {
    const name = names[row.group];
    if (name === undefined) continue;
    const own = totals.get(name.position) ?? [];
    own.push(totalEntry(row, name.cohort));
    totals.set(name.position, own);
  }
  return totals;
}

/** Customers with as much of their life as their pair's plans look at, in one query for days and one for events. */
async function customersOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
): Promise<ReadonlyMap<number, readonly Customer[]>> {
  const inEvents = (one: Owned) => pairs[one.position]?.needs.grain === "events";
  const [events, days] = [owned.filter(inEvents), owned.filter((one) => !inEvents(one))];
  const ids = (some: readonly Owned[]) => [...new Set(some.map((one) => one.customerId))];
  const milestones = new Map((await facts.readMilestones(db, ids(owned))).map((row) => [row.customer_id, row]));
  const movements = Map.groupBy(await movementsOf(db, pairs, days), (row) => row.customer_id);
  const single = Map.groupBy(await effectiveEventsOf(db, ids(events)), (event) => event.customerId);
  const customers = new Map<number, Customer[]>();
  for (const one of owned) {
    const zone = pairs[one.position]?.timeZone ?? "UTC";
    const milestone = milestones.get(one.customerId);
    const own = customers.get(one.position) ?? [];
    own.push(
      inEvents(one)
        ? customerOfEvents(one, zone, milestone, single.get(one.customerId) ?? [])
        : customerOfDays(one, zone, milestone, movements.get(one.customerId) ?? []),
    );
    customers.set(one.position, own);
  }
  return customers;
}

async function movementsOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
): Promise<readonly facts.MovementRow[]> {
  const rows: facts.MovementRow[] = [];
  const kinds = Map.groupBy(owned, (one) => {
    const pair = pairs[one.position];
    if (pair?.needs.grain !== "days") return "";
    return pair.needs.reach === "beginning" ? facts.FIRST_DAY : pair.from;
  });
  for (const [since, some] of kinds) {
    const life = [...new Set(some.flatMap((one) => [...(pairs[one.position]?.needs.life ?? [])]))];
    const ids = [...new Set(some.map((one) => one.customerId))];
    rows.push(...(await facts.readMovements(db, ids, { since: since === "" ? null : since, life })));
  }
  return rows;
}

async function trees(db: Db, pairs: readonly PairBasics[]): Promise<ReadonlyMap<string, readonly SubPartner[]>> {
  const asking = [...new Set(pairs.filter((pair) => pair.needs.subPartners).map((pair) => pair.partnerId))];
  const found = await subPartnersBelow(db, asking);
  return new Map([...found].map(([partnerId, below]) => [partnerId, below.map(subPartner)]));
}

/** Each once: who was moved stands in the tree for each of its times. */
function namesOf(below: readonly SubPartner[] | undefined): readonly string[] {
  return [...new Set((below ?? []).map((sub) => sub.partnerId))];
}

function subPartner(one: PartnerBelow): SubPartner {
  return {
    partnerId: one.partnerId,
    parentId: one.parentId,
    from: one.from ?? facts.FIRST_DAY,
    until: one.until,
    active: one.active,
    attributes: one.attributes,
  };
}

async function subPartnerCustomers(
  db: Db,
  pairs: readonly PairBasics[],
  below: ReadonlyMap<string, readonly SubPartner[]>,
  options: LoadOptions,
): Promise<Owned[]> {
  const wanted = pairs.flatMap((pair, position) =>
    namesOf(below.get(pair.partnerId)).map((partnerId) => ({ partnerId, programId: pair.programId, position })),
  );
  if (wanted.length === 0) return [];
  const rows = Map.groupBy(await ownedBy(db, wanted, options), (row) => `${row.programId} ${row.partnerId}`);
  return wanted.flatMap(({ partnerId, programId, position }) =>
    (rows.get(`${programId} ${partnerId}`) ?? []).map((row) => ({ ...ownership(row, ""), position })),
  );
}

/** The partner's customers in the operator's other programs, day by day. */
async function elsewhereOf(db: Db, pairs: readonly PairBasics[]): Promise<ReadonlyMap<number, readonly Customer[]>> {
  const asking = pairs.flatMap((pair, position) => (pair.needs.otherPrograms ? [{ pair, position }] : []));
  if (asking.length === 0) return new Map();
  const all = await allPairs(db);
  const result = new Map<number, Customer[]>();
  for (const { pair, position } of asking) {
    const others = all.filter((one) => one.partnerId === pair.partnerId && one.programId !== pair.programId);
    const owned = (await customersOfPartners(db, others)).map((row) => ownership(row, ""));
    const ids = [...new Set(owned.map((one) => one.customerId))];
    const milestones = new Map((await facts.readMilestones(db, ids)).map((row) => [row.customer_id, row]));
    const rows = await facts.readMovements(db, ids, { since: facts.FIRST_DAY, life: [] });
    const movements = Map.groupBy(rows, (row) => row.customer_id);
    result.set(
      position,
      owned.map((one) =>
        customerOfDays(one, pair.timeZone, milestones.get(one.customerId), movements.get(one.customerId) ?? []),
      ),
    );
  }
  return result;
}

async function entriesOfTraffic(db: Db, pairs: readonly PairBasics[]): Promise<ReadonlyMap<number, readonly Entry[]>> {
  if (!pairs.some((pair) => pair.needs.traffic)) return new Map();
  const rows = Map.groupBy(await facts.readTraffic(db, pairs), (row) => row.group);
  return new Map([...rows].map(([position, own]) => [position, own.flatMap(trafficEntries)]));
}

/** What sub-partners earned in the same program, and the partner itself in the months before. */
async function earnedOf(
  db: Db,
  pairs: readonly PairBasics[],
  below: ReadonlyMap<string, readonly SubPartner[]>,
): Promise<ReadonlyMap<number, readonly Earned[]>> {
  const wanted = pairs.flatMap((pair, position) => {
    if (!pair.needs.earned) return [];
    const subs = namesOf(below.get(pair.partnerId));
    return [pair.partnerId, ...subs].map((partnerId) => ({ partnerId, programId: pair.programId, position }));
  });
  const result = new Map<number, Earned[]>();
  for (const row of await facts.readEarned(db, wanted)) {
    const position = wanted[row.group]?.position;
    const pair = position === undefined ? undefined : pairs[position];
    if (position === undefined || pair === undefined) continue;
    if (row.partner_id === pair.partnerId && row.month >= pair.from) continue;
    const own = result.get(position) ?? [];
    const value = toDecimal({ minor: row.amount_minor, currency: currencyOf(row.currency) });
    own.push({
      partnerId: row.partner_id,
      component: row.component,
      model: row.model,
      month: row.month,
      customerId: row.customer_id,
      value,
    });
    result.set(position, own);
  }
  return result;
}

function daysOf(known: Facts): Day[] {
  const customers = known.customers.flatMap((customer) => [customer.entries[0]?.day, customer.entries.at(-1)?.day]);
  const days = [...(known.totals ?? []), ...known.traffic].map((entry) => entry.day);
  return [...customers, ...days].filter((day) => day !== undefined);
}

/** A pair that is loaded from the beginning is calculated from the first month that has anything. */
function firstMonth(from: Month, known: Facts): Month {
  if (from !== BEGINNING) return from;
  const [first = facts.LAST_DAY] = daysOf(known).sort();
  return monthOf(first);
}

function lastMonth(from: Month, known: Facts, stored: readonly StoredLine[]): Month {
  let last = from;
  for (const day of daysOf(known)) if (monthOf(day) > last) last = monthOf(day);
  for (const line of stored) if (line.subjectKind !== "customer" && line.month > last) last = line.month;
  return last;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
