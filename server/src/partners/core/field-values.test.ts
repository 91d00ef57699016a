import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FieldType, FieldValue } from "@tributary/contract";
import { fitValue } from "./field-values.ts";

const options = ["gold", "silver"].map((value) => ({ value, title: { en: value, es: value } }));

describe("a value of a custom field", () => {
  const kept: readonly [FieldType, FieldValue, FieldValue][] = [
    ["text", " Acme ", "Acme"],
    ["number", "012.50", "12.5"],
    ["date", "2024-02-29", "2024-02-29"],
    ["yes_no", "no", false],
    ["one_of", "gold", "gold"],
    ["many_of", ["silver", "gold", "gold"], ["gold", "silver"]],
    ["many_of", "gold", ["gold"]],
    ["country", "DE", "DE"],
    ["url", "https://a.example/x", "https://a.example/x"],
    ["email", "a@b.example", "a@b.example"],
    ["money", { minor: "100", currency: "JPY" }, { minor: "100", currency: "JPY" }],
  ];
  for (const [type, given, value] of kept)
    it(`${type} ${JSON.stringify(given)} is kept as ${JSON.stringify(value)}`, () => {
      assert.deepEqual(fitValue({ type, options }, given), { value });
    });

  const refused: readonly [FieldType, FieldValue][] = [
    ["text", ""],
    ["number", "1,5"],
    ["number", "1e3"],
    ["date", "2023-02-29"],
    ["date", "31.12.2023"],
    ["yes_no", "maybe"],
    ["one_of", "bronze"],
    ["many_of", ["gold", "bronze"]],
    ["many_of", []],
    ["country", "Germany"],
    ["url", "javascript:alert(1)"],
    ["email", "nobody"],
    ["money", { minor: "1", currency: "EUX" }],
    ["money", "12 EUR"],
    ["text", ["a"]],
  ];
  for (const [type, given] of refused)
    it(`${type} does not take ${JSON.stringify(given)}`, () => {
      assert.ok("problem" in fitValue({ type, options }, given));
    });
});
