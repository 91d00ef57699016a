import { availableParallelism } from "node:os";
import { Command } from "commander";
import type { ScreenedName } from "../../compliance/index.ts";
import { withJson } from "../cli.ts";
import { progressLine } from "../progress-line.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly lists: string;
  readonly column?: string;
  readonly threshold?: string;
  readonly failOnHit?: boolean;
  readonly json?: boolean;
}

const MOST_CORES = 4;

/** `tributary screen`: needs neither server nor database. Ends with 0 when all was read, with 1 when not; with `--fail-on-hit` with 2 when a name is not clear. */
export function screenCommand(): Command {
  const about =
    "look names up in sanctions, PEP and watch lists, with an explained score; needs no server and no database";
  return withJson(new Command("screen").description(about))
    .argument(
      "<names>",
      "a CSV file with a column of names; date of birth, country, kind and document number are used where there are columns of them",
    )
    .requiredOption(
      "--lists <folder>",
      "a folder of lists, or one list: OFAC, UN, EU, UK, OpenSanctions, any CSV (docs/guides/screening.md)",
    )
    .option("--column <column>", "the column of the name, by title or number, where it is not told by itself")
    .option("--threshold <score>", "from which score, 0 to 1, a name is to be looked at")
    .option("--fail-on-hit", "end with 2 when a name is not clear")
    .action(async (file: string, options: Options) => {
      const compliance = await import("../../compliance/index.ts");
      try {
        await run(compliance, file, options);
      } catch (error) {
        if (error instanceof compliance.ListProblem) throw new StartupProblem(error.message);
        throw error;
      }
    });
}

type Compliance = typeof import("../../compliance/index.ts");

async function run(compliance: Compliance, file: string, options: Options): Promise<void> {
  const threshold = thresholdOf(options.threshold, compliance.DEFAULT_THRESHOLD);
  const bar = progressLine(true);
  const { sources, skipped } = await compliance.listSources(options.lists);
  const entries = [];
  const lists: { list: string; format: string; file: string; entries: number }[] = [];
  for (const source of sources) {
    const before = entries.length;
    for await (const entry of source.entries()) {
      entries.push(entry);
      if (entries.length % 1000 === 0) bar.show(`reading lists: ${entries.length} entries …`);
    }
    lists.push({ list: source.list, format: source.format, file: source.path, entries: entries.length - before });
  }
  for (const { reason } of skipped) process.stderr.write(`Not read: ${reason}\n`);
  if (entries.length === 0) throw new StartupProblem(`The lists in ${options.lists} have no entries.`);
  const out = options.json ? jsonOutput({ threshold, lists, skipped }) : textOutput(lists);
  const counts = { names: 0, clear: 0, review: 0, match: 0 };
  const cores = Math.min(MOST_CORES, availableParallelism());
  for await (const name of compliance.screenNames(entries, compliance.namesOf(file, options), { threshold, cores })) {
    counts.names++;
    counts[name.verdict]++;
    await out.name(name);
    bar.show(`${counts.names} names, ${counts.review} to review, ${counts.match} matches …`);
  }
  bar.end();
  await out.end(counts);
  if (options.failOnHit === true && counts.clear < counts.names) process.exitCode = 2;
}

function thresholdOf(text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value <= 1))
    throw new StartupProblem(`--threshold ${text} is no score: write a number above 0 and up to 1, e.g. 0.85.`);
  return value;
}

type Counts = Readonly<Record<"names" | "clear" | "review" | "match", number>>;

interface Output {
  name(name: ScreenedName): Promise<void>;
  end(counts: Counts): Promise<void>;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}

/** One JSON document, written as it comes, so that a file of any length needs no more memory than a short one. */
function jsonOutput(about: object): Output {
  let begun = false;
  const begin = async () => {
    if (!begun) await write(`${JSON.stringify(about, null, 2).slice(0, -2)},\n  "results": [`);
    begun = true;
  };
  let first = true;
  return {
    async name(name) {
      await begin();
      await write(`${first ? "\n" : ",\n"}    ${JSON.stringify(name)}`);
      first = false;
    },
    async end(counts) {
      await begin();
      await write(`${first ? "" : "\n  "}],\n  "summary": ${JSON.stringify(counts)}\n}\n`);
    },
  };
}

/** Only names that are not clear, each with its matches and their reasons. */
function textOutput(lists: readonly { list: string; entries: number }[]): Output {
  return {
    async name({ line, name, verdict, matches }) {
      if (verdict === "clear") return;
      const found = matches.map(({ list, entryId, matchedName, listedAs, score, explanation }) => {
        const also = listedAs === matchedName ? "" : ` (listed as ${listedAs})`;
        return `  ${score.toFixed(2)}  ${list} ${entryId}  ${matchedName}${also}\n        ${explanation.join("; ")}`;
      });
      await write(`${verdict.toUpperCase()}  line ${line}  ${name}\n${found.join("\n")}\n\n`);
    },
    async end(counts) {
      const known = lists.map(({ list, entries }) => `${list} ${entries}`).join(", ");
      await write(
        `${counts.names} names against ${known}: ${counts.clear} clear, ${counts.review} to review, ${counts.match} matches.\n`,
      );
    },
  };
}
