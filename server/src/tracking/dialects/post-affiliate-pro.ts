import { refusalSentence, textAnswer } from "./core/answers.ts";
import { withCookieClick } from "./core/browser.ts";
import type { Dialect, DialectCall, DialectLine, DialectReading, DialectSettings, Pair } from "./core/contracts.ts";
import { allPairs, parameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";
import { CLICK_PATHS, visit, visited } from "./post-affiliate-pro-click.ts";

const STATUSES = { a: "count", p: "count", d: "void" } as const;

/** The items of `sale=[{…}]`, with the visitor of the call. */
const SALE: VendorForm = {
  dialect: "post_affiliate_pro",
  names: {
    clickId: ["visitorId"],
    externalId: ["o"],
    amount: ["t"],
    currency: ["cr"],
    goal: ["ac"],
    status: ["s"],
    code: ["cp"],
    partner: ["a"],
    offer: ["c"],
  },
  statuses: STATUSES,
  secret: [],
};

const PIXEL: VendorForm = {
  dialect: "post_affiliate_pro",
  names: {
    clickId: ["visitorId"],
    externalId: ["OrderID"],
    amount: ["TotalCost"],
    currency: ["Currency"],
    goal: ["ActionCode"],
    status: ["PStatus"],
    code: ["Coupon"],
    partner: ["AffiliateID"],
    offer: ["CampaignID"],
  },
  statuses: STATUSES,
  secret: [],
};

const MOST_SALES = 100;

function read(call: DialectCall, settings: DialectSettings): DialectReading {
  if (
    call.rule?.path.endsWith("/sale.php") === true ||
    (call.rule === undefined && parameter(call, ["sale"]) === undefined)
  )
    return { lines: [vendorLine(PIXEL, withCookieClick(call, ["visitorid"], allPairs(call)), settings)] };
  return readSales(call, settings);
}

function readSales(call: DialectCall, settings: DialectSettings): DialectReading {
  const sent = parameter(call, ["sale"]);
  if (sent === undefined)
    return refused(
      "bad_request",
      "This call carries no sale",
      "send sale=[{…}], or what the page was asked for in getParams",
    );
  const items = itemsOf(sent);
  if (items === undefined || items.length === 0)
    return refused("bad_request", "sale is not a list of sales in JSON", 'send sale=[{"t":"100","o":"order"}]');
  if (items.length > MOST_SALES)
    return refused("too_large", `A call carries ${MOST_SALES} sales at most`, "send the others in another call");
  const visitor = parameter(call, ["visitorid"]);
  const repeated = repeatedOrders(items);
  return { lines: items.map((item) => saleLine(item, visitor, repeated, settings)) };
}

function refused(code: "bad_request" | "too_large", detail: string, hint: string): DialectReading {
  return { refused: { code, detail, field: "sale", hint } };
}

function itemsOf(sent: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const value: unknown = JSON.parse(sent);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every(isRecord) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === "object" && item !== null && !Array.isArray(item);
}

/** Orders that have several sales in one call, one for each product. */
function repeatedOrders(items: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<string> {
  const orders = items.map((item) => String(item.o ?? ""));
  return new Set(orders.filter((order, at) => order !== "" && orders.indexOf(order) !== at));
}

function saleLine(
  item: Readonly<Record<string, unknown>>,
  visitor: string | undefined,
  repeated: ReadonlySet<string>,
  settings: DialectSettings,
): DialectLine {
  const pairs = Object.entries(item).flatMap(([name, value]): Pair[] =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
  );
  const order = String(item.o ?? "");
  const product = typeof item.p === "string" && item.p !== "" ? item.p : undefined;
  const told = repeated.has(order) && product !== undefined ? [...pairs.filter(([name]) => name !== "o")] : pairs;
  const own: Pair[] = told === pairs ? [] : [["o", `${order}:${product}`]];
  return vendorLine(
    SALE,
    [...told, ...own, ...(visitor === undefined ? [] : [["visitorId", visitor] as const])],
    settings,
  );
}

export const postAffiliatePro: Dialect = {
  name: "post_affiliate_pro",
  title: "Post Affiliate Pro",
  paths: [
    ...CLICK_PATHS,
    ...["", "/:folder"].flatMap((folder) => [
      {
        path: `${folder}/scripts/track.php`,
        methods: ["GET", "POST"],
        what: "sales and actions (sale=[{…}])",
      } as const,
      {
        path: `${folder}/scripts/sale.php`,
        methods: ["GET", "POST"],
        what: "sale or action (pixel, postback)",
        browser: true,
      } as const,
    ]),
  ],
  mayLackToken: true,
  secretParameters: [],
  sources: [
    {
      title: "Sale (action) tracking request data",
      address: "https://support.qualityunit.com/038895-Sale-action-tracking-request-data-description",
    },
    {
      title: "Click tracking request data",
      address: "https://support.qualityunit.com/705881-Click-tracking-request-data-description",
    },
    {
      title: "Pixel tracking (HTML image)",
      address: "https://support.qualityunit.com/687297-Pixel-tracking-HTML-image",
    },
  ],
  limits: [
    "Calls carry no credential at Post Affiliate Pro: the source has to let them in without a token, best from named addresses only.",
    "A click of its script (`track.php` with `getParams`, without `sale`) is the partner's (`a_aid`): an imported link of that address, else the link of the partner whom the settings name for `a_aid` (or whose code it is), for the offer whose code is `a_cid`, or for its only offer. Names of parameters that were changed in its settings are not known here.",
    "A click is answered with `setVisitor('…')` and its own id, for a visitor who had one too: the script and the PHP class keep it, and sales bring it as `visitorId`. Parameters behind `#` are not read.",
    "`sale.php` without a `visitorId` finds the visitor's last click by the program's cookie.",
    "`visitorId` counts as the click when it holds a click id of ours; its own visitor ids are kept, and bind nobody.",
    "Custom and fixed commissions (`cc`, `f`, `Commission`, `FixedCost`) are kept beside the event: what a partner earns is said by its agreement here.",
    "The answer is empty, as it is documented for calls that name a visitor; no visitor is made by a call without one.",
    "An installation may lie in a folder of its own (`/affiliate/scripts/…`); one in a folder within a folder is reached at `/in/<token>/scripts/…`.",
  ],
  credential(call) {
    const account = parameter(call, ["accountid"]);
    return account === undefined || account === "default1" ? { kind: "none" } : { kind: "none", account };
  },
  read,
  visit,
  visited,
  answer(outcome) {
    const sentence = refusalSentence(outcome);
    return sentence === undefined ? textAnswer(200, "") : textAnswer(outcome.status, sentence);
  },
};
