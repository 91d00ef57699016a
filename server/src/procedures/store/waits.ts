import { type Selectable, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Wait } from "../core/waits.ts";

export type WaitRow = Selectable<Schema["procedures.wait"]>;

const nameOf = (one: { readonly stage: string; readonly kind: string; readonly key: string }): string =>
  `${one.stage}\n${one.kind}\n${one.key}`;

/** Makes what is written as waited for what is: ends what is over, begins what is new. */
export async function writeWaits(
  db: Db,
  waiting: { readonly caseId: string; readonly partnerId: string | null; readonly at: Date },
  waits: readonly Wait[],
): Promise<void> {
  const query = db.selectFrom("procedures.wait").selectAll().where("case_id", "=", waiting.caseId);
  const open = new Map((await query.where("until_at", "is", null).execute()).map((row) => [nameOf(row), row]));
  const wanted = new Map(waits.map((wait) => [nameOf(wait), wait]));
  const over = [...open].filter(([name, row]) => wanted.get(name)?.role !== row.role).map(([, row]) => row.wait_id);
  if (over.length > 0)
    await db.updateTable("procedures.wait").set({ until_at: waiting.at }).where("wait_id", "in", over).execute();
  const { caseId: case_id, partnerId: partner_id, at: from_at } = waiting;
  const begun = [...wanted].filter(([name]) => {
    const known = open.get(name);
    return known === undefined || over.includes(known.wait_id);
  });
  if (begun.length > 0)
    await db
      .insertInto("procedures.wait")
      .values(begun.map(([, { dueAt, ...wait }]) => ({ ...wait, case_id, partner_id, due_at: dueAt, from_at })))
      .execute();
  for (const [name, { dueAt }] of wanted) {
    const known = open.get(name);
    if (known !== undefined && !over.includes(known.wait_id) && known.due_at?.getTime() !== dueAt?.getTime())
      await db.updateTable("procedures.wait").set({ due_at: dueAt }).where("wait_id", "=", known.wait_id).execute();
  }
}

export async function openWaitsOf(db: Db, caseIds: readonly string[]): Promise<WaitRow[]> {
  if (caseIds.length === 0) return [];
  const query = db.selectFrom("procedures.wait").selectAll().where("case_id", "in", caseIds);
  return await query.where("until_at", "is", null).orderBy("wait_id").execute();
}

export interface WaitFilter {
  readonly roles: readonly string[];
  /** Partners whose owner's work is asked for, too; null: of nobody. */
  readonly ownedBy: readonly string[] | null;
  readonly procedure?: string | undefined;
  readonly overdueAt?: Date | undefined;
}

const FAR = "9999-12-31T00:00:00Z";

/** What is waited for, the most urgent first; what is never due comes last. */
export async function waitPage(
  db: Db,
  within: RecordReach,
  filter: WaitFilter,
  page: PageRequest,
): Promise<
  Page<
    WaitRow & {
      procedure: string;
      version_id: string;
      subject_kind: string;
      subject_id: string;
      program_id: string | null;
      due: Date;
    }
  >
> {
  const listed = db
    .selectFrom("procedures.wait as w")
    .innerJoin("procedures.case as c", "c.case_id", "w.case_id")
    .selectAll("w")
    .select(["c.procedure", "c.version_id", "c.subject_kind", "c.subject_id", "c.program_id"])
    .select(sql<Date>`coalesce(w.due_at, ${FAR}::timestamptz)`.as("due"))
    .where("w.until_at", "is", null)
    .where(
      sql<boolean>`(w.role = any(${filter.roles}) or (w.role = 'owner' and w.partner_id = any(${filter.ownedBy ?? []})))`,
    );
  let query = whereWithin(db.selectFrom(listed.as("listed")).selectAll(), within, "partner_id", "program_id");
  if (filter.procedure) query = query.where("procedure", "=", filter.procedure);
  if (filter.overdueAt) query = query.where("due_at", "<", filter.overdueAt);
  return await keysetPage(query, { name: "due", columns: ["due", "wait_id"], direction: "asc" }, page);
}
