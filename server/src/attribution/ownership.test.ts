import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { asking, at, CODES_TAKE, click, code, rulesWith } from "../../test/touch-sketches.ts";
import type { AttributionRules, Ownership, Touch } from "./contracts.ts";
import { giveByHand } from "./core/by-hand.ts";
import { asksAnew, ownerOn, settleOwnership, type TouchingEvent } from "./core/ownership.ts";
import { DEFAULT_RULES, readRules } from "./core/rules.ts";
import { rulesTimeline, soleRules } from "./core/timeline.ts";

describe("for how long", () => {
  const event = (day: number, touches: readonly Touch[], order = String(day)): TouchingEvent => ({
    ...asking,
    type: "deposit",
    eventId: BigInt(day),
    at: at(day),
    order,
    touches,
  });
  const zone = { firstSeen: at(1), timeZone: "UTC" };
  const days = (n: number) => soleRules(rulesWith({ binding: { kind: "days", days: n } }));
  const usual = soleRules(rulesWith());
  const told = (owners: readonly Ownership[]) =>
    owners.map((o) => `${o.partnerId} ${o.ownedFrom ?? "always"} to ${o.ownedUntil ?? "for life"}`);

  it("for life: the first who binds the customer keeps it", () => {
    const settled = settleOwnership([event(5, [click("ada 4")]), event(9, [click("ben 8")])], usual, zone);
    assert.deepEqual(told(settled.owners), ["ada always to for life"]);
  });

  it("for ten days: the next click after that binds it anew", () => {
    const events = [event(5, [click("ada 4")]), event(14, [click("ben 13")]), event(15, [click("cyd 14")])];
    const settled = settleOwnership(events, days(10), zone);
    assert.deepEqual(told(settled.owners), ["ada always to 2026-01-15", "cyd 2026-01-15 to 2026-01-25"]);
    const on = (day: string) => ownerOn(settled.owners, day)?.partnerId ?? "nobody";
    assert.deepEqual(["2026-01-01", "2026-01-14", "2026-01-15", "2026-01-24", "2026-01-25"].map(on), [
      "ada",
      "ada",
      "cyd",
      "cyd",
      "nobody",
    ]);
  });

  const extended = (from: "purchase" | "end") =>
    soleRules(rulesWith({ binding: { kind: "days", days: 5, extension: { days: 4, from, events: ["sale"] } } }));
  const sale = (day: number): TouchingEvent => ({ ...event(day, []), type: "sale" });

  it("each purchase extends a binding: to some days after it, or by some days", () => {
    const events = [event(5, [click("ada 4")]), sale(6), sale(9), sale(20)];
    assert.deepEqual(told(settleOwnership(events, extended("purchase"), zone).owners), ["ada always to 2026-01-13"]);
    assert.deepEqual(told(settleOwnership(events, extended("end"), zone).owners), ["ada always to 2026-01-18"]);
  });

  it("the purchase that binds does not extend, nor one after the end", () => {
    const events = [{ ...event(5, [click("ada 4")]), type: "sale" }, sale(10)];
    assert.deepEqual(told(settleOwnership(events, extended("end"), zone).owners), ["ada always to 2026-01-10"]);
  });

  it("a code takes a bound customer over from its day on, and back; not one of a partner that is not overwritten", () => {
    const events = [
      event(5, [click("ada 4")]),
      event(8, [code("ben")]),
      event(9, [code("ada")]),
      event(9, [code("cyd")]),
    ];
    assert.deepEqual(told(settleOwnership(events, soleRules(rulesWith(CODES_TAKE)), zone).owners), [
      "ada always to 2026-01-08",
      "ben 2026-01-08 to 2026-01-09",
      "cyd 2026-01-09 to for life",
    ]);
    const kept = soleRules(rulesWith({ ...CODES_TAKE, noOverwritePartners: ["ben"] }));
    assert.deepEqual(told(settleOwnership(events, kept, zone).owners), [
      "ada always to 2026-01-08",
      "ben 2026-01-08 to for life",
    ]);
  });

  it("a first claim reaches back as far as deferred leads may", () => {
    const owners = (deferredLeads: AttributionRules["deferredLeads"], firstSeen: number) =>
      told(
        settleOwnership([event(9, [click("ada 8")])], soleRules(rulesWith({ deferredLeads })), { ...zone, firstSeen })
          .owners,
      );
    assert.deepEqual(owners({ kind: "always" }, at(1)), ["ada always to for life"]);
    assert.deepEqual(owners({ kind: "days", days: 3 }, at(1)), ["ada 2026-01-06 to for life"]);
    assert.deepEqual(owners({ kind: "days", days: 3 }, at(7)), ["ada always to for life"]);
    assert.deepEqual(owners({ kind: "never" }, at(8)), ["ada 2026-01-09 to for life"]);
  });

  it("each event is decided by the rules of its own day, the newest version that covers it", () => {
    const versions = rulesTimeline([
      { version: 1, rules: rulesWith(days(3).versions[0]?.rules), validFrom: null, validUntil: null },
      { version: 2, rules: rulesWith({ priority: ["code"] }), validFrom: "2026-01-08", validUntil: "2026-01-12" },
    ]);
    const clicks = [5, 9, 13].map((day) => event(day, [click(`${["ada", "ben", "cyd"][(day - 5) / 4]} ${day - 1}`)]));
    const settled = settleOwnership(clicks, versions, zone);
    assert.deepEqual(told(settled.owners), ["ada always to 2026-01-08", "cyd 2026-01-13 to 2026-01-16"]);
    assert.equal(settled.version, 1);
  });

  it("cuts days in the program's zone", () => {
    const late = { ...event(5, [click("ada 4")]), at: at(5, 23) };
    const settled = settleOwnership([late], days(1), { firstSeen: at(1), timeZone: "Asia/Tokyo" });
    assert.deepEqual(told(settled.owners), ["ada always to 2026-01-07"]);
  });

  const anyHistory = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 28 }),
      fc.constantFrom("ada", "ben", "cyd", "dan?"),
      fc.integer({ min: 1, max: 28 }),
    ),
    { maxLength: 10 },
  );

  it("does not depend on the order in which events arrive", () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.nat()),
        (history, bound, chance) => {
          const events = history.map(([day, who, clicked], index) =>
            event(day, [click(`${who} ${clicked}`)], String(index)),
          );
          const shuffled = events.map((one) => ({ one, key: chance.next().value ?? 0 })).sort((a, b) => a.key - b.key);
          const first = settleOwnership(events, days(bound), zone);
          const second = settleOwnership(
            shuffled.map(({ one }) => one),
            days(bound),
            zone,
          );
          assert.deepEqual(second, first);
        },
      ),
    );
  });

  it("an event that does not ask anew changes nothing", () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 12 }),
        (history, day, bound) => {
          const events = history.map(([d, who, clicked], index) =>
            event(d, [click(`${who} ${clicked}`)], String(index)),
          );
          const before = settleOwnership(events, days(bound), zone);
          if (asksAnew(before.owners, at(day), "UTC", days(bound).needs)) return;
          const after = settleOwnership([...events, event(day, [click(`eve ${day}`)], "z")], days(bound), zone);
          assert.deepEqual(after.owners, before.owners);
        },
      ),
    );
  });

  const by = (partnerId: string | null) => ({
    partnerId,
    linkId: null,
    offerId: null,
    clickId: null,
    country: null,
    dimensions: {},
  });

  it("by hand from the beginning, from a day on, or nobody's", () => {
    const { owners } = settleOwnership([event(5, [click("ada 4")])], usual, zone);
    const give = (before: readonly Ownership[], partnerId: string | null, from: string | null) =>
      giveByHand(before, { claim: by(partnerId), from, until: null, boundAt: new Date(at(20)) });
    assert.deepEqual(told(give(owners, "ben", null)), ["ben always to for life"]);
    const later = give(owners, "ben", "2026-01-10");
    assert.deepEqual(told(later), ["ada always to 2026-01-10", "ben 2026-01-10 to for life"]);
    assert.deepEqual(told(give(later, "cyd", "2026-01-08")), [
      "ada always to 2026-01-08",
      "cyd 2026-01-08 to for life",
    ]);
    assert.equal(ownerOn(give(owners, null, null), "2026-01-06"), undefined);
  });

  it("what happened before a person's decision still tells whose the customer was until the day of it, nothing later does", () => {
    const given = { at: at(20), boundAt: new Date(at(20)), claim: by("ben"), reason: "manual", until: null } as const;
    const events = [event(5, [click("ada 4")]), event(25, [click("cyd 24")])];
    const owned = (from: string | null, until: string | null) =>
      told(settleOwnership(events, days(60), { ...zone, byHand: [{ ...given, from, until }] }).owners);
    assert.deepEqual(owned("2026-01-10", null), ["ada always to 2026-01-10", "ben 2026-01-10 to for life"]);
    assert.deepEqual(owned("2026-01-10", "2026-01-22"), ["ada always to 2026-01-10", "ben 2026-01-10 to 2026-01-22"]);
    assert.deepEqual(owned(null, null), ["ben always to for life"]);
  });
});

describe("rules as stored", () => {
  it("take their defaults for what is absent or unreadable", () => {
    assert.deepEqual(readRules({}), DEFAULT_RULES);
    assert.deepEqual(readRules({ windowDays: "x", priority: 5, binding: { days: -1 } }), DEFAULT_RULES);
    assert.deepEqual(readRules({ windowDays: 7, priority: ["click"], binding: { kind: "days", days: 90 } }), {
      ...DEFAULT_RULES,
      windowDays: 7,
      priority: ["click"],
      binding: { kind: "days", days: 90 },
    });
  });
});
