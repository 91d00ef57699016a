import { resolve } from "node:path";
import type { Command } from "commander";
import { commandConfiguration, newCommand, print, withJson } from "../cli.ts";

export function restoreCommand(): Command {
  return withJson(newCommand("restore", "fill an empty data folder from a backup"))
    .argument("<folder>", 'the folder that "tributary backup" wrote')
    .action(async (folder: string, options: { data?: string; json?: boolean }) => {
      const { restore } = await import("../backup/run-restore.ts");
      const result = await restore(commandConfiguration(options), resolve(folder));
      print(options, result, (done) => [
        `Restored ${done.rows} rows of ${done.tables} tables, as of ${done.takenAt}, into ${done.dataDirectory}.`,
        "The analytics were rebuilt from them.",
      ]);
    });
}
