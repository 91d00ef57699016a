import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { FactEvent } from "./contracts.ts";
import { DayCutter, FactFold } from "./fold.ts";
import { milestonesOf, noMilestones, restsOn, sameMilestone, withNewEvent } from "./milestones.ts";

let number = 0n;
function event(type: string, at: string, more: Partial<FactEvent> = {}): FactEvent {
  number += 1n;
  const id = { eventId: number, externalId: String(number), sourceId: "src", programId: "prg", customerId: 1n };
  return { ...id, type, at: Date.parse(at), currency: "EUR", measures: {}, quantities: {}, dimensions: {}, ...more };
}
const deposit = (at: string, minor: string) => event("deposit", at, { measures: { deposit: minor } });

function folded(added: readonly FactEvent[], removed: readonly FactEvent[] = [], zone = "UTC"): string[] {
  const fold = new FactFold(new DayCutter(), () => zone);
  for (const one of removed) fold.take(one, -1);
  for (const one of added) fold.take(one, 1);
  return fold
    .facts()
    .map(
      (f) =>
        `${f.day} ${f.product ? `${f.product} ` : ""}${f.measure} ${f.amount}${f.currency ? ` ${f.currency}` : ""} in ${f.events}`,
    )
    .sort();
}

describe("events folded to facts", () => {
  it("sums a day, apart by measure, product and currency", () => {
    const casino = { dimensions: { product: "casino" } };
    const events = [
      deposit("2026-03-01T10:00:00Z", "500"),
      deposit("2026-03-01T23:59:59.999Z", "250"),
      deposit("2026-03-02T00:00:00Z", "100"),
      event("deposit", "2026-03-01T10:00:00Z", { measures: { deposit: "700" }, currency: "USD" }),
      event("activity", "2026-03-01T10:00:00Z", { measures: { ggr: "-90", bonus: "0" }, ...casino }),
    ];
    assert.deepEqual(folded(events), [
      "2026-03-01 casino ggr -90 EUR in 1",
      "2026-03-01 deposit 700 USD in 1",
      "2026-03-01 deposit 750 EUR in 2",
      "2026-03-02 deposit 100 EUR in 1",
    ]);
  });

  it("keeps quantities exact, and counts events without any measure under their type", () => {
    const trade = (lots: string) =>
      event("trade", "2026-03-01T10:00:00Z", { measures: { commission: "30" }, quantities: { lots } });
    assert.deepEqual(folded([trade("0.1"), trade("0.20"), event("registration", "2026-03-01T10:00:00Z")]), [
      "2026-03-01 commission 60 EUR in 2",
      "2026-03-01 lots 0.3 in 2",
      "2026-03-01 registration 0 in 1",
    ]);
  });

  it("does not sum what says something of a single event only", () => {
    const trade = event("trade", "2026-03-01T10:00:00Z", { quantities: { lots: "0.1", seconds: "180", points: "4" } });
    assert.deepEqual(folded([trade, trade]), ["2026-03-01 lots 0.2 in 2"]);
  });

  it("cuts the day in the program's zone, also on the days when the clocks change", () => {
    const moments = ["2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", "2026-03-09T04:00:00Z"];
    const days = moments.map((at) => folded([deposit(at, "1")], [], "America/New_York")[0]?.slice(0, 10));
    assert.deepEqual(days, ["2026-03-07", "2026-03-08", "2026-03-08", "2026-03-09"]);
  });

  it("takes away what it added: an event that is replaced by itself changes nothing", () => {
    const one = deposit("2026-03-01T10:00:00Z", "500");
    assert.deepEqual(folded([one], [one]), []);
    assert.deepEqual(folded([{ ...one, measures: { deposit: "700" } }], [one]), ["2026-03-01 deposit 200 EUR in 0"]);
  });
});

const anyEvent = fc
  .record({
    type: fc.constantFrom("registration", "kyc_passed", "deposit", "deposit", "deposit", "withdrawal"),
    hour: fc.integer({ min: 0, max: 6 }),
    minor: fc.integer({ min: -1, max: 3 }),
  })
  .map(({ type, hour, minor }) =>
    event(type, `2026-03-01T0${hour}:00:00Z`, type === "deposit" ? { measures: { deposit: String(minor) } } : {}),
  );

describe("milestones", () => {
  it("are the earliest of each; a deposit of nothing is none", () => {
    const events = [
      deposit("2026-03-03T00:00:00Z", "300"),
      deposit("2026-03-01T00:00:00Z", "0"),
      deposit("2026-03-02T00:00:00Z", "200"),
      event("registration", "2026-03-02T00:00:00Z"),
      event("registration", "2026-03-01T00:00:00Z"),
    ];
    const milestone = milestonesOf(1n, events);
    assert.deepEqual(
      [milestone.registeredAt, milestone.kycAt, milestone.ftdAt, milestone.ftdMinor, milestone.secondDepositAt],
      [new Date("2026-03-01"), null, new Date("2026-03-02"), 200n, new Date("2026-03-03")],
    );
  });

  it("come out the same one event at a time, in any order, or all at once", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), (events) => {
        const known: FactEvent[] = [];
        let milestone = noMilestones(1n);
        for (const one of events) {
          known.push(one);
          const counts =
            one.type === "deposit" ? BigInt(one.measures.deposit ?? "0") > 0n : /registration|kyc/.test(one.type);
          if (counts) milestone = withNewEvent(milestone, one) ?? milestonesOf(1n, known);
        }
        assert.ok(sameMilestone(milestone, milestonesOf(1n, events)));
      }),
    );
  });

  it("rest on an event whenever they change without it", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 12 }), fc.nat(), (events, chance) => {
        const gone = events[chance % events.length];
        if (gone === undefined) return;
        const before = milestonesOf(1n, events);
        const after = milestonesOf(
          1n,
          events.filter((one) => one !== gone),
        );
        if (!sameMilestone(before, after)) assert.ok(restsOn(before, gone));
      }),
    );
  });
});
