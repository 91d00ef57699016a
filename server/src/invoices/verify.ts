import type { Context } from "../database/index.ts";
import type { InvoiceDocument } from "./contracts.ts";
import { hashDocument } from "./core/document.ts";
import { brokenSeries, brokenSums, documents } from "./store/verify.ts";

/** Proves that numbers have no gaps, that parts come to what stands on the papers, and that no paper was changed. */
export async function verifyInvoices(
  ctx: Context,
): Promise<{ readonly invoices: number; readonly problems: readonly string[] }> {
  const problems = (await brokenSeries(ctx.db)).map((one) => `series ${one}`);
  problems.push(...(await brokenSums(ctx.db)).map((one) => `invoice ${one}`));
  let invoices = 0;
  for await (const row of documents(ctx.db)) {
    invoices += 1;
    const document = row.document as InvoiceDocument;
    if (hashDocument(document) !== row.document_hash)
      problems.push(`invoice ${row.full_number}: its paper was changed`);
    const { net, vat, withheld } = document.totals;
    const same =
      net === String(row.net_minor) && vat === String(row.vat_minor) && withheld === String(row.withheld_minor);
    if (!same) problems.push(`invoice ${row.full_number}: its amounts are not those on its paper`);
  }
  return { invoices, problems };
}
