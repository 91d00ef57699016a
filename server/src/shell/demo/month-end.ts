import type { Actor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import {
  closeStatements,
  listStatements,
  openStatements,
  payableStatements,
  settleStatements,
} from "../../statements/index.ts";
import { closeMonth, openComingRuns, type RunPeople, runMonth } from "./runs.ts";

/** Who closes and who pays: never the same person. */
export interface MonthEndPeople {
  readonly closer: Actor;
  readonly payer: Actor;
  readonly run: RunPeople;
}

/**
 * A month's commission run: its statements are closed, approved and paid, and the run is closed. The latest month is still worked on: it is in the
 * middle of its approvals, and nothing of it is paid.
 * @param month its first day
 * @param invoice writes what is payable on its paper
 * @param pay pays it by batches; without, statements are marked paid by hand
 */
export async function payMonth(
  ctx: Context,
  people: MonthEndPeople,
  month: string,
  latest: boolean,
  invoice: (ctx: Context) => Promise<void>,
  pay?: (ctx: Context) => Promise<void>,
): Promise<void> {
  await openStatements(ctx);
  const open = await openUntil(ctx, people.closer, month.slice(0, 7));
  // What came late for a partner who had nothing in a month before opened that month; it is closed before this one, by itself.
  const late = open.filter((one) => one.month < month.slice(0, 7));
  await closeStatements(
    ctx,
    people.closer,
    late.map((one) => one.id),
  );
  const runId = await runMonth(ctx, people.run, month, latest);
  await invoice(ctx);
  await (pay === undefined ? settleAll(ctx, people) : pay(ctx));
  if (latest) await openComingRuns(ctx);
  else await closeMonth(ctx, people.run, runId);
}

async function settleAll(ctx: Context, people: MonthEndPeople): Promise<void> {
  const payable = await payableStatements(ctx);
  await settleStatements(
    ctx,
    people.payer,
    payable.map((one) => ({
      statementId: one.statementId,
      minor: one.payable,
      sourceKey: one.statementId,
      idempotencyKey: `statement:${one.statementId}:settle`,
      reference: `SAMPLE ${one.month.slice(0, 7)} ${one.statementId.slice(-6)}`,
    })),
  );
}

interface OpenStatement {
  readonly id: string;
  readonly month: string;
}

/** Open statements until this month, the earliest month first. */
async function openUntil(ctx: Context, actor: Actor, month: string): Promise<readonly OpenStatement[]> {
  const found: OpenStatement[] = [];
  let cursor: string | undefined;
  do {
    const page = await listStatements(ctx, actor, {
      limit: 200,
      status: ["open"],
      ...(cursor ? { cursor } : {}),
    });
    found.push(...page.rows.filter((row) => row.month <= month));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found.sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
}
