import type { HandoverContent } from "@tributary/contract";
import { type Insertable, type Selectable, sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

type Row = Omit<Selectable<Schema["onboarding.handover"]>, "document" | "content">;
export interface HandoverRow extends Row {
  readonly content: HandoverContent;
}

/** All columns but the document, which is read for itself. */
const COLUMNS = [
  "handover_id",
  "partner_id",
  "program_id",
  "case_id",
  "number",
  "language",
  "content",
  "sha256",
  "frozen_by",
  "frozen_name",
  "frozen_at",
  "operator_by",
  "operator_name",
  "operator_at",
  "partner_by",
  "partner_name",
  "partner_at",
  "revision",
] as const;

/** The number of the next handover of a partner; whoever asks at the same time waits. */
export async function nextNumber(db: Db, partnerId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`handover ${partnerId}`}, 0))`.execute(db);
  const row = await db
    .selectFrom("onboarding.handover")
    .select((eb) => eb.fn.max("number").as("last"))
    .where("partner_id", "=", partnerId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export async function insertHandover(db: Db, row: HandoverRow, document: Buffer): Promise<void> {
  const columns = { ...row, content: JSON.stringify(row.content), document };
  await db
    .insertInto("onboarding.handover")
    .values(columns as Insertable<Schema["onboarding.handover"]>)
    .execute();
}

export async function handoverRow(db: Db, id: string): Promise<HandoverRow | undefined> {
  const row = await db
    .selectFrom("onboarding.handover")
    .select(COLUMNS)
    .where("handover_id", "=", id)
    .executeTakeFirst();
  return row as HandoverRow | undefined;
}

export async function handoversOf(db: Db, partnerId: string): Promise<HandoverRow[]> {
  const rows = await db
    .selectFrom("onboarding.handover")
    .select(COLUMNS)
    .where("partner_id", "=", partnerId)
    .orderBy("number", "desc")
    .limit(20)
    .execute();
  return rows as unknown as HandoverRow[];
}

export async function documentOf(db: Db, id: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("onboarding.handover")
    .select("document")
    .where("handover_id", "=", id)
    .executeTakeFirst();
  return row?.document;
}

/** Writes the word of one side. @returns false: it was said, or somebody was faster */
export async function giveWord(
  db: Db,
  row: HandoverRow,
  side: "operator" | "partner",
  by: { readonly id: string; readonly name: string; readonly at: Date },
): Promise<boolean> {
  const word =
    side === "operator"
      ? { operator_by: by.id, operator_name: by.name, operator_at: by.at }
      : { partner_by: by.id, partner_name: by.name, partner_at: by.at };
  const saved = await db
    .updateTable("onboarding.handover")
    .set({ ...word, revision: row.revision + 1 })
    .where("handover_id", "=", row.handover_id)
    .where("revision", "=", row.revision)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}
