import type { IncomingMessage, ServerResponse } from "node:http";
import { ERRORS, type ErrorCode } from "@tributary/contract";
import type { StoredCall, StoredEvent, StoredLine, StoredRefusal } from "../contracts.ts";
import { readEventFields } from "../core/event-fields.ts";
import type { ParseContext } from "../core/parse-event.ts";
import { cutText, storable } from "../core/stored.ts";
import { mayEnter, settingsOf, sourceOfCredential } from "../dialects/admission.ts";
import type { Dialect, DialectCall, DialectLine, DialectOutcome } from "../dialects/core/contracts.ts";
import { DIALECTS, dialectNamed } from "../dialects/index.ts";
import { type Listener, type Listeners, listenersOf, plainPath } from "../dialects/listeners.ts";
import { callRefusal, readLine, refusalOf } from "../events/call.ts";
import { tokenHash } from "../events/source.ts";
import type { EdgeSourceRow } from "../store/edge-rows.ts";
import { sendProblem } from "./call-answer.ts";
import { sendForeign, sendPreflight } from "./foreign-answer.ts";
import { type AskDeps, answerAsked } from "./foreign-ask.ts";
import { type ForeignCall, foreignCall, withoutSecrets } from "./foreign-call.ts";
import { answerVisit, refusedVisit, sendVisited } from "./foreign-visit.ts";
import { cookieClick } from "./pixel.ts";
import {
  type Appended,
  admit,
  append,
  type IncomingCall,
  origin,
  type PostbackDeps,
  parseContext,
  takeCall,
} from "./postback.ts";
import type { VisitDeps } from "./visit-record.ts";
import { hostOf } from "./visitor.ts";

type ForeignDeps = PostbackDeps & VisitDeps & AskDeps;

type ForeignDoor = (req: IncomingMessage, res: ServerResponse) => boolean;

/**
 * Takes calls that are made as other platforms want them: at `/in/<token>/<their path>`, and at their own paths where a source
 * speaks the dialect (the program's own domain, or the deployment's). Answers false to whatever nobody here listens for.
 */
export function foreignDoors(deps: ForeignDeps): ForeignDoor {
  const listeners = listenersOf(DIALECTS);
  return (req, res) => {
    const url = req.url ?? "";
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    if (req.method === "OPTIONS") return answerPreflight(deps, listeners, path, req, res);
    if (path.startsWith("/in/")) {
      takeCall(deps, req, res, (call) => answerAtToken(deps, call, res));
      return true;
    }
    const query = mark < 0 ? "" : url.slice(mark + 1);
    const found = listeners.find(req.method ?? "GET", path, query);
    if (found.length === 0) return false;
    const addressed = found.flatMap((listener) => addressedBy(deps, listener, hostOf(req.headers.host)));
    if (addressed.length === 0) return false;
    takeCall(deps, req, res, (call) => answerAtPath(deps, call, addressed, res));
    return true;
  };
}

/** A browser asks before a page of another origin may call: answered where browsers call, and a source listens. */
function answerPreflight(
  deps: ForeignDeps,
  listeners: Listeners,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
): boolean {
  const method = String(req.headers["access-control-request-method"] ?? "");
  const { token, rest } = tokenIn(path);
  const [found] = listeners.find(method, rest, "").filter(({ rule }) => rule.browser === true);
  if (found === undefined) return false;
  const host = hostOf(req.headers.host);
  const listens =
    token === undefined
      ? addressedBy(deps, found, host).length > 0
      : deps.routes.source(tokenHash(token))?.dialect === found.dialect.name;
  if (listens) sendPreflight(res, req, found.rule);
  return listens;
}

/** `/in/<token>/<path>`: the token, and the platform's own path. */
function tokenIn(path: string): { readonly token?: string; readonly rest: string } {
  if (!path.startsWith("/in/")) return { rest: path };
  const end = path.indexOf("/", 4);
  return { token: path.slice(4, end < 0 ? undefined : end), rest: end < 0 ? "/" : plainPath(path.slice(end)) };
}

interface Addressed {
  readonly listener: Listener;
  readonly sources: readonly EdgeSourceRow[];
}

/** The sources that speak a dialect at a host: on a program's own domain that program's, elsewhere all. */
function addressedBy(deps: ForeignDeps, listener: Listener, host: string): Addressed[] {
  const program = deps.routes.programOfHost(host)?.program.programId;
  const speaking = deps.routes.sourcesSpeaking(listener.dialect.name);
  const sources = program === undefined ? speaking : speaking.filter((source) => source.program_id === program);
  return sources.length === 0 ? [] : [{ listener, sources }];
}

