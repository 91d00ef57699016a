import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hmacSha256 } from "./sign.ts";

test("is what node:crypto says, for every key and message it takes", () => {
  const key = fc.uint8Array({ maxLength: 64 });
  const messages = fc.array(fc.uint8Array({ maxLength: 55 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(key, messages, (secret, texts) => {
      const sign = hmacSha256(secret);
      for (const text of texts)
        assert.equal(Buffer.from(sign(text)).toString("hex"), createHmac("sha256", secret).update(text).digest("hex"));
    }),
    { numRuns: 2000 },
  );
});

test("the published case: RFC 4231, test case 2", () => {
  const sign = hmacSha256(Buffer.from("Jefe"));
  assert.equal(
    Buffer.from(sign(Buffer.from("what do ya want for nothing?"))).toString("hex"),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("longer keys and messages are a defect", () => {
  assert.throws(() => hmacSha256(new Uint8Array(65)), RangeError);
  assert.throws(() => hmacSha256(new Uint8Array(32))(new Uint8Array(56)), RangeError);
});
