import assert from "node:assert/strict";
import { test } from "node:test";
import { readPath, writePath } from "./paths.ts";
import { changeAt, rangeOf, readPlanText } from "./plan-text.ts";

const TEXT = `language: 1
currency: EUR # of the statements
components:
  # what a customer is worth
  - code: cpa
    amount: "120.00"
`;

test("a change in the form keeps the comments of the text", () => {
  const changed = changeAt(TEXT, ["components", 0, "amount"], "130.00");
  assert.match(changed, /# of the statements/);
  assert.match(changed, /# what a customer is worth/);
  assert.deepEqual(readPlanText(changed).value.components, [{ code: "cpa", amount: "130.00" }]);
});

test("an amount that is written by the form stays text", () => {
  assert.match(changeAt(TEXT, ["components", 0, "rate"], "0.30"), /rate: "0.30"/);
  assert.doesNotMatch(changeAt(TEXT, ["components", 0, "amount"], undefined), /amount/);
});

test("a component is added behind the last", () => {
  const changed = changeAt(TEXT, ["components", 1], { code: "share", caps: [{ name: "a" }] });
  assert.deepEqual(readPlanText(changed).value.components, [
    { code: "cpa", amount: "120.00" },
    { code: "share", caps: [{ name: "a" }] },
  ]);
});

test("a place is found in the text, and its parent when it is missing", () => {
  const { from, to } = rangeOf(TEXT, "components[0].amount");
  assert.equal(TEXT.slice(from, to), '"120.00"');
  assert.ok(TEXT.slice(rangeOf(TEXT, "components[0].window").from).startsWith("code: cpa"));
});

test("text that is no YAML keeps the last document and says where", () => {
  const broken = readPlanText('a: "', { currency: "EUR" });
  assert.deepEqual(broken.value, { currency: "EUR" });
  assert.ok(broken.broken);
});

test("paths are read as they are written", () => {
  for (const path of ["components[0].caps[2].overflow.component", "currency", "bases.ngr.terms[1].deduct.of"])
    assert.equal(writePath(readPath(path)), path);
});
