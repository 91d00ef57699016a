import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../../database/index.ts";
import { whereWithin } from "../../../partners/index.ts";

export type CodeRow = Selectable<Schema["tracking.referral_code"]>;

export interface CodeFilter {
  readonly q?: string | undefined;
  readonly programId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly state?: readonly ("coming" | "valid" | "ended")[] | undefined;
  readonly now: Date;
}

export async function insertCode(db: Db, row: Insertable<Schema["tracking.referral_code"]>): Promise<CodeRow> {
  return await db.insertInto("tracking.referral_code").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findCode(db: Db, programId: string, code: string): Promise<CodeRow | undefined> {
  return await db
    .selectFrom("tracking.referral_code")
    .selectAll()
    .where("program_id", "=", programId)
    .where("code", "=", code)
    .executeTakeFirst();
}

/** Which of the codes are given, as `<program> <code>`. */
export async function codesTaken(
  db: Db,
  codes: readonly { readonly programId: string; readonly code: string }[],
): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    select c.program_id || ' ' || c.code as key
    from unnest(${codes.map((c) => c.programId)}::text[], ${codes.map((c) => c.code)}::text[]) as k(program_id, code)
    join tracking.referral_code c using (program_id, code)`.execute(db);
  return new Set(rows.map((row) => row.key));
}

const ROWS_A_STATEMENT = 5_000;

export async function insertCodes(db: Db, rows: readonly CodeRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT)
    await db
      .insertInto("tracking.referral_code")
      .values(rows.slice(at, at + ROWS_A_STATEMENT))
      .execute();
}

export async function codePage(
  db: Db,
  within: RecordReach,
  filter: CodeFilter,
  page: PageRequest,
): Promise<Page<CodeRow>> {
  let query = db.selectFrom("tracking.referral_code").selectAll();
  query = whereWithin(query, within, "partner_id", "program_id");
  if (filter.programId) query = query.where("program_id", "in", filter.programId);
  if (filter.partnerId) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.q) query = query.where("code", "like", `${likeText(filter.q.toUpperCase())}%`);
  if (filter.state?.length) {
    const now = sql`${filter.now}::timestamptz`;
    const states = {
      coming: sql`valid_from > ${now}`,
      valid: sql`((valid_from is null or valid_from <= ${now}) and (valid_to is null or valid_to > ${now}))`,
      ended: sql`(valid_to <= ${now} and (valid_from is null or valid_from <= ${now}))`,
    };
    const wanted = filter.state.map((state) => states[state]);
    query = query.where(sql<boolean>`(${sql.join(wanted, sql` or `)})`);
  }
  return await keysetPage(query, { name: "code", columns: ["code", "program_id"], direction: "asc" }, page);
}

export async function updateCode(
  db: Db,
  programId: string,
  code: string,
  change: Updateable<Schema["tracking.referral_code"]>,
): Promise<CodeRow | undefined> {
  return await db
    .updateTable("tracking.referral_code")
    .set(change)
    .where("program_id", "=", programId)
    .where("code", "=", code)
    .returningAll()
    .executeTakeFirst();
}
