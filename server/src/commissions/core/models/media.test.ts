import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ComponentInput, type Row, stepCodes, unrounded } from "../test-trades.ts";

const cpc = (more: object = {}): ComponentInput =>
  ({ code: "cpc", model: "cpc", amount: "0.35", count: "unique_clicks", ...more }) as ComponentInput;
const perEvent = (more: object = {}): ComponentInput =>
  ({ code: "install", model: "per_event", event: "install", amount: "2.50", each: "event", ...more }) as ComponentInput;

describe("clicks and impressions", () => {
  const cases: readonly (readonly [string, ComponentInput, readonly Row[], string | null])[] = [
    [
      "PAY08, a thousand impressions at 4",
      { code: "cpm", model: "cpm", amount: "4.00" },
      [{ type: "impression", count: "250000" }],
      "1000",
    ],
    ["PAY08, unique clicks at 0.35", cpc(), [{ type: "click", count: "1500", unique: "1200" }], "420"],
    [
      "parts of a thousand in proportion",
      { code: "cpm", model: "cpm", amount: "4.00" },
      [{ type: "impression", count: "1" }],
      "0.004",
    ],
    ["all clicks", cpc({ count: "clicks" }), [{ type: "click", count: "10", unique: "4" }], "3.5"],
    [
      "a visitor's second click of the day is not unique, of the next day it is",
      cpc({ amount: "1" }),
      [
        { type: "click", visitor: "a" },
        { type: "click", visitor: "a" },
        { type: "click", visitor: "b" },
        { type: "click", visitor: "a", on: "2026-03-11" },
      ],
      "3",
    ],
    ["sums in one fact", cpc(), [{ type: "click", unique_clicks: "1200" }], "420"],
    [
      "impressions in one fact",
      { code: "cpm", model: "cpm", amount: "4.00" },
      [{ type: "impression", impressions: "250000" }],
      "1000",
    ],
    ["robots never", cpc({ count: "clicks" }), [{ type: "click", bot: "true" }], null],
    ["clicks nobody says anything about", cpc(), [{ type: "click" }], "0"],
    [
      "by country, the rest nothing",
      cpc({ count: "clicks", amount: { rows: [{ when: { country: ["DE"] }, value: "0.50" }], otherwise: "nothing" } }),
      [
        { type: "click", count: "3", country: "DE" },
        { type: "click", count: "9", country: "FR" },
      ],
      "1.5",
    ],
    ["none at all: no line", cpc(), [], null],
    ["of another month: no line", cpc(), [{ type: "click", unique: "3", on: "2026-02-28" }], null],
  ];
  for (const [name, component, rows, pays] of cases) it(name, () => assert.equal(unrounded(component, rows), pays));
  it("the working says that nobody knows", () =>
    assert.ok(stepCodes(cpc(), [{ type: "click" }]).includes("clicks_unknown")));
});

describe("per event", () => {
  const cases: readonly (readonly [string, ComponentInput, readonly Row[], string | null])[] = [
    ["every install", perEvent(), [{ type: "install" }, { type: "install" }, { type: "install", count: "3" }], "12.5"],
    [
      "a customer's first",
      perEvent({ each: "customer" }),
      [{ type: "install" }, { type: "install" }, { type: "install", customer: "c2" }],
      "5",
    ],
    [
      "a customer's first was in the month before",
      perEvent({ each: "customer" }),
      [{ type: "install", on: "2026-02-28" }, { type: "install" }],
      "0",
    ],
    [
      "a first one that the component does not look at is none",
      perEvent({ each: "customer", only: { app: ["casino"] } }),
      [
        { type: "install", on: "2026-02-28", app: "poker" },
        { type: "install", app: "casino" },
      ],
      "2.5",
    ],
    [
      "taken back by a refund in time",
      perEvent({ clawback: { on: ["refund"], within: { days: 30 } } }),
      [{ type: "install" }, { type: "refund", on: "2026-04-09" }, { type: "install", customer: "c2" }],
      "2.5",
    ],
    [
      "a refund a day too late",
      perEvent({ clawback: { on: ["refund"], within: { days: 30 } } }),
      [{ type: "install" }, { type: "refund", on: "2026-04-10" }],
      "2.5",
    ],
    [
      "what was refunded before does not take back what came after",
      perEvent({ clawback: { on: ["refund"], within: "ever" } }),
      [{ type: "refund" }, { type: "install" }],
      "2.5",
    ],
    ["other events are none", perEvent(), [{ type: "registration" }], null],
  ];
  for (const [name, component, rows, pays] of cases) it(name, () => assert.equal(unrounded(component, rows), pays));
});
