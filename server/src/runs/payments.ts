import { systemActor } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { payableStatements } from "../statements/index.ts";
import { moveTo } from "./life.ts";
import { itemsOf } from "./store/items.ts";
import { livingRuns, lockRun } from "./store/runs.ts";

/** Runs whose released statements, or what they let go on account, have nothing left to pay are paid. What a closed month took over is its own run's. */
export async function lookForPayments(ctx: Context): Promise<{ readonly paid: number }> {
  let paid = 0;
  for (const run of await livingRuns(ctx.db, ["finance_approved"])) {
    if (run.working !== null) continue;
    const items = await itemsOf(ctx.db, run.runId, run.attempt, null);
    const ids = items.filter((one) => one.released && one.to_pay > 0n).flatMap((one) => one.statement_ids);
    const left =
      ids.length === 0
        ? []
        : await payableStatements(ctx, { statementIds: ids, through: run.months.at(-1) ?? run.from });
    if (left.some((one) => one.onAccount === (run.mode === "interim"))) continue;
    await transact(ctx, async (tx) => {
      const now = await lockRun(tx.db, run.runId);
      if (now?.state !== "finance_approved" || now.working !== null) return;
      await moveTo(tx, systemActor("runs"), now, "paid", "");
      paid += 1;
    });
  }
  return { paid };
}
