import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { checkPlan } from "../check-plan.ts";
import { renderPlan } from "../render-plan.ts";
import { planTemplates } from "./index.ts";

const templates = planTemplates("en");

test("there is a template for every common deal, each with a name of its own", () => {
  assert.ok(templates.length >= 15, `${templates.length}`);
  assert.equal(new Set(templates.map((one) => one.code)).size, templates.length);
  assert.deepEqual(
    planTemplates("es").map((one) => one.code),
    templates.map((one) => one.code),
  );
});

for (const template of templates)
  test(`the template ${template.code} can be read in one way only`, () => {
    const check = checkPlan(parse(template.source));
    assert.ok(check.valid, JSON.stringify(check.findings, null, 1));
    assert.deepEqual(
      check.findings.filter((one) => one.severity !== "hint"),
      [],
    );
    for (const language of ["en", "es"] as const) assert.ok(renderPlan(check.plan, language).length > 8);
  });
