import type { FormDefinition } from "@tributary/contract";
import type { Insertable, Selectable, Updateable } from "kysely";
import { sql } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type FormRow = Selectable<Schema["pipeline.form"]>;
export type CountedForm = FormRow & { readonly applications: number };
const BY_ID = { name: "newest", columns: ["form_id"], direction: "desc" } as const;
const applications = sql<number>`(select count(*)::integer from pipeline.lead l where l.form_id = form.form_id)`.as(
  "applications",
);

export async function insertForm(db: Db, row: Insertable<Schema["pipeline.form"]>): Promise<void> {
  await db.insertInto("pipeline.form").values(row).execute();
}

export async function insertVersion(
  db: Db,
  version: {
    readonly formId: string;
    readonly version: number;
    readonly definition: FormDefinition;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  await db
    .insertInto("pipeline.form_version")
    .values({
      form_id: version.formId,
      version: version.version,
      definition: JSON.stringify(version.definition),
      created_at: version.at,
      created_by: version.by,
    })
    .execute();
}

export async function formRow(db: Db, id: string): Promise<CountedForm | undefined> {
  return await db
    .selectFrom("pipeline.form")
    .selectAll()
    .select(applications)
    .where("form_id", "=", id)
    .executeTakeFirst();
}

export async function formAt(db: Db, address: string): Promise<FormRow | undefined> {
  return await db.selectFrom("pipeline.form").selectAll().where("address", "=", address).executeTakeFirst();
}

export async function definitionOf(db: Db, formId: string, version: number): Promise<FormDefinition | undefined> {
  const row = await db
    .selectFrom("pipeline.form_version")
    .select("definition")
    .where("form_id", "=", formId)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.definition as unknown as FormDefinition | undefined;
}

export async function formPage(
  db: Db,
  programIds: readonly string[] | null,
  page: PageRequest,
): Promise<Page<CountedForm>> {
  let query = db.selectFrom("pipeline.form").selectAll().select(applications);
  if (programIds !== null) query = query.where("program_id", "in", programIds.length > 0 ? programIds : [""]);
  return await keysetPage(query, BY_ID, page);
}

export async function updateForm(
  db: Db,
  id: string,
  revision: number,
  change: Updateable<Schema["pipeline.form"]>,
): Promise<FormRow | undefined> {
  return await db
    .updateTable("pipeline.form")
    .set({ ...change, revision: revision + 1 })
    .where("form_id", "=", id)
    .where("revision", "=", revision)
    .returningAll()
    .executeTakeFirst();
}

/** @returns false: this proof of work was used before */
export async function spendProof(db: Db, proof: string, until: Date): Promise<boolean> {
  const made = await db
    .insertInto("pipeline.spent_proof")
    .values({ proof, until })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

export async function dropOldProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom("pipeline.spent_proof").where("until", "<", now).execute();
}

/** Applications whose e-mail address was never confirmed go, with their words. */
export async function dropUnconfirmed(db: Db, now: Date): Promise<number> {
  const gone = await db
    .deleteFrom("pipeline.lead")
    .where("status", "=", "unconfirmed")
    .where("confirm_until", "<", now)
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}
