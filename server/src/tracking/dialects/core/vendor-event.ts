import { type EventProblem, meaningOf } from "../../core/event-fields.ts";
import { MINOR_MARK } from "../../core/json-event.ts";
import { cutText, storable } from "../../core/stored.ts";
import type { DialectLine, DialectName, DialectSettings, Pair, StatusMeaning } from "./contracts.ts";
import { macroIn } from "./macros.ts";

/** A platform's names for what an event says, the one that wins first. */
export type VendorNames = { readonly [meaning in VendorMeaning]?: readonly string[] };

const MEANINGS = [
  "clickId",
  "externalId",
  "customerId",
  "amount",
  "currency",
  "goal",
  "status",
  "fraud",
  "code",
  "partner",
  "offer",
  "occurredAt",
] as const;
export type VendorMeaning = (typeof MEANINGS)[number];

/** How a platform tells of one event. */
export interface VendorForm {
  readonly dialect: DialectName;
  readonly names: VendorNames;
  /** What its statuses mean when the operator says nothing; in lower case. */
  readonly statuses?: Readonly<Record<string, StatusMeaning>>;
  /** Goals that stand for the event itself, as none does. */
  readonly baseGoals?: readonly string[];
  /** Event type by goal that the platform itself fixes; the operator's settings win. */
  readonly events?: Readonly<Record<string, string>>;
  /** Event type when no goal is sent and the operator names none; `sale` when not given. */
  readonly baseEvent?: string;
  /** `12,34` is 12.34 there. */
  readonly decimalComma?: true;
  /** Amounts are in minor units there (cents). */
  readonly minorUnits?: true;
  /** What a call may not lack there; `externalId`: its click does not stand for it, as one click may have several. */
  readonly required?: readonly ("amount" | "customerId" | "externalId")[];
  /** Case of the names matters there. */
  readonly exactCase?: true;
  /** The call changes what is known already, and makes nothing. */
  readonly change?: true;
  /** A change there names the event by its id alone and gives its new amount. */
  readonly amend?: true;
  /** Names that are never kept. */
  readonly secret: readonly string[];
}

type Picked = { [meaning in VendorMeaning]?: string };

/** Turns the parameters of a platform into an event under canonical names, by the form of the platform and the operator's settings. */
export function vendorLine(form: VendorForm, pairs: readonly Pair[], settings: DialectSettings): DialectLine {
  const problems: EventProblem[] = [];
  const names = namesOf(form, settings);
  const { picked, rest } = pick(form, names, pairs, problems);
  const type = typeOf(form, picked, settings, problems);
  const meaning = meaningOfStatus(form, picked, settings, problems);
  checkOffer(picked, settings, problems);
  checkRequired(form, names, picked, problems);
  if (problems.length > 0 || type === undefined) return { problems, raw: shown(form, pairs) };
  const externalId = picked.externalId ?? idFromClick(form, picked);
  const ifKnown = meaning === "count" ? conditionOf(form, type, picked) : undefined;
  const known: readonly (Pair | undefined)[] = [
    ["type", type],
    pair("external_id", externalId),
    pair("customer_id", picked.customerId ?? picked.clickId ?? externalId),
    pair("click_id", picked.clickId),
    pair("amount", amountOf(form, type, picked)),
    pair("currency", picked.currency?.toUpperCase() ?? settings.currency ?? undefined),
    pair("code", picked.code),
    pair("partner", partnerOf(picked.partner, settings)),
    pair("occurred_at", picked.occurredAt),
    pair("void", meaning === "void" || ifKnown === "require" ? "1" : undefined),
  ];
  const all = [
    ...known.filter((one) => one !== undefined),
    ...rest.map(([name, value]) => leftOver(form, name, value)),
  ];
  return ifKnown === undefined ? { pairs: all } : { pairs: all, ifKnown };
}

const WITHOUT_AMOUNT = ["sale", "registration", "kyc_passed"];

/**
 * A status without an amount approves what was sent before, or is a conversion without one. Where the event could not do without an amount,
 * or the address only changes, it is not made by such a call.
 */
