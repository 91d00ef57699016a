import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Component, PlanDocument } from "@tributary/contract";
import { parse } from "yaml";
import { z } from "zod";
import { Refusal } from "../kernel/refusal.ts";
import { checkPlan } from "../plans/index.ts";
import { evaluate } from "./evaluate.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/reference/plan-language.md"), "utf8");

/** The page's examples: a plan, its facts, and what they come to by month. */
const examples = [
  ...page.matchAll(
    /<!-- example: plan -->\n```(?:json|yaml)\n([\s\S]*?)```\n<!-- example: facts -->\n```json\n([\s\S]*?)```\n<!-- example: result (.*?) -->/g,
  ),
].map(([, plan = "", facts = "", result = ""]) => ({ plan, facts, result }));

const plan = {
  language: 1,
  currency: "EUR",
  components: [
    {
      code: "share",
      model: "revenue_share",
      rate: "0.30",
      carryover: { mode: "full" },
      base: { name: "ngr", terms: [{ add: "ngr" }] },
    },
  ],
};

/** Names of fields, and the words that they may be. */
function wordsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const own = key === "properties" ? Object.keys(value) : key === "enum" ? value : key === "const" ? [value] : [];
    return [...own.filter((one: unknown) => typeof one === "string"), ...wordsOf(value)];
  });
}

