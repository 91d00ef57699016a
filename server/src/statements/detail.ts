import type { StatementDetail } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { adjustmentsOfMonth, carriesOf, holdSchedule } from "../commissions/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { balancesOf } from "../ledger/index.ts";
import { partnerById } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import { contentsOf } from "./closing.ts";
import type { StatementContent } from "./core/content.ts";
import { forecastOf } from "./core/forecast.ts";
import { getStatement, readable } from "./service.ts";
import { settlementsOf } from "./store/payable.ts";
import type { StatementRow } from "./store/statements.ts";

/** What a statement shows of rooms above it: who is paid, and what stands against it. */
export interface StatementNeeds {
  /** The database as a whole: a partner's connection reads no program that it has left, though its lines name it. */
  readonly whole: Db;
  readonly payoutOf: (ctx: Context, actor: Actor, partnerId: string) => Promise<StatementDetail["payout"]>;
}

/** Everything that a statement tells, live while it is open. */
export async function statementDetail(
  ctx: Context,
  actor: Actor,
  id: string,
  needs: StatementNeeds,
): Promise<StatementDetail> {
  const row = await readable(ctx, actor, id);
  const books = { partnerId: row.partner_id, currency: row.currency };
  const statement = await getStatement(ctx, actor, id);
  const content = await contentOf(ctx, row);
  const programs = await programsByIds(needs.whole, [...new Set(content.components.map((one) => one.programId))]);
  const names = new Map(programs.map((program) => [program.programId, program.name]));
  const adjustments = await adjustmentsOfMonth(ctx, { ...books, month: row.month });
  const holds = (await holdSchedule(ctx, actor, row.partner_id)).data.filter((hold) => hold.currency === row.currency);
  const settlements = await settlementsOf(ctx.db, [id]);
  const [payable = 0n] = await balancesOf(ctx, "partner_payable", [books]);
  return {
    statement,
    partnerName: (await partnerById(ctx.db, row.partner_id))?.name ?? "",
    components: content.components.map(({ programId, component, lines, minor }) => ({
      programId,
      programName: names.get(programId) ?? programId,
      component,
      lines,
      amount: minor,
    })),
    adjustments: adjustments.map(({ id: adjustment, kind, amount, month, reason, reasonCode, programId, ruleId }) => ({
      id: adjustment,
      kind,
      amount,
      month,
      reason,
      reasonCode,
      programId,
      ruleId,
    })),
    holds: holds.map(({ payableOn, amount, lines }) => ({ payableOn, amount, lines })),
    carries: [...(await carriesOf(ctx, { ...books, month: row.month }))],
    settlements: settlements.map((one) => ({
      kind: one.kind as "settle" | "return",
      amount: String(one.minor),
      reference: one.reference,
      at: one.booked_at.toISOString(),
    })),
    forecast: [...forecastOf(dayOf(ctx.clock.now(), "UTC"), payable, holds)],
    payout: await needs.payoutOf(ctx, actor, row.partner_id),
  };
}

async function contentOf(ctx: Context, row: StatementRow): Promise<StatementContent> {
  if (row.content !== null) return row.content as unknown as StatementContent;
  const [one] = await transact(ctx, (tx) => contentsOf(tx, [row]));
  if (one === undefined) throw new Error(`statement ${row.statement_id} has no content`);
  return one.content;
}
