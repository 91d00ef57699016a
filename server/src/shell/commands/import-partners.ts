import { createWriteStream } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type BulkDetail, BulkMapping } from "@tributary/contract";
import { type Command, Option } from "commander";
import { parse as parseYaml } from "yaml";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { progressLine } from "../progress-line.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly subject: "partner" | "contact";
  readonly mapping?: string;
  readonly kind?: string;
  readonly rejects?: string;
  readonly dryRun?: boolean;
}

interface Taken {
  readonly id: string;
  readonly status: string;
  readonly counts: BulkDetail["counts"];
  readonly columns: Readonly<Record<string, string | null>>;
  readonly notes: readonly string[];
  /** what has to be said about the columns first */
  readonly questions: readonly string[];
  readonly rejectsFile: string | null;
  readonly failure: string | null;
  readonly seconds: number;
}

/** Makes and changes partners or contacts from a file: the same preview, rejects and way back as in the console. */
export function importPartnersCommand(): Command {
  const about = "make and change partners or contacts from a file (CSV of any kind, XLSX, XLS, XLSB, ODS)";
  return withJson(newCommand("partners", about))
    .argument("<file>", "the file; or pim_… to take a bulk change back")
    .addOption(new Option("--subject <kind>", "whose records").choices(["partner", "contact"]).default("partner"))
    .option(
      "--mapping <file>",
      "what the columns mean, as YAML or JSON: {columns: {<column>: <field>}, mode, match, …}",
    )
    .option("--kind <kind>", "kind of new partners whose row says none")
    .option("--rejects <file>", "where refused rows go (default: <file>.rejects.csv)")
    .option("--dry-run", "decide about every row, make nothing")
    .action(async (file: string, options: Options) => {
      const back = /^pim_[0-9a-z]+$/.test(file);
      if (!back)
        await access(file).catch(() => {
          throw new StartupProblem(`The file ${file} cannot be read: check its name and your rights.`);
        });
      const done = await onProgram("import partners", options, (program) =>
        back ? takeBack(program, file) : take(program, file, options),
      );
      print(options, done, lines);
      if (done.status === "failed" || done.questions.length > 0) process.exitCode = 1;
    });
}

async function take(program: Program, file: string, options: Options): Promise<Taken> {
  const partners = await import("../../partners/index.ts");
  const { systemActor } = await import("../../access/index.ts");
  const { ctx } = program;
  const actor = systemActor("import partners");
  const begin = performance.now();
  let one = await partners.openBulk(ctx, actor, { path: file, name: basename(file) }, options.subject);
  const mapping = await mappingOf(one, options);
  if (mapping !== undefined)
    one = await partners.changeBulkMapping(ctx, actor, one.id, { revision: one.revision, mapping });
  if (one.questions.length === 0) {
    await partners.startBulkCheck(ctx, actor, one.id);
    one = await settled(program, one.id, "preview");
    if (one.status === "checked" && options.dryRun !== true) {
      await partners.startBulkRun(ctx, actor, one.id);
      one = await settled(program, one.id, "made");
    }
  }
  const rejectsFile = (one.counts.refuse ?? 0) === 0 ? null : (options.rejects ?? `${file}.rejects.csv`);
  if (rejectsFile !== null) {
    const { lines: text } = await partners.rejectsFile(ctx, actor, one.id, "en");
    await pipeline(Readable.from(text), createWriteStream(rejectsFile));
  }
  return taken(one, rejectsFile, (performance.now() - begin) / 1000);
}

async function takeBack(program: Program, id: string): Promise<Taken> {
  const partners = await import("../../partners/index.ts");
  const { systemActor } = await import("../../access/index.ts");
  const begin = performance.now();
  await partners.startBulkUndo(program.ctx, systemActor("import partners"), id);
  return taken(await settled(program, id, "taken back"), null, (performance.now() - begin) / 1000);
}

