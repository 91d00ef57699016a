import type { ImportKind } from "@tributary/contract";
import { transact } from "../../../database/index.ts";
import type { ImportWork } from "../contracts.ts";
import { KIND_ORDER } from "../core/fields.ts";
import { type Draft, mapRow } from "../core/map-row.ts";
import { mergeDrafts } from "../core/merge.ts";
import { findImport, type ImportRow, noteProgress, updateImport } from "../store/imports.ts";
import {
  clearRecords,
  countActions,
  type DraftRow,
  decideRecords,
  draftsAfter,
  insertDrafts,
  stageOf,
} from "../store/records.ts";
import { type StagedRow, sheetsOf, stagedRows } from "../store/rows.ts";
import { decideBatch } from "./decide.ts";

const ROWS_PER_STEP = 2000;
const RECORDS_PER_STEP = 500;
/** Tables that only mention a partner say it again in every row: once is enough. */
const MENTIONS_REMEMBERED = 200_000;
const TO_DO: ReadonlySet<string> = new Set(["create", "change", "join", "restore"]);

/** The dry run: reads all rows by the mapping and decides what becomes of each record. Nothing is made. It begins anew when it was broken off. */
export async function checkImport(work: ImportWork): Promise<ImportRow> {
  const { db } = work.ctx;
  const id = work.row.import_id;
  await clearRecords(db, id);
  await readAll(work);
  for (const kind of KIND_ORDER) await decideAll(work, kind);
  const counts = await countActions(db, id);
  const total = Object.values(counts)
    .flatMap((of) => Object.entries(of))
    .reduce((sum, [action, count]) => (TO_DO.has(action) ? sum + count : sum), 0);
  await updateImport(db, id, {
    status: "checked",
    counts,
    total,
    done: 0,
    failure: null,
    beat_at: work.ctx.clock.now(),
  });
  const row = await findImport(db, id);
  if (row === undefined) throw new Error(`import ${id} has gone`);
  return row;
}

async function readAll(work: ImportWork): Promise<void> {
  const { db } = work.ctx;
  const id = work.row.import_id;
  const sheets = new Map((await sheetsOf(db, id)).map((sheet) => [sheet.name, sheet]));
  const mentions = new Set<string>();
  for (const table of work.row.mapping.tables) {
    const sheet = sheets.get(table.table);
    if (sheet === undefined || !table.use) continue;
    const rules = { table, mapping: work.row.mapping, currency: work.program.currency };
    const [first] = table.records.filter((record) => record.derived !== true);
    for (let after = 0n; ; ) {
      const rows = await stagedRows(db, id, sheet.sheet_no, after, ROWS_PER_STEP);
      const last = rows.at(-1);
      if (last === undefined) break;
      const drafts = rows.flatMap((row) => {
        const found = row.problem === null ? mapRow(row.cells, rules) : broken(row, first?.kind ?? "partner");
        return found.flatMap((draft) => placed(draft, table.table, row, mentions));
      });
      await transact(work.ctx, async (tx) => {
        await insertDrafts(tx.db, id, drafts);
        await noteProgress(tx.db, id, 0, tx.clock.now());
      });
      after = last.position;
    }
  }
}

/** A row that could not be taken apart is refused as what its table is about. */
function broken(row: StagedRow, kind: Draft["kind"]): readonly Draft[] {
  const problem = {
    field: "row",
    value: Object.values(row.cells).join(",").slice(0, 200),
    code: "broken_row",
    details: { said: row.problem ?? "" },
  } as const;
  return [{ kind, externalId: "", primary: true, content: {}, problem }];
}

function placed(draft: Draft, table: string, row: StagedRow, mentions: Set<string>): readonly DraftRow[] {
  const externalId = draft.externalId === "" ? `line ${row.line} of ${table}` : draft.externalId;
  const place = { table, line: row.line, part: Number(row.position) };
  const { kind: _kind, ...rest } = draft;
  if (!draft.primary) {
    const said = `${draft.kind}\n${externalId}\n${JSON.stringify(draft.content)}`;
    if (mentions.has(said)) return [];
    if (mentions.size < MENTIONS_REMEMBERED) mentions.add(said);
  }
  const rows: DraftRow[] = [{ ...rest, ...place, externalId, stage: stageOf(draft.kind) }];
  const { parent } = draft.content;
  if (draft.kind === "partner" && parent !== undefined && parent !== "0" && draft.problem === null) {
    const content = { partner: externalId, parent };
    rows.push({ ...place, externalId, primary: true, content, problem: null, stage: stageOf("parent") });
  }
  return rows;
}

async function decideAll(work: ImportWork, kind: ImportKind): Promise<void> {
  const { db } = work.ctx;
  const id = work.row.import_id;
  const stage = stageOf(kind);
  for (let after = ""; ; ) {
    const batch = await draftsAfter(db, id, stage, after, RECORDS_PER_STEP);
    if (batch.size === 0) return;
    const merged = [...batch.values()].map(mergeDrafts);
    const decisions = await decideBatch(kind)(work, merged);
    const decided = merged.flatMap(({ lead }, at) => {
      const decision = decisions[at];
      if (decision === undefined) return [];
      const { part = 0 } = lead as { part?: number };
      return [{ externalId: lead.externalId, sheet: lead.table, line: lead.line, part, ...decision }];
    });
    await decideRecords(db, id, stage, decided);
    await noteProgress(db, id, 0, work.ctx.clock.now());
    after = [...batch.keys()].sort().at(-1) ?? after;
  }
}
