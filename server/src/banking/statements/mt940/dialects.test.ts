import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StatementEntry } from "../contracts.ts";
import { readBankStatement } from "../read.ts";

async function entryOf(line: string, information: string, account = "NL91ABNA0417164300"): Promise<StatementEntry> {
  const text = `:20:S\r\n:25:${account}\r\n:60F:C260301EUR100,00\r\n:61:${line}\r\n:86:${information.replaceAll("\n", "\r\n")}\r\n:62F:C260302EUR1,00\r\n-\r\n`;
  const reading = await readBankStatement(Buffer.from(text));
  assert.ok(reading.outcome === "read");
  const [entry] = reading.statements[0]?.entries ?? [];
  assert.ok(entry !== undefined);
  return entry;
}

interface Told {
  readonly name?: string;
  readonly account?: string;
  readonly bic?: string;
  readonly endToEndId?: string;
  readonly mandateId?: string;
  readonly text?: readonly string[];
  readonly structured?: readonly string[];
  readonly returned?: string;
}

const DIALECTS: readonly (readonly [string, string, Told])[] = [
  [
    "Germany, structured, a reference cut between the parts",
    "166?00GUTSCHRIFT?109310?20EREF+PAYOUT-2026-03-000000?21417?22SVWZ+Commission March 2026?30COBADEFFXXX?31DE89370400440532013000?32Acme Marketing und Werbeges?33ellschaft mbH?34000",
    {
      name: "Acme Marketing und Werbegesellschaft mbH",
      account: "DE89370400440532013000",
      bic: "COBADEFFXXX",
      endToEndId: "PAYOUT-2026-03-000000417",
      text: ["Commission March 2026"],
    },
  ],
  [
    "Germany, a direct debit that came back",
    "109?00RETOURE?20EREF+E7?21MREF+M1?22SVWZ+RETURN/AC04/SEPA?32Acme?34914",
    { name: "Acme", endToEndId: "E7", mandateId: "M1", returned: "AC04" },
  ],
  [
    "Germany, before SEPA: no words, account and bank code",
    "051?00UEBERWEISUNG?20RECHNUNG 7?21VOM 1.3.?3037040044?31532013000?32ACME",
    { name: "ACME", account: "532013000", text: ["RECHNUNG 7", "VOM 1.3."] },
  ],
  [
    "Netherlands, ABN AMRO",
    "/TRTP/SEPA OVERBOEKING/IBAN/DE89370400440532013000/BIC/COBADEFF/NAME/ACME BV/REMI/FACTUUR 7/EREF/NOTPROVIDED",
    { name: "ACME BV", account: "DE89370400440532013000", bic: "COBADEFF", text: ["FACTUUR 7"] },
  ],
  [
    "Netherlands, Rabobank, wrapped within a word",
    "/EREF/02-04-2026 22:56 1120000153447185/BENM//NAME/Nespresso Nede\nrland B.V./REMI/674725433/ISDT/2026-04-03",
    { name: "Nespresso Nederland B.V.", endToEndId: "02-04-2026 22:56 1120000153447185", text: ["674725433"] },
  ],
  [
    "Netherlands, ING: counterparty in one, a structured reference",
    "/EREF/E2E-9//CNTP/DE89370400440532013000/COBADEFF/ACME GMBH/BERLIN//REMI/STRD/CUR/9001123000000047/",
    {
      name: "ACME GMBH",
      account: "DE89370400440532013000",
      bic: "COBADEFF",
      endToEndId: "E2E-9",
      structured: ["9001123000000047"],
    },
  ],
  [
    "Netherlands, ING: a return",
    "/RTRN/MS03//EREF/E2E-9//CNTP/DE89370400440532013000/COBADEFF/ACME///REMI/USTD//text/",
    { name: "ACME", account: "DE89370400440532013000", endToEndId: "E2E-9", returned: "MS03", text: ["text"] },
  ],
  [
    "Netherlands, Knab",
    "Betaling 7\nREK: DE89370400440532013000/NAAM: ACME BV",
    { name: "ACME BV", account: "DE89370400440532013000" },
  ],
  [
    "Netherlands, ASN and SNS: account and name first",
    "DE89370400440532013000 acme bv\n\nfactuur 7",
    { name: "acme bv", account: "DE89370400440532013000" },
  ],
  [
    "Poland, mBank",
    "911 PRZELEW; Z RACH.: 56114010810000267002001001; OD: JAN NOWAK; TYT.: FAKTURA 7; TNR: 1",
    { name: "JAN NOWAK", account: "56114010810000267002001001" },
  ],
  [
    "Poland and others: the mark of the parts is another",
    "073<00PRZELEW<20FAKTURA 7<31PL61109010140000071219812874<32JAN NOWAK",
    { name: "JAN NOWAK", account: "PL61109010140000071219812874", text: ["FAKTURA 7"] },
  ],
  [
    "free text with one foreign IBAN in it",
    "BETALING AAN DE89370400440532013000 VOOR FACTUUR 7",
    { account: "DE89370400440532013000", text: ["BETALING AAN DE89370400440532013000 VOOR FACTUUR 7"] },
  ],
];

