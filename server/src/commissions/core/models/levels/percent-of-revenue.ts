import { add, type Decimal, ZERO } from "../../../../kernel/decimal.ts";
import { Refusal } from "../../../../kernel/refusal.ts";
import { evaluateBase } from "../../bases.ts";
import type { Below, Brought, PaysBy } from "./brought.ts";
import { chainKey, monthThing, producer, sharedByLevel, type Thing } from "./by-level.ts";
import { rebatesBelow } from "./commission-below.ts";
import type { Shared } from "./shares.ts";

const PER_CUSTOMER: ReadonlySet<string> = new Set(["cpa", "cpl", "cpa_ladder"]);
const NO_SHARE: ReadonlySet<string> = new Set([
  ...PER_CUSTOMER,
  "sub_partner",
  "client_rebate",
  "flat_fee",
  "bonus",
  "minimum_guarantee",
]);

/** Rate of the level × the base of the sub-partner's customers, worked out for each sub-partner (and place, if it moved) by itself. */
export function percentOfRevenue(below: Below, pays: PaysBy<"percent_of_revenue">): Shared {
  const { run } = below;
  const base = typeof pays.base === "string" ? run.plan.bases?.[pays.base] : pays.base;
  if (base === undefined) throw new Refusal("plan_invalid", `The plan declares no base called ${String(pays.base)}.`);
  const facts = pays.cpaOnly === "included" ? below.facts() : below.facts().filter((fact) => !isCpaOnly(below, fact));
  const given = rebatesBelow(below);
  const charged = new Set<string>();
  const things = [...Map.groupBy(facts, (fact) => chainKey(fact.chain))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, brought]): Thing[] => {
      const { chain } = brought[0] as Brought;
      const partnerId = producer(chain);
      // What is due once a month is due once for a sub-partner that stood in two places.
      const periodAmounts = !charged.has(partnerId);
      charged.add(partnerId);
      const about = new Map(brought.map((fact) => [fact.entry, fact.about]));
      const result = evaluateBase(
        base,
        brought.map((fact) => fact.entry),
        {
          plan: run.plan,
          exchange: run.exchange,
          resolve: (value, about) => run.resolve(value, about),
          about: (entry) => about.get(entry) ?? run.about(entry),
        },
        { log: below.logOf(partnerId), periodAmounts },
      );
      return result.facts === 0 ? [] : [monthThing(below, chain, result.value, result.steps)];
    });
  return sharedByLevel(below, [...things, ...given.filter(brings(things))], pays.rates, base.name, true);
}

/** Rebates of a sub-partner without revenue are nobody's to deduct. */
function brings(things: readonly Thing[]): (rebate: Thing) => boolean {
  const partners = new Set(things.map((thing) => producer(thing.chain)));
  return (rebate) => partners.has(producer(rebate.chain));
}

function isCpaOnly(below: Below, { customer }: Brought): boolean {
  if (customer.attributes.deal !== undefined) return customer.attributes.deal === "cpa";
  const { earned } = below.run.facts;
  const own = earned.filter((row) => row.partnerId === customer.partnerId);
  const paid = own
    .filter(
      (row) => row.customerId === customer.customerId && PER_CUSTOMER.has(row.model) && row.month <= below.run.month,
    )
    .reduce((sum: Decimal, row) => add(sum, row.value), ZERO);
  if (paid.units <= 0n) return false;
  return !own.some(
    (row) =>
      row.month === below.run.month &&
      !NO_SHARE.has(row.model) &&
      (row.customerId === null || row.customerId === customer.customerId),
  );
}
