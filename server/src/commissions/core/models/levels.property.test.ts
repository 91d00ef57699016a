import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { add, compare, decimal, formatDecimal, multiply, roundTo, ZERO } from "../../../kernel/decimal.ts";
import { evaluatePlan } from "../test-run.ts";
import { STEP_WORDS } from "../words/index.ts";

const MONTH = "2026-03-01";
const RUNS = { numRuns: 60 };
type Plan = Parameters<typeof evaluatePlan>[0];
type Pays = Extract<Plan["components"][number], { model: "sub_partner" }>["pays"];
type More = Partial<Extract<Plan["components"][number], { model: "sub_partner" }>>;
type Fact = Record<string, unknown>;

function plan(pays: Pays, more: More = {}): Plan {
  return { currency: "EUR", components: [{ code: "network", model: "sub_partner", pays, ...more }] };
}

interface Member {
  readonly name: string;
  readonly active: boolean;
  readonly value: string;
}

/** A chain from the top down to the one whose customer it is, as one of them sees it. */
function seenBy(chain: readonly Member[], index: number): Fact[] {
  const nameOf = (at: number) => (at === index ? "self" : chain[at]?.name);
  return chain.flatMap((member, at) =>
    at === 0 ? [] : [{ partner: nameOf(at), parent: nameOf(at - 1), active: member.active, level_value: member.value }],
  );
}

function trades(amounts: readonly string[], index: number, chain: readonly Member[]): Fact[] {
  const last = chain.length - 1;
  return amounts.map((amount, at) => ({
    type: "trade",
    customer: `c${at % 3}`,
    ...(index === last ? {} : { partner: chain[last]?.name }),
    on: `2026-03-${String(1 + (at % 28)).padStart(2, "0")}`,
    id: `t${at}`,
    currency: "EUR",
    fee: amount,
    lots: amount,
  }));
}

function totalOf(of: Plan, facts: readonly Fact[]) {
  return decimal(evaluatePlan(of, facts, { month: MONTH }).total);
}

/** What all active members of a chain get together. */
function together(of: Plan, chain: readonly Member[], amounts: readonly string[]) {
  const last = chain.length - 1;
  return chain
    .flatMap((member, index) =>
      member.active || index === last ? [totalOf(of, [...seenBy(chain, index), ...trades(amounts, index, chain)])] : [],
    )
    .reduce(add, ZERO);
}

const cents = fc.integer({ min: 1, max: 500_000 }).map((units) => formatDecimal({ units: BigInt(units), scale: 3 }));
const amounts = fc.array(cents, { minLength: 1, maxLength: 6 });
const share = fc.integer({ min: 0, max: 1000 }).map((units) => formatDecimal({ units: BigInt(units), scale: 3 }));
const member = fc.record({ active: fc.boolean(), value: share });
const chains = fc
  .array(member, { minLength: 1, maxLength: 6 })
  // The top is active: what it would absorb has nobody above it to go to.
  .map((all) => all.map((one, index): Member => ({ ...one, name: `p${index}`, active: one.active || index === 0 })));
const inactive = fc.constantFrom("compress", "absorb") as fc.Arbitrary<"compress" | "absorb">;
const wholeOf = (parts: readonly string[], rate: string) =>
  roundTo(multiply(parts.map(decimal).reduce(add, ZERO), decimal(rate)), 2);

