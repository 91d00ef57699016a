import assert from "node:assert/strict";
import { test } from "node:test";
import type { DataCheck, DataCondition } from "@tributary/contract";
import fc from "fast-check";
import { holds, type Values } from "./core/conditions.ts";
import { faultOf, ruleProblem } from "./core/fault.ts";
import { FIRST_RULES } from "./core/first-rules.ts";
import { nextLook, outcomeOf } from "./core/page-outcome.ts";
import { patternProblem } from "./core/pattern.ts";
import { scoreOf } from "./core/score.ts";
import { tagChange } from "./core/tags.ts";
import { aboutLink, type LinkSeen } from "./core/tidy.ts";

const NOW = new Date("2026-06-30T00:00:00Z");
const RECORD: Values = {
  name: "Río & Sons",
  email: " Ana@Example.com ",
  country: "ES",
  tags: ["VIP", "seo"],
  links: 3,
  note: "",
  owner: null,
  createdAt: "2026-01-01T00:00:00Z",
  signatory: true,
};

const CONDITIONS: readonly (readonly [string, DataCondition, boolean])[] = [
  ["one of", { field: "country", is: ["ES", "PT"] }, true],
  ["in any case", { field: "email", is: ["ana@example.com"] }, true],
  ["none of", { field: "country", isNot: ["ES"] }, false],
  ["a list holds one of", { field: "tags", is: ["vip"] }, true],
  ["a flag", { field: "signatory", is: [true] }, true],
  ["empty text", { field: "note", empty: true }, true],
  ["nothing is empty", { field: "owner", empty: true }, true],
  ["unknown field is empty", { field: "nope", empty: false }, false],
  ["at least", { field: "links", atLeast: 3 }, true],
  ["nothing is not at most 5", { field: "owner", atMost: 5 }, false],
  ["members of a list", { field: "tags", atLeast: 3 }, false],
  ["older than", { field: "createdAt", olderThanDays: 179 }, true],
  ["not older than", { field: "createdAt", olderThanDays: 180 }, false],
  ["within", { field: "createdAt", withinDays: 180 }, true],
  ["starts with", { field: "name", startsWith: "río" }, true],
  [
    "all",
    {
      all: [
        { field: "country", is: ["ES"] },
        { field: "links", atMost: 2 },
      ],
    },
    false,
  ],
  [
    "any",
    {
      any: [
        { field: "country", is: ["ES"] },
        { field: "links", atMost: 2 },
      ],
    },
    true,
  ],
  ["not", { not: { field: "country", is: ["ES"] } }, false],
];
for (const [name, condition, expected] of CONDITIONS)
  test(`condition: ${name}`, () => assert.equal(holds(condition, RECORD, NOW), expected));

const FAULTS: readonly (readonly [string, DataCheck, Values, string | undefined])[] = [
  ["missing", { kind: "completeness", field: "owner" }, RECORD, ""],
  ["there", { kind: "completeness", field: "country" }, RECORD, undefined],
  ["none counted", { kind: "completeness", field: "contacts" }, { contacts: 0 }, "0"],
  ["good e-mail", { kind: "format", field: "email", format: "email" }, RECORD, undefined],
  ["bad e-mail", { kind: "format", field: "email", format: "email" }, { email: "ana@example" }, "ana@example"],
  ["two addresses", { kind: "format", field: "email", format: "email" }, { email: "a@b.co, c@d.co" }, "a@b.co, c@d.co"],
  ["no e-mail is no format", { kind: "format", field: "email", format: "email" }, { email: "" }, undefined],
  ["bare host", { kind: "format", field: "website", format: "url" }, { website: "example.com" }, "example.com"],
  [
    "script",
    { kind: "format", field: "website", format: "url" },
    { website: "javascript:alert(1)" },
    "javascript:alert(1)",
  ],
  ["phone", { kind: "format", field: "phone", format: "phone" }, { phone: "+34 600 00 00 00" }, undefined],
  ["no phone", { kind: "format", field: "phone", format: "phone" }, { phone: "call me" }, "call me"],
  [
    "pattern is of the whole",
    { kind: "format", field: "code", format: "pattern", pattern: "[a-z]{2}" },
    { code: "abc" },
    "abc",
  ],
  ["stale", { kind: "freshness", field: "createdAt", days: 90 }, RECORD, "2026-01-01T00:00:00Z"],
  ["fresh", { kind: "freshness", field: "createdAt", days: 365 }, RECORD, undefined],
  ["cross field", { kind: "cross_field", field: "links", must: { field: "links", atLeast: 5 } }, RECORD, "3"],
];
for (const [name, check, values, expected] of FAULTS)
  test(`fault: ${name}`, () => assert.equal(faultOf(check, values, { now: NOW, isShared: false }), expected));

test("a shared value is a fault, an empty one is not", () => {
  const check = { kind: "uniqueness", field: "email", compare: "lower" } as const;
  assert.equal(faultOf(check, { email: "a@b.co" }, { now: NOW, isShared: true }), "a@b.co");
  assert.equal(faultOf(check, { email: " " }, { now: NOW, isShared: true }), undefined);
});

