import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** What one booked version of a line added to, or took from, what the partner is owed. */
export interface BookedLine {
  readonly lineId: bigint;
  readonly partnerId: string;
  readonly programId: string;
  readonly currency: string;
  /** minor units, signed, never zero */
  readonly differenceMinor: bigint;
  /** the customer that the line is about; null for a line about a period */
  readonly customerId: bigint | null;
  readonly calculatedAt: Date;
  /** part of it waits to be released */
  readonly held: boolean;
}

/** Lines with ids from the first to the last, both included, that changed what is owed. */
export async function bookedLines(db: Db, firstLineId: bigint, lastLineId: bigint): Promise<readonly BookedLine[]> {
  const { rows } = await sql<BookedLine>`
    select line_id as "lineId", partner_id as "partnerId", program_id as "programId", currency, difference_minor as "differenceMinor",
           case when subject_kind = 'customer' then subject_id::bigint end as "customerId", calculated_at as "calculatedAt",
           exists (select from commissions.held where held.line_key = line.line_key and held.version = line.version) as held
      from commissions.line
     where line_id between ${firstLineId} and ${lastLineId} and difference_minor <> 0
     order by line_id`.execute(db);
  return rows;
}

/** Lines of these keys and versions, with what of each became payable: the amount that its hold kept back. */
export async function releasedLines(
  db: Db,
  released: readonly (readonly [key: string, version: number, minor: string])[],
): Promise<readonly BookedLine[]> {
  const { rows } = await sql<BookedLine>`
    select line_id as "lineId", partner_id as "partnerId", program_id as "programId", currency, held.minor as "differenceMinor",
           case when subject_kind = 'customer' then subject_id::bigint end as "customerId", calculated_at as "calculatedAt", false as held
      from unnest(${released.map(([key]) => key)}::text[], ${released.map(([, version]) => version)}::integer[],
                  ${released.map(([, , minor]) => minor)}::bigint[]) as held (line_key, version, minor)
      join commissions.line using (line_key, version)
     order by line_id`.execute(db);
  return rows;
}
