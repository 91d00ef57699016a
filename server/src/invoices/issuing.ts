import type { InvoiceParty, IssueOutcome } from "@tributary/contract";
import { type Actor, isWithin, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { reachOf } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import { partnersWithEarnings } from "../statements/index.ts";
import { bookTaxes } from "./booking.ts";
import type { InvoiceDocument } from "./contracts.ts";
import type { Computed } from "./core/compute.ts";
import { hashDocument, invoiceDocument } from "./core/document.ts";
import { fullNumber, seriesOf } from "./core/numbers.ts";
import { type Due, dueOf, waitingWire } from "./due.ts";
import {
  insertCoverage,
  insertDeliveries,
  insertInvoices,
  lockIssuing,
  payeeNumber,
  takeNumbers,
} from "./store/invoices.ts";
import { type SettingRow, settingRow } from "./store/settings.ts";

/** Invoices of so many partners are one transaction. */
const PARTNERS_AT_ONCE = 200;

/**
 * Issues what is due to some partners: one invoice per payee and currency for all approved statements that stand on none. Asked again it does nothing
 * more. VAT and withholding are booked with it.
 * @returns the invoices, and what could not be issued with the reason
 */
export async function issueInvoices(
  ctx: Context,
  actor: Actor,
  partnerIds: readonly string[],
  options: { readonly belowThreshold: boolean } = { belowThreshold: false },
): Promise<IssueOutcome> {
  const within = await reachOf(ctx, actor, "invoices.write");
  const outside = partnerIds.find((partnerId) => !isWithin(within, { partnerId }));
  if (outside !== undefined || actor.partnerId !== undefined)
    throw new Refusal("forbidden", `${actor.name || actor.id} may not issue invoices for this partner.`);
  const ids = [...new Set(partnerIds)];
  const issued: string[] = [];
  const waiting: Due[] = [];
  for (let at = 0; at < ids.length; at += PARTNERS_AT_ONCE) {
    const part = await transact(ctx, (tx) => issuePart(tx, actor, ids.slice(at, at + PARTNERS_AT_ONCE), options));
    issued.push(...part.issued);
    waiting.push(...part.waiting);
  }
  return { issued, waiting: waiting.map(waitingWire) };
}

/** Issues by itself what became payable, when the settings say so. @param partnerIds null: everybody with something approved */
export async function issueAutomatically(
  ctx: Context,
  actor: Actor,
  partnerIds: readonly string[] | null,
): Promise<IssueOutcome> {
  if (!(await settingRow(ctx.db)).automatic) return { issued: [], waiting: [] };
  return await issueInvoices(ctx, actor, partnerIds ?? (await partnersWithEarnings(ctx.db)));
}

async function issuePart(
  tx: Context,
  actor: Actor,
  partnerIds: readonly string[],
  options: { readonly belowThreshold: boolean },
): Promise<{ readonly issued: readonly string[]; readonly waiting: readonly Due[] }> {
  await lockIssuing(tx.db);
  const due = await dueOf(tx, partnerIds, options);
  const ready = due.filter((one) => one.reason === "ready");
  const made = await draftsOf(tx, ready);
  await insertInvoices(
    tx.db,
    made.map((one) => invoiceRowOf(tx, actor, one)),
  );
  await insertCoverage(tx.db, made.flatMap(coverageRowsOf));
  await bookTaxes(
    tx,
    actor,
    made.flatMap((one) => bookingsOf(one)),
  );
  await sendOut(tx, made);
  await audit.recordMany(
    tx,
    actor,
    made.map((one) => ({
      action: "invoices.issued",
      subjectKind: "invoice",
      subjectId: one.invoiceId,
      partnerId: one.due.partnerId,
      after: { number: one.document.number, ...one.document.totals, currency: one.due.currency },
    })),
  );
  if (made.length > 0) await announce(tx, "invoices.issued", { invoiceIds: made.map((one) => one.invoiceId) });
  return { issued: made.map((one) => one.invoiceId), waiting: due.filter((one) => one.reason !== "ready") };
}

interface Draft {
  readonly invoiceId: string;
  readonly due: Due;
  readonly sums: Computed;
  readonly series: string;
  readonly year: number;
  readonly number: bigint;
  readonly document: InvoiceDocument;
}

async function draftsOf(tx: Context, ready: readonly Due[]): Promise<readonly Draft[]> {
  if (ready.length === 0) return [];
  const settings = await settingRow(tx.db);
  const issuedOn = dayOf(tx.clock.now(), "UTC");
  const year = Number(issuedOn.slice(0, 4));
  const programIds = [...new Set(ready.flatMap((one) => one.parts.map((part) => part.programId)))];
  const names = new Map((await programsByIds(tx.db, programIds)).map((one) => [one.programId, one.name]));
  const drafts: Draft[] = [];
  for (const [series, of] of await bySeries(tx, ready, settings)) {
    const first = await takeNumbers(tx.db, series, year, of.length);
    for (const [at, due] of of.entries()) {
      const { payee, sums } = due;
      const tax = payee?.tax;
      if (payee === undefined || sums === null || !tax) throw new Error(`nothing to issue for ${due.partnerId}`);
      const number = first + BigInt(at);
      const document = invoiceDocument(due, sums, {
        payee,
        tax,
        customer: customerOf(settings),
        number: fullNumber(series, year, number),
        issuedOn,
        dueDays: settings.due_days,
        programName: (id) => names.get(id) ?? id,
      });
      drafts.push({ invoiceId: tx.ids.next("ivc"), due, sums, series, year, number, document });
    }
  }
  return drafts;
}

/** The series in the order of their names, so that two transactions never wait for each other. */
async function bySeries(
  tx: Context,
  ready: readonly Due[],
  settings: SettingRow,
): Promise<readonly (readonly [string, readonly Due[]])[]> {
  const named: { series: string; due: Due }[] = [];
  for (const due of ready) {
    const own = settings.series_per_payee ? await payeeNumber(tx.db, due.payeeId ?? "") : null;
    named.push({ series: seriesOf(settings.series, own), due });
  }
  const grouped = Map.groupBy(named, (one) => one.series);
  return [...grouped]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([series, of]) => [series, of.map((one) => one.due)] as const);
}

