import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { sendCopy } from "./send-copy.ts";

/** First key of the advisory lock that a writer holds on its lane: "lane" in ASCII. */
export const LANE_LOCK = 0x6c616e65;

/** A writer's own numbered stretch of the log, on a connection of its own. */
export interface Lane {
  readonly number: number;
  /** Sends the messages of one COPY; rejects when it was not committed, or nobody knows. */
  copy(messages: Buffer, rows: number): Promise<void>;
  /** Ends in order: marks the lane closed, so that consumers can leave it behind. */
  close(now: Date): Promise<void>;
  /** Drops the connection. The lane stays open in the table until {@link closeDeadLanes} finds its lock free. */
  abandon(): void;
}

export interface LaneOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly writer: string;
  readonly commitTimeoutMs?: number;
}

export async function openLane(options: LaneOptions, lost: (error: Error) => void): Promise<Lane> {
  const client = await options.pool.connect();
  try {
    const number = await claim(client, options.writer, options.clock.now());
    return new PostgresLane(client, number, options.commitTimeoutMs ?? 10_000, lost);
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The lock is taken in the transaction that makes the row visible: no sweeper can ever see the lane without its lock. */
async function claim(client: pg.PoolClient, writer: string, now: Date): Promise<number> {
  await client.query("set synchronous_commit = on");
  await client.query("begin");
  const opened = await client.query<{ lane: number }>(
    "insert into intake.lane (writer, opened_at) values ($1, $2) returning lane",
    [writer, now],
  );
  const lane = opened.rows[0]?.lane;
  if (lane === undefined) throw new Error("the lane was not opened");
  await client.query("select pg_advisory_lock($1, $2)", [LANE_LOCK, lane]);
  await client.query("commit");
  return lane;
}

class PostgresLane implements Lane {
  readonly number: number;
  readonly #client: pg.PoolClient;
  readonly #lost: (error: Error) => void;
  readonly #timeout: NodeJS.Timeout;
  #copying = false;
  #gone = false;
  #reject: ((error: Error) => void) | undefined;

  constructor(client: pg.PoolClient, number: number, timeoutMs: number, lost: (error: Error) => void) {
    this.number = number;
    this.#client = client;
    this.#lost = lost;
    client.on("error", this.#onError);
    client.on("end", this.#onEnd);
    // One timer, set back for every batch: a commit that hangs must not hold its callers for ever.
    this.#timeout = setTimeout(() => this.#expired(), timeoutMs);
    this.#timeout.unref();
  }

  async copy(messages: Buffer, rows: number): Promise<void> {
    this.#copying = true;
    this.#timeout.refresh();
    try {
      const copied = await Promise.race([
        sendCopy(this.#client, messages),
        new Promise<never>((_, reject) => {
          this.#reject = reject;
        }),
      ]);
      if (copied !== rows) throw new Error(`the log took ${copied} of ${rows} entries`);
    } finally {
      this.#copying = false;
    }
  }

  async close(now: Date): Promise<void> {
    if (this.#gone) return;
    this.#leave();
    try {
      await this.#client.query("update intake.lane set closed_at = $2 where lane = $1", [this.number, now]);
      await this.#client.query("select pg_advisory_unlock($1, $2)", [LANE_LOCK, this.number]);
      this.#client.release();
    } catch (error) {
      this.#client.release(error as Error);
    }
  }

  abandon(): void {
    if (this.#gone) return;
    this.#leave();
    this.#reject?.(new Error("the connection was given up"));
    this.#client.release(true);
  }

  readonly #onError = (error: Error): void => this.#broken(error);
  readonly #onEnd = (): void => this.#broken(new Error("the connection ended"));

  #expired(): void {
    if (this.#copying) this.#broken(new Error("the commit took too long"));
  }

  #broken(error: Error): void {
    if (this.#gone) return;
    this.#reject?.(error);
    this.#lost(error);
  }

  #leave(): void {
    this.#gone = true;
    clearTimeout(this.#timeout);
    this.#client.off("end", this.#onEnd);
    this.#client.off("error", this.#onError);
    // The driver may report the end of a connection that is already given up; an unheard error would end the process.
    this.#client.on("error", () => undefined);
  }
}

/**
 * Closes the lanes whose writers are gone: their advisory lock can be had, so nothing more will be committed to them.
 * @returns the lanes that were closed
 */
export async function closeDeadLanes(db: Db, now: Date): Promise<readonly number[]> {
  const closed = await sql<{ lane: number }>`
    with open as materialized (
      select lane from intake.lane where closed_at is null order by lane limit 1000
    ), dead as materialized (
      select lane from open where pg_try_advisory_xact_lock(${LANE_LOCK}::int, lane)
    )
    update intake.lane set closed_at = ${now} from dead where intake.lane.lane = dead.lane returning intake.lane.lane as lane`.execute(
    db,
  );
  return closed.rows.map((row) => row.lane);
}
