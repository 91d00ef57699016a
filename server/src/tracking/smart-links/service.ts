import {
  type NewSmartLink,
  NewSmartLink as NewSmartLinkSchema,
  type OfferEarnings,
  type SmartLink,
  type SmartLinkChange,
  SmartLinkChange as SmartLinkChangeSchema,
  type SmartLinkQuery,
  SmartOption,
} from "@tributary/contract";
import { z } from "zod";
import { type Actor, can, reach, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, notifyChange, type Page, transact } from "../../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { offersByIds, programById } from "../../programs/index.ts";
import { earningsPerClick } from "../core/choose-offer.ts";
import * as store from "./store/smart-links.ts";

const Options = z.array(SmartOption);

/** @param given a page of smart links, the newest first */
export async function listSmartLinks(ctx: Context, actor: Actor, query: SmartLinkQuery): Promise<Page<SmartLink>> {
  const filter = actor.partnerId === undefined ? query : { ...query, status: ["active"] };
  const page = await store.smartPage(ctx.db, programsOf(actor), filter, query);
  return { rows: await shown(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

export async function getSmartLink(ctx: Context, actor: Actor, id: string): Promise<SmartLink> {
  return await showOne(ctx, actor, await readable(ctx, actor, id));
}

/** @throws Refusal not_found, forbidden, invalid_input */
export async function createSmartLink(ctx: Context, actor: Actor, given: NewSmartLink): Promise<SmartLink> {
  const input = NewSmartLinkSchema.parse(given);
  await requireProgram(ctx, actor, input.programId);
  await checkOffers(ctx, input.programId, input.offerId, input.options);
  return await transact(ctx, async (tx) => {
    const row = await store.insertSmart(tx.db, {
      smart_id: tx.ids.next("sml"),
      program_id: input.programId,
      name: input.name,
      mode: input.mode,
      explore: input.explore,
      least_clicks: input.leastClicks,
      offer_id: input.offerId,
      options: JSON.stringify(input.options),
      status: "active",
      created_by: actor.id,
      created_at: tx.clock.now(),
    });
    await note(tx, actor, "smart_links.created", row, undefined);
    return await showOne(tx, actor, row);
  });
}

/** @throws Refusal not_found, forbidden, conflict, invalid_input */
export async function changeSmartLink(
  ctx: Context,
  actor: Actor,
  id: string,
  given: SmartLinkChange,
): Promise<SmartLink> {
  const change = SmartLinkChangeSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id);
    await requireProgram(tx, actor, row.program_id);
    const options = change.options ?? Options.parse(row.options);
    await checkOffers(tx, row.program_id, change.offerId ?? row.offer_id, options);
    const saved = await store.updateSmart(tx.db, id, change.revision, {
      name: change.name ?? row.name,
      mode: change.mode ?? row.mode,
      explore: change.explore ?? row.explore,
      least_clicks: change.leastClicks ?? row.least_clicks,
      offer_id: change.offerId ?? row.offer_id,
      options: JSON.stringify(options),
      status: change.status ?? row.status,
    });
    if (saved === undefined) throw changedMeanwhile("smart link", change.revision);
    await note(tx, actor, "smart_links.changed", saved, row);
    return await showOne(tx, actor, saved);
  });
}

/** The smart link that a new link stands for. @throws Refusal not_found, invalid_input */
export async function usableSmartLink(ctx: Context, actor: Actor, id: string): Promise<store.SmartRow> {
  const row = await readable(ctx, actor, id);
  if (row.status === "archived") throw invalid("smartLinkId", id, "is archived");
  return row;
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.SmartRow> {
  const row = await store.findSmart(ctx.db, id);
  const within = programsOf(actor);
  if (row === undefined || (within !== null && !within.includes(row.program_id))) throw notFound("smart link", id);
  if (actor.partnerId !== undefined && row.status !== "active") throw notFound("smart link", id);
  return row;
}

/** null: every program. A partner sees the smart links of all programs, as it sees their offers. */
function programsOf(actor: Actor): readonly string[] | null {
  if (actor.partnerId !== undefined) return can(actor, "links.read") ? null : [];
  const within = reach(actor, "links.read");
  return within.everything ? null : within.programIds;
}

async function requireProgram(ctx: Context, actor: Actor, programId: string): Promise<void> {
  const program = await programById(ctx.db, programId);
  if (program === undefined || actor.partnerId !== undefined) throw notFound("program", programId);
  requirePermission(actor, "links.write", { programId, ownerUserId: program.ownerUserId });
}

async function checkOffers(
  ctx: Context,
  programId: string,
  fallback: string,
  options: readonly z.output<typeof SmartOption>[],
): Promise<void> {
  const wanted = [fallback, ...options.map((option) => option.offerId)];
  const known = new Map((await offersByIds(ctx.db, wanted)).map((offer) => [offer.offerId, offer]));
  for (const [at, offerId] of wanted.entries()) {
    if (known.get(offerId)?.programId === programId) continue;
    throw invalid(at === 0 ? "offerId" : `options.${at - 1}.offerId`, offerId, "is not an offer of the program");
  }
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.SmartRow,
  before: store.SmartRow | undefined,
): Promise<void> {
  await notifyChange(tx, "smart_links", row.smart_id);
  await audit.record(tx, actor, {
    action,
    subjectKind: "smart_link",
    subjectId: row.smart_id,
    ...(before === undefined ? {} : { before: auditView(before) }),
    after: auditView(row),
  });
}

function auditView(row: store.SmartRow): object {
  const { name, mode, explore, least_clicks, offer_id, options, status } = row;
  return { name, mode, explore, leastClicks: least_clicks, offerId: offer_id, options, status };
}

async function showOne(ctx: Context, actor: Actor, row: store.SmartRow): Promise<SmartLink> {
  const [one] = await shown(ctx, actor, [row]);
  if (one === undefined) throw new Error("one row gives one smart link");
  return one;
}

/** Partners see that there is a choice, not between what. */
async function shown(ctx: Context, actor: Actor, rows: readonly store.SmartRow[]): Promise<SmartLink[]> {
  const forPartner = actor.partnerId !== undefined;
  const options = new Map(rows.map((row) => [row.smart_id, Options.parse(row.options)]));
  const offerIds = [...new Set([...options.values()].flat().map((option) => option.offerId))];
  const earnings = forPartner ? [] : await store.earningsOf(ctx.db, offerIds);
  return rows.map((row) => {
    const mine = options.get(row.smart_id) ?? [];
    const measured = earnings.filter((one) => mine.some((option) => option.offerId === one.offer_id));
    return {
      id: row.smart_id,
      programId: row.program_id,
      name: row.name,
      mode: row.mode as SmartLink["mode"],
      explore: row.explore,
      leastClicks: row.least_clicks,
      offerId: row.offer_id,
      options: forPartner ? [] : mine,
      status: row.status as SmartLink["status"],
      earnings: measured.map((one) => earningsWire(one, row.least_clicks)),
      createdAt: row.created_at.toISOString(),
      revision: row.revision,
    };
  });
}

function earningsWire(row: store.EarningsRow, leastClicks: number): OfferEarnings {
  const perClick = earningsPerClick({ clicks: row.clicks, earnedMinor: row.earned_minor }, leastClicks);
  return {
    offerId: row.offer_id,
    clicks: Number(row.clicks),
    earned: row.earned_minor.toString(),
    perClick: perClick ?? null,
    from: row.from_day,
    to: row.to_day,
    measuredAt: row.measured_at.toISOString(),
  };
}
