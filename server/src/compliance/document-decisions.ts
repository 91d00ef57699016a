import type { DocumentAcceptance, DocumentRejection, PartnerDocument } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { acceptanceProblems } from "./core/documents.ts";
import { getDocument, kindOf, readableDocument } from "./documents.ts";
import * as store from "./store/documents.ts";
import { today } from "./today.ts";

type Change = Parameters<typeof store.changeDocument>[3];

/**
 * Says that a document is good, with what it says. A kind that asks for two people waits for the second one, who is somebody else.
 * What it replaces is replaced then, and kept.
 * @throws Refusal `invalid_input` for one that is too old, has ended, or lacks what its kind needs; `same_person`, `wrong_state`
 */
export async function acceptDocument(
  ctx: Context,
  actor: Actor,
  id: string,
  input: DocumentAcceptance,
): Promise<PartnerDocument> {
  return await decide(ctx, actor, id, input.revision, "compliance.document_accepted", input.reason, async (tx, row) => {
    requireState(row, ["submitted", "proposed"]);
    const kind = await kindOf(tx, row.kind);
    const problems = acceptanceProblems(kind, input, row.uploaded_at.toISOString().slice(0, 10), today(tx));
    if (problems.length > 0)
      throw new Refusal(
        "invalid_input",
        problems.map(({ field, message }) => `${field} ${message}`).join("; "),
        problems.map(({ field, message }) => ({ field, value: input[field] ?? "", message })),
      );
    const fields = {
      number: input.number,
      issued_on: input.issuedOn,
      expires_on: input.expiresOn,
      name_on_it: input.nameOnIt,
      reason: input.reason,
    };
    if (kind.fourEyes && row.state === "submitted")
      return { ...fields, state: "proposed", proposed_by: personOf(actor), proposed_name: actor.name };
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You said that this document is good: somebody else has to agree.");
    if (row.replaces !== null) await replaceOld(tx, row.replaces, id);
    return { ...fields, state: "accepted", ...decidedBy(actor, tx) };
  });
}

/** The one before is replaced; its file is kept as long as its kind says. */
async function replaceOld(tx: TxContext, oldId: string, id: string): Promise<void> {
  const old = await store.findDocument(tx.db, oldId);
  if (old !== undefined && old.state !== "withdrawn")
    await store.changeDocument(tx.db, oldId, old.revision, { state: "replaced", replaced_by: id });
}

/** Says, to the partner as well, why a document does not do. */
export async function rejectDocument(
  ctx: Context,
  actor: Actor,
  id: string,
  input: z.infer<typeof DocumentRejection>,
): Promise<PartnerDocument> {
  return await decide(ctx, actor, id, input.revision, "compliance.document_rejected", input.reason, async (tx, row) => {
    requireState(row, ["submitted", "proposed", "accepted"]);
    return { state: "rejected", reason: input.reason, proposed_by: null, proposed_name: null, ...decidedBy(actor, tx) };
  });
}

/** Whoever handed it in takes it back before anybody decided. */
export async function withdrawDocument(
  ctx: Context,
  actor: Actor,
  id: string,
  revision: number,
): Promise<PartnerDocument> {
  const row = await readableDocument(ctx, actor, id);
  requirePermission(actor, "documents.write", await partnerTouch(ctx, row.partner_id));
  if (actor.partnerId !== undefined && !row.by_partner)
    throw new Refusal("forbidden", "The operator handed this document in.");
  requireState(row, ["submitted"]);
  await transact(ctx, async (tx) => {
    if ((await store.changeDocument(tx.db, id, revision, { state: "withdrawn" })) === undefined)
      throw changedMeanwhile("document", revision);
    await audit.record(tx, actor, {
      action: "compliance.document_withdrawn",
      subjectKind: "document",
      subjectId: id,
      before: { state: row.state },
      after: { state: "withdrawn" },
      partnerId: row.partner_id,
    });
  });
  return await getDocument(ctx, actor, id);
}

const decidedBy = (actor: Actor, tx: Context) => ({
  decided_by: personOf(actor),
  decided_name: actor.name,
  decided_at: tx.clock.now(),
});

function requireState(row: store.DocumentRow, states: readonly string[]): void {
  if (!states.includes(row.state))
    throw new Refusal("wrong_state", `This document is ${row.state}: that cannot be done with it.`);
}

async function decide(
  ctx: Context,
  actor: Actor,
  id: string,
  revision: number,
  action: string,
  reason: string,
  change: (tx: TxContext, row: store.DocumentRow) => Promise<Change>,
): Promise<PartnerDocument> {
  await transact(ctx, async (tx) => {
    const row = await readableDocument(tx, actor, id);
    requirePermission(actor, "compliance.write", await partnerTouch(tx, row.partner_id));
    if (row.revision !== revision) throw changedMeanwhile("document", revision);
    const after = await change(tx, row);
    if ((await store.changeDocument(tx.db, id, revision, after)) === undefined)
      throw changedMeanwhile("document", revision);
    await audit.record(tx, actor, {
      action: after.state === "proposed" ? "compliance.document_proposed" : action,
      subjectKind: "document",
      subjectId: id,
      before: { state: row.state },
      after: { state: after.state, kind: row.kind, expiresOn: after.expires_on },
      reason,
      partnerId: row.partner_id,
    });
    if (after.state !== "proposed")
      await announce(tx, "compliance.document_decided", {
        documentId: id,
        partnerId: row.partner_id,
        state: after.state as string,
      });
  });
  return await getDocument(ctx, actor, id);
}
