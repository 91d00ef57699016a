import { refusalSentence, textAnswer } from "./core/answers.ts";
import { pixelAnswer, withCookieClick } from "./core/browser.ts";
import type { Dialect, DialectCall, Pair, PathRule } from "./core/contracts.ts";
import { allPairs, parameter, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["security_token"];

const FORM: VendorForm = {
  dialect: "tune",
  names: {
    clickId: ["transaction_id"],
    externalId: ["conversion_unique_id", "adv_unique1"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["goal_ref", "goal_id"],
    status: ["status"],
    code: ["promo_code"],
    partner: ["aff_id"],
    offer: ["offer_id"],
    occurredAt: ["datetime"],
  },
  statuses: { approved: "count", pending: "count", rejected: "void" },
  baseGoals: ["0"],
  secret: [...SECRET, "a"],
};

/** Short addresses name the offer or the goal by a word of TUNE's own; `P` is the postback, `L` the pixel. */
const SHORT: readonly PathRule[] = [
  { path: "/SP:offer", methods: ["GET", "POST"], what: "conversion (short address)" },
  { path: "/GP:goal", methods: ["GET", "POST"], what: "goal (short address)" },
  { path: "/SL:offer", methods: ["GET"], what: "conversion (pixel, short address)", browser: true },
  { path: "/GL:goal", methods: ["GET"], what: "goal (pixel, short address)", browser: true },
];

/** `aff_l`, `aff_goal?a=l` and the short addresses with `L` are pixels: image or frame. */
function isPixel(call: DialectCall): boolean {
  if (call.rule?.path === "/aff_goal") return parameter(call, ["a"])?.toLowerCase() === "l";
  return call.rule?.browser === true;
}

/** The word of a short address stands where the number would: `SL46` is offer `SL46`, `GL2a` goal `GL2a`. */
function named(call: DialectCall): readonly Pair[] {
  const { offer, goal } = call.segments;
  const word = call.rule?.path.slice(1, 3) ?? "";
  const pairs = allPairs(call);
  if (offer !== undefined) return [...pairs, ["offer_id", `${word}${offer}`]];
  return goal === undefined ? pairs : [...pairs, ["goal_id", `${word}${goal}`]];
}

export const tune: Dialect = {
  name: "tune",
  title: "TUNE (HasOffers)",
  paths: [
    { path: "/aff_lsr", methods: ["GET", "POST"], what: "conversion, goal with goal_id or goal_ref" },
    { path: "/aff_goal", methods: ["GET", "POST"], what: "goal (postback, or pixel with a=l)", browser: true },
    { path: "/aff_l", methods: ["GET"], what: "conversion (pixel)", browser: true },
    ...SHORT,
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "Receiving conversions via postback URL",
      address: "https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL",
    },
    {
      title: "Customizing a conversion URL",
      address: "https://support.tune.com/hc/en-us/articles/1500005236742-Customizing-a-Conversion-URL",
    },
    {
      title: "Tealium's TUNE connector",
      address: "https://docs.tealium.com/server-side-connectors/tune-postback-tracking-connector",
    },
  ],
  limits: [
    "A pixel without a transaction id finds the visitor's last click by the program's cookie, whichever offer it was on; the cookie is there when clicks go over the same domain. Partners' own pixels are not loaded inside it: they get a postback.",
    "The word of a short address (`SL46`, `GL2a`) is TUNE's own: the settings of the source name it as an offer (`SL46`) or as a goal (`GL2a`).",
    "`payout` and `revenue` overrides are kept beside the event: what a partner earns is said by its agreement here.",
    "The parameter of the operator's own order id differs between integrations; `conversion_unique_id` and `adv_unique1` are read, any other is named in the settings.",
    "TUNE's texts of errors are not repeated; the form `success=false; err_msg=…;` is.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read(call, settings) {
    const pairs = isPixel(call) ? withCookieClick(call, ["transaction_id"], named(call)) : named(call);
    return { lines: [vendorLine(FORM, pairs, settings)] };
  },
  answer(outcome, call) {
    const sentence = refusalSentence(outcome);
    if (isPixel(call)) return pixelAnswer(sentence === undefined ? 200 : outcome.status, call);
    if (sentence === undefined) return textAnswer(200, "success=true;");
    return textAnswer(outcome.status, `success=false; err_msg=${sentence.replaceAll(";", ",")};`);
  },
};
