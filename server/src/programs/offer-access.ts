import {
  type AccessQuestion,
  type NewOfferRequest,
  NewOfferRequest as NewOfferRequestSchema,
  type OfferRequest,
  type OfferRequestDecision,
  OfferRequestDecision as OfferRequestDecisionSchema,
  type OfferRequestQuery,
} from "@tributary/contract";
import { type Actor, isWithin, type RecordReach, requirePermission, type Touch } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, notifyChange, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { ACCESS_LIFE, type AccessStatus } from "./core/access.ts";
import { readableOffer } from "./offers.ts";
import * as store from "./store/access.ts";
import { accessWire } from "./wire.ts";

/** What the partners room knows and this room, which stands below it, is told by the shell. */
export interface AccessNeeds {
  readonly reachOf: (ctx: Context, actor: Actor, permission: "links.read") => Promise<RecordReach>;
  /** undefined: there is no such partner */
  readonly partnerTouch: (ctx: Context, partnerId: string, programId: string) => Promise<Touch | undefined>;
  /** @throws Refusal `partner_restricted` when the partner may take on nothing new */
  readonly refuseNewOffers: (ctx: Context, partnerId: string) => Promise<void>;
}

/** Requests and grants, the newest first. */
export async function listOfferRequests(
  ctx: Context,
  actor: Actor,
  query: OfferRequestQuery,
  needs: AccessNeeds,
): Promise<Page<OfferRequest>> {
  const within = await needs.reachOf(ctx, actor, "links.read");
  const page = await store.accessPage(ctx.db, within, query, query);
  return { rows: page.rows.map((row) => accessWire(row, actor.partnerId !== undefined)), nextCursor: page.nextCursor };
}

export async function getOfferRequest(
  ctx: Context,
  actor: Actor,
  id: string,
  needs: AccessNeeds,
): Promise<OfferRequest> {
  return accessWire(await readable(ctx, actor, id, needs), actor.partnerId !== undefined);
}

/**
 * A partner asks for an offer, or the operator lets one in at once.
 * @throws Refusal not_found, forbidden, wrong_state, already_exists, invalid_input
 */
export async function requestOffer(
  ctx: Context,
  actor: Actor,
  given: NewOfferRequest,
  needs: AccessNeeds,
): Promise<OfferRequest> {
  const input = NewOfferRequestSchema.parse(given);
  const byPartner = actor.partnerId !== undefined;
  const partnerId = actor.partnerId ?? input.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed", "Say who is let in.");
  if (input.partnerId !== undefined && input.partnerId !== partnerId) throw notFound("partner", input.partnerId);
  const offer = await readableOffer(ctx, actor, input.offerId);
  const touch = await needs.partnerTouch(ctx, partnerId, offer.program_id);
  if (touch === undefined) throw notFound("partner", partnerId);
  requirePermission(actor, "links.write", touch);
  await needs.refuseNewOffers(ctx, partnerId);
  if (offer.access === "public" || offer.status === "closed")
    throw new Refusal(
      "wrong_state",
      `The offer is ${offer.access === "public" ? "public" : "closed"}: nobody has to ask for it.`,
    );
  const answers = byPartner ? answersTo(offer.access_questions as AccessQuestion[], input.answers) : [];
  return await transact(ctx, async (tx) => {
    const before = await store.accessOfPartner(tx.db, offer.offer_id, partnerId);
    const status: AccessStatus = byPartner ? "requested" : "approved";
    const now = tx.clock.now();
    const change = {
      status,
      answers,
      note: input.note,
      reason: null,
      ...(byPartner
        ? { requested_at: now, requested_by: actor.id, decided_at: null, decided_by: null }
        : decided(actor, now)),
    };
    const row =
      before === undefined ? await insert(tx, actor, offer, partnerId, change) : await askAgain(tx, before, change);
    await tell(tx, actor, row, before);
    return accessWire(row, byPartner);
  });
}

