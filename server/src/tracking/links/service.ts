import {
  type NewTrackingLink,
  NewTrackingLink as NewTrackingLinkSchema,
  Targeting,
  type TrackingLink,
  type TrackingLinkChange,
  type TrackingLinkQuery,
} from "@tributary/contract";
import type { z } from "zod";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, notifyChange, refuseDuplicate, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { partnerById, partnerTouch, reachOf, refuseNewOffers } from "../../partners/index.ts";
import {
  isLetIn,
  landingById,
  type OfferFacts,
  offerById,
  type ProgramFacts,
  programById,
  programsByIds,
  utmComplaints,
} from "../../programs/index.ts";
import { FIELD_LENGTHS } from "../core/click-fields.ts";
import { deepLinkDestination } from "../core/destination.ts";
import { isReachedAtRoot } from "../edge/vanity-door.ts";
import { usableSmartLink } from "../smart-links/service.ts";
import { codeTaken, findLink, hasLink, insertLink, type LinkRow, linkPage, updateLink } from "./store/links.ts";

/** What links need from above; the shell gives it. */
export interface LinkNeeds {
  /** where the deployment answers, e.g. `https://go.example`: links of programs without a host of their own start with it */
  readonly publicUrl: string;
  /** whether a partner has accepted an agreement in a program: then its own people may make links there */
  readonly mayPromote: (ctx: Context, partnerId: string, programId: string) => Promise<boolean>;
}

/** For callers that act as the operator and show no addresses: the sample, tests. */
const NO_NEEDS: LinkNeeds = { publicUrl: "", mayPromote: async () => false };

export async function listLinks(
  ctx: Context,
  actor: Actor,
  query: TrackingLinkQuery,
  needs: LinkNeeds,
): Promise<{ readonly data: TrackingLink[]; readonly nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "links.read");
  const page = await linkPage(ctx.db, within, query, query.sort, query);
  const programs = await programsByIds(ctx.db, [...new Set(page.rows.map((row) => row.program_id))]);
  const byId = new Map(programs.map((program) => [program.programId, program]));
  return { data: page.rows.map((row) => toLink(row, byId.get(row.program_id), needs)), nextCursor: page.nextCursor };
}

export async function getLink(ctx: Context, actor: Actor, linkId: string, needs: LinkNeeds): Promise<TrackingLink> {
  const row = await readableLink(ctx, actor, linkId);
  return toLink(row, await programById(ctx.db, row.program_id), needs);
}

/**
 * Makes a link of a partner to an offer. A partner's own people may do so in programs where the partner has accepted an agreement.
 * @throws Refusal not_found, forbidden, wrong_state, already_exists, invalid_input
 */
export async function createLink(
  ctx: Context,
  actor: Actor,
  given: NewTrackingLink,
  needs: LinkNeeds = NO_NEEDS,
): Promise<TrackingLink> {
  const input = NewTrackingLinkSchema.parse(given);
  const partnerId = input.partnerId ?? actor.partnerId;
  if (partnerId === undefined) throw invalid("partnerId", "", "is needed", "Say whose link it is.");
  const offer = await offerOf(ctx, actor, input);
  requirePermission(actor, "links.write", await partnerTouch(ctx, partnerId, offer.programId));
  await checkPartner(ctx, actor, partnerId, offer, needs);
  const terms = termsOf(input);
  await checkTerms(ctx, terms, offer);
  return await transact(ctx, async (tx) => {
    const linkId = tx.ids.next("lnk");
    const code = input.code ?? (await freeCode(tx));
    const row = await refuseDuplicate("code", code, () =>
      insertLink(tx.db, {
        link_id: linkId,
        code,
        program_id: offer.programId,
        offer_id: offer.offerId,
        partner_id: partnerId,
        name: input.name,
        source: input.source,
        creative: input.creative,
        ...terms,
        smart_id: input.smartLinkId,
        status: "active",
        created_by: actor.id,
        created_at: tx.clock.now(),
      }),
    );
    await notifyChange(tx, "links", linkId);
    await announce(tx, "links.created", { linkIds: [linkId] });
    await note(tx, actor, "links.created", row, undefined, input);
    return toLink(row, await programById(tx.db, row.program_id), needs);
  });
}

