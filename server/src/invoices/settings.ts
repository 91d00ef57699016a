import type { InvoiceSettings } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { checkTaxNumber, taxNumberKinds } from "../banking/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile, invalid } from "../kernel/refusals.ts";
import { type SettingRow, saveSetting, settingRow } from "./store/settings.ts";

export async function getSettings(ctx: Context): Promise<InvoiceSettings> {
  return wire(await settingRow(ctx.db));
}

/** Holds for invoices from now on: those that were issued keep what they say. @throws Refusal `conflict`, `invalid_input` */
export async function changeSettings(ctx: Context, actor: Actor, change: InvoiceSettings): Promise<InvoiceSettings> {
  requirePermission(actor, "invoices.approve", {});
  if (change.series === change.creditSeries)
    throw invalid("creditSeries", change.creditSeries, "is the series of the invoices");
  const vatNumber = checkedVat(change);
  return await transact(ctx, async (tx) => {
    const before = await settingRow(tx.db);
    if (!(await saveSetting(tx.db, rowOf({ ...change, vatNumber }))))
      throw changedMeanwhile("invoice settings", change.revision);
    const after = wire(await settingRow(tx.db));
    const note = { action: "invoices.settings_changed", subjectKind: "invoice_settings", subjectId: "invoices" };
    await audit.record(tx, actor, { ...note, before: wire(before), after });
    return after;
  });
}

function checkedVat({ vatNumber, country }: InvoiceSettings): string | null {
  if (vatNumber === null || vatNumber === "") return null;
  if (country === null || !taxNumberKinds(country).includes("vat")) return vatNumber;
  const verdict = checkTaxNumber(country, "vat", vatNumber);
  if (!verdict.ok) throw invalid("vatNumber", vatNumber, verdict.complaint.message, verdict.complaint.hint);
  return verdict.normalised;
}

function rowOf(change: InvoiceSettings): SettingRow {
  return {
    legal_name: change.legalName,
    street: change.street,
    city: change.city,
    postal_code: change.postalCode,
    region: change.region,
    country: change.country,
    vat_number: change.vatNumber,
    registration_number: change.registrationNumber,
    email: change.email,
    series: change.series,
    credit_series: change.creditSeries,
    series_per_payee: change.seriesPerPayee,
    due_days: change.dueDays,
    automatic: change.automatic,
    first_month: change.firstMonth === null ? null : `${change.firstMonth}-01`,
    revision: change.revision,
  };
}

function wire(row: SettingRow): InvoiceSettings {
  return {
    legalName: row.legal_name,
    street: row.street,
    city: row.city,
    postalCode: row.postal_code,
    region: row.region,
    country: row.country,
    vatNumber: row.vat_number,
    registrationNumber: row.registration_number,
    email: row.email,
    series: row.series,
    creditSeries: row.credit_series,
    seriesPerPayee: row.series_per_payee,
    dueDays: row.due_days,
    automatic: row.automatic,
    firstMonth: row.first_month?.slice(0, 7) ?? null,
    revision: row.revision,
  };
}
