import type { Place, Settled } from "./place.ts";

const COPY = "copy intake.entry (lane, seq, kind, received_at, body) from stdin (format binary)";
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/** Query message with the COPY, head of the CopyData message, signature of the data. */
const HEAD = Buffer.concat([message("Q", Buffer.from(`${COPY}\0`)), Buffer.from("d\0\0\0\0"), SIGNATURE]);
const LENGTH_AT = HEAD.length - SIGNATURE.length - 4;
const COPY_DONE = message("c", Buffer.alloc(0));

function message(type: string, content: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`);
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** -1 for "no more rows", and the CopyDone message */
const TRAILER_BYTES = 2 + COPY_DONE.length;
/** fields 2 · lane 4+4 · seq 4+8 · kind 4+2 · received_at 4+8 · length of body 4 */
const ROW_BYTES = 44;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const FIRST_SIZE = 256 * 1024;
/** A buffer that one flood made large is not kept. */
const KEEP_SIZE = 4 * 1024 * 1024;

/**
 * One batch as PostgreSQL's wire takes it, written into one buffer as its entries come: the COPY statement, the rows in binary
 * format and the end of the copy, to be sent in one write. The server need not be asked whether it is ready for the data: it reads
 * them after the statement, and passes over them when the statement failed
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-COPY). That saves a round trip for every batch.
 */
export class EntryBuffer {
  settled: Settled[] = [];
  #buffer = Buffer.allocUnsafe(FIRST_SIZE);
  #at = HEAD.copy(this.#buffer);

  get bytes(): number {
    return this.#at;
  }

  add(place: Place, kind: number, receivedAtMs: number, body: string, settled: Settled): void {
    this.#reserve(ROW_BYTES + body.length * 3 + TRAILER_BYTES);
    const buffer = this.#buffer;
    let at = this.#at;
    at = buffer.writeInt16BE(5, at);
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(place.lane, at);
    at = buffer.writeInt32BE(8, at);
    at = writeInt64(buffer, place.seq, at);
    at = buffer.writeInt32BE(2, at);
    at = buffer.writeInt16BE(kind, at);
    at = buffer.writeInt32BE(8, at);
    at = writeInt64(buffer, (receivedAtMs - POSTGRES_EPOCH_MS) * 1000, at);
    const length = buffer.write(body, at + 4, "utf8");
    buffer.writeInt32BE(length, at);
    this.#at = at + 4 + length;
    this.settled.push(settled);
  }

  /** The finished messages; valid until {@link reset}. */
  take(): Buffer {
    this.#reserve(TRAILER_BYTES);
    this.#at = this.#buffer.writeInt16BE(-1, this.#at);
    this.#buffer.writeInt32BE(this.#at - LENGTH_AT, LENGTH_AT);
    this.#at += COPY_DONE.copy(this.#buffer, this.#at);
    return this.#buffer.subarray(0, this.#at);
  }

  /** Empties the buffer and hands out those who waited. */
  reset(): Settled[] {
    const settled = this.settled;
    this.settled = [];
    if (this.#buffer.length > KEEP_SIZE) this.#buffer = Buffer.allocUnsafe(FIRST_SIZE);
    this.#at = HEAD.copy(this.#buffer);
    return settled;
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

/** Exact below 2^53, which microseconds reach in the year 2255. */
function writeInt64(buffer: Buffer, value: number, at: number): number {
  const high = Math.floor(value / 2 ** 32);
  buffer.writeInt32BE(high, at);
  return buffer.writeUInt32BE(value - high * 2 ** 32, at + 4);
}
