import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import type { Dialect } from "./core/contracts.ts";
import { allPairs, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["secure"];

const FORM: VendorForm = {
  dialect: "affise",
  names: {
    clickId: ["clickid", "click_id"],
    externalId: ["action_id"],
    customerId: ["user_id"],
    amount: ["sum"],
    currency: ["currency"],
    goal: ["goal"],
    status: ["status"],
    code: ["promo_code"],
    partner: ["pid"],
    offer: ["offer_id"],
  },
  statuses: { "1": "count", "2": "count", "3": "void", "4": "count", "5": "count" },
  baseGoals: ["1"],
  secret: SECRET,
};

export const affise: Dialect = {
  name: "affise",
  title: "Affise",
  paths: [
    { path: "/postback", methods: ["GET", "POST"], what: "conversion, or its change of status (same action_id)" },
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "Postback URL parameters",
      address: "https://help-center.affise.com/en/articles/6475468-affise-postback-url-parameters",
    },
    { title: "Postback errors", address: "https://help-center.affise.com/en/articles/6476587-postback-errors" },
    {
      title: "Server postbacks in statistics",
      address: "https://help-center.affise.com/en/articles/6492582-server-postbacks-in-statistics",
    },
  ],
  limits: [
    'Affise answers `{"status":1}` before it has looked at the values: so does this listener; what was wrong stands in the intake log.',
    "Calls for probabilistic and view-through attribution (`aimp_id`, or `offer_id` and `pid` without a click) are counted without a click.",
    "Status 2 (pending) and 5 (hold) count until status 3 arrives, unless the settings say otherwise.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read: (call, settings) => ({ lines: [vendorLine(FORM, allPairs(call), settings)] }),
  answer(outcome) {
    if (outcome.refused === undefined) return jsonAnswer(200, { status: 1 });
    return jsonAnswer(outcome.status, { status: 2, error: refusalSentence(outcome) ?? "" });
  },
};
