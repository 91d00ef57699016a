import type { RunLevel } from "@tributary/contract";
import { type Actor, actorsWho, userEmails } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { levelAt } from "./core/life.ts";
import type { RunNeeds } from "./needs.ts";
import { approvableBy } from "./reading.ts";
import { type LetterKind, noteLetter } from "./store/letters.ts";
import { livingRuns, type RunRow, runById } from "./store/runs.ts";
import { nextDue } from "./view.ts";

export interface RunLetter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const LEVELS_WORDS: Readonly<Record<RunLevel, string>> = {
  regional: "regional approval",
  central: "central approval",
  finance: "finance's approval",
};

/**
 * Letters to everybody who has something to approve in a run now, in their own right or standing in for somebody; each is written once for a level of
 * an attempt. Nothing is written while no level is waited for.
 * @param publicUrl where the console is, without a slash at its end
 */
export async function lettersOfRun(
  ctx: Context,
  runId: string,
  kind: LetterKind,
  needs: RunNeeds,
  publicUrl: string,
): Promise<readonly RunLetter[]> {
  const run = await runById(ctx.db, runId);
  const level = run === undefined ? null : levelAt(run.state);
  if (run === undefined || level === null || run.working !== null) return [];
  const people = await approvers(ctx, level);
  const emails = await userEmails(
    ctx.db,
    people.map((one) => one.id),
  );
  const letters: RunLetter[] = [];
  for (const person of people) {
    const to = emails.get(person.id);
    const { canApprove, clean } = await approvableBy(ctx, person, run, needs);
    if (to === undefined || canApprove === 0) continue;
    const row = { runId, attempt: run.attempt, level, kind, userId: person.id };
    if (!(await noteLetter(ctx.db, row, ctx.clock.now()))) continue;
    letters.push({ to, ...written(run, level, kind, { canApprove, clean }, publicUrl) });
  }
  return letters;
}

/** Letters about runs whose next state should have been reached by now. */
export async function overdueLetters(ctx: Context, needs: RunNeeds, publicUrl: string): Promise<readonly RunLetter[]> {
  const now = ctx.clock.now().toISOString();
  const runs = await livingRuns(ctx.db, ["validated", "regionally_approved", "centrally_approved"]);
  const letters: RunLetter[] = [];
  for (const run of runs) {
    const due = nextDue(run);
    if (due === null || due >= now) continue;
    letters.push(...(await lettersOfRun(ctx, run.runId, "overdue", needs, publicUrl)));
  }
  return letters;
}

/** Who may have a word at a level; those who only stand in for somebody hold a permission of their own as well. */
async function approvers(ctx: Context, level: RunLevel): Promise<readonly Actor[]> {
  const people = [
    ...(await actorsWho(ctx, level === "finance" ? "statements.approve" : "runs.approve")),
    ...(await actorsWho(ctx, "runs.read")),
  ];
  return [...new Map(people.map((one) => [one.id, one])).values()];
}

function written(
  run: RunRow,
  level: RunLevel,
  kind: LetterKind,
  { canApprove, clean }: { readonly canApprove: number; readonly clean: number },
  publicUrl: string,
): Omit<RunLetter, "to"> {
  const period = `${run.from} to ${addDays(run.to, -1)}`;
  const due = nextDue(run);
  const partners = canApprove === 1 ? "one partner" : `${canApprove} partners`;
  const exceptions = canApprove - clean;
  const subject =
    kind === "waiting"
      ? `Commission run ${period} waits for your approval`
      : `Overdue: commission run ${period} still waits for your approval`;
  const text = [
    `The commission run of ${period} waits for ${LEVELS_WORDS[level]}: ${partners} are yours to approve, ${clean} of them clean, ${exceptions} with something to see.`,
    due === null
      ? ""
      : `${kind === "waiting" ? "It is due" : "It was due"} on ${due.slice(0, 16).replace("T", " ")} UTC.`,
    `${publicUrl}/runs/${run.runId}`,
  ];
  return { subject, text: text.filter((line) => line !== "").join("\n\n") };
}
