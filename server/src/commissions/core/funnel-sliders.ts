import type { PlanDocument, PlanLanguage } from "@tributary/contract";
import { belowLooks } from "./funnel-below.ts";
import { FUNNEL_WORDS, sliderName } from "./words/funnel.ts";

/** A number of the funnel that a plan looks at. `value` is where it stands to begin with. */
export interface Slider {
  readonly id: string;
  readonly label: string;
  readonly unit: "count" | "percent" | "money" | "number";
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

/** A dimension by which the plan pays otherwise: one value is assumed for everybody. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
}

/** What a plan looks at, as far as a funnel can tell it. */
export interface Looks {
  readonly impressions: boolean;
  readonly clicks: boolean;
  readonly registrations: boolean;
  /** Amounts of deposits, not only that there was one. */
  readonly deposits: boolean;
  /** Measures and quantities that customers bring month by month, with the type of event that carries them. */
  readonly brought: ReadonlyMap<string, string>;
  /** Types of events that are counted one by one. */
  readonly events: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
  readonly stated: ReadonlySet<string>;
  /** The highest threshold that a condition sets for a sum of a customer. */
  readonly thresholds: ReadonlyMap<string, number>;
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

export const QUANTITIES = new Set(
  "lots seconds points spread_points pip_value tick contract price equity credit players_dealt bets own_funds_share edge".split(
    " ",
  ),
);
/** Told by the funnel itself, or always there on a trade: nobody has to move a slider for them. */
const KNOWN = new Set(
  "first_deposit deposit deposits withdrawal withdrawals net_deposits amount active_days ngr_per seconds points pip_value tick contract price equity own_funds own_funds_share spread_points remainder ordinal quarter month term".split(
    " ",
  ),
);
const DEPOSITS = new Set(["first_deposit", "deposit", "deposits", "net_deposits"]);
const TRADING = new Set(["lot_rebate", "pip_rebate", "point_rebate", "spread_share", "commission_share", "notional"]);
const COUNTS = new Set(
  "registrations first_deposits qualified active_customers customers clicks unique_clicks impressions sub_partners active_days registration kyc_passed first_deposit deposit trade activity sale".split(
    " ",
  ),
);
const MOST_SLIDERS = 14;

/** Goes through a plan and notes what it looks at. */
export function looksOf(plan: PlanDocument): Looks {
  const walk = new Walk();
  for (const component of plan.components) walk.component(component);
  walk.value(plan, "");
  return walk;
}

class Walk implements Looks {
  impressions = false;
  clicks = true;
  registrations = false;
  deposits = false;
  readonly brought = new Map<string, string>();
  readonly events = new Set<string>();
  readonly orders = new Set<string>();
  readonly stated = new Set<string>();
  readonly thresholds = new Map<string, number>();
  readonly choices = new Map<string, string[]>();

  component(component: PlanDocument["components"][number]): void {
    const { model } = component;
    if (model === "cpm") this.impressions = true;
    if (model === "cpl") this.registrations = true;
    if (model === "per_event") this.events.add(component.event);
    if (model === "sale" || model === "recurring") this.orders.add(component.event);
    if (model === "theoretical") this.brings(component.turnover, "activity");
    if (TRADING.has(model)) this.brings("lots", "trade");
    if (model === "commission_share") this.brings(component.of, component.event);
    if (model === "spread_share" && component.spread.from === "measure") this.brings(component.spread.measure, "trade");
    if (model === "cpa_ladder") this.brings(component.of, "");
  }

  brings(name: string, type: string): void {
    if (DEPOSITS.has(name)) this.deposits = true;
    if (KNOWN.has(name) || this.brought.has(name)) return;
    this.brought.set(name, type);
  }

  value(value: unknown, key: string): void {
    if (Array.isArray(value)) {
      for (const one of value) this.value(one, key);
      return;
    }
    if (typeof value === "string") this.#text(value, key);
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "only" || name === "when" || name === "subPartners") this.#match(inner);
      // These name components, caps or sub-partners' values, not facts.
      else if (!["caps", "pays", "carryover", "conversion", "hold", "counts", "recoups"].includes(name))
        this.value(inner, name);
    }
    if ("metric" in value && "atLeast" in value) this.#threshold(String(value.metric), Number(value.atLeast));
    if ("attribute" in value && "in" in value) this.#match({ [String(value.attribute)]: value.in });
  }

  #text(text: string, key: string): void {
    if (key === "add" || key === "deduct" || key === "sum" || key === "measure" || key === "over")
      this.brings(text, "");
    if (key === "metric" || key === "item") this.brings(text, "");
    if (key === "stated") this.stated.add(text);
    if (key === "count") {
      if (text === "impressions") this.impressions = true;
      if (text === "registrations") this.registrations = true;
      if (!COUNTS.has(text)) this.events.add(text);
    }
    if (key === "milestone" && !COUNTS.has(text)) this.events.add(text);
  }

  #threshold(metric: string, least: number): void {
    if (Number.isFinite(least)) this.thresholds.set(metric, Math.max(least, this.thresholds.get(metric) ?? 0));
  }

  #match(match: unknown): void {
    if (typeof match !== "object" || match === null) return;
    for (const [name, values] of Object.entries(match)) {
      if (name === "customer" || name === "type" || !Array.isArray(values)) continue;
      const known = this.choices.get(name) ?? [];
      this.choices.set(name, [...new Set([...known, ...values.map(String)])]);
    }
  }
}

