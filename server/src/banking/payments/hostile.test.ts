import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readPaymentStatus } from "../status/read.ts";
import {
  batchOf,
  DEBTORS,
  DOLLAR_ACCOUNTS,
  EURO_ACCOUNTS,
  POUND_ACCOUNTS,
  paymentTo,
  written,
} from "./batches.fixture.ts";
import type { BankDetail, PaymentFormat } from "./contracts.ts";
import { readPaymentFile } from "./read.ts";

const accounts = {
  "pain.001.001.09": EURO_ACCOUNTS,
  nacha: DOLLAR_ACCOUNTS,
  bacs: POUND_ACCOUNTS,
  mt101: EURO_ACCOUNTS,
} as const;
const debtors = { "pain.001.001.09": DEBTORS.DE, nacha: DEBTORS.US, bacs: DEBTORS.GB, mt101: DEBTORS.DE } as const;

function sample(format: keyof typeof accounts): Uint8Array {
  const [one, two] = accounts[format] as readonly [BankDetail, BankDetail];
  const payments = [paymentTo(one, 12345n), paymentTo(two, 678n, { id: "P-2", remittance: "March" })];
  return written(format satisfies PaymentFormat, batchOf(debtors[format], payments)).bytes;
}

const status = new TextEncoder().encode(
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-04-01T08:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>O</OrgnlMsgId><GrpSts>ACTC</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`,
);

/** A file of which bytes were changed, or the end cut off, or a piece doubled. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: bytes.length - 1 });
  const flips = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }).map((changes) => {
    const copy = Uint8Array.from(bytes);
    for (const [index, value] of changes) copy[index] = value;
    return copy;
  });
  const cuts = place.map((end) => bytes.slice(0, end));
  const doubles = fc
    .tuple(place, place)
    .map(([a, b]) => Buffer.concat([bytes.slice(0, Math.max(a, b)), bytes.slice(Math.min(a, b))]));
  return fc.oneof(flips, cuts, doubles);
}

function saysWhy(read: ReturnType<typeof readPaymentFile> | ReturnType<typeof readPaymentStatus>): void {
  if (!read.ok) assert.ok(read.refusal.message.length > 10 && read.refusal.hint.length > 10);
}

describe("hostile and damaged files", () => {
  for (const format of ["pain.001.001.09", "nacha", "bacs", "mt101"] as const) {
    it(`${format}: changed bytes, cut ends and doubled pieces are read or refused, never thrown at`, () => {
      fc.assert(
        fc.property(damaged(sample(format)), (bytes) => {
          saysWhy(readPaymentFile(bytes));
          saysWhy(readPaymentStatus(bytes));
        }),
        { numRuns: 400 },
      );
    });

    it(`${format}: a file that was cut anywhere is never taken for the whole`, () => {
      const whole = sample(format);
      const count = (bytes: Uint8Array) => {
        const read = readPaymentFile(bytes);
        return read.ok && read.file.control.agrees ? read.file.payments.length : undefined;
      };
      for (let end = 1; end < whole.length; end += 3)
        assert.ok([undefined, count(whole)].includes(count(whole.slice(0, end))));
    });
  }

  it("any bytes at all are refused with a sentence or read", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom("", "<", "{", "101 ", "{1:", "VOL1", "[", "5220"),
        (noise, head) => {
          const bytes = Buffer.concat([Buffer.from(head), noise]);
          saysWhy(readPaymentFile(bytes));
          saysWhy(readPaymentStatus(bytes));
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(damaged(status), (bytes) => saysWhy(readPaymentStatus(bytes))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => saysWhy(readPaymentStatus(Buffer.from(JSON.stringify(value) ?? "")))),
      { numRuns: 300 },
    );
  });

  it("expands no entity, loads nothing from outside and does not drown in nesting", () => {
    const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Document>&b;</Document>`;
    const outside = `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>`;
    const deep = `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`;
    for (const text of [laughs, outside, deep]) {
      const read = readPaymentFile(new TextEncoder().encode(text));
      assert.equal(read.ok ? "read" : read.refusal.code, "not_readable");
    }
  });

  it("reads XML in the encodings that it names: UTF-16 with a mark, Latin-1", () => {
    const xml = new TextDecoder().decode(sample("pain.001.001.09")).replace("Ana Perez", "Ana Pérez");
    const utf16 = Buffer.from(`\ufeff${xml}`, "utf16le");
    const latin = Buffer.from(xml.replace("UTF-8", "ISO-8859-1"), "latin1");
    for (const bytes of [utf16, latin]) {
      const read = readPaymentFile(bytes);
      assert.ok(read.ok, read.ok ? "" : read.refusal.message);
      assert.equal(read.file.payments[0]?.party.name, "Ana Pérez");
    }
  });
});
