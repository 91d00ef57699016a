import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { AttributionRules, Ownership, Touch } from "./contracts.ts";
import { giveByHand } from "./core/by-hand.ts";
import { decide } from "./core/decide.ts";
import { asksAnew, ownerOn, settleOwnership, type TouchingEvent } from "./core/ownership.ts";
import { DEFAULT_RULES, readRules } from "./core/rules.ts";
import { soleRules } from "./core/timeline.ts";

const PROGRAM = "prg_1";
const at = (day: number, hour = 0) => Date.UTC(2026, 0, day, hour);

/** `ada 3` = a click on ada's link on 3 January; `?` not counted; `!` forged; `-` not in the log; `/` another program. */
function click(text: string): Touch {
  const [name = "", day = "1"] = text.split(" ");
  const partner = name.replace(/[?!/-]/g, "");
  const found = {
    at: at(Number(day)),
    counted: !name.includes("?"),
    programId: name.includes("/") ? "prg_2" : PROGRAM,
    partnerId: partner,
    linkId: null,
    offerId: null,
    country: null,
    dimensions: {},
  };
  return { kind: "click", ref: text, authentic: !name.includes("!"), found: /[!-]/.test(name) ? null : found };
}

function code(partner: string | null, from: number | null = null, to: number | null = null): Touch {
  const found = { partnerId: partner ?? "", linkId: null, offerId: null, validFrom: from, validTo: to };
  return { kind: "code", ref: "CODE", found: partner === null ? null : found };
}

function named(partner: string | null): Touch {
  return { kind: "partner", ref: "name", found: partner === null ? null : { partnerId: partner } };
}

const CODES_LAST: Partial<AttributionRules> = { priority: ["click", "code"] };
const KEEP: Partial<AttributionRules> = { existingCustomers: "keep" };
const ONLY_CLICKS: Partial<AttributionRules> = { priority: ["click"] };

// The event happens on 20 January; the window is 10 days unless the rules say otherwise; first seen on the day of the event
// unless a day is given. Touches stand newest first.
const TABLE: readonly {
  readonly says: string;
  readonly touches: readonly Touch[];
  readonly rules?: Partial<AttributionRules>;
  readonly seen?: number;
  readonly winner: string | null;
  readonly reasons: readonly string[];
}[] = [
  { says: "nothing points at anybody", touches: [], winner: null, reasons: ["no_touch"] },
  { says: "one click", touches: [click("ada 15")], winner: "ada", reasons: ["last_click"] },
  {
    says: "the last of three clicks",
    touches: [click("ada 19"), click("ben 18"), click("ada 12")],
    winner: "ada",
    reasons: ["last_click", "later_click_won", "later_click_won"],
  },
  {
    says: "the last click before the event, not one after it",
    touches: [click("ada 21"), click("ben 18")],
    winner: "ben",
    reasons: ["after_event", "last_click"],
  },
  {
    says: "a click of the very moment of the event",
    touches: [click("ada 20")],
    winner: "ada",
    reasons: ["last_click"],
  },
  { says: "a click on the last day of the window", touches: [click("ada 10")], winner: "ada", reasons: ["last_click"] },
  { says: "a click a day too old", touches: [click("ada 9")], winner: null, reasons: ["window_expired"] },
  {
    says: "a bot's click does not count, the one before it does",
    touches: [click("ada? 19"), click("ben 18")],
    winner: "ben",
    reasons: ["click_not_counted", "last_click"],
  },
  { says: "a forged click id", touches: [click("ada! 19")], winner: null, reasons: ["click_not_ours"] },
  { says: "a click that the log does not have", touches: [click("ada- 19")], winner: null, reasons: ["click_unknown"] },
  { says: "a click of another program", touches: [click("ada/ 19")], winner: null, reasons: ["other_program"] },
  {
    says: "a code goes before a click",
    touches: [click("ada 19"), code("ben")],
    winner: "ben",
    reasons: ["code_won", "code"],
  },
  {
    says: "a click goes before a code, where the program says so",
    touches: [click("ada 19"), code("ben")],
    rules: CODES_LAST,
    winner: "ada",
    reasons: ["last_click", "click_won"],
  },
  {
    says: "an unknown code leaves the click",
    touches: [click("ada 19"), code(null)],
    winner: "ada",
    reasons: ["last_click", "code_unknown"],
  },
  {
    says: "a code that was not valid yet",
    touches: [code("ben", at(21))],
    winner: null,
    reasons: ["code_not_valid"],
  },
  {
    says: "a code whose time is over: the end does not belong to it",
    touches: [code("ben", null, at(20))],
    winner: null,
    reasons: ["code_not_valid"],
  },
  {
    says: "a partner that the source named, when nothing else points",
    touches: [named("cyd")],
    winner: "cyd",
    reasons: ["partner_named"],
  },
  {
    says: "a named partner after click and code",
    touches: [click("ada 19"), code("ben"), named("cyd")],
    winner: "ben",
    reasons: ["code_won", "code", "code_won"],
  },
  { says: "a partner that nobody knows", touches: [named(null)], winner: null, reasons: ["partner_unknown"] },
  {
    says: "codes and names where the program uses clicks only",
    touches: [code("ben"), named("cyd")],
    rules: ONLY_CLICKS,
    winner: null,
    reasons: ["kind_not_used", "kind_not_used"],
  },
  {
    says: "a customer known before the click, where the program keeps known customers",
    touches: [click("ada 19")],
    rules: KEEP,
    seen: 18,
    winner: null,
    reasons: ["existing_customer"],
  },
  {
    says: "a customer first seen after the click",
    touches: [click("ada 17")],
    rules: KEEP,
    seen: 18,
    winner: "ada",
    reasons: ["last_click"],
  },
  {
    says: "a known customer's code, where the program keeps known customers",
    touches: [code("ben")],
    rules: KEEP,
    seen: 18,
    winner: null,
    reasons: ["existing_customer"],
  },
];

