import type { CaseEvidence } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, openFile, transact, type Vault } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { doerOf, requireSight, touchOf } from "./acting.ts";
import { addEvents, byActor, holdCase } from "./cases.ts";
import { MOST_BYTES, writeEvidence } from "./evidence.ts";
import { seenCase } from "./reading.ts";
import { evidenceById } from "./store/evidence.ts";

/** Keeps a file as evidence of a case. @throws Refusal `too_large`, `bad_request` for an empty one, `wrong_state` when the case is dropped */
export async function addFile(
  ctx: Context,
  actor: Actor,
  vault: Vault,
  caseId: string,
  file: { readonly name: string; readonly mediaType: string; readonly bytes: AsyncIterable<Buffer> },
): Promise<CaseEvidence> {
  const bytes = await wholeOf(file.bytes);
  return await transact(ctx, async (tx) => {
    const loaded = await holdCase(tx, caseId);
    const touch = await touchOf(tx, loaded.row);
    requireSight(actor, touch, caseId);
    if (loaded.state.status === "dropped") throw new Refusal("wrong_state", "This case is dropped: reopen it first.");
    const doer = doerOf(actor, touch);
    const { name, mediaType } = file;
    const [event] = await writeEvidence(tx, loaded.row, doer, {
      vault,
      items: [{ kind: "file", name, mediaType, bytes }],
    });
    if (event === undefined) throw new Error("one file, one piece of evidence");
    await addEvents(tx, loaded, [event], byActor(actor));
    const { evidence: id, sha256 } = event;
    await audit.record(tx, actor, {
      action: "procedures.evidence_added",
      subjectKind: "procedure_case",
      subjectId: caseId,
      partnerId: loaded.row.partner_id,
      after: { evidence: id, name, sha256 },
    });
    const addedAt = tx.clock.now().toISOString();
    return { id, kind: "file", name, mediaType, sha256, addedBy: actor.name, addedAt };
  });
}

/** A piece of evidence with what it says. That somebody looked is in the trail. @throws Refusal `not_found` */
export async function openEvidence(
  ctx: Context,
  actor: Actor,
  vault: Vault,
  caseId: string,
  evidenceId: string,
): Promise<{ readonly name: string; readonly kind: string; readonly bytes: Buffer }> {
  return await transact(ctx, async (tx) => {
    await seenCase(tx, actor, caseId);
    const found = await evidenceById(tx.db, evidenceId);
    if (found === undefined || found.case_id !== caseId) throw notFound("evidence", evidenceId);
    const { name, kind, sha256, sealed_key: sealedKey, body } = found;
    // Without a key: kept before evidence was encrypted.
    const bytes = sealedKey === null ? body : openFile(vault, evidenceId, { bytes: body, sealedKey, sha256 });
    await audit.record(tx, actor, {
      action: "procedures.evidence_opened",
      subjectKind: "procedure_case",
      subjectId: caseId,
      partnerId: found.partner_id,
      after: { evidence: evidenceId, name },
    });
    return { name, kind, bytes };
  });
}

async function wholeOf(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    size += part.length;
    if (size > MOST_BYTES) throw new Refusal("too_large", "A piece of evidence may have 10 MB at most.");
    kept.push(part);
  }
  if (size === 0) throw new Refusal("bad_request", "The file is empty.");
  return Buffer.concat(kept);
}
