import { sql } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, type Page } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";
import type { PostbackTarget } from "../contracts.ts";

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
}

/** A postback with what its deliveries look like at the moment. */
export interface PostbackHealthRow extends PostbackRow {
  readonly waiting: bigint;
  readonly dead: bigint;
  readonly last_delivered_at: Date | null;
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
    .values({ ...row, event_types: [...row.event_types] })
    .execute();
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
    .set({ ...change, event_types: change.event_types && [...change.event_types], revision: revision + 1 })
    .where("postback_id", "=", postbackId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Active postbacks of these partners, for the matching. */
export async function targetsOf(db: Db, partnerIds: readonly string[]): Promise<readonly PostbackTarget[]> {
  const { rows } = await sql<PostbackTarget>`
    select postback_id as "postbackId", partner_id as "partnerId", program_id as "programId", offer_id as "offerId",
           event_types as occasions
      from tracking.postback
     where partner_id = any(${[...partnerIds]}::text[]) and status = 'active'
     order by postback_id`.execute(db);
  return rows;
}
