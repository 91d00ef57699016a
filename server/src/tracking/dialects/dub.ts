import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { bodyPairs, isRecord, lastValue } from "./core/body-pairs.ts";
import type {
  Dialect,
  DialectAnswer,
  DialectCall,
  DialectLine,
  DialectOutcome,
  DialectReading,
  DialectSettings,
  DialectVisit,
  Pair,
  VisitOutcome,
} from "./core/contracts.ts";
import { bearer } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const LEAD_PATH = "/track/lead";
const OPEN_PATH = "/track/open";
const ID_LENGTH = 180;

const SALE: VendorForm = {
  dialect: "dub",
  names: {
    clickId: ["clickId"],
    externalId: ["invoiceId"],
    customerId: ["customerExternalId"],
    amount: ["amount"],
    currency: ["currency"],
    goal: ["$event"],
  },
  minorUnits: true,
  exactCase: true,
  required: ["customerId", "amount", "externalId"],
  secret: [],
};
const LEAD: VendorForm = {
  ...SALE,
  names: { clickId: ["clickId"], externalId: ["$lead"], customerId: ["customerExternalId"], goal: ["$event"] },
  required: ["customerId"],
  events: { $lead: "registration" },
};

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const pairs = bodyPairs(call).filter(([name]) => !name.startsWith("$"));
  const name = lastValue(pairs, "eventName");
  const known = name !== undefined && Object.hasOwn(settings.events, name.toLowerCase());
  if (call.rule?.path === LEAD_PATH) return { lines: [leadLine(pairs, known ? name : "$lead", settings)] };
  const event: readonly Pair[] = known ? [["$event", name]] : [];
  // Documented: dollars where no currency is named.
  const currency: readonly Pair[] = lastValue(pairs, "currency") === undefined ? [["currency", "usd"]] : [];
  return { lines: [vendorLine(SALE, [...pairs, ...event, ...currency], settings)] };
}

/** A lead is one of its customer and its name. Without a click (deferred) it says again what an earlier call said with one. */
function leadLine(pairs: readonly Pair[], event: string, settings: DialectSettings): DialectLine {
  const customer = lastValue(pairs, "customerExternalId");
  const id =
    customer === undefined ? undefined : `${customer}:${lastValue(pairs, "eventName") ?? ""}`.slice(0, ID_LENGTH);
  const told: readonly Pair[] = id === undefined ? [] : [["$lead", id]];
  const line = vendorLine(LEAD, [...pairs, ["$event", event], ...told], settings);
  if (line.pairs === undefined || lastValue(pairs, "clickId") !== undefined) return line;
  return { pairs: line.pairs, ifKnown: "keep" };
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const sentence = refusalSentence(outcome);
  if (sentence !== undefined) return refusal(outcome.status, sentence);
  const pairs = bodyPairs(call);
  const text = (name: string): string | null => lastValue(pairs, name) ?? null;
  const customer = {
    name: text("customerName"),
    email: text("customerEmail"),
    avatar: text("customerAvatar"),
    externalId: text("customerExternalId"),
  };
  if (call.rule?.path === LEAD_PATH)
    return jsonAnswer(200, { click: { id: text("clickId") ?? "" }, link: null, customer });
  const body = call.body.kind === "json" && isRecord(call.body.value) ? call.body.value : {};
  return jsonAnswer(200, {
    eventName: text("eventName") ?? "Purchase",
    customer: { id: text("customerExternalId") ?? "", ...customer },
    sale: {
      amount: Number(text("amount") ?? 0),
      currency: text("currency") ?? "usd",
      paymentProcessor: text("paymentProcessor") ?? "custom",
      invoiceId: text("invoiceId"),
      metadata: isRecord(body.metadata) ? body.metadata : null,
    },
  });
}

