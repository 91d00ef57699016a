import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decimal, formatDecimal } from "../../kernel/decimal.ts";
import { clicksOf } from "./clicks.ts";
import type { Entry } from "./entries.ts";

const click = (more: Partial<Entry>): Entry => ({
  day: "2026-03-02",
  at: null,
  type: "click",
  id: null,
  customerId: null,
  cohort: "",
  currency: null,
  measures: {},
  quantities: {},
  dimensions: {},
  count: 1,
  ...more,
});

describe("clicks of a metric", () => {
  const entries = [
    click({ count: 100, quantities: { unique: decimal("80") } }),
    click({ dimensions: { visitor: "a" } }),
    click({ dimensions: { visitor: "a" } }),
    click({ dimensions: { visitor: "a" }, day: "2026-03-03" }),
    click({ count: 5 }),
    click({ count: 7, dimensions: { bot: "true" } }),
    click({ type: "impression", count: 1000 }),
  ];

  it("leaves robots out", () => assert.equal(formatDecimal(clicksOf(entries, "clicks")), "108"));

  it("counts a visitor once a day, and those of whom nobody says so not at all", () =>
    assert.equal(formatDecimal(clicksOf(entries, "unique_clicks")), "82"));
});
