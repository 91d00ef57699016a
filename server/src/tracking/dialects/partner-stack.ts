import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { bodyPairs, firstLine, isRecord, lastValue } from "./core/body-pairs.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectOutcome,
  DialectReading,
  DialectSettings,
  Pair,
} from "./core/contracts.ts";
import { basic, bearer } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const TRANSACTIONS = "/api/v2/transactions";
const TRANSACTION = "/api/v2/transactions/:key";

const CUSTOMER: VendorForm = {
  dialect: "partnerstack",
  names: {
    clickId: ["xid"],
    externalId: ["customer_key", "email"],
    customerId: ["$customer"],
    goal: ["$call"],
    partner: ["partner_key"],
  },
  events: { customer: "registration", refund: "refund" },
  secret: [],
};
const TRANSACTION_FORM: VendorForm = {
  dialect: "partnerstack",
  names: {
    externalId: ["key"],
    customerId: ["customer_external_key", "customer_key", "customer_email"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["$call", "$category"],
    occurredAt: ["created_at"],
    status: ["$deleted"],
  },
  events: { refund: "refund" },
  statuses: { "1": "void" },
  minorUnits: true,
  secret: [],
};
const NEW_TRANSACTION: VendorForm = { ...TRANSACTION_FORM, required: ["amount", "externalId"] };

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const pairs = bodyPairs(call).filter(([name]) => !name.startsWith("$"));
  if (call.rule?.path === TRANSACTION) {
    const named: readonly Pair[] = [
      ["key", call.segments.key ?? ""],
      ["$deleted", "1"],
    ];
    return { lines: [vendorLine({ ...TRANSACTION_FORM, change: true }, named, settings)] };
  }
  if (call.rule?.path === TRANSACTIONS)
    return { lines: [vendorLine(NEW_TRANSACTION, transactionPairs(pairs, settings), settings)] };
  const customer = lastValue(pairs, "customer_key") ?? lastValue(pairs, "email");
  const told: readonly Pair[] = customer === undefined ? [] : [["$customer", customer]];
  return { lines: [vendorLine(CUSTOMER, [...pairs, ["$call", "customer"], ...told], settings)] };
}

/** A negative amount takes back: a refund of its size. A category is an event when the settings name it. */
function transactionPairs(pairs: readonly Pair[], settings: DialectSettings): readonly Pair[] {
  const amount = lastValue(pairs, "amount");
  if (amount?.startsWith("-") === true)
    return [
      ...pairs.map(([name, value]): Pair => (name === "amount" ? [name, value.trim().slice(1)] : [name, value])),
      ["$call", "refund"],
    ];
  const category = lastValue(pairs, "category_key");
  const known = category !== undefined && Object.hasOwn(settings.events, category.toLowerCase());
  return known ? [...pairs, ["$category", category]] : pairs;
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (sentence !== undefined)
    return jsonAnswer(outcome.status === 422 ? 400 : outcome.status, { message: sentence, status: outcome.status });
  const { externalId, receipt } = firstLine(outcome);
  const body = call.body.kind === "json" && isRecord(call.body.value) ? call.body.value : {};
  const text = (name: string) => (typeof body[name] === "string" ? body[name] : null);
  if (call.rule?.path === TRANSACTIONS || call.rule?.path === TRANSACTION)
    return jsonAnswer(200, {
      key: externalId,
      customer_key: text("customer_key"),
      amount: body.amount ?? null,
      currency: text("currency"),
      metadata: isRecord(body.metadata) ? body.metadata : {},
    });
  return jsonAnswer(200, {
    key: receipt,
    customer_key: text("customer_key") ?? externalId,
    email: text("email"),
    name: text("name"),
    partner_key: text("partner_key"),
    provider_key: text("provider_key"),
    meta: isRecord(body.meta) ? body.meta : {},
  });
}

export const partnerStack: Dialect = {
  name: "partnerstack",
  title: "PartnerStack",
  paths: [
    { path: "/conversion/xid", methods: ["POST"], what: "sign-up of a click (partnerlinks.io)" },
    { path: "/api/v2/customers", methods: ["POST"], what: "customer" },
    { path: TRANSACTIONS, methods: ["POST"], what: "transaction" },
    { path: TRANSACTION, methods: ["DELETE"], what: "that a transaction is none" },
  ],
  secretParameters: [],
  sources: [
    { title: "Create a customer", address: "https://docs.partnerstack.com/reference/post_v2-customers" },
    { title: "Create a transaction", address: "https://docs.partnerstack.com/reference/post_v2-transactions" },
    { title: "Server to server sign-ups", address: "https://docs.partnerstack.com/docs/partnerstack-js" },
  ],
  limits: [
    "Amounts are in minor units; a negative amount is a refund of its size.",
    "A transaction without `key` is refused: nothing would tell it from one that is sent again.",
    "The customer is `customer_key` (`customer_external_key` of a transaction), else the e-mail address: send the same with every call.",
    "PartnerStack's own key of a customer is not known here: a transaction that names only that belongs to another customer.",
    "`category_key` is an event where the settings of the source name it; product and category are kept.",
    "Deals, leads and rewards are not taken. `created_at` in answers is left out.",
  ],
  credential: (call) => {
    const named = basic(call);
    // The public key is the account, the secret key the credential.
    return named.kind === "none" ? bearer(call) : named;
  },
  read,
  answer,
};
