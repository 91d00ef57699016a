import {
  type Invoice,
  type InvoiceLine,
  type NewCreditNote,
  NewCreditNote as NewCreditNoteSchema,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { bookTaxes } from "./booking.ts";
import type { InvoiceDocument } from "./contracts.ts";
import { type Computed, compute } from "./core/compute.ts";
import { creditDocument, hashDocument, treatmentOf } from "./core/document.ts";
import { fullNumber, seriesOf } from "./core/numbers.ts";
import { getInvoice, visibleInvoice } from "./reading.ts";
import {
  creditNotesOf,
  type InvoiceRow,
  insertCoverage,
  insertDeliveries,
  insertInvoices,
  lockInvoice,
  payeeNumber,
  releaseCoverage,
  takeNumbers,
  updateInvoice,
} from "./store/invoices.ts";
import { settingRow } from "./store/settings.ts";

/**
 * Takes an invoice back, whole or in part. Of a whole one the statements can be invoiced anew. Not by whoever issued it by hand.
 * @throws Refusal `wrong_state`, `same_person`, `invalid_input` (more than is left of a line)
 */
export async function creditInvoice(ctx: Context, actor: Actor, id: string, given: NewCreditNote): Promise<Invoice> {
  const input = NewCreditNoteSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const seen = await visibleInvoice(tx, actor, id);
    requirePermission(actor, "invoices.approve", await partnerTouch(tx, seen.partner_id));
    const row = await lockInvoice(tx.db, id);
    if (row === undefined) throw notFound("invoice", id);
    refuseOther(row, actor);
    const before = row.document as InvoiceDocument;
    const earlier = (await creditNotesOf(tx.db, [id])).map((one) => one.document as InvoiceDocument);
    const left = leftOf(before, earlier);
    const lines = takenBack(left, input.lines);
    const isLast = left.every((line, at) => BigInt(line.net) + BigInt(lines[at]?.net ?? "0") === 0n);
    const kept = lines.filter((line) => line.net !== "0");
    if (kept.length === 0) throw new Refusal("wrong_state", "Nothing is left of this invoice.");
    const sums = isLast ? restOf(before, earlier, kept) : sumsOf(before, kept);
    const noteId = await writeNote(tx, actor, row, kept, sums, input.reason);
    if (isLast) {
      await updateInvoice(tx.db, id, { state: "credited" });
      await releaseCoverage(tx.db, id, tx.clock.now());
    }
    return await getInvoice(tx, actor, noteId);
  });
}

function refuseOther(row: InvoiceRow, actor: Actor): void {
  if (row.kind !== "self_billed")
    throw new Refusal("wrong_state", "Only an invoice of the operator's is credited here.");
  if (row.state !== "issued") throw new Refusal("wrong_state", "This invoice was credited already.");
  if (row.created_by === personOf(actor))
    throw new Refusal("same_person", "You issued this invoice: somebody else has to credit it.");
}

/** The invoice's lines with what is left of them. */
function leftOf(before: InvoiceDocument, earlier: readonly InvoiceDocument[]): readonly InvoiceLine[] {
  const name = (line: InvoiceLine) => `${line.statementId} ${line.programId}`;
  const taken = new Map<string, bigint>();
  for (const line of earlier.flatMap((one) => one.lines))
    taken.set(name(line), (taken.get(name(line)) ?? 0n) + BigInt(line.net));
  return before.lines.map((line) => ({ ...line, net: String(BigInt(line.net) + (taken.get(name(line)) ?? 0n)) }));
}

/** What is taken back of each line, with the other sign. */
function takenBack(
  left: readonly InvoiceLine[],
  asked: readonly { line: number; net: string }[] | null,
): InvoiceLine[] {
  if (asked === null) return left.map((line) => ({ ...line, net: String(-BigInt(line.net)) }));
  const lines = left.map((line) => ({ ...line, net: "0" }));
  for (const { line: at, net } of asked) {
    const rest = BigInt(left[at]?.net ?? "0");
    const amount = BigInt(net);
    if (amount <= 0n || amount > rest)
      throw invalid(`lines.${at}.net`, net, `has to be above zero and at most what is left of the line, ${rest}`);
    (lines[at] as InvoiceLine).net = String(-amount);
  }
  return lines;
}

