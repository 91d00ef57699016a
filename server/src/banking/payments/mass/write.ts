import { totalsOf } from "../amounts.ts";
import type { PaymentBatch, PaymentFormat, WrittenFile } from "../contracts.ts";
import { type Demands, Findings, type Prepared, prepare } from "../prepare.ts";
import { csvBytes } from "./cells.ts";
import { CSV_DEMANDS, genericRows } from "./generic.ts";
import { PAYONEER_DEMANDS, payoneerRows } from "./payoneer.ts";
import { PAYPAL_DEMANDS, paypalRows } from "./paypal.ts";
import { WISE_DEMANDS, wiseRows } from "./wise.ts";

interface MassFormat {
  readonly demands: Demands;
  readonly rows: (
    batch: PaymentBatch,
    prepared: readonly Prepared[],
    findings: Findings,
  ) => readonly (readonly string[])[];
}

const MASS_FORMATS: ReadonlyMap<PaymentFormat, MassFormat> = new Map([
  ["paypal-csv", { demands: PAYPAL_DEMANDS, rows: paypalRows }],
  ["wise-csv", { demands: WISE_DEMANDS, rows: wiseRows }],
  ["payoneer-csv", { demands: PAYONEER_DEMANDS, rows: payoneerRows }],
  ["csv", { demands: CSV_DEMANDS, rows: genericRows }],
] as const);

/** A table that a payment provider takes as an upload, or that the operator's bank wants in its own columns. */
export function writeMass(format: PaymentFormat, batch: PaymentBatch): WrittenFile {
  const mass = MASS_FORMATS.get(format);
  if (mass === undefined) throw new Error(`${format} is no mass-payment file`);
  const findings = new Findings();
  const prepared = prepare(batch, mass.demands, findings);
  const rows = mass.rows(batch, prepared, findings);
  if (findings.refusals.length > 0) return { ok: false, refusals: findings.refusals };
  const amounts = batch.payments.map((payment) => payment.amount);
  return {
    ok: true,
    file: {
      format,
      fileName: `${batch.id.replace(/[^A-Za-z0-9.-]/g, "-")}.csv`,
      mediaType: "text/csv",
      bytes: csvBytes(rows, format === "csv" ? batch.options?.csv?.delimiter : undefined),
      payments: amounts.length,
      totals: totalsOf(amounts),
      controlSum: null,
      changes: findings.changes,
      references: batch.payments.map(({ id }) => ({ paymentId: id, reference: id })),
    },
  };
}
