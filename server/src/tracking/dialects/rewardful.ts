import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { isRecord, objectPairs } from "./core/body-pairs.ts";
import type { Dialect, DialectCall, DialectReading, DialectSettings, Pair } from "./core/contracts.ts";
import { header } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const FORM: VendorForm = {
  dialect: "rewardful",
  names: {
    externalId: ["$id"],
    customerId: ["$customer"],
    amount: ["$amount"],
    currency: ["$currency"],
    goal: ["$event"],
    status: ["$gone"],
    partner: ["$partner"],
    occurredAt: ["$at"],
  },
  events: { lead: "registration", sale: "sale", other: "ignore" },
  statuses: { "1": "void" },
  minorUnits: true,
  secret: [],
};

/** Event types that say something of a customer, and what. Everything else is left aside. */
const MEANINGS: Readonly<Record<string, "lead" | "lead gone" | "sale" | "sale gone">> = {
  "referral.lead": "lead",
  "referral.deleted": "lead gone",
  "sale.created": "sale",
  "sale.updated": "sale",
  "sale.refunded": "sale",
  "sale.deleted": "sale gone",
};

type Json = Readonly<Record<string, unknown>>;

function part(value: Json | undefined, name: string): Json | undefined {
  const found = value?.[name];
  return isRecord(found) ? found : undefined;
}

function text(value: Json | undefined, name: string): string | undefined {
  const found = value?.[name];
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const body = call.body.kind === "json" && isRecord(call.body.value) ? call.body.value : undefined;
  const [object, event] = [part(body, "object"), part(body, "event")];
  const type = text(event, "type");
  if (object === undefined || type === undefined) {
    const hint = "a webhook of Rewardful holds object, event and request";
    return { refused: { code: "bad_request", detail: "This is no webhook of Rewardful", field: "event.type", hint } };
  }
  const meaning = MEANINGS[type];
  const pairs: readonly (readonly [string, string | undefined])[] =
    meaning === undefined
      ? [
          ["$event", "other"],
          ["$id", text(event, "id")],
        ]
      : meantPairs(meaning, object, event);
  const known = pairs.filter((one): one is Pair => one[1] !== undefined);
  const kept = objectPairs({ event: type });
  return { lines: [vendorLine(FORM, [...known, ...kept], settings)] };
}

function meantPairs(
  meaning: string,
  object: Json,
  event: Json | undefined,
): readonly (readonly [string, string | undefined])[] {
  const isLead = meaning.startsWith("lead");
  const referral = isLead ? object : part(object, "referral");
  // The customer's id at the biller is the operator's own as far as Rewardful knows one.
  const customer =
    text(part(referral, "customer"), "id") ?? text(referral, "stripe_customer_id") ?? text(referral, "id");
  const partner = text(part(referral, "link"), "token") ?? text(part(referral, "affiliate"), "id");
  const net = isLead ? undefined : text(object, "sale_amount_cents");
  const gone = meaning.endsWith("gone") || (net !== undefined && /^(?:0|-\d+)$/.test(net));
  const at = isLead
    ? (text(object, "became_lead_at") ?? text(object, "created_at"))
    : (text(object, "charged_at") ?? text(event, "created_at"));
  return [
    ["$event", isLead ? "lead" : "sale"],
    ["$id", text(object, "id")],
    ["$customer", customer],
    ["$partner", partner],
    ["$amount", net],
    ["$currency", text(object, "currency")],
    ["$at", at],
    ["$gone", gone ? "1" : undefined],
  ];
}

export const rewardful: Dialect = {
  name: "rewardful",
  title: "Rewardful",
  paths: [{ path: "/webhooks/rewardful", methods: ["POST"], what: "webhooks: leads and sales" }],
  signs: true,
  secretParameters: [],
  sources: [
    { title: "Webhook event types", address: "https://developers.rewardful.com/webhooks/event-types" },
    { title: "Webhook requests", address: "https://developers.rewardful.com/webhooks/requests" },
    { title: "Signed webhooks", address: "https://developers.rewardful.com/webhooks/signed-webhooks" },
    {
      title: "The commission object (with its sale)",
      address: "https://developers.rewardful.com/rest-api/commissions/object",
    },
  ],
  limits: [
    "Rewardful takes no conversions from outside: it hears them from the biller. Its webhooks can be sent here instead of, or beside, to other systems.",
    "The address is chosen in Rewardful: `/in/<token>`, or `/webhooks/rewardful` on the program's domain.",
    "A sale counts what is left of it (`sale_amount_cents`: without refunds and taxes); when nothing is left, or it is deleted, it does not count any more.",
    "The sale has no page of its own in Rewardful's documents: its fields are those that stand within a commission.",
    "The signature covers the body and no time, as Rewardful makes it: whoever saw a delivery could send it again. It says the same about the same sale; after a refund it would say that the sale counts, until Rewardful tells of it once more. Listed addresses keep others out.",
    "Affiliates, links, coupons, commissions and payouts are left aside: who earns what is said here.",
  ],
  credential(call) {
    const signature = header(call, "x-rewardful-signature");
    return signature.kind === "header"
      ? { kind: "hmac", sha256Hex: signature.value, message: call.rawBody }
      : { kind: "none" };
  },
  read,
  answer(outcome) {
    const sentence = refusalSentence(outcome);
    return sentence === undefined
      ? jsonAnswer(200, { received: true })
      : jsonAnswer(outcome.status, { error: sentence });
  },
};
