import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { byMonth, evaluatePlan } from "../test-run.ts";

type Sale = Extract<PlanInput["components"][number], { model: "sale" }>;

const plan = (more: Partial<Sale>, currency = "EUR") => ({
  currency,
  components: [{ code: "sale", model: "sale", ...more } as Sale],
});
const sale = (on: string, amount: string, more: object = {}) => ({
  type: "sale",
  customer: "c1",
  on,
  sale: amount,
  ...more,
});
const refund = (on: string, amount: string, more: object = {}) => ({
  type: "refund",
  customer: "c1",
  on,
  refund: amount,
  ...more,
});
/** Earned month by month, from January on. */
const amounts = (more: Partial<Sale>, facts: readonly object[]) =>
  byMonth(evaluatePlan(plan(more), facts)).map((one) => one.split(" ")[1]);
const bands = (...rows: readonly (readonly [string, string])[]) => rows.map(([from, value]) => ({ from, value }));

describe("orders, published cases", () => {
  const byOrder = {
    metric: { item: "amount" },
    mode: "whole" as const,
    bounds: "at_least" as const,
    bands: bands(["0", "0.10"], ["50", "0.15"], ["100", "0.20"]),
  };
  const tiered = (order: string) => amounts({ rate: byOrder }, [sale("2026-01-05", order)])[0];

  it("TIER01 tiers by the size of each order", () => {
    assert.deepEqual(["25", "75", "200"].map(tiered), ["2.50", "11.25", "40.00"]);
    const facts = ["25", "75", "200"].map((order, index) => sale(`2026-01-0${index + 1}`, order));
    assert.deepEqual(amounts({ rate: byOrder }, facts), ["53.75"]);
  });
  it("TIER01 at exactly 100, where the published text overlaps: either reading can be said", () => {
    assert.equal(tiered("100"), "20.00");
    assert.equal(amounts({ rate: { ...byOrder, bounds: "more_than" } }, [sale("2026-01-05", "100")])[0], "15.00");
  });
  it("TIER03 the month's count lifts the rate of the whole month: 600, and 900 with one more", () => {
    const rate = {
      metric: { count: "sale" },
      mode: "retroactive" as const,
      bounds: "at_least" as const,
      bands: bands(["0", "0.10"], ["10", "0.15"], ["20", "0.20"], ["30", "0.25"], ["40", "0.30"]),
    };
    const orders = (count: number, last: string) => [
      { type: "sale", customer: "c", on: "2026-01-05", sale: "600", order: "{n}", repeat: count - 1 },
      { type: "sale", customer: "c0", on: "2026-01-09", sale: last },
    ];
    assert.deepEqual(amounts({ rate }, orders(9, "1200")), ["600.00"]);
    assert.deepEqual(amounts({ rate }, orders(10, "600")), ["900.00"]);
  });
  it("OVR01 the custom 3 beats the default 2, then the tier adds ten per cent: 3.30", () => {
    const terms: Partial<Sale> = {
      event: "conversion",
      amount: "2",
      overrides: [{ name: "custom", only: { deal: ["custom"] }, value: "3" }],
      factors: [{ name: "tier", factor: { rows: [{ when: { tier: ["gold"] }, value: "1.10" }], otherwise: "1" } }],
    };
    const facts = (partner: object) => [
      { partner: "self", ...partner },
      { type: "conversion", customer: "c1", on: "2026-01-05" },
    ];
    assert.deepEqual(amounts(terms, facts({ deal: "custom", tier: "gold" })), ["3.30"]);
    assert.deepEqual(amounts(terms, facts({ deal: "custom" })), ["3.00"]);
    assert.deepEqual(amounts(terms, facts({ tier: "gold" })), ["2.20"]);
    assert.deepEqual(amounts(terms, facts({})), ["2.00"]);
  });
  it("a value agreed with one user goes before the custom one, and no tier comes on top of it", () => {
    const user = { user: ["u1"] };
    const terms: Partial<Sale> = {
      event: "conversion",
      amount: "2",
      overrides: [
        { name: "user", only: user, value: "5" },
        { name: "custom", only: { deal: ["custom"] }, value: "3" },
      ],
      factors: [
        {
          name: "tier",
          factor: {
            rows: [
              { when: user, value: "1" },
              { when: { tier: ["gold"] }, value: "1.10" },
            ],
            otherwise: "1",
          },
        },
      ],
    };
    const facts = [
      { partner: "self", deal: "custom", tier: "gold" },
      { type: "conversion", customer: "c1", on: "2026-01-05", user: "u1" },
      { type: "conversion", customer: "c2", on: "2026-02-05" },
    ];
    assert.deepEqual(amounts(terms, facts), ["5.00", "3.30"]);
  });
  it("the month's sales through bands: the whole at one rate, every slice at its own, or each order at what was reached before it", () => {
    const facts = ["600", "600", "800"].map((amount, n) => sale(`2026-01-0${n + 1}`, amount, { order: `o${n}` }));
    const rate = (mode: "whole" | "marginal" | "prospective") => ({
      metric: { sum: "sale" },
      mode,
      bounds: "at_least" as const,
      bands: bands(["0", "0.05"], ["1000", "0.10"]),
    });
    assert.deepEqual(amounts({ rate: rate("whole") }, facts), ["200.00"]);
    assert.deepEqual(amounts({ rate: rate("marginal") }, facts), ["150.00"]);
    assert.deepEqual(amounts({ rate: rate("prospective") }, facts), ["140.00"]);
    const back = refund("2026-02-01", "600", { order: "o1" });
    assert.deepEqual(amounts({ rate: rate("marginal") }, [...facts, back]), ["150.00", "-40.00"]);
    assert.deepEqual(amounts({ rate: rate("prospective") }, [...facts, back]), ["140.00", "-30.00"]);
  });
  it("REF01 ten referrals at a flat 5: 50", () => {
    const facts = [{ type: "referral", customer: "r{n}", on: "2026-01-05", repeat: 10 }];
    assert.deepEqual(amounts({ event: "referral", amount: "5" }, facts), ["50.00"]);
  });
  it("an override with dates holds on its days only", () => {
    const overrides = [{ name: "spring", from: "2026-03-10", until: "2026-03-20", value: "0.20" }];
    const facts = ["09", "10", "20", "21"].map((day) => sale(`2026-03-${day}`, "100"));
    assert.deepEqual(amounts({ rate: "0.10", overrides }, facts), ["60.00"]);
  });
});

