import type { RuleBookName } from "@tributary/contract";
import type { Selectable } from "kysely";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";

export type BookRow = Selectable<Schema["compliance.rule_book"]>;

/** The newest version of a book, or that one. */
export async function bookRow(db: Db, book: RuleBookName, version?: number): Promise<BookRow | undefined> {
  const query = db.selectFrom("compliance.rule_book").selectAll().where("book", "=", book);
  const one = version === undefined ? query : query.where("version", "=", version);
  return await one.orderBy("version", "desc").limit(1).executeTakeFirst();
}

export async function bookPage(db: Db, book: RuleBookName, page: PageRequest): Promise<Page<BookRow>> {
  const query = db.selectFrom("compliance.rule_book").selectAll().where("book", "=", book);
  return await keysetPage(query, { name: "newest", columns: ["version"], direction: "desc" }, page);
}

/** @returns false when somebody else wrote that version first */
export async function insertBook(db: Db, row: Omit<BookRow, "document"> & { document: string }): Promise<boolean> {
  const done = await db
    .insertInto("compliance.rule_book")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
