import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import type { Db } from "../../database/index.ts";
import type { Day, Month } from "../../kernel/period.ts";
import type { HeldRow } from "./lines.ts";

interface Row {
  readonly line_key: string;
  readonly version: number;
  readonly partner_id: string;
  readonly program_id: string;
  readonly currency: string;
  readonly held_minor: bigint;
  readonly held_until: Day;
}

/** Pairs with holds that ended on or before a day. */
export async function pairsWithDueHolds(db: Db, asOf: Day, limit: number): Promise<readonly Pair[]> {
  const { rows } = await sql<{ partner_id: string; program_id: string }>`
    select distinct partner_id, program_id from (
      select partner_id, program_id from commissions.held where held_until <= ${asOf}::date order by held_until limit ${limit}
    ) as due`.execute(db);
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id }));
}

/** Their lines whose hold ended on or before the day. */
export async function dueHolds(db: Db, pairs: readonly Pair[], asOf: Day): Promise<readonly HeldRow[]> {
  const { rows } = await sql<Row>`
    select line_key, version, partner_id, program_id, currency, held_minor, held_until
    from commissions.held
    where held_until <= ${asOf}::date and (partner_id, program_id) in (select * from unnest(
      ${pairs.map((one) => one.partnerId)}::text[], ${pairs.map((one) => one.programId)}::text[]))
    order by held_until, line_key`.execute(db);
  return rows.map(heldRow);
}

function heldRow(row: Row): HeldRow {
  return {
    lineKey: row.line_key,
    version: row.version,
    partnerId: row.partner_id,
    programId: row.program_id,
    currency: row.currency,
    heldMinor: row.held_minor,
    heldUntil: row.held_until,
  };
}

/** What of one line is held now. Call it under the pair's lock. */
export async function heldOfLine(db: Db, lineKey: string): Promise<HeldRow | undefined> {
  const { rows } = await sql<Row>`
    select line_key, version, partner_id, program_id, currency, held_minor, held_until
    from commissions.held where line_key = ${lineKey}`.execute(db);
  return rows.map(heldRow)[0];
}

export interface HoldTotal {
  readonly heldUntil: Day;
  readonly currency: string;
  readonly minor: bigint;
  readonly lines: number;
}

/** What of a partner is held, by the day it becomes payable. */
export async function holdsOf(db: Db, partnerId: string): Promise<readonly HoldTotal[]> {
  const { rows } = await sql<{ held_until: Day; currency: string; minor: bigint; lines: bigint }>`
    select held_until, currency, sum(held_minor)::bigint as minor, count(*) as lines from commissions.held
    where partner_id = ${partnerId} group by 1, 2 order by 1, 2`.execute(db);
  return rows.map((row) => ({
    heldUntil: row.held_until,
    currency: row.currency,
    minor: row.minor,
    lines: Number(row.lines),
  }));
}

/** First months whose lines wait for a gate to open, by the pair's position: a later month may release them. */
export async function waitingForGate(db: Db, pairs: readonly Pair[]): Promise<ReadonlyMap<number, Month>> {
  const { rows } = await sql<{ position: bigint; month: Month }>`
    select p.position, min(l.month) as month
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[])
      with ordinality as p (program_id, partner_id, position)
    join commissions.held h using (program_id, partner_id)
    join commissions.line l on l.line_key = h.line_key and l.version = h.version
    where h.held_until = '9999-12-31' and l.working->'hold'->>'reason' = 'gate' group by 1`.execute(db);
  return new Map(rows.map((row) => [Number(row.position) - 1, row.month]));
}
