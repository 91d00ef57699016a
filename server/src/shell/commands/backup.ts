import { resolve } from "node:path";
import type { Command } from "commander";
import { newCommand, onProgram, print, withJson } from "../cli.ts";

export function backupCommand(): Command {
  return withJson(newCommand("backup", "write everything into a new folder, while the program goes on working"))
    .argument("<folder>", "where to; made when missing, and must be empty")
    .action(async (folder: string, options: { data?: string; json?: boolean }) => {
      const { backup } = await import("../backup/backup.ts");
      const manifest = await onProgram("backup", options, (program) =>
        backup(program, resolve(folder), () => undefined),
      );
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      print(
        options,
        { folder: resolve(folder), takenAt: manifest.takenAt, tables: manifest.tables.length, rows },
        (done) => [
          `Backed up ${done.rows} rows of ${done.tables} tables, as of ${done.takenAt}, into ${done.folder}.`,
          "Keep it safe: it holds the secret that sessions and stored credentials are sealed with.",
        ],
      );
    });
}
