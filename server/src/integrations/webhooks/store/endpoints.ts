import { sql } from "kysely";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";

export interface EndpointRow {
  readonly endpoint_id: string;
  readonly url: string;
  readonly host: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly program_ids: readonly string[];
  readonly status: "active" | "paused" | "archived";
  readonly created_by: string;
  readonly created_at: Date;
  readonly revision: number;
}

/** An endpoint with what its deliveries look like at the moment. */
export interface EndpointHealthRow extends EndpointRow {
  readonly waiting: bigint;
  readonly dead: bigint;
  readonly last_delivered_at: Date | null;
  readonly secret_since: Date;
}

const health = [
  sql<bigint>`(select count(*) from integrations.webhook_delivery d
    where d.endpoint_id = endpoint.endpoint_id and d.state = 'waiting')`.as("waiting"),
  sql<bigint>`(select count(*) from integrations.webhook_delivery d
    where d.endpoint_id = endpoint.endpoint_id and d.state = 'dead')`.as("dead"),
  sql<Date | null>`(select d.settled_at from integrations.webhook_delivery d
    where d.endpoint_id = endpoint.endpoint_id and d.state = 'delivered' order by d.delivery_id desc limit 1)`.as(
    "last_delivered_at",
  ),
  sql<Date>`(select max(s.created_at) from integrations.webhook_secret s where s.endpoint_id = endpoint.endpoint_id)`.as(
    "secret_since",
  ),
] as const;

export async function findEndpoint(db: Db, endpointId: string): Promise<EndpointHealthRow | undefined> {
  const row = await db
    .selectFrom("integrations.webhook_endpoint as endpoint")
    .selectAll()
    .select([...health])
    .where("endpoint_id", "=", endpointId)
    .executeTakeFirst();
  return row as EndpointHealthRow | undefined;
}

export async function listEndpoints(
  db: Db,
  statuses: readonly EndpointRow["status"][],
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<EndpointHealthRow>> {
  const query = db
    .selectFrom("integrations.webhook_endpoint as endpoint")
    .selectAll()
    .select([...health])
    .where("status", "in", statuses);
  const order = { name: "webhook endpoints", columns: ["endpoint_id"], direction: "desc" } as const;
  return (await keysetPage(query, order, page)) as unknown as Page<EndpointHealthRow>;
}

export async function insertEndpoint(db: Db, row: EndpointRow): Promise<void> {
  await db
    .insertInto("integrations.webhook_endpoint")
    .values({ ...row, types: [...row.types], program_ids: [...row.program_ids] })
    .execute();
}

/** Changes it if it still has that revision. @returns false when somebody was faster */
export async function updateEndpoint(db: Db, row: EndpointRow, revision: number): Promise<boolean> {
  const { url, host, name, types, program_ids, status } = row;
  const result = await db
    .updateTable("integrations.webhook_endpoint")
    .set({ url, host, name, types: [...types], program_ids: [...program_ids], status, revision: revision + 1 })
    .where("endpoint_id", "=", row.endpoint_id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Keeps a new secret; those before it sign beside it until `previousUntil`. @returns whether there was one before */
export async function insertSecret(
  db: Db,
  endpointId: string,
  sealed: string,
  now: Date,
  previousUntil: Date,
): Promise<boolean> {
  const before = await sql`
    update integrations.webhook_secret set expires_at = ${previousUntil}
     where endpoint_id = ${endpointId} and (expires_at is null or expires_at > ${previousUntil})`.execute(db);
  await sql`
    insert into integrations.webhook_secret (endpoint_id, sealed, created_at)
    values (${endpointId}, ${sealed}, ${now})`.execute(db);
  return (before.numAffectedRows ?? 0n) > 0n;
}

/** Every type that somebody listens to; `*` stands for all of them. */
export async function typesListenedTo(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ type: string }>`
    select distinct unnest(case when types = '{}' then '{*}' else types end) as type
      from integrations.webhook_endpoint where status <> 'archived'`.execute(db);
  return new Set(rows.map((row) => row.type));
}
