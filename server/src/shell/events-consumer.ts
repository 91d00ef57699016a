import type { Running } from "../database/index.ts";
import { BatchPace, openPipeline, type PipelineParts } from "./pipeline.ts";

export interface ConsumerOptions extends PipelineParts {
  /** told of every failed batch; the batch is tried again */
  readonly onTrouble: (error: Error) => void;
  /** told after each batch that held something */
  readonly onBatch?: (lines: number) => void;
  /** pause when there is nothing to do, milliseconds */
  readonly idleMs?: number;
}

export interface EventsConsumer extends Running {
  /** Something was appended: look now instead of after the pause. */
  wake(): void;
}

const IDLE_MS = 100;
const TROUBLE_MS = [200, 1_000, 5_000, 15_000];
/** Failures of a call by itself before it is set aside. */
const PATIENCE = 3;

/**
 * Takes events out of the log as they come. Any number of processes may run it: each batch is taken under a lock, so one works and
 * the others stand by. A batch that fails is rolled back whole and tried again, smaller and after longer and longer pauses. A call
 * that by itself cannot be processed for what it holds is set aside, so that it does not stop the others; trouble of the database
 * (no connection, no space) is waited out however long it takes.
 */
export function startEvents(options: ConsumerOptions): EventsConsumer {
  const pipeline = openPipeline(options);
  const pace = new BatchPace();
  const pause = new Pause();
  let stopping = false;
  let failures = 0;

  async function work(): Promise<void> {
    while (!stopping) {
      try {
        const done = await pipeline.processBatch(pace.calls);
        failures = 0;
        if (done === "busy" || done.calls === 0) {
          await pause.wait(options.idleMs ?? IDLE_MS);
          continue;
        }
        pace.note(done);
        options.onBatch?.(done.lines);
      } catch (error) {
        const single = pace.calls === 1;
        // A smaller batch is the best that can be tried when one was too much, and finds the call that cannot be processed.
        pace.calls = Math.max(1, Math.floor(pace.calls / 4));
        options.onTrouble(error as Error);
        if (single && failures >= PATIENCE && isOfData(error)) {
          await pipeline.setAside((error as Error).message).catch(options.onTrouble);
          failures = 0;
          continue;
        }
        await pause.wait(TROUBLE_MS[Math.min(failures, TROUBLE_MS.length - 1)] ?? IDLE_MS);
        failures += 1;
      }
    }
  }

  const working = work();
  return {
    wake: () => pause.end(),
    async stop() {
      stopping = true;
      pause.end();
      await working;
    },
  };
}

/** PostgreSQL's classes 22 (data) and 23 (integrity), or a defect of our own: trying again would not help. */
function isOfData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string") return /^2[23]...$/.test(code);
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** A pause that can be cut short. */
class Pause {
  #end: (() => void) | undefined;

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(), milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(): void {
    this.#end?.();
    this.#end = undefined;
  }
}
