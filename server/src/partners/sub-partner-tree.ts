import { sql } from "kysely";
import type { Db } from "../database/index.ts";

/** A partner below another one, at any depth. */
export interface PartnerBelow {
  readonly partnerId: string;
  readonly parentId: string;
  /** First day under this parent; null: from the beginning. */
  readonly from: string | null;
  /** The day after the last one; null: still there. */
  readonly until: string | null;
  readonly active: boolean;
  /** kind, country, status, code. */
  readonly attributes: Readonly<Record<string, string>>;
}

interface Row {
  readonly root: string;
  readonly partner_id: string;
  readonly parent_partner_id: string;
  readonly kind: string;
  readonly country: string | null;
  readonly status: string;
  readonly code: string;
}

/** Deeper trees than this are not followed; the partners room refuses to build them. */
const DEEPEST = 20;

/** Everybody below some partners, by the partner at the top. */
export async function subPartnersBelow(
  db: Db,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartnerBelow[]>> {
  if (partnerIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    with recursive below as (
      select p.parent_partner_id as root, p.partner_id, p.parent_partner_id, p.kind, p.country, p.status, p.code, 1 as level
      from partners.partner p where p.parent_partner_id = any(${[...partnerIds]}::text[])
      union all
      select b.root, p.partner_id, p.parent_partner_id, p.kind, p.country, p.status, p.code, b.level + 1
      from below b join partners.partner p on p.parent_partner_id = b.partner_id where b.level < ${DEEPEST})
    select root, partner_id, parent_partner_id, kind, country, status, code from below order by root, level, partner_id`.execute(
    db,
  );
  const found = new Map<string, PartnerBelow[]>();
  for (const row of rows) {
    const own = found.get(row.root) ?? [];
    const { kind, status, code, country } = row;
    const attributes = { kind, status, code, ...(country === null ? {} : { country }) };
    own.push({
      partnerId: row.partner_id,
      parentId: row.parent_partner_id,
      from: null,
      until: null,
      active: status === "active",
      attributes,
    });
    found.set(row.root, own);
  }
  return found;
}

/** Everybody above some partners, the partners themselves not included. */
export async function parentsAbove(db: Db, partnerIds: readonly string[]): Promise<readonly string[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<{ partner_id: string }>`
    with recursive up as (
      select p.parent_partner_id as partner_id, 1 as level from partners.partner p
      where p.partner_id = any(${[...partnerIds]}::text[]) and p.parent_partner_id is not null
      union all
      select p.parent_partner_id, up.level + 1 from up join partners.partner p on p.partner_id = up.partner_id
      where p.parent_partner_id is not null and up.level < ${DEEPEST})
    select distinct partner_id from up order by 1`.execute(db);
  return rows.map((row) => row.partner_id);
}
