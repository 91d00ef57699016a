import type { Component, Qualification } from "@tributary/contract";
import { type AcceptedTerms, acceptedTerms, termsFor, termsInForce } from "../agreements/index.ts";
import { customersOfPartners } from "../attribution/index.ts";
import type { Db } from "../database/index.ts";
import { type Day, dayOf, lastDay, type Month, monthOf } from "../kernel/period.ts";
import { programsByIds } from "../programs/index.ts";
import type { DuePair } from "./contracts.ts";
import type { Calculation } from "./core/calculate.ts";
import type { CustomerFacts, DayAmount, Total } from "./core/facts.ts";
import { RateTable } from "./core/rates.ts";
import type { StoredLine } from "./core/reconcile.ts";
import type { Terms } from "./core/terms.ts";
import * as facts from "./store/facts.ts";
import { customerLines, customersWithLines, periodLines, readCarries } from "./store/lines.ts";
import { readRates } from "./store/rates.ts";

/** As the first month due: calculate everything there ever was. */
export const BEGINNING: Month = facts.FIRST_DAY;

/** Everything about one pair that its calculation needs, and what is stored of it. */
export interface LoadedPair extends DuePair {
  readonly timeZone: string;
  readonly calculation: Calculation;
  readonly stored: readonly StoredLine[];
}

interface Owned {
  readonly customerId: bigint;
  readonly position: number;
  readonly cohort: string;
  readonly from: Day;
  readonly until: Day;
}

interface PairBasics extends DuePair {
  readonly timeZone: string;
  readonly terms: readonly Terms[];
}

export interface LoadOptions {
  /** Puts other terms in the place of the accepted ones: for what-if. */
  readonly terms?: (pair: DuePair, accepted: readonly AcceptedTerms[]) => readonly AcceptedTerms[];
  /** Looks at every customer of the pair, not only at those with facts from the month on. */
  readonly allCustomers?: boolean;
  /** Looks at this customer only; sums of the partner are left out. */
  readonly onlyCustomer?: bigint;
}

/** Loads many pairs with one query per kind of fact, whatever their number. */
export async function loadPairs(db: Db, due: readonly DuePair[], options: LoadOptions = {}): Promise<LoadedPair[]> {
  const pairs = await basicsOf(db, due, options);
  const { onlyCustomer } = options;
  const everybody = await ownersOf(db, pairs);
  const owned = onlyCustomer === undefined ? everybody : everybody.filter((one) => one.customerId === onlyCustomer);
  const totals = onlyCustomer === undefined ? await totalsOf(db, pairs, owned) : new Map<number, Total[]>();
  const candidates = await candidatesOf(db, pairs, owned, options.allCustomers ?? onlyCustomer !== undefined);
  const customers = await customersOf(db, pairs, candidates);
  const carries = await readCarries(db, pairs);
  const stored = [
    await periodLines(db, pairs),
    await customerLines(
      db,
      pairs,
      [...candidates.values()].map((one) => ({ group: one.position, customerId: one.customerId })),
    ),
  ];
  const rates = await ratesFor(db, pairs, totals, customers);
  return pairs.map((pair, position) => {
    const own = totals.get(position) ?? [];
    const storedLines = stored.flatMap((lines) => lines.get(position) ?? []);
    return {
      ...pair,
      calculation: {
        from: firstMonth(pair.from, own),
        to: lastMonth(pair.from, own, storedLines),
        terms: pair.terms,
        termsFor,
        customers: customers.get(position) ?? [],
        totals: own,
        carryIn: carries.get(position) ?? [],
        rates,
      },
      stored: storedLines,
    };
  });
}

async function basicsOf(db: Db, due: readonly DuePair[], options: LoadOptions): Promise<PairBasics[]> {
  const accepted = Map.groupBy(await acceptedTerms(db, due), (one) => `${one.programId} ${one.partnerId}`);
  const programs = await programsByIds(db, [...new Set(due.map((pair) => pair.programId))]);
  const zones = new Map(programs.map((one) => [one.programId, one.timeZone]));
  return due.map((pair) => {
    const own = accepted.get(`${pair.programId} ${pair.partnerId}`) ?? [];
    const terms = options.terms === undefined ? own : options.terms(pair, own);
    return { ...pair, timeZone: zones.get(pair.programId) ?? "UTC", terms };
  });
}