function conditionOf(form: VendorForm, type: string, picked: Picked): "keep" | "require" | "amend" | undefined {
  if (form.amend === true && picked.amount !== undefined) return "amend";
  if (picked.amount !== undefined || (picked.status === undefined && form.change !== true)) return undefined;
  return form.change === true || !WITHOUT_AMOUNT.includes(type) ? "require" : "keep";
}

function pair(name: string, value: string | undefined): Pair | undefined {
  return value === undefined ? undefined : [name, value];
}

function namesOf(form: VendorForm, { customerParameter, orderParameter }: DialectSettings): VendorNames {
  const { customerId = [], externalId = [] } = form.names;
  return {
    ...form.names,
    customerId: customerParameter === null ? customerId : [customerParameter, ...customerId],
    externalId: orderParameter === null ? externalId : [orderParameter, ...externalId],
  };
}

/** Sorts the parameters: the best name of each meaning wins, the others are left over; what is secret is dropped. */
function pick(
  form: VendorForm,
  names: VendorNames,
  pairs: readonly Pair[],
  problems: EventProblem[],
): { readonly picked: Picked; readonly rest: readonly Pair[] } {
  const fold = (name: string) => (form.exactCase === true ? name : name.toLowerCase());
  const secret = new Set(form.secret.map(fold));
  const sent = pairs.flatMap(([name, value]): Pair[] => (value.trim() === "" ? [] : [[name, value.trim()]]));
  const used = new Set<Pair>();
  const picked: Picked = {};
  for (const meaning of MEANINGS) {
    for (const name of names[meaning] ?? []) {
      const found = sent.filter((one) => fold(one[0]) === fold(name));
      const [first, second] = found;
      if (first === undefined) continue;
      if (second !== undefined && found.some((one) => one[1] !== first[1])) problems.push(sentTwice(first, second));
      const macro = macroIn(first[1]);
      if (macro !== undefined) problems.push(unexpanded(first[0], first[1], macro));
      for (const one of found) used.add(one);
      picked[meaning] = first[1];
      break;
    }
  }
  return { picked, rest: sent.filter((one) => !used.has(one) && !secret.has(fold(one[0]))) };
}

function sentTwice(first: Pair, second: Pair): EventProblem {
  return {
    code: "duplicate_parameter",
    field: named(first[0]),
    value: cutText(storable(`${first[1]} | ${second[1]}`), 200),
    message: `${named(first[0])} was sent twice with different values`,
    hint: "send it once",
  };
}

function unexpanded(name: string, value: string, macro: string): EventProblem {
  return {
    code: "macro_unexpanded",
    field: named(name),
    value: cutText(storable(value), 200),
    message: `${named(name)} holds the macro ${storable(macro)} instead of its value`,
    hint: "check the macro's spelling, case and brackets in the platform that sends the call",
  };
}

/** Which event a goal is: by the operator's settings, by the platform's own meaning, else by its name here. */
function typeOf(
  form: VendorForm,
  picked: Picked,
  settings: DialectSettings,
  problems: EventProblem[],
): string | undefined {
  const goal = picked.goal?.toLowerCase();
  const base = settings.baseEvent ?? form.baseEvent ?? "sale";
  const mapped = goal === undefined ? undefined : (own(settings.events, goal) ?? own(form.events ?? {}, goal));
  const type = goal === undefined || (mapped === undefined && form.baseGoals?.includes(goal)) ? base : (mapped ?? goal);
  if (type === "ignore") {
    problems.push(leftAside("goal", picked.goal ?? "", "the settings of the event source leave this goal out"));
    return undefined;
  }
  if (mapped !== undefined || type === base || !/^\d+$/.test(type)) return type;
  problems.push({
    code: "unknown_event_type",
    field: "goal",
    value: cutText(storable(type), 100),
    message: `nobody has said which event goal ${cutText(storable(type), 40)} is`,
    hint: "say it in the settings of the event source",
  });
  return undefined;
}

