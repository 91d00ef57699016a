import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RUN_STATES, type RunMatrixRow } from "@tributary/contract";
import fc from "fast-check";
import { type CAUSES, type Cell, decompose, sumOfCauses } from "./decompose.ts";
import { standsInFor } from "./delegation.ts";
import { duesOf } from "./due.ts";
import { levelsAfter, mayCancel, RUN_LIFE } from "./life.ts";
import { approvalProblem, isThrough, needsOf } from "./matrix.ts";
import { monthsBefore, runsOf } from "./periods.ts";
import { scheduleOf } from "./schedule.ts";
import { USUAL_SETTINGS } from "./usual-settings.ts";
import { workingDay } from "./working-days.ts";

const calendar = { timeZone: "Europe/Madrid", weekend: [6, 7], holidays: ["2026-01-01", "2026-01-06"], dueHour: 18 };

describe("the life of a run", () => {
  it("leads from open to closed over every state, and nowhere back past the closing of statements", () => {
    const walked: string[] = ["open"];
    for (let state = RUN_LIFE.open.to; state !== null; state = RUN_LIFE[state].to) walked.push(state);
    assert.deepEqual([...walked, "cancelled"], [...RUN_STATES]);
    const closed = RUN_STATES.slice(RUN_STATES.indexOf("validated"));
    for (const state of closed) {
      assert.equal(mayCancel(state), false, state);
      for (const to of RUN_LIFE[state].back) assert.ok(closed.includes(to), `${state} → ${to}`);
    }
    assert.deepEqual(levelsAfter("regionally_approved"), ["central", "finance"]);
  });
});

describe("due times", () => {
  for (const [from, number, due] of [
    ["2026-03-01", 1, "2026-03-02"],
    ["2026-03-01", 3, "2026-03-04"],
    ["2026-03-01", 6, "2026-03-09"],
    ["2026-01-01", 1, "2026-01-02"],
    ["2026-01-01", 3, "2026-01-07"],
  ] as const)
    it(`the ${number}. working day from ${from} is ${due}`, () =>
      assert.equal(workingDay(from, number, calendar), due));

  it("are instants by the operator's clock, summer or winter", () => {
    assert.deepEqual(duesOf("2026-03-01", { frozen: 1 }, calendar), { frozen: "2026-03-02T17:00:00.000Z" });
    assert.deepEqual(duesOf("2026-07-01", { frozen: 1 }, calendar), { frozen: "2026-07-01T16:00:00.000Z" });
  });
});

describe("periods", () => {
  for (const [cadence, day, expected] of [
    ["monthly", "2026-02-14", ["statement 2026-02-01 2026-03-01"]],
    ["quarterly", "2026-02-14", ["statement 2026-01-01 2026-04-01"]],
    ["half_monthly", "2026-02-14", ["interim 2026-02-01 2026-02-16", "statement 2026-02-01 2026-03-01"]],
    ["half_monthly", "2026-02-20", ["statement 2026-02-01 2026-03-01"]],
    ["weekly", "2026-02-28", ["interim 2026-02-23 2026-03-02", "statement 2026-02-01 2026-03-01"]],
  ] as const)
    it(`${cadence} on ${day}: ${expected.join(", ")}`, () => {
      assert.deepEqual(
        runsOf(cadence, day).map(({ mode, from, to }) => `${mode} ${from} ${to}`),
        expected,
      );
    });

  it("are compared with what came before, of the same length", () => {
    assert.deepEqual(monthsBefore(["2026-01-01", "2026-02-01", "2026-03-01"]), [
      "2025-10-01",
      "2025-11-01",
      "2025-12-01",
    ]);
  });

  it("every partner has one schedule: the one that names it, its region's, everybody's", () => {
    const schedule = (code: string, partnerIds: string[], regionIds: string[]) => ({
      code,
      name: code,
      cadence: "monthly" as const,
      partnerIds,
      regionIds,
    });
    const all = [schedule("rest", [], []), schedule("latam", [], ["rgn_la"]), schedule("big", ["prt_1"], [])];
    const of = (partnerId: string, regionId: string | null) => scheduleOf({ partnerId, regionId }, all)?.code;
    assert.deepEqual([of("prt_1", "rgn_la"), of("prt_2", "rgn_la"), of("prt_3", null)], ["big", "latam", "rest"]);
    assert.equal(scheduleOf({ partnerId: "prt_9", regionId: null }, all.slice(1)), null);
  });
});

