import type { Actor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { closeStatement, listStatements, openStatements, payStatement } from "../../payouts/index.ts";

/** Who closes and who pays: never the same person. */
export interface MonthEndPeople {
  readonly closer: Actor;
  readonly payer: Actor;
}

/**
 * Closes every statement of a month and marks those with something to pay as paid. The latest month is still worked on: of three statements
 * one is open and one is closed but not paid.
 * @param month its first day
 */
export async function payMonth(ctx: Context, people: MonthEndPeople, month: string, latest: boolean): Promise<void> {
  await openStatements(ctx);
  const wireMonth = month.slice(0, 7);
  for (const [number, statement] of (await allStatements(ctx, people.closer, wireMonth)).entries()) {
    if (latest && number % 3 === 0) continue;
    const closed = await closeStatement(ctx, people.closer, statement);
    if ((latest && number % 3 === 1) || BigInt(closed.toPay ?? "0") <= 0n) continue;
    await payStatement(ctx, people.payer, closed.id, { reference: `SAMPLE ${wireMonth} ${closed.id.slice(-6)}` });
  }
}

async function allStatements(ctx: Context, actor: Actor, month: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listStatements(ctx, actor, {
      limit: 200,
      month,
      status: ["open"],
      ...(cursor ? { cursor } : {}),
    });
    ids.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
