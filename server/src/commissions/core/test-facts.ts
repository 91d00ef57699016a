import { decimal } from "../../kernel/decimal.ts";
import { currency, toDecimal } from "../../kernel/money.ts";
import type { Customer, Entry, Facts } from "./entries.ts";
import { inOrder, NO_FACTS } from "./entries.ts";
import { typeOfMeasure } from "./facts-of-file.ts";

/** An amount of one day in minor units, as tables of tests write it. */
export interface MinorOfDay {
  readonly day: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** A customer's life in a few words. */
export interface ShortCustomer {
  readonly customerId: string;
  readonly cohort?: string;
  readonly registeredOn?: string | null;
  readonly kycOn?: string | null;
  readonly deposits?: readonly MinorOfDay[];
  readonly chargebacks?: readonly MinorOfDay[];
  readonly refunds?: readonly MinorOfDay[];
}

export interface ShortTotal extends MinorOfDay {
  readonly cohort: string;
  readonly product: string;
  readonly measure: string;
}

/** Facts as a loader would give them: sums of all customers apart from what single customers did. */
export function shortFacts(customers: readonly ShortCustomer[], totals: readonly ShortTotal[]): Facts {
  return {
    ...NO_FACTS,
    customers: customers.map(customerOf),
    totals: totals.map((one) => entryOf(one, one.measure, null, one.cohort, one.product)),
  };
}

function customerOf(short: ShortCustomer): Customer {
  const { customerId, cohort = "", deposits = [], chargebacks = [], refunds = [] } = short;
  const kinds = [
    ["deposit", deposits],
    ["chargeback", chargebacks],
    ["refund", refunds],
  ] as const;
  const entries = kinds.flatMap(([kind, all]) => all.map((one) => entryOf(one, kind, customerId, cohort, "")));
  const milestones: Record<string, { day: string; at: null }> = {};
  if (short.registeredOn != null) milestones.registration = { day: short.registeredOn, at: null };
  if (short.kycOn != null) milestones.kyc_passed = { day: short.kycOn, at: null };
  const [first] = deposits.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return {
    customerId,
    partnerId: NO_FACTS.partnerId,
    cohort,
    attributes: {},
    milestones,
    firstDeposit:
      first === undefined ? null : { day: first.day, at: null, currency: first.currency, value: amountOf(first) },
    entries: entries.sort(inOrder),
  };
}

function entryOf(one: MinorOfDay, measure: string, customerId: string | null, cohort: string, product: string): Entry {
  return {
    day: one.day,
    at: null,
    type: typeOfMeasure(measure),
    id: null,
    customerId,
    cohort,
    currency: one.currency,
    measures: { [measure]: amountOf(one) },
    quantities: {},
    dimensions: product === "" ? {} : { product },
    count: 1,
  };
}

function amountOf(one: MinorOfDay) {
  return one.minor === 0n ? decimal(0) : toDecimal({ minor: one.minor, currency: currency(one.currency) });
}
