/**
 * HMAC-SHA256 (RFC 2104, FIPS 180-4) of short messages under one key, for the click path. The two states that depend on the key
 * only are worked out once; a click then costs two rounds of compression, a third of what setting up node:crypto's Hmac object
 * costs for every message. Its test compares it with node:crypto.
 */
const K = new Int32Array(64);
const FIRST = new Int32Array(8);
fillConstants();

/** First 32 bits of the fractions of the square and cube roots of the first 64 primes: what SHA-256's constants are. */
function fillConstants(): void {
  const fraction = (value: number) => ((value - Math.floor(value)) * 2 ** 32) | 0;
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) prime &&= candidate % divisor !== 0;
    if (!prime) continue;
    if (found < 8) FIRST[found] = fraction(candidate ** (1 / 2));
    K[found++] = fraction(Math.cbrt(candidate));
  }
}

const BLOCK_BYTES = 64;
/** With the mark of the end and the length, so much fits into one block. */
const MOST_BYTES = 55;

/** @param secret any length up to one block; @returns a function for messages of up to 55 bytes */
export function hmacSha256(secret: Uint8Array): (message: Uint8Array) => Uint8Array {
  if (secret.length > BLOCK_BYTES) throw new RangeError("a key of up to 64 bytes is needed");
  const inner = keyState(secret, 0x36);
  const outer = keyState(secret, 0x5c);
  const words = new Int32Array(64);
  const state = new Int32Array(8);
  return (message) => {
    if (message.length > MOST_BYTES) throw new RangeError("a message of up to 55 bytes is needed");
    readBlock(words, message);
    words[15] = (BLOCK_BYTES + message.length) * 8;
    state.set(inner);
    compress(state, words);
    words.fill(0);
    words.set(state);
    words[8] = 0x80000000 | 0;
    words[15] = (BLOCK_BYTES + 32) * 8;
    state.set(outer);
    compress(state, words);
    return writeState(state);
  };
}

function keyState(secret: Uint8Array, pad: number): Int32Array {
  const block = new Uint8Array(BLOCK_BYTES).fill(pad);
  secret.forEach((byte, at) => {
    block[at] = byte ^ pad;
  });
  const words = new Int32Array(64);
  for (let at = 0; at < BLOCK_BYTES; at++) words[at >> 2] = ((words[at >> 2] as number) << 8) | (block[at] as number);
  const state = FIRST.slice();
  compress(state, words);
  return state;
}

function readBlock(words: Int32Array, message: Uint8Array): void {
  words.fill(0, 0, 16);
  for (let at = 0; at <= message.length; at++) {
    const byte = at < message.length ? (message[at] as number) : 0x80;
    words[at >> 2] = (words[at >> 2] as number) | (byte << (24 - (at & 3) * 8));
  }
}

function writeState(state: Int32Array): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let at = 0; at < 32; at++) bytes[at] = (state[at >> 2] as number) >>> (24 - (at & 3) * 8);
  return bytes;
}

function compress(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15] as number;
    const y = w[t - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = ((w[t - 16] as number) + s0 + (w[t - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t++) {
    const S1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + S1 + ((e & f) ^ (~e & g)) + (K[t] as number) + (w[t] as number)) | 0;
    const S0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (S0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
  state[4] = ((state[4] as number) + e) | 0;
  state[5] = ((state[5] as number) + f) | 0;
  state[6] = ((state[6] as number) + g) | 0;
  state[7] = ((state[7] as number) + h) | 0;
}
