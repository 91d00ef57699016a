import { type Currency, parseCurrency } from "../../kernel/money.ts";
import { dayOf } from "../../kernel/period.ts";
import type { CustomEventType, StoredEvent } from "../contracts.ts";
import { type AmountSign, readAmount, readQuantity } from "./event-amount.ts";
import { EVENT_PARAMETERS, type EventField, type EventProblem, type ReadFields } from "./event-fields.ts";
import { type EventTime, readTime } from "./event-time.ts";
import { cutText, storable } from "./stored.ts";

/** An event as it was understood. */
export interface ParsedEvent {
  readonly type: string;
  readonly externalId: string;
  readonly customerRef: string;
  readonly occurredAt: Date;
  /** false: none was sent, it is the time of arrival */
  readonly timeGiven: boolean;
  /** of all measures; undefined when there are none */
  readonly currency: string | undefined;
  /** minor units by measure */
  readonly measures: Readonly<Record<string, bigint>>;
  /** exact decimals by name */
  readonly quantities: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>> | undefined;
  readonly clickId: string | undefined;
  readonly badClickId: string | undefined;
  readonly code: string | undefined;
  readonly partnerHint: string | undefined;
  readonly void: boolean;
  readonly other: Readonly<Record<string, string>> | undefined;
  readonly notes: readonly EventNote[];
}

/** What was assumed or left aside; never a reason to refuse. */
export const EVENT_NOTES = {
  zone_assumed: "the time came without a zone: read in the program's",
  time_assumed: "no time was sent: the time of arrival was taken",
  clock_skew: "the time lies a little in the future: the source's clock is ahead",
  currency_assumed: "no currency was sent: the program's was taken",
  external_id_assumed: "no external id was sent: one was made from customer, product and day",
  ngr_computed: "no NGR was sent: GGR less bonus, fees and taxes",
  amount_ignored: "this type of event has no amount: it was left aside",
  click_id_unknown: "the click id was not issued here: the event counts, the click does not",
} as const;
export type EventNote = keyof typeof EVENT_NOTES;

export interface ParseContext {
  readonly timeZone: string;
  readonly currency: string;
  readonly customEvents: readonly CustomEventType[];
  /** time of arrival, milliseconds since 1970 */
  readonly now: number;
  /** whether a click id was issued here */
  readonly knowsClick: (clickId: string) => boolean;
}

export type ParseResult =
  | { readonly event: ParsedEvent; readonly problems?: undefined }
  | { readonly event?: undefined; readonly problems: readonly EventProblem[] };

/** Clocks of sources that run ahead by this much are put up with. */
export const FUTURE_TOLERANCE_MS = 15 * 60_000;

interface MeasureRule {
  readonly field: EventField;
  readonly measure: string;
  readonly sign: AmountSign;
  /** may be left out, whatever the type needs */
  readonly optional?: true;
}
interface TypeRule {
  readonly measures: readonly MeasureRule[];
  readonly lots: boolean;
  /** all: each of the measures · any: at least one of measures and lots · none */
  readonly needs: "all" | "any" | "none";
}

const amountOf = (measure: string, sign: AmountSign): TypeRule => ({
  measures: [{ field: "amount", measure, sign }],
  lots: false,
  needs: "all",
});
const fields = (names: readonly EventField[], sign: AmountSign): MeasureRule[] =>
  names.map((field) => ({ field, measure: field, sign }));

/** The built-in types and what they count. Custom types of the program come beside them. */
const RULES: Readonly<Record<string, TypeRule>> = {
  registration: { measures: [], lots: false, needs: "none" },
  kyc_passed: { measures: [], lots: false, needs: "none" },
  deposit: amountOf("deposit", "positive"),
  withdrawal: amountOf("withdrawal", "positive"),
  sale: {
    measures: [
      { field: "amount", measure: "sale", sign: "not_negative" },
      { field: "taxes", measure: "tax", sign: "any", optional: true },
      { field: "fees", measure: "fees", sign: "any", optional: true },
    ],
    lots: false,
    needs: "all",
  },
  refund: amountOf("refund", "positive"),
  chargeback: amountOf("chargeback", "positive"),
  trade: {
    measures: [...fields(["notional"], "not_negative"), ...fields(["spread", "commission"], "any")],
    lots: true,
    needs: "any",
  },
  activity: { measures: fields(["ggr", "bonus", "fees", "taxes", "ngr"], "any"), lots: false, needs: "any" },
};
export const BUILT_IN_TYPES: readonly string[] = Object.keys(RULES);