/** The sliders that a plan asks for, in the order of the funnel. */
export function slidersOf(plan: PlanDocument, language: PlanLanguage): Slider[] {
  const looks = looksOf(plan);
  const say = (id: string) => sliderName(id, language);
  const count = (id: string, max: number, value: number, step = 1): Slider => ({
    id,
    label: say(id),
    unit: "count",
    min: 0,
    max,
    step,
    value,
  });
  const percent = (id: string, value: number, max = 100): Slider => ({
    id,
    label: say(id),
    unit: "percent",
    min: 0,
    max,
    step: 0.5,
    value,
  });
  const money = (id: string, max: number, value: number, step = 5): Slider => ({
    ...count(id, max, value, step),
    unit: "money",
    min: 0,
  });
  // It begins where the plan pays: an average below a condition's threshold would show nothing but zeros.
  const beginning = (start: number, ...metrics: readonly string[]) =>
    Math.max(start, ...metrics.map((metric) => looks.thresholds.get(metric) ?? 0));
  const brought = [...looks.brought.keys()].filter((name) => !looks.orders.has(name));
  const isMonthly = brought.length > 0 || looks.orders.size > 0;
  const sliders = [
    ...(looks.impressions ? [count("impressions", 1_000_000, 100_000, 1000)] : []),
    count("clicks", 20_000, 2000, 50),
    percent("registrationRate", 10, 50),
    percent("ftdRate", 30),
    ...(looks.deposits
      ? [money("firstDeposit", 5000, beginning(200, ...DEPOSITS)), money("laterDeposits", 5000, 100)]
      : []),
    ...(isMonthly ? [percent("keptRate", 80)] : []),
    ...brought.map((name): Slider => {
      const id = `brought:${name}`;
      if (name === "lots") return { ...count(id, 100, beginning(4, name), 0.5), unit: "number" };
      if (QUANTITIES.has(name)) return { ...count(id, 1000, 10), unit: "number" };
      const [most, start] = START[name] ?? [2000, 60];
      return money(id, most, beginning(start, name));
    }),
    ...[...looks.orders].flatMap((event) => [
      { ...count(`orders:${event}`, 20, 1, 1) },
      money(`worth:${event}`, 2000, 80),
    ]),
    ...[...looks.events].map((event) => count(`events:${event}`, 5000, 50)),
    ...[...looks.stated].map((name): Slider => ({ ...count(`stated:${name}`, 10_000, 0), unit: "number" })),
    ...belowSliders(plan, count, money),
  ];
  return sliders.slice(0, MOST_SLIDERS);
}

/** What those below the partner bring or earn, as far as the plan pays for it. */
function belowSliders(
  plan: PlanDocument,
  count: (id: string, max: number, value: number, step?: number) => Slider,
  money: (id: string, max: number, value: number, step?: number) => Slider,
): Slider[] {
  const below = belowLooks(plan);
  const own = below.level?.own ?? 10;
  const value: Slider = { ...count("belowValue", own, own / 2, own / 20), unit: "number" };
  return [
    ...(below.commission === null ? [] : [money("below", 100_000, 2000, 100)]),
    ...[...below.measures].map((name) => money(`below:${name}`, 1_000_000, START[name]?.[2] ?? 20_000, 500)),
    ...[...below.quantities].map((name): Slider => ({ ...count(`below:${name}`, 20_000, 400, 10), unit: "number" })),
    ...(below.level === null ? [] : [value]),
    ...(below.qualified === null ? [] : [count("belowQualified", 1000, 20)]),
    ...(below.referrals ? [count("referrals", 20, 1)] : []),
  ];
}

/** Most and beginning of what a customer brings in a month; what takes away begins small. */
const START: Readonly<Record<string, readonly [most: number, start: number, below?: number]>> = {
  ggr: [2000, 100],
  ngr: [2000, 60],
  turnover: [20_000, 1500],
  bonus: [500, 15, 2000],
  bonuses: [500, 15, 2000],
  fees: [500, 5, 500],
  taxes: [500, 10, 1000],
  commission: [1000, 20],
  spread: [1000, 40],
  chargeback: [500, 0, 0],
  refund: [500, 0, 0],
  tax: [500, 10],
  shipping: [200, 5],
};

export function choicesOf(plan: PlanDocument, language: PlanLanguage): Choice[] {
  return [...looksOf(plan).choices].map(([name, values]) => ({
    name,
    label: FUNNEL_WORDS.name(name, language),
    values,
  }));
}
