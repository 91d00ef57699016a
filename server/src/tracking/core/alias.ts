import type { Platform } from "@tributary/contract";
import { eachPair } from "./query.ts";

/**
 * Addresses of links as another platform published them. A link that was imported keeps its old address as an alias: host, path and the
 * parameters that name the link. Everything else in the query belongs to the click.
 */

export type AliasVendor = Platform | "other";

/** How a platform writes the addresses of its links. */
export interface AliasForm {
  /** impact's parameters and the short paths of Dub tell letters apart; the others' do not */
  readonly caseSensitive: boolean;
  /** ways to name a link: the first whose path fits and whose parameters are all there */
  readonly names: readonly AliasNaming[];
  /** what the platform's click parameters are called here, where the edge does not know them by their own name */
  readonly parameters: Readonly<Record<string, string>>;
}

interface AliasNaming {
  /** whole path, without a slash at the end */
  readonly path: RegExp;
  readonly needs: readonly string[];
  /** name the link too when they are there */
  readonly may?: readonly string[];
}

const ANY_PATH = /^\/.*$/;
const ROOT = /^\/$/;
const ONE_WORD = /^\/[^/]+$/;

export const ALIAS_FORMS: Readonly<Record<AliasVendor, AliasForm>> = {
  everflow: {
    caseSensitive: false,
    names: [
      { path: /^\/(?:clk|sdk\/click)$/, needs: ["oid", "affid"], may: ["uid"] },
      { path: /^\/[A-Za-z0-9]+\/[A-Za-z0-9]+$/, needs: [], may: ["uid"] },
    ],
    parameters: {},
  },
  tune: {
    caseSensitive: false,
    names: [{ path: /^\/aff_[cr]$/, needs: ["offer_id", "aff_id"], may: ["url_id", "file_id"] }],
    parameters: {},
  },
  impact: {
    caseSensitive: true,
    names: [{ path: /^\/c\/\d+\/\d+\/\d+$/, needs: [] }],
    parameters: { subId1: "sub1", subId2: "sub2", subId3: "sub3", sharedid: "source" },
  },
  affise: {
    caseSensitive: false,
    names: [{ path: /^\/click$/, needs: ["pid", "offer_id"] }],
    parameters: {},
  },
  scaleo: {
    caseSensitive: false,
    names: [{ path: /^\/click$/, needs: ["o", "a"], may: ["link_id"] }],
    parameters: {
      aff_param1: "sub6",
      aff_param2: "sub7",
      aff_param3: "sub8",
      aff_param4: "sub9",
      aff_param5: "sub10",
    },
  },
  cake: {
    caseSensitive: false,
    names: [{ path: ROOT, needs: ["a", "c"] }],
    parameters: {},
  },
  post_affiliate_pro: {
    caseSensitive: false,
    names: [{ path: ANY_PATH, needs: ["a_aid"], may: ["a_bid"] }],
    parameters: { chan: "source", data1: "sub1", data2: "sub2" },
  },
  dub: {
    caseSensitive: true,
    names: [
      { path: ANY_PATH, needs: ["via"] },
      { path: ONE_WORD, needs: [] },
    ],
    parameters: {},
  },
  rewardful: { caseSensitive: false, names: [{ path: ANY_PATH, needs: ["via"] }], parameters: {} },
  firstpromoter: {
    caseSensitive: false,
    names: [
      { path: ANY_PATH, needs: ["fpr"] },
      { path: ANY_PATH, needs: ["fp_ref"] },
    ],
    parameters: { fp_sid: "sub1", ref_id: "click_id" },
  },
  tapfiliate: {
    caseSensitive: false,
    names: [
      { path: ANY_PATH, needs: ["ref"] },
      { path: ANY_PATH, needs: ["tap_a"], may: ["tap_s"] },
    ],
    parameters: { tm_subid: "sub1", tm_subid1: "sub1", tm_subid2: "sub2", tm_subid3: "sub3" },
  },
  partnerstack: {
    caseSensitive: false,
    names: [
      { path: ANY_PATH, needs: ["ps_partner_key"] },
      { path: ONE_WORD, needs: [] },
    ],
    parameters: { sid: "sub1", sid1: "sub1", sid2: "sub2", sid3: "sub3" },
  },
  other: { caseSensitive: false, names: [{ path: /^\/.+$/, needs: [] }], parameters: {} },
};

