import { systemActor } from "../access/index.ts";
import { type Context, type Jobs, transact } from "../database/index.ts";
import type { PayoutNeeds } from "./contracts.ts";
import { pollProviders } from "./dispatches.ts";
import { sendDue } from "./sending.ts";
import { applyStatuses } from "./status.ts";

const BANK = systemActor("bank statement");

interface Booked {
  readonly payouts: readonly {
    readonly payoutId: string;
    readonly kind: "out" | "back";
    readonly on: string;
    readonly entryId: string;
  }[];
}

/** Sends what is released, asks providers, and hears from the bank's statements. */
export function payoutsJobs(ctx: Context, needs: PayoutNeeds, onTrouble: (error: Error) => void): Jobs {
  return {
    tasks: {
      "payouts.released": () => sendDue(ctx, needs),
      "payouts.send": () => sendDue(ctx, needs),
      "payouts.poll": async () => {
        await pollProviders(ctx, needs, onTrouble);
      },
      "reconciliation.booked": async (payload) => {
        const { payouts } = payload as Booked;
        const told = payouts.map(({ payoutId, kind, on, entryId }) => ({
          payoutId,
          status: kind === "out" ? ("settled" as const) : ("returned" as const),
          told: entryId,
          reason: null,
          code: kind === "out" ? ("bank_out" as const) : ("bank_back" as const),
          sentence:
            kind === "out" ? `The bank's statement shows it on ${on}.` : `The bank's statement shows it back on ${on}.`,
          origin: "bank",
        }));
        await transact(ctx, (tx) => applyStatuses(tx, BANK, told));
      },
    },
    schedule: [
      { task: "payouts.send", cron: "* * * * *" },
      { task: "payouts.poll", cron: "*/10 * * * *" },
    ],
  };
}
