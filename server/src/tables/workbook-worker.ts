import { parentPort } from "node:worker_threads";
import { type BookAsked, readBook } from "./read-book.ts";

/** Opens workbooks away from the process that serves requests: a hostile one costs this thread its memory or its time, and nobody else anything. */
parentPort?.on("message", (asked: BookAsked) => {
  try {
    parentPort?.postMessage({ sheets: readBook(asked) });
  } catch (error) {
    parentPort?.postMessage({ refused: error instanceof Error ? error.message : String(error) });
  }
});
