import type { AdjustmentBatch, AdjustmentBatchRow, Evidence, NewAdjustment } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { parseDecimal } from "../../kernel/decimal.ts";
import { currency, parseCurrency, toMinorExact } from "../../kernel/money.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { partnersNamed } from "../../partners/index.ts";
import { allPrograms } from "../../programs/index.ts";
import {
  type BatchRow,
  batchRow,
  finishBatch,
  insertBatch,
  lockBatch,
  type ReasonRow,
} from "../store/adjustment-reasons.ts";
import { type CheckedAdjustment, checkNew, reasonsByCode } from "./check.ts";
import { readTable, type TableRow } from "./read-table.ts";
import { insertProposals, requireWrite } from "./service.ts";

const MOST_ROWS = 2_000;

interface KeptRow extends AdjustmentBatchRow {
  /** what is proposed; null when the row is refused */
  readonly input: CheckedAdjustment | null;
}

/**
 * Reads a file of adjustments (CSV or XLSX; columns: partner, program, kind, currency, amount, month, reason_code, reason, evidence, line) and says of each row what it
 * would propose or why it is refused. Nothing is proposed yet.
 */
export async function checkBatch(
  ctx: Context,
  actor: Actor,
  fileName: string,
  bytes: Buffer,
): Promise<AdjustmentBatch> {
  requirePermission(actor, "ledger.write");
  const table = await readTable(bytes);
  if (table.length === 0) throw new Refusal("bad_request", "The file has no rows below its header.");
  if (table.length > MOST_ROWS)
    throw new Refusal("too_large", `The file has ${table.length} rows: ${MOST_ROWS} are taken at once.`);
  const rows = await checkRows(ctx, actor, table);
  return await transact(ctx, async (tx) => {
    const row: BatchRow = {
      batch_id: tx.ids.next("adb"),
      file_name: fileName,
      status: "checked",
      rows: rows as unknown as BatchRow["rows"],
      good: rows.filter((one) => one.input !== null).length,
      refused: rows.filter((one) => one.input === null).length,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
      finished_by: null,
      finished_at: null,
    };
    await insertBatch(tx.db, { ...row, rows: JSON.stringify(rows) });
    return batchWire(row);
  });
}

async function checkRows(ctx: Context, actor: Actor, table: readonly TableRow[]): Promise<KeptRow[]> {
  const names = [...new Set(table.flatMap(({ cells }) => [cells.partner ?? "", cells.other_partner ?? ""]))].filter(
    (name) => name !== "",
  );
  const partners = await partnersNamed(ctx.db, names);
  const programs = new Map(
    (await allPrograms(ctx.db)).flatMap((one) => [
      [one.programId, one.programId],
      [one.code, one.programId],
    ]),
  );
  const reasons = await reasonsByCode(ctx);
  const rows: KeptRow[] = [];
  for (const { line, cells } of table) {
    const partnerId = partners.get(cells.partner ?? "") ?? null;
    const amount = minorOf(cells.amount ?? "", cells.currency ?? "");
    const shown = {
      line,
      partner: cells.partner ?? "",
      partnerId,
      program: cells.program ?? "",
      kind: cells.kind || "correction",
      currency: (cells.currency ?? "").toUpperCase(),
      amount: amount === undefined ? null : String(amount),
      month: (cells.month ?? "").slice(0, 7),
      reasonCode: cells.reason_code || "other",
      reason: cells.reason ?? "",
    };
    const around = { partners, programs, reasons };
    rows.push({ ...shown, ...(await understand(ctx, actor, cells, shown, around)) });
  }
  return rows;
}

interface Around {
  readonly partners: ReadonlyMap<string, string>;
  readonly programs: ReadonlyMap<string, string>;
  readonly reasons: ReadonlyMap<string, ReasonRow>;
}

async function understand(
  ctx: Context,
  actor: Actor,
  cells: Readonly<Record<string, string>>,
  row: Omit<AdjustmentBatchRow, "problem">,
  { partners, programs, reasons }: Around,
): Promise<{ readonly problem: string | null; readonly input: CheckedAdjustment | null }> {
  try {
    if (row.partnerId === null) throw invalid("partner", row.partner, "is no partner");
    const programId = row.program === "" ? null : programs.get(row.program);
    if (programId === undefined) throw invalid("program", row.program, "is no program");
    if (row.amount === null)
      throw invalid("amount", cells.amount ?? "", `is no amount of ${row.currency || "a currency"}`);
    const input: NewAdjustment = {
      kind: row.kind as NonNullable<NewAdjustment["kind"]>,
      partnerId: row.partnerId,
      programId,
      currency: row.currency,
      amount: row.amount,
      month: row.month,
      reasonCode: row.reasonCode,
      reason: row.reason,
      evidence: evidenceOf(cells.evidence ?? ""),
      lineKey: cells.line || null,
      otherPartnerId: cells.other_partner ? (partners.get(cells.other_partner) ?? cells.other_partner) : null,
    };
    const checked = await checkNew(ctx, input, reasons);
    await requireWrite(ctx, actor, checked);
    return { problem: null, input: checked };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message, input: null };
    const issue = (error as { issues?: readonly { path: PropertyKey[]; message: string }[] }).issues?.[0];
    if (issue === undefined) throw error;
    return { problem: `${issue.path.join(".")}: ${issue.message}`, input: null };
  }
}

