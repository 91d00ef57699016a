import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { PayeeFacts, TaxTreatment } from "../../payees/index.ts";
import type { Group } from "../contracts.ts";
import { groupsOf, reasonOf } from "../groups.ts";
import { readInvoiceXml } from "../read-xml.ts";
import { categoryOf, compute, shareOf } from "./compute.ts";
import { creditDocument, hashDocument, invoiceDocument, treatmentOf } from "./document.ts";
import { differencesOf } from "./match.ts";
import { fullNumber, seriesOf } from "./numbers.ts";
import { amountText, ublOf } from "./ubl.ts";
import { vatReason, withholdingText } from "./wording.ts";

const NONE: TaxTreatment = { vat: "outside_scope", vatRate: null, vatNumber: null, vatReason: "", withholding: null };
const DOMESTIC: TaxTreatment = { ...NONE, vat: "domestic", vatRate: "0.21", vatNumber: "ESB58818501" };
const REVERSE: TaxTreatment = { ...NONE, vat: "reverse_charge", vatNumber: "DE136695976" };
const EXPORT: TaxTreatment = { ...NONE, vat: "export", vatNumber: "GB980780684" };
const EXEMPT: TaxTreatment = { ...NONE, vat: "exempt", vatNumber: "FR40303265045", vatReason: "Art. 293 B CGI" };
const WITHHELD: TaxTreatment = {
  ...NONE,
  vatReason: "Not established in the EU",
  withholding: { rate: "0.15", reason: "services", treatyCountry: "IN", treatyArticle: "12" },
};

/** What an accountant would put on the paper: net, VAT, gross, withheld, payable; in cents. */
describe("what an invoice comes to", () => {
  for (const [name, tax, lines, expected] of [
    ["domestic, 21 % of 1,000.00", DOMESTIC, [100_000n], [100_000n, 21_000n, 121_000n, 0n, 121_000n]],
    [
      "domestic, several programs: VAT once on their sum",
      DOMESTIC,
      [3_333n, 3_333n, 3_334n],
      [10_000n, 2_100n, 12_100n, 0n, 12_100n],
    ],
    ["domestic, a half is rounded up: 21 % of 0.50 is 0.11", DOMESTIC, [50n], [50n, 11n, 61n, 0n, 61n]],
    ["domestic with a negative line", DOMESTIC, [10_000n, -2_501n], [7_499n, 1_575n, 9_074n, 0n, 9_074n]],
    ["reverse charge within the EU", REVERSE, [100_000n], [100_000n, 0n, 100_000n, 0n, 100_000n]],
    ["export", EXPORT, [123_456n], [123_456n, 0n, 123_456n, 0n, 123_456n]],
    ["exempt small business", EXEMPT, [50_000n], [50_000n, 0n, 50_000n, 0n, 50_000n]],
    ["withholding at the treaty's 15 %", WITHHELD, [100_001n], [100_001n, 0n, 100_001n, 15_000n, 85_001n]],
    [
      "domestic with 15 % income tax withheld from the net amount",
      { ...DOMESTIC, withholding: { rate: "0.15", reason: "IRPF", treatyCountry: null, treatyArticle: "" } },
      [100_000n],
      [100_000n, 21_000n, 121_000n, 15_000n, 106_000n],
    ],
    ["credit note for the whole", DOMESTIC, [-100_000n], [-100_000n, -21_000n, -121_000n, 0n, -121_000n]],
    ["nothing", DOMESTIC, [], [0n, 0n, 0n, 0n, 0n]],
  ] as const)
    it(name, () => {
      const { net, vat, gross, withheld, payable } = compute(lines, tax);
      assert.deepEqual([net, vat, gross, withheld, payable], expected);
    });

  it("the lines' shares come to the whole, whatever the lines, the rate and their signs", () => {
    const rate = fc
      .integer({ min: 0, max: 1_000_000 })
      .map((n) => (n === 1_000_000 ? "1" : `0.${String(n).padStart(6, "0")}`));
    const amount = fc.bigInt({ min: -10_000_000_000n, max: 10_000_000_000n });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 12 }), rate, rate, (lines, vatRate, withheldRate) => {
        const withholding = { rate: withheldRate, reason: "x", treatyCountry: null, treatyArticle: "" };
        const sums = compute(lines, { ...DOMESTIC, vatRate, withholding });
        const total = (of: "net" | "vat" | "withheld") => sums.lines.reduce((sum, line) => sum + line[of], 0n);
        assert.deepEqual([total("net"), sums.net === 0n ? 0n : total("vat")], [sums.net, sums.vat]);
        assert.equal(sums.net === 0n ? 0n : total("withheld"), sums.withheld);
        assert.equal(sums.payable, sums.net + sums.vat - sums.withheld);
        assert.equal(shareOf(-sums.net, vatRate), -sums.vat, "a credit note takes back exactly what was charged");
      }),
    );
  });

  it("categories are those of EN 16931, and a supplier without a VAT number is in none that asks for it", () => {
    const of = (tax: TaxTreatment) => categoryOf(tax).category;
    assert.deepEqual([DOMESTIC, REVERSE, EXPORT, EXEMPT, NONE].map(of), ["S", "AE", "G", "E", "O"]);
    assert.deepEqual(
      [EXPORT, EXEMPT].map((tax) => of({ ...tax, vatNumber: null })),
      ["O", "O"],
    );
  });

  it("the reason stands in the invoice's language, with the words that the supplier's law asks for", () => {
    assert.match(vatReason(REVERSE, "en", "DE"), /^Reverse charge.*Steuerschuldnerschaft des Leistungsempfängers\.$/);
    assert.match(vatReason(REVERSE, "es", "ES"), /^Inversión del sujeto pasivo: el IVA.*CE\)\.$/);
    assert.equal(vatReason(EXEMPT, "de", "FR"), "Art. 293 B CGI");
    assert.equal(withholdingText(WITHHELD, "es"), "Retención 15 %: services (convenio con IN, artículo 12)");
  });
});