test("patterns that could take for ever are refused", () => {
  for (const bad of ["(a+)+", "(a|a)*", "((a)*)*", "(\\w+\\s?)+x", "(a)\\1", "(?=a)b", "("])
    assert.notEqual(patternProblem(bad), undefined, bad);
  for (const good of ["[A-Z]{2}[0-9]+", "(?:abc)+", "[(+)]*", "\\(\\+\\)", "prt-(eu|us)-[0-9]{4}"])
    assert.equal(patternProblem(good), undefined, good);
});

test("the first rules can be kept, each under its own code", () => {
  const codes = FIRST_RULES.map((rule) => rule.code);
  assert.equal(new Set(codes).size, codes.length);
  for (const { code, definition } of FIRST_RULES)
    assert.equal(ruleProblem(definition as Parameters<typeof ruleProblem>[0]), undefined, code);
});

test("a score is 100 only without a fault, and never rises with one more", () => {
  const rules = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      rules,
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      fc.nat(19),
      (weights, broken, more) => {
        const held = weights.map((weight, index) => ({ ruleId: String(index), weight }));
        const faults = new Set(held.filter((_, index) => broken[index]).map(({ ruleId }) => ruleId));
        const { score, lost, total } = scoreOf(held, faults);
        assert.ok(score >= 0 && score <= 100 && lost <= total);
        assert.equal(score === 100, lost === 0);
        assert.ok(scoreOf(held, new Set([...faults, String(more)])).score <= score);
      },
    ),
  );
  assert.equal(scoreOf([], new Set()).score, 100);
});

const hop = (url: string, status: number | null, kind?: string) => ({
  url,
  status,
  error: kind === undefined ? null : { kind, text: kind },
});
const PAGES = [
  ["ok", [hop("https://a.example/", 200)], null],
  ["ok", [hop("http://a.example/", 301), hop("https://www.a.example/x", 200)], null],
  ["redirected", [hop("https://a.example/", 302), hop("https://parked.example/", 200)], null],
  ["not_found", [hop("https://a.example/", 404)], null],
  ["gone", [hop("https://a.example/", 410)], null],
  ["server_error", [hop("https://a.example/", 503)], null],
  ["refused", [hop("https://a.example/", 403)], null],
  ["timeout", [hop("https://a.example/", null, "timeout")], null],
  ["certificate", [hop("https://a.example/", null, "certificate")], null],
  ["no_host", [hop("https://a.example/", null, "dns")], null],
  ["not_checked", [hop("http://10.0.0.1/", null, "refused")], null],
  ["loop", [hop("https://a.example/", 302)], "loop"],
] as const;
for (const [expected, hops, stopped] of PAGES)
  test(`page: ${expected} ${hops.length}`, () => assert.equal(outcomeOf({ hops, stopped }).outcome, expected));

test("a page is dead only the second time, and asked again within the hour", () => {
  const first = nextLook("not_found", 0, NOW);
  assert.deepEqual([first.misses, first.nextAt.toISOString()], [1, "2026-06-30T01:00:00.000Z"]);
  assert.equal(nextLook("timeout", first.misses, NOW).misses, 2);
  assert.equal(nextLook("ok", 5, NOW).misses, 0);
  assert.equal(nextLook("not_checked", 1, NOW).misses, 0);
});

const LINK: LinkSeen = {
  linkId: "lnk_1",
  code: "abc",
  name: "",
  programId: "prg_1",
  partnerId: "prt_1",
  createdAt: new Date("2025-01-01T00:00:00Z"),
  partnerStatus: "active",
  hadTerms: true,
  hasTerms: true,
  lastDay: "2026-06-29",
};
const LINKS = [
  ["used yesterday", {}, undefined],
  ["quiet", { lastDay: "2026-04-01" }, "link_no_traffic"],
  ["never used, new", { lastDay: null, createdAt: new Date("2026-06-01T00:00:00Z") }, undefined],
  ["never used, old", { lastDay: null }, "link_no_traffic"],
  ["terms ended", { hasTerms: false }, "agreement_ended_link"],
  ["never had terms", { hasTerms: false, hadTerms: false }, undefined],
  ["of a deactivated partner", { partnerStatus: "deactivated", hasTerms: false }, "partner_inactive_link"],
] as const;
for (const [name, more, expected] of LINKS)
  test(`link: ${name}`, () => assert.equal(aboutLink({ ...LINK, ...more }, NOW)?.kind, expected));

test("no rule takes away a tag that a hand has set", () => {
  const tag = fc.constantFrom<string>("a", "b", "c", "d");
  fc.assert(
    fc.property(
      fc.uniqueArray(tag),
      fc.uniqueArray(tag),
      fc.array(fc.tuple(tag, fc.boolean())),
      (tags, ruled, asked) => {
        const byRule = new Map(ruled.map((one) => [one, "old"]));
        const wishes = asked.map(([one, wanted], index) => ({ ruleId: `r${index}`, tag: one, holds: wanted }));
        const change = tagChange({ recordId: "p", tags, byRule }, wishes);
        const after = change?.tags ?? tags;
        for (const one of tags) if (!byRule.has(one)) assert.ok(after.includes(one));
        for (const { tag: one, holds: wanted } of wishes) if (wanted) assert.ok(after.includes(one));
        for (const one of change?.add ?? []) assert.ok(!tags.includes(one.tag) || byRule.has(one.tag));
      },
    ),
  );
});
