import { readFileSync } from "node:fs";
import { AttributionRules, NewRulesVersion } from "@tributary/contract";
import type { Command } from "commander";
import type { AttributionTried, TriedRules } from "../attribution-replay.ts";
import { newCommand, onProgram, print, withJson } from "../cli.ts";
import type { Program } from "../program.ts";
import { progressLine } from "../progress-line.ts";
import { StartupProblem } from "../startup-problem.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly program?: string;
  readonly from?: string;
  readonly to?: string;
  readonly rules?: string;
  readonly version?: string;
  readonly reason?: string;
}

export function attributionCommand(): Command {
  const about =
    "decide again whose customer everybody is: by the stored rules, or under others for some days, which become the newest version";
  return withJson(newCommand("attribution", about))
    .option("--program <id>", "the program, by id or code; without it all programs by their stored rules")
    .option(
      "--from <yyyy-mm-dd>",
      "first day that the other rules decide, in the program's zone; without it from the beginning",
    )
    .option("--to <yyyy-mm-dd>", "first day that they do not decide any more; without it until further notice")
    .option("--rules <file.json>", "the other rules")
    .option("--version <n>", "the other rules: as they stand in this version")
    .option("--reason <text>", "why; goes into the version and the audit trail")
    .option("--dry-run", "show who would move and what it would come to, but write nothing")
    .action(async (options: Options) => {
      const result = await onProgram("replay", options, (program) => replay(program, options));
      print(options, result, lines);
    });
}

interface Told extends Omit<AttributionTried, "moved"> {
  readonly applied: boolean;
  readonly version: number | null;
  readonly resumed: string | null;
}

async function replay(program: Program, options: Options): Promise<Told> {
  const [{ clickIdsFor }, again] = await Promise.all([
    import("../tracking-parts.ts"),
    import("../attribution-replay.ts"),
  ]);
  const clickIds = await clickIdsFor(program);
  const progress = progressLine(options.json !== true);
  const dryRun = options.dryRun ?? false;
  try {
    if (options.program === undefined) {
      refuseWithoutProgram(options);
      const onProgress = (customers: number) => progress.show(`${customers} customers decided again`);
      const { customers, moved } = await again.replayAttribution(program.ctx, clickIds, { dryRun, onProgress });
      const moves = again.toldMoves(moved);
      return { customers, moves, commissions: [], applied: !dryRun, version: null, resumed: null };
    }
    return await replayProgram(program, options, (customers, of) =>
      progress.show(
        of === undefined ? `${customers} customers tried` : `${bar(customers, of)} ${customers} of ${of} customers`,
      ),
    );
  } finally {
    progress.end();
  }
}

function bar(done: number, of: number): string {
  const full = of === 0 ? 20 : Math.min(20, Math.round((done / of) * 20));
  return `[${"█".repeat(full)}${"·".repeat(20 - full)}]`;
}

function refuseWithoutProgram({ from, to, rules, version }: Options): void {
  if (from !== undefined || to !== undefined || rules !== undefined || version !== undefined)
    throw new StartupProblem("--from, --to, --rules and --version are of one program: say which with --program.");
}

type Progress = (customers: number, of?: number) => void;

async function replayProgram(program: Program, options: Options, show: Progress): Promise<Told> {
  const [{ clickIdsFor }, again, { systemActor }, attribution] = await Promise.all([
    import("../tracking-parts.ts"),
    import("../attribution-replay.ts"),
    import("../../access/index.ts"),
    import("../../attribution/index.ts"),
  ]);
  const clickIds = await clickIdsFor(program);
  const { ctx } = program;
  const programId = await programNamed(program, options.program ?? "");
  const actor = systemActor("tributary replay attribution");
  const unfinished = (await attribution.replayRuns.unfinished(ctx.db)).find(
    (run) => run.program_id === programId && run.kind === "apply",
  );
  const tried = unfinished === undefined ? await triedRules(program, programId, options) : null;
  const told = await again.tryAttribution(ctx, clickIds, { programId, tried, onProgress: (done) => show(done) });
  const { moved, ...differences } = told;
  if (options.dryRun) return { ...differences, applied: false, version: null, resumed: null };
  const saved = tried === null ? undefined : await save(program, programId, tried, options);
  const runId =
    unfinished?.run_id ??
    saved?.runId ??
    (saved === undefined ? await attribution.replayRules(ctx, actor, programId, reasonOf(options)) : null);
  if (runId !== null) await again.runAttribution(ctx, clickIds, runId, (done) => show(done, differences.customers));
  return {
    ...differences,
    applied: true,
    version: saved?.version.version ?? null,
    resumed: unfinished?.run_id ?? null,
  };
}

