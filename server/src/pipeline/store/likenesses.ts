import type { Insertable, Selectable } from "kysely";
import { sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";
import type { LikenessKeys } from "../core/likeness.ts";
import type { LeadRow } from "./leads.ts";

export type LikenessRow = Selectable<Schema["pipeline.likeness"]>;
const MOST = 50;

/** Leads that share a key with somebody, or are called much the same. Each kind of key is asked for by its own index. */
export async function leadsAlike(db: Db, keys: LikenessKeys, but: string | null): Promise<LeadRow[]> {
  const { rows } = await sql<LeadRow>`
    select l.* from pipeline.lead l where l.lead_id in (
      select lead_id from pipeline.lead where email_key = ${keys.email}
      union select lead_id from pipeline.lead where phone_key = ${keys.phone}
      union (select lead_id from pipeline.lead where host_key = any(${places(keys)}) limit ${MOST})
      union (select lead_id from pipeline.lead where domain_key = any(${places(keys)}) limit ${MOST})
      union (select lead_id from pipeline.lead where handle_keys && ${[...keys.handles]}::text[] limit ${MOST})
      union (select lead_id from pipeline.lead where name_key % ${keys.name} order by similarity(name_key, ${keys.name}) desc limit 20)
    ) and l.status in ('open', 'won', 'lost') and l.lead_id is distinct from ${but}
    limit ${MOST}`.execute(db);
  return rows;
}

function places(keys: LikenessKeys): string[] {
  return [keys.domain, keys.host].filter((one) => one !== null);
}

export async function insertLikenesses(
  db: Db,
  rows: readonly Insertable<Schema["pipeline.likeness"]>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto("pipeline.likeness")
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function likenessesOf(db: Db, leadId: string): Promise<LikenessRow[]> {
  return await db
    .selectFrom("pipeline.likeness")
    .selectAll()
    .where("lead_id", "=", leadId)
    .orderBy("score", "desc")
    .orderBy("likeness_id")
    .execute();
}

export async function decideLikeness(
  db: Db,
  id: bigint,
  decision: { readonly state: string; readonly by: string; readonly name: string; readonly at: Date },
): Promise<void> {
  await db
    .updateTable("pipeline.likeness")
    .set({ state: decision.state, decided_by: decision.by, decided_name: decision.name, decided_at: decision.at })
    .where("likeness_id", "=", id)
    .execute();
}

export async function settleRest(db: Db, leadId: string, at: Date): Promise<void> {
  await db
    .updateTable("pipeline.likeness")
    .set({ state: "different", decided_at: at })
    .where("lead_id", "=", leadId)
    .where("state", "=", "open")
    .execute();
}
