import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { calculateVersions, linesOf } from "../test-versions.ts";

type Component = PlanInput["components"][number];

const sale = (on: string, order: string, amount = "100") => ({ type: "sale", customer: "c1", on, order, sale: amount });
const refund = (on: string, order: string, amount = "100") => ({
  type: "refund",
  customer: "c1",
  on,
  order,
  refund: amount,
});
const visit = (on: string) => ({ type: "visit", customer: "c1", on });

/** The same component with other values before and after a day. */
function lines(before: Component, after: Component, day: string, facts: readonly object[]): string[] {
  const versions = [
    { from: "2026-01-01", components: [before] },
    { from: day, components: [after] },
  ];
  return linesOf(calculateVersions(versions, facts, { from: "2026-01-01", to: "2026-04-01" }));
}

describe("the terms change in the middle of a month", () => {
  const share = (rate: string): Component => ({ code: "sale", model: "sale", rate });

  it("an order is refunded at the rate of its own terms, also in the month of the change", () => {
    const facts = [
      sale("2026-01-10", "a"),
      sale("2026-02-10", "b"),
      sale("2026-02-20", "c"),
      refund("2026-02-25", "b", "50"),
      refund("2026-03-01", "a"),
      refund("2026-03-02", "b", "50"),
      refund("2026-03-03", "c"),
    ];
    assert.deepEqual(lines(share("0.10"), share("0.20"), "2026-02-15", facts), [
      "2026-01 v1 sale 1000",
      "2026-02 v1 sale 1000",
      "2026-02 v2 sale 1500",
      "2026-03 v2 sale -3500",
    ]);
  });
  it("a refund before the change belongs to the terms before it, once", () => {
    const facts = [sale("2026-01-10", "a"), refund("2026-02-03", "a", "25")];
    assert.deepEqual(lines(share("0.10"), share("0.20"), "2026-02-15", facts), [
      "2026-01 v1 sale 1000",
      "2026-02 v1 sale -250",
    ]);
  });

  const fee = (amount: string, proration: "none" | "days"): Component => ({
    code: "fee",
    model: "flat_fee",
    amount,
    per: "month",
    proration,
  });
  const visits = ["2026-01-10", "2026-02-10", "2026-03-10"].map(visit);

  it("a fee is paid by the days of either", () => {
    assert.deepEqual(
      lines(fee("280", "days"), fee("560", "days"), "2026-02-08", visits).filter((line) => line.startsWith("2026-02")),
      ["2026-02 v1 fee 7000", "2026-02 v2 fee 42000"],
    );
  });
  it("a fee that is not prorated is paid once, by the terms of the month's last day", () => {
    assert.deepEqual(lines(fee("280", "none"), fee("560", "none"), "2026-02-08", visits).slice(0, 3), [
      "2026-01 v1 fee 28000",
      "2026-02 v2 fee 56000",
      "2026-03 v2 fee 56000",
    ]);
  });
  it("what is paid once is not paid again by the next version", () => {
    const once: Component = { code: "fee", model: "flat_fee", amount: "500", per: "once", proration: "none" };
    assert.deepEqual(lines(once, once, "2026-02-08", visits), ["2026-01 v1 fee 50000"]);
  });

  const traded = ["2026-01-10", "2026-02-03", "2026-02-20", "2026-03-10"].map((on) => ({
    type: "trade",
    customer: "c1",
    on,
    commission: "100",
  }));
  const withEarner = (component: Component) => [
    { code: "ib", model: "commission_share", rate: "1.00" } as Component,
    component,
  ];
  const both = (before: Component, after: Component) =>
    linesOf(
      calculateVersions(
        [
          { from: "2026-01-01", components: withEarner(before) },
          { from: "2026-02-15", components: withEarner(after) },
        ],
        traded,
        { from: "2026-01-01", to: "2026-03-01" },
      ),
    ).filter((line) => !line.includes(" ib "));

  it("a bonus is paid once, on all of the month's commission", () => {
    const bonus = (rate: string): Component => ({ code: "bonus", model: "bonus", pays: "month", rate });
    assert.deepEqual(both(bonus("0.10"), bonus("0.20")), [
      "2026-01 v1 bonus 1000",
      "2026-02 v2 bonus 4000",
      "2026-03 v2 bonus 2000",
    ]);
  });
  it("a guarantee is settled by days, each version against its own earnings, or whole by the later", () => {
    const least = (proration: "none" | "days"): Component => ({
      code: "least",
      model: "minimum_guarantee",
      amount: "280",
      per: "month",
      of: "all",
      kind: "top_up",
      shortfall: "forgiven",
      proration,
    });
    const february = (proration: "none" | "days") =>
      both(least(proration), least(proration)).filter((line) => line.startsWith("2026-02"));
    assert.deepEqual(february("days"), ["2026-02 v1 least 4000", "2026-02 v2 least 4000"]);
    assert.deepEqual(february("none"), ["2026-02 v2 least 8000"]);
  });
});
