import { RULE_BOOKS, type RuleBook, type RuleBookChange, type RuleBookName } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { bookProblems } from "./core/books.ts";
import { SHIPPED_DOCUMENTS } from "./shipped/documents.ts";
import { SHIPPED_REGIMES } from "./shipped/regimes.ts";
import { SHIPPED_REVIEWS } from "./shipped/reviews.ts";
import { SHIPPED_OWNERSHIP, SHIPPED_QUESTIONNAIRES, SHIPPED_RISK } from "./shipped/rules.ts";
import * as store from "./store/rule-books.ts";

type Books = { readonly [Name in RuleBookName]: z.infer<(typeof RULE_BOOKS)[Name]> };

const SHIPPED: Books = {
  documents: SHIPPED_DOCUMENTS,
  ownership: SHIPPED_OWNERSHIP,
  questionnaires: SHIPPED_QUESTIONNAIRES,
  risk: SHIPPED_RISK,
  reviews: SHIPPED_REVIEWS,
  regimes: SHIPPED_REGIMES,
};

/** What holds now: the newest version, or what is shipped (version 0). */
export async function bookInForce<Name extends RuleBookName>(
  ctx: Context,
  book: Name,
): Promise<{ readonly version: number; readonly document: Books[Name] }> {
  const row = await store.bookRow(ctx.db, book);
  if (row === undefined) return { version: 0, document: SHIPPED[book] };
  return { version: row.version, document: row.document as unknown as Books[Name] };
}

/** A book as it stands, or as it stood in a version; 0 is what is shipped. */
export async function readBook(ctx: Context, actor: Actor, book: RuleBookName, version?: number): Promise<RuleBook> {
  requirePermission(actor, "compliance.read", {});
  const row = version === 0 ? undefined : await store.bookRow(ctx.db, book, version);
  if (row === undefined && version !== undefined && version > 0) throw notFound("version", String(version));
  if (row === undefined)
    return { book, version: 0, document: SHIPPED[book], reason: "", changedBy: null, changedAt: null };
  return { ...headOf(row), document: row.document };
}

export async function listVersions(
  ctx: Context,
  actor: Actor,
  book: RuleBookName,
  page: PageRequest,
): Promise<{ data: Omit<RuleBook, "document">[]; nextCursor: string | null }> {
  requirePermission(actor, "compliance.read", {});
  const { rows, nextCursor } = await store.bookPage(ctx.db, book, page);
  return { data: rows.map(headOf), nextCursor };
}

/** Writes the next version. @throws Refusal `invalid_input` naming each wrong place; `conflict` when somebody was faster */
export async function changeBook(
  ctx: Context,
  actor: Actor,
  book: RuleBookName,
  change: RuleBookChange,
): Promise<RuleBook> {
  requirePermission(actor, "compliance.write", {});
  const read = RULE_BOOKS[book].safeParse(change.document);
  if (!read.success)
    throw complaints(read.error.issues.map(({ path, message }) => ({ path: path.join("."), message })));
  const problems = bookProblems(book, read.data as never);
  if (problems.length > 0) throw complaints(problems);
  await transact(ctx, async (tx) => {
    const before = await store.bookRow(tx.db, book);
    if ((before?.version ?? 0) !== change.version) throw changedMeanwhile("set of rules", change.version);
    const row = {
      book,
      version: change.version + 1,
      document: JSON.stringify(read.data),
      reason: change.reason,
      changed_by: personOf(actor),
      changed_name: actor.name,
      changed_at: tx.clock.now(),
    };
    if (!(await store.insertBook(tx.db, row))) throw changedMeanwhile("set of rules", change.version);
    await audit.record(tx, actor, {
      action: "compliance.rules_changed",
      subjectKind: "rule_book",
      subjectId: book,
      before: before?.document ?? SHIPPED[book],
      after: read.data,
      reason: change.reason,
    });
  });
  return await readBook(ctx, actor, book);
}

function complaints(problems: readonly { path: string; message: string }[]): Refusal {
  const [first] = problems;
  return new Refusal(
    "invalid_input",
    `${first?.path ?? ""}: ${first?.message ?? ""}${problems.length > 1 ? ` (and ${problems.length - 1} more)` : ""}`,
    problems.slice(0, 50).map(({ path, message }) => ({ field: path, value: "", message })),
  );
}

function headOf(row: store.BookRow): Omit<RuleBook, "document"> {
  return {
    book: row.book as RuleBookName,
    version: row.version,
    reason: row.reason,
    changedBy: row.changed_name,
    changedAt: row.changed_at.toISOString(),
  };
}
