export type { InvoicedPart } from "./contracts.ts";
export { creditInvoice } from "./crediting.ts";
export type { InvoiceMail, Sender } from "./delivery.ts";
export { issueInvoices } from "./issuing.ts";
export type { Branding } from "./paper.ts";
export { getInvoice, invoiceFor, invoiceNames, invoicesMissing } from "./reading.ts";
export { changeSettings as changeInvoiceSettings } from "./settings.ts";
export { verifyInvoices } from "./verify.ts";
