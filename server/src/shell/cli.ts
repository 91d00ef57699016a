import { Command, Option } from "commander";
import { type Configuration, type Overrides, readConfiguration } from "./configuration.ts";
import { type Program, withProgram } from "./program.ts";

/** A command with `--data`, which every command has. */
export function newCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--data <folder>", "data folder (default: TRIBUTARY_DATA_DIR or ./data)")
    .configureHelp({ showGlobalOptions: false });
}

/** A command that only holds others. It takes no options itself: it would swallow theirs. */
export function newGroup(name: string, description: string, members: readonly Command[]): Command {
  const group = new Command(name).description(description);
  for (const member of members) group.addCommand(member.helpOption("--help", "print this help"));
  return group;
}

/** Adds `--json`: the same facts for a program to read, on standard output, one JSON document. */
export function withJson(command: Command): Command {
  return command.addOption(new Option("--json", "print the result as JSON"));
}

/** The configuration for a command's own options. Logs are kept quiet unless LOG_LEVEL says otherwise: a command prints its result. */
export function commandConfiguration(options: { data?: string }, overrides: Overrides = {}): Configuration {
  const environment = { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL || "error" };
  return readConfiguration(environment, { ...overrides, dataDirectory: options.data });
}

/** Runs `work` on the program of the data folder, joining a running one or starting the engines for the while. */
export function onProgram<T>(
  command: string,
  options: { data?: string },
  work: (program: Program) => Promise<T>,
): Promise<T> {
  return withProgram(commandConfiguration(options), command, work);
}

/** Prints a result: as JSON (bigints and decimals as text) or as the lines that `lines` makes of it. */
export function print<T>(options: { json?: boolean }, result: T, lines: (result: T) => readonly string[]): void {
  const text = options.json
    ? JSON.stringify(result, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value), 2)
    : lines(result).join("\n");
  process.stdout.write(`${text}\n`);
}
