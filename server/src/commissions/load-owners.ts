import { type AcceptedTerms, termsInForce } from "../agreements/index.ts";
import { type CustomerSet, customerSetsOf, customersOfPartners, type OwnedCustomer } from "../attribution/index.ts";
import type { Db } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import type { DuePair } from "./contracts.ts";
import { isAcquisition } from "./core/acquisition.ts";
import type { Needs } from "./core/needs.ts";
import type { Terms } from "./core/terms.ts";
import type { Ownership } from "./load-facts.ts";
import * as facts from "./store/facts.ts";
import { customersWithLines } from "./store/lines.ts";
import type { RateRow } from "./store/rates.ts";

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

export interface Owned extends Ownership {
  readonly position: number;
}

export interface PairBasics extends DuePair {
  readonly timeZone: string;
  readonly programCode: string;
  readonly terms: readonly Terms[];
  readonly needs: Needs;
}

/** Whose customers everybody is. */
export interface Owners {
  readonly owned: readonly Owned[];
  /** Customers of whom only the sum is asked, by the position of their pair. */
  readonly sets: readonly CustomerSet[];
}

/** The customers of all pairs; where only their sum is asked, a million of them are a few texts. */
export async function ownersOf(db: Db, pairs: readonly PairBasics[], options: LoadOptions): Promise<Owners> {
  const withTerms = [...pairs.entries()].filter(([, pair]) => pair.terms.length > 0);
  const summed = withTerms.filter(([, pair]) => isSummed(pair, options));
  const single = withTerms.filter(([, pair]) => !isSummed(pair, options));
  const { sets, others } = await customerSetsOf(
    db,
    summed.map(([, pair]) => pair),
  );
  const rows = await ownedBy(
    db,
    single.map(([, pair]) => pair),
    options,
  );
  const positions = new Map(pairs.map((pair, position) => [`${pair.programId} ${pair.partnerId}`, position]));
  const { onlyCustomer } = options;
  const owned: Owned[] = [];
  for (const row of [rows, others].flat()) {
    const position = positions.get(`${row.programId} ${row.partnerId}`);
    const pair = position === undefined ? undefined : pairs[position];
    if (position === undefined || pair === undefined) continue;
    if (onlyCustomer === undefined || row.customerId === onlyCustomer)
      owned.push({ ...inProgram(pair, ownership(row, cohortOf(pair, row.boundAt))), position });
  }
  return { owned, sets: sets.map((one) => ({ ...one, position: summed[one.position]?.[0] ?? 0 })) };
}

/** Whether nothing of a pair is asked customer by customer, nor when they came. */
function isSummed(pair: PairBasics, options: LoadOptions): boolean {
  if (options.owners !== undefined || options.onlyCustomer !== undefined) return false;
  return (
    pair.needs.grain === "totals" &&
    !pair.needs.people &&
    !acquires(pair) &&
    pair.terms.every((one) => one.customers === "move")
  );
}

export async function ownedBy(
  db: Db,
  pairs: readonly { readonly partnerId: string; readonly programId: string }[],
  options: LoadOptions,
): Promise<readonly OwnedCustomer[]> {
  const stored = await customersOfPartners(db, pairs);
  return options.owners === undefined ? stored : options.owners(pairs, stored);
}

export function ownership(row: OwnedCustomer, cohort: string): Ownership {
  const attributes =
    row.country === null && row.offerId === null
      ? row.dimensions
      : {
          ...row.dimensions,
          ...(row.country === null ? {} : { country: row.country }),
          ...(row.offerId === null ? {} : { offer: row.offerId }),
        };
  const { customerId, partnerId } = row;
  const days = { from: row.ownedFrom ?? facts.FIRST_DAY, until: row.ownedUntil ?? facts.LAST_DAY };
  return { customerId, partnerId, cohort, attributes, ...days };
}

/** Where plans look at several programs every customer says its own. */
function inProgram(pair: PairBasics, one: Ownership): Ownership {
  if (!pair.needs.otherPrograms) return one;
  return { ...one, attributes: { ...one.attributes, program: pair.programCode } };
}

