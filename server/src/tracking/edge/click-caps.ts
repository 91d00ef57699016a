import type { CapPeriod } from "@tributary/contract";
import { CapCalendar, type CapSpan } from "../caps/core/period.ts";
import type { Granted, ReachedRow, Wanted } from "../caps/store/click-counts.ts";

/** A cap as a click meets it. */
export interface ClickCap {
  readonly capId: string;
  readonly metric: "clicks" | "conversions" | "amount";
  readonly most: number;
  readonly period: CapPeriod;
  readonly timeZone: string;
}

/** Where blocks of clicks come from and go back to; the route source gives the database's. */
export interface ClickBudget {
  reserve(wanted: readonly Wanted[]): Promise<readonly Granted[]>;
  giveBack(unused: readonly (Omit<Wanted, "debt"> & { readonly count: number })[]): Promise<void>;
}

interface Counter {
  readonly capId: string;
  readonly span: CapSpan;
  readonly partnerId: string;
  readonly value: string;
  /** reserved for this process and not used */
  remaining: number;
  /** let through before a block was there */
  debt: number;
  /** how much of it is being booked at this moment */
  booking: number;
  mayOwe: number;
  block: number;
  /** nothing is left until then, milliseconds since 1970 */
  emptyUntil: number;
  asking: boolean;
  /** time of the last click, milliseconds since 1970 */
  askedAt: number;
  /** sweeps since it was last asked */
  idle: number;
}

const ASK_AGAIN_MS = 1_000;
/** Sweeps come every five seconds. */
const IDLE_SWEEPS = 2;
const FORGET_SWEEPS = 12;
/** Counters of one process; beyond that the caps of sub IDs are not kept for new values. */
const MOST_COUNTERS = 100_000;

/**
 * Counts clicks against caps without asking anybody on a click's way: each process has a block of each counter reserved and takes from it, and
 * reserves the next one while it is being used up. Before the first block is there a process may let a few clicks through ({@link mostOwed}),
 * which are booked with the block: so one process goes at most that far beyond a cap. docs/adr/0022 tells the bounds.
 */
export class ClickCaps {
  readonly calendar = new CapCalendar();
  readonly #counters = new Map<string, Counter>();
  #reached = new Set<string>();
  #wanted = new Set<Counter>();
  #budget: ClickBudget | undefined;
  #onTrouble: (error: Error) => void = () => undefined;
  #asking: Promise<void> | undefined;

  /** Connects the counters to the database. Without it every process counts for itself. */
  connect(budget: ClickBudget, onTrouble: (error: Error) => void): void {
    this.#budget = budget;
    this.#onTrouble = onTrouble;
  }

  /** Caps have changed: blocks are asked for again under the new limits. */
  changed(reached: readonly ReachedRow[]): void {
    this.#reached = new Set(reached.map((one) => `${one.cap_id}\n${one.period_from}\n${one.partner_id}\n${one.value}`));
    for (const counter of this.#counters.values()) {
      counter.emptyUntil = 0;
      if (counter.remaining === 0) this.#want(counter);
    }
  }

  /** Is there room for one more? Takes nothing. */
  hasRoom(cap: ClickCap, partnerId: string, value: string, at: number): boolean {
    const span = this.calendar.spanAt(cap.period, at, cap.timeZone);
    if (cap.metric !== "clicks") return !this.#reached.has(keyOf(cap.capId, span, partnerId, value));
    const counter = this.#counter(cap, span, partnerId, value, at);
    return counter === undefined || counter.remaining > 0 || this.#mayOwe(counter, at);
  }

  /** Takes one click, when there is room. */
  take(cap: ClickCap, partnerId: string, value: string, at: number): boolean {
    if (!this.hasRoom(cap, partnerId, value, at)) {
      if (cap.metric === "clicks") this.#askAgain(cap, partnerId, value, at);
      return false;
    }
    if (cap.metric !== "clicks") return true;
    const counter = this.#counter(cap, this.calendar.spanAt(cap.period, at, cap.timeZone), partnerId, value, at);
    if (counter === undefined) return true;
    counter.idle = 0;
    counter.askedAt = at;
    if (counter.remaining > 0) counter.remaining -= 1;
    else counter.debt += 1;
    if (counter.remaining * 2 <= counter.block) this.#want(counter);
    return true;
  }

  /** Puts a click back that another cap refused. */
  putBack(cap: ClickCap, partnerId: string, value: string, at: number): void {
    if (cap.metric !== "clicks") return;
    const counter = this.#counter(cap, this.calendar.spanAt(cap.period, at, cap.timeZone), partnerId, value, at);
    if (counter === undefined) return;
    if (counter.debt > counter.booking) counter.debt -= 1;
    else counter.remaining += 1;
  }

