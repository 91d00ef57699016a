import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlanDocument, type PlanInput } from "@tributary/contract";
import { termsFor } from "../../agreements/index.ts";
import { formatDecimal, ZERO } from "../../kernel/decimal.ts";
import { addMonths, lastDay } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { type Calculation, calculate as calculateUnder } from "./calculate.ts";
import { carriedInto } from "./models/index.ts";
import { RateTable } from "./rates.ts";
import type { Terms } from "./terms.ts";
import { type ShortCustomer, type ShortTotal, shortFacts } from "./test-facts.ts";

type Short = Pick<Calculation, "from" | "to" | "terms" | "rates"> & {
  readonly customers: readonly ShortCustomer[];
  readonly totals: readonly ShortTotal[];
};
const calculate = ({ customers, totals, ...input }: Short) =>
  calculateUnder({ ...input, termsFor, memories: [], facts: shortFacts(customers, totals) });
const NO_RATES = new RateTable("ecb", []);

function terms(plan: PlanInput, range: Partial<Terms> = {}): Terms {
  const version = range.version ?? 1;
  return {
    agreementVersionId: `agv_${version}`,
    version,
    validFrom: "2026-01-01",
    validTo: null,
    customers: "move",
    plan: PlanDocument.parse(plan),
    planHash: `hash${version}`,
    ...range,
  };
}

const customer = (customerId: string, facts: Partial<ShortCustomer>): ShortCustomer => ({ customerId, ...facts });

const eur = (day: string, minor: bigint) => ({ day, currency: "EUR", minor });
const month = (number: number) => addMonths("2026-01-01", number - 1);
const total = (day: string, measure: string, minor: bigint, more: Partial<ShortTotal> = {}): ShortTotal => ({
  day,
  measure,
  minor,
  currency: "EUR",
  cohort: "",
  product: "casino",
  ...more,
});

const cpaPlan: PlanInput = {
  language: 1,
  currency: "EUR",
  components: [
    {
      code: "cpa",
      model: "cpa",
      amount: "120.00",
      window: { from: "registration", days: 30 },
      qualification: {
        all: [
          { metric: "first_deposit", atLeast: "20.00" },
          { metric: "deposits", atLeast: "50.00" },
          { milestone: "kyc_passed" },
        ],
      },
      hold: { days: 30 },
    },
  ],
};

