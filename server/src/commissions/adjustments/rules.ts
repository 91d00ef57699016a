import {
  type AdjustmentRule,
  type AdjustmentRuleQuery,
  type NewAdjustmentRule,
  NewAdjustmentRule as RuleSchema,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission, systemActor } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, type Page, type TxContext, transact } from "../../database/index.ts";
import { decimal, divideRounded } from "../../kernel/decimal.ts";
import { addDays, addMonths, dayOf, type Month } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { balancesOf } from "../../ledger/index.ts";
import { partnerTouch, reachOf } from "../../partners/index.ts";
import * as rules from "../store/adjustment-rules.ts";
import * as store from "../store/adjustments.ts";
import { book, runningMonth } from "./booking.ts";
import { checkNew, reasonsByCode } from "./check.ts";
import { newRow, noteOf } from "./service.ts";
import { ruleWire } from "./wire.ts";

/** Proposes an adjustment that repeats every month until it ends; another person decides once for all of them. */
export async function proposeRule(ctx: Context, actor: Actor, given: NewAdjustmentRule): Promise<AdjustmentRule> {
  const input = RuleSchema.parse(given);
  if ((input.amount === null) === (input.percent === null))
    throw invalid("amount", input.amount ?? "", "or a percentage is needed, and not both");
  if (input.percent !== null && input.kind !== "reserve")
    throw invalid("percent", input.percent, "is for reserves only");
  if (input.untilMonth !== null && input.untilMonth < input.fromMonth)
    throw invalid("untilMonth", input.untilMonth, "lies before the first month");
  const { kind, partnerId, programId, currency, fromMonth: month, reasonCode, reason } = input;
  const evidence = [{ kind: "note" as const, text: reason }];
  const one = {
    kind,
    partnerId,
    programId,
    currency,
    month,
    reasonCode,
    reason,
    evidence,
    amount: input.amount ?? "1",
  };
  await checkNew(ctx, one, await reasonsByCode(ctx));
  requirePermission(actor, "ledger.write", await partnerTouch(ctx, partnerId, programId));
  return await transact(ctx, async (tx) => {
    const row: rules.RuleRow = {
      rule_id: tx.ids.next("adr"),
      kind,
      partner_id: partnerId,
      program_id: programId,
      currency,
      amount_minor: input.amount === null ? null : BigInt(input.amount),
      percent: input.percent,
      hold_days: input.holdDays,
      from_month: `${month}-01`,
      until_month: input.untilMonth === null ? null : `${input.untilMonth}-01`,
      reason_code: reasonCode,
      reason,
      status: "proposed",
      proposed_by: personOf(actor),
      proposed_at: tx.clock.now(),
      decided_by: null,
      decided_at: null,
      ended_by: null,
      ended_at: null,
    };
    await rules.insertRule(tx.db, row);
    await noteRule(tx, actor, "commissions.adjustment_rule_proposed", row);
    return ruleWire(row);
  });
}

/** Approves or declines a rule (not whoever proposed it), or ends one that runs: what it has made stays. */
export async function decideRule(
  ctx: Context,
  actor: Actor,
  id: string,
  verb: "approve" | "decline" | "end",
): Promise<AdjustmentRule> {
  return await transact(ctx, async (tx) => {
    const row = await rules.lockRule(tx.db, id);
    if (row === undefined) throw notFound("adjustment rule", id);
    const touch = await partnerTouch(tx, row.partner_id, row.program_id);
    requirePermission(actor, verb === "end" ? "ledger.write" : "ledger.approve", touch);
    if (row.status !== (verb === "end" ? "approved" : "proposed"))
      throw new Refusal("wrong_state", `This rule is ${row.status}.`);
    const person = personOf(actor);
    if (verb !== "end" && row.proposed_by === person)
      throw new Refusal("same_person", "You proposed this rule: somebody else has to decide about it.");
    const at = tx.clock.now();
    const status = { approve: "approved", decline: "declined", end: "ended" }[verb];
    const change =
      verb === "end" ? { status, ended_by: person, ended_at: at } : { status, decided_by: person, decided_at: at };
    await rules.changeRule(tx.db, id, change);
    const after = { ...row, ...change };
    await noteRule(tx, actor, `commissions.adjustment_rule_${status}`, after);
    return ruleWire(after);
  });
}

export async function listRules(ctx: Context, actor: Actor, query: AdjustmentRuleQuery): Promise<Page<AdjustmentRule>> {
  const page = await rules.rulePage(ctx.db, await reachOf(ctx, actor, "statements.read"), query, query);
  return { rows: page.rows.map(ruleWire), nextCursor: page.nextCursor };
}

/** Makes and books what rules of a fixed amount have come to by now, each month once. @returns how many */
export async function bookRules(ctx: Context): Promise<{ readonly booked: number }> {
  let booked = 0;
  for (;;) {
    const due = await rules.rulesDue(ctx.db, runningMonth(ctx));
    for (const { rule, month } of due) {
      await transact(ctx, async (tx) => {
        const current = await rules.lockRule(tx.db, rule.rule_id);
        if (current?.status !== "approved") return;
        await bookOne(tx, current, month, rule.amount_minor ?? 0n, null);
      });
      booked += 1;
    }
    if (due.length < 500) return { booked };
  }
}

