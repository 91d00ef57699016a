import { refusalSentence, textAnswer } from "./core/answers.ts";
import type { Dialect } from "./core/contracts.ts";
import { allPairs, tokenParameter } from "./core/credentials.ts";
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

export const tune: Dialect = {
  name: "tune",
  title: "TUNE (HasOffers)",
  paths: [
    { path: "/aff_lsr", methods: ["GET", "POST"], what: "conversion, goal with goal_id or goal_ref" },
    { path: "/aff_goal", methods: ["GET", "POST"], what: "goal" },
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
    "`aff_l` and `aff_goal` as browser pixels, which find the visitor by a cookie, are not answered.",
    "`payout` and `revenue` overrides are kept beside the event: what a partner earns is said by its agreement here.",
    "The parameter of the operator's own order id differs between integrations; `conversion_unique_id` and `adv_unique1` are read, any other is named in the settings.",
    "TUNE's texts of errors are not repeated; the form `success=false; err_msg=…;` is.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read: (call, settings) => ({ lines: [vendorLine(FORM, allPairs(call), settings)] }),
  answer(outcome) {
    const sentence = refusalSentence(outcome);
    if (sentence === undefined) return textAnswer(200, "success=true;");
    return textAnswer(outcome.status, `success=false; err_msg=${sentence.replaceAll(";", ",")};`);
  },
};