const TYPE_ALIASES: Readonly<Record<string, string>> = {
  register: "registration", signup: "registration", sign_up: "registration", lead: "registration",
  kyc: "kyc_passed", verified: "kyc_passed",
  ftd: "deposit", first_deposit: "deposit",
  purchase: "sale", order: "sale",
  withdraw: "withdrawal", charge_back: "chargeback",
}; // biome-ignore format: a table

const ID_LENGTH = 200;

/** Reads one event. All that is wrong with it is named at once. */
export function parseEvent(read: ReadFields, context: ParseContext): ParseResult {
  const problems: EventProblem[] = [...read.problems];
  const given = read.fields;
  const notes: EventNote[] = [];
  const rule = ruleOf(given.type, context, problems);
  const customerRef = idField("customerId", given.customerId, problems);
  if (given.customerId === undefined) problems.push(missing("customerId", "the operator's own id of the customer"));
  const time = timeOf(
    given.occurredAt ?? given.day,
    given.occurredAt === undefined ? "day" : "occurredAt",
    context,
    problems,
    notes,
  );
  const isVoid = flagOf(given.void, problems);
  const counted = rule === undefined ? undefined : count(rule, read, context, isVoid, problems, notes);
  const externalId = externalIdOf(rule?.type, read, customerRef, time, context, problems, notes);
  if (problems.length > 0 || rule === undefined || counted === undefined) return { problems };
  const click = clickOf(given.clickId, context, notes);
  return {
    event: {
      type: rule.type,
      externalId,
      customerRef,
      occurredAt: new Date(time.at),
      timeGiven: given.occurredAt !== undefined || given.day !== undefined,
      ...counted,
      dimensions: read.dimensions,
      ...click,
      code: given.code === undefined ? undefined : cutText(storable(given.code), 64).toUpperCase(),
      partnerHint: given.partner === undefined ? undefined : cutText(storable(given.partner), 100),
      void: isVoid,
      other: read.other,
      notes,
    },
  };
}

function ruleOf(
  sent: string | undefined,
  context: ParseContext,
  problems: EventProblem[],
): (TypeRule & { readonly type: string }) | undefined {
  const known = () => [...BUILT_IN_TYPES, ...context.customEvents.map((custom) => custom.type)].join(", ");
  if (sent === undefined) {
    problems.push(missing("type", `one of ${known()}`));
    return undefined;
  }
  const name = sent.toLowerCase();
  const custom = context.customEvents.find((event) => event.type === name);
  if (custom !== undefined) return { type: name, ...customRule(custom) };
  const type = Object.hasOwn(RULES, name) ? name : Object.hasOwn(TYPE_ALIASES, name) ? TYPE_ALIASES[name] : undefined;
  const rule = type === undefined ? undefined : RULES[type];
  if (type !== undefined && rule !== undefined) return { type, ...rule };
  problems.push({
    code: "unknown_event_type",
    field: "type",
    value: cutText(storable(sent), 100),
    message: "the program does not know this event type",
    hint: `send one of ${known()}, or declare the type in the program`,
  });
  return undefined;
}

function customRule(custom: CustomEventType): TypeRule {
  if (custom.amount === "none") return { measures: [], lots: false, needs: "none" };
  const sign: AmountSign = custom.negative === true ? "any" : "positive";
  return {
    measures: [{ field: "amount", measure: custom.type, sign }],
    lots: false,
    needs: custom.amount === "required" ? "all" : "none",
  };
}

