import type { NewWorkingCalendar, WorkingCalendarWire } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, refuseDuplicate, type TxContext, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { regionById } from "../programs/index.ts";
import { USUAL_CALENDAR, type WorkingCalendar } from "./core/working-time.ts";
import * as store from "./store/calendars.ts";

/** The working hours that count for a region. */
export async function workingCalendar(ctx: Context, regionId: string | null): Promise<WorkingCalendar> {
  const row = await store.calendarFor(ctx.db, regionId);
  if (row === undefined) return USUAL_CALENDAR;
  const { timeZone, week, holidays } = wireOf(row);
  return { timeZone, week, holidays: new Set(holidays.map(({ day }) => day)) };
}

export async function listCalendars(ctx: Context, actor: Actor, page: PageRequest) {
  requirePermission(actor, "procedures.read");
  const { rows, nextCursor } = await store.calendarPage(ctx.db, page);
  return { data: rows.map(wireOf), nextCursor };
}

/** @throws Refusal `already_exists` when the region has one */
export async function addCalendar(ctx: Context, actor: Actor, input: NewWorkingCalendar): Promise<WorkingCalendarWire> {
  requirePermission(actor, "procedures.approve", {});
  requireHours(input);
  return await transact(ctx, async (tx) => {
    if (input.regionId !== null && (await regionById(tx.db, input.regionId)) === undefined)
      throw notFound("region", input.regionId);
    const row = await refuseDuplicate("regionId", input.regionId ?? "", () =>
      store.insertCalendar(tx.db, {
        calendar_id: tx.ids.next("pcl"),
        region_id: input.regionId,
        ...columns(input),
      }),
    );
    await note(tx, actor, "procedures.calendar_added", row.calendar_id, undefined, wireOf(row));
    return wireOf(row);
  });
}

/** Due times that are worked out from now on follow it; those that stand stay. */
export async function changeCalendar(
  ctx: Context,
  actor: Actor,
  id: string,
  input: Omit<NewWorkingCalendar, "regionId"> & { readonly revision: number },
): Promise<WorkingCalendarWire> {
  requirePermission(actor, "procedures.approve", {});
  requireHours(input);
  return await transact(ctx, async (tx) => {
    const before = await store.calendarById(tx.db, id);
    if (before === undefined) throw notFound("calendar", id);
    const row = await store.changeCalendar(tx.db, id, input.revision, columns(input));
    if (row === undefined) throw changedMeanwhile("calendar", input.revision);
    await note(tx, actor, "procedures.calendar_changed", id, wireOf(before), wireOf(row));
    return wireOf(row);
  });
}

export async function removeCalendar(ctx: Context, actor: Actor, id: string, revision: number): Promise<void> {
  requirePermission(actor, "procedures.approve", {});
  await transact(ctx, async (tx) => {
    const before = await store.calendarById(tx.db, id);
    if (before === undefined) throw notFound("calendar", id);
    if (!(await store.deleteCalendar(tx.db, id, revision))) throw changedMeanwhile("calendar", revision);
    await note(tx, actor, "procedures.calendar_removed", id, wireOf(before), undefined);
  });
}

type Hours = Pick<NewWorkingCalendar, "timeZone" | "week" | "holidays">;

function requireHours({ timeZone, week }: Hours): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    throw invalid("timeZone", timeZone, "is no time zone", "write it like Europe/Madrid");
  }
  if (week.every((day) => day.length === 0)) throw invalid("week", "", "has no working hour");
  week.forEach((day, index) => {
    let last = "";
    for (const [from, to] of day) {
      if (from >= to || from < last)
        throw invalid(`week[${index}]`, `${from}–${to}`, "is not in order", "hours follow each other without overlap");
      last = to;
    }
  });
}

function columns({ timeZone, week, holidays }: Hours) {
  const sorted = [...holidays].sort((one, other) => (one.day < other.day ? -1 : 1));
  return { time_zone: timeZone, week: JSON.stringify(week), holidays: JSON.stringify(sorted) };
}

function wireOf(row: store.CalendarRow): WorkingCalendarWire {
  return {
    id: row.calendar_id,
    regionId: row.region_id,
    timeZone: row.time_zone,
    week: row.week as WorkingCalendarWire["week"],
    holidays: row.holidays as WorkingCalendarWire["holidays"],
    revision: row.revision,
  };
}

async function note(
  tx: TxContext,
  actor: Actor,
  action: string,
  id: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  await audit.record(tx, actor, { action, subjectKind: "working_calendar", subjectId: id, before, after });
}
