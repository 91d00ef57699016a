import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context } from "../database/index.ts";
import { type BookMonth, monthFigures, movedByProgram, settledAfter } from "../ledger/index.ts";
import { allowed } from "./authority.ts";
import type {
  ApprovedStatements,
  OnAccountApproval,
  PayableQuery,
  PayableStatement,
  RefusedStatement,
  StandingQuery,
  StatementStanding,
} from "./contracts.ts";
import { availableOnAccount } from "./core/on-account.ts";
import { type ProgramBalances, splitByProgram } from "./core/programs.ts";
import * as onAccount from "./store/on-account.ts";
import { type Candidate, type CandidateFilter, candidates, programBalances } from "./store/payable.ts";
import * as store from "./store/statements.ts";

/**
 * Releases statements of a run for payout, as its finance approval says. Not by whoever closed them.
 * The caller has decided that the run is approved; this notes it with every statement.
 */
export async function approveStatements(
  tx: Context,
  actor: Actor,
  ids: readonly string[],
  runId: string,
): Promise<ApprovedStatements> {
  const { rows, refused: left } = await allowed(
    tx,
    actor,
    "statements.approve",
    ids,
    await store.lockStatements(tx.db, ids),
  );
  const refused: RefusedStatement[] = [...left];
  const fresh = rows.filter((row) => {
    const problem = obstacle(row, runId, personOf(actor));
    if (problem !== null) refused.push({ id: row.statement_id, ...problem });
    return problem === null && row.approved_at === null;
  });
  const approved = fresh.map((row) => row.statement_id);
  if (approved.length > 0) {
    await store.approve(tx.db, approved, personOf(actor), tx.clock.now());
    await audit.recordMany(
      tx,
      actor,
      fresh.map((row) => ({
        action: "statements.approved",
        subjectKind: "statement",
        subjectId: row.statement_id,
        partnerId: row.partner_id,
        after: { runId, closing: String(row.closing_minor), month: row.month.slice(0, 7), currency: row.currency },
      })),
    );
    await announce(tx, "statements.approved", { statementIds: approved, runId });
  }
  return { approved: approved.length, already: ids.length - refused.length - approved.length, refused };
}

/**
 * Lets amounts go on account of months that are open still, as the finance approval of an interim run says. Done again it changes nothing. What is not
 * paid of them when the month is closed is simply part of what the closed statement owes.
 */
export async function approveOnAccount(
  tx: Context,
  actor: Actor,
  approvals: readonly OnAccountApproval[],
  runId: string,
): Promise<ApprovedStatements> {
  const ids = approvals.map((one) => one.statementId);
  const { rows, refused } = await allowed(tx, actor, "statements.approve", ids, await store.lockStatements(tx.db, ids));
  const open = new Map(rows.filter((row) => row.status === "open").map((row) => [row.statement_id, row]));
  const wanted = approvals.filter((one) => open.has(one.statementId));
  const fresh = await onAccount.insertOnAccount(tx.db, runId, wanted, { person: personOf(actor), at: tx.clock.now() });
  await audit.recordMany(
    tx,
    actor,
    wanted
      .filter((one) => fresh.has(one.statementId))
      .map(({ statementId, minor }) => ({
        action: "statements.approved_on_account",
        subjectKind: "statement",
        subjectId: statementId,
        partnerId: open.get(statementId)?.partner_id ?? "",
        after: { runId, amount: String(minor), currency: open.get(statementId)?.currency },
      })),
  );
  return { approved: fresh.size, already: approvals.length - refused.length - fresh.size, refused };
}

function obstacle(row: store.StatementRow, runId: string, person: string): Omit<RefusedStatement, "id"> | null {
  if (row.status === "open") return { code: "wrong_state", detail: "This statement is open: close it first." };
  if (row.run_id !== runId) return { code: "wrong_state", detail: "This statement was not closed by this run." };
  if (row.closed_by === person && row.approved_at === null)
    return { code: "same_person", detail: "You closed this statement: somebody else has to approve it." };
  return null;
}

