import { sql } from "kysely";
import type { Db } from "../database/index.ts";
import { attributesOf, type PartnerTraits, type TraitsUntil, traitsBefore } from "./attributes-by-day.ts";

/** A partner below another one, at any depth. */
export interface PartnerBelow {
  readonly partnerId: string;
  readonly parentId: string;
  /** First day under this parent; null: from the beginning. */
  readonly from: string | null;
  /** The day after the last one; null: still there. */
  readonly until: string | null;
  readonly active: boolean;
  /** What its tags state (`level_value:0.8`), and kind, country, status, code. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Row {
  readonly root: string;
  readonly partner_id: string;
  readonly parent_partner_id: string;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly kind: string;
  readonly country: string | null;
  readonly status: string;
  readonly code: string;
  readonly tags: string[];
}

/** Deeper trees than this are not followed; the partners room refuses to build them. */
const DEEPEST = 20;
const BEGINNING = "0001-01-01";

/** Everybody below some partners at any time, by the partner at the top; who was moved stands there once for each time. */
export async function subPartnersBelow(
  db: Db,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartnerBelow[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    with recursive below as (
      select p.parent_partner_id as root, p.partner_id, p.parent_partner_id, p.valid_from, p.valid_to, 1 as level
      from partners.parent_period p where p.parent_partner_id = any(${[...partnerIds]}::text[])
      union all
      select b.root, p.partner_id, p.parent_partner_id, p.valid_from, p.valid_to, b.level + 1
      from below b join partners.parent_period p on p.parent_partner_id = b.partner_id where b.level < ${DEEPEST})
    select distinct on (b.root, b.partner_id, b.valid_from) b.root, b.partner_id, b.parent_partner_id, b.valid_from, b.valid_to,
           p.kind, p.country, p.status, p.code, p.tags
    from below b join partners.partner p using (partner_id) order by b.root, b.partner_id, b.valid_from`.execute(db);
  const before = await traitsBefore(db, [...new Set(rows.map((row) => row.partner_id))]);
  const found = new Map<string, PartnerBelow[]>();
  for (const row of rows) {
    const own = found.get(row.root) ?? [];
    own.push(...stretchesOf(row, before.get(row.partner_id) ?? []));
    found.set(row.root, own);
  }
  return found;
}

/** One time under one parent, cut where the partner itself became something else. */
function stretchesOf(row: Row, before: readonly TraitsUntil[]): PartnerBelow[] {
  const inside = before.filter(
    ({ until }) => until > row.valid_from && (row.valid_to === null || until < row.valid_to),
  );
  const later = before.find(({ until }) => row.valid_to !== null && until >= row.valid_to);
  const stretches: { readonly traits: PartnerTraits; readonly until: string | null }[] = [
    ...inside.map((traits) => ({ traits, until: traits.until })),
    { traits: later ?? row, until: row.valid_to },
  ];
  return stretches.map(({ traits, until }, index) => {
    const from = index === 0 ? row.valid_from : (stretches[index - 1]?.until ?? row.valid_from);
    return {
      partnerId: row.partner_id,
      parentId: row.parent_partner_id,
      from: from === BEGINNING ? null : from,
      until,
      active: traits.status === "active",
      attributes: { ...attributesOf(traits), code: row.code },
    };
  });
}

/** Everybody above some partners at any time, the partners themselves not included. */
export async function parentsAbove(db: Db, partnerIds: readonly string[]): Promise<readonly string[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<{ partner_id: string }>`
    with recursive up as (
      select p.parent_partner_id as partner_id, 1 as level from partners.parent_period p
      where p.partner_id = any(${[...partnerIds]}::text[])
      union
      select p.parent_partner_id, up.level + 1 from up join partners.parent_period p on p.partner_id = up.partner_id
      where up.level < ${DEEPEST})
    select distinct partner_id from up order by 1`.execute(db);
  return rows.map((row) => row.partner_id);
}

/**
 * Notes that a partner stands under another one, or under nobody, from a day on.
 * @param day null: from the beginning, for a partner that is new
 */
export async function noteParent(
  db: Db,
  partnerId: string,
  parentId: string | null,
  day: string | null,
): Promise<void> {
  const from = day ?? BEGINNING;
  await sql`delete from partners.parent_period where partner_id = ${partnerId} and valid_from >= ${from}::date`.execute(
    db,
  );
  await sql`
    update partners.parent_period set valid_to = ${from}::date
    where partner_id = ${partnerId} and (valid_to is null or valid_to > ${from}::date)`.execute(db);
  if (parentId === null) return;
  await sql`
    insert into partners.parent_period (partner_id, parent_partner_id, valid_from)
    values (${partnerId}, ${parentId}, ${from}::date)`.execute(db);
}
