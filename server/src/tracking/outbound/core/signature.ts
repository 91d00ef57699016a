import { createHmac } from "node:crypto";

/** What a signature stands over. */
export interface SignedCall {
  readonly method: string;
  /** as called, macros filled in */
  readonly url: string;
  /** empty for a GET */
  readonly body: string;
}

/**
 * `t=<unix seconds>,v1=<hex>[,v1=<hex>]`: HMAC-SHA256 over `t`, method, URL and body, each on a line of its own, with every secret that is in
 * use: two while one is rotated. The time is inside, so an old call cannot be played again by whoever refuses what is older than five minutes.
 */
export function signatureOf(call: SignedCall, secrets: readonly string[], at: Date): string {
  const time = Math.floor(at.getTime() / 1000);
  const text = `${time}\n${call.method}\n${call.url}\n${call.body}`;
  const marks = secrets.map((secret) => `v1=${createHmac("sha256", secret).update(text).digest("hex")}`);
  return [`t=${time}`, ...marks].join(",");
}
