import { jsonAnswer, refusalSentence, textAnswer } from "./core/answers.ts";
import type { Dialect, DialectAnswer, DialectCall, DialectOutcome, Pair } from "./core/contracts.ts";
import { allPairs, parameter, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["verification_token"];

const FORM: VendorForm = {
  dialect: "everflow",
  names: {
    clickId: ["transaction_id", "_ef_transaction_id", "ef-transaction-id", "evclid", "tid", "clickRef"],
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
    { path: "/", methods: ["GET", "POST"], needs: ["nid", "transaction_id"], what: "conversion (postback)" },
    { path: "/sdk/conversion", methods: ["GET"], what: "conversion (SDK)" },
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
    "`/sdk/click` and `/sdk/impression` are not answered: a click is made by a link of ours, or by our own script.",
    "A browser may not read the answer to the SDK (no cross-origin headers are sent): the conversion counts, the script gets no ids back.",
    "The SDK's `order` (items as JSON) is kept beside the event, and not read.",
    "The answer to a postback is not documented; an empty 200 is what is known from the field.",
    "A call without a transaction id that relies on Everflow's cookie is counted without a click.",
  ],
  credential: (call) => tokenParameter(call, SECRET, parameter(call, ["nid"])),
  read: (call, settings) => ({ lines: [vendorLine(FORM, allPairs(call).map(newestClick), settings)] }),
  answer,
};
