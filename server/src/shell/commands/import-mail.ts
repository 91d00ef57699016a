import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { TakenMessage } from "../../pipeline/index.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly own: readonly string[];
  readonly leads?: boolean;
}

/** Mails as files, as mail programs save them: for what came before a mailbox was read. */
export function importMailCommand(): Command {
  return withJson(
    newCommand("mail", "log mails (.eml) with the leads and partners they belong to (docs/guides/pipeline.md)"),
  )
    .argument("<files...>")
    .option("--own <address...>", "addresses of the operator: mails from them went out", [])
    .option("--leads", "a mail of somebody unknown becomes a lead; without it, it waits for a person")
    .action(async (files: readonly string[], options: Options) => {
      const { takeMessage } = await import("../../pipeline/index.ts");
      const source = {
        own: options.own.map((one) => one.toLowerCase()),
        programId: null,
        makesLeads: options.leads === true,
      };
      const done = await onProgram("import mail", options, async ({ ctx }) => {
        const taken: (TakenMessage & { readonly file: string })[] = [];
        for (const file of files) taken.push({ file, ...(await takeMessage(ctx, await bytesOf(file), source)) });
        return taken;
      });
      print(options, done, (all) => all.map(line));
    });
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
}

const SAID = {
  known: "was taken before",
  matched: "belongs to",
  lead: "is a new lead:",
  waiting: "waits for a person",
};

function line({ file, state, leadIds, partnerIds }: TakenMessage & { readonly file: string }): string {
  return `${file} ${[SAID[state], ...leadIds, ...partnerIds].join(" ")}`;
}
