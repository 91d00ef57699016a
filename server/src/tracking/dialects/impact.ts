import { add, type Decimal, formatDecimal, multiply, parseDecimal, subtract, ZERO } from "../../kernel/decimal.ts";
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
import { basic } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";
import { ask, asked, MORE_PATHS, visit, visited } from "./impact-more.ts";

/** The total that is worked out of the items, under a name that impact does not use. */
const TOTAL = "total of items";

const CONVERSION: VendorForm = {
  dialect: "impact",
  names: {
    clickId: ["ClickId", "CustomClickId"],
    externalId: ["OrderId"],
    customerId: ["CustomerId", "CustomProfileId"],
    amount: ["OrderSubTotalPostDiscount", "Amount", "OrderSubTotal", TOTAL],
    currency: ["CurrencyCode"],
    goal: ["EventTypeCode", "EventTypeId", "ActionTrackerId"],
    code: ["OrderPromoCode", "PromoCode"],
    partner: ["MediaPartnerId", "MediaId"],
    offer: ["CampaignId"],
    occurredAt: ["EventDate"],
    status: ["reversed"],
  },
  statuses: { "1": "void" },
  exactCase: true,
  secret: [],
};
/** Only what a change may name: `Sku`, `Quantity` and the like are of items, which are not kept one by one. */
const CHANGE: VendorForm = {
  ...CONVERSION,
  names: {
    externalId: ["OrderId", "ActionId"],
    amount: ["Amount"],
    currency: ["CurrencyCode"],
    goal: ["EventTypeCode", "ActionTrackerId"],
    status: ["reversed"],
  },
  change: true,
  amend: true,
};

const MOST_ITEMS = 500;

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  const pairs = bodyPairs(call);
  if (call.method === "POST") return { lines: [vendorLine(CONVERSION, conversionPairs(pairs), settings)] };
  const problem = changeProblem(call, pairs);
  if (problem !== undefined) return { refused: { code: "invalid_input", ...problem } };
  const amount = lastValue(pairs, "Amount");
  const reversed = call.method === "DELETE" || (amount !== undefined && /^0+(?:\.0*)?$/.test(amount));
  return { lines: [vendorLine(CHANGE, reversed ? [...pairs, ["reversed", "1"]] : pairs, settings)] };
}

/** `NOW` is the time of arrival; a `reversed` of theirs has no meaning. */
function conversionPairs(pairs: readonly Pair[]): readonly Pair[] {
  const kept = pairs.filter(
    ([name, value]) => !(name === "EventDate" && value.trim() === "NOW") && name !== "reversed",
  );
  const isTotalSent = CONVERSION.names.amount?.some((name) => lastValue(kept, name) !== undefined) === true;
  const total = isTotalSent ? undefined : totalOf(kept);
  return total === undefined ? kept : [...kept, [TOTAL, total]];
}

/**
 * What the items come to: `ItemSubTotal1`, or `ItemPrice1` times `ItemQuantity1` less `ItemDiscount1`, and so on; less `OrderDiscount`.
 * A number that cannot be read makes the total one that cannot either, so that it is refused by name.
 */
function totalOf(pairs: readonly Pair[]): string | undefined {
  const values = new Map(pairs.map(([name, value]) => [name, value.trim()]));
  const number = (name: string): Decimal | undefined => parseDecimal(values.get(name) || "0");
  let [total, found]: [Decimal, boolean] = [ZERO, false];
  for (let item = 1; item <= MOST_ITEMS; item++) {
    const named = ["ItemSubTotal", "ItemPrice"].find((name) => (values.get(`${name}${item}`) ?? "") !== "");
    if (named === undefined) {
      if ((values.get(`ItemSku${item}`) ?? "") === "") break;
      continue;
    }
    const amount = named === "ItemSubTotal" ? number(`${named}${item}`) : priced(number, item);
    if (amount === undefined) return values.get(`${named}${item}`);
    total = add(total, amount);
    found = true;
  }
  if (!found) return undefined;
  const discount = number("OrderDiscount");
  return discount === undefined ? values.get("OrderDiscount") : formatDecimal(subtract(total, discount));
}

function priced(number: (name: string) => Decimal | undefined, item: number): Decimal | undefined {
  const [price, sent, discount] = [
    number(`ItemPrice${item}`),
    number(`ItemQuantity${item}`),
    number(`ItemDiscount${item}`),
  ];
  if (price === undefined || sent === undefined || discount === undefined) return undefined;
  const quantity = sent.units === 0n ? { units: 1n, scale: 0 } : sent;
  return subtract(multiply(price, quantity), discount);
}

