import type { ServerResponse } from "node:http";
import { ERRORS, type ErrorCode } from "@tributary/contract";
import type { StoredRefusal } from "../contracts.ts";
import { type AliasVendor, aliasVendor, readAlias } from "../core/alias.ts";
import { readClickInput } from "../core/click-fields.ts";
import { settingsOf } from "../dialects/admission.ts";
import type { Dialect, DialectCall, DialectVisit, VisitOutcome } from "../dialects/core/contracts.ts";
import { callRefusal } from "../events/call.ts";
import type { EdgeSourceRow } from "../store/edge-rows.ts";
import { sendForeign } from "./foreign-answer.ts";
import type { IncomingCall } from "./postback.ts";
import type { RoutedLink } from "./route-table.ts";
import {
  allowedOrigin,
  type RecordedVisit,
  recordVisit,
  type VisitDeps,
  type VisitingRequest,
} from "./visit-record.ts";
import { hostOf } from "./visitor.ts";

/** A visit that another platform's script or API tells of. */
interface ForeignVisit {
  readonly incoming: IncomingCall;
  readonly dialect: Dialect;
  readonly call: DialectCall;
  readonly source: EdgeSourceRow;
}

/** Records a click or an impression that was told of, and answers as the platform does once it is durable. @returns why it could not be */
export function answerVisit(deps: VisitDeps, told: ForeignVisit, res: ServerResponse): StoredRefusal | undefined {
  const { dialect, call, incoming, source } = told;
  const visit = dialect.visit?.(call);
  const kind = call.rule?.records;
  if (visit === undefined || kind === undefined)
    throw new Error(`${dialect.name} cannot read the visits of its address`);
  const reply = (outcome: VisitOutcome) => sendVisited(res, told, outcome);
  const known = visit.known === undefined ? undefined : deps.clickIds.read(visit.known);
  if (visit.known !== undefined && known !== undefined && known.test !== true) {
    reply({ status: 200, clickId: visit.known.toLowerCase(), at: deps.clock.now() });
    return undefined;
  }
  const link = linkOf(deps, visit, source, hostOf(incoming.req.headers.host), dialect.name);
  if (link === undefined) return [visit.partner, visit.code, visit.coupon].every(isLeftOut) ? NOBODYS : UNKNOWN_LINK;
  const origin = call.rule?.browser === true ? incoming.req.headers.origin : undefined;
  if (origin !== undefined && allowedOrigin(link, origin) === undefined) return FOREIGN_PAGE;
  const req = requestOf(visit, incoming);
  const page = visit.page === undefined || allowedOrigin(link, visit.page) === undefined ? undefined : visit.page;
  const query = new URLSearchParams(visit.pairs.map(([name, value]) => [name, value])).toString();
  const input = { ...readClickInput(query, 0), deepLink: page?.split("#", 1)[0] };
  const isTold = req !== incoming.req;
  recordVisit(deps, { kind, req, link, input, referrer: visit.referrer, isTold }, (recorded, problem) =>
    reply(problem === undefined ? outcomeOf(recorded) : refusedVisit(problem, deps.clock.now())),
  );
  return undefined;
}

function isLeftOut(name: string | undefined): boolean {
  return name === undefined;
}

export function refusedVisit(refused: StoredRefusal, at: Date): VisitOutcome {
  // What names no link of ours at all was received, and is nobody's.
  if (refused.code === "left_aside") return { status: 200, refused, at };
  return { status: ERRORS[(refused.code in ERRORS ? refused.code : "internal") as ErrorCode].status, refused, at };
}

export function sendVisited(res: ServerResponse, told: Omit<ForeignVisit, "source">, outcome: VisitOutcome): void {
  const answer = told.dialect.visited?.(outcome, told.call);
  if (answer === undefined) throw new Error(`${told.dialect.name} has no answer to a visit`);
  sendForeign(res, told.incoming.req, told.call.rule, {
    ...answer,
    // Whoever was refused is never told yes, whatever the dialect says.
    status: outcome.refused !== undefined && answer.status < 400 ? outcome.status : answer.status,
  });
}

const UNKNOWN_LINK = callRefusal(
  "not_found",
  "No link here is meant by this visit",
  "link",
  "make a link of the partner for the offer, and name the partner in the settings of the event source",
);

const NOBODYS = callRefusal("left_aside", "The visit came by no link");

const FOREIGN_PAGE = callRefusal(
  "forbidden",
  "The offer does not allow this page",
  "page",
  "add the page's host to the allowed hosts of the offer",
);

function outcomeOf({ id, at, counts, verdict, link, landing }: RecordedVisit): VisitOutcome {
  const { partnerId, code } = link.partner;
  const told = { status: 200, at: new Date(at), landing: landing(), partner: { id: partnerId, code } };
  if (counts) return { ...told, clickId: id };
  return { ...told, refused: callRefusal("left_aside", `The visit does not count: ${verdict}`) };
}

/** The link that is meant: by the address that was imported, by its own code, or as the partner's link for the offer. */
function linkOf(
  deps: VisitDeps,
  visit: DialectVisit,
  source: EdgeSourceRow,
  host: string,
  dialect: string,
): RoutedLink | undefined {
  const { routes } = deps;
  const vendor = aliasVendor(dialect);
  const ofProgram = (link: RoutedLink | undefined) =>
    link?.program.program.programId === source.program_id ? link : undefined;
  for (const address of visit.addresses) {
    const found = vendor === undefined ? undefined : aliased(routes, vendor, address, source.program_id, host);
    const link = ofProgram(found === undefined ? undefined : routes.link(found));
    if (link !== undefined) return link;
  }
  const own = visit.code === undefined ? undefined : ofProgram(routes.link(visit.code));
  if (own !== undefined) return own;
  if (visit.partner === undefined) return ofProgram(linkOfCoupon(deps, visit, source.program_id));
  const { partners } = settingsOf(source);
  const partner = Object.hasOwn(partners, visit.partner) ? (partners[visit.partner] ?? "") : visit.partner;
  return routes.linkOfPartner(source.program_id, partner, visit.offer);
}

function linkOfCoupon({ routes, clock }: VisitDeps, visit: DialectVisit, programId: string): RoutedLink | undefined {
  const coupon = visit.coupon === undefined ? undefined : routes.coupons.find(programId, visit.coupon, clock.now());
  if (coupon === undefined) return undefined;
  const named = coupon.link_code === null ? undefined : routes.link(coupon.link_code);
  return named ?? routes.linkOfPartner(programId, coupon.partner_id, visit.offer);
}

function aliased(
  routes: VisitDeps["routes"],
  vendor: AliasVendor,
  address: string,
  programId: string,
  host: string,
): string | undefined {
  const read = readAlias(vendor, address);
  if (read === undefined) return undefined;
  const query = new URLSearchParams(read.params).toString();
  const url = query === "" ? read.path : `${read.path}?${query}`;
  const from = query === "" ? url.length : url.length - query.length;
  const found = routes.aliases.find(read.host ?? host, undefined, read.path, url, from);
  return (found ?? routes.aliases.find("", programId, read.path, url, from))?.code;
}

/** Where the visitor does not call itself, what the caller says of it stands in its place. */
function requestOf(visit: DialectVisit, { req }: IncomingCall): VisitingRequest {
  if (visit.ip === undefined && visit.userAgent === undefined) return req;
  const headers: VisitingRequest["headers"] = {};
  if (visit.userAgent !== undefined) headers["user-agent"] = visit.userAgent;
  return { method: "GET", headers, socket: { remoteAddress: visit.ip } as VisitingRequest["socket"] };
}
