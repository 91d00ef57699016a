import { parentPort, workerData } from "node:worker_threads";
import type { ListEntry } from "./core/names.ts";
import { createScreen } from "./core/screen.ts";
import { answerBatch, type BatchQuestion } from "./screen-names.ts";

/** A second core for long files: takes batches of names, answers them in any order. */
const screen = createScreen(workerData as readonly ListEntry[]);
parentPort?.on("message", (question: BatchQuestion) => parentPort?.postMessage(answerBatch(screen, question)));
