import type { Db } from "../../database/index.ts";
import { linkRows } from "./store/links.ts";

/** What other rooms need to know of a link. */
export interface LinkFacts {
  readonly linkId: string;
  readonly num: number;
  readonly code: string;
  readonly name: string;
  readonly programId: string;
  readonly offerId: string;
  readonly partnerId: string;
}

/** Facts for other rooms: no actor, no permission; what a caller may see is decided where it is shown. */
export async function linksByIds(db: Db, ids: readonly string[]): Promise<readonly LinkFacts[]> {
  return (await linkRows(db, ids)).map((row) => ({
    linkId: row.link_id,
    num: row.num,
    code: row.code,
    name: row.name,
    programId: row.program_id,
    offerId: row.offer_id,
    partnerId: row.partner_id,
  }));
}

export async function linkById(db: Db, id: string): Promise<LinkFacts | undefined> {
  return (await linksByIds(db, [id]))[0];
}

/** What links are called: their name, or the code where they have none. */
export async function linkNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await linksByIds(db, ids)).map((link) => [link.linkId, link.name || link.code]));
}

/** What event sources are called, and whose program they belong to. */
export async function sourceNames(
  db: Db,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string; readonly programId: string }[]> {
  const rows = await db
    .selectFrom("tracking.event_source")
    .select(["source_id as id", "name", "program_id as programId"])
    .where("source_id", "in", [...ids])
    .execute();
  return rows;
}
