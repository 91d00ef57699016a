import type { Command } from "commander";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";
import { checkCommand, exportCommand, importCommand } from "./procedure-files.ts";

const WORDS = {
  installed: "installed and published",
  drafted: "a newer shipped version waits as a draft",
  current: "up to date",
  edited: "edited here, so left alone",
} as const;

/** `tributary procedure install`: the shipped procedures, brought up to date without overwriting what somebody edited. */
export function procedureCommand(): Command {
  const install = withJson(newCommand("install", "install the shipped procedures, or bring them up to date")).action(
    async (options: { data?: string; json?: boolean }) => {
      const done = await onProgram("procedure install", options, async (program) => {
        const { installProcedures } = await import("../onboarding.ts");
        return await installProcedures(program);
      });
      print(options, { procedures: done }, () =>
        done.map(({ procedure, outcome }) => `${procedure}: ${WORDS[outcome]}`),
      );
    },
  );
  return newGroup("procedure", "procedures that partners go through", [
    install,
    checkCommand(),
    importCommand(),
    exportCommand(),
  ]);
}
