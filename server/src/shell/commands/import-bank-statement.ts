import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { BankFile } from "@tributary/contract";
import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

type Options = { data?: string; json?: boolean; account?: string };

/** Takes a bank's file as the console does; the same file, statement or movement is taken once. */
export function importBankStatementCommand(): Command {
  return withJson(newCommand("bank-statement", "take a bank's file: camt, MT940/942, OFX, BAI2, CSV, XLSX, QIF"))
    .argument("<file>")
    .option("--account <id>", "the bank account, for sheets that do not name it")
    .action(async (file: string, options: Options) => {
      const bytes = await readFile(file).catch(() => {
        throw new StartupProblem(`The file ${file} cannot be read: check its name and your rights.`);
      });
      const done = await onProgram("import bank-statement", options, async ({ ctx }) => {
        const { systemActor } = await import("../../access/index.ts");
        const { takeBankFile } = await import("../../reconciliation/index.ts");
        const given = { name: basename(file), bytes, bankAccountId: options.account };
        return await takeBankFile(ctx, systemActor("import"), given);
      });
      print(options, done, lines);
      if (done.state !== "read") process.exitCode = 1;
    });
}

function lines(done: BankFile): readonly string[] {
  const what = `${done.variant ?? done.format ?? "unknown"}, ${done.statements} statements, ${done.entries} entries, ${done.fresh} new, ${done.pending} announced only`;
  if (done.again) return [`This file was taken before, on ${done.uploadedAt.slice(0, 10)}: ${what}.`];
  return done.state === "read"
    ? [`${what}.`]
    : [done.sentence ?? "The file was refused.", ...(done.guess?.because ?? [])];
}