export function customerOf(settings: SettingRow): InvoiceParty {
  return {
    id: "",
    name: settings.legal_name,
    street: settings.street,
    city: settings.city,
    postalCode: settings.postal_code,
    region: settings.region,
    country: settings.country ?? "XX",
    vatNumber: settings.vat_number,
    registrationNumber: settings.registration_number,
    email: settings.email,
  };
}

function invoiceRowOf(tx: Context, actor: Actor, draft: Draft) {
  return {
    invoice_id: draft.invoiceId,
    kind: "self_billed",
    state: "issued",
    payee_id: draft.due.payeeId ?? "",
    partner_id: draft.due.partnerId,
    currency: draft.due.currency,
    series: draft.series,
    year: draft.year,
    number: draft.number,
    full_number: draft.document.number,
    issued_on: draft.document.issuedOn,
    net_minor: draft.sums.net,
    vat_minor: draft.sums.vat,
    withheld_minor: draft.sums.withheld,
    document: JSON.stringify(draft.document),
    document_hash: hashDocument(draft.document),
    created_by: personOf(actor),
    created_name: actor.name,
    created_at: tx.clock.now(),
  };
}

function coverageRowsOf(draft: Draft) {
  return draft.due.parts.map((part, at) => ({
    invoice_id: draft.invoiceId,
    statement_id: part.statementId,
    program_id: part.programId,
    partner_id: part.partnerId,
    net_minor: part.minor,
    vat_minor: draft.sums.lines[at]?.vat ?? 0n,
    withheld_minor: draft.sums.lines[at]?.withheld ?? 0n,
  }));
}

function bookingsOf(draft: Draft) {
  return coverageRowsOf(draft).map((row) => ({ ...row, currency: draft.due.currency, number: draft.document.number }));
}

/** To the payee's billing contact, by the outbox: the mail is sent after the transaction, and again until it went. */
async function sendOut(tx: Context, made: readonly Draft[]): Promise<void> {
  const rows = made
    .filter((one) => one.document.supplier.email !== "")
    .map((one) => ({
      delivery_id: tx.ids.next("ivd"),
      invoice_id: one.invoiceId,
      partner_id: one.due.partnerId,
      sent_to: one.document.supplier.email,
      state: "waiting",
    }));
  await insertDeliveries(tx.db, rows);
  for (const row of rows) await announce(tx, "invoices.deliver", { deliveryId: row.delivery_id });
}
