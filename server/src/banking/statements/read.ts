import { readCamt } from "./camt/read-camt.ts";
import type { ReadOptions, StatementReading } from "./contracts.ts";
import { utf16Of } from "./encoding.ts";
import { looksLikeSwift } from "./mt940/fields.ts";
import { readSwift } from "./mt940/read-mt940.ts";
import { looksLikeOfx, readOfx } from "./ofx/read-ofx.ts";
import { refused, Unreadable } from "./trouble.ts";

const LARGEST = 512 * 1024 * 1024;

/**
 * Reads a bank's file of whatever format; the format is found in the bytes, the file's name is only for sentences. Nothing that a file
 * can hold makes it throw: what cannot be read is refused with one sentence that names place and cause.
 */
export async function readBankStatement(bytes: Uint8Array, options: ReadOptions = {}): Promise<StatementReading> {
  try {
    return await readAny(bytes, options);
  } catch (error) {
    if (error instanceof Unreadable) return refused(error);
    throw error;
  }
}

async function readAny(bytes: Uint8Array, options: ReadOptions): Promise<StatementReading> {
  if (bytes.length > LARGEST) throw new Unreadable("too_large", "The file is larger than 512 MB.");
  const head = headOf(bytes);
  if (head === "") throw new Unreadable("empty", "The file is empty.");
  if (looksLikeOfx(head)) return readOfx(bytes, options.fileName);
  if (looksLikeSwift(head)) return readSwift(bytes, options.fileName);
  if (/^</.test(head)) return readCamt(bytes, options.fileName);
  throw new Unreadable("not_a_statement", "The file is no bank statement in a format that is known here.");
}

/** The first letters of the file, without marks and blanks before them. */
function headOf(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  const text = new TextDecoder(wide ?? "windows-1252").decode(bytes.subarray(0, 8192));
  return text.replace(/^(?:\ufeff|ï»¿)/, "").trimStart();
}
