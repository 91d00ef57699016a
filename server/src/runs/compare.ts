import type { RunComparison, RunComparisonQuery, RunLineChange } from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../access/index.ts";
import { type ChangedLine, changedLines, changedSums } from "../commissions/index.ts";
import type { Context, Page } from "../database/index.ts";
import { decodeCursor, encodeCursor } from "../kernel/cursor.ts";
import { publicNumber } from "../kernel/ids.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { existingRun } from "./moves.ts";
import { attemptsOf, differences, itemsOf } from "./store/items.ts";

const MOST_PARTNERS = 500;

/** How two calculations of a run differ, per partner, and by what: lines, corrections by hand, partners that joined or left. */
export async function compareAttempts(
  ctx: Context,
  actor: Actor,
  runId: string,
  query: Pick<RunComparisonQuery, "from" | "to">,
): Promise<RunComparison> {
  requirePermission(actor, "runs.read");
  const run = await existingRun(ctx, runId);
  const { attempts, range } = await rangeOf(ctx, runId, query);
  const within = await reachOf(ctx, actor, "runs.read");
  const found = await differences(ctx.db, within, { runId, ...query });
  const shown = found.slice(0, MOST_PARTNERS);
  const books = shown.map((one) => ({ partnerId: one.partner_id, currency: one.currency }));
  const sums = await changedSums(ctx.db, books, run.months, range);
  const byLines = new Map(sums.map((one) => [`${one.partnerId} ${one.currency}`, one.minor]));
  return {
    attempts: attempts.map((one) => ({
      attempt: one.attempt,
      calculatedAt: one.calculated_at.toISOString(),
      partners: one.partners,
      hash: one.hash,
    })),
    partners: shown.map((one) => {
      const lines = one.in_both ? (byLines.get(`${one.partner_id} ${one.currency}`) ?? 0n) : 0n;
      const adjusted = one.in_both ? one.adjusted : 0n;
      return {
        partnerId: one.partner_id,
        currency: one.currency,
        before: String(one.before),
        after: String(one.after),
        lines: String(lines),
        adjustments: String(adjusted),
        other: String(one.after - one.before - lines - adjusted),
      };
    }),
    more: found.length - shown.length,
  };
}

/** The lines behind it, each with what of its working differs. */
export async function listLineChanges(
  ctx: Context,
  actor: Actor,
  runId: string,
  query: RunComparisonQuery,
): Promise<Page<RunLineChange>> {
  requirePermission(actor, "runs.read");
  const run = await existingRun(ctx, runId);
  const { range } = await rangeOf(ctx, runId, query);
  const within = await reachOf(ctx, actor, "runs.read");
  const seen = (await itemsOf(ctx.db, runId, query.to, null)).filter((one) =>
    isWithin(within, { partnerId: one.partner_id }),
  );
  const books = seen
    .filter((one) => query.partnerId === undefined || one.partner_id === query.partnerId)
    .map((one) => ({ partnerId: one.partner_id, currency: one.currency }));
  const from = query.cursor === undefined ? 0n : BigInt(String(decodeCursor("line", 1, query.cursor)[0] ?? "0"));
  const rows = await changedLines(ctx.db, books, run.months, { ...range, from, limit: query.limit + 1 });
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    rows: kept.map(changeWire),
    nextCursor: rows.length > kept.length && last !== undefined ? encodeCursor("line", [String(last.lineId)]) : null,
  };
}

async function rangeOf(ctx: Context, runId: string, query: Pick<RunComparisonQuery, "from" | "to">) {
  const attempts = await attemptsOf(ctx.db, runId);
  const [from, to] = [query.from, query.to].map((number) => attempts.find((one) => one.attempt === number));
  if (from === undefined || to === undefined) throw notFound("calculation of the run", `${query.from} … ${query.to}`);
  return { attempts, range: { after: from.last_line, until: to.last_line } };
}

function changeWire(line: ChangedLine): RunLineChange {
  const why: RunLineChange["why"] = [
    ...(line.version === 1 ? ["new" as const] : []),
    ...(line.planChanged === true ? ["terms" as const] : []),
    ...(line.ratesChanged === true ? ["rates" as const] : []),
    ...(line.tierChanged === true ? ["tier" as const] : []),
    ...(line.inputsChanged === true ? ["facts" as const] : []),
  ];
  return {
    lineId: publicNumber("cln", line.lineId),
    lineKey: line.lineKey,
    partnerId: line.partnerId,
    programId: line.programId,
    component: line.component,
    currency: line.currency,
    version: line.version,
    month: line.month.slice(0, 7),
    before: String(line.before),
    after: String(line.after),
    difference: String(line.after - line.before),
    why: why.length === 0 ? ["rule"] : why,
  };
}
