import type { HealthKind } from "@tributary/contract";
import type { Change, ClosedWhy, LivingTrouble, Place, Trouble } from "../contracts.ts";
import { type DelaySums, lookBackAtDelays, shiftOfLast } from "./delays.ts";
import { standingOf } from "./recovery.ts";
import { type Attempts, lookBackAtShares, shareOfLast } from "./shares.ts";
import { alarmsOfOthers, type Known, type Prepared, type Sensitivity, watchCounts } from "./watch.ts";

/** Everything that is watched of one partner, hour 0 of all being the same. */
export interface PartnerView {
  readonly partnerId: string;
  readonly counts: readonly Prepared[];
  readonly delays: readonly { readonly offerId: string; readonly type: string; readonly sums: DelaySums }[];
  readonly postbacks: Attempts | undefined;
  /** true: nothing is to be expected of this offer now (null: of any), because somebody has decided so */
  readonly planned: (offerId: string | null) => boolean;
}

export interface Wishes {
  readonly programId: string;
  readonly sensitivity: Sensitivity;
  readonly kinds: ReadonlySet<HealthKind>;
  /** hours after which a change is taken for the new normal */
  readonly newNormalHours: number;
}

/**
 * What changes at hour `end` of the grid (exclusive): troubles that open, that go on, that are over. @param first epoch hour of the grid's hour 0
 * @param living the partner's own
 */
export function lookAtPartner(
  view: PartnerView,
  living: readonly LivingTrouble[],
  wishes: Wishes,
  first: number,
  end: number,
): Change[] {
  const changes = living.map((trouble) => goesOn(view, trouble, wishes, first, end));
  const over = new Set(changes.flatMap((change) => (change.to === "close" ? [change.alertId] : [])));
  const known = living.filter((trouble) => !over.has(trouble.alertId));
  const found = [
    ...countTroubles(view, known, wishes, first, end),
    ...delayTroubles(view, known, wishes, first, end),
    ...postbackTroubles(view, known, wishes, first, end),
  ];
  const wanted = found.filter((trouble) => wishes.kinds.has(trouble.kind) && !view.planned(trouble.offerId));
  return [...changes, ...wanted.map((trouble) => ({ to: "open" as const, trouble }))];
}

function goesOn(view: PartnerView, trouble: LivingTrouble, wishes: Wishes, first: number, end: number): Change {
  const { alertId } = trouble;
  const close = (why: ClosedWhy): Change => ({ to: "close", alertId, why });
  if (view.planned(trouble.offerId)) return close("explained");
  const standing = standingNow(view, trouble, trouble.since - first, end);
  if (standing?.over) return close("recovered");
  if (first + end - trouble.openedAt > wishes.newNormalHours) return close("new_normal");
  const { expected, seen } = standing ?? trouble;
  return { to: "update", alertId, expected, seen };
}

interface Standing {
  readonly expected: number;
  readonly seen: number;
  readonly over: boolean;
}

function standingNow(view: PartnerView, trouble: LivingTrouble, since: number, end: number): Standing | undefined {
  const { direction, level, expected } = trouble;
  if (trouble.kind === "delay") {
    const own = view.delays.find((one) => one.offerId === trouble.offerId && one.type === trouble.eventType);
    return own && shiftOfLast(own.sums, since, end, expected);
  }
  if (trouble.kind === "postback_errors") return view.postbacks && shareOfLast(view.postbacks, since, end, level);
  const own = view.counts.find((one) => one.offerId === trouble.offerId && one.type === trouble.eventType);
  if (own?.baseline === undefined || (direction !== "drop" && direction !== "surge")) return undefined;
  return standingOf(own.baseline, { direction, since: Math.max(0, since), level }, end);
}

function placeOf(view: PartnerView, wishes: Wishes, offerId: string | null): Place {
  return { programId: wishes.programId, partnerId: view.partnerId, offerId, sourceId: null };
}

