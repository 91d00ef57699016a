import type { DocumentBook, DocumentKind, NewDocumentQuery, PartnerDocument } from "@tributary/contract";
import { type Actor, can, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, sealFile, type TxContext, transact, type Vault } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { sniff } from "./core/sniff.ts";
import * as store from "./store/documents.ts";
import { findPerson, peopleOf } from "./store/people.ts";

const MOST_BYTES = 15 * 1024 * 1024;

/**
 * Keeps a document, sealed. It waits to be looked at; what it replaces stays until this one is accepted.
 * @throws Refusal `unsupported_media_type` naming what it is, `too_large`, `invalid_input`, `not_found`
 */
export async function addDocument(
  ctx: Context,
  actor: Actor,
  vault: Vault,
  input: NewDocumentQuery,
  bytes: Buffer,
): Promise<PartnerDocument> {
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed");
  requirePermission(actor, "documents.write", await partnerTouch(ctx, partnerId));
  const kind = await kindOf(ctx, input.kind);
  if (bytes.length === 0) throw invalid("file", "", "is empty");
  if (bytes.length > MOST_BYTES) throw new Refusal("too_large", "A document may have 15 MB at most.");
  const found = sniff(bytes);
  if ("refused" in found)
    throw new Refusal(
      "unsupported_media_type",
      `This file is ${found.refused}. A document is a PDF, JPEG, PNG, WebP or HEIC.`,
    );
  const id = ctx.ids.next("doc");
  const sealed = sealFile(vault, id, bytes);
  await transact(ctx, async (tx) => {
    await checkOwner(tx, partnerId, input.personId, kind);
    if (input.replaces !== undefined) await replaceable(tx, partnerId, input.replaces, input.kind);
    const row = {
      document_id: id,
      partner_id: partnerId,
      person_id: input.personId ?? null,
      kind: input.kind,
      state: "submitted",
      file_name: input.name.replaceAll(/[\p{C}/\\]/gu, "_"),
      media_type: found.mediaType,
      size: bytes.length,
      sha256: sealed.sha256,
      sealed_key: sealed.sealedKey,
      number: input.number,
      issued_on: input.issuedOn ?? null,
      expires_on: input.expiresOn ?? null,
      name_on_it: input.nameOnIt,
      note: input.note,
      replaces: input.replaces ?? null,
      uploaded_by: personOf(actor),
      uploaded_name: actor.name,
      uploaded_at: tx.clock.now(),
      by_partner: actor.partnerId !== undefined,
    };
    await store.insertDocument(tx.db, row, sealed.bytes);
    await audit.record(tx, actor, {
      action: "compliance.document_added",
      subjectKind: "document",
      subjectId: id,
      after: {
        kind: input.kind,
        fileName: row.file_name,
        mediaType: found.mediaType,
        size: bytes.length,
        sha256: sealed.sha256,
      },
      partnerId,
    });
  });
  return await getDocument(ctx, actor, id);
}

export async function kindOf(ctx: Context, code: string): Promise<DocumentKind> {
  const { document } = await bookInForce(ctx, "documents");
  const kind = document.kinds.find((one) => one.code === code);
  if (kind === undefined) throw invalid("kind", code, "is no kind of document");
  return kind;
}

async function checkOwner(
  tx: TxContext,
  partnerId: string,
  personId: string | undefined,
  kind: DocumentKind,
): Promise<void> {
  if (personId === undefined) {
    if (kind.owners.every((owner) => owner === "person"))
      throw invalid("personId", "", "is needed: this kind is of somebody behind the partner");
    return;
  }
  if ((await findPerson(tx.db, partnerId, personId)) === undefined) throw notFound("person", personId);
  if (!kind.owners.includes("person"))
    throw invalid("kind", kind.code, "is asked of the partner itself, not of somebody behind it");
}

/** A newer one of the same kind; what nobody accepted yet gives way at once. */
async function replaceable(tx: TxContext, partnerId: string, id: string, kind: string): Promise<void> {
  const old = await store.findDocument(tx.db, id);
  if (old === undefined || old.partner_id !== partnerId) throw notFound("document", id);
  if (old.kind !== kind) throw invalid("replaces", id, "is of another kind");
  if (old.state === "submitted" || old.state === "rejected")
    await store.changeDocument(tx.db, id, old.revision, { state: "replaced" });
  else if (old.state !== "accepted")
    throw new Refusal("wrong_state", `This document is ${old.state}: it cannot be replaced.`);
}

