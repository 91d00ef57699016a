import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FormDefinition, RoutingRule, SourceRule } from "@tributary/contract";
import fc from "fast-check";
import { keysOf } from "../keys.ts";
import { formProblems, readAnswers } from "./answers.ts";
import { dueReport } from "./cadence.ts";
import { guessMapping } from "./columns.ts";
import { likenessOf } from "./likeness.ts";
import { nextDue } from "./repeats.ts";
import { type Crew, openingTurns, routeLead } from "./routing.ts";
import { fits, mapSource, normalSource, suggestSource } from "./sources.ts";

const LEAD = {
  regionId: null,
  programId: null,
  language: "es-MX",
  kind: "affiliate",
  vertical: "",
  country: "MX",
  source: "LinkedIn",
  channel: "form",
};

function crewOf(
  open: Record<string, number> = {},
  turns: Record<string, number> = {},
  away: Record<string, string | null> = {},
): Crew {
  return {
    open: new Map(Object.entries(open)),
    turns: new Map([["R", new Map(Object.entries(turns))]]),
    away: new Map(Object.entries(away)),
  };
}

function rule(to: unknown, when: unknown = {}) {
  return RoutingRule.parse({ name: "R", when, to });
}
const people = (...ids: string[]) => ids.map((userId) => ({ userId }));

describe("routing", () => {
  const cases: readonly [string, ReturnType<typeof rule>[], Crew, string | null, readonly string[]][] = [
    ["no rule", [], crewOf(), null, ["no_rule"]],
    [
      "a language holds for its countries",
      [rule({ how: "person", people: people("a") }, { languages: ["es"] })],
      crewOf(),
      "a",
      ["rule_matched", "condition", "person"],
    ],
    [
      "another country does not",
      [rule({ how: "person", people: people("a") }, { countries: ["CO"] })],
      crewOf(),
      null,
      ["no_rule"],
    ],
    [
      "fewest open",
      [rule({ how: "load", people: people("a", "b") })],
      crewOf({ a: 4, b: 3 }),
      "b",
      ["rule_matched", "everybody", "load"],
    ],
    [
      "fewest for the weight",
      [rule({ how: "load", people: [{ userId: "a", weight: 3 }, { userId: "b" }] })],
      crewOf({ a: 8, b: 3 }),
      "a",
      ["rule_matched", "everybody", "load"],
    ],
    [
      "a deputy stands in",
      [rule({ how: "person", people: people("a") })],
      crewOf({}, {}, { a: "c" }),
      "c",
      ["rule_matched", "everybody", "deputy", "person"],
    ],
    [
      "away without deputy: the next rule",
      [rule({ how: "person", people: people("a") }), rule({ how: "person", people: people("b") })],
      crewOf({}, {}, { a: null }),
      "b",
      ["rule_matched", "everybody", "away", "nobody_there", "rule_matched", "everybody", "person"],
    ],
    [
      "full",
      [rule({ how: "load", people: people("a"), most: 5 })],
      crewOf({ a: 5 }),
      null,
      ["rule_matched", "everybody", "full", "nobody_there", "no_rule"],
    ],
  ];
  for (const [name, rules, crew, owner, codes] of cases)
    it(name, () => {
      const found = routeLead(LEAD, rules, crew);
      assert.equal(found.ownerUserId, owner);
      assert.deepEqual(
        found.words.map((word) => word.code),
        codes,
      );
    });

  it("turns are fair: after a round of all weights everybody had its share, whoever was first", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 5 }), (given, rounds) => {
        const turns = rule({ how: "turns", people: given.map((weight, at) => ({ userId: `u${at}`, weight })) });
        const had = new Map<string, number>();
        const all = given.reduce((sum, one) => sum + one, 0) * rounds;
        for (let n = 0; n < all; n++) {
          const { turn } = routeLead(LEAD, [turns], { open: new Map(), turns: new Map([["R", had]]), away: new Map() });
          had.set(turn?.userId ?? "", turn?.given ?? 0);
        }
        assert.deepEqual(
          given.map((_, at) => had.get(`u${at}`)),
          given.map((weight) => weight * rounds),
        );
      }),
      // People who had no turn yet are not new: they once counted as having had as many as the others.
      { examples: [[[1, 1], 1]] },
    );
  });

  it("who is new to a rule begins where the others stand", () => {
    const turns = rule({ how: "turns", people: [{ userId: "a", weight: 2 }, { userId: "b" }, { userId: "new" }] });
    const known = new Map([
      ["a", 200],
      ["b", 99],
    ]);
    assert.deepEqual(
      [...openingTurns(turns, known)],
      [
        ["a", 200],
        ["b", 99],
        ["new", 99],
      ],
    );
    assert.deepEqual(
      [...openingTurns(turns, new Map())],
      [
        ["a", 0],
        ["b", 0],
        ["new", 0],
      ],
    );
  });

  it("the same lead, rules and crew give the same answer", () => {
    const crew = crewOf({ a: 1, b: 1 });
    const rules = [rule({ how: "load", people: people("b", "a") })];
    assert.deepEqual(routeLead(LEAD, rules, crew), routeLead(LEAD, rules, crew));
  });
});

