import assert from "node:assert/strict";
import { test } from "node:test";
import { MORNING_KINDS, type MorningKind } from "@tributary/contract";
import fc from "fast-check";
import { readyForMore } from "./core/better-deal.ts";
import { KINDS } from "./core/kinds.ts";
import { learntFactor, type Ranked, ranked, urgencyOf, type Weights, workingOf } from "./core/rank.ts";
import { forecastCount, forecastMoney, runRate, sameDayBefore, workingDays } from "./core/run-rate.ts";
import { nextTier, scalesOf } from "./core/tiers.ts";

const NOW = new Date("2026-06-15T08:00:00Z");
const EVEN: Weights = { operator: {}, personal: {}, learnt: {}, ftdWorth: 200 };
const item = (more: Partial<Ranked> = {}): Ranked => ({
  id: "itm_1",
  kind: "traffic_drop",
  worth: 1000,
  ftds: 0,
  dueAt: NOW,
  ...more,
});

const RANKS: readonly (readonly [string, Partial<Ranked>, Partial<Weights>, number])[] = [
  ["money now", {}, {}, 1000 * 1 * 0.5],
  ["first deposits at what one is worth", { worth: 0, ftds: 3 }, {}, 600 * 0.5],
  ["without an end", { dueAt: null }, {}, 1000 * 0.6 * 0.5],
  ["a half-life ahead", { dueAt: new Date(NOW.getTime() + 2 * 86_400_000) }, {}, 1000 * 0.6 * 0.5],
  ["overdue is not more than due", { dueAt: new Date(0) }, {}, 500],
  ["weighed by the operator", {}, { operator: { traffic_drop: 2 } }, 1000],
  [
    "and by the person, and by what was learnt",
    {},
    { personal: { traffic_drop: 0.5 }, learnt: { traffic_drop: 0.5 } },
    125,
  ],
  ["switched off", {}, { operator: { traffic_drop: 0 } }, 0],
];
for (const [name, more, weights, score] of RANKS)
  test(`rank: ${name}`, () =>
    assert.ok(Math.abs(workingOf(item(more), { ...EVEN, ...weights }, NOW).score - score) < 1e-9));

const anyItem = fc.record({
  id: fc.uuid(),
  kind: fc.constantFrom<MorningKind>(...MORNING_KINDS),
  worth: fc.integer({ min: 0, max: 1_000_000 }),
  ftds: fc.integer({ min: 0, max: 500 }),
  dueAt: fc.option(fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })),
});

test("the order does not depend on the order in which things come in, and every score is the product of its factors", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyItem, { selector: ({ id }) => id, maxLength: 30 }), (items) => {
      const forwards = ranked(items, EVEN, NOW);
      const backwards = ranked(items.toReversed(), EVEN, NOW);
      assert.deepEqual(
        forwards.map((one) => one.item.id),
        backwards.map((one) => one.item.id),
      );
      for (const { working } of forwards) {
        const { worth, urgency, chance, operatorWeight, personalWeight, learnt, score } = working;
        assert.equal(score, worth * urgency * chance * operatorWeight * personalWeight * learnt);
        assert.ok(urgency >= 0.2 && urgency <= 1);
      }
    }),
  );
});

test("more at stake, sooner due or a higher weight never ranks lower", () => {
  fc.assert(
    fc.property(anyItem, fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100 }), (one, more, days) => {
      const score = (changed: Partial<Ranked>, weights = EVEN) => workingOf({ ...one, ...changed }, weights, NOW).score;
      assert.ok(score({ worth: one.worth + more }) >= score({}));
      if (one.dueAt !== null)
        assert.ok(score({ dueAt: new Date(one.dueAt.getTime() - days * 86_400_000) }) >= score({}));
      assert.ok(score({}, { ...EVEN, operator: { [one.kind]: 2 } }) >= score({}));
    }),
  );
});

test("every kind is known", () => {
  for (const kind of MORNING_KINDS) assert.ok(KINDS[kind].chance > 0 && KINDS[kind].chance <= 1, kind);
  assert.ok(Math.abs(urgencyOf("tier_near", new Date(NOW.getTime() + 7 * 86_400_000), NOW) - 0.6) < 1e-9);
});