async function ownersOf(db: Db, pairs: readonly PairBasics[]): Promise<Owned[]> {
  const withTerms = pairs.filter((pair) => pair.terms.length > 0);
  const positions = new Map(pairs.map((pair, position) => [`${pair.programId} ${pair.partnerId}`, position]));
  const rows = await customersOfPartners(db, withTerms);
  return rows.flatMap((row) => {
    const position = positions.get(`${row.programId} ${row.partnerId}`);
    const pair = position === undefined ? undefined : pairs[position];
    if (position === undefined || pair === undefined) return [];
    return [
      {
        customerId: row.customerId,
        position,
        cohort: cohortOf(pair, row.boundAt),
        from: row.ownedFrom ?? facts.FIRST_DAY,
        until: row.ownedUntil ?? facts.LAST_DAY,
      },
    ];
  });
}

/** Customers of a pair whose terms all move together are one cohort: only where somebody may stay does it matter when they came. */
function cohortOf(pair: PairBasics, boundAt: Date | null): string {
  if (boundAt === null || pair.terms.every((one) => one.customers === "move")) return "";
  return termsInForce(pair.terms, dayOf(boundAt, pair.timeZone))?.agreementVersionId ?? "";
}

function componentsOf(pair: PairBasics, model: Component["model"]): Component[] {
  return pair.terms.flatMap((one) => one.plan.components.filter((component) => component.model === model));
}

async function totalsOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
): Promise<ReadonlyMap<number, readonly Total[]>> {
  const measures = new Set<string>();
  const sharing = new Set<number>();
  pairs.forEach((pair, position) => {
    for (const component of componentsOf(pair, "revenue_share")) {
      sharing.add(position);
      if (component.model !== "revenue_share") continue;
      for (const term of component.base.terms) measures.add("add" in term ? term.add : term.deduct);
    }
  });
  const groups = new Map<string, number>();
  const names: { readonly position: number; readonly cohort: string }[] = [];
  const input = owned
    .filter((one) => sharing.has(one.position))
    .map((one) => {
      const name = `${one.position} ${one.cohort}`;
      const group = groups.get(name) ?? names.push({ position: one.position, cohort: one.cohort }) - 1;
      groups.set(name, group);
      return {
        customerId: one.customerId,
        group,
        from: later(one.from, pairs[one.position]?.from ?? ""),
        until: one.until,
      };
    });
  const rows = await facts.sumFacts(db, input, [...measures]);
  const totals = new Map<number, Total[]>();
  for (const { group, ...row } of rows) {
    const name = names[group];
    if (name === undefined) continue;
    const own = totals.get(name.position) ?? [];
    own.push({ ...row, cohort: name.cohort });
    totals.set(name.position, own);
  }
  return totals;
}

/** Customers that a CPA has to be decided for, by pair and customer. */
async function candidatesOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
  all: boolean,
): Promise<ReadonlyMap<string, Owned>> {
  const paying = new Set(pairs.flatMap((pair, position) => (componentsOf(pair, "cpa").length > 0 ? [position] : [])));
  const possible = owned.filter((one) => paying.has(one.position));
  const byName = new Map<string, Owned>();
  for (const one of possible)
    byName.set(`${one.position} ${one.customerId}`, widest(byName.get(`${one.position} ${one.customerId}`), one));
  if (all) return byName;
  const input = possible.map((one) => ({
    customerId: one.customerId,
    group: one.position,
    from: pairs[one.position]?.from ?? facts.FIRST_DAY,
    until: one.until,
  }));
  const touched = await facts.touchedCustomers(db, input);
  const lined = await customersWithLines(db, pairs);
  const candidates = new Map<string, Owned>();
  const take = (position: number, customerId: bigint) => {
    const name = `${position} ${customerId}`;
    // A customer with a line who belongs to somebody else now has no day left here: the line comes to nothing.
    const gone = { customerId, position, cohort: "", from: facts.LAST_DAY, until: facts.LAST_DAY };
    candidates.set(name, byName.get(name) ?? gone);
  };
  for (const row of touched) take(row.group, row.customer_id);
  for (const row of lined) take(row.group, row.customerId);
  return candidates;
}

/** One partner may have owned a customer twice: the days from the first to the last count. */
function widest(a: Owned | undefined, b: Owned): Owned {
  if (a === undefined) return b;
  const [from = a.from] = [a.from, b.from].sort();
  const [, until = a.until] = [a.until, b.until].sort();
  return { ...a, from, until };
}

