import type { Context, Jobs } from "../database/index.ts";
import { MATCH_TASK } from "./bank-files.ts";
import { COMPARE_TASK, runComparison } from "./compare.ts";
import { READ_TASK, readComparisonFile } from "./comparison-rows.ts";
import type { ExpectedMovement } from "./contracts.ts";
import { expectMovements, matchAccount, withdrawMovements } from "./matching.ts";
import { accounts } from "./store/bank.ts";

interface Told {
  readonly payouts: readonly ExpectedMovement[];
}

/** What payouts tell becomes what is expected at the bank; matching and comparisons run in the background. */
export function reconciliationJobs(ctx: Context): Jobs {
  return {
    tasks: {
      "payouts.sent": (payload) => expectMovements(ctx, "out", (payload as Told).payouts),
      "payouts.returned": (payload) => expectMovements(ctx, "back", (payload as Told).payouts),
      "payouts.rejected": (payload) =>
        withdrawMovements(
          ctx,
          (payload as Told).payouts.map((one) => one.payoutId),
        ),
      [MATCH_TASK]: async (payload) => {
        await matchAccount(ctx, (payload as { readonly bankAccountId: string }).bankAccountId);
      },
      "reconciliation.match_all": async () => {
        for (const account of await accounts(ctx.db)) await matchAccount(ctx, account.bank_account_id);
      },
      [READ_TASK]: (payload) => readComparisonFile(ctx, (payload as { readonly fileId: string }).fileId),
      [COMPARE_TASK]: (payload) => runComparison(ctx, (payload as { readonly comparisonId: string }).comparisonId),
    },
    schedule: [{ task: "reconciliation.match_all", cron: "37 * * * *" }],
  };
}