const rulesWith = (rules: Partial<AttributionRules> = {}): AttributionRules => ({
  ...DEFAULT_RULES,
  windowDays: 10,
  ...rules,
});
const asking = { eventId: 1n, programId: PROGRAM, at: at(20), order: "" };

describe("whose customer it is", () => {
  for (const row of TABLE) {
    it(`${row.says}: ${row.winner ?? "nobody"}`, () => {
      const decision = decide(asking, row.touches, rulesWith(row.rules), { firstSeen: at(row.seen ?? 20) });
      assert.equal(decision.claim?.partnerId ?? null, row.winner);
      const reasons = decision.candidates.map((candidate) => candidate.reason);
      assert.deepEqual(reasons.length === 0 ? [decision.reason] : reasons, row.reasons);
      const won = decision.candidates.filter((candidate) => candidate.won);
      assert.equal(won.length, row.winner === null ? 0 : 1);
    });
  }

  const anyTouch = fc.oneof(
    fc
      .tuple(fc.constantFrom("ada", "ben?", "cyd!", "dan-", "eve/"), fc.integer({ min: 1, max: 25 }))
      .map(([who, day]) => click(`${who} ${day}`)),
    fc.constantFrom("ben", null).map((partner) => code(partner)),
    fc.constantFrom("cyd", null).map(named),
  );
  const anyRules = fc.record({
    windowDays: fc.integer({ min: 1, max: 40 }),
    priority: fc.shuffledSubarray(["click", "code", "partner"] as const),
    existingCustomers: fc.constantFrom("attribute", "keep" as const),
  });

  it("has a winner exactly when a candidate won, and a reason for every candidate", () => {
    fc.assert(
      fc.property(
        fc.array(anyTouch, { maxLength: 8 }),
        anyRules,
        fc.integer({ min: 1, max: 20 }),
        (touches, rules, seen) => {
          const decision = decide(asking, touches, rulesWith(rules as Partial<AttributionRules>), {
            firstSeen: at(seen),
          });
          assert.equal(decision.candidates.length, touches.length);
          const winners = decision.candidates.filter((candidate) => candidate.won);
          assert.equal(winners.length, decision.claim === null ? 0 : 1);
          if (winners[0]) assert.equal(winners[0].partnerId, decision.claim?.partnerId);
          for (const candidate of decision.candidates) {
            assert.equal(["last_click", "code", "partner_named"].includes(candidate.reason), candidate.won);
          }
        },
      ),
    );
  });

  it("a wider window never takes an attribution away", () => {
    fc.assert(
      fc.property(fc.array(anyTouch, { maxLength: 8 }), anyRules, (touches, rules) => {
        const narrow = decide(asking, touches, rulesWith(rules as Partial<AttributionRules>), { firstSeen: at(1) });
        const wide = decide(
          asking,
          touches,
          rulesWith({ ...(rules as Partial<AttributionRules>), windowDays: rules.windowDays + 7 }),
          {
            firstSeen: at(1),
          },
        );
        assert.ok(narrow.claim === null || wide.claim !== null);
      }),
    );
  });
});

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
    const now = new Date(at(20));
    assert.deepEqual(told(giveByHand(owners, by("ben"), null, now)), ["ben always to for life"]);
    const later = giveByHand(owners, by("ben"), "2026-01-10", now);
    assert.deepEqual(told(later), ["ada always to 2026-01-10", "ben 2026-01-10 to for life"]);
    assert.deepEqual(told(giveByHand(later, by("cyd"), "2026-01-08", now)), [
      "ada always to 2026-01-08",
      "cyd 2026-01-08 to for life",
    ]);
    assert.equal(ownerOn(giveByHand(owners, by(null), null, now), "2026-01-06"), undefined);
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

const folder = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data"),
  "traffic/attribution",
);

describe("real journeys", () => {
  it("credit the last touch as the reference does", (test) => {
    let lines: string[];
    let expected: Record<string, number>;
    try {
      lines = readFileSync(join(folder, "journeys.csv"), "utf8").trim().split("\n").slice(1);
      expected = JSON.parse(readFileSync(join(folder, "journeys.expected.json"), "utf8")).last_touch;
    } catch {
      test.skip(`the data set is not in ${folder}`);
      return;
    }
    const totals: Record<string, number> = {};
    for (const line of lines) {
      const [path = "", conversions = "0"] = line.split(",");
      const steps = path.split(" > ");
      const touches = steps.map((channel, index) => journeyClick(channel, index)).reverse();
      const decision = decide(asking, touches, rulesWith(), { firstSeen: asking.at });
      const winner = decision.claim?.partnerId ?? "";
      totals[winner] = (totals[winner] ?? 0) + Number(conversions);
    }
    for (const [channel, conversions] of Object.entries(expected))
      assert.equal(totals[channel] ?? 0, conversions, channel);
    test.diagnostic(`${lines.length} journeys, ${Object.keys(expected).length} channels, all as expected`);
  });
});

function journeyClick(channel: string, index: number): Touch {
  const found = {
    at: at(15) + index,
    counted: true,
    programId: PROGRAM,
    partnerId: channel,
    linkId: null,
    offerId: null,
  };
  return { kind: "click", ref: `${index}`, authentic: true, found: { ...found, country: null, dimensions: {} } };
}
