import {
  type NewTransition,
  NewTransition as NewTransitionSchema,
  PartnerEntity,
  PartnerKind,
  type Transition,
  type TransitionConsequence,
  type TransitionSubject,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, notifyChange, type Page, type PageRequest, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { programsByIds, regionById } from "../programs/index.ts";
import { noteTraits } from "./attributes-by-day.ts";
import { missingFor } from "./missing-fields.ts";
import { refuseNewOffers } from "./restrictions.ts";
import { readablePartner, touchOf } from "./service.ts";
import { ruleOfKind } from "./store/activation.ts";
import * as partners from "./store/partners.ts";
import * as store from "./store/transitions.ts";

type Wanted = { readonly subject: TransitionSubject; readonly to: string | null };

/** What follows from a transition; nothing is changed. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export async function lookAtTransition(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  wanted: Wanted,
): Promise<readonly TransitionConsequence[]> {
  const partner = await changeable(ctx, actor, partnerId, wanted);
  await checkWanted(ctx, partner, wanted);
  return await consequencesOf(ctx, partner, wanted);
}

/** Plans a transition, or does it at once when its day has come. @throws Refusal `not_found`, `forbidden`, `invalid_input`, `partner_restricted` */
export async function planTransition(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  given: NewTransition,
): Promise<Transition> {
  const input = NewTransitionSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const partner = await changeable(tx, actor, partnerId, input);
    await checkWanted(tx, partner, input);
    const id = tx.ids.next("trn");
    await store.insertTransition(tx.db, {
      transition_id: id,
      partner_id: partnerId,
      subject: input.subject,
      from_value: standsAs(partner, input.subject),
      to_value: input.to,
      effective_on: input.effectiveOn,
      reason: input.reason,
      consequences: JSON.stringify(await consequencesOf(tx, partner, input)),
      state: "planned",
      created_by: personOf(actor),
      created_name: actor.name,
      created_at: tx.clock.now(),
    });
    const after = { transition: id, subject: input.subject, to: input.to, effectiveOn: input.effectiveOn };
    await note(tx, actor, "partners.transition_planned", partnerId, undefined, after, input.reason);
    if (input.effectiveOn <= dayOf(tx.clock.now(), "UTC")) await carryOut(tx, actor, id);
    return transitionWire((await store.transitionRow(tx.db, id)) as store.TransitionRow);
  });
}

/** @throws Refusal `not_found`, `forbidden`, `wrong_state` */
export async function cancelTransition(ctx: Context, actor: Actor, id: string, reason: string): Promise<Transition> {
  return await transact(ctx, async (tx) => {
    const row = await store.transitionRow(tx.db, id);
    if (row === undefined) throw notFound("transition", id);
    const partner = await readablePartner(tx, actor, row.partner_id).catch(() => undefined);
    if (partner === undefined || actor.partnerId !== undefined) throw notFound("transition", id);
    requirePermission(actor, "partners.write", touchOf(partner));
    if (row.state !== "planned") throw new Refusal("wrong_state", `This transition is ${row.state} already.`);
    const saved = await store.updateTransition(tx.db, id, { state: "cancelled" });
    await note(tx, actor, "partners.transition_cancelled", row.partner_id, undefined, { transition: id }, reason);
    return transitionWire(saved);
  });
}

export async function listTransitions(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  page: PageRequest,
): Promise<Page<Transition>> {
  await readablePartner(ctx, actor, partnerId);
  if (actor.partnerId !== undefined) return { rows: [], nextCursor: null };
  const { rows, nextCursor } = await store.transitionPage(ctx.db, partnerId, page);
  return { rows: rows.map(transitionWire), nextCursor };
}

/** Does what is due; one that is not possible any more says why and hinders no other. @returns how many */
export async function doDueTransitions(ctx: Context): Promise<number> {
  const due = await store.dueTransitions(ctx.db, dayOf(ctx.clock.now(), "UTC"));
  for (const id of due) {
    try {
      await transact(ctx, (tx) => carryOut(tx, systemActor("partners"), id));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await store.updateTransition(ctx.db, id, { state: "refused", problem: error.message });
    }
  }
  return due.length;
}