  /** Gives back what has lain idle, forgets what nobody asks for. Called every five seconds, and at the end with `all`. */
  async sweep(all = false): Promise<void> {
    const unused: (Omit<Wanted, "debt"> & { count: number })[] = [];
    for (const [key, counter] of this.#counters) {
      if (counter.asking && !all) continue;
      counter.idle += 1;
      if (counter.debt > 0) this.#want(counter);
      if ((all || counter.idle >= IDLE_SWEEPS) && counter.remaining > 0) {
        unused.push({ ...placeOf(counter), count: counter.remaining });
        counter.remaining = 0;
        counter.block = 0;
      }
      if (counter.debt === 0 && counter.idle >= FORGET_SWEEPS) this.#counters.delete(key);
    }
    if (unused.length > 0) await this.#budget?.giveBack(unused);
  }

  /** Resolves when nothing is being asked for: for tests and for the end. */
  async settled(): Promise<void> {
    while (this.#asking !== undefined) await this.#asking;
  }

  #counter(cap: ClickCap, span: CapSpan, partnerId: string, value: string, at: number): Counter | undefined {
    const key = keyOf(cap.capId, span, partnerId, value);
    let counter = this.#counters.get(key);
    if (counter !== undefined) return counter;
    if (this.#counters.size >= MOST_COUNTERS) return undefined;
    counter = {
      capId: cap.capId,
      span,
      partnerId,
      value,
      remaining: 0,
      debt: 0,
      booking: 0,
      mayOwe: mostOwed(cap.most),
      block: 0,
      emptyUntil: 0,
      asking: false,
      idle: 0,
      askedAt: at,
    };
    this.#counters.set(key, counter);
    return counter;
  }

  #mayOwe(counter: Counter, at: number): boolean {
    return at >= counter.emptyUntil && counter.debt < counter.mayOwe;
  }

  #askAgain(cap: ClickCap, partnerId: string, value: string, at: number): void {
    const counter = this.#counter(cap, this.calendar.spanAt(cap.period, at, cap.timeZone), partnerId, value, at);
    if (counter === undefined) return;
    counter.idle = 0;
    counter.askedAt = at;
    if (at >= counter.emptyUntil) this.#want(counter);
  }

  #want(counter: Counter): void {
    if (counter.asking || this.#budget === undefined) return;
    counter.asking = true;
    this.#wanted.add(counter);
    this.#asking ??= this.#ask(this.#budget).finally(() => {
      this.#asking = undefined;
    });
  }

  /** One request at a time, for all counters that want something by then. */
  async #ask(budget: ClickBudget): Promise<void> {
    while (this.#wanted.size > 0) {
      const counters = [...this.#wanted];
      this.#wanted = new Set();
      for (const counter of counters) counter.booking = counter.debt;
      let booked = false;
      try {
        const granted = await budget.reserve(counters.map((one) => ({ ...placeOf(one), debt: one.booking })));
        const byKey = new Map(granted.map((one) => [`${one.capId}\n${one.from}\n${one.partnerId}\n${one.value}`, one]));
        for (const counter of counters)
          settle(counter, byKey.get(keyOf(counter.capId, counter.span, counter.partnerId, counter.value)));
        booked = true;
      } catch (error) {
        this.#onTrouble(error as Error);
      } finally {
        for (const counter of counters) {
          counter.booking = 0;
          counter.asking = false;
          // What could not be booked for want of a database is booked by the next sweep.
          if (booked && counter.debt > 0) this.#want(counter);
        }
      }
    }
  }
}

function settle(counter: Counter, granted: Granted | undefined): void {
  counter.debt -= counter.booking;
  if (granted === undefined) return;
  counter.remaining += granted.granted;
  counter.block = counter.remaining;
  counter.mayOwe = Math.min(counter.mayOwe, granted.left);
  if (counter.remaining === 0) counter.emptyUntil = counter.askedAt + ASK_AGAIN_MS;
  else counter.mayOwe = Math.min(mostOwed(Number(granted.most)), granted.left);
  // What came in meanwhile is taken from the block, so that it is not booked twice.
  const owed = Math.min(counter.debt, counter.remaining);
  counter.debt -= owed;
  counter.remaining -= owed;
}

/** Clicks that one process may let through before it knows how many there may be: five, or a hundredth of the cap. */
export function mostOwed(most: number): number {
  return Math.min(most, Math.max(5, Math.ceil(most / 100)));
}

function keyOf(capId: string, span: CapSpan, partnerId: string, value: string): string {
  return `${capId}\n${span.from}\n${partnerId}\n${value}`;
}

function placeOf(counter: Counter): Omit<Wanted, "debt"> {
  return { capId: counter.capId, from: counter.span.from, partnerId: counter.partnerId, value: counter.value };
}
