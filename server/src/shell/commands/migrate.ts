import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";

export function migrateCommand(): Command {
  return withJson(newCommand("migrate", "bring both databases to the state that this version needs")).action(
    async (options: { data?: string; json?: boolean }) => {
      const applied = await onProgram("migrate", options, async (program) => {
        const { migrate } = await import("../program.ts");
        const before = "applied" in program ? (program.applied as readonly string[]) : [];
        return [...before, ...(await migrate(program))];
      });
      print(options, { applied }, () =>
        applied.length === 0 ? ["Nothing to do: both databases are up to date."] : applied,
      );
    },
  );
}
