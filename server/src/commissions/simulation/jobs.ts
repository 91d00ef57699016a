import type { Context, Jobs } from "../../database/index.ts";
import { runSimulation, type SimulationNeeds } from "./run.ts";

/** Simulations run in the worker, one after the other as they were asked for. */
export function simulationJobs(ctx: Context, needs: () => Promise<SimulationNeeds>): Jobs {
  return {
    tasks: {
      "commissions.simulate": async (payload) => {
        const { simulationId } = payload as { readonly simulationId: string };
        await runSimulation(ctx, simulationId, await needs());
      },
    },
  };
}
