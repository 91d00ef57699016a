import type { StoredRefusal } from "../contracts.ts";
import { decodeLenient, readPairs } from "../core/query.ts";
import { cutText, storable } from "../core/stored.ts";
import type { Dialect, DialectBody, DialectCall } from "../dialects/core/contracts.ts";
import { type Listener, plainPath } from "../dialects/listeners.ts";
import { callRefusal } from "../events/call.ts";
import type { IncomingCall } from "./postback.ts";

/** A call as a dialect reads it; `refused` when its bytes cannot be read (the rest is as empty as need be). */
export interface ForeignCall {
  readonly call: DialectCall;
  readonly refused: StoredRefusal | undefined;
}

/** Where a call carries a signature of ours in its query, that is no part of what the platform says. */
const signed = /(?:^|&)sig=/;

/** @param path the platform's own path */
export function foreignCall(incoming: IncomingCall, path: string, listener: Listener | undefined): ForeignCall {
  const query = readPairs(incoming.query);
  const rawBody = incoming.body.toString("utf8");
  const read = readBody(incoming, rawBody);
  const broken = query.broken ?? read.broken;
  const segments = Object.entries(listener?.segments ?? {}).map(([name, value]) => [name, decodeLenient(value)]);
  return {
    call: {
      method: incoming.method,
      path: plainPath(path),
      rule: listener?.rule,
      segments: Object.fromEntries(segments) as Record<string, string>,
      query: signed.test(incoming.query)
        ? query.pairs.filter(([name]) => name !== "sig" && name !== "ts")
        : query.pairs,
      headers: headersOf(incoming),
      contentType: incoming.contentType,
      body: read.body,
      rawBody,
    },
    refused: read.refused ?? (broken === undefined ? undefined : brokenEncoding(broken)),
  };
}

interface ReadBody {
  readonly body: DialectBody;
  readonly broken?: string;
  readonly refused?: StoredRefusal;
}

function readBody(incoming: IncomingCall, text: string): ReadBody {
  const { body, contentType } = incoming;
  if (body.length === 0) return { body: { kind: "none" } };
  if (contentType.endsWith("json")) return readJson(body);
  if (contentType === "" || contentType === "application/x-www-form-urlencoded") {
    const { pairs, broken } = readPairs(body.toString("latin1").trim());
    return broken === undefined ? { body: { kind: "form", pairs } } : { body: { kind: "form", pairs }, broken };
  }
  if (contentType === "text/plain") return { body: { kind: "text", text } };
  const refused = callRefusal(
    "unsupported_media_type",
    `${cutText(storable(contentType), 100)} is not understood`,
    "content-type",
    "send application/x-www-form-urlencoded or application/json",
  );
  return { body: { kind: "none" }, refused };
}

function readJson(body: Buffer): ReadBody {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return { body: { kind: "json", value: JSON.parse(text) as unknown } };
  } catch {
    return { body: { kind: "none" }, refused: callRefusal("bad_request", "The body is not JSON in UTF-8", "body") };
  }
}

function brokenEncoding(name: string): StoredRefusal {
  const detail = "The percent-encoding is broken or is not UTF-8";
  return callRefusal("malformed_encoding", detail, cutText(storable(name), 100), "encode values as UTF-8 and % as %25");
}

function headersOf(incoming: IncomingCall): Readonly<Record<string, string>> {
  const pairs = Object.entries(incoming.req.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  return Object.fromEntries(pairs);
}

/** The call as it is kept: without its credential, and with the path that it came to as a parameter `_path`. */
export function withoutSecrets(incoming: IncomingCall, path: string, dialect: Dialect | undefined): IncomingCall {
  const names = dialect?.secretParameters ?? [];
  const query = [hide(incoming.query, names), path === "/" ? "" : `_path=${path}`]
    .filter((part) => part !== "")
    .join("&");
  return { ...incoming, query, body: names.length === 0 ? incoming.body : bodyWithout(incoming, names) };
}

function bodyWithout({ body, contentType }: IncomingCall, names: readonly string[]): Buffer {
  if (contentType === "" || contentType === "application/x-www-form-urlencoded")
    return Buffer.from(hide(body.toString("utf8"), names));
  if (!contentType.endsWith("json")) return body;
  const text = body.toString("utf8");
  try {
    const hidden = (name: string, value: unknown) => (names.includes(name.toLowerCase()) ? "…" : value);
    return Buffer.from(JSON.stringify(JSON.parse(text, hidden)));
  } catch {
    // What is no JSON is refused before anything of it is looked at.
    return Buffer.from(names.some((name) => text.toLowerCase().includes(name)) ? "…" : text);
  }
}

function hide(text: string, names: readonly string[]): string {
  if (names.length === 0) return text;
  return text
    .split("&")
    .map((piece) => {
      const equals = piece.indexOf("=");
      const name = decodeLenient(equals < 0 ? piece : piece.slice(0, equals)).toLowerCase();
      return equals >= 0 && names.includes(name) ? `${piece.slice(0, equals)}=…` : piece;
    })
    .join("&");
}
