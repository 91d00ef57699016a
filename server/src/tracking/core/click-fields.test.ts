import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CLICK_PARAMETERS, FIELD_LENGTHS, readClickInput } from "./click-fields.ts";
import { clickBody } from "./click-record.ts";
import { decodeLenient, decodeStrict, readPairs } from "./query.ts";

const read = (query: string) => readClickInput(query, 0);

test("every name of a field means that field, in any case", () => {
  for (const [field, names] of Object.entries(CLICK_PARAMETERS)) {
    for (const name of names) {
      for (const written of [name, name.toUpperCase()]) {
        const input = read(`${written}=v`);
        assert.equal(field === "deepLink" ? input.deepLink : input.fields.get(field as "sub1"), "v", written);
      }
    }
  }
});

test("no name stands for two fields", () => {
  const names = Object.values(CLICK_PARAMETERS).flat();
  assert.equal(new Set(names).size, names.length);
});

test("strict and lenient decoding", () => {
  for (const [raw, strict, lenient] of [
    ["a+b%20c", "a b c", "a b c"],
    ["%C3%B1", "ñ", "ñ"],
    ["%", undefined, "%"],
    ["%2", undefined, "%2"],
    ["%zz%41", undefined, "%zzA"],
    ["%ff%41", undefined, "\ufffdA"],
    ["%ED%A0%80", undefined, "\ufffd\ufffd\ufffd"],
  ] as const) {
    assert.equal(decodeStrict(raw), strict, raw);
    assert.equal(decodeLenient(raw), lenient, raw);
  }
  assert.deepEqual(readPairs("a=1&b=%&c"), {
    pairs: [
      ["a", "1"],
      ["c", ""],
    ],
    broken: "b",
  });
});

test("is what URLSearchParams reads, for everything that is well encoded", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme" }))), (pairs) => {
      const query = new URLSearchParams(pairs.map(([a, b]) => [a.toWellFormed(), b.toWellFormed()])).toString();
      assert.deepEqual(
        readPairs(query).pairs,
        [...new URLSearchParams(query)].filter(([name]) => name !== ""),
      );
    }),
  );
});

test("whatever the query holds, the record is JSON that PostgreSQL can keep", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("sub1", "url", "x", "__proto__"), (value, name) => {
      const input = read(`${name}=${value.replaceAll("&", "")}&sub2=${encodeURIComponent(value.toWellFormed())}`);
      const body = clickBody({
        id: "id",
        at: 1,
        verdict: "click",
        to: "landing",
        link: '"link":1',
        address: "",
        browser: "",
        referer: 'r\u00ff"',
        language: undefined,
        prev: undefined,
        prevView: undefined,
        input,
      });
      const click = JSON.parse(body);
      assert.ok(body.isWellFormed() && !body.includes("\\u0000"));
      assert.ok((click.sub1 ?? "").length <= FIELD_LENGTHS.sub);
      assert.equal(click.referer, 'r\u00ff"');
    }),
    { numRuns: 1000 },
  );
});