describe("CPA: who qualifies, and when", () => {
  // registered, KYC, first deposit, all deposits → day of qualification and payable from, or why not
  const table = [
    ["all on one day", "2026-03-01", "2026-03-01", ["2026-03-01", 5000n], [], "2026-03-01"],
    ["KYC comes last", "2026-03-01", "2026-03-20", ["2026-03-02", 5000n], [], "2026-03-20"],
    [
      "the second deposit reaches the sum",
      "2026-03-01",
      "2026-03-02",
      ["2026-03-02", 2000n],
      [["2026-03-15", 3000n]],
      "2026-03-15",
    ],
    ["one cent is missing", "2026-03-01", "2026-03-02", ["2026-03-02", 2000n], [["2026-03-15", 2999n]], null],
    [
      "the first deposit was a cent too small, whatever follows",
      "2026-03-01",
      "2026-03-02",
      ["2026-03-02", 1999n],
      [["2026-03-03", 90000n]],
      null,
    ],
    ["the last day of the window counts", "2026-03-01", "2026-03-31", ["2026-03-02", 5000n], [], "2026-03-31"],
    ["a day after the window does not", "2026-03-01", "2026-04-01", ["2026-03-02", 5000n], [], null],
    [
      "deposited before registering: counts on the day of registration",
      "2026-03-04",
      "2026-03-02",
      ["2026-03-02", 5000n],
      [],
      "2026-03-04",
    ],
    ["never registered: the window never starts", null, "2026-03-02", ["2026-03-02", 5000n], [], null],
    ["no KYC", "2026-03-01", null, ["2026-03-02", 5000n], [], null],
    ["no deposit", "2026-03-01", "2026-03-02", null, [], null],
  ] as const;
  for (const [name, registeredOn, kycOn, first, later, expected] of table) {
    it(name, () => {
      const deposits = [...(first === null ? [] : [first]), ...later].map(([day, minor]) => eur(day, minor));
      const facts = customer("7", { registeredOn, kycOn, deposits });
      const { lines } = calculate({ ...march, terms: [terms(cpaPlan)], customers: [facts], totals: [] });
      assert.equal(lines[0]?.earnedOn ?? null, expected);
      if (expected === null) return;
      assert.equal(lines[0]?.amountMinor, 12000n);
      assert.equal(lines[0]?.key, "agv_1:cpa:customer:7:life");
    });
  }

  const march = { from: month(3), to: month(3), rates: NO_RATES };
  const good = {
    registeredOn: "2026-03-01",
    kycOn: "2026-03-05",
    deposits: [eur("2026-03-02", 5000n)],
  };

  it("holds for thirty days after the day it was earned", () => {
    const { lines } = calculate({ ...march, terms: [terms(cpaPlan)], customers: [customer("7", good)], totals: [] });
    assert.equal(lines[0]?.heldUntil, "2026-04-04");
    assert.deepEqual(lines[0]?.working.hold, { days: 30, from: "earned", until: "2026-04-04" });
  });

  it("any: the earliest branch counts, the other is named as one that lost", () => {
    const plan = structuredClone(cpaPlan);
    Object.assign(plan.components[0] ?? {}, {
      qualification: { any: [{ metric: "deposits", atLeast: "500" }, { milestone: "kyc_passed" }] },
    });
    const { lines } = calculate({ ...march, terms: [terms(plan)], customers: [customer("7", good)], totals: [] });
    assert.equal(lines[0]?.earnedOn, "2026-03-05");
    assert.deepEqual(lines[0]?.working.alternatives, [
      {
        rule: "qualification.any[0]",
        reason: "not_reached",
        values: {
          condition: "deposits",
          found: "50",
          asked: "500",
          until: "2026-03-31",
        },
      },
    ]);
  });

  // clawback rule, chargeback day → amount
  for (const [clawback, day, amount] of [
    [undefined, "2027-01-01", 0n],
    [{ on: ["chargeback"], within: { days: 10 } }, "2026-03-15", 0n],
    [{ on: ["chargeback"], within: { days: 10 } }, "2026-03-16", 12000n],
    [{ on: ["refund"], within: "ever" }, "2026-03-15", 12000n],
    ["none", "2026-03-15", 12000n],
  ] as const) {
    it(`chargeback on ${day} under ${JSON.stringify(clawback) ?? "the default"} leaves ${amount}`, () => {
      const plan = structuredClone(cpaPlan);
      if (clawback !== undefined) Object.assign(plan.components[0] ?? {}, { clawback });
      const facts = customer("7", { ...good, chargebacks: [eur(day, 5000n)] });
      const { lines } = calculate({ ...march, terms: [terms(plan)], customers: [facts], totals: [] });
      assert.equal(lines.length, 1);
      assert.equal(lines[0]?.amountMinor, amount);
      assert.equal(
        lines[0]?.working.steps.some((step) => step.code === "clawed_back"),
        amount === 0n,
      );
    });
  }
});

const sharePlan = (rate: string, carryover: object, more: object = {}): PlanInput => ({
  language: 1,
  currency: "EUR",
  ...more,
  components: [
    {
      code: "share",
      model: "revenue_share",
      rate,
      carryover: carryover as { mode: "none" },
      base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }, { deduct: "fees" }, { deduct: "taxes" }] },
    },
  ],
});

