import { type CopyValue, copyChunksInTransaction } from "./copy.ts";
import type { Tx } from "./db.ts";

/** Types of PostgreSQL that a binary COPY may be given here. An instant is a Date, or milliseconds since 1970. */
export type BinaryType = "int4" | "int8" | "text" | "boolean" | "timestamptz" | "date" | "jsonb";

/** Name and type of each column of a table that is copied to, in the order of the values. */
export type BinaryColumns = readonly (readonly [name: string, type: BinaryType])[];

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const CHUNK_BYTES = 256 * 1024;
/** Room for the numbers of a row and the end of the data, beside its texts. */
const MARGIN_BYTES = 16;
/** PostgreSQL counts microseconds, and days, from 2000-01-01. */
const EPOCH_MS = 946_684_800_000;
const DAY_MS = 86_400_000;
const TWO_32 = 2 ** 32;
/** Below this a text is written faster letter by letter than by a call out of JavaScript. */
const SHORT_TEXT = 12;

/**
 * `COPY … FROM STDIN` in binary: for tables into which tens of thousands of rows with numbers and instants go at a time. Neither side writes and reads
 * them as text. The types are not converted: each must be the column's own.
 * Source: https://www.postgresql.org/docs/18/sql-copy.html#SQL-COPY-BINARY-FORMAT
 * @param table with its schema; never from outside input
 */
export async function copyBinaryInTransaction(
  tx: Tx,
  table: string,
  columns: BinaryColumns,
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const writer = new BinaryRows(columns);
  for (const row of rows) writer.add(row);
  if (writer.rows === 0) return 0;
  const names = columns.map(([name]) => `"${name}"`).join(", ");
  return await copyChunksInTransaction(tx, `copy ${table} (${names}) from stdin (format binary)`, writer.end());
}

/** Rows as PostgreSQL's binary COPY reads them, in chunks that are sent one after the other. */
export class BinaryRows {
  rows = 0;
  readonly #types: readonly BinaryType[];
  readonly #chunks: Buffer[] = [];
  #bytes = Buffer.allocUnsafe(CHUNK_BYTES);
  #at = SIGNATURE.copy(this.#bytes);

  constructor(columns: BinaryColumns) {
    this.#types = columns.map(([, type]) => type);
  }

  /** @throws on a value that is not of its column's type */
  add(row: readonly CopyValue[]): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(this.#types.length, this.#at);
    for (let index = 0; index < this.#types.length; index += 1) this.#value(row[index], this.#types[index]);
    this.rows += 1;
  }

  end(): readonly Buffer[] {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(-1, this.#at);
    this.#chunks.push(this.#bytes.subarray(0, this.#at));
    return this.#chunks;
  }

  #value(value: CopyValue, type: BinaryType | undefined): void {
    this.#room(MARGIN_BYTES);
    if (value === null || value === undefined) this.#at = this.#bytes.writeInt32BE(-1, this.#at);
    else if (type === "text") this.#text(value as string);
    else if (type === "jsonb") this.#json(JSON.stringify(value));
    else if (type === "int8") this.#int8(value as number | bigint);
    else if (type === "int4") this.#int4(value as number);
    else if (type === "timestamptz") this.#int8((Math.trunc(Number(value)) - EPOCH_MS) * 1000);
    else if (type === "date") this.#int4(Math.round((Date.parse(value as string) - EPOCH_MS) / DAY_MS));
    else {
      this.#at = this.#bytes.writeInt32BE(1, this.#at);
      this.#bytes[this.#at++] = value === true ? 1 : 0;
    }
  }

  #int4(value: number): void {
    this.#at = this.#bytes.writeInt32BE(4, this.#at);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  /** A number is exact below 2^53, which microseconds reach in the year 2255. */
  #int8(value: number | bigint): void {
    this.#at = this.#bytes.writeInt32BE(8, this.#at);
    const number = typeof value === "bigint" ? Number(value) : value;
    if (!Number.isSafeInteger(number)) {
      this.#at = this.#bytes.writeBigInt64BE(BigInt(value), this.#at);
      return;
    }
    const high = Math.floor(number / TWO_32);
    this.#at = this.#bytes.writeInt32BE(high, this.#at);
    this.#at = this.#bytes.writeUInt32BE(number - high * TWO_32, this.#at);
  }

  #text(text: string): void {
    this.#room(text.length * 3 + 4);
    const length = this.#write(text, this.#at + 4);
    this.#at = this.#bytes.writeInt32BE(length, this.#at) + length;
  }

  /** jsonb is its version, 1, and the text. */
  #json(text: string): void {
    this.#room(text.length * 3 + 5);
    const length = this.#write(text, this.#at + 5) + 1;
    this.#at = this.#bytes.writeInt32BE(length, this.#at);
    this.#bytes[this.#at] = 1;
    this.#at += length;
  }

  /** @returns bytes */
  #write(text: string, at: number): number {
    if (text.length > SHORT_TEXT) return this.#bytes.write(text, at);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) return this.#bytes.write(text, at);
      this.#bytes[at + index] = code;
    }
    return text.length;
  }

  /** A full chunk is put aside; a value may be larger than one. */
  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    this.#chunks.push(this.#bytes.subarray(0, this.#at));
    this.#bytes = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, bytes));
    this.#at = 0;
  }
}
