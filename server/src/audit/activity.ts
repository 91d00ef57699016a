import type pg from "pg";
import type { Context } from "../database/index.ts";
import type { NotedActivity } from "./contracts.ts";
import { personsIn, unseal } from "./core/seal.ts";
import {
  appendActivities,
  type TimelineFilter,
  type TimelinePlace,
  type TimelineRow,
  timelineRows,
} from "./store/activity.ts";
import { keysOf } from "./store/keys.ts";

/** Where activities are noted; they are written together a moment later. */
export interface ActivityLog {
  note(activity: NotedActivity): void;
  /** Writes what waits. */
  flush(): Promise<void>;
}

const WAIT_MS = 1_000;
const AT_ONCE = 500;
/** A flood is not kept in memory: what lies beyond is counted as lost. */
const MOST_WAITING = 20_000;

/**
 * Notes without making anybody wait: a request pays for putting a row into a list. Rows that cannot be written (the database is away) are given to
 * `onTrouble` once per batch, and are gone.
 */
export function openActivityLog(pool: pg.Pool, onTrouble: (error: unknown, lost: number) => void): ActivityLog {
  let waiting: NotedActivity[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    try {
      await appendActivities(pool, rows);
    } catch (error) {
      onTrouble(error, rows.length);
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  return {
    note: (activity) => {
      if (waiting.length >= MOST_WAITING) return onTrouble(new Error("Too much to note at once"), 1);
      waiting.push(activity);
      if (waiting.length === AT_ONCE) void flush();
      else timer ??= setTimeout(flush, WAIT_MS).unref();
    },
    flush,
  };
}

/** A page of what people did, changes among it; newest first. */
export async function timeline(
  ctx: Context,
  filter: TimelineFilter,
  page: { readonly limit: number; readonly after?: TimelinePlace | undefined },
): Promise<TimelineRow[]> {
  const rows = await timelineRows(ctx.db, filter, page);
  const keys = await keysOf(ctx.db, [...personsIn(rows.map((row) => row.actor_name))]);
  return rows.map((row) => ({
    ...row,
    actor_name: row.actor_name === null ? null : String(unseal(row.actor_name, keys)),
  }));
}
