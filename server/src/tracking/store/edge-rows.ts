import { sql } from "kysely";
import type { Db } from "../../database/index.ts";

/** What the edge keeps of a link. */
export interface EdgeLinkRow {
  readonly link_id: string;
  readonly num: number;
  readonly code: string;
  readonly offer_id: string;
  readonly partner_id: string;
  readonly source: string;
  readonly creative: string;
  readonly deep_link: string | null;
  readonly status: "active" | "paused" | "archived";
  readonly smart_id: string | null;
  readonly landing_id: string | null;
  readonly utm: Readonly<Record<string, string>>;
  readonly targeting: unknown;
  readonly valid_from: Date | null;
  readonly valid_to: Date | null;
}

const LINK_COLUMNS = sql.raw(`link_id, num, code, offer_id, partner_id, source, creative, deep_link, status,
  smart_id, landing_id, utm, targeting, valid_from, valid_to`);

/** What the edge keeps of a source of events. */
export interface EdgeSourceRow {
  readonly source_id: string;
  readonly program_id: string;
  readonly token_hash: string;
  readonly secret: string;
  readonly require_signature: boolean;
  readonly dialect: string;
  readonly settings: unknown;
  readonly incumbent_token_hash: string | null;
  readonly incumbent_secret: string | null;
  readonly status: "active" | "revoked";
  /** its calls are tests */
  readonly test: boolean;
}

/** A page of all links in the order of their numbers. */
export async function edgeLinksAfter(db: Db, num: number, limit: number): Promise<readonly EdgeLinkRow[]> {
  const found = await sql<EdgeLinkRow>`
    select ${LINK_COLUMNS}
    from tracking.link where num > ${num} order by num limit ${limit}`.execute(db);
  return found.rows;
}

export async function edgeLinksByIds(db: Db, linkIds: readonly string[]): Promise<readonly EdgeLinkRow[]> {
  const found = await sql<EdgeLinkRow>`
    select ${LINK_COLUMNS}
    from tracking.link where link_id = any(${linkIds}::text[])`.execute(db);
  return found.rows;
}

export async function edgeSources(db: Db): Promise<readonly EdgeSourceRow[]> {
  const found = await sql<EdgeSourceRow>`
    select source_id, program_id, token_hash, secret, require_signature, dialect, settings, incumbent_token_hash,
           incumbent_secret, status, test from tracking.event_source`.execute(db);
  return found.rows;
}

/** What the edge keeps of a coupon or referral code. */
export interface EdgeCouponRow {
  readonly program_id: string;
  readonly code: string;
  readonly partner_id: string;
  /** code of the link that it stands for */
  readonly link_code: string | null;
  readonly valid_from: Date | null;
  readonly valid_to: Date | null;
}

/** Codes of programs that have a living source in a dialect whose visits may name one. */
export async function edgeCoupons(db: Db, dialect: string): Promise<readonly EdgeCouponRow[]> {
  const found = await sql<EdgeCouponRow>`
    select c.program_id, c.code, c.partner_id, l.code as link_code, c.valid_from, c.valid_to
    from tracking.referral_code c left join tracking.link l using (link_id)
    where c.program_id in (select program_id from tracking.event_source where dialect = ${dialect} and status = 'active')`.execute(
    db,
  );
  return found.rows;
}
