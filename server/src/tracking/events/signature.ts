import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signed calls. The signature is HMAC-SHA256, in hex, with the source's secret over
 *
 *     <unix seconds> LF <METHOD> LF <path> LF <query as sent, without its sig parameter> LF <body as sent>
 *
 * It travels as the parameters `ts` and `sig` of the query, or as the headers `x-tributary-timestamp` and `x-tributary-signature`.
 */
export interface SignedCall {
  readonly method: string;
  readonly path: string;
  /** without the question mark */
  readonly query: string;
  readonly body: Buffer;
  readonly timestampHeader: string | undefined;
  readonly signatureHeader: string | undefined;
}

/** How far the timestamp of a signed call may lie from now, either way. */
export const SIGNATURE_TOLERANCE_MS = 5 * 60_000;

export type SignatureCheck = "unsigned" | "valid" | "signature_invalid" | "signature_expired";

export function checkSignature(call: SignedCall, secret: string, nowMs: number): SignatureCheck {
  const sent = call.signatureHeader ?? parameter(call.query, "sig");
  const timestamp = call.timestampHeader ?? parameter(call.query, "ts");
  if (sent === undefined) return "unsigned";
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{64}$/i.test(sent))
    return "signature_invalid";
  const expected = createHmac("sha256", secret).update(canonicalForm(call, timestamp)).digest();
  if (!timingSafeEqual(expected, Buffer.from(sent, "hex"))) return "signature_invalid";
  return Math.abs(Number(timestamp) * 1000 - nowMs) > SIGNATURE_TOLERANCE_MS ? "signature_expired" : "valid";
}

/** What a source signs; for tests and for those who write a sender. */
export function sign(
  call: Omit<SignedCall, "timestampHeader" | "signatureHeader">,
  timestamp: string,
  secret: string,
): string {
  return createHmac("sha256", secret).update(canonicalForm(call, timestamp)).digest("hex");
}

function canonicalForm(call: Pick<SignedCall, "method" | "path" | "query" | "body">, timestamp: string): Buffer {
  const query = call.query
    .split("&")
    .filter((pair) => !pair.startsWith("sig="))
    .join("&");
  return Buffer.concat([Buffer.from(`${timestamp}\n${call.method}\n${call.path}\n${query}\n`), call.body]);
}

function parameter(query: string, name: string): string | undefined {
  const pair = query.split("&").find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
