import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseReceiptId, receiptId } from "./receipt-id.ts";
import { cutText, readCall, readClick, storable } from "./stored.ts";

test("a receipt id says its place, in either case", () => {
  const int = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(
      int,
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      fc.option(int, { nil: undefined }),
      (lane, seq, line) => {
        const id = receiptId(lane, seq, line);
        const place = line === undefined ? { lane, seq } : { lane, seq, line };
        assert.deepEqual(parseReceiptId(id), place);
        assert.deepEqual(parseReceiptId(id.toUpperCase()), place);
      },
    ),
  );
  assert.equal(receiptId(3, 32n, 0), "rcp_3_10_0");
});

test("other texts are no receipts", () => {
  for (const text of [
    "",
    "rcp_",
    "rcp_1",
    "rcp_1_u",
    "rcp_1_2_3_4",
    "evt_1_2",
    "rcp_zzzzzzz_1",
    "rcp_1_zzzzzzzzzzzzz",
    "rcp_1_2_zzzzzzz",
    " rcp_1_2",
  ])
    assert.equal(parseReceiptId(text), undefined, text);
});

test("a body of another version is not guessed at", () => {
  assert.throws(() => readClick('{"v":2}'), /version 2/);
  assert.throws(() => readCall("{}"), /version undefined/);
});

test("what PostgreSQL cannot keep is replaced", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, length) => {
      assert.ok(cutText(text, length).isWellFormed() || !text.isWellFormed());
      const kept = storable(text);
      assert.ok(kept.isWellFormed() && !kept.includes("\0"));
      assert.equal(kept.length, text.length);
    }),
  );
  assert.equal(storable("a\0b\ud800c😀"), "a\ufffdb\ufffdc😀");
});
