import type { Invoice } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { partnerTouch } from "../partners/index.ts";
import type { InvoiceDocument } from "./contracts.ts";
import { letterOf } from "./core/letter.ts";
import { ublOf } from "./core/ubl.ts";
import { type Branding, invoicePaper } from "./paper.ts";
import { getInvoice, visibleInvoice } from "./reading.ts";
import { deliveryRow, insertDeliveries, invoiceRow, noteDelivery } from "./store/invoices.ts";

export interface InvoiceMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
}

/** `sent`: a mail server took it; `kept`: there is none, it lies in the data folder; `failed`: the server would not take it. */
export type Sender = (mail: InvoiceMail) => Promise<"sent" | "kept" | "failed">;

/**
 * Sends an invoice to the payee's billing contact, with its paper and its UBL file. Run again after it was sent it does nothing.
 * @throws when the mail server would not take it, so that the job is tried again
 */
export async function deliver(
  ctx: Context,
  deliveryId: string,
  send: Sender,
  branding: () => Promise<Branding>,
): Promise<void> {
  const row = await deliveryRow(ctx.db, deliveryId);
  if (row === undefined || row.state === "sent" || row.state === "kept") return;
  const invoice = await invoiceRow(ctx.db, row.invoice_id);
  if (invoice === undefined) return;
  const document = invoice.document as InvoiceDocument;
  const looks = await branding();
  const outcome = await send({
    to: row.sent_to,
    ...letterOf(document, looks.name || document.customer.name),
    attachments: [
      {
        filename: `${document.number}.pdf`,
        content: await invoicePaper(document, looks),
        contentType: "application/pdf",
      },
      { filename: `${document.number}.xml`, content: Buffer.from(ublOf(document)), contentType: "application/xml" },
    ],
  });
  await noteDelivery(ctx.db, deliveryId, outcome, ctx.clock.now());
  if (outcome === "failed") throw new Error(`invoice ${document.number} could not be mailed; it is tried again`);
}

/** Sends it once more, to the contact that stands on it. */
export async function sendAgain(ctx: Context, actor: Actor, id: string): Promise<Invoice> {
  return await transact(ctx, async (tx) => {
    const row = await visibleInvoice(tx, actor, id);
    requirePermission(actor, "invoices.write", await partnerTouch(tx, row.partner_id));
    const to = (row.document as InvoiceDocument).supplier.email;
    if (row.kind === "uploaded" || to === "") throw new Refusal("wrong_state", "There is nobody to send this to.");
    const deliveryId = tx.ids.next("ivd");
    const delivery = { delivery_id: deliveryId, invoice_id: id, partner_id: row.partner_id, sent_to: to };
    await insertDeliveries(tx.db, [{ ...delivery, state: "waiting" }]);
    await announce(tx, "invoices.deliver", { deliveryId });
    const note = { action: "invoices.sent_again", subjectKind: "invoice", subjectId: id, partnerId: row.partner_id };
    await audit.record(tx, actor, { ...note, after: { to } });
    return await getInvoice(tx, actor, id);
  });
}
