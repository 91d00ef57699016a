/**
 * What conversions and amounts do to caps: in the order of the log, each event takes its part of every cap that counts it, or is beyond one.
 * Pure: counters come in as they are and go out as they are to be.
 */
import type { CapEach, CapMetric } from "@tributary/contract";
import { type CounterKey, counterOf } from "./counter.ts";

/** A cap on conversions or amounts. */
export interface EventCap {
  readonly capId: string;
  readonly offerId: string | null;
  readonly partnerId: string | null;
  readonly each: CapEach;
  readonly metric: Exclude<CapMetric, "clicks">;
  readonly eventType: string;
  readonly most: bigint;
  readonly overflow: "fallback" | "pend" | "stop";
  /** of an amount: events in other currencies are not counted */
  readonly currency: string;
}

/** An event that counts from now on, with whose it is. */
export interface CountedEvent {
  readonly eventId: bigint;
  readonly type: string;
  readonly firstDeposit: boolean;
  readonly currency: string | null;
  readonly measures: Readonly<Record<string, string>>;
  readonly partnerId: string;
  readonly offerId: string | null;
  /** sub1 … sub10 and source of the click that won the customer */
  readonly dimensions: Readonly<Record<string, string>>;
}

export type CapOutcome = "counted" | "pend" | "stop" | "released";

export interface CapUse extends CounterKey {
  readonly eventId: bigint;
  readonly capId: string;
  /** 1, or minor units */
  readonly amount: bigint;
  readonly outcome: CapOutcome;
}

/** How much of a counter is used; a counter that is not there yet is at 0. */
export interface Counters {
  used(capId: string, key: CounterKey): bigint;
  add(capId: string, key: CounterKey, amount: bigint): void;
}

/**
 * Lets one event into its caps. A cap of `fallback` counts it in any case: it only turns clicks away. Beyond a cap of `pend` or `stop` the event
 * takes nothing of any cap, so that what is refused leaves room for others.
 * @param caps those that concern the event's program, prepared
 */
export function takeEvent(event: CountedEvent, caps: readonly EventCap[], counters: Counters): CapUse[] {
  const uses = caps.flatMap((cap): (CapUse & { readonly cap: EventCap })[] => {
    const amount = amountFor(event, cap);
    if (amount === undefined) return [];
    const key = counterOf(cap.each, event.partnerId, (name) => event.dimensions[name]);
    const full = counters.used(cap.capId, key) + amount > cap.most;
    const outcome = full && cap.overflow !== "fallback" ? cap.overflow : "counted";
    return [{ cap, eventId: event.eventId, capId: cap.capId, ...key, amount, outcome }];
  });
  const refused = uses.filter((use) => use.outcome !== "counted").map(({ cap: _, ...use }) => use);
  if (refused.length > 0) return refused;
  return uses.map(({ cap: _, ...use }) => {
    counters.add(use.capId, use, use.amount);
    return use;
  });
}

/** What the event is held by: `stop` goes before `pend`; null: nothing. */
export function holdOf(uses: readonly CapUse[]): "pend" | "stop" | null {
  if (uses.some((use) => use.outcome === "stop")) return "stop";
  return uses.some((use) => use.outcome === "pend") ? "pend" : null;
}

/** @returns undefined when the cap does not count the event */
function amountFor(event: CountedEvent, cap: EventCap): bigint | undefined {
  if (cap.offerId !== null && cap.offerId !== event.offerId) return undefined;
  if (cap.partnerId !== null && cap.partnerId !== event.partnerId) return undefined;
  const first = cap.eventType === "ftd";
  if (first ? !event.firstDeposit : cap.eventType !== event.type) return undefined;
  if (cap.metric === "conversions") return 1n;
  const minor = BigInt(event.measures[first ? "deposit" : cap.eventType] ?? "0");
  return event.currency === cap.currency && minor > 0n ? minor : undefined;
}
