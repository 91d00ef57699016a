import {
  type CapCounter,
  type CapPeriod,
  type CappedConversion,
  type CappedConversionQuery,
  type NewTrafficCap,
  NewTrafficCap as NewTrafficCapSchema,
  type PageQuery,
  type TrafficCap,
  type TrafficCapChange,
  TrafficCapChange as TrafficCapChangeSchema,
  type TrafficCapOverflow,
  type TrafficCapQuery,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, notifyChange, type Page, transact } from "../../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { partnerById, partnerTouch, reachOf } from "../../partners/index.ts";
import {
  destinationProblem,
  type OfferFacts,
  offerById,
  type ProgramFacts,
  programById,
  programsByIds,
} from "../../programs/index.ts";
import { capSpan } from "./core/period.ts";
import * as store from "./store/caps.ts";
import { cappedWire, capWire, counterWire } from "./wire.ts";

/** Caps with how much of each is used in the period that runs now. A partner sees its own counters, never what others use. */
export async function listCaps(ctx: Context, actor: Actor, query: TrafficCapQuery): Promise<Page<TrafficCap>> {
  const within = await reachOf(ctx, actor, "links.read");
  const page = await store.capPage(ctx.db, within, actor.partnerId, query, query);
  return { rows: await shown(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

export async function getCap(ctx: Context, actor: Actor, id: string): Promise<TrafficCap> {
  return await showOne(ctx, actor, await readable(ctx, actor, id));
}

/** Every counter of the running period. */
export async function listCounters(
  ctx: Context,
  actor: Actor,
  id: string,
  query: z.output<typeof PageQuery>,
): Promise<Page<CapCounter>> {
  const cap = await readable(ctx, actor, id);
  const span = await spanOf(ctx, cap);
  const page = await store.counterPage(ctx.db, { capId: id, from: span.from }, actor.partnerId, query);
  return { rows: page.rows.map((row) => counterWire(row, cap, span)), nextCursor: page.nextCursor };
}

/** @throws Refusal not_found, forbidden, invalid_input */
export async function createCap(ctx: Context, actor: Actor, given: NewTrafficCap): Promise<TrafficCap> {
  const input = NewTrafficCapSchema.parse(given);
  const program = await programById(ctx.db, input.programId);
  if (program === undefined || actor.partnerId !== undefined) throw notFound("program", input.programId);
  await requireWrite(ctx, actor, input.partnerId, program);
  if (input.partnerId !== null && (await partnerById(ctx.db, input.partnerId)) === undefined)
    throw notFound("partner", input.partnerId);
  const offer = await offerIn(ctx, program.programId, "offerId", input.offerId);
  checkMetric(input);
  await checkOverflow(ctx, input.metric, input.overflow, program, offer);
  return await transact(ctx, async (tx) => {
    const row = await store.insertCap(tx.db, {
      cap_id: tx.ids.next("cap"),
      program_id: input.programId,
      name: input.name,
      offer_id: input.offerId,
      partner_id: input.partnerId,
      each: input.each,
      metric: input.metric,
      event_type: input.eventType,
      most: BigInt(input.limit),
      period: input.period,
      ...overflowColumns(input.overflow),
      warn_at: input.warnAt,
      status: "active",
      created_by: actor.id,
      created_at: tx.clock.now(),
    });
    await note(tx, actor, "caps.created", row, undefined);
    return await showOne(tx, actor, row);
  });
}

/** @throws Refusal not_found, forbidden, conflict, invalid_input */
export async function changeCap(ctx: Context, actor: Actor, id: string, given: TrafficCapChange): Promise<TrafficCap> {
  const change = TrafficCapChangeSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id);
    const program = await programById(tx.db, row.program_id);
    if (program === undefined || actor.partnerId !== undefined) throw notFound("cap", id);
    await requireWrite(tx, actor, row.partner_id, program);
    if (change.overflow !== undefined) {
      const offer = row.offer_id === null ? undefined : await offerById(tx.db, row.offer_id);
      await checkOverflow(tx, row.metric, change.overflow, program, offer);
    }
    const saved = await store.updateCap(tx.db, id, change.revision, {
      name: change.name ?? row.name,
      most: change.limit === undefined ? row.most : BigInt(change.limit),
      ...(change.overflow === undefined ? {} : overflowColumns(change.overflow)),
      warn_at: change.warnAt ?? row.warn_at,
      status: change.status ?? row.status,
    });
    if (saved === undefined) throw changedMeanwhile("cap", change.revision);
    await note(tx, actor, "caps.changed", saved, row);
    return await showOne(tx, actor, saved);
  });
}

