import type { Command } from "commander";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";

type Options = { data?: string; json?: boolean; dryRun?: boolean; program?: string };

export function replayCommand(): Command {
  return newGroup("replay", "do again what processing did, from what was received: the result must be the same", [
    factsCommand(),
    attributionCommand(),
  ]);
}

function part(name: string, description: string): Command {
  return withJson(newCommand(name, description))
    .option("--dry-run", "compare and tell, but write nothing")
    .option("--program <id>", "customers of this program only");
}

function factsCommand(): Command {
  return part("facts", "fold all events to facts and milestones again").action(async (options: Options) => {
    const { replayFacts } = await import("../replay.ts");
    const result = await onProgram("replay", options, ({ ctx }) => replayFacts(ctx, replayOptions(options)));
    print(options, result, ({ customers, differences }) => [
      `${customers} customers, ${differences.length} differences${options.dryRun ? "" : ", all put right"}.`,
    ]);
  });
}

function attributionCommand(): Command {
  const about = "decide again whose customer everybody is, by the rules of today; decisions by hand stay";
  return part("attribution", about).action(async (options: Options) => {
    const [{ replayAttribution }, { clickIdsFor }] = await Promise.all([
      import("../replay.ts"),
      import("../tracking-parts.ts"),
    ]);
    const result = await onProgram("replay", options, (program) =>
      replayAttribution(program.ctx, clickIdsFor(program), replayOptions(options)),
    );
    print(options, result, ({ customers, moved }) => [
      `${customers} customers, ${moved.length} ${options.dryRun ? "would belong" : "belong"} to others now.`,
    ]);
  });
}

function replayOptions(options: Options): { dryRun: boolean; programId?: string } {
  return { dryRun: options.dryRun ?? false, ...(options.program ? { programId: options.program } : {}) };
}