/**
 * What can be paid now: per partner and currency the newest statement that may be paid and what is left to pay of it and of the earlier ones. A statement
 * may be paid when it, and every one before it, belongs to no run or to an approved one. Beside them stands what was let go on account of an open month.
 * No permission is asked: a door for payouts and runs.
 */
export async function payableStatements(ctx: Context, query: PayableQuery = {}): Promise<readonly PayableStatement[]> {
  const { statementIds, ...filter } = query;
  const asked = new Set(statementIds);
  const owed = [...(await owedOf(ctx, filter)), ...(await owedOnAccount(ctx, query))];
  return owed
    .filter((one) => one.payable > 0n && (statementIds === undefined || one.covers.some((id) => asked.has(id))))
    .map(({ balances: _, closers: __, ...one }) => one);
}

/** What is owed with all that settling it needs to know. */
export interface Owed extends PayableStatement {
  /** what each program of the books stands at, of which a payout is taken */
  readonly balances: ProgramBalances;
  /** who closed any of the statements it covers */
  readonly closers: readonly string[];
}

/** The same with those to whom nothing is owed, or who owe. */
export async function owedOf(ctx: Context, filter: CandidateFilter): Promise<readonly Owed[]> {
  const found = await candidates(ctx.db, filter);
  if (found.length === 0) return [];
  const newest = found.map((one) => ({ ...one, month: one.newestMonth, through: one.newestMonth }));
  const since = await dischargedAfter(ctx, newest);
  const balances = await programBalances(ctx.db, newest);
  return found.map((one, index) => owedBy(one, since[index] ?? 0n, balances[index] ?? new Map()));
}

function owedBy(candidate: Candidate, since: bigint, balances: ProgramBalances): Owed {
  const { newestMonth: _, newestClosing, ...one } = candidate;
  const payable = newestClosing - since;
  const byProgram = payable > 0n ? splitByProgram(payable, balances) : [];
  return { ...one, payable, byProgram, balances, onAccount: false };
}

/**
 * What of some closed months was paid, kept or came back since, in the order asked: everything that discharged their books later, but not what was paid on
 * account of months that came after them.
 */
export async function dischargedAfter(ctx: Context, months: readonly BookMonth[]): Promise<readonly bigint[]> {
  const settled = await settledAfter(ctx, months);
  const later = await onAccount.onAccountAfter(ctx.db, months);
  return settled.map((minor, index) => minor - (later[index] ?? 0n));
}

/** What may be paid on account of open months: what was let go and is not paid, as far as the month still has it. */
export async function owedOnAccount(ctx: Context, filter: onAccount.WaitingFilter): Promise<readonly Owed[]> {
  const waiting = await onAccount.waitingOnAccount(ctx.db, filter);
  if (waiting.length === 0) return [];
  const figures = await monthFigures(ctx, waiting);
  const moved = await movedByProgram(ctx, waiting);
  const taken = await onAccount.takenByProgram(
    ctx.db,
    waiting.map((one) => one.statementId),
  );
  return waiting.map((one, index) => {
    const month = figures[index];
    const available = month === undefined ? 0n : availableOnAccount(month, one.taken);
    const payable = one.left < available ? one.left : available;
    const before = taken.get(one.statementId);
    const balances = new Map(
      [...(moved[index] ?? [])].map(([program, minor]) => [program, minor - (before?.get(program) ?? 0n)]),
    );
    const { statementId, partnerId, currency, runId, approvedAt, approvedBy } = one;
    return {
      ...{
        statementId,
        partnerId,
        currency,
        month: one.month,
        runId,
        approvedAt,
        closedBy: approvedBy,
        payable,
        balances,
      },
      byProgram: payable > 0n ? splitByProgram(payable, balances) : [],
      covers: [statementId],
      closers: [],
      onAccount: true,
    };
  });
}

/** Where many statements stand. No permission is asked: a door for runs. */
export function statementStandings(ctx: Context, query: StandingQuery): Promise<readonly StatementStanding[]> {
  return store.standings(ctx.db, query);
}
