import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import type { Db } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import type { Memory } from "../core/calculate.ts";

interface MemoryRow {
  readonly group: bigint;
  readonly component: string;
  readonly currency: string;
  readonly month: Month;
  readonly left_by: string;
  readonly memory: Pick<Memory, "own" | "bands" | "caps" | "postponed" | "handedOver">;
}

/** The newest memory of every component on or before the first month of each pair, by the pair's position. */
export async function readMemories(
  db: Db,
  pairs: readonly (Pair & { readonly from: Month })[],
): Promise<ReadonlyMap<number, readonly Memory[]>> {
  const { rows } = await sql<MemoryRow>`
    select distinct on (p."group", c.component, c.currency) p."group", c.component, c.currency, p."from" as month, c.left_by, c.memory
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[],
                ${pairs.map((one) => one.from)}::date[]) with ordinality as p (program_id, partner_id, "from", "group")
    join commissions.memory c on c.program_id = p.program_id and c.partner_id = p.partner_id and c.month <= p."from"
    order by p."group", c.component, c.currency, c.month desc`.execute(db);
  return byPosition(rows);
}

/** Every memory of some pairs, by position. */
export async function storedMemories(db: Db, pairs: readonly Pair[]): Promise<ReadonlyMap<number, readonly Memory[]>> {
  const { rows } = await sql<MemoryRow>`
    select p."group", c.component, c.currency, c.month, c.left_by, c.memory
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[])
      with ordinality as p (program_id, partner_id, "group")
    join commissions.memory c using (program_id, partner_id)`.execute(db);
  return byPosition(rows);
}

function byPosition(rows: readonly MemoryRow[]): ReadonlyMap<number, readonly Memory[]> {
  const groups = new Map<number, Memory[]>();
  for (const { group, left_by: leftBy, memory, ...row } of rows) {
    const own = groups.get(Number(group) - 1) ?? [];
    own.push({ ...row, leftBy, ...memory });
    groups.set(Number(group) - 1, own);
  }
  return groups;
}

/** Puts what was calculated from the pairs' first months on in the place of what was remembered after them. */
export async function writeMemories(
  db: Db,
  pairs: readonly (Pair & { readonly from: Month })[],
  memories: readonly (Memory & Pair)[],
): Promise<void> {
  await sql`
    delete from commissions.memory c using unnest(${pairs.map((one) => one.programId)}::text[],
      ${pairs.map((one) => one.partnerId)}::text[], ${pairs.map((one) => one.from)}::date[]) as p (program_id, partner_id, "from")
    where c.program_id = p.program_id and c.partner_id = p.partner_id and c.month > p."from"`.execute(db);
  if (memories.length === 0) return;
  const column = <K extends keyof (Memory & Pair)>(name: K) => memories.map((one) => one[name]);
  const values = memories.map(({ own, bands, caps, postponed, handedOver }) =>
    JSON.stringify({ own, bands, caps, postponed, handedOver }),
  );
  await sql`
    insert into commissions.memory (partner_id, program_id, component, month, currency, left_by, memory)
    select * from unnest(${column("partnerId")}::text[], ${column("programId")}::text[], ${column("component")}::text[],
      ${column("month")}::date[], ${column("currency")}::text[], ${column("leftBy")}::text[], ${values}::jsonb[])`.execute(
    db,
  );
}
