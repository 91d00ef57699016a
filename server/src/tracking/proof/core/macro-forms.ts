import { LANDING_MACROS } from "@tributary/contract";

/** A macro that stands in an address instead of its value. */
export interface MacroFound {
  /** as it stands there, decoded */
  readonly text: string;
  readonly name: string;
  /** the macro of ours that is meant, when the name is one of ours or of another platform for the same */
  readonly ours: string | undefined;
}

/** The ways in which platforms write macros; the name is the first group that matched. */
const FORMS = [
  /\{\{\s*([A-Za-z][\w.:-]{0,40})\s*\}\}/g, // {{sub1}} Meta and others
  /\$\{\s*([A-Za-z][\w.:-]{0,40})\s*\}/g, // ${click_id} LinkedIn, scripts
  /\{\s*([A-Za-z][\w.:-]{0,40})\s*\}/g, // {click_id} Everflow, TUNE, Affise, Voluum, Keitaro …
  /#([A-Za-z][\w-]{0,30})#/g, // #reqid# CAKE
  /\[\[?\s*([A-Za-z][\w.:-]{0,40})\s*\]?\]/g, // [clickid] pop networks
  /__([A-Z][A-Z0-9_]{1,30}?)__/g, // __CLICKID__ TikTok
  /%%([A-Za-z][\w]{1,40})%%/g, // %%CLICK_URL_ESC%% ad servers
  /<([a-z][\w]{1,30})>/g, // <click_id> a placeholder of a guide
] as const;

const OWN: ReadonlySet<string> = new Set(LANDING_MACROS);

/** Names of other platforms for what has a macro here. */
const MEANS: Readonly<Record<string, string>> = {
  transaction_id: "click_id",
  transactionid: "click_id",
  clickid: "click_id",
  "click.id": "click_id",
  reqid: "click_id",
  cid: "click_id",
  requestid: "click_id",
  external_id: "partner_click_id",
  aff_click_id: "partner_click_id",
  affiliate_id: "partner_id",
  aff_id: "partner_id",
  pid: "partner_id",
  offerid: "offer_id",
  source_id: "source",
  creative_id: "creative",
  geo: "country",
  country_code: "country",
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => i + 1).flatMap((i) => [
      [`aff_sub${i}`, `sub${i}`],
      [`s${i}`, `sub${i}`],
      [`subid${i}`, `sub${i}`],
      [`sub_id${i}`, `sub${i}`],
      [`sub_id_${i}`, `sub${i}`],
    ]),
  ),
  aff_sub: "sub1",
};

/** Macros that were not filled in an address: in its path and in the values of its query, also percent-encoded ones. */
export function unfilledMacros(address: string): MacroFound[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const places = [decoded(url.pathname), ...[...url.searchParams.values()], decoded(url.hash.slice(1))];
  const found = new Map<string, MacroFound>();
  for (const place of places) {
    let rest = place;
    for (const form of FORMS) {
      rest = rest.replace(form, (text, name: string) => {
        found.set(text, { text, name, ours: ownName(name) });
        return " ";
      });
    }
  }
  return [...found.values()];
}

function ownName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return OWN.has(lower) ? lower : MEANS[lower];
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
