import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

/** Everything of a version but what is sealed: that is read in one place only. */
export type VersionRow = Omit<Selectable<Schema["payees.version"]>, "sealed">;

const COLUMNS = [
  "version_id",
  "payee_id",
  "aspect",
  "document",
  "fingerprint",
  "replaces",
  "status",
  "proposed_by",
  "proposed_name",
  "proposed_at",
  "by_partner",
  "note",
  "decided_by",
  "decided_name",
  "decided_at",
  "comment",
  "payable_from",
  "replaced_at",
  "name_score",
  "name_verdict",
  "name_explanation",
  "name_reviewed_by",
  "name_reviewed_at",
  "name_comment",
] as const;

export async function insertVersions(db: Db, rows: readonly Insertable<Schema["payees.version"]>[]): Promise<void> {
  await db
    .insertInto("payees.version")
    .values([...rows])
    .execute();
}

export async function versionRow(db: Db, id: string): Promise<VersionRow | undefined> {
  return await db.selectFrom("payees.version").select(COLUMNS).where("version_id", "=", id).executeTakeFirst();
}

/** Versions of some payees in some states, in the order in which they were proposed. */
export async function versionsOf(
  db: Db,
  payeeIds: readonly string[],
  status: readonly string[],
): Promise<VersionRow[]> {
  if (payeeIds.length === 0) return [];
  return await db
    .selectFrom("payees.version")
    .select(COLUMNS)
    .where("payee_id", "in", [...payeeIds])
    .where("status", "in", [...status])
    .orderBy("version_id")
    .execute();
}

export async function updateVersion(db: Db, id: string, change: Updateable<Schema["payees.version"]>): Promise<void> {
  await db.updateTable("payees.version").set(change).where("version_id", "=", id).execute();
}

/** What is sealed of some versions. Whoever calls it writes the trail. */
export async function sealedOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("payees.version")
    .select(["version_id", "sealed"])
    .where("version_id", "in", [...ids])
    .execute();
  return new Map(rows.flatMap((row) => (row.sealed === null ? [] : [[row.version_id, row.sealed]])));
}

/** Details with the same account, of other payees, that stand or wait. */
export async function withFingerprints(
  db: Db,
  fingerprints: readonly string[],
): Promise<readonly { readonly fingerprint: string; readonly payee_id: string; readonly legal_name: string }[]> {
  if (fingerprints.length === 0) return [];
  const { rows } = await sql<{ fingerprint: string; payee_id: string; legal_name: string }>`
    select distinct v.fingerprint, p.payee_id, p.legal_name
    from payees.version v join payees.payee p using (payee_id)
    where v.fingerprint = any(${fingerprints}) and v.status in ('proposed', 'approved')`.execute(db);
  return rows;
}

export interface VersionFilter {
  readonly payeeId?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly aspect?: readonly string[] | undefined;
}

export async function versionPage(
  db: Db,
  within: RecordReach,
  filter: VersionFilter,
  page: PageRequest,
): Promise<Page<VersionRow>> {
  let query = db.selectFrom("payees.version").select(COLUMNS);
  if (!within.everything)
    query = query.where(
      sql<boolean>`exists (select from payees.payee p where p.payee_id = version.payee_id and (p.partner_id = any(${within.partnerIds}) or exists (
        select from payees.assignment a where a.payee_id = p.payee_id and a.partner_id = any(${within.partnerIds}) and a.status in ('proposed', 'approved'))))`,
    );
  if (filter.payeeId !== undefined) query = query.where("payee_id", "=", filter.payeeId);
  if (filter.status?.length) query = query.where("status", "in", filter.status);
  if (filter.aspect?.length) query = query.where("aspect", "in", filter.aspect);
  return await keysetPage(query, { name: "newest", columns: ["version_id"], direction: "desc" }, page);
}

/** Details that were approved after an instant, with the partners that they serve. */
export async function detailChanges(
  db: Db,
  since: Date,
  partnerIds: readonly string[] | null,
): Promise<
  readonly {
    readonly payee_id: string;
    readonly partner_id: string;
    readonly version_id: string;
    readonly decided_at: Date;
    readonly first: boolean;
    readonly proposed_by: string;
    readonly decided_by: string;
  }[]
> {
  const { rows } = await sql<never>`
    select v.payee_id, a.partner_id, v.version_id, v.decided_at, v.proposed_by, v.decided_by,
           not exists (select from payees.version e where e.payee_id = v.payee_id and e.aspect = 'detail'
                       and e.status in ('approved', 'replaced') and e.decided_at < v.decided_at) as first
    from payees.version v
    join (select distinct payee_id, partner_id from payees.assignment where status = 'approved') a using (payee_id)
    where v.aspect = 'detail' and v.status in ('approved', 'replaced') and v.decided_at >= ${since}
      and (${partnerIds === null} or a.partner_id = any(${partnerIds ?? []}))
    order by v.decided_at`.execute(db);
  return rows;
}
