import { createHash } from "node:crypto";
import {
  type Invoice,
  type InvoiceDifference,
  type InvoiceFileRead,
  type NewUploadedInvoice,
  NewUploadedInvoice as NewUploadedInvoiceSchema,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, refuseDuplicate, transact } from "../database/index.ts";
import { parseCurrency } from "../kernel/money.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { getPayee, type PayeeFacts, payeeDetails } from "../payees/index.ts";
import { bookTaxes } from "./booking.ts";
import type { InvoiceDocument, Part } from "./contracts.ts";
import { type Computed, categoryOf, compute, shareOf } from "./core/compute.ts";
import { hashDocument, supplierOf, totalsOf, withholdingOf } from "./core/document.ts";
import { differencesOf } from "./core/match.ts";
import { dueOf } from "./due.ts";
import { customerOf } from "./issuing.ts";
import { readInvoiceXml } from "./read-xml.ts";
import { getInvoice, visibleInvoice } from "./reading.ts";
import { fileRow, insertFile } from "./store/files.ts";
import {
  type InvoiceRow,
  insertCoverage,
  insertInvoices,
  lockInvoice,
  lockIssuing,
  updateInvoice,
} from "./store/invoices.ts";
import { settingRow } from "./store/settings.ts";

const MOST_BYTES = 10 * 1024 * 1024;

/** Keeps the file of an own invoice and says what it can be read as. @throws Refusal `unsupported_media_type`, `too_large` */
export async function addFile(
  ctx: Context,
  actor: Actor,
  input: { readonly name: string; readonly partnerId?: string | undefined },
  bytes: Buffer,
): Promise<InvoiceFileRead> {
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "invoices.write", await partnerTouch(ctx, partnerId));
  if (bytes.length > MOST_BYTES) throw new Refusal("too_large", "A file may have 10 MB at most.");
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined)
    throw new Refusal("unsupported_media_type", "An invoice is a PDF, or an XML file as UBL or CII.");
  const read = mediaType === "application/xml" ? (readInvoiceXml(bytes.toString("utf8")) ?? null) : null;
  if (mediaType === "application/xml" && read === null)
    throw new Refusal("unsupported_media_type", "This XML file is no invoice as UBL 2.1 or UN/CEFACT CII.");
  const file_id = ctx.ids.next("ivf");
  await transact(ctx, async (tx) => {
    await insertFile(tx.db, {
      file_id,
      partner_id: partnerId,
      name: input.name,
      media_type: mediaType,
      bytes,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      read: read === null ? null : JSON.stringify(read),
      added_by: personOf(actor),
      added_at: tx.clock.now(),
    });
    const note = { action: "invoices.file_added", subjectKind: "invoice_file", subjectId: file_id, partnerId };
    await audit.record(tx, actor, { ...note, after: { name: input.name, mediaType, bytes: bytes.length } });
  });
  return { fileId: file_id, name: input.name, mediaType, bytes: bytes.length, read };
}

/** By what the file is, not by what it is called. */
function mediaTypeOf(bytes: Buffer): "application/pdf" | "application/xml" | undefined {
  if (bytes.subarray(0, 1024).includes("%PDF-")) return "application/pdf";
  const start = bytes
    .subarray(0, 200)
    .toString("utf8")
    .replace(/^\u{FEFF}/u, "")
    .trimStart();
  return start.startsWith("<") ? "application/xml" : undefined;
}

/**
 * Hands an own invoice in. It is matched with what is approved as soon as the program comes to it.
 * @throws Refusal `already_exists` (the number was handed in before), `invalid_input`, `not_found`
 */
export async function uploadInvoice(ctx: Context, actor: Actor, given: NewUploadedInvoice): Promise<Invoice> {
  const input = NewUploadedInvoiceSchema.parse(given);
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === null || partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "invoices.write", await partnerTouch(ctx, partnerId));
  if (parseCurrency(input.currency) === undefined)
    throw invalid("currency", input.currency, "is no currency of ISO 4217");
  if (BigInt(input.net) <= 0n) throw invalid("net", input.net, "has to be above zero");
  await getPayee(ctx, actor, input.payeeId);
  return await transact(ctx, async (tx) => {
    const file = await fileRow(tx.db, input.fileId);
    if (file === undefined || file.partner_id !== partnerId) throw notFound("file", input.fileId);
    const payee = (await payeeDetails(tx, [input.payeeId])).get(input.payeeId);
    if (payee === undefined) throw notFound("payee", input.payeeId);
    const document = await documentOf(tx, payee, input);
    const invoiceId = tx.ids.next("ivc");
    const row = {
      invoice_id: invoiceId,
      kind: "uploaded",
      state: "received",
      payee_id: input.payeeId,
      partner_id: partnerId,
      currency: input.currency,
      full_number: input.number,
      issued_on: input.issuedOn,
      net_minor: BigInt(input.net),
      vat_minor: BigInt(input.vat),
      withheld_minor: BigInt(document.totals.withheld),
      file_id: input.fileId,
      document: JSON.stringify(document),
      document_hash: hashDocument(document),
      created_by: personOf(actor),
      created_name: actor.name,
      created_at: tx.clock.now(),
    };
    await refuseDuplicate("number", input.number, () => insertInvoices(tx.db, [row]));
    const note = { action: "invoices.received", subjectKind: "invoice", subjectId: invoiceId, partnerId };
    await audit.record(tx, actor, { ...note, after: { number: input.number, ...document.totals } });
    await announce(tx, "invoices.received", { invoiceId });
    return await getInvoice(tx, actor, invoiceId);
  });
}

