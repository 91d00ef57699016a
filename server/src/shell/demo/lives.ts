import type { PlannedClick, PlannedEvent } from "./planned.ts";
import type { Chance } from "./random.ts";
import type { PartnerPlan, Vertical } from "./world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A customer of the sample while it is still of interest: what it will do on each coming day is drawn from here. */
export interface Life {
  readonly ref: string;
  readonly vertical: Vertical;
  readonly partner: PartnerPlan;
  readonly chance: Chance;
  /** chance of being active on a day; fades */
  appetite: number;
  /** typical size of what it does, in whole units of the program's currency */
  readonly size: number;
  /** chance that it wins against the house over a day (casino) */
  readonly luck: number;
  readonly startsOn: number;
  /** SaaS: day of the month's payment, counted from the first */
  readonly renewsEvery: number;
}

export interface Numbering {
  next(kind: string): number;
}

type Emit = (event: PlannedEvent) => void;

/** Currency of each vertical's program. */
export const CURRENCY: Record<Vertical, string> = { fx: "USD", casino: "EUR", saas: "EUR" };

/** Chance that a registration becomes a depositing (fx, casino) or paying (saas) customer, before the partner's quality. */
const CONVERTS: Record<Vertical, number> = { fx: 0.27, casino: 0.27, saas: 0.3 };

/**
 * Draws what follows a click that registers: the registration, the check of identity and, for some, the first deposit or payment.
 * @returns the life that goes on from there, when there is one
 */
export function begin(
  click: PlannedClick,
  ref: string,
  chance: Chance,
  numbers: Numbering,
  emit: Emit,
  dayOf: (at: number) => number,
): Life | undefined {
  const { partner, vertical } = click;
  const registeredAt = click.at + Math.round(chance.around(8 * 60_000, 1.1));
  const useCode = partner.codes.length > 0 && chance.happens(0.35);
  const via = useCode ? { code: partner.codes[0] as string } : { click };
  const base = { vertical, customerRef: ref };
  emit({
    ...base,
    ...via,
    type: "registration",
    at: registeredAt,
    externalId: `reg-${ref}`,
    fields: { country: click.country },
  });
  const cheat = partner.story === "cheat";
  const pays = chance.happens(Math.min(0.9, CONVERTS[vertical] * partner.quality));
  const kycAt = registeredAt + Math.round(chance.around(9 * HOUR, 0.8));
  if (vertical !== "saas" && (pays || chance.happens(0.25)))
    emit({ ...base, type: "kyc_passed", at: kycAt, externalId: `kyc-${ref}`, fields: {} });
  if (!pays) return undefined;
  const firstAt =
    vertical === "saas"
      ? registeredAt + 14 * DAY
      : Math.max(kycAt, registeredAt) + Math.round(chance.around(5 * HOUR, 1.2));
  const size = sizeOf(vertical, cheat, chance);
  if (vertical !== "saas") {
    const number = numbers.next("deposit");
    emit({ ...base, type: "deposit", at: firstAt, externalId: `dep-${number}`, fields: { amount: amount(size) } });
    // a partner that cheats brings people who deposit just enough, and take it back at their bank
    if (cheat && chance.happens(0.45))
      emit({
        ...base,
        type: "chargeback",
        at: firstAt + Math.round(chance.around(20 * DAY, 0.3)),
        externalId: `cbk-${number}`,
        fields: { amount: amount(size) },
      });
  }
  return {
    ref,
    vertical,
    partner,
    chance,
    size,
    appetite: cheat ? 0.01 : APPETITE[vertical],
    luck: partner.story === "negative_balance" ? 0.62 : 0.42,
    startsOn: dayOf(firstAt) + (vertical === "saas" ? 0 : 1),
    renewsEvery: 30,
  };
}

const APPETITE: Record<Vertical, number> = { fx: 0.3, casino: 0.34, saas: 1 };

function sizeOf(vertical: Vertical, cheat: boolean, chance: Chance): number {
  if (cheat) return 250 + chance.between(0, 9);
  if (vertical === "fx") return Math.max(50, chance.around(320, 0.9));
  if (vertical === "casino") return Math.max(10, chance.around(55, 0.8));
  return chance.pick([19, 39, 39, 79, 149]);
}

/** What a customer does on one day that begins at `start`. Its appetite fades; `undefined` appetite of near zero ends the life. */
export function liveOn(day: number, start: number, life: Life, numbers: Numbering, emit: Emit): boolean {
  if (day < life.startsOn) return true;
  if (life.vertical === "saas") return payInvoice(day, start, life, numbers, emit);
  if (life.chance.happens(life.appetite)) {
    if (life.vertical === "fx") trade(start, life, numbers, emit);
    else play(start, life, numbers, emit);
    if (life.chance.happens(0.09)) move(start, life, numbers, emit);
  }
  life.appetite *= life.vertical === "fx" ? 0.982 : 0.975;
  return life.appetite > 0.004;
}

