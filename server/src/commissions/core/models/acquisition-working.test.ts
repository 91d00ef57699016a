import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluatePlan } from "../test-run.ts";

describe("the working of what is paid for a customer", () => {
  const bands = [
    { from: "10", value: "15" },
    { from: "50", value: "45" },
    { from: "100", value: "90" },
  ];
  const bySize = {
    currency: "USD",
    components: [
      {
        code: "cpa",
        model: "cpa" as const,
        window: "none" as const,
        qualification: { metric: "first_deposit", atLeast: "10" },
        amount: {
          metric: { item: "first_deposit" as const },
          mode: "whole" as const,
          bounds: "at_least" as const,
          bands,
        },
      },
    ],
  };
  const deposits = [
    { type: "deposit", customer: "a", on: "2026-03-01", amount: 100 },
    { type: "deposit", customer: "b", on: "2026-03-02", amount: 60 },
    { type: "deposit", customer: "d", on: "2026-03-03", amount: 10 },
  ];

  it("names the customer's own band and number, nobody else's", () => {
    const { lines } = evaluatePlan(bySize, deposits);
    const own = lines.map((line) => line.working.steps.filter((step) => step.code === "tier_reached"));
    assert.deepEqual(
      own.map((steps) => steps.map(({ values }) => [values.reached, values.tier])),
      [[["100", "100 +"]], [["60", "50 – 100"]], [["10", "10 – 50"]]],
    );
    assert.deepEqual(
      lines.map((line) => line.tier),
      ["100 +", "50 – 100", "10 – 50"],
    );
    const said = lines[1]?.explanation.join("\n") ?? "";
    assert.match(said, /Tier 100 \+: 90.*needs 100/, "a band above is one that was not reached");
  });

  it("says of a condition that does not hold what is true", () => {
    const gate = {
      needs: { metric: { count: "first_deposits" as const }, atLeast: "99" },
      otherwise: "nothing" as const,
    };
    const gated = { ...bySize, components: bySize.components.map((component) => ({ ...component, gate })) };
    const { lines } = evaluatePlan(gated, deposits);
    const said = lines[0]?.explanation ?? [];
    assert.ok(
      said.some((line) => line.endsWith(": 3 < 99")),
      said.join("\n"),
    );
  });
});
