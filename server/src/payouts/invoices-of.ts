import type { Context } from "../database/index.ts";
import { invoiceFor, invoicesMissing } from "../invoices/index.ts";
import type { PayableStatement } from "../statements/index.ts";
import type { InvoiceFacts } from "./core/contracts.ts";

/**
 * What stands on invoices of what is payable, by `<statement> <payee>`; a statement is paid with the earlier ones it covers, so their invoices count too.
 */
export async function invoicesOf(
  ctx: Context,
  payables: readonly PayableStatement[],
): Promise<ReadonlyMap<string, InvoiceFacts>> {
  const coveredBy = new Map(payables.flatMap((one) => one.covers.map((id) => [id, one.statementId] as const)));
  const found = new Map<string, InvoiceFacts>();
  for (const one of await invoiceFor(ctx, [...coveredBy.keys()])) {
    const key = `${coveredBy.get(one.statementId)} ${one.payeeId}`;
    found.set(key, { invoiceId: one.invoiceId, number: one.number, missing: null });
  }
  for (const one of await invoicesMissing(ctx, [...new Set(payables.map((each) => each.partnerId))])) {
    for (const statementId of one.statementIds) {
      const key = `${coveredBy.get(statementId)} ${one.payeeId}`;
      const { invoiceId = null, number = null } = found.get(key) ?? {};
      found.set(key, { invoiceId, number, missing: one.sentence });
    }
  }
  return found;
}
