import type { FactEvent, Milestone, WithheldMilestone } from "./contracts.ts";

/** Types that a milestone can come from. */
export const MILESTONE_TYPES = ["registration", "kyc_passed", "deposit"] as const;

/** Does the event have a say in the milestones of its customer? */
export function isMilestoneEvent(event: FactEvent): boolean {
  if (event.type === "deposit") return depositOf(event) > 0n;
  return event.type === "registration" || event.type === "kyc_passed";
}

function depositOf(event: FactEvent): bigint {
  return BigInt(event.measures.deposit ?? "0");
}

export function noMilestones(customerId: bigint): Milestone {
  return {
    customerId,
    registeredAt: null,
    kycAt: null,
    ftdAt: null,
    ftdMinor: null,
    ftdCurrency: null,
    ftdEventId: null,
    secondDepositAt: null,
    secondDepositEventId: null,
    withheld: [],
  };
}

/** Milestones from all events of a customer that count: the earliest of each, ties broken the same whatever came in first. */
export function milestonesOf(customerId: bigint, events: readonly FactEvent[]): Milestone {
  let milestone = noMilestones(customerId);
  const sorted = events.filter(isMilestoneEvent).sort(byTime);
  for (const event of sorted) milestone = withEvent(milestone, event) ?? milestone;
  return milestone;
}

function byTime(a: FactEvent, b: FactEvent): number {
  const [x, y] = [`${a.sourceId}\n${a.externalId}`, `${b.sourceId}\n${b.externalId}`];
  return a.at - b.at || (x < y ? -1 : x > y ? 1 : 0);
}

/**
 * The milestones when one more event counts. @returns `undefined` when that cannot be told from the milestones alone: a deposit
 * of the very time of the first or second one
 */
export function withNewEvent(before: Milestone, event: FactEvent): Milestone | undefined {
  if (event.type === "deposit") {
    if (event.at === before.ftdAt?.getTime() || event.at === before.secondDepositAt?.getTime()) return undefined;
  }
  return withEvent(before, event);
}

function withEvent(before: Milestone, event: FactEvent): Milestone {
  if (event.type === "registration") return earlier(before, "registeredAt", "registration", event);
  if (event.type === "kyc_passed") return earlier(before, "kycAt", "kyc", event);
  return withDeposit(before, event);
}

function earlier(
  before: Milestone,
  name: "registeredAt" | "kycAt",
  milestone: WithheldMilestone,
  event: FactEvent,
): Milestone {
  const known = before[name];
  if (known !== null && known.getTime() <= event.at) return before;
  const withheld = withholding(before.withheld, milestone, event.cap != null);
  return { ...before, [name]: new Date(event.at), withheld };
}

function withholding(
  before: readonly WithheldMilestone[],
  milestone: WithheldMilestone,
  withheld: boolean,
): readonly WithheldMilestone[] {
  const others = before.filter((one) => one !== milestone);
  return withheld ? [...others, milestone].sort() : others;
}

function withDeposit(before: Milestone, event: FactEvent): Milestone {
  const first = before.ftdAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const second = before.secondDepositAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (event.at < first) {
    return {
      ...before,
      ftdAt: new Date(event.at),
      ftdMinor: depositOf(event),
      ftdCurrency: event.currency,
      ftdEventId: event.eventId,
      secondDepositAt: before.ftdAt,
      secondDepositEventId: before.ftdEventId,
      withheld: withholding(
        withholding(before.withheld, "second_deposit", before.withheld.includes("ftd")),
        "ftd",
        event.cap != null,
      ),
    };
  }
  if (event.at >= second) return before;
  const withheld = withholding(before.withheld, "second_deposit", event.cap != null);
  return { ...before, secondDepositAt: new Date(event.at), secondDepositEventId: event.eventId, withheld };
}

/** Does the milestone rest on the event, so that it has to be found again when the event does not count any more? */
export function restsOn(milestone: Milestone, event: FactEvent): boolean {
  if (event.type === "registration") return milestone.registeredAt?.getTime() === event.at;
  if (event.type === "kyc_passed") return milestone.kycAt?.getTime() === event.at;
  return event.eventId === milestone.ftdEventId || event.eventId === milestone.secondDepositEventId;
}

export function sameMilestone(a: Milestone, b: Milestone): boolean {
  return (
    a.registeredAt?.getTime() === b.registeredAt?.getTime() &&
    a.kycAt?.getTime() === b.kycAt?.getTime() &&
    a.ftdAt?.getTime() === b.ftdAt?.getTime() &&
    a.ftdMinor === b.ftdMinor &&
    a.ftdCurrency === b.ftdCurrency &&
    a.ftdEventId === b.ftdEventId &&
    a.secondDepositAt?.getTime() === b.secondDepositAt?.getTime() &&
    a.secondDepositEventId === b.secondDepositEventId &&
    a.withheld.join() === b.withheld.join()
  );
}
