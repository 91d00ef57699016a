import { access } from "node:fs/promises";
import { hostname } from "node:os";
import type { Command } from "commander";
import type { ImportProgress, ImportResult } from "../../tracking/index.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { progressLine } from "../progress-line.ts";
import { StartupProblem } from "../startup-problem.ts";

type Options = { data?: string; json?: boolean; program: string; source?: string; rejects?: string };

interface Imported extends ImportResult {
  /** until every row was durable */
  readonly seconds: number;
  readonly rejectsFile: string | null;
  /** lines whose fate was decided by this command; a running server may have decided others */
  readonly processed: number;
  readonly processedSeconds: number;
}

export function importEventsCommand(): Command {
  const about = "read a file of events: CSV or NDJSON, also gzipped, of any size; importing it again is harmless";
  return withJson(newCommand("events", about))
    .argument(
      "<file>",
      "columns and fields are named as in postbacks: type, external_id, customer_id, occurred_at, amount …",
    )
    .requiredOption("--program <code>", "the program that the events belong to (code or id)")
    .option("--source <name>", "external ids count once within a source", "file")
    .option("--rejects <file>", "where rows go that are not taken (default: <file>.rejects.csv)")
    .action(async (file: string, options: Options) => {
      await access(file).catch(() => {
        throw new StartupProblem(`The file ${file} cannot be read: check its name and your rights.`);
      });
      const done = await onProgram("import events", options, (program) => run(program, file, options));
      print(options, done, lines);
      if (done.brokenOff !== undefined) process.exitCode = 1;
    });
}

async function run(program: Program, file: string, options: Options): Promise<Imported> {
  const tracking = await import("../../tracking/index.ts");
  const { clickIdsFor } = await import("../tracking-parts.ts");
  const { openPipeline } = await import("../pipeline.ts");
  const { database, clock } = program;
  const target = (await tracking.edgeCatalogue(database.db)).programs.find(
    (one) => one.code === options.program || one.programId === options.program,
  );
  if (target === undefined)
    throw new StartupProblem(`There is no program ${options.program}: give its code or its id.`);
  if (target.status === "closed") throw new StartupProblem(`The program ${target.code} is closed and takes no events.`);
  const clickIds = await clickIdsFor(program);
  const log = await tracking.openIntakeLog({ pool: database.pool, clock, writer: `import on ${hostname()}` });
  const rejects = tracking.rejectsFile(
    options.rejects ?? `${file}.rejects.${/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(file) ? "ndjson" : "csv"}`,
  );
  const started = clock.now().getTime();
  const bar = progressLine(options.json !== true);
  const result = await tracking.importEvents({
    log,
    path: file,
    programId: target.programId,
    sourceId: options.source ?? "file",
    context: { ...target, now: started, knowsClick: (id) => clickIds.read(id) !== undefined },
    progress: (done) => bar.show(readingText(done, started, clock.now().getTime())),
    header: (cells) => rejects.header(cells),
    reject: (reject) => rejects.write(reject),
  });
  await rejects.close();
  await log.close();
  const seconds = (clock.now().getTime() - started) / 1000;
  bar.show("deciding what became of each event …");
  const processed = await openPipeline({ db: database.db, clock, clickIds }).drain();
  bar.end();
  const processedSeconds = (clock.now().getTime() - started) / 1000 - seconds;
  return { ...result, seconds, processed, processedSeconds, rejectsFile: rejects.count > 0 ? rejects.path : null };
}

const BAR = 24;

function readingText(done: ImportProgress, startedMs: number, nowMs: number): string {
  const share = done.sizeBytes === 0 ? 1 : done.readBytes / done.sizeBytes;
  const seconds = Math.max(0.001, (nowMs - startedMs) / 1000);
  const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : 0;
  const filled = Math.round(share * BAR);
  const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1);
  return `[${"█".repeat(filled)}${"░".repeat(BAR - filled)}] ${(share * 100).toFixed(0).padStart(3)} %  ${megabytes(done.readBytes)} of ${megabytes(done.sizeBytes)} MB  ${done.rows} rows  ${Math.round(done.rows / seconds)}/s  ${left} s left`;
}

function lines(done: Imported): readonly string[] {
  const said = [
    `${done.rows} rows in ${done.seconds.toFixed(1)} s: ${done.accepted} accepted, ${done.rejected} rejected.`,
  ];
  if (done.rejectsFile !== null) said.push(`What was rejected, and why: ${done.rejectsFile}`);
  if (done.unknownColumns.length > 0)
    said.push(`Columns without a meaning here, kept beside the events: ${done.unknownColumns.join(", ")}.`);
  if (done.openEnd) said.push("The last row has no line end: check that the file is whole.");
  if (done.brokenOff !== undefined) {
    said.push(
      `The file is not whole: ${done.brokenOff}. What was accepted stays accepted; import the whole file again, it counts once.`,
    );
  }
  return said;
}
