import type { Consequence } from "@tributary/contract";
import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

type Row = Selectable<Schema["onboarding.closing"]>;

/** What a step stopped: exactly this is restored. */
export interface Stopped {
  readonly step: string;
  readonly at: string;
  readonly ids: readonly string[];
}

export interface ClosingRow extends Omit<Row, "consequences" | "stopped"> {
  readonly consequences: readonly Consequence[];
  readonly stopped: readonly Stopped[];
}

export async function insertClosing(db: Db, row: ClosingRow): Promise<void> {
  const columns = { ...row, consequences: JSON.stringify(row.consequences), stopped: JSON.stringify(row.stopped) };
  await db
    .insertInto("onboarding.closing")
    .values(columns as Insertable<Schema["onboarding.closing"]>)
    .execute();
}

export async function closingsOf(db: Db, partnerId: string): Promise<ClosingRow[]> {
  const rows = await db
    .selectFrom("onboarding.closing")
    .selectAll()
    .where("partner_id", "=", partnerId)
    .orderBy("closing_id", "desc")
    .limit(50)
    .execute();
  return rows as unknown as ClosingRow[];
}

export async function closingRow(db: Db, id: string): Promise<ClosingRow | undefined> {
  const row = await db.selectFrom("onboarding.closing").selectAll().where("closing_id", "=", id).executeTakeFirst();
  return row as ClosingRow | undefined;
}

/** @returns undefined: somebody changed it since it was read */
export async function updateClosing(
  db: Db,
  row: Pick<ClosingRow, "closing_id" | "revision">,
  change: Omit<Updateable<Schema["onboarding.closing"]>, "stopped"> & { readonly stopped?: readonly Stopped[] },
): Promise<ClosingRow | undefined> {
  const { stopped, ...plain } = change;
  const saved = await db
    .updateTable("onboarding.closing")
    .set({
      ...plain,
      ...(stopped === undefined ? {} : { stopped: JSON.stringify(stopped) }),
      revision: row.revision + 1,
    })
    .where("closing_id", "=", row.closing_id)
    .where("revision", "=", row.revision)
    .returningAll()
    .executeTakeFirst();
  return saved as ClosingRow | undefined;
}

/** Closings that may not be taken back any more. */
export async function closingsOver(db: Db, now: Date): Promise<ClosingRow[]> {
  const rows = await db
    .selectFrom("onboarding.closing")
    .selectAll()
    .where("state", "=", "done")
    .where("kind", "=", "deactivation")
    .where("reversible_until", "<", now)
    .limit(500)
    .execute();
  return rows as unknown as ClosingRow[];
}