/** Customers of a pair whose terms all move together are one cohort: only where somebody may stay does it matter when they came. */
function cohortOf(pair: PairBasics, boundAt: Date | null): string {
  if (boundAt === null || pair.terms.every((one) => one.customers === "move")) return "";
  return termsInForce(pair.terms, dayOf(boundAt, pair.timeZone))?.agreementVersionId ?? "";
}

/** Customers whose acquisition may come out otherwise, and those who have a line and are nobody's here any more. */
export async function candidatesOf(
  db: Db,
  pairs: readonly PairBasics[],
  { owned }: Owners,
  options: LoadOptions,
): Promise<Owned[]> {
  const paying = (position: number) => pairs[position]?.needs.grain === "totals" && acquires(pairs[position]);
  const possible = owned.filter((one) => paying(one.position));
  if (options.allCustomers ?? options.onlyCustomer !== undefined) return merged(possible);
  const found = new Map<string, Owned>();
  const lined = await linedCustomers(db, pairs);
  const named = namedCustomers(pairs);
  if (possible.length === 0 && lined.length === 0 && named.length === 0) return [];
  const byName = new Map<string, Owned>();
  for (const one of owned) byName.set(nameOf(one), widest(byName.get(nameOf(one)), one));
  const input = possible.flatMap(({ customerId, position, until }) => {
    const pair = pairs[position];
    return pair === undefined || isNamed(pair) ? [] : [{ customerId, group: position, from: pair.from, until }];
  });
  const measures = [...new Set(pairs.flatMap((pair) => [...pair.needs.life]))];
  for (const row of await facts.touchedCustomers(db, input, measures)) {
    const name = `${row.group} ${row.customer_id}`;
    const one = byName.get(name);
    if (one !== undefined) found.set(name, one);
  }
  for (const { group: position, customerId } of [...lined, ...named]) {
    const name = `${position} ${customerId}`;
    found.set(name, byName.get(name) ?? gone(position, customerId, pairs[position]?.partnerId ?? ""));
  }
  return [...found.values()];
}

/** Whether it is known whose acquisition may come out otherwise: only theirs is looked at. */
function isNamed(pair: PairBasics): boolean {
  return pair.changed !== undefined && pair.needs.apart && acquires(pair);
}

/** Of the pairs that do not say whose facts changed: who has a line. */
async function linedCustomers(db: Db, pairs: readonly PairBasics[]) {
  const asked = [...pairs.entries()].filter(([, pair]) => !isNamed(pair));
  if (asked.length === 0) return [];
  const lined = await customersWithLines(
    db,
    asked.map(([, pair]) => pair),
  );
  return lined.map(({ group, customerId }) => ({ group: asked[group]?.[0] ?? 0, customerId }));
}

function namedCustomers(pairs: readonly PairBasics[]): { readonly group: number; readonly customerId: bigint }[] {
  return pairs.flatMap((pair, group) =>
    isNamed(pair) ? (pair.changed ?? []).map((customerId) => ({ group, customerId })) : [],
  );
}

/** A customer with a line who belongs to somebody else now has no day left here: the line comes to nothing. */
function gone(position: number, customerId: bigint, partnerId: string): Owned {
  return { customerId, position, partnerId, cohort: "", attributes: {}, from: facts.LAST_DAY, until: facts.LAST_DAY };
}

/** Whether all customers of a pair are told apart, and all of them may have lines. */
export function looksAtAll(pair: PairBasics | undefined): boolean {
  return pair?.needs.grain !== "totals" || (pair.needs.people && acquires(pair));
}

function acquires(pair: PairBasics | undefined): boolean {
  return pair?.terms.some((one) => one.plan.components.some(isAcquisition)) === true;
}

function nameOf(one: Owned): string {
  return `${one.position} ${one.customerId}`;
}

export function merged(owned: readonly Owned[]): Owned[] {
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
