import { begin, CURRENCY, type Life, liveOn, type Numbering } from "./lives.ts";
import { BOT_AGENTS, USER_AGENTS } from "./names.ts";
import type { PlannedClick, PlannedEvent } from "./planned.ts";
import type { Chance } from "./random.ts";
import type { PartnerPlan, Vertical, World } from "./world.ts";

const DAY = 86_400_000;

export interface SampleDay {
  /** midnight UTC, milliseconds since 1970 */
  readonly start: number;
  /** in order of time */
  readonly clicks: readonly PlannedClick[];
  /** ads shown, in order of time */
  readonly impressions: readonly PlannedClick[];
  readonly events: readonly PlannedEvent[];
}

export interface Extent {
  /** midnight UTC of the first day */
  readonly start: number;
  readonly days: number;
  /** nothing happens at or after this instant */
  readonly until: number;
  /** about how many clicks in all */
  readonly clicks: number;
}

/** Share of the clicks of each vertical, and how many of them register. */
const TRAFFIC: Record<Vertical, { readonly share: number; readonly registers: number }> = {
  fx: { share: 0.38, registers: 0.064 },
  casino: { share: 0.5, registers: 0.064 },
  saas: { share: 0.12, registers: 0.044 },
};

/** The story of the sample, day by day, in order of time. The same seed and extent give the same days. */
export function* simulate(world: World, chance: Chance, extent: Extent): Generator<SampleDay> {
  const scheduled = new Map<number, PlannedEvent[]>();
  const dayOf = (at: number) => Math.floor((at - extent.start) / DAY);
  const emit = (event: PlannedEvent) => {
    const day = dayOf(event.at);
    const list = scheduled.get(day);
    if (list === undefined) scheduled.set(day, [event]);
    else list.push(event);
  };
  const numbers = numbering();
  const demand = demandOf(world, extent);
  let lives: Life[] = [];
  for (let day = 0; day < extent.days; day++) {
    const start = extent.start + day * DAY;
    const draw = chance.branch(`day ${day}`);
    const clicks = clicksOf(day, start, demand, draw);
    for (const click of clicks) {
      if (BOT_AGENTS.includes(click.agent as (typeof BOT_AGENTS)[number])) continue;
      if (!draw.happens(TRAFFIC[click.vertical].registers * Math.sqrt(click.partner.quality))) continue;
      const ref = `${click.vertical.toUpperCase()}-${100_000 + numbers.next(`customer ${click.vertical}`)}`;
      const life = begin(click, ref, draw.branch(ref), numbers, emit, dayOf);
      if (life !== undefined) lives.push(life);
    }
    lives = lives.filter((life) => liveOn(day, start, life, numbers, emit));
    const events = (scheduled.get(day) ?? []).filter((event) => event.at < extent.until).sort((a, b) => a.at - b.at);
    scheduled.delete(day);
    const impressions = impressionsOf(day, start, world, chance.branch(`shown ${day}`));
    const before = ({ at }: PlannedClick) => at < extent.until;
    yield { start, clicks: clicks.filter(before), impressions: impressions.filter(before), events };
  }
}

/** The event as it stands in a call to `POST /v1/events`. */
export function wireEvent(event: PlannedEvent): Record<string, string> {
  return {
    type: event.type,
    externalId: event.externalId,
    customerId: event.customerRef,
    occurredAt: new Date(event.at).toISOString(),
    ...(event.fields.amount !== undefined || event.type === "trade" || event.type === "activity"
      ? { currency: CURRENCY[event.vertical] }
      : {}),
    ...event.fields,
    ...(event.click?.id !== undefined ? { clickId: event.click.id } : {}),
    ...(event.code !== undefined ? { code: event.code } : {}),
  };
}

interface Demand {
  readonly partner: PartnerPlan;
  /** clicks expected on a day, before season and story */
  readonly daily: number;
}

function demandOf(world: World, extent: Extent): Demand[] {
  return (Object.keys(TRAFFIC) as Vertical[]).flatMap((vertical) => {
    const partners = world.partners.filter((partner) => partner.vertical === vertical && partner.weight > 0);
    const effort = partners.map((partner) => ({ partner, days: workingDays(partner, extent.days) }));
    const total = effort.reduce((sum, { partner, days }) => sum + partner.weight * days, 0);
    const clicks = extent.clicks * TRAFFIC[vertical].share;
    return partners.map((partner) => ({ partner, daily: (clicks * partner.weight) / total }));
  });
}

/** Sum over the days of everything that {@link intensity} multiplies by. */
function workingDays(partner: PartnerPlan, days: number): number {
  let sum = 0;
  for (let day = 0; day < days; day++) sum += intensity(partner, day, days);
  return sum;
}

