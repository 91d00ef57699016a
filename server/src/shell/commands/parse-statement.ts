import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import type { BankStatement, ReadStatementFile, SheetMapping, StatementReading } from "../../banking/index.ts";
import { print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  mapping?: string;
  json?: boolean;
}

/**
 * `tributary parse-statement`: needs neither server nor database. Ends with 0 when the file was read and nothing in it contradicts itself,
 * with 1 when it is refused (one sentence on standard error), with 3 when it was read but does not add up.
 */
export function parseStatementCommand(): Command {
  const about =
    "what a bank statement says: camt.052/053/054, MT940/942, OFX, BAI2, CSV, XLSX, QIF; needs no server and no database";
  return withJson(new Command("parse-statement").description(about))
    .argument("<file>", "the file of the bank, also zipped; - for standard input")
    .option(
      "--mapping <file>",
      "how a CSV, XLSX or QIF file is read (docs/reference/bank-statements.md); guessed where it is left out",
    )
    .action(async (file: string, options: Options) => {
      const { readBankStatement } = await import("../../banking/index.ts");
      const bytes = bytesOf(file);
      const mapping = options.mapping === undefined ? undefined : (mappingOf(options.mapping) as SheetMapping);
      const reading = await readBankStatement(bytes, {
        fileName: file === "-" ? "standard input" : basename(file),
        ...(mapping === undefined ? {} : { mapping }),
      });
      told(reading, options);
    });
}

function told(reading: StatementReading, options: Options): void {
  if (reading.outcome === "refused") {
    if (options.json) print(options, reading, () => []);
    throw new StartupProblem(reading.sentence);
  }
  print(options, reading, report);
  if (reading.balanced === false) process.exitCode = 3;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
}

function mappingOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StartupProblem(`The mapping ${file} cannot be read as JSON (${(error as Error).message}).`);
  }
}

const VERDICTS = new Map<boolean | null, string>([
  [true, "It adds up."],
  [false, "It does not add up."],
  [null, "It has nothing to prove its sums by."],
]);

/** For people: each statement with its balances, entries and checks, then how it was understood. */
function report(read: ReadStatementFile): string[] {
  return [
    `${read.file.variant}, ${read.statements.length} ${read.statements.length === 1 ? "statement" : "statements"}`,
    ...read.statements.flatMap((one) => ["", ...statementLines(one)]),
    ...(read.mapping === undefined
      ? []
      : ["", "How the file was understood:", ...read.mapping.because.map((line) => `  ${line}`)]),
    ...(read.mapping?.doubts ?? []).map((line) => `  Doubt: ${line}`),
    ...read.problems.map((one) => `${one.severity === "error" ? "Problem" : "Note"}: ${one.sentence}`),
    "",
    VERDICTS.get(read.balanced) ?? "",
  ];
}

function statementLines(one: BankStatement): string[] {
  const { account, period } = one;
  const said = (amount: { decimal: string; currency: string | null }): string =>
    `${amount.decimal} ${amount.currency ?? ""}`.trimEnd();
  const amounts = one.entries.map((entry) => (entry.amount === null ? "unreadable" : said(entry.amount)));
  const width = Math.max(0, ...amounts.map((text) => text.length));
  return [
    [account.iban ?? account.number ?? "account not named", account.owner, account.currency]
      .filter((part) => part)
      .join(", "),
    ...(period.from === null
      ? []
      : [`  ${period.from} to ${period.to ?? period.from}${one.number === null ? "" : `, number ${one.number}`}`]),
    ...[one.opening, one.closing, one.available].flatMap((balance) =>
      balance === null
        ? []
        : [`  ${balance.kind} ${said(balance.amount)}${balance.date === null ? "" : ` on ${balance.date}`}`],
    ),
    ...one.entries.map((entry, at) => {
      const text = [
        entry.counterparty?.name,
        ...entry.remittance.unstructured,
        ...entry.remittance.structured,
        entry.references.endToEndId,
      ];
      const words = text
        .filter((part) => part)
        .join(" · ")
        .slice(0, 100);
      const status = entry.status === "booked" ? "" : `  (${entry.status})`;
      return `  ${entry.bookingDate ?? "no date   "}  ${(amounts[at] ?? "").padStart(width)}  ${words}${status}`;
    }),
    ...one.checks.map((check) => `  ${check.holds ? "holds" : "FAILS"}: ${check.sentence}`),
    ...one.problems.map((problem) => `  ${problem.severity === "error" ? "Problem" : "Note"}: ${problem.sentence}`),
  ];
}
