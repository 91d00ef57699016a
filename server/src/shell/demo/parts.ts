import { fork } from "node:child_process";

export type PartMessage =
  | { readonly progress: { readonly share: number; readonly what: string } }
  | { readonly done: true }
  | { readonly failed: string };

/** A part of the building that works in a process of its own. */
export interface Part<Order> {
  /** Orders are given one at a time. @throws what went wrong there */
  ask(order: Order, onProgress?: (share: number, what: string) => void): Promise<void>;
  end(): void;
}

/** A day of clicks and a batch of events live for a moment and are forgotten whole: with room for them little is copied. */
const ROOM_FOR_A_BATCH = "--max-semi-space-size=64";

/** @param file of a module that calls {@link answerOrders} */
export function startPart<Order extends object>(file: string): Part<Order> {
  const child = fork(file, [], {
    execArgv: [ROOM_FOR_A_BATCH],
    serialization: "advanced",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  let ended: Error | undefined;
  let answer: ((error?: Error) => void) | undefined;
  let progress: ((share: number, what: string) => void) | undefined;
  child.on("message", (message: PartMessage) => {
    if ("progress" in message) return progress?.(message.progress.share, message.progress.what);
    answer?.("failed" in message ? new Error(message.failed) : undefined);
  });
  const end = (error: Error) => {
    ended ??= error;
    answer?.(ended);
  };
  child.once("error", end);
  child.once("exit", (code, signal) => end(new Error(`A part of the building ended (${signal ?? code}).`)));
  return {
    ask: async (order, onProgress) => {
      if (ended !== undefined) throw ended;
      progress = onProgress;
      await new Promise<void>((resolve, reject) => {
        answer = (error) => (error === undefined ? resolve() : reject(error));
        child.send(order);
      });
    },
    end: () => void (child.connected && child.disconnect()),
  };
}

/** In the process of a part: does what it is asked for, until whoever started it is gone. */
export function answerOrders<Order>(
  work: (order: Order, onProgress: (share: number, what: string) => void) => Promise<void>,
): void {
  const tell = (message: PartMessage) => void (process.connected && process.send?.(message));
  // Ctrl-C reaches the whole process group; whoever started this decides when to stop.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => process.exit());
  process.on("message", (order) => {
    work(order as Order, (share, what) => tell({ progress: { share, what } })).then(
      () => tell({ done: true }),
      (error: Error) => tell({ failed: error.stack ?? error.message }),
    );
  });
}
