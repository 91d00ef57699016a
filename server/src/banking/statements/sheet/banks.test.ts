import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type BookType, utils, write } from "@e965/xlsx";
import type { BankStatement, SheetMapping } from "../contracts.ts";
import { guessMapping, readBankStatement } from "../read.ts";

// How banks write their exports: titles, dates, marks and signs as they come, with invented rows.

interface Sample {
  readonly bank: string;
  readonly text: string;
  readonly encoding?: "latin1" | "utf16le" | "utf8";
  /** date, amount and currency of each entry; statements are joined by account and currency */
  readonly entries: readonly string[];
  readonly balanced: boolean | null;
  readonly account?: string;
  readonly name?: string;
  readonly opening?: string;
  readonly closing?: string;
}

const SAMPLES: readonly Sample[] = [
  {
    bank: "ING (Netherlands): Af Bij",
    text: `"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"
"20260331","Albert Heijn 1016","NL08INGB0000001234","","BA","Af","12,45","Betaalautomaat","Pasvolgnr: 001"
"20260330","Acme BV","NL08INGB0000001234","NL91ABNA0417164300","OV","Bij","1250,00","Overschrijving","Factuur 7"`,
    entries: ["2026-03-31 -12.45 EUR", "2026-03-30 1250.00 EUR"],
    balanced: null,
    account: "NL08INGB0000001234",
    name: "Albert Heijn 1016",
  },
  {
    bank: "Rabobank: signs in the amount, balance after each",
    text: `"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Omschrijving-1","Omschrijving-2"
"NL52RABO0326203011","EUR","RABONL2U","000000000000000001","2026-03-01","2026-03-01","+1.000,00","+1.500,00","NL91ABNA0417164300","Acme BV","Factuur 7",""
"NL52RABO0326203011","EUR","RABONL2U","000000000000000002","2026-03-02","2026-03-02","-250,50","+1.249,50","","Kiosk","Koffie","en thee"`,
    entries: ["2026-03-01 1000.00 EUR", "2026-03-02 -250.50 EUR"],
    balanced: true,
    account: "NL52RABO0326203011",
    opening: "500.00",
    closing: "1249.50",
  },
  {
    bank: "ABN AMRO: tabs and no titles",
    text: "534334164\tEUR\t20260301\t1124,58\t1234,23\t20260301\t109,65\t/TRTP/SEPA OVERBOEKING/NAME/Acme\n534334164\tEUR\t20260302\t1234,23\t1171,60\t20260302\t-62,63\t/TRTP/SEPA INCASSO/NAME/Kiosk",
    entries: ["2026-03-01 109.65 EUR", "2026-03-02 -62.63 EUR"],
    balanced: true,
    opening: "1124.58",
    closing: "1171.60",
  },
  {
    bank: "Sparkasse: CSV-CAMT",
    encoding: "latin1",
    text: `"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE89370400440532013000";"31.03.26";"31.03.26";"GUTSCHR. UEBERW. DAUERAUFTR";"Miete März";"";"";"E2E-1";"";"";"";"Jörg Müller";"DE02120300000000202051";"BYLADEM1001";"1.234,56";"EUR";"Umsatz gebucht"
"DE89370400440532013000";"30.03.26";"30.03.26";"FOLGELASTSCHRIFT";"Strom";"";"";"";"";"";"";"Stadtwerke";"DE75512108001245126199";"SOLADEST600";"-80,00";"EUR";"Umsatz gebucht"`,
    entries: ["2026-03-31 1234.56 EUR", "2026-03-30 -80.00 EUR"],
    balanced: null,
    account: "DE89370400440532013000",
    name: "Jörg Müller",
  },
  {
    bank: "DKB: lines above the table",
    text: `"Girokonto";"DE89370400440532013000"
""
"Kontostand vom 31.03.2026:";"1.154,56 €"
""
"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"
"31.03.26";"31.03.26";"Gebucht";"Acme GmbH";"Ich";"Rechnung 7";"Eingang";"DE02120300000000202051";"1.234,56";"";"";""
"30.03.26";"30.03.26";"Gebucht";"Ich";"Stadtwerke";"Strom";"Ausgang";"DE75512108001245126199";"-80";"";"";""`,
    entries: ["2026-03-31 1234.56 EUR", "2026-03-30 -80 EUR"],
    balanced: null,
    account: "DE89370400440532013000",
    closing: "1154.56",
  },
  {
    bank: "PostFinance: credit and debit with minus signs",
    text: `Date from:;2026-03-01
Account:;CH5109000000250092291
Currency:;CHF

Date;Type of transaction;Notification text;Credit in CHF;Debit in CHF;Label;Category
31.03.2026;Credit;GIRO FROM ACME;1'250.50;;;
30.03.2026;Debit;PURCHASE KIOSK;;-12.40;;`,
    entries: ["2026-03-31 1250.50 CHF", "2026-03-30 -12.40 CHF"],
    balanced: null,
    account: "CH5109000000250092291",
  },
  {
    bank: "Revolut: the balance moves by amount less fee",
    text: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2026-03-01 09:00:00,2026-03-01 09:00:05,Payment from Acme,100.00,0.00,EUR,COMPLETED,100.00
TRANSFER,Current,2026-03-02 10:00:00,2026-03-02 10:00:02,To Kiosk,-20.00,0.50,EUR,COMPLETED,79.50
CARD_PAYMENT,Current,2026-03-03 10:00:00,,Cafe,-5.00,0.00,EUR,PENDING,
CARD_PAYMENT,Current,2026-03-04 10:00:00,2026-03-05 02:00:00,Shop,-9.50,0.00,EUR,COMPLETED,70.00`,
    entries: ["2026-03-01 100.00 EUR", "2026-03-02 -20.50 EUR", "null -5.00 EUR", "2026-03-05 -9.50 EUR"],
    balanced: true,
  },
  {
    bank: "PayPal: gross, fee and net, in two currencies",
    text: `"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance"
"03/14/2026","10:00:00","PDT","Jane Roe","Website Payment","Completed","USD","1,000.00","-29.30","970.70","j@example.com","me@example.com","1AB","970.70"
"03/15/2026","10:00:00","PDT","Kiosk","Payment","Completed","USD","-70.70","0.00","-70.70","me@example.com","k@example.com","2AB","900.00"
"03/15/2026","11:00:00","PDT","Max Muster","Website Payment","Completed","EUR","10.00","-0.64","9.36","m@example.com","me@example.com","3AB","9.36"`,
    entries: ["2026-03-14 970.70 USD", "2026-03-15 -70.70 USD", "2026-03-15 9.36 EUR"],
    balanced: true,
    closing: "900.00",
    name: "Jane Roe",
  },
  {
    bank: "Chase: month first, newest first",
    text: `Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,03/31/2026,"ACME PAYROLL",-1200.00,ACH_DEBIT,800.00,
CREDIT,03/30/2026,"DEPOSIT",1500.00,ACH_CREDIT,2000.00,`,
    entries: ["2026-03-31 -1200.00 null", "2026-03-30 1500.00 null"],
    balanced: true,
    opening: "500.00",
    closing: "800.00",
  },
  {
    bank: "Barclays: day first, only days that could be months",
    text: `Number,Date,Account,Amount,Subcategory,Memo
,02/03/2026,20-00-00 12345678,-10.00,DEBIT,KIOSK
,01/03/2026,20-00-00 12345678,25.00,DIRECTDEP,ACME`,
    entries: ["2026-03-02 -10.00 null", "2026-03-01 25.00 null"],
    balanced: null,
    account: "20-00-00 12345678",
  },
  {
    bank: "Lloyds: debit and credit amounts, balance",
    text: `Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
31/03/2026,DEB,'30-00-00,12345678,KIOSK,10.50,,989.50
30/03/2026,FPI,'30-00-00,12345678,ACME LTD,,500.00,1000.00`,
    entries: ["2026-03-31 -10.50 null", "2026-03-30 500.00 null"],
    balanced: true,
    account: "12345678",
  },
  {
    bank: "BNP Paribas: French titles, decimal comma, blanks in thousands",
    encoding: "latin1",
    text: `Compte chèque;Compte chèque;****1234;31/03/2026;;1 250,40
Date operation;Libelle court;Type operation;Libelle operation;Montant operation en EUR
28/03/2026;VIR;VIREMENT;VIR SEPA RECU ACME;1 200,00
15/03/2026;CB;PAIEMENT;CAFÉ DE PARIS;-4,60`,
    entries: ["2026-03-28 1200.00 EUR", "2026-03-15 -4.60 EUR"],
    balanced: null,
  },
  {
    bank: "Santander (Spain)",
    text: `FECHA OPERACIÓN;FECHA VALOR;CONCEPTO;IMPORTE EUR;SALDO
31/03/2026;31/03/2026;Transferencia De Acme;1.000,00;1.500,00
30/03/2026;30/03/2026;Compra Kiosko;-20,00;500,00`,
    entries: ["2026-03-31 1000.00 EUR", "2026-03-30 -20.00 EUR"],
    balanced: true,
    opening: "520.00",
    closing: "1500.00",
  },
  {
    bank: "mBank (Poland)",
    text: `#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;#Saldo po operacji;
2026-03-31;"PRZELEW ZEWNĘTRZNY ACME";"eKonto 1111";"Wpływy";1 000,00 PLN;1 500,50 PLN;
2026-03-30;"ZAKUP KIOSK";"eKonto 1111";"Zakupy";-20,00 PLN;500,50 PLN;`,
    entries: ["2026-03-31 1000.00 PLN", "2026-03-30 -20.00 PLN"],
    balanced: true,
  },
  {
    bank: "Nordea (Sweden)",
    text: `Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2026/03/31;-125,00;1234 12 12345;;;Kiosk;875,00;SEK
2026/03/30;500,00;;1234 12 12345;;Acme AB;1000,00;SEK`,
    entries: ["2026-03-31 -125.00 SEK", "2026-03-30 500.00 SEK"],
    balanced: true,
  },
  {
    bank: "a card: purchases are positive, and the balance says so",
    text: `Date;Details;Amount;Balance
2026-03-01;Shop;100.00;-100.00
2026-03-02;Cafe;20.00;-120.00
2026-03-03;Payment;-120.00;0.00`,
    entries: ["2026-03-01 -100.00 null", "2026-03-02 -20.00 null", "2026-03-03 120.00 null"],
    balanced: true,
  },
  {
    bank: "Excel's Unicode text: UTF-16 with tabs, brackets for minus",
    encoding: "utf16le",
    text: "\ufeffDate\tDescription\tAmount\tCurrency\r\n2026-03-01\tAcmé\t1,250.00\tUSD\r\n2026-03-02\tFee\t(12.50)\tUSD\r\n",
    entries: ["2026-03-01 1250.00 USD", "2026-03-02 -12.50 USD"],
    balanced: null,
  },
  {
    bank: "opening and closing balance around the table",
    text: `Account;GB29NWBK60161331926819
Currency;GBP
Opening balance;1,000.00
Date;Description;Amount
02 Apr 2026;COFFEE SHOP;-4.50
05 Apr 2026;SALARY;2,500.00
Closing balance;3,495.50`,
    entries: ["2026-04-02 -4.50 GBP", "2026-04-05 2500.00 GBP"],
    balanced: true,
    account: "GB29NWBK60161331926819",
    opening: "1000.00",
    closing: "3495.50",
  },
  {
    bank: "Comdirect: balances around, a booking that is still open",
    text: `"Neuer Kontostand";"1.234,56 EUR";\n\n"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"02.03.2026";"02.03.2026";"Überweisung";"Acme";"500,00";\n"offen";"--";"Karte";"KIOSK";"-12,30";
"01.03.2026";"01.03.2026";"Lastschrift";"Strom";"-80,10";\n\n"Alter Kontostand";"814,66 EUR";`,
    entries: ["2026-03-02 500.00 EUR", "null -12.30 EUR", "2026-03-01 -80.10 EUR"],
    balanced: true,
    opening: "814.66",
    closing: "1234.56",
  },
  {
    bank: "Swedbank (Baltic): balances and turnover are rows, D and K the direction",
    text: `"Account No","","Date","Beneficiary","Details","Amount","Currency","D/K"
"LT357300000000000000","10","2026-03-01","","Opening balance","1000.00","EUR","K"
"LT357300000000000000","20","2026-03-02","KIOSK","Coffee","15.50","EUR","D"
"LT357300000000000000","20","2026-03-03","ACME","Invoice 7","200.00","EUR","K"
"LT357300000000000000","82","2026-03-03","","Turnover","15.50","EUR","D"
"LT357300000000000000","86","2026-03-03","","closing balance","1184.50","EUR","K"`,
    entries: ["2026-03-02 -15.50 EUR", "2026-03-03 200.00 EUR"],
    balanced: true,
    account: "LT357300000000000000",
    opening: "1000.00",
    closing: "1184.50",
  },
  {
    bank: "no titles, debits and credits in columns of their own, and the balance",
    text: `03/30/2026,ACME PAY,,1000.00,1000.00\n03/31/2026,SHOP,25.50,,974.50`,
    entries: ["2026-03-30 1000.00 null", "2026-03-31 -25.50 null"],
    balanced: true,
    closing: "974.50",
  },
  {
    bank: "an aggregator: unsigned amounts, the direction in the type",
    text: `Date,Description,Amount,Transaction Type,Category,Account Name\n6/12/26,Rent,"1,000.00",debit,Home,Checking\n6/13/26,Pay,"2,000.00",credit,Income,Checking`,
    entries: ["2026-06-12 -1000.00 null", "2026-06-13 2000.00 null"],
    balanced: null,
  },
  {
    bank: "India: Dr and Cr behind amounts and balances",
    text: `Date,Particulars,Amount,Balance\n30-03-2026,ACME,"1,000.00 Cr","1,000.00 Cr"\n31-03-2026,SHOP,25.50 Dr,974.50 Cr`,
    entries: ["2026-03-30 1000.00 null", "2026-03-31 -25.50 null"],
    balanced: true,
  },
  {
    bank: "Citi cards: credits with a minus in their own column",
    text: `Status,Date,Description,Debit,Credit\nCleared,03/31/2026,SHOP,25.00,\nCleared,03/15/2026,PAYMENT,,-500.00`,
    entries: ["2026-03-31 -25.00 null", "2026-03-15 500.00 null"],
    balanced: null,
  },
  {
    bank: "PostFinance: cells that Excel keeps its hands off, the balance once a day",
    text: `Konto:;="CH9300762011623852957"\nWährung:;="CHF"\n\nBuchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
2026-03-31;Acme;1'500.00;;2026-03-31;2'250.00\n2026-03-30;Kauf;;-200.00;2026-03-30;\n2026-03-29;Kauf;;-50.00;2026-03-29;950.00`,
    entries: ["2026-03-31 1500.00 CHF", "2026-03-30 -200.00 CHF", "2026-03-29 -50.00 CHF"],
    balanced: true,
    account: "CH9300762011623852957",
    opening: "1000.00",
    closing: "2250.00",
  },
  {
    bank: "SAP: the sign behind the amount",
    text: `Buchungsdatum|Text|Betrag|Währung\n31.03.2026|Shop|25,50-|EUR\n30.03.2026|Acme|1.000,00+|EUR`,
    entries: ["2026-03-31 -25.50 EUR", "2026-03-30 1000.00 EUR"],
    balanced: null,
  },
  {
    bank: "Bank of America: the first balance is a row of the table",
    text: `Date,Description,Amount,Running Bal.\n03/01/2026,Beginning balance as of 03/01/2026,,"1,000.00"\n03/15/2026,ACME,"500.00","1,500.00"\n03/20/2026,SHOP,"-25.00","1,475.00"`,
    entries: ["2026-03-15 500.00 null", "2026-03-20 -25.00 null"],
    balanced: true,
    opening: "1000.00",
    closing: "1475.00",
  },
  {
    bank: "Russian titles",
    text: `Дата операции;Назначение платежа;Дебет;Кредит;Валюта\n30.03.2026;Оплата;1 000,50;;RUB\n31.03.2026;Поступление;;5 000,00;RUB`,
    entries: ["2026-03-30 -1000.50 RUB", "2026-03-31 5000.00 RUB"],
    balanced: null,
  },
  {
    bank: "a web page that is called .xls",
    text: `<html><body><table><tr><td>Fecha</td><td>Concepto</td><td>Importe</td><td>Saldo</td></tr><tr><td>30/03/2026</td><td>A</td><td>1.000,50</td><td>1.000,50</td></tr><tr><td>31/03/2026</td><td>B</td><td>-0,50</td><td>1.000,00</td></tr></table></body></html>`,
    entries: ["2026-03-30 1000.50 null", "2026-03-31 -0.50 null"],
    balanced: true,
  },
  {
    bank: "ASN: no titles, the balance before each entry",
    text: `31-03-2026,NL91ABNA0417164300,NL02INGB0002447973,SHOP,,,,EUR,1000.00,EUR,-25.50,31-03-2026,31-03-2026,9820,BEA,2,,koop,1
30-03-2026,NL91ABNA0417164300,NL03INGB0002447974,ACME,,,,EUR,500.00,EUR,500.00,30-03-2026,30-03-2026,9820,OVS,1,,re,1`,
    entries: ["2026-03-31 -25.50 EUR", "2026-03-30 500.00 EUR"],
    balanced: null,
  },
  {
    bank: "Triodos: no titles, the direction as a word, the balance last",
    text: `"31-03-2026","25,50","Debet","SHOP","974,50"\n"30-03-2026","1.000,00","Credit","ACME","1.000,00"`,
    entries: ["2026-03-31 -25.50 null", "2026-03-30 1000.00 null"],
    balanced: true,
  },
  {
    bank: "British cards: only credits are marked",
    text: `Date,Description,Amount\n31/03/2026,SHOP,25.50\n15/03/2026,PAYMENT,500.00CR`,
    entries: ["2026-03-31 -25.50 null", "2026-03-15 500.00 null"],
    balanced: null,
  },
  {
    bank: "one of two columns has a title that nobody knows",
    text: `Дата;Основание;Разход;Кредит;Салдо\n30.03.2026;ACME;;1000.00;1000.00\n31.03.2026;SHOP;25.50;;974.50`,
    entries: ["2026-03-30 1000.00 null", "2026-03-31 -25.50 null"],
    balanced: true,
  },
  {
    bank: "Mexico: the month by its name between slashes",
    text: `Fecha,Concepto,Retiro,Depósito,Saldo\n30/Mar/2026,ACME,$0.00,"$1,000.00","$1,000.00"\n31/Mar/2026,SHOP,$25.50,$0.00,$974.50`,
    entries: ["2026-03-30 1000.00 null", "2026-03-31 -25.50 null"],
    balanced: true,
  },
  {
    bank: "OTP (Hungary): T and J",
    text: `"Számlaszám";"Terhelés/Jóváírás";"Összeg";"Devizanem";"Könyvelés dátuma";"Értéknap";"Könyvelt egyenleg"
"11773016";"T";"2550";"HUF";"20260331";"20260331";"97450"\n"11773016";"J";"100000";"HUF";"20260330";"20260330";"100000"`,
    entries: ["2026-03-31 -2550 HUF", "2026-03-30 100000 HUF"],
    balanced: true,
  },
  {
    bank: "days as OFX writes them, amounts in pounds",
    text: `DEBIT,20260324120000[0:GMT],HOST,-£85.00\nCHECK,20260325120000[0:GMT],CHECK 26,-£20.00\nCREDIT,20260326120000[0:GMT],ACME,£520.00`,
    entries: ["2026-03-24 -85.00 GBP", "2026-03-25 -20.00 GBP", "2026-03-26 520.00 GBP"],
    balanced: null,
  },
  {
    bank: "a row whose amount stands where the others have none",
    text: `Date,Memo,Amount,Extra\n2026-03-30,ACME,1000.00,\n2026-03-31,SHOP,,-25.50`,
    entries: ["2026-03-30 1000.00 null"],
    balanced: false,
  },
];

