import type { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { migrateCommand } from "./migrate.ts";
import { restoreCommand } from "./restore.ts";
import { serveCommand } from "./serve.ts";

/** Every command, in the order of the help page. A new one is a file beside this and a line here; it loads its room when it runs. */
export const commands: readonly (() => Command)[] = [serveCommand, migrateCommand, backupCommand, restoreCommand];