describe("splits sum to the whole", () => {
  it("a cascade, whichever way it runs", () => {
    fc.assert(
      fc.property(
        chains,
        amounts,
        share,
        fc.array(share, { minLength: 1, maxLength: 5 }),
        inactive,
        fc.constantFrom("up", "down") as fc.Arbitrary<"up" | "down">,
        (chain, brought, rate, pass, rule, direction) => {
          const of = plan({ mode: "cascade", direction, pass, rate, of: "fee" }, { inactive: rule });
          assert.equal(formatDecimal(together(of, chain, brought)), formatDecimal(wholeOf(brought, rate)));
        },
      ),
      RUNS,
    );
  });

  it("a pot, whoever is missing", () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 0, maxLength: 4 });
    fc.assert(
      fc.property(
        chains,
        amounts,
        share,
        cuts,
        fc.constantFrom("skip", "compress", "absorb") as fc.Arbitrary<"skip" | "compress" | "absorb">,
        (chain, brought, rate, points, rule) => {
          const sorted = [0, ...points.toSorted((a, b) => a - b), 1000];
          const shares = sorted
            .slice(1)
            .map((to, index) => formatDecimal({ units: BigInt(to - (sorted[index] ?? 0)), scale: 3 }));
          const of = plan({ mode: "fixed_pot", rate, of: "fee", shares }, { inactive: rule });
          assert.equal(formatDecimal(together(of, chain, brought)), formatDecimal(wholeOf(brought, rate)));
        },
      ),
      RUNS,
    );
  });

  it("a cascade whose level stays empty never pays more than the whole", () => {
    fc.assert(
      fc.property(
        chains,
        amounts,
        share,
        fc.array(share, { minLength: 1, maxLength: 5 }),
        (chain, brought, rate, pass) => {
          const of = plan({ mode: "cascade", direction: "up", pass, rate, of: "fee" });
          assert.ok(compare(together(of, chain, brought), wholeOf(brought, rate)) <= 0);
        },
      ),
      RUNS,
    );
  });
});

describe("the difference of levels", () => {
  it("is never below zero, and a chain gets its highest value together", () => {
    fc.assert(
      fc.property(chains, fc.array(cents, { minLength: 1, maxLength: 4 }), (members, lots) => {
        const chain = members.map((one) => ({ ...one, active: true }));
        const last = chain.length - 1;
        const all = chain.map((one, index) => {
          const of = plan({ mode: "level_difference", own: one.value, of: { quantity: "lots" }, ownCustomers: "paid" });
          const found = evaluatePlan(
            { ...of, rounding: { places: 8 } },
            [...seenBy(chain, index), ...trades(lots, index, chain)],
            {
              month: MONTH,
            },
          );
          assert.ok(found.lines.every((line) => !line.exact.startsWith("-")));
          return found.lines.map((line) => decimal(line.exact)).reduce(add, ZERO);
        });
        const highest = chain
          .map((one) => decimal(one.value))
          .reduce((most, one) => (compare(one, most) > 0 ? one : most));
        const volume = lots.map(decimal).reduce(add, ZERO);
        assert.equal(formatDecimal(all.reduce(add, ZERO)), formatDecimal(multiply(volume, highest)), `${last}`);
      }),
      RUNS,
    );
  });
});

const rates = fc.array(share, { minLength: 1, maxLength: 4 });
const signed = fc
  .integer({ min: -90_000, max: 200_000 })
  .map((units) => formatDecimal({ units: BigInt(units), scale: 2 }));