/** Works on it here, or waits while the server's worker does. */
async function settled(program: Program, id: string, what: string): Promise<BulkDetail> {
  const { getBulk, workOnBulk } = await import("../../partners/index.ts");
  const { systemActor } = await import("../../access/index.ts");
  const line = progressLine(true);
  try {
    for (;;) {
      await workOnBulk(program.ctx, id, (done, total) => line.show(`${done} of ${total} rows: ${what}`));
      const one = await getBulk(program.ctx, systemActor("import partners"), id);
      if (!["checking", "running", "undoing"].includes(one.status)) return one;
      await sleep(500);
    }
  } finally {
    line.end();
  }
}

/** The proposed mapping with what the options say. */
async function mappingOf(one: BulkDetail, options: Options): Promise<BulkMapping | undefined> {
  if (one.mapping === null || (options.mapping === undefined && options.kind === undefined)) return undefined;
  const said = options.mapping === undefined ? {} : await readMapping(options.mapping);
  const { columns = {}, ...rest } = said;
  const given = Array.isArray(columns)
    ? Object.fromEntries(columns.map((column) => [column.column, column.field]))
    : columns;
  const names = one.sheets[Number(rest.sheet ?? one.mapping.sheet)]?.columns.map((column) => column.name) ?? [];
  const stranger = Object.keys(given).find((name) => !names.includes(name));
  if (stranger !== undefined)
    throw new StartupProblem(`${options.mapping} names the column ${stranger}; the file has ${names.join(", ")}.`);
  const own = new Map(one.mapping.columns.map((column) => [column.column, column.field]));
  const merged = names.map((column) => ({
    column,
    field: column in given ? given[column] : (own.get(column) ?? null),
  }));
  const kind = options.kind === undefined ? {} : { kind: options.kind };
  const parsed = BulkMapping.safeParse({
    ...one.mapping,
    ...rest,
    columns: merged,
    defaults: { ...one.mapping.defaults, ...(rest.defaults as object | undefined), ...kind },
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StartupProblem(`The mapping is not right: ${issue?.path.join(".")} ${issue?.message}.`);
}

type Said = Readonly<Record<string, unknown>> & {
  readonly columns?:
    | Record<string, string | null>
    | readonly { readonly column: string; readonly field: string | null }[];
};

async function readMapping(file: string): Promise<Said> {
  try {
    const said: unknown = parseYaml(await readFile(file, "utf8"));
    if (typeof said === "object" && said !== null) return said as Said;
  } catch (error) {
    throw new StartupProblem(`The mapping ${file} cannot be read (${(error as Error).message}).`);
  }
  throw new StartupProblem(`The mapping ${file} is no YAML or JSON object.`);
}

function taken(one: BulkDetail, rejectsFile: string | null, seconds: number): Taken {
  const columns = Object.fromEntries((one.mapping?.columns ?? []).map(({ column, field }) => [column, field]));
  return {
    ...{ id: one.id, status: one.status, counts: one.counts, columns, rejectsFile, failure: one.failure },
    notes: one.sheets[one.mapping?.sheet ?? 0]?.notes ?? [],
    questions: one.questions.map((question) => [question.code, ...question.columns].join(": ")),
    seconds: Math.round(seconds * 10) / 10,
  };
}

function lines(one: Taken): readonly string[] {
  const { create = 0, update = 0, unchanged = 0, refuse = 0 } = one.counts;
  const said = Object.entries(one.columns).map(([column, field]) => `${column} → ${field ?? "left out"}`);
  return [
    ...one.notes,
    `Columns: ${said.join(", ")}.`,
    ...one.questions.map((question) => `Say first (--mapping, --kind): ${question}.`),
    `${one.id} is ${one.status}: ${create} new, ${update} changed, ${unchanged} unchanged, ${refuse} refused; ${one.seconds} s.`,
    ...(one.failure === null ? [] : [one.failure]),
    ...(one.rejectsFile === null ? [] : [`Refused rows with their reasons: ${one.rejectsFile}`]),
  ];
}