const said = (one: BankStatement): readonly string[] =>
  one.entries.map((entry) => `${entry.bookingDate} ${entry.amount?.decimal} ${entry.amount?.currency}`);

describe("exports of banks are understood without a mapping", () => {
  for (const sample of SAMPLES) {
    it(sample.bank, async () => {
      const reading = await readBankStatement(Buffer.from(sample.text, sample.encoding ?? "utf8"));
      assert.ok(reading.outcome === "read", reading.outcome === "refused" ? reading.sentence : "");
      const because = reading.mapping?.because.join("\n") ?? "";
      assert.deepEqual(reading.statements.flatMap(said), sample.entries, because);
      const checks = reading.statements.flatMap((one) => [
        ...one.checks.map((check) => check.sentence),
        ...one.problems.map((problem) => problem.sentence),
      ]);
      assert.equal(reading.balanced, sample.balanced, `${checks.join("\n")}\n${because}`);
      const [first] = reading.statements;
      if (sample.account !== undefined) assert.equal(first?.account.iban ?? first?.account.number, sample.account);
      if (sample.name !== undefined) assert.equal(first?.entries[0]?.counterparty?.name, sample.name);
      if (sample.opening !== undefined) assert.equal(first?.opening?.amount.decimal, sample.opening);
      if (sample.closing !== undefined) assert.equal(first?.closing?.amount.decimal, sample.closing);
    });

    it(`${sample.bank}: read again by the mapping that was made of the guess`, async () => {
      const bytes = Buffer.from(sample.text, sample.encoding ?? "utf8");
      const first = await readBankStatement(bytes);
      assert.ok(first.outcome === "read" && first.mapping !== undefined);
      const again = await readBankStatement(bytes, { mapping: JSON.parse(JSON.stringify(first.mapping.mapping)) });
      assert.ok(again.outcome === "read", again.outcome === "refused" ? again.sentence : "");
      assert.deepEqual(again.statements.flatMap(said), first.statements.flatMap(said));
      assert.equal(again.balanced, first.balanced);
    });
  }
});

