import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json.ts";

describe("canonical JSON", () => {
  for (const [value, text] of [
    [{ b: 1, a: [true, null, "é\n"] }, '{"a":[true,null,"é\\n"],"b":1}'],
    [
      { big: 12345678901234567890n, at: new Date(0), gone: undefined },
      '{"at":"1970-01-01T00:00:00.000Z","big":"12345678901234567890"}',
    ],
    [[], "[]"],
    [undefined, "null"],
    [-0, "0"],
    [1e21, "1e+21"],
  ] as const) {
    it(`writes ${text}`, () => assert.equal(canonicalJson(value), text));
  }

  it("does not depend on the order of keys, and survives a round trip through JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        assert.equal(canonicalJson(JSON.parse(text)), text);
        const turned = value !== null && typeof value === "object" && !Array.isArray(value);
        if (turned) assert.equal(canonicalJson(Object.fromEntries(Object.entries(value).reverse())), text);
      }),
    );
  });

  it("refuses what JSON cannot say", () => assert.throws(() => canonicalJson(Number.NaN), TypeError));
});
