import { PostbackFilters as Filters, type PostbackFilters, type PostbackInput } from "@tributary/contract";
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
    offerId: entry.offerId || null,
    precedence: entry.precedence ?? "overrides",
    delaySeconds: delayMinutes === "" ? 0 : Number(delayMinutes) * 60,
    filters: filtersOf(entry),
    ...(own ? { url, method } : { template, settings: { ...settings } }),
  };
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
