import { readFileSync } from "node:fs";
import { Command } from "commander";
import { print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  plan: string;
  facts: string;
  month?: string;
  language: "en" | "es";
  json?: boolean;
}

/** `tributary evaluate`: needs neither server nor database. */
export function evaluateCommand(): Command {
  const about = "what a plan pays for given facts, with the working; needs no server and no database";
  return withJson(new Command("evaluate").description(about))
    .requiredOption("--plan <file>", "the plan, JSON or YAML (docs/reference/plan-language.md)")
    .requiredOption("--facts <file>", "what happened, one JSON object per line")
    .option("--month <yyyy-mm>", "only this month")
    .option("--language <language>", "language of the working: en, es", "en")
    .action(async (options: Options) => {
      const [{ evaluate }, yaml] = await Promise.all([import("../../commissions/index.ts"), import("yaml")]);
      const document = parsePlan(options.plan, yaml.parse);
      const month = options.month === undefined ? {} : { month: monthOf(options.month) };
      const language = options.language === "es" ? "es" : "en";
      const result = evaluate(document, read(options.facts), { ...month, language });
      print(options, result, (done) => [
        ...done.lines.flatMap((line) => [
          `${line.month}  ${line.amount} ${line.currency}`,
          ...line.explanation.map((text) => `  ${text}`),
        ]),
        ...done.months.map((one) => `${one.month}: ${one.amount} ${done.currency}`),
        ...done.carry.map((one) => `carried into ${one.into} (${one.component}): ${one.base} ${done.currency}`),
        `Total ${done.total} ${done.currency}`,
      ]);
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new StartupProblem(`The file ${file} cannot be read (${(error as Error).message}).`);
  }
}

function parsePlan(file: string, parseYaml: (text: string) => unknown): unknown {
  const text = read(file);
  try {
    return file.endsWith(".json") ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new StartupProblem(`The plan ${file} is neither JSON nor YAML (${(error as Error).message}).`);
  }
}

function monthOf(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new StartupProblem(`--month ${text} is no month: write 2026-03.`);
  return `${text}-01`;
}