describe("workbooks", () => {
  const titles = ["Date", "Description", "Amount"];
  const workbook = (
    sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>,
    bookType: BookType,
  ) => {
    const book = utils.book_new();
    for (const [name, rows] of Object.entries(sheets))
      utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((cells) => [...cells])), name);
    return new Uint8Array(write(book, { type: "buffer", bookType }) as Buffer);
  };
  const months = {
    January: [titles, ["2026-01-30", "Acme", 100.5]],
    February: [titles, ["2026-02-27", "Kiosk", -50]],
    Fees: [
      ["Date", "Amount", "Fee", "Balance"],
      ["2026-02-27", 1, 2, 3],
    ],
  };

  for (const kind of ["xlsx", "biff8", "ods"] as const)
    it(`${kind}: a sheet for each month is read, another one is named`, async () => {
      const reading = await readBankStatement(workbook(months, kind));
      assert.ok(reading.outcome === "read", reading.outcome === "refused" ? reading.sentence : "");
      assert.deepEqual(reading.statements.flatMap(said), ["2026-01-30 100.5 null", "2026-02-27 -50 null"]);
      assert.match(reading.problems.map((problem) => problem.sentence).join(" "), /Not read: the sheet "Fees"/);
    });
});

describe("a mapping decides", () => {
  const table = "when;what;much\n01/02/2026;A;1,50\n";
  const columns = { bookingDate: "when", amount: "much", description: 2 };

  it("names columns by title or number, and everything that can be guessed otherwise", async () => {
    const reading = await readBankStatement(Buffer.from(table), {
      mapping: {
        columns,
        dateOrder: "mdy",
        decimal: ",",
        currency: "EUR",
        invert: true,
        opening: "10.00",
        closing: "8.50",
      },
    });
    assert.ok(reading.outcome === "read", reading.outcome === "refused" ? reading.sentence : "");
    assert.deepEqual(reading.statements.flatMap(said), ["2026-01-02 -1.50 EUR"]);
    assert.deepEqual(reading.statements[0]?.entries[0]?.remittance.unstructured, ["A"]);
    assert.equal(reading.balanced, true);
  });

  for (const [what, mapping, sentence] of [
    [
      "a column that is not there",
      { columns: { amount: "muhc" } },
      /names the column "muhc" for amount, which the file does not have/,
    ],
    ["a word that is none", { dateOrder: "american" }, /wrong at "dateOrder"/],
    ["a field that is none", { colums: {} }, /wrong at "the document": .*colums/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const reading = await readBankStatement(Buffer.from(table), { mapping: mapping as SheetMapping });
      assert.ok(reading.outcome === "refused" && reading.reason === "unmapped");
      assert.match(reading.sentence, sentence);
    });
  }

  it("an order of days that cannot be known is a doubt", async () => {
    const guess = await guessMapping(Buffer.from(table));
    assert.ok("doubts" in guess);
    assert.match(guess.doubts.join(" "), /No date has a day over 12/);
    assert.ok("outcome" in (await guessMapping(Buffer.from(":20:A\n:25:1\n:60F:C260301EUR1,\n"))));
  });
});