async function customersOf(
  db: Db,
  pairs: readonly PairBasics[],
  candidates: ReadonlyMap<string, Owned>,
): Promise<ReadonlyMap<number, readonly CustomerFacts[]>> {
  const ids = [...new Set([...candidates.values()].map((one) => one.customerId))];
  const milestones = new Map((await facts.readMilestones(db, ids)).map((row) => [row.customer_id, row]));
  const rows = await facts.readMovements(db, ids, [...movementsAskedFor(pairs)]);
  const movements = Map.groupBy(rows, (row) => row.customer_id);
  const customers = new Map<number, CustomerFacts[]>();
  for (const one of candidates.values()) {
    const own = customers.get(one.position) ?? [];
    const zone = pairs[one.position]?.timeZone ?? "UTC";
    own.push(customerFacts(one, zone, milestones.get(one.customerId), movements.get(one.customerId) ?? []));
    customers.set(one.position, own);
  }
  return customers;
}

/** What the plans look at beyond milestones: a year of deposits is read only where somebody sums them. */
function movementsAskedFor(pairs: readonly PairBasics[]): ReadonlySet<facts.MovementRow["measure"]> {
  const asked = new Set<facts.MovementRow["measure"]>();
  const visit = (node: Qualification): void => {
    if ("all" in node) node.all.forEach(visit);
    else if ("any" in node) node.any.forEach(visit);
    else if ("metric" in node && node.metric === "deposits") asked.add("deposit");
  };
  for (const component of pairs.flatMap((pair) => componentsOf(pair, "cpa"))) {
    if (component.model !== "cpa") continue;
    visit(component.qualification);
    if (component.clawback !== "none") for (const kind of component.clawback.on) asked.add(kind);
  }
  return asked;
}

function customerFacts(
  owned: Owned,
  zone: string,
  milestone: facts.MilestoneRow | undefined,
  movements: readonly facts.MovementRow[],
): CustomerFacts {
  const counts = (day: Day) => day >= owned.from && day < owned.until;
  const dayFrom = (instant: Date | null | undefined): Day | null => {
    if (instant === null || instant === undefined) return null;
    const day = dayOf(instant, zone);
    return counts(day) ? day : null;
  };
  const amounts = (measure: facts.MovementRow["measure"]): DayAmount[] =>
    movements.filter((row) => row.measure === measure && counts(row.day));
  const firstDay = dayFrom(milestone?.ftd_at);
  const firstDeposit =
    firstDay === null || milestone?.ftd_minor == null || milestone.ftd_currency === null
      ? null
      : { day: firstDay, minor: milestone.ftd_minor, currency: milestone.ftd_currency };
  return {
    customerId: String(owned.customerId),
    cohort: owned.cohort,
    registeredOn: dayFrom(milestone?.registered_at),
    kycOn: dayFrom(milestone?.kyc_at),
    firstDeposit,
    deposits: amounts("deposit"),
    chargebacks: amounts("chargeback"),
    refunds: amounts("refund"),
  };
}

/** The rates that these facts can ask for; nothing is read when everything is in its plan's currency. */
async function ratesFor(
  db: Db,
  pairs: readonly PairBasics[],
  totals: ReadonlyMap<number, readonly Total[]>,
  customers: ReadonlyMap<number, readonly CustomerFacts[]>,
): Promise<RateTable> {
  const currencies = new Set<string>();
  let first = facts.LAST_DAY;
  let last = facts.FIRST_DAY;
  pairs.forEach((pair, position) => {
    const own = new Set(pair.terms.map((one) => one.plan.currency));
    const see = (amount: DayAmount) => {
      if (own.size === 1 && own.has(amount.currency)) return;
      currencies.add(amount.currency);
      for (const code of own) currencies.add(code);
      if (amount.day < first) first = amount.day;
      if (amount.day > last) last = amount.day;
    };
    for (const total of totals.get(position) ?? []) see(total);
    for (const customer of customers.get(position) ?? []) {
      for (const deposit of customer.deposits) see(deposit);
      if (customer.firstDeposit !== null) see(customer.firstDeposit);
    }
  });
  if (currencies.size === 0) return new RateTable("ecb", []);
  return new RateTable("ecb", await readRates(db, "ecb", [...currencies], first, lastDay(monthOf(last))));
}

/** A pair that is loaded from the beginning is calculated from the first month that has anything. */
function firstMonth(from: Month, totals: readonly Total[]): Month {
  if (from !== BEGINNING) return from;
  const [first = facts.LAST_DAY] = totals.map((total) => total.day).sort();
  return monthOf(first);
}

function lastMonth(from: Month, totals: readonly Total[], stored: readonly StoredLine[]): Month {
  let last = from;
  for (const total of totals) if (monthOf(total.day) > last) last = monthOf(total.day);
  for (const line of stored) if (line.subjectKind === "period" && line.month > last) last = line.month;
  return last;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
