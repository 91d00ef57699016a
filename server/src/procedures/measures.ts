import type { BottleneckQuery, BottleneckRow, Bottlenecks, ProcedureDefinition } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, requirePermission, userNames } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { startOfDay } from "../kernel/period.ts";
import { partnersByIds, reachOf } from "../partners/index.ts";
import { regionNames } from "../programs/index.ts";
import { workingCalendar } from "./calendars.ts";
import type { ProcedureNeeds } from "./contracts.ts";
import { textIn } from "./core/conditions.ts";
import { lengthWithin } from "./core/survival.ts";
import { type WorkingCalendar, workingBetween } from "./core/working-time.ts";
import { titleOf } from "./step-words.ts";
import * as store from "./store/measures.ts";
import { newestOf } from "./store/versions.ts";
import { definitionIn } from "./versions.ts";

type Query = z.output<typeof BottleneckQuery>;
type PartnerOf = ReadonlyMap<string, Awaited<ReturnType<typeof partnersByIds>>[number]>;

const HOUR = 3_600_000;

/** Where cases get stuck: how long stays that began in a time lasted, by what they are cut. */
export async function bottlenecks(
  ctx: Context,
  actor: Actor,
  needs: ProcedureNeeds,
  query: Query,
): Promise<Bottlenecks> {
  requirePermission(actor, "procedures.read");
  const within = await reachOf(ctx, actor, "procedures.read");
  const period = {
    procedure: query.procedure,
    from: startOfDay(query.from, "UTC"),
    to: startOfDay(query.to, "UTC"),
  };
  const isWait = query.by === "waiting" || query.by === "missing";
  const rows = isWait ? await store.waitsIn(ctx.db, within, period) : await store.staysIn(ctx.db, within, period);
  const version = await newestOf(ctx.db, query.procedure);
  const definition = version && definitionIn(version);
  const ids = [...new Set(rows.flatMap((row) => (row.partner_id === null ? [] : [row.partner_id])))];
  const partners: PartnerOf = new Map((await partnersByIds(ctx.db, ids)).map((one) => [one.partnerId, one]));
  const groups = new Map<string, store.MeasuredRow[]>();
  for (const row of rows) {
    const key = keyOf(row, query.by, partners);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const calendars = await calendarsOf(ctx, rows);
  const expected = await needs.firstDeposits?.(ctx);
  const titles = await titlesOf(ctx, query, definition, [...groups.keys()]);
  const measured = [...groups].map(([key, some]) =>
    measure(some, {
      key,
      title: titles(key),
      now: ctx.clock.now(),
      calendars,
      perDay: (row) => {
        const partner = row.partner_id === null ? undefined : partners.get(row.partner_id);
        const asked = { subjectId: row.subject_id, kind: partner?.kind ?? null, regionId: row.region_id };
        return isWait ? null : (expected?.perDay(asked) ?? null);
      },
    }),
  );
  return {
    rows: inOrder(measured, query.by, definition),
    cases: await store.caseCounts(ctx.db, within, period),
    expectedFrom: expected?.from ?? null,
  };
}

function keyOf(row: store.MeasuredRow, by: Query["by"], partners: PartnerOf): string | null {
  const partner = row.partner_id === null ? undefined : partners.get(row.partner_id);
  switch (by) {
    case "stage":
      return row.stage;
    case "region":
      return row.region_id ?? "";
    case "owner":
      return partner?.ownerUserId ?? "";
    case "kind":
      return partner?.kind ?? "lead";
    case "waiting":
      return row.role;
    case "missing":
      return row.kind === "fact" || row.kind === "task" ? row.key : null;
  }
}

async function titlesOf(
  ctx: Context,
  { by, language }: Query,
  definition: ProcedureDefinition | undefined,
  keys: readonly string[],
): Promise<(key: string) => string> {
  const ids = keys.filter((key) => key !== "");
  const names =
    by === "owner"
      ? await userNames(ctx, ids)
      : by === "region"
        ? await regionNames(ctx.db, ids)
        : new Map<string, string>();
  return (key) => {
    if (by === "stage") {
      const stage = definition?.stages.find((one) => one.key === key);
      return stage === undefined ? key : textIn(stage.title, language);
    }
    if (by === "missing" && definition !== undefined) return titleOf(definition, key, language);
    return names.get(key) ?? key;
  };
}

/** Stages as they follow each other; everything else with the slowest first. */
function inOrder(
  rows: readonly BottleneckRow[],
  by: Query["by"],
  definition: ProcedureDefinition | undefined,
): BottleneckRow[] {
  const place = new Map((definition?.stages ?? []).map(({ key }, index) => [key, index]));
  if (by === "stage") return [...rows].sort((one, other) => (place.get(one.key) ?? 99) - (place.get(other.key) ?? 99));
  const slow = ({ medianHours }: BottleneckRow) => medianHours ?? Number.POSITIVE_INFINITY;
  return [...rows].sort((one, other) => (slow(other) > slow(one) ? 1 : -1));
}

type CalendarOf = (regionId: string | null) => WorkingCalendar;

async function calendarsOf(ctx: Context, rows: readonly store.MeasuredRow[]): Promise<CalendarOf> {
  const known = new Map<string | null, WorkingCalendar>();
  for (const { region_id } of rows)
    if (!known.has(region_id)) known.set(region_id, await workingCalendar(ctx, region_id));
  return (regionId) => {
    const calendar = known.get(regionId);
    if (calendar === undefined) throw new Error("every region's calendar was read");
    return calendar;
  };
}

interface Measuring {
  readonly key: string;
  readonly title: string;
  readonly now: Date;
  readonly calendars: CalendarOf;
  readonly perDay: (row: store.MeasuredRow) => number | null;
}

/** Dropped and migrated stays were broken off: like those that still run they lasted at least so long. */
const ENDED = new Set(["passed", "sent_back"]);

function measure(rows: readonly store.MeasuredRow[], { key, title, now, calendars, perDay }: Measuring): BottleneckRow {
  const calendar = rows.map((row) => ({
    length: (row.until_at ?? now).getTime() - row.from_at.getTime(),
    ended: ENDED.has(row.ended_how ?? ""),
  }));
  const working = rows.map((row, index) => ({
    length:
      row.working_seconds === null
        ? workingBetween(calendars(row.region_id), row.from_at, row.until_at ?? now)
        : Number(row.working_seconds) * 1000,
    ended: calendar[index]?.ended === true,
  }));
  const hours = (length: number | null) => (length === null ? null : Math.round((length / HOUR) * 10) / 10);
  const late = rows.map((row) =>
    row.due_at === null ? 0 : Math.max(0, (row.until_at ?? now).getTime() - row.due_at.getTime()) / (24 * HOUR),
  );
  const lost = rows.map((row, index) => {
    const rate = perDay(row);
    return rate === null ? null : rate * (late[index] ?? 0);
  });
  const known = lost.filter((one) => one !== null);
  const count = (how: string) => rows.filter((row) => row.ended_how === how).length;
  return {
    key,
    title,
    count: rows.length,
    running: rows.filter((row) => row.until_at === null).length,
    medianHours: hours(lengthWithin(calendar, 0.5)),
    p90Hours: hours(lengthWithin(calendar, 0.9)),
    medianWorkingHours: hours(lengthWithin(working, 0.5)),
    p90WorkingHours: hours(lengthWithin(working, 0.9)),
    late: late.filter((days) => days > 0).length,
    lateDays: round(late.reduce((sum, days) => sum + days, 0)),
    sentBack: count("sent_back"),
    dropped: count("dropped"),
    lostFtds: known.length === 0 ? null : round(known.reduce((sum, one) => sum + one, 0)),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
