import { createHash } from "node:crypto";
import type { Handover, HandoverDraft, LaunchGate, NewHandover } from "@tributary/contract";
import { type Actor, personOf, requirePermission, userEmails } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../../kernel/refusals.ts";
import { getPartner, isSignatory, type PartnerView, partnerTouch } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import type { OnboardingNeeds } from "../contracts.ts";
import { readiness } from "../readiness.ts";
import {
  documentOf,
  giveWord,
  type HandoverRow,
  handoverRow,
  handoversOf,
  insertHandover,
  nextNumber,
} from "../store/handovers.ts";
import { handoverWire } from "../wire.ts";
import { handoverContent } from "./content.ts";
import { handoverPaper } from "./paper.ts";

/** The page as it would be frozen now, and what was frozen before. */
export async function handoverDraft(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: NewHandover,
  needs: OnboardingNeeds,
): Promise<HandoverDraft> {
  const partner = await getPartner(ctx, actor, partnerId);
  const gates = await openGates(ctx, actor, partner, needs, input.language);
  const content = await handoverContent(ctx, partner, input, needs, gates);
  return { content, frozen: (await handoversOf(ctx.db, partnerId)).map(handoverWire) };
}

async function openGates(
  ctx: Context,
  actor: Actor,
  partner: PartnerView,
  needs: OnboardingNeeds,
  language: string,
): Promise<readonly LaunchGate[]> {
  const { launch, gates } = await readiness(ctx, actor, partner.id, needs, language);
  return gates.length > 0 ? gates : (launch?.gates ?? []).filter((gate) => gate.how === "waived");
}

/** Freezes the page as a document that nobody can change; both sides acknowledge exactly this one. */
export async function freezeHandover(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: NewHandover,
  needs: OnboardingNeeds,
): Promise<Handover> {
  requirePermission(actor, "partners.write", await partnerTouch(ctx, partnerId));
  return await transact(ctx, async (tx) => {
    const partner = await getPartner(tx, actor, partnerId);
    if (partner.status !== "active" && partner.status !== "paused")
      throw new Refusal(
        "wrong_state",
        `${partner.name} is ${partner.status}: a partner is handed over after its launch.`,
      );
    if (input.programId !== null && (await programById(tx.db, input.programId)) === undefined)
      throw notFound("program", input.programId);
    const { caseId } = await readiness(tx, actor, partnerId, needs, input.language);
    const gates = await openGates(tx, actor, partner, needs, input.language);
    const content = await handoverContent(tx, partner, input, needs, gates);
    const id = tx.ids.next("hdv");
    const document = await handoverPaper(content, id, tx.clock.now());
    const row: HandoverRow = {
      handover_id: id,
      partner_id: partnerId,
      program_id: input.programId,
      case_id: caseId,
      number: await nextNumber(tx.db, partnerId),
      language: input.language,
      content,
      sha256: createHash("sha256").update(document).digest("hex"),
      frozen_by: personOf(actor),
      frozen_name: actor.name,
      frozen_at: tx.clock.now(),
      operator_by: null,
      operator_name: null,
      operator_at: null,
      partner_by: null,
      partner_name: null,
      partner_at: null,
      revision: 1,
    };
    await insertHandover(tx.db, row, document);
    await record(tx, actor, row, "onboarding.handover_frozen");
    return handoverWire(row);
  });
}

export async function getHandover(ctx: Context, actor: Actor, id: string): Promise<Handover> {
  return handoverWire(await readable(ctx, actor, id));
}

/** Frozen handovers of a partner, the newest first; its own people see their own. */
export async function listHandovers(
  ctx: Context,
  actor: Actor,
  asked: string | undefined,
): Promise<{ data: Handover[] }> {
  const partnerId = actor.partnerId ?? asked;
  if (partnerId === undefined || (actor.partnerId !== undefined && asked !== undefined && asked !== actor.partnerId))
    throw notFound("partner", asked ?? "");
  await getPartner(ctx, actor, partnerId);
  return { data: (await handoversOf(ctx.db, partnerId)).map(handoverWire) };
}

/** The frozen file, as it was hashed. */
export async function handoverDocument(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const row = await readable(ctx, actor, id);
  const bytes = await documentOf(ctx.db, id);
  if (bytes === undefined) throw notFound("handover", id);
  return { name: `handover-${row.number}-${row.partner_id}.pdf`, bytes };
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<HandoverRow> {
  const row = await handoverRow(ctx.db, id);
  const partner = row === undefined ? undefined : await getPartner(ctx, actor, row.partner_id).catch(() => undefined);
  if (row === undefined || partner === undefined) throw notFound("handover", id);
  return row;
}

/**
 * One side says that it is so. The operator's word is the account manager's or the deputy's; the partner's word is a signatory's, and nobody speaks for both.
 * @throws Refusal `forbidden`, `not_signatory`, `conflict` for another document than this one, `wrong_state`
 */
export async function acknowledgeHandover(
  ctx: Context,
  actor: Actor,
  id: string,
  given: { readonly revision: number; readonly sha256: string },
): Promise<Handover> {
  if (actor.kind !== "user" && actor.kind !== "partner_user")
    throw new Refusal("forbidden", "A handover is acknowledged by a person who signs in, not by a key.");
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id);
    const side = actor.partnerId === undefined ? "operator" : "partner";
    if (row.sha256 !== given.sha256) throw new Refusal("conflict", "This is not the document that was frozen.");
    const [newest] = await handoversOf(tx.db, row.partner_id);
    if (newest?.handover_id !== id)
      throw new Refusal("wrong_state", "There is a newer handover: acknowledge that one.");
    if (side === "operator") await requireOwner(tx, actor, row.partner_id);
    else await requireSignatory(tx, actor, row.partner_id);
    if ((side === "operator" ? row.operator_at : row.partner_at) !== null)
      throw new Refusal("wrong_state", "This side has acknowledged it already.");
    if (row.revision !== given.revision) throw changedMeanwhile("handover", given.revision);
    if (!(await giveWord(tx.db, row, side, { id: personOf(actor), name: actor.name, at: tx.clock.now() })))
      throw changedMeanwhile("handover", given.revision);
    await record(tx, actor, row, "onboarding.handover_acknowledged");
    const saved = await handoverRow(tx.db, id);
    if (saved === undefined) throw notFound("handover", id);
    return handoverWire(saved);
  });
}

async function requireOwner(tx: Context, actor: Actor, partnerId: string): Promise<void> {
  const partner = await getPartner(tx, actor, partnerId);
  const person = personOf(actor);
  if (person !== partner.ownerUserId && person !== partner.deputyUserId)
    throw new Refusal("forbidden", "The account manager or the deputy acknowledges it: they are who takes over.");
}

async function requireSignatory(tx: Context, actor: Actor, partnerId: string): Promise<void> {
  const email = (await userEmails(tx.db, [personOf(actor)])).get(personOf(actor));
  if (email === undefined || !(await isSignatory(tx, partnerId, email)))
    throw new Refusal("not_signatory", "Somebody who may sign for the partner acknowledges it.");
}

async function record(tx: Context, actor: Actor, row: HandoverRow, action: string): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "partner",
    subjectId: row.partner_id,
    partnerId: row.partner_id,
    after: { handoverId: row.handover_id, number: row.number, sha256: row.sha256 },
  });
}
