import { sql } from "kysely";
import { arrayLiteral, type Db, keysetPage, type Page, type PageRequest, type Tx } from "../../database/index.ts";

/** A customer whom the operator had before, named by the operator's own id. */
export interface KnownCustomer {
  readonly customerRef: string;
  /** null: since ever */
  readonly knownSince: Date | null;
}

/** Since when customers are known by import, milliseconds since 1970 (`-Infinity`: since ever). Keys: `program\nref`. */
export async function knownSinceByName(
  db: Db,
  named: readonly { readonly programId: string; readonly customerRef: string }[],
): Promise<ReadonlyMap<string, number>> {
  if (named.length === 0) return new Map();
  const { rows } = await sql<{ program_id: string; customer_ref: string; at: number | null }>`
    select program_id, customer_ref, (extract(epoch from known_since) * 1000)::float8 as at
    from unnest(${arrayLiteral(named.map((one) => one.programId))}::text[],
      ${arrayLiteral(named.map((one) => one.customerRef))}::text[]) as n(program_id, customer_ref)
    join attribution.known_customer using (program_id, customer_ref)`.execute(db);
  return new Map(rows.map((row) => [`${row.program_id}\n${row.customer_ref}`, row.at ?? Number.NEGATIVE_INFINITY]));
}

/** Notes them; a customer who is noted already keeps the earlier day. @returns how many are new or known for longer than was noted */
export async function noteKnownCustomers(
  tx: Tx,
  programId: string,
  customers: readonly KnownCustomer[],
  by: { readonly actorId: string; readonly at: Date },
): Promise<number> {
  const done = await sql`
    insert into attribution.known_customer as k (program_id, customer_ref, known_since, noted_by, noted_at)
    select ${programId}, customer_ref, min(coalesce(since, '-infinity')), ${by.actorId}, ${by.at}
    from unnest(${arrayLiteral(customers.map((one) => one.customerRef))}::text[],
      ${arrayLiteral(customers.map((one) => one.knownSince?.toISOString() ?? null))}::timestamptz[]) as n(customer_ref, since)
    group by customer_ref
    on conflict (program_id, customer_ref) do update set known_since = excluded.known_since
      where excluded.known_since < k.known_since`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}

/** They are not known by note any more; by their events they may be. @returns those who had been noted */
export async function forgetKnownCustomers(tx: Tx, programId: string, refs: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ customer_ref: string }>`
    delete from attribution.known_customer
    where program_id = ${programId} and customer_ref = any (${arrayLiteral(refs)}::text[])
    returning customer_ref`.execute(tx);
  return rows.map((row) => row.customer_ref);
}

/** A noted customer as it is shown. */
export interface NotedRow {
  readonly customer_ref: string;
  /** null: since ever */
  readonly since: Date | null;
  readonly noted_by: string;
  readonly noted_at: Date;
}

/** Noted customers of a program by their ids. @param begins only ids that begin with it */
export async function notedPage(
  db: Db,
  programId: string,
  begins: string | undefined,
  page: PageRequest,
): Promise<Page<NotedRow>> {
  let query = db
    .selectFrom("attribution.known_customer")
    .select(["customer_ref", "noted_by", "noted_at"])
    .select(sql<Date | null>`nullif(known_since, '-infinity')`.as("since"))
    .where("program_id", "=", programId);
  if (begins !== undefined && begins !== "") query = query.where(sql<boolean>`starts_with(customer_ref, ${begins})`);
  return await keysetPage(query, { name: "ref", columns: ["customer_ref"], direction: "asc" }, page);
}
