import {
  type Closing,
  type ClosingPreview,
  type NewClosing,
  NewClosing as NewClosingSchema,
} from "@tributary/contract";
import type { z } from "zod";
import {
  type Actor,
  openKeysOf,
  peopleOfPartner,
  personOf,
  requirePermission,
  systemActor,
} from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, type TxContext, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../../kernel/refusals.ts";
import {
  closePartner,
  getPartner,
  launchPartner,
  liftRestriction,
  movePartner,
  type PartnerView,
  partnerTouch,
  placeRestriction,
} from "../../partners/index.ts";
import { openLinksOf } from "../../tracking/index.ts";
import type { OnboardingNeeds } from "../contracts.ts";
import {
  type ClosingRow,
  closingRow,
  closingsOf,
  closingsOver,
  insertClosing,
  type Stopped,
  updateClosing,
} from "../store/closings.ts";
import { closingWire } from "../wire.ts";
import { consequencesOf, shownHash } from "./consequences.ts";

const DAY = 86_400_000;

/** What closing the partner would mean, and what was decided about it before. */
export async function previewClosing(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  needs: OnboardingNeeds,
): Promise<ClosingPreview> {
  await getPartner(ctx, actor, partnerId);
  requirePermission(actor, "partners.write", await partnerTouch(ctx, partnerId));
  const consequences = await consequencesOf(ctx, partnerId, needs);
  const rows = await closingsOf(ctx.db, partnerId);
  const living = rows.find((one) => one.state === "proposed" || one.state === "done");
  return {
    consequences,
    hash: shownHash(consequences),
    twoPeople: consequences.some((one) => one.money),
    living: living === undefined ? null : closingWire(living),
    past: rows.filter((one) => one !== living).map(closingWire),
  };
}

/**
 * Proposes to close a partner; with no money open it is carried out at once, else when a second person confirms.
 * @throws Refusal `forbidden`, `consequences_changed`, `wrong_state`, `already_exists`
 */
export async function proposeClosing(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  given: NewClosing,
  needs: OnboardingNeeds,
): Promise<Closing> {
  const input = NewClosingSchema.parse(given);
  requirePerson(actor);
  return await transact(ctx, async (tx) => {
    const partner = await getPartner(tx, actor, partnerId);
    requirePermission(actor, "partners.write", await partnerTouch(tx, partnerId));
    refuseClosed(partner, input.kind);
    if ((await closingsOf(tx.db, partnerId)).some((one) => one.state === "proposed" || one.state === "done"))
      throw new Refusal("already_exists", "A closing of this partner waits or holds already.");
    const consequences = await consequencesOf(tx, partnerId, needs);
    refuseChanged(consequences, input.shownHash);
    const twoPeople = input.kind === "deactivation" && consequences.some((one) => one.money);
    const row = rowOf(tx, actor, partner, input, consequences, twoPeople);
    await insertClosing(tx.db, row);
    await record(tx, actor, row, "onboarding.closing_proposed", input.reason);
    return closingWire(twoPeople ? row : await carryOut(tx, actor, row, partner));
  });
}

function requirePerson(actor: Actor): void {
  if (actor.kind !== "user")
    throw new Refusal("forbidden", "A partner is closed by a person who signs in, not by a key.");
}

function refuseClosed(partner: PartnerView, kind: Closing["kind"]): void {
  const open = kind === "suspension" ? ["active"] : ["active", "paused", "onboarding"];
  if (open.includes(partner.status)) return;
  throw new Refusal(
    "wrong_state",
    `${partner.name} is ${partner.status}: there is nothing to ${kind === "suspension" ? "suspend" : "deactivate"}.`,
  );
}

function refuseChanged(consequences: Parameters<typeof shownHash>[0], shown: string): void {
  if (shownHash(consequences) !== shown)
    throw new Refusal("consequences_changed", "Something changed since the consequences were read: read them again.");
}