function meaningOfStatus(
  form: VendorForm,
  picked: Picked,
  settings: DialectSettings,
  problems: EventProblem[],
): StatusMeaning {
  if (picked.fraud !== undefined && /^(?:1|true|yes)$/i.test(picked.fraud)) return "void";
  const status = picked.status?.toLowerCase();
  if (status === undefined) return "count";
  const meaning = own(settings.statuses, status) ?? own(form.statuses ?? {}, status);
  if (meaning === "ignore")
    problems.push(leftAside("status", picked.status ?? "", "the settings of the event source leave this status out"));
  else if (meaning === undefined) {
    problems.push({
      code: "invalid_input",
      field: "status",
      value: cutText(storable(picked.status ?? ""), 100),
      message: "nobody has said what this status means",
      hint: `say it in the settings of the event source, or send one of ${Object.keys(form.statuses ?? {}).join(", ")}`,
    });
  }
  return meaning ?? "count";
}

function checkOffer(picked: Picked, settings: DialectSettings, problems: EventProblem[]): void {
  if (picked.offer === undefined || settings.offers.length === 0 || settings.offers.includes(picked.offer)) return;
  problems.push(leftAside("offer", picked.offer, "the event source does not take events of this offer"));
}

/** What is missing is called by the platform's own name: whoever reads the answer knows no other. */
function checkRequired(form: VendorForm, names: VendorNames, picked: Picked, problems: EventProblem[]): void {
  for (const meaning of form.required ?? []) {
    const field = names[meaning]?.find(isSent);
    if (picked[meaning] === undefined && field !== undefined) problems.push(missing(field, `send it as ${field}`));
  }
  if (problems.length > 0 || picked.externalId !== undefined || picked.clickId !== undefined) return;
  const order = names.externalId?.find(isSent);
  const click = names.clickId?.find(isSent);
  const asOrder = order === undefined ? undefined : `your own id of the conversion as ${order}`;
  const asClick = click === undefined ? undefined : `the click id as ${click}`;
  const field = click ?? order;
  if (field !== undefined)
    problems.push(missing(field, `send ${[asOrder, asClick].filter((one) => one !== undefined).join(", or ")}`));
}

function missing(field: string, hint: string): EventProblem {
  return { code: "missing_field", field, message: `${field} is missing`, hint };
}

/** A name with `$` is one that a dialect gives, nobody sends it. */
function isSent(name: string): boolean {
  return !name.startsWith("$");
}

function leftAside(field: string, value: string, message: string): EventProblem {
  const hint = "change the settings of the event source when it should count";
  return { code: "left_aside", field, value: cutText(storable(value), 100), message, hint };
}

/** A conversion without an id of its own counts once for its click, and once for each of its goals. */
function idFromClick(form: VendorForm, picked: Picked): string | undefined {
  if (picked.clickId === undefined) return undefined;
  const goal = picked.goal?.toLowerCase();
  return goal === undefined || form.baseGoals?.includes(goal) ? picked.clickId : `${picked.clickId}:${picked.goal}`;
}

/** A sale that names no amount is one of nothing, as it is at the platforms. */
function amountOf(form: VendorForm, type: string, picked: Picked): string | undefined {
  const sent = picked.amount;
  if (sent === undefined) return type === "sale" ? "0" : undefined;
  if (form.minorUnits === true) return `${sent}${MINOR_MARK}`;
  return form.decimalComma === true && /^-?\d+,\d{1,2}$/.test(sent) ? sent.replace(",", ".") : sent;
}

function partnerOf(sent: string | undefined, settings: DialectSettings): string | undefined {
  return sent === undefined ? undefined : (own(settings.partners, sent) ?? sent);
}

/** A parameter without a meaning there must not get one here by its name. */
function leftOver(form: VendorForm, name: string, value: string): Pair {
  return meaningOf(name).kind === "other" ? [name, value] : [`${form.dialect}:${name}`, value];
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function named(name: string): string {
  return cutText(storable(name), 60);
}

function shown(form: VendorForm, pairs: readonly Pair[]): string {
  return pairs
    .filter(([name]) => !form.secret.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}
