/** Characters up to which a text is written letter by letter. */
const SHORT_TEXT = 12;

/**
 * Writes rows in ClickHouse's RowBinary: values one after the other in the order of the insert's columns, numbers little-endian,
 * texts with their length in front. Source: https://clickhouse.com/docs/interfaces/formats/RowBinary
 */
export class RowBinary {
  #bytes: Buffer;
  #at = 0;

  constructor(size = 1 << 20) {
    this.#bytes = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.#at;
  }

  /** What was written so far. The buffer may be written again after {@link reset}: send it first. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  reset(): void {
    this.#at = 0;
  }

  text(value: string | undefined | null): void {
    if (!value) {
      this.#room(1);
      this.#bytes[this.#at++] = 0;
      return;
    }
    // Three bytes are the most that one UTF-16 unit becomes.
    const length = value.length;
    this.#room(length * 3 + 5);
    if (length <= SHORT_TEXT && this.#ascii(value, length)) return;
    if (length <= 42) {
      const written = this.#bytes.write(value, this.#at + 1);
      this.#bytes[this.#at] = written;
      this.#at += written + 1;
      return;
    }
    this.#varint(Buffer.byteLength(value));
    this.#at += this.#bytes.write(value, this.#at);
  }

  /** Short texts are nearly all ASCII, and written faster letter by letter than by a call out of JavaScript. */
  #ascii(value: string, length: number): boolean {
    const start = this.#at + 1;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127) return false;
      this.#bytes[start + index] = code;
    }
    this.#bytes[this.#at] = length;
    this.#at = start + length;
    return true;
  }

  /** Values of several columns that were written before: {@link bytes}, kept. */
  written(bytes: Buffer): void {
    this.#room(bytes.length);
    this.#at += bytes.copy(this.#bytes, this.#at);
  }

  bool(value: boolean): void {
    this.#room(1);
    this.#bytes[this.#at++] = value ? 1 : 0;
  }

  /** UInt16, and Date as days since 1970. */
  uint16(value: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeUInt16LE(value, this.#at);
  }

  uint32(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeUInt32LE(value, this.#at);
  }

  uint64(value: bigint): void {
    this.#room(8);
    this.#at = this.#bytes.writeBigUInt64LE(value, this.#at);
  }

  int64(value: bigint): void {
    this.#room(8);
    this.#at = this.#bytes.writeBigInt64LE(value, this.#at);
  }

  /** DateTime64(3): milliseconds since 1970. */
  milliseconds(value: number): void {
    this.#room(8);
    this.#bytes.writeInt32LE(value | 0, this.#at);
    this.#bytes.writeInt32LE(Math.floor(value / 4_294_967_296), this.#at + 4);
    this.#at += 8;
  }

  nullableMilliseconds(value: number | null): void {
    this.bool(value === null);
    if (value !== null) this.milliseconds(value);
  }

  /** Decimal(38, scale): the unscaled number. */
  int128(value: bigint): void {
    this.#room(16);
    this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), this.#at);
    this.#bytes.writeBigInt64LE(BigInt.asIntN(64, value >> 64n), this.#at + 8);
    this.#at += 16;
  }

  /** Map(String, …): `write` writes one value. */
  map<T>(entries: readonly (readonly [string, T])[], write: (value: T) => void): void {
    this.#room(5);
    this.#varint(entries.length);
    for (const [key, value] of entries) {
      this.text(key);
      write(value);
    }
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#at++] = rest;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