function countTroubles(
  view: PartnerView,
  living: readonly LivingTrouble[],
  wishes: Wishes,
  first: number,
  end: number,
): Trouble[] {
  const known: Known[] = living
    .filter(({ kind }) => kind === "clicks" || kind === "conversions")
    .map(({ offerId, eventType }) => ({ offerId, type: eventType }));
  return watchCounts(view.counts, known, end, wishes.sensitivity).map((found) => ({
    ...placeOf(view, wishes, found.offerId),
    kind: found.type === "" ? ("clicks" as const) : ("conversions" as const),
    eventType: found.type,
    direction: found.direction,
    since: first + found.since,
    expected: found.expected,
    seen: found.seen,
    level: found.level,
    chance: found.chance,
  }));
}

function delayTroubles(
  view: PartnerView,
  living: readonly LivingTrouble[],
  wishes: Wishes,
  first: number,
  end: number,
): Trouble[] {
  const alarms = alarmsOfOthers("delays", wishes.sensitivity, view.counts.length);
  return view.delays.flatMap((one) => {
    if (
      living.some(
        (trouble) => trouble.kind === "delay" && trouble.offerId === one.offerId && trouble.eventType === one.type,
      )
    )
      return [];
    const found = lookBackAtDelays(one.sums, end, alarms);
    if (found === undefined) return [];
    const { direction, expectedSeconds, seenSeconds, count, chance } = found;
    const figures = { direction, expected: expectedSeconds, seen: seenSeconds, level: count, chance };
    return [
      {
        ...placeOf(view, wishes, one.offerId),
        kind: "delay" as const,
        eventType: one.type,
        since: first + found.since,
        ...figures,
      },
    ];
  });
}

function postbackTroubles(
  view: PartnerView,
  living: readonly LivingTrouble[],
  wishes: Wishes,
  first: number,
  end: number,
): Trouble[] {
  if (view.postbacks === undefined || living.some(({ kind }) => kind === "postback_errors")) return [];
  const found = lookBackAtShares(view.postbacks, end, alarmsOfOthers("shares", wishes.sensitivity, view.counts.length));
  if (found === undefined) return [];
  const figures = {
    expected: found.expected,
    seen: found.bad,
    level: found.expected / found.all,
    chance: found.chance,
  };
  return [
    {
      ...placeOf(view, wishes, null),
      kind: "postback_errors",
      eventType: "",
      direction: "errors",
      since: first + found.since,
      ...figures,
    },
  ];
}

/** The same for the calls of one source: rejected ones among all. */
export function lookAtSource(
  source: { readonly sourceId: string; readonly calls: Attempts },
  living: LivingTrouble | undefined,
  wishes: Wishes,
  first: number,
  end: number,
): Change[] {
  if (living !== undefined) {
    const standing = shareOfLast(source.calls, living.since - first, end, living.level);
    if (standing.over) return [{ to: "close", alertId: living.alertId, why: "recovered" }];
    if (first + end - living.openedAt > wishes.newNormalHours)
      return [{ to: "close", alertId: living.alertId, why: "new_normal" }];
    return [{ to: "update", alertId: living.alertId, expected: standing.expected, seen: standing.seen }];
  }
  if (!wishes.kinds.has("rejected_calls")) return [];
  const found = lookBackAtShares(source.calls, end, alarmsOfOthers("shares", wishes.sensitivity, 2));
  if (found === undefined) return [];
  const place = { programId: wishes.programId, partnerId: null, offerId: null, sourceId: source.sourceId };
  const figures = {
    expected: found.expected,
    seen: found.bad,
    level: found.expected / found.all,
    chance: found.chance,
  };
  return [
    {
      to: "open",
      trouble: {
        ...place,
        kind: "rejected_calls",
        eventType: "",
        direction: "errors",
        since: first + found.since,
        ...figures,
      },
    },
  ];
}
