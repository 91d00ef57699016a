import type { ShadowFile, ShadowMapping, ShadowRefusal } from "@tributary/contract";
import { ShadowMapping as ShadowMappingSchema } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, type PageRequest, transact } from "../../database/index.ts";
import { isTimeZone } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { headerRowOf } from "./core/columns.ts";
import { type FileKind, fileRows } from "./file-rows.ts";
import { keepFile } from "./keep-file.ts";
import { readableShadow, writableShadow } from "./service.ts";
import * as store from "./store/shadows.ts";
import { columnsKey, toFile } from "./wire.ts";

export const READ_TASK = "tracking.shadow_file";
export const LOOK_TASK = "tracking.shadow_look";

const SAMPLE_ROWS = 40;
const SAMPLE_CELL = 200;
const MOST_COLUMNS = 300;

/**
 * Takes a file as it comes in, a megabyte at a time. A CSV file shows its columns at once; a spreadsheet is opened in the background.
 * @throws Refusal `not_found`, `forbidden`, `too_large`, `bad_request` when there are no rows in it
 */
export async function takeFile(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  name: string,
  bytes: AsyncIterable<Buffer>,
): Promise<ShadowFile> {
  await writableShadow(ctx, actor, shadowId);
  const fileId = ctx.ids.next("shf");
  const blank = {
    header_row: 1,
    columns: [],
    sample: "[]",
    state: "failed",
    problem: "The upload was broken off.",
    bytes: 0n,
    kind: "csv",
  };
  await store.insertFile(ctx.db, {
    file_id: fileId,
    shadow_id: shadowId,
    name: name.slice(0, 200),
    created_by: actor.id,
    created_at: ctx.clock.now(),
    ...blank,
  });
  try {
    const { kind, size } = await keepFile(bytes, (position, chunk) =>
      store.insertChunk(ctx.db, fileId, position, chunk),
    );
    const looked = kind === "csv" ? await lookInto(ctx, fileId, kind) : { state: "waiting" };
    return await transact(ctx, async (tx) => {
      const file = await store.updateFile(tx.db, fileId, { kind, bytes: BigInt(size), problem: null, ...looked });
      if (kind === "xlsx") await announce(tx, LOOK_TASK, { fileId });
      await audit.record(tx, actor, {
        action: "shadows.file_uploaded",
        subjectKind: "shadow",
        subjectId: shadowId,
        after: { fileId, name, bytes: size },
      });
      return toFile(file, await readableShadow(tx, actor, shadowId));
    });
  } catch (error) {
    await store.dropChunks(ctx.db, fileId);
    if (error instanceof Refusal) await store.updateFile(ctx.db, fileId, { problem: error.message });
    throw error;
  }
}

/** Finds the columns and the first rows. */
async function lookInto(ctx: Context, fileId: string, kind: FileKind) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for await (const { line, cells } of fileRows(kind, store.chunksOf(ctx.db, fileId))) {
    rows.push(cells.map((cell) => cell.slice(0, SAMPLE_CELL).toWellFormed().replaceAll("\u0000", "")));
    lines.push(line);
    if (rows.length > SAMPLE_ROWS) break;
  }
  const at = headerRowOf(rows);
  const columns = (rows[at] ?? []).map((name) => name.trim());
  if (columns.length < 2)
    throw new Refusal("bad_request", "The file has no columns: it should be CSV or a spreadsheet with a row of names.");
  if (columns.length > MOST_COLUMNS) throw new Refusal("too_large", `A file may have ${MOST_COLUMNS} columns.`);
  return {
    state: "uploaded",
    header_row: lines[at] ?? 1,
    columns,
    sample: JSON.stringify(rows.slice(at + 1)),
    problem: null,
  };
}

/** The background's part of {@link takeFile}: opens a spreadsheet. */
export async function lookIntoFile(ctx: Context, fileId: string): Promise<void> {
  const file = await store.findFile(ctx.db, fileId);
  if (file?.state !== "waiting" || file.mapping !== null) return;
  try {
    await store.updateFile(ctx.db, fileId, await lookInto(ctx, fileId, file.kind as FileKind));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await store.dropChunks(ctx.db, fileId);
    await store.updateFile(ctx.db, fileId, { state: "failed", problem: error.message });
  }
}

export async function listFiles(
  ctx: Context,
  actor: Actor,
  shadowId: string,
  page: PageRequest,
): Promise<Page<ShadowFile>> {
  const shadow = await readableShadow(ctx, actor, shadowId);
  const { rows, nextCursor } = await store.filePage(ctx.db, shadowId, page);
  return { rows: rows.map((row) => toFile(row, shadow)), nextCursor };
}

export async function getFile(ctx: Context, actor: Actor, fileId: string): Promise<ShadowFile> {
  const { file, shadow } = await fileOf(ctx, actor, fileId);
  return toFile(file, shadow);
}

/** Has a file read by this mapping, which is remembered for the next one with its columns. */
export async function readFile(ctx: Context, actor: Actor, fileId: string, given: ShadowMapping): Promise<ShadowFile> {
  const mapping = ShadowMappingSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const { file } = await fileOf(tx, actor, fileId);
    const shadow = await writableShadow(tx, actor, file.shadow_id);
    if (file.state !== "uploaded")
      throw new Refusal("wrong_state", `This file is ${file.state}: upload it again to read it again.`);
    refuseOddMapping(mapping, file.columns);
    const saved = await store.updateFile(tx.db, fileId, { state: "waiting", mapping: JSON.stringify(mapping) });
    const mappings = { ...(shadow.mappings as object), [columnsKey(file.columns)]: mapping };
    await store.noteShadow(tx.db, shadow.shadow_id, { mappings: JSON.stringify(mappings) });
    await audit.record(tx, actor, {
      action: "shadows.file_read",
      subjectKind: "shadow",
      subjectId: shadow.shadow_id,
      after: { fileId, mapping },
    });
    await announce(tx, READ_TASK, { fileId });
    return toFile(saved, { ...shadow, mappings });
  });
}

function refuseOddMapping(mapping: ShadowMapping, columns: readonly string[]): void {
  if (mapping.columns.occurredAt === undefined)
    throw invalid("columns.occurredAt", "", "is missing: say which column holds the time");
  for (const [field, column] of Object.entries(mapping.columns))
    if (!columns.includes(column)) throw invalid(`columns.${field}`, column, "is no column of the file");
  const { orderId, clickId, customerId, amount } = mapping.columns;
  if ([orderId, clickId, customerId, amount].every((column) => column === undefined))
    throw invalid("columns", "", "has nothing to match by", "an order id, click id, customer id or amount");
  if (mapping.timeZone !== undefined && !isTimeZone(mapping.timeZone))
    throw invalid("timeZone", mapping.timeZone, "is no time zone");
}

export async function listRefusals(
  ctx: Context,
  actor: Actor,
  fileId: string,
  page: PageRequest,
): Promise<Page<ShadowRefusal>> {
  await fileOf(ctx, actor, fileId);
  const { rows, nextCursor } = await store.refusalPage(ctx.db, fileId, page);
  return {
    rows: rows.map(({ line, field, value, reason, hint, raw }) => ({ line, field, value, reason, hint, row: raw })),
    nextCursor,
  };
}

async function fileOf(
  ctx: Context,
  actor: Actor,
  fileId: string,
): Promise<{ file: store.FileRecord; shadow: store.ShadowRow }> {
  const file = await store.findFile(ctx.db, fileId);
  if (file === undefined) throw notFound("file", fileId);
  return { file, shadow: await readableShadow(ctx, actor, file.shadow_id) };
}
