import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Assumptions, PlanDocument, type PlanInput } from "@tributary/contract";
import { formatDecimal } from "../../../kernel/decimal.ts";
import { RateTable } from "../../core/rates.ts";
import { tierCliffs } from "./cliffs.ts";
import { forecastFacts, type Twist } from "./forecast.ts";
import { type HashedPlan, measureScenario, measureStress } from "./forecast-run.ts";
import { paybackOf } from "./measures.ts";
import { proposeAssumptions } from "./propose.ts";
import { spreadOf } from "./spread.ts";

const RATES = new RateTable("stated", []);
const NORMAL = { name: "base", traffic: "1", conversion: "1", revenue: "1", churn: "1" } as const;

function assume(more: Partial<Assumptions> = {}): Assumptions {
  return Assumptions.parse({
    start: "2026-04",
    months: 3,
    clicks: 1000,
    registrationRate: "0.1",
    ftdRate: "0.2",
    averageFirstDeposit: "100",
    repeatDeposits: "1.5",
    averageDeposit: "40",
    revenuePerActive: "30",
    churn: "0.5",
    paymentFees: "0.02",
    ...more,
  });
}

function planOf(...components: PlanInput["components"]): HashedPlan {
  return { plan: PlanDocument.parse({ language: 1, currency: "EUR", components }), hash: "h" };
}

const CPA = {
  code: "cpa",
  model: "cpa",
  amount: "60",
  window: "none",
  qualification: { metric: "first_deposit", atLeast: "20" },
} as unknown as PlanInput["components"][number];
const SHARE = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  carryover: { mode: "full", unit: "base", onChange: "follows" },
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "fees" }] },
} as unknown as PlanInput["components"][number];

describe("a forecast", () => {
  // assumptions, then month by month: clicks, registrations, first deposits, active
  const cases: readonly (readonly [string, Partial<Assumptions>, readonly (readonly number[])[]])[] = [
    [
      "as assumed",
      {},
      [
        [1000, 100, 20, 20],
        [1000, 100, 20, 30],
        [1000, 100, 20, 35],
      ],
    ],
    [
      "nobody leaves",
      { churn: "0" },
      [
        [1000, 100, 20, 20],
        [1000, 100, 20, 40],
        [1000, 100, 20, 60],
      ],
    ],
    [
      "everybody leaves",
      { churn: "1" },
      [
        [1000, 100, 20, 20],
        [1000, 100, 20, 20],
        [1000, 100, 20, 20],
      ],
    ],
    // 1.5 depositors a month are two, one, two: the sum is right after every month
    [
      "fractions are carried",
      { clicks: 75, ftdRate: "0.2", churn: "1" },
      [
        [75, 8, 2, 2],
        [75, 7, 1, 1],
        [75, 8, 2, 2],
      ],
    ],
    [
      "the season's factor",
      { seasonality: ["1", "1", "1", "2", "0", "1", "1", "1", "1", "1", "1", "1"], churn: "1" },
      [
        [2000, 200, 40, 40],
        [0, 0, 0, 0],
        [1000, 100, 20, 20],
      ],
    ],
  ];
  for (const [name, more, expected] of cases)
    it(name, () => {
      const { months, facts } = forecastFacts(assume(more), "EUR");
      assert.deepEqual(
        months.map((one) => [one.clicks, one.registrations, one.firstDeposits, one.active]),
        expected,
      );
      const people = expected.reduce((sum, [, registrations = 0]) => sum + registrations, 0);
      assert.equal(facts.customers.length, people);
      assert.equal(new Set(facts.customers.map((one) => one.customerId)).size, people);
    });

  it("is the same every time", () => {
    assert.deepEqual(forecastFacts(assume(), "EUR"), forecastFacts(assume(), "EUR"));
  });

  it("one life: deposits, revenue and fees to the cent", () => {
    const { facts } = forecastFacts(assume({ clicks: 50, months: 3, churn: "0" }), "EUR");
    const [first] = facts.customers;
    const told = first?.entries.map((one) => {
      const amounts = Object.entries(one.measures).map(([name, value]) => `${name} ${formatDecimal(value)}`);
      return [one.day, one.type, ...amounts].join(" ");
    });
    assert.deepEqual(told, [
      "2026-04-01 registration",
      "2026-04-01 kyc_passed",
      "2026-04-01 deposit deposit 100",
      "2026-04-30 activity ggr 30 fees 2 ngr 28",
      "2026-05-01 deposit deposit 40",
      "2026-05-16 deposit deposit 40",
      "2026-05-31 activity ggr 30 fees 1.6 ngr 28.4",
      "2026-06-01 deposit deposit 40",
      "2026-06-30 activity ggr 30 fees 0.8 ngr 29.2",
    ]);
  });

  it("what is too large is refused", () => {
    assert.throws(() => forecastFacts(assume({ clicks: 1_000_000 }), "EUR"), /300000 customers/);
  });
});

