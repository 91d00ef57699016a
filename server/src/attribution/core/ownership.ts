import { addDays, type Day, dayOf } from "../../kernel/period.ts";
import type { AskingEvent, AttributionRules, Claim, Decision, GivenByHand, Ownership, Touch } from "../contracts.ts";
import { giveByHand } from "./by-hand.ts";
import { type AskedCustomer, decide } from "./decide.ts";
import { canOverwrite, type RulesNeeds, type RulesTimeline, rulesOn } from "./timeline.ts";

/** An event of a customer that points at a partner or may extend a binding, with what it points at. */
export interface TouchingEvent extends AskingEvent {
  readonly type: string;
  readonly touches: readonly Touch[];
}

/** The customer whose events are folded. */
export interface FoldedCustomer extends AskedCustomer {
  /** the program's, in which days of ownership are cut */
  readonly timeZone: string;
  /** what persons decided; what happened before may still change whose the customer was before the day of theirs */
  readonly byHand?: readonly GivenByHand[] | undefined;
}

export interface Settled {
  /** Owners in the order of time; empty when nothing ever bound the customer. */
  readonly owners: readonly Ownership[];
  /** The decision in force: of the last binding, or else of the first event that asked in vain. */
  readonly decision: Decision;
  readonly askedBy: bigint | null;
  /** of the rules that were in force for the decision; null: nothing was asked, or a person decided */
  readonly version: number | null;
  readonly byHand: boolean;
}

const NOBODY: Decision = { reason: "no_touch", claim: null, candidates: [] };

type InForce = Pick<Settled, "decision" | "askedBy" | "version">;

/**
 * Folds everything that ever pointed at a partner into who owned the customer when. It sorts the events by when they happened,
 * so the result does not depend on the order in which they arrived. Each event is decided by the rules of its own day.
 */
export function settleOwnership(
  events: readonly TouchingEvent[],
  timeline: RulesTimeline,
  customer: FoldedCustomer,
): Settled {
  const fold = new Fold(timeline, customer);
  const gifts = [...(customer.byHand ?? [])].sort((a, b) => a.at - b.at);
  let next = 0;
  for (const event of [...events].sort(byTime)) {
    for (let gift = gifts[next]; gift !== undefined && gift.at < event.at; gift = gifts[next]) {
      fold.give(gift);
      next += 1;
    }
    fold.take(event);
  }
  for (const gift of gifts.slice(next)) fold.give(gift);
  return fold.settled();
}

class Fold {
  readonly #timeline: RulesTimeline;
  readonly #customer: FoldedCustomer;
  #owners: Ownership[] = [];
  #inForce: InForce | undefined;
  #byHand = false;

  constructor(timeline: RulesTimeline, customer: FoldedCustomer) {
    this.#timeline = timeline;
    this.#customer = customer;
  }

