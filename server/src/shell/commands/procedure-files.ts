import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly publish?: string;
}

/** `tributary procedure check FILE`: reads and lints; needs neither server nor database. Ends with 1 when it could not be published. */
export function checkCommand(): Command {
  return withJson(newCommand("check", "read and lint a procedure's YAML; needs no server"))
    .argument("<file>", "YAML (docs/reference/procedures.md)")
    .action(async (file: string, options: Options) => {
      const { checkProcedure } = await import("../../procedures/index.ts");
      const { procedureNeeds } = await import("../onboarding.ts");
      const { findings } = await refusable(async () => checkProcedure({ yaml: textOf(file) }, procedureNeeds.facts));
      print(options, { findings }, () =>
        findings.length === 0
          ? [`${file}: nothing to say.`]
          : findings.map(({ level, line, sentence }) => `${file}:${line ?? 1}: ${level}: ${sentence}`),
      );
      if (findings.some(({ level }) => level === "error")) process.exitCode = 1;
    });
}

/** `tributary procedure import FILE`: becomes the draft; `--publish` publishes it. */
export function importCommand(): Command {
  return withJson(newCommand("import", "save a procedure's YAML as the draft of its procedure"))
    .argument("<file>", "YAML (docs/reference/procedures.md)")
    .option("--publish <summary>", "publish it at once, and say what changed")
    .action(async (file: string, options: Options) => {
      const yaml = textOf(file);
      const row = await onProgram("procedure import", options, async ({ ctx }) => {
        const { saveProcedure, publishProcedure } = await import("../../procedures/index.ts");
        const { procedureNeeds } = await import("../onboarding.ts");
        const { systemActor } = await import("../../access/index.ts");
        const { facts } = procedureNeeds;
        const actor = systemActor("procedure import");
        return await refusable(async () => {
          const draft = await saveProcedure(ctx, actor, { yaml, facts });
          if (options.publish === undefined) return draft;
          return await publishProcedure(ctx, actor, { procedure: draft.procedure, summary: options.publish, facts });
        });
      });
      const { procedure, version, state } = row;
      print(options, { procedure, version, state }, () => [`${procedure}: version ${version}, ${state}`]);
    });
}

/** `tributary procedure export PROCEDURE [FILE]`: the YAML as it was written, comments included. */
export function exportCommand(): Command {
  return newCommand("export", "write a procedure's YAML to a file, or to standard output")
    .argument("<procedure>", "its key, e.g. affiliate-onboarding; with @3 behind it the third version")
    .argument("[file]", "where to write it; a file that is there stays")
    .action(async (name: string, file: string | undefined, options: Options) => {
      const [procedure = "", version = "published"] = name.split("@");
      const yaml = await onProgram("procedure export", options, async ({ ctx }) => {
        const { yamlOf } = await import("../../procedures/index.ts");
        return await refusable(() => yamlOf(ctx, procedure, version));
      });
      if (file === undefined) process.stdout.write(yaml);
      else writeNew(file, yaml);
    });
}

function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new StartupProblem(`${file} cannot be read (${(error as Error).message}).`);
  }
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    throw new StartupProblem(`${file} cannot be written (${(error as Error).message}).`);
  }
}

/** A refusal is said in lines, one for each complaint. */
async function refusable<T>(work: () => Promise<T>): Promise<T> {
  const { Refusal } = await import("../../kernel/refusal.ts");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const lines = error.complaints.map(({ field, message }) => `  ${field}: ${message}`);
    throw new StartupProblem([error.message, ...lines].join("\n"));
  }
}
