import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import { brotliDecompress, constants, gunzip, inflate } from "node:zlib";
import { type AddressPolicy, AddressRefused, checkedLookup, urlProblem } from "../outbound/address.ts";
import { CookieJar } from "./cookies.ts";
import { browserHeaders, type HeaderPair, type TestDevice } from "./core/browsers.ts";
import { type NextHop, nextHopOf } from "./core/next-hop.ts";
import type { Hop, HopError, Trace } from "./core/trace.ts";

export interface FollowOptions {
  readonly device: TestDevice;
  readonly language: string;
  /** milliseconds since 1970 */
  readonly now: number;
  /** whether an address is a tracking link of this deployment */
  readonly isOwn: (url: URL) => boolean;
  /** which addresses may be called for it */
  readonly policyFor: (url: URL) => AddressPolicy;
  /** the mark of a test, for own links only */
  readonly testHeader: HeaderPair;
  readonly maxHops: number;
  readonly hopTimeoutMs: number;
  readonly totalTimeoutMs: number;
}

const BODY_BYTES = 128 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Follows a chain as a browser does that opens the first address: redirects, meta refresh and plain scripted hops, with the cookies that it was
 * given on the way. Every hop is a connection of its own, to an address that was checked. Never throws: what went wrong is part of the trace.
 */
export async function follow(start: string, options: FollowOptions): Promise<Trace> {
  const jar = new CookieJar(options.now);
  const hops: Hop[] = [];
  const seen = new Map<string, number>();
  const end = performance.now() + options.totalTimeoutMs;
  let next: { readonly url: string; readonly via: Hop["via"] } | undefined = { url: start, via: "start" };
  while (next !== undefined) {
    const visits = (seen.get(next.url) ?? 0) + 1;
    seen.set(next.url, visits);
    // A page that sets a cookie and sends its visitor to itself once is no loop yet.
    if (visits > 2) return { hops, stopped: "loop" };
    if (hops.length >= options.maxHops) return { hops, stopped: "too_many" };
    const left = end - performance.now();
    if (left <= 0) return { hops, stopped: "time" };
    const hop: Hop = await visit(next.url, next.via, jar, hops.at(-1), {
      ...options,
      hopTimeoutMs: Math.min(options.hopTimeoutMs, left),
    });
    hops.push(hop);
    next = hop.next === null ? undefined : { url: hop.next, via: viaOf(hop) };
  }
  return { hops, stopped: null };
}

/** How the visitor leaves a hop. */
function viaOf(hop: Hop & { readonly leaves?: NextHop["via"] }): Hop["via"] {
  return hop.leaves ?? "redirect";
}

type Left = Hop & { readonly leaves?: NextHop["via"] };

async function visit(
  address: string,
  via: Hop["via"],
  jar: CookieJar,
  before: Hop | undefined,
  options: FollowOptions,
): Promise<Left> {
  const started = performance.now();
  const url = URL.parse(address);
  const hop = (part: Partial<Left>): Left => ({
    url: address,
    via,
    own: url !== null && options.isOwn(url),
    status: null,
    error: null,
    milliseconds: Math.round(performance.now() - started),
    address: null,
    sent: [],
    headers: [],
    cookies: [],
    next: null,
    ...part,
  });
  if (url === null) return hop({ error: { kind: "not_a_link", text: "this is not an address" } });
  const policy = options.policyFor(url);
  const problem = urlProblem(address, policy);
  if (problem !== undefined)
    return hop({ error: { kind: /^https?:$/.test(url.protocol) ? "refused" : "not_a_link", text: problem } });
  const sent = headersFor(url, jar, before, options);
  try {
    const answer = await request(url, sent, policy, options.hopTimeoutMs);
    const headers = pairsOf(answer.message.rawHeaders);
    const cookies = jar.take(url, answer.message.headers["set-cookie"] ?? []);
    const left = nextOf(url, answer.message, answer.text);
    const status = answer.message.statusCode ?? 0;
    return hop({ status, address: answer.address, sent, headers, cookies, ...left });
  } catch (error) {
    return hop({ sent, error: errorOf(error, options.hopTimeoutMs) });
  }
}

