import { addDays, type Day, dayOf } from "../../kernel/period.ts";
import type { AskingEvent, AttributionRules, Decision, Ownership, Touch } from "../contracts.ts";
import { decide } from "./decide.ts";

/** An event of a customer that points at a partner, with what it points at. */
export interface TouchingEvent extends AskingEvent {
  readonly touches: readonly Touch[];
}

export interface Settled {
  /** Owners in the order of time; empty when nothing ever bound the customer. */
  readonly owners: readonly Ownership[];
  /** The decision in force: of the last binding, or else of the first event that asked in vain. */
  readonly decision: Decision;
  readonly askedBy: bigint | null;
}

const NOBODY: Decision = { reason: "no_touch", claim: null, candidates: [] };

/**
 * Folds everything that ever pointed at a partner into who owned the customer when. It sorts the events by when they happened,
 * so the result does not depend on the order in which they arrived.
 * @param timeZone the program's, in which days of ownership are cut
 */
export function settleOwnership(
  events: readonly TouchingEvent[],
  rules: AttributionRules,
  customer: { readonly firstSeen: number; readonly timeZone: string },
): Settled {
  const owners: Ownership[] = [];
  let inForce: { decision: Decision; askedBy: bigint | null } | undefined;
  for (const event of [...events].sort(byTime)) {
    const last = owners.at(-1);
    const day = dayOf(new Date(event.at), customer.timeZone);
    if (last !== undefined && (last.ownedUntil === null || day < last.ownedUntil)) continue;
    const decision = decide(event, event.touches, rules, customer);
    if (decision.claim === null) {
      inForce ??= { decision, askedBy: event.eventId };
      continue;
    }
    const ownedUntil = rules.binding.kind === "days" ? addDays(day, rules.binding.days) : null;
    const boundAt = new Date(event.at);
    owners.push({ ...decision.claim, boundAt, ownedFrom: owners.length === 0 ? null : day, ownedUntil });
    inForce = { decision, askedBy: event.eventId };
  }
  return { owners, decision: inForce?.decision ?? NOBODY, askedBy: inForce?.askedBy ?? null };
}

function byTime(a: AskingEvent, b: AskingEvent): number {
  return a.at - b.at || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0);
}

/** Whose the customer was on a day of the program's zone; `undefined`: nobody's. */
export function ownerOn(owners: readonly Ownership[], day: Day): Ownership | undefined {
  for (let index = owners.length - 1; index >= 0; index -= 1) {
    const owner = owners[index];
    if (owner === undefined || (owner.ownedFrom !== null && day < owner.ownedFrom)) continue;
    // Days after an ownership ended and before the next began are nobody's.
    return owner.partnerId !== null && (owner.ownedUntil === null || day < owner.ownedUntil) ? owner : undefined;
  }
  return undefined;
}

/**
 * Does an event have to be looked at again for the customer's owners to be right? Not when it happened while the customer was
 * somebody's already, which is what nearly all events do.
 */
export function asksAnew(owners: readonly Ownership[], at: number, timeZone: string): boolean {
  const last = owners.at(-1);
  if (last === undefined || last.boundAt === null) return true;
  if (at <= last.boundAt.getTime()) return true;
  return last.ownedUntil !== null && dayOf(new Date(at), timeZone) >= last.ownedUntil;
}