describe("what an order is worth", () => {
  const order = sale("2026-01-05", "119.00", { tax: "19.00", fees: "4.50" });
  for (const [name, basis, earned] of [
    ["as paid", undefined, "11.90"],
    ["less tax", [{ add: "sale" }, { deduct: "tax" }], "10.00"],
    ["less tax and fees", [{ add: "sale" }, { deduct: "tax" }, { deduct: "fees" }], "9.55"],
    [
      "less 3 % of what is left",
      [{ add: "sale" }, { deduct: "tax" }, { deduct: { rate: "0.03", of: "remainder" } }],
      "9.70",
    ],
  ] as const) {
    it(name, () =>
      assert.deepEqual(amounts({ rate: "0.10", ...(basis === undefined ? {} : { basis: [...basis] }) }, [order]), [
        earned,
      ]),
    );
  }
  it("an order of another currency counts at the rate of its day", () => {
    const facts = [{ on: "2026-01-05", currency: "USD", rate: "1.25" }, sale("2026-01-05", "100", { currency: "USD" })];
    assert.deepEqual(amounts({ rate: "0.10" }, facts), ["8.00"]);
  });
});

describe("limits of orders", () => {
  it("most per order, and the rounding of each before they are summed", () => {
    const facts = [sale("2026-01-05", "10.49"), sale("2026-01-06", "10.49"), sale("2026-01-07", "900")];
    assert.deepEqual(amounts({ rate: "0.10", itemAtMost: "30" }, facts), ["32.10"]);
    assert.deepEqual(amounts({ rate: "0.10", itemRounding: { places: 0, mode: "up" } }, facts), ["94.00"]);
    assert.deepEqual(amounts({ rate: "0.10", itemAtMost: "30", itemRounding: { places: 0, mode: "down" } }, facts), [
      "32.00",
    ]);
  });
  it("only the customer's first order, also when it was before the component began", () => {
    const facts = [
      sale("2026-01-05", "100"),
      sale("2026-01-09", "500"),
      sale("2026-02-01", "70"),
      sale("2026-02-02", "40", { customer: "c2" }),
    ];
    assert.deepEqual(amounts({ rate: "0.10", orders: "first" }, facts), ["10.00", "4.00"]);
    assert.deepEqual(amounts({ rate: "0.10", orders: "first", from: "2026-01-06" }, facts), ["0.00", "4.00"]);
  });
  it("the first of those that it looks at", () => {
    const facts = [sale("2026-01-05", "100", { product: "book" }), sale("2026-01-09", "500", { product: "course" })];
    assert.deepEqual(amounts({ rate: "0.10", orders: "first", only: { product: ["course"] } }, facts), ["50.00"]);
  });
  it("a cap on orders, and on amounts: what refunds take back stays inside it", () => {
    const cap = (of: "items" | "amount", limit: string) => [
      { name: "cap", limit, of, per: "month", overflow: "reject" } as const,
    ];
    const facts = [1, 2, 3].map((n) => sale(`2026-01-0${n}`, "100", { order: `o${n}` }));
    assert.deepEqual(amounts({ rate: "0.10", caps: cap("items", "2") }, facts), ["20.00"]);
    assert.deepEqual(amounts({ rate: "0.10", caps: cap("amount", "25") }, facts), ["25.00"]);
    assert.deepEqual(
      amounts({ rate: "0.10", caps: cap("amount", "25") }, [...facts, refund("2026-01-09", "100", { order: "o1" })]),
      ["15.00"],
    );
  });
});

