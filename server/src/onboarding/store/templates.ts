import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type TemplateRow = Selectable<Schema["onboarding.template"]>;

export async function templateRows(db: Db): Promise<TemplateRow[]> {
  return await db.selectFrom("onboarding.template").selectAll().execute();
}

export async function putTemplate(db: Db, row: TemplateRow): Promise<void> {
  await db
    .insertInto("onboarding.template")
    .values(row)
    .onConflict((conflict) => conflict.column("procedure").doUpdateSet(row))
    .execute();
}
