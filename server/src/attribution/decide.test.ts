import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { AttributionRules, Ownership, Touch } from "./contracts.ts";
import { giveByHand } from "./core/by-hand.ts";
import { decide } from "./core/decide.ts";
import { asksAnew, ownerOn, settleOwnership, type TouchingEvent } from "./core/ownership.ts";
import { WINNING_REASONS } from "./core/reasons.ts";
import { DEFAULT_RULES, readRules } from "./core/rules.ts";
import { rulesTimeline, soleRules } from "./core/timeline.ts";

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

/** An ad of a partner's that was seen: `ada 19`. */
function view(text: string): Touch {
  const { ref, authentic, found } = click(text) as Extract<Touch, { authentic: boolean }>;
  return { kind: "impression", ref, authentic, found };
}

/** The customer is ada's already (or anybody's). */
function bound(partner: string, kind: "customer" | "manual" = "customer"): Touch {
  const found = { partnerId: partner, linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  return { kind, ref: new Date(at(5)).toISOString(), found };
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
const FIRST: Partial<AttributionRules> = { model: "first_click" };
const VIEWS: Partial<AttributionRules> = { priority: ["code", "click", "impression"], impressionWindowDays: 2 };
const PROTECTED: Partial<AttributionRules> = { noOverwritePartners: ["ben"] };
const CODES_TAKE: Partial<AttributionRules> = { priority: ["code", "customer", "click"] };
const CODES_TAKE_ALL: Partial<AttributionRules> = { priority: ["code", "manual", "customer", "click"] };
const LEADS: Partial<AttributionRules> = { existingCustomers: "keep", deferredLeads: { kind: "days", days: 5 } };
const window = (offerId: string | null, partnerId: string | null, clickDays: number) => ({
  offerId,
  partnerId,
  clickDays,
  impressionDays: null,
});
const ADA_12: Partial<AttributionRules> = { windows: [window(null, "ada", 12), window(null, "ben", 3)] };
const ONLY_CLICKS: Partial<AttributionRules> = { priority: ["click"] };

// The event happens on 20 January; the window is 10 days unless the rules say otherwise; first seen on the day of the event
// unless a day is given. Touches stand newest first.
const TABLE: readonly {
  readonly says: string;
  readonly touches: readonly Touch[];
  readonly rules?: Partial<AttributionRules>;
  readonly seen?: number;
  /** day since which the customer is known by import */
  readonly imported?: number;
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
  {
    says: "the first of three clicks, where the program goes by first clicks",
    touches: [click("ada 19"), click("ben 18"), click("cyd 12")],
    rules: FIRST,
    winner: "cyd",
    reasons: ["earlier_click_won", "earlier_click_won", "first_click"],
  },
  {
    says: "the first click within the window, not one before it",
    touches: [click("ada 19"), click("ben 18"), click("cyd 9")],
    rules: FIRST,
    winner: "ben",
    reasons: ["earlier_click_won", "first_click", "window_expired"],
  },
  {
    says: "an impression, where there is nothing else and the program uses them",
    touches: [view("ada 19")],
    rules: VIEWS,
    winner: "ada",
    reasons: ["impression"],
  },
  {
    says: "a click before any impression, however old",
    touches: [click("ben 11"), view("ada 19")],
    rules: VIEWS,
    winner: "ben",
    reasons: ["last_click", "click_won"],
  },
  {
    says: "impressions have a window of their own",
    touches: [view("ada 17"), view("ben 18")],
    rules: VIEWS,
    winner: "ben",
    reasons: ["impression_expired", "impression"],
  },
  {
    says: "an impression where the program does not use them",
    touches: [view("ada 19")],
    winner: null,
    reasons: ["kind_not_used"],
  },
  {
    says: "the last impression of two, and the first by first touches",
    touches: [view("ada 19"), view("ben 18")],
    rules: VIEWS,
    winner: "ada",
    reasons: ["impression", "later_impression_won"],
  },
  {
    says: "a later click does not overwrite a partner that is not overwritten",
    touches: [click("cyd 19"), click("ben 15"), click("ada 12")],
    rules: PROTECTED,
    winner: "ben",
    reasons: ["not_overwritten", "protected_click", "later_click_won"],
  },
  {
    says: "a partner that is not overwritten wins like anybody when its click is the last",
    touches: [click("ben 19"), click("ada 12")],
    rules: PROTECTED,
    winner: "ben",
    reasons: ["last_click", "later_click_won"],
  },
  {
    says: "a protected click that is too old protects nothing",
    touches: [click("cyd 19"), click("ben 8")],
    rules: PROTECTED,
    winner: "cyd",
    reasons: ["last_click", "window_expired"],
  },
  {
    says: "a longer window of one partner, a shorter one of another",
    touches: [click("ben 16"), click("ada 9")],
    rules: ADA_12,
    winner: "ada",
    reasons: ["window_expired", "last_click"],
  },
  {
    says: "a bound customer stays where nothing may take it over",
    touches: [code("ben"), bound("ada")],
    winner: "ada",
    reasons: ["customer_won", "customer_kept"],
  },
  {
    says: "a code takes a bound customer over, where it stands before the binding",
    touches: [code("ben"), bound("ada")],
    rules: CODES_TAKE,
    winner: "ben",
    reasons: ["code", "code_won"],
  },
  {
    says: "a click does not, standing behind it",
    touches: [click("ben 19"), bound("ada")],
    rules: CODES_TAKE,
    winner: "ada",
    reasons: ["customer_won", "customer_kept"],
  },
  {
    says: "a decision by hand stays against a code that takes bound customers",
    touches: [code("ben"), bound("ada", "manual")],
    rules: CODES_TAKE,
    winner: "ada",
    reasons: ["manual_won", "customer_kept"],
  },
  {
    says: "and gives way where the program puts codes before it",
    touches: [code("ben"), bound("ada", "manual")],
    rules: CODES_TAKE_ALL,
    winner: "ben",
    reasons: ["code", "code_won"],
  },
  {
    says: "a deferred lead is claimed by a code within its days",
    touches: [code("ben")],
    rules: LEADS,
    seen: 16,
    winner: "ben",
    reasons: ["code"],
  },
  {
    says: "and not after them",
    touches: [code("ben")],
    rules: LEADS,
    seen: 14,
    winner: null,
    reasons: ["existing_customer"],
  },
  {
    says: "a customer imported as existing before the click",
    touches: [click("ada 19")],
    rules: KEEP,
    imported: 18,
    winner: null,
    reasons: ["imported_as_existing"],
  },
  {
    says: "a customer imported as existing after the click",
    touches: [click("ada 19")],
    rules: KEEP,
    imported: 20,
    winner: "ada",
    reasons: ["last_click"],
  },
  {
    says: "an imported customer where known ones may be claimed",
    touches: [click("ada 19")],
    imported: 18,
    winner: "ada",
    reasons: ["last_click"],
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
      const knownSince = row.imported === undefined ? undefined : at(row.imported);
      const customer = { firstSeen: at(row.seen ?? 20), knownSince };
      const decision = decide(asking, row.touches, rulesWith(row.rules), customer);
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
    fc
      .tuple(fc.constantFrom("ada", "ben?"), fc.integer({ min: 1, max: 25 }))
      .map(([who, day]) => view(`${who} ${day}`)),
  );
  const anyRules = fc.record({
    windowDays: fc.integer({ min: 1, max: 40 }),
    model: fc.constantFrom("last_click", "first_click" as const),
    noOverwritePartners: fc.subarray(["ada", "cyd"]),
    impressionWindowDays: fc.integer({ min: 1, max: 20 }),
    priority: fc.shuffledSubarray(["click", "code", "partner", "impression"] as const),
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
            assert.equal(Object.hasOwn(WINNING_REASONS, candidate.reason), candidate.won);
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

describe("first and last", () => {
  const anyDays = fc.uniqueArray(fc.tuple(fc.constantFrom("ada", "ben", "cyd"), fc.integer({ min: 11, max: 20 })), {
    minLength: 1,
    maxLength: 8,
    selector: ([, day]) => day,
  });

  it("are each other's mirror image: turning the time round turns the winner round", () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        // 11 to 20 January turned round are themselves again.
        const turned = days.map(([who, day]) => [who, 31 - day] as const);
        const clicks = (all: readonly (readonly [string, number])[]) =>
          [...all].sort((a, b) => b[1] - a[1]).map(([who, day]) => click(`${who} ${day}`));
        const winner = (touches: Touch[], rules: Partial<AttributionRules>) =>
          decide(asking, touches, rulesWith(rules), { firstSeen: at(20) }).claim?.partnerId;
        assert.equal(winner(clicks(turned), FIRST), winner(clicks(days), {}));
      }),
    );
  });

  it("the order in which touches are looked up does not matter", () => {
    fc.assert(
      fc.property(anyDays, fc.constantFrom({}, FIRST, PROTECTED), fc.nat(), (days, rules, turn) => {
        const touches = days.map(([who, day]) => click(`${who} ${day}`));
        const other = [...touches.slice(turn % touches.length), ...touches.slice(0, turn % touches.length)];
        const winner = (all: Touch[]) => decide(asking, all, rulesWith(rules), { firstSeen: at(20) }).claim?.clickId;
        assert.equal(winner(other), winner(touches));
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