function rowOf(
  tx: Context,
  actor: Actor,
  partner: PartnerView,
  input: z.output<typeof NewClosingSchema>,
  consequences: ClosingRow["consequences"],
  twoPeople: boolean,
): ClosingRow {
  const now = tx.clock.now();
  return {
    closing_id: tx.ids.next("clo"),
    partner_id: partner.id,
    kind: input.kind,
    state: "proposed",
    reason: input.reason,
    consequences,
    shown_hash: input.shownHash,
    two_people: twoPeople,
    from_status: partner.status,
    proposed_by: personOf(actor),
    proposed_name: actor.name,
    proposed_at: now,
    decided_by: null,
    decided_name: null,
    decided_at: null,
    reversible_until: new Date(now.getTime() + input.reversibleDays * DAY),
    stopped: [],
    reversed_by: null,
    reversed_name: null,
    reversed_at: null,
    reversed_reason: "",
    revision: 1,
  };
}

/**
 * The second person's word. What they saw has to be what it is now.
 * @throws Refusal `same_person`, `consequences_changed`, `conflict`, `wrong_state`
 */
export async function confirmClosing(
  ctx: Context,
  actor: Actor,
  id: string,
  given: { readonly revision: number; readonly shownHash: string },
  needs: OnboardingNeeds,
): Promise<Closing> {
  requirePerson(actor);
  return await transact(ctx, async (tx) => {
    const { row, partner } = await held(tx, actor, id, given.revision, "proposed");
    requirePermission(actor, "partners.approve", await partnerTouch(tx, row.partner_id));
    if (row.proposed_by === personOf(actor))
      throw new Refusal("same_person", "You proposed this: with money open, somebody else confirms it.");
    refuseClosed(partner, row.kind as Closing["kind"]);
    refuseChanged(await consequencesOf(tx, row.partner_id, needs), given.shownHash);
    return closingWire(await carryOut(tx, actor, row, partner));
  });
}

/** Stops everything, and notes exactly what it stopped. */
async function carryOut(tx: TxContext, actor: Actor, row: ClosingRow, partner: PartnerView): Promise<ClosingRow> {
  const now = tx.clock.now();
  const at = now.toISOString();
  const { partner_id: partnerId, kind, reason } = row;
  const links = await openLinksOf(tx.db, partnerId, null, now);
  const people = await peopleOfPartner(tx.db, partnerId);
  const keys = await openKeysOf(tx.db, partnerId, now);
  const stopped: Stopped[] = [];
  const place = async (what: "hold_payouts") => {
    const made = await placeRestriction(tx, actor, partnerId, {
      kind: what,
      reason: `${kind}: ${reason}`,
      until: null,
    });
    stopped.push({ step: what, at, ids: [made.id] });
  };
  await place("hold_payouts");
  stopped.push({ step: "links", at, ids: links.map(({ linkId }) => linkId) });
  if (kind === "deactivation")
    stopped.push(
      { step: "people", at, ids: people.map(({ userId }) => userId) },
      { step: "keys", at, ids: Array.from({ length: keys }, (_, index) => String(index)) },
    );
  const status = kind === "deactivation" ? "deactivated" : "paused";
  if (partner.status !== status) {
    const proof = { closingId: row.closing_id };
    await closePartner(tx, actor, { partnerId, revision: partner.revision, status, reason, proof });
    stopped.push({ step: "status", at, ids: [partner.status] });
  }
  const change = {
    state: "done",
    stopped,
    decided_by: personOf(actor),
    decided_name: actor.name,
    decided_at: now,
  } as const;
  const saved = await updateClosing(tx.db, row, { ...change, from_status: partner.status });
  if (saved === undefined) throw changedMeanwhile("closing", row.revision);
  await record(tx, actor, saved, "onboarding.closed", reason);
  return saved;
}

/** Takes a proposal back. */
export async function withdrawClosing(
  ctx: Context,
  actor: Actor,
  id: string,
  given: { readonly revision: number; readonly reason: string },
): Promise<Closing> {
  return await transact(ctx, async (tx) => {
    const { row } = await held(tx, actor, id, given.revision, "proposed");
    requirePermission(actor, "partners.write", await partnerTouch(tx, row.partner_id));
    const saved = await updateClosing(tx.db, row, { state: "withdrawn", reversed_reason: given.reason });
    if (saved === undefined) throw changedMeanwhile("closing", given.revision);
    await record(tx, actor, saved, "onboarding.closing_withdrawn", given.reason);
    return closingWire(saved);
  });
}

/**
 * Restores exactly what a closing stopped: its status and its own restrictions, nothing that was stopped before or since.
 * @throws Refusal `wrong_state` after the time for it, `same_person` where it took two people
 */
