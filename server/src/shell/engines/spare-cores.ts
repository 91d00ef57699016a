import { availableParallelism, cpus } from "node:os";

const SAMPLE_MS = 250;
/** More would bring little: what a report reads is in memory, and merges want their share. */
const MOST_THREADS = 8;

/** Processor time in milliseconds since the machine started: of everybody, and of this process alone. */
export interface ProcessorTime {
  readonly busy: number;
  readonly own: number;
  readonly at: number;
}

/**
 * How many threads a report may take: as many as there are cores that nobody else uses, and always one. A click passes through four
 * processes, and each of them waits for its turn where every core computes a report, however low the report's priority: the scheduler
 * lets a running thread finish its slice. With a core left free nobody waits.
 */
export function threadsFor(cores: number, before: ProcessorTime, now: ProcessorTime): number {
  const elapsed = now.at - before.at;
  if (elapsed <= 0) return 1;
  const others = Math.max(0, now.busy - before.busy - (now.own - before.own)) / elapsed;
  return Math.min(MOST_THREADS, Math.max(1, Math.round(cores - others)));
}

/** Looks a few times a second at who uses the machine. @returns the threads that a report which starts now may take */
export function watchSpareCores(): () => number {
  const cores = availableParallelism();
  let before = processorTime();
  let now = before;
  let threads = Math.min(2, cores);
  setInterval(() => {
    before = now;
    now = processorTime();
    threads = threadsFor(cores, before, now);
  }, SAMPLE_MS).unref();
  return () => threads;
}

function processorTime(): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { busy, own: (user + system) / 1000, at: performance.now() };
}