async function documentOf(
  tx: Context,
  payee: PayeeFacts,
  input: {
    readonly number: string;
    readonly issuedOn: string;
    readonly currency: string;
    readonly net: string;
    readonly vat: string;
  },
): Promise<InvoiceDocument> {
  const sums = givenSums(payee, BigInt(input.net), BigInt(input.vat));
  const category = payee.tax === null ? { category: "O" as const, reasonCode: null } : categoryOf(payee.tax);
  return {
    version: 1,
    kind: "uploaded",
    number: input.number,
    issuedOn: input.issuedOn,
    supplyFrom: null,
    supplyTo: null,
    dueOn: null,
    language: payee.language,
    currency: input.currency,
    supplier: supplierOf(payee),
    customer: customerOf(await settingRow(tx.db)),
    lines: [],
    taxes: [{ ...category, rate: payee.tax?.vatRate ?? null, basis: input.net, vat: input.vat, reason: "" }],
    withholding: payee.tax === null ? null : withholdingOf(sums, payee.tax, payee),
    totals: totalsOf(sums),
    corrects: null,
    notes: [],
  };
}

/** What it says, and what the operator withholds of it. */
function givenSums(payee: PayeeFacts, net: bigint, vat: bigint): Computed {
  const rate = payee.tax?.withholding?.rate;
  const withheld = rate === undefined ? 0n : shareOf(net, rate);
  return { net, vat, gross: net + vat, withheld, payable: net + vat - withheld, lines: [{ net, vat, withheld }] };
}

/** Compares an own invoice with what is approved; without a difference it is matched at once, and its taxes are booked. */
export async function matchUploaded(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await received(tx, id);
    if (row === undefined) return;
    const { parts, differences } = await compared(tx, row);
    await updateInvoice(tx.db, id, { differences: JSON.stringify(differences) });
    if (differences.length === 0) await match(tx, systemActor("invoice matching"), row, parts, "");
  });
}

/** What may differ and still be taken: amounts may not, they would leave it open what was paid for. */
const ACCEPTABLE: readonly InvoiceDifference["field"][] = [
  "vat",
  "number",
  "date",
  "supplier",
  "vat_number",
  "customer",
];

/** Somebody who did not hand it in takes an own invoice in spite of small differences. @throws Refusal `wrong_state`, `same_person` */
export async function acceptUploaded(ctx: Context, actor: Actor, id: string, reason: string): Promise<Invoice> {
  return await transact(ctx, async (tx) => {
    const row = await decidable(tx, actor, id);
    const { parts, differences } = await compared(tx, row);
    const hard = differences.find((one) => !ACCEPTABLE.includes(one.field));
    if (hard !== undefined)
      throw new Refusal("wrong_state", `${hard.sentence} Reject it, or correct what is owed by an adjustment.`);
    await updateInvoice(tx.db, id, { differences: JSON.stringify(differences) });
    await match(tx, actor, row, parts, reason);
    return await getInvoice(tx, actor, id);
  });
}

/** Sends an own invoice back, with the reason that its writer sees. */
export async function rejectUploaded(ctx: Context, actor: Actor, id: string, reason: string): Promise<Invoice> {
  return await transact(ctx, async (tx) => {
    const row = await decidable(tx, actor, id);
    await updateInvoice(tx.db, id, { state: "rejected", reason, ...decision(tx, actor) });
    await record(tx, actor, "invoices.rejected", row, reason);
    return await getInvoice(tx, actor, id);
  });
}

async function received(tx: Context, id: string): Promise<InvoiceRow | undefined> {
  await lockIssuing(tx.db);
  const row = await lockInvoice(tx.db, id);
  return row?.kind === "uploaded" && row.state === "received" ? row : undefined;
}

