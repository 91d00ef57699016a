import { hostname } from "node:os";
import { type Command, Option } from "commander";
import type { LoadedList } from "../../compliance/index.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly name?: string;
  readonly topic?: "sanction" | "pep" | "watch";
  readonly force?: boolean;
}

export function importListCommand(): Command {
  const about =
    "load sanctions, PEP or watch lists as their newest version: OFAC, UN, EU, UK, OpenSanctions, any CSV (docs/guides/screening.md)";
  return withJson(newCommand("list", about))
    .argument("<path>", "a file, or a folder of lists")
    .option("--name <list>", "the list's name, for a single file (default: told by its format, e.g. ofac-sdn, un, eu)")
    .addOption(new Option("--topic <topic>", "what being on it means").choices(["sanction", "pep", "watch"]))
    .option("--force", "take it also when it has fewer than half of the entries before")
    .action(async (path: string, options: Options) => {
      const compliance = await import("../../compliance/index.ts");
      try {
        const done = await run(compliance, path, options);
        print(options, done, (lists) => lists.map(line));
      } catch (error) {
        if (error instanceof compliance.ListProblem) throw new StartupProblem(error.message);
        throw error;
      }
    });
}

async function run(
  compliance: typeof import("../../compliance/index.ts"),
  path: string,
  options: Options,
): Promise<LoadedList[]> {
  const { name, topic, force } = options;
  const { sources } = await compliance.listSources(path, {
    ...(name !== undefined && { list: name }),
    ...(topic !== undefined && { topic }),
  });
  if (name !== undefined && sources.length > 1)
    throw new StartupProblem(`--name ${name} is for one list: ${path} has ${sources.length}.`);
  if (name !== undefined && !/^[a-z0-9][a-z0-9_.-]{0,79}$/.test(name))
    throw new StartupProblem(`--name ${name} is no name of a list: use small letters, digits and hyphens.`);
  return await onProgram("import list", options, async ({ ctx }) => {
    const actor = { kind: "system", id: "import list", name: `import list on ${hostname()}` };
    const done: LoadedList[] = [];
    for (const source of sources)
      done.push(
        await compliance.loadList(ctx, actor, source, { force: force === true, ...(topic !== undefined && { topic }) }),
      );
    return done;
  });
}

function line({ list, version, entries, added, removed, altered }: LoadedList): string {
  if (version === null) return `${list}: ${entries} entries, nothing changed.`;
  return `${list}: version ${version}, ${entries} entries: ${added} added, ${removed} removed, ${altered} altered. Partners are screened against what changed.`;
}
