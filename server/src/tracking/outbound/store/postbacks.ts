import type { PostbackFilters } from "@tributary/contract";
import { sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";
import type { PostbackTarget } from "../contracts.ts";
import { AD_TEMPLATES } from "../core/ad-templates.ts";
import type { SealedSecret } from "./deliveries.ts";

export interface PostbackRow {
  readonly postback_id: string;
  readonly partner_id: string;
  readonly program_id: string | null;
  readonly offer_id: string | null;
  readonly name: string;
  readonly event_types: readonly string[];
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string | null;
  readonly host: string;
  readonly status: "active" | "paused" | "archived";
  readonly created_by: string;
  readonly created_at: Date;
  readonly revision: number;
  readonly template: string | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly filters: PostbackFilters;
  readonly status_words: Readonly<Record<string, string>>;
  readonly delay_seconds: number;
  readonly precedence: "overrides" | "adds";
}

/** A postback with what its deliveries look like at the moment. */
export interface PostbackHealthRow extends PostbackRow {
  readonly waiting: bigint;
  readonly dead: bigint;
  readonly last_delivered_at: Date | null;
  readonly signed_since: Date | null;
  readonly secret_names: readonly string[];
}

export interface PostbackFilter {
  readonly within: RecordReach;
  readonly partnerId?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  /** When not given: all but archived. */
  readonly status?: readonly PostbackRow["status"][] | undefined;
}

const health = [
  sql<bigint>`(select count(*) from tracking.delivery d where d.postback_id = postback.postback_id and d.state = 'waiting')`.as(
    "waiting",
  ),
  sql<bigint>`(select count(*) from tracking.delivery d where d.postback_id = postback.postback_id and d.state = 'dead')`.as(
    "dead",
  ),
  sql<Date | null>`(select d.settled_at from tracking.delivery d
    where d.postback_id = postback.postback_id and d.state = 'delivered' order by d.delivery_id desc limit 1)`.as(
    "last_delivered_at",
  ),
  sql<Date | null>`(select max(s.created_at) from tracking.postback_secret s
    where s.postback_id = postback.postback_id and s.kind = 'signing' and s.expires_at is null)`.as("signed_since"),
  sql<readonly string[]>`(select coalesce(array_agg(s.name order by s.name), '{}') from tracking.postback_secret s
    where s.postback_id = postback.postback_id and s.kind = 'credential' and s.expires_at is null)`.as("secret_names"),
] as const;

export async function findPostback(db: Db, postbackId: string): Promise<PostbackHealthRow | undefined> {
  const row = await db
    .selectFrom("tracking.postback as postback")
    .selectAll()
    .select([...health])
    .where("postback_id", "=", postbackId)
    .executeTakeFirst();
  return row as PostbackHealthRow | undefined;
}

export async function listPostbacks(
  db: Db,
  filter: PostbackFilter,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<PostbackHealthRow>> {
  let query = db
    .selectFrom("tracking.postback as postback")
    .selectAll()
    .select([...health]);
  query = whereWithin(query, filter.within, "postback.partner_id", "postback.program_id");
  if (filter.partnerId !== undefined) query = query.where("postback.partner_id", "in", filter.partnerId);
  if (filter.programId !== undefined) query = query.where("postback.program_id", "in", filter.programId);
  query = query.where("postback.status", "in", filter.status ?? ["active", "paused"]);
  const order = { name: "postbacks", columns: ["postback_id"], direction: "desc" } as const;
  return (await keysetPage(query, order, page)) as unknown as Page<PostbackHealthRow>;
}

export async function insertPostback(db: Db, row: PostbackRow): Promise<void> {
  await db
    .insertInto("tracking.postback")
    .values({ ...row, ...asColumns(row) })
    .execute();
}

/** Arrays that may be written, documents as JSON text. */
function asColumns(row: Partial<PostbackRow>) {
  return {
    ...(row.event_types === undefined ? {} : { event_types: [...row.event_types] }),
    ...(row.settings === undefined ? {} : { settings: JSON.stringify(row.settings) }),
    ...(row.filters === undefined ? {} : { filters: JSON.stringify(row.filters) }),
    ...(row.status_words === undefined ? {} : { status_words: JSON.stringify(row.status_words) }),
  } as { event_types: string[]; settings: string; filters: string; status_words: string };
}

/** Changes it if it still has that revision. @returns false when somebody was faster */
export async function updatePostback(
  db: Db,
  postbackId: string,
  revision: number,
  change: Partial<PostbackRow>,
): Promise<boolean> {
  const result = await db
    .updateTable("tracking.postback")
    .set({ ...change, ...asColumns(change), revision: revision + 1 })
    .where("postback_id", "=", postbackId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Active postbacks of these partners, for the matching. */
export async function targetsOf(db: Db, partnerIds: readonly string[]): Promise<readonly PostbackTarget[]> {
  const { rows } = await sql<PostbackTarget>`
    select postback_id as "postbackId", partner_id as "partnerId", program_id as "programId", offer_id as "offerId",
           event_types as occasions, filters, status_words as "statusWords", delay_seconds as "delaySeconds", precedence,
           case when template = any(${AD_TEMPLATES.map((one) => one.name)}::text[]) then template end as ads,
           template = any(${AD_TEMPLATES.map((one) => one.name)}::text[])
             or url || coalesce(body, '') ~ '[{](gclid|fbclid|ttclid|msclkid)[}]' as "needsClick"
      from tracking.postback
     where partner_id = any(${[...partnerIds]}::text[]) and status = 'active'
     order by postback_id`.execute(db);
  return rows.map((row) => ({ ...row, needsClick: row.needsClick === true }));
}

/** Keeps a secret; the signing secrets before it sign beside it until `previousUntil`, a credential replaces the one of its name at once. */
export async function insertSecret(
  db: Db,
  input: {
    readonly postbackId: string;
    readonly partnerId: string;
    readonly kind: SealedSecret["kind"];
    readonly name: string;
    readonly sealed: string;
    readonly now: Date;
    readonly previousUntil: Date;
  },
): Promise<boolean> {
  const before = await sql`
    update tracking.postback_secret set expires_at = ${input.previousUntil}
     where postback_id = ${input.postbackId} and kind = ${input.kind} and name = ${input.name}
       and (expires_at is null or expires_at > ${input.previousUntil})`.execute(db);
  await sql`
    insert into tracking.postback_secret (postback_id, partner_id, kind, name, sealed, created_at)
    values (${input.postbackId}, ${input.partnerId}, ${input.kind}, ${input.name}, ${input.sealed}, ${input.now})`.execute(
    db,
  );
  return (before.numAffectedRows ?? 0n) > 0n;
}

/** Secrets in use at a time, sealed, the newest first. */
export async function secretsOf(db: Db, postbackId: string, now: Date): Promise<readonly SealedSecret[]> {
  const { rows } = await sql<SealedSecret>`
    select kind, name, sealed from tracking.postback_secret
     where postback_id = ${postbackId} and (expires_at is null or expires_at > ${now}) order by secret_id desc`.execute(
    db,
  );
  return rows;
}
