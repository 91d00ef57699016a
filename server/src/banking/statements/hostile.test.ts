import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { zipSync } from "fflate";
import type { StatementReading } from "./contracts.ts";
import { readBankStatement } from "./read.ts";

const CAMT = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">7.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
<Ntry><Amt Ccy="EUR">2.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>
<NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Cdtr><Pty><Nm>A &amp; B</Nm></Pty></Cdtr></RltdPties></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>`;
const MT940 = `{1:F01BANKDEFFAXXX0000000000}{2:O940}{4:
:20:STARTUMS\r\n:25:37040044/0532013000\r\n:28C:1/1\r\n:60F:C260301EUR10,00\r\n:61:2603020302D2,50NTRFNONREF//B1\r
:86:177?00UEBERWEISUNG?20EREF+E1?21SVWZ+Invoice 7?30COBADEFF?31DE89370400440532013000?32A and B\r\n:62F:C260302EUR7,50\r\n-}`;
const OFX = `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nENCODING:USASCII\r\nCHARSET:1252\r\n\r
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260302<TRNAMT>-2.50<FITID>F1<NAME>A &amp; B</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>7.50<DTASOF>20260302</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
const BAI2 = `01,A,B,260302,1200,1,,,2/
02,B,A,1,260302,2359,USD,2/
03,1,USD,010,1000,,,015,750,,,400,250,1,/
16,475,250,Z,B1,C1,CHECK/
88,MORE TEXT/
49,2250,4/
98,2250,1,6/
99,2250,1,8/`;
const CSV =
  "Date;Description;Amount;Currency;Balance\n02.03.2026;A and B;-2,50;EUR;7,50\n15.03.2026;C;1.000,00;EUR;1.007,50\n";
const QIF = "!Type:Bank\nD03/02'26\nT-2.50\nPA and B\nMInvoice 7\n^\nD03/15'26\nT1,000.00\nPC\n^\n";
const SAMPLES = { CAMT, MT940, OFX, BAI2, CSV, QIF };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Read or refused in one sentence, in bounded time; sums of what was read are never quietly another file's. */
async function survives(bytes: Uint8Array): Promise<StatementReading> {
  const reading = await readBankStatement(bytes);
  if (reading.outcome === "refused") {
    assert.match(reading.sentence, /^\S.*[.!]$/s, reading.sentence);
    assert.ok(reading.sentence.length < 600 && !/\n|\bat .*\.ts:|NaN/.test(reading.sentence), reading.sentence);
  } else for (const one of reading.statements) assert.equal(one.totals.entries, one.entries.length);
  return reading;
}

describe("a file that is broken anywhere is read or refused, and nothing is thrown", () => {
  for (const [name, sample] of Object.entries(SAMPLES)) {
    const whole = bytesOf(sample);
    it(`${name}: cut off after any byte`, async () => {
      for (let length = 0; length <= whole.length; length += 1) await survives(whole.subarray(0, length));
    });

    it(`${name}: with bytes changed, lines left out, doubled and swapped`, async () => {
      const change = fc.record({ at: fc.nat({ max: whole.length - 1 }), byte: fc.integer({ min: 0, max: 255 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
          const bytes = Uint8Array.from(whole);
          for (const { at, byte } of changes) bytes[at] = byte;
          await survives(bytes);
        }),
        { numRuns: 300 },
      );
      const lines = sample.split("\n");
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat({ max: lines.length - 1 }), { maxLength: 2 * lines.length }),
          async (order) => {
            await survives(bytesOf(order.map((at) => lines[at]).join("\n")));
          },
        ),
        { numRuns: 150 },
      );
    });
  }

  it("any bytes and any text", async () => {
    const bytes = fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (one) => void (await survives(one)));
    await fc.assert(bytes, { numRuns: 300 });
    const text = fc.string({ unit: "grapheme", maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(text, async (one) => void (await survives(bytesOf(one)))),
      { numRuns: 300 },
    );
  });
});

describe("a balance that does not add up is never good", () => {
  it("an amount that is changed by a digit is found, in every format that has two balances", async () => {
    for (const [name, from, to] of [
      ["CAMT", "2.50</Amt>", "2.51</Amt>"],
      ["MT940", "D2,50N", "D2,51N"],
      ["BAI2", "16,475,250", "16,475,251"],
      ["CSV", "1.000,00;", "1.000,01;"],
    ] as const) {
      const sample = SAMPLES[name];
      const right = await survives(bytesOf(sample));
      assert.ok(right.outcome === "read" && right.balanced === true, name);
      const wrong = await survives(bytesOf(sample.replace(from, to)));
      assert.ok(wrong.outcome === "read" && wrong.balanced === false, name);
      const failed = wrong.statements[0]?.checks.filter((check) => !check.holds) ?? [];
      assert.ok(
        failed.some((check) => /0\.01/.test(check.sentence)),
        `${name}: ${failed.map((check) => check.sentence).join(" ")}`,
      );
    }
  });
});

