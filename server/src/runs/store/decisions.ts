import type { RunLevel } from "@tributary/contract";
import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";
import type { ItemKey } from "./items.ts";

export interface GivenRow {
  readonly partner_id: string;
  readonly currency: string;
  readonly level: RunLevel;
  readonly person: string;
  readonly acting_for: string | null;
}

/** Approvals that stand, of some items of an attempt, or of all. */
export async function givenIn(
  db: Db,
  runId: string,
  attempt: number,
  keys: readonly ItemKey[] | null,
): Promise<readonly GivenRow[]> {
  if (keys?.length === 0) return [];
  let query = db
    .selectFrom("runs.decision")
    .select(["partner_id", "currency", "level", "person", "acting_for"])
    .where("run_id", "=", runId)
    .where("attempt", "=", attempt)
    .where("decision", "=", "approve")
    .where("stands", "=", true);
  if (keys !== null)
    query = query.where(
      sql<boolean>`(partner_id, currency) in (select * from unnest(${arrayLiteral(keys.map((one) => one.partnerId))}::text[], ${arrayLiteral(keys.map((one) => one.currency))}::text[]))`,
    );
  return (await query.execute()) as readonly GivenRow[];
}

export interface NewApproval extends ItemKey {
  readonly actingFor: string | null;
  readonly figuresHash: string;
}

interface Place {
  readonly runId: string;
  readonly attempt: number;
}

/** Writes approvals of a level and counts them on the items. */
export async function insertApprovals(
  db: Db,
  place: Place,
  level: RunLevel,
  approvals: readonly NewApproval[],
  by: { readonly person: string; readonly comment: string; readonly at: Date },
): Promise<void> {
  await sql`
    with a as (
      select * from unnest(${arrayLiteral(approvals.map((one) => one.partnerId))}::text[], ${arrayLiteral(approvals.map((one) => one.currency))}::text[],
        ${arrayLiteral(approvals.map((one) => one.actingFor))}::text[], ${arrayLiteral(approvals.map((one) => one.figuresHash))}::text[])
        as a (partner_id, currency, acting_for, figures_hash)
    ), written as (
      insert into runs.decision (run_id, attempt, partner_id, currency, level, decision, person, acting_for, comment, figures_hash, at)
      select ${place.runId}, ${place.attempt}, partner_id, currency, ${level}, 'approve', ${by.person}, acting_for, ${by.comment}, figures_hash, ${by.at}::timestamptz
      from a returning partner_id, currency
    )
    update runs.item i set ${sql.ref(`got_${level}`)} = i.${sql.ref(`got_${level}`)} + 1, sent_back_by = null, sent_back_why = ''
    from written w
    where i.run_id = ${place.runId} and i.attempt = ${place.attempt} and i.partner_id = w.partner_id and i.currency = w.currency`.execute(
    db,
  );
}

/** Approvals of some levels fall, of all items. */
export async function fallBack(db: Db, runId: string, attempt: number, levels: readonly RunLevel[]): Promise<void> {
  await sql`
    update runs.decision set stands = false
    where run_id = ${runId} and attempt = ${attempt} and decision = 'approve' and stands and level = any(${arrayLiteral([...levels])}::text[])`.execute(
    db,
  );
  await countAgain(db, { runId, attempt }, null);
}

/** Approvals of some items fall: they were sent back, or left out. */
export async function dropApprovals(db: Db, place: Place, keys: readonly ItemKey[]): Promise<void> {
  await sql`
    update runs.decision d set stands = false
    from unnest(${arrayLiteral(keys.map((one) => one.partnerId))}::text[], ${arrayLiteral(keys.map((one) => one.currency))}::text[]) as k (partner_id, currency)
    where d.run_id = ${place.runId} and d.attempt = ${place.attempt} and d.partner_id = k.partner_id and d.currency = k.currency
      and d.decision = 'approve' and d.stands`.execute(db);
  await countAgain(db, place, keys);
}

/** By the index of what stands: right also for thousands of items of which nothing is known yet about their number. */
async function countAgain(db: Db, place: Place, keys: readonly ItemKey[] | null): Promise<void> {
  const given = (level: RunLevel) => sql`(
    select count(*) from runs.decision d
    where d.run_id = i.run_id and d.attempt = i.attempt and d.partner_id = i.partner_id and d.currency = i.currency
      and d.decision = 'approve' and d.stands and d.level = ${level})`;
  const named = arrayLiteral((keys ?? []).map((one) => `${one.partnerId} ${one.currency}`));
  await sql`
    update runs.item i
    set got_regional = ${given("regional")}, got_central = ${given("central")}, got_finance = ${given("finance")}
    where i.run_id = ${place.runId} and i.attempt = ${place.attempt} and not i.released
      and (${keys === null} or i.partner_id || ' ' || i.currency = any(${named}::text[]))`.execute(db);
}

/** Words that are no approval: sent back, left out, taken in again. */
export async function insertAnswers(
  db: Db,
  place: Place,
  decision: "send_back" | "exclude" | "include",
  keys: readonly (ItemKey & { readonly figuresHash: string })[],
  by: { readonly person: string; readonly comment: string; readonly at: Date },
): Promise<void> {
  await sql`
    insert into runs.decision (run_id, attempt, partner_id, currency, decision, person, comment, figures_hash, at)
    select ${place.runId}, ${place.attempt}, partner_id, currency, ${decision}, ${by.person}, ${by.comment}, figures_hash, ${by.at}::timestamptz
    from unnest(${arrayLiteral(keys.map((one) => one.partnerId))}::text[], ${arrayLiteral(keys.map((one) => one.currency))}::text[],
                ${arrayLiteral(keys.map((one) => one.figuresHash))}::text[]) as k (partner_id, currency, figures_hash)`.execute(
    db,
  );
  const excluded = decision === "exclude";
  const back = decision === "send_back";
  await sql`
    update runs.item i
    set excluded_by = ${excluded ? by.person : null}, excluded_why = ${excluded ? by.comment : ""},
        sent_back_by = ${back ? by.person : null}, sent_back_why = ${back ? by.comment : ""}
    from unnest(${arrayLiteral(keys.map((one) => one.partnerId))}::text[], ${arrayLiteral(keys.map((one) => one.currency))}::text[]) as k (partner_id, currency)
    where i.run_id = ${place.runId} and i.attempt = ${place.attempt} and i.partner_id = k.partner_id and i.currency = k.currency`.execute(
    db,
  );
}

export async function decisionsOf(db: Db, runId: string, key: ItemKey) {
  return await db
    .selectFrom("runs.decision")
    .selectAll()
    .where("run_id", "=", runId)
    .where("partner_id", "=", key.partnerId)
    .where("currency", "=", key.currency)
    .orderBy("decision_id", "desc")
    .limit(200)
    .execute();
}
