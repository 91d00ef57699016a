import { AMOUNTS, type EventNumber, numberNamed, QUANTITIES } from "./event-numbers.ts";
import { cutText, storable } from "./stored.ts";

/** What an event may say, by canonical name, as text. Absent and empty are the same: not sent. */
export type EventFields = { [field in EventField]?: string };

export interface ReadFields {
  readonly fields: EventFields;
  readonly dimensions: Readonly<Record<string, string>> | undefined;
  /** numbers that the type of the event says nothing about */
  readonly numbers?: readonly SentNumber[] | undefined;
  readonly other: Readonly<Record<string, string>> | undefined;
  readonly problems: readonly EventProblem[];
}

export interface SentNumber extends EventNumber {
  readonly text: string;
}

/** Something that is wrong with an event: a code of the error catalogue, which field, what stood there, what to do. */
export interface EventProblem {
  readonly code: EventProblemCode;
  readonly field: string;
  readonly value?: string;
  readonly message: string;
  readonly hint: string;
}

export type EventProblemCode =
  | "invalid_input"
  | "unknown_event_type"
  | "missing_field"
  | "invalid_amount"
  | "unknown_currency"
  | "invalid_time"
  | "time_in_future"
  | "duplicate_parameter"
  | "macro_unexpanded"
  | "left_aside"
  | "malformed_encoding";

/**
 * Names under which a field is understood, the canonical one first; case, `_`, `-`, `.` and blanks do not matter. The others are
 * what trackers and platforms call the same thing (Everflow, TUNE, CAKE, Affise, Scaleo, impact, Tapfiliate, FirstPromoter, Dub).
 * A canonical name wins over the others; two others that disagree are refused.
 */
export const EVENT_PARAMETERS = {
  type: ["type", "event", "event_type", "event_name", "goal"],
  externalId: [
    "external_id",
    "id",
    "transaction_id",
    "txn_id",
    "txid",
    "order_id",
    "action_id",
    "event_id",
    "invoice_id",
    "trade_id",
    "deal_id",
    "ticket",
  ],
  customerId: [
    "customer_id",
    "customer",
    "customer_ref",
    "customer_key",
    "user_id",
    "uid",
    "player_id",
    "account_id",
    "client_id",
    "login",
  ],
  occurredAt: ["occurred_at", "time", "timestamp", "event_time", "datetime", "date", "created_at"],
  currency: ["currency", "cur", "ccy", "currency_code"],
  amount: ["amount", "sum", "value", "total", "sale_amount", "order_amount", "price", "revenue"],
  void: ["void", "voided", "reversed", "cancelled", "canceled"],
  clickId: ["click_id", "cid", "click", "trb_click_id"],
  code: ["code", "coupon", "coupon_code", "promo_code", "referral_code", "ref_code"],
  partner: ["partner", "partner_id", "partner_code", "affiliate_id", "aff_id"],
  lots: ["lots", "lot", "volume"],
  notional: ["notional", "notional_amount"],
  spread: ["spread", "spread_amount"],
  commission: ["commission", "commission_amount"],
  ggr: ["ggr", "gross_gaming_revenue"],
  bonus: ["bonus", "bonuses"],
  fees: ["fees", "fee"],
  taxes: ["taxes", "tax"],
  ngr: ["ngr", "net_gaming_revenue"],
  day: ["day", "activity_day", "activity_date"],
} as const;
export type EventField = keyof typeof EVENT_PARAMETERS;

/** Fields that describe rather than count, flags (`true`) among them; any other dimension is sent as `dim_<name>`. */
export const DIMENSIONS = [
  "product", "brand", "symbol", "group", "side", "account_type", "country", "platform", "plan", "channel", "game", "category", "method", "status",
  "order", "subscription", "billing", "base_currency", "quote_currency",
  "partial_close", "multiple_close", "hedged", "close_by", "stop_out_negative", "same_price", "pending", "bonus_funds",
] as const; // biome-ignore format: a list of words
const DIMENSION_ALIASES: Readonly<Record<string, (typeof DIMENSIONS)[number]>> = {
  instrument: "symbol",
  accounttype: "account_type",
};

const LENGTH = 300;
const OTHER_FIELDS = 30;
const NUMBERS = 40;

