import { createHmac } from "node:crypto";

export interface SignedHeaders {
  readonly "x-tributary-timestamp": string;
  readonly "x-tributary-signature": string;
}

/**
 * Headers that sign a call to a postback address: HMAC-SHA256 in hex, with the event source's secret, over time, method, path, query
 * and body. A call is good for five minutes.
 * @param now milliseconds since 1970
 */
export function signedHeaders(
  call: { readonly method: string; readonly url: string; readonly body?: string },
  secret: string,
  now: number = Date.now(),
): SignedHeaders {
  const { pathname, search } = new URL(call.url);
  const timestamp = String(Math.floor(now / 1000));
  const text = `${timestamp}\n${call.method}\n${pathname}\n${search.slice(1)}\n${call.body ?? ""}`;
  return {
    "x-tributary-timestamp": timestamp,
    "x-tributary-signature": createHmac("sha256", secret).update(text).digest("hex"),
  };
}
