import { type RawBuilder, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import type { Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";

/** The same rule as in ClickHouse (core/scope.ts), for the rows that are read from PostgreSQL. */
export function withinReach(reach: RecordReach): RawBuilder<boolean> {
  if (reach.everything) return sql<boolean>`true`;
  return sql<boolean>`(partner_id = any(${[...reach.partnerIds]}) or program_id = any(${[...reach.programIds]}))`;
}

export interface EarningsQuestion {
  readonly from: Day;
  /** exclusive */
  readonly to: Day;
  readonly by: "partner" | "program" | "component" | "none";
  readonly grain: "day" | "month";
  readonly programIds?: readonly string[] | undefined;
  readonly partnerIds?: readonly string[] | undefined;
}

export interface EarnedRow {
  readonly key: string;
  readonly time: Day;
  readonly currency: string;
  readonly minor: bigint;
}

const KEYS = { partner: sql`partner_id`, program: sql`program_id`, component: sql`component`, none: sql`''::text` };

/** What was earned by day or month of earning: lines and the differences that later facts made to them. */
export async function earned(db: Db, reach: RecordReach, question: EarningsQuestion): Promise<readonly EarnedRow[]> {
  const time = question.grain === "day" ? sql`earned_on` : sql`date_trunc('month', earned_on)::date`;
  const rows = await sql<{ key: string; time: Day; currency: string; minor: string }>`
    select ${KEYS[question.by]} as key, ${time} as time, currency, sum(difference_minor)::text as minor
    from reporting.commission_line
    where ${withinReach(reach)} and earned_on >= ${question.from} and earned_on < ${question.to}
      and month >= date_trunc('month', ${question.from}::date) and month < ${question.to}
      and ${question.programIds === undefined ? sql`true` : sql`program_id = any(${[...question.programIds]})`}
      and ${question.partnerIds === undefined ? sql`true` : sql`partner_id = any(${[...question.partnerIds]})`}
    group by 1, 2, 3`.execute(db);
  return rows.rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

/** What is earned but not payable yet, by currency. */
export async function held(db: Db, reach: RecordReach, partnerId: string): Promise<ReadonlyMap<string, bigint>> {
  const rows = await sql<{ currency: string; minor: string }>`
    select currency, sum(held_minor)::text as minor from reporting.held_commission
    where ${withinReach(reach)} and partner_id = ${partnerId} group by 1`.execute(db);
  return new Map(rows.rows.map((row) => [row.currency, BigInt(row.minor)]));
}
