import { jsonAnswer } from "./core/answers.ts";
import { bodyPairs, lastValue } from "./core/body-pairs.ts";
import type { AskedCall, DialectAnswer, DialectCall, DialectVisit, PathRule, VisitOutcome } from "./core/contracts.ts";

/** What impact's API knows besides conversions and actions: page loads, and what became of what was submitted. */
const PAGE_LOAD = "/PageLoad";
const SUBMISSION = "/Advertisers/:account/APISubmissions/:batch";

export const MORE_PATHS: readonly PathRule[] = [
  { path: PAGE_LOAD, methods: ["POST"], what: "page load or app open", browser: true, records: "click", open: true },
  { path: SUBMISSION, methods: ["GET"], what: "what became of a submission", asks: true },
];

/** Names under which a landing page brings the id of its click. */
const CLICK_NAMES = ["irclickid", "im_ref", "click_id", "clickid"];

export function visit(call: DialectCall): DialectVisit {
  const pairs = bodyPairs(call);
  const page = lastValue(pairs, "PageUrl");
  const url = page === undefined ? null : URL.parse(page);
  const named = [...(url?.searchParams ?? [])].find(([name]) => CLICK_NAMES.includes(name.toLowerCase()))?.[1];
  const code = /^\/c\/(.+)$/.exec(url?.pathname ?? "")?.[1];
  return {
    known: lastValue(pairs, "ClickId") ?? named,
    addresses: page === undefined ? [] : [page],
    ...(code === undefined ? undefined : { code }),
    pairs: [...(url?.searchParams ?? [])],
    page,
    referrer: lastValue(pairs, "ReferringUrl"),
    ip: lastValue(pairs, "IpAddress"),
    // The caller is the operator's server or app: what it does not say of the visitor is not known.
    userAgent: lastValue(pairs, "UserAgent") ?? "",
  };
}

export function visited({ status, refused, clickId, landing, at }: VisitOutcome, call: DialectCall): DialectAnswer {
  const pairs = bodyPairs(call);
  const missing = ["CampaignId", "EventDate", "PageUrl"].find((name) => lastValue(pairs, name) === undefined);
  if (missing !== undefined) return problem(400, missing, `Missing value for parameter [${missing}]`);
  if (refused !== undefined && status >= 400)
    return problem(
      status === 422 ? 400 : status,
      refused.field === "link" ? "PageUrl" : (refused.field ?? ""),
      refused.detail,
    );
  const warnings =
    refused === undefined ? undefined : [{ field: "PageUrl", level: "WARNING", message: refused.detail }];
  return jsonAnswer(200, { clickId, landingPage: landing, sessionStart: at.toISOString(), warnings });
}

function problem(status: number, field: string, message: string): DialectAnswer {
  return jsonAnswer(status, { errors: [{ field, level: "ERROR", message }] });
}

/** The id behind `A-` is the receipt in the log. */
export function ask(call: DialectCall): string | undefined {
  return /^A-(rcp_\w{3,20})$/.exec(call.segments.batch ?? "")?.[1];
}

const TYPES: Readonly<Record<string, string>> = { POST: "Conversion", PUT: "Modification", DELETE: "Reversal" };

export function asked(found: AskedCall | undefined, call: DialectCall): DialectAnswer {
  if (found === undefined) return jsonAnswer(404, { Status: "ERROR", Message: "The requested resource was not found" });
  const { account = "", batch = "" } = call.segments;
  // The first line of what is kept is the address, the second what was sent to it.
  const Payload = found.raw.slice(found.raw.indexOf("\n") + 1);
  const pairs = [...new URLSearchParams(Payload)];
  const number = (name: string): number | null => {
    const value = Number(lastValue(pairs, name) ?? Number.NaN);
    return Number.isSafeInteger(value) ? value : null;
  };
  return jsonAnswer(200, {
    BatchId: batch,
    SubmissionDate: found.receivedAt.toISOString(),
    CampaignId: number("CampaignId"),
    ActionTrackerId: number("ActionTrackerId") ?? number("EventTypeId"),
    MediaPartnerId: number("MediaPartnerId"),
    EventCode: lastValue(pairs, "EventTypeCode") ?? null,
    OrderId: found.externalId ?? lastValue(pairs, "OrderId") ?? null,
    Payload,
    Type: TYPES[found.method] ?? "Conversion",
    Status: found.processed ? "Complete" : "Queued",
    CompletionDate: found.processed ? found.receivedAt.toISOString() : null,
    ErrorType: found.problem === undefined ? null : "Processing Error",
    ErrorReason: found.problem?.toUpperCase() ?? null,
    Uri: `/Advertisers/${encodeURIComponent(account)}/APISubmissions/${encodeURIComponent(batch)}`,
  });
}
