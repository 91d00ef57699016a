import { sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import type { Db } from "../../database/index.ts";
import { filtered, type LeadFilter } from "./leads.ts";

export interface ForecastRow {
  readonly key: string;
  readonly currency: string | null;
  readonly leads: number;
  readonly ftds: number;
  /** FTDs times the probability in per cent: a hundredfold. */
  readonly weighted_percent: number;
  readonly minor: bigint;
  readonly weighted_minor: bigint;
}

const KEYS = {
  month: sql<string>`coalesce(to_char(expected_month, 'YYYY-MM'), '')`,
  owner: sql<string>`coalesce(owner_user_id, '')`,
  region: sql<string>`coalesce(region_id, '')`,
  stage: sql<string>`lead.stage_id`,
} as const;

/** Open leads by a key and currency. Weighted revenue is rounded half up once, per group. */
export async function forecastRows(
  db: Db,
  within: Reach,
  query: LeadFilter & { readonly by: keyof typeof KEYS },
  now: Date,
): Promise<ForecastRow[]> {
  const key = KEYS[query.by];
  const probability = sql<number>`(select s.probability from pipeline.stage s where s.stage_id = lead.stage_id)`;
  const selected = db
    .selectFrom("pipeline.lead")
    .select([
      key.as("key"),
      "expected_currency as currency",
      sql<number>`count(*)::integer`.as("leads"),
      sql<number>`coalesce(sum(expected_ftds), 0)::integer`.as("ftds"),
      sql<number>`coalesce(sum(expected_ftds * ${probability}), 0)::float8`.as("weighted_percent"),
      sql<bigint>`coalesce(sum(expected_minor), 0)::bigint`.as("minor"),
      sql<bigint>`coalesce(round(sum(expected_minor::numeric * ${probability}) / 100), 0)::bigint`.as("weighted_minor"),
    ]);
  const rows = await filtered(selected, within, { ...query, status: ["open"] }, now)
    .groupBy([key, "expected_currency"])
    .orderBy(key)
    .execute();
  return rows as ForecastRow[];
}

/** FTDs that are wanted: of everybody by month, or (null) of each person over this and the coming months. */
export async function targetsOf(db: Db, owner: "" | null): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; ftds: number }>`
    select ${owner === null ? sql`owner_user_id` : sql`to_char(month, 'YYYY-MM')`} as key, sum(ftds)::integer as ftds from pipeline.target
     where ${owner === null ? sql`owner_user_id <> ''` : sql`owner_user_id = ''`} group by 1`.execute(db);
  return new Map(rows.map((row) => [row.key, row.ftds]));
}

export async function allTargets(db: Db) {
  return await db.selectFrom("pipeline.target").selectAll().orderBy("month").orderBy("owner_user_id").execute();
}

export async function writeTargets(
  db: Db,
  targets: readonly { readonly month: string; readonly ownerUserId: string; readonly ftds: number }[],
): Promise<void> {
  await db.deleteFrom("pipeline.target").execute();
  if (targets.length === 0) return;
  await db
    .insertInto("pipeline.target")
    .values(targets.map((one) => ({ month: `${one.month}-01`, owner_user_id: one.ownerUserId, ftds: one.ftds })))
    .execute();
}
