import type { NewProgram, ProgramChange, ProgramQuery, ProgramStatus } from "@tributary/contract";
import { NewProgram as NewProgramSchema } from "@tributary/contract";
import { type Actor, can, reach, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import {
  type Context,
  notifyChange,
  type Page,
  type PageRequest,
  refuseDuplicate,
  transact,
} from "../database/index.ts";
import { requireMove } from "../kernel/life-cycle.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { checkProgram } from "./core/check.ts";
import { PROGRAM_LIFE } from "./core/life.ts";
import * as store from "./store/programs.ts";
import { programWire, regionWire } from "./wire.ts";

export type ProgramView = ReturnType<typeof programWire>;
export type RegionView = ReturnType<typeof regionWire>;

export async function createRegion(
  ctx: Context,
  actor: Actor,
  input: { code: string; name: string },
): Promise<RegionView> {
  requirePermission(actor, "settings.write", {});
  return await transact(ctx, async (tx) => {
    const row = { region_id: tx.ids.next("rgn"), code: input.code, name: input.name, created_at: tx.clock.now() };
    await refuseDuplicate("code", input.code, () => store.insertRegion(tx.db, row));
    await audit.record(tx, actor, {
      action: "programs.region_created",
      subjectKind: "region",
      subjectId: row.region_id,
      after: input,
    });
    return regionWire(row);
  });
}

export async function listRegions(ctx: Context, page: PageRequest): Promise<Page<RegionView>> {
  const { rows, nextCursor } = await store.regions(ctx.db, page);
  return { rows: rows.map(regionWire), nextCursor };
}

/** Creates a program in the state `draft`. */
export async function createProgram(ctx: Context, actor: Actor, given: NewProgram): Promise<ProgramView> {
  const input = NewProgramSchema.parse(given);
  requirePermission(actor, "programs.write", { ownerUserId: input.ownerUserId });
  checkProgram(input);
  return await transact(ctx, async (tx) => {
    const row: store.ProgramRow = {
      program_id: tx.ids.next("prg"),
      code: input.code,
      name: input.name,
      description: input.description,
      status: "draft",
      time_zone: input.timeZone,
      currency: input.currency,
      owner_user_id: input.ownerUserId,
      fallback_url: input.fallbackUrl,
      tracking_domain: input.trackingDomain,
      attribution: input.attribution,
      custom_events: input.customEvents,
      sub_partner_view: input.subPartnerView,
      tracker_consent: input.trackerConsent,
      created_at: tx.clock.now(),
      revision: 1,
    };
    await refuseDuplicate("code", input.code, () =>
      store.insertProgram(tx.db, { ...row, custom_events: JSON.stringify(input.customEvents) }),
    );
    await announceProgram(tx, actor, "programs.created", row.program_id, undefined, input);
    return programWire(row, false);
  });
}

export async function getProgram(ctx: Context, actor: Actor, id: string): Promise<ProgramView> {
  return programWire(await readableProgram(ctx, actor, id), actor.partnerId !== undefined);
}

export async function listPrograms(ctx: Context, actor: Actor, query: ProgramQuery): Promise<Page<ProgramView>> {
  const within = {
    programIds: store.programsWithin(reach(actor, "programs.read")),
    drafts: actor.partnerId === undefined,
  };
  const page = await store.programPage(ctx.db, within, query, query.sort, query);
  return { rows: page.rows.map((row) => programWire(row, actor.partnerId !== undefined)), nextCursor: page.nextCursor };
}

export async function changeProgram(
  ctx: Context,
  actor: Actor,
  id: string,
  change: ProgramChange,
): Promise<ProgramView> {
  return await transact(ctx, async (tx) => {
    const row = await writableProgram(tx, actor, id);
    const { revision, customEvents, attribution, ...fields } = change;
    if (attribution !== undefined)
      throw invalid(
        "attribution",
        "",
        "holds the rules with which the program began, and these stay",
        `Keep a new version: POST /v1/programs/${id}/attribution-rules.`,
      );
    const after = {
      name: fields.name ?? row.name,
      description: fields.description ?? row.description,
      owner_user_id: fields.ownerUserId === undefined ? row.owner_user_id : fields.ownerUserId,
      fallback_url: fields.fallbackUrl ?? row.fallback_url,
      tracking_domain: fields.trackingDomain === undefined ? row.tracking_domain : fields.trackingDomain,
      sub_partner_view: fields.subPartnerView ?? row.sub_partner_view,
      tracker_consent: fields.trackerConsent ?? row.tracker_consent,
    };
    checkProgram({
      timeZone: row.time_zone,
      currency: row.currency,
      fallbackUrl: after.fallback_url,
      trackingDomain: after.tracking_domain,
    });
    const events = customEvents ?? row.custom_events;
    const saved = await refuseDuplicate("trackingDomain", String(after.tracking_domain), () =>
      store.updateProgram(tx.db, id, revision, { ...after, custom_events: JSON.stringify(events) }),
    );
    if (saved === undefined) throw changedMeanwhile("program", revision);
    await announceProgram(tx, actor, "programs.changed", id, programWire(row, false), programWire(saved, false));
    return programWire(saved, false);
  });
}

export async function moveProgram(
  ctx: Context,
  actor: Actor,
  id: string,
  move: { revision: number; status: ProgramStatus; reason?: string | undefined },
): Promise<ProgramView> {
  return await transact(ctx, async (tx) => {
    const row = await writableProgram(tx, actor, id);
    requireMove(PROGRAM_LIFE, row.status as ProgramStatus, move.status);
    const saved = await store.updateProgram(tx.db, id, move.revision, { status: move.status });
    if (saved === undefined) throw changedMeanwhile("program", move.revision);
    await announceProgram(
      tx,
      actor,
      "programs.status_changed",
      id,
      { status: row.status },
      { status: saved.status },
      move.reason,
    );
    return programWire(saved, false);
  });
}

/** The program, if this actor may read it. A partner sees every program that is not a draft. */
export async function readableProgram(ctx: Context, actor: Actor, id: string): Promise<store.ProgramRow> {
  const [row] = await store.programRows(ctx.db, [id]);
  if (row === undefined) throw notFound("program", id);
  if (actor.partnerId !== undefined) {
    if (!can(actor, "programs.read") || row.status === "draft") throw notFound("program", id);
    return row;
  }
  const within = store.programsWithin(reach(actor, "programs.read"));
  if (within !== null && !within.includes(id)) throw notFound("program", id);
  return row;
}

async function writableProgram(ctx: Context, actor: Actor, id: string): Promise<store.ProgramRow> {
  const row = await readableProgram(ctx, actor, id);
  requirePermission(actor, "programs.write", { programId: id, ownerUserId: row.owner_user_id });
  return row;
}

async function announceProgram(
  tx: Context,
  actor: Actor,
  action: string,
  id: string,
  before: unknown,
  after: unknown,
  reason?: string,
): Promise<void> {
  await notifyChange(tx, "programs", id);
  await audit.record(tx, actor, { action, subjectKind: "program", subjectId: id, before, after, reason });
}
