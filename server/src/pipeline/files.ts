import type { LeadFile, LeadFileResult } from "@tributary/contract";
import { NewLead, PartnerKind } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { requirePermission } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { collectTables, type TableRow } from "../tables/index.ts";
import type { IncomingLead } from "./contracts.ts";
import { guessMapping, LEAD_COLUMNS, type LeadColumn } from "./core/columns.ts";
import { takeLeads } from "./take.ts";

const AT_ONCE = 500;
const MOST_ROWS = 100_000;
type Reject = LeadFileResult["rejects"][number];
type Row = { readonly line: number; readonly lead: IncomingLead };

/**
 * Reads a file with leads. Without `run` it says what would happen: it is done, and taken back. With it, rows that hold are taken 500 at a time, and the
 * others are told with line, field and reason. A row whose `externalRef` is known is not taken twice, so that a broken run is simply started again.
 */
export async function takeFile(ctx: Context, actor: Actor, file: LeadFile): Promise<LeadFileResult> {
  requirePermission(actor, "pipeline.write");
  const bytes = Buffer.from(file.content, "base64");
  const { tables, broken } = await collectTables(bytes, file.name, {
    known: (names) => Object.keys(guessMapping(names)).length,
  });
  const table = tables.find((one) => !one.hidden && one.rows.length > 0);
  if (table === undefined) throw refusedFile(broken?.text ?? "it holds no rows");
  if (table.rows.length > MOST_ROWS) throw refusedFile(`it holds more than ${MOST_ROWS} rows: divide it`);
  const mapping = { ...guessMapping(table.columns), ...file.mapping };
  const { rows, rejects } = readRows(table.columns, mapping, table.rows);
  if (table.broken !== undefined)
    rejects.push({ line: table.broken.line ?? 0, field: "", value: "", detail: table.broken.text });
  const counts = { taken: 0, alike: 0, known: 0 };
  if (file.run)
    for (let at = 0; at < rows.length; at += AT_ONCE)
      await take(ctx, actor, rows.slice(at, at + AT_ONCE), counts, rejects);
  else await rehearse(ctx, actor, rows.slice(0, AT_ONCE), counts, rejects);
  return {
    columns: [...table.columns],
    mapping,
    rows: table.rows.length,
    sample: table.rows
      .slice(0, 5)
      .map((row) => Object.fromEntries(table.columns.map((name, at) => [name, row.cells[at] ?? ""]))),
    ...counts,
    rejects: rejects.sort((a, b) => a.line - b.line).slice(0, 1000),
  };
}

function refusedFile(why: string): Refusal {
  return new Refusal("invalid_input", `The file cannot be read: ${why}.`, [{ field: "content", message: why }]);
}

type Counts = { taken: number; alike: number; known: number };

async function take(
  ctx: Context,
  actor: Actor,
  rows: readonly Row[],
  counts: Counts,
  rejects: Reject[],
): Promise<void> {
  const done = await takeLeads(
    ctx,
    actor,
    rows.map((row) => row.lead),
    { channel: "file" },
  );
  for (const [index, one] of done.entries()) {
    if ("refused" in one) {
      const complaint = one.refused.complaints[0];
      rejects.push({
        line: rows[index]?.line ?? 0,
        field: complaint?.field ?? "",
        value: complaint?.value ?? "",
        detail: one.refused.message,
      });
    } else if (one.outcome === "known") counts.known += 1;
    else {
      counts.taken += 1;
      if (one.outcome === "looks_like") counts.alike += 1;
    }
  }
}

class TakenBack extends Error {}

/** Does it all, and takes it back: nothing tells better what would happen. */
async function rehearse(
  ctx: Context,
  actor: Actor,
  rows: readonly Row[],
  counts: Counts,
  rejects: Reject[],
): Promise<void> {
  await transact(ctx, async (tx) => {
    await take(tx, actor, rows, counts, rejects);
    throw new TakenBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
}

function readRows(columns: readonly string[], mapping: Readonly<Record<string, string>>, given: readonly TableRow[]) {
  const rows: Row[] = [];
  const rejects: Reject[] = [];
  const places = Object.entries(mapping).flatMap(([field, column]) => {
    const at = columns.indexOf(column);
    return at < 0 || !LEAD_COLUMNS.includes(field as LeadColumn) ? [] : [[field as LeadColumn, at] as const];
  });
  for (const row of given) {
    if (row.problem !== undefined) {
      rejects.push({ line: row.line, field: row.problem.column ?? "", value: "", detail: row.problem.text });
      continue;
    }
    const cells = Object.fromEntries(places.map(([field, at]) => [field, (row.cells[at] ?? "").trim()]));
    const read = NewLead.safeParse(leadOf(cells));
    if (read.success) rows.push({ line: row.line, lead: read.data });
    else
      for (const issue of read.error.issues.slice(0, 3)) {
        const field = String(issue.path[0] ?? "");
        rejects.push({ line: row.line, field, value: (cells[field] ?? "").slice(0, 100), detail: issue.message });
      }
  }
  return { rows, rejects };
}

function leadOf(cells: Readonly<Record<string, string>>) {
  const kind = PartnerKind.safeParse((cells.kind ?? "").toLowerCase().replace(/[\s-]+/g, "_"));
  const { telegram = "", skype = "", tags = "", expectedFtds = "", country = "", ...texts } = cells;
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([name, value]) => value !== "" && name !== "kind")),
    ...(kind.success ? { kind: kind.data } : {}),
    ...(cells.kind && !kind.success ? { note: [cells.note, cells.kind].filter(Boolean).join("\n") } : {}),
    ...(country === "" ? {} : { country: country.toUpperCase() }),
    ...(expectedFtds === "" ? {} : { expectedFtds: Number(expectedFtds.replace(/[\s.,']/g, "")) }),
    ...(tags === ""
      ? {}
      : {
          tags: tags
            .split(/[;,|]/)
            .map((one) => one.trim())
            .filter(Boolean),
        }),
    handles: [
      ...(telegram === "" ? [] : [{ kind: "telegram", handle: telegram }]),
      ...(skype === "" ? [] : [{ kind: "skype", handle: skype }]),
    ],
  };
}
