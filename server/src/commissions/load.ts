import type { PlanDocument } from "@tributary/contract";
import { acceptedTerms, termsFor } from "../agreements/index.ts";
import type { Db } from "../database/index.ts";
import { decimal } from "../kernel/decimal.ts";
import { type Day, type Month, monthOf } from "../kernel/period.ts";
import { partnersByIds, traitsBefore } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import type { DuePair } from "./contracts.ts";
import type { Calculation } from "./core/calculate.ts";
import { type Entry, type Facts, NO_FACTS } from "./core/entries.ts";
import { type Needs, needsOf } from "./core/needs.ts";
import type { StoredLine } from "./core/reconcile.ts";
import type { Terms } from "./core/terms.ts";
import { customersOf, totalsOf } from "./load-customers.ts";
import {
  candidatesOf,
  type LoadOptions,
  looksAtAll,
  merged,
  type Owners,
  ownersOf,
  type PairBasics,
} from "./load-owners.ts";
import { ratesFor } from "./load-rates.ts";
import { restrictionsOf } from "./load-restrictions.ts";
import { earnedOf, elsewhereOf, entriesOfTraffic, subPartnerCustomers, trees } from "./load-surroundings.ts";
import * as facts from "./store/facts.ts";
import { waitingForGate } from "./store/held.ts";
import { customerLines, periodLines } from "./store/lines.ts";
import { readMemories } from "./store/memories.ts";

export type { LoadOptions } from "./load-owners.ts";

/** As the first month due: calculate everything there ever was. */
export const BEGINNING: Month = facts.FIRST_DAY;

/** Everything about one pair that its calculation needs, and what is stored of it. */
export interface LoadedPair extends DuePair {
  readonly timeZone: string;
  readonly calculation: Calculation;
  readonly stored: readonly StoredLine[];
}

/** Loads many pairs with one query per kind of fact, whatever their number. */
export async function loadPairs(db: Db, due: readonly DuePair[], options: LoadOptions = {}): Promise<LoadedPair[]> {
  const pairs = await basicsOf(db, due, options);
  const owners = await ownersOf(db, pairs, options);
  const loaded = await factsOf(db, pairs, owners, options);
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
        from: firstMonth(pair, own),
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
  const known = new Map(programs.map((one) => [one.programId, one]));
  const needs = new Map<PlanDocument, Needs>();
  const waiting = await waitingForGate(db, due);
  return due.map((pair, position) => {
    const own = accepted.get(`${pair.programId} ${pair.partnerId}`) ?? [];
    const terms = options.terms === undefined ? own : options.terms(pair, own);
    const since = waiting.get(position);
    const from = since !== undefined && since < pair.from ? since : pair.from;
    const { timeZone = "UTC", code: programCode = "" } = known.get(pair.programId) ?? {};
    return { ...pair, from, timeZone, programCode, terms, needs: needsOfTerms(terms, needs) };
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

interface LoadedFacts {
  readonly facts: readonly Facts[];
  /** Customers whose lines may come out otherwise. */
  readonly looked: readonly { readonly group: number; readonly customerId: bigint }[];
}

async function factsOf(
  db: Db,
  pairs: readonly PairBasics[],
  owners: Owners,
  options: LoadOptions,
): Promise<LoadedFacts> {
  const below = await trees(db, pairs);
  const everybody = owners.owned.filter((one) => looksAtAll(pairs[one.position]));
  const candidates = await candidatesOf(db, pairs, owners, options);
  const looked = merged([...everybody, ...candidates]);
  // Who is only counted has no line.
  const counted = owners.owned.filter((one) => pairs[one.position]?.needs.people === true);
  const subs = await subPartnerCustomers(db, pairs, below, options);
  const customers = await customersOf(db, pairs, [...merged([...looked, ...counted]), ...subs]);
  const totals = options.onlyCustomer === undefined ? await totalsOf(db, pairs, owners) : new Map<number, Entry[]>();
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
      partnerAttributes: {},
      ...attributes.get(pair.partnerId),
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
): Promise<ReadonlyMap<string, Pick<Facts, "partnerAttributes" | "partnerUntil">>> {
  const ids = [...new Set(pairs.map((pair) => pair.partnerId))];
  const partners = await partnersByIds(db, ids);
  const before = await traitsBefore(db, ids);
  return new Map(
    partners.map((partner) => {
      const changes = before.get(partner.partnerId) ?? [];
      const partnerUntil = changes.map((one) => ({ until: one.until, attributes: named(one) }));
      return [partner.partnerId, { partnerAttributes: named(partner), partnerUntil }];
    }),
  );
}

function named({ kind, status, country }: { kind: string; status: string; country: string | null }) {
  return { partner_kind: kind, partner_status: status, ...(country === null ? {} : { partner_country: country }) };
}

function daysOf(known: Facts): Day[] {
  const customers = known.customers.flatMap((customer) => [customer.entries[0]?.day, customer.entries.at(-1)?.day]);
  const days = [...(known.totals ?? []), ...known.traffic].map((entry) => entry.day);
  return [...customers, ...days].filter((day) => day !== undefined);
}

/** A pair that is loaded from the beginning is calculated from the first month that has anything. */
function firstMonth(pair: PairBasics, known: Facts): Month {
  if (pair.from !== BEGINNING) return pair.from;
  // Fees and guarantees are due from the terms' first day, long before anything may have happened.
  const begins = pair.terms.filter(paysWithoutFacts).map((one) => one.validFrom);
  const [first = facts.LAST_DAY] = [...daysOf(known), ...begins].sort();
  return monthOf(first);
}

function paysWithoutFacts({ plan }: Terms): boolean {
  return plan.components.some(({ model }) => model === "flat_fee" || model === "minimum_guarantee");
}

function lastMonth(from: Month, known: Facts, stored: readonly StoredLine[]): Month {
  let last = from;
  for (const day of daysOf(known)) if (monthOf(day) > last) last = monthOf(day);
  for (const line of stored) if (line.subjectKind !== "customer" && line.month > last) last = line.month;
  return last;
}
