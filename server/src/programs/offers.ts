import type { NewOffer, OfferChange, OfferQuery, ProgramStatus, UtmTemplate } from "@tributary/contract";
import { NewOffer as NewOfferSchema } from "@tributary/contract";
import { type Actor, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, notifyChange, type Page, refuseDuplicate, transact } from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { accessTo } from "./core/access.ts";
import { checkLandingUrl, checkOfferPaths, checkOfferTerms } from "./core/check.ts";
import { PROGRAM_LIFE } from "./core/life.ts";
import { readableProgram } from "./service.ts";
import { type AccessRow, accessesOfPartner, accessOfPartner } from "./store/access.ts";
import { landingsOfOffer } from "./store/landing-pages.ts";
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
  const terms = { ...input, startsAt: instant(input.startsAt), endsAt: instant(input.endsAt) };
  checkOfferTerms(terms);
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
      access: input.access,
      access_questions: input.accessQuestions,
      targeting: input.targeting,
      utm: input.utm,
      starts_at: terms.startsAt,
      ends_at: terms.endsAt,
      tags: input.tags,
      owner_user_id: input.ownerUserId,
      created_at: tx.clock.now(),
      revision: 1,
    };
    await refuseDuplicate("code", input.code, () =>
      store.insertOffer(tx.db, { ...row, access_questions: JSON.stringify(input.accessQuestions) }),
    );
    await announceOffer(tx, actor, "programs.offer_created", row.offer_id, undefined, input);
    return offerWire(row);
  });
}

export async function getOffer(ctx: Context, actor: Actor, id: string): Promise<OfferView> {
  const row = await readableOffer(ctx, actor, id);
  if (actor.partnerId === undefined) return offerWire(row);
  return offerWire(row, accessTo(row.access, await accessOfPartner(ctx.db, id, actor.partnerId)));
}

export async function listOffers(ctx: Context, actor: Actor, query: OfferQuery): Promise<Page<OfferView>> {
  const { partnerId } = actor;
  const accesses = new Map<string, AccessRow>();
  if (partnerId !== undefined)
    for (const row of await accessesOfPartner(ctx.db, partnerId)) accesses.set(row.offer_id, row);
  const within = {
    programIds: programsWithin(reach(actor, "programs.read")),
    drafts: partnerId === undefined,
    knownPrivate: partnerId === undefined ? null : [...accesses.keys()],
  };
  const page = await store.offerPage(ctx.db, within, query, query.sort, query);
  const rows = page.rows.map((row) =>
    partnerId === undefined ? offerWire(row) : offerWire(row, accessTo(row.access, accesses.get(row.offer_id))),
  );
  return { rows, nextCursor: page.nextCursor };
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
      access: change.access ?? row.access,
      targeting: change.targeting ?? row.targeting,
      utm: change.utm ?? row.utm,
      starts_at: change.startsAt === undefined ? row.starts_at : instant(change.startsAt),
      ends_at: change.endsAt === undefined ? row.ends_at : instant(change.endsAt),
      tags: change.tags ?? row.tags,
      owner_user_id: change.ownerUserId === undefined ? row.owner_user_id : change.ownerUserId,
    };
    checkOfferPaths({
      landingUrl: after.landing_url,
      allowedHosts: after.allowed_hosts,
      fallbackUrl: after.fallback_url,
    });
    checkOfferTerms({ utm: after.utm as UtmTemplate, startsAt: after.starts_at, endsAt: after.ends_at });
    await checkLandingPages(tx, id, after.allowed_hosts);
    const saved = await store.updateOffer(tx.db, id, change.revision, {
      ...after,
      access_questions: JSON.stringify(change.accessQuestions ?? row.access_questions),
    });
    if (saved === undefined) throw changedMeanwhile("offer", change.revision);
    await announceOffer(tx, actor, "programs.offer_changed", id, offerWire(row), offerWire(saved));
    return offerWire(saved);
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
    return offerWire(saved);
  });
}

export async function readableOffer(ctx: Context, actor: Actor, id: string): Promise<store.OfferRow> {
  const [row] = await store.offerRows(ctx.db, [id]);
  if (row === undefined || (actor.partnerId !== undefined && (await isHidden(ctx, actor.partnerId, row))))
    throw notFound("offer", id);
  await readableProgram(ctx, actor, row.program_id);
  return row;
}

/** A private offer shows itself to those only who were let in, or once were. */
async function isHidden(ctx: Context, partnerId: string, row: store.OfferRow): Promise<boolean> {
  if (row.status === "draft") return true;
  return row.access === "private" && (await accessOfPartner(ctx.db, row.offer_id, partnerId)) === undefined;
}

/** Pages of the landing set stay inside the offer's hosts when these change. */
async function checkLandingPages(ctx: Context, offerId: string, allowedHosts: readonly string[]): Promise<void> {
  for (const page of await landingsOfOffer(ctx.db, offerId)) {
    if (page.status !== "archived") checkLandingUrl("allowedHosts", page.url, allowedHosts);
  }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

export async function writableOffer(ctx: Context, actor: Actor, id: string): Promise<store.OfferRow> {
  const row = await readableOffer(ctx, actor, id);
  requirePermission(actor, "programs.write", { programId: row.program_id, ownerUserId: row.owner_user_id });
  return row;
}

export async function announceOffer(
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
