import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CompareOptions, OurConversion, TheirConversion } from "../contracts.ts";
import { compareSides } from "./compare.ts";

const at = (text: string): number => Date.parse(`2026-03-${text}Z`);
const HOUR = 3_600_000;

function their(key: string, more: Partial<TheirConversion> = {}): TheirConversion {
  return {
    key, at: at("10T12:00:00"), type: "sale", orderId: null, clickId: null, customerRef: null, partnerRef: "Ada", currency: "EUR", minor: 1000n,
    status: "approved", ...more,
  }; // biome-ignore format: a record
}
function our(key: string, more: Partial<OurConversion> = {}): OurConversion {
  return {
    key, at: at("10T12:00:00"), type: "sale", orderId: null, clickIds: [], customerRef: null, partnerId: "prt_ada", currency: "EUR", minor: 1000n,
    counts: true, reason: null, ...more,
  }; // biome-ignore format: a record
}

const options: CompareOptions = {
  toleranceMs: 10 * 60_000,
  timeZone: "UTC",
  partners: new Map([
    ["Ada", "prt_ada"],
    ["Ben", "prt_ben"],
  ]),
  ourHorizon: at("30T00:00:00"),
  theirHorizon: at("30T00:00:00"),
};

type Line = readonly [
  name: string,
  theirs: TheirConversion[],
  ours: OurConversion[],
  expected: string[],
  more?: Partial<CompareOptions>,
];

/** `class by theirs/ours` and, behind it, what else differs and what explains it. */
function told(theirs: TheirConversion[], ours: OurConversion[], more: Partial<CompareOptions> = {}): string[] {
  const { results } = compareSides(theirs, ours, { ...options, ...more });
  return results
    .map((one) => {
      const sides = `${one.theirs?.key ?? "-"}/${one.ours?.key ?? "-"}`;
      const rest = [...one.differences.slice(1), ...one.notes].join(" ");
      return `${one.class} ${one.by ?? "alone"} ${sides} ${rest}`.trim();
    })
    .sort();
}