  settled(): Settled {
    const inForce = this.#inForce ?? { decision: NOBODY, askedBy: null, version: null };
    return { owners: this.#owners, ...inForce, byHand: this.#byHand };
  }

  give(gift: GivenByHand): void {
    this.#owners = [...giveByHand(this.#owners, gift)];
    const decision: Decision = { reason: gift.reason, claim: gift.claim, candidates: [] };
    this.#inForce = { decision, askedBy: null, version: null };
    this.#byHand = true;
  }

  take(event: TouchingEvent): void {
    const day = dayOf(new Date(event.at), this.#customer.timeZone);
    const { rules, version } = rulesOn(this.#timeline, day);
    if (this.#byHand && !canOverwrite(rules, "manual")) return;
    const last = this.#owners.at(-1);
    if (last !== undefined && (last.ownedUntil === null || day < last.ownedUntil)) {
      if (!this.#takeOver(event, day, last, rules, version)) this.#extend(event, day, last, rules);
      return;
    }
    if (event.touches.length === 0) return;
    const decision = decide(event, event.touches, rules, this.#customer);
    if (decision.claim === null) {
      this.#inForce ??= { decision, askedBy: event.eventId, version };
      return;
    }
    const from = last === undefined ? this.#firstDay(day, rules) : day;
    this.#bind(decision, decision.claim, event, { day, from, rules, version });
  }

  /** Does the event take a bound customer over? Never for the partner who has it already. */
  #takeOver(event: TouchingEvent, day: Day, last: Ownership, rules: AttributionRules, version: number): boolean {
    const kind = this.#byHand ? "manual" : "customer";
    const isKept = last.partnerId !== null && rules.noOverwritePartners.includes(last.partnerId);
    if (event.touches.length === 0 || isKept || !canOverwrite(rules, kind)) return false;
    const bound: Touch = { kind, ref: (last.boundAt ?? new Date(event.at)).toISOString(), found: last };
    const decision = decide(event, [...event.touches, bound], rules, this.#customer);
    const { claim } = decision;
    if (claim === null || decision.winner === kind || claim.partnerId === last.partnerId) return false;
    this.#owners.pop();
    // An ownership that began this very day leaves nothing behind: the last of a day has the day.
    const beganToday = last.ownedFrom !== null && last.ownedFrom >= day;
    if (!beganToday) this.#owners.push({ ...last, ownedUntil: day });
    this.#bind(decision, claim, event, { day, from: beganToday ? last.ownedFrom : day, rules, version });
    return true;
  }

  #bind(
    { reason, candidates }: Decision,
    claim: Claim,
    event: TouchingEvent,
    on: { readonly day: Day; readonly from: Day | null; readonly rules: AttributionRules; readonly version: number },
  ): void {
    const { binding } = on.rules;
    const ownedUntil = binding.kind === "days" ? addDays(on.day, binding.days) : null;
    this.#owners.push({ ...claim, boundAt: new Date(event.at), ownedFrom: on.from, ownedUntil });
    this.#inForce = { decision: { reason, claim, candidates }, askedBy: event.eventId, version: on.version };
    this.#byHand = false;
  }

  /** A purchase within a binding that ends lets it end later; the purchase that bound the customer does not. */
  #extend(event: TouchingEvent, day: Day, last: Ownership, { binding }: AttributionRules): void {
    if (binding.kind !== "days" || binding.extension == null || last.ownedUntil === null || this.#byHand) return;
    const { days, from, events } = binding.extension;
    if (!events.includes(event.type)) return;
    const until = addDays(from === "end" ? last.ownedUntil : day, days);
    if (until > last.ownedUntil) this.#owners[this.#owners.length - 1] = { ...last, ownedUntil: until };
  }

  /** From when a customer is somebody's who was nobody's before; null: from the beginning. */
  #firstDay(day: Day, { deferredLeads }: AttributionRules): Day | null {
    if (deferredLeads.kind === "always") return null;
    const from = deferredLeads.kind === "days" ? addDays(day, -deferredLeads.days) : day;
    const seen = dayOf(new Date(this.#customer.firstSeen), this.#customer.timeZone);
    return seen >= from ? null : from;
  }
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

/** The same at an instant, milliseconds since 1970. The calendar is only asked where an ownership begins or ends. */
export function ownerAt(owners: readonly Ownership[], at: number, timeZone: string): Ownership | undefined {
  const [first] = owners;
  if (first === undefined) return undefined;
  const forLife = owners.length === 1 && first.ownedFrom === null && first.ownedUntil === null;
  if (forLife) return first.partnerId === null ? undefined : first;
  return ownerOn(owners, dayOf(new Date(at), timeZone));
}

/** Why a customer who has or had owners is nobody's on a day. */
export function absenceOn(owners: readonly Ownership[], day: Day): "before_ownership" | "ownership_ended" {
  const from = owners[0]?.ownedFrom;
  return from != null && day < from ? "before_ownership" : "ownership_ended";
}

/**
 * Does an event have to be looked at again for the customer's owners to be right? Not when it happened while the customer was
 * somebody's already and nothing may take a bound customer over, which is what nearly all events do.
 */
export function asksAnew(owners: readonly Ownership[], at: number, timeZone: string, needs: RulesNeeds): boolean {
  const last = owners.at(-1);
  if (needs.overwrites || needs.overwritesManual || last === undefined || last.boundAt === null) return true;
  if (at <= last.boundAt.getTime()) return true;
  return last.ownedUntil !== null && dayOf(new Date(at), timeZone) >= last.ownedUntil;
}
