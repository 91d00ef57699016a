import type { Problem } from "../contracts.ts";
import { failure, quoted, Unreadable } from "../trouble.ts";

/** One logical record: its code, its fields as one text, and the texts of its continuations (88). */
export interface BaiRecord {
  readonly code: string;
  readonly content: string;
  readonly continuations: readonly string[];
  readonly line: number;
  /** how many records it counts for in the controls: itself and its continuations */
  readonly count: number;
}

const CODES = "01|02|03|16|49|88|98|99";
const BEGIN = new RegExp(`^\\s*(${CODES}),`);
/** Several records on one line, as in files of a fixed length: a slash, blanks, the next code. */
const NEXT = new RegExp(`/[ \\t]+(?=(?:${CODES}),)`);

export function looksLikeBai(head: string): boolean {
  return /^\d\d,[^,\r\n]*,[^,\r\n]*,\d{2}\/?\d{2}\/?\d{0,2},[^\r\n]*\/[ \t]*(?:[\r\n]|$|\/?[ \t]+02,)/.test(head);
}

/**
 * Cuts a file into records. A record ends with a slash, or with the line where the bank uses lines (its text may then hold slashes); a line
 * that begins with no code goes on with the text before it.
 */
export function baiRecords(text: string): readonly BaiRecord[] {
  const records: { code: string; content: string; continuations: string[]; line: number; count: number }[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (const [at, physical] of lines.entries()) {
    for (const piece of physical.split(NEXT)) {
      const found = BEGIN.exec(piece);
      const last = records.at(-1);
      const content = withoutSlash(found === null ? piece : piece.slice(found[0].length));
      if (found === null && content.trim() === "") continue;
      if (found === null || found[1] === "88") {
        if (last === undefined) throw notBai(piece, at + 1);
        if (found === null) append(last, content);
        else last.continuations.push(content);
        last.count += found === null ? 0 : 1;
      } else records.push({ code: found[1] ?? "", content, continuations: [], line: at + 1, count: 1 });
    }
  }
  const [first] = records;
  if (first?.code !== "01") throw notBai(lines[(first?.line ?? 1) - 1] ?? "", first?.line ?? 1);
  return records;
}

function notBai(line: string, number: number): Unreadable {
  const sentence = `Line ${number}: a BAI2 file begins with the file header (01), this one with ${quoted(line)}.`;
  return new Unreadable("broken", sentence, `line ${number}`);
}

function append(record: { content: string; continuations: string[] }, text: string): void {
  if (record.continuations.length === 0) record.content += ` ${text.trim()}`;
  else record.continuations.push(`${record.continuations.pop()} ${text.trim()}`);
}

function withoutSlash(text: string): string {
  return text.replace(/[ \t]+$/, "").replace(/\/$/, "");
}

/** All fields, with those of the continuations: a field never goes over the end of a record. */
export function fieldsOf(record: BaiRecord): readonly string[] {
  return [record.content, ...record.continuations].flatMap((one) => one.split(",").map((field) => field.trim()));
}

/** An amount in the smallest unit, without a point. */
export function wholeAmount(text: string | undefined): bigint | undefined {
  const match = /^([+-]?)(\d{1,30})$/.exec(text?.trim() ?? "");
  if (match === null) return undefined;
  const size = BigInt(match[2] ?? "0");
  return match[1] === "-" ? -size : size;
}

export function unreadable(record: BaiRecord, what: string, text: string): Problem {
  const sentence = `Line ${record.line}: the ${what} ${quoted(text)} of record ${record.code} is no number.`;
  return failure("amount", sentence, `line ${record.line}`);
}