describe("evaluate, without server or database", () => {
  it("has an example for every model of the language", () => {
    const models = Component.options.map((option) => option.shape.model.value);
    for (const model of models) {
      assert.ok(
        examples.some((one) => one.plan.includes(`"${model}"`) || one.plan.includes(`model: ${model}`)),
        model,
      );
    }
  });

  for (const [index, example] of examples.entries()) {
    it(`example ${index + 1} of the reference comes to ${example.result}`, () => {
      const { months } = evaluate(parse(example.plan), example.facts);
      assert.equal(months.map((one) => `${one.month} ${one.amount}`).join(", "), example.result);
    });
  }

  const recipes = [...page.matchAll(/\*\*(.+?)\*\*\n<!-- components -->\n```yaml\n([\s\S]*?)```/g)];
  it("has recipes", () => assert.ok(recipes.length >= 25, `${recipes.length}`));
  for (const [, name, components = ""] of recipes)
    it(`the reference's recipe is a plan: ${name}`, () => {
      const check = checkPlan({ language: 1, currency: "EUR", components: parse(components) });
      assert.deepEqual(
        check.findings.filter((one) => one.severity !== "hint"),
        [],
      );
    });

  it("explains every field and every word of the language in the reference", () => {
    const told = new Set([...page.matchAll(/`[^`\n]+`/g)].flatMap(([code]) => code.match(/[A-Za-z_0-9]+/g) ?? []));
    assert.deepEqual(
      wordsOf(z.toJSONSchema(PlanDocument, { io: "input", unrepresentable: "any" })).filter((word) => !told.has(word)),
      [],
    );
  });

  it("takes what is carried in, and gives what is carried out", () => {
    const facts = [
      '{"carryIn":"-100.00","component":"share"}',
      '{"customer":"a","on":"2026-03-01","measure":"ngr","amount":"40","currency":"EUR"}',
    ].join("\n");
    const result = evaluate(plan, facts);
    assert.equal(result.total, "0.00");
    assert.deepEqual(
      result.carry.map(({ component, into, base }) => ({ component, into, base })),
      [{ component: "share", into: "2026-04", base: "-60" }],
    );
  });

  it("explains in both languages with the same numbers", () => {
    const facts = '{"customer":"a","on":"2026-03-01","measure":"ngr","amount":"10.05","currency":"EUR"}';
    const [english] = evaluate(plan, facts).lines;
    const [spanish] = evaluate(plan, facts, { language: "es" }).lines;
    assert.deepEqual(english?.explanation, [
      "Revenue share, March 2026: 3.02 EUR",
      "  NGR: 10.05 EUR",
      "  Plus NGR = 10.05 EUR",
      "  Base: NGR: 10.05 = 10.05 EUR",
      "  Share: 10.05 × 0.3 = 3.015 EUR",
      "  Rounded once, halves away from zero: 3.015 → 3.02",
    ]);
    assert.equal(spanish?.explanation.length, english?.explanation.length);
    assert.match(spanish?.explanation[5] ?? "", /Redondeado una vez.*3.015 → 3.02/);
    assert.deepEqual(spanish?.working, english?.working);
  });

  it("notes trades that do not say the lots by which they are paid", () => {
    const lots = { ...plan, components: [{ code: "lots", model: "lot_rebate", amount: 5 }] };
    const trade = '{"type":"trade","customer":"a","on":"2026-03-01","spread":3}';
    const { notes } = evaluate(lots, trade);
    assert.ok(notes.includes("The component lots pays by lots, and 1 of the trades say none: they count as nothing."));
    assert.deepEqual(evaluate(lots, trade.replace("spread", "lots")).notes, []);
  });

  const cpa = { code: "cpa", model: "cpa", amount: 9, window: { from: "registration", days: 30 } };
  const deposited = { ...cpa, only: { country: ["DE"] }, qualification: { milestone: "first_deposit" } };
  for (const [told, note] of [
    [
      '{"type":"deposit","customer":"a","on":"2026-03-01","amount":5}',
      /^The plan waits for the milestone registration, and no fact tells it/,
    ],
    ['{"type":"void","customer":"a","on":"2026-03-01"}', /^The facts tell events of the type void/],
    ['{"type":"deposit","customer":"a","on":"2026-03-01"}', /^1 of the events deposit say no `amount`/],
    [
      '{"type":"deposit","customer":"a","on":"2026-03-01","amount":5,"country":"de"}',
      /^The plan asks for country DE, and the facts say de/,
    ],
  ] as const) {
    it(`notes ${note.source}`, () => {
      const { notes } = evaluate({ ...plan, components: [deposited] }, told);
      assert.ok(
        notes.some((one) => note.test(one)),
        notes.join("\n"),
      );
    });
  }

  const refused: readonly (readonly [string, string, RegExp])[] = [
    [
      "no JSON",
      "customer,on",
      /line 1: is no JSON: at character 1 \(customer,on\): names and texts stand in "double quotes"/,
    ],
    [
      "an object that is not closed",
      '# a\n{"type":"sale","customer":"a"',
      /line 2: is no JSON: it ends after 29 characters/,
    ],
    ["a comma too many", '{"customer":"a",}', /at character 17: the comma before } is one too many/],
    ["a number for an object", "5", /line 1: is no JSON object but only 5/],
    [
      "an unknown day of a deposit",
      '{"type":"deposit","customer":"a","on":"2026-02-29","amount":5}',
      /line 1, on: the day 2026-02-29 does not exist/,
    ],
    [
      "an amount of a trade",
      '{"type":"trade","customer":"a","on":"2026-03-01","amount":5}',
      /line 1: An event of type trade has no `amount`/,
    ],
    [
      "a measure that is no number",
      '{"type":"trade","customer":"a","on":"2026-03-01","measures":{"spread":"x"}}',
      /line 1: spread x is no number/,
    ],
    ["a metric of no month", '\n{"metric":"members","value":5}', /line 2: The metric members names neither a month/],
    ["a flag in words", '{"partner":"a","active":"yes"}', /line 1, active: active has to be true or false/],
    [
      "a repetition in words",
      '{"type":"deposit","customer":"a","on":"2026-03-01","amount":5,"repeat":"many"}',
      /line 1, repeat: repeat has to be a number/,
    ],
    [
      "a decimal comma",
      '{"customer":"a","on":"2026-03-01","measure":"ngr","amount":"12,34","currency":"EUR"}',
      /line 1/,
    ],
    ["a day that does not exist", '{"customer":"a","on":"2026-02-30","milestone":"kyc_passed"}', /line 1/],
    [
      "an unknown currency",
      '{"customer":"a","on":"2026-03-01","measure":"ngr","amount":"1","currency":"XXX"}',
      /XXX is no ISO 4217 currency/,
    ],
    ["an unknown field", '{"customer":"a","on":"2026-03-01","milestone":"kyc_passed","colour":"red"}', /line 1/],
    ["an event of nobody", '{"type":"deposit","on":"2026-03-01","amount":"5"}', /names no customer/],
    ["a fact without a time", '{"type":"deposit","customer":"a","amount":"5"}', /neither `on`/],
    ["no facts at all", "", /holds no fact/],
  ];
  for (const [name, facts, message] of refused) {
    it(`refuses ${name}, naming the line`, () => {
      assert.throws(
        () => evaluate(plan, facts),
        (error) => error instanceof Refusal && error.code === "invalid_input" && message.test(error.message),
      );
    });
  }

  it("refuses a plan that can be read two ways, and a day without a rate", () => {
    const { carryover: _, ...unclear } = plan.components[0] ?? {};
    assert.throws(
      () => evaluate({ ...plan, components: [unclear] }, "{}"),
      (error) =>
        error instanceof Refusal && error.code === "plan_invalid" && /every month starts at zero/.test(error.message),
    );
    const facts = '{"customer":"a","on":"2026-03-01","measure":"ngr","amount":"1","currency":"GBP"}';
    assert.throws(
      () => evaluate(plan, facts),
      (error) =>
        error instanceof Refusal && error.code === "rate_missing" && /GBP to EUR for 2026-03-01/.test(error.message),
    );
  });
});
