import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type SigningKeyRow = Selectable<Schema["statements.signing_key"]>;

export async function activeKey(db: Db): Promise<SigningKeyRow | undefined> {
  return await db.selectFrom("statements.signing_key").selectAll().where("retired_at", "is", null).executeTakeFirst();
}

export async function allKeys(db: Db): Promise<readonly SigningKeyRow[]> {
  return await db
    .selectFrom("statements.signing_key")
    .selectAll()
    .orderBy("retired_at", (order) => order.desc().nullsFirst())
    .orderBy("created_at", "desc")
    .execute();
}

export async function insertKey(db: Db, row: SigningKeyRow): Promise<void> {
  await db
    .insertInto("statements.signing_key")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function retireKeys(db: Db, at: Date): Promise<void> {
  await db.updateTable("statements.signing_key").set({ retired_at: at }).where("retired_at", "is", null).execute();
}
