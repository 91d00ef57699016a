import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PlanDocument, type PlanInput } from "@tributary/contract";
import { calculate } from "./calculate.ts";
import { RateTable } from "./rates.ts";
import type { Terms } from "./terms.ts";
import { shortFacts } from "./test-facts.ts";

type Overflow = "reject" | "next_period";

function termsWith(per: "month" | "total", overflow: Overflow): Terms {
  const plan: PlanInput = {
    language: 1,
    currency: "EUR",
    components: [
      {
        code: "cpa",
        model: "cpa",
        amount: "100",
        window: "none",
        qualification: { milestone: "first_deposit" },
        caps: [{ name: "most", limit: "2", of: "items", per, overflow }],
      },
    ],
  };
  const document = PlanDocument.parse(plan);
  const range = { version: 1, validFrom: "2026-01-01", validTo: null, customers: "move" as const };
  return { agreementVersionId: "agv_1", ...range, plan: document, planHash: "hash" };
}

const DAYS = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-03-02", "2026-03-03", "2026-04-01"];

describe("caps that remember, calculated anew from a later month", () => {
  // What each month's own customers are paid, and what is put off into it.
  const table: readonly (readonly ["month" | "total", Overflow, readonly string[]])[] = [
    ["month", "next_period", ["01 200.00", "02 100.00", "03 200.00", "04 100.00"]],
    ["total", "reject", ["01 200.00", "03 0.00", "04 0.00"]],
  ];
  for (const [per, overflow, expected] of table) {
    it(`two a ${per}, the rest ${overflow}`, () => {
      const deposits = (day: string) => [{ day, currency: "EUR", minor: 1000n }];
      const customers = DAYS.map((day, index) => ({ customerId: `c${index}`, deposits: deposits(day) }));
      const terms = [termsWith(per, overflow)];
      const facts = shortFacts(customers, []);
      const base = { terms, termsFor: (all: readonly Terms[]) => all[0], facts, rates: new RateTable("ecb", []) };
      const whole = calculate({ ...base, from: "2026-01-01", to: "2026-04-01", memories: [] });
      const months = Map.groupBy(whole.lines, (line) => line.month.slice(5, 7));
      const sums = [...months].map(([month, lines]) => {
        const minor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
        return `${month} ${minor / 100n}.00`;
      });
      assert.deepEqual(sums.sort(), expected);
      for (const from of ["2026-02-01", "2026-03-01", "2026-04-01"]) {
        const memories = whole.memories.filter((one) => one.month === from);
        const again = calculate({ ...base, from, to: "2026-04-01", memories });
        const amounts = (lines: typeof whole.lines) =>
          lines
            .flatMap((line) =>
              line.subjectKind === "customer" || line.month >= from ? [`${line.key} ${line.amountMinor}`] : [],
            )
            .sort();
        assert.deepEqual(amounts(again.lines), amounts(whole.lines), `from ${from}`);
      }
    });
  }
});