describe("sources", () => {
  const texts: readonly [string, string][] = [
    ["  Google   Ads ", "google ads"],
    ["Google%20Ads", "google ads"],
    ["google_ads-Q1", "google ads q1"],
    ["https://x.example/?utm_campaign=Q1&utm_source=Google%20Ads", "google ads q1"],
    ["50% off", "50% off"],
    ["https://www.blog.example/", "blog.example/"],
  ];
  for (const [raw, normal] of texts) it(raw, () => assert.equal(normalSource(raw), normal));

  it("the first rule that knows it names it, in words", () => {
    const rules = [
      SourceRule.parse({ match: "exact", text: "LinkedIn", source: "LinkedIn" }),
      SourceRule.parse({ match: "pattern", text: "*fair*", source: "Fair" }),
      SourceRule.parse({ match: "prefix", text: "Google", source: "Google Ads" }),
    ];
    assert.equal(mapSource("utm_source=google&utm_medium=cpc", rules).source, "Google Ads");
    assert.equal(mapSource("SiGMA fair 2026", rules).words[0]?.code, "source_pattern");
    assert.equal(mapSource("linked in", rules).source, null);
    assert.equal(suggestSource("linked in", rules)?.source, "LinkedIn");
    assert.equal(suggestSource("zzz", rules), null);
  });

  it("a pattern fits what a regular expression of it fits, and takes no longer than letters times letters", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
    fc.assert(
      fc.property(letters, text, (pattern, given) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        assert.equal(fits(pattern, given), expression.test(given));
      }),
    );
    assert.equal(fits(`${"*a".repeat(90)}b`, "a".repeat(500)), false);
  });
});

describe("likeness", () => {
  const one = keysOf({
    name: "ACME Média GmbH",
    email: "Info+x@acme.example",
    website: "https://www.acme.example/de",
    phone: "030 901820",
    country: "DE",
  });
  const cases: readonly [string, Parameters<typeof keysOf>[0], number, readonly string[]][] = [
    [
      "the same by mail and host",
      { name: "acme media", email: "info@acme.example" },
      99,
      ["same_email", "same_domain", "same_name"],
    ],
    ["another person of the company", { name: "Somebody", email: "x@acme.example" }, 72, ["same_domain"]],
    ["the same phone, written otherwise", { name: "Somebody", phone: "+49 30 90 18 20" }, 88, ["same_phone"]],
    ["the same name alone", { name: "Acme Media Ltd" }, 55, ["same_name"]],
    ["nobody", { name: "Zebra", email: "z@gmail.com" }, 0, []],
  ];
  for (const [name, other, score, codes] of cases)
    it(name, () => {
      const found = likenessOf(one, keysOf(other));
      assert.equal(found.score, score);
      assert.deepEqual(
        found.reasons.map((reason) => reason.code),
        codes,
      );
    });

  it("does not depend on who is asked first", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [left, right] = [keysOf({ name: a }), keysOf({ name: b })];
        assert.equal(likenessOf(left, right).score, likenessOf(right, left).score);
      }),
    );
  });
});

describe("answers of a form", () => {
  const definition = FormDefinition.parse({
    languages: ["en"],
    title: { en: "t" },
    questions: [
      { id: "n", kind: "text", field: "name", required: true, label: { en: "n" } },
      { id: "e", kind: "email", field: "email", required: true, label: { en: "e" } },
      { id: "w", kind: "url", field: "website", label: { en: "w" } },
      { id: "c", kind: "choices", label: { en: "c" }, choices: [{ value: "a", label: { en: "A" } }] },
    ],
  });
  it("are fields or answers, and everything wrong is told", () => {
    const good = readAnswers(definition, { n: " Acme ", e: "a@b.example", w: "acme.example", c: ["a"], stray: "x" });
    assert.deepEqual(good, {
      fields: { name: "Acme", email: "a@b.example", website: "acme.example" },
      answers: { c: "a" },
      problems: [],
    });
    const bad = readAnswers(definition, { e: "a@b", w: "javascript:alert(1)", c: ["z"] });
    assert.deepEqual(
      bad.problems.map((one) => one.code),
      ["missing", "not_email", "not_url", "not_choice"],
    );
  });
  it("a form without name or e-mail is refused", () => {
    const only = { ...definition, questions: definition.questions.slice(3) };
    assert.deepEqual(
      formProblems(only).map((one) => one.code),
      ["no_name", "no_email"],
    );
  });
});

describe("days", () => {
  const at = (text: string) => new Date(`${text}T09:00:00Z`);
  it("a task that repeats is due at its next date after now", () => {
    assert.deepEqual(nextDue(at("2026-03-02"), "week", at("2026-03-20")), at("2026-03-23"));
    assert.deepEqual(nextDue(at("2026-01-31"), "month", at("2026-02-01")), at("2026-02-28"));
    assert.deepEqual(nextDue(at("2026-01-31"), "month", at("2026-03-01")), at("2026-03-31"));
  });
  it("a report is of the week or month that is over", () => {
    assert.equal(dueReport("weekly", "2026-03-11").period, "2026-W10");
    assert.equal(dueReport("weekly", "2026-03-08").period, "2026-W09");
    assert.equal(dueReport("weekly", "2027-01-03").period, "2026-W52");
    assert.deepEqual(dueReport("monthly", "2026-03-11"), { period: "2026-02", from: "2025-09", to: "2026-03" });
  });
});

it("columns are known by what CRMs call them, each once", () => {
  assert.deepEqual(guessMapping(["Account Name", "First Name", "E-Mail", "Teléfono", "x"]), {
    name: "Account Name",
    contactName: "First Name",
    email: "E-Mail",
    phone: "Teléfono",
  });
});
