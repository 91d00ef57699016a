import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type EncodingFound, guessedEncoding, markedEncoding } from "./encoding.ts";

/** A file on the disk, or one that is in memory already. */
export type Source = string | Uint8Array;

export async function firstBytes(source: Source, count: number): Promise<Uint8Array> {
  if (typeof source !== "string") return source.subarray(0, count);
  const file = await open(source);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes of a file, unzipped when it is gzipped. */
export function bytesOf(source: Source, zipped: boolean): Readable {
  const plain =
    typeof source === "string" ? createReadStream(source, { highWaterMark: 1024 * 1024 }) : Readable.from([source]);
  if (!zipped) return plain;
  const unzipped = createGunzip();
  plain.on("error", (error) => unzipped.destroy(error));
  return plain.pipe(unzipped);
}

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 0x03 || head[2] === 0x05);
}

export function isOle(head: Uint8Array): boolean {
  return head[0] === 0xd0 && head[1] === 0xcf;
}

const SAMPLE = 64 * 1024;

/** The encoding of a text file: by its mark, else UTF-8 when all of it is, else from how its letters occur together. */
export async function encodingOf(source: Source, zipped: boolean): Promise<EncodingFound> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const sample: Buffer[] = [];
  let [first, sampled, utf8] = [true, 0, true];
  try {
    for await (const chunk of bytesOf(source, zipped)) {
      const bytes = chunk as Buffer;
      const marked = first ? markedEncoding(bytes) : undefined;
      if (marked !== undefined) return marked;
      first = false;
      if (utf8) utf8 = decodes(decoder, bytes);
      const speaking = sampled < SAMPLE ? linesBeyondAscii(bytes, SAMPLE - sampled) : undefined;
      if (speaking !== undefined) {
        sample.push(speaking);
        sampled += speaking.length;
      }
      if (!utf8 && sampled >= SAMPLE) break;
    }
    if (utf8) return { encoding: "utf-8", because: "all of it is", skip: 0 };
  } catch {
    // A file that breaks off is told of where it is read; here it only has no say.
    if (utf8) return { encoding: "utf-8", because: "what there is of it is", skip: 0 };
  }
  return guessedEncoding(Buffer.concat(sample));
}

/** The same for bytes that are all there. */
export function encodingOfBytes(bytes: Uint8Array): EncodingFound {
  const marked = markedEncoding(bytes);
  if (marked !== undefined) return marked;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (decodes(new TextDecoder("utf-8", { fatal: true }), whole))
    return { encoding: "utf-8", because: "all of it is", skip: 0 };
  return guessedEncoding(linesBeyondAscii(whole, SAMPLE));
}

function decodes(decoder: TextDecoder, bytes: Buffer): boolean {
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Statistics of letters need those beyond ASCII: the neighbourhood of each. */
function linesBeyondAscii(bytes: Buffer, most: number): Buffer {
  const parts: Buffer[] = [];
  let [size, until] = [0, 0];
  for (let at = 0; at < bytes.length && size < most; at += 1) {
    if ((bytes[at] ?? 0) < 0x80 || at < until) continue;
    const part = bytes.subarray(Math.max(until, at - 40), at + 60);
    until = at + 60;
    parts.push(part);
    size += part.length;
  }
  return Buffer.concat(parts);
}

/** The text of a file, in pieces. */
export async function* textOf(
  source: Source,
  zipped: boolean,
  { encoding, skip }: EncodingFound,
): AsyncGenerator<string> {
  if (encoding === "utf-32") return yield* utf32(source, zipped);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let first = true;
  for await (const chunk of bytesOf(source, zipped)) {
    const bytes = chunk as Buffer;
    yield decoder.decode(first ? bytes.subarray(skip) : bytes, { stream: true });
    first = false;
  }
  yield decoder.decode();
}

/** No decoder of the platform knows it, and hardly anybody writes it: as a whole. */
async function* utf32(source: Source, zipped: boolean): AsyncGenerator<string> {
  const parts: Buffer[] = [];
  for await (const chunk of bytesOf(source, zipped)) parts.push(chunk as Buffer);
  const bytes = Buffer.concat(parts);
  const little = bytes[0] === 0xff;
  let text = "";
  for (let at = 4; at + 3 < bytes.length; at += 4) {
    const code = little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  }
  yield text;
}

/** The text of a file in whatever encoding, also gzipped, in pieces. */
export async function openText(source: Source): Promise<AsyncGenerator<string>> {
  const zipped = isGzip(await firstBytes(source, 2));
  return textOf(source, zipped, await encodingOf(source, zipped));
}
