import assert from "node:assert/strict";
import { createHmac, timingSafeEqual } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { CLICK_ID_LENGTH, clickIds, type Sign } from "./click-id.ts";

const key =
  (secret: string): Sign =>
  (payload) =>
    createHmac("sha256", secret).update(payload).digest();
const ids = clickIds([key("one")], timingSafeEqual);

const place = fc.record(
  {
    at: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    link: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    lane: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    seq: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
  },
  { noNullPrototype: true },
);

test("says what was put in, in either case", () => {
  fc.assert(
    fc.property(place, (given) => {
      const text = ids.issue(given.at, given.link, given.lane, given.seq);
      assert.match(text, /^[0-9a-hjkmnp-tv-z]{45}$/);
      assert.deepEqual(ids.read(text), given);
      assert.deepEqual(ids.read(text.toUpperCase()), given);
    }),
  );
});

test("any other letter anywhere makes it a forgery", () => {
  fc.assert(
    fc.property(
      place,
      fc.nat(CLICK_ID_LENGTH - 1),
      fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyzilou-_é"),
      (given, at, letter) => {
        const text = ids.issue(given.at, given.link, given.lane, given.seq);
        fc.pre(text.charAt(at) !== letter);
        assert.equal(ids.read(text.slice(0, at) + letter + text.slice(at + 1)), undefined);
      },
    ),
    { numRuns: 1000 },
  );
});

test("texts that are no id are told without harm", () => {
  for (const text of [
    "",
    "0",
    "1".repeat(44),
    "1".repeat(45),
    "1".repeat(46),
    "{click_id}",
    "\u{1F600}".repeat(23),
    "null",
  ])
    assert.equal(ids.read(text), undefined, text);
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(ids.read(text), undefined)));
});

test("a changed key still reads what the old one signed, and signs with the new one", () => {
  const rotated = clickIds([key("two"), key("one")], timingSafeEqual);
  const old = ids.issue(1, 2, 3, 4);
  const fresh = rotated.issue(1, 2, 3, 4);
  assert.deepEqual(rotated.read(old), { at: 1, link: 2, lane: 3, seq: 4 });
  assert.deepEqual(rotated.read(fresh), { at: 1, link: 2, lane: 3, seq: 4 });
  assert.equal(ids.read(fresh), undefined);
});

test("fields beyond their range are a defect", () => {
  assert.throws(() => ids.issue(2 ** 48, 0, 0, 0), RangeError);
  assert.throws(() => ids.issue(0, -1, 0, 0), RangeError);
  assert.throws(() => ids.issue(0, 0, 2 ** 32, 0), RangeError);
  assert.throws(() => ids.issue(0, 0, 0, Number.NaN), RangeError);
});
