import type { Context } from "../database/index.ts";
import type { PayableStatement } from "../statements/index.ts";
import type { InvoiceFacts } from "./core/contracts.ts";

/** Invoices that may be paid, by `<statement> <payee>`. */
export async function invoicesOf(
  _ctx: Context,
  _payables: readonly PayableStatement[],
  _payeeIds: readonly string[],
): Promise<ReadonlyMap<string, InvoiceFacts>> {
  return new Map();
}