/** Conversions that are beyond a cap, those that wait for a decision unless others are asked for. */
export async function listCapped(
  ctx: Context,
  actor: Actor,
  query: CappedConversionQuery,
): Promise<Page<CappedConversion>> {
  const within = await reachOf(ctx, actor, "events.read");
  const page = await store.cappedPage(ctx.db, within, query, query);
  return { rows: page.rows.map(cappedWire), nextCursor: page.nextCursor };
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.CapRow> {
  const row = await store.findCap(ctx.db, id);
  if (row === undefined) throw notFound("cap", id);
  if (actor.partnerId !== undefined) {
    const mine = row.partner_id === actor.partnerId || (row.partner_id === null && row.each !== "all");
    if (!mine || row.status === "archived") throw notFound("cap", id);
    requirePermission(actor, "links.read", { partnerId: actor.partnerId });
    return row;
  }
  const within = await reachOf(ctx, actor, "links.read");
  if (!isWithin(within, { partnerId: row.partner_id, programId: row.program_id })) throw notFound("cap", id);
  return row;
}

async function requireWrite(ctx: Context, actor: Actor, partnerId: string | null, program: ProgramFacts) {
  const { programId, ownerUserId } = program;
  const touch = partnerId === null ? { programId, ownerUserId } : await partnerTouch(ctx, partnerId, programId);
  requirePermission(actor, "links.write", touch);
}

async function offerIn(ctx: Context, programId: string, field: string, offerId: string | null) {
  if (offerId === null) return undefined;
  const offer = await offerById(ctx.db, offerId);
  if (offer?.programId !== programId) throw invalid(field, offerId, "is not an offer of the program");
  return offer;
}

function checkMetric(input: { readonly metric: string; readonly eventType: string | null }): void {
  if (input.metric === "clicks" && input.eventType !== null)
    throw invalid("eventType", input.eventType, "has no meaning for clicks", "Leave it out.");
  if (input.metric !== "clicks" && (input.eventType ?? "") === "")
    throw invalid("eventType", "", "is needed", "Say which events count, e.g. ftd, registration, deposit or sale.");
}

async function checkOverflow(
  ctx: Context,
  metric: string,
  overflow: TrafficCapOverflow,
  program: ProgramFacts,
  offer: OfferFacts | undefined,
): Promise<void> {
  if (overflow.kind !== "fallback") {
    if (metric === "clicks")
      throw invalid(
        "overflow.kind",
        overflow.kind,
        "is for conversions",
        "Clicks beyond a cap can only go elsewhere: fallback.",
      );
    return;
  }
  if (overflow.url !== null && overflow.offerId !== null)
    throw invalid(
      "overflow.url",
      overflow.url,
      "stands beside another offer",
      "Name an address or an offer, not both.",
    );
  await offerIn(ctx, program.programId, "overflow.offerId", overflow.offerId);
  if (overflow.offerId !== null && overflow.offerId === offer?.offerId)
    throw invalid("overflow.offerId", overflow.offerId, "is the offer that is capped");
  if (overflow.url === null) return;
  const problem = destinationProblem(overflow.url, offer === undefined ? null : hostsOf(offer, program));
  if (problem !== null) throw invalid("overflow.url", overflow.url, problem);
}

/** The offer's hosts, and where its fallbacks lead: places that the operator has named already. */
function hostsOf(offer: OfferFacts, program: ProgramFacts): readonly string[] {
  const fallbacks = [offer.fallbackUrl, program.fallbackUrl].flatMap((url) => URL.parse(url ?? "")?.hostname ?? []);
  return [...offer.allowedHosts, ...fallbacks];
}

function overflowColumns(overflow: TrafficCapOverflow) {
  const leads = overflow.kind === "fallback";
  return {
    overflow: overflow.kind,
    overflow_url: leads ? overflow.url : null,
    overflow_offer_id: leads ? overflow.offerId : null,
  };
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.CapRow,
  before: store.CapRow | undefined,
): Promise<void> {
  await notifyChange(tx, "caps", row.cap_id);
  await audit.record(tx, actor, {
    action,
    subjectKind: "cap",
    subjectId: row.cap_id,
    ...(row.partner_id === null ? {} : { partnerId: row.partner_id }),
    ...(before === undefined ? {} : { before: auditView(before) }),
    after: auditView(row),
  });
}

function auditView(row: store.CapRow): object {
  const { name, most, overflow, overflow_url, overflow_offer_id, warn_at, status } = row;
  const place = { offerId: row.offer_id, partnerId: row.partner_id, each: row.each };
  const measured = { metric: row.metric, eventType: row.event_type, limit: most.toString(), period: row.period };
  return {
    name,
    ...place,
    ...measured,
    overflow,
    overflowUrl: overflow_url,
    overflowOfferId: overflow_offer_id,
    warnAt: warn_at,
    status,
  };
}

async function spanOf(ctx: Context, cap: store.CapRow) {
  const program = await programById(ctx.db, cap.program_id);
  return capSpan(cap.period as CapPeriod, ctx.clock.now().getTime(), program?.timeZone ?? "UTC");
}

async function showOne(ctx: Context, actor: Actor, row: store.CapRow): Promise<TrafficCap> {
  const [one] = await shown(ctx, actor, [row]);
  if (one === undefined) throw new Error("one row gives one cap");
  return one;
}

async function shown(ctx: Context, actor: Actor, rows: readonly store.CapRow[]): Promise<TrafficCap[]> {
  const programs = await programsByIds(ctx.db, [...new Set(rows.map((row) => row.program_id))]);
  const byId = new Map(programs.map((program) => [program.programId, program]));
  const at = ctx.clock.now().getTime();
  const spans = new Map(
    rows.map((row) => [row.cap_id, capSpan(row.period as CapPeriod, at, byId.get(row.program_id)?.timeZone ?? "UTC")]),
  );
  const wanted = [...spans].map(([capId, span]) => ({ capId, from: span.from }));
  const fullest = await store.fullestCounters(ctx.db, wanted, actor.partnerId);
  const byCap = new Map(fullest.map((row) => [row.cap_id, row]));
  return rows.map((row) => {
    const span = spans.get(row.cap_id);
    if (span === undefined) throw new Error("every cap has a period");
    const currency = byId.get(row.program_id)?.currency ?? null;
    return capWire(row, currency, byCap.get(row.cap_id), span);
  });
}
