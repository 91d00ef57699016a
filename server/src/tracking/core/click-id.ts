/**
 * The click id: 28 bytes in 45 letters of Crockford's base 32, lower case (read in either case).
 *
 *     version 1 │ time 6 │ link 4 │ lane 4 │ seq 5 │ signature 8        bytes, big-endian
 *
 * Time is in milliseconds since 1970. Lane and seq are the place of the click in the intake log, so a click is found by primary
 * key. The signature is the first 8 bytes of HMAC-SHA256 over the 20 bytes before it: a forged id is told without a look-up.
 * The version is 1, and 2 for a test click: what carries such an id is told from real traffic without a look-up either.
 */
export interface ClickPlace {
  /** milliseconds since 1970 */
  readonly at: number;
  /** tracking.link.num, 0: unknown link */
  readonly link: number;
  readonly lane: number;
  readonly seq: number;
  /** a test click */
  readonly test?: true;
}

/** The first letters of every test click's id: its version, 2. */
const TEST_START = "08";

/** Does an id that is known to be authentic belong to a test click? */
export function isTestClick(clickId: string): boolean {
  return clickId.startsWith(TEST_START);
}

/** Signature over the 20 bytes of a payload: at least 8 bytes. The caller holds the key. */
export type Sign = (payload: Uint8Array) => Uint8Array;
/** Compares two 8-byte signatures in constant time. */
export type SameBytes = (a: Uint8Array, b: Uint8Array) => boolean;

export interface ClickIds {
  /** A new id, signed with the first key. Fields beyond their range are a defect. @throws RangeError */
  issue(at: number, link: number, lane: number, seq: number, test?: true): string;
  /** What an id says, or `undefined` when it was not issued under any of the keys. */
  read(text: string): ClickPlace | undefined;
}

const VERSION = 1;
const TEST_VERSION = 2;
const PAYLOAD_BYTES = 20;
const SIGNATURE_BYTES = 8;
const ID_BYTES = PAYLOAD_BYTES + SIGNATURE_BYTES;
export const CLICK_ID_LENGTH = 45;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
/** Two letters for every ten bits: half the concatenations on the hot path. */
const PAIRS: readonly string[] = Array.from(
  { length: 1024 },
  (_, value) => ALPHABET.charAt(value >>> 5) + ALPHABET.charAt(value & 31),
);
const VALUES: Int8Array = new Int8Array(128).fill(-1);
for (let value = 0; value < 32; value++) {
  VALUES[ALPHABET.charCodeAt(value)] = value;
  VALUES[ALPHABET.charAt(value).toUpperCase().charCodeAt(0)] = value;
}

/**
 * @param signs one per key, the newest first: it signs; the others only read, so that a key can be changed without breaking
 * the ids that are out there.
 */
export function clickIds(signs: readonly [Sign, ...Sign[]], same: SameBytes): ClickIds {
  const [newest] = signs;
  const bytes = new Uint8Array(ID_BYTES);
  const payload = bytes.subarray(0, PAYLOAD_BYTES);
  return {
    issue(at, link, lane, seq, test) {
      writePayload(bytes, at, link, lane, seq);
      bytes[0] = test === true ? TEST_VERSION : VERSION;
      bytes.set(newest(payload).subarray(0, SIGNATURE_BYTES), PAYLOAD_BYTES);
      return encode(bytes);
    },
    read(text) {
      const read = decode(text);
      if (read === undefined || (read[0] !== VERSION && read[0] !== TEST_VERSION)) return undefined;
      const signed = read.subarray(0, PAYLOAD_BYTES);
      const signature = read.subarray(PAYLOAD_BYTES);
      for (const sign of signs) {
        if (same(sign(signed).subarray(0, SIGNATURE_BYTES), signature)) return readPayload(read);
      }
      return undefined;
    },
  };
}

function writePayload(bytes: Uint8Array, at: number, link: number, lane: number, seq: number): void {
  if (
    !(
      at >= 0 &&
      at < 2 ** 48 &&
      link >= 0 &&
      link < 2 ** 32 &&
      lane >= 0 &&
      lane < 2 ** 32 &&
      seq >= 0 &&
      seq < 2 ** 40
    )
  )
    throw new RangeError(`not a place of a click: ${at} ${link} ${lane} ${seq}`);
  write32(bytes, 1, Math.floor(at / 65536));
  bytes[5] = (at >>> 8) & 255;
  bytes[6] = at & 255;
  write32(bytes, 7, link);
  write32(bytes, 11, lane);
  bytes[15] = Math.floor(seq / 2 ** 32);
  write32(bytes, 16, seq % 2 ** 32);
}

function write32(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

function readPayload(bytes: Uint8Array): ClickPlace {
  return {
    at: readNumber(bytes, 1, 7),
    link: readNumber(bytes, 7, 11),
    lane: readNumber(bytes, 11, 15),
    seq: readNumber(bytes, 15, 20),
    ...(bytes[0] === TEST_VERSION ? { test: true } : undefined),
  };
}

function readNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

/** 28 bytes: five groups of 5 bytes in 8 letters, and 3 bytes in 5 letters (the last bit is 0). */
function encode(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < 25; i += 5) {
    const high = ((bytes[i] ?? 0) << 12) | ((bytes[i + 1] ?? 0) << 4) | ((bytes[i + 2] ?? 0) >>> 4);
    const low = (((bytes[i + 2] ?? 0) & 15) << 16) | ((bytes[i + 3] ?? 0) << 8) | (bytes[i + 4] ?? 0);
    text +=
      (PAIRS[high >>> 10] ?? "") + (PAIRS[high & 1023] ?? "") + (PAIRS[low >>> 10] ?? "") + (PAIRS[low & 1023] ?? "");
  }
  const rest = (((bytes[25] ?? 0) << 16) | ((bytes[26] ?? 0) << 8) | (bytes[27] ?? 0)) << 1;
  return `${text}${PAIRS[rest >>> 15] ?? ""}${PAIRS[(rest >>> 5) & 1023] ?? ""}${ALPHABET.charAt(rest & 31)}`;
}

/** `undefined` unless the text is exactly what {@link encode} writes, in either case. */
function decode(text: string): Uint8Array | undefined {
  if (text.length !== CLICK_ID_LENGTH) return undefined;
  const bytes = new Uint8Array(ID_BYTES);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < CLICK_ID_LENGTH; i++) {
    const unit = text.charCodeAt(i);
    const value = unit < 128 ? (VALUES[unit] ?? -1) : -1;
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (buffer >>> bits) & 255;
    }
  }
  return (buffer & 1) === 0 ? bytes : undefined;
}
