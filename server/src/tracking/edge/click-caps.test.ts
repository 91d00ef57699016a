import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type ClickBudget, type ClickCap, ClickCaps, mostOwed } from "./click-caps.ts";

const AT = Date.parse("2026-03-01T10:00:00Z");

const cap = (most: number): ClickCap => ({
  capId: "cap_x",
  metric: "clicks",
  most,
  period: "total",
  timeZone: "UTC",
});

/** What the database does, in memory: the same arithmetic as caps/store/click-counts.ts, answering when it is told to. */
function sharedCount(most: number) {
  let used = 0;
  const waiting: (() => void)[] = [];
  const budget: ClickBudget = {
    reserve: async (wanted) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return wanted.map(({ debt, ...place }) => {
        const free = most - used - debt;
        const granted = Math.max(0, Math.min(500, free, Math.max(1, Math.floor(free / 8))));
        used += debt + granted;
        const told = { shareBefore: 0, shareAfter: 0, used: BigInt(used), most: BigInt(most), warnAt: 80 };
        return { ...place, granted, left: Math.max(0, most - used), ...told };
      });
    },
    giveBack: async (unused) => {
      for (const { count } of unused) used -= count;
    },
  };
  return { budget, waiting, used: () => used };
}

const idle = () => new Promise((resolve) => setImmediate(resolve));

describe("clicks against a cap, by several processes", () => {
  test("never go beyond it by more than is owed, and use it up when they come one after the other", async () => {
    // One step: which process gets how many clicks, and whether the database then answers.
    const step = fc.record({ process: fc.nat({ max: 2 }), clicks: fc.nat({ max: 60 }), answers: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_500 }), fc.array(step, { maxLength: 60 }), async (most, steps) => {
        const shared = sharedCount(most);
        const processes = [new ClickCaps(), new ClickCaps(), new ClickCaps()];
        for (const one of processes) one.connect(shared.budget, (error) => assert.fail(error));
        let through = 0;
        const answer = async () => {
          for (const resolve of shared.waiting.splice(0)) resolve();
          await idle();
        };
        for (const { process, clicks, answers } of steps) {
          for (let n = 0; n < clicks; n += 1) if (processes[process]?.take(cap(most), "", "", AT)) through += 1;
          if (answers) await answer();
        }
        assert.ok(through <= most + processes.length * mostOwed(most), `${through} of ${most}`);
        // The end: idle blocks come back, what is left can be had, and then the count is what went through.
        for (let n = 0; n < 4; n += 1) await answer();
        for (const one of processes) await one.sweep(true);
        const [first] = processes;
        for (let n = 0; n < most + 10; n += 1) {
          if (first?.take(cap(most), "", "", AT + 10_000 * (n + 1))) through += 1;
          await answer();
        }
        await first?.sweep(true);
        assert.ok(through >= most, `${through} of ${most}`);
        assert.equal(shared.used(), through);
      }),
      { numRuns: 60 },
    );
  });

  test("what the database does not answer costs a few clicks, not the cap", async () => {
    const troubles: Error[] = [];
    const caps = new ClickCaps();
    caps.connect({ reserve: () => Promise.reject(new Error("away")), giveBack: () => Promise.resolve() }, (error) =>
      troubles.push(error),
    );
    let through = 0;
    for (let n = 0; n < 1_000; n += 1) {
      if (caps.take(cap(10_000), "", "", AT)) through += 1;
      await idle();
    }
    assert.equal(through, mostOwed(10_000));
    assert.ok(troubles.length > 0);
  });

  test("a click that another cap refused is put back", async () => {
    const shared = sharedCount(100);
    const caps = new ClickCaps();
    caps.connect(shared.budget, (error) => assert.fail(error));
    caps.take(cap(100), "", "", AT);
    for (const resolve of shared.waiting.splice(0)) resolve();
    await idle();
    for (let n = 0; n < 5; n += 1) {
      assert.equal(caps.take(cap(100), "", "", AT), true);
      caps.putBack(cap(100), "", "", AT);
    }
    await caps.sweep(true);
    assert.equal(shared.used(), 1);
  });
});
