import { setTimeout as sleep } from "node:timers/promises";
import type { Analytics, Db } from "../../database/index.ts";
import type { ClickIds } from "../../tracking/index.ts";
import { programFacts } from "../store/names.ts";
import { type ClickShipper, clickShipper } from "./clicks.ts";
import { whileShipping } from "./lock.ts";
import { type RecordShipper, recordShipper } from "./records.ts";

/** What shipping needs: the database, ClickHouse, and the keys to read click ids by. */
export interface ShippingContext {
  readonly db: Db;
  readonly analytics: Analytics;
  readonly clickIds: Pick<ClickIds, "read">;
}

export interface Shippers {
  readonly clicks: ClickShipper;
  readonly records: RecordShipper;
  /** Reads the programs' time zones again. */
  refresh(db: Db): Promise<void>;
}

export function shippers(ctx: ShippingContext): Shippers {
  let zones: ReadonlyMap<string, string> = new Map();
  const zoneOf = (programId: string | undefined): string => (programId && zones.get(programId)) || "UTC";
  return {
    clicks: clickShipper(ctx.analytics, zoneOf),
    records: recordShipper(ctx.analytics, ctx.clickIds, zoneOf),
    async refresh(db) {
      zones = new Map((await programFacts(db)).map((program) => [program.programId, program.timeZone]));
    },
  };
}

/** Ships everything that is waiting now, and resolves with the number of rows sent. For tests, the sample and the command line. */
export async function shipAll(ctx: ShippingContext): Promise<number> {
  const ships = shippers(ctx);
  const shipped = await whileShipping(
    ctx.db,
    async (db) => {
      await ships.refresh(db);
      let total = 0;
      for (;;) {
        const clicks = await ships.clicks.ship(db);
        const records = await ships.records.ship(db);
        total += clicks.shipped + records.shipped;
        if (!clicks.more && !records.more) return total;
      }
    },
    { wait: true },
  );
  return shipped ?? 0;
}

export interface ShippingOptions {
  /** Pause when there was nothing to do, or somebody else ships; 300 ms when not given. */
  readonly idleMs?: number;
  /** Told of a failed pass. It is tried again after a growing pause of up to 10 s. */
  readonly onTrouble?: (error: Error) => void;
}

const LONGEST_PAUSE_MS = 10_000;
/**
 * Rows keep coming: a second's worth of them is one part in ClickHouse instead of three, and merged with others less often. While a file is
 * imported, a few seconds' worth are.
 */
const BUSY: readonly (readonly [rows: number, pauseMs: number])[] = [
  [10_000, 3_000],
  [1_000, 1_000],
];

/** The worker's loop: ships until it is stopped. `stop()` finishes the pass under way. */
export function startShipping(ctx: ShippingContext, options: ShippingOptions = {}): { stop(): Promise<void> } {
  const idleMs = options.idleMs ?? 300;
  const ships = shippers(ctx);
  const stopped = new AbortController();

  /** @returns the pause after it, milliseconds */
  async function pass(): Promise<number> {
    const pause = await whileShipping(ctx.db, async (db) => {
      await ships.refresh(db);
      const clicks = await ships.clicks.ship(db);
      const records = await ships.records.ship(db);
      if (clicks.more || records.more) return 0;
      const shipped = clicks.shipped + records.shipped;
      return Math.max(idleMs, BUSY.find(([rows]) => shipped > rows)?.[1] ?? 0);
    });
    return pause ?? idleMs;
  }

  async function run(): Promise<void> {
    let pause = idleMs;
    while (!stopped.signal.aborted) {
      try {
        pause = await pass();
      } catch (error) {
        options.onTrouble?.(error as Error);
        pause = Math.min(Math.max(pause, idleMs) * 2, LONGEST_PAUSE_MS);
      }
      if (pause > 0) await sleep(pause, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
