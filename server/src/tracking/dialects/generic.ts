import { refusalSentence, textAnswer } from "./core/answers.ts";
import { isRecord, objectPairs } from "./core/body-pairs.ts";
import type { Dialect, DialectCall, DialectReading, DialectSettings, Pair } from "./core/contracts.ts";
import { allPairs, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["token", "security_token", "secure", "secret", "key", "api_key"];

const FORM: VendorForm = {
  dialect: "generic",
  names: {
    clickId: ["click_id", "clickid", "cid", "cnv_id", "subid", "sub_id", "reqid", "clickref", "click_ref"],
    externalId: [
      "txid",
      "transaction_id",
      "transactionid",
      "order_id",
      "orderid",
      "external_id",
      "action_id",
      "tid",
      "conversion_id",
    ],
    customerId: ["customer_id", "user_id", "userid", "uid", "player_id", "account_id"],
    amount: ["amount", "sum", "payout", "revenue", "sale_amount", "value", "price"],
    currency: ["currency", "cnv_currency", "cur"],
    goal: ["goal", "event", "et", "event_type", "event_name", "type"],
    status: ["status", "cnv_status", "conv_status"],
    fraud: ["fraud"],
    code: ["coupon", "coupon_code", "promo_code", "code"],
    partner: ["partner", "affiliate_id", "aff_id", "pid"],
    offer: ["offer_id", "campaign_id"],
    occurredAt: ["timestamp", "datetime", "event_time"],
  },
  statuses: {
    approved: "count", approve: "count", confirmed: "count", accepted: "count", paid: "count", success: "count", ok: "count",
    "1": "count", pending: "count", hold: "count", wait: "count", "2": "count",
    rejected: "void", reject: "void", declined: "void", decline: "void", trash: "void", void: "void", cancelled: "void",
    canceled: "void", reversed: "void", refunded: "void", "3": "void",
  }, // biome-ignore format: a table
  secret: SECRET,
};

/** Trackers name the event where others name its state: `status=lead`, `status=sale`. */
const STATUS_EVENTS: ReadonlyMap<string, string> = new Map([
  ["lead", "registration"],
  ["registration", "registration"],
  ["reg", "registration"],
  ["signup", "registration"],
  ["sale", "sale"],
  ["purchase", "sale"],
  ["deposit", "deposit"],
  ["dep", "deposit"],
  ["ftd", "deposit"],
]);

const STATUS = new Set(["status", "cnv_status", "conv_status"]);
const GOAL = new Set(FORM.names.goal);
const CLICK = new Set(FORM.names.clickId);

function told(pairs: readonly Pair[]): readonly Pair[] {
  const sent = pairs.filter(([, value]) => value.trim() !== "");
  const named = sent.some(([name]) => GOAL.has(name.toLowerCase()));
  const click = sent.find(([name]) => CLICK.has(name.toLowerCase()))?.[1].trim();
  return sent.map(([name, value]): Pair => {
    const lower = name.toLowerCase();
    const event = STATUS.has(lower) && !named ? STATUS_EVENTS.get(value.trim().toLowerCase()) : undefined;
    if (event !== undefined) return ["goal", event];
    // A tracker counts the conversions of one click by `tid`: alone it is not an id.
    return lower === "tid" && click !== undefined ? [name, `${click}:${value.trim()}`] : [name, value];
  });
}

const MOST_EVENTS = 1_000;

/** A list in JSON is several events; what stands in the query holds for each of them. */
function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const list: unknown = call.body.kind === "json" ? call.body.value : undefined;
  if (!Array.isArray(list)) return { lines: [vendorLine(FORM, told(allPairs(call)), settings)] };
  if (list.length === 0 || !list.every(isRecord))
    return refused("bad_request", "The list holds something that is no event", 'send [{"click_id":"…"}]');
  if (list.length > MOST_EVENTS)
    return refused("too_large", `A call carries ${MOST_EVENTS} events at most`, "send the others in another call");
  return {
    lines: list.map((item) => vendorLine(FORM, told([...call.query, ...objectPairs(item)]), settings)),
  };
}

function refused(code: "bad_request" | "too_large", detail: string, hint: string): DialectReading {
  return { refused: { code, detail, field: "body", hint } };
}

export const generic: Dialect = {
  name: "generic",
  title: "Common form (Voluum, RedTrack, Keitaro, Binom, BeMob and their like)",
  paths: [
    { path: "/postback", methods: ["GET", "POST"], what: "conversion" },
    { path: "/click.php", methods: ["GET"], needs: ["cnv_id"], what: "conversion (Binom)" },
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "Voluum: parameters in postback URLs",
      address: "https://doc.voluum.com/article/parameters-in-postback-urls",
    },
    { title: "Keitaro: postback", address: "https://v9.help.keitaro.io/en/conversions-and-postback/postback.html" },
    { title: "Binom: postback URL", address: "https://docs.binom.org/postback-url.php" },
  ],
  limits: [
    "`payout` and `revenue` are the amount of the event when no `amount`, `sum` or `value` is sent.",
    "A status that names an event (`lead`, `sale`, `deposit`) is read as that event; Keitaro's upgrade of a lead to a sale is two events here.",
    "Keitaro's `sale_status`, `lead_status`, `rejected_status` and `return` are not read: words of statuses are set at the source.",
    "Keitaro's key in the path is replaced by `/in/<token>/postback`.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read,
  answer(outcome) {
    const sentence = refusalSentence(outcome);
    return sentence === undefined ? textAnswer(200, "OK") : textAnswer(outcome.status, sentence);
  },
};