/** Some sub-partners at random places below the partner, what they earned and what their customers brought. */
const networks = fc
  .array(fc.record({ parent: fc.nat(20), earned: signed, revenue: signed, active: fc.boolean(), value: share }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((nodes): Fact[] =>
    nodes.flatMap((node, index) => {
      const name = `p${index}`;
      const parent = index === 0 || node.parent % (index + 1) === index ? "self" : `p${node.parent % (index + 1)}`;
      const own = {
        type: "trade",
        customer: `c ${name}`,
        partner: name,
        currency: "EUR",
        fee: node.revenue,
        lots: "1.37",
      };
      return [
        { partner: name, parent, active: node.active, level_value: node.value, from: "2026-03-02" },
        { partner: name, earned: node.earned, month: "2026-03", component: "share", model: "revenue_share" },
        { partner: name, earned: "20", month: "2026-03", component: "cpa", model: "cpa", customer: `c ${name}` },
        { ...own, on: "2026-03-03", id: `${name} 1` },
        { ...own, on: "2026-03-03", id: `${name} 2`, fee: "3.33" },
      ];
    }),
  );
const base = { name: "net", terms: [{ add: "fee" }] };
const modes: fc.Arbitrary<Pays> = fc.oneof(
  fc
    .record({ rates, negative: fc.constantFrom("floor" as const, "reduce" as const) })
    .map((one): Pays => ({ mode: "percent_of_commission", ...one })),
  fc
    .record({ rates, negative: fc.constantFrom("floor" as const, "reduce" as const) })
    .map((one): Pays => ({ mode: "percent_of_revenue", base, ...one })),
  rates.map(
    (amounts): Pays => ({ mode: "per_qualified", amounts: amounts.map((one) => one.slice(0, 6)), component: "cpa" }),
  ),
  fc.constant<Pays>({ mode: "per_referral", amount: "5" }),
  rates.map((of): Pays => ({ mode: "percent_of_fee", rates: of, of: "fee" })),
  share.map((own): Pays => ({ mode: "level_difference", own, of: { quantity: "lots" } })),
  rates.map((pass): Pays => ({ mode: "cascade", direction: "up", pass, rate: "0.5", of: "fee" })),
  fc.constant<Pays>({ mode: "fixed_pot", amount: "3", of: { quantity: "lots" }, shares: ["0.5", "0.3", "0.2"] }),
  rates.map((ratios): Pays => ({ mode: "level_ratio", reward: "2", of: { quantity: "lots" }, ratios })),
  fc
    .record({ first: share, step: share })
    .map((one): Pays => ({ mode: "decrement", ...one, depth: 3, of: "commission" })),
);

describe("every mode", () => {
  it("comes to the same in whatever order the facts come", () => {
    const some = fc
      .tuple(modes, networks, fc.constantFrom("skip" as const, "compress" as const, "absorb" as const))
      .chain(([pays, facts, rule]) =>
        fc.record({
          pays: fc.constant(pays),
          rule: fc.constant(rule),
          facts: fc.constant(facts),
          mixed: fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length }),
        }),
      );
    fc.assert(
      fc.property(some, ({ pays, rule, facts, mixed }) => {
        const of = plan(pays, { inactive: rule });
        const linesOf = (from: readonly Fact[]) => evaluatePlan(of, from, { month: MONTH }).lines;
        assert.deepEqual(linesOf(mixed), linesOf(facts));
      }),
      { numRuns: 200 },
    );
  });

  it("says every step in words of both languages", () => {
    fc.assert(
      fc.property(modes, networks, share, (pays, facts, most) => {
        const more: More = { atMostOf: { measure: "fee", share: most }, funding: "sub_partner" };
        const steps = evaluatePlan(plan(pays, more), facts, { month: MONTH }).lines.flatMap(
          (line) => line.working.steps,
        );
        for (const { code } of steps) {
          assert.notEqual(STEP_WORDS.en[code], undefined, code);
          assert.notEqual(STEP_WORDS.es[code], undefined, code);
        }
      }),
      RUNS,
    );
  });

  it("never comes to more, with what the sub-partners earn, than the guard lets through", () => {
    fc.assert(
      fc.property(modes, networks, share, (pays, facts, most) => {
        const found = evaluatePlan(plan(pays, { atMostOf: { measure: "fee", share: most } }), facts, { month: MONTH });
        const sumOf = (name: string) => facts.map((fact) => decimal(String(fact[name] ?? "0"))).reduce(add, ZERO);
        const earned = [
          ...Map.groupBy(
            facts.filter((fact) => "earned" in fact),
            (fact) => String(fact.partner),
          ).values(),
        ]
          .map((same) => same.map((fact) => decimal(String(fact.earned))).reduce(add, ZERO))
          .filter((sum) => sum.units > 0n)
          .reduce(add, ZERO);
        const limit = add(multiply(sumOf("fee"), decimal(most)), { units: -earned.units, scale: earned.scale });
        const total = decimal(found.total);
        assert.ok(compare(total, limit.units < 0n ? ZERO : limit) <= 0, `${found.total} of ${formatDecimal(limit)}`);
      }),
      { numRuns: 200 },
    );
  });

  it("brings nothing below zero in all where the plan says what negative months do", () => {
    fc.assert(
      fc.property(modes, networks, (pays, facts) => {
        if (!("negative" in pays) || pays.negative === undefined) return;
        const { lines } = evaluatePlan({ ...plan(pays), rounding: { places: 8 } }, facts, { month: MONTH });
        const sum = lines.map((line) => decimal(line.exact)).reduce(add, ZERO);
        assert.ok(sum.units >= 0n);
        if (pays.negative === "floor") assert.ok(lines.every((line) => !line.exact.startsWith("-")));
      }),
      { numRuns: 150 },
    );
  });
});
