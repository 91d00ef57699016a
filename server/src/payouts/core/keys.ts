import { createHash } from "node:crypto";

/** The key of a payout at banks: letters, digits and - are what every format takes, 30 of the 35 that there is room for. */
export function bankKey(payoutId: string): string {
  return payoutId.replace("_", "-");
}

/** The payout behind a key that came back; banks may change the case. */
export function payoutOfKey(key: string): string | null {
  const found = /^pay[-_]([0-9a-z]{26})$/i.exec(key.trim());
  return found === null ? null : `pay_${found[1]?.toLowerCase()}`;
}

/** The same id in the form of a UUID (version 8: of one's own making), for providers that ask for one. */
export function uuidOf(id: string): string {
  const bytes = createHash("sha256").update(`tributary payout ${id}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
