import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBytes, encodeBytes, idSource, parsePublicNumber, publicNumber } from "./ids.ts";

test("ids carry their kind and sort by the time they were made", () => {
  let at = Date.UTC(2026, 0, 1);
  const ids = idSource(
    () => new Date(at),
    (count) => randomBytes(count),
  );
  const made = Array.from({ length: 50 }, () => {
    at += 7;
    return ids.next("prt");
  });
  assert.deepEqual(made, [...made].sort());
  assert.match(made[0] ?? "", /^prt_[0-9a-hjkmnp-tv-z]{26}$/);
});

test("a row's number and its public form give each other back, in either case", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (number) => {
      const text = publicNumber("evt", number);
      assert.equal(parsePublicNumber("evt", text), number);
      assert.equal(parsePublicNumber("evt", `evt_${text.slice(4).toUpperCase()}`), number);
      assert.equal(parsePublicNumber("cus", text), undefined);
    }),
  );
  for (const text of ["evt_", "evt_u", "evt_zzzzzzzzzzzzz", "evt_00000000000001", "17", "evt-1"])
    assert.equal(parsePublicNumber("evt", text), undefined, text);
});

test("bytes survive base 32, also in upper case", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = encodeBytes(bytes);
      assert.deepEqual(decodeBytes(text), bytes);
      assert.deepEqual(decodeBytes(text.toUpperCase()), bytes);
    }),
  );
  assert.equal(decodeBytes("ab!"), undefined);
});
