import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlanDocument, type PlanInput } from "@tributary/contract";
import fc from "fast-check";
import { add, compare, type Decimal, decimal, formatDecimal, multiply, ZERO } from "../../../kernel/decimal.ts";
import { evaluateFacts } from "../../evaluate.ts";
import { readFactLines } from "../../facts-file.ts";
import type { Entry, Facts } from "../entries.ts";
import { factsOfFile } from "../facts-of-file.ts";
import { NO_FENCES, quarantine } from "../high-roller.ts";
import { RateTable } from "../rates.ts";
import { evaluatePlan } from "../test-run.ts";
import { STEP_WORDS } from "../words/index.ts";

type Share = Extract<PlanInput["components"][number], { model: "revenue_share" }>;
type Fact = Readonly<Record<string, string>>;

const cents = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((units) => formatDecimal({ units: BigInt(units), scale: 2 }));
const day = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `2026-0${month}-${String(date).padStart(2, "0")}`);
const fact = (ggr: fc.Arbitrary<string>): fc.Arbitrary<Fact> =>
  fc.record({
    type: fc.constant("activity"),
    customer: fc.constantFrom("a", "b", "c", "d"),
    on: day,
    ggr,
    bonus: cents(0, 20_000),
    brand: fc.constantFrom("north", "south"),
    product: fc.constantFrom("casino", "poker"),
  });
const facts = fc.array(fact(cents(-500_000, 500_000)), { minLength: 1, maxLength: 25 });
const earning = fc.array(fact(cents(100_000, 500_000)), { minLength: 1, maxLength: 25 });

const NET = [
  { add: "ggr" },
  { deduct: { rate: "0.15", of: "ggr" } },
  { deduct: "bonus" },
  { deduct: { rate: "0.05", of: "remainder" } },
] as const;
const carry = fc.constantFrom<Share["carryover"]>(
  { mode: "none" },
  { mode: "full" },
  { mode: "full", unit: "commission" },
  { mode: "limited", settlements: 1 },
  { mode: "capped", most: "500" },
  { mode: "capped", most: { times: "2", averageOfMonths: 2 }, unit: "commission" },
  { mode: "by_reason", measures: ["bonus"] },
);
const highRoller = fc.record({
  threshold: fc.constantFrom("500", "2000"),
  unit: fc.constantFrom("base" as const, "commission" as const),
  when: fc.constantFrom("always" as const, "partner_negative" as const),
  month: fc.constantFrom("netted" as const, "excluded" as const),
  carry: fc.constantFrom("whole" as const, "partner_negative" as const, "nothing" as const),
});
const rate = fc.constantFrom<Share["rate"]>(
  "0.30",
  { rows: [{ when: { product: ["poker"] }, value: "0.20" }], otherwise: "0.35" },
  {
    metric: { base: "net" },
    mode: "marginal",
    bounds: "more_than",
    bands: [
      { from: "0", value: "0.2" },
      { from: "1000", value: "0.4" },
    ],
  },
);
const component: fc.Arbitrary<Share> = fc
  .record({
    carryover: carry,
    highRoller: fc.option(highRoller, { nil: undefined }),
    rate,
    netting: fc.constantFrom<string[]>([], ["brand"], ["customer"]),
  })
  .map(({ highRoller: rule, ...more }) => share({ ...more, ...(rule === undefined ? {} : { highRoller: rule }) }));

function share(more: Partial<Share>): Share {
  return { code: "share", model: "revenue_share", base: "net", rate: "0.30", carryover: { mode: "none" }, ...more };
}

function plan(one: Share): Omit<PlanInput, "language"> {
  return { currency: "EUR", bases: { net: { name: "net", terms: [...NET] } }, components: [one] };
}

function paid(one: Share, some: readonly Fact[]): string[] {
  return evaluatePlan(plan(one), some).months.map((month) => `${month.month} ${month.amount}`);
}

function exact(one: Share, some: readonly Fact[]): Decimal {
  return evaluatePlan(plan(one), some).lines.reduce((sum, line) => add(sum, decimal(line.exact)), ZERO);
}

