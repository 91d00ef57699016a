import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";

export type RuleRow = Selectable<Schema["commissions.adjustment_rule"]>;

export async function insertRule(db: Db, row: Insertable<Schema["commissions.adjustment_rule"]>): Promise<void> {
  await db.insertInto("commissions.adjustment_rule").values(row).execute();
}

export async function lockRule(db: Db, id: string): Promise<RuleRow | undefined> {
  return await db
    .selectFrom("commissions.adjustment_rule")
    .selectAll()
    .where("rule_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeRule(
  db: Db,
  id: string,
  change: Updateable<Schema["commissions.adjustment_rule"]>,
): Promise<void> {
  await db.updateTable("commissions.adjustment_rule").set(change).where("rule_id", "=", id).execute();
}

export async function rulePage(
  db: Db,
  within: RecordReach,
  filter: { readonly partnerId?: string | undefined; readonly status?: string | undefined },
  page: PageRequest,
): Promise<Page<RuleRow>> {
  let query = whereWithin(db.selectFrom("commissions.adjustment_rule").selectAll(), within, "partner_id", "program_id");
  if (filter.partnerId !== undefined) query = query.where("partner_id", "=", filter.partnerId);
  if (filter.status !== undefined) query = query.where("status", "=", filter.status);
  return await keysetPage(query, { name: "newest", columns: ["rule_id"], direction: "desc" }, page);
}

/** Rules of a fixed amount and the months up to one for which they have made nothing yet; a reserve waits for its month's statement. */
export async function rulesDue(
  db: Db,
  until: Month,
): Promise<readonly { readonly rule: RuleRow; readonly month: Month }[]> {
  const { rows } = await sql<RuleRow & { due: Month }>`
    select r.*, m.due::date as due
    from commissions.adjustment_rule r
    cross join lateral generate_series(r.from_month, least(coalesce(r.until_month, ${until}::date), ${until}::date), interval '1 month') as m (due)
    where r.status = 'approved' and r.kind <> 'reserve'
      and not exists (select from commissions.adjustment a where a.rule_id = r.rule_id and a.month = m.due::date)
    order by m.due, r.rule_id limit 500`.execute(db);
  return rows.map(({ due, ...rule }) => ({ rule, month: due }));
}

/** Rules that keep a reserve of some partners' month. */
export async function reserveRules(db: Db, partnerIds: readonly string[], month: Month): Promise<readonly RuleRow[]> {
  return await db
    .selectFrom("commissions.adjustment_rule")
    .selectAll()
    .where("kind", "=", "reserve")
    .where("status", "=", "approved")
    .where(sql<boolean>`partner_id = any(${partnerIds}::text[])`)
    .where("from_month", "<=", month)
    .where((where) => where.or([where("until_month", "is", null), where("until_month", ">=", month)]))
    .orderBy("rule_id")
    .execute();
}
