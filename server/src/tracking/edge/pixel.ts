import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../../kernel/refusal.ts";
import type { EdgeProgram, StoredCall, StoredRefusal } from "../contracts.ts";
import { readEventFields } from "../core/event-fields.ts";
import { readPairs } from "../core/query.ts";
import { callRefusal, type ReadLine, readLine } from "../events/call.ts";
import { tokenHash } from "../events/source.ts";
import { admit, append, callOf, type IncomingCall, origin, type PostbackDeps, parseContext } from "./postback.ts";
import { cookieValue } from "./visitor.ts";

/** A transparent picture of one pixel, 43 bytes. */
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/**
 * Answers `GET /i/<token>.gif`: an event sent by the visitor's browser. The click id may come from the program's cookie. The
 * answer is always the picture; 200 says that the call is durable, whatever became of its event, 503 that it is not.
 */
export function pixelDoor(deps: PostbackDeps): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    if (req.method !== "GET") return picture(res, req.method === "HEAD" ? 200 : 405);
    try {
      recordPixel(deps, callOf(req, Buffer.alloc(0)), res);
    } catch (error) {
      if (!(error instanceof Refusal)) deps.onDefect?.(error as Error);
      picture(res, 503);
    }
  };
}

function recordPixel(deps: PostbackDeps, call: IncomingCall, res: ServerResponse): void {
  const token = call.path.slice(3).replace(/\.gif$/, "");
  const { source, program, refused, signature } = admit(deps, call, deps.routes.source(tokenHash(token)));
  const line = refused === undefined && program !== undefined ? readPixel(deps, call, program) : undefined;
  const whole = refused ?? (line !== undefined && "code" in line ? line : undefined);
  const stored: Omit<StoredCall, "v"> = {
    door: "pixel",
    ...origin(deps, call, source),
    ...(whole === undefined ? undefined : { refused: whole }),
    events: line !== undefined && "stored" in line ? [line.stored] : [],
  };
  append(deps, stored, (_receipt, problem) => picture(res, problem === undefined ? 200 : 503), signature);
}

function readPixel(deps: PostbackDeps, call: IncomingCall, program: EdgeProgram): ReadLine | StoredRefusal {
  const { pairs, broken } = readPairs(call.query);
  if (broken !== undefined)
    return callRefusal("malformed_encoding", "The percent-encoding is broken or is not UTF-8", broken.slice(0, 100));
  const read = readEventFields(pairs.filter(([name]) => name !== "sig" && name !== "ts"));
  const clickId = read.fields.clickId === undefined ? cookieClick(deps, call, program) : undefined;
  const completed = clickId === undefined ? read : { ...read, fields: { ...read.fields, clickId } };
  return readLine(0, completed, parseContext(deps, program), () => call.query);
}

/** The click, or else the impression, that the program's cookies name; authentic. */
export function cookieClick(deps: PostbackDeps, { req }: IncomingCall, program: EdgeProgram): string | undefined {
  const routed = deps.routes.program(program.programId);
  const header = req.headers.cookie;
  if (header === undefined || routed === undefined) return undefined;
  const seen = routed.viewCookie === undefined ? undefined : cookieValue(header, routed.viewCookie);
  const clickId = cookieValue(header, routed.cookie) ?? seen;
  return clickId !== undefined && deps.clickIds.read(clickId) !== undefined ? clickId : undefined;
}

/** Answers with the picture. */
export function picture(res: ServerResponse, status: number, cookie?: string): void {
  if (res.headersSent) return;
  res.writeHead(status, [
    ...(cookie === undefined ? [] : ["Set-Cookie", cookie]),
    "Content-Type",
    "image/gif",
    "Cache-Control",
    "no-store",
    "Content-Length",
    String(GIF.length),
  ]);
  res.end(GIF);
}