function holdsFor<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  predicate: (...values: T) => void,
): void {
  fc.assert(
    fc.property(
      ...(arbitraries as unknown as [fc.Arbitrary<unknown>]),
      predicate as unknown as (value: unknown) => void,
    ),
    { numRuns: 60 },
  );
}

describe("revenue share, properties", () => {
  it("the order of arrival does not matter", () => {
    holdsFor([component, facts], (one, some) => assert.deepEqual(paid(one, some.toReversed()), paid(one, some)));
  });

  it("facts split over days of the month sum to the same", () => {
    holdsFor([component, facts], (one, some) => {
      const halves = some.flatMap((row) => [
        { ...row, bonus: "0" },
        { ...row, ggr: "0", on: `${(row.on ?? "").slice(0, 8)}28` },
      ]);
      assert.deepEqual(paid(one, halves), paid(one, some));
    });
  });

  it("sums of days pay the same as single facts where no customer is looked at", () => {
    holdsFor([component, facts], (one, some) => {
      const { highRoller: _, ...plain } = one;
      const whole: Share = { ...plain, netting: plain.netting?.includes("customer") ? [] : (plain.netting ?? []) };
      const document = PlanDocument.parse({ language: 1, ...plan(whole) });
      const single = factsOfFile(readFactLines(some.map((row) => JSON.stringify(row)).join("\n")), "EUR", "UTC");
      const amounts = (known: Facts) =>
        evaluateFacts(document, known, new RateTable("ecb", [])).months.map((month) => month.amount);
      assert.deepEqual(amounts({ ...single, totals: folded(single) }), amounts(single));
    });
  });

  it("without carry a month is what it is alone", () => {
    holdsFor([facts, rate], (some, value) => {
      const one = share({ rate: value });
      const months = [...new Set(some.map((row) => (row.on ?? "").slice(0, 7)))].sort();
      const alone = months.map((month) =>
        exact(
          one,
          some.filter((row) => row.on?.startsWith(month)),
        ),
      );
      assert.equal(compare(exact(one, some), alone.reduce(add, ZERO)), 0);
    });
  });

  it("carrying never pays more than not carrying, and no balance is above zero", () => {
    holdsFor([component, facts], (one, some) => {
      const { highRoller: _, ...plain } = one;
      assert.ok(compare(exact(plain, some), exact({ ...plain, carryover: { mode: "none" } }, some)) <= 0);
      for (const { state } of evaluatePlan(plan(one), some).carry) {
        const balances = Object.values((state.balances ?? {}) as Record<string, { lots: [string, string][] }>);
        for (const { lots } of balances) for (const [, left] of lots) assert.ok(decimal(left).units < 0n);
        const groups = Object.values((state.groups ?? {}) as Record<string, { fenced?: Record<string, string> }>);
        for (const { fenced = {} } of groups)
          for (const left of Object.values(fenced)) assert.ok(decimal(left).units < 0n);
      }
    });
  });

  it("groups sum to the whole where all of them are above zero", () => {
    holdsFor([earning], (some) => {
      const linear = (netting: string[]) =>
        exact(
          share({ netting, base: { name: "ggr", terms: [{ add: "ggr" }, { deduct: { rate: "0.1", of: "ggr" } }] } }),
          some,
        );
      assert.equal(compare(linear([]), linear(["brand"])), 0);
      assert.equal(compare(linear([]), linear(["brand", "customer"])), 0);
    });
  });

  it("never more than the rate of what was above zero", () => {
    holdsFor([component, facts], (one, some) => {
      const positive = some
        .map((row) => decimal(row.ggr ?? "0"))
        .reduce((sum, ggr) => (ggr.units > 0n ? add(sum, ggr) : sum), ZERO);
      const most = multiply(positive, decimal("0.40"));
      const total = exact({ ...one, carryover: { mode: "none" } }, some);
      assert.ok(total.units >= 0n && compare(total, most) <= 0);
    });
  });

  it("what is fenced in of the partner's negative sums to it, to the cent", () => {
    const rule = {
      threshold: "100",
      bound: "at_least",
      unit: "base",
      when: "always",
      month: "netted",
      carry: "partner_negative",
    } as const;
    holdsFor(
      [fc.array(cents(-100_000, 20_000), { minLength: 1, maxLength: 8 }), cents(-50_000, 50_000)],
      (values, others) => {
        const customers = values.map((value, index) => ({ customerId: `c${index}`, value: decimal(value) }));
        const { fences } = quarantine(rule, customers, decimal(others), NO_FENCES, "EUR");
        const sum = customers.reduce((total, one) => add(total, one.value), decimal(others));
        const own = customers.reduce(
          (total, one) => (compare(one.value, decimal("-100")) <= 0 ? add(total, one.value) : total),
          ZERO,
        );
        const expected = sum.units >= 0n ? ZERO : compare(sum, own) > 0 ? sum : own;
        assert.equal(compare(Object.values(fences.amounts).reduce(add, ZERO), expected), 0);
        for (const { customerId, value } of customers) {
          assert.ok(
            compare(fences.amounts[customerId] ?? ZERO, value.units < 0n ? value : ZERO) >= 0,
            "nobody owes more than was won",
          );
        }
      },
    );
  });

  it("no customer counts for more than it put in", () => {
    holdsFor(
      [earning, cents(0, 300_000), fc.constantFrom("month" as const, "lifetime" as const)],
      (some, amount, period) => {
        const deposits = ["a", "b", "c", "d"].map((customer) => ({
          type: "deposit",
          customer,
          on: "2026-01-01",
          amount,
        }));
        const one = share({ rate: "1", customerAtMost: { metric: "deposits", period } });
        const total = evaluatePlan(plan(one), [...deposits, ...some]).lines.reduce(
          (sum, line) => add(sum, decimal(line.exact)),
          ZERO,
        );
        assert.ok(compare(total, multiply(decimal(amount), decimal("4"))) <= 0);
      },
    );
  });

  it("every step has its sentence in both languages", () => {
    holdsFor([component, facts], (one, some) => {
      const { lines } = evaluatePlan(plan(one), some);
      for (const { code } of lines.flatMap((line) => line.working.steps)) {
        if (!/^(base|share|carr|high|fence|recoup|customer)/.test(code)) continue;
        assert.ok(code in STEP_WORDS.en && code in STEP_WORDS.es, code);
      }
    });
  });

  it("an advance takes no more than itself, and no more than the share", () => {
    holdsFor(
      [
        component,
        facts,
        cents(1, 200_000),
        fc.constantFrom("agreement" as const, "customer" as const, "month_cohort" as const),
      ],
      (one, some, amount, scope) => {
        const cpa = {
          code: "cpa",
          model: "cpa" as const,
          amount,
          qualification: { milestone: "first_deposit" },
          window: "none" as const,
        };
        const deposit = { type: "deposit", customer: "a", on: "2026-01-01", amount: "10" };
        const shareOf = (two: Share) => {
          const { lines } = evaluatePlan({ ...plan(two), components: [cpa, two] }, [deposit, ...some]);
          return lines
            .filter((line) => line.component === "share")
            .reduce((sum, line) => add(sum, decimal(line.exact)), ZERO);
        };
        const [without, with_] = [shareOf(one), shareOf({ ...one, recoups: { component: "cpa", scope } })];
        assert.ok(with_.units >= 0n && compare(with_, without) <= 0);
        assert.ok(compare(add(with_, decimal(amount)), without) >= 0);
      },
    );
  });
});

/** What the database makes of single facts: one row per day, brand and product. */
function folded(known: Facts): Entry[] {
  const rows = new Map<string, Entry>();
  for (const entry of known.customers.flatMap((one) => one.entries)) {
    const key = `${entry.day} ${entry.dimensions.brand} ${entry.dimensions.product}`;
    const before = rows.get(key);
    const sum = (name: string) => add(before?.measures[name] ?? ZERO, entry.measures[name] ?? ZERO);
    const measures = { ggr: sum("ggr"), bonus: sum("bonus") };
    rows.set(key, {
      ...entry,
      at: null,
      id: null,
      customerId: null,
      measures,
      count: (before?.count ?? 0) + entry.count,
    });
  }
  return [...rows.values()];
}
