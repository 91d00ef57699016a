// The measure of the detector: false alarms on histories where nothing is broken, and how soon planted breaks are told.
import { chance } from "../../src/shell/demo/random.ts";
import {
  type Break,
  HOURS,
  type OfferHistory,
  type PartnerHistory,
  partnerHistory,
  programShape,
  WARM_DAYS,
} from "./histories.ts";
import { priorsOf, type Told, watchPartner } from "./watching.ts";

export const BREAKS = {
  "clicks stop": { clicks: [0, 0] },
  "clicks fall to 30–50 %": { clicks: [0.3, 0.5] },
  "clicks × 3": { clicks: [3, 3] },
  "conversions are lost, clicks go on": { conversions: [0, 0.2] },
  "conversions fall to 30–50 %, clicks go on": { conversions: [0.3, 0.5] },
  "time from click to conversion × 3": { delay: [3, 3] },
  "postbacks fail (30–100 %)": { errors: [0.3, 1] },
} as const satisfies Record<string, Partial<Record<keyof Break, readonly [number, number]>>>;
export type BreakName = keyof typeof BREAKS;

/** A break is told when an alarm of its kind and direction opens before 100 events would have been expected. */
const EXPECTED = 100;
const PER_PROGRAM = 20;
const LONGEST_HOURS = 28 * 24;

export interface ProgramWorld {
  readonly seed: string;
  readonly shape: Float64Array;
  readonly histories: readonly PartnerHistory[];
  readonly priors: ReturnType<typeof priorsOf>;
}

export function programWorld(seed: string, partners = PER_PROGRAM): ProgramWorld {
  const shape = programShape(seed);
  const histories = Array.from({ length: partners }, (_, index) => partnerHistory(`${seed}/${index}`, shape));
  return { seed, shape, histories, priors: priorsOf(histories) };
}

/** What is told of a program's partners in 90 days in which nothing is broken. */
export function falseAlarms(world: ProgramWorld): Told[][] {
  return world.histories.map((history) => watchPartner(history, world.priors, { from: WARM_DAYS * 24, until: HOURS }));
}

export interface Planted {
  readonly name: BreakName;
  readonly daily: number;
  /** its followers come when something is posted */
  readonly followed: boolean;
  /** undefined: not told within 100 expected events, nor within a day */
  readonly afterHours: number | undefined;
  /** hours that make 100 expected events */
  readonly allowedHours: number;
  /** events that were to be expected until it was told */
  readonly expectedThen: number;
}

/** A break, and the hour until which it is to be told (exclusive). */
export interface PlannedBreak {
  readonly broken: Break;
  readonly until: number;
  /** events of each hour that the broken line was to bring */
  readonly meant: (hour: number) => number;
}

/** What is to break of a partner, and when. @returns undefined: too small to make 100 events in four weeks */
export function planBreak(world: ProgramWorld, index: number, name: BreakName): PlannedBreak | undefined {
  const draw = chance(`${world.seed}/${index}/${name}`);
  const whole = world.histories[index] as PartnerHistory;
  const offer = draw.happens(0.3) || whole.offers.length === 1 ? null : draw.between(0, whole.offers.length - 1);
  const from = WARM_DAYS * 24 + draw.between(24, 45 * 24);
  const within = ([low, high]: readonly [number, number]) => low + (high - low) * draw.next();
  const kinds = Object.entries(BREAKS[name]).map(([kind, range]) => [kind, within(range)]);
  const broken: Break = { from, offer: name.startsWith("postbacks") ? null : offer, ...Object.fromEntries(kinds) };
  const meant = meantOf(whole, broken, name);
  let expected = 0;
  let until = from;
  while (expected < EXPECTED && until < HOURS) expected += meant(until++);
  if (expected < EXPECTED || until - from > LONGEST_HOURS) return undefined;
  return { broken, until, meant };
}

/** Plants a break into a partner's history. @returns undefined: too small to make 100 events in four weeks */
export function plant(world: ProgramWorld, index: number, name: BreakName): Planted | undefined {
  const plan = planBreak(world, index, name);
  if (plan === undefined) return undefined;
  const { broken, until, meant } = plan;
  const { from } = broken;
  const history = partnerHistory(`${world.seed}/${index}`, world.shape, broken);
  const told = watchPartner(history, world.priors, {
    from: from - 24,
    until: Math.min(HOURS, Math.max(until, from + 24)),
  });
  const first = told.find((one) => one.at > from && isOf(one, name, broken));
  let then = 0;
  for (let hour = from; hour < (first?.at ?? until); hour++) then += meant(hour);
  return {
    name,
    daily: history.daily,
    followed: history.nature.social,
    afterHours: first && first.at - from,
    allowedHours: until - from,
    expectedThen: then,
  };
}

/** Events of each hour that the broken line was to bring. */
function meantOf(whole: PartnerHistory, broken: Break, name: BreakName): (hour: number) => number {
  const offers = whole.offers.filter((_, index) => broken.offer === null || broken.offer === index);
  const kind = name.startsWith("clicks") ? "clicks" : "registrations";
  if (name.startsWith("postbacks")) return (hour) => whole.attempts[hour] as number;
  // a time is known when it is over: typically that much later the first conversion of a click after the break is heard
  const wait = (offer: OfferHistory) => (broken.delay === undefined ? 0 : Math.ceil(broken.delay * offer.delayHours));
  return (hour) =>
    offers.reduce(
      (sum, offer) => sum + (hour < broken.from + wait(offer) ? 0 : (offer.meant[kind][hour] as number)),
      0,
    );
}

function isOf(told: Told, name: BreakName, broken: Break): boolean {
  if (name.startsWith("postbacks")) return told.kind === "postbacks";
  if (name.startsWith("time")) return told.kind === "delay" && told.direction === "longer";
  const place = broken.offer === null || told.offerId === null || told.offerId === String(broken.offer);
  const kind = name.startsWith("clicks") ? "clicks" : "conversions";
  return place && told.kind === kind && told.direction === (broken.clicks === 3 ? "surge" : "drop");
}
