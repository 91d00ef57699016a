import http from "node:http";
import https from "node:https";
import { type AddressPolicy, AddressRefused, checkedLookup, urlProblem } from "./address.ts";
import type { CallOutcome } from "./contracts.ts";

const RESPONSE_BYTES = 2048;

export interface Call {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Beyond those of the connection; lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface CallOptions {
  readonly policy: AddressPolicy;
  /** For the whole call, from name resolution to the last byte that is read. */
  readonly timeoutMs: number;
}

/**
 * Makes one call and says how it went; never throws. Redirects are not followed: they would lead past the address check, and a partner that
 * moved its receiver should hear of it. Each call has its own connection, made to an address that was checked.
 */
export async function callPartner(call: Call, options: CallOptions): Promise<CallOutcome> {
  const started = performance.now();
  const outcome = (part: Partial<CallOutcome>): CallOutcome => ({
    status: null,
    error: null,
    response: null,
    retryAfterMs: null,
    durationMs: Math.round(performance.now() - started),
    ...part,
  });
  const problem = urlProblem(call.url, options.policy);
  if (problem !== undefined) return outcome({ error: new AddressRefused(problem).message });
  try {
    const answer = await request(call, options);
    const status = answer.message.statusCode ?? 0;
    return outcome({ status, ...describe(status, answer.message.headers), response: answer.text });
  } catch (error) {
    return outcome({ error: errorText(error, options.timeoutMs) });
  }
}

interface Answer {
  readonly message: http.IncomingMessage;
  readonly text: string;
}

function request(call: Call, options: CallOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const body = call.body === null ? undefined : Buffer.from(call.body);
  const outgoing = (call.url.toLowerCase().startsWith("https:") ? https : http).request(call.url, {
    method: call.method,
    agent: false,
    lookup: checkedLookup(options.policy),
    signal: AbortSignal.timeout(options.timeoutMs),
    headers: {
      "user-agent": "Tributary-Postback/1",
      accept: "*/*",
      connection: "close",
      ...call.headers,
      ...(body === undefined ? {} : { "content-length": body.length }),
    },
  });
  outgoing.on("error", reject);
  outgoing.on("response", (message) => {
    readStart(message).then((text) => {
      // What lies beyond the first bytes is not wanted; without this a long answer would hold the socket.
      outgoing.destroy();
      resolve({ message, text });
    }, reject);
  });
  outgoing.end(body);
  return promise;
}

async function readStart(message: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= RESPONSE_BYTES) break;
  }
  // PostgreSQL's text holds no U+0000.
  return Buffer.concat(chunks).subarray(0, RESPONSE_BYTES).toString("utf8").replaceAll("\u0000", "");
}

function describe(status: number, headers: http.IncomingHttpHeaders): Partial<CallOutcome> {
  if (status >= 200 && status < 300) return {};
  if (status >= 300 && status < 400) {
    return { error: `answered with a redirect to ${headers.location ?? "nowhere"}; redirects are not followed` };
  }
  const seconds = Number.parseInt(headers["retry-after"] ?? "", 10);
  return { error: `answered with status ${status}`, retryAfterMs: Number.isNaN(seconds) ? null : seconds * 1000 };
}

function errorText(error: unknown, timeoutMs: number): string {
  const cause = error as Error & { code?: string };
  if (cause.name === "AbortError" || cause.name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
  if (cause instanceof AddressRefused || cause.code === undefined) return cause.message;
  return `${cause.code}: ${cause.message}`;
}