const PAYEE: PayeeFacts = {
  payeeId: "pye_1",
  kind: "company",
  legalName: "Ruiz & Söhne <Media> S.L.",
  address: { street: "Calle Mayor 1", city: "Madrid", postalCode: "28013", region: "" },
  country: "ES",
  registrationNumber: "",
  email: "billing@ruiz.example",
  language: "en",
  status: "verified",
  terms: { payoutCurrency: null, threshold: null, feeBearer: "operator", invoicing: "self_billing", paymentDays: 0 },
  tax: DOMESTIC,
  details: [],
  selfBilling: { acceptedAt: new Date(0), acceptedName: "Sofía", textHash: "x" },
};
const CUSTOMER = {
  id: "",
  name: "Operator Ltd",
  street: "Main Street 1",
  city: "Valletta",
  postalCode: "VLT 1117",
  region: "",
  country: "MT",
  vatNumber: "MT11679112",
  registrationNumber: "C 1",
  email: "",
};
const part = (month: string, programId: string, minor: bigint, statementId = `stm_${month}`) => ({
  statementId,
  partnerId: "prt_1",
  currency: "EUR",
  month: `${month}-01`,
  programId,
  minor,
});

function invoiceOf(tax: TaxTreatment, ...minors: bigint[]) {
  const parts = minors.map((minor, at) => part("2026-02", `prg_${at}`, minor));
  const net = minors.reduce((sum, one) => sum + one, 0n);
  const group: Group = { partnerId: "prt_1", payeeId: "pye_1", currency: "EUR", parts, net };
  const making = {
    payee: PAYEE,
    tax,
    customer: CUSTOMER,
    number: "SB-2026-000001",
    issuedOn: "2026-03-05",
    dueDays: 14,
  };
  return invoiceDocument(group, compute(minors, tax), { ...making, programName: (id) => id });
}

describe("what is due", () => {
  const serving = (payeeId: string, programId: string | null = null) => [{ partnerId: "prt_1", programId, payeeId }];

  it("is one group per payee and currency; a month below zero stays with the others", () => {
    const parts = [part("2026-01", "a", -5_000n), part("2026-02", "a", 20_000n), part("2026-02", "b", 0n)];
    const [group, ...rest] = groupsOf(parts, () => serving("pye_1"));
    assert.deepEqual([group?.net, group?.parts.length, rest.length], [15_000n, 2, 0]);
  });

  it("goes to whoever is named on the last day of the month, per program", () => {
    const on = (day: string) => [...serving(day < "2026-02-28" ? "old" : "new"), ...serving("fx", "b")];
    const groups = groupsOf([part("2026-01", "a", 1n), part("2026-02", "a", 2n), part("2026-02", "b", 4n)], on);
    assert.deepEqual(
      groups.map((one) => [one.payeeId, one.net]),
      [
        ["old", 1n],
        ["new", 2n],
        ["fx", 4n],
      ],
    );
  });

  for (const [reason, change, net, belowThreshold] of [
    ["ready", {}, 1n, false],
    ["nothing_to_invoice", {}, 0n, false],
    ["nothing_to_invoice", {}, -5n, false],
    ["unverified", { status: "proposed" }, 1n, false],
    ["tax_undecided", { tax: null }, 1n, false],
    ["self_billing_missing", { selfBilling: null }, 1n, false],
    ["own_invoice", { terms: { ...PAYEE.terms, invoicing: "own_invoice" } }, 1n, false],
    [
      "below_threshold",
      { terms: { ...PAYEE.terms, threshold: { minor: 100n, currency: "EUR", kind: "exceeds" } } },
      100n,
      false,
    ],
    ["ready", { terms: { ...PAYEE.terms, threshold: { minor: 100n, currency: "EUR", kind: "exceeds" } } }, 100n, true],
  ] as const)
    it(`${net} with ${JSON.stringify(Object.keys(change))} is ${reason}`, () => {
      const group = { partnerId: "prt_1", payeeId: "pye_1", currency: "EUR", parts: [], net };
      const facts = { ...PAYEE, ...change } as PayeeFacts;
      assert.equal(reasonOf(group, facts, { customerComplete: true, belowThreshold }), reason);
    });
});

