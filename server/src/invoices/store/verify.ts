import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** Series and years whose numbers are not 1, 2, 3 … up to the last one that was taken. */
export async function brokenSeries(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ problem: string }>`
    with numbered as (
      select series, year, count(*) as count, count(distinct number) as distinct_count, min(number) as first, max(number) as last
      from invoices.invoice where number is not null group by series, year
    )
    select coalesce(s.series, n.series) || '-' || coalesce(s.year, n.year) || ': ' || coalesce(n.count, 0) || ' invoices from ' || coalesce(n.first, 0)
           || ' to ' || coalesce(n.last, 0) || ', the last number taken is ' || coalesce(s.last_number, 0) as problem
    from invoices.series s full join numbered n using (series, year)
    where n.count is null or s.last_number is null or n.first <> 1 or n.last <> n.count or n.distinct_count <> n.count or s.last_number <> n.last
    order by 1`.execute(db);
  return rows.map((row) => row.problem);
}

/** Invoices whose parts do not come to what stands on them. */
export async function brokenSums(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ problem: string }>`
    select i.full_number || ': its parts come to ' || sum(c.net_minor) || ' and ' || sum(c.vat_minor) || ', it says ' || i.net_minor || ' and ' || i.vat_minor as problem
    from invoices.invoice i join invoices.coverage c using (invoice_id)
    group by i.invoice_id
    having sum(c.net_minor) <> i.net_minor or sum(c.vat_minor) <> i.vat_minor or sum(c.withheld_minor) <> i.withheld_minor`.execute(
    db,
  );
  return rows.map((row) => row.problem);
}

/** Each invoice with its document, in parts, for the proof that nothing on the paper was changed. */
export async function* documents(db: Db): AsyncGenerator<{
  readonly full_number: string;
  readonly document: unknown;
  readonly document_hash: string;
  readonly net_minor: bigint;
  readonly vat_minor: bigint;
  readonly withheld_minor: bigint;
}> {
  let after = "";
  for (;;) {
    const rows = await db
      .selectFrom("invoices.invoice")
      .select(["invoice_id", "full_number", "document", "document_hash", "net_minor", "vat_minor", "withheld_minor"])
      .where("invoice_id", ">", after)
      .orderBy("invoice_id")
      .limit(1000)
      .execute();
    yield* rows;
    if (rows.length < 1000) return;
    after = rows.at(-1)?.invoice_id ?? "";
  }
}
