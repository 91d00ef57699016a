import assert from "node:assert/strict";
import { test } from "node:test";
import { fromForm, toForm } from "./field-entry.ts";

test("what is typed is what is kept, and what is kept is typed the same way again", () => {
  const values = [
    ["money", { minor: "123450", currency: "EUR" }, "1234.50 EUR"],
    ["money", { minor: "-7", currency: "JPY" }, "-7 JPY"],
    ["yes_no", false, "no"],
    ["number", "12.5", "12.5"],
  ] as const;
  for (const [type, value, typed] of values) {
    assert.equal(toForm(type, value), typed);
    assert.deepEqual(fromForm(type, typed), value);
  }
  assert.deepEqual(fromForm("many_of", ["a", "b"]), ["a", "b"]);
  assert.equal(fromForm("many_of", []), null);
  assert.equal(fromForm("text", "  "), null);
  assert.equal(fromForm("money", "much"), "much", "the server says what is wrong with it");
});
