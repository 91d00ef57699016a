import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** A file or folder that is no list, said in one sentence. */
export class ListProblem extends Error {
  override readonly name = "ListProblem";
}

const BEGINNING = 8192;

/** A file as text: gzip is unpacked, UTF-16 told by its mark, else UTF-8, and Latin-1 where that does not fit. */
export async function* textOf(path: string): AsyncGenerator<string> {
  const encoding = await encodingOf(path);
  const decoder = new TextDecoder(encoding);
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const bytes = /\.gz$/i.test(path) ? file.pipe(createGunzip()) : file;
  for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function encodingOf(path: string): Promise<string> {
  const start = await firstBytes(path, 1 << 16);
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(start, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

/** Its first few thousand characters. */
export async function beginningOf(path: string): Promise<string> {
  const start = await firstBytes(path, BEGINNING);
  return new TextDecoder(start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : "utf-8").decode(start);
}

async function firstBytes(path: string, count: number): Promise<Uint8Array> {
  try {
    if (/\.gz$/i.test(path)) {
      for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>)
        return chunk.subarray(0, count);
      return new Uint8Array();
    }
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0).finally(() => file.close());
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new ListProblem(`The file ${path} cannot be read (${(error as Error).message}).`);
  }
}
