import type { RunCheck } from "@tributary/contract";
import { adjustmentsIn, waitingMonths } from "../commissions/index.ts";
import type { Context } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { statementStandings } from "../statements/index.ts";
import type { RunNeeds } from "./needs.ts";
import { settingsOfRun } from "./settings.ts";
import { claimsAfter } from "./store/claims.ts";
import { countBlocked, markCounts } from "./store/items.ts";
import type { RunRow } from "./store/runs.ts";
import { snapshotOf } from "./store/snapshots.ts";

/** A month is over when it is over in the last time zone of the earth. */
const LAST_ZONE_MS = 12 * 3_600_000;

/** What has to hold, and what should be seen, before a run goes on from where it is. */
export async function checksOf(ctx: Context, run: RunRow, needs: RunNeeds): Promise<readonly RunCheck[]> {
  if (run.state === "open") return await beforeFreezing(ctx, run);
  if (run.state === "frozen") return await beforeCalculating(ctx, run);
  if (run.state === "calculated") return await beforeValidating(ctx, run, needs);
  return [];
}

/** The first check that blocks; null when nothing does. */
export async function obstacleOf(ctx: Context, run: RunRow, needs: RunNeeds): Promise<RunCheck | null> {
  return (await checksOf(ctx, run, needs)).find((check) => check.outcome === "blocks") ?? null;
}

async function beforeFreezing(ctx: Context, run: RunRow): Promise<RunCheck[]> {
  const now = ctx.clock.now().getTime();
  const over = Date.parse(`${run.to}T00:00:00Z`) + LAST_ZONE_MS;
  const { lateDays } = (await settingsOfRun(ctx, run.settingsVersion)).document;
  const waited = Date.parse(`${addDays(run.to, lateDays)}T00:00:00Z`);
  const first = run.months[0] ?? run.from;
  const earlier = run.mode === "interim" ? [] : await openBefore(ctx, run, first);
  const checks: RunCheck[] = [];
  if (run.mode === "statement")
    checks.push(check("period_over", now >= over ? "holds" : "blocks", 0, new Date(over).toISOString()));
  checks.push(check("late_data", now >= waited ? "holds" : "warns", lateDays, new Date(waited).toISOString()));
  checks.push(check("earlier_months", earlier.length === 0 ? "holds" : "warns", earlier.length, earlier[0] ?? ""));
  return checks;
}

/** Partners with a month before this run that nobody has closed: their months are closed in their order. */
async function openBefore(ctx: Context, run: RunRow, first: string): Promise<readonly string[]> {
  const months = Array.from({ length: 3 }, (_, index) => addDays(first, -28 * (index + 1)).slice(0, 7)).map(
    (one) => `${one}-01`,
  );
  const scope = run.scope.partnerIds.length > 0 ? { partnerIds: run.scope.partnerIds } : {};
  const before = await statementStandings(ctx, { months: [...new Set(months)], ...scope });
  return [...new Set(before.filter((one) => one.status === "open").map((one) => one.month.slice(0, 7)))].sort();
}

async function beforeCalculating(ctx: Context, run: RunRow): Promise<RunCheck[]> {
  const snapshot = await snapshotOf(ctx.db, run.runId, null);
  const silent = snapshot?.silent.length ?? 0;
  const open = snapshot?.corrections.adjustmentsOpen ?? 0;
  const partners = snapshot?.partners ?? 0;
  return [
    check("partners", partners > 0 ? "holds" : "warns", partners, ""),
    check("silent_feeds", silent === 0 ? "holds" : "warns", silent, snapshot?.silent[0]?.day ?? ""),
    check("open_corrections", open === 0 ? "holds" : "warns", open, ""),
  ];
}

async function beforeValidating(ctx: Context, run: RunRow, needs: RunNeeds): Promise<RunCheck[]> {
  const claims = await claimsAfter(ctx.db, run.runId, "", null);
  const partners = new Set(claims.map((one) => one.partnerId));
  const waiting = (await waitingMonths(ctx.db, run.months.at(-1) ?? run.from)).filter((one) =>
    partners.has(one.partnerId),
  );
  const broken = waiting.filter((one) => one.problem !== null);
  const open = (await adjustmentsIn(ctx.db, [...partners], run.months)).filter((one) => one.isOpen).length;
  const blocked = await countBlocked(ctx.db, run.runId, run.attempt);
  const marks = await markCounts(ctx.db, { everything: true }, run.runId, run.attempt);
  const warned = marks.filter((one) => one.severity === "warn").reduce((total, one) => total + one.partners, 0);
  return [
    check("lines_and_ledger", blocked === 0 ? "holds" : "blocks", blocked, ""),
    check("calculable", broken.length === 0 ? "holds" : "blocks", broken.length, broken[0]?.problem ?? ""),
    check("fresh", waiting.length === broken.length ? "holds" : "warns", waiting.length - broken.length, ""),
    check("open_corrections", open === 0 ? "holds" : "warns", open, ""),
    check("warnings", warned === 0 ? "holds" : "warns", warned, ""),
    check("payees", needs.payees === null ? "unchecked" : "holds", 0, ""),
    check("screening", needs.screening === null ? "unchecked" : "holds", 0, ""),
    check("documents", needs.expiredDocuments === null ? "unchecked" : "holds", 0, ""),
  ];
}

function check(code: string, outcome: RunCheck["outcome"], count: number, detail: string): RunCheck {
  return { code, outcome, count, detail };
}
