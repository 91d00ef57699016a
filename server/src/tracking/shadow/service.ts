import {
  type NewShadow,
  NewShadow as NewShadowSchema,
  type Shadow,
  type ShadowChange,
  type ShadowPartner,
  type ShadowPartnerSet,
  type ShadowQuery,
  ShadowThresholds,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, type TxContext, transact } from "../../database/index.ts";
import { parseCurrency } from "../../kernel/money.ts";
import { isTimeZone } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { partnersByIds, reachOf } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import { BUILT_IN_TYPES } from "../core/parse-event.ts";
import { findSource } from "../links/store/sources.ts";
import { partnerVotes } from "./store/results.ts";
import * as store from "./store/shadows.ts";
import { toShadow } from "./wire.ts";

export const COMPARE_TASK = "tracking.shadow_compare";

export async function listShadows(ctx: Context, actor: Actor, query: ShadowQuery): Promise<Page<Shadow>> {
  const page = await store.shadowPage(ctx.db, await reachOf(ctx, actor, "events.read"), query, query);
  return { rows: page.rows.map(toShadow), nextCursor: page.nextCursor };
}

export async function getShadow(ctx: Context, actor: Actor, shadowId: string): Promise<Shadow> {
  return toShadow(await readableShadow(ctx, actor, shadowId));
}

/** @throws Refusal `not_found`, `invalid_input`, `forbidden`, `already_exists` when the source tells another comparison */
export async function createShadow(ctx: Context, actor: Actor, given: NewShadow): Promise<Shadow> {
  const input = NewShadowSchema.parse(given);
  if ((await programById(ctx.db, input.programId)) === undefined) throw notFound("program", input.programId);
  requirePermission(actor, "events.write", { programId: input.programId });
  await refuseOddSettings(ctx, input.programId, input);
  return await transact(ctx, async (tx) => {
    const row = await store.insertShadow(tx.db, {
      shadow_id: tx.ids.next("shd"),
      program_id: input.programId,
      name: input.name,
      incumbent: input.incumbent,
      source_id: input.sourceId,
      time_zone: input.timeZone,
      currency: input.currency,
      types: input.types,
      tolerance_minutes: input.toleranceMinutes,
      late_hours: input.lateHours,
      thresholds: JSON.stringify(input.thresholds),
      status: "active",
      state: "idle",
      created_by: actor.id,
      created_at: tx.clock.now(),
    });
    const wire = toShadow(row);
    await audit.record(tx, actor, {
      action: "shadows.created",
      subjectKind: "shadow",
      subjectId: wire.id,
      after: settingsOf(wire),
    });
    return wire;
  });
}

/** Changed settings are compared again at once. */
export async function changeShadow(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  change: ShadowChange,
): Promise<Shadow> {
  return await transact(ctx, async (tx) => {
    const row = await writableShadow(tx, actor, shadowId);
    const before = toShadow(row);
    const after = { ...before, ...withoutUndefined(change) };
    await refuseOddSettings(tx, row.program_id, after);
    const saved = await store.updateShadow(tx.db, shadowId, change.revision, {
      name: after.name,
      source_id: after.sourceId,
      time_zone: after.timeZone,
      currency: after.currency,
      types: after.types,
      tolerance_minutes: after.toleranceMinutes,
      late_hours: after.lateHours,
      thresholds: JSON.stringify(ShadowThresholds.parse(after.thresholds)),
      status: after.status,
    });
    if (saved === undefined) throw changedMeanwhile("comparison", change.revision);
    const wire = toShadow(saved);
    await audit.record(tx, actor, {
      action: "shadows.changed",
      subjectKind: "shadow",
      subjectId: shadowId,
      before: settingsOf(before),
      after: settingsOf(wire),
    });
    return row.summary === null ? wire : await queueComparison(tx, shadowId);
  });
}

