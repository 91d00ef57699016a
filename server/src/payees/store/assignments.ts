import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";
import type { Serving } from "../contracts.ts";

export type AssignmentRow = Selectable<Schema["payees.assignment"]>;

export async function insertAssignments(
  db: Db,
  rows: readonly Insertable<Schema["payees.assignment"]>[],
): Promise<void> {
  await db
    .insertInto("payees.assignment")
    .values([...rows])
    .execute();
}

export async function assignmentRow(db: Db, id: string): Promise<AssignmentRow | undefined> {
  return await db.selectFrom("payees.assignment").selectAll().where("assignment_id", "=", id).executeTakeFirst();
}

export async function assignmentsOf(db: Db, payeeIds: readonly string[]): Promise<AssignmentRow[]> {
  if (payeeIds.length === 0) return [];
  return await db
    .selectFrom("payees.assignment")
    .selectAll()
    .where("payee_id", "in", [...payeeIds])
    .orderBy("assignment_id", "desc")
    .execute();
}

/** Approved assignments of some partners, or of all (null), that are not over on a day. */
export async function servings(db: Db, partnerIds: readonly string[] | null, from: string): Promise<Serving[]> {
  let query = db
    .selectFrom("payees.assignment")
    .selectAll()
    .where("status", "=", "approved")
    .where(sql<boolean>`(valid_to is null or valid_to > ${from}::date)`);
  if (partnerIds !== null) query = query.where("partner_id", "in", [...partnerIds, ""]);
  return (await query.orderBy("assignment_id").execute()).map(servingOf);
}

/** Approved assignments of a partner's program (or of all its programs) that share days with these. */
export async function overlapping(db: Db, row: AssignmentRow): Promise<AssignmentRow[]> {
  return await db
    .selectFrom("payees.assignment")
    .selectAll()
    .where("partner_id", "=", row.partner_id)
    .where("program_id", "is not distinct from", row.program_id)
    .where("status", "=", "approved")
    .where(sql<boolean>`daterange(valid_from, valid_to) && daterange(${row.valid_from}::date, ${row.valid_to}::date)`)
    .orderBy("valid_from")
    .execute();
}

export async function updateAssignment(
  db: Db,
  id: string,
  change: Updateable<Schema["payees.assignment"]>,
): Promise<void> {
  await db.updateTable("payees.assignment").set(change).where("assignment_id", "=", id).execute();
}

function servingOf(row: AssignmentRow): Serving {
  return {
    assignmentId: row.assignment_id,
    payeeId: row.payee_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}
