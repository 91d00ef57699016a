import type { LeadDetail, LeadLoss, LeadMove, LeadReopening, LeadWin, LikenessDecision } from "@tributary/contract";
import { type Actor, personOf, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { createContact, createPartner, fittingTexts, setFields } from "../partners/index.ts";
import { getLead, touchOf, writableLead } from "./leads.ts";
import { takeOverByPartner } from "./store/activities.ts";
import * as store from "./store/leads.ts";
import * as likenesses from "./store/likenesses.ts";
import { reasonRows, stageRows } from "./store/settings.ts";
import { mergeInto } from "./take.ts";

/** An open lead goes to another open stage. */
export async function moveLead(ctx: Context, actor: Actor, id: string, move: LeadMove): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await openLead(tx, actor, id);
    const stage = (await stageRows(tx.db)).find((one) => one.stage_id === move.stageId && one.active);
    if (stage === undefined) throw invalid("stageId", move.stageId, "is not a stage");
    if (stage.outcome !== null)
      throw invalid("stageId", move.stageId, "ends the way", "Win or lose the lead: both ask for more than a stage.");
    if (stage.stage_id === row.stage_id) return;
    await endStage(tx, actor, row, move.revision, move.stageId, {});
  });
  return await getLead(ctx, actor, id);
}

/** An open lead is lost, for a reason of the catalogue. */
export async function loseLead(ctx: Context, actor: Actor, id: string, loss: LeadLoss): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await openLead(tx, actor, id);
    const reason = (await reasonRows(tx.db)).find((one) => one.reason_id === loss.reason && one.active);
    if (reason === undefined) throw invalid("reason", loss.reason, "is not a reason of the catalogue");
    const end = { status: "lost", lost_reason: loss.reason, lost_note: loss.note, ended_at: tx.clock.now() };
    await endStage(tx, actor, row, loss.revision, "lost", end, loss.note);
    await announce(tx, "pipeline.lead_lost", { leadId: id, reason: loss.reason });
  });
  return await getLead(ctx, actor, id);
}

/**
 * An open lead becomes a partner: the partner with all that is known of the lead, its contact, what was said and done, all in one transaction.
 * @throws Refusal `already_exists` when a partner has the code
 */
export async function winLead(ctx: Context, actor: Actor, id: string, win: LeadWin): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await openLead(tx, actor, id);
    if (row.revision !== win.revision) throw changedMeanwhile("lead", win.revision);
    requirePermission(actor, "partners.write", touchOf(row));
    const answers = row.answers as Readonly<Record<string, string>>;
    const own = await fittingTexts(tx.db, row.kind, answers);
    const partner = await createPartner(tx, actor, {
      code: win.code,
      name: row.name,
      kind: row.kind as "affiliate",
      regionId: row.region_id,
      country: row.country,
      language: row.language,
      email: row.email,
      website: row.website,
      ownerUserId: row.owner_user_id ?? personOf(actor),
      parentPartnerId: row.recruiter_partner_id,
      tags: [...new Set([...row.tags, ...(row.source === null ? [] : [row.source.slice(0, 40)])])].slice(0, 30),
      note: carriedWords(row, own),
    });
    // What somebody applied with is kept whoever wins the lead, also in fields that this person may not write.
    if (Object.keys(own).length > 0) await setFields(tx, systemActor("application"), partner.id, own);
    if (row.email !== "") {
      const name = row.contact_name === "" ? row.name : row.contact_name;
      await createContact(tx, actor, partner.id, { name, email: row.email, phone: row.phone });
    }
    await takeOverByPartner(tx.db, id, partner.id);
    const end = { status: "won", partner_id: partner.id, ended_at: tx.clock.now(), duplicates_open: false };
    await endStage(tx, actor, row, win.revision, "won", end);
    await announce(tx, "pipeline.lead_won", {
      leadId: id,
      partnerId: partner.id,
      kind: partner.kind,
      programId: row.program_id,
    });
  });
  return await getLead(ctx, actor, id);
}

