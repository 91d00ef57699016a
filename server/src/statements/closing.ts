import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { keepReserves, linesBookedIn, recalculate, releaseDue, waitingFor } from "../commissions/index.ts";
import { announce, type Context, type TxContext, transact } from "../database/index.ts";
import { addMonths, lastDay, type Month } from "../kernel/period.ts";
import { closeMonths, type MonthFigures, monthFigures, movedByProgram, takeBooks } from "../ledger/index.ts";
import { allowed } from "./authority.ts";
import type { ClosedStatements, ClosingOptions, RefusedStatement } from "./contracts.ts";
import { hashContent, LinesOfMonth, type StatementContent } from "./core/content.ts";
import { earnedInMonth, statementFigures } from "./core/figures.ts";
import { insertShares, knownPrograms, type Share } from "./store/payable.ts";
import * as store from "./store/statements.ts";

/** One transaction closes so many: a few statements for all of them, and short enough that whoever books meanwhile does not wait long. */
const CLOSED_AT_ONCE = 1_000;

/**
 * Closes months of partners' books: everything that is due for these partners is calculated and released first, then nothing is booked there any more
 * and the contents are frozen with their hashes. Earlier months are closed first. Works in parts of a thousand, each its own transaction
 * (inside one, all are part of it): whoever is killed calls again and goes on where it ended. What cannot be closed is told and does not stop the others.
 */
export async function closeStatements(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  options: ClosingOptions = {},
): Promise<ClosedStatements> {
  const found = await store.statementsByIds(ctx.db, ids);
  const { rows, refused: left } = await allowed(ctx, actor, "statements.approve", ids, found);
  const refused: RefusedStatement[] = [...left];
  const already = new Set(rows.filter((row) => isOfRun(row, options.runId)));
  const months = Map.groupBy(sift(ctx, rows, already, refused), (row) => row.month);
  const progress = { closed: 0, total: [...months.values()].flat().length };
  const tell = (stage: "calculating" | "releasing" | "closing") => options.onProgress?.({ stage, ...progress });
  if (progress.total > 0) await calculateFor(ctx, [...months.values()].flat(), options, () => tell("calculating"));
  for (const [month, ofMonth] of [...months].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (options.signal?.aborted) break;
    tell("releasing");
    await releaseDue(ctx, lastDay(month));
    for (let start = 0; start < ofMonth.length && !options.signal?.aborted; start += CLOSED_AT_ONCE) {
      const part = ofMonth.slice(start, start + CLOSED_AT_ONCE).map((row) => row.statement_id);
      const done = await transact(ctx, (tx) => closePart(tx, actor, month, part, options.runId ?? null));
      refused.push(...done.refused);
      progress.closed += done.closed;
      tell("closing");
    }
  }
  return { closed: progress.closed, already: already.size, refused };
}

/** Freezes what some months come to now, or says what does not agree. Their books have to be taken, or closed. */
export async function contentsOf(
  tx: TxContext,
  rows: readonly store.StatementRow[],
): Promise<
  readonly { readonly content: StatementContent; readonly lines: LinesOfMonth; readonly problem: string | null }[]
> {
  const months = rows.map((row) => ({ partnerId: row.partner_id, currency: row.currency, month: row.month }));
  const figures = await monthFigures(tx, months);
  const lines = rows.map(() => new LinesOfMonth());
  for await (const some of linesBookedIn(tx, months)) for (const line of some) lines[line.position]?.take(line);
  return rows.map((row, index) => contentOf(row, figures[index], lines[index] ?? new LinesOfMonth()));
}

function contentOf(row: store.StatementRow, month: MonthFigures | undefined, lines: LinesOfMonth) {
  if (month === undefined) throw new Error(`the ledger has no figures of ${row.statement_id}`);
  const figures = statementFigures(month);
  const expected = earnedInMonth(figures) - BigInt(figures.adjusted);
  const content: StatementContent = {
    statementId: row.statement_id,
    partnerId: row.partner_id,
    currency: row.currency,
    month: row.month.slice(0, 7),
    figures,
    components: lines.components(),
    lineCount: lines.hash.count,
    linesHash: lines.hash.hex(),
  };
  const agrees = lines.hash.sum === expected;
  return { content, lines, problem: agrees ? null : `the lines sum to ${lines.hash.sum}, the ledger to ${expected}` };
}

function isOfRun(row: store.StatementRow, runId: string | undefined): boolean {
  return row.status !== "open" && runId !== undefined && row.run_id === runId;
}

/** Leaves out what is closed, or not over yet. */
function sift(
  ctx: Context,
  rows: readonly store.StatementRow[],
  already: ReadonlySet<store.StatementRow>,
  refused: RefusedStatement[],
): readonly store.StatementRow[] {
  return rows.filter((row) => {
    if (already.has(row)) return false;
    const detail = row.status === "open" ? tooEarly(ctx, row.month) : CLOSED_ALREADY;
    if (detail !== null) refused.push({ id: row.statement_id, code: "wrong_state", detail });
    return detail === null;
  });
}

const CLOSED_ALREADY = "This statement is closed already.";

/** A month is over when it is over in the last time zone of the earth, so that no program's last day is cut off. */
const LAST_ZONE_MS = 12 * 3_600_000;

function tooEarly(ctx: Context, month: Month): string | null {
  const over = Date.parse(`${addMonths(month, 1)}T00:00:00Z`) + LAST_ZONE_MS;
  if (ctx.clock.now().getTime() >= over) return null;
  return `${month.slice(0, 7)} is not over: it can be closed from ${new Date(over).toISOString()}.`;
}

