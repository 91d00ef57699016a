import { access } from "node:fs/promises";
import { basename } from "node:path";
import type { KnownCustomers } from "@tributary/contract";
import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { StartupProblem } from "../startup-problem.ts";

type Options = { data?: string; json?: boolean; program: string; since?: string };
type KnownOne = KnownCustomers["customers"][number];

interface Noted {
  readonly rows: number;
  readonly noted: number;
  readonly moved: number;
  /** rows that name nobody, or a day that cannot be read, by line */
  readonly refused: readonly string[];
}

const IDS = ["customer_ref", "customerref", "customer_id", "customerid", "customer", "user_id", "id"];
const SINCE = ["known_since", "since", "registered_at", "created_at"];
const A_CALL = 10_000;
const MOST_TOLD = 20;

/** Reads the operator's list of customers that it had before, so that no partner is paid for them. */
export function importKnownCustomersCommand(): Command {
  const about = "read a list of customers whom you had before: touches after that day do not claim them";
  return withJson(newCommand("known-customers", about))
    .argument("<file>", "CSV, XLSX, JSON or NDJSON with a column customer_id, and known_since where it is known")
    .requiredOption("--program <code>", "the program that they are noted in (code or id)")
    .option("--since <day>", "since when those are known whose row does not say (default: since ever)")
    .action(async (file: string, options: Options) => {
      await access(file).catch(() => {
        throw new StartupProblem(`The file ${file} cannot be read: check its name and your rights.`);
      });
      const done = await onProgram("import known-customers", options, (program) => run(program, file, options));
      print(options, done, lines);
      if (done.refused.length > 0) process.exitCode = 1;
    });
}

async function run(program: Program, file: string, options: Options): Promise<Noted> {
  const { markKnownCustomers } = await import("../../attribution/index.ts");
  const { readFile } = await import("../../integrations/index.ts");
  const { systemActor } = await import("../../access/index.ts");
  const { readTime } = await import("../../tracking/index.ts");
  const { touchSources } = await import("../pipeline.ts");
  const { clickIdsFor } = await import("../tracking-parts.ts");
  const { customerSurroundings } = await import("../customers.ts");
  const { programId, timeZone } = await programOf(program, options.program);
  const instant = (text: string) => {
    const at = readTime(text, timeZone)?.at;
    return at === undefined ? undefined : new Date(at).toISOString();
  };
  const fallback = options.since === undefined ? null : instant(options.since);
  if (fallback === undefined) throw new StartupProblem(`--since ${options.since} is no day: write 2026-01-31.`);
  const around = { ...customerSurroundings, sources: touchSources(await clickIdsFor(program)) };
  const done = { rows: 0, noted: 0, moved: 0, refused: [] as string[] };
  let waiting: KnownOne[] = [];
  let idColumn: string | undefined;
  const flush = async () => {
    if (waiting.length === 0) return;
    const customers = waiting;
    waiting = [];
    const { noted, moved } = await markKnownCustomers(
      program.ctx,
      systemActor("import"),
      programId,
      { customers },
      around,
    );
    done.noted += noted;
    done.moved += moved;
  };
  await readFile(file, basename(file), {
    columns: (_table, names) => {
      idColumn = idColumnOf(names);
    },
    brokenOff: (_table, why) => void done.refused.push(`The file could not be read to its end: ${why}`),
    row: (_table, line, cells, problem) => {
      done.rows += 1;
      const one = problem ?? customerOf(cells, idColumn, instant, fallback);
      if (typeof one === "string") done.refused.push(`line ${line}: ${one}`);
      else waiting.push(one);
      return waiting.length < A_CALL ? undefined : flush();
    },
  });
  await flush();
  return done;
}

/** What a row says, or what is wrong with it. @param named the column of the ids, where the file has a header */
function customerOf(
  cells: Readonly<Record<string, string>>,
  named: string | undefined,
  instant: (text: string) => string | undefined,
  fallback: string | null,
): KnownOne | string {
  const column = named ?? idColumnOf(Object.keys(cells));
  const customerRef = (cells[column ?? ""] ?? "").trim();
  if (customerRef === "") return "it names no customer";
  if (customerRef.length > 200) return "the id is longer than 200 characters";
  const said = (Object.entries(cells).find(([name]) => SINCE.includes(plain(name)))?.[1] ?? "").trim();
  const knownSince = said === "" ? fallback : instant(said);
  return knownSince === undefined ? `${said.slice(0, 60)} is no day that can be read` : { customerRef, knownSince };
}

/** The column that is named for it, else the first one. */
function idColumnOf(names: readonly string[]): string | undefined {
  return names.find((name) => IDS.includes(plain(name))) ?? names[0];
}

function plain(column: string): string {
  return column.trim().toLowerCase().replaceAll(" ", "_");
}

async function programOf(
  program: Program,
  named: string,
): Promise<{ readonly programId: string; readonly timeZone: string }> {
  const { allPrograms } = await import("../../programs/index.ts");
  const found = (await allPrograms(program.ctx.db)).find((one) => one.code === named || one.programId === named);
  if (found === undefined) throw new StartupProblem(`There is no program ${named}: give its code or its id.`);
  return found;
}

function lines({ rows, noted, moved, refused }: Noted): readonly string[] {
  const more = refused.length - MOST_TOLD;
  return [
    `${rows} rows, ${noted} customers noted, ${moved} of them belong to another partner or to nobody now.`,
    ...refused.slice(0, MOST_TOLD),
    ...(more > 0 ? [`… and ${more} more.`] : []),
  ];
}