/** @throws Refusal not_found, forbidden, conflict, wrong_state, invalid_input */
export async function changeLink(
  ctx: Context,
  actor: Actor,
  linkId: string,
  change: TrackingLinkChange,
  needs: LinkNeeds = NO_NEEDS,
): Promise<TrackingLink> {
  return await transact(ctx, async (tx) => {
    const row = await readableLink(tx, actor, linkId);
    requirePermission(actor, "links.write", await partnerTouch(tx, row.partner_id, row.program_id));
    if (row.status === "archived" && change.status === undefined)
      throw new Refusal("wrong_state", "An archived link does not change: set it active or paused first.");
    const offer = await offerById(tx.db, row.offer_id);
    const terms = termsAfter(row, change);
    if (offer !== undefined) await checkTerms(tx, terms, offer);
    const saved = await updateLink(tx.db, linkId, change.revision, {
      name: change.name ?? row.name,
      source: change.source ?? row.source,
      creative: change.creative ?? row.creative,
      ...terms,
      status: change.status ?? row.status,
    });
    if (saved === undefined) throw changedMeanwhile("link", change.revision);
    await notifyChange(tx, "links", linkId);
    await note(tx, actor, "links.changed", saved, auditView(row), auditView(saved));
    return toLink(saved, await programById(tx.db, saved.program_id), needs);
  });
}

export async function checkPartner(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  offer: OfferFacts,
  needs: LinkNeeds,
): Promise<void> {
  const partner = await partnerById(ctx.db, partnerId);
  if (partner === undefined) throw notFound("partner", partnerId);
  if (partner.status === "rejected" || partner.status === "deactivated")
    throw new Refusal("wrong_state", `The partner is ${partner.status}: it gets no new links.`);
  // A further link to an offer that it works with is nothing new.
  if (!(await hasLink(ctx.db, partnerId, offer.offerId))) await refuseNewOffers(ctx, partnerId);
  if (offer.status === "closed") throw new Refusal("wrong_state", "The offer is closed: it gets no new links.");
  if (actor.partnerId !== undefined && !(await needs.mayPromote(ctx, partnerId, offer.programId)))
    throw new Refusal("forbidden", "There is no accepted agreement in the offer's program yet.");
  if (actor.partnerId !== undefined && !(await isLetIn(ctx.db, offer, partnerId)))
    throw new Refusal("forbidden", "The offer is not open to everybody: ask for it first.");
}

/** The offer that a new link leads to: its own, or where the smart link sends whom no option fits. */
async function offerOf(ctx: Context, actor: Actor, input: z.output<typeof NewTrackingLinkSchema>): Promise<OfferFacts> {
  const smart = input.smartLinkId === null ? undefined : await usableSmartLink(ctx, actor, input.smartLinkId);
  const offerId = smart?.offer_id ?? input.offerId;
  if (offerId === undefined) throw invalid("offerId", "", "is needed", "Name an offer, or a smart link.");
  if (smart !== undefined && input.offerId !== undefined && input.offerId !== offerId)
    throw invalid("offerId", input.offerId, "is not the smart link's", "Leave it out: a smart link brings its own.");
  const offer = await offerById(ctx.db, offerId);
  if (offer === undefined) throw notFound("offer", offerId);
  return offer;
}

/** What a link says of who may come, when and where to. */
type LinkTerms = Pick<LinkRow, "deep_link" | "landing_id" | "utm" | "targeting" | "valid_from" | "valid_to">;

export function termsOf(input: z.output<typeof NewTrackingLinkSchema>): LinkTerms {
  return {
    deep_link: input.deepLink,
    landing_id: input.landingId,
    utm: input.utm,
    targeting: input.targeting,
    valid_from: instant(input.validFrom),
    valid_to: instant(input.validTo),
  };
}

