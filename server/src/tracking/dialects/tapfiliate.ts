import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { bodyPairs, firstLine, lastValue, objectPairs } from "./core/body-pairs.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectOutcome,
  DialectReading,
  DialectSettings,
  Pair,
} from "./core/contracts.ts";
import { header } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const POSTBACK = "/1.7/pb/con/c";
const CUSTOMERS = "/1.6/customers";
const CONVERSION = "/1.6/conversions/:id";

const FORM: VendorForm = {
  dialect: "tapfiliate",
  names: {
    clickId: ["click_id"],
    externalId: ["external_id"],
    customerId: ["customer_id"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["commission_type"],
    code: ["coupon"],
    partner: ["referral_code"],
    offer: ["program_id"],
    status: ["deleted"],
  },
  statuses: { "1": "void" },
  baseGoals: ["default"],
  secret: [],
};
/** A conversion is called by its own external id in the answers here, and so it is found by it. */
const CHANGE: VendorForm = {
  ...FORM,
  names: { externalId: ["id"], amount: ["amount"], status: ["deleted"] },
  change: true,
  amend: true,
};
const CUSTOMER: VendorForm = {
  ...FORM,
  names: { ...FORM.names, externalId: ["customer_id"], goal: ["kind"] },
  events: { customer: "registration" },
};

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const pairs = bodyPairs(call).filter(([name]) => name !== "deleted" && name !== "kind");
  if (call.rule?.path === CONVERSION) {
    const named: readonly Pair[] = [...pairs.filter(([name]) => name !== "id"), ["id", call.segments.id ?? ""]];
    return { lines: [vendorLine(CHANGE, call.method === "DELETE" ? [...named, ["deleted", "1"]] : named, settings)] };
  }
  if (call.rule?.path === CUSTOMERS) {
    const id = lastValue(pairs, "customer_id");
    const told: readonly Pair[] = id === undefined ? pairs : [...pairs, ["kind", "customer"]];
    return { lines: [vendorLine(CUSTOMER, told, settings)] };
  }
  return { lines: [vendorLine(FORM, pairs, settings)] };
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (sentence !== undefined) return jsonAnswer(outcome.status, { message: sentence });
  if (call.method === "DELETE") return { status: 204, contentType: "application/json", body: "" };
  const sent = Object.fromEntries(bodyPairs(call));
  const { externalId } = firstLine(outcome);
  const meta = call.body.kind === "json" ? (call.body.value as Readonly<Record<string, unknown>>).meta_data : undefined;
  const meta_data = Object.fromEntries(objectPairs(meta));
  if (call.rule?.path === CUSTOMERS)
    return jsonAnswer(201, {
      id: externalId,
      customer_id: externalId,
      status: sent.status ?? null,
      click: null,
      meta_data,
    });
  const created = call.method === "POST" && call.rule?.path !== POSTBACK;
  const amount = sent.amount === undefined ? null : Number(sent.amount);
  const program_id = sent.program_id ?? null;
  return jsonAnswer(created ? 201 : 200, {
    id: externalId,
    external_id: externalId,
    amount,
    program_id,
    affiliate: null,
    commissions: [],
    meta_data,
  });
}

export const tapfiliate: Dialect = {
  name: "tapfiliate",
  title: "Tapfiliate",
  paths: [
    { path: POSTBACK, methods: ["GET", "POST"], what: "conversion (postback)" },
    { path: "/1.6/conversions", methods: ["POST"], what: "conversion (REST)" },
    { path: CONVERSION, methods: ["PATCH", "DELETE"], what: "new amount of a conversion, or that it is none" },
    { path: CUSTOMERS, methods: ["POST"], what: "customer" },
  ],
  secretParameters: [],
  sources: [
    { title: "S2S / postback", address: "https://tapfiliate.com/docs/integrations/s2s-postback/" },
    { title: "REST API: conversions, customers", address: "https://tapfiliate.com/docs/rest/" },
  ],
  limits: [
    "The `id` of a conversion or customer in our answers is its external id: later calls that name it find it by that.",
    "What the postback answers is not documented: it is answered as the REST call is, with status 200.",
    "Commissions are said by the agreement here: `commissions` and `affiliate` in answers are empty, and calls about commissions are not taken.",
    "Coupon, click and referral code may all be sent: which goes first is said by the program's rules of attribution, not by Tapfiliate's order.",
    "Clicks (`/1.6/clicks/`) are made by links of ours, or by our own script.",
  ],
  credential: (call) => header(call, "x-api-key"),
  read,
  answer,
};
