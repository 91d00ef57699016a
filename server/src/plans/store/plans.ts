import { type Insertable, type Selectable, sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type PlanRow = Selectable<Schema["plans.plan"]>;
export type PlanVersionRow = Selectable<Schema["plans.plan_version"]>;
export type PlanListRow = PlanRow & {
  readonly latest_version: number;
  readonly published_version: number | null;
  readonly models: readonly string[];
  readonly currency: string;
  readonly case_count: number;
  readonly cases_failing: number | null;
};

export async function insertPlan(db: Db, row: Insertable<Schema["plans.plan"]>): Promise<void> {
  await db.insertInto("plans.plan").values(row).execute();
}

/** Adds the next version of a plan; `null` when the plan does not exist. The plan's row is locked, so that numbers have no gap. */
export async function insertVersion(
  db: Db,
  row: Omit<Insertable<Schema["plans.plan_version"]>, "version" | "status">,
): Promise<number | null> {
  const plan = await db
    .selectFrom("plans.plan")
    .select("plan_id")
    .where("plan_id", "=", row.plan_id)
    .forUpdate()
    .executeTakeFirst();
  if (plan === undefined) return null;
  const last = await db
    .selectFrom("plans.plan_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("plan_id", "=", row.plan_id)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await db
    .insertInto("plans.plan_version")
    .values({ ...row, version, status: "draft" })
    .execute();
  return version;
}

export async function publishVersion(
  db: Db,
  id: string,
  by: string,
  at: Date,
  reason: string | null,
): Promise<boolean> {
  const done = await db
    .updateTable("plans.plan_version")
    .set({ status: "published", published_by: by, published_at: at, published_reason: reason })
    .where("plan_version_id", "=", id)
    .where("status", "=", "draft")
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function planRow(db: Db, id: string): Promise<PlanListRow | undefined> {
  return await withVersions(db).where("plan.plan_id", "=", id).executeTakeFirst();
}

export async function versionsOfPlan(db: Db, planId: string): Promise<PlanVersionRow[]> {
  return await db
    .selectFrom("plans.plan_version")
    .selectAll()
    .where("plan_id", "=", planId)
    .orderBy("version", "desc")
    .execute();
}

export async function versionRows(
  db: Db,
  ids: readonly string[],
): Promise<(PlanVersionRow & { readonly program_id: string; readonly name: string })[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("plans.plan_version as version")
    .innerJoin("plans.plan as plan", "plan.plan_id", "version.plan_id")
    .selectAll("version")
    .select(["plan.program_id", "plan.name"])
    .where("version.plan_version_id", "in", ids)
    .execute();
}

/** @param programIds programs that the caller may see; null: all */
export async function planPage(
  db: Db,
  programIds: readonly string[] | null,
  programId: string | undefined,
  page: PageRequest,
): Promise<Page<PlanListRow>> {
  let query = withVersions(db);
  if (programIds !== null) query = query.where("plan.program_id", "in", [...programIds, ""]);
  if (programId !== undefined) query = query.where("plan.program_id", "=", programId);
  return await keysetPage(query, { name: "newest", columns: ["plan.plan_id"], direction: "desc" }, page);
}

function withVersions(db: Db) {
  return db
    .selectFrom("plans.plan as plan")
    .selectAll("plan")
    .select([
      sql<number>`(select max(version) from plans.plan_version v where v.plan_id = plan.plan_id)`.as("latest_version"),
      sql<number | null>`(select max(version) from plans.plan_version v
        where v.plan_id = plan.plan_id and v.status = 'published')`.as("published_version"),
      sql<readonly string[]>`(select coalesce(jsonb_path_query_array(v.document, '$.components[*].model'), '[]')
        from plans.plan_version v where v.plan_id = plan.plan_id order by v.version desc limit 1)`.as("models"),
      sql<string>`(select v.document ->> 'currency'
        from plans.plan_version v where v.plan_id = plan.plan_id order by v.version desc limit 1)`.as("currency"),
      sql<number>`(select count(*)::int from plans.plan_case c where c.plan_id = plan.plan_id)`.as("case_count"),
      sql<number | null>`(select v.cases_failing
        from plans.plan_version v where v.plan_id = plan.plan_id order by v.version desc limit 1)`.as("cases_failing"),
    ]);
}

export async function planRows(db: Db, ids: readonly string[]): Promise<{ plan_id: string; name: string }[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("plans.plan")
    .select(["plan_id", "name"])
    .where("plan_id", "in", [...ids])
    .execute();
}