function termsAfter(row: LinkRow, change: TrackingLinkChange): LinkTerms {
  return {
    deep_link: change.deepLink === undefined ? row.deep_link : change.deepLink,
    landing_id: change.landingId === undefined ? row.landing_id : change.landingId,
    utm: change.utm ?? row.utm,
    targeting: change.targeting ?? row.targeting,
    valid_from: change.validFrom === undefined ? row.valid_from : instant(change.validFrom),
    valid_to: change.validTo === undefined ? row.valid_to : instant(change.validTo),
  };
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** @throws Refusal `invalid_input` */
export async function checkTerms(ctx: Context, terms: LinkTerms, offer: OfferFacts): Promise<void> {
  checkDeepLink(terms.deep_link, offer);
  const [wrong] = utmComplaints(terms.utm as Record<string, string>);
  if (wrong !== undefined) throw invalid(wrong.field ?? "utm", wrong.value ?? "", wrong.message, wrong.hint);
  const { valid_from: from, valid_to: to } = terms;
  if (from !== null && to !== null && to < from) throw invalid("validTo", to.toISOString(), "lies before validFrom");
  if (terms.landing_id === null) return;
  const landing = await landingById(ctx.db, terms.landing_id);
  if (landing === undefined || landing.offerId !== offer.offerId || landing.status === "archived")
    throw invalid("landingId", terms.landing_id, "is not a page of this offer's landing set");
}

function checkDeepLink(deepLink: string | null, offer: OfferFacts): void {
  if (deepLink === null) return;
  if (deepLinkDestination(deepLink, offer.landingUrl, offer.allowedHosts, FIELD_LENGTHS.deepLink) !== undefined) return;
  throw invalid(
    "deepLink",
    deepLink,
    "does not lead to a host that the offer allows",
    `Use an http or https address on ${offer.allowedHosts.join(", ")}, or a path that starts with /.`,
  );
}

/** Eight letters of a fresh id's random end: a trillion codes, and short enough to be typed. */
async function freeCode(tx: Context): Promise<string> {
  for (;;) {
    const code = tx.ids.next("lnk").slice(-8);
    if (!(await codeTaken(tx.db, code))) return code;
  }
}

async function readableLink(ctx: Context, actor: Actor, linkId: string): Promise<LinkRow> {
  const row = await findLink(ctx.db, linkId);
  const within = await reachOf(ctx, actor, "links.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id }))
    throw notFound("link", linkId);
  return row;
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: LinkRow,
  before: unknown,
  after: unknown,
): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "link",
    subjectId: row.link_id,
    partnerId: row.partner_id,
    ...(before === undefined ? {} : { before }),
    after,
  });
}

function auditView(row: LinkRow): object {
  return {
    name: row.name,
    source: row.source,
    creative: row.creative,
    deepLink: row.deep_link,
    landingId: row.landing_id,
    utm: row.utm,
    targeting: row.targeting,
    validFrom: row.valid_from?.toISOString() ?? null,
    validTo: row.valid_to?.toISOString() ?? null,
    status: row.status,
  };
}

/** Codes that were made up here, see `freeCode`. */
const MADE_UP = /^[0-9a-hjkmnp-tv-z]{8}$/;

/**
 * The address to publish: on the program's own host, where it has one, and there a code that somebody chose stands alone. `/c/` before it works
 * everywhere.
 */
export function linkUrl(
  code: string,
  program: Pick<ProgramFacts, "trackingDomain"> | undefined,
  needs: Pick<LinkNeeds, "publicUrl">,
): string {
  if (!program?.trackingDomain) return `${needs.publicUrl.replace(/\/$/, "")}/c/${code}`;
  const isVanity = !MADE_UP.test(code) && isReachedAtRoot(code);
  return `https://${program.trackingDomain}/${isVanity ? "" : "c/"}${code}`;
}

function toLink(row: LinkRow, program: ProgramFacts | undefined, needs: LinkNeeds): TrackingLink {
  return {
    id: row.link_id,
    code: row.code,
    url: linkUrl(row.code, program, needs),
    programId: row.program_id,
    offerId: row.offer_id,
    partnerId: row.partner_id,
    name: row.name,
    source: row.source,
    creative: row.creative,
    deepLink: row.deep_link,
    smartLinkId: row.smart_id,
    landingId: row.landing_id,
    utm: row.utm as TrackingLink["utm"],
    targeting: Targeting.parse(row.targeting),
    validFrom: row.valid_from?.toISOString() ?? null,
    validTo: row.valid_to?.toISOString() ?? null,
    status: row.status as TrackingLink["status"],
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}
