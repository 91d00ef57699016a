import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { Unreadable } from "./trouble.ts";

const MOST_FILES = 1000;
const MOST_BYTES = 512 * 1024 * 1024;

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export function unpackGzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new Unreadable("too_large", "The compressed file unpacks to more than 512 MB.");
    throw new Unreadable("broken", "The compressed file is damaged or cut off.");
  }
}

/** What a zip holds, by its directory only: nothing is unpacked. */
export function zipNames(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  readZip(bytes, (file) => {
    names.push(file.name);
    return false;
  });
  return names;
}

/** The files of a zip in the order of their names; folders and what a Mac adds are left out. */
export function unzipped(bytes: Uint8Array): readonly Member[] {
  let [size, count] = [0, 0];
  const files = readZip(bytes, (file) => {
    if (file.name.endsWith("/") || /(?:^|\/)(?:__MACOSX|\.)/.test(file.name)) return false;
    [size, count] = [size + file.originalSize, count + 1];
    if (size > MOST_BYTES) throw new Unreadable("too_large", "The zip unpacks to more than 512 MB.");
    if (count > MOST_FILES) throw new Unreadable("too_large", `The zip holds more than ${MOST_FILES} files.`);
    return true;
  });
  return Object.entries(files)
    .map(([name, content]) => ({ name, bytes: content }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readZip(
  bytes: Uint8Array,
  filter: (file: { name: string; originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("broken", "The zip is damaged or cut off.");
  }
}
