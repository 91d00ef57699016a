import type { Cap, Component, Gate, WorkingStep } from "@tributary/contract";
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  multiply,
  negate,
  roundTo,
  subtract,
  ZERO,
} from "../../kernel/decimal.ts";
import { type Day, monthOf } from "../../kernel/period.ts";
import type { ComponentResult, Draft, Item, State } from "./component-run.ts";
import type { Stated } from "./entries.ts";
import { dimension } from "./match.ts";
import { nextPeriod, type Postponed, usedBy } from "./postponed.ts";
import { mondayOf } from "./windows.ts";

const ONE = decimal(1);
const PART_PLACES = 18;

/** What became of an item at a cap. */
interface Verdict {
  readonly kept: Decimal;
  readonly over: Decimal;
  /** How many items are over; one where a part of one is. */
  readonly left: Decimal;
}

export interface CapOutcome {
  readonly drafts: readonly Draft[];
  /** Use so far per cap and bucket, for caps that outlive the month. */
  readonly used: State;
  /** Over the limit and to be counted in a later month. */
  readonly postponed: readonly Postponed[];
  /** Customers whose items another component pays. */
  readonly handedOver: readonly string[];
}

/** What is over a cap. */
interface Over {
  readonly cap: Cap;
  readonly value: Decimal;
  readonly count: Decimal;
}

interface Entryway {
  readonly draft: number;
  readonly item: Item;
}

/**
 * Applies caps to the items of drafts in the order in which they happened. An item counts against every cap; the one with the least room decides.
 * @param usedBefore what was used in earlier months, by cap and bucket
 */
export function applyCaps(
  caps: readonly Cap[],
  drafts: readonly Draft[],
  usedBefore: State,
  stated: readonly Stated[],
): CapOutcome {
  if (caps.length === 0) return { drafts, used: usedBefore, postponed: [], handedOver: [] };
  const used = new Map(usedBy(usedBefore).map(([name, value]) => [name, decimal(String(value))]));
  const queue = drafts.flatMap((draft, index) => itemsOf(draft).map((item) => ({ draft: index, item })));
  queue.sort(inTime);
  const over = new Map<number, Over[]>();
  const handedOver = new Set<string>();
  const postponed: Postponed[] = [];
  // What is put off to a later week of the month stands in the queue again: the loop reads on while it grows.
  for (const { draft, item } of queue) {
    const { verdict, cap } = judge(caps, item, used, stated);
    if (cap === undefined || verdict.over.units === 0n) continue;
    const customer = dimension(item.about, "customer");
    if (typeof cap.overflow === "object" && customer !== undefined) handedOver.add(customer);
    if (item.takenBack !== undefined) continue;
    if (cap.overflow === "next_period") {
      const day = nextPeriod(cap, item.day);
      if (monthOf(day) === monthOf(item.day)) {
        enqueue(queue, { draft, item: { ...item, day, at: null, value: verdict.over, count: verdict.left } });
        continue;
      }
      postponed.push({ item: { ...item, count: verdict.left }, day, value: verdict.over });
    }
    over.set(draft, [...(over.get(draft) ?? []), { cap, value: verdict.over, count: verdict.left }]);
  }
  const result = drafts.flatMap((draft, index) => {
    const cut = over.get(index) ?? [];
    return cut.length === 0 ? [draft] : cutDraft(draft, cut);
  });
  return { drafts: result, used: lastingUse(caps, used), postponed, handedOver: [...handedOver] };
}

function itemsOf(draft: Draft): readonly Item[] {
  if (draft.items !== undefined && draft.items.length > 0) return draft.items;
  const name = draft.subjectId;
  return [{ day: draft.earnedOn, at: null, value: draft.value, about: { partner: {} }, name }];
}

/** Puts something in its place among what has not been looked at; it lies later than everything that has. */
function enqueue(queue: Entryway[], one: Entryway): void {
  const place = queue.findIndex((other) => inTime(other, one) > 0);
  queue.splice(place === -1 ? queue.length : place, 0, one);
}

function inTime(a: Entryway, b: Entryway): number {
  if (a.item.day !== b.item.day) return a.item.day < b.item.day ? -1 : 1;
  if (a.item.at !== b.item.at) return (a.item.at ?? 0) - (b.item.at ?? 0);
  return a.item.name < b.item.name ? -1 : a.item.name > b.item.name ? 1 : 0;
}

