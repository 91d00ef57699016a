import { createHash } from "node:crypto";
import { type ComparisonFile, ComparisonMapping } from "@tributary/contract";
import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { isTimeZone } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { programById } from "../programs/index.ts";
import { type FileKind, fileRows, headerRowOf, keepFile, suggestMapping } from "../tracking/index.ts";
import { READ_TASK } from "./comparison-rows.ts";
import { readableComparison, writableComparison } from "./comparisons.ts";
import * as store from "./store/comparisons.ts";

const SAMPLE_ROWS = 8;
const SAMPLE_CELL = 120;
const MOST_COLUMNS = 300;
const COMMISSION_NAMES =
  /^(commissions?|payout|partner payout|earnings?|revenue share|ganancia|comisi[oó]n)( \(.*\))?$/i;

export interface GivenSideFile {
  readonly side: "office" | "claim";
  readonly name: string;
  readonly timeZone?: string | undefined;
}

/**
 * Takes an export of the back office or of the partner, a megabyte at a time; the same bytes are taken once.
 * @throws Refusal `not_found`, `forbidden`, `too_large`, `bad_request` when there are no rows in it
 */
export async function takeSideFile(
  ctx: Context,
  actor: Actor,
  comparisonId: string,
  given: GivenSideFile,
  bytes: AsyncIterable<Buffer>,
): Promise<ComparisonFile> {
  const comparison = await writableComparison(ctx, actor, comparisonId);
  const program = await programById(ctx.db, comparison.program_id);
  const timeZone = given.timeZone ?? program?.timeZone ?? "UTC";
  if (!isTimeZone(timeZone)) throw invalid("timeZone", timeZone, "is no time zone", "a name such as Europe/Madrid");
  const fileId = ctx.ids.next("cmf");
  const blank = {
    content_hash: fileId,
    kind: "csv",
    size: 0n,
    header_row: 1,
    columns: [],
    sample: "[]",
    suggestion: "{}",
    state: "failed",
  };
  await store.insertFile(ctx.db, {
    ...blank,
    file_id: fileId,
    comparison_id: comparisonId,
    side: given.side,
    name: given.name.slice(0, 200),
    time_zone: timeZone,
    problem: "The upload was broken off.",
    uploaded_by: personOf(actor),
    uploaded_at: ctx.clock.now(),
  });
  try {
    const kept = await keepBytes(ctx, fileId, bytes);
    const known = await store.fileByHash(ctx.db, comparisonId, given.side, kept.content_hash);
    if (known !== undefined) {
      await store.dropFile(ctx.db, fileId);
      return fileWire(known);
    }
    const looked = await lookInto(ctx, fileId, kept.kind, given.side);
    return await transact(ctx, async (tx) => {
      const file = await store.updateFile(tx.db, fileId, { ...kept, ...looked, state: "uploaded", problem: null });
      await audit.record(tx, actor, {
        action: "comparisons.file_uploaded",
        subjectKind: "comparison",
        subjectId: comparisonId,
        after: { fileId, side: given.side, name: given.name, hash: kept.content_hash },
      });
      return fileWire(file);
    });
  } catch (error) {
    await store.dropFile(ctx.db, fileId);
    throw error;
  }
}

async function keepBytes(
  ctx: Context,
  fileId: string,
  bytes: AsyncIterable<Buffer>,
): Promise<{ kind: FileKind; size: bigint; content_hash: string }> {
  const hash = createHash("sha256");
  const { kind, size } = await keepFile(bytes, (position, chunk) => {
    hash.update(chunk);
    return store.insertChunk(ctx.db, fileId, position, chunk);
  });
  return { kind, size: BigInt(size), content_hash: hash.digest("hex") };
}

/** Finds the columns and the first rows, and how they are probably read: as last time, as a known tracker writes them, or by their names. */
async function lookInto(ctx: Context, fileId: string, kind: FileKind, side: string) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for await (const { line, cells } of fileRows(kind, store.chunksOf(ctx.db, fileId))) {
    rows.push(cells.map((cell) => cell.slice(0, SAMPLE_CELL).toWellFormed().replaceAll("\u0000", "")));
    lines.push(line);
    if (rows.length > SAMPLE_ROWS + 12) break;
  }
  const at = headerRowOf(rows);
  const columns = (rows[at] ?? []).map((name) => name.trim());
  if (columns.length < 2)
    throw new Refusal("bad_request", "The file has no columns: it should be CSV or a spreadsheet with a row of names.");
  if (columns.length > MOST_COLUMNS) throw new Refusal("too_large", `A file may have ${MOST_COLUMNS} columns.`);
  const remembered = await store.rememberedMapping(ctx.db, side, columnsKey(columns));
  const guessed = suggestMapping(columns, "other");
  const commission = columns.find((name) => COMMISSION_NAMES.test(name));
  const suggestion =
    remembered === undefined
      ? { ...guessed, mapping: { ...guessed.mapping, ...(commission !== undefined && { commission }) } }
      : { mapping: remembered, by: "remembered", format: null };
  const sample = JSON.stringify(rows.slice(at + 1, at + 1 + SAMPLE_ROWS));
  return { header_row: lines[at] ?? 1, columns, sample, suggestion: JSON.stringify(suggestion) };
}

