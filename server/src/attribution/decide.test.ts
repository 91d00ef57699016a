import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  asking,
  at,
  bound,
  CODES_TAKE,
  click,
  code,
  named,
  PROGRAM,
  rulesWith,
  view,
} from "../../test/touch-sketches.ts";
import type { AttributionRules, Touch } from "./contracts.ts";
import { decide } from "./core/decide.ts";
import { WINNING_REASONS } from "./core/reasons.ts";

const CODES_LAST: Partial<AttributionRules> = { priority: ["click", "code"] };
const KEEP: Partial<AttributionRules> = { existingCustomers: "keep" };
const FIRST: Partial<AttributionRules> = { model: "first_click" };
const VIEWS: Partial<AttributionRules> = { priority: ["code", "click", "impression"], impressionWindowDays: 2 };
const PROTECTED: Partial<AttributionRules> = { noOverwritePartners: ["ben"] };
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
