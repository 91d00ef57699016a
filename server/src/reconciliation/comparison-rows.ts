import { createHash } from "node:crypto";
import { ComparisonMapping } from "@tributary/contract";
import { announce, type Context, transact } from "../database/index.ts";
import { parseDecimal } from "../kernel/decimal.ts";
import { parseCurrency, toMinor } from "../kernel/money.ts";
import { Refusal } from "../kernel/refusal.ts";
import {
  dateOrderOf,
  eventTypesOf,
  type FileKind,
  type FileRow,
  fileRows,
  plainNumber,
  type ReadRow,
  rowReader,
} from "../tracking/index.ts";
import { COMPARE_TASK } from "./compare.ts";
import { partnerFinder } from "./partner-names.ts";
import * as store from "./store/comparisons.ts";

export const READ_TASK = "reconciliation.side_file";
const BATCH = 4_000;
const RAW_CELL = 300;
const MOST_REFUSALS = 5_000;

/** Reads an uploaded file into its comparison, some thousand rows at a time, and has it compared. Read again after a kill it finds the same rows under the same keys. */
export async function readComparisonFile(ctx: Context, fileId: string): Promise<void> {
  const file = await store.findFile(ctx.db, fileId);
  const comparison = file && (await store.findComparison(ctx.db, file.comparison_id));
  if (file === undefined || comparison === undefined || file.state !== "waiting" || file.mapping === null) return;
  const reading = new SideReading(ctx, file, await readerOf(ctx, file, comparison), await partnerFinder(ctx.db));
  let problem: string | null = null;
  try {
    for await (const row of fileRows(file.kind as FileKind, store.chunksOf(ctx.db, fileId)))
      if (row.line > file.header_row) await reading.take(row);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    problem = error.message;
  }
  await reading.flush();
  await transact(ctx, async (tx) => {
    const state = reading.rows === 0 && (problem !== null || reading.refused > 0) ? "failed" : "read";
    const told = problem ?? (state === "failed" ? "None of its rows can be read: the mapping does not fit." : null);
    await store.updateFile(tx.db, fileId, { state, problem: told, rows: reading.rows, refused: reading.refused });
    await store.dropChunks(tx.db, fileId);
    await store.noteComparison(tx.db, file.comparison_id, { state: "waiting", problem: null });
    await announce(tx, COMPARE_TASK, { comparisonId: file.comparison_id });
  });
}

type Taken =
  | { readonly row: ReadRow; readonly commissionMinor: bigint | null }
  | { readonly refusal: { field: string; value: string | null; reason: string } }
  | null;

async function readerOf(
  ctx: Context,
  file: store.FileRecord,
  comparison: store.ComparisonRow,
): Promise<(cells: readonly string[]) => Taken> {
  const mapping = ComparisonMapping.parse(file.mapping);
  const timeAt = file.columns.indexOf(mapping.columns.occurredAt ?? "");
  const times = (file.sample as string[][]).map((cells) => cells[timeAt] ?? "");
  const dates = mapping.dates === "auto" ? (dateOrderOf(times) ?? "auto") : mapping.dates;
  const allTypes = await eventTypesOf(ctx, comparison.program_id);
  const around = { timeZone: file.time_zone, currency: comparison.currency, types: comparison.types, allTypes };
  const reader = rowReader(file.columns, { ...mapping, dates }, around);
  const commissionAt = mapping.commission === undefined ? -1 : file.columns.indexOf(mapping.commission);
  return (cells) => {
    const read = reader.read(cells);
    if (read.ignored) return null;
    if (read.refusal !== undefined) return { refusal: read.refusal };
    const text = cells[commissionAt]?.trim() ?? "";
    const plain = text === "" ? undefined : plainNumber(text, mapping.decimals);
    const value = plain === undefined ? undefined : parseDecimal(plain);
    const currency = parseCurrency(read.row.currency ?? comparison.currency);
    if (text !== "" && value === undefined)
      return { refusal: { field: "commission", value: text.slice(0, 100), reason: "this is not an amount" } };
    const commissionMinor =
      value === undefined || currency === undefined
        ? null
        : mapping.minorUnits
          ? value.units
          : toMinor(value, currency);
    return { row: read.row, commissionMinor };
  };
}

class SideReading {
  rows = 0;
  refused = 0;
  readonly #ctx: Context;
  readonly #file: store.FileRecord;
  readonly #read: (cells: readonly string[]) => Taken;
  readonly #partnerOf: (ref: string) => string | null;
  /** how often each row came in this file: of two that say the same the second is the second */
  readonly #seen = new Map<string, number>();
  #waiting = new Map<string, store.NewSideRow>();
  #refusals: store.NewRefusal[] = [];

  constructor(
    ctx: Context,
    file: store.FileRecord,
    read: (cells: readonly string[]) => Taken,
    partnerOf: (ref: string) => string | null,
  ) {
    this.#ctx = ctx;
    this.#file = file;
    this.#read = read;
    this.#partnerOf = partnerOf;
  }

  async take({ line, cells }: FileRow): Promise<void> {
    const taken = this.#read(cells);
    if (taken === null) return;
    if ("refusal" in taken) {
      this.refused += 1;
      const { field, value, reason } = taken.refusal;
      if (this.refused <= MOST_REFUSALS)
        this.#refusals.push({ file_id: this.#file.file_id, line, field, value, reason });
    } else {
      this.rows += 1;
      const key = this.#keyOf(taken.row);
      this.#waiting.set(key, this.#sideRow(key, line, taken, cells));
    }
    if (this.#waiting.size + this.#refusals.length >= BATCH) await this.flush();
  }

  /** Their id, else a hash of what is in the row: overlapping exports bring a row again, and it is the same. The count is kept in 12 bytes of the hash. */
  #keyOf(row: ReadRow): string {
    const content = [
      row.conversionId,
      row.orderId,
      row.clickId,
      row.customerRef,
      row.at,
      row.type,
      row.partnerRef,
      row.minor,
      row.currency,
    ].join("\n");
    const key = createHash("sha256")
      .update(row.conversionId ?? content)
      .digest("base64url")
      .slice(0, 16);
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    return `${key} ${count}`;
  }

  #sideRow(
    key: string,
    line: number,
    taken: { readonly row: ReadRow; readonly commissionMinor: bigint | null },
    cells: readonly string[],
  ): store.NewSideRow {
    const { row, commissionMinor } = taken;
    const plain = (text: string) => text.slice(0, RAW_CELL).toWellFormed().replaceAll("\u0000", "");
    return {
      side: this.#file.side as "office" | "claim", key, fileId: this.#file.file_id, line, at: new Date(row.at), type: row.type, orderId: row.orderId,
      clickId: row.clickId, customerRef: row.customerRef, partnerRef: row.partnerRef,
      partnerId: row.partnerRef === null ? null : this.#partnerOf(row.partnerRef), currency: row.currency, minor: row.minor, commissionMinor,
      counts: row.status !== "rejected", status: row.status, why: null, knownAt: null, raw: this.#file.columns.map((name, at) => [name, plain(cells[at] ?? "")] as const),
    }; // biome-ignore format: a record
  }

  async flush(): Promise<void> {
    const [rows, refusals] = [[...this.#waiting.values()], this.#refusals];
    [this.#waiting, this.#refusals] = [new Map(), []];
    await transact(this.#ctx, async (tx) => {
      await store.saveSideRows(tx.db, this.#file.comparison_id, rows);
      await store.insertRefusals(tx.db, refusals);
      await store.updateFile(tx.db, this.#file.file_id, { rows: this.rows, refused: this.refused });
    });
  }
}
