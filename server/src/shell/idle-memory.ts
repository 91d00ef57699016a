import { performance } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const LOOK_EVERY_MS = 15_000;
/** Below this share of busy time nobody is kept waiting by a collection of some ten milliseconds. */
const IDLE_SHARE = 0.05;
const WORTH_IT_BYTES = 32 * 1024 * 1024;

/**
 * Gives memory back after a burst of work (an import, the first calculation). V8 collects when it allocates; a process that
 * has become idle would sit on its garbage for ever. Runs at most once per idle spell.
 */
export function giveMemoryBackWhenIdle(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let before = performance.eventLoopUtilization();
  let done = 0;
  const look = (): void => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    const { heapTotal, external } = process.memoryUsage();
    const held = heapTotal + external;
    if (utilization > IDLE_SHARE || held - done < WORTH_IT_BYTES) return;
    collect();
    const after = process.memoryUsage();
    done = after.heapTotal + after.external;
  };
  setInterval(look, LOOK_EVERY_MS).unref();
}
