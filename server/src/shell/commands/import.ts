import { createReadStream } from "node:fs";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";
import { importBankStatementCommand } from "./import-bank-statement.ts";
import { importEventsCommand } from "./import-events.ts";
import { importKnownCustomersCommand } from "./import-known-customers.ts";
import { importListCommand } from "./import-list.ts";
import { importMailCommand } from "./import-mail.ts";
import { importPartnersCommand } from "./import-partners.ts";
import { importProgramCommand, importUndoCommand } from "./import-program.ts";

/** What can be imported. One line each. */
const imports: readonly (() => Command)[] = [
  ratesCommand,
  importEventsCommand,
  importKnownCustomersCommand,
  importBankStatementCommand,
  importListCommand,
  importPartnersCommand,
  importMailCommand,
  importProgramCommand,
  importUndoCommand,
];

export function importCommand(): Command {
  return newGroup(
    "import",
    "load a file: exchange rates, events, partners, sanctions lists, the program of another platform",
    imports.map((make) => make()),
  );
}

function ratesCommand(): Command {
  const about = "load the European Central Bank's reference rates (eurofxref-hist.csv; - reads standard input)";
  return withJson(newCommand("rates", about))
    .argument("<file>")
    .action(async (file: string, options: { data?: string; json?: boolean }) => {
      const { importRates } = await import("../../commissions/index.ts");
      const content = await readWhole(file);
      const result = await onProgram("import rates", options, ({ ctx }) => importRates(ctx, content));
      print(options, result, (done) => [
        `${done.rates} rates of ${done.days} days (${done.firstDay} to ${done.lastDay}), ${done.newDays} days new.`,
      ]);
    });
}

async function readWhole(file: string): Promise<string> {
  try {
    return await text(file === "-" ? process.stdin : createReadStream(file));
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
}
