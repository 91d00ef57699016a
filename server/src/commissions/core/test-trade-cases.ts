import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ComponentInput, type Row, type Situation, unrounded } from "./test-trades.ts";

/** A row of a table of cases. */
export interface Case {
  readonly name: string;
  readonly component: ComponentInput;
  readonly trades: readonly Row[];
  readonly pays: string;
  readonly in?: Situation;
}

/** One test for each case: exactly this, unrounded. */
export function table(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const one of cases) {
      it(`${one.name}: ${one.pays}`, () => assert.equal(unrounded(one.component, one.trades, one.in), one.pays));
    }
  });
}

export const lots = (more: object = {}): ComponentInput =>
  ({ code: "lots", model: "lot_rebate", amount: "1.00", ...more }) as ComponentInput;
export const spread = (more: object = {}): ComponentInput =>
  ({ code: "spread", model: "spread_share", rate: "0.40", spread: { from: "measure" }, ...more }) as ComponentInput;
export const statuses = (bands: readonly (readonly [string, string])[], more: object) => ({
  mode: "whole",
  bounds: "at_least",
  bands: bands.map(([from, value]) => ({ from, value })),
  ...more,
});
