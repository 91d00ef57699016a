import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../../database/index.ts";
import type { OurConversion } from "../contracts.ts";

interface EventRow {
  readonly event_id: bigint;
  readonly at: Date;
  readonly received_at: Date;
  readonly type: string;
  readonly external_id: string;
  readonly customer_ref: string;
  readonly partner_id: string | null;
  readonly click_id: string | null;
  readonly bad_click_id: string | null;
  readonly currency: string | null;
  readonly measures: Record<string, string>;
  readonly void: boolean;
  readonly reason: string | null;
}

export interface OurQuestion {
  readonly programId: string;
  readonly types: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

// Few enough that a page is garbage before it is old: of 5,000 rows the process keeps 100 MB more.
const PAGE = 2_000;

/** Our events of these types and this time, each as it stands now, with the reason why one is nobody's. */
export async function ourConversions(db: Db, asked: OurQuestion): Promise<OurConversion[]> {
  const all: OurConversion[] = [];
  for await (const page of conversionPages(db, asked)) all.push(...page);
  return all;
}

/** The same a page at a time, for whoever does not hold them all in memory: receipts are looked up for the page only, and where there is a reason. */
export async function* conversionPages(
  db: Db,
  asked: OurQuestion,
): AsyncGenerator<readonly (OurConversion & { readonly receivedAt: Date })[]> {
  for (let after = 0n; ; ) {
    const { rows } = await sql<EventRow>`
      with page as materialized (
        select * from tracking.event
        where program_id = ${asked.programId} and superseded_by is null and type = any(${arrayLiteral(asked.types)}::text[])
          and occurred_at >= ${asked.from} and occurred_at <= ${asked.to} and event_id > ${after}
        order by event_id limit ${PAGE}
      )
      select e.event_id, e.occurred_at as at, e.received_at, e.type, e.external_id, e.customer_ref, e.partner_id, e.click_id, e.bad_click_id, e.currency,
             e.measures, e.void, r.reason
      from page e left join tracking.receipt r on e.partner_id is null and r.lane = e.lane and r.seq = e.seq and r.line = e.line
      order by e.event_id`.execute(db);
    if (rows.length > 0) yield rows.map((row) => ({ ...conversionOf(row), receivedAt: row.received_at }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.event_id;
  }
}

function conversionOf(row: EventRow): OurConversion {
  const minor = mainMeasure(row.type, row.measures);
  return {
    key: String(row.event_id),
    at: row.at.getTime(),
    type: row.type,
    orderId: row.external_id,
    customerRef: row.customer_ref,
    clickIds: [row.click_id, row.bad_click_id].filter((id) => id !== null),
    partnerId: row.partner_id,
    counts: !row.void,
    reason: row.reason,
    currency: minor === null ? null : row.currency,
    minor,
  };
}

/** The amount that a conversion is about: of its own name, or the result of what is made of several. */
export function mainMeasure(type: string, measures: Readonly<Record<string, string>>): bigint | null {
  const minor = measures[type] ?? measures.ngr ?? measures.commission ?? Object.values(measures)[0];
  return minor === undefined ? null : BigInt(minor);
}