/** What has no field of its own on the partner is kept in its note. */
function carriedWords(row: store.LeadRow, own: Readonly<Record<string, unknown>>): string {
  const handles = row.handles as unknown as readonly { readonly kind: string; readonly handle: string }[];
  const answers = Object.entries(row.answers as Readonly<Record<string, string>>).filter(
    ([question]) => !(question in own),
  );
  const lines = [
    row.note,
    ...handles.map((one) => `${one.kind}: ${one.handle}`),
    ...answers.map(([question, answer]) => `${question}: ${answer}`),
    row.source_raw === "" ? "" : `source: ${row.source_raw}`,
  ];
  return lines
    .filter((one) => one !== "")
    .join("\n")
    .slice(0, 10_000);
}

/** A lost lead is worked on again, and why is kept. A won lead is a partner and stays one: what goes wrong then is the partner's story. */
export async function reopenLead(ctx: Context, actor: Actor, id: string, given: LeadReopening): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await writableLead(tx, actor, id);
    if (row.status === "won")
      throw new Refusal(
        "wrong_state",
        "This lead became a partner. A partner is deactivated on its own page, where all that hangs on it is shown; the lead stays won.",
      );
    if (row.status !== "lost") throw new Refusal("wrong_state", "Only a lost lead can be reopened.");
    const back = (await store.movesOf(tx.db, id)).at(-1)?.from_stage ?? "new";
    const fresh = { status: "open", lost_reason: null, lost_note: "", ended_at: null };
    await endStage(tx, actor, row, given.revision, back, fresh, given.reason);
  });
  return await getLead(ctx, actor, id);
}

async function openLead(tx: TxContext, actor: Actor, id: string): Promise<store.LeadRow> {
  const row = await writableLead(tx, actor, id);
  if (row.status !== "open") throw new Refusal("wrong_state", `This lead is ${row.status}, not open.`);
  return row;
}

async function endStage(
  tx: TxContext,
  actor: Actor,
  row: store.LeadRow,
  revision: number,
  to: string,
  change: Parameters<typeof store.updateLead>[3],
  reason?: string,
): Promise<void> {
  const now = tx.clock.now();
  const saved = await store.updateLead(tx.db, row.lead_id, revision, {
    stage_id: to,
    stage_since: now,
    updated_at: now,
    ...change,
  });
  if (saved === undefined) throw changedMeanwhile("lead", revision);
  const move = { lead_id: row.lead_id, from_stage: row.stage_id, to_stage: to, at: now };
  await store.noteMove(tx.db, { ...move, by_id: actor.id, by_name: actor.name });
  await audit.record(tx, actor, {
    action: "pipeline.lead_moved",
    subjectKind: "lead",
    subjectId: row.lead_id,
    before: { stage: row.stage_id, status: row.status },
    after: {
      stage: to,
      status: saved.status,
      ...(saved.lost_reason === null ? {} : { lostReason: saved.lost_reason }),
    },
    ...(reason === undefined || reason === "" ? {} : { reason }),
    ...(saved.partner_id === null ? {} : { partnerId: saved.partner_id }),
  });
}

/** What a person says of a likeness: the same and put together, the same partner, or somebody else. */
export async function decideLikeness(
  ctx: Context,
  actor: Actor,
  id: string,
  likenessId: string,
  given: LikenessDecision,
): Promise<LeadDetail> {
  await transact(ctx, async (tx) => {
    const row = await writableLead(tx, actor, id);
    const all = await likenesses.likenessesOf(tx.db, id);
    const one = all.find((like) => String(like.likeness_id) === likenessId);
    if (one === undefined) throw notFound("likeness", likenessId);
    if (row.status === "merged") throw new Refusal("wrong_state", "This lead was merged already.");
    if (given.decision === "merged" && one.other_kind !== "lead")
      throw invalid("decision", given.decision, "is for leads", "A lead is linked to a partner, not merged into it.");
    const at = tx.clock.now();
    await likenesses.decideLikeness(tx.db, one.likeness_id, {
      state: given.decision,
      by: actor.id,
      name: actor.name,
      at,
    });
    if (given.decision !== "different") await likenesses.settleRest(tx.db, id, at);
    await audit.record(tx, actor, {
      action: "pipeline.likeness_decided",
      subjectKind: "lead",
      subjectId: id,
      after: { other: one.other_id, decision: given.decision },
    });
    if (given.decision === "merged") await mergeInto(tx, actor, row, one.other_id);
    else {
      const rest = all.some((like) => like.state === "open" && like !== one);
      const open = given.decision === "different" && rest;
      await store.updateLead(tx.db, id, row.revision, { duplicates_open: open, updated_at: at });
    }
  });
  return await getLead(ctx, actor, id);
}