function withoutUndefined<T extends object>(given: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

/** The trail holds what people set, not what the comparison found. */
function settingsOf({ summary: _summary, state: _state, problem: _problem, ...settings }: Shadow): object {
  return settings;
}

/** Compares again, in the background. */
export async function compareAgain(ctx: Context, actor: Actor, shadowId: string): Promise<Shadow> {
  return await transact(ctx, async (tx) => {
    await writableShadow(tx, actor, shadowId);
    return await queueComparison(tx, shadowId);
  });
}

/** Within the transaction of the change that made it necessary. */
export async function queueComparison(tx: TxContext, shadowId: string): Promise<Shadow> {
  await store.noteShadow(tx.db, shadowId, { state: "waiting", problem: null });
  await announce(tx, COMPARE_TASK, { shadowId });
  const row = await store.findShadow(tx.db, shadowId);
  if (row === undefined) throw notFound("comparison", shadowId);
  return toShadow(row);
}

/** Whom they call what, and what speaks for whom. */
export async function listShadowPartners(
  ctx: Context,
  actor: Actor,
  shadowId: string,
): Promise<readonly ShadowPartner[]> {
  await readableShadow(ctx, actor, shadowId);
  const names = await store.partnerNames(ctx.db, shadowId);
  const votes = await partnerVotes(ctx.db, shadowId);
  // Those that somebody has to name come first.
  const open = (name: store.PartnerName) => name.partnerId === null && name.partnerRef !== "";
  const sorted = [...names.filter(open), ...names.filter((name) => !open(name))];
  return sorted.map(({ partnerRef, partnerId, byHand }): ShadowPartner => {
    const mine = votes.filter((vote) => vote.partnerRef === partnerRef);
    const likeliest = mine.filter((vote) => vote.partnerId !== null).sort((a, b) => b.conversions - a.conversions)[0];
    return {
      theirs: partnerRef,
      partnerId,
      mappedBy: byHand ? "hand" : partnerId === null ? "none" : "name",
      suggestedPartnerId: partnerId === null && partnerRef !== "" ? (likeliest?.partnerId ?? null) : null,
      conversions: mine.reduce((sum, vote) => sum + vote.conversions, 0),
      agreed: mine.reduce((sum, vote) => sum + vote.agreed, 0),
    };
  });
}

/** Says who a partner of theirs is here; null takes it back, and it is looked for by its name again. */
export async function setShadowPartner(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  set: ShadowPartnerSet,
): Promise<Shadow> {
  return await transact(ctx, async (tx) => {
    await writableShadow(tx, actor, shadowId);
    if (set.partnerId !== null && (await partnersByIds(tx.db, [set.partnerId])).length === 0)
      throw notFound("partner", set.partnerId);
    await store.savePartnerName(tx.db, shadowId, {
      partnerRef: set.theirs,
      partnerId: set.partnerId,
      byHand: set.partnerId !== null,
    });
    await audit.record(tx, actor, {
      action: "shadows.partner_set",
      subjectKind: "shadow",
      subjectId: shadowId,
      after: set,
    });
    return await queueComparison(tx, shadowId);
  });
}

export async function readableShadow(ctx: Context, actor: Actor, shadowId: string): Promise<store.ShadowRow> {
  const row = await store.findShadow(ctx.db, shadowId);
  const within = await reachOf(ctx, actor, "events.read");
  if (row === undefined || actor.partnerId !== undefined || !isWithin(within, { programId: row.program_id }))
    throw notFound("comparison", shadowId);
  return row;
}

export async function writableShadow(ctx: Context, actor: Actor, shadowId: string): Promise<store.ShadowRow> {
  const row = await readableShadow(ctx, actor, shadowId);
  requirePermission(actor, "events.write", { programId: row.program_id });
  return row;
}

interface Settings {
  readonly sourceId: string | null;
  readonly timeZone: string;
  readonly currency: string;
  readonly types: readonly string[];
}

async function refuseOddSettings(
  ctx: Context,
  programId: string,
  { sourceId, timeZone, currency, types }: Settings,
): Promise<void> {
  if (!isTimeZone(timeZone)) throw invalid("timeZone", timeZone, "is no time zone", "a name such as Europe/Madrid");
  if (parseCurrency(currency) === undefined) throw invalid("currency", currency, "is no currency of ISO 4217");
  const known = await typesOf(ctx, programId);
  const unknown = types.find((type) => !known.includes(type));
  if (unknown !== undefined)
    throw new Refusal("unknown_event_type", `The program knows no events of type ${unknown}.`, [
      { field: "types", value: unknown, message: `is none of ${known.join(", ")}` },
    ]);
  if (sourceId === null) return;
  const source = await findSource(ctx.db, sourceId);
  if (source === undefined || source.program_id !== programId)
    throw invalid("sourceId", sourceId, "is no event source of this program");
}

/** Types of events that a program knows. */
export async function typesOf(ctx: Context, programId: string): Promise<readonly string[]> {
  const program = await programById(ctx.db, programId);
  const own = (program?.customEvents ?? []) as readonly { readonly type: string }[];
  return [...BUILT_IN_TYPES, ...own.map(({ type }) => type)];
}
