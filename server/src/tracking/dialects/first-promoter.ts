import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { bodyPairs, firstLine, lastValue } from "./core/body-pairs.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectOutcome,
  DialectReading,
  DialectSettings,
  Pair,
} from "./core/contracts.ts";
import { bearer, header } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const FORM: VendorForm = {
  dialect: "firstpromoter",
  names: {
    clickId: ["tid"],
    externalId: ["event_id"],
    customerId: ["uid", "email"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["$call"],
    code: ["promo_code"],
    partner: ["ref_id"],
    occurredAt: ["created_at"],
  },
  events: { signup: "registration", refund: "refund", cancellation: "ignore" },
  minorUnits: true,
  required: ["customerId", "amount", "externalId"],
  secret: [],
};
/** Of a lead there is one sign-up. */
const ABOUT_LEAD: VendorForm = {
  ...FORM,
  names: { ...FORM.names, externalId: ["uid", "email"] },
  required: ["customerId"],
};

/** What is told stands in the path: signup, sale, refund, cancellation. */
function kindOf(call: DialectCall): string {
  return call.path.toLowerCase().slice(call.path.lastIndexOf("/") + 1);
}

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const kind = kindOf(call);
  const sent = bodyPairs(call).filter(([name]) => name !== "$call");
  const pairs: readonly Pair[] = kind === "sale" ? sent : [...sent.map(unsigned), ["$call", kind]];
  const form = kind === "signup" || kind === "cancellation" ? ABOUT_LEAD : FORM;
  return { lines: [vendorLine(form, withOneCustomer(pairs, form), settings)] };
}

/** The amount of a refund is its size; some send it with the sign that it has in the answer. */
function unsigned([name, value]: Pair): Pair {
  return name === "amount" ? [name, value.replace(/^-/, "")] : [name, value];
}

/** `uid` and `email` are two names of one lead: the one that wins is its id, the other is kept. */
function withOneCustomer(pairs: readonly Pair[], form: VendorForm): readonly Pair[] {
  if (form !== ABOUT_LEAD) return pairs;
  const lead = lastValue(pairs, "uid") ?? lastValue(pairs, "email");
  return lead === undefined ? pairs : [...pairs.filter(([name]) => name !== "uid"), ["uid", lead]];
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (sentence !== undefined)
    return jsonAnswer(outcome.status === 422 ? 400 : outcome.status, { message: `Error. ${sentence}` });
  const kind = kindOf(call);
  const pairs = bodyPairs(call);
  const amount = lastValue(pairs, "amount");
  return jsonAnswer(200, {
    id: firstLine(outcome).receipt,
    etype: kind,
    sale_amount: amount === undefined ? null : Number(amount),
    event_id: lastValue(pairs, "event_id") ?? null,
    plan_id: lastValue(pairs, "plan") ?? null,
    referral: { id: null, email: lastValue(pairs, "email") ?? null, uid: lastValue(pairs, "uid") ?? null },
    commissions: [],
  });
}

export const firstPromoter: Dialect = {
  name: "firstpromoter",
  title: "FirstPromoter",
  paths: ["v2", "v1"].flatMap((version) => [
    { path: `/api/${version}/track/signup`, methods: ["POST"], what: `sign-up (${version})` } as const,
    { path: `/api/${version}/track/sale`, methods: ["POST"], what: `sale (${version})` } as const,
    { path: `/api/${version}/track/refund`, methods: ["POST"], what: `refund (${version})` } as const,
    {
      path: `/api/${version}/track/cancellation`,
      methods: ["POST"],
      what: `cancelled subscription (${version})`,
    } as const,
  ]),
  secretParameters: [],
  sources: [
    {
      title: "Tracking API v2",
      address: "https://docs.firstpromoter.com/api-reference-v2/api-admin/tracking-api/sales",
    },
    { title: "Tracking API v1", address: "https://docs.firstpromoter.com/api-reference-v1/tracking-api/sales" },
  ],
  limits: [
    "Amounts are in minor units of their currency, as documented (cents; whole yen).",
    "The customer is `uid`, and `email` where none is sent: send the same of the two with every call, or it is two customers.",
    "A cancellation is left aside unless the settings of the source say which event it is: what was earned before stays earned.",
    "A refund is an event of its own; `sale_event_id` is kept beside it.",
    "A repeated `event_id` is answered with 200, not 409: that it was known is said by the intake log. Numbers of FirstPromoter (`id`, `referral.id`) are not made up.",
    "v1 calls are documented with `X-API-KEY` and parameters in query or form; v2 with a bearer token, `ACCOUNT-ID` and JSON.",
  ],
  credential: (call) => {
    const account = call.headers["account-id"];
    const key = header(call, "x-api-key", account);
    return key.kind === "none" ? bearer(call, account) : key;
  },
  read,
  answer,
};