function sumsOf(before: InvoiceDocument, lines: readonly InvoiceLine[]): Computed {
  return compute(
    lines.map((line) => BigInt(line.net)),
    treatmentOf(before),
  );
}

/** The last credit note takes back exactly what is left of VAT and withholding, however the earlier ones were rounded. */
function restOf(before: InvoiceDocument, earlier: readonly InvoiceDocument[], lines: readonly InvoiceLine[]): Computed {
  const plain = sumsOf(before, lines);
  const rest = (of: "vat" | "withheld") => -[before, ...earlier].reduce((sum, one) => sum + BigInt(one.totals[of]), 0n);
  const [vat, withheld] = [rest("vat"), rest("withheld")];
  const moved = plain.lines.map((line, at) =>
    at === 0
      ? { net: line.net, vat: line.vat + vat - plain.vat, withheld: line.withheld + withheld - plain.withheld }
      : line,
  );
  return { ...plain, vat, withheld, gross: plain.net + vat, payable: plain.net + vat - withheld, lines: moved };
}

async function writeNote(
  tx: Context,
  actor: Actor,
  row: InvoiceRow,
  lines: readonly InvoiceLine[],
  sums: Computed,
  reason: string,
): Promise<string> {
  const settings = await settingRow(tx.db);
  const own = settings.series_per_payee ? await payeeNumber(tx.db, row.payee_id) : null;
  const series = seriesOf(settings.credit_series, own);
  const issuedOn = dayOf(tx.clock.now(), "UTC");
  const year = Number(issuedOn.slice(0, 4));
  const number = await takeNumbers(tx.db, series, year, 1);
  const making = { number: fullNumber(series, year, number), issuedOn, reason };
  const document = creditDocument(row.document as InvoiceDocument, lines, sums, making);
  const invoiceId = tx.ids.next("ivc");
  await insertInvoices(tx.db, [
    {
      invoice_id: invoiceId,
      kind: "credit_note",
      state: "issued",
      payee_id: row.payee_id,
      partner_id: row.partner_id,
      currency: row.currency,
      series,
      year,
      number,
      full_number: document.number,
      issued_on: issuedOn,
      net_minor: sums.net,
      vat_minor: sums.vat,
      withheld_minor: sums.withheld,
      corrects: row.invoice_id,
      document: JSON.stringify(document),
      document_hash: hashDocument(document),
      created_by: personOf(actor),
      created_name: actor.name,
      created_at: tx.clock.now(),
      reason,
    },
  ]);
  const parts = lines.map((line, at) => ({
    invoice_id: invoiceId,
    statement_id: line.statementId ?? "",
    program_id: line.programId ?? "",
    partner_id: row.partner_id,
    net_minor: BigInt(line.net),
    vat_minor: sums.lines[at]?.vat ?? 0n,
    withheld_minor: sums.lines[at]?.withheld ?? 0n,
  }));
  // Released from the start: a credit note never stands for a part of a statement.
  await insertCoverage(
    tx.db,
    parts.map((one) => ({ ...one, released_at: tx.clock.now() })),
  );
  await bookTaxes(
    tx,
    actor,
    parts.map((one) => ({ ...one, currency: row.currency, number: document.number })),
  );
  await tell(tx, actor, row, invoiceId, document);
  return invoiceId;
}

async function tell(
  tx: Context,
  actor: Actor,
  row: InvoiceRow,
  invoiceId: string,
  document: InvoiceDocument,
): Promise<void> {
  await audit.record(tx, actor, {
    action: "invoices.credited",
    subjectKind: "invoice",
    subjectId: row.invoice_id,
    partnerId: row.partner_id,
    after: { creditNote: document.number, ...document.totals },
    reason: document.corrects?.reason ?? "",
  });
  if (document.supplier.email !== "") {
    const deliveryId = tx.ids.next("ivd");
    const delivery = { delivery_id: deliveryId, invoice_id: invoiceId, partner_id: row.partner_id, state: "waiting" };
    await insertDeliveries(tx.db, [{ ...delivery, sent_to: document.supplier.email }]);
    await announce(tx, "invoices.deliver", { deliveryId });
  }
  await announce(tx, "invoices.issued", { invoiceIds: [invoiceId] });
}