describe("hostile files", () => {
  const deep = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times);
  for (const [what, text, reason, words] of [
    [
      "entities are not resolved",
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>`,
      "hostile",
      /DOCTYPE/,
    ],
    [
      "a billion laughs are one refusal",
      `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>`,
      "hostile",
      /DOCTYPE/,
    ],
    [
      "OFX with entities",
      CAMT.replace(/^[\s\S]*$/, OFX.replace("<OFX>", `<!DOCTYPE o [<!ENTITY x "y">]><OFX>`)),
      "hostile",
      /document type/,
    ],
    ["deep XML", `<Document>${deep("<a>", "</a>", 5000)}</Document>`, "hostile", /nested deeper/],
    ["deep OFX", `OFXHEADER:100\n<OFX>${deep("<A>", "</A>", 5000)}</OFX>`, "hostile", /nested deeper/],
    ["an unknown entity", CAMT.replace("&amp;", "&nbsp;"), "broken", /Line 7/],
    ["an encoding that nobody knows", CAMT.replace("UTF-8", "EBCDIC-X"), "broken", /EBCDIC-X/],
    ["a web page", "<!doctype html><html></html>", "not_a_statement", /web page/],
    ["a PDF", "%PDF-1.7\n1 0 obj", "not_a_statement", /PDF/],
    ["nothing", "", "empty", /empty/],
    ["blanks", " \r\n\t", "empty", /blanks/],
  ] as const) {
    it(`${what}`, async () => {
      const reading = await survives(bytesOf(text));
      assert.ok(reading.outcome === "refused", what);
      assert.equal(reading.reason, reason);
      assert.match(reading.sentence, words);
    });
  }

  it("a zip reads all statements in it and names what it could not read", async () => {
    const zip = zipSync({ "b.xml": bytesOf(CAMT), "a.sta": bytesOf(MT940), "c.pdf": bytesOf("%PDF-1.7") });
    const reading = await survives(zip);
    assert.ok(reading.outcome === "read");
    assert.deepEqual(reading.file.members, ["a.sta", "b.xml"]);
    assert.deepEqual(
      reading.statements.map((one) => one.balanced),
      [true, true],
    );
    assert.equal(reading.balanced, false);
    assert.match(reading.problems[0]?.sentence ?? "", /"c\.pdf" in the zip: The file is a PDF/);
  });

  it("a zip that unpacks to too much, or is damaged, is refused", async () => {
    const bomb = zipSync({ "a.csv": bytesOf(CSV) });
    // The directory at the end says how much comes out: 4 GB less one byte.
    const entry = Buffer.from(bomb).lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bomb.set([0xfe, 0xff, 0xff, 0xff], entry + 24);
    const reading = await survives(bomb);
    assert.ok(reading.outcome === "refused" && reading.reason === "too_large");
    const zip = zipSync({ "a.xml": bytesOf(CAMT) });
    for (let length = 4; length < zip.length; length += 7) await survives(zip.subarray(0, length));
  });
});

describe("files that are made to take long do not", () => {
  const entry = (information: string): string => `:20:A\n:25:1\n:61:2603020302C1,00NTRFX\n:86:${information}\n`;
  for (const [what, text] of [
    ["patterns of free text that could try every way", entry(`Z RACH.: ${"1".repeat(26)} OD: `.repeat(3000))],
    ["the same with colons", entry(`999AAAA:${"a:".repeat(50_000)}`)],
    ["codes between slashes", entry("/EREF/".repeat(50_000))],
    ["parts of a structured text", entry(`166${"?20EREF+".repeat(20_000)}`)],
    ["OFX in one line", `OFXHEADER:100\r<OFX><STMTRS>${"<STMTTRN><TRNAMT>1".repeat(20_000)}`],
    ["a table of ten thousand columns", `${";".repeat(10_000)}\n`.repeat(3)],
    ["BAI2 in one line", `01,A,B,260302,1200,1,,,2/${" 16,1".repeat(20_000)}`],
    ["brackets and quotes", `Date;Amount\n2026-01-01;${"(".repeat(200_000)}\n${'"'.repeat(200_000)}`],
  ] as const) {
    it(what, async () => {
      const before = process.cpuUsage();
      await survives(bytesOf(text));
      const { user, system } = process.cpuUsage(before);
      // Milliseconds of the processor, not of the clock; each took minutes or for ever before it was mended.
      assert.ok((user + system) / 1000 < 20_000, `${Math.round((user + system) / 1000)} ms`);
    });
  }
});
