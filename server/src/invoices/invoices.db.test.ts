import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import type { PayeeTax, PayeeTerms } from "@tributary/contract";
import fc from "fast-check";
import { sql } from "kysely";
import { ANNA, BERT, MoneyWorld, person, planOf, SHARE, signatory } from "../../test/money/world.ts";
import { recalculate } from "../commissions/index.ts";
import { transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { post, takeBooks, verifyLedger } from "../ledger/index.ts";
import {
  acceptSelfBilling,
  approveAssignment,
  approveVersion,
  createPayee,
  proposeVersion,
  selfBillingTerms,
} from "../payees/index.ts";
import { sealWith } from "../shell/http/seal.ts";
import { closeStatement, listStatements, openStatements, payableStatements } from "../statements/index.ts";
import type { InvoiceDocument } from "./contracts.ts";
import { hashDocument } from "./core/document.ts";
import { deliver, type InvoiceMail } from "./delivery.ts";
import {
  changeInvoiceSettings,
  creditInvoice,
  getInvoice,
  invoiceFor,
  invoicesMissing,
  issueInvoices,
  verifyInvoices,
} from "./index.ts";
import { takeNumbers } from "./store/invoices.ts";
import { acceptUploaded, addFile, matchUploaded, rejectUploaded, uploadInvoice } from "./uploads.ts";

const NEEDS = {
  vault: sealWith(randomBytes(32)),
  fingerprint: (text: string) => createHmac("sha256", "test").update(text).digest("hex"),
};
const CAROL = person("usr_carol");
const SETTINGS = {
  legalName: "Operator Ltd",
  street: "Main Street 1",
  city: "Valletta",
  postalCode: "VLT 1117",
  region: "",
  country: "MT",
  vatNumber: "MT11679112",
  registrationNumber: "C 1",
  email: "",
  series: "SB",
  creditSeries: "CN",
  seriesPerPayee: false,
  dueDays: 14,
  automatic: true,
  firstMonth: null,
  revision: 0,
};
const TAX: PayeeTax = {
  vat: "domestic",
  vatRate: "0.21",
  vatNumber: "ESB58818501",
  vatReason: "",
  withholdingRate: "0.15",
  withholdingReason: "IRPF",
  treatyCountry: null,
  treatyArticle: "",
  numbers: [],
  forms: [],
};
const BRANDING = async () => ({ name: "Operator", accent: "#2f5bd8", logo: null });

describe("invoices", () => {
  let world: MoneyWorld;
  let program: string;
  let plan: string;
  let partner: string;
  let customer: bigint;
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-10T12:00:00Z");
    program = await world.program("casino");
    plan = await world.plan(program, "share", planOf(SHARE));
    await changeInvoiceSettings(world.ctx, CAROL, SETTINGS);
  });
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set("2026-03-10T12:00:00Z");
    number += 1;
    partner = await world.partner(`invoiced-${number}`);
    await world.agree(partner, program, plan);
    customer = await world.customer(program, partner, `i-${number}`);
  });

  const refusal =
    (code: string, text = /./) =>
    (error: unknown) =>
      error instanceof Refusal && error.code === code && text.test(error.message);

  /** A month of revenue, closed: 30 % of it is the partner's. */
  async function earn(month: string, ggr: number): Promise<string> {
    const next = new Date(`${month}-01T12:00:00Z`);
    next.setUTCMonth(next.getUTCMonth() + 1);
    await world.arrive({ customer, type: "activity", on: `${month}-05`, measures: { ggr } });
    await recalculate(world.ctx);
    await openStatements(world.ctx);
    if (world.clock.now() < next) world.clock.set(next.toISOString());
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: partner, month, limit: 10 });
    await closeStatement(world.ctx, ANNA, rows[0]?.id ?? "");
    return rows[0]?.id ?? "";
  }

  async function payee(invoicing: PayeeTerms["invoicing"], threshold: string | null = null): Promise<string> {
    const { ctx } = world;
    const made = await createPayee(ctx, ANNA, {
      identity: {
        kind: "company",
        legalName: `Payee ${number} S.L.`,
        street: "Calle Mayor 1",
        city: "Madrid",
        postalCode: "28013",
        country: "ES",
        email: "billing@payee.example",
        language: "es",
        registrationNumber: "",
        region: "",
      },
      partnerId: partner,
      validFrom: "2026-01-01",
    });
    await approveVersion(ctx, BERT, made.proposals[0]?.id ?? "", "");
    await approveAssignment(ctx, BERT, made.assignments[0]?.id ?? "", "");
    const terms: PayeeTerms = {
      payoutCurrency: null,
      thresholdMinor: threshold,
      thresholdCurrency: threshold === null ? null : "EUR",
      thresholdKind: "at_least",
      feeBearer: "operator",
      invoicing,
      paymentDays: 0,
      detailOrder: [],
    };
    for (const version of [
      { aspect: "tax", tax: TAX },
      { aspect: "terms", terms },
    ] as const) {
      const wish = await proposeVersion(ctx, ANNA, made.id, version, NEEDS);
      await approveVersion(ctx, BERT, wish.id, "");
    }
    const { textHash } = await selfBillingTerms(ctx, ANNA, made.id, "es");
    await acceptSelfBilling(ctx, ANNA, made.id, { language: "es", textHash, name: "Sofía" }, "");
    return made.id;
  }
  const reasons = async () => (await invoicesMissing(world.ctx, [partner])).map((one) => [one.reason, one.net]);
  const payable = async () => (await payableStatements(world.ctx, { partnerIds: [partner] }))[0]?.payable;

  it("is issued for what is payable, once, with VAT and withholding in the books", async () => {
    const payeeId = await payee("self_billing");
    const statementId = await earn("2026-02", 100_000);
    assert.equal(await payable(), 30_000n);
    const { issued } = await issueInvoices(world.ctx, ANNA, [partner]);
    const invoice = await getInvoice(world.ctx, ANNA, issued[0] ?? "");
    assert.deepEqual([invoice.net, invoice.vat, invoice.withheld, invoice.payable], ["30000", "6300", "4500", "31800"]);
    assert.deepEqual([invoice.payeeId, invoice.statementIds, invoice.state], [payeeId, [statementId], "issued"]);
    assert.equal(await payable(), 31_800n, "what is to be paid holds VAT and tax");
    assert.deepEqual(await issueInvoices(world.ctx, ANNA, [partner]), { issued: [], waiting: [] });
    const [part] = await invoiceFor(world.ctx, [statementId]);
    assert.deepEqual([part?.net, part?.vat, part?.withheld, part?.status], [30_000n, 6_300n, 4_500n, "issued"]);
    assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
    assert.deepEqual((await verifyInvoices(world.ctx)).problems, []);
  });

  it("waits with its reason: no payee, below the threshold, below zero; and takes all months together when it can", async () => {
    const books = { partnerId: partner, currency: "EUR" };
    const taken = {
      ...books,
      recipe: "adjust",
      sourceKey: partner,
      idempotencyKey: partner,
      programId: program,
    } as const;
    await transact(world.ctx, async (tx) => {
      await takeBooks(tx, [books]);
      await post(tx, [{ ...taken, amountMinor: -6_000n, period: "2026-01-01", occurredOn: "2026-01-31" }], null);
    });
    await earn("2026-01", 0);
    assert.deepEqual(await reasons(), [["no_payee", "-6000"]]);
    await payee("self_billing", "25000");
    assert.deepEqual(await reasons(), [["nothing_to_invoice", "-6000"]]);
    await earn("2026-02", 100_000);
    assert.deepEqual(await reasons(), [["below_threshold", "24000"]], "6000 of January is taken off");
    assert.deepEqual((await issueInvoices(world.ctx, ANNA, [partner])).issued, []);
    await earn("2026-03", 10_000);
    const { issued } = await issueInvoices(world.ctx, ANNA, [partner]);
    const { net, statementIds, supplyFrom, supplyTo } = await getInvoice(world.ctx, ANNA, issued[0] ?? "");
    assert.deepEqual([net, statementIds.length, supplyFrom, supplyTo], ["27000", 3, "2026-01-01", "2026-03-31"]);
  });

  it("is corrected by credit notes only: in part, then the rest, and then it can be issued anew", async () => {
    const { ctx } = world;
    await payee("self_billing");
    const statementId = await earn("2026-02", 33_333);
    const { issued } = await issueInvoices(ctx, ANNA, [partner]);
    const id = issued[0] ?? "";
    const whole = await payable();
    await assert.rejects(creditInvoice(ctx, ANNA, id, { reason: "my own" }), refusal("same_person"));
    await assert.rejects(
      creditInvoice(ctx, BERT, id, { reason: "too much", lines: [{ line: 0, net: "10001" }] }),
      refusal("invalid_input"),
    );
    const part = await creditInvoice(ctx, BERT, id, { reason: "wrong rate", lines: [{ line: 0, net: "33" }] });
    assert.deepEqual([part.net, part.vat, part.withheld, part.corrects], ["-33", "-7", "-5", id]);
    const rest = await creditInvoice(ctx, BERT, id, { reason: "wrong payee" });
    const before = await getInvoice(ctx, ANNA, id);
    assert.deepEqual([BigInt(before.vat) + BigInt(part.vat) + BigInt(rest.vat), before.state], [0n, "credited"]);
    assert.equal(await payable(), 10_000n, "nothing of VAT and tax is left");
    assert.deepEqual(await invoiceFor(ctx, [statementId]), []);
    await assert.rejects(creditInvoice(ctx, BERT, id, { reason: "again" }), refusal("wrong_state"));
    const again = await issueInvoices(ctx, ANNA, [partner]);
    assert.equal(await payable(), whole);
    assert.notEqual(again.issued[0], id);
    for (const statement of [
      sql`update invoices.invoice set net_minor = 1 where invoice_id = ${id}`,
      sql`update invoices.invoice set document_hash = 'x' where invoice_id = ${id}`,
      sql`delete from invoices.invoice where invoice_id = ${id}`,
    ])
      await assert.rejects(statement.execute(ctx.db), /never (edited|deleted)/);
    assert.deepEqual((await verifyInvoices(ctx)).problems, []);
  });

  it("tells when a paper was changed behind its back, or a number is missing", async () => {
    const { ctx } = world;
    await payee("self_billing");
    await earn("2026-02", 100_000);
    await issueInvoices(ctx, ANNA, [partner]);
    await assert.rejects(
      transact(ctx, async (tx) => {
        await sql`update invoices.invoice set document = jsonb_set(document, '{notes}', '["paid"]') where partner_id = ${partner}`.execute(
          tx.db,
        );
        await takeNumbers(tx.db, "SB", 2026, 1);
        assert.match((await verifyInvoices(tx)).problems.join(), /the last number taken is .*its paper was changed/);
        throw new Error("as it was");
      }),
      /as it was/,
    );
    assert.deepEqual((await verifyInvoices(ctx)).problems, []);
  });

  it("is mailed with its paper and its UBL file, and again when the mail server would not take it", async () => {
    const { ctx } = world;
    await payee("self_billing");
    await earn("2026-02", 100_000);
    const { issued } = await issueInvoices(ctx, ANNA, [partner]);
    const [delivery] = (await getInvoice(ctx, ANNA, issued[0] ?? "")).deliveries;
    assert.deepEqual([delivery?.to, delivery?.state], ["billing@payee.example", "waiting"]);
    await assert.rejects(
      deliver(ctx, delivery?.id ?? "", async () => "failed", BRANDING),
      /tried again/,
    );
    const mails: InvoiceMail[] = [];
    const send = async (mail: InvoiceMail) => {
      mails.push(mail);
      return "sent" as const;
    };
    await deliver(ctx, delivery?.id ?? "", send, BRANDING);
    await deliver(ctx, delivery?.id ?? "", send, BRANDING);
    assert.equal(mails.length, 1, "once");
    assert.match(mails[0]?.subject ?? "", /^Factura expedida por el destinatario SB-2026-/);
    assert.deepEqual(
      mails[0]?.attachments.map((one) => one.content.subarray(0, 5).toString()),
      ["%PDF-", "<?xml"],
    );
    assert.equal((await getInvoice(ctx, ANNA, issued[0] ?? "")).deliveries[0]?.state, "sent");
  });

  it("an own invoice is matched to the cent; what differs waits for somebody else, or is sent back", async () => {
    const { ctx } = world;
    const payeeId = await payee("own_invoice");
    const sofia = signatory(partner);
    await earn("2026-02", 100_000);
    assert.deepEqual(await reasons(), [["own_invoice", "30000"]]);
    const file = await addFile(ctx, sofia, { name: "f-1.pdf" }, Buffer.from("%PDF-1.7 an invoice"));
    const hand = (numberText: string, net: string, vat: string) =>
      uploadInvoice(ctx, sofia, {
        fileId: file.fileId,
        payeeId,
        number: numberText,
        issuedOn: "2026-03-02",
        currency: "EUR",
        net,
        vat,
      });
    const more = await hand("F-1", "31000", "6510");
    await matchUploaded(ctx, more.id);
    const seen = await getInvoice(ctx, sofia, more.id);
    assert.deepEqual([seen.state, seen.found.map((one) => one.field)], ["received", ["net", "vat"]]);
    await assert.rejects(acceptUploaded(ctx, BERT, more.id, "fine"), refusal("wrong_state", /10\.00 EUR more/));
    await rejectUploaded(ctx, BERT, more.id, "300.00 is what was approved");
    const noVat = await hand("F-1", "30000", "0");
    await matchUploaded(ctx, noVat.id);
    await assert.rejects(acceptUploaded(ctx, sofia, noVat.id, "mine"), refusal("forbidden"));
    const taken = await acceptUploaded(ctx, BERT, noVat.id, "no VAT until registered");
    assert.deepEqual([taken.state, taken.withheld], ["matched", "4500"]);
    assert.equal(await payable(), 25_500n);
    await earn("2026-03", 10_000);
    await assert.rejects(hand("F-1", "3000", "630"), refusal("already_exists"));
    const exact = await hand("F-2", "3000", "630");
    await matchUploaded(ctx, exact.id);
    assert.equal((await getInvoice(ctx, ANNA, exact.id)).state, "matched");
    assert.equal(await payable(), 25_500n + 3_000n + 630n - 450n);
    assert.deepEqual((await verifyInvoices(ctx)).problems, []);
    await assert.rejects(addFile(ctx, sofia, { name: "x.pdf" }, Buffer.from("MZ")), refusal("unsupported_media_type"));
  });

  it("frozen papers stay what they are when payee and settings change", async () => {
    const { ctx } = world;
    await payee("self_billing");
    await earn("2026-02", 100_000);
    const { issued } = await issueInvoices(ctx, ANNA, [partner]);
    await changeInvoiceSettings(ctx, CAROL, {
      ...SETTINGS,
      legalName: "Renamed Ltd",
      seriesPerPayee: true,
      revision: 1,
    });
    await earn("2026-03", 10_000);
    const next = await issueInvoices(ctx, ANNA, [partner]);
    const [old, fresh] = [
      await getInvoice(ctx, ANNA, issued[0] ?? ""),
      await getInvoice(ctx, ANNA, next.issued[0] ?? ""),
    ];
    assert.deepEqual([old.customer.name, fresh.customer.name], ["Operator Ltd", "Renamed Ltd"]);
    assert.match(fresh.number, /^SB\d+-2026-000001$/, "a series of the payee's own");
    await changeInvoiceSettings(ctx, CAROL, { ...SETTINGS, revision: 2 });
  });
});

