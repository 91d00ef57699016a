import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import {
  arrayLiteral,
  type Db,
  keysetPage,
  likeText,
  type Page,
  type PageRequest,
  type Schema,
} from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";

export type InvoiceRow = Selectable<Schema["invoices.invoice"]>;
export type CoverageRow = Selectable<Schema["invoices.coverage"]>;
export type DeliveryRow = Selectable<Schema["invoices.delivery"]>;

/**
 * Takes the next numbers of a series. The row is held until the transaction ends, so whoever comes next waits, and a rollback gives them back: that is
 * why there are no gaps.
 * @returns the first of them
 */
export async function takeNumbers(db: Db, series: string, year: number, count: number): Promise<bigint> {
  const { rows } = await sql<{ last_number: bigint }>`
    insert into invoices.series (series, year, last_number) values (${series}, ${year}, ${count})
    on conflict (series, year) do update set last_number = series.last_number + excluded.last_number
    returning last_number`.execute(db);
  return (rows[0]?.last_number ?? 0n) - BigInt(count) + 1n;
}

/** A payee's place in the names of series that are its own; given once. */
export async function payeeNumber(db: Db, payeeId: string): Promise<number> {
  await sql`insert into invoices.payee_number (payee_id) values (${payeeId}) on conflict do nothing`.execute(db);
  const row = await db
    .selectFrom("invoices.payee_number")
    .select("number")
    .where("payee_id", "=", payeeId)
    .executeTakeFirstOrThrow();
  return row.number;
}

/** One at a time decides what is to be invoiced: two would put the same part on two invoices. */
export async function lockIssuing(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('invoices.issuing'))`.execute(db);
}

export async function insertInvoices(db: Db, rows: readonly Insertable<Schema["invoices.invoice"]>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("invoices.invoice")
    .values([...rows])
    .execute();
}

export async function insertCoverage(db: Db, rows: readonly Insertable<Schema["invoices.coverage"]>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("invoices.coverage")
    .values([...rows])
    .execute();
}

export async function insertDeliveries(
  db: Db,
  rows: readonly Insertable<Schema["invoices.delivery"]>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("invoices.delivery")
    .values([...rows])
    .execute();
}

export async function invoiceRow(db: Db, id: string): Promise<InvoiceRow | undefined> {
  return (await invoiceRows(db, [id]))[0];
}

export async function invoiceRows(db: Db, ids: readonly string[]): Promise<InvoiceRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("invoices.invoice")
    .selectAll()
    .where("invoice_id", "in", [...ids])
    .execute();
}

export async function lockInvoice(db: Db, id: string): Promise<InvoiceRow | undefined> {
  return await db
    .selectFrom("invoices.invoice")
    .selectAll()
    .where("invoice_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateInvoice(db: Db, id: string, change: Updateable<Schema["invoices.invoice"]>): Promise<void> {
  await db.updateTable("invoices.invoice").set(change).where("invoice_id", "=", id).execute();
}

export async function creditNotesOf(db: Db, ids: readonly string[]): Promise<InvoiceRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("invoices.invoice")
    .selectAll()
    .where("corrects", "in", [...ids])
    .orderBy("invoice_id")
    .execute();
}

export async function coverageOf(db: Db, ids: readonly string[]): Promise<CoverageRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("invoices.coverage")
    .selectAll()
    .where("invoice_id", "in", [...ids])
    .orderBy("statement_id")
    .orderBy("program_id")
    .execute();
}

export async function releaseCoverage(db: Db, invoiceId: string, at: Date): Promise<void> {
  await db.updateTable("invoices.coverage").set({ released_at: at }).where("invoice_id", "=", invoiceId).execute();
}

/** Parts of some partners' statements that stand on a living invoice, as `statement program`. */
export async function coveredParts(db: Db, partnerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select statement_id || ' ' || program_id as key from invoices.coverage
    where released_at is null and partner_id = any(${arrayLiteral([...partnerIds])}::text[])`.execute(db);
  return new Set(rows.map((row) => row.key));
}

export interface LivingPart {
  readonly statement_id: string;
  readonly program_id: string;
  readonly payee_id: string;
  readonly invoice_id: string;
  readonly full_number: string;
  readonly kind: "self_billed" | "uploaded";
  readonly net_minor: bigint;
  readonly vat_minor: bigint;
  readonly withheld_minor: bigint;
  readonly state: "issued" | "matched";
}

export async function livingParts(db: Db, statementIds: readonly string[]): Promise<readonly LivingPart[]> {
  const { rows } = await sql<LivingPart>`
    select c.statement_id, c.program_id, i.payee_id, i.invoice_id, i.full_number, i.kind, c.net_minor, c.vat_minor, c.withheld_minor, i.state
    from invoices.coverage c join invoices.invoice i using (invoice_id)
    where c.released_at is null and c.statement_id = any(${arrayLiteral([...statementIds])}::text[])
    order by c.statement_id, c.program_id`.execute(db);
  return rows;
}

export interface InvoiceFilter {
  readonly q?: string | undefined;
  readonly partnerId?: string | undefined;
  readonly payeeId?: string | undefined;
  readonly statementId?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export async function invoicePage(
  db: Db,
  within: RecordReach,
  filter: InvoiceFilter,
  page: PageRequest,
): Promise<Page<InvoiceRow>> {
  let query = whereWithin(db.selectFrom("invoices.invoice").selectAll(), within, "partner_id", null);
  if (filter.q) query = query.where(sql<string>`lower(full_number)`, "like", `${likeText(filter.q.toLowerCase())}%`);
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.payeeId !== undefined) query = query.where("payee_id", "=", filter.payeeId);
  if (filter.statementId !== undefined)
    query = query.where(
      sql<boolean>`exists (select from invoices.coverage c where c.invoice_id = invoice.invoice_id and c.statement_id = ${filter.statementId})`,
    );
  if (filter.kind?.length) query = query.where("kind", "in", filter.kind);
  if (filter.state?.length) query = query.where("state", "in", filter.state);
  if (filter.currency !== undefined) query = query.where("currency", "=", filter.currency);
  if (filter.from !== undefined) query = query.where("issued_on", ">=", filter.from);
  if (filter.to !== undefined) query = query.where("issued_on", "<=", filter.to);
  return await keysetPage(query, { name: "newest", columns: ["invoice_id"], direction: "desc" }, page);
}

export async function deliveriesOf(db: Db, invoiceId: string): Promise<DeliveryRow[]> {
  return await db
    .selectFrom("invoices.delivery")
    .selectAll()
    .where("invoice_id", "=", invoiceId)
    .orderBy("delivery_id")
    .execute();
}

export async function deliveryRow(db: Db, id: string): Promise<DeliveryRow | undefined> {
  return await db.selectFrom("invoices.delivery").selectAll().where("delivery_id", "=", id).executeTakeFirst();
}

export async function noteDelivery(db: Db, id: string, state: DeliveryRow["state"], at: Date): Promise<void> {
  await db
    .updateTable("invoices.delivery")
    .set({ state, at, attempts: sql`attempts + 1` })
    .where("delivery_id", "=", id)
    .execute();
}