function visit(call: DialectCall): DialectVisit {
  const pairs = bodyPairs(call);
  const [domain, key, page] = [lastValue(pairs, "domain"), lastValue(pairs, "key"), lastValue(pairs, "url")];
  const common = { pairs: queryOf(page), page, referrer: lastValue(pairs, "referrer") };
  if (call.rule?.path === OPEN_PATH) {
    const link = lastValue(pairs, "deepLink");
    const shown = link === undefined ? null : URL.parse(link);
    return {
      ...common,
      known: shown?.searchParams.get("dub_id") ?? undefined,
      addresses: link === undefined ? [] : [link],
      code: shown?.pathname.replace(/^\/(?:c\/)?/, ""),
    };
  }
  if (key === undefined) return { ...common, addresses: [] };
  const path = `/${encodeURIComponent(key)}`;
  const via = `/?via=${encodeURIComponent(key)}`;
  const hosts = domain === undefined ? [""] : [`https://${domain}`, ""];
  return {
    ...common,
    addresses: hosts.flatMap((host) => [`${host}${path}`, `${host}${via}`]),
    code: key,
    partner: key,
  };
}

/** What the visitor's page was called with belongs to the click. */
function queryOf(page: string | undefined): readonly Pair[] {
  const query = page === undefined ? undefined : URL.parse(page)?.searchParams;
  return [...(query ?? [])].filter(([name]) => name !== "via" && name !== "dub_id");
}

function visited({ status, clickId, partner, refused }: VisitOutcome, call: DialectCall): DialectAnswer {
  if (refused !== undefined && status >= 400) return refusal(status, refused.detail);
  if (call.rule?.path === OPEN_PATH) return jsonAnswer(200, { clickId: clickId ?? null, link: null });
  const whose = partner === undefined ? null : { id: partner.id, name: partner.code, image: null };
  return jsonAnswer(200, { clickId: clickId ?? null, partner: whose, discount: null });
}

const CODES: Readonly<Record<number, string>> = {
  400: "bad_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "unprocessable_entity",
  429: "rate_limit_exceeded",
};

function refusal(status: number, message: string): DialectAnswer {
  const code = CODES[status] ?? "internal_server_error";
  return jsonAnswer(status, {
    error: { code, message, doc_url: `https://dub.co/docs/api-reference/errors#${code.replaceAll("_", "-")}` },
  });
}

export const dub: Dialect = {
  name: "dub",
  title: "Dub",
  paths: [
    { path: LEAD_PATH, methods: ["POST"], what: "lead" },
    { path: "/track/sale", methods: ["POST"], what: "sale" },
    { path: "/track/click", methods: ["POST"], what: "click (script)", browser: true, records: "click", open: true },
    { path: OPEN_PATH, methods: ["POST"], what: "deep link opened", browser: true, records: "click", open: true },
  ],
  secretParameters: [],
  sources: [
    { title: "Track a lead", address: "https://dub.co/docs/api-reference/endpoint/track-lead" },
    { title: "Track a sale", address: "https://dub.co/docs/api-reference/endpoint/track-sale" },
  ],
  limits: [
    "Names are case-sensitive; amounts are in minor units, in US dollars where no currency is sent.",
    "A lead is a registration, and a sale a sale, unless the settings of the source name the event for its `eventName`.",
    "A lead counts when it is first told, also with `mode: deferred`; the later call without a click finds it and changes nothing, so that its click is kept.",
    "A sale without `invoiceId` is refused, also one with a click: nothing would tell it from one that is sent again.",
    "A click of the script names its link by domain and key: an imported link of that address, a link of ours of that code, or the only link of the partner whom the settings name for the key. It carries no credential, as at Dub. `discount` in answers is null.",
    "An opened deep link is a click on its link; without `deepLink` nobody is guessed by his address.",
    "`eventQuantity` is kept; a lead counts once.",
    "`link` in answers is null, and names that Dub makes up for customers are not made up.",
  ],
  credential: (call) => bearer(call),
  read,
  visit,
  visited,
  answer,
};
