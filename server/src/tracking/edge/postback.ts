import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../kernel/clock.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { type EdgeProgram, ENTRY_KIND, type StoredCall, type StoredRefusal } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readEventFields } from "../core/event-fields.ts";
import type { ParseContext } from "../core/parse-event.ts";
import { readPairs } from "../core/query.ts";
import { parseReceiptId, receiptId } from "../core/receipt-id.ts";
import { cutText, storable } from "../core/stored.ts";
import { callBody, callRefusal, isEvent, type ReadLine, readJsonLine, readLine } from "../events/call.ts";
import { checkSignature } from "../events/signature.ts";
import { tokenHash, type Vault } from "../events/source.ts";
import type { IntakeLog } from "../intake/log.ts";
import type { EdgeSourceRow } from "../store/edge-rows.ts";
import type { Proxies } from "./address.ts";
import { type LineAnswer, noteAnswers, sendJson, sendProblem } from "./call-answer.ts";
import type { Replays } from "./replays.ts";
import type { RouteTable } from "./route-table.ts";

export interface PostbackDeps {
  readonly clock: Clock;
  readonly log: IntakeLog;
  readonly routes: RouteTable;
  readonly clickIds: ClickIds;
  readonly proxies: Proxies;
  readonly vault: Vault;
  readonly replays: Replays;
  readonly onDefect?: (error: Error) => void;
}

/** A call as it came in. */
export interface IncomingCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly contentType: string;
  readonly body: Buffer;
  readonly req: IncomingMessage;
}

const BODY_BYTES = 1024 * 1024;
const RAW_LENGTH = 8 * 1024;
const EVENTS_PER_CALL = 1000;
const NO_BODY = Buffer.alloc(0);

/** Answers `GET|POST /p/<token>`: events from the operator's systems. Answered once the call is durable, refused ones too. */
export function postbackDoor(deps: PostbackDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method === "GET" || req.method === "POST") {
      return takeCall(deps, req, res, (call) => answerCall(deps, call, res));
    }
    sendProblem(res, callRefusal("method_not_allowed", "This address takes GET and POST"), undefined);
  };
}

/** Reads a call to its end and hands it on; one that is too large, or breaks what is done with it, is answered here. */
export function takeCall(
  deps: PostbackDeps,
  req: IncomingMessage,
  res: ServerResponse,
  work: (call: IncomingCall) => void,
): void {
  if (req.method === "GET") {
    guarded(deps, res, () => work(callOf(req, NO_BODY)));
    return;
  }
  readBody(req, (body) => {
    if (body === undefined)
      sendProblem(res, callRefusal("too_large", `A postback holds ${BODY_BYTES} bytes at most`), undefined);
    else guarded(deps, res, () => work(callOf(req, body)));
  });
}

/** Nothing that happens after the handler has returned may reach the process as an uncaught error. */
function guarded(deps: PostbackDeps, res: ServerResponse, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) sendProblem(res, callRefusal(error.code, error.message), undefined);
    else {
      deps.onDefect?.(error as Error);
      sendProblem(res, callRefusal("internal", "The call could not be read"), undefined);
    }
  }
}

function readBody(req: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  req.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= BODY_BYTES) chunks.push(chunk);
  });
  req.on("end", () => done(size > BODY_BYTES ? undefined : Buffer.concat(chunks)));
  req.on("error", () => undefined); // the sender is gone: nobody to answer, nothing was accepted
}

