import type { Branding } from "@tributary/contract";
import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export async function readBranding(db: Db): Promise<Branding | undefined> {
  const row = await db.selectFrom("statements.branding").selectAll().executeTakeFirst();
  return row && brandingOf(row);
}

export async function lockBranding(db: Db): Promise<Branding | undefined> {
  const row = await db.selectFrom("statements.branding").selectAll().forUpdate().executeTakeFirst();
  return row && brandingOf(row);
}

export async function writeBranding(db: Db, branding: Branding): Promise<void> {
  const { legalName, ...rest } = branding;
  const row = { ...rest, legal_name: legalName };
  await db
    .insertInto("statements.branding")
    .values({ ...row, only_row: true })
    .onConflict((conflict) => conflict.column("only_row").doUpdateSet(row))
    .execute();
}

function brandingOf({
  only_row: _,
  legal_name: legalName,
  ...rest
}: Selectable<Schema["statements.branding"]>): Branding {
  return { ...rest, legalName };
}