describe("measures of a forecast", () => {
  const question = {
    assumptions: assume({ churn: "0.5", paymentFees: "0", repeatDeposits: "0" }),
    measuredBy: planOf(CPA).plan,
    base: "ngr",
    rates: RATES,
  };

  it("a CPA of 60 for customers who bring 30 and half of whom leave each month", () => {
    const measures = measureScenario(planOf(CPA), question, NORMAL, false);
    // 20 × 60 each month; active 20, 30, 35 bring 30 each
    assert.deepEqual(
      measures.months.map((one) => [one.month, one.cost.minor, one.revenue.minor, one.cumulativeNet.minor]),
      [
        ["2026-04", "120000", "60000", "-60000"],
        ["2026-05", "120000", "90000", "-90000"],
        ["2026-06", "120000", "105000", "-105000"],
      ],
    );
    assert.deepEqual(
      [
        measures.cost.minor,
        measures.net.minor,
        measures.firstDeposits,
        measures.qualified,
        measures.costPerFtd?.minor,
        measures.costShare,
        measures.paybackMonth,
      ],
      ["360000", "-105000", 60, 60, "6000", "1.411765", null],
    );
  });

  it("a share pays back at once, and nobody qualifies for it", () => {
    const measures = measureScenario(planOf(SHARE), question, NORMAL, true);
    assert.deepEqual(
      [measures.cost.minor, measures.costShare, measures.qualified, measures.paybackMonth, measures.breakEvenFtd],
      ["76500", "0.3", null, "2026-04", 0],
    );
  });

  it("a fixed fee asks for first deposits: fewest that pay it are found", () => {
    const fee = {
      code: "fee",
      model: "flat_fee",
      amount: "450",
      per: "month",
      proration: "none",
    } as unknown as PlanInput["components"][number];
    const parsed = PlanDocument.safeParse({ language: 1, currency: "EUR", components: [fee] });
    if (!parsed.success) return assert.fail(parsed.error.message);
    const measures = measureScenario({ plan: parsed.data, hash: "h" }, question, NORMAL, true);
    // 3 × 450 = 1350 = 45 customers' months at 30; 85 at 20 a month are 2550: about half of the traffic does
    assert.equal(measures.cost.minor, "135000");
    assert.ok((measures.breakEvenFtd ?? 0) >= 10 && (measures.breakEvenFtd ?? 0) <= 12, String(measures.breakEvenFtd));
  });

  it("worst cases: a whale takes the revenue and leaves a carry, minimum deposits bring none, charged back is lost", () => {
    const stress = { whaleWin: "5000", chargebackShare: "0.5" };
    const told = (plan: HashedPlan) =>
      measureStress(plan, question, stress).map((one) => [
        one.case,
        one.cost.minor,
        one.revenue.minor,
        one.netDifference.minor,
      ]);
    assert.deepEqual(told(planOf(CPA)), [
      ["whale_wins", "360000", "-245000", "-500000"],
      // every registration deposits 20 and brings nothing: 300 × 60
      ["all_at_minimum", "1800000", "0", "-1695000"],
      // ten of the twenty of May take their 100 back, and the plan takes their 60 back
      ["chargeback_wave", "300000", "155000", "-40000"],
    ]);
    // April 600 × 0.3; May is −4100 and carried, so that June pays nothing
    assert.deepEqual(told(planOf(SHARE))[0], ["whale_wins", "18000", "-245000", "-441500"]);
  });
});

