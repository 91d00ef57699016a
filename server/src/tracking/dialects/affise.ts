import { jsonAnswer, refusalSentence } from "./core/answers.ts";
import { pixelAnswer, withCookieClick } from "./core/browser.ts";
import type { Dialect, DialectCall } from "./core/contracts.ts";
import { allPairs, tokenParameter } from "./core/credentials.ts";
import { type VendorForm, vendorLine } from "./core/vendor-event.ts";

const SECRET = ["secure", "afsecure"];

const FORM: VendorForm = {
  dialect: "affise",
  names: {
    clickId: ["clickid", "click_id"],
    externalId: ["action_id"],
    customerId: ["user_id"],
    amount: ["sum"],
    currency: ["currency"],
    goal: ["goal"],
    status: ["status"],
    code: ["promo_code"],
    partner: ["pid"],
    offer: ["offer_id"],
  },
  statuses: { "1": "count", "2": "count", "3": "void", "4": "count", "5": "count" },
  baseGoals: ["1"],
  secret: SECRET,
};

/** The pixel writes the same in words of its own. */
const PIXEL_PATHS = ["/success.jpg", "/success.php"];
const PIXEL: VendorForm = {
  ...FORM,
  names: {
    ...FORM.names,
    externalId: ["afid", "action_id"],
    amount: ["afprice", "sum"],
    goal: ["afgoal", "goal"],
    status: ["afstatus", "status"],
  },
};

function isPixel(call: DialectCall): boolean {
  return PIXEL_PATHS.includes(call.rule?.path ?? "");
}

export const affise: Dialect = {
  name: "affise",
  title: "Affise",
  paths: [
    { path: "/postback", methods: ["GET", "POST"], what: "conversion, or its change of status (same action_id)" },
    ...PIXEL_PATHS.map((path) => ({ path, methods: ["GET"], what: "conversion (pixel)", browser: true }) as const),
  ],
  mayLackToken: true,
  secretParameters: SECRET,
  sources: [
    {
      title: "Postback URL parameters",
      address: "https://help-center.affise.com/en/articles/6475468-affise-postback-url-parameters",
    },
    { title: "Postback errors", address: "https://help-center.affise.com/en/articles/6476587-postback-errors" },
    {
      title: "Server postbacks in statistics",
      address: "https://help-center.affise.com/en/articles/6492582-server-postbacks-in-statistics",
    },
  ],
  limits: [
    'Affise answers `{"status":1}` before it has looked at the values: so does this listener; what was wrong stands in the intake log.',
    "Calls for probabilistic and view-through attribution (`aimp_id`, or `offer_id` and `pid` without a click) are counted without a click.",
    "The pixel (`success.jpg`) finds the visitor's last click by the program's cookie when it names none; its parameters (`afid`, `afprice`, `afgoal`, `afstatus`) are known from the field.",
    "Status 2 (pending) and 5 (hold) count until status 3 arrives, unless the settings say otherwise.",
  ],
  credential: (call) => tokenParameter(call, SECRET),
  read(call, settings) {
    if (!isPixel(call)) return { lines: [vendorLine(FORM, allPairs(call), settings)] };
    const pairs = withCookieClick(call, ["clickid", "click_id"], allPairs(call));
    return { lines: [vendorLine(PIXEL, pairs, settings)] };
  },
  answer(outcome, call) {
    if (isPixel(call)) return pixelAnswer(outcome.refused === undefined ? 200 : outcome.status, call);
    if (outcome.refused === undefined) return jsonAnswer(200, { status: 1 });
    return jsonAnswer(outcome.status, { status: 2, error: refusalSentence(outcome) ?? "" });
  },
};
