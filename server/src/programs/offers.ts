import type { NewOffer, OfferChange, OfferQuery, ProgramStatus } from "@tributary/contract";
import { NewOffer as NewOfferSchema } from "@tributary/contract";
import { type Actor, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, notifyChange, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { checkOfferPaths } from "./core/check.ts";
import { PROGRAM_LIFE } from "./core/life.ts";
import { readableProgram } from "./service.ts";
import * as store from "./store/offers.ts";
import { programsWithin } from "./store/programs.ts";
import { offerWire } from "./wire.ts";

export type OfferView = ReturnType<typeof offerWire>;

/** Creates an offer in the state `draft`. */
export async function createOffer(ctx: Context, actor: Actor, given: NewOffer): Promise<OfferView> {
  const input = NewOfferSchema.parse(given);
  const program = await readableProgram(ctx, actor, input.programId);
  requirePermission(actor, "programs.write", { programId: program.program_id, ownerUserId: program.owner_user_id });
  checkOfferPaths(input);
  return await transact(ctx, async (tx) => {
    const row: store.OfferRow = {
      offer_id: tx.ids.next("ofr"),
      program_id: input.programId,
      code: input.code,
      name: input.name,
      status: "draft",
      description: input.description,
      landing_url: input.landingUrl,
      allowed_hosts: input.allowedHosts,
      allowed_countries: input.allowedCountries,
      blocked_countries: input.blockedCountries,
      fallback_url: input.fallbackUrl,
      tags: input.tags,
      owner_user_id: input.ownerUserId,
      created_at: tx.clock.now(),
      revision: 1,
    };
    await refuseDuplicate("code", input.code, () => store.insertOffer(tx.db, row));
    await announceOffer(tx, actor, "programs.offer_created", row.offer_id, undefined, input);
    return offerWire(row, false);
  });
}

export async function getOffer(ctx: Context, actor: Actor, id: string): Promise<OfferView> {
  return offerWire(await readableOffer(ctx, actor, id), actor.partnerId !== undefined);
}

export async function listOffers(ctx: Context, actor: Actor, query: OfferQuery): Promise<Page<OfferView>> {
  const within = { programIds: programsWithin(reach(actor, "programs.read")), drafts: actor.partnerId === undefined };
  const page = await store.offerPage(ctx.db, within, query, query.sort, query);
  return { rows: page.rows.map((row) => offerWire(row, actor.partnerId !== undefined)), nextCursor: page.nextCursor };
}

export async function changeOffer(ctx: Context, actor: Actor, id: string, change: OfferChange): Promise<OfferView> {
  return await transact(ctx, async (tx) => {
    const row = await writableOffer(tx, actor, id);
    const after = {
      name: change.name ?? row.name,
      description: change.description ?? row.description,
      landing_url: change.landingUrl ?? row.landing_url,
      allowed_hosts: change.allowedHosts ?? row.allowed_hosts,
      allowed_countries: change.allowedCountries ?? row.allowed_countries,
      blocked_countries: change.blockedCountries ?? row.blocked_countries,
      fallback_url: change.fallbackUrl === undefined ? row.fallback_url : change.fallbackUrl,
      tags: change.tags ?? row.tags,
      owner_user_id: change.ownerUserId === undefined ? row.owner_user_id : change.ownerUserId,
    };
    checkOfferPaths({
      landingUrl: after.landing_url,
      allowedHosts: after.allowed_hosts,
      fallbackUrl: after.fallback_url,
    });
    const saved = await store.updateOffer(tx.db, id, change.revision, after);
    if (saved === undefined) throw changedMeanwhile("offer", change.revision);
    await announceOffer(tx, actor, "programs.offer_changed", id, offerWire(row, false), offerWire(saved, false));
    return offerWire(saved, false);
  });
}

export async function moveOffer(
  ctx: Context,
  actor: Actor,
  id: string,
  move: { revision: number; status: ProgramStatus; reason?: string | undefined },
): Promise<OfferView> {
  return await transact(ctx, async (tx) => {
    const row = await writableOffer(tx, actor, id);
    requireMove(PROGRAM_LIFE, row.status as ProgramStatus, move.status);
    const saved = await store.updateOffer(tx.db, id, move.revision, { status: move.status });
    if (saved === undefined) throw changedMeanwhile("offer", move.revision);
    const [before, after] = [{ status: row.status }, { status: saved.status }];
    await announceOffer(tx, actor, "programs.offer_status_changed", id, before, after, move.reason);
    return offerWire(saved, false);
  });
}

async function readableOffer(ctx: Context, actor: Actor, id: string): Promise<store.OfferRow> {
  const [row] = await store.offerRows(ctx.db, [id]);
  const hidden = row === undefined || (actor.partnerId !== undefined && row.status === "draft");
  if (hidden) throw notFound("offer", id);
  await readableProgram(ctx, actor, row.program_id);
  return row;
}

async function writableOffer(ctx: Context, actor: Actor, id: string): Promise<store.OfferRow> {
  const row = await readableOffer(ctx, actor, id);
  requirePermission(actor, "programs.write", { programId: row.program_id, ownerUserId: row.owner_user_id });
  return row;
}

async function announceOffer(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  before: unknown,
  after: unknown,
  reason?: string,
): Promise<void> {
  await notifyChange(tx, "offers", id);
  await audit.record(tx, actor, { action, subjectKind: "offer", subjectId: id, before, after, reason });
}
