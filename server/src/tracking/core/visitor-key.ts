/** What makes choices for a visitor: a number that stays the same, and chances worked out from it. */

const KEY = /^[0-9a-f]{8}$/;

/** The visitor's key as a cookie holds it; undefined for what is none. */
export function readVisitorKey(text: string | undefined): number | undefined {
  return text !== undefined && KEY.test(text) ? Number.parseInt(text, 16) : undefined;
}

export function visitorKeyText(key: number): string {
  return key.toString(16).padStart(8, "0");
}

/** The key of a visitor who brings none: the same for the same address and browser, so that also visitors without cookies stay where they were. */
export function visitorKeyOf(address: string, userAgent: string): number {
  return hash(userAgent, hash(address, OFFSET));
}

/** A chance in [0, 1) for this visitor and this purpose: evenly spread over visitors, and independent between purposes. */
export function chance(key: number, purpose: string): number {
  return mixed(hash(purpose, key ^ OFFSET)) / 2 ** 32;
}

const OFFSET = 0x811c9dc5;

/** FNV-1a, 32 bits. */
function hash(text: string, from: number): number {
  let value = from >>> 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** The last step of MurmurHash3: FNV alone leaves the upper bits of similar texts alike. */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