export async function reverseClosing(
  ctx: Context,
  actor: Actor,
  id: string,
  given: { readonly revision: number; readonly reason: string },
): Promise<Closing> {
  requirePerson(actor);
  return await transact(ctx, async (tx) => {
    const { row, partner } = await held(tx, actor, id, given.revision, "done");
    requirePermission(actor, "partners.approve", await partnerTouch(tx, row.partner_id));
    const now = tx.clock.now();
    if (row.kind === "deactivation" && row.reversible_until !== null && row.reversible_until < now)
      throw new Refusal(
        "wrong_state",
        `It could be taken back until ${row.reversible_until.toISOString().slice(0, 10)}: onboard the partner again.`,
      );
    if (row.two_people && row.decided_by === personOf(actor))
      throw new Refusal("same_person", "You decided this: somebody else takes it back.");
    await letPayoutsGo(tx, actor, row, given.reason);
    await restoreStatus(tx, actor, row, partner, given.reason);
    const by = {
      reversed_by: personOf(actor),
      reversed_name: actor.name,
      reversed_at: now,
      reversed_reason: given.reason,
    };
    const saved = await updateClosing(tx.db, row, { state: "reversed", ...by });
    if (saved === undefined) throw changedMeanwhile("closing", given.revision);
    await record(tx, actor, saved, "onboarding.closing_reversed", given.reason);
    return closingWire(saved);
  });
}

/** Where money was open, a second person agrees before payouts go on, as with every hold on them; else nobody has to wait. */
async function letPayoutsGo(tx: TxContext, actor: Actor, row: ClosingRow, reason: string): Promise<void> {
  for (const id of row.stopped.find(({ step }) => step === "hold_payouts")?.ids ?? []) {
    if (!row.two_people) await liftRestriction(tx, systemActor("onboarding"), id, reason);
    await liftRestriction(tx, actor, id, reason);
  }
}

/** A deactivated partner is launched again by the word of whoever takes the closing back: it had been launched before. */
async function restoreStatus(
  tx: TxContext,
  actor: Actor,
  row: ClosingRow,
  partner: PartnerView,
  reason: string,
): Promise<void> {
  const moved = row.stopped.find(({ step }) => step === "status");
  if (moved === undefined) return;
  const expected = row.kind === "deactivation" ? "deactivated" : "paused";
  if (partner.status !== expected)
    throw new Refusal(
      "wrong_state",
      `The partner is ${partner.status} now, not ${expected}: somebody has moved it since.`,
    );
  const before = moved.ids[0] ?? "active";
  const { id } = partner;
  if (row.kind === "suspension") {
    await movePartner(tx, actor, id, { revision: partner.revision, status: "active", reason });
    return;
  }
  const open = await movePartner(tx, actor, id, { revision: partner.revision, status: "onboarding", reason });
  if (before === "onboarding") return;
  const again = await launchPartner(tx, actor, { partnerId: id, proof: { caseId: row.closing_id, reversed: true } });
  if (before === "paused")
    await movePartner(tx, actor, id, {
      revision: again.revision,
      status: "paused",
      reason: open.statusReason || reason,
    });
}

async function held(tx: TxContext, actor: Actor, id: string, revision: number, state: Closing["state"]) {
  const row = await closingRow(tx.db, id);
  if (row === undefined) throw notFound("closing", id);
  const partner = await getPartner(tx, actor, row.partner_id);
  if (row.revision !== revision) throw changedMeanwhile("closing", revision);
  if (row.state !== state) throw new Refusal("wrong_state", `This closing is ${row.state}, not ${state}.`);
  return { row, partner };
}

async function record(tx: TxContext, actor: Actor, row: ClosingRow, action: string, reason: string): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "partner",
    subjectId: row.partner_id,
    partnerId: row.partner_id,
    reason,
    after: {
      closingId: row.closing_id,
      kind: row.kind,
      state: row.state,
      stopped: row.stopped.map(({ step, ids }) => [step, ids.length]),
    },
  });
}

/** What may not be taken back any more is final. @returns how many */
export async function finishClosings(ctx: Context): Promise<number> {
  return await transact(ctx, async (tx) => {
    const over = await closingsOver(tx.db, tx.clock.now());
    for (const row of over) await updateClosing(tx.db, row, { state: "final" });
    return over.length;
  });
}