describe("tier cliffs", () => {
  const tiered = (mode: "whole" | "marginal") =>
    planOf({
      ...CPA,
      amount: {
        metric: { count: "qualified" },
        mode,
        bounds: "at_least",
        bands: [
          { from: "0", value: "50" },
          { from: "10", value: "80" },
        ],
      },
    } as unknown as PlanInput["components"][number]);
  // below: nine; at: ten
  for (const [mode, expected] of [
    ["whole", ["45000", "80000", "8000", "35000", true]],
    ["marginal", ["45000", "53000", "8000", "8000", false]],
  ] as const)
    it(mode, () => {
      const plan = tiered(mode);
      const { found, left } = tierCliffs(plan.plan, plan.hash, assume(), RATES);
      assert.deepEqual(left, []);
      assert.equal(found.length, 1);
      const [one] = found;
      const told = [one?.below.minor, one?.at.minor, one?.own.minor, one?.jump.minor, one?.cliff];
      assert.deepEqual(told, expected);
    });
});

describe("small arithmetic", () => {
  it("payback is the month from which on nothing is missing any more", () => {
    const months = (...nets: number[]) => nets.map((net, index) => ({ month: `m${index + 1}`, net: BigInt(net) }));
    for (const [nets, expected] of [
      [[-5, -2, 1, 4], "m3"],
      [[1, -1, 2], "m3"],
      [[0, 0], "m1"],
      [[5, -1], null],
      [[], null],
    ] as const)
      assert.equal(paybackOf(months(...nets)), expected);
  });

  it("differences in buckets", () => {
    const minor = (...values: number[]) => values.map((one) => ({ currency: "EUR", minor: BigInt(one) }));
    const found = spreadOf(minor(0, 50, -50, 150, 99_999, -1_000_000_00)).filter((one) => one.partners > 0);
    assert.deepEqual(found, [
      { from: null, to: "-10000", partners: 1 },
      { from: "-1", to: "0", partners: 1 },
      { from: "0", to: "0", partners: 1 },
      { from: "0", to: "1", partners: 1 },
      { from: "1", to: "10", partners: 1 },
      { from: "100", to: "1000", partners: 1 },
    ]);
  });

  it("assumptions out of two months", () => {
    const sums = (deposits: bigint, events: number, ggr: bigint) =>
      new Map([
        ["first_deposit EUR", { minor: 200_000n, events: 0 }],
        ["deposit EUR", { minor: deposits, events }],
        ["ggr EUR", { minor: ggr, events: 40 }],
        ["fees EUR", { minor: 6_000n, events: 40 }],
      ]);
    const month = (name: string, active: number, kept: number) => ({
      month: name,
      clicks: 1000,
      registrations: 100,
      firstDeposits: 20,
      active,
      kept,
      sums: sums(300_000n, 45, 120_000n),
    });
    const found = proposeAssumptions(
      [month("2026-01-01", 20, 0), month("2026-02-01", 30, 10)],
      "EUR",
      "ngr",
      "2026-03",
    );
    assert.deepEqual(
      [
        found?.clicks,
        found?.registrationRate,
        found?.ftdRate,
        found?.averageFirstDeposit,
        found?.repeatDeposits,
        found?.averageDeposit,
        found?.revenuePerActive,
        found?.churn,
        found?.paymentFees,
      ],
      [1000, "0.1", "0.2", "100", "1", "40", "48", "0.5", "0.02"],
    );
    assert.equal(proposeAssumptions([], "EUR", "ngr", "2026-03"), null);
  });

  it("a twist that is not there changes nothing", () => {
    const none: Twist = { kind: "chargeback_wave", share: "0" };
    assert.deepEqual(forecastFacts(assume(), "EUR", NORMAL, none).facts, forecastFacts(assume(), "EUR").facts);
  });
});