describe("refunds", () => {
  const ten: Partial<Sale> = { rate: "0.10" };
  const order = sale("2026-01-05", "100", { order: "o1" });
  for (const [name, more, facts, earned] of [
    ["in the same month", ten, [order, refund("2026-01-09", "100", { order: "o1" })], ["0.00"]],
    ["in a later month", ten, [order, refund("2026-03-09", "100", { order: "o1" })], ["10.00", "0.00", "-10.00"]],
    ["a part of it", ten, [order, refund("2026-02-09", "25", { order: "o1" })], ["10.00", "-2.50"]],
    [
      "in parts, and more than there was",
      ten,
      [order, ...["25", "60", "60"].map((x, n) => refund(`2026-0${n + 2}-01`, x, { order: "o1" }))],
      ["10.00", "-2.50", "-6.00", "-1.50"],
    ],
    [
      "whole",
      { ...ten, refunds: "whole" },
      [order, refund("2026-02-09", "1", { order: "o1" }), refund("2026-02-10", "1", { order: "o1" })],
      ["10.00", "-10.00"],
    ],
    ["kept", { ...ten, refunds: "kept" }, [order, refund("2026-02-09", "100", { order: "o1" })], ["10.00"]],
    [
      "without an amount: the whole order",
      ten,
      [order, { type: "chargeback", customer: "c1", on: "2026-02-09", order: "o1" }],
      ["10.00", "-10.00"],
    ],
    ["before its order in the file", ten, [refund("2026-01-09", "100", { order: "o1" }), order], ["0.00"]],
    [
      "before its order in time",
      ten,
      [refund("2026-01-09", "100", { order: "o2" }), sale("2026-02-01", "100", { order: "o2" })],
      ["0.00", "0.00"],
    ],
    ["of an order nobody knows", ten, [order, refund("2026-02-09", "100", { order: "elsewhere" })], ["10.00"]],
    [
      "that names none: the latest order before it",
      ten,
      [order, sale("2026-01-20", "40"), sale("2026-03-01", "500"), refund("2026-02-09", "40")],
      ["14.00", "-4.00", "50.00"],
    ],
    [
      "that name none, twice: the latest that is left",
      ten,
      [order, sale("2026-01-20", "40"), refund("2026-02-09", "40"), refund("2026-02-10", "100")],
      ["14.00", "-14.00"],
    ],
    ["that names none, on the day of the order", ten, [refund("2026-01-05", "100"), order], ["0.00"]],
    ["of a flat amount", { amount: "7" }, [order, refund("2026-02-09", "50", { order: "o1" })], ["7.00", "-3.50"]],
    [
      "of an order that was limited",
      { ...ten, itemAtMost: "4" },
      [order, refund("2026-02-09", "50", { order: "o1" })],
      ["4.00", "-2.00"],
    ],
    [
      "of an order that does not count",
      { ...ten, orders: "first" },
      [order, sale("2026-01-06", "300", { order: "o2" }), refund("2026-02-01", "300", { order: "o2" })],
      ["10.00"],
    ],
    [
      "of gross, where the basis is net",
      { ...ten, basis: [{ add: "sale" }, { deduct: "tax" }] },
      [{ ...order, tax: "20" }, refund("2026-02-01", "50", { order: "o1" })],
      ["8.00", "-4.00"],
    ],
    [
      "of one part of an order in two",
      ten,
      [order, sale("2026-01-07", "300", { order: "o1" }), refund("2026-02-01", "100", { order: "o1" })],
      ["40.00", "-10.00"],
    ],
    [
      "of an order outside the component's dates",
      { ...ten, from: "2026-01-06" },
      [order, sale("2026-01-07", "50", { order: "o2" }), refund("2026-02-01", "100", { order: "o1" })],
      ["5.00"],
    ],
  ] as readonly (readonly [string, Partial<Sale>, readonly object[], readonly string[]])[]) {
    it(name, () => {
      const found = amounts(more, facts);
      assert.deepEqual(
        found,
        earned.length === found.length ? earned : [...earned, ...Array(found.length - earned.length).fill("0.00")],
      );
    });
  }

  it("belongs to the component that paid the order, not to its neighbor", () => {
    const components = ["book", "course"].map((product) => ({
      code: product,
      model: "sale" as const,
      rate: "0.10",
      only: { product: [product] },
    }));
    const facts = [
      sale("2026-01-05", "100", { product: "book", order: "b" }),
      sale("2026-01-06", "300", { product: "course", order: "k" }),
    ];
    const months = (refunded: object) =>
      evaluatePlan({ currency: "EUR", components }, [...facts, refunded]).months[1]?.components;
    assert.deepEqual(months(refund("2026-02-01", "100", { order: "b" })), { book: "-10.00" });
    assert.deepEqual(months(refund("2026-02-01", "100")), { course: "-10.00" });
    assert.deepEqual(months(refund("2026-02-01", "100", { product: "book" })), { book: "-10.00" });
  });

  it("is taken back at the rate of the order's month, not at that of its own", () => {
    const rate = {
      metric: { count: "sale" },
      mode: "whole" as const,
      bounds: "at_least" as const,
      bands: bands(["0", "0.10"], ["2", "0.20"]),
    };
    const facts = [
      sale("2026-01-05", "100", { order: "o1" }),
      sale("2026-01-06", "100", { order: "o2" }),
      sale("2026-02-05", "100", { order: "o3" }),
      refund("2026-02-09", "100", { order: "o1" }),
      refund("2026-03-09", "50", { order: "o2" }),
      refund("2026-03-10", "50", { order: "o3" }),
    ];
    assert.deepEqual(amounts({ rate }, facts), ["40.00", "-10.00", "-15.00"]);
  });

  it("of orders at several rates in one month each at its own", () => {
    const rate = { rows: [{ when: { product: ["a"] }, value: "0.30" }], otherwise: "0.10" };
    const facts = [
      ...[1, 2, 3].map((n) => sale(`2026-01-0${n}`, "100", { order: `b${n}`, product: "b" })),
      sale("2026-01-09", "100", { order: "a", product: "a" }),
      refund("2026-02-01", "100", { order: "a" }),
      refund("2026-02-02", "100", { order: "b1" }),
    ];
    assert.deepEqual(amounts({ rate }, facts), ["60.00", "-40.00"]);
  });

  const capped = { name: "cap", limit: "25", of: "amount", per: "month", overflow: "reject" } as const;
  const three = [1, 2, 3].map((n) => sale(`2026-01-0${n}`, "100", { order: `o${n}` }));
  it("of an order that a cap had cut takes back what was left of it", () => {
    for (const [order, left] of [
      ["o1", "-10.00"],
      ["o3", "-5.00"],
    ] as const) {
      assert.deepEqual(amounts({ ...ten, caps: [capped] }, [...three, refund("2026-02-09", "100", { order })]), [
        "25.00",
        left,
      ]);
    }
    const late = refund("2026-01-20", "100", { order: "o3" });
    assert.deepEqual(amounts({ ...ten, caps: [capped] }, [...three, late]), ["20.00"]);
    const total = { ...capped, per: "total" } as const;
    const facts = [...three, sale("2026-02-01", "100", { order: "o4" }), refund("2026-03-01", "100", { order: "o4" })];
    assert.deepEqual(amounts({ ...ten, caps: [total] }, facts), ["25.00", "0.00", "0.00"]);
  });

  it("of a month that a gate had closed takes back what the gate left, also while it is closed", () => {
    const gate = (otherwise: "nothing" | "hold" | { factor: string }) =>
      ({ needs: { metric: { count: "sale" }, atLeast: "3" }, otherwise }) as const;
    const open = [...three, refund("2026-02-09", "100", { order: "o1" })];
    const closed = [sale("2026-01-05", "100", { order: "o1" }), refund("2026-02-09", "100", { order: "o1" })];
    assert.deepEqual(amounts({ ...ten, gate: gate("nothing") }, open), ["30.00", "-10.00"]);
    assert.deepEqual(amounts({ ...ten, gate: gate("nothing") }, closed), ["0.00", "0.00"]);
    assert.deepEqual(amounts({ ...ten, gate: gate({ factor: "0.5" }) }, closed), ["5.00", "-5.00"]);
    assert.deepEqual(
      amounts({ ...ten, gate: gate({ factor: "0.5" }) }, [
        closed[0] as object,
        refund("2026-01-09", "50", { order: "o1" }),
      ]),
      ["2.50"],
    );
    const both = [...open, sale("2026-02-10", "200", { order: "o4" })];
    assert.deepEqual(amounts({ ...ten, gate: gate("nothing") }, both), ["30.00", "-10.00"]);
    assert.deepEqual(amounts({ ...ten, gate: gate({ factor: "0.5" }) }, both), ["30.00", "0.00"]);
  });

  it("is taken back at the currency rate of the order", () => {
    const facts = [
      { on: "2026-01-05", currency: "USD", rate: "1.25" },
      { on: "2026-02-09", currency: "USD", rate: "2.00" },
      sale("2026-01-05", "100", { currency: "USD", order: "o1" }),
      refund("2026-02-09", "100", { currency: "USD", order: "o1" }),
    ];
    assert.deepEqual(amounts(ten, facts), ["8.00", "-8.00"]);
  });

  it("says in its working which order, at what, and when it was paid", () => {
    const evaluation = evaluatePlan(plan(ten), [order, refund("2026-02-09", "25", { order: "o1" })]);
    const step = evaluation.lines.at(-1)?.working.steps.find((one) => one.code === "order_refunded");
    assert.deepEqual(step?.values, {
      order: "o1",
      paidOn: "2026-01-05",
      arithmetic: "10 × 25 ÷ 100",
      value: "-2.5",
      currency: "EUR",
    });
    assert.match(
      evaluation.lines.at(-1)?.explanation.join("\n") ?? "",
      /Taken back for order o1, at what was paid for it on 5 January 2026/,
    );
  });
});
