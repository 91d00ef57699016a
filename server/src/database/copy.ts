import { CompiledQuery } from "kysely";
import pg from "pg";
import type { Db, Tx } from "./db.ts";
import { PlansKept, preparedName } from "./kept-plans.ts";

/** What a COPY column can hold. Arrays and objects become JSON text, bytes become bytea. */
export type CopyValue = string | number | bigint | boolean | Date | Uint8Array | null | undefined | object;

/** The part of the driver's wire connection that COPY needs (pg's own `Connection` is not in its types). */
type Wire = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void };

/**
 * One `COPY … FROM STDIN` whose bytes are ready: sent in one go when the server asks for them. It is a query object as the driver
 * knows them (`submit` and the `handle…` methods), which saves the stream machinery on the hot path.
 */
class CopyIn implements pg.Submittable {
  readonly done: Promise<number>;
  readonly #text: string;
  readonly #chunks: readonly Buffer[];
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #rows = 0;

  constructor(text: string, chunks: readonly Buffer[]) {
    this.#text = text;
    this.#chunks = chunks;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    (connection as unknown as Wire).query(this.#text);
  }

  handleCopyInResponse(connection: Wire): void {
    for (const chunk of this.#chunks) connection.sendCopyFromChunk(chunk);
    connection.endCopyFrom();
  }

  handleCommandComplete(message: { text: string }): void {
    this.#rows = Number(message.text.split(" ")[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  // The driver calls this when a query timeout is set; COPY has none.
  callback(): void {}
}

/**
 * Sends ready-made COPY bytes over one connection and resolves with the number of rows once they are committed
 * (or part of the connection's open transaction). `copy` is the statement, e.g. `copy intake.entry from stdin (format binary)`.
 */
export function copyBytes(client: pg.ClientBase, copy: string, bytes: Buffer | readonly Buffer[]): Promise<number> {
  const query = new CopyIn(copy, Buffer.isBuffer(bytes) ? [bytes] : bytes);
  client.query(query);
  return query.done;
}

const CHUNK_CHARACTERS = 256 * 1024;

/**
 * Copies rows into a table, far faster than INSERT. Values are given in the order of `columns`.
 * @param table with its schema, e.g. `ledger.entry`; never from outside input.
 */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const chunks = copyChunks(rows);
  return chunks.length === 0 ? 0 : await copyBytes(client, copyStatement(table, columns), chunks);
}

/** The same through the query builder, inside its transaction. */
export async function copyRowsInTransaction(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const chunks = copyChunks(rows);
  return chunks.length === 0 ? 0 : await copyChunksInTransaction(tx, copyStatement(table, columns), chunks);
}

/** Sends ready-made bytes of a COPY through the query builder. @returns rows */
export async function copyChunksInTransaction(tx: Tx, copy: string, chunks: readonly Buffer[]): Promise<number> {
  const result = await tx.executeQuery<{ copied: number }>(CompiledQuery.raw(copy, [new CopyPayload(chunks)]));
  return result.rows[0]?.copied ?? 0;
}

/** Travels as a query's only parameter from the query builder to `CopyingClient`, which alone may hold the wire. */
class CopyPayload {
  readonly chunks: readonly Buffer[];

  constructor(chunks: readonly Buffer[]) {
    this.chunks = chunks;
  }
}

/** One `COPY … TO STDOUT`: each row as its line of text, without the driver's work on every single value. */
class CopyOut implements pg.Submittable {
  readonly done: Promise<readonly string[]>;
  readonly #text: string;
  readonly #lines: string[] = [];
  #resolve: (lines: readonly string[]) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: pg.Connection): void {
    (connection as unknown as Wire).query(this.#text);
  }