/** What a statement moved when it was closed, as far as a reserve is kept of it. */
export interface ClosedMonth {
  readonly partnerId: string;
  readonly currency: string;
  readonly month: Month;
  /** what became payable in the month, minor units */
  readonly movedMinor: bigint;
}

/**
 * Door for statements: keeps the reserves that rules demand of months that have just been closed, in the open month after each. Never more than is owed.
 */
export async function keepReserves(tx: TxContext, closed: readonly ClosedMonth[]): Promise<void> {
  const byMonth = Map.groupBy(closed, (one) => one.month);
  for (const [month, ofMonth] of byMonth) {
    const found = await rules.reserveRules(
      tx.db,
      ofMonth.map((one) => one.partnerId),
      month,
    );
    for (const rule of found) {
      const one = ofMonth.find((each) => each.partnerId === rule.partner_id && each.currency === rule.currency);
      if (one === undefined) continue;
      const [owed = 0n] = await balancesOf(tx, "partner_payable", [one]);
      const amount = reserveOf(rule, one.movedMinor, owed);
      if (amount <= 0n) continue;
      const releaseOn = rule.hold_days === null ? null : addDays(dayOf(tx.clock.now(), "UTC"), rule.hold_days);
      await bookOne(tx, rule, month, amount, releaseOn);
    }
  }
}

/** E.g. 10 % of 12345 → 1235 (half up); a fixed amount as it is. Never more than moved in the month, nor than is owed now. */
function reserveOf(rule: rules.RuleRow, moved: bigint, owed: bigint): bigint {
  const { units, scale } = decimal(rule.percent ?? "0");
  const part = rule.amount_minor ?? divideRounded(moved * units, 100n * 10n ** BigInt(scale), "half_up");
  const [least = 0n] = [part, moved, owed].sort((a, b) => (a < b ? -1 : 1));
  return least;
}

async function bookOne(
  tx: TxContext,
  rule: rules.RuleRow,
  month: Month,
  amount: bigint,
  releaseOn: string | null,
): Promise<void> {
  const at = tx.clock.now();
  const row: store.AdjustmentRow = {
    ...newRow(tx, rule.proposed_by),
    kind: rule.kind,
    partner_id: rule.partner_id,
    program_id: rule.program_id,
    currency: rule.currency,
    amount_minor: amount,
    month,
    effective_to: null,
    reason_code: rule.reason_code,
    reason: rule.reason,
    evidence: [],
    line_key: null,
    inquiry_id: null,
    other_partner_id: null,
    of_id: null,
    release_on: releaseOn,
    rule_id: rule.rule_id,
  };
  // A reserve is kept of a closed month in the one after it.
  const period = rule.kind === "reserve" ? addMonths(month, 1) : month;
  const decided = { ...row, status: "approved", decided_by: rule.decided_by, decided_at: at };
  await store.insertAdjustments(tx.db, [
    { ...decided, booked_month: await book(tx, { ...row, month: period }, rule.decided_by ?? "") },
  ]);
  await audit.record(tx, systemActor("adjustment rules"), noteOf("commissions.adjustment_approved", decided));
}

/** Gives back reserves whose day has come. @returns how many */
export async function releaseReserves(ctx: Context): Promise<{ readonly released: number }> {
  let released = 0;
  for (;;) {
    const due = await store.reservesDue(ctx.db, dayOf(ctx.clock.now(), "UTC"));
    for (const reserve of due) {
      released += await transact(ctx, async (tx) => {
        await store.lockAdjustment(tx.db, reserve.adjustment_id);
        if ((await store.releaseOfReserve(tx.db, reserve.adjustment_id)) !== undefined) return 0;
        const row: store.AdjustmentRow = {
          ...reserve,
          ...newRow(tx, reserve.proposed_by),
          kind: "reserve_release",
          of_id: reserve.adjustment_id,
          month: runningMonth(tx),
          release_on: null,
          inquiry_id: null,
        };
        const decided = { ...row, status: "approved", decided_by: reserve.decided_by, decided_at: tx.clock.now() };
        await store.insertAdjustments(tx.db, [
          { ...decided, booked_month: await book(tx, row, reserve.decided_by ?? "") },
        ]);
        await audit.record(tx, systemActor("adjustment rules"), noteOf("commissions.adjustment_approved", decided));
        return 1;
      });
    }
    if (due.length < 500) return { released };
  }
}

async function noteRule(tx: Context, actor: Actor, action: string, row: rules.RuleRow): Promise<void> {
  await audit.record(tx, actor, {
    action,
    subjectKind: "adjustment_rule",
    subjectId: row.rule_id,
    partnerId: row.partner_id,
    reason: row.reason,
    after: {
      kind: row.kind,
      amount: row.amount_minor === null ? null : String(row.amount_minor),
      percent: row.percent,
      currency: row.currency,
      from: row.from_month.slice(0, 7),
      until: row.until_month?.slice(0, 7) ?? null,
    },
  });
}