describe("revenue share", () => {
  it("27,000 of GGR less 2,700 of deductions at 40 % is 9,720 (a published example)", () => {
    const totals = [
      total("2026-03-01", "ggr", 2_700_000n),
      total("2026-03-02", "bonus", 100_000n),
      total("2026-03-02", "fees", 50_000n),
      total("2026-03-31", "taxes", 120_000n),
      total("2026-04-01", "ggr", 999n),
    ];
    const { lines } = calculate({
      from: month(3),
      to: month(3),
      terms: [terms(sharePlan("0.40", { mode: "none" }))],
      customers: [],
      totals,
      rates: NO_RATES,
    });
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.amountMinor, 972_000n);
    assert.deepEqual(
      lines[0]?.working.steps.map((step) => [step.code, step.values.value]),
      [
        ["base_add", "27000"],
        ["base_deduct", "1000"],
        ["base_deduct", "500"],
        ["base_deduct", "1200"],
        ["base_total", "24300"],
        ["share_of_base", "9720"],
      ],
    );
  });

  // [month, NGR, share with carryover, carried after, share without]
  const history = [
    [1, -1_000_000n, 0n, "-10000", 0n],
    [2, 400_000n, 0n, "-6000", 120_000n],
    [3, null, null, "-6000", null],
    [4, 500_000n, 0n, "-1000", 150_000n],
    [5, 300_000n, 60_000n, "0", 90_000n],
    [6, 100_000n, 30_000n, "0", 30_000n],
    [7, -100n, 0n, "-1", 0n],
  ] as const;
  for (const mode of ["full", "none"] as const) {
    it(`negative months under carryover ${mode}`, () => {
      const totals = history.flatMap(([number, ngr]) =>
        ngr === null ? [] : [total(lastDay(month(number)), "ggr", ngr)],
      );
      const { lines, memories } = calculate({
        from: month(1),
        to: month(7),
        terms: [terms(sharePlan("0.30", { mode }))],
        customers: [],
        totals,
        rates: NO_RATES,
      });
      const paid = new Map(lines.map((line) => [line.month, line.amountMinor]));
      const [component] = terms(sharePlan("0.30", { mode })).plan.components;
      assert.ok(component);
      const carried = new Map(
        memories.map((one) => [one.month, formatDecimal(carriedInto(component, one.own) ?? ZERO)]),
      );
      for (const [number, , full, after, none] of history) {
        assert.equal(paid.get(month(number)) ?? null, mode === "full" ? full : none, `month ${number}`);
        assert.equal(carried.get(month(number + 1)) ?? "0", mode === "full" ? after : "0", `after month ${number}`);
      }
    });
  }

  it("a half cent goes up, once, at the line (10.50 at 45 % is 4.73, a published example)", () => {
    for (const [mode, expected] of [
      ["half_up", 473n],
      ["half_even", 472n],
      ["down", 472n],
    ] as const) {
      const { lines } = calculate({
        from: month(3),
        to: month(3),
        terms: [terms(sharePlan("0.45", { mode: "none" }, { rounding: { mode } }))],
        customers: [],
        totals: [total("2026-03-01", "ggr", 500n), total("2026-03-02", "ggr", 550n)],
        rates: NO_RATES,
      });
      assert.equal(lines[0]?.amountMinor, expected, mode);
      assert.equal(lines[0]?.working.rounding.before, "4.725");
    }
  });

  it("converts at the rate of the day, or of the month's end, and says so", () => {
    const rates = new RateTable("ecb", [
      { day: "2026-02-27", currency: "USD", rate: "1.0" },
      { day: "2026-03-27", currency: "USD", rate: "1.25" },
      { day: "2026-03-31", currency: "USD", rate: "1.6" },
      { day: "2026-03-31", currency: "GBP", rate: "0.8" },
    ]);
    // 100 USD on Sunday 1 March (rate of Friday) and 100 USD on Saturday 28 March
    const totals = [
      total("2026-03-01", "ggr", 10_000n, { currency: "USD" }),
      total("2026-03-28", "ggr", 10_000n, { currency: "USD" }),
    ];
    const input = { from: month(3), to: month(3), customers: [], totals, rates };
    const byDay = calculate({ ...input, terms: [terms(sharePlan("0.50", { mode: "none" }))] });
    assert.equal(byDay.lines[0]?.amountMinor, 9_000n, "100/1 + 100/1.25 = 180, half of it");
    assert.deepEqual(
      byDay.lines[0]?.working.conversions.map((one) => [one.asked, one.published, one.rate, one.converted]),
      [
        ["2026-03-01", "2026-02-27", "1", "100"],
        ["2026-03-28", "2026-03-27", "0.8", "80"],
      ],
    );
    const atEnd = calculate({
      ...input,
      terms: [terms(sharePlan("0.50", { mode: "none" }, { conversion: { at: "month_end" } }))],
    });
    assert.equal(atEnd.lines[0]?.amountMinor, 6_250n, "200/1.6 = 125, half of it");
    assert.throws(
      () =>
        calculate({
          ...input,
          totals: [total("2026-03-28", "ggr", 1n, { currency: "GBP" })],
          terms: [terms(sharePlan("0.5", { mode: "none" }))],
        }),
      (error) => error instanceof Refusal && error.code === "rate_missing" && error.message.includes("2026-03-28"),
    );
  });

  it("only the declared products count", () => {
    const plan = sharePlan("0.50", { mode: "none" });
    Object.assign((plan.components[0] as { base: object }).base, { products: ["poker"] });
    const totals = [total("2026-03-01", "ggr", 100n), total("2026-03-01", "ggr", 1000n, { product: "poker" })];
    const { lines } = calculate({
      from: month(3),
      to: month(3),
      terms: [terms(plan)],
      customers: [],
      totals,
      rates: NO_RATES,
    });
    assert.equal(lines[0]?.amountMinor, 500n);
  });
});

