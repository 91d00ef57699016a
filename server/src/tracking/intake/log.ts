import type pg from "pg";
import type { Clock } from "../../kernel/clock.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { EntryBuffer } from "./entry-buffer.ts";
import { type Lane, openLane } from "./lane.ts";
import type { Place, Settled } from "./place.ts";

export interface IntakeLog {
  /**
   * Takes the next place. The entry must be appended in the same turn of the event loop: places are appended in their order.
   * @throws Refusal log_unavailable while no lane is open or too much is waiting
   */
  reserve(): Place;
  /** Puts the entry of a reserved place into the next batch. `body` holds no U+0000. */
  appendAt(place: Place, kind: number, receivedAtMs: number, body: string, settled: Settled): void;
  /** Reserves and appends; resolves when the entry is durable. @throws Refusal log_unavailable: nothing was accepted */
  append(kind: number, body: string): Promise<Place>;
  /** Entries that wait for their commit. */
  readonly waiting: number;
  /** Takes nothing more, waits until everything taken is committed, closes the lane. */
  close(): Promise<void>;
}

export interface IntakeLogOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  /** role and host, shown to people */
  readonly writer: string;
  /** Bytes that may wait for a commit before callers are refused; 64 MB when not given. */
  readonly maxWaitingBytes?: number;
  /** A commit that takes longer is given up, its connection closed; 10 s when not given. */
  readonly commitTimeoutMs?: number;
  /** Told when a lane is lost or cannot be opened. */
  readonly onTrouble?: (error: Error) => void;
}

const REOPEN_AFTER_MS = [50, 200, 1000, 2000] as const;

/** Opens the log for writing. @throws when the database cannot be reached at the start */
export async function openIntakeLog(options: IntakeLogOptions): Promise<IntakeLog> {
  const log = new GroupCommitLog(options);
  await log.start();
  return log;
}

/**
 * Group commit: what arrives while a batch is being committed is the next batch, which starts when the last one is durable.
 * There is no timer on the way of an entry, and one connection (a second flusher in parallel was measured to be slower).
 */
class GroupCommitLog implements IntakeLog {
  readonly #options: IntakeLogOptions;
  readonly #maxWaitingBytes: number;
  #lane: Lane | undefined;
  #nextSeq = 1;
  #filling = new EntryBuffer();
  #flushing = new EntryBuffer();
  #busy = false;
  #scheduled = false;
  #closing = false;
  #idle: (() => void) | undefined;

  constructor(options: IntakeLogOptions) {
    this.#options = options;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? 64 * 1024 * 1024;
  }

  async start(): Promise<void> {
    this.#lane = await openLane(this.#options, (error) => this.#laneLost(error));
  }

  get waiting(): number {
    return this.#filling.settled.length + (this.#busy ? this.#flushing.settled.length : 0);
  }

  reserve(): Place {
    if (this.#lane === undefined || this.#closing) throw unavailable("The intake log is not open for writing");
    if (this.#filling.bytes > this.#maxWaitingBytes) throw unavailable("Too many entries wait for the intake log");
    return { lane: this.#lane.number, seq: this.#nextSeq++ };
  }

  appendAt(place: Place, kind: number, receivedAtMs: number, body: string, settled: Settled): void {
    if (place.lane !== this.#lane?.number) {
      settled(unavailable("The lane of the intake log was lost"));
      return;
    }
    this.#filling.add(place, kind, receivedAtMs, body, settled);
    if (this.#busy || this.#scheduled) return;
    // Requests that were read in the same turn share the first batch.
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  append(kind: number, body: string): Promise<Place> {
    return new Promise((resolve, reject) => {
      const place = this.reserve();
      this.appendAt(place, kind, this.#options.clock.now().getTime(), body, (refusal) =>
        refusal === undefined ? resolve(place) : reject(refusal),
      );
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.waiting > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    const lane = this.#lane;
    this.#lane = undefined;
    await lane?.close(this.#options.clock.now());
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#busy) return;
    const lane = this.#lane;
    if (lane === undefined || this.#filling.settled.length === 0) {
      this.#rest();
      return;
    }
    this.#busy = true;
    const batch = this.#filling;
    this.#filling = this.#flushing;
    this.#flushing = batch;
    lane.copy(batch.take(), batch.settled.length).then(
      () => this.#committed(batch),
      (error: Error) => this.#failed(batch, lane, error),
    );
  }

  /** The next batch goes out before the callers of this one are told: the database works while they are answered. */
  #committed(batch: EntryBuffer): void {
    const settled = batch.reset();
    this.#busy = false;
    this.#flush();
    for (const done of settled) this.#tell(done);
    this.#rest();
  }

  /** One caller that fails must not keep the others from being told. */
  #tell(done: Settled): void {
    try {
      done(undefined);
    } catch (error) {
      this.#options.onTrouble?.(error as Error);
    }
  }

  #failed(batch: EntryBuffer, lane: Lane, error: Error): void {
    this.#busy = false;
    if (this.#lane === lane) this.#laneLost(error);
    refuse(batch, error);
    // A new lane may be open already, with entries that came while the lost batch was in doubt.
    this.#flush();
  }

  #rest(): void {
    if (this.#closing && this.waiting === 0) this.#idle?.();
  }

  /** Whether the last commit of a lost lane went through is unknown; its callers were refused, and its numbers are not used again. */
  #laneLost(error: Error): void {
    const lane = this.#lane;
    if (lane === undefined) return;
    this.#lane = undefined;
    this.#nextSeq = 1;
    lane.abandon();
    this.#options.onTrouble?.(error);
    refuse(this.#filling, error);
    this.#rest();
    if (!this.#closing) void this.#reopen(0);
  }

  async #reopen(attempt: number): Promise<void> {
    try {
      const lane = await openLane(this.#options, (error) => this.#laneLost(error));
      if (this.#closing) await lane.close(this.#options.clock.now());
      else this.#lane = lane;
    } catch (error) {
      this.#options.onTrouble?.(error as Error);
      const wait = REOPEN_AFTER_MS[Math.min(attempt, REOPEN_AFTER_MS.length - 1)];
      if (!this.#closing) setTimeout(() => void this.#reopen(attempt + 1), wait);
    }
  }
}

function unavailable(detail: string): Refusal {
  return new Refusal("log_unavailable", detail);
}

function refuse(batch: EntryBuffer, error: Error): void {
  const refusal = unavailable(`The intake log could not be written (${error.message})`);
  for (const done of batch.reset()) done(refusal);
}