  // The chunk lies in a buffer that the driver writes again: it is read at once. Its last byte ends the line.
  handleCopyData(message: { chunk: Buffer }): void {
    this.#lines.push(message.chunk.toString("utf8", 0, message.chunk.length - 1));
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#resolve(this.#lines);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  callback(): void {}
}

/** Travels like {@link CopyPayload}: the rows of this statement are wanted as lines. */
class CopyWanted {}

/**
 * Reads rows as lines of COPY's text format, several times faster than as objects: for tens of thousands of rows with many columns.
 * @param select a whole statement without parameters: what stands in it must be our own (names, numbers)
 */
export async function copyOut(db: Db, select: string): Promise<readonly CopiedRow[]> {
  const wanted = CompiledQuery.raw(`copy (${select}) to stdout`, [new CopyWanted()]);
  const result = await db.executeQuery<string>(wanted);
  return result.rows.map(splitLine);
}

/** The columns of a row as texts; null where the column is. */
export type CopiedRow = readonly (string | null)[];

function splitLine(line: string): CopiedRow {
  const cells: (string | null)[] = line.split("\t");
  if (!line.includes("\\")) return cells;
  return cells.map((cell) => (cell === null || cell === "\\N" ? null : plainText(cell)));
}

const WRITTEN: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** Takes back the escapes of COPY's text format. Source: https://www.postgresql.org/docs/current/sql-copy.html */
function plainText(cell: string): string {
  return cell.includes("\\") ? cell.replace(/\\(.)/gs, (_, letter: string) => WRITTEN[letter] ?? letter) : cell;
}

const NOTHING = { command: "", rowCount: 0, rows: [] };

/** The driver's client, able to run a COPY that comes by way of the query builder, and to keep the plans of a transaction that asks for it. */
export class CopyingClient extends pg.Client {
  #keepsPlans = false;

  override query(...args: unknown[]): never {
    const [text, values] = args;
    if (text === "commit" || text === "rollback") this.#keepsPlans = false;
    if (Array.isArray(values) && values[0] instanceof PlansKept) {
      this.#keepsPlans = true;
      return Promise.resolve(NOTHING) as never;
    }
    if (typeof text === "string" && Array.isArray(values) && values[0] instanceof CopyWanted) {
      const query = new CopyOut(text);
      super.query(query as unknown as string);
      return query.done.then((rows) => ({ command: "COPY", rowCount: rows.length, rows })) as never;
    }
    if (typeof text === "string" && Array.isArray(values) && values[0] instanceof CopyPayload) {
      return copyBytes(this, text, values[0].chunks).then((copied) => ({
        command: "COPY",
        rowCount: copied,
        rows: [{ copied }],
      })) as never;
    }
    const name =
      this.#keepsPlans && typeof text === "string" && Array.isArray(values) && values.length > 0
        ? preparedName(text)
        : undefined;
    if (name !== undefined) return super.query({ name, text: text as string, values: values as unknown[] }) as never;
    return super.query(...(args as [string])) as never;
  }
}

function copyStatement(table: string, columns: readonly string[]): string {
  return `copy ${table} (${columns.map((name) => `"${name}"`).join(", ")}) from stdin`;
}

function copyChunks(rows: Iterable<readonly CopyValue[]>): Buffer[] {
  const chunks: Buffer[] = [];
  let text = "";
  for (const row of rows) {
    text += copyLine(row);
    if (text.length < CHUNK_CHARACTERS) continue;
    chunks.push(Buffer.from(text));
    text = "";
  }
  if (text !== "") chunks.push(Buffer.from(text));
  return chunks;
}

function copyLine(row: readonly CopyValue[]): string {
  let line = "";
  for (let index = 0; index < row.length; index += 1) {
    if (index > 0) line += "\t";
    line += copyText(row[index]);
  }
  return `${line}\n`;
}

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function copyText(value: CopyValue): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString("hex")}`;
  return escapeText(JSON.stringify(value));
}

function escapeText(text: string): string {
  return text.search(SPECIAL) >= 0 ? text.replace(SPECIAL, (character) => ESCAPES[character] ?? character) : text;
}