const SYMBOLS: readonly (readonly [readonly [symbol: string, group: string], number])[] = [
  [["EURUSD", "majors"], 5],
  [["XAUUSD", "metals"], 4],
  [["GBPUSD", "majors"], 2],
  [["US500", "indices"], 2],
  [["USDJPY", "majors"], 2],
];

function trade(start: number, life: Life, numbers: Numbering, emit: Emit): void {
  const { chance } = life;
  const weekday = new Date(start).getUTCDay();
  if (weekday === 0 || weekday === 6) return;
  const lots = Math.max(1, Math.round(chance.around(life.size / 9, 0.8))) / 100;
  const [symbol, group] = chance.weighted(SYMBOLS);
  // Some only scalp: what a trade filter is there for.
  const seconds = Math.round(chance.happens(0.12) ? chance.between(5, 170) : chance.around(5_400, 1.1));
  emit({
    vertical: "fx",
    customerRef: life.ref,
    type: "trade",
    at: start + chance.between(1, 22) * HOUR + chance.between(0, 3_599_000),
    externalId: `trd-${numbers.next("trade")}`,
    fields: {
      lots: lots.toFixed(2),
      notional: amount(lots * 100_000 * chance.around(1.1, 0.1)),
      spread: amount(lots * chance.around(11, 0.25)),
      commission: amount(lots * 7),
      symbol,
      group,
      product: group === "majors" ? "forex" : "cfd",
      seconds: String(seconds),
      points: String(Math.round(chance.normal() * 40)),
    },
  });
}

function play(start: number, life: Life, numbers: Numbering, emit: Emit): void {
  const { chance } = life;
  const product = chance.weighted([
    ["slots", 6],
    ["live", 3],
    ["sports", 3],
  ] as const);
  const turnover = chance.around(life.size * 4, 0.9);
  const wins = chance.happens(life.luck);
  const ggr = wins ? -chance.around(turnover * 0.28, 0.7) : chance.around(turnover * 0.31, 0.6);
  const bonus = chance.happens(0.2) ? life.size * 0.15 : 0;
  // The sports book counts its bets; the games report what was played.
  const bets = product === "sports" ? { bets: String(Math.max(1, Math.round(turnover / 6))) } : {};
  emit({
    vertical: "casino",
    customerRef: life.ref,
    type: "activity",
    at: start + 23 * HOUR + 59 * 60_000,
    externalId: `act-${life.ref}-${new Date(start).toISOString().slice(0, 10)}-${product}-${numbers.next("activity")}`,
    fields: { ggr: amount(ggr), bonus: amount(bonus), turnover: amount(turnover), ...bets, product },
  });
}

/** Money in, mostly; sometimes out, rarely taken back at the bank. */
function move(start: number, life: Life, numbers: Numbering, emit: Emit): void {
  const { chance } = life;
  const at = start + chance.between(7, 22) * HOUR + chance.between(0, 3_599_000);
  const size = Math.max(10, chance.around(life.size, 0.6));
  const type = chance.weighted([
    ["deposit", 72],
    ["withdrawal", 26],
    ["chargeback", 2],
  ] as const);
  const prefix = { deposit: "dep", withdrawal: "wdr", chargeback: "cbk" }[type];
  emit({
    vertical: life.vertical,
    customerRef: life.ref,
    type,
    at,
    externalId: `${prefix}-${numbers.next(type)}`,
    fields: { amount: amount(size) },
  });
}

function payInvoice(day: number, start: number, life: Life, numbers: Numbering, emit: Emit): boolean {
  if ((day - life.startsOn) % life.renewsEvery !== 0) return true;
  const { chance } = life;
  if (day > life.startsOn && chance.happens(0.07)) return false;
  const number = numbers.next("sale");
  const at = start + chance.between(6, 20) * HOUR;
  const base = {
    vertical: life.vertical,
    customerRef: life.ref,
  };
  const order = `ORD-${number}`;
  const fields = { product: life.size > 100 ? "business" : "team", billing: "monthly", order };
  const tax = (life.size * 19) / 119;
  emit({
    ...base,
    type: "sale",
    at,
    externalId: `inv-${number}`,
    fields: { ...fields, amount: amount(life.size), tax: amount(tax) },
  });
  if (chance.happens(0.025))
    emit({
      ...base,
      type: "refund",
      at: at + chance.between(1, 12) * DAY,
      externalId: `rfd-${number}`,
      fields: { ...fields, amount: amount(chance.happens(0.5) ? life.size : life.size / 2) },
    });
  return true;
}

function amount(value: number): string {
  return value.toFixed(2);
}