async function calculateFor(
  ctx: Context,
  rows: readonly store.StatementRow[],
  options: ClosingOptions,
  onProgress: () => void,
): Promise<void> {
  onProgress();
  await recalculate(ctx, {
    partnerIds: [...new Set(rows.map((row) => row.partner_id))],
    onProgress,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

async function closePart(
  tx: TxContext,
  actor: Actor,
  month: Month,
  ids: readonly string[],
  runId: string | null,
): Promise<{ readonly closed: number; readonly refused: readonly RefusedStatement[] }> {
  const refused: RefusedStatement[] = [];
  const refuse = (row: store.StatementRow, detail: string) => {
    refused.push({ id: row.statement_id, code: "wrong_state", detail });
    return false;
  };
  const locked = await store.lockStatements(tx.db, ids);
  const earlier = await store.openBefore(tx.db, ids);
  const partnerIds = locked.map((row) => row.partner_id);
  const waiting = await waitingFor(tx, partnerIds, month);
  const open = await takeBooks(tx, locked.map(booksOf));
  const closable = locked.filter((row) => {
    const before = earlier.get(row.statement_id);
    const problem = waiting.get(row.partner_id);
    if (row.status !== "open" || open(booksOf(row), month) !== month) return refuse(row, CLOSED_ALREADY);
    if (before !== undefined)
      return refuse(row, `Close ${before.slice(0, 7)} first: months are closed in their order.`);
    return problem === undefined || refuse(row, `Something of this partner cannot be calculated: ${problem}`);
  });
  const contents = await contentsOf(tx, closable);
  const rows = closable.filter((row, index) => {
    const problem = contents[index]?.problem ?? null;
    return problem === null || refuse(row, `It does not agree with the ledger: ${problem}.`);
  });
  const frozen = contents.filter((one) => one.problem === null);
  await freeze(tx, actor, month, rows, frozen, runId);
  return { closed: rows.length, refused };
}

async function freeze(
  tx: TxContext,
  actor: Actor,
  month: Month,
  rows: readonly store.StatementRow[],
  frozen: readonly { readonly content: StatementContent; readonly lines: LinesOfMonth }[],
  runId: string | null,
): Promise<void> {
  if (rows.length === 0) return;
  await closeMonths(
    tx,
    rows.map((row) => ({ ...booksOf(row), month })),
  );
  const hashes = frozen.map(({ content }) => hashContent(content));
  await store.freeze(
    tx.db,
    frozen.map(({ content }, index) => ({
      statementId: content.statementId,
      content,
      contentHash: hashes[index] ?? "",
      closingMinor: BigInt(content.figures.closingPayable),
    })),
    { person: personOf(actor), at: tx.clock.now(), runId },
  );
  await keepReserves(
    tx,
    frozen.map(({ content }) => closedMonth(content)),
  );
  await insertShares(tx.db, await sharesOf(tx, month, rows, frozen));
  await audit.recordMany(
    tx,
    actor,
    frozen.map(({ content }, index) => ({
      action: "statements.closed",
      subjectKind: "statement",
      subjectId: content.statementId,
      partnerId: content.partnerId,
      after: {
        contentHash: hashes[index],
        closing: content.figures.closingPayable,
        month: content.month,
        currency: content.currency,
        ...(runId === null ? {} : { runId }),
      },
    })),
  );
  await announce(tx, "statements.closed", { statementIds: rows.map((row) => row.statement_id), runId });
}

/** What became payable in it, as far as a reserve may be kept of it. */
function closedMonth({ partnerId, currency, month, figures }: StatementContent) {
  const moved = [figures.accrued, figures.released, figures.clawedBack, figures.adjusted];
  return { partnerId, currency, month: `${month}-01`, movedMinor: moved.reduce((sum, one) => sum + BigInt(one), 0n) };
}

/** What each program moved of the payable balance. Where only one program ever moved anything, it is all of it: no transfer is read for that. */
async function sharesOf(
  tx: TxContext,
  month: Month,
  rows: readonly store.StatementRow[],
  frozen: readonly { readonly content: StatementContent; readonly lines: LinesOfMonth }[],
): Promise<readonly Share[]> {
  const before = await knownPrograms(tx.db, rows.map(booksOf));
  const programs = frozen.map(({ lines }, index) => new Set([...(before[index] ?? []), ...lines.programIds()]));
  const several = rows.flatMap((_, index) => {
    const adjusted = frozen[index]?.content.figures.adjusted !== "0";
    return (programs[index]?.size ?? 0) > 1 || adjusted ? [index] : [];
  });
  const read = await movedByProgram(
    tx,
    several.map((index) => ({ ...booksOf(rows[index] as store.StatementRow), month })),
  );
  const apart = new Map(several.map((index, position) => [index, read[position]]));
  return rows.flatMap((row, index) => {
    const place = { statementId: row.statement_id, ...booksOf(row), month };
    const moved = apart.get(index);
    const figures = frozen[index]?.content.figures;
    const ids = [...new Set([...(programs[index] ?? []), ...(moved?.keys() ?? [])])];
    const all =
      figures === undefined ? 0n : BigInt(figures.accrued) + BigInt(figures.released) + BigInt(figures.clawedBack);
    return ids.map((programId) => ({
      ...place,
      programId,
      minor: moved === undefined ? all : (moved.get(programId) ?? 0n),
    }));
  });
}

function booksOf(row: store.StatementRow) {
  return { partnerId: row.partner_id, currency: row.currency };
}
