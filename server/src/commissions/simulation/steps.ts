/** A long run tells how far it is and is told whether it is still wanted. */
export interface Steps {
  /** How many steps there will be. */
  expect(all: number): void;
  /** @throws Unwanted when it was cancelled meanwhile */
  done(): Promise<void>;
}

/** Somebody has cancelled the run. */
export class Unwanted extends Error {}

/** Writes at most so often: a row that is updated all the time is no use to anybody. */
const EVERY_MS = 400;

/**
 * @param note writes it down; false when nobody wants the run any more
 * @param elapsed milliseconds of a clock that only goes forward
 */
export function stepsOf(note: (done: number, all: number) => Promise<boolean>, elapsed: () => number): Steps {
  let [done, all, written] = [0, 0, Number.NEGATIVE_INFINITY];
  return {
    expect: (count) => {
      all += count;
    },
    done: async () => {
      done += 1;
      if (elapsed() - written < EVERY_MS) {
        // The events of the worker have their turn between two steps.
        await new Promise((resolve) => setImmediate(resolve));
        return;
      }
      written = elapsed();
      if (!(await note(done, Math.max(all, done)))) throw new Unwanted("cancelled");
    },
  };
}
