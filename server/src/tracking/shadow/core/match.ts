import type { ShadowMatch } from "@tributary/contract";
import type { MatchedPair, Matching, MatchOptions, OurConversion, TheirConversion } from "../contracts.ts";
import { commonShifts } from "./shifts.ts";

const HOUR = 3_600_000;
/** A customer does the same again another day: nothing but the customer is compared, so the times have to be near. */
const CUSTOMER_WINDOW = 36 * HOUR;
/** Above this many combinations times are compared in order instead of each with each. */
const MOST_COMBINATIONS = 4096;

/** What two conversions have to share besides the stage's own key. */
interface Pass {
  readonly sub: (one: TheirConversion | OurConversion) => string | null;
  readonly window: number;
}

const amountOf = (one: TheirConversion | OurConversion): string =>
  one.minor === null ? "none" : `${one.currency} ${one.minor}`;
const sameAmount = (one: TheirConversion | OurConversion): string | null => amountOf(one);
const anyAmount = (): string => "";
const realAmount = (one: TheirConversion | OurConversion): string | null => (one.minor === null ? null : amountOf(one));

interface Stage {
  readonly by: ShadowMatch;
  readonly theirKey: (one: TheirConversion) => string | null;
  readonly ourKeys: (one: OurConversion) => readonly string[];
  readonly passes: readonly Pass[];
}

const listOf = (value: string | null): readonly string[] => (value === null ? [] : [value]);

/** The surest first. What was taken for the same stays so. */
function stages(options: MatchOptions): readonly Stage[] {
  const anyTime = [
    { sub: sameAmount, window: Number.POSITIVE_INFINITY },
    { sub: anyAmount, window: Number.POSITIVE_INFINITY },
  ];
  return [
    { by: "order", theirKey: (one) => one.orderId, ourKeys: (one) => listOf(one.orderId), passes: anyTime },
    { by: "click", theirKey: (one) => one.clickId, ourKeys: (one) => one.clickIds, passes: anyTime },
    {
      by: "customer",
      theirKey: (one) => one.customerRef,
      ourKeys: (one) => listOf(one.customerRef),
      passes: [
        { sub: sameAmount, window: CUSTOMER_WINDOW },
        { sub: anyAmount, window: HOUR },
      ],
    },
    {
      by: "time_and_amount",
      theirKey: () => "",
      ourKeys: () => [""],
      passes: [{ sub: realAmount, window: options.toleranceMs }],
    },
  ];
}

/**
 * Which conversion of theirs is which of ours: by order id, click id, customer id, then time and amount. Nothing depends on the order
 * of the rows: ties are broken by the keys. Every conversion is in exactly one pair, or in one of the rests.
 */
export function matchSides(
  theirs: readonly TheirConversion[],
  ours: readonly OurConversion[],
  options: MatchOptions,
): Matching {
  const open = new OpenSides(theirs, ours);
  for (const stage of stages(options)) {
    // Times are compared as if both clocks told the same, once surer matches have shown by how much they do not.
    const shifts = [0, ...commonShifts(open.pairs)];
    for (const pass of stage.passes) {
      open.pairUp(stage, pass, shifts, true);
      open.pairUp(stage, pass, shifts, false);
    }
  }
  const shifts = commonShifts(open.pairs);
  return { pairs: open.pairs, theirs: [...open.theirs], ours: [...open.ours], shifts };
}

class OpenSides {
  readonly pairs: MatchedPair[] = [];
  readonly theirs: Set<TheirConversion>;
  readonly ours: Set<OurConversion>;

  constructor(theirs: readonly TheirConversion[], ours: readonly OurConversion[]) {
    this.theirs = new Set([...theirs].sort(byTimeAndKey));
    this.ours = new Set([...ours].sort(byTimeAndKey));
  }

  /** @param typed those of theirs that name a type, which has to be the same; the others go with any */
  pairUp(stage: Stage, pass: Pass, shifts: readonly number[], typed: boolean): void {
    const theirGroups = new Map<string, TheirConversion[]>();
    for (const one of this.theirs) {
      if ((one.type !== null) !== typed) continue;
      const key = keyOf(stage.theirKey(one), typed ? one.type : "", pass.sub(one));
      if (key !== undefined) add(theirGroups, key, one);
    }
    if (theirGroups.size === 0) return;
    const ourGroups = new Map<string, OurConversion[]>();
    for (const one of this.ours)
      for (const stageKey of new Set(stage.ourKeys(one))) {
        const key = keyOf(stageKey, typed ? one.type : "", pass.sub(one));
        if (key !== undefined && theirGroups.has(key)) add(ourGroups, key, one);
      }
    for (const key of [...ourGroups.keys()].sort()) {
      const mine = (ourGroups.get(key) ?? []).filter((one) => this.ours.has(one));
      for (const [their, our] of nearest(theirGroups.get(key) ?? [], mine, pass.window, shifts)) {
        this.theirs.delete(their);
        this.ours.delete(our);
        this.pairs.push({ theirs: their, ours: our, by: stage.by });
      }
    }
  }
}

function keyOf(stage: string | null, type: string | null, sub: string | null): string | undefined {
  return stage === null || sub === null ? undefined : `${stage}\u0000${type}\u0000${sub}`;
}

function add<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [one]);
  else group.push(one);
}

function byTimeAndKey(a: { at: number; key: string }, b: { at: number; key: string }): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** How far two times are apart when one of the shifts between the clocks is taken off. */
function apart(their: TheirConversion, our: OurConversion, shifts: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const shift of shifts) least = Math.min(least, Math.abs(their.at - shift - our.at));
  return least;
}

/** Pairs within one group, the nearest in time first. Both sides are in the order of time and key. */
function nearest(
  theirs: readonly TheirConversion[],
  ours: readonly OurConversion[],
  window: number,
  shifts: readonly number[],
): (readonly [TheirConversion, OurConversion])[] {
  if (theirs.length * ours.length > MOST_COMBINATIONS) return inOrder(theirs, ours, window, shifts);
  const all = theirs.flatMap((their) => ours.map((our) => ({ their, our, gap: apart(their, our, shifts) })));
  const near = all.filter(({ gap }) => gap <= window);
  near.sort((a, b) => a.gap - b.gap || byTimeAndKey(a.their, b.their) || byTimeAndKey(a.our, b.our));
  const taken = new Set<TheirConversion | OurConversion>();
  return near.flatMap(({ their, our }) => {
    if (taken.has(their) || taken.has(our)) return [];
    taken.add(their).add(our);
    return [[their, our] as const];
  });
}

/** For large groups: one pass over both in the order of time, for each shift. */
function inOrder(
  theirs: readonly TheirConversion[],
  ours: readonly OurConversion[],
  window: number,
  shifts: readonly number[],
): (readonly [TheirConversion, OurConversion])[] {
  const pairs: (readonly [TheirConversion, OurConversion])[] = [];
  let [openTheirs, openOurs] = [theirs, ours];
  for (const shift of shifts) {
    const taken = new Set<TheirConversion | OurConversion>();
    for (let at = 0, other = 0; at < openTheirs.length && other < openOurs.length; ) {
      const [their, our] = [openTheirs[at], openOurs[other]];
      if (their === undefined || our === undefined) break;
      const gap = their.at - shift - our.at;
      if (Math.abs(gap) <= window) {
        pairs.push([their, our]);
        taken.add(their).add(our);
        at += 1;
        other += 1;
      } else if (gap > 0) other += 1;
      else at += 1;
    }
    openTheirs = openTheirs.filter((one) => !taken.has(one));
    openOurs = openOurs.filter((one) => !taken.has(one));
  }
  return pairs;
}
