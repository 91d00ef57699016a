import { POSTBACK_MACROS, type Translation } from "@tributary/contract";

const MEANINGS: Readonly<Record<string, string>> = POSTBACK_MACROS;

/** Names that other systems use in the postbacks of their partners, in lower case, and what is meant. */
const ALIASES: Readonly<Record<string, string>> = {
  ...numbered("sub", [
    "s",
    "sub",
    "sub_id",
    "sub_id_",
    "subid",
    "aff_sub",
    "subacc",
    "subid_",
    "t",
    "data",
    "custom_field",
    "var",
  ]),
  subid: "sub1",
  sub_id: "sub1",
  sub: "sub1",
  aff_sub: "sub1",
  subacc: "sub1",
  sharedid: "sub1",
  clickid: "partner_click_id",
  aff_click_id: "partner_click_id",
  partner_clickid: "partner_click_id",
  externalid: "partner_click_id",
  external_id: "partner_click_id",
  cid: "partner_click_id",
  cnv_id: "partner_click_id",
  click: "partner_click_id",
  reqid: "click_id",
  ourclickid: "click_id",
  payout: "commission",
  revenue: "commission",
  price: "commission",
  sum: "commission",
  commission_amount: "commission",
  reward: "commission",
  cnv_currency: "currency",
  cnv_status: "status",
  payout_amount: "commission",
  sale_amount: "amount",
  order_sum: "amount",
  saleamount: "amount",
  order_currency: "currency",
  payout_currency: "currency",
  conv_status: "status",
  conversion_status: "status",
  action_status: "status",
  actionstatus: "status",
  event_name: "event",
  goal: "event",
  goal_name: "event",
  goal_id: "event",
  et: "event",
  type: "event",
  conversion_type: "event",
  tid: "event_id",
  txid: "event_id",
  trans_id: "event_id",
  transactionid: "event_id",
  transaction: "event_id",
  conversion_id: "event_id",
  conversionid: "event_id",
  leadid: "event_id",
  lead_id: "event_id",
  actionid: "event_id",
  action_id: "event_id",
  oid: "event_id",
  order_id: "event_id",
  orderid: "event_id",
  customer: "customer_id",
  user_id: "customer_id",
  offerid: "offer",
  offer_id: "offer",
  offer_name: "offer",
  campaign_id: "offer",
  vc_title: "offer",
  geo: "country",
  country_code: "country",
  ts: "timestamp",
  time: "timestamp",
  unixtime: "timestamp",
  date: "occurred_at",
  datetime: "occurred_at",
};

/** Where a vendor means something else by a name than most do. */
const OWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  everflow: { transaction_id: "click_id" },
  tune: { transaction_id: "click_id" },
  scaleo: { click_id: "click_id" },
};
const TRANSACTION_ID = "event_id";

const NOT_HANDED_ON: Readonly<Record<string, string>> = {
  ip: "the visitor's address is not handed on",
  ua: "the visitor's browser is not handed on",
  uagent: "the visitor's browser is not handed on",
  user_agent: "the visitor's browser is not handed on",
  email: "personal data is not handed on",
  points: "there is no virtual currency here; {commission} is the amount in money",
};

function numbered(target: string, prefixes: readonly string[]): Record<string, string> {
  const entries: [string, string][] = [];
  for (const prefix of prefixes) {
    for (let number = 1; number <= 10; number += 1) entries.push([`${prefix}${number}`, `${target}${number}`]);
  }
  return Object.fromEntries(entries);
}

/** `{{x}}`, `${x}`, `{x}`, `#x#`, `[x]`, `%%x%%`, `__X__`, and the words that some trackers put in a parameter's place. */
const PLACEHOLDER =
  /(?<=[?&]([A-Za-z_]\w*)=)(?:REPLACE(?:_ME)?|OPTIONAL|\{(?:replace|optional)\}|\[(?:replace|optional)\])(?=&|$|#)|(?<=[?&][A-Za-z_]\w*=)(CLICK_?ID|SUB_?ID|PAYOUT|REVENUE|AMOUNT|CURRENCY|TRANSACTION_?ID|TXID|ORDER_?ID)(?=&|$|#)|\{\{\s*([A-Za-z][\w.]*)\s*\}\}|\$\{([A-Za-z][\w.]*)\}|\{([A-Za-z][\w.]*)\}|#([A-Za-z]\w*)#|\[([A-Za-z]\w*)\]|%%([A-Za-z]\w*)%%|__([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)__/g;
/** Groups of it that hold a name; the first is that of the parameter in whose place a word stands. */
const NAMES = 9;

/**
 * Translates an address as it stands in the instructions of another system. What cannot be translated stays as it is and is named: nothing is
 * guessed. Names are read without regard to case; a name that is ours already keeps its meaning.
 * @param template name of the template whose vendor's meaning goes first
 */
export function translate(
  text: string,
  template: string | null,
): Pick<Translation, "mapping" | "unknown"> & {
  readonly text: string;
} {
  const mapping = new Map<string, Translation["mapping"][number]>();
  const unknown = new Map<string, Translation["unknown"][number]>();
  const translated = text.replace(PLACEHOLDER, (whole, ...groups) => {
    const name = groups.slice(0, NAMES).find((group): group is string => typeof group === "string") ?? "";
    const macro = macroOf(name, template);
    if (macro === undefined) {
      unknown.set(whole, { found: whole, hint: hintOf(name) });
      return whole;
    }
    const becomes = `{${macro}}`;
    const found = typeof groups[0] === "string" ? `${name}=${whole}` : whole;
    if (found !== becomes) mapping.set(found, { found, becomes, means: MEANINGS[macro] ?? "" });
    return becomes;
  });
  return { text: translated, mapping: [...mapping.values()], unknown: [...unknown.values()] };
}

function macroOf(name: string, template: string | null): string | undefined {
  const lower = name.toLowerCase();
  const own = template === null ? undefined : OWN[template]?.[lower];
  if (own !== undefined) return own;
  if (Object.hasOwn(MEANINGS, lower)) return lower;
  if (lower === "transaction_id") return TRANSACTION_ID;
  return Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : undefined;
}

function hintOf(name: string): string {
  return NOT_HANDED_ON[name.toLowerCase()] ?? "choose one of our macros for it, or take it out";
}
