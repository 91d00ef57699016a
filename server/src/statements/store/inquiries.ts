import type { Insertable, Selectable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";

export type InquiryRow = Selectable<Schema["statements.inquiry"]>;
export type InquiryOfMonth = InquiryRow & { readonly month: Month; readonly currency: string };
export type NewMessage = Insertable<Schema["statements.inquiry_message"]>;
type MessageRow = Selectable<Schema["statements.inquiry_message"]>;

export async function insertInquiry(db: Db, row: InquiryRow): Promise<void> {
  await db.insertInto("statements.inquiry").values(row).execute();
}

export async function insertMessage(db: Db, row: NewMessage): Promise<void> {
  await db.insertInto("statements.inquiry_message").values(row).execute();
}

export async function inquiryRow(db: Db, id: string): Promise<InquiryRow | undefined> {
  return await db.selectFrom("statements.inquiry").selectAll().where("inquiry_id", "=", id).executeTakeFirst();
}

export async function lockInquiry(db: Db, id: string): Promise<InquiryRow | undefined> {
  return await db
    .selectFrom("statements.inquiry")
    .selectAll()
    .where("inquiry_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function changeInquiry(db: Db, row: InquiryRow): Promise<void> {
  const { state, answer_by, closed_by, closed_at, adjustment_id } = row;
  await db
    .updateTable("statements.inquiry")
    .set({ state, answer_by, closed_by, closed_at, adjustment_id })
    .where("inquiry_id", "=", row.inquiry_id)
    .execute();
}

export async function messagesOf(db: Db, inquiryId: string): Promise<readonly MessageRow[]> {
  return await db
    .selectFrom("statements.inquiry_message")
    .selectAll()
    .where("inquiry_id", "=", inquiryId)
    .orderBy("message_id")
    .execute();
}

export async function monthOfInquiry(
  db: Db,
  row: InquiryRow,
): Promise<{ readonly month: Month; readonly currency: string }> {
  return await db
    .selectFrom("statements.statement")
    .select(["month", "currency"])
    .where("statement_id", "=", row.statement_id)
    .executeTakeFirstOrThrow();
}

export async function inquiryPage(
  db: Db,
  within: RecordReach,
  filter: {
    readonly partnerId?: string | undefined;
    readonly statementId?: string | undefined;
    readonly state?: readonly string[] | undefined;
  },
  page: PageRequest,
): Promise<Page<InquiryOfMonth>> {
  const from = db
    .selectFrom("statements.inquiry as inquiry")
    .innerJoin("statements.statement as statement", "statement.statement_id", "inquiry.statement_id")
    .selectAll("inquiry")
    .select(["statement.month", "statement.currency"]);
  let query = whereWithin(from, within, "inquiry.partner_id", null);
  if (filter.partnerId !== undefined) query = query.where("inquiry.partner_id", "=", filter.partnerId);
  if (filter.statementId !== undefined) query = query.where("inquiry.statement_id", "=", filter.statementId);
  if (filter.state?.length) query = query.where("inquiry.state", "in", filter.state);
  return await keysetPage(query, { name: "newest", columns: ["inquiry.inquiry_id"], direction: "desc" }, page);
}