function headersFor(url: URL, jar: CookieJar, before: Hop | undefined, options: FollowOptions): HeaderPair[] {
  const sent = browserHeaders(options.device, options.language, url.protocol === "https:");
  const cookie = jar.header(url);
  if (cookie !== undefined) sent.push(["cookie", cookie]);
  const from = before === undefined ? null : URL.parse(before.url);
  // What browsers do by default: the origin alone, and nothing at all from https to http.
  if (from !== null && !(from.protocol === "https:" && url.protocol === "http:"))
    sent.push(["referer", `${from.origin}/`]);
  if (options.isOwn(url)) sent.push(options.testHeader);
  return sent;
}

interface Answer {
  readonly message: http.IncomingMessage;
  readonly text: string;
  readonly address: string | null;
}

function request(url: URL, headers: readonly HeaderPair[], policy: AddressPolicy, timeoutMs: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = (url.protocol === "https:" ? https : http).request(url, {
    method: "GET",
    agent: false,
    lookup: checkedLookup(policy),
    signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
    headers: { ...Object.fromEntries(headers), connection: "close" },
    maxHeaderSize: 32 * 1024,
  });
  outgoing.on("error", reject);
  outgoing.on("response", (message) => {
    const address = message.socket.remoteAddress ?? null;
    readPage(message).then((text) => {
      outgoing.destroy();
      resolve({ message, text, address });
    }, reject);
  });
  outgoing.end();
  return promise;
}

/** The beginning of a page of HTML as text; nothing of anything else. */
async function readPage(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (!/html|^$/i.test(message.headers["content-type"] ?? "")) return "";
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= BODY_BYTES) break;
  }
  return await unpacked(Buffer.concat(chunks), message.headers["content-encoding"] ?? "");
}

/** A page that was cut is unpacked as far as it goes. */
async function unpacked(body: Buffer, encoding: string): Promise<string> {
  const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: BODY_BYTES * 8 };
  try {
    if (encoding === "gzip") return text(await promisify(gunzip)(body, cut));
    if (encoding === "deflate") return text(await promisify(inflate)(body, cut));
    if (encoding === "br") {
      const flush = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: BODY_BYTES * 8 };
      return text(await promisify(brotliDecompress)(body, flush));
    }
    return text(body);
  } catch {
    return "";
  }
}

function text(body: Buffer): string {
  return body.subarray(0, BODY_BYTES).toString("utf8");
}

function nextOf(
  url: URL,
  message: http.IncomingMessage,
  page: string,
): { next: string | null; leaves?: NextHop["via"]; unread?: true } {
  const status = message.statusCode ?? 0;
  if (REDIRECTS.has(status)) {
    const location = message.headers.location;
    // Header bytes are latin1 to Node; browsers read them as UTF-8.
    const read = location === undefined ? undefined : Buffer.from(location, "latin1").toString("utf8");
    const next = read === undefined ? null : URL.parse(read, url);
    if (next !== null && next.hash === "" && url.hash !== "") next.hash = url.hash;
    return { next: next?.href ?? null };
  }
  const refresh = /^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
    message.headers.refresh?.toString() ?? "",
  )?.[1];
  const asked = refresh === undefined ? null : URL.parse(refresh, url);
  if (asked !== null) return { next: asked.href, leaves: "meta_refresh" };
  const found = page === "" || status >= 400 ? undefined : nextHopOf(page, url.href);
  if (found === undefined) return { next: null };
  return found.url === null ? { next: null, unread: true } : { next: found.url, leaves: found.via };
}

const VALUE_LENGTH = 2000;
const HEADERS_KEPT = 60;

function pairsOf(raw: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let i = 0; i + 1 < raw.length && pairs.length < HEADERS_KEPT; i += 2)
    pairs.push([(raw[i] ?? "").toLowerCase(), (raw[i + 1] ?? "").slice(0, VALUE_LENGTH)]);
  return pairs;
}

function errorOf(error: unknown, timeoutMs: number): { kind: HopError; text: string } {
  const cause = error as Error & { code?: string };
  if (cause instanceof AddressRefused) return { kind: "refused", text: cause.message };
  if (cause.name === "AbortError" || cause.name === "TimeoutError")
    return { kind: "timeout", text: `no answer within ${Math.round(timeoutMs / 1000)} s` };
  const code = cause.code ?? "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return { kind: "dns", text: `${code}: the name cannot be found` };
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return { kind: "certificate", text: `${code}: ${cause.message}` };
  return { kind: "network", text: code === "" ? cause.message : `${code}: ${cause.message}` };
}
