import type { DocumentLook } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, openFile, type PageRequest, transact, type Vault } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { partnerTouch } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { mayOpen, readableDocument } from "./documents.ts";
import * as store from "./store/documents.ts";

/**
 * The file of a document. That it was looked at, by whom and why, is written before a byte of it is handed out.
 * @throws Refusal `forbidden` for whoever may see that it is there but not what it says; `wrong_state` once its file is gone
 */
export async function openDocument(
  ctx: Context,
  actor: Actor,
  vault: Vault,
  id: string,
  purpose: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const row = await readableDocument(ctx, actor, id);
  if (row.sealed_key === null)
    throw new Refusal("wrong_state", "The file of this document was deleted when its time was over.");
  const { document: book } = await bookInForce(ctx, "documents");
  if (!(await mayOpen(ctx, actor, row, book)))
    throw new Refusal("forbidden", "Your roles let you see that this document is there, not what it says.");
  const sealed = await store.sealedFile(ctx.db, id);
  if (sealed === undefined) throw new Error(`document ${id} has a key and no file`);
  const bytes = openFile(vault, id, { bytes: sealed, sealedKey: row.sealed_key, sha256: row.sha256 });
  await transact(ctx, async (tx) => {
    await store.insertLook(tx.db, {
      document_id: id,
      partner_id: row.partner_id,
      viewer_id: personOf(actor),
      viewer_name: actor.name,
      purpose,
      seen_at: tx.clock.now(),
    });
    await audit.record(tx, actor, {
      action: "compliance.document_opened",
      subjectKind: "document",
      subjectId: id,
      after: { kind: row.kind },
      reason: purpose,
      partnerId: row.partner_id,
    });
  });
  return { name: row.file_name, mediaType: row.media_type, bytes };
}

/** Who looked at a document, when and why. For the operator. */
export async function listLooks(
  ctx: Context,
  actor: Actor,
  id: string,
  page: PageRequest,
): Promise<{ data: DocumentLook[]; nextCursor: string | null }> {
  const document = await readableDocument(ctx, actor, id);
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, document.partner_id));
  const { rows, nextCursor } = await store.lookPage(ctx.db, id, page);
  return {
    data: rows.map((row) => ({
      id: String(row.look_id),
      viewer: row.viewer_name,
      purpose: row.purpose,
      seenAt: row.seen_at.toISOString(),
    })),
    nextCursor,
  };
}
