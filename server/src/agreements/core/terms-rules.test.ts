import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApprovalRule, Clause, PlanDocument } from "@tributary/contract";
import { approvalNeeds, approvalState, isAsked } from "./approval-rules.ts";
import { termsText, unknownPlaceholders, withClauseTexts } from "./clauses.ts";
import { differenceOf, planChanges, worsens } from "./difference.ts";
import { allowedComponents } from "./jurisdiction.ts";
import { negotiableValues, withValues } from "./plan-values.ts";
import { phaseOf, scheduleOf } from "./schedule.ts";
import { STANDARD_JURISDICTION_RULES } from "./standard-rules.ts";

/** Documents as the plan language writes them; agreements look at them as trees. */
const plan = (...components: readonly object[]) =>
  ({ language: 1, currency: "EUR", components }) as unknown as PlanDocument;
const CPA = {
  code: "cpa",
  model: "cpa",
  amount: "90.00",
  qualification: { metric: "deposits", atLeast: "30.00" },
  window: { from: "registration", days: 45 },
  hold: { days: 14, from: "earned" },
};
const SHARE = {
  code: "net",
  model: "revenue_share",
  rate: "0.30",
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: { rate: "0.10", of: "ggr" } }] },
  carryover: { mode: "full" },
};

describe("the difference between two plans", () => {
  const rows: readonly (readonly [string, object, object, readonly (readonly [string, string, string | null])[]])[] = [
    ["a higher amount is better", CPA, { ...CPA, amount: "120.00" }, [["cpa.amount", "better", "0.3333"]]],
    ["a lower share is worse", SHARE, { ...SHARE, rate: "0.25" }, [["net.rate", "worse", "-0.1667"]]],
    ["0.3 is 0.30", SHARE, { ...SHARE, rate: "0.3" }, []],
    [
      "a higher threshold is worse",
      CPA,
      { ...CPA, qualification: { metric: "deposits", atLeast: "50.00" } },
      [["cpa.qualification.atLeast", "worse", "0.6667"]],
    ],
    [
      "more days to qualify are better",
      CPA,
      { ...CPA, window: { from: "registration", days: 60 } },
      [["cpa.window.days", "better", "0.3333"]],
    ],
    [
      "a longer hold is worse",
      CPA,
      { ...CPA, hold: { days: 30, from: "earned" } },
      [["cpa.hold.days", "worse", "1.1429"]],
    ],
    [
      "a deduction that grows is worse",
      SHARE,
      { ...SHARE, base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: { rate: "0.20", of: "ggr" } }] } },
      [["net.base.terms[1].deduct.rate", "worse", "1"]],
    ],
    [
      "what cannot be weighed is unclear",
      CPA,
      { ...CPA, window: { from: "first_deposit", days: 45 } },
      [["cpa.window.from", "unclear", null]],
    ],
  ];
  for (const [name, before, after, expected] of rows) {
    it(name, () => {
      const changes = planChanges(plan(before), plan(after));
      assert.deepEqual(
        changes.map((one) => [one.path, one.effect, one.relative]),
        expected,
      );
    });
  }

  it("a component that goes is one change and worse, one that comes is better", () => {
    const found = planChanges(plan(CPA), plan(SHARE)).map((one) => [one.path, one.kind, one.effect]);
    assert.deepEqual(found, [
      ["cpa", "removed", "worse"],
      ["net", "added", "better"],
    ]);
  });

  it("notice is asked for whatever may be worse", () => {
    const terms = { clauses: [], validFrom: "2026-01-01", validTo: null, customers: "move" };
    const from = (one: object) => ({ ...terms, plan: plan(one) });
    assert.equal(worsens(differenceOf(from(CPA), from({ ...CPA, amount: "91.00" }))), false);
    assert.equal(worsens(differenceOf(from(CPA), from({ ...CPA, amount: "89.00" }))), true);
  });
});

