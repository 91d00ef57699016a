import { systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { partnersByIds } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { daysBetween } from "./core/documents.ts";
import { yearsAfter } from "./documents.ts";
import * as store from "./store/documents.ts";
import { today } from "./today.ts";

const PAGE = 500;
const CLOSED: ReadonlySet<string> = new Set(["deactivated", "rejected"]);

/** Tells, once each, that documents end in so many days, or have ended. A document whose reminders were missed is told of once. */
export async function remindOfEnds(ctx: Context): Promise<number> {
  const { document: book } = await bookInForce(ctx, "documents");
  const steps = [0, ...book.remindDays].sort((a, b) => a - b);
  const day = today(ctx);
  const last = steps.at(-1) ?? 0;
  let told = 0;
  for (const row of await store.endingDocuments(ctx.db, addDays(day, last + 1))) {
    const left = daysBetween(day, row.expires_on as string);
    const step = left < 0 ? 0 : steps.find((days) => days > 0 && left <= days);
    if (step === undefined || (row.reminded !== null && row.reminded <= step)) continue;
    await transact(ctx, async (tx) => {
      if (!(await store.noteReminder(tx.db, row.document_id, step, tx.clock.now()))) return;
      await announce(tx, step === 0 ? "compliance.document_expired" : "compliance.document_expiring", {
        documentId: row.document_id,
        partnerId: row.partner_id,
        kind: row.kind,
        expiresOn: row.expires_on,
        days: left,
      });
      told += 1;
    });
  }
  return told;
}

/**
 * Deletes files whose time is over: so many years, by their kind, after the relationship with the partner ended. Their records stay: that there was
 * a document, its hash, who accepted it.
 */
export async function forgetOldFiles(ctx: Context): Promise<number> {
  const { document: book } = await bookInForce(ctx, "documents");
  const years = new Map(book.kinds.map(({ code, retentionYears }) => [code, retentionYears]));
  const day = today(ctx);
  let gone = 0;
  for (let after = ""; ; ) {
    const rows = await store.keptDocuments(ctx.db, after, PAGE);
    const partners = await partnersByIds(ctx.db, [...new Set(rows.map((row) => row.partner_id))]);
    const split = Map.groupBy(partners, ({ status }) => CLOSED.has(status));
    const ids = (closed: boolean) => (split.get(closed) ?? []).map(({ partnerId }) => partnerId);
    await store.noteEnded(ctx.db, ids(true), ids(false), day);
    const ended = await store.endedOf(ctx.db, ids(true));
    for (const row of rows) {
      const from = ended.get(row.partner_id);
      // A kind that nobody knows any more is kept as long as the longest.
      if (from === undefined || yearsAfter(from, years.get(row.kind) ?? Math.max(0, ...years.values())) > day) continue;
      await forget(ctx, row, from);
      gone += 1;
    }
    if (rows.length < PAGE) return gone;
    after = rows.at(-1)?.document_id ?? "";
  }
}

async function forget(ctx: Context, row: store.DocumentRow, from: string): Promise<void> {
  await transact(ctx, async (tx) => {
    await store.forgetFile(tx.db, row.document_id, tx.clock.now());
    await audit.record(tx, systemActor("retention of documents"), {
      action: "compliance.document_forgotten",
      subjectKind: "document",
      subjectId: row.document_id,
      after: { kind: row.kind, sha256: row.sha256 },
      reason: `The relationship ended on ${from}.`,
      partnerId: row.partner_id,
    });
  });
}
