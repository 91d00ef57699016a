import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StatementEntry } from "../contracts.ts";
import { readBankStatement } from "../read.ts";

async function entryOf(entry: string, version = "camt.053.001.08"): Promise<StatementEntry> {
  const text = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Tributary Ltd</Nm></Ownr></Acct>${entry}</Stmt></BkToCstmrStmt></Document>`;
  const reading = await readBankStatement(Buffer.from(text));
  assert.ok(reading.outcome === "read", reading.outcome === "refused" ? reading.sentence : "");
  const [only] = reading.statements[0]?.entries ?? [];
  assert.ok(only !== undefined);
  return only;
}

const head = (amount: string, direction: string, more = ""): string =>
  `<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${more}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>`;
const party = (which: string, name: string, iban: string): string =>
  `<${which}><Pty><Nm>${name}</Nm></Pty></${which}><${which}Acct><Id><IBAN>${iban}</IBAN></Id></${which}Acct>`;
const OWN = "NL91ABNA0417164300";
const OTHER = "DE89370400440532013000";

describe("an entry of camt", () => {
  it("a payout that came back: the parties keep the parts of the first payment, the other side is still the partner", async () => {
    const entry = await entryOf(
      `<Ntry>${head("50.00", "CRDT", "<RvslInd>true</RvslInd>")}<NtryDtls><TxDtls><Refs><EndToEndId>PAY-1</EndToEndId></Refs><RltdPties>${party("Dbtr", "Tributary Ltd", OWN)}${party("Cdtr", "Acme GmbH", OTHER)}</RltdPties><RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>ACCOUNT</AddtlInf><AddtlInf>CLOSED</AddtlInf></RtrInf></TxDtls></NtryDtls></Ntry>`,
    );
    assert.deepEqual(
      [entry.amount?.minor, entry.reversal, entry.counterparty?.name, entry.counterparty?.iban],
      [5000n, true, "Acme GmbH", OTHER],
    );
    assert.deepEqual(
      [entry.returned, entry.references.endToEndId],
      [{ code: "AC04", text: "ACCOUNT CLOSED" }, "PAY-1"],
    );
  });

  it("balances that do not say their side are credits, and the sums show that they are", async () => {
    const bal = (code: string, amount: string): string =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><Dt><Dt>2026-03-02</Dt></Dt></Bal>`;
    const text = `<Document><BkToCstmrStmt><Stmt><Id>S</Id>${bal("OPBD", "10.00")}${bal("CLBD", "60.00")}<Ntry>${head("50.00", "CRDT")}</Ntry></Stmt></BkToCstmrStmt></Document>`;
    const reading = await readBankStatement(Buffer.from(text));
    assert.ok(reading.outcome === "read");
    assert.equal(reading.balanced, true);
    assert.match(reading.statements[0]?.problems[0]?.sentence ?? "", /taken as a credit/);
  });

  it("a batch: the entry has what is common, each transaction what is its own", async () => {
    const one = (id: string, amount: string): string =>
      `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties>${party("Cdtr", `Partner ${id}`, OTHER)}</RltdPties></TxDtls>`;
    const entry = await entryOf(
      `<Ntry>${head("30.00", "DBIT")}<NtryDtls><Btch><PmtInfId>RUN-7</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>${one("A", "10.00")}${one("B", "20.00")}</NtryDtls></Ntry>`,
    );
    assert.deepEqual([entry.references.paymentInformationId, entry.batchSize, entry.counterparty], ["RUN-7", 2, null]);
    const details = entry.details.map((detail) => [
      detail.references.endToEndId,
      detail.amount?.decimal,
      detail.counterparty?.name,
    ]);
    assert.deepEqual(details, [
      ["A", "-10.00", "Partner A"],
      ["B", "-20.00", "Partner B"],
    ]);
  });

  it("the amount before conversion, the rate, and charges of both versions", async () => {
    const amounts = `<AmtDtls><InstdAmt><Amt Ccy="USD">11.00</Amt><CcyXchg><SrcCcy>USD</SrcCcy><TrgtCcy>EUR</TrgtCcy><XchgRate>1.0812</XchgRate></CcyXchg></InstdAmt><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls>`;
    const late = `<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.17</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="EUR">0.17</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd><Br>SHAR</Br></Rcrd></Chrgs>`;
    const entry = await entryOf(
      `<Ntry>${head("10.00", "DBIT")}<NtryDtls><TxDtls>${amounts}${late}</TxDtls></NtryDtls></Ntry>`,
    );
    assert.deepEqual(
      [entry.original?.amount?.decimal, entry.original?.amount?.currency, entry.original?.rate],
      ["11.00", "USD", "1.0812"],
    );
    assert.deepEqual(
      entry.charges.map(({ amount, bearer, included }) => [amount.decimal, bearer, included]),
      [["0.17", "SHAR", true]],
    );
    const early = await entryOf(
      `<Ntry>${head("10.00", "DBIT")}<NtryDtls><TxDtls><Chrgs><Amt Ccy="EUR">0.17</Amt><Br>DEBT</Br></Chrgs></TxDtls></NtryDtls></Ntry>`,
      "camt.053.001.02",
    );
    assert.deepEqual(
      early.charges.map(({ amount, bearer }) => [amount.decimal, bearer]),
      [["0.17", "DEBT"]],
    );
  });

  it("references to an invoice, structured and not, and codes of both kinds", async () => {
    const remittance = `<RmtInf><Ustrd>Invoice 7</Ustrd><Strd><RfrdDocInf><Nb>INV-7</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>`;
    const codes =
      "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn><Prtry><Cd>NTRF+177</Cd></Prtry></BkTxCd>";
    const entry = await entryOf(
      `<Ntry>${head("1.00", "DBIT")}${codes}<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${remittance}</TxDtls></NtryDtls></Ntry>`,
    );
    assert.deepEqual(entry.remittance, { unstructured: ["Invoice 7", "INV-7"], structured: ["RF18539007547034"] });
    assert.deepEqual(
      entry.codes.map((code) => code.code),
      ["PMNT-ICDT-ESCT", "NTRF+177"],
    );
    assert.equal(entry.references.endToEndId, undefined);
  });

  it("more decimals than the currency has survive, and are never rounded to minor units", async () => {
    const entry = await entryOf(`<Ntry>${head("8.85012", "CRDT")}</Ntry>`);
    assert.deepEqual(entry.amount, { decimal: "8.85012", minor: null, currency: "EUR" });
    const exact = await entryOf(`<Ntry>${head("8.85000", "CRDT")}</Ntry>`);
    assert.deepEqual(exact.amount, { decimal: "8.85000", minor: 885n, currency: "EUR" });
  });

  it("prefixes of a name space, an envelope around the document, and no name space at all", async () => {
    const body = `<x:Document xmlns:x="urn:iso:std:iso:20022:tech:xsd:camt.052.001.06"><x:BkToCstmrAcctRpt><x:Rpt><x:Id>R</x:Id><x:Ntry><x:Amt Ccy="EUR">1</x:Amt><x:CdtDbtInd>CRDT</x:CdtDbtInd><x:Sts>PDNG</x:Sts></x:Ntry></x:Rpt></x:BkToCstmrAcctRpt></x:Document>`;
    const reading = await readBankStatement(Buffer.from(`\n<Envelope><AppHdr><Fr>B</Fr></AppHdr>${body}</Envelope>`));
    assert.ok(reading.outcome === "read");
    assert.deepEqual(
      [reading.format, reading.file.variant, reading.statements[0]?.entries[0]?.status],
      ["camt.052", "camt.052.001.06", "pending"],
    );
  });
});
