import type {
  Invoice,
  InvoiceDifference,
  InvoiceQuery,
  InvoiceSummary,
  InvoiceWaiting,
  WaitingReason,
} from "@tributary/contract";
import { type Actor, isWithin } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { partnersWithEarnings } from "../statements/index.ts";
import type { InvoiceDocument, InvoicedPart } from "./contracts.ts";
import { ublOf } from "./core/ubl.ts";
import { dueOf, waitingWire } from "./due.ts";
import { type Branding, invoicePaper } from "./paper.ts";
import { type FileRow, fileRow } from "./store/files.ts";
import {
  type CoverageRow,
  coverageOf,
  creditNotesOf,
  deliveriesOf,
  type InvoiceRow,
  invoicePage,
  invoiceRow,
  invoiceRows,
  livingParts,
} from "./store/invoices.ts";

export async function listInvoices(ctx: Context, actor: Actor, query: InvoiceQuery): Promise<Page<InvoiceSummary>> {
  const within = await reachOf(ctx, actor, "invoices.read");
  const page = await invoicePage(ctx.db, within, query, query);
  const covered = await coverageOf(
    ctx.db,
    page.rows.map((row) => row.invoice_id),
  );
  const byInvoice = Map.groupBy(covered, (one) => one.invoice_id);
  return {
    rows: page.rows.map((row) => summaryWire(row, byInvoice.get(row.invoice_id) ?? [])),
    nextCursor: page.nextCursor,
  };
}

export async function getInvoice(ctx: Context, actor: Actor, id: string): Promise<Invoice> {
  const row = await visibleInvoice(ctx, actor, id);
  const document = row.document as InvoiceDocument;
  const forPartner = actor.partnerId !== undefined;
  const file = row.file_id === null ? undefined : await fileRow(ctx.db, row.file_id);
  return {
    ...summaryWire(row, await coverageOf(ctx.db, [id])),
    language: document.language,
    supplyFrom: document.supplyFrom,
    supplyTo: document.supplyTo,
    dueOn: document.dueOn,
    supplier: document.supplier,
    customer: document.customer,
    lines: [...document.lines],
    taxes: [...document.taxes],
    withholdingReason: document.withholding?.reason ?? "",
    notes: [...document.notes],
    reason: row.reason,
    creditNotes: (await creditNotesOf(ctx.db, [id])).map((one) => ({
      id: one.invoice_id,
      number: one.full_number,
      net: String(one.net_minor),
    })),
    found: row.differences as InvoiceDifference[],
    file: file === undefined ? null : { name: file.name, mediaType: file.media_type, bytes: file.bytes.length },
    deliveries: (await deliveriesOf(ctx.db, id)).map((one) => ({
      id: one.delivery_id,
      to: one.sent_to,
      state: one.state as "sent",
      at: one.at?.toISOString() ?? null,
      attempts: one.attempts,
    })),
    createdByName: forPartner && row.kind !== "uploaded" ? "" : row.created_name,
    createdAt: row.created_at.toISOString(),
    decidedName: forPartner ? null : row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    documentHash: row.document_hash,
  };
}

/** @throws Refusal `not_found` */
export async function visibleInvoice(ctx: Context, actor: Actor, id: string): Promise<InvoiceRow> {
  const row = await invoiceRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "invoices.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id })) throw notFound("invoice", id);
  return row;
}

/** What is approved and on no invoice, with the reason, by partner. */
export async function listWaiting(
  ctx: Context,
  actor: Actor,
  query: {
    readonly partnerId?: string | undefined;
    readonly reason?: readonly WaitingReason[] | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<Page<InvoiceWaiting>> {
  const within = await reachOf(ctx, actor, "invoices.read");
  const all = query.partnerId === undefined ? await partnersWithEarnings(ctx.db) : [query.partnerId];
  const ids = all.filter(
    (id) => isWithin(within, { partnerId: id }) && (query.cursor === undefined || id > query.cursor),
  );
  const rows: InvoiceWaiting[] = [];
  for (let at = 0; at < ids.length; at += PARTNERS_AT_ONCE) {
    const part = ids.slice(at, at + PARTNERS_AT_ONCE);
    const found = (await dueOf(ctx, part)).map(waitingWire);
    for (const id of part) {
      rows.push(...found.filter((one) => one.partnerId === id && (query.reason?.includes(one.reason) ?? true)));
      if (rows.length >= query.limit) return { rows, nextCursor: id };
    }
  }
  return { rows, nextCursor: null };
}

const PARTNERS_AT_ONCE = 200;

/** Door: what of some partners is approved and on no invoice yet. */
export async function invoicesMissing(ctx: Context, partnerIds: readonly string[]): Promise<readonly InvoiceWaiting[]> {
  return (await dueOf(ctx, partnerIds)).map(waitingWire);
}

/** Door: the parts of some statements that stand on a living invoice. */
export async function invoiceFor(ctx: Context, statementIds: readonly string[]): Promise<readonly InvoicedPart[]> {
  return (await livingParts(ctx.db, statementIds)).map((row) => ({
    statementId: row.statement_id,
    programId: row.program_id,
    payeeId: row.payee_id,
    invoiceId: row.invoice_id,
    number: row.full_number,
    kind: row.kind,
    net: row.net_minor,
    vat: row.vat_minor,
    withheld: row.withheld_minor,
    status: row.state,
  }));
}

/** What invoices are called, as far as the actor may see them. */
export async function invoiceNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const within = await reachOf(ctx, actor, "invoices.read");
  const rows = (await invoiceRows(ctx.db, ids)).filter((row) => isWithin(within, { partnerId: row.partner_id }));
  return rows.map((row) => ({ id: row.invoice_id, name: row.full_number }));
}

/** The paper: the operator's as it was frozen, or the file that was handed in. */
export async function invoicePdf(
  ctx: Context,
  actor: Actor,
  id: string,
  branding: () => Promise<Branding>,
): Promise<{ readonly name: string; readonly bytes: Buffer; readonly mediaType: string }> {
  const row = await visibleInvoice(ctx, actor, id);
  if (row.file_id !== null) return handedIn((await fileRow(ctx.db, row.file_id)) as FileRow);
  const bytes = await invoicePaper(row.document as InvoiceDocument, await branding());
  return { name: `${row.full_number}.pdf`, bytes, mediaType: "application/pdf" };
}

function handedIn(file: FileRow) {
  return { name: file.name, bytes: file.bytes, mediaType: file.media_type };
}

/** @throws Refusal `wrong_state` for an own invoice: what it says is its file */
export async function invoiceXml(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const row = await visibleInvoice(ctx, actor, id);
  if (row.kind === "uploaded")
    throw new Refusal("wrong_state", "The payee wrote this invoice itself: download its file.");
  return { name: `${row.full_number}.xml`, text: ublOf(row.document as InvoiceDocument) };
}

function summaryWire(row: InvoiceRow, covered: readonly CoverageRow[]): InvoiceSummary {
  const gross = row.net_minor + row.vat_minor;
  return {
    id: row.invoice_id,
    kind: row.kind as InvoiceSummary["kind"],
    state: row.state as InvoiceSummary["state"],
    number: row.full_number,
    payeeId: row.payee_id,
    partnerId: row.partner_id,
    currency: row.currency,
    issuedOn: row.issued_on,
    net: String(row.net_minor),
    vat: String(row.vat_minor),
    withheld: String(row.withheld_minor),
    gross: String(gross),
    payable: String(gross - row.withheld_minor),
    statementIds: [...new Set(covered.map((one) => one.statement_id))],
    corrects: row.corrects,
    differences: (row.differences as unknown[]).length,
  };
}
