import type { RunDelegation, RunLevel } from "@tributary/contract";
import type { Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Delegated } from "../core/delegation.ts";

type Row = Selectable<Schema["runs.delegation"]>;

export async function delegationsTo(db: Db, userId: string): Promise<readonly Delegated[]> {
  const rows = await db
    .selectFrom("runs.delegation")
    .selectAll()
    .where("to_user_id", "=", userId)
    .where("ended_at", "is", null)
    .execute();
  return rows.map((row) => ({
    fromUserId: row.from_user_id,
    toUserId: row.to_user_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    levels: row.levels as RunLevel[],
    endedAt: row.ended_at,
  }));
}

export async function insertDelegation(db: Db, row: Row): Promise<void> {
  await db.insertInto("runs.delegation").values(row).execute();
}

export async function delegationById(db: Db, id: string): Promise<Row | undefined> {
  return await db
    .selectFrom("runs.delegation")
    .selectAll()
    .where("delegation_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export async function endRow(db: Db, id: string, by: string, at: Date): Promise<void> {
  await db.updateTable("runs.delegation").set({ ended_at: at, ended_by: by }).where("delegation_id", "=", id).execute();
}

export async function delegationPage(db: Db, page: PageRequest): Promise<Page<RunDelegation>> {
  const query = db.selectFrom("runs.delegation").selectAll();
  const found = await keysetPage(query, { name: "newest", columns: ["delegation_id"], direction: "desc" }, page);
  return { rows: found.rows.map(delegationWire), nextCursor: found.nextCursor };
}

export function delegationWire(row: Row): RunDelegation {
  return {
    id: row.delegation_id,
    fromUserId: row.from_user_id,
    toUserId: row.to_user_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    levels: row.levels as RunLevel[],
    reason: row.reason,
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
  };
}
