import type { Context } from "../database/index.ts";
import type { InvoiceFacts } from "./core/contracts.ts";

/** Invoices that may be paid, by `<statement> <payee>`. */
export async function invoicesOf(
  _ctx: Context,
  _statementIds: readonly string[],
): Promise<ReadonlyMap<string, InvoiceFacts>> {
  return new Map();
}
