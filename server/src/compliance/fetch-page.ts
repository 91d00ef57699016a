import http from "node:http";
import https from "node:https";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Outside } from "./needs.ts";

export interface FetchedPage {
  readonly finalAddress: string;
  readonly status: number | null;
  readonly html: string | null;
  /** in words, when there is no page to look at */
  readonly problem: string;
}

const MOST_BYTES = 2 * 1024 * 1024;
const HOPS = 5;
const TIME_MS = 15_000;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a page for a reviewer. Each hop is checked like the first one, so a redirect leads nowhere that may not be called by itself; only the
 * first 2 MB are read, within 15 seconds altogether. Never throws: what went wrong is said.
 * @param sameSite a hop to another host than the first (www aside) ends it: for proofs, which must not be handed on
 */
export async function fetchPage(outside: Outside, address: string, sameSite = false): Promise<FetchedPage> {
  const end = performance.now() + TIME_MS;
  const first = hostOf(address);
  let url = address;
  for (let hop = 0; hop <= HOPS; hop += 1) {
    const no = (problem: string, status: number | null = null): FetchedPage => ({
      finalAddress: url,
      status,
      html: null,
      problem,
    });
    const refused = outside.refuses(url);
    if (refused !== undefined) return no(refused);
    if (sameSite && hostOf(url) !== first) return no(`it leads on to ${hostOf(url)}`);
    try {
      const answer = await request(outside, url, end - performance.now());
      const next =
        REDIRECTS.has(answer.status) && answer.location !== undefined ? URL.parse(answer.location, url) : null;
      if (next !== null) {
        url = next.href;
        continue;
      }
      if (answer.status >= 400) return no(`the page answers ${answer.status}`, answer.status);
      if (!/html|text\/plain|^$/i.test(answer.type)) return no(`it is ${answer.type}, not a page`, answer.status);
      return { finalAddress: url, status: answer.status, html: answer.text, problem: "" };
    } catch (error) {
      return no(wordsFor(error as Error & { code?: string }));
    }
  }
  return { finalAddress: url, status: null, html: null, problem: `more than ${HOPS} redirects` };
}

const hostOf = (address: string): string => URL.parse(address)?.hostname.replace(/^www\./, "") ?? "";

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly type: string;
  readonly text: string;
}

function request(outside: Outside, url: string, left: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = (url.startsWith("https:") ? https : http).request(url, {
    method: "GET",
    agent: false,
    lookup: outside.lookup,
    signal: AbortSignal.timeout(Math.max(1, Math.ceil(left))),
    maxHeaderSize: 32 * 1024,
    headers: {
      "user-agent": "Mozilla/5.0 (compatible; Tributary site review)",
      accept: "text/html,text/plain;q=0.9",
      "accept-encoding": "gzip, deflate, br",
      connection: "close",
    },
  });
  outgoing.on("error", reject);
  outgoing.on("response", (message) => {
    const { headers, statusCode = 0 } = message;
    read(message).then((text) => {
      outgoing.destroy();
      resolve({ status: statusCode, location: headers.location, type: headers["content-type"] ?? "", text });
    }, reject);
  });
  outgoing.end();
  return promise;
}

async function read(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= MOST_BYTES) break;
  }
  const charset = /charset=["']?([\w-]+)/i.exec(message.headers["content-type"] ?? "")?.[1] ?? "utf-8";
  return textOf(unpacked(Buffer.concat(chunks), message.headers["content-encoding"] ?? ""), charset);
}

function unpacked(body: Buffer, encoding: string): Buffer {
  const limit = { maxOutputLength: MOST_BYTES * 4 };
  if (encoding === "gzip") return gunzipSync(body, limit);
  if (encoding === "deflate") return inflateSync(body, limit);
  return encoding === "br" ? brotliDecompressSync(body, limit) : body;
}

function textOf(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes).replaceAll("\0", "");
  } catch {
    return bytes.toString("utf8").replaceAll("\0", "");
  }
}

function wordsFor(error: Error & { code?: string }): string {
  if (error.name === "AddressRefused") return error.message;
  if (error.name === "AbortError" || error.name === "TimeoutError") return `no answer within ${TIME_MS / 1000} seconds`;
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") return "the name cannot be found";
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(error.code ?? "")) return "its certificate is not valid";
  return error.code === undefined ? "the page cannot be read" : `no connection (${error.code})`;
}
