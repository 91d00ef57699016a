/** A part of a calculation as a process of its own, started by calculation.ts; ends when its parent does. What it committed stays. */
import { recalculate } from "../commissions/index.ts";
import type { CalculationMessage, CalculationOrder } from "./calculation.ts";
import { joinProgram } from "./program.ts";

const stopping = new AbortController();
const tell = (message: CalculationMessage) => process.send?.(message);

async function calculate({ configuration, addresses, partnerId }: CalculationOrder): Promise<void> {
  const program = joinProgram(configuration, addresses, "calculate");
  try {
    const one = partnerId === undefined ? {} : { partnerIds: [partnerId] };
    const onProgress = (pairs: number) => void tell({ pairs });
    tell({ done: await recalculate(program.ctx, { ...one, onProgress, signal: stopping.signal }) });
  } catch (error) {
    tell({ failed: (error as Error).message });
  } finally {
    await program.close();
    process.disconnect?.();
  }
}

// Ctrl-C reaches the whole process group; the parent decides when to stop.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());
process.on("message", (message) => {
  if (message === "stop") stopping.abort();
  else void calculate(message as CalculationOrder);
});
