import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPlan } from "../../plans/index.ts";
import { dealsOf, planOf } from "./plans-of-sample.ts";

test("every plan of the sample is one that the linter accepts", () => {
  for (const vertical of ["fx", "casino", "saas"] as const)
    for (const deal of dealsOf(vertical)) {
      const check = checkPlan(planOf(vertical, deal));
      assert.ok(check.valid, `${vertical} ${deal}: ${JSON.stringify(check.findings)}`);
    }
});