const LEARNT = [
  [0, 0, 1],
  [10, 0, 1],
  [0, 1, 4 / 6],
  [0, 4, 4 / 12],
  [0, 100, 0.25],
  [20, 2, 24 / 28],
] as const;
for (const [done, notUseful, factor] of LEARNT)
  test(`learnt: ${done} done, ${notUseful} not useful`, () => assert.equal(learntFactor(done, notUseful), factor));

test("working days are Monday to Friday", () => {
  assert.equal(workingDays("2026-06-01", "2026-07-01"), 22);
  assert.equal(workingDays("2026-06-06", "2026-06-08"), 0);
});

const RATES = [
  [
    "enough last month",
    "2026-06-15",
    { sameDays: 50, whole: 110 },
    { name: "same_days", done: 50, of: 110, factor: 2.2 },
  ],
  [
    "too few last month",
    "2026-06-15",
    { sameDays: 19, whole: 110 },
    { name: "working_days", done: 10, of: 22, factor: 2.2 },
  ],
  ["first day", "2026-06-01", { sameDays: 0, whole: 110 }, { name: "working_days", done: 0, of: 22, factor: 0 }],
  ["over", "2026-07-02", { sameDays: 0, whole: 0 }, { name: "over", done: 1, of: 1, factor: 1 }],
] as const;
for (const [name, today, before, rate] of RATES)
  test(`run rate: ${name}`, () => assert.deepEqual(runRate("2026-06-01", today, before), rate));

test("the same day of a shorter month is its end", () => {
  assert.equal(sameDayBefore("2026-06-01", "2026-06-15"), "2026-05-15");
  assert.equal(sameDayBefore("2026-03-01", "2026-03-31"), "2026-03-01");
});

test("a forecast is never below what there is, and that of money is exact", () => {
  const rate = { name: "working_days", done: 10, of: 22, factor: 2.2 } as const;
  assert.equal(forecastCount(10, 11, rate), 22);
  assert.equal(forecastCount(1, 30, rate), 30);
  assert.equal(forecastCount(10, 11, { ...rate, factor: 0 }), null);
  assert.equal(forecastMoney(1_000_01n, 0n, rate), 2_200_02n);
  assert.equal(forecastMoney(-100n, 0n, rate), -220n);
});

const PLAN = {
  components: [
    {
      code: "cpa",
      amount: {
        metric: { count: "qualified" },
        mode: "whole",
        bands: [
          { from: "0", value: "100" },
          { from: "15", value: "150" },
          { from: "40", value: "200" },
        ],
      },
    },
  ],
};
test("the next tier is told when it is near", () => {
  const [scale] = scalesOf(PLAN);
  assert.ok(scale);
  assert.deepEqual(nextTier(scale, 13), { missing: 2, reached: 13, from: 15, next: "15 +", value: "150" });
  assert.equal(nextTier(scale, 5), undefined);
  assert.equal(nextTier(scale, 0), undefined);
  assert.equal(nextTier(scale, 41), undefined);
});

const PEER = { plan: "plv_1", registrations: 40, ftdsBefore: 10, seconds: 4, doubts: 0 };
const peers = [8, 10, 12].map((ftds, index) => ({ ...PEER, partnerId: `peer${index}`, ftds }));
const DEALS = [
  ["growing, above its peers, depositors come back", { ftds: 20 }, true],
  ["not growing", { ftds: 20, ftdsBefore: 19 }, false],
  ["not above its peers", { ftds: 14 }, false],
  ["depositors do not come back", { ftds: 20, seconds: 3 }, false],
  ["an alert is open", { ftds: 20, doubts: 1 }, false],
  ["on a plan of its own", { ftds: 20, plan: "plv_2" }, false],
] as const;
for (const [name, more, expected] of DEALS)
  test(`better deal: ${name}`, () => {
    const ready = readyForMore([...peers, { ...PEER, partnerId: "one", ...more }]);
    assert.equal(
      ready.some(({ partnerId }) => partnerId === "one"),
      expected,
    );
  });