async function decidable(tx: Context, actor: Actor, id: string): Promise<InvoiceRow> {
  const seen = await visibleInvoice(tx, actor, id);
  requirePermission(actor, "invoices.approve", await partnerTouch(tx, seen.partner_id));
  const row = await received(tx, id);
  if (row === undefined) throw new Refusal("wrong_state", "This is no own invoice that waits for a decision.");
  if (row.created_by === personOf(actor))
    throw new Refusal("same_person", "You handed this in: somebody else has to decide about it.");
  return row;
}

async function compared(
  tx: Context,
  row: InvoiceRow,
): Promise<{ readonly parts: readonly Part[]; readonly differences: readonly InvoiceDifference[] }> {
  const due = await dueOf(tx, [row.partner_id]);
  const group = due.find((one) => one.payeeId === row.payee_id && one.currency === row.currency && one.net > 0n);
  const parts = partsFor(group?.parts ?? [], row.net_minor);
  const facts = (await payeeDetails(tx, [row.payee_id])).get(row.payee_id);
  const net = parts.reduce((sum, one) => sum + one.minor, 0n);
  const tax = facts?.tax ?? null;
  const file = row.file_id === null ? undefined : await fileRow(tx.db, row.file_id);
  const settings = await settingRow(tx.db);
  const differences = differencesOf(
    {
      number: row.full_number,
      issuedOn: row.issued_on,
      currency: row.currency,
      net: row.net_minor,
      vat: row.vat_minor,
      read: (file?.read ?? null) as InvoiceFileRead["read"],
    },
    {
      net,
      vat: tax === null ? 0n : compute([net], tax).vat,
      currency: row.currency,
      supplierName: facts?.legalName ?? "",
      supplierVatNumber: tax?.vatNumber ?? null,
      customerName: settings.legal_name,
      statements: parts.length,
      today: dayOf(tx.clock.now(), "UTC"),
    },
  );
  return { parts, differences };
}

/** All that is open; or the months that the invoice's amount is exactly the sum of, a single one or the first few. */
function partsFor(parts: readonly Part[], net: bigint): readonly Part[] {
  const sum = (of: readonly Part[]) => of.reduce((total, one) => total + one.minor, 0n);
  const months = [...new Set(parts.map((one) => one.month))].toSorted();
  const choices = [
    parts,
    ...months.map((month) => parts.filter((one) => one.month === month)),
    ...months.map((month) => parts.filter((one) => one.month <= month)),
  ];
  return choices.find((of) => of.length > 0 && sum(of) === net) ?? parts;
}

async function match(
  tx: Context,
  actor: Actor,
  row: InvoiceRow,
  parts: readonly Part[],
  reason: string,
): Promise<void> {
  const shares = spreadGiven(parts, row);
  const covered = parts.map((part, at) => ({
    invoice_id: row.invoice_id,
    statement_id: part.statementId,
    program_id: part.programId,
    partner_id: row.partner_id,
    net_minor: part.minor,
    ...shares[at],
  })) as Parameters<typeof insertCoverage>[1];
  await insertCoverage(tx.db, covered);
  await bookTaxes(
    tx,
    actor,
    parts.map((part, at) => ({
      invoice_id: row.invoice_id,
      statement_id: part.statementId,
      program_id: part.programId,
      partner_id: row.partner_id,
      currency: row.currency,
      number: row.full_number,
      vat_minor: shares[at]?.vat_minor ?? 0n,
      withheld_minor: shares[at]?.withheld_minor ?? 0n,
    })),
  );
  await updateInvoice(tx.db, row.invoice_id, { state: "matched", reason, ...decision(tx, actor) });
  await record(tx, actor, "invoices.matched", row, reason);
  await announce(tx, "invoices.matched", { invoiceId: row.invoice_id });
}

/** The invoice's own VAT and withholding, cut by what its parts come to. */
function spreadGiven(parts: readonly Part[], row: InvoiceRow): { vat_minor: bigint; withheld_minor: bigint }[] {
  let [vat, withheld, net] = [row.vat_minor, row.withheld_minor, row.net_minor];
  return parts.map((part, at) => {
    const isLast = at === parts.length - 1;
    const share = (rest: bigint) => (isLast || net === 0n ? rest : (rest * part.minor) / net);
    const own = { vat_minor: share(vat), withheld_minor: share(withheld) };
    vat -= own.vat_minor;
    withheld -= own.withheld_minor;
    net -= part.minor;
    return own;
  });
}

function decision(tx: Context, actor: Actor) {
  return { decided_by: personOf(actor), decided_name: actor.name, decided_at: tx.clock.now() };
}

async function record(tx: Context, actor: Actor, action: string, row: InvoiceRow, reason: string): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "invoice",
    subjectId: row.invoice_id,
    partnerId: row.partner_id,
    after: { number: row.full_number },
    ...(reason === "" ? {} : { reason }),
  });
}
