import { jsonAnswer, refusalSentence, textAnswer } from "./core/answers.ts";
import { pixelAnswer, withCookieClick } from "./core/browser.ts";
import type { Dialect, DialectAnswer, DialectCall, DialectOutcome } from "./core/contracts.ts";
import { allPairs, parameter, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["api_key"];

const FORM: VendorForm = {
  dialect: "cake",
  names: {
    clickId: ["r", "reqid", "click_id"],
    externalId: ["t", "tid", "unique_id", "order_id"],
    amount: ["amount", "p"],
    currency: ["currency"],
    goal: ["e", "event_id"],
    status: ["conversion_status", "status"],
    code: ["coupon_code"],
    partner: ["a", "affiliate_id"],
    offer: ["o", "offer_id"],
    occurredAt: ["conversion_date"],
  },
  statuses: { approved: "count", pending: "count", rejected: "void", scrubbed: "void", ignored: "ignore" },
  baseGoals: ["0"],
  secret: [...SECRET, "f"],
};

/** What a browser loads says `f=img`, `f=iframe` or `f=js`; a server says `f=pb`, or nothing. */
function isPixel(call: DialectCall): boolean {
  return ["img", "iframe", "js"].includes(parameter(call, ["f"])?.toLowerCase() ?? "");
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (isPixel(call)) return pixelAnswer(sentence === undefined ? 200 : outcome.status, call);
  if (call.rule?.path === "/api/2/conversion.json") {
    const conversion = { conversion_id: outcome.lines[0]?.receipt };
    return sentence === undefined
      ? jsonAnswer(200, { request_status: "Success", ...conversion })
      : jsonAnswer(outcome.status, { request_status: "Error", message: sentence });
  }
  return sentence === undefined ? textAnswer(200, "SUCCESS") : textAnswer(outcome.status, `ERROR ${sentence}`);
}

export const cake: Dialect = {
  name: "cake",
  title: "CAKE",
  paths: [
    {
      path: "/p.ashx",
      methods: ["GET", "POST"],
      what: "conversion (postback, or pixel with f=img, f=iframe)",
      browser: true,
    },
    { path: "/api/2/conversion.json", methods: ["GET", "POST"], what: "conversion (API)" },
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "Server-to-server tracking by a postback URL",
      address: "https://support.getcake.com/support/solutions/articles/5000546059",
    },
    {
      title: "Postback URLs and pixel tracking",
      address: "https://support.getcake.com/support/solutions/articles/13000118786",
    },
    {
      title: "Recording conversions by the API",
      address: "https://support.getcake.com/support/solutions/articles/13000118801",
    },
  ],
  limits: [
    "CAKE's own pages name the click `r` in one place and `click_id` in another: both are read, `r` wins.",
    "CAKE's request id stands for a session, not for a click; ours, carried in the same place, stands for the click.",
    "`payout` and `revenue` overrides are kept beside the event: what a partner earns is said by its agreement here.",
    "The answer of `p.ashx` is not documented; `SUCCESS` is ours. Of the API's answer, request_status and conversion_id are given.",
    "A pixel (`f=img`, `f=iframe`) without a request id finds the visitor's last click by the program's cookie; partners' own pixels are not loaded inside it.",
    "The calls of CAKE's API that update a conversion are not answered; sending the same `t` with other values corrects it.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read(call, settings) {
    const pairs = allPairs(call);
    const told = isPixel(call) ? withCookieClick(call, ["r", "reqid", "click_id"], pairs) : pairs;
    return { lines: [vendorLine(FORM, told, settings)] };
  },
  answer,
};
