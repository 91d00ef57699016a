import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import type { Dialect, DialectAnswer, DialectOutcome, Pair } from "./core/contracts.ts";
import { allPairs, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["token", "api-key"];

const FORM: VendorForm = {
  dialect: "scaleo",
  names: {
    clickId: ["click_id"],
    externalId: ["adv_order_id", "transaction_id"],
    customerId: ["adv_user_id"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["goal_alias", "goal_id"],
    status: ["conv_status"],
    code: ["promo_code"],
    partner: ["affiliate_id"],
    offer: ["offer_id"],
  },
  statuses: { approved: "count", pending: "count", hold: "count", rejected: "void", trash: "void" },
  secret: SECRET,
};

const OWN_STATUS = /^(approved|pending|rejected|trash)_status$/i;

/** A call may bring its own words: `approved_status=ok,paid` says that `conv_status=ok` is approved. */
function translated(pairs: readonly Pair[]): readonly Pair[] {
  const words = new Map<string, string>();
  for (const [name, value] of pairs) {
    const status = OWN_STATUS.exec(name)?.[1]?.toLowerCase();
    if (status === undefined) continue;
    for (const word of value.split(/[;,]/)) words.set(word.trim().toLowerCase(), status);
  }
  return pairs.flatMap(([name, value]): Pair[] => {
    if (OWN_STATUS.test(name)) return [];
    return [[name, name.toLowerCase() === "conv_status" ? (words.get(value.trim().toLowerCase()) ?? value) : value]];
  });
}

function answer(outcome: DialectOutcome): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (sentence !== undefined)
    return jsonAnswer(outcome.status, { status: "error", code: outcome.status, message: sentence });
  const id = outcome.lines[0]?.externalId ?? "";
  const info = { transaction_id: /^[\w:.-]{1,200}$/.test(id) ? id : "" };
  return jsonAnswer(200, { status: "success", code: 200, name: "OK", message: "", info });
}

export const scaleo: Dialect = {
  name: "scaleo",
  title: "Scaleo",
  paths: [
    { path: "/track/conv", methods: ["GET", "POST"], what: "conversion" },
    { path: "/track/goal-by-click-id", methods: ["GET", "POST"], what: "conversion" },
    { path: "/track/conv-change", methods: ["GET", "POST"], what: "change of a conversion" },
    { path: "/track/conv-addchange", methods: ["GET", "POST"], what: "conversion, or its change" },
    { path: "/api/v2/network/tracking/conv-click-id", methods: ["POST"], what: "conversion (API)" },
  ],
  secretParameters: SECRET,
  sources: [
    {
      title: "Ultimate postbacks",
      address: "https://help.scaleo.io/article/484-ultimate-postbacks-add-change-conversion",
    },
    {
      title: "Custom statuses for conversions",
      address: "https://help.scaleo.io/article/483-custom-statuses-for-conversions",
    },
    {
      title: "Create conversion by click ID (API)",
      address:
        "https://docs.scaleo.io/brand-api/api-reference/manager-tracking-conversions/create-conversion-by-click-id",
    },
  ],
  limits: [
    "A change finds its conversion by `adv_order_id` (or `transaction_id`, when the conversion was sent with it), else by click and goal: several conversions of one click and goal need an order id to be told apart.",
    "The answer of the postbacks is not documented; the form is that of Scaleo's API.",
    "A change that approves a conversion which had been rejected needs the amount again.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read(call, settings) {
    const form: VendorForm = call.rule?.path === "/track/conv-change" ? { ...FORM, change: true } : FORM;
    return { lines: [vendorLine(form, translated(allPairs(call)), settings)] };
  },
  answer,
};
