import {
  PortfolioPlanChange as PlanChangeSchema,
  type PortfolioPlanChange,
  type PortfolioPlanFileRead,
  type PortfolioPlanRow,
} from "@tributary/contract";
import { parse } from "csv-parse/sync";
import { type Actor, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { decimal } from "../kernel/decimal.ts";
import { currency, toMinor } from "../kernel/money.ts";
import { invalid } from "../kernel/refusals.ts";
import { partnersNamed, reachOf } from "../partners/index.ts";
import { type FileLine, readPlanFile } from "./core/plan-file.ts";
import { putPlans } from "./store/plans.ts";
import { operatorTuning } from "./weights.ts";

/** Sets plans of a month: of partners within reach, or the asker's own (anybody's for whoever may change everything). */
export async function savePlans(ctx: Context, actor: Actor, given: PortfolioPlanChange): Promise<{ saved: number }> {
  const change = PlanChangeSchema.parse(given);
  requirePermission(actor, "partners.write");
  const within = await reachOf(ctx, actor, "partners.write");
  const foreign = change.rows.find(({ subjectKind, subjectId }) =>
    subjectKind === "partner"
      ? !isWithin(within, { partnerId: subjectId, programId: null })
      : !within.everything && subjectId !== personOf(actor),
  );
  if (foreign !== undefined) throw invalid("subjectId", foreign.subjectId, "is not yours to plan");
  const { currency: settled } = await operatorTuning(ctx.db);
  return await transact(ctx, async (tx) => {
    await putPlans(
      tx.db,
      change.rows.map((row) => ({
        subject_kind: row.subjectKind,
        subject_id: row.subjectId,
        month: `${change.month}-01`,
        ftds: row.ftds,
        revenue_minor: row.revenueMinor === null ? null : BigInt(row.revenueMinor),
        commission_minor: row.commissionMinor === null ? null : BigInt(row.commissionMinor),
        currency: settled,
        changed_by: personOf(actor),
        changed_at: tx.clock.now(),
      })),
    );
    await audit.recordMany(
      tx,
      actor,
      change.rows.map((row) => ({
        action: "morning.plan_changed",
        subjectKind: "portfolio_plan",
        subjectId: `${row.subjectId} ${change.month}`,
        after: row,
        ...(row.subjectKind === "partner" ? { partnerId: row.subjectId } : {}),
      })),
    );
    return { saved: change.rows.length };
  });
}

/** Reads plans from a file; lines that cannot be taken are named, the others are kept unless it is a dry run. */
export async function importPlans(
  ctx: Context,
  actor: Actor,
  csv: string,
  dryRun: boolean,
): Promise<PortfolioPlanFileRead> {
  requirePermission(actor, "partners.write");
  const { lines, problems } = readPlanFile(recordsOf(csv));
  const named = await partnersNamed(ctx.db, [...new Set(lines.map(({ partner }) => partner))]);
  const idOf = (name: string) => named.get(name) ?? named.get(name.toLowerCase());
  const within = await reachOf(ctx, actor, "partners.write");
  const unknown = lines.filter((line) => {
    const partnerId = idOf(line.partner);
    return partnerId === undefined || !isWithin(within, { partnerId, programId: null });
  });
  const all = [...problems, ...unknown.map(({ line, partner }) => ({ line, text: `there is no partner ${partner}` }))];
  const good = lines.filter((line) => !unknown.includes(line));
  const byMonth = Map.groupBy(good, ({ month }) => month);
  const { currency: settled } = await operatorTuning(ctx.db);
  let saved = 0;
  if (!dryRun)
    for (const [month, of] of byMonth) {
      const rows = of.map((line) => planOf(line, idOf(line.partner) ?? "", settled));
      saved += (await savePlans(ctx, actor, { month, rows })).saved;
    }
  return {
    rows: good.length,
    months: [...byMonth.keys()].sort(),
    saved,
    problems: all.sort((a, b) => a.line - b.line),
  };
}

function planOf(line: FileLine, partnerId: string, settled: string): PortfolioPlanRow {
  const minor = (text: string | null) => (text === null ? null : String(toMinor(decimal(text), currency(settled))));
  return {
    subjectKind: "partner",
    subjectId: partnerId,
    ftds: line.ftds,
    revenueMinor: minor(line.revenue),
    commissionMinor: minor(line.commission),
  };
}

/** Commas, or semicolons as spreadsheets of much of Europe write them. */
function recordsOf(csv: string): string[][] {
  const delimiter = (csv.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
  try {
    return parse(csv, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw invalid("csv", "", `cannot be read as CSV: ${(error as Error).message}`);
  }
}