describe("the information to the account owner (:86:) in the dialects of the banks", () => {
  for (const [what, information, told] of DIALECTS) {
    it(what, async () => {
      const entry = await entryOf("2603020302D99,00NTRFNONREF", information);
      assert.equal(entry.counterparty?.name, told.name);
      assert.equal(entry.counterparty?.iban ?? entry.counterparty?.account, told.account);
      if (told.bic !== undefined) assert.equal(entry.counterparty?.bic, told.bic);
      assert.equal(entry.references.endToEndId, told.endToEndId);
      assert.equal(entry.references.mandateId, told.mandateId);
      if (told.text !== undefined) assert.deepEqual(entry.remittance.unstructured, told.text);
      if (told.structured !== undefined) assert.deepEqual(entry.remittance.structured, told.structured);
      assert.equal(entry.returned?.code, told.returned);
    });
  }
});

describe("the entry line (:61:)", () => {
  const LINES: readonly (readonly [
    string,
    string,
    Partial<Record<"amount" | "booked" | "value" | "status" | "reversal" | "customer" | "bank" | "type", unknown>>,
  ])[] = [
    [
      "a credit with a letter of its currency",
      "2603020302CR27,00NTRF100323//B-1",
      { amount: "27.00", customer: "100323", bank: "B-1", type: "NTRF", reversal: false },
    ],
    [
      "a credit that is taken back is money out",
      "2603020302RC27,00NTRFNONREF",
      { amount: "-27.00", reversal: true, customer: undefined },
    ],
    ["a debit that is taken back is money in", "2603020302RD27,00NTRFNONREF", { amount: "27.00", reversal: true }],
    ["expected, not yet booked", "2603020302EC27,00NTRFNONREF", { amount: "27.00", status: "pending" }],
    ["no booking date", "260302D5,NMSC", { amount: "-5", value: "2026-03-02", booked: "2026-03-02", type: "NMSC" }],
    [
      "valued in the new year, booked in the old",
      "2601021231D5,00NTRFNONREF",
      { value: "2026-01-02", booked: "2025-12-31" },
    ],
    [
      "a point for a comma, and leading noughts",
      "260302C000000000300.05NMSC170059286",
      { amount: "300.05", customer: "170059286" },
    ],
    ["the mark in a small letter", "2603020302d50,00N544NONREF", { amount: "-50.00", type: "N544" }],
    ["the year in four digits", "20260302D1,50NTRFX1", { amount: "-1.50", value: "2026-03-02", customer: "X1" }],
    [
      "a type and a reference that run together",
      "260302D20,00NONREF",
      { amount: "-20.00", type: undefined, customer: undefined },
    ],
  ];
  for (const [what, line, told] of LINES) {
    it(what, async () => {
      const entry = await entryOf(line, "text");
      const got = {
        amount: entry.amount?.decimal.replace(/^(-?)0+(?=\d)/, "$1"),
        booked: entry.bookingDate,
        value: entry.valueDate,
        status: entry.status,
        reversal: entry.reversal,
        customer: entry.references.customer,
        bank: entry.references.accountServicer,
        type: entry.codes[0]?.code,
      };
      for (const [key, value] of Object.entries(told)) assert.equal(got[key as keyof typeof got], value, key);
    });
  }

  it("an amount before conversion and charges in the supplement", async () => {
    const entry = await entryOf("2603020302D9,50NTRFNONREF//B1\r\n/OCMT/USD10,00/EXCH/1,0812/CHGS/EUR0,25/", "text");
    assert.deepEqual(
      [entry.original?.amount?.decimal, entry.original?.amount?.currency, entry.original?.rate],
      ["10.00", "USD", "1.0812"],
    );
    assert.deepEqual(
      entry.charges.map((charge) => charge.amount.decimal),
      ["0.25"],
    );
  });
});