function judge(
  caps: readonly Cap[],
  item: Item,
  used: Map<string, Decimal>,
  stated: readonly Stated[],
): { readonly verdict: Verdict; readonly cap: Cap | undefined } {
  const count = item.count ?? ONE;
  if (item.value.units < 0n) {
    for (const cap of caps) if (cap.refill) use(cap, item, used, cap.of === "items" ? negate(count) : item.value);
    return { verdict: { kept: item.value, over: ZERO, left: ZERO }, cap: undefined };
  }
  const worth = item.takenBack ?? item.value;
  const asked = item.takenBack === undefined ? caps : caps.filter((cap) => !cap.refill);
  let kept = worth;
  let deciding: Cap | undefined;
  for (const cap of asked) {
    const room = roomOf(cap, item, used, stated);
    const fits = cap.of === "items" ? partOf(worth, roundTo(room, 0, "down"), count) : least(room, worth);
    if (compare(fits, kept) < 0) {
      kept = fits;
      deciding = cap;
    }
  }
  const places = placesTaken(kept, worth, count);
  for (const cap of asked) if (kept.units > 0n) use(cap, item, used, cap.of === "items" ? places : kept);
  const free = subtract(count, places);
  const left = free.units > 0n ? free : ONE;
  return { verdict: { kept, over: subtract(worth, kept), left }, cap: deciding };
}

/** What so many of `count` items are worth. */
function partOf(worth: Decimal, room: Decimal, count: Decimal): Decimal {
  if (compare(room, count) >= 0) return worth;
  return room.units <= 0n ? ZERO : divide(multiply(worth, room), count, PART_PLACES, "down");
}

/** How many items what was kept stands for; a part of one takes a whole place. */
function placesTaken(kept: Decimal, worth: Decimal, count: Decimal): Decimal {
  if (compare(kept, worth) === 0) return count;
  return roundTo(divide(multiply(kept, count), worth, PART_PLACES), 0, "up");
}

function roomOf(cap: Cap, item: Item, used: Map<string, Decimal>, stated: readonly Stated[]): Decimal {
  const others = stated
    .filter(
      (one) =>
        one.name === cap.others && one.month === monthOf(item.day) && (one.day === undefined || one.day === item.day),
    )
    .reduce((sum, one) => add(sum, one.value), ZERO);
  const limit = cap.per === "item" ? multiply(decimal(cap.limit), item.count ?? ONE) : decimal(cap.limit);
  const left = subtract(subtract(limit, others), used.get(bucketOf(cap, item)) ?? ZERO);
  return compare(left, ZERO) < 0 ? ZERO : left;
}

function use(cap: Cap, item: Item, used: Map<string, Decimal>, amount: Decimal): void {
  if (cap.per === "item") return;
  const bucket = bucketOf(cap, item);
  used.set(bucket, add(used.get(bucket) ?? ZERO, amount));
}

function least(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) < 0 ? a : b;
}

function bucketOf(cap: Cap, item: Item): string {
  const values = (cap.each ?? []).map((name) => dimension(item.about, name) ?? "");
  return [cap.name, periodOf(cap, item), ...values].join("|");
}

