import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { type Http, type HttpAnswer, type HttpRequest, NotReached } from "./contracts.ts";

export interface HttpOptions {
  /** Resolves names; refuses addresses that are not public. */
  readonly lookup: LookupFunction;
  readonly timeoutMs: number;
}

/** More than the largest answer of any of them, a status of a thousand payments. */
const MOST_BYTES = 8 * 1024 * 1024;
/** The connection was not made: nothing can have been taken. */
const NOT_REACHED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Calls providers: over TLS except on this machine, never through a redirect, to public addresses only, and with an end. */
export function httpWith(options: HttpOptions): Http {
  return (request) => call(request, options);
}

async function call(request: HttpRequest, options: HttpOptions): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const outgoing = (request.url.startsWith("https:") ? https : http).request(request.url, {
    method: request.method,
    agent: false,
    lookup: options.lookup,
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: {
      "user-agent": "Tributary-Payouts/1",
      accept: "application/json",
      ...request.headers,
      ...(request.body === undefined ? {} : { "content-length": String(Buffer.byteLength(request.body)) }),
    },
  });
  outgoing.on("error", reject);
  outgoing.on("response", (message) => {
    read(message).then((text) => {
      const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
      resolve({ status: message.statusCode ?? 0, headers, text });
    }, reject);
  });
  outgoing.end(request.body);
  try {
    return await promise;
  } catch (error) {
    const { code, message, name } = error as NodeJS.ErrnoException;
    if (NOT_REACHED.has(code ?? "") || name === "AddressRefused") throw new NotReached(message);
    throw error;
  }
}

async function read(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Error("the answer is too large");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
