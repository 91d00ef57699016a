import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";

export function verifyCommand(): Command {
  const about = "prove the audit trail, the books, and that everything derived is what it is derived from";
  return withJson(newCommand("verify", about)).action(async (options: { data?: string; json?: boolean }) => {
    const { verify } = await import("../verify.ts");
    const result = await onProgram("verify", options, (program) => verify(program, () => undefined));
    print(options, result, ({ whole, checks }) => [
      ...checks.flatMap((check) => [
        `${check.whole ? "whole " : "BROKEN"}  ${check.name}: ${countedText(check.counted)}`,
        ...check.problems.map((problem) => `        ${problem}`),
      ]),
      whole ? "Everything is as it should be." : "Something is not as it should be: see above.",
    ]);
    if (!result.whole) process.exitCode = 1;
  });
}

function countedText(counted: Readonly<Record<string, number>>): string {
  return Object.entries(counted)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
