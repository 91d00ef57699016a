import type { PlanExpectation } from "@tributary/contract";
import type { Insertable, Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";
import type { PlanVersionRow } from "./plans.ts";

export type CaseRow = Selectable<Schema["plans.plan_case"]>;
type NewCase = Omit<Insertable<Schema["plans.plan_case"]>, "expected"> & {
  readonly expected: readonly PlanExpectation[];
};

export async function casesOfPlan(db: Db, planId: string): Promise<CaseRow[]> {
  return await db.selectFrom("plans.plan_case").selectAll().where("plan_id", "=", planId).orderBy("case_id").execute();
}

export async function caseRow(db: Db, caseId: string): Promise<CaseRow | undefined> {
  return await db.selectFrom("plans.plan_case").selectAll().where("case_id", "=", caseId).executeTakeFirst();
}

export async function insertCase(db: Db, row: NewCase): Promise<void> {
  await db
    .insertInto("plans.plan_case")
    .values({ ...row, expected: JSON.stringify(row.expected) })
    .execute();
}

export async function updateCase(db: Db, { case_id, expected, ...rest }: Omit<NewCase, "plan_id">): Promise<void> {
  await db
    .updateTable("plans.plan_case")
    .set({ ...rest, expected: JSON.stringify(expected) })
    .where("case_id", "=", case_id)
    .execute();
}

export async function deleteCase(db: Db, caseId: string): Promise<void> {
  await db.deleteFrom("plans.plan_case").where("case_id", "=", caseId).execute();
}

/** Drafts of a plan, locked: a change of a case marks them anew. */
export async function draftsOfPlan(db: Db, planId: string): Promise<PlanVersionRow[]> {
  return await db
    .selectFrom("plans.plan_version")
    .selectAll()
    .where("plan_id", "=", planId)
    .where("status", "=", "draft")
    .orderBy("version")
    .forUpdate()
    .execute();
}

/** What the test cases came to on a draft. */
export async function markVersion(db: Db, id: string, run: number, failing: number): Promise<void> {
  await db
    .updateTable("plans.plan_version")
    .set({ cases_run: run, cases_failing: failing })
    .where("plan_version_id", "=", id)
    .where("status", "=", "draft")
    .execute();
}
