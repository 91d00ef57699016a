import type { HealthSettings } from "@tributary/contract";
import { type Analytics, announce, type Context, type Db, transact } from "../database/index.ts";
import { allPrograms, type ProgramFacts } from "../programs/index.ts";
import { freshness } from "../reporting/index.ts";
import type { Change, LivingTrouble, Trouble } from "./contracts.ts";
import { DAY_HOURS, WEEK_HOURS } from "./core/course.ts";
import { lookAtPartner, lookAtSource, type PartnerView, type Wishes } from "./core/look.ts";
import { HOUR_MS, HourMemory, type Hours, type ProgramHours } from "./hours.ts";
import { plannedOf } from "./planned.ts";
import { reasonsOf } from "./reasons.ts";
import * as store from "./store/alerts.ts";
import { settingsOf } from "./store/settings.ts";
import { calendarOf, Learnt, type Moment, priorsOf, type ViewNeeds, viewOf } from "./view.ts";

/** A first look, or one after a pause, goes through the time that was missed in such steps, and no farther back. */
const FIRST_LOOK_HOURS = 35 * DAY_HOURS;
const STEP_HOURS = 60;
/** Longer without a look is a pause. */
const PAUSE_HOURS = 6;

export interface HealthNeeds {
  readonly analytics: Analytics;
  /** as the program itself sees it */
  readonly whole: Db;
}

/** What is kept in memory between looks. It may be lost: the next look reads it again. */
export class HealthMemory {
  readonly hours = new HourMemory();
  readonly learnt = new Learnt();
}

/** Looks at all programs as far as everything is in the analytics. @returns alerts opened and closed */
export async function lookAtHealth(
  ctx: Context,
  needs: HealthNeeds,
  memory: HealthMemory,
): Promise<{ opened: number; closed: number }> {
  const asOf = await freshness({ ...ctx, ...needs });
  const hours = await memory.hours.read({ db: needs.whole, analytics: needs.analytics }, asOf);
  const programs = (await allPrograms(ctx.db)).filter(({ status }) => status !== "draft" && status !== "closed");
  const settings = await settingsOf(
    ctx.db,
    programs.map(({ programId }) => programId),
  );
  const done = { opened: 0, closed: 0 };
  for (const program of programs) {
    const own = hours.programs.get(program.programId) ?? { partners: new Map(), sources: new Map() };
    const wanted = settings.get(program.programId) as HealthSettings;
    const { opened, closed } = await lookAtProgram(ctx, program, wanted, hours, own, memory);
    done.opened += opened;
    done.closed += closed;
  }
  return done;
}

async function lookAtProgram(
  ctx: Context,
  program: ProgramFacts,
  settings: HealthSettings,
  hours: Hours,
  own: ProgramHours,
  memory: HealthMemory,
): Promise<{ opened: number; closed: number }> {
  const { programId } = program;
  const done = { opened: 0, closed: 0 };
  const until = await store.watchedUntil(ctx.db, programId);
  for (const moment of momentsSince(until, hours)) {
    const ended = await store.endedAlerts(ctx.db, programId, new Date(hours.first * HOUR_MS));
    const living = (await store.livingAlerts(ctx.db, programId))
      .map(toLiving)
      .filter(({ openedAt }) => openedAt <= moment.first + moment.end);
    const calendar = calendarOf(hours, program.timeZone, settings.quiet, ended);
    const isNow = moment.end === hours.hours;
    const learnt = isNow ? memory.learnt : new Learnt();
    const view = { calendar, moment, learnt, priors: priorsOf(own, calendar, moment.end) };
    const wishes = wishesOf(settings);
    const changes = await partnerChanges(ctx, program, own, living, wishes, view);
    changes.push(...sourceChanges(own, living, wishes, moment));
    const at = isNow ? ctx.clock.now() : new Date((hours.first + moment.end) * HOUR_MS);
    const { opened, closed } = await write(ctx, settings, changes, at, isNow && until !== undefined);
    done.opened += opened;
    done.closed += closed;
  }
  await store.noteWatched(ctx.db, programId, new Date((hours.first + hours.hours - 1 + hours.whole) * HOUR_MS));
  return done;
}

/**
 * What changes for each partner. Whether somebody has decided that nothing is to come is asked only of those about whom there is something to say, which on most days is
 * nobody.
 */