function answerAtPath(
  deps: ForeignDeps,
  incoming: IncomingCall,
  addressed: readonly Addressed[],
  res: ServerResponse,
): void {
  const ip = clientOf(deps, incoming);
  const read = addressed.map(({ listener, sources }) => {
    const foreign = foreignCall(incoming, incoming.path, listener);
    const credential = listener.dialect.credential(foreign.call);
    const { open } = listener.rule;
    return { listener, foreign, source: sourceOfCredential(sources, { credential, ip, open }, deps.vault) };
  });
  const chosen = read.find(({ source }) => source !== undefined) ?? read[0];
  if (chosen === undefined) throw new Error("nobody was addressed");
  const { listener, foreign, source } = chosen;
  const understood = { incoming, path: incoming.path, dialect: listener.dialect, foreign };
  if (source === "several") answer(deps, { ...understood, source: undefined, ambiguous: SEVERAL }, res);
  else answer(deps, { ...understood, source }, res);
}

const SEVERAL = callRefusal(
  "unknown_source",
  "More than one event source takes this call",
  "token",
  "call the program's own tracking domain, or the address /in/<token> of the source",
);

/** `/in/<token>`, `/in/<token>/<path>`: the token says which source, and with it which dialect. */
function answerAtToken(deps: ForeignDeps, incoming: IncomingCall, res: ServerResponse): void {
  const { token = "", rest: path } = tokenIn(incoming.path);
  const source = deps.routes.source(tokenHash(token));
  const dialect = source?.status === "active" ? dialectNamed(source.dialect) : undefined;
  if (source === undefined || dialect === undefined) {
    refuseUnknown(deps, incoming, path, res);
    return;
  }
  const [listener] = listenersOf([dialect]).find(incoming.method, path, incoming.query);
  const foreign = foreignCall(incoming, path, listener);
  const credential = dialect.credential(foreign.call);
  const caller = { credential, ip: clientOf(deps, incoming), open: listener?.rule.open };
  const admitted = mayEnter(source, caller, deps.vault) ? source : undefined;
  const refused = foreign.refused ?? (listener === undefined ? unknownPath(foreign.call, dialect) : undefined);
  answer(deps, { incoming, path, dialect, foreign: { ...foreign, refused }, source: admitted }, res);
}

function unknownPath({ method, path }: DialectCall, dialect: Dialect): StoredRefusal | undefined {
  if (path === "/" && (method === "GET" || method === "POST")) return undefined;
  const known = dialect.paths.map((rule) => `${rule.methods.join("|")} ${rule.path}`).join(", ");
  const detail = `${dialect.title} has no ${method} ${cutText(storable(path), 100)} that is understood here`;
  return callRefusal("not_found", detail, "path", `understood: ${known}`);
}

function refuseUnknown(deps: ForeignDeps, incoming: IncomingCall, path: string, res: ServerResponse): void {
  const { refused } = admit(deps, incoming, undefined);
  if (refused === undefined) throw new Error("a call without a source was let in");
  const from = origin(deps, withoutSecrets(incoming, path, undefined), undefined);
  append(deps, { door: "postback", ...from, refused, events: [] }, (receipt, problem) =>
    sendProblem(res, problem ?? refused, problem === undefined ? receipt(undefined) : undefined),
  );
}

interface Understood {
  readonly incoming: IncomingCall;
  readonly path: string;
  readonly dialect: Dialect;
  readonly foreign: ForeignCall;
  readonly source: EdgeSourceRow | undefined;
  /** why none was chosen, when that says more than that none has the token */
  readonly ambiguous?: StoredRefusal;
}

function answer(deps: ForeignDeps, understood: Understood, res: ServerResponse): void {
  const { incoming, dialect, foreign } = understood;
  const { source, program, ...admission } = admit(deps, incoming, understood.source);
  const signature = admission.signature ?? theirSignature(dialect, foreign.call, source);
  const refused = understood.ambiguous ?? admission.refused;
  if (refused !== undefined || program === undefined || source === undefined) {
    if (refused === undefined) throw new Error("a call without a source was let in");
    store(deps, understood, { call: foreign.call, source, lines: [], refused, mustRefuse: true }, res);
    return;
  }
  const { rule } = foreign.call;
  const clickId = rule?.browser === true ? cookieClick(deps, incoming, program) : undefined;
  const call = clickId === undefined ? foreign.call : { ...foreign.call, cookieClick: clickId };
  if (rule?.asks === true && foreign.refused === undefined) {
    answerAsked(deps, { incoming, dialect, call, source }, res);
    return;
  }
  if (rule?.records !== undefined && foreign.refused === undefined) {
    const problem = answerVisit(deps, { incoming, dialect, call, source }, res);
    if (problem !== undefined)
      store(deps, understood, { call, source, lines: [], refused: problem, mustRefuse: true }, res);
    return;
  }
  const read = readCall(dialect, { ...foreign, call }, source, parseContext(deps, program));
  store(deps, understood, { call, source, ...read, mustRefuse: false, signature }, res);
}