describe("terms that change", () => {
  const v1 = terms(sharePlan("0.30", { mode: "full" }));
  const range = { version: 2, validFrom: "2026-03-16", planHash: "h2" };
  const totals = [
    total("2026-03-15", "ggr", 10_000n, { cohort: "agv_1" }),
    total("2026-03-16", "ggr", 10_000n, { cohort: "agv_1" }),
    total("2026-03-16", "ggr", 1_000n, { cohort: "agv_2" }),
    total("2026-04-01", "ggr", 10_000n, { cohort: "agv_1" }),
  ];
  const run = (v2: Terms) => {
    const { lines } = calculate({
      from: month(3),
      to: month(4),
      terms: [v1, v2],
      customers: [],
      totals,
      rates: NO_RATES,
    });
    return Object.fromEntries(
      lines.map((line) => [`v${line.agreementVersionId.slice(4)} ${line.subjectId}`, line.amountMinor]),
    );
  };

  it("customers move with the agreement on the day", () => {
    const v2 = terms(sharePlan("0.40", { mode: "full" }), { ...range, customers: "move" });
    assert.deepEqual(run(v2), { "v1 2026-03": 3_000n, "v2 2026-03": 4_400n, "v2 2026-04": 4_000n });
  });

  it("customers stay on the terms they entered", () => {
    const v2 = terms(sharePlan("0.40", { mode: "full" }), { ...range, customers: "stay" });
    assert.deepEqual(run(v2), { "v1 2026-03": 6_000n, "v2 2026-03": 400n, "v1 2026-04": 3_000n });
  });

  it("a boost for a fortnight ends by itself", () => {
    const v2 = terms(sharePlan("0.50", { mode: "full" }), { ...range, validTo: "2026-03-30" });
    assert.deepEqual(run(v2), { "v1 2026-03": 3_000n, "v2 2026-03": 5_500n, "v1 2026-04": 3_000n });
  });

  it("a negative first half follows into the new terms", () => {
    const v2 = terms(sharePlan("0.40", { mode: "full" }), { ...range, customers: "move" });
    const { lines, memories } = calculate({
      from: month(3),
      to: month(3),
      terms: [v1, v2],
      customers: [],
      totals: [total("2026-03-01", "ggr", -5_000n), total("2026-03-20", "ggr", 8_000n)],
      rates: NO_RATES,
    });
    assert.deepEqual(
      lines.map((line) => line.amountMinor),
      [0n, 1_200n],
    );
    assert.deepEqual(memories, []);
  });

  it("a customer is paid one CPA, whatever versions there are", () => {
    const first = terms(cpaPlan);
    const second = terms(
      { ...cpaPlan, components: [{ ...(cpaPlan.components[0] as object), code: "cpa_new", amount: "200" } as never] },
      range,
    );
    const facts = customer("7", {
      cohort: "agv_1",
      registeredOn: "2026-03-10",
      kycOn: "2026-03-20",
      deposits: [eur("2026-03-11", 6000n)],
    });
    const input = { from: month(3), to: month(3), customers: [facts], totals: [], rates: NO_RATES };
    const moved = calculate({ ...input, terms: [first, second] }).lines;
    assert.deepEqual(
      moved.map((line) => [line.component, line.amountMinor]),
      [["cpa_new", 20000n]],
    );
    const stayed = calculate({ ...input, terms: [first, { ...second, customers: "stay" }] }).lines;
    assert.deepEqual(
      stayed.map((line) => [line.component, line.amountMinor]),
      [["cpa", 12000n]],
    );
  });

  it("without terms on the day nothing is earned", () => {
    const ended = terms(sharePlan("0.30", { mode: "full" }), { validTo: "2026-03-16" });
    const { lines } = calculate({
      from: month(3),
      to: month(4),
      terms: [ended],
      customers: [],
      totals,
      rates: NO_RATES,
    });
    assert.deepEqual(
      lines.map((line) => [line.subjectId, line.amountMinor]),
      [["2026-03", 3_000n]],
    );
  });
});
