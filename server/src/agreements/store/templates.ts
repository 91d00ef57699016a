import type { Insertable, Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type TemplateRow = Selectable<Schema["agreements.template"]>;
export type TemplateVersionRow = Selectable<Schema["agreements.template_version"]>;

export async function insertTemplate(db: Db, row: Insertable<Schema["agreements.template"]>): Promise<void> {
  await db.insertInto("agreements.template").values(row).execute();
}

/** Adds the next version; the template's row is locked, so that numbers have no gap. */
export async function insertTemplateVersion(
  db: Db,
  row: Omit<Insertable<Schema["agreements.template_version"]>, "version">,
): Promise<number> {
  await db
    .selectFrom("agreements.template")
    .select("template_id")
    .where("template_id", "=", row.template_id)
    .forUpdate()
    .executeTakeFirst();
  const last = await db
    .selectFrom("agreements.template_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("template_id", "=", row.template_id)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await db
    .insertInto("agreements.template_version")
    .values({ ...row, version })
    .execute();
  return version;
}

export async function templateRow(db: Db, id: string): Promise<TemplateRow | undefined> {
  return await db.selectFrom("agreements.template").selectAll().where("template_id", "=", id).executeTakeFirst();
}

/** Newest first. */
export async function templateVersions(db: Db, templateIds: readonly string[]): Promise<TemplateVersionRow[]> {
  if (templateIds.length === 0) return [];
  return await db
    .selectFrom("agreements.template_version")
    .selectAll()
    .where("template_id", "in", [...templateIds])
    .orderBy("version", "desc")
    .execute();
}

export async function templateVersionsByIds(
  db: Db,
  ids: readonly string[],
): Promise<(TemplateVersionRow & { readonly program_id: string })[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom("agreements.template_version as version")
    .innerJoin("agreements.template as template", "template.template_id", "version.template_id")
    .selectAll("version")
    .select("template.program_id")
    .where("version.template_version_id", "in", [...ids])
    .execute();
}

/** @param programIds programs that the caller may see; null: all */
export async function templatePage(
  db: Db,
  programIds: readonly string[] | null,
  programId: string | undefined,
  page: PageRequest,
): Promise<Page<TemplateRow>> {
  let query = db.selectFrom("agreements.template").selectAll();
  if (programIds !== null) query = query.where("program_id", "in", [...programIds, ""]);
  if (programId !== undefined) query = query.where("program_id", "=", programId);
  return await keysetPage(query, { name: "newest", columns: ["template_id"], direction: "desc" }, page);
}
