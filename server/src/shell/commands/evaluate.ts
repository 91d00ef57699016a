import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import type { EvaluationOfFile } from "../../commissions/index.ts";
import { print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  plan: string;
  facts: string;
  month?: string;
  until?: string;
  timeZone?: string;
  language: "en" | "es";
  json?: boolean;
}

/** `tributary evaluate`: needs neither server nor database. Ends with 1 when the plan or the facts are refused. */
export function evaluateCommand(): Command {
  const about = "what a plan pays for given facts, with the working; needs no server and no database";
  return withJson(new Command("evaluate").description(about))
    .requiredOption("--plan <file>", "the plan, JSON or YAML (docs/reference/plan-language.md); - for standard input")
    .requiredOption("--facts <file>", "what happened, one JSON object per line; - for standard input")
    .option("--month <yyyy-mm>", "only this month")
    .option("--until <yyyy-mm>", "further months, up to this one, also without facts")
    .option("--time-zone <zone>", "where a day begins and ends, e.g. Europe/Berlin (default: UTC)")
    .addOption(new Option("--language <language>", "language of the working").choices(["en", "es"]).default("en"))
    .action(async (options: Options) => {
      const [{ evaluate }, yaml] = await Promise.all([import("../../commissions/index.ts"), import("yaml")]);
      const document = parsePlan(options.plan, (text) => yaml.parse(text, { merge: true }) as unknown);
      const result = evaluate(document, read(options.facts), {
        ...(options.month === undefined ? {} : { month: monthOf("--month", options.month) }),
        ...(options.until === undefined ? {} : { until: monthOf("--until", options.until) }),
        ...(options.timeZone === undefined ? {} : { timeZone: zoneOf(options.timeZone) }),
        language: options.language,
      });
      print(options, result, report);
    });
}

/** Every line with its arithmetic, then the months as a table, then the total. */
function report(done: EvaluationOfFile): string[] {
  const titles = ["month", "earned", "payable", "paid out", "kept"];
  const rows = done.months.map((one) => [one.month, one.amount, one.payable, one.paid, one.balance]);
  const widths = titles.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const aligned = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [
    ...done.lines.flatMap((line) => [...line.explanation, ...whenPayable(line), ""]),
    aligned(titles),
    ...rows.map(aligned),
    "",
    ...done.carry.flatMap((one) =>
      one.base === undefined ? [] : [`Carried into ${one.into} (${one.component}): ${one.base} ${done.currency}`],
    ),
    ...(/[1-9]/.test(done.pending) ? [`Held until it is released: ${done.pending} ${done.currency}`] : []),
    `Total ${done.total} ${done.currency}`,
    ...done.notes.map((note) => `Note: ${note}`),
  ];
}

/** Where the working does not say it anyway. */
function whenPayable({ payableFrom, heldBy, explanation }: EvaluationOfFile["lines"][number]): string[] {
  if (payableFrom === null) return [`  Held: ${heldBy}`];
  return explanation.some((text) => text.includes(payableFrom)) ? [] : [`  Payable from ${payableFrom}`];
}

function read(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
  // Other letters than the writer's would name other customers.
  if (!isUtf8(bytes)) throw new StartupProblem(`The file ${file} is not written in UTF-8: save it in that encoding.`);
  return new TextDecoder().decode(bytes);
}

function parsePlan(file: string, parseYaml: (text: string) => unknown): unknown {
  const text = read(file);
  try {
    // JSON is YAML as well, and a name that stands twice is refused there and not read the last way.
    if (file.endsWith(".json")) JSON.parse(text);
    return parseYaml(text);
  } catch (error) {
    throw new StartupProblem(`The plan ${file} is neither JSON nor YAML (${(error as Error).message}).`);
  }
}

function monthOf(option: string, text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new StartupProblem(`${option} ${text} is no month: write 2026-03.`);
  return `${text}-01`;
}

function zoneOf(text: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return text;
  } catch {
    throw new StartupProblem(`--time-zone ${text} is no time zone: write one like Europe/Berlin.`);
  }
}