/** A page of documents within the reader's reach, the newest first. */
export async function listDocuments(
  ctx: Context,
  actor: Actor,
  query: store.DocumentFilter & PageRequest,
): Promise<{ data: PartnerDocument[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "documents.read");
  const { rows, nextCursor } = await store.documentPage(ctx.db, within, query, query);
  return { data: await wires(ctx, actor, rows), nextCursor };
}

/** @throws Refusal not_found also for one that the actor may not see */
export async function getDocument(ctx: Context, actor: Actor, id: string): Promise<PartnerDocument> {
  const [wire] = await wires(ctx, actor, [await readableDocument(ctx, actor, id)]);
  return wire as PartnerDocument;
}

export async function readableDocument(ctx: Context, actor: Actor, id: string): Promise<store.DocumentRow> {
  const row = await store.findDocument(ctx.db, id);
  const within = await reachOf(ctx, actor, "documents.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id })) throw notFound("document", id);
  return row;
}

/** A partner opens what it handed in; staff opens by the kind: identity papers only who may see identities. */
export async function mayOpen(
  ctx: Context,
  actor: Actor,
  row: store.DocumentRow,
  book: DocumentBook,
): Promise<boolean> {
  if (row.gone_at !== null) return false;
  if (actor.partnerId !== undefined) return row.by_partner;
  const touch = await partnerTouch(ctx, row.partner_id);
  const kind = book.kinds.find(({ code }) => code === row.kind);
  return (
    can(actor, kind?.seenBy === "staff" ? "documents.write" : "compliance.reveal", touch) ||
    can(actor, "compliance.approve", touch)
  );
}

async function wires(ctx: Context, actor: Actor, rows: readonly store.DocumentRow[]): Promise<PartnerDocument[]> {
  const { document: book } = await bookInForce(ctx, "documents");
  const people = await peopleOf(ctx.db, [...new Set(rows.map((row) => row.partner_id))]);
  const names = new Map(people.map((row) => [row.person_id, row.name]));
  const kept = await store.endedOf(ctx.db, [...new Set(rows.map((row) => row.partner_id))]);
  const wire: PartnerDocument[] = [];
  for (const row of rows) {
    const open = await mayOpen(ctx, actor, row, book);
    const kind = book.kinds.find(({ code }) => code === row.kind);
    const ended = kept.get(row.partner_id);
    wire.push({
      ...wireOf(row),
      personName: row.person_id === null ? null : (names.get(row.person_id) ?? "–"),
      kindName: kind?.name ?? { en: row.kind, es: row.kind },
      number: open ? row.number : "",
      nameOnIt: open ? row.name_on_it : "",
      note: actor.partnerId === undefined || row.by_partner ? row.note : "",
      keptUntil: ended === undefined ? null : yearsAfter(ended, kind?.retentionYears ?? 0),
      mayOpen: open,
    });
  }
  return wire;
}

export function yearsAfter(day: string, years: number): string {
  return Temporal.PlainDate.from(day).add({ years }).toString();
}

function wireOf(row: store.DocumentRow): Omit<PartnerDocument, "personName" | "kindName" | "keptUntil" | "mayOpen"> {
  return {
    id: row.document_id,
    partnerId: row.partner_id,
    personId: row.person_id,
    kind: row.kind,
    state: row.state as PartnerDocument["state"],
    fileName: row.file_name,
    mediaType: row.media_type,
    size: row.size,
    sha256: row.sha256,
    number: row.number,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    nameOnIt: row.name_on_it,
    note: row.note,
    replacedBy: row.replaced_by,
    uploadedBy: row.uploaded_name,
    uploadedAt: row.uploaded_at.toISOString(),
    byPartner: row.by_partner,
    proposedBy: row.proposed_name,
    decidedBy: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
    goneAt: row.gone_at?.toISOString() ?? null,
    revision: row.revision,
  };
}