/** One component, one tier, unless it says otherwise: quantity and amount before, then now. */
function cell(before: [number, number], now: [number, number], more: Partial<Cell> = {}): Cell {
  const units = (value: number) => BigInt(Math.round(value * 1e8));
  return {
    unit: "cpa",
    component: "casino cpa",
    tier: "",
    quantityBefore: units(before[0]),
    amountBefore: BigInt(before[1]),
    quantity: units(now[0]),
    amount: BigInt(now[1]),
    ...more,
  };
}

const NOTHING_ELSE = { adjustment: 0n, adjustmentBefore: 0n, earlier: 0n, earlierBefore: 0n };

describe("why an amount changed", () => {
  const cases: readonly (readonly [string, readonly Cell[], Partial<Record<(typeof CAUSES)[number], bigint>>])[] = [
    ["12 customers at 100 instead of 10: volume", [cell([10, 100_000], [12, 120_000])], { volume: 20_000n }],
    ["10 customers at 120 instead of 100: rate", [cell([10, 100_000], [10, 120_000])], { rate: 20_000n }],
    [
      "10 customers, now 4 of them at the higher tier of 150: tier",
      [cell([10, 100_000], [6, 60_000], { tier: "1" }), cell([0, 0], [4, 60_000], { tier: "2" })],
      { tier: 20_000n },
    ],
    [
      "5 and 5 customers of two programs at 100 and 200 become 2 and 8: mix",
      [cell([5, 50_000], [2, 20_000], { component: "a" }), cell([5, 100_000], [8, 160_000], { component: "b" })],
      { mix: 30_000n },
    ],
    [
      "revenue and customers are not added up",
      [cell([10, 100_000], [10, 100_000]), cell([50_000, 1_500_000], [60_000, 1_800_000], { unit: "revenue_share" })],
      { volume: 300_000n },
    ],
    ["nothing before: it is all volume", [cell([0, 0], [3, 30_000])], { volume: 30_000n }],
    ["nothing now: so it is", [cell([3, 30_000], [0, 0])], { volume: -30_000n }],
    ["an amount without a quantity is the rate", [cell([0, 5_000], [0, 8_000])], { rate: 3_000n }],
  ];
  for (const [name, cells, expected] of cases)
    it(name, () => {
      const causes = decompose(cells, NOTHING_ELSE);
      assert.deepEqual(Object.fromEntries(Object.entries(causes).filter(([, minor]) => minor !== 0n)), expected);
    });

  it("corrections by hand and of earlier months stand by themselves", () => {
    const causes = decompose([], { adjustment: 500n, adjustmentBefore: 200n, earlier: -700n, earlierBefore: 0n });
    assert.deepEqual([causes.adjustment, causes.earlier, sumOfCauses(causes)], [300n, -700n, -400n]);
  });

  it("sums to the change, to the cent, whatever the numbers", () => {
    const big = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const any = fc.record({
      unit: fc.constantFrom("cpa", "share"),
      component: fc.constantFrom("a", "b", "c"),
      tier: fc.constantFrom("", "1", "2"),
      quantity: big,
      amount: big,
      quantityBefore: big,
      amountBefore: big,
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), big, big, (cells, adjustment, earlier) => {
        const causes = decompose(cells, { adjustment, adjustmentBefore: 3n, earlier, earlierBefore: -5n });
        const change =
          cells.reduce((sum, one) => sum + one.amount - one.amountBefore, 0n) + adjustment - 3n + earlier + 5n;
        assert.equal(sumOfCauses(causes), change);
      }),
    );
  });
});

const MATRIX: readonly RunMatrixRow[] = [
  { level: "regional", currency: "*", above: "0", approvals: 1 },
  { level: "central", currency: "*", above: "100000", approvals: 1 },
  { level: "central", currency: "*", above: "5000000", approvals: 2 },
  { level: "central", currency: "JPY", above: "1000000", approvals: 1 },
  { level: "finance", currency: "*", above: "0", approvals: 1 },
];

