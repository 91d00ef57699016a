import { sql } from "kysely";
import type { Db } from "../database/index.ts";
import { attributesOfTags } from "./core/attributes.ts";

/** What commission plans may ask about a partner. */
export interface PartnerTraits {
  readonly kind: string;
  readonly status: string;
  readonly country: string | null;
  readonly tags: readonly string[];
}

/** What a partner was up to a day (exclusive). */
export interface TraitsUntil extends PartnerTraits {
  readonly until: string;
}

/** Partners that have never been at work have nothing to remember: their first activation is no change. */
const AT_WORK = new Set(["active", "paused", "deactivated"]);

/** Notes what a partner was before a day on which it has changed. Of several changes of a day the first says what it was before. */
export async function noteTraits(
  db: Db,
  partnerId: string,
  before: PartnerTraits,
  after: PartnerTraits,
  day: string,
): Promise<void> {
  if (!AT_WORK.has(before.status) || wordsOf(before) === wordsOf(after)) return;
  await sql`
    insert into partners.attribute_period (partner_id, valid_to, kind, status, country, tags)
    values (${partnerId}, ${day}::date, ${before.kind}, ${before.status}, ${before.country}, ${[...before.tags]}::text[])
    on conflict do nothing`.execute(db);
}

function wordsOf({ kind, status, country, tags }: PartnerTraits): string {
  return JSON.stringify([kind, status, country, [...tags].sort()]);
}

/** Door: what partners were before they changed, the earliest first; those that never changed are left out. */
export async function traitsBefore(
  db: Db,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TraitsUntil[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<{ partner_id: string; valid_to: string } & Omit<TraitsUntil, "until">>`
    select partner_id, valid_to, kind, status, country, tags from partners.attribute_period
    where partner_id = any(${[...partnerIds]}::text[]) order by partner_id, valid_to`.execute(db);
  return Map.groupBy(
    rows.map(({ valid_to: until, ...row }) => ({ ...row, until })),
    (row) => row.partner_id,
  );
}

/** As attributes of a sub-partner: what its tags state, and kind, status, country. */
export function attributesOf({ kind, status, country, tags }: PartnerTraits): Record<string, string> {
  return { ...attributesOfTags([...tags]), kind, status, ...(country === null ? {} : { country }) };
}
