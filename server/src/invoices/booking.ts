import { type Actor, personOf } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf, monthOf } from "../kernel/period.ts";
import { post, type TransferInput, takeBooks } from "../ledger/index.ts";

/** VAT and withholding of one part of an invoice, negative by a credit note. */
export interface Booking {
  readonly invoice_id: string;
  readonly statement_id: string;
  readonly program_id: string;
  readonly partner_id: string;
  readonly currency: string;
  readonly number: string;
  readonly vat_minor: bigint;
  readonly withheld_minor: bigint;
}

/** Books what the invoice adds to what is owed, and what the tax authority gets of it; each part once, in the open month. */
export async function bookTaxes(tx: Context, actor: Actor, bookings: readonly Booking[]): Promise<void> {
  const taxed = bookings.filter((one) => one.vat_minor !== 0n || one.withheld_minor !== 0n);
  if (taxed.length === 0) return;
  const books = new Map(
    taxed.map((one) => [`${one.partner_id} ${one.currency}`, { partnerId: one.partner_id, currency: one.currency }]),
  );
  const open = await takeBooks(tx, [...books.values()]);
  const today = dayOf(tx.clock.now(), "UTC");
  const transfers = taxed.flatMap((one): TransferInput[] => {
    const of = { partnerId: one.partner_id, currency: one.currency };
    const key = `invoice:${one.invoice_id}:${one.statement_id}:${one.program_id}`;
    const base = {
      sourceKey: one.invoice_id,
      ...of,
      programId: null,
      period: open(of, monthOf(today)),
      occurredOn: today,
      memo: { invoice: one.number, statement: one.statement_id },
    };
    return [
      { ...base, recipe: "add_vat" as const, idempotencyKey: `${key}:vat`, amountMinor: one.vat_minor },
      { ...base, recipe: "withhold_tax" as const, idempotencyKey: `${key}:tax`, amountMinor: one.withheld_minor },
    ].filter((transfer) => transfer.amountMinor !== 0n);
  });
  await post(tx, transfers, personOf(actor));
}
