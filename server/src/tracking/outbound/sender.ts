import { type Db, inTransaction } from "../../database/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type AddressPolicy, PUBLIC_ONLY } from "./address.ts";
import type { CallOptions } from "./call.ts";
import type { CallOutcome } from "./contracts.ts";
import { type NextStep, nextStep } from "./core/schedule.ts";
import type { ClaimRequest } from "./store/deliveries.ts";

// Why not a job per delivery in graphile-worker, which does everything else: the delivery row already is the queue entry (both sides look at it),
// a million imported events would double into a million job rows, the wait between attempts follows the receiver (Retry-After, 72 hours), and calls
// are rationed per host, which a job queue cannot say without giving up on parallel work for everybody else. So this polls tracking.delivery itself,
// FOR UPDATE SKIP LOCKED, and any number of worker processes may do so at once.

export interface DeliveryOptions {
  readonly policy?: AddressPolicy;
  /** Calls in flight at a time, all hosts together; 32 when not given. */
  readonly concurrency?: number;
  /** Calls in flight at a time to one host; 4 when not given. */
  readonly perHost?: number;
  readonly timeoutMs?: number;
  /** How often an idle worker looks; 1,000 ms when not given. */
  readonly pollMs?: number;
  /** Something broke on our side (the database, mostly): told, then tried again. */
  readonly onError?: (error: unknown) => void;
}

export interface Deliveries {
  /** Takes nothing new and resolves when the calls in flight are written down. */
  stop(): Promise<void>;
}

/** Longer than a call may take, so that a delivery is taken twice only when its first taker is gone. */
const LEASE_BEYOND_TIMEOUT_MS = 30_000;

/** What every delivery of a queue has. */
export interface Due {
  readonly deliveryId: bigint;
  readonly attempt: number;
  readonly windowFrom: Date;
  readonly host: string;
}

/** A queue of deliveries: partner postbacks, webhooks of the operator. */
export interface Outbox<T extends Due> {
  /** In one transaction: takes what is due and writes down that it will be called. */
  take(tx: Db, request: ClaimRequest): Promise<readonly T[]>;
  /** Makes the call and says how it went; never throws. */
  call(delivery: T, options: CallOptions): Promise<CallOutcome>;
  finish(db: Db, done: Finished): Promise<void>;
}

export interface Finished {
  readonly deliveryId: bigint;
  readonly attempt: number;
  readonly now: Date;
  readonly call: CallOutcome;
  readonly next: NextStep;
}

/** Starts sending what is due. At least once: a crash between an answer and our note of it repeats the call, with the same id. */
export function startSending<T extends Due>(needs: {
  readonly db: Db;
  readonly clock: Clock;
  /** in [0, 1) */
  readonly random: () => number;
  readonly outbox: Outbox<T>;
  readonly options?: DeliveryOptions;
}): Deliveries {
  const sender = new Sender(needs);
  const ended = sender.run();
  return {
    stop: () => {
      sender.stop();
      return ended;
    },
  };
}

class Sender<T extends Due> {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #outbox: Outbox<T>;
  readonly #options: Required<DeliveryOptions>;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #perHost = new Map<string, number>();
  #stopping = false;
  #wake: () => void = () => undefined;

  constructor(needs: {
    readonly db: Db;
    readonly clock: Clock;
    readonly random: () => number;
    readonly outbox: Outbox<T>;
    readonly options?: DeliveryOptions;
  }) {
    const options = needs.options ?? {};
    this.#db = needs.db;
    this.#clock = needs.clock;
    this.#random = needs.random;
    this.#outbox = needs.outbox;
    this.#options = {
      policy: options.policy ?? PUBLIC_ONLY,
      concurrency: options.concurrency ?? 32,
      perHost: options.perHost ?? 4,
      timeoutMs: options.timeoutMs ?? 10_000,
      pollMs: options.pollMs ?? 1000,
      onError: options.onError ?? (() => undefined),
    };
  }

  stop(): void {
    this.#stopping = true;
    this.#wake();
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      const taken = await this.#take().catch((error: unknown) => {
        this.#options.onError(error);
        return 0;
      });
      // A full ration means that more may be due: look again as soon as a call ends, else after the pause.
      if (taken === 0 || this.#free() === 0) await this.#pause();
    }
    await Promise.all(this.#inFlight);
  }

  #free(): number {
    return this.#options.concurrency - this.#inFlight.size;
  }

  async #take(): Promise<number> {
    const limit = this.#free();
    if (limit <= 0) return 0;
    const now = this.#clock.now();
    const { perHost, timeoutMs } = this.#options;
    const claimed = await inTransaction(this.#db, (tx) =>
      this.#outbox.take(tx, {
        now,
        leaseUntil: new Date(now.getTime() + timeoutMs + LEASE_BEYOND_TIMEOUT_MS),
        limit,
        perHost,
        busy: new Map([...this.#perHost].map(([host, calls]) => [host, perHost - calls])),
      }),
    );
    for (const delivery of claimed) this.#send(delivery);
    return claimed.length;
  }

  #send(delivery: T): void {
    this.#perHost.set(delivery.host, (this.#perHost.get(delivery.host) ?? 0) + 1);
    const sent = this.#deliver(delivery)
      .catch(this.#options.onError)
      .finally(() => {
        this.#inFlight.delete(sent);
        const left = (this.#perHost.get(delivery.host) ?? 1) - 1;
        if (left === 0) this.#perHost.delete(delivery.host);
        else this.#perHost.set(delivery.host, left);
        this.#wake();
      });
    this.#inFlight.add(sent);
  }

  async #deliver(delivery: T): Promise<void> {
    const call = await this.#outbox.call(delivery, this.#options);
    const now = this.#clock.now();
    const next = nextStep({
      delivered: call.error === null,
      attempt: delivery.attempt,
      windowFrom: delivery.windowFrom,
      now,
      random: this.#random(),
      retryAfterMs: call.retryAfterMs,
    });
    await this.#outbox.finish(this.#db, {
      deliveryId: delivery.deliveryId,
      attempt: delivery.attempt,
      now,
      call,
      next,
    });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopping) this.#wake();
    });
  }
}
