import type { Insertable, Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../../database/index.ts";

export type CalculatorRow = Selectable<Schema["commissions.calculator"]>;

export async function insertCalculator(db: Db, row: Insertable<Schema["commissions.calculator"]>): Promise<void> {
  await db.insertInto("commissions.calculator").values(row).execute();
}

export async function calculatorRow(db: Db, id: string): Promise<CalculatorRow | undefined> {
  return await db
    .selectFrom("commissions.calculator")
    .selectAll()
    .where("calculator_id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

export async function calculatorByToken(db: Db, token: string): Promise<CalculatorRow | undefined> {
  return await db
    .selectFrom("commissions.calculator")
    .selectAll()
    .where("token", "=", token)
    .where("removed_at", "is", null)
    .executeTakeFirst();
}

/** @param programIds null: of every program */
export async function calculatorPage(
  db: Db,
  programIds: readonly string[] | null,
  planId: string | undefined,
  page: PageRequest,
): Promise<Page<CalculatorRow>> {
  let query = db.selectFrom("commissions.calculator").selectAll().where("removed_at", "is", null);
  if (programIds !== null) query = query.where("program_id", "in", [...programIds]);
  if (planId !== undefined) query = query.where("plan_id", "=", planId);
  return await keysetPage(query, { name: "newest", columns: ["calculator_id"], direction: "desc" }, page);
}

export async function removeCalculator(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable("commissions.calculator").set({ removed_at: at }).where("calculator_id", "=", id).execute();
}