/** How much of its usual traffic a partner sends on a day: growth over the year, the week, and its story. */
function intensity(partner: PartnerPlan, day: number, days: number): number {
  if (day < partner.joinedDay) return 0;
  const growth = 0.75 + (0.5 * day) / days;
  const week = [0.8, 1.05, 1.1, 1.1, 1.05, 1, 0.9][day % 7] ?? 1;
  const left = days - day;
  if (partner.story === "fading") return growth * week * (left < 90 ? Math.max(0.04, (left / 90) ** 2) : 1);
  if (partner.story === "rising") return growth * week * (left < 120 ? 1 + (120 - left) / 40 : 0.5);
  if (partner.story === "cheat") return week * (day % 11 < 3 ? 3 : 0.3);
  return growth * week;
}

function clicksOf(day: number, start: number, demand: readonly Demand[], draw: Chance): PlannedClick[] {
  const clicks: PlannedClick[] = [];
  for (const { partner, daily } of demand) {
    const count = draw.count(daily * intensity(partner, day, 365));
    let previous: PlannedClick | undefined;
    const elsewhere = clicks.at(-1);
    for (let i = 0; i < count; i++) {
      const returning: PlannedClick | undefined = previous !== undefined && draw.happens(0.08) ? previous : undefined;
      const drawn = oneClick(start, partner, returning, draw);
      // Half of those who return had come by another partner before: journeys with several partners on them.
      const crossed = returning !== undefined && i % 2 === 1 && isBefore(elsewhere, drawn) ? elsewhere : undefined;
      const click: PlannedClick = crossed === undefined ? drawn : { ...drawn, previous: crossed };
      clicks.push(click);
      previous = click;
    }
  }
  return clicks.sort((a, b) => a.at - b.at).map(withoutFuturePrevious);
}

function impressionsOf(day: number, start: number, world: World, draw: Chance): PlannedClick[] {
  const showing = world.partners.filter((partner) => partner.shows !== undefined && day >= partner.joinedDay);
  return showing
    .flatMap((partner) =>
      Array.from({ length: draw.count(partner.shows ?? 0) }, () => oneClick(start, partner, undefined, draw)),
    )
    .sort((a, b) => a.at - b.at);
}

function isBefore(other: PlannedClick | undefined, click: PlannedClick): boolean {
  return other !== undefined && other.vertical === click.vertical && other.at < click.at;
}

function withoutFuturePrevious(click: PlannedClick): PlannedClick {
  if (click.previous === undefined || click.previous.at < click.at) return click;
  const { previous: _, ...rest } = click;
  return rest;
}

const LANGUAGES: Readonly<Record<string, string>> = { DE: "de-DE", ES: "es-ES", IT: "it-IT", PL: "pl-PL", FR: "fr-FR", PT: "pt-PT", BR: "pt-BR", MX: "es-MX", CL: "es-CL", CO: "es-CO", TH: "th-TH", VN: "vi-VN", JP: "ja-JP", ID: "id-ID" }; // biome-ignore format: a table

function oneClick(
  start: number,
  partner: PartnerPlan,
  returning: PlannedClick | undefined,
  draw: Chance,
): PlannedClick {
  const country =
    returning?.country ??
    (draw.happens(0.85) ? partner.country : draw.pick(["DE", "ES", "BR", "MX", "AE", "TH", "IT", "PL"]));
  const bots = partner.story === "cheat" ? 0.12 : 0.03;
  return {
    at: start + Math.floor(DAY * ((draw.next() + draw.next() + 0.35 * draw.next()) / 2.35)),
    vertical: partner.vertical,
    partner,
    offer: returning?.offer ?? (draw.happens(0.6) ? 0 : draw.between(0, 2)),
    country,
    agent: returning?.agent ?? (draw.happens(bots) ? draw.pick(BOT_AGENTS) : draw.weighted(USER_AGENTS)),
    language: LANGUAGES[country] ?? "en-US",
    sub1: draw.weighted([
      ["search", 4],
      ["social", 3],
      ["email", 2],
      ["banner", 2],
      ["video", 1],
    ] as const),
    sub2: `${partner.code.slice(0, 4)}-${draw.between(1, 12)}`,
    own: Math.floor(draw.next() * 2 ** 48).toString(36),
    ...(returning === undefined ? {} : { previous: returning }),
  };
}

function numbering(): Numbering {
  const counts = new Map<string, number>();
  return {
    next(kind) {
      const number = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, number);
      return number;
    },
  };
}
