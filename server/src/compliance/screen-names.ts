import { Worker } from "node:worker_threads";
import type { Evidence } from "./core/evidence.ts";
import { explain } from "./core/explain.ts";
import type { EntityKind, ListEntry, Topic } from "./core/names.ts";
import { createScreen, type Hit, type Screen, type Verdict, verdictOf } from "./core/screen.ts";
import type { Step } from "./core/steps.ts";
import type { AskedRow } from "./lists/names-file.ts";

export interface ScreenedMatch {
  readonly list: string;
  readonly entryId: string;
  /** the name of the entry that was met */
  readonly matchedName: string;
  /** the name that it is listed under */
  readonly listedAs: string;
  readonly kind: EntityKind;
  readonly topic: Topic;
  readonly programs: readonly string[];
  readonly score: number;
  readonly verdict: Verdict;
  readonly explanation: readonly string[];
  readonly steps: readonly Step[];
  readonly evidence: readonly Evidence[];
}

export interface ScreenedName {
  readonly line: number;
  readonly name: string;
  readonly verdict: Verdict;
  /** of the best match; 0 without one */
  readonly score: number;
  readonly matches: readonly ScreenedMatch[];
}

export interface BatchQuestion {
  readonly number: number;
  readonly rows: readonly AskedRow[];
  readonly threshold: number;
}
export interface BatchAnswer {
  readonly number: number;
  readonly names: readonly ScreenedName[];
}

const BATCH = 250;
/** Below this many names another core is not worth the time to build its index. */
const ALONE_UP_TO = 1000;
const MATCHES_SHOWN = 10;

/** Names in their order, each with what was found. With `cores` above 1 long files are shared out. */
export async function* screenNames(
  entries: readonly ListEntry[],
  rows: AsyncIterable<AskedRow>,
  options: { readonly threshold: number; readonly cores: number },
): AsyncGenerator<ScreenedName> {
  const batches = batchesOf(rows, options.threshold);
  const first: BatchQuestion[] = [];
  while (first.length * BATCH < ALONE_UP_TO) {
    const next = await batches.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  if (options.cores > 1 && first.length * BATCH >= ALONE_UP_TO)
    return yield* shared(entries, chain(first, batches), options.cores);
  const screen = createScreen(entries);
  for await (const batch of chain(first, batches)) yield* answerBatch(screen, batch).names;
}

async function* chain<T>(first: readonly T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}

async function* batchesOf(rows: AsyncIterable<AskedRow>, threshold: number): AsyncGenerator<BatchQuestion> {
  let batch: AskedRow[] = [];
  let number = 0;
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield { number: number++, rows: batch, threshold };
    batch = [];
  }
  if (batch.length > 0) yield { number, rows: batch, threshold };
}

/** Each worker has one batch at a time; answers wait until it is their turn. */
async function* shared(
  entries: readonly ListEntry[],
  batches: AsyncGenerator<BatchQuestion>,
  cores: number,
): AsyncGenerator<ScreenedName> {
  const workers = Array.from(
    { length: cores },
    () => new Worker(new URL("./screen-worker.ts", import.meta.url), { workerData: entries }),
  );
  try {
    const waiting: Promise<BatchAnswer>[] = [];
    let turn = 0;
    for await (const batch of batches) {
      waiting.push(askWorker(workers[turn++ % cores] as Worker, batch));
      if (waiting.length >= cores * 2) yield* ((await waiting.shift()) as BatchAnswer).names;
    }
    for (const answer of waiting) yield* (await answer).names;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function askWorker(worker: Worker, question: BatchQuestion): Promise<BatchAnswer> {
  return new Promise((resolve, reject) => {
    const finished = () => {
      worker.off("message", heard);
      worker.off("error", failed);
    };
    const heard = (answer: BatchAnswer) => {
      if (answer.number !== question.number) return;
      finished();
      resolve(answer);
    };
    const failed = (error: Error) => {
      finished();
      reject(error);
    };
    worker.on("message", heard);
    worker.on("error", failed);
    worker.postMessage(question);
  });
}

export function answerBatch(screen: Screen, { number, rows, threshold }: BatchQuestion): BatchAnswer {
  const names = rows.map(({ line, asked }) => {
    const hits = screen.search(asked, threshold);
    const matches = hits.slice(0, MATCHES_SHOWN).map((hit) => matchOf(hit, threshold));
    return { line, name: asked.name, verdict: verdictOf(hits, threshold), score: hits[0]?.score ?? 0, matches };
  });
  return { number, names };
}

function matchOf(hit: Hit, threshold: number): ScreenedMatch {
  const { entry } = hit;
  return {
    list: entry.list,
    entryId: entry.id,
    matchedName: hit.listedName,
    listedAs: entry.names[0]?.text ?? "",
    kind: entry.kind,
    topic: entry.topic,
    programs: entry.programs,
    score: hit.score,
    verdict: verdictOf([hit], threshold),
    explanation: explain(hit),
    steps: hit.steps,
    evidence: hit.evidence,
  };
}