async function partnerChanges(
  ctx: Context,
  program: ProgramFacts,
  own: ProgramHours,
  living: readonly LivingTrouble[],
  wishes: Wishes,
  needs: Omit<ViewNeeds, "planned">,
): Promise<Change[]> {
  const { first, end } = needs.moment;
  const views: PartnerView[] = [];
  const of = (partnerId: string) => living.filter((one) => one.partnerId === partnerId);
  for (const [partnerId, partner] of own.partners) {
    const view = viewOf(partnerId, partner, { ...needs, planned: () => false });
    const changes = lookAtPartner(view, of(partnerId), wishes, first, end);
    if (changes.length > 0) views.push(view);
    // the worker has other things to do in between
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (views.length === 0) return [];
  const planned = await plannedOf(
    ctx,
    program,
    views.map(({ partnerId }) => partnerId),
  );
  return views.flatMap((view) => {
    const { partnerId } = view;
    const quietOrPlanned = (offerId: string | null) => view.planned(offerId) || planned(partnerId, offerId);
    return lookAtPartner({ ...view, planned: quietOrPlanned }, of(partnerId), wishes, first, end);
  });
}

/** Now, and before it what was missed since the last look. */
function momentsSince(until: Date | undefined, hours: Hours): Moment[] {
  const { first, hours: end, whole } = hours;
  const last = until === undefined ? end - FIRST_LOOK_HOURS : until.getTime() / HOUR_MS - first;
  const moments: Moment[] = [];
  if (end - last > PAUSE_HOURS)
    for (let at = Math.max(4 * WEEK_HOURS, Math.ceil(last) + STEP_HOURS); at < end - PAUSE_HOURS; at += STEP_HOURS)
      moments.push({ first, end: at, whole: 1 });
  return [...moments, { first, end, whole }];
}

function wishesOf(settings: HealthSettings): Wishes {
  const { programId, sensitivity, newNormalDays } = settings;
  return { programId, sensitivity, kinds: new Set(settings.kinds), newNormalHours: newNormalDays * DAY_HOURS };
}

function sourceChanges(own: ProgramHours, living: readonly LivingTrouble[], wishes: Wishes, moment: Moment): Change[] {
  const skipped = new Uint8Array(moment.end);
  return [...own.sources].flatMap(([sourceId, { all, rejected }]) => {
    const calls = { all: all.subarray(0, moment.end), bad: rejected.subarray(0, moment.end), skipped };
    const known = living.find((one) => one.sourceId === sourceId);
    return lookAtSource({ sourceId, calls }, known, wishes, moment.first, moment.end);
  });
}

function toLiving(row: store.AlertRow): LivingTrouble {
  return {
    alertId: row.alert_id,
    programId: row.program_id,
    partnerId: row.partner_id,
    offerId: row.offer_id,
    sourceId: row.source_id,
    kind: row.kind as Trouble["kind"],
    eventType: row.event_type,
    direction: row.direction as Trouble["direction"],
    since: Math.round(row.since.getTime() / HOUR_MS),
    openedAt: Math.round(row.opened_at.getTime() / HOUR_MS),
    expected: row.expected,
    seen: row.seen,
    level: row.level,
    chance: row.chance,
  };
}

/** @param tell false: a look at the past tells nobody, it only keeps what was */
async function write(
  ctx: Context,
  settings: HealthSettings,
  changes: readonly Change[],
  at: Date,
  tell: boolean,
): Promise<{ opened: number; closed: number }> {
  if (changes.length === 0) return { opened: 0, closed: 0 };
  const muted = await store.mutedAlerts(ctx.db, settings.programId, at);
  const isMuted = (trouble: Trouble) =>
    muted.some(
      (row) =>
        row.partner_id === trouble.partnerId &&
        row.offer_id === trouble.offerId &&
        row.source_id === trouble.sourceId &&
        row.kind === trouble.kind &&
        row.event_type === trouble.eventType,
    );
  return await transact(ctx, async (tx) => {
    const done = { opened: 0, closed: 0 };
    for (const change of changes) {
      if (change.to === "update") await store.noteAlert(tx.db, change.alertId, at, change);
      else if (change.to === "close") {
        await store.closeAlert(tx.db, change.alertId, at, change.why);
        done.closed += 1;
      } else if (!isMuted(change.trouble)) {
        const { trouble } = change;
        const alertId = tx.ids.next("hal");
        if (!(await store.insertAlert(tx.db, await rowOf(tx, alertId, trouble, settings, at)))) continue;
        done.opened += 1;
        if (tell) await announce(tx, "tracking.alert", noticeOf(alertId, trouble, at));
      }
    }
    return done;
  });
}

async function rowOf(ctx: Context, alertId: string, trouble: Trouble, settings: HealthSettings, at: Date) {
  return {
    alert_id: alertId,
    program_id: trouble.programId,
    partner_id: trouble.partnerId,
    offer_id: trouble.offerId,
    source_id: trouble.sourceId,
    kind: trouble.kind,
    event_type: trouble.eventType,
    direction: trouble.direction,
    state: "open",
    since: new Date(trouble.since * HOUR_MS),
    opened_at: at,
    updated_at: at,
    expected: trouble.expected,
    seen: trouble.seen,
    level: trouble.level,
    chance: trouble.chance,
    reasons: JSON.stringify(await reasonsOf(ctx, trouble)),
    for_partner: trouble.partnerId !== null && settings.partnerKinds.includes(trouble.kind),
  };
}

function noticeOf(alertId: string, trouble: Trouble, at: Date): Record<string, unknown> {
  const { programId, partnerId, offerId, sourceId, eventType, direction, expected, seen } = trouble;
  return {
    kind: direction === "errors" ? trouble.kind : `${trouble.kind}_${direction}`,
    alertId,
    programId,
    partnerId,
    offerId,
    sourceId,
    eventType,
    since: new Date(trouble.since * HOUR_MS).toISOString(),
    expected: Math.round(expected * 100) / 100,
    seen: Math.round(seen * 100) / 100,
    at: at.toISOString(),
  };
}
