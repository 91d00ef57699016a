import type {
  AccountingChange,
  AccountingSetUp,
  AccrualDifferencePage,
  AccrualQuery,
  AccrualRow,
  AccrualTotals,
  AccrualTotalsQuery,
  LedgerAccount,
  TrialBalance,
  TrialBalanceQuery,
} from "@tributary/contract";
import { AccountingSettings } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { addDays, startOfDay } from "../kernel/period.ts";
import { changedMeanwhile } from "../kernel/refusals.ts";
import { codeFinder } from "./core/journal-formats.ts";
import type { AccountKind } from "./core/recipes.ts";
import * as store from "./store/accounting.ts";
import * as journal from "./store/journal.ts";

/** Instants of accounting's days are UTC: the ledger is one for all programs. */
const ZONE = "UTC";

/** Balances at the end of a day with the movements before it: debits equal credits in every currency. */
export async function trialBalanceOn(ctx: Context, actor: Actor, query: TrialBalanceQuery): Promise<TrialBalance> {
  requirePermission(actor, "ledger.read", {});
  const { basis, on, from = null, kind = null } = query;
  const lines = await store.balancesOn(ctx.db, { basis, on, from, kind });
  const find = codeFinder(await journal.codes(ctx.db));
  const rows = lines.map((line) => ({
    kind: line.kind as AccountKind,
    owner: line.owner,
    code: find(line.kind as AccountKind, line.owner ?? "", line.currency)?.code ?? null,
    currency: line.currency,
    opening: String(line.opening),
    debit: String(line.debit),
    credit: String(line.credit),
    closing: String(line.opening + line.debit - line.credit),
  }));
  const totals = [...Map.groupBy(lines, (line) => line.currency)].map(([currency, all]) => ({
    currency,
    debit: String(all.reduce((sum, line) => sum + line.debit, 0n)),
    credit: String(all.reduce((sum, line) => sum + line.credit, 0n)),
    closing: String(all.reduce((sum, line) => sum + line.opening + line.debit - line.credit, 0n)),
  }));
  return { on, basis, rows, totals };
}

function asked(query: AccrualTotalsQuery): store.AccrualQuestion {
  const known = query.known ?? query.on;
  return {
    on: query.on,
    knownThen: startOfDay(addDays(known, 1), ZONE),
    partnerId: query.partnerId ?? null,
    currency: query.currency ?? null,
  };
}

/** What each partner was owed on a day, as it was known then and as it is known now. */
export async function listAccruals(ctx: Context, actor: Actor, query: AccrualQuery): Promise<Page<AccrualRow>> {
  requirePermission(actor, "ledger.read", {});
  const page = await store.accrualPage(ctx.db, asked(query), query.changed === "yes", query);
  const rows = page.rows.map((row) => ({
    partnerId: row.partner_id,
    currency: row.currency,
    payableThen: String(row.payable_then),
    heldThen: String(row.held_then),
    reserveThen: String(row.reserve_then),
    knownThen: String(row.then_minor),
    knownNow: String(row.now_minor),
    difference: String(row.now_minor - row.then_minor),
    later: Number(row.later),
  }));
  return { rows, nextCursor: page.nextCursor };
}

/** The same summed per currency, with what was booked since by recipe. */
export async function accrualTotals(ctx: Context, actor: Actor, query: AccrualTotalsQuery): Promise<AccrualTotals> {
  requirePermission(actor, "ledger.read", {});
  const question = asked(query);
  const totals = await store.accrualTotals(ctx.db, question);
  const later = Map.groupBy(await store.differenceByRecipe(ctx.db, question), (row) => row.currency);
  return {
    on: query.on,
    thenAt: question.knownThen.toISOString(),
    nowAt: ctx.clock.now().toISOString(),
    totals: totals.map((row) => ({
      currency: row.currency,
      partners: Number(row.partners),
      knownThen: String(row.then_minor),
      knownNow: String(row.now_minor),
      difference: String(row.now_minor - row.then_minor),
      byRecipe: (later.get(row.currency) ?? []).map(({ recipe, amount, transfers }) => ({
        recipe,
        amount: String(amount),
        transfers: Number(transfers),
      })),
    })),
  };
}

/** The keys that make the difference: what had happened by the day and was booked after it. */
export async function listAccrualDifferences(
  ctx: Context,
  actor: Actor,
  query: AccrualQuery,
): Promise<Page<(typeof AccrualDifferencePage)["_output"]["data"][number]>> {
  requirePermission(actor, "ledger.read", {});
  const page = await store.differencePage(ctx.db, asked(query), query);
  const rows = page.rows.map((row) => ({
    sourceKey: row.source_key,
    recipe: row.recipe,
    partnerId: row.partner_id,
    currency: row.currency,
    amount: String(row.amount),
    transfers: Number(row.transfers),
    occurredOn: row.occurred_on,
    bookedAt: row.booked_at.toISOString(),
  }));
  return { rows, nextCursor: page.nextCursor };
}

/** Door: from the commission of some days to the expense of their months; the parts come to it. */
export function earnedAndBooked(ctx: Context, question: store.TieQuestion): Promise<store.Tie> {
  return store.readTie(ctx.db, question);
}

export async function getSetUp(ctx: Context, actor: Actor): Promise<AccountingSetUp> {
  requirePermission(actor, "ledger.read", {});
  return await readSetUp(ctx);
}

export async function readSetUp(ctx: Context): Promise<AccountingSetUp> {
  const saved = await journal.setting(ctx.db);
  const codes = await journal.codes(ctx.db);
  const used = await journal.usedKinds(ctx.db);
  return {
    settings: AccountingSettings.parse(saved?.settings ?? {}),
    codes: codes.map((row) => ({ ...row, kind: row.kind as LedgerAccount["kind"] })),
    missing: used.filter(
      (kind) => !codes.some((row) => row.kind === kind && row.owner === ""),
    ) as LedgerAccount["kind"][],
    revision: saved?.revision ?? 0,
  };
}

export async function changeSetUp(ctx: Context, actor: Actor, change: AccountingChange): Promise<AccountingSetUp> {
  requirePermission(actor, "ledger.write", {});
  return await transact(ctx, async (tx) => {
    const before = await readSetUp(tx);
    const settings = AccountingSettings.parse(change.settings);
    const row = { settings: JSON.stringify(settings), changed_by: personOf(actor), changed_at: tx.clock.now() };
    if (!(await journal.saveSetting(tx.db, change.revision, row)))
      throw changedMeanwhile("accounting settings", change.revision);
    const codes = change.codes.map(({ kind, code, owner = "", currency = "", name = "" }) => ({
      kind,
      owner,
      currency,
      code,
      name,
    }));
    await journal.replaceCodes(tx.db, codes);
    await audit.record(tx, actor, {
      action: "accounting.changed",
      subjectKind: "accounting",
      subjectId: "accounting",
      before: { settings: before.settings, codes: before.codes },
      after: { settings, codes },
    });
    return await readSetUp(tx);
  });
}
