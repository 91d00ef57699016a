import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { bodyPairs, firstLine, lastValue, objectPairs } from "./core/body-pairs.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectOutcome,
  DialectReading,
  DialectSettings,
  DialectVisit,
  Pair,
  VisitOutcome,
} from "./core/contracts.ts";
import { header } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const POSTBACK = "/1.7/pb/con/c";
const CLICKS = "/1.6/clicks";
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

function visit(call: DialectCall): DialectVisit {
  const pairs = bodyPairs(call);
  const code = lastValue(pairs, "referral_code");
  const page = lastValue(pairs, "landing_page");
  const host = page === undefined ? undefined : URL.parse(page)?.origin;
  const named = code === undefined ? "" : `/?ref=${encodeURIComponent(code)}`;
  const addresses = [page, host === undefined ? undefined : `${host}${named}`, named];
  const query = page === undefined ? undefined : URL.parse(page)?.searchParams;
  return {
    addresses: code === undefined ? [] : addresses.filter((address) => address !== undefined),
    partner: code,
    pairs: [...(query ?? [])].filter(([name]) => name !== "ref"),
    page,
    referrer: lastValue(pairs, "referrer"),
    // The caller is the operator's server: what it does not say of the visitor is not known.
    ip: lastValue(pairs, "ip"),
    userAgent: lastValue(pairs, "user_agent") ?? "",
  };
}

function visited({ status, refused, clickId, partner, at }: VisitOutcome, call: DialectCall): DialectAnswer {
  if (refused !== undefined) return jsonAnswer(status >= 400 ? status : 422, { message: refused.detail });
  const sent = Object.fromEntries(bodyPairs(call));
  return jsonAnswer(201, {
    id: clickId ?? null,
    affiliate: partner === undefined ? null : { id: partner.id },
    referral_code: sent.referral_code ?? null,
    ip: sent.ip ?? null,
    user_agent: sent.user_agent ?? null,
    landing_page: sent.landing_page ?? null,
    referrer: sent.referrer ?? null,
    created_at: at.toISOString(),
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
    { path: CLICKS, methods: ["POST"], what: "click", records: "click" },
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
    "A click names its affiliate by `referral_code`: an imported link (`?ref=`), else the only link of the partner whom the settings name for the code (or whose code it is).",
  ],
  credential: (call) => header(call, "x-api-key"),
  read,
  visit,
  visited,
  answer,
};
