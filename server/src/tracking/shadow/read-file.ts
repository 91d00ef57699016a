import { createHash } from "node:crypto";
import { ShadowMapping } from "@tributary/contract";
import { type Context, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { dateOrderOf, type ReadRow, type RowReader, rowReader } from "./core/read-row.ts";
import { type FileKind, type FileRow, fileRows } from "./file-rows.ts";
import { queueComparison, typesOf } from "./service.ts";
import { fileSpan, type NewRefusal, type NewRow, saveRefusals, saveRows } from "./store/rows.ts";
import * as store from "./store/shadows.ts";

/** Rows of one transaction. */
const BATCH = 4_000;
const RAW_CELL = 500;
const RAW_ROW = 2_000;
/** A file that is refused from end to end was mapped wrongly: the first of its refusals say so. */
const MOST_REFUSALS = 20_000;

/**
 * Reads an uploaded file into the comparison and has it compared. Reading it again after a break finds the same rows under the same
 * keys. What cannot be read is refused by line; the rest counts.
 */
export async function readUploadedFile(ctx: Context, fileId: string): Promise<void> {
  const file = await store.findFile(ctx.db, fileId);
  const shadow = file === undefined ? undefined : await store.findShadow(ctx.db, file.shadow_id);
  if (
    file === undefined ||
    shadow === undefined ||
    !["waiting", "reading"].includes(file.state) ||
    file.mapping === null
  )
    return;
  await store.updateFile(ctx.db, fileId, { state: "reading" });
  const mapping = ShadowMapping.parse(file.mapping);
  const dates = mapping.dates === "auto" ? (dateOrderOf(sampleTimes(file, mapping)) ?? "auto") : mapping.dates;
  const around = {
    timeZone: shadow.time_zone,
    currency: shadow.currency,
    types: shadow.types,
    allTypes: await typesOf(ctx, shadow.program_id),
  };
  const reading = new FileReading(ctx, file, rowReader(file.columns, { ...mapping, dates }, around));
  try {
    for await (const row of fileRows(file.kind as FileKind, store.chunksOf(ctx.db, fileId)))
      if (row.line > file.header_row) await reading.take(row);
    await reading.flush();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await reading.flush();
    return await finish(ctx, file, reading, error.message);
  }
  await finish(ctx, file, reading, null);
}

function sampleTimes(file: store.FileRecord, mapping: ShadowMapping): string[] {
  const at = file.columns.indexOf(mapping.columns.occurredAt ?? "");
  return (file.sample as string[][]).map((cells) => cells[at] ?? "");
}

/** @param problem why it could not be read to its end: what came before is compared all the same */
async function finish(
  ctx: Context,
  file: store.FileRecord,
  reading: FileReading,
  problem: string | null,
): Promise<void> {
  const { from, to } = await fileSpan(ctx.db, file.file_id);
  await transact(ctx, async (tx) => {
    await store.updateFile(tx.db, file.file_id, {
      state: reading.rows === 0 && problem !== null ? "failed" : "read",
      problem,
      rows: reading.rows,
      refused: reading.refused,
      covers_from: from,
      covers_to: to,
    });
    await store.dropChunks(tx.db, file.file_id);
    await queueComparison(tx, file.shadow_id);
  });
}

class FileReading {
  rows = 0;
  refused = 0;
  readonly #ctx: Context;
  readonly #file: store.FileRecord;
  readonly #reader: RowReader;
  /** how often each key came: of two rows that say the same the second is the second */
  readonly #seen = new Map<string, number>();
  #rows = new Map<string, NewRow>();
  #refusals: NewRefusal[] = [];

  constructor(ctx: Context, file: store.FileRecord, reader: RowReader) {
    this.#ctx = ctx;
    this.#file = file;
    this.#reader = reader;
  }

  async take({ line, cells }: FileRow): Promise<void> {
    const reading = this.#reader.read(cells);
    if (reading.ignored) return;
    if (reading.refusal !== undefined) {
      this.refused += 1;
      if (this.refused <= MOST_REFUSALS)
        this.#refusals.push({
          line,
          refusal: reading.refusal,
          raw: cells.join(", ").slice(0, RAW_ROW).toWellFormed().replaceAll("\u0000", ""),
        });
    } else {
      this.rows += 1;
      const key = this.#keyOf(reading.row);
      const raw = this.#file.columns.map(
        (name, at) => [name, (cells[at] ?? "").slice(0, RAW_CELL).toWellFormed().replaceAll("\u0000", "")] as const,
      );
      this.#rows.set(key, { key, fileId: this.#file.file_id, line, receipt: null, row: reading.row, raw });
    }
    if (this.#rows.size + this.#refusals.length >= BATCH) await this.flush();
  }

  /** Their id of the conversion, else what is in the row apart from its status, which may change. */
  #keyOf(row: ReadRow): string {
    const content = [
      row.orderId,
      row.clickId,
      row.customerRef,
      row.at,
      row.type,
      row.partnerRef,
      row.minor,
      row.currency,
    ].join("\n");
    const key =
      row.conversionId !== null
        ? `id ${row.conversionId}`
        : `row ${createHash("sha256").update(content).digest("base64url").slice(0, 22)}`;
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    return `${key} ${count}`;
  }

  async flush(): Promise<void> {
    const [rows, refusals] = [[...this.#rows.values()], this.#refusals];
    [this.#rows, this.#refusals] = [new Map(), []];
    await transact(this.#ctx, async (tx) => {
      await saveRows(tx.db, this.#file.shadow_id, rows);
      await saveRefusals(tx.db, this.#file.file_id, refusals);
      await store.updateFile(tx.db, this.#file.file_id, { rows: this.rows, refused: this.refused });
    });
  }
}