const order = (orderId: string) => ({ orderId });
const TABLE: readonly Line[] = [
  ["the order id says it", [their("t", order("A1"))], [our("o", order("A1"))], ["agrees order t/o"]],
  ["an order id goes before a click id", [their("t", { orderId: "A1", clickId: "c" })], [our("o", { orderId: "A2", clickIds: ["c"] }), our("p", order("A1"))], ["agrees order t/p", "missing_there alone -/o"]],
  ["one of our click ids", [their("t", { clickId: "x9" })], [our("o", { clickIds: ["ours", "x9"] })], ["agrees click t/o"]],
  ["two sales of one click, each with its own amount", [their("t", { clickId: "c", minor: 500n, at: at("11T00:00:00") }), their("u", { clickId: "c" })], [our("o", { clickIds: ["c"] }), our("p", { clickIds: ["c"], minor: 500n, at: at("11T00:00:00") })], ["agrees click t/p", "agrees click u/o"]],
  ["the customer on the same day", [their("t", { customerRef: "anna" })], [our("o", { customerRef: "anna", at: at("10T20:00:00") })], ["agrees customer t/o"]],
  ["the customer weeks later is another sale", [their("t", { customerRef: "anna" })], [our("o", { customerRef: "anna", at: at("20T12:00:00") })], ["missing_here alone t/-", "missing_there alone -/o"]],
  ["time and amount", [their("t")], [our("o", { at: at("10T12:08:00") })], ["agrees time_and_amount t/o"]],
  ["time and amount, too far apart", [their("t")], [our("o", { at: at("10T12:11:00") })], ["missing_here alone t/-", "missing_there alone -/o"]],
  ["no amount is no likeness", [their("t", { minor: null, currency: null })], [our("o", { minor: null, currency: null })], ["missing_here alone t/-", "missing_there alone -/o"]],
  ["another type is another conversion", [their("t", { orderId: "A1", type: "registration" })], [our("o", order("A1"))], ["missing_here alone t/-", "missing_there alone -/o"]],
  ["a row without a type goes with any", [their("t", { orderId: "A1", type: null })], [our("o", order("A1"))], ["agrees order t/o"]],
  ["other amount", [their("t", { orderId: "A1", minor: 999n })], [our("o", order("A1"))], ["other_amount order t/o"]],
  ["other currency, whatever the amount", [their("t", { orderId: "A1", currency: "USD", minor: 5n })], [our("o", order("A1"))], ["other_currency order t/o"]],
  ["other partner is graver than another amount", [their("t", { orderId: "A1", partnerRef: "Ben", minor: 1n })], [our("o", order("A1"))], ["other_partner order t/o other_amount"]],
  ["a partner nobody knows", [their("t", { orderId: "A1", partnerRef: "Zoe" })], [our("o", order("A1"))], ["other_partner order t/o partner_unmapped"]],
  ["nobody's on both sides", [their("t", { orderId: "A1", partnerRef: "" })], [our("o", { orderId: "A1", partnerId: null })], ["agrees order t/o"]],
  ["their export names no partners", [their("t", { orderId: "A1", partnerRef: null })], [our("o", { orderId: "A1", partnerId: "prt_ben" })], ["agrees order t/o"]],
  ["our window was over", [their("t", order("A1"))], [our("o", { orderId: "A1", partnerId: null, reason: "window_expired" })], ["outside_window order t/o window_expired"]],
  ["nobody's here for another reason", [their("t", order("A1"))], [our("o", { orderId: "A1", partnerId: null, reason: "no_touch" })], ["other_partner order t/o no_touch"]],
  ["rejected there", [their("t", { orderId: "A1", status: "rejected" })], [our("o", order("A1"))], ["other_status order t/o rejected_there"]],
  ["reversed on both sides", [their("t", { orderId: "A1", status: "rejected" })], [our("o", { orderId: "A1", counts: false })], ["agrees order t/o"]],
  ["pending is no disagreement", [their("t", { orderId: "A1", status: "pending" })], [our("o", order("A1"))], ["agrees order t/o pending_there"]],
  ["sent twice there", [their("t", order("A1")), their("u", { orderId: "A1", at: at("10T13:00:00") })], [our("o", order("A1"))], ["agrees order t/o", "duplicate_there alone u/-"]],
  ["sent twice there, and never here", [their("t", order("A1")), their("u", { orderId: "A1", at: at("10T13:00:00") })], [], ["duplicate_there alone u/-", "missing_here alone t/-"]],
  ["two sources told us the same", [their("t", order("A1"))], [our("o", order("A1")), our("p", { orderId: "A1", at: at("10T14:00:00") })], ["agrees order t/o", "duplicate_here alone -/p"]],
  ["too young to be missing", [their("t", { ...order("A1"), at: at("10T23:00:00") })], [], ["late alone t/-"], { ourHorizon: at("10T00:00:00") }],
  ["the other day by half an hour", [their("t", { orderId: "A1", at: at("11T00:10:00") })], [our("o", { orderId: "A1", at: at("10T23:40:00") })], ["day_shift order t/o times_differ"]],
]; // biome-ignore format: a table

describe("comparing two sides", () => {
  for (const [name, theirs, ours, expected, more] of TABLE)
    it(name, () => {
      assert.deepEqual(told(theirs, ours, more), [...expected].sort());
    });

  it("a clock two hours ahead is found by what has ids, and then holds for what has none", () => {
    const known = [1, 2, 3, 4].map((n) => `A${n}`);
    const theirs = [
      ...known.map((id, n) => their(`t${n}`, { orderId: id, at: at("10T12:00:00") + 2 * HOUR })),
      their("late", { at: at("11T01:30:00"), minor: 77n }),
    ];
    const ours = [
      ...known.map((id, n) => our(`o${n}`, { orderId: id })),
      our("early", { at: at("10T23:30:00"), minor: 77n }),
    ];
    const { results, shifts } = compareSides(theirs, ours, options);
    assert.deepEqual(shifts, [2 * HOUR]);
    const found = results.find((one) => one.theirs?.key === "late");
    assert.equal(found?.ours?.key, "early");
    assert.equal(found?.class, "day_shift");
    assert.deepEqual(found?.notes, ["their_clock"]);
  });
});

