import { createHash } from "node:crypto";
import type { BulkMapping, BulkSheet, BulkSubject } from "@tributary/contract";
import type { Context, TxContext } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { readTables, type TableFound } from "../../tables/index.ts";
import { type CustomField, fieldRules, folded, recognise } from "./core/fields.ts";
import type { FileRow } from "./core/said.ts";
import { oneAhead } from "./lanes.ts";
import { rememberedMapping } from "./store/changes.ts";
import { stageRows } from "./store/rows.ts";

const ROWS_PER_COPY = 2_000;
const SAMPLES = 4;
const MOST_ROWS = 500_000;

interface Staged {
  readonly found: TableFound;
  readonly waiting: FileRow[];
  readonly samples: string[][];
  rows: number;
  brokenOff: string | null;
}

/** Reads a file into rows of a bulk change, all of it or nothing. @throws Refusal `bad_request` when there is no table in it */
export async function stageFile(
  tx: TxContext,
  id: string,
  file: { readonly path: string; readonly name: string },
  subject: BulkSubject,
): Promise<readonly BulkSheet[]> {
  const sheets = new Map<number, Staged>();
  let broken: string | undefined;
  const words = new Set(fieldRules(subject).flatMap((rule) => [folded(rule.name), ...rule.called]));
  await oneAhead(async (put) => {
    const flush = (at: number, sheet: Staged): Promise<void> => {
      const rows = sheet.waiting.splice(0);
      return put(() => stageRows(tx, id, at, rows));
    };
    await readTables(
      file.path,
      file.name,
      {
        table: (at, found) => void sheets.set(at, beginning(found)),
        row: (at, row) => {
          const sheet = sheets.get(at);
          if (sheet === undefined) return undefined;
          take(sheet, row);
          return sheet.waiting.length >= ROWS_PER_COPY ? flush(at, sheet) : undefined;
        },
        brokenOff: (at, why) => {
          const sheet = at === undefined ? undefined : sheets.get(at);
          const text = why.line === undefined ? why.text : `line ${why.line}: ${why.text}`;
          if (sheet === undefined) broken = text;
          else sheet.brokenOff = text;
        },
      },
      { known: (names) => names.filter((name) => words.has(folded(name))).length },
    );
    for (const [at, sheet] of sheets) await flush(at, sheet);
  });
  if (sheets.size === 0)
    throw new Refusal("bad_request", `There is no table in ${file.name}: ${broken ?? "it holds none"}.`);
  return [...sheets.values()].map(sheetOf);
}

function beginning(found: TableFound): Staged {
  const samples = found.columns.map(() => []);
  return { found, waiting: [], samples, rows: 0, brokenOff: null };
}

function take(
  sheet: Staged,
  row: { readonly line: number; readonly cells: readonly string[]; readonly problem?: object | undefined },
): void {
  if (sheet.rows >= MOST_ROWS)
    throw new Refusal("too_large", `The table has more than ${MOST_ROWS} rows: divide the file.`);
  sheet.rows += 1;
  const cells = row.cells.map((cell) => cell.replaceAll("\0", "\ufffd").trim());
  sheet.waiting.push({ line: row.line, cells, problem: (row.problem ?? null) as FileRow["problem"] });
  for (const [at, samples] of sheet.samples.entries()) {
    const cell = cells[at] ?? "";
    if (cell !== "" && samples.length < SAMPLES && !samples.includes(cell)) samples.push(cell.slice(0, 80));
  }
}

function sheetOf(sheet: Staged): BulkSheet {
  const { found, samples, rows, brokenOff } = sheet;
  return {
    name: found.name,
    columns: found.columns.map((name, at) => ({ name, samples: samples[at] ?? [] })),
    rows,
    hidden: found.hidden,
    notes: [...found.notes],
    brokenOff,
  };
}

/** Tables of the same columns are mapped the same way. */
export function columnsHash(columns: readonly string[]): string {
  return createHash("sha256").update(columns.map(folded).sort().join("\n")).digest("hex").slice(0, 32);
}

/** The table that is meant (the first that is shown and has most rows) and what its columns mean: as the last time, else by their names. */
export async function proposeMapping(
  ctx: Context,
  subject: BulkSubject,
  sheets: readonly BulkSheet[],
  custom: readonly CustomField[],
  sheet?: number,
): Promise<{ readonly mapping: BulkMapping; readonly remembered: boolean }> {
  const order = sheets
    .map((one, at) => ({ at, score: one.rows + (one.hidden ? -1e9 : 0) }))
    .sort((a, b) => b.score - a.score || a.at - b.at);
  const chosen = sheet ?? order[0]?.at ?? 0;
  const columns = sheets[chosen]?.columns ?? [];
  const last = (await rememberedMapping(ctx.db, subject, columnsHash(columns.map((one) => one.name)))) as
    | BulkMapping
    | undefined;
  const base = { mode: "both", match: "any", emptyCells: "keep", tags: "add", defaults: {} } as const;
  if (last === undefined)
    return {
      mapping: { ...base, sheet: chosen, columns: [...recognise(subject, columns, custom)] },
      remembered: false,
    };
  const before = new Map(last.columns.map((one) => [folded(one.column), one.field]));
  const again = columns.map(({ name }) => ({ column: name, field: before.get(folded(name)) ?? null }));
  return { mapping: { ...base, ...last, sheet: chosen, columns: again }, remembered: true };
}
