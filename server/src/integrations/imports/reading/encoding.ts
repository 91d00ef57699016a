import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** The encoding of a text file: by its mark, else UTF-8 when all of it is, else what Western spreadsheets write. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes of a file, unzipped when it is gzipped. */
export function bytesOf(path: string, zipped: boolean): Readable {
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 });
  if (!zipped) return source;
  const plain = createGunzip();
  source.on("error", (error) => plain.destroy(error));
  return source.pipe(plain);
}

export async function encodingOf(path: string, zipped: boolean): Promise<Encoding> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let first = true;
  try {
    for await (const chunk of bytesOf(path, zipped)) {
      const bytes = chunk as Buffer;
      if (first) {
        if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
        if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
        // Every second byte of UTF-16 text in Latin letters is nought.
        if (bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0) return "utf-16le";
        if (bytes.length > 3 && bytes[0] === 0 && bytes[2] === 0) return "utf-16be";
        first = false;
      }
      decoder.decode(bytes, { stream: true });
    }
  } catch (error) {
    // A file that breaks off is told of where it is read; here it only has no say.
    return error instanceof TypeError ? "windows-1252" : "utf-8";
  }
  return "utf-8";
}

/** The text of a file, in pieces. */
export async function* textOf(path: string, zipped: boolean, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytesOf(path, zipped)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}