export function callOf(req: IncomingMessage, body: Buffer): IncomingCall {
  const url = req.url ?? "";
  const mark = url.indexOf("?");
  return {
    method: req.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    contentType: (req.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "",
    body,
    req,
  };
}

function answerCall(deps: PostbackDeps, call: IncomingCall, res: ServerResponse): void {
  const token = call.path.slice(3);
  const { source, program, refused, signature } = admit(deps, call, deps.routes.source(tokenHash(token)));
  const read =
    refused !== undefined || program === undefined
      ? { lines: [], refused }
      : readLines(call, parseContext(deps, program));
  const stored: Omit<StoredCall, "v"> = {
    door: "postback",
    ...origin(deps, call, source),
    ...(read.refused === undefined ? undefined : { refused: read.refused }),
    events: read.lines.map((line) => line.stored),
  };
  const done: Appended = (receipt, problem) => {
    if (problem !== undefined) sendProblem(res, problem, undefined);
    else if (read.refused !== undefined) sendProblem(res, read.refused, receipt(undefined));
    else answerLines(res, read.lines, receipt);
  };
  append(deps, stored, done, signature);
}

/** Who sent it, as it is stored with the call. */
export function origin(
  deps: PostbackDeps,
  call: IncomingCall,
  source: EdgeSourceRow | undefined,
): Pick<StoredCall, "sourceId" | "programId" | "ip" | "ua" | "raw" | "test"> {
  const { headers, socket } = call.req;
  const ip = deps.proxies.client(socket.remoteAddress, headers["x-forwarded-for"] as string | undefined);
  const ua = headers["user-agent"];
  const raw = [call.query, call.body.length > 0 ? call.body.toString("utf8", 0, RAW_LENGTH) : ""]
    .filter((t) => t !== "")
    .join("\n");
  return {
    ...(source === undefined ? undefined : { sourceId: source.source_id, programId: source.program_id }),
    ...(source?.test === true ? { test: true } : undefined),
    ...(ip === undefined ? undefined : { ip }),
    ...(ua === undefined || ua === "" ? undefined : { ua: cutText(ua, 300) }),
    ...(raw === "" ? undefined : { raw: cutText(storable(raw), RAW_LENGTH) }),
  };
}

interface Admission {
  readonly source: EdgeSourceRow | undefined;
  readonly program: EdgeProgram | undefined;
  readonly refused: StoredRefusal | undefined;
  /** of a call that was signed, and rightly */
  readonly signature?: string | undefined;
}

/** Who may come in: a living source of a program that takes events, signed where it has to be. */
export function admit(deps: PostbackDeps, call: IncomingCall, source: EdgeSourceRow | undefined): Admission {
  if (source === undefined || source.status !== "active") {
    const refused = callRefusal(
      "unknown_source",
      "No event source has this token",
      "token",
      "take the address from Event sources in the console",
    );
    return { source: undefined, program: undefined, refused };
  }
  const program = deps.routes.program(source.program_id)?.program;
  if (program === undefined) throw new Error(`the program ${source.program_id} of a source is not known`);
  const signed = readSignature(deps, call, source);
  const refused = typeof signed === "string" ? undefined : signed;
  const signature = typeof signed === "string" ? signed : undefined;
  return { source, program, refused: refused ?? closedRefusal(program), signature };
}

function closedRefusal(program: EdgeProgram): StoredRefusal | undefined {
  return program.status === "closed" ? callRefusal("program_closed", "The program is closed") : undefined;
}

/** The signature of a call that is signed rightly, why it is refused, or undefined for one that need not be signed and is not. */
function readSignature(
  deps: PostbackDeps,
  call: IncomingCall,
  source: EdgeSourceRow,
): string | StoredRefusal | undefined {
  const { headers } = call.req;
  const signed = {
    ...call,
    timestampHeader: headers["x-tributary-timestamp"] as string | undefined,
    signatureHeader: headers["x-tributary-signature"] as string | undefined,
  };
  const unsigned = signed.signatureHeader === undefined && !/(?:^|&)sig=/.test(call.query);
  if (unsigned) {
    return source.require_signature
      ? callRefusal(
          "signature_invalid",
          "This source must sign its calls",
          "sig",
          "send ts and sig, see the guide to postbacks",
        )
      : undefined;
  }
  const check = checkSignature(signed, deps.vault.open(source.secret), deps.clock.now().getTime());
  if (check === "valid")
    return (signed.signatureHeader ?? /(?:^|&)sig=([^&]*)/.exec(call.query)?.[1] ?? "").toLowerCase();
  return check === "signature_expired"
    ? callRefusal(
        "signature_expired",
        "The timestamp lies more than five minutes from now",
        "ts",
        "sign right before sending, with a clock that is set",
      )
    : callRefusal(
        "signature_invalid",
        "The signature does not match",
        "sig",
        "sign timestamp, method, path, query and body as sent",
      );
}

export function parseContext(deps: PostbackDeps, program: EdgeProgram): ParseContext {
  return {
    timeZone: program.timeZone,
    currency: program.currency,
    customEvents: program.customEvents,
    now: deps.clock.now().getTime(),
    knowsClick: (id) => deps.clickIds.read(id) !== undefined,
  };
}

interface ReadCall {
  readonly lines: readonly ReadLine[];
  readonly refused: StoredRefusal | undefined;
}

/** A GET or a form is one event; a JSON body one or a list, or `{ "events": [ … ] }`. */
function readLines(call: IncomingCall, context: ParseContext): ReadCall {
  if (call.body.length > 0 && call.contentType.endsWith("json")) return readJson(call.body, context);
  if (call.body.length > 0 && !["", "application/x-www-form-urlencoded", "text/plain"].includes(call.contentType)) {
    const hint = "send application/x-www-form-urlencoded or application/json";
    return {
      lines: [],
      refused: callRefusal("unsupported_media_type", `${call.contentType} is not understood`, "content-type", hint),
    };
  }
  const form =
    call.body.length === 0
      ? call.query
      : [call.query, call.body.toString("latin1").trim()].filter((t) => t !== "").join("&");
  const { pairs, broken } = readPairs(form);
  if (broken !== undefined || !form.isWellFormed()) return { lines: [], refused: brokenEncoding(broken ?? "") };
  const own = pairs.filter(([name]) => name !== "sig" && name !== "ts");
  return { lines: [readLine(0, readEventFields(own), context, () => form)], refused: undefined };
}

function brokenEncoding(name: string): StoredRefusal {
  const detail = "The percent-encoding is broken or is not UTF-8";
  return callRefusal("malformed_encoding", detail, cutText(storable(name), 100), "encode values as UTF-8 and % as %25");
}

function readJson(body: Buffer, context: ParseContext): ReadCall {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return { lines: [], refused: callRefusal("bad_request", "The body is not JSON in UTF-8", "body") };
  }
  const inner = (value as { events?: unknown } | null)?.events;
  const list = Array.isArray(value) ? value : Array.isArray(inner) ? inner : [value];
  if (list.length === 0 || list.length > EVENTS_PER_CALL) {
    const detail = `A postback carries 1 to ${EVENTS_PER_CALL} events, this one ${list.length}`;
    return {
      lines: [],
      refused: callRefusal("too_large", detail, "events", "send more by POST /v1/events or as a file"),
    };
  }
  return { lines: list.map((item, line) => readJsonLine(line, item, context)), refused: undefined };
}

