import type { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { calculateCommand } from "./calculate.ts";
import { demoCommand } from "./demo.ts";
import { evaluateCommand } from "./evaluate.ts";
import { importCommand } from "./import.ts";
import { keysCommand } from "./keys.ts";
import { migrateCommand } from "./migrate.ts";
import { parseStatementCommand } from "./parse-statement.ts";
import { paymentFileCommand } from "./payment-file.ts";
import { procedureCommand } from "./procedure.ts";
import { readPaymentFileCommand } from "./read-payment-file.ts";
import { replayCommand } from "./replay.ts";
import { restoreCommand } from "./restore.ts";
import { screenCommand } from "./screen.ts";
import { serveCommand } from "./serve.ts";
import { userCommand } from "./user.ts";
import { verifyCommand } from "./verify.ts";
import { verifyStatementCommand } from "./verify-statement.ts";

/** Every command, in the order of the help page. A new one is a file beside this and a line here; it loads its room when it runs. */
export const commands: readonly (() => Command)[] = [
  serveCommand,
  demoCommand,
  migrateCommand,
  importCommand,
  evaluateCommand,
  parseStatementCommand,
  screenCommand,
  procedureCommand,
  calculateCommand,
  replayCommand,
  verifyCommand,
  verifyStatementCommand,
  paymentFileCommand,
  readPaymentFileCommand,
  backupCommand,
  restoreCommand,
  userCommand,
  keysCommand,
];