const reasonOf = (options: Options): string => options.reason ?? "Decided again from the command line.";

async function save(program: Program, programId: string, tried: TriedRules, options: Options) {
  const [{ systemActor }, { listRules, saveRules }] = await Promise.all([
    import("../../access/index.ts"),
    import("../../attribution/index.ts"),
  ]);
  const actor = systemActor("tributary replay attribution");
  const [newest] = (await listRules(program.ctx, actor, programId, { limit: 1 })).rows;
  const given = NewRulesVersion.parse({ ...tried, after: newest?.version ?? 1, reason: reasonOf(options) });
  return await saveRules(program.ctx, actor, programId, given, { previewed: true });
}

async function programNamed(program: Program, name: string): Promise<string> {
  const { allPrograms } = await import("../../programs/index.ts");
  const found = (await allPrograms(program.ctx.db)).find((one) => one.programId === name || one.code === name);
  if (found === undefined) throw new StartupProblem(`There is no program ${name}: give its id or its code.`);
  return found.programId;
}

async function triedRules(program: Program, programId: string, options: Options): Promise<TriedRules | null> {
  const { rules, version, from, to } = options;
  if (rules !== undefined && version !== undefined)
    throw new StartupProblem("--rules and --version both say which rules: give one of them.");
  if (rules === undefined && version === undefined) {
    if (from === undefined && to === undefined) return null;
    throw new StartupProblem("--from and --to say for which days other rules hold: give --rules or --version too.");
  }
  for (const [name, day] of Object.entries({ from, to }))
    if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
      throw new StartupProblem(`--${name} ${day} is no day: write 2026-03-01.`);
  if (from !== undefined && to !== undefined && to <= from)
    throw new StartupProblem(`--to ${to} is not after --from ${from}: it is the first day that is not decided again.`);
  const days = { validFrom: from ?? null, validUntil: to ?? null };
  if (rules !== undefined) return { rules: readRulesFile(rules), ...days };
  const { rulesVersion } = await import("../../attribution/index.ts");
  const found = await rulesVersion(program.ctx.db, programId, Number(version));
  if (found === undefined) throw new StartupProblem(`The program has no version ${version} of its rules.`);
  return { rules: found, ...days };
}

function readRulesFile(file: string): AttributionRules {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new StartupProblem(`--rules ${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const read = AttributionRules.safeParse(given);
  if (read.success) return read.data;
  const complaints = read.error.issues.map((issue) => `  ${issue.path.join(".") || "the rules"}: ${issue.message}`);
  throw new StartupProblem(`The rules in ${file} cannot be used:\n${complaints.join("\n")}`);
}

function lines({ customers, moves, commissions, applied, version, resumed }: Told): string[] {
  const named = (id: string | null) => id ?? "nobody";
  const moved = moves.reduce((sum, one) => sum + one.customers, 0);
  return [
    ...(resumed === null ? [] : [`${resumed} had been broken off; it was taken to its end.`]),
    ...moves.map((one) => `${named(one.from)} → ${named(one.to)}: ${one.customers} customers, ${one.events} events`),
    ...commissions.map(
      (one) => `${one.partnerId}  ${one.bookedMinor} → ${one.replayedMinor} ${one.currency} (minor units, all months)`,
    ),
    `${customers} customers, ${moved} ${applied ? "belong" : "would belong"} to others now.`,
    ...(version === null ? [] : [`The rules were kept as version ${version}.`]),
    ...(applied && moved > 0 ? ["Commissions are due again: differences are booked in the open month."] : []),
  ];
}