/** `External-ID` → `externalid` */
export function plainName(name: string): string {
  return name.replace(/[\s_.-]/g, "").toLowerCase();
}

export type ColumnMeaning =
  | { readonly kind: "field"; readonly field: EventField; readonly canonical: boolean }
  | { readonly kind: "dimension"; readonly name: string }
  | ({ readonly kind: "number" } & EventNumber)
  | { readonly kind: "other" };

const MEANINGS: ReadonlyMap<string, ColumnMeaning> = new Map<string, ColumnMeaning>([
  ...Object.entries(EVENT_PARAMETERS).flatMap(([field, names]) =>
    names.map((name, rank): [string, ColumnMeaning] => [
      plainName(name),
      { kind: "field", field: field as EventField, canonical: rank === 0 },
    ]),
  ),
  ...DIMENSIONS.map((name): [string, ColumnMeaning] => [plainName(name), { kind: "dimension", name }]),
  ...Object.entries(DIMENSION_ALIASES).map(([alias, name]): [string, ColumnMeaning] => [
    alias,
    { kind: "dimension", name },
  ]),
  ...QUANTITIES.map((name): [string, ColumnMeaning] => [plainName(name), { kind: "number", unit: "quantity", name }]),
  ...AMOUNTS.map((name): [string, ColumnMeaning] => [plainName(name), { kind: "number", unit: "amount", name }]),
]);

const OTHER: ColumnMeaning = { kind: "other" };

/** What a parameter or a column of a file means. */
export function meaningOf(name: string): ColumnMeaning {
  const known = MEANINGS.get(plainName(name));
  if (known !== undefined) return known;
  const dimension = /^dim(?:ension)?s?[_.:-]([A-Za-z0-9_-]{1,40})$/i.exec(name.trim())?.[1];
  if (dimension !== undefined) return { kind: "dimension", name: dimension.toLowerCase() };
  const number = numberNamed(name);
  if (number === undefined) return OTHER;
  // `qty_lots` is lots: what has a name of its own keeps its meaning.
  const named = MEANINGS.get(plainName(number.name));
  return named?.kind === "field" || named?.kind === "number" ? named : { kind: "number", ...number };
}

/** Sorts parameters by what they mean. Problems: a field sent twice with different values. */
export function readEventFields(pairs: Iterable<readonly [string, string]>): ReadFields {
  const fields: EventFields = {};
  const ranks = new Map<EventField, boolean>();
  const problems: EventProblem[] = [];
  let dimensions: Record<string, string> | undefined;
  let numbers: SentNumber[] | undefined;
  let other: Record<string, string> | undefined;
  const keep = (name: string, value: string) => {
    other ??= Object.create(null) as Record<string, string>;
    if (Object.keys(other).length < OTHER_FIELDS) other[cutText(storable(name), 64)] = cutText(storable(value), LENGTH);
  };
  for (const [name, raw] of pairs) {
    const value = raw.trim();
    if (value === "") continue;
    const meaning = meaningOf(name);
    if (meaning.kind === "other") keep(name, value);
    else if (meaning.kind === "dimension") {
      dimensions ??= {};
      dimensions[meaning.name] ??= cutText(storable(value), LENGTH);
    } else if (meaning.kind === "number") {
      numbers ??= [];
      if (numbers.length < NUMBERS && numbers.every((one) => one.name !== meaning.name))
        numbers.push({ unit: meaning.unit, name: meaning.name, text: value });
    } else {
      const rank = ranks.get(meaning.field);
      const present = fields[meaning.field];
      if (present === undefined || (meaning.canonical && rank === false)) {
        if (present !== undefined && present !== value) keep(meaning.field, present);
        fields[meaning.field] = value;
        ranks.set(meaning.field, meaning.canonical);
      } else if (present !== value) {
        if (rank === true && !meaning.canonical) keep(name, value);
        else problems.push(sentTwice(name, meaning.field, present, value));
      }
    }
  }
  return { fields, dimensions, numbers, other, problems };
}

function sentTwice(name: string, field: EventField, first: string, second: string): EventProblem {
  return {
    code: "duplicate_parameter",
    field: name,
    value: cutText(`${first} | ${second}`, LENGTH),
    message: `${field} was sent twice with different values`,
    hint: `send it once, as ${EVENT_PARAMETERS[field][0]}`,
  };
}