/** The form of addresses that goes with a dialect, if it has one. */
export function aliasVendor(dialect: string): AliasVendor | undefined {
  return Object.hasOwn(ALIAS_FORMS, dialect) ? (dialect as AliasVendor) : undefined;
}

/** An old address, taken apart. */
export interface AliasAddress {
  readonly vendor: AliasVendor;
  /** lower case, without a port; null: none was given */
  readonly host: string | null;
  readonly path: string;
  /** what names the link, by name */
  readonly params: Readonly<Record<string, string>>;
  /** path and parameters as they are compared, see {@link aliasKey} */
  readonly key: string;
  readonly caseSensitive: boolean;
}

/** Reads an address as its platform publishes it; undefined when it does not name a link that way. */
export function readAlias(vendor: AliasVendor, address: string): AliasAddress | undefined {
  const form = ALIAS_FORMS[vendor];
  const url = urlOf(address);
  if (url === undefined) return undefined;
  const path = trimmedPath(url.pathname);
  const given = new Map<string, string>();
  for (const [name, value] of url.searchParams)
    if (!given.has(fold(name, form.caseSensitive))) given.set(fold(name, form.caseSensitive), value);
  for (const naming of form.names) {
    if (!naming.path.test(path) || naming.needs.some((name) => (given.get(name) ?? "") === "")) continue;
    const names = [...naming.needs, ...(naming.may ?? []).filter((name) => (given.get(name) ?? "") !== "")];
    const params = Object.fromEntries(names.map((name) => [name, given.get(name) ?? ""]));
    if (path === "/" && names.length === 0) continue;
    return {
      vendor,
      host: url.host,
      path,
      params,
      key: aliasKey(path, params, form.caseSensitive),
      caseSensitive: form.caseSensitive,
    };
  }
  return undefined;
}

/** What two addresses have in common when they name the same link, e.g. `/aff_c?aff_id=7&offer_id=12`. */
export function aliasKey(path: string, params: Readonly<Record<string, string>>, caseSensitive: boolean): string {
  const pairs = Object.keys(params)
    .sort()
    .map((name) => `${name}=${encodeURIComponent(params[name] ?? "")}`);
  const key = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  return fold(key, caseSensitive);
}

/**
 * Whether the key may be answered on hosts that are nobody's in particular (the deployment's own, where console and API live). Paths that
 * any page could have are answered on the program's own hosts only.
 */
export function isUnmistakable(vendor: AliasVendor, path: string): boolean {
  if (vendor === "tune" || vendor === "affise" || vendor === "scaleo" || vendor === "impact") return true;
  return vendor === "everflow" && (path.toLowerCase() === "/clk" || /\d/.test(path));
}

export function trimmedPath(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** The query of the click, in the edge's own words: without what named the link. Values stay as they were sent. */
export function clickQuery(vendor: AliasVendor, url: string, from: number, naming: readonly string[]): string {
  const { parameters, caseSensitive } = ALIAS_FORMS[vendor];
  const own = new Map(Object.entries(parameters).map(([name, ours]) => [fold(name, caseSensitive), ours]));
  const kept: string[] = [];
  eachPair(url, from, (name, value) => {
    const folded = fold(name, caseSensitive);
    if (naming.includes(folded)) return;
    kept.push(`${own.get(folded) ?? name}=${value}`);
  });
  return kept.join("&");
}

function urlOf(address: string): { host: string | null; pathname: string; searchParams: URLSearchParams } | undefined {
  const text = address.trim();
  const absolute = /^https?:\/\//i.test(text);
  const whole = absolute ? text : /^[a-z0-9.-]+\.[a-z]{2,}(?:[/?]|$)/i.test(text) ? `https://${text}` : undefined;
  if (whole === undefined && !text.startsWith("/")) return undefined;
  if (!URL.canParse(whole ?? text, "https://nowhere.invalid")) return undefined;
  const url = new URL(whole ?? text, "https://nowhere.invalid");
  const host = whole === undefined ? null : url.hostname.toLowerCase();
  return { host, pathname: url.pathname, searchParams: url.searchParams };
}

export function fold(text: string, caseSensitive: boolean): string {
  return caseSensitive ? text : text.toLowerCase();
}
