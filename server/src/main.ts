import { Command } from "commander";
import { MigrationRefused } from "./database/index.ts";
import { Refusal } from "./kernel/refusal.ts";
import { commands } from "./shell/commands/index.ts";
import { StartupProblem } from "./shell/startup-problem.ts";
import { programVersion } from "./shell/version.ts";

const program = new Command("tributary")
  .description("The operating system of a partner program: tracking, attribution, commissions, payouts.")
  .version(programVersion, "--version", "print the version")
  .helpOption("--help", "print this help, or that of a command")
  .showHelpAfterError("(see --help)");
for (const command of commands) program.addCommand(command().helpOption("--help", "print this help"));

// `tributary … | head`: whoever reads has enough. That is no defect.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  // What a person can put right is one sentence; only a defect shows where it happened.
  const plain = error instanceof StartupProblem || error instanceof MigrationRefused || error instanceof Refusal;
  process.stderr.write(`${plain ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
}