export type Appended = (receipt: (line: number | undefined) => string, problem: StoredRefusal | undefined) => void;

/**
 * Appends a call and tells when it is durable, with a maker of receipt ids; or why it could not be. A signed call that came before is told with
 * the receipt that it got then, and is not appended again.
 */
export function append(
  deps: PostbackDeps,
  call: Omit<StoredCall, "v">,
  done: Appended,
  signature?: string | undefined,
): void {
  const now = deps.clock.now().getTime();
  const before = signature === undefined ? undefined : deps.replays.receiptOf(signature, now);
  const earlier = before === undefined ? undefined : parseReceiptId(before);
  if (earlier !== undefined) {
    done((line) => receiptId(earlier.lane, earlier.seq, line), undefined);
    return;
  }
  const place = deps.log.reserve();
  deps.log.appendAt(place, ENTRY_KIND.events, now, callBody(call), (refusal) => {
    const problem = refusal === undefined ? undefined : callRefusal(refusal.code, refusal.message);
    if (problem === undefined && signature !== undefined)
      deps.replays.note(signature, receiptId(place.lane, place.seq), now);
    done((line) => receiptId(place.lane, place.seq, line), problem);
  });
}

function answerLines(
  res: ServerResponse,
  lines: readonly ReadLine[],
  receipt: (line: number | undefined) => string,
): void {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) {
    const { stored } = only;
    if (isEvent(stored)) sendJson(res, 200, { receipt: receipt(0), status: "received", ...noteAnswers(stored.notes) });
    else sendProblem(res, stored.refused, receipt(0), only.problems);
    return;
  }
  sendJson(res, 200, { receipt: receipt(undefined), events: lines.map((line) => lineAnswer(line, receipt)) });
}

/** What one event of many is answered. */
export function lineAnswer(line: ReadLine, receipt: (line: number | undefined) => string): LineAnswer {
  const { stored, problems } = line;
  const named = { line: stored.line, receipt: receipt(stored.line) };
  return isEvent(stored)
    ? { ...named, status: "received", ...noteAnswers(stored.notes) }
    : { ...named, status: "rejected", errors: problems };
}