function columnsKey(columns: readonly string[]): string {
  return createHash("sha256").update(columns.join("\n").toLowerCase()).digest("base64url").slice(0, 16);
}

/** Has a file read by this mapping, which is remembered for the next one with its columns. */
export async function readSideFile(
  ctx: Context,
  actor: Actor,
  fileId: string,
  given: ComparisonMapping,
): Promise<ComparisonFile> {
  const mapping = ComparisonMapping.parse(given);
  return await transact(ctx, async (tx) => {
    const file = await readableFile(tx, actor, fileId);
    await writableComparison(tx, actor, file.comparison_id);
    if (file.state !== "uploaded")
      throw new Refusal("wrong_state", `This file is ${file.state}: upload it again to read it again.`);
    refuseOddMapping(mapping, file.columns);
    const saved = await store.updateFile(tx.db, fileId, { state: "waiting", mapping: JSON.stringify(mapping) });
    await store.rememberMapping(tx.db, file.side, columnsKey(file.columns), mapping);
    await audit.record(tx, actor, {
      action: "comparisons.file_read",
      subjectKind: "comparison",
      subjectId: file.comparison_id,
      after: { fileId, mapping },
    });
    await announce(tx, READ_TASK, { fileId });
    return fileWire(saved);
  });
}

function refuseOddMapping(mapping: ComparisonMapping, columns: readonly string[]): void {
  if (mapping.columns.occurredAt === undefined)
    throw invalid("columns.occurredAt", "", "is missing: say which column holds the time");
  const named = [
    ...Object.entries(mapping.columns),
    ...(mapping.commission === undefined ? [] : [["commission", mapping.commission] as const]),
  ];
  for (const [field, column] of named)
    if (!columns.includes(column)) throw invalid(`columns.${field}`, column, "is no column of the file");
  const { orderId, clickId, customerId, amount } = mapping.columns;
  if ([orderId, clickId, customerId, amount].every((column) => column === undefined))
    throw invalid("columns", "", "has nothing to match by", "an order id, click id, customer id or amount");
}

export async function listSideFiles(
  ctx: Context,
  actor: Actor,
  comparisonId: string,
): Promise<readonly ComparisonFile[]> {
  await readableComparison(ctx, actor, comparisonId);
  return (await store.filesOf(ctx.db, comparisonId)).map(fileWire);
}

async function readableFile(ctx: Context, actor: Actor, fileId: string): Promise<store.FileRecord> {
  const file = await store.findFile(ctx.db, fileId);
  if (file === undefined) throw notFound("file", fileId);
  await readableComparison(ctx, actor, file.comparison_id);
  return file;
}

export async function getSideFile(ctx: Context, actor: Actor, fileId: string): Promise<ComparisonFile> {
  return fileWire(await readableFile(ctx, actor, fileId));
}

export async function listSideRefusals(
  ctx: Context,
  actor: Actor,
  fileId: string,
  page: PageRequest,
): Promise<Page<{ line: number; field: string; value: string | null; reason: string }>> {
  await readableFile(ctx, actor, fileId);
  const { rows, nextCursor } = await store.refusalPage(ctx.db, fileId, page);
  return { rows: rows.map(({ line, field, value, reason }) => ({ line, field, value, reason })), nextCursor };
}

function fileWire(row: store.FileRecord): ComparisonFile {
  return {
    id: row.file_id,
    comparisonId: row.comparison_id,
    side: row.side as ComparisonFile["side"],
    name: row.name,
    state: row.state as ComparisonFile["state"],
    problem: row.problem,
    columns: row.columns,
    sample: row.sample as string[][],
    suggestion: row.suggestion as ComparisonFile["suggestion"],
    timeZone: row.time_zone,
    rows: row.rows,
    refused: row.refused,
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at.toISOString(),
  };
}