function missing(field: EventField, what: string): EventProblem {
  return {
    code: "missing_field",
    field: EVENT_PARAMETERS[field][0],
    message: `${EVENT_PARAMETERS[field][0]} is missing`,
    hint: `send ${what} (also understood: ${EVENT_PARAMETERS[field].slice(1, 5).join(", ")})`,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;

function idField(field: EventField, value: string | undefined, problems: EventProblem[]): string {
  if (value === undefined) return "";
  if (value.length > ID_LENGTH || CONTROL.test(value) || !value.isWellFormed()) {
    problems.push({
      code: "invalid_input",
      field: EVENT_PARAMETERS[field][0],
      value: cutText(storable(value), 100),
      message: `an id has 1 to ${ID_LENGTH} characters and no control characters`,
      hint: "send the id as your system shows it",
    });
  }
  return value;
}

function timeOf(
  sent: string | undefined,
  field: "occurredAt" | "day",
  context: ParseContext,
  problems: EventProblem[],
  notes: EventNote[],
): EventTime {
  if (sent === undefined) {
    notes.push("time_assumed");
    return { at: context.now, assumedZone: false };
  }
  const time = readTime(sent, context.timeZone);
  if (time === undefined) {
    problems.push({
      code: "invalid_time",
      field: EVENT_PARAMETERS[field][0],
      value: cutText(storable(sent), 100),
      message: "this is not a time of the years 2000 to 2199",
      hint: "write it like 2026-03-01T10:00:00+02:00, or as seconds since 1970; in an address encode + as %2B",
    });
    return { at: context.now, assumedZone: false };
  }
  if (time.at > context.now + FUTURE_TOLERANCE_MS) problems.push(inFuture(sent, field, time));
  else if (time.at > context.now) notes.push("clock_skew");
  if (time.assumedZone) notes.push("zone_assumed");
  return time;
}

function inFuture(sent: string, field: "occurredAt" | "day", time: EventTime): EventProblem {
  const zone = time.assumedZone ? "send the time with its zone, and " : "";
  return {
    code: "time_in_future",
    field: EVENT_PARAMETERS[field][0],
    value: sent,
    message: "this has not happened yet",
    hint: `${zone}set the sending system's clock (15 minutes ahead are put up with)`,
  };
}

function flagOf(sent: string | undefined, problems: EventProblem[]): boolean {
  if (sent === undefined || /^(?:0|false|no|n)$/i.test(sent)) return false;
  if (/^(?:1|true|yes|y)$/i.test(sent)) return true;
  problems.push({
    code: "invalid_input",
    field: "void",
    value: cutText(storable(sent), 100),
    message: "this is neither yes nor no",
    hint: "send 1 to take the event back, leave it out otherwise",
  });
  return false;
}

type Counted = Pick<ParsedEvent, "currency" | "measures" | "quantities">;

function count(
  rule: TypeRule & { readonly type: string },
  { fields: given, numbers = [] }: ReadFields,
  context: ParseContext,
  isVoid: boolean,
  problems: EventProblem[],
  notes: EventNote[],
): Counted {
  const currency = currencyOf(given.currency, context, problems);
  const measures: Record<string, bigint> = {};
  const quantities: Record<string, string> = {};
  let sent = 0;
  for (const { field, measure, sign, optional } of rule.measures) {
    const text = given[field];
    if (text === undefined) {
      if (rule.needs === "all" && optional !== true && !isVoid) problems.push(missing(field, "the amount, e.g. 12.34"));
      continue;
    }
    sent += 1;
    const minor = readAmount(field, text, currency, sign);
    if (typeof minor === "bigint") measures[measure] = minor;
    else problems.push(minor);
  }
  if (rule.lots && given.lots !== undefined) {
    sent += 1;
    const lots = readQuantity("lots", given.lots, "positive");
    if (typeof lots === "string") quantities.lots = lots;
    else problems.push(lots);
  }
  for (const { unit, name, text } of numbers) {
    const value = unit === "amount" ? readAmount(name, text, currency, "any") : readQuantity(name, text, "any");
    if (typeof value === "bigint") measures[name] ??= value;
    else if (typeof value === "string") quantities[name] = value;
    else problems.push(value);
  }
  if (rule.needs === "any" && sent + numbers.length === 0 && !isVoid) problems.push(nothingCounted(rule));
  if (given.amount !== undefined && !rule.measures.some((m) => m.field === "amount")) notes.push("amount_ignored");
  completeNgr(rule.type, measures, notes);
  const counts = Object.keys(measures).length > 0;
  if (counts && given.currency === undefined) notes.push("currency_assumed");
  return { currency: counts ? currency : undefined, measures, quantities };
}

function nothingCounted(rule: TypeRule & { readonly type: string }): EventProblem {
  const names = [...(rule.lots ? ["lots"] : []), ...rule.measures.map((m) => m.field)];
  return {
    code: "missing_field",
    field: names[0] ?? "amount",
    message: `${rule.type} needs at least one of ${names.join(", ")}`,
    hint: "send what there is; what is left out counts as nothing",
  };
}

/** Net gaming revenue of a source that sends its parts only. */
function completeNgr(type: string, measures: Record<string, bigint>, notes: EventNote[]): void {
  const { ggr, bonus, fees, taxes } = measures;
  if (type !== "activity" || measures.ngr !== undefined || ggr === undefined) return;
  measures.ngr = ggr - (bonus ?? 0n) - (fees ?? 0n) - (taxes ?? 0n);
  notes.push("ngr_computed");
}

function currencyOf(sent: string | undefined, context: ParseContext, problems: EventProblem[]): Currency {
  const own = context.currency as Currency;
  if (sent === undefined) return own;
  const currency = parseCurrency(sent);
  if (currency !== undefined) return currency;
  const upper = parseCurrency(sent.toUpperCase());
  problems.push({
    code: "unknown_currency",
    field: "currency",
    value: cutText(storable(sent), 100),
    message: "ISO 4217 does not know this currency",
    hint: upper === undefined ? "send a code of three letters such as EUR" : `write ${upper}`,
  });
  return own;
}

function externalIdOf(
  type: string | undefined,
  read: ReadFields,
  customerRef: string,
  time: EventTime,
  context: ParseContext,
  problems: EventProblem[],
  notes: EventNote[],
): string {
  const given = idField("externalId", read.fields.externalId, problems);
  if (given !== "" || type === undefined) return given;
  if (type === "registration" || type === "kyc_passed") {
    notes.push("external_id_assumed");
    return customerRef;
  }
  if (type === "activity" && (read.fields.day !== undefined || read.fields.occurredAt !== undefined)) {
    notes.push("external_id_assumed");
    const day = time.day ?? dayOf(new Date(time.at), context.timeZone);
    return cutText(`${customerRef}|${read.dimensions?.product ?? ""}|${day}`, ID_LENGTH + 100);
  }
  problems.push(missing("externalId", "your own id of this event: it makes it count once however often it arrives"));
  return "";
}

function clickOf(
  sent: string | undefined,
  context: ParseContext,
  notes: EventNote[],
): Pick<ParsedEvent, "clickId" | "badClickId"> {
  if (sent === undefined) return { clickId: undefined, badClickId: undefined };
  if (context.knowsClick(sent)) return { clickId: sent.toLowerCase(), badClickId: undefined };
  notes.push("click_id_unknown");
  return { clickId: undefined, badClickId: cutText(storable(sent), 100) };
}

/** The event as it is stored in a call's body. */
export function toStored(line: number, event: ParsedEvent): StoredEvent {
  const measures: Record<string, string> = {};
  for (const name in event.measures) measures[name] = String(event.measures[name]);
  return {
    line,
    type: event.type,
    externalId: event.externalId,
    customerRef: event.customerRef,
    at: event.occurredAt.getTime(),
    ...(event.timeGiven ? undefined : { timeGiven: false as const }),
    ...(event.currency === undefined ? undefined : { currency: event.currency, measures }),
    ...(hasAny(event.quantities) ? { quantities: event.quantities } : undefined),
    ...(event.dimensions === undefined ? undefined : { dimensions: event.dimensions }),
    ...(event.clickId === undefined ? undefined : { clickId: event.clickId }),
    ...(event.badClickId === undefined ? undefined : { badClickId: event.badClickId }),
    ...(event.code === undefined ? undefined : { code: event.code }),
    ...(event.partnerHint === undefined ? undefined : { partnerHint: event.partnerHint }),
    ...(event.void ? { void: true as const } : undefined),
    ...(event.other === undefined ? undefined : { other: event.other }),
    ...(event.notes.length === 0 ? undefined : { notes: event.notes }),
  };
}

function hasAny(record: object): boolean {
  for (const _ in record) return true;
  return false;
}
