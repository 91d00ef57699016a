import { createHash } from "node:crypto";
import type { JournalExport, NewJournalExport } from "@tributary/contract";
import { AccountingSettings, NewJournalExport as NewJournalExportSchema } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { lastDay } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { readSetUp } from "./accounting.ts";
import { type Code, coded, codeFinder, type Export, WRITERS } from "./core/journal-formats.ts";
import * as store from "./store/journal.ts";

/**
 * Gives accounting everything it has not had yet, up to a month. No booking is in two exports: what was booked late comes with the next one. The
 * file can be fetched again, and is the same byte for byte.
 * @throws Refusal `wrong_state` when there is nothing new, `invalid_input` when an account has no code, or a DATEV file would span two currencies or years
 */
export async function createExport(ctx: Context, actor: Actor, given: NewJournalExport): Promise<JournalExport> {
  const input = NewJournalExportSchema.parse(given);
  requirePermission(actor, "ledger.write", {});
  return await transact(ctx, async (tx) => {
    await store.lockExports(tx.db);
    const { settings, codes } = await readSetUp(tx);
    const exportId = tx.ids.next("jex");
    const through = `${input.through}-01`;
    const row = await store.insertExport(tx.db, {
      export_id: exportId, format: input.format, detail: input.detail, through_period: through, transfers: 0n, rows: 0n, totals: "[]", content_hash: "",
      settings: JSON.stringify({ settings, codes }), created_by: personOf(actor), created_at: tx.clock.now(),
    }); // biome-ignore format: a record
    const transfers = await store.claimTransfers(tx.db, exportId, through);
    if (transfers === 0n)
      throw new Refusal("wrong_state", `Everything up to ${input.through} has been exported already.`);
    const hash = createHash("sha256");
    const totals = new Map<string, bigint>();
    const count = { rows: 0n };
    for await (const chunk of fileOf(tx, row, totals, count)) hash.update(chunk);
    const sums = [...totals].map(([currency, debit]) => ({ currency, debit: String(debit) }));
    const is = { transfers, rows: count.rows, totals: JSON.stringify(sums), content_hash: hash.digest("hex") };
    const saved = await store.describeExport(tx.db, exportId, is);
    await audit.record(tx, actor, {
      action: "journal.exported",
      subjectKind: "journal_export",
      subjectId: exportId,
      after: { format: input.format, through: input.through, transfers: Number(transfers), hash: is.content_hash },
    });
    return exportWire(saved, await store.openMonthsOf(tx.db, [exportId]));
  });
}

/** The file of an export, a stretch at a time. */
async function* fileOf(
  ctx: Context,
  row: store.ExportRow,
  totals = new Map<string, bigint>(),
  count = { rows: 0n },
): AsyncGenerator<Buffer> {
  const { settings, codes } = row.settings as unknown as { settings: AccountingSettings; codes: Code[] };
  const writer = WRITERS[row.format as JournalExport["format"]];
  const find = codeFinder(codes);
  const encoding = row.format === "datev" ? "latin1" : "utf8";
  let about: Export | undefined;
  for await (const lines of store.journalLines(ctx.db, row.export_id, row.detail as store.Detail)) {
    let text = "";
    for (const line of lines) {
      if (line.minor === 0n) continue;
      const entry = {
        number: String(line.place),
        recipe: line.recipe,
        partnerId: line.partner_id,
        programId: line.program_id,
        currency: line.currency,
        on: dayIn(line),
        period: line.period,
        minor: line.minor,
      };
      const done = coded(entry, find);
      if ("missing" in done)
        throw invalid("codes", done.missing, "has no code of accounting", "enter one in the settings of accounting");
      about ??= await aboutOf(ctx, row, AccountingSettings.parse(settings), line.currency);
      if (row.format === "datev") refuseMixed(about, entry);
      if (count.rows === 0n) text += writer.head(about);
      text += writer.line(done, about);
      count.rows += 1n;
      totals.set(line.currency, (totals.get(line.currency) ?? 0n) + (line.minor < 0n ? -line.minor : line.minor));
    }
    yield Buffer.from(text, encoding);
  }
}

/** An entry belongs to the month in which it is booked, also when it happened before. */
function dayIn(line: store.JournalLine): string {
  if (line.on < line.period) return line.period;
  return [line.on, lastDay(line.period)].sort()[0] ?? line.on;
}

async function aboutOf(
  ctx: Context,
  row: store.ExportRow,
  settings: AccountingSettings,
  currency: string,
): Promise<Export> {
  const { from, to } = await store.spanOf(ctx.db, row.export_id);
  return { id: row.export_id, createdAt: row.created_at, settings, from, to: lastDay(to), currency };
}

function refuseMixed(about: Export, entry: { readonly currency: string; readonly on: string }): void {
  if (entry.currency !== about.currency)
    throw invalid(
      "format",
      "datev",
      `a DATEV file has one currency, and these bookings have ${about.currency} and ${entry.currency}`,
      "export as CSV",
    );
  const yearOf = (day: string) =>
    day.slice(5) < about.settings.yearBegins ? Number(day.slice(0, 4)) - 1 : Number(day.slice(0, 4));
  if (yearOf(about.from) !== yearOf(entry.on))
    throw invalid(
      "through",
      entry.on.slice(0, 7),
      "lies in another business year than the first of these bookings",
      "export up to the end of a year first",
    );
}

export async function listExports(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<JournalExport>> {
  requirePermission(actor, "ledger.read", {});
  const { rows, nextCursor } = await store.exportPage(ctx.db, page);
  const open = await store.openMonthsOf(
    ctx.db,
    rows.map((row) => row.export_id),
  );
  return { rows: rows.map((row) => exportWire(row, open)), nextCursor };
}

/** The file of an export again, with its name. */
export async function downloadExport(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ readonly name: string; readonly mediaType: string; readonly bytes: AsyncGenerator<Buffer> }> {
  requirePermission(actor, "ledger.read", {});
  const row = await store.findExport(ctx.db, id);
  if (row === undefined) throw notFound("export", id);
  const writer = WRITERS[row.format as JournalExport["format"]];
  const prefix = row.format === "datev" ? "EXTF_Buchungsstapel" : `journal-${row.format}`;
  const name = `${prefix}_${row.through_period.slice(0, 7)}_${row.export_id.slice(-6)}.${writer.extension}`;
  return { name, mediaType: writer.mediaType, bytes: fileOf(ctx, row) };
}

function exportWire(row: store.ExportRow, open: ReadonlyMap<string, readonly string[]>): JournalExport {
  return {
    id: row.export_id,
    format: row.format as JournalExport["format"],
    detail: row.detail as JournalExport["detail"],
    through: row.through_period.slice(0, 7),
    transfers: Number(row.transfers),
    rows: Number(row.rows),
    totals: row.totals as unknown as JournalExport["totals"],
    hash: row.content_hash,
    openPeriods: [...(open.get(row.export_id) ?? [])],
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}
