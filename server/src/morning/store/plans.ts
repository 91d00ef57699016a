import { type Selectable, sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";

export type PlanRow = Selectable<Schema["morning.plan"]>;
export interface Seat {
  readonly partnerId: string;
  readonly name: string;
  readonly regionId: string | null;
  readonly ownerUserId: string | null;
}

export async function plansOf(db: Db, month: Month): Promise<readonly PlanRow[]> {
  return await db.selectFrom("morning.plan").selectAll().where("month", "=", month).execute();
}

export async function putPlans(db: Db, rows: readonly PlanRow[]): Promise<void> {
  for (const row of rows) {
    const { month: _month, subject_kind: _kind, subject_id: _id, ...figures } = row;
    await db
      .insertInto("morning.plan")
      .values(row)
      .onConflict((conflict) => conflict.columns(["month", "subject_kind", "subject_id"]).doUpdateSet(figures))
      .execute();
  }
}

/** Partners within a reach who are worked with. @param owners only of these; null: of everybody */
export async function seatsOf(
  db: Db,
  within: { readonly everything: true } | { readonly everything: false; readonly partnerIds: readonly string[] },
  owners: readonly string[] | null,
): Promise<readonly Seat[]> {
  let query = db
    .selectFrom("morning.seat")
    .select(["partner_id", "name", "region_id", "owner_user_id"])
    .where("status", "in", ["active", "paused", "onboarding"]);
  if (!within.everything) query = query.where(sql<boolean>`partner_id = any(${[...within.partnerIds]})`);
  if (owners !== null) query = query.where(sql<boolean>`owner_user_id = any(${[...owners]})`);
  const rows = await query.execute();
  return rows.map((row) => ({
    partnerId: row.partner_id ?? "",
    name: row.name ?? "",
    regionId: row.region_id,
    ownerUserId: row.owner_user_id,
  }));
}

/** Commission earned in a month by partner and currency: on its finished days, and altogether so far. */
export async function earnedBy(
  db: Db,
  month: Month,
  today: string,
): Promise<readonly { partnerId: string; currency: string; finished: bigint; soFar: bigint }[]> {
  const { rows } = await sql<{ partner_id: string; currency: string; finished: string; sofar: string }>`
    select partner_id, currency, coalesce(sum(difference_minor) filter (where earned_on < ${today}), 0)::text as finished,
      sum(difference_minor)::text as sofar
    from morning.earned where month = ${month} group by partner_id, currency`.execute(db);
  return rows.map((row) => ({
    partnerId: row.partner_id,
    currency: row.currency,
    finished: BigInt(row.finished),
    soFar: BigInt(row.sofar),
  }));
}
