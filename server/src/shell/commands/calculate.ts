import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Recalculated } from "../../commissions/index.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { progressLine } from "../progress-line.ts";

type Options = { data?: string; json?: boolean; partner?: string; month?: string; processes: number };

interface Done extends Recalculated {
  /** pairs of partner and program that are still due */
  readonly due: number;
  readonly seconds: number;
  readonly interrupted: boolean;
}

const MOST_PROCESSES = 16;
const BAR = 24;

export function calculateCommand(): Command {
  const about = "calculate and book what is due; interrupted, it goes on where it stood when it is run again";
  return withJson(newCommand("calculate", about))
    .option("--partner <id>", "this partner only")
    .option("--month <yyyy-mm>", "calculate every agreement again from this month on", month)
    .option("--processes <n>", "how many processes share the work", processes, Math.min(2, availableParallelism()))
    .action(async (options: Options) => {
      const done = await onProgram("calculate", options, (program) => run(program, options));
      print(options, done, lines);
      if (done.interrupted) process.exitCode = 130;
      else if (done.problems > 0) process.exitCode = 1;
    });
}

function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return `${text}-01`;
  throw new InvalidArgumentError("write a month as 2026-03.");
}

function processes(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_PROCESSES) return number;
  throw new InvalidArgumentError(`a whole number from 1 to ${MOST_PROCESSES}.`);
}

async function run(program: Program, options: Options): Promise<Done> {
  const [{ markEverybody }, { calculateAll }] = await Promise.all([
    import("../../commissions/index.ts"),
    import("../calculation.ts"),
  ]);
  const partner = options.partner === undefined ? {} : { partnerId: options.partner };
  if (options.month !== undefined) await markEverybody(program.ctx, options.month, options.partner ?? null);
  const stopping = new AbortController();
  // The first Ctrl-C lets the parts at work be finished and booked; the second ends everything at once, which loses nothing either.
  const stop = () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const bar = progressLine(options.json !== true);
  const started = performance.now();
  const onProgress = (done: number, due: number) => bar.show(progress(done, due, performance.now() - started));
  try {
    const { signal } = stopping;
    const done = await calculateAll(program, { ...partner, processes: options.processes, onProgress, signal });
    return { ...done, seconds: (performance.now() - started) / 1000, interrupted: signal.aborted };
  } finally {
    bar.end();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function progress(done: number, due: number, milliseconds: number): string {
  const share = due === 0 ? 1 : done / due;
  const full = Math.round(share * BAR);
  const left = done === 0 ? "" : `, about ${Math.ceil((milliseconds * (due - done)) / done / 1000)} s left`;
  return `[${"#".repeat(full)}${".".repeat(BAR - full)}] ${done} of ${due} pairs of partner and program${left}`;
}

function lines(done: Done): string[] {
  const { pairs, lines: added, transfers, problems, due, seconds } = done;
  return [
    `${pairs} pairs of partner and program calculated in ${seconds.toFixed(1)} s: ${added} new lines, ${transfers} transfers.`,
    ...(problems > 0 ? [`${problems} could not be calculated; the console says why.`] : []),
    ...(due > 0 ? [`${due} are still due: run it again to go on.`] : []),
  ];
}
