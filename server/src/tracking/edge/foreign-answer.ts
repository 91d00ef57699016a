import type { IncomingMessage, ServerResponse } from "node:http";
import type { DialectAnswer, PathRule } from "../dialects/core/contracts.ts";

/** Sends what another platform would answer. Where browsers call, the page that called may read it. */
export function sendForeign(
  res: ServerResponse,
  req: IncomingMessage,
  rule: PathRule | undefined,
  { status, contentType, body }: DialectAnswer,
): void {
  if (res.headersSent) return;
  const text = Buffer.from(body);
  res.writeHead(status, [
    "Content-Type",
    contentType,
    "X-Content-Type-Options",
    "nosniff",
    "Cache-Control",
    "no-store",
    "Content-Length",
    String(text.length),
    ...(rule?.browser === true ? crossOrigin(req) : []),
    ...(status === 503 ? ["Retry-After", "1"] : []),
  ]);
  res.end(text);
}

/** Answers a browser that asks whether a page of another origin may call. */
export function sendPreflight(res: ServerResponse, req: IncomingMessage, rule: PathRule): void {
  res.writeHead(204, [
    ...crossOrigin(req),
    "Access-Control-Allow-Methods",
    rule.methods.join(", "),
    "Access-Control-Allow-Headers",
    "Content-Type, Accept, Authorization",
    "Access-Control-Max-Age",
    "600",
  ]);
  res.end();
}

/** The answers of these addresses repeat nothing but what was sent and what it was given: any page may read its own. */
function crossOrigin({ headers }: IncomingMessage): readonly string[] {
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin) || new URL(origin).origin !== origin) return ["Vary", "Origin"];
  return ["Access-Control-Allow-Origin", origin, "Access-Control-Allow-Credentials", "true", "Vary", "Origin"];
}