function periodOf(cap: Cap, item: Item): string {
  const { day } = item;
  switch (cap.per) {
    case "day":
      return day;
    case "week":
      return mondayOf(day);
    case "month":
      return day.slice(0, 7);
    case "quarter":
      return `${day.slice(0, 4)} Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case "year":
      return day.slice(0, 4);
    case "customer":
      return `customer ${dimension(item.about, "customer") ?? item.name}`;
    default:
      return cap.per;
  }
}

/** Only what later months have to know is remembered. */
function lastingUse(caps: readonly Cap[], used: ReadonlyMap<string, Decimal>): State {
  const lasting = new Set(
    caps.filter((cap) => ["week", "quarter", "year", "total", "customer"].includes(cap.per)).map((cap) => cap.name),
  );
  return Object.fromEntries(
    [...used]
      .filter(([bucket]) => lasting.has(bucket.split("|")[0] ?? ""))
      .map(([bucket, value]) => [bucket, formatDecimal(value)]),
  );
}

/** The part that is paid, and beside it what a decision is waited for. */
function cutDraft(draft: Draft, cut: readonly Over[]): Draft[] {
  const steps: WorkingStep[] = [...Map.groupBy(cut, (one) => one.cap)].map(([cap, some]) => ({
    code: "cap",
    values: {
      name: cap.name,
      limit: cap.limit,
      count: formatDecimal(some.map((one) => one.count).reduce(add)),
      value: formatDecimal(some.map((one) => one.value).reduce(add)),
      overflow: overflowName(cap),
      held: "false",
    },
  }));
  const over = cut.map(({ value }) => value).reduce(add);
  const kept: Draft = { ...draft, value: subtract(draft.value, over), working: withSteps(draft, steps) };
  const pending = cut
    .filter(({ cap }) => cap.overflow === "pend")
    .map(({ value }) => value)
    .reduce(add, ZERO);
  if (pending.units === 0n) return [kept];
  const period = `${draft.period ?? "month"}:over`;
  return [kept, { ...draft, period, value: pending, working: withSteps(draft, steps), pending: { reason: "cap" } }];
}

function overflowName(cap: Cap): string {
  return typeof cap.overflow === "object" ? cap.overflow.component : cap.overflow;
}

export function withSteps(draft: Draft, steps: readonly WorkingStep[]): Draft["working"] {
  return { ...draft.working, steps: [...draft.working.steps, ...steps] };
}

/**
 * What a gate that did not hold makes of a result; what is taken back is taken all the same. `value` is dealt with in pricing.
 * @param opensOn last day of the first later month in which it holds: what was held is payable then
 */
export function closeGate(
  gate: Gate,
  result: ComponentResult,
  steps: readonly WorkingStep[],
  opensOn: Day | null,
): ComponentResult {
  const { otherwise } = gate;
  const drafts = result.drafts.map((draft): Draft => {
    const working = withSteps(draft, [...steps, { code: "gate_closed", values: { held: "false" } }]);
    if (draft.value.units < 0n) return draft;
    if (otherwise === "nothing") return { ...draft, value: ZERO, items: [], working };
    if (otherwise === "hold") {
      return opensOn === null
        ? { ...draft, pending: { reason: "gate" }, working }
        : { ...draft, releasedOn: opensOn, working };
    }
    if ("factor" in otherwise) {
      const factor = decimal(otherwise.factor);
      const items = draft.items?.map((item) => ({
        ...item,
        value: multiply(item.value, factor),
        ...(item.takenBack === undefined ? {} : { takenBack: multiply(item.takenBack, factor) }),
      }));
      return { ...draft, value: multiply(draft.value, factor), working, ...(items === undefined ? {} : { items }) };
    }
    return { ...draft, working };
  });
  return { ...result, drafts };
}

/** A component's caps, then its least and most. What the least adds has to find room in the caps that outlive the month. */
export function applyLimits(
  component: Pick<Component, "caps" | "atLeast" | "atMost">,
  drafts: readonly Draft[],
  usedBefore: State,
  stated: readonly Stated[],
): CapOutcome {
  const caps = component.caps ?? [];
  const capped = applyCaps(caps, drafts, usedBefore, stated);
  const [last] = capped.drafts.slice(-1);
  const total = capped.drafts.reduce((sum, draft) => add(sum, draft.value), ZERO);
  const missing = component.atLeast === undefined ? ZERO : subtract(decimal(component.atLeast), total);
  const lasting = caps.filter(
    (cap) => cap.of === "amount" && cap.each === undefined && ["quarter", "year", "total"].includes(cap.per),
  );
  if (last === undefined || total.units <= 0n || missing.units <= 0n || lasting.length === 0)
    return { ...capped, drafts: applyBounds(capped.drafts, component) };
  const { items: _, ...lift } = { ...last, value: missing };
  const lifted = applyCaps(lasting.map(rejecting), [lift], capped.used, stated);
  const atLeast = lifted.drafts.reduce((sum, draft) => add(sum, draft.value), total);
  const bounds = { atMost: component.atMost, atLeast: formatDecimal(atLeast) };
  return { ...capped, drafts: applyBounds(capped.drafts, bounds), used: { ...capped.used, ...lifted.used } };
}

function rejecting(cap: Cap): Cap {
  return { ...cap, overflow: "reject" };
}

/** Least and most of a component's month. The difference goes to or comes from the last draft. */
function applyBounds(
  drafts: readonly Draft[],
  bounds: { readonly atLeast?: string | undefined; readonly atMost?: string | undefined },
): readonly Draft[] {
  const total = drafts.reduce((sum, draft) => add(sum, draft.value), ZERO);
  if (total.units <= 0n) return drafts;
  const atMost = bounds.atMost === undefined ? undefined : decimal(bounds.atMost);
  if (atMost !== undefined && compare(total, atMost) > 0) return reduceTo(drafts, atMost);
  const atLeast = bounds.atLeast === undefined ? undefined : decimal(bounds.atLeast);
  if (atLeast === undefined || compare(total, atLeast) >= 0) return drafts;
  const missing = subtract(atLeast, total);
  return drafts.map((draft, index) => {
    if (index < drafts.length - 1) return draft;
    const step = { code: "at_least", values: { limit: formatDecimal(atLeast), value: formatDecimal(missing) } };
    return { ...draft, value: add(draft.value, missing), working: withSteps(draft, [step]) };
  });
}

/** Drafts in their order until the most is reached. */
export function reduceTo(drafts: readonly Draft[], atMost: Decimal): readonly Draft[] {
  let left = atMost;
  return drafts.map((draft) => {
    if (draft.value.units <= 0n) {
      left = subtract(left, draft.value);
      return draft;
    }
    const kept = least(draft.value, compare(left, ZERO) < 0 ? ZERO : left);
    left = subtract(left, kept);
    if (compare(kept, draft.value) === 0) return draft;
    const step = { code: "at_most", values: { limit: formatDecimal(atMost), value: formatDecimal(kept) } };
    return { ...draft, value: kept, working: withSteps(draft, [step]) };
  });
}
