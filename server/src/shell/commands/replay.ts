import type { Command } from "commander";
import { newCommand, newGroup, onProgram, print, withJson } from "../cli.ts";
import { StartupProblem } from "../startup-problem.ts";
import { attributionCommand } from "./replay-attribution.ts";

type Options = { data?: string; json?: boolean; dryRun?: boolean; program?: string };

export function replayCommand(): Command {
  return newGroup("replay", "do again what processing did, from what was received: the result must be the same", [
    factsCommand(),
    attributionCommand(),
    analyticsCommand(),
    commissionsCommand(),
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

function analyticsCommand(): Command {
  const about = "build all of ClickHouse again from PostgreSQL, beside the tables in use";
  return withJson(newCommand("analytics", about)).action(async (options: Options) => {
    const [{ replayAnalytics }, { shippingOf }] = await Promise.all([
      import("../../reporting/index.ts"),
      import("../tracking-parts.ts"),
    ]);
    const result = await onProgram("replay", options, async (program) => replayAnalytics(await shippingOf(program)));
    print(options, result, ({ clicks, impressions, events, customers, receipts }) => [
      `${clicks} clicks, ${impressions} impressions, ${events} events, ${customers} customers and ${receipts} receipts were shipped again.`,
    ]);
  });
}

function commissionsCommand(): Command {
  const about = "calculate a month again and show the differences, as it is or under another plan";
  return withJson(newCommand("commissions", about))
    .requiredOption("--month <yyyy-mm>", "the month, e.g. 2026-03")
    .option("--dry-run", "show the differences and book nothing")
    .option(
      "--plan-version <id>",
      "a what-if: as if this plan version were in every agreement of its program; only with --dry-run",
    )
    .action(async (options: Options & { month: string; planVersion?: string }) => {
      const { replayCommissions } = await import("../../commissions/index.ts");
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(options.month))
        throw new StartupProblem(`--month ${options.month} is no month: write 2026-03.`);
      const plan = options.planVersion === undefined ? {} : { planVersionId: options.planVersion };
      const asked = { month: `${options.month}-01`, dryRun: options.dryRun ?? false, ...plan };
      const result = await onProgram("replay", options, ({ ctx }) => replayCommissions(ctx, asked));
      print(options, result, ({ partners, differences, booked }) => [
        ...partners.map(
          (one) => `${one.partnerId}  ${one.storedMinor} → ${one.calculatedMinor} ${one.currency} (minor units)`,
        ),
        `${differences.length} lines differ${booked ? "; the differences were booked" : ""}.`,
      ]);
    });
}

function replayOptions(options: Options): { dryRun: boolean; programId?: string } {
  return { dryRun: options.dryRun ?? false, ...(options.program ? { programId: options.program } : {}) };
}