/** @throws Refusal not_found, forbidden, conflict, wrong_state, invalid_input */
export async function decideOfferRequest(
  ctx: Context,
  actor: Actor,
  id: string,
  given: OfferRequestDecision,
  needs: AccessNeeds,
): Promise<OfferRequest> {
  const input = OfferRequestDecisionSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id, needs);
    if (actor.partnerId !== undefined) throw notFound("offer request", id);
    requirePermission(actor, "links.write", await needs.partnerTouch(tx, row.partner_id, row.program_id));
    const status = ({ approve: "approved", decline: "declined", revoke: "revoked" } as const)[input.decision];
    requireMove(ACCESS_LIFE, row.status as AccessStatus, status);
    if (status === "approved") await needs.refuseNewOffers(tx, row.partner_id);
    if (status !== "approved" && input.reason === "")
      throw invalid("reason", "", "is needed", "The partner reads it: say why, and what it may do about it.");
    const saved = await store.updateAccess(tx.db, id, input.revision, {
      status,
      reason: input.reason || null,
      ...decided(actor, tx.clock.now()),
    });
    if (saved === undefined) throw changedMeanwhile("offer request", input.revision);
    await tell(tx, actor, saved, row);
    return accessWire(saved, false);
  });
}

function decided(actor: Actor, now: Date) {
  return { decided_at: now, decided_by: actor.id };
}

type Change = Pick<store.AccessRow, "status" | "answers" | "note" | "reason" | "decided_at" | "decided_by">;

async function insert(
  tx: Context,
  actor: Actor,
  offer: { readonly offer_id: string; readonly program_id: string },
  partnerId: string,
  change: Change,
): Promise<store.AccessRow> {
  const row = {
    access_id: tx.ids.next("oac"),
    offer_id: offer.offer_id,
    program_id: offer.program_id,
    partner_id: partnerId,
    requested_at: tx.clock.now(),
    requested_by: actor.id,
    ...change,
    answers: JSON.stringify(change.answers),
  };
  return await refuseDuplicate("offerId", offer.offer_id, () => store.insertAccess(tx.db, row));
}

async function askAgain(tx: Context, before: store.AccessRow, change: Change): Promise<store.AccessRow> {
  requireMove(ACCESS_LIFE, before.status as AccessStatus, change.status as AccessStatus);
  const saved = await store.updateAccess(tx.db, before.access_id, before.revision, {
    ...change,
    answers: JSON.stringify(change.answers),
  });
  if (saved === undefined) throw changedMeanwhile("offer request", before.revision);
  return saved;
}

/** The questions stand beside the answers as they were when they were answered. @throws Refusal `invalid_input` */
function answersTo(questions: readonly AccessQuestion[], answers: Readonly<Record<string, string>>) {
  return questions.flatMap(({ code, text, required }) => {
    const answer = answers[code] ?? "";
    if (required && answer === "") throw invalid(`answers.${code}`, "", "is needed", text);
    return answer === "" ? [] : [{ question: text, answer }];
  });
}

async function readable(ctx: Context, actor: Actor, id: string, needs: AccessNeeds): Promise<store.AccessRow> {
  const row = await store.accessRow(ctx.db, id);
  const within = await needs.reachOf(ctx, actor, "links.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id }))
    throw notFound("offer request", id);
  return row;
}

async function tell(
  tx: Context,
  actor: Actor,
  row: store.AccessRow,
  before: store.AccessRow | undefined,
): Promise<void> {
  const { access_id, offer_id, program_id, partner_id, status } = row;
  await notifyChange(tx, "offers", offer_id);
  await announce(tx, `programs.offer_access_${status}`, {
    accessId: access_id,
    offerId: offer_id,
    programId: program_id,
    partnerId: partner_id,
  });
  await audit.record(tx, actor, {
    action: `programs.offer_access_${status}`,
    subjectKind: "offer_request",
    subjectId: access_id,
    partnerId: partner_id,
    ...(before === undefined ? {} : { before: accessWire(before, false) }),
    after: accessWire(row, false),
    ...(row.reason === null ? {} : { reason: row.reason }),
  });
}