interface Problem {
  readonly detail: string;
  readonly field: string;
  readonly hint: string;
}

function changeProblem(call: DialectCall, pairs: readonly Pair[]): Problem | undefined {
  if (lastValue(pairs, "OrderId") === undefined && lastValue(pairs, "ActionId") === undefined)
    return {
      detail: "Nothing says which action is meant",
      field: "OrderId",
      hint: "send ActionTrackerId and OrderId, or ActionId",
    };
  if (call.method === "DELETE")
    return lastValue(pairs, "DispositionCode") === undefined
      ? { detail: "A reversal needs its reason", field: "DispositionCode", hint: "such as ITEM_RETURNED" }
      : undefined;
  const ofItem = ["Sku", "Quantity", "ItemSubTotalDelta"].find((name) => lastValue(pairs, name) !== undefined);
  if (ofItem === undefined) return undefined;
  return { detail: "Items are not kept one by one", field: ofItem, hint: "send the new total of the order as Amount" };
}

function answer(outcome: DialectOutcome, call: DialectCall): DialectAnswer {
  const account = call.segments.account ?? "";
  const sentence = refusalSentence(outcome);
  if (sentence === undefined) {
    const QueuedUri = `/Advertisers/${encodeURIComponent(account)}/APISubmissions/A-${firstLine(outcome).receipt}`;
    return jsonAnswer(200, { Status: "QUEUED", QueuedUri });
  }
  const field = (outcome.refused ?? outcome.lines.find((line) => line.refused)?.refused)?.field;
  // What is wrong with a value is a 400 there.
  const status = outcome.status === 422 ? 400 : outcome.status;
  if (status !== 400) return jsonAnswer(status, { Status: "ERROR", Message: sentence });
  return jsonAnswer(400, { Status: "ERROR", errors: [{ field: field ?? "", level: "ERROR", message: sentence }] });
}

export const impact: Dialect = {
  name: "impact",
  title: "impact.com",
  paths: [
    { path: "/Advertisers/:account/Conversions", methods: ["POST"], what: "conversion" },
    { path: "/Advertisers/:account/Conversions.json", methods: ["POST"], what: "conversion" },
    { path: "/Advertisers/:account/Actions", methods: ["PUT", "DELETE"], what: "new amount or reversal of an action" },
    { path: "/Advertisers/:account/Actions.json", methods: ["PUT", "DELETE"], what: "the same" },
    ...MORE_PATHS,
  ],
  secretParameters: [],
  sources: [
    { title: "Submit a conversion", address: "https://integrations.impact.com/impact-brand/reference/conversions" },
    { title: "Actions: update and reverse", address: "https://integrations.impact.com/impact-brand/reference/actions" },
    { title: "API submissions", address: "https://integrations.impact.com/impact-brand/reference/api-submissions" },
  ],
  limits: [
    "Names of parameters are case-sensitive, as at impact; other spellings are kept beside the event and mean nothing.",
    "Items are added up (`ItemSubTotal`, or price times quantity less discount, less `OrderDiscount`) when no order total is sent; they are not kept one by one, so changes of an item are refused.",
    "Actions are found by `ActionTrackerId` (or `EventTypeCode`) and `OrderId`, those of an imported history too. `ActionId` finds what was imported under it (actions without an order id), or the order that is named in its place.",
    "Event types (`EventTypeCode`, `EventTypeId`, `ActionTrackerId`) are named in the settings of the source; a number that is not is refused.",
    "One submission can be read (`APISubmissions/A-…`): the id behind `A-` is the receipt in the intake log, and `ErrorReason` is our reason. The list of all submissions and files sent by FTP are not answered. Of several conversions in one call no form is documented: each is a call.",
    "`PageLoad` records a click when `PageUrl` is a tracking link (an imported one, or one of ours); a page that brings a click id of ours gets it back, any other page is nobody's.",
    "The browser script's own calls (`ire('trackConversion')`) go to impact's hosts in a form that is not documented: use the API's calls or our script.",
    "An attribution key that is only a device, a caller or a URL binds nobody; the event is counted, and is nobody's.",
  ],
  credential: basic,
  read,
  visit,
  visited,
  ask,
  asked,
  answer,
};