const few = (prefix: string) =>
  fc.option(
    fc.integer({ min: 1, max: 4 }).map((n) => `${prefix}${n}`),
    { nil: null },
  );
const time = fc.integer({ min: 0, max: 40 }).map((n) => at("10T00:00:00") + n * 17 * 60_000);
const amount = fc.option(fc.constantFrom(100n, 200n, 300n), { nil: null });
const theirSide = fc.array(
  fc.record({
    at: time, type: fc.constantFrom("sale", "registration", null), orderId: few("A"), clickId: few("c"), customerRef: few("u"),
    partnerRef: fc.constantFrom("Ada", "Ben", "Zoe", "", null), minor: amount, status: fc.constantFrom("approved" as const, "pending" as const, "rejected" as const),
  }),
  { maxLength: 25 },
); // biome-ignore format: a record
const ourSide = fc.array(
  fc.record({
    at: time, type: fc.constantFrom("sale", "registration"), orderId: few("A"), clickIds: fc.array(fc.constantFrom("c1", "c2", "c3", "c4"), { maxLength: 2 }),
    customerRef: few("u"), partnerId: fc.constantFrom("prt_ada", "prt_ben", null), minor: amount, counts: fc.boolean(),
  }),
  { maxLength: 25 },
); // biome-ignore format: a record

const sides = fc.record({ theirs: theirSide, ours: ourSide }).map(({ theirs, ours }) => ({
  theirs: theirs.map((one, n) => their(`t${String(n).padStart(2, "0")}`, one)),
  ours: ours.map((one, n) => our(`o${String(n).padStart(2, "0")}`, one)),
}));

describe("whatever is compared", () => {
  it("every conversion of both sides is in exactly one result", () => {
    fc.assert(
      fc.property(sides, ({ theirs, ours }) => {
        const { results } = compareSides(theirs, ours, options);
        const keys = (side: "theirs" | "ours") => results.flatMap((one) => one[side]?.key ?? []).sort();
        assert.deepEqual(keys("theirs"), theirs.map(({ key }) => key).sort());
        assert.deepEqual(keys("ours"), ours.map(({ key }) => key).sort());
      }),
    );
  });

  it("the order of the rows does not matter", () => {
    const shuffled = sides.chain((given) =>
      fc.record({
        given: fc.constant(given),
        theirs: fc.shuffledSubarray(given.theirs, { minLength: given.theirs.length }),
        ours: fc.shuffledSubarray(given.ours, { minLength: given.ours.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ given, theirs, ours }) => {
        assert.deepEqual(told(theirs, ours), told(given.theirs, given.ours));
      }),
    );
  });

  it("a side compared with itself agrees", () => {
    fc.assert(
      fc.property(ourSide, (drawn) => {
        const ours = drawn.map((one, n) => our(`o${n}`, { ...one, orderId: `A${n}`, counts: true, currency: "EUR" }));
        const theirs = ours.map(({ key, at: when, type, orderId, partnerId, minor }) =>
          their(key, {
            at: when,
            type,
            orderId,
            minor,
            partnerRef: partnerId === null ? "" : partnerId === "prt_ada" ? "Ada" : "Ben",
          }),
        );
        assert.deepEqual(
          new Set(compareSides(theirs, ours, options).results.map((one) => one.class)),
          new Set(ours.length === 0 ? [] : ["agrees"]),
        );
      }),
    );
  });
});