describe("the approval matrix", () => {
  for (const [currency, minor, regional, central, finance] of [
    ["EUR", 0n, 1, 0, 1],
    ["EUR", 100_000n, 1, 0, 1],
    ["EUR", 100_001n, 1, 1, 1],
    ["EUR", 5_000_001n, 1, 2, 1],
    ["EUR", -5_000_001n, 1, 2, 1],
    ["JPY", 900_000n, 1, 0, 1],
    ["JPY", 1_000_001n, 1, 1, 1],
  ] as const)
    it(`${minor} ${currency}: ${regional} regional, ${central} central, ${finance} finance`, () => {
      assert.deepEqual(needsOf(MATRIX, currency, minor), { regional, central, finance });
    });

  it("never lets one signature be enough, whatever is written in it", () => {
    assert.deepEqual(needsOf([], "EUR", 5n), { regional: 0, central: 1, finance: 1 });
    assert.deepEqual(needsOf([{ level: "finance", currency: "*", above: "0", approvals: 0 }], "EUR", 5n), {
      regional: 0,
      central: 1,
      finance: 1,
    });
  });

  it("people who look after a partner, entered something, or stand in for such a person do not approve", () => {
    const item = { ownerUserId: "kam", enteredBy: ["ops"], given: [], needs: { regional: 1, central: 1, finance: 1 } };
    const ask = (person: string, actingFor: string | null = null) =>
      approvalProblem(item, "regional", { person, actingFor });
    assert.deepEqual([ask("kam"), ask("ops"), ask("ana")], ["owner", "entered", null]);
    assert.deepEqual([ask("ana", "kam"), ask("kam", "ana"), ask("ana", "ops")], ["owner", "owner", "entered"]);
  });
});

describe("signatures", () => {
  it("no order of approvals lets one person, or two who stand in for each other, approve alone", () => {
    const people = ["ana", "ben", "kam", "ops", "eva"];
    const attempt = fc.record({
      level: fc.constantFrom("regional" as const, "central" as const, "finance" as const),
      person: fc.constantFrom(...people),
      actingFor: fc.option(fc.constantFrom(...people)),
    });
    const needs = fc.record({
      regional: fc.integer({ min: 0, max: 2 }),
      central: fc.integer({ min: 0, max: 2 }),
      finance: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 25 }), needs, (attempts, wanted) => {
        const rows = (["regional", "central", "finance"] as const).map((level) => ({
          level,
          currency: "*" as const,
          above: "0",
          approvals: wanted[level],
        }));
        const item = {
          ownerUserId: "kam",
          enteredBy: ["ops"],
          needs: needsOf(rows, "EUR", 10n),
          given: [] as (typeof attempts)[number][],
        };
        for (const one of attempts) {
          if (one.person === one.actingFor) continue;
          if (approvalProblem(item, one.level, one) === null) item.given.push(one);
        }
        if (!isThrough(item, "finance")) return;
        const named = item.given.flatMap((one) =>
          one.actingFor === null ? [one.person] : [one.person, one.actingFor],
        );
        assert.equal(new Set(named).size, named.length, "nobody twice, by oneself or through another");
        assert.ok(new Set(item.given.map((one) => one.person)).size >= 2);
        assert.ok(!named.includes("kam") && !named.includes("ops"));
      }),
    );
  });
});

it("standing in holds on its days, at its levels, and is not handed on", () => {
  const one = {
    fromUserId: "ana",
    toUserId: "ben",
    validFrom: "2026-03-02",
    validTo: "2026-03-06",
    levels: ["central" as const],
    endedAt: null,
  };
  const on = (day: string, level: "central" | "finance" = "central") => standsInFor("ben", level, day, [one]);
  assert.deepEqual(
    [on("2026-03-01"), on("2026-03-02"), on("2026-03-06"), on("2026-03-07")],
    [[], ["ana"], ["ana"], []],
  );
  assert.deepEqual(on("2026-03-03", "finance"), []);
  assert.deepEqual(standsInFor("eva", "central", "2026-03-03", [one, { ...one, fromUserId: "ben", toUserId: "eva" }]), [
    "ben",
  ]);
  assert.deepEqual(standsInFor("ben", "central", "2026-03-03", [{ ...one, endedAt: new Date(0) }]), []);
});

it("the usual settings need two people for everything and three above a thousand", () => {
  const total = (minor: bigint) =>
    Object.values(needsOf(USUAL_SETTINGS.matrix, "EUR", minor)).reduce((sum, one) => sum + one, 0);
  assert.deepEqual([total(1n), total(100_001n), total(5_000_001n)], [2, 3, 4]);
});
