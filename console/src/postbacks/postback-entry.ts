import {
  PostbackFilters as Filters,
  type Postback,
  type PostbackChange,
  type PostbackFilters,
  type PostbackInput,
} from "@tributary/contract";
import { z } from "zod";

/** What the form holds: texts as people type them. */
export interface Entry {
  readonly partnerId: string;
  readonly name: string;
  /** {@link OWN}: an address of one's own */
  readonly template: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly occasions: readonly string[];
  readonly method: "GET" | "POST";
  readonly url: string;
  /** of a POST; empty: none */
  readonly body: string;
  /** empty: every program */
  readonly programId: string;
  readonly offerId: string;
  readonly precedence: "overrides" | "adds";
  readonly delayMinutes: string;
  readonly countries: string;
  readonly sub1: string;
  readonly commissionStates: readonly NonNullable<PostbackFilters["commissionStates"]>[number][];
  readonly firstPerCustomer: boolean;
  readonly minAmount: { readonly minor: string; readonly currency: string } | null;
}

export const OWN = "own";

export const EMPTY: Entry = {
  partnerId: "",
  name: "",
  template: OWN,
  settings: {},
  occasions: ["registration", "ftd"],
  method: "GET",
  url: "",
  body: "",
  programId: "",
  offerId: "",
  precedence: "overrides",
  delayMinutes: "",
  countries: "",
  sub1: "",
  commissionStates: [],
  firstPerCustomer: false,
  minAmount: null,
};

/** Checked in the browser; the rest the server says, field by field. */
export const EntrySchema = z.object({
  occasions: z.array(z.string()).min(1),
  delayMinutes: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
  countries: z
    .string()
    .regex(/^\s*[A-Za-z]{2}(?:[\s,;]+[A-Za-z]{2})*[\s,;]*$/)
    .optional(),
});

const words = (text: string | undefined) => (text ?? "").split(/[\s,;]+/).filter((word) => word !== "");

/** What the API is asked to make. Whatever was left empty is left out. */
export function toInput(entry: Partial<Entry>): PostbackInput {
  const { template = OWN, settings = {}, url = "", method = "GET", delayMinutes = "" } = entry;
  const own = template === OWN;
  return {
    ...(entry.partnerId ? { partnerId: entry.partnerId } : {}),
    name: entry.name ?? "",
    occasions: [...(entry.occasions ?? [])],
    programId: entry.programId || null,
    offerId: entry.offerId || null,
    precedence: entry.precedence ?? "overrides",
    delaySeconds: delayMinutes === "" ? 0 : Number(delayMinutes) * 60,
    filters: filtersOf(entry),
    ...(own ? { url, method, ...bodyOf(entry) } : { template, settings: { ...settings } }),
  };
}

/** A stored postback as the form holds it. Secrets stay where they are: an empty field keeps them. */
export function toEntry(postback: Postback): Entry {
  const { filters, delaySeconds } = postback;
  return {
    partnerId: postback.partnerId,
    name: postback.name,
    template: postback.template ?? OWN,
    settings: postback.settings,
    occasions: postback.occasions,
    method: postback.method,
    url: postback.url,
    body: postback.body ?? "",
    programId: postback.programId ?? "",
    offerId: postback.offerId ?? "",
    precedence: postback.precedence,
    delayMinutes: delaySeconds === 0 ? "" : String(Math.round(delaySeconds / 60)),
    countries: (filters.countries ?? []).join(", "),
    sub1: (filters.subs?.sub1 ?? []).join(", "),
    commissionStates: filters.commissionStates ?? [],
    firstPerCustomer: filters.firstPerCustomer ?? false,
    minAmount: filters.minAmount ?? null,
  };
}

/** What the API is asked to change. What the form does not show stays: other offers and sub IDs of the filters, an address written by hand. */
export function toChange(postback: Postback, entry: Partial<Entry>): PostbackChange {
  const { url, method, body, settings, template: _template, partnerId: _partner, filters, ...rest } = toInput(entry);
  const { offerIds, subs } = postback.filters;
  const { sub1: _sub1, ...otherSubs } = subs ?? {};
  const allSubs = { ...otherSubs, ...filters?.subs };
  const refilled = JSON.stringify(settings) !== JSON.stringify(postback.settings);
  return {
    ...rest,
    revision: postback.revision,
    filters: {
      ...filters,
      ...(offerIds === undefined ? {} : { offerIds }),
      ...(Object.keys(allSubs).length === 0 ? {} : { subs: allSubs }),
    },
    ...(postback.template === null ? { url, method, body: body ?? null } : refilled ? { settings } : {}),
  };
}

function bodyOf({ method, body }: Partial<Entry>): { readonly body?: string } {
  return method === "POST" && (body ?? "").trim() !== "" ? { body: body as string } : {};
}

function filtersOf(entry: Partial<Entry>): PostbackFilters {
  const countries = words(entry.countries).map((code) => code.toUpperCase());
  const sub1 = (entry.sub1 ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
  return Filters.parse({
    ...(countries.length === 0 ? {} : { countries }),
    ...(sub1.length === 0 ? {} : { subs: { sub1 } }),
    ...((entry.commissionStates ?? []).length === 0 ? {} : { commissionStates: entry.commissionStates }),
    ...(entry.minAmount?.minor ? { minAmount: entry.minAmount } : {}),
    ...(entry.firstPerCustomer === true ? { firstPerCustomer: true } : {}),
  });
}
