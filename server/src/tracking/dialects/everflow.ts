import { jsonAnswer, refusalSentence, textAnswer } from "./core/answers.ts";
import { withCookieClick } from "./core/browser.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectOutcome,
  DialectVisit,
  Pair,
  VisitOutcome,
} from "./core/contracts.ts";
import { allPairs, parameter, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["verification_token"];

const CLICK = "/sdk/click";
const IMPRESSION = "/sdk/impression";
const CLICK_NAMES = ["transaction_id", "_ef_transaction_id", "ef-transaction-id", "evclid", "tid", "clickref"];

const FORM: VendorForm = {
  dialect: "everflow",
  names: {
    clickId: CLICK_NAMES,
    externalId: ["order_id"],
    customerId: ["user_id", "uid"],
    amount: ["amount"],
    currency: ["currency", "currency_id"],
    goal: ["adv_event_id", "event_id"],
    fraud: ["fraud"],
    code: ["coupon_code", "__cc"],
    partner: ["affid"],
    offer: ["oid"],
    occurredAt: ["timestamp"],
  },
  baseGoals: ["0"],
  decimalComma: true,
  secret: [...SECRET, "nid", "async", "effp"],
};

/** The SDK sends all transaction ids of a visitor, joined by `|`; the last one is the newest. */
function newestClick([name, value]: Pair): Pair {
  return name.toLowerCase() === "transaction_id" ? [name, value.slice(value.lastIndexOf("|") + 1)] : [name, value];
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (call.rule?.path === "/sdk/conversion") {
    const refused = sentence === undefined ? {} : { error: sentence };
    const ids = { conversion_id: outcome.lines[0]?.receipt ?? "", transaction_id: clickIn(call) };
    return jsonAnswer(outcome.status, { ...(sentence === undefined ? ids : empty), html_pixel: "", ...refused });
  }
  return sentence === undefined ? textAnswer(200, "") : textAnswer(outcome.status, sentence);
}

/** Parameters that say whose visit it is, or how the script works, and nothing of the click itself. */
const OWN = ["_ef_transaction_id", "oid", "affid", "async", "nid", "effp", "__rf", "__efckuq", ...SECRET];

function visit(call: DialectCall): DialectVisit {
  const [oid, affid] = [parameter(call, ["oid"]), parameter(call, ["affid"])];
  const query = oid === undefined || affid === undefined ? undefined : new URLSearchParams({ affid, oid }).toString();
  return {
    known: parameter(call, ["_ef_transaction_id"]),
    addresses: query === undefined ? [] : [`/clk?${query}`, `/sdk/click?${query}`],
    partner: affid,
    offer: oid,
    coupon: parameter(call, ["__cc"]),
    pairs: call.query.filter(([name]) => !OWN.includes(name.toLowerCase())),
    page: call.headers.referer,
    referrer: parameter(call, ["__rf"]),
  };
}

/** The script looks at nothing but the transaction id, and keeps it for `session_duration` hours. */
function visited({ status, clickId, refused }: VisitOutcome, call: DialectCall): DialectAnswer {
  const oid = Number(parameter(call, ["oid"]) ?? 0);
  const told = {
    transaction_id: clickId ?? "",
    oid: Number.isSafeInteger(oid) ? oid : 0,
    aid: 0,
    session_duration: 720,
  };
  return jsonAnswer(status, refused === undefined ? told : { ...told, error: refused.detail });
}

const empty = { conversion_id: "", transaction_id: "" };

/** Only what can be an id goes back: nothing from outside is repeated as it came. */
function clickIn(call: DialectCall): string {
  const sent = parameter(call, ["transaction_id"]) ?? "";
  return /^[A-Za-z0-9_|-]{1,400}$/.test(sent) ? sent : "";
}

export const everflow: Dialect = {
  name: "everflow",
  title: "Everflow",
  paths: [
    { path: "/", methods: ["GET", "POST"], needs: ["nid"], what: "conversion (postback, pixel)", browser: true },
    { path: "/sdk/conversion", methods: ["GET", "POST"], what: "conversion (SDK)", browser: true },
    { path: CLICK, methods: ["GET"], what: "click (SDK)", browser: true, records: "click", open: true },
    { path: IMPRESSION, methods: ["GET"], what: "impression (SDK)", browser: true, records: "impression", open: true },
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "S2S postback URLs",
      address: "https://helpdesk.everflow.io/customer/accessing-editing-s2s-postback-urls",
    },
    { title: "Conversion tracking of the SDK", address: "https://developers.everflow.io/sdk/conversion-tracking" },
    { title: "Source of the SDK", address: "https://github.com/everflow-io/everflow-sdk" },
  ],
  limits: [
    "A click or impression of the SDK is the partner's (`affid`) for the offer (`oid`): an imported link of that address, else the link of the partner whom the settings name for `affid` (or whose code it is), for the offer whose code is `oid`, or for its only offer. Without `affid` the coupon code in `__cc` says whose it is: its link, or the partner's; a new code is known there within five minutes.",
    "Clicks of the SDK set no cookie of ours: the script keeps the transaction id itself. `aid` in answers is 0, as advertisers have no number here: conversions that name only `aid` find no click.",
    "The SDK's `order` (items as JSON) is kept beside the event, and not read.",
    "The answer to a postback is not documented; an empty 200 is what is known from the field.",
    "A call without a transaction id finds the visitor's last click by the program's cookie, when a browser makes it over the domain of the links; else it is counted without a click.",
  ],
  credential: (call) => tokenParameter(call, SECRET, parameter(call, ["nid"])),
  read(call, settings) {
    const pairs = withCookieClick(call, CLICK_NAMES, allPairs(call).map(newestClick));
    return { lines: [vendorLine(FORM, pairs, settings)] };
  },
  visit,
  visited,
  answer,
};
