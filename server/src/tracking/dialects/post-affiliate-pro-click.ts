import { textAnswer } from "./core/answers.ts";
import type { DialectAnswer, DialectCall, DialectVisit, Pair, PathRule, VisitOutcome } from "./core/contracts.ts";
import { parameter } from "./core/credentials.ts";

/** The click of its script, and of its PHP class: the page's own parameters in `getParams`, and no sale. */
const CLICK_PATH: PathRule = {
  path: "/scripts/track.php",
  methods: ["GET"],
  needs: ["getParams"],
  lacks: ["sale"],
  what: "click (script, PHP class)",
  browser: true,
  records: "click",
  open: true,
};

export const CLICK_PATHS: readonly PathRule[] = [CLICK_PATH, { ...CLICK_PATH, path: "/:folder/scripts/track.php" }];

const PARTNER = ["a_aid", "affiliateid"];
const BANNER = ["a_bid", "bannerid"];
const OFFER = ["a_cid", "campaignid"];
/** What else the page says of the click, under the edge's own names. */
const NAMES: Readonly<Record<string, string>> = {
  a_bid: "creative",
  bannerid: "creative",
  chan: "source",
  channel: "source",
  data1: "sub1",
  data2: "sub2",
  pd1: "sub1",
  pd2: "sub2",
};

export function visit(call: DialectCall): DialectVisit {
  // The question mark of the page's address comes along.
  const asked = (parameter(call, ["getparams"]) ?? "").replace(/^\?/, "");
  const pairs: readonly Pair[] = [...new URLSearchParams(asked)];
  const named = (names: readonly string[]) =>
    pairs.find(([name, value]) => names.includes(name.toLowerCase()) && value !== "")?.[1];
  const [partner, banner] = [named(PARTNER), named(BANNER)];
  const page = addressOf(parameter(call, ["url"]));
  const link = new URLSearchParams({ ...(partner && { a_aid: partner }), ...(banner && { a_bid: banner }) }).toString();
  const rest = pairs.filter(([name]) => ![...PARTNER, ...OFFER].includes(name.toLowerCase()));
  return {
    // Without a partner in it the page was only looked at again.
    known: partner === undefined ? parameter(call, ["visitorid"]) : undefined,
    addresses: partner === undefined ? [] : [...(page === undefined ? [] : [`${page}?${link}`]), `/?${link}`],
    partner,
    offer: named(OFFER),
    pairs: rest.map(([name, value]) => [NAMES[name.toLowerCase()] ?? name, value]),
    page,
    referrer: addressOf(parameter(call, ["referrer"])),
    ip: parameter(call, ["ip"]),
    userAgent: parameter(call, ["useragent"]),
  };
}

/** `H_` stands for `http://`, `S_` for `https://`; a query has no place in it. */
function addressOf(sent: string | undefined): string | undefined {
  const address = sent?.replace(/^H_/, "http://").replace(/^S_/, "https://");
  const url = address === undefined ? null : URL.parse(address);
  return url === null || !/^https?:$/.test(url.protocol) ? undefined : `${url.origin}${url.pathname}`;
}

/** The script runs what it is answered, which keeps the id as its own visitor's; a visitor who is known gets nothing. */
export function visited({ status, clickId, refused }: VisitOutcome, call: DialectCall): DialectAnswer {
  if (status >= 400) return textAnswer(status, refused?.detail ?? "");
  const isKept = clickId === undefined || clickId === parameter(call, ["visitorid"])?.toLowerCase();
  const body = isKept ? "" : `setVisitor('${clickId}');`;
  return { status, contentType: "text/javascript; charset=utf-8", body };
}