/** Issues as the room does: a number taken and the invoice written in one transaction, which then commits, is rolled back, or loses its connection. */
describe("numbering", () => {
  let world: MoneyWorld;
  before(async () => {
    world = await MoneyWorld.open();
    const partner = await world.partner("numbers");
    await sql`insert into payees.payee (payee_id, status, legal_name, kind, country, created_by, created_at)
              values ('pye_n', 'verified', 'N', 'company', 'ES', 't', now())`.execute(world.ctx.db);
    await sql`insert into invoices.setting values (true, 'O', '', '', '', '', 'MT', null, '', '', 'SB', 'CN', false, 0, false, null)`.execute(
      world.ctx.db,
    );
    assert.ok(partner);
  });
  after(() => world.close());

  it("has no gaps, whoever issues at once, rolls back or is killed", async () => {
    const { db } = world.ctx;
    const { rows } = await sql<{ partner_id: string }>`select partner_id from partners.partner`.execute(db);
    const partnerId = rows[0]?.partner_id ?? "";
    let round = 0;
    const attempt = async (year: number, count: number, fate: "commit" | "rollback" | "kill") =>
      transact(world.ctx, async (tx) => {
        const first = await takeNumbers(tx.db, "SB", year, count);
        for (let at = 0; at < count; at += 1) await writeInvoice(tx.db, partnerId, year, first + BigInt(at));
        if (fate === "rollback") throw new Error("rolled back");
        if (fate === "kill") await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx.db);
      }).catch(() => undefined);
    const step = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      fate: fc.constantFrom("commit", "commit", "rollback", "kill" as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        round += 1;
        const year = 2000 + round;
        await Promise.all(steps.map((one) => attempt(year, one.count, one.fate as "commit")));
        const expected = steps.filter((one) => one.fate === "commit").reduce((sum, one) => sum + one.count, 0);
        const { rows: numbers } = await sql<{ number: bigint }>`
          select number from invoices.invoice where year = ${year} order by number`.execute(db);
        assert.deepEqual(
          numbers.map((one) => one.number),
          Array.from({ length: expected }, (_, at) => BigInt(at + 1)),
        );
        assert.deepEqual((await verifyInvoices(world.ctx)).problems, []);
      }),
      { numRuns: 25 },
    );
  });
});

async function writeInvoice(
  db: MoneyWorld["ctx"]["db"],
  partnerId: string,
  year: number,
  number: bigint,
): Promise<void> {
  const document = { totals: { net: "1", vat: "0", withheld: "0" } } as unknown as InvoiceDocument;
  await sql`
    insert into invoices.invoice (invoice_id, kind, state, payee_id, partner_id, currency, series, year, number, full_number, issued_on, net_minor, vat_minor,
                                  withheld_minor, document, document_hash, created_by, created_name, created_at)
    values (${`ivc_${year}_${number}`}, 'self_billed', 'issued', 'pye_n', ${partnerId}, 'EUR', 'SB', ${year}, ${number}, ${`SB-${year}-${number}`}, '2026-01-01',
            1, 0, 0, ${JSON.stringify(document)}, ${hashDocument(document)}, 't', 't', now())`.execute(db);
}