function evidenceOf(text: string): Evidence[] {
  if (text === "") return [];
  return [{ kind: /^https?:\/\//.test(text) ? "link" : "note", text }];
}

/** E.g. `1234.56`, `-12,50`, `1,234.56`; undefined when it is no amount of the currency. */
function minorOf(text: string, code: string): bigint | undefined {
  if (parseCurrency(code.toUpperCase()) === undefined) return undefined;
  const plain = text.includes(".") ? text.replaceAll(",", "") : text.replace(",", ".");
  const value = parseDecimal(plain.replaceAll(/[\s ']/g, ""));
  return value === undefined ? undefined : toMinorExact(value, currency(code.toUpperCase()));
}

/** Proposes the good rows of a file, once; another person decides about each of them. */
export async function proposeBatch(
  ctx: Context,
  actor: Actor,
  id: string,
  leaveRefused: boolean,
): Promise<AdjustmentBatch> {
  return await finish(ctx, actor, id, "proposed", async (tx, row) => {
    if (row.refused > 0 && !leaveRefused)
      throw new Refusal(
        "wrong_state",
        `${row.refused} rows are refused: mend the file, or propose the others without them.`,
      );
    const inputs = (row.rows as unknown as KeptRow[]).flatMap(({ input }) => (input === null ? [] : [input]));
    for (const input of inputs) await requireWrite(tx, actor, input);
    await insertProposals(tx, actor, inputs, await reasonsByCode(tx), id);
  });
}

export function cancelBatch(ctx: Context, actor: Actor, id: string): Promise<AdjustmentBatch> {
  return finish(ctx, actor, id, "cancelled", async () => undefined);
}

async function finish(
  ctx: Context,
  actor: Actor,
  id: string,
  status: "proposed" | "cancelled",
  work: (tx: Context, row: BatchRow) => Promise<void>,
): Promise<AdjustmentBatch> {
  requirePermission(actor, "ledger.write");
  return await transact(ctx, async (tx) => {
    const row = await lockBatch(tx.db, id);
    if (row?.created_by !== personOf(actor)) throw notFound("file of adjustments", id);
    if (row.status !== "checked") throw new Refusal("wrong_state", `This file is ${row.status} already.`);
    await work(tx, row);
    const done = { ...row, status, finished_by: personOf(actor), finished_at: tx.clock.now() };
    await finishBatch(tx.db, done);
    await audit.record(tx, actor, {
      action: `commissions.adjustment_batch_${status}`,
      subjectKind: "adjustment_batch",
      subjectId: id,
      after: { fileName: row.file_name, good: row.good, refused: row.refused },
    });
    return batchWire(done);
  });
}

/** A file as whoever brought it sees it. */
export async function getBatch(ctx: Context, actor: Actor, id: string): Promise<AdjustmentBatch> {
  const row = await batchRow(ctx.db, id);
  if (row?.created_by !== personOf(actor)) throw notFound("file of adjustments", id);
  return batchWire(row);
}

function batchWire(row: BatchRow): AdjustmentBatch {
  const kept = row.rows as unknown as KeptRow[];
  const good = kept.filter((one) => one.input !== null);
  const sums = new Map<string, { amount: bigint; rows: number }>();
  for (const one of good) {
    const sum = sums.get(one.currency) ?? { amount: 0n, rows: 0 };
    sums.set(one.currency, { amount: sum.amount + BigInt(one.amount ?? "0"), rows: sum.rows + 1 });
  }
  return {
    id: row.batch_id,
    fileName: row.file_name,
    status: row.status as AdjustmentBatch["status"],
    good: row.good,
    refused: row.refused,
    totals: [...sums].map(([code, { amount, rows }]) => ({ currency: code, amount: String(amount), rows })),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    rows: kept.map(({ input: _, ...shown }) => shown),
  };
}
