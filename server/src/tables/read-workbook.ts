import { Worker } from "node:worker_threads";
import type { BookSheet } from "./read-book.ts";

/** What a workbook may cost: memory of the thread that opens it, and time. */
const MOST_MEGABYTES = 1_500;
const MOST_MILLISECONDS = 120_000;
/** A thread that waits for the next workbook goes after this. */
const IDLE_MILLISECONDS = 10_000;

/** The workbook cannot be read; the message says why. */
export class UnreadableBook extends Error {}

let idle: { readonly worker: Worker; readonly goes: NodeJS.Timeout } | undefined;

/** Reads a workbook in a thread of its own with a limit of memory and time. @throws UnreadableBook */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly BookSheet[]> {
  const worker = takeWorker();
  const answer = await asked(worker, bytes);
  if (answer.sheets !== undefined) {
    giveBack(worker);
    return answer.sheets;
  }
  void worker.terminate();
  throw new UnreadableBook(inWords(answer.refused ?? ""));
}

/** The sheets as they stand, for those who find their own way in them. */
export async function workbookSheets(
  bytes: Uint8Array,
): Promise<{ readonly sheets: readonly BookSheet[]; readonly refused?: string }> {
  try {
    return { sheets: await readWorkbook(bytes) };
  } catch (error) {
    if (error instanceof UnreadableBook) return { sheets: [], refused: error.message };
    throw error;
  }
}

function takeWorker(): Worker {
  if (idle === undefined)
    return new Worker(new URL("./workbook-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
      // What SheetJS has to say about odd files is no business of the server's output.
      stdout: true,
      stderr: true,
    });
  const { worker, goes } = idle;
  idle = undefined;
  clearTimeout(goes);
  worker.ref();
  return worker;
}

function giveBack(worker: Worker): void {
  if (idle !== undefined) {
    void worker.terminate();
    return;
  }
  worker.unref();
  const goes = setTimeout(() => {
    if (idle?.worker === worker) idle = undefined;
    void worker.terminate();
  }, IDLE_MILLISECONDS);
  goes.unref();
  idle = { worker, goes };
}

interface Answer {
  readonly sheets?: readonly BookSheet[];
  readonly refused?: string;
}

async function asked(worker: Worker, bytes: Uint8Array): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const late = setTimeout(() => resolve({ refused: "it takes longer than two minutes to open" }), MOST_MILLISECONDS);
  const failed = (error: Error): void => resolve({ refused: error.message });
  const gone = (): void => resolve({ refused: "it needs more memory than a workbook may" });
  worker.once("message", resolve);
  worker.once("error", failed);
  worker.once("exit", gone);
  try {
    worker.postMessage({ bytes });
    return await promise;
  } finally {
    clearTimeout(late);
    worker.off("message", resolve);
    worker.off("error", failed);
    worker.off("exit", gone);
  }
}

function inWords(reason: string): string {
  if (/password|encrypt/i.test(reason)) return "it is protected by a password: save it without one";
  if (/memory/i.test(reason)) return "it needs more memory than a workbook may: save its sheets as CSV";
  if (/^(?:unexpected EOF|invalid zip data|invalid block|invalid distance|invalid length)/i.test(reason))
    return "its archive is damaged or cut off";
  return reason.replace(/\.$/, "");
}