describe("values of a plan that can be talked about", () => {
  it("are its amounts, rates, thresholds and days by their address", () => {
    assert.deepEqual(
      negotiableValues(plan(CPA, SHARE)).map((one) => [one.path, one.value, one.kind]),
      [
        ["cpa.amount", "90.00", "amount"],
        ["cpa.qualification.atLeast", "30.00", "amount"],
        ["cpa.window.days", "45", "count"],
        ["cpa.hold.days", "14", "count"],
        ["net.rate", "0.30", "rate"],
        ["net.base.terms[1].deduct.rate", "0.10", "rate"],
      ],
    );
  });

  it("are replaced where they stand, numbers as numbers; others are named", () => {
    const { document, problems } = withValues(plan(CPA), [
      { path: "cpa.amount", value: "95.00" },
      { path: "cpa.window.days", value: "60" },
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(document, plan({ ...CPA, amount: "95.00", window: { from: "registration", days: 60 } }));
    assert.deepEqual(withValues(plan(CPA), [{ path: "cpa.model", value: "1" }]).problems, [
      { path: "cpa.model", problem: "unknown" },
    ]);
    assert.deepEqual(withValues(plan(CPA), [{ path: "cpa.hold.days", value: "1.5" }]).problems, [
      { path: "cpa.hold.days", problem: "not_a_number" },
    ]);
  });
});

describe("approval rules", () => {
  const standard = plan(CPA, SHARE);
  const ask = (rule: object, proposed: PlanDocument, more: object = {}) => {
    const days = { clauses: [], validFrom: "2026-01-01", validTo: null, customers: "move" };
    const deviation = differenceOf({ ...days, plan: standard }, { ...days, plan: proposed });
    const deal = { plan: proposed, planHash: "h", deviation, evidence: null, ...more };
    const whole = { code: "r1", name: "Rule", approvers: [{ role: "approver", count: 1 }], when: rule };
    return approvalNeeds([whole as unknown as ApprovalRule], deal).flatMap((need) => need.reasons.map((one) => one.en));
  };
  const dear = plan({ ...CPA, amount: "130.00" }, { ...SHARE, rate: "0.45" });
  const rows: readonly (readonly [string, object, PlanDocument, object, readonly string[]])[] = [
    ["an amount within the limit asks nobody", { kind: "amount", models: ["cpa"], moreThan: "90.00", currency: "EUR" }, standard, {}, []],
    ["a threshold is no amount paid", { kind: "amount", models: [], moreThan: "100", currency: "EUR" }, plan({ ...CPA, qualification: { metric: "deposits", atLeast: "500" } }), {}, []],
    ["a large CPA asks", { kind: "amount", models: ["cpa"], moreThan: "100", currency: "EUR" }, dear, {}, ["cpa.amount is 130.00 EUR, more than 100 EUR."]],
    ["another currency asks", { kind: "amount", models: [], moreThan: "900", currency: "USD" }, standard, {}, ["The plan pays in EUR, the limit is 900 USD: they cannot be compared."]],
    ["a band's amount counts", { kind: "amount", models: [], moreThan: "100", currency: "EUR" }, plan({ ...CPA, amount: { bands: [{ from: "200", value: "150.00" }] } }), {}, ["cpa.amount.bands[0].value is 150.00 EUR, more than 100 EUR."]],
    ["a high share asks", { kind: "rate", models: [], moreThan: "0.40" }, dear, {}, ["net.rate is 45 %, more than 40 %."]],
    ["a deduction is no share", { kind: "rate", models: [], moreThan: "0.05" }, plan(CPA), {}, []],
    ["no evidence asks", { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "asks" }, standard, {}, ["No simulation is attached."]],
    ["no evidence may pass", { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "passes" }, standard, {}, []],
    ["evidence of another plan asks", { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "asks" }, standard, { evidence: { id: "s", planHash: "x", costShare: "0.1" } }, ["The attached simulation is of another plan."]],
    ["a dear deal asks", { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "asks" }, standard, { evidence: { id: "s", planHash: "h", costShare: "0.52" } }, ["The simulation expects a cost of 52 % of revenue, more than 40 %."]],
    ["a cheap deal does not", { kind: "margin", costShareMoreThan: "0.40", withoutEvidence: "asks" }, standard, { evidence: { id: "s", planHash: "h", costShare: "0.39" } }, []],
    ["the standard plan deviates from nothing", { kind: "deviation", byMoreThan: null }, standard, {}, []],
    ["every deviation is named with its size", { kind: "deviation", byMoreThan: null }, dear, {}, ["cpa.amount is 130.00, the standard is 90.00 (+44.44 %).", "net.rate is 0.45, the standard is 0.30 (+50 %)."]],
    ["a small deviation passes", { kind: "deviation", byMoreThan: "0.50" }, dear, {}, []],
    ["a component more has no measure", { kind: "deviation", byMoreThan: "0.50" }, plan(CPA, SHARE, { code: "fee", model: "flat_fee", amount: "1.00" }), {}, ["fee is flat_fee, the standard is without it."]],
  ]; // biome-ignore format: a table
  for (const [name, when, proposed, more, expected] of rows)
    it(name, () => assert.deepEqual(ask(when, proposed, more), expected));

  const needs = [
    {
      rule: "money",
      name: "Money",
      approvers: [
        { role: "finance" as const, count: 1 },
        { role: "approver" as const, count: 2 },
      ],
    },
  ];
  const yes = (person: string, ...roles: string[]) => ({ person, roles, decision: "approved" });

  it("several approvals are counted by role and by person", () => {
    const one = [yes("a", "approver"), yes("a", "approver"), yes("f", "finance")];
    assert.equal(approvalState(needs, one).complete, false);
    assert.equal(approvalState(needs, [...one, yes("b", "approver")]).complete, true);
    assert.equal(approvalState(needs, [yes("x", "administrator"), yes("y", "administrator")]).complete, true);
  });

  it("whoever can add nothing is not asked", () => {
    assert.equal(isAsked(needs, [yes("f", "finance")], "g", ["finance"]), false);
    assert.equal(isAsked(needs, [yes("f", "finance")], "b", ["approver"]), true);
    assert.equal(isAsked(needs, [yes("b", "approver")], "b", ["approver"]), false);
  });
});

describe("clauses", () => {
  const clause = (key: string, text: string, locked = false): Clause => ({ key, title: "", text, locked });
  const filling = {
    partnerName: "Acme",
    partnerLegalName: "",
    partnerCountry: "ES",
    programName: "Casino",
    programCurrency: "EUR",
    validFrom: "2026-01-01",
    validTo: null,
    customers: "move",
    plan: [{ title: "net_share", sentences: [{ text: "It pays.", level: 0 }] }],
    language: "en",
  } as const;

  it("are filled in, and the plan stands at its place or at the end", () => {
    const text = termsText(
      [clause("a", "{{partner.legalName}} until {{ agreement.validTo }}.\n\n{{plan.text}}")],
      filling,
    );
    assert.equal(text, "Acme until further notice.\n\n### 1.1 Net share\n\n1.1.1 It pays.");
    assert.equal(
      termsText([clause("a", "Hello.")], filling),
      "Hello.\n\n## 2. Commission\n\n### 2.1 Net share\n\n2.1.1 It pays.",
    );
  });

  it("carry numbers: their own, or those of their places", () => {
    const titled = (title: string) => ({ ...clause("a", "{{plan.text}}"), title });
    assert.match(termsText([titled("Pay")], filling), /^## 1\. Pay\n\n### 1\.1 Net share\n\n1\.1\.1 It pays\.$/);
    assert.match(termsText([titled("7. Pay")], filling), /^## 7\. Pay\n\n### 7\.1 Net share\n\n7\.1\.1 It pays\.$/);
  });

  it("the plan's sentences are numbered text, not Markdown; what stands under one has letters", () => {
    const sentences = [
      { text: "1. First of all:", level: 0 },
      { text: "a * b [c] <d>;", level: 1 },
      { text: "and more.", level: 1 },
      { text: "Then this.", level: 0 },
    ];
    assert.equal(
      termsText([], { ...filling, plan: [{ title: "what decides", sentences }] }),
      [
        "## 1. What decides",
        "1.1 First of all:",
        "(a) a \\* b \\[c\\] \\<d\\>;",
        "(b) and more.",
        "1.2 Then this.",
      ].join("\n\n"),
    );
  });

  it("name what cannot be filled in", () => {
    assert.deepEqual(unknownPlaceholders("{{partner.name}} {{partner.iban}}"), ["partner.iban"]);
  });

  it("that are locked stay", () => {
    const found = withClauseTexts(
      [clause("a", "A", true), clause("b", "B")],
      [
        { key: "a", text: "X" },
        { key: "b", text: "Y" },
        { key: "c", text: "Z" },
      ],
    );
    assert.deepEqual(found.clauses, [clause("a", "A", true), clause("b", "Y")]);
    assert.deepEqual([found.locked, found.unknown], [["a"], ["c"]]);
    assert.deepEqual(
      withClauseTexts([clause("a", "A", true)], [{ key: "a", text: "A" }]).locked,
      [],
      "the same text is no change",
    );
  });
});

describe("precedence, printed", () => {
  const range = (version: number, validFrom: string, validTo: string | null = null) => ({
    version,
    validFrom,
    validTo,
    customers: "move" as const,
  });

  it("a boost overlays the base, which applies again after it", () => {
    const versions = [range(1, "2026-01-01"), range(2, "2026-03-01", "2026-03-15")];
    const schedule = scheduleOf(versions);
    assert.deepEqual(
      schedule.map((one) => [one.from, one.to, one.version, one.overruled]),
      [
        ["2026-01-01", "2026-03-01", 1, []],
        ["2026-03-01", "2026-03-15", 2, [1]],
        ["2026-03-15", null, 1, []],
      ],
    );
    const phases = (today: string) => versions.map((one) => phaseOf(one, schedule, today));
    assert.deepEqual(phases("2026-02-01"), ["active", "scheduled"]);
    assert.deepEqual(phases("2026-03-01"), ["scheduled", "active"]);
    assert.deepEqual(phases("2026-03-15"), ["active", "ended"]);
  });

  it("newer terms without an end supersede older ones", () => {
    const versions = [range(1, "2026-01-01"), range(2, "2026-03-01")];
    const schedule = scheduleOf(versions);
    assert.deepEqual(phaseOf(versions[0] as (typeof versions)[0], schedule, "2026-04-01"), "superseded");
  });

  it("days without terms stand in it, the emptiness after the end does not", () => {
    const schedule = scheduleOf([range(1, "2026-01-01", "2026-02-01"), range(2, "2026-03-01", "2026-04-01")]);
    assert.deepEqual(
      schedule.map((one) => [one.from, one.version]),
      [
        ["2026-01-01", 1],
        ["2026-02-01", null],
        ["2026-03-01", 2],
      ],
    );
  });
});

describe("jurisdiction rules: which components a partner may have", () => {
  const tiered = { ...CPA, amount: { bands: [{ from: "1", value: "50.00" }] } };
  const at = (country: string | null, ...licences: readonly (readonly [string, string])[]) => ({
    country,
    licences: licences.map(([jurisdiction, one]) => ({ jurisdiction, class: one })),
  });
  const rows: readonly (readonly [string, ReturnType<typeof at>, PlanDocument, readonly string[]])[] = [
    ["elsewhere everything is allowed", at("DE"), plan(CPA, SHARE), []],
    ["New Jersey vendor: a flat CPA", at("US", ["US-NJ", "vendor_registration"]), plan(CPA), []],
    ["New Jersey vendor: no share, so no hybrid", at("US", ["US-NJ", "vendor_registration"]), plan(CPA, SHARE), ["net nj-vendor no"]],
    ["New Jersey vendor: no variable CPA", at("US", ["US-NJ", "vendor_registration"]), plan(tiered), ["cpa nj-vendor no"]],
    ["New Jersey CSIE: a share", at("US", ["US-NJ", "csie"]), plan(SHARE), []],
    ["both: the better one counts", at("US", ["US-NJ", "vendor_registration"], ["US-NJ", "csie"]), plan(SHARE), []],
    ["New Jersey without either: nothing", at("US", ["US-NJ", "none"]), plan(CPA), ["cpa nj-unlicensed no"]],
    ["Great Britain: a share is allowed with a warning", at("GB"), plan(SHARE), ["net ukgc-oversight yes"]],
    ["Cyprus: a conflict to be managed", at("CY", ["CY", "tied_agent"]), plan(SHARE), ["net cysec-conflict yes"]],
    ["an unauthorized broker in the EEA", at("DE"), plan({ code: "lots", model: "lot_rebate", amount: "5.00" }), ["lots esma-conflict yes"]],
  ]; // biome-ignore format: a table
  for (const [name, partner, document, expected] of rows)
    it(name, () => {
      const found = allowedComponents(STANDARD_JURISDICTION_RULES, partner, document);
      assert.deepEqual(
        found.map((one) => `${one.code} ${one.rule} ${one.allowed ? "yes" : "no"}`),
        expected,
      );
    });
});
