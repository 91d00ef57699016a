import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { threadsFor } from "./spare-cores.ts";

describe("threads of a report", () => {
  const table: readonly (readonly [string, number, number, number, number])[] = [
    ["an idle machine: every core", 2, 0, 0, 2],
    ["what the reports themselves use does not count", 2, 2000, 2000, 2],
    ["clicks on half a core: still both", 2, 490, 0, 2],
    ["clicks on one core: the other", 2, 1000, 0, 1],
    ["clicks beside a report: one stays free", 2, 1900, 950, 1],
    ["a machine that is full: one, never none", 2, 2000, 0, 1],
    ["one core", 1, 1000, 0, 1],
    ["a large machine: eight at most", 32, 4000, 0, 8],
  ];
  for (const [name, cores, busy, own, expected] of table)
    it(name, () => {
      const second = threadsFor(
        cores,
        { busy: 5000, own: 100, at: 0 },
        { busy: 5000 + busy, own: 100 + own, at: 1000 },
      );
      assert.equal(second, expected);
    });

  it("before any time has passed: one", () => {
    const start = { busy: 1, own: 1, at: 1 };
    assert.equal(threadsFor(8, start, start), 1);
  });
});
