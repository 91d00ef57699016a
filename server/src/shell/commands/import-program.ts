import { createWriteStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { ImportMapping, ImportVendor, importFailureText } from "@tributary/contract";
import { type Command, Option } from "commander";
import { parse as parseYaml } from "yaml";
import type { Actor } from "../../access/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { type ProgressLine, progressLine } from "../progress-line.ts";
import { StartupProblem } from "../startup-problem.ts";
import { type PullOptions, pullOf, startPull } from "./import-pull.ts";

type Options = PullOptions & {
  data?: string;
  json?: boolean;
  program: string;
  mapping?: string;
  offer?: string;
  dayOrder?: "dmy" | "mdy";
  decimal?: "." | ",";
  zone?: string;
  currency?: string;
  rejects?: string;
  dryRun?: boolean;
  yes?: boolean;
};

interface Imported {
  readonly id: string;
  readonly vendor: string;
  readonly status: string;
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly tables: readonly string[];
  readonly rejectsFile: string | null;
  readonly seconds: number;
}

export function importProgramCommand(): Command {
  const about = "take over partners, links, codes, customers and history from another platform's exports";
  return withJson(newCommand("program", about))
    .argument("[path]", "a file (CSV, XLSX, JSON, NDJSON) or a folder of them; none with --api")
    .requiredOption("--program <code>", "the program that they come into (code or id)")
    .addOption(
      new Option("--from <platform>", "whose export it is (default: recognised)").choices(ImportVendor.options),
    )
    .option("--api", "ask the platform's API instead of reading files (with --from)")
    .option("--account <id>", "with --api: account id, where the platform has one beside the key")
    .option("--key-file <file>", "with --api: file with the platform's key (default: TRIBUTARY_IMPORT_KEY)")
    .option("--mapping <file>", "what tables and columns mean, as YAML or JSON (as the console shows it)")
    .option("--offer <code>", "offer of links that name none")
    .addOption(new Option("--day-order <order>", "where the data do not say").choices(["dmy", "mdy"]))
    .addOption(new Option("--decimal <mark>", "where the data do not say").choices([".", ","]))
    .option("--zone <name>", "time zone of times without one (default: the program's)")
    .option("--currency <code>", "currency of amounts without one (default: the program's)")
    .option("--rejects <file>", "where refused records go (default: <path>.rejects.csv)")
    .option("--dry-run", "decide about every record, make nothing")
    .option("--yes", "do not ask before it is made")
    .action(async (path: string | undefined, options: Options) => {
      const pull = pullOf(path, options);
      const files = path === undefined ? [] : await filesOf(path);
      const done = await onProgram("import program", options, (program) =>
        run(program, { path, files, pull }, options),
      );
      print(options, done, lines);
      if (done.status === "failed") process.exitCode = 1;
    });
}

export function importUndoCommand(): Command {
  return withJson(newCommand("undo", "take an import of another platform back, unless something stands on it"))
    .argument("<import>", "its id, e.g. imp_…")
    .action(async (id: string, options: { data?: string; json?: boolean }) => {
      const done = await onProgram("import undo", options, async (program) => {
        const { startUndo } = await import("../../integrations/index.ts");
        await startUndo(program.ctx, await importer(), id, await needsOf(program));
        const status = await settled(program, id);
        await drain(program);
        return { id, status };
      });
      print(options, done, (one) => [`${one.id} is ${one.status}.`]);
    });
}

async function filesOf(path: string): Promise<readonly string[]> {
  const { isReadable } = await import("../../integrations/index.ts");
  const found = await stat(path).catch(() => {
    throw new StartupProblem(`${path} cannot be read: check its name and your rights.`);
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => isReadable(name) && !/\.rejects\./.test(name)).sort();
  if (names.length === 0) throw new StartupProblem(`The folder ${path} holds no CSV, XLSX, JSON or NDJSON file.`);
  return names.map((name) => join(path, name));
}

async function importer(): Promise<Actor> {
  const { systemActor } = await import("../../access/index.ts");
  return systemActor("import");
}

async function needsOf(program: Program) {
  const { importNeeds } = await import("../imports.ts");
  return importNeeds(program);
}

const AT_WORK: ReadonlySet<string> = new Set(["fetching", "checking", "running", "undoing"]);

/** Works on an import until it is settled. A server that runs may be at it already: then it is only watched. */
async function settled(
  program: Program,
  id: string,
  progress?: (done: number, total: number) => void,
): Promise<string> {
  const { fetchInto, workOn } = await import("../../integrations/index.ts");
  const needs = await needsOf(program);
  const fetch = (work: Parameters<typeof fetchInto>[0]) => fetchInto(work, needs);
  for (;;) {
    const row = await workOn(program.ctx, id, needs, progress === undefined ? { fetch } : { fetch, progress });
    if (row === undefined || !AT_WORK.has(row.status)) return row?.status ?? "gone";
    progress?.(row.done, row.total);
    await sleep(250);
  }
}

async function drain(program: Program): Promise<void> {
  const { clickIdsFor } = await import("../tracking-parts.ts");
  const { openPipeline } = await import("../pipeline.ts");
  const { database, clock } = program;
  await openPipeline({ db: database.db, clock, clickIds: await clickIdsFor(program) }).drain();
}

/** Where records come from. */
interface Origin {
  readonly path: string | undefined;
  readonly files: readonly string[];
  readonly pull: PullOptions | undefined;
}

async function run(program: Program, origin: Origin, options: Options): Promise<Imported> {
  const imports = await import("../../integrations/index.ts");
  const started = program.clock.now().getTime();
  const { ctx } = program;
  const actor = await importer();
  const target = await programOf(program, options.program);
  const bar = progressLine(options.json !== true);
  const progress = progressOf(program, bar);
  const name = origin.path === undefined ? `${options.from} API` : basename(origin.path);
  const left = await imports.unfinishedImport(ctx, target.programId, name);
  if (left !== undefined) bar.show(`taking up ${left} where it was left …`);
  const goesOn = left !== undefined && (await imports.getImport(ctx, actor, left)).status === "running";
  const wanted = { programId: target.programId, name };
  const id = goesOn ? left : await open(program, actor, wanted, { ...origin, left, bar }, options);
  if (!goesOn) {
    await imports.startCheck(ctx, actor, id);
    await settled(program, id, progress);
  }
  const checked = await imports.getImport(ctx, actor, id);
  const rejectsFile = await writeRejects(
    program,
    actor,
    id,
    options.rejects ?? `${(origin.path ?? name.replaceAll(" ", "-")).replace(/\/$/, "")}.rejects.csv`,
  );
  bar.end();
  const go =
    goesOn || (checked.status === "checked" && options.dryRun !== true && (await agreed(checked.counts, options)));
  if (go) {
    if (checked.status === "checked") await imports.startRun(ctx, actor, id);
    await settled(program, id, progress);
    bar.show("deciding what became of each event …");
    await drain(program);
  } else if (checked.status === "checked") await imports.cancelImport(ctx, actor, id);
  bar.end();
  const done = await imports.getImport(ctx, actor, id);
  return {
    id,
    vendor: done.vendor,
    status: go ? done.status : "dry run",
    counts: done.counts,
    tables: done.tables.map(
      (table) =>
        `${table.name}: ${table.rows} rows, ${table.recognised?.title ?? "not recognised"}${table.brokenOff === null ? "" : ` (not whole: ${importFailureText(table.brokenOff, "en")})`}`,
    ),
    rejectsFile,
    seconds: (program.clock.now().getTime() - started) / 1000,
  };
}

async function programOf(program: Program, named: string): Promise<{ readonly programId: string }> {
  const { allPrograms } = await import("../../programs/index.ts");
  const found = (await allPrograms(program.ctx.db)).find((one) => one.code === named || one.programId === named);
  if (found === undefined) throw new StartupProblem(`There is no program ${named}: give its code or its id.`);
  return found;
}

/** Opens an import of the files, or reads the platform's lists, and answers what the command line answers. */
async function open(
  program: Program,
  actor: Actor,
  target: { readonly programId: string; readonly name: string },
  origin: Origin & { readonly left: string | undefined; readonly bar: ProgressLine },
  options: Options,
): Promise<string> {
  const id =
    origin.pull === undefined
      ? await filed(program, actor, target, origin.files, options)
      : (origin.left ?? (await startPull(program, actor, target, origin.pull, await needsOf(program))));
  if (origin.pull !== undefined) await pulled(program, actor, id, origin.bar);
  await mapped(program, actor, id, target.programId, options);
  return id;
}

/** Waits until the platform's lists were read; the access is forgotten then. */
async function pulled(program: Program, actor: Actor, id: string, bar: ProgressLine): Promise<void> {
  const { getImport, removeConnectionOf } = await import("../../integrations/index.ts");
  bar.show("asking the platform …");
  const status = await settled(program, id, (done) => bar.show(`asking the platform … ${done} records`));
  await removeConnectionOf(program.ctx, actor, id);
  if (status !== "failed") return;
  const { failure } = await getImport(program.ctx, actor, id);
  throw new StartupProblem(
    `The platform's API could not be read: ${failure === null ? "no reason was given" : importFailureText(failure, "en")}`,
  );
}

async function filed(
  program: Program,
  actor: Actor,
  target: { readonly programId: string; readonly name: string },
  files: readonly string[],
  options: Options,
): Promise<string> {
  const { addFile, createImport } = await import("../../integrations/index.ts");
  const said = ImportVendor.optional().parse(options.from);
  const { id } = await createImport(program.ctx, actor, { ...target, ...(said === undefined ? {} : { vendor: said }) });
  for (const file of files) await addFile(program.ctx, actor, id, { path: file, name: basename(file) }, said);
  return id;
}

async function mapped(program: Program, actor: Actor, id: string, programId: string, options: Options): Promise<void> {
  const imports = await import("../../integrations/index.ts");
  const { allOffers } = await import("../../programs/index.ts");
  const { ctx } = program;
  const offer = (await allOffers(ctx.db)).find((one) => one.programId === programId && one.code === options.offer);
  if (options.offer !== undefined && offer === undefined)
    throw new StartupProblem(`The program has no offer ${options.offer}.`);
  const before = await imports.getImport(ctx, actor, id);
  const given = options.mapping === undefined ? before.mapping : await mappingOf(options.mapping);
  const forms = {
    ...(options.dayOrder === undefined ? {} : { dayOrder: options.dayOrder }),
    ...(options.decimal === undefined ? {} : { decimal: options.decimal }),
  };
  const mapping: ImportMapping = {
    ...given,
    tables: given.tables.map((table) => ({ ...table, ...forms })),
    ...(offer === undefined ? {} : { offerId: offer.offerId }),
    ...(options.zone === undefined ? {} : { timeZone: options.zone }),
    ...(options.currency === undefined ? {} : { currency: options.currency }),
  };
  const said = await imports.changeMapping(ctx, actor, id, { revision: before.revision, mapping });
  if (said.questions.length > 0) {
    await imports.cancelImport(ctx, actor, id);
    throw new StartupProblem(said.questions.map(questionText).join("\n"));
  }
}

const ASKED: Readonly<Record<string, string>> = {
  day_order: "say --day-order dmy or --day-order mdy",
  decimal_mark: "say --decimal . or --decimal ,",
  offer: "say --offer <code>: links of this export name none",
  mixed_days: "correct the file: some dates have the day first, some the month",
  mapping: "say --mapping <file>",
};

function questionText(question: {
  code: string;
  table: string;
  column?: string | undefined;
  samples: string[];
}): string {
  const where =
    question.column === undefined
      ? question.table
      : `${question.table}, column ${question.column} (${question.samples.slice(0, 3).join(", ")})`;
  return `${where}: the data do not say it; ${ASKED[question.code]}.`;
}

async function mappingOf(file: string): Promise<ImportMapping> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new StartupProblem(`The mapping ${file} cannot be read.`);
  });
  const read = ImportMapping.safeParse(parseYaml(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new StartupProblem(
    `The mapping ${file} is not right at ${issue?.path.join(".") || "its top"}: ${issue?.message}.`,
  );
}

async function agreed(counts: Imported["counts"], options: Options): Promise<boolean> {
  if (options.yes === true) return true;
  if (!process.stdin.isTTY || options.json === true)
    throw new StartupProblem("Nobody is here to be asked: say --yes to make it, or --dry-run to look only.");
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${countLines(counts).join("\n")}\nMake it? [y/N] `);
  asking.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

async function writeRejects(program: Program, actor: Actor, id: string, path: string): Promise<string | null> {
  const { listRecords } = await import("../../integrations/index.ts");
  let out: ReturnType<typeof createWriteStream> | undefined;
  for (let cursor: string | undefined; ; ) {
    const page = await listRecords(program.ctx, actor, id, {
      limit: 500,
      action: ["refuse"],
      language: "en",
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const one of page.rows) {
      out ??= createWriteStream(path).on("error", () => undefined);
      if (out.bytesWritten === 0 && out.writableLength === 0)
        out.write(csvLine(["table", "line", "kind", "id", "field", "value", "reason", "way out"]));
      out.write(csvLine([one.table, one.line, one.kind, one.externalId, one.field, one.value, one.reason, one.wayOut]));
    }
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  if (out === undefined) return null;
  const file = out;
  await new Promise<void>((resolve) => file.end(() => resolve()));
  return path;
}

const BAR = 24;

function progressOf(program: Program, bar: ProgressLine): (done: number, total: number) => void {
  const started = program.clock.now().getTime();
  return (done, total) => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const seconds = Math.max(0.001, (program.clock.now().getTime() - started) / 1000);
    const filled = Math.round(share * BAR);
    const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : 0;
    bar.show(
      `[${"█".repeat(filled)}${"░".repeat(BAR - filled)}] ${(share * 100).toFixed(0).padStart(3)} %  ${done} of ${total}  ${left} s left`,
    );
  };
}

function countLines(counts: Imported["counts"]): readonly string[] {
  return Object.entries(counts).map(([kind, actions]) => {
    const parts = Object.entries(actions).map(([action, count]) => `${count} ${WORDS[action] ?? action}`);
    return `${kind.padEnd(10)} ${parts.join(", ")}`;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  create: "new",
  change: "changed",
  same: "as they are",
  join: "here already",
  restore: "brought back",
  skip: "left out",
  refuse: "refused",
};

function lines(done: Imported): readonly string[] {
  return [
    ...done.tables,
    ...countLines(done.counts),
    ...(done.rejectsFile === null ? [] : [`What was refused, and why: ${done.rejectsFile}`]),
    done.status === "dry run"
      ? "Nothing was made."
      : `${done.id} is ${done.status} after ${done.seconds.toFixed(1)} s. To take it back: tributary import undo ${done.id}`,
  ];
}