async function carryOut(tx: Context, actor: Actor, id: string): Promise<void> {
  const row = await store.transitionRow(tx.db, id);
  if (row?.state !== "planned") return;
  const [before] = await partners.partnerRows(tx.db, [row.partner_id]);
  if (before === undefined) return;
  const subject = row.subject as TransitionSubject;
  await checkWanted(tx, before, { subject, to: row.to_value });
  if (subject === "program") await partners.join(tx.db, row.partner_id, row.to_value ?? "", tx.clock.now());
  else await partners.updatePartner(tx.db, row.partner_id, before.revision, columnOf(subject, row.to_value));
  const [after] = await partners.partnerRows(tx.db, [row.partner_id]);
  if (after !== undefined) await noteTraits(tx.db, row.partner_id, before, after, dayOf(tx.clock.now(), "UTC"));
  await store.updateTransition(tx.db, id, { state: "done", done_at: tx.clock.now() });
  await notifyChange(tx, "partners", row.partner_id);
  await announce(tx, "partners.transitioned", {
    ...{ transitionId: id, partnerId: row.partner_id, subject, from: row.from_value, to: row.to_value },
  });
  const [old, now] = [{ [subject]: standsAs(before, subject) }, { [subject]: row.to_value, transition: id }];
  await note(tx, actor, "partners.transitioned", row.partner_id, old, now, row.reason);
}

function columnOf(subject: Exclude<TransitionSubject, "program">, to: string | null) {
  if (subject === "kind") return { kind: to ?? "" };
  return subject === "entity" ? { entity: to } : { region_id: to };
}

function standsAs(partner: partners.PartnerRow, subject: TransitionSubject): string | null {
  if (subject === "kind") return partner.kind;
  if (subject === "entity") return partner.entity;
  return subject === "region" ? partner.region_id : partner.program_ids.join(",") || null;
}

/** @throws Refusal `invalid_input`, `partner_restricted` */
async function checkWanted(ctx: Context, partner: partners.PartnerRow, { subject, to }: Wanted): Promise<void> {
  const wrong = (message: string): never => {
    throw invalid("to", to ?? "", message);
  };
  if (subject !== "program" && standsAs(partner, subject) === to) wrong("is what the partner is already");
  if (subject === "kind" && !PartnerKind.safeParse(to).success) wrong("is no kind of partner");
  if (subject === "entity" && !PartnerEntity.safeParse(to).success) wrong("is neither individual nor company");
  if (subject === "region" && to !== null && (await regionById(ctx.db, to)) === undefined) wrong("is not a region");
  if (subject !== "program") return;
  if (to === null || (await programsByIds(ctx.db, [to])).length === 0) wrong("is not a program");
  if (to !== null && partner.program_ids.includes(to)) wrong("is a program that it works in already");
  await refuseNewOffers(ctx, partner.partner_id);
}

async function consequencesOf(
  ctx: Context,
  partner: partners.PartnerRow,
  { subject, to }: Wanted,
): Promise<readonly TransitionConsequence[]> {
  const found: TransitionConsequence[] = [];
  const add = (code: TransitionConsequence["code"], count: number | null = null, detail = "") =>
    found.push({ code, count, detail });
  if (subject === "kind" && to !== null) {
    add("terms_by_kind");
    const rule = await ruleOfKind(ctx.db, to);
    if (rule !== undefined && rule.procedure !== (await ruleOfKind(ctx.db, partner.kind))?.procedure)
      add("other_procedure", null, rule.procedure);
    const status = partner.status === "paused" ? "active" : (partner.status as "active");
    const missing = await missingFor(ctx.db, { partner_id: partner.partner_id, kind: to }, status);
    if (missing.length > 0) add("fields_missing", missing.length, missing.map(({ title }) => title.en).join(", "));
    const below = await store.countBelow(ctx.db, partner.partner_id);
    if (below > 0) add("sub_partners", below);
  }
  if (subject === "entity") {
    add("documents_again");
    add("payee_again");
  }
  if (subject === "region") {
    add("other_people_see");
    if (partner.owner_user_id !== null) add("owner_sees");
  }
  if (subject === "program") {
    add("joins_program");
    add("terms_needed");
  }
  add("history_stays");
  return found;
}

/** Whoever moves a partner to another region may write in both. */
async function changeable(ctx: Context, actor: Actor, id: string, wanted: Wanted): Promise<partners.PartnerRow> {
  const partner = await readablePartner(ctx, actor, id);
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "What a partner is, the operator says.");
  requirePermission(actor, "partners.write", touchOf(partner));
  if (wanted.subject === "region")
    requirePermission(actor, "partners.write", touchOf({ ...partner, region_id: wanted.to }));
  return partner;
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  partnerId: string,
  before: object | undefined,
  after: object,
  reason: string,
): Promise<void> {
  const subject = { subjectKind: "partner", subjectId: partnerId, partnerId };
  await audit.record(tx, actor, { action, ...subject, before, after, reason });
}

function transitionWire(row: store.TransitionRow): Transition {
  return {
    id: row.transition_id,
    partnerId: row.partner_id,
    subject: row.subject as TransitionSubject,
    from: row.from_value,
    to: row.to_value,
    effectiveOn: row.effective_on,
    reason: row.reason,
    consequences: row.consequences as TransitionConsequence[],
    state: row.state as Transition["state"],
    problem: row.problem,
    createdBy: row.created_by,
    createdName: row.created_name,
    createdAt: row.created_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
  };
}
