import type { ExpressionBuilder, Insertable, Selectable, SelectQueryBuilder, Updateable } from "kysely";
import { sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";

type Leads = "pipeline.lead";
export type LeadRow = Selectable<Schema[Leads]>;
export type LeadColumns = Insertable<Schema[Leads]>;

export interface LeadFilter {
  readonly q?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly stageId?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly ownerUserId?: readonly string[] | undefined;
  readonly regionId?: readonly string[] | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly channel?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly queue?: string | undefined;
}

export async function insertLead(db: Db, row: LeadColumns): Promise<void> {
  await db.insertInto("pipeline.lead").values(row).execute();
}

export async function leadRow(db: Db, id: string): Promise<LeadRow | undefined> {
  return await db.selectFrom("pipeline.lead").selectAll().where("lead_id", "=", id).executeTakeFirst();
}

export async function leadRows(db: Db, ids: readonly string[]): Promise<LeadRow[]> {
  if (ids.length === 0) return [];
  return await db.selectFrom("pipeline.lead").selectAll().where("lead_id", "in", ids).execute();
}

export async function leadsWithin(db: Db, within: Reach, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("pipeline.lead")
    .select(["lead_id", "name"])
    .where("lead_id", "in", ids)
    .where((eb) => visible(eb, within))
    .execute();
}

/** The lead as it stands, held until the end of the transaction. */
export async function lockedLead(db: Db, id: string): Promise<LeadRow | undefined> {
  return await db.selectFrom("pipeline.lead").selectAll().where("lead_id", "=", id).forUpdate().executeTakeFirst();
}

/** Changes the lead if it still has this revision; undefined when somebody was faster. */
export async function updateLead(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema[Leads]>,
): Promise<LeadRow | undefined> {
  return await db
    .updateTable("pipeline.lead")
    .set({ ...change, revision: revision + 1 })
    .where("lead_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

const ORDERS = {
  "-createdAt": { name: "-createdAt", columns: ["lead_id"], direction: "desc" },
  createdAt: { name: "createdAt", columns: ["lead_id"], direction: "asc" },
  name: { name: "name", columns: ["name", "lead_id"], direction: "asc" },
  "-name": { name: "-name", columns: ["name", "lead_id"], direction: "desc" },
  nextStepOn: { name: "nextStepOn", columns: ["next_step_on", "lead_id"], direction: "asc" },
  "-nextStepOn": { name: "-nextStepOn", columns: ["next_step_on", "lead_id"], direction: "desc" },
} as const;

export async function leadPage(
  db: Db,
  within: Reach,
  filter: LeadFilter,
  sort: keyof typeof ORDERS,
  now: Date,
  page: PageRequest,
): Promise<Page<LeadRow>> {
  let query = filtered(db.selectFrom("pipeline.lead").selectAll(), within, filter, now);
  if (sort.endsWith("nextStepOn")) query = query.where("next_step_on", "is not", null);
  return await keysetPage(query, ORDERS[sort], page);
}

// biome-ignore lint/suspicious/noExplicitAny: works for every selection of leads
type Query<O> = SelectQueryBuilder<Schema, any, O>;

export function filtered<O>(given: Query<O>, within: Reach, filter: LeadFilter, now: Date): Query<O> {
  let query = given.where((eb) => visible(eb as ExpressionBuilder<Schema, Leads>, within));
  if (filter.q) {
    const words = `%${likeText(filter.q.toLowerCase())}%`;
    const text = sql<string>`lower(name || ' ' || contact_name || ' ' || email || ' ' || website || ' ' || phone)`;
    query = query.where(text, "like", words);
  }
  const lists = [
    ["status", filter.status],
    ["stage_id", filter.stageId],
    ["kind", filter.kind],
    ["owner_user_id", filter.ownerUserId],
    ["region_id", filter.regionId],
    ["program_id", filter.programId],
    ["country", filter.country],
    ["channel", filter.channel],
  ] as const;
  for (const [column, values] of lists) if (values?.length) query = query.where(column, "in", values);
  if (filter.source) query = query.where("source", "=", filter.source);
  return inQueue(query, filter.queue, now);
}

function inQueue<O>(query: Query<O>, queue: string | undefined, now: Date): Query<O> {
  if (queue === "unrouted") return query.where("status", "=", "open").where("owner_user_id", "is", null);
  if (queue === "duplicates") return query.where("duplicates_open", "=", true);
  if (queue === "unmatched") return query.where("source", "is", null).where("source_raw", "<>", "");
  if (queue === "no_next_step") return query.where("status", "=", "open").where("next_step_on", "is", null);
  if (queue !== "ageing") return query;
  return query
    .where("status", "=", "open")
    .where(sql<boolean>`stage_since < ${now}::timestamptz - make_interval(days => (
    select s.usual_days from pipeline.stage s where s.stage_id = lead.stage_id and s.usual_days > 0))`);
}

export function visible(eb: ExpressionBuilder<Schema, Leads>, within: Reach) {
  if (within.everything) return sql<boolean>`true`;
  return eb.or([
    sql<boolean>`false`,
    ...(within.regionIds.length > 0 ? [eb("region_id", "in", within.regionIds)] : []),
    ...(within.programIds.length > 0 ? [eb("program_id", "in", within.programIds)] : []),
    ...(within.ownerUserIds.length > 0 ? [eb("owner_user_id", "in", within.ownerUserIds)] : []),
  ]);
}

export interface StageSum {
  readonly stage_id: string;
  readonly leads: number;
  readonly ftds: number;
}

/** Open leads of each stage, counted. */
export async function stageSums(db: Db, within: Reach, filter: LeadFilter, now: Date): Promise<StageSum[]> {
  const query = filtered(
    db
      .selectFrom("pipeline.lead")
      .select([
        "stage_id",
        sql<number>`count(*)::integer`.as("leads"),
        sql<number>`coalesce(sum(expected_ftds), 0)::integer`.as("ftds"),
      ]),
    within,
    { ...filter, status: ["open"] },
    now,
  );
  return (await query.groupBy("stage_id").execute()) as StageSum[];
}

export async function byExternalRefs(db: Db, refs: readonly string[]): Promise<ReadonlyMap<string, LeadRow>> {
  if (refs.length === 0) return new Map();
  const rows = await db.selectFrom("pipeline.lead").selectAll().where("external_ref", "in", refs).execute();
  return new Map(rows.map((row) => [row.external_ref ?? "", row]));
}

export async function leadByConfirmation(db: Db, hash: Buffer): Promise<LeadRow | undefined> {
  return await db
    .selectFrom("pipeline.lead")
    .selectAll()
    .where("confirm_hash", "=", hash)
    .forUpdate()
    .executeTakeFirst();
}

/** Leads whose address this is, the newest first; those that were merged lead to what they were merged into. */
export async function leadsWithEmail(db: Db, emailKeys: readonly string[]): Promise<LeadRow[]> {
  if (emailKeys.length === 0) return [];
  return await db
    .selectFrom("pipeline.lead")
    .selectAll()
    .where("email_key", "in", emailKeys)
    .where("status", "in", ["open", "won", "lost"])
    .orderBy("lead_id", "desc")
    .limit(20)
    .execute();
}

export async function openLeadCounts(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("pipeline.lead")
    .select(["owner_user_id", sql<number>`count(*)::integer`.as("leads")])
    .where("status", "=", "open")
    .where("owner_user_id", "is not", null)
    .groupBy("owner_user_id")
    .execute();
  return new Map(rows.map((row) => [row.owner_user_id ?? "", row.leads]));
}

export interface MoveRow {
  readonly lead_id: string;
  readonly from_stage: string | null;
  readonly to_stage: string;
  readonly at: Date;
  readonly by_id: string;
  readonly by_name: string;
}

export async function noteMove(db: Db, move: MoveRow): Promise<void> {
  const seq = sql<number>`(select coalesce(max(seq), 0) + 1 from pipeline.stage_move where lead_id = ${move.lead_id})`;
  await db
    .insertInto("pipeline.stage_move")
    .values({ ...move, seq })
    .execute();
}

export async function movesOf(db: Db, leadId: string): Promise<Selectable<Schema["pipeline.stage_move"]>[]> {
  return await db.selectFrom("pipeline.stage_move").selectAll().where("lead_id", "=", leadId).orderBy("seq").execute();
}
