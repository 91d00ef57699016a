import type { Db } from "../database/index.ts";
import { type Day, monthOf } from "../kernel/period.ts";
import { countedEventsOf } from "../tracking/index.ts";
import type { Customer, Entry } from "./core/entries.ts";
import { customerOfDays, customerOfEvents, totalEntry } from "./load-facts.ts";
import type { Owned, Owners, PairBasics } from "./load-owners.ts";
import * as facts from "./store/facts.ts";

/** Own customers' facts as sums of all, by the position of the pair. */
export async function totalsOf(
  db: Db,
  pairs: readonly PairBasics[],
  { owned, sets }: Owners,
): Promise<ReadonlyMap<number, Entry[]>> {
  const groups = new Map<string, number>();
  const names: { readonly position: number; readonly cohort: string }[] = [];
  const groupOf = (position: number, cohort: string): number => {
    const name = `${position} ${cohort}`;
    const group = groups.get(name) ?? names.push({ position, cohort }) - 1;
    groups.set(name, group);
    return group;
  };
  const input: facts.OwnedCustomer[] = [];
  for (const one of owned) {
    const pair = pairs[one.position];
    if (pair?.needs.grain !== "totals" || !(pair.needs.sums || pair.from === facts.FIRST_DAY)) continue;
    const from = later(one.from, sinceOf(pair));
    input.push({ customerId: one.customerId, group: groupOf(one.position, one.cohort), from, until: one.until });
  }
  const whole = sets.flatMap(({ position, ids }) => {
    const pair = pairs[position];
    return pair === undefined ? [] : [{ group: groupOf(position, ""), ids, from: sinceOf(pair) }];
  });
  const folded = names.map(({ position }) => foldedCurrency(pairs[position]));
  const totals = new Map<number, Entry[]>();
  for (const rows of [await facts.sumFacts(db, input, folded), await facts.sumSets(db, whole, folded)])
    for (const row of rows) {
      const name = names[row.group];
      if (name === undefined) continue;
      const own = totals.get(name.position) ?? [];
      own.push(totalEntry(row, name.cohort));
      totals.set(name.position, own);
    }
  return totals;
}

function sinceOf(pair: PairBasics): Day {
  return pair.needs.reach === "beginning" ? facts.FIRST_DAY : pair.from;
}

/** The currency whose amounts may be summed over a month, because nothing of the plans asks for their days; "" for none. */
function foldedCurrency(pair: PairBasics | undefined): string {
  const [first] = pair?.terms ?? [];
  if (pair === undefined || first === undefined || !pair.needs.months) return "";
  const begins = (day: Day | null) => day === null || day === monthOf(day);
  const whole = pair.terms.every((one) => begins(one.validFrom) && begins(one.validTo));
  return whole && pair.terms.every((one) => one.plan.currency === first.plan.currency) ? first.plan.currency : "";
}

/** Customers with as much of their life as their pair's plans look at, in one query for days and one for events. */
export async function customersOf(
  db: Db,
  pairs: readonly PairBasics[],
  owned: readonly Owned[],
): Promise<ReadonlyMap<number, readonly Customer[]>> {
  const milestones = new Map<bigint, facts.MilestoneRow>();
  for (const row of await facts.readMilestones(db, idsOf(owned))) milestones.set(row.customer_id, row);
  const customers = new Map<number, Customer[]>();
  const add = (position: number, customer: Customer) => {
    const own = customers.get(position);
    if (own === undefined) customers.set(position, [customer]);
    else own.push(customer);
  };
  for (const [kind, some] of Map.groupBy(owned, (one) => kindOf(pairs[one.position], one))) {
    if (kind === "events") {
      const events = await countedEventsOf(db, idsOf(some));
      const single = grouped(events, (event) => event.customerId);
      for (const one of some) {
        const zone = pairs[one.position]?.timeZone ?? "UTC";
        const own = single.get(one.customerId) ?? [];
        add(one.position, customerOfEvents(one, zone, milestones.get(one.customerId), own));
      }
      continue;
    }
    const life = [...new Set(some.flatMap((one) => [...(pairs[one.position]?.needs.life ?? [])]))];
    const rows = await movementsOf(db, idsOf(some), kind, life);
    const movements = grouped(rows, (row) => row.customer_id);
    for (const one of some) {
      const zone = pairs[one.position]?.timeZone ?? "UTC";
      const own = movements.get(one.customerId) ?? [];
      add(one.position, customerOfDays(one, zone, milestones.get(one.customerId), own));
    }
  }
  return customers;
}

/**
 * What is read of a pair's customers: their events, their days since one (with a currency: by month, as far as it is in that one), or (empty) only what
 * counts over life. A customer may be in several.
 */
function kindOf(pair: PairBasics | undefined, owned: Owned): string {
  if (pair?.needs.grain === "events") return "events";
  if (pair?.needs.grain !== "days") return "";
  const isWhole = owned.from === facts.FIRST_DAY && owned.until === facts.LAST_DAY;
  return `${sinceOf(pair)} ${isWhole ? foldedCurrency(pair) : ""}`;
}

async function movementsOf(db: Db, ids: readonly bigint[], kind: string, life: readonly string[]) {
  const [since = "", folded = ""] = kind.split(" ");
  if (folded !== "") return await facts.readMonths(db, ids, { since, folded });
  if (since === "" && life.length === 0) return [];
  return await facts.readMovements(db, ids, { since: since === "" ? null : since, life });
}

function idsOf(some: readonly Owned[]): bigint[] {
  return [...new Set(some.map((one) => one.customerId))];
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => bigint): ReadonlyMap<bigint, T[]> {
  const groups = new Map<bigint, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return groups;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