/** The platform's own signature, checked, says of a call what ours does: the same one again is the same call. */
function theirSignature(dialect: Dialect, call: DialectCall, source: EdgeSourceRow | undefined): string | undefined {
  if (dialect.signs !== true || source === undefined || source.incumbent_secret === null) return undefined;
  const credential = dialect.credential(call);
  return credential.kind === "hmac" ? credential.sha256Hex.toLowerCase() : undefined;
}

interface Decided extends ReadCall {
  readonly call: DialectCall;
  readonly source: EdgeSourceRow | undefined;
  /** whoever was not let in is never told yes, whatever the dialect says */
  readonly mustRefuse: boolean;
  readonly signature?: string | undefined;
}

/** Keeps the call in the log, refused ones too, and answers when it is durable. */
function store(
  deps: ForeignDeps,
  { incoming, path, dialect }: Understood,
  decided: Decided,
  res: ServerResponse,
): void {
  const { call, source, lines: read, refused } = decided;
  const stored: Omit<StoredCall, "v"> = {
    door: "postback",
    ...origin(deps, withoutSecrets(incoming, path, dialect), source),
    ...(refused === undefined ? undefined : { refused }),
    events: read,
  };
  const done: Appended = (receipt, problem) => {
    const whole = problem ?? refused;
    if (whole !== undefined && call.rule?.records !== undefined && dialect.visited !== undefined) {
      sendVisited(res, { incoming, dialect, call }, refusedVisit(whole, deps.clock.now()));
      return;
    }
    const lines = read.map((line) => ({
      receipt: receipt(line.line),
      ...("refused" in line ? { refused: line.refused } : { externalId: line.externalId }),
    }));
    const outcome: DialectOutcome = {
      status: statusOf(whole, read),
      ...(whole === undefined ? undefined : { refused: whole }),
      ...(problem === undefined ? { receipt: receipt(undefined) } : undefined),
      lines: whole === undefined ? lines : [],
    };
    const answer = dialect.answer(outcome, call);
    const isYes = (decided.mustRefuse || problem !== undefined) && answer.status < 400;
    sendForeign(res, incoming.req, call.rule, isYes ? { ...answer, status: outcome.status } : answer);
  };
  append(deps, stored, done, decided.signature);
}

interface ReadCall {
  readonly lines: readonly StoredLine[];
  readonly refused: StoredRefusal | undefined;
}

function readCall(dialect: Dialect, foreign: ForeignCall, source: EdgeSourceRow, context: ParseContext): ReadCall {
  if (foreign.refused !== undefined) return { lines: [], refused: foreign.refused };
  const reading = dialect.read(foreign.call, settingsOf(source));
  if (reading.refused !== undefined) return { lines: [], refused: reading.refused };
  return { lines: reading.lines.map((line, at) => storedLine(at, line, context)), refused: undefined };
}

const RAW_LENGTH = 1024;

function storedLine(at: number, line: DialectLine, context: ParseContext): StoredLine {
  if (line.problems !== undefined)
    return { line: at, refused: refusalOf(line.problems), raw: cutText(storable(line.raw), RAW_LENGTH) };
  const raw = () => line.pairs.map(([name, value]) => `${name}=${value}`).join("&");
  const { stored } = readLine(at, readEventFields(line.pairs), context, raw);
  return line.ifKnown === undefined || "refused" in stored ? stored : conditional(stored, line.ifKnown);
}

/** What only confirms an event was read as if it took it back, so that nothing of its content was asked for. */
function conditional({ void: _, ...event }: StoredEvent, ifKnown: "keep" | "require" | "amend"): StoredEvent {
  return { ...event, ifKnown };
}

/** What was left aside by the operator's own settings was received: the sender has nothing to repeat. */
function statusOf(whole: StoredRefusal | undefined, lines: readonly StoredLine[]): number {
  const refusal =
    whole ??
    lines.flatMap((line) => ("refused" in line && line.refused.code !== "left_aside" ? [line.refused] : []))[0];
  if (refusal === undefined) return 200;
  return ERRORS[(refusal.code in ERRORS ? refusal.code : "internal") as ErrorCode].status;
}

function clientOf(deps: ForeignDeps, { req }: IncomingCall): string | undefined {
  return deps.proxies.client(req.socket.remoteAddress, req.headers["x-forwarded-for"] as string | undefined);
}