describe("the paper", () => {
  it("says who, what, when and how much, and its hash tells any change", () => {
    const document = invoiceOf(DOMESTIC, 60_000n, 40_000n);
    assert.deepEqual(document.totals, {
      net: "100000",
      vat: "21000",
      gross: "121000",
      withheld: "0",
      payable: "121000",
    });
    assert.deepEqual(
      [document.supplyFrom, document.supplyTo, document.dueOn],
      ["2026-02-01", "2026-02-28", "2026-03-19"],
    );
    assert.equal(document.lines[0]?.description, "Commission prg_0, February 2026");
    assert.notEqual(hashDocument(document), hashDocument({ ...document, dueOn: "2026-03-20" }));
  });

  it("a credit note follows the rules of the invoice that it corrects", () => {
    const before = invoiceOf(DOMESTIC, 100_000n);
    const lines = before.lines.map((line) => ({ ...line, net: "-50" }));
    const sums = compute([-50n], treatmentOf(before));
    const note = creditDocument(before, lines, sums, {
      number: "CN-2026-000001",
      issuedOn: "2026-04-01",
      reason: "error",
    });
    assert.deepEqual([note.totals.net, note.totals.vat, note.corrects?.number], ["-50", "-11", "SB-2026-000001"]);
  });

  it("numbers and series read as people write them", () => {
    assert.equal(fullNumber(seriesOf("SB", null), 2026, 42n), "SB-2026-000042");
    assert.equal(fullNumber(seriesOf("SB", 7), 2026, 1_234_567n), "SB7-2026-1234567");
    assert.deepEqual(
      [amountText(-5n, "EUR"), amountText(100n, "JPY"), amountText(1_234n, "KWD")],
      ["-0.05", "100", "1.234"],
    );
  });
});

describe("the electronic invoice", () => {
  for (const [name, document] of [
    ["domestic", invoiceOf(DOMESTIC, 60_000n, 40_001n)],
    ["reverse charge", invoiceOf(REVERSE, 100_000n)],
    ["outside the scope, tax withheld", invoiceOf(WITHHELD, 100_000n, -20_000n)],
  ] as const)
    it(`${name}: what is written is read again as it is, whatever stands in names`, () => {
      const read = readInvoiceXml(ublOf(document));
      assert.deepEqual(
        [read?.number, read?.issuedOn, read?.currency, read?.net, read?.vat, read?.supplierName, read?.customerName],
        [
          document.number,
          document.issuedOn,
          "EUR",
          document.totals.net,
          document.totals.vat,
          PAYEE.legalName,
          CUSTOMER.name,
        ],
      );
    });

  it("reads CII, and is not led astray by what is no invoice", () => {
    const cii = `<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:x" xmlns:udt="urn:y">
      <rsm:ExchangedDocument><ram:ID>R-7</ram:ID><ram:IssueDateTime><udt:DateTimeString format="102">20260305</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
      <rsm:SupplyChainTradeTransaction>
        <ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Ruiz</ram:Name>
          <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">ESB58818501</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>
        <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
          <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>1000.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID="EUR">210.00</ram:TaxTotalAmount>
          </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
      </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>`;
    assert.deepEqual(readInvoiceXml(cii), {
      format: "cii",
      number: "R-7",
      issuedOn: "2026-03-05",
      currency: "EUR",
      net: "100000",
      vat: "21000",
      supplierName: "Ruiz",
      supplierVatNumber: "ESB58818501",
      customerName: "",
    });
    for (const text of ["", "<html/>", "<a", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`])
      assert.equal(readInvoiceXml(text), undefined, text);
  });
});

describe("an own invoice", () => {
  const given = { number: "F-1", issuedOn: "2026-03-05", currency: "EUR", net: 100_000n, vat: 21_000n, read: null };
  const expected = {
    net: 100_000n,
    vat: 21_000n,
    currency: "EUR",
    supplierName: "Ruiz",
    supplierVatNumber: "ESB58818501",
    customerName: "Operator",
    statements: 2,
    today: "2026-03-10",
  };
  const fields = (change: Partial<Parameters<typeof differencesOf>[0]>, more = {}) =>
    differencesOf({ ...given, ...change }, { ...expected, ...more }).map((one) => one.field);

  it("matches to the cent, or says where it does not", () => {
    assert.deepEqual(fields({}), []);
    assert.deepEqual(fields({ net: 100_001n }), ["net"]);
    assert.match(differencesOf({ ...given, net: 99_000n }, expected)[0]?.sentence ?? "", /10\.00 EUR less/);
    assert.deepEqual(fields({ vat: 0n }), ["vat"]);
    assert.deepEqual(fields({ issuedOn: "2026-03-11" }), ["date"]);
    assert.deepEqual(fields({}, { statements: 0 }), ["statements"]);
  });

  it("is held to what its file says", () => {
    const read = {
      format: "ubl" as const,
      number: "F-2",
      issuedOn: "2026-03-05",
      currency: "EUR",
      net: "100000",
      vat: "21000",
      supplierName: "Ruiz",
      supplierVatNumber: "ES-B00000000",
      customerName: "Operator",
    };
    assert.deepEqual(fields({ read }), ["number", "vat_number"]);
  });
});
