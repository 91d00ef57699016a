import type {
  Ageing,
  BankAccount,
  BankAccountChange,
  BankStatementQuery,
  BankStatementRecord,
  NewBankAccount,
} from "@tributary/contract";
import { type Actor, can, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { MATCH_TASK, releaseFollowers } from "./bank-files.ts";
import { normalised } from "./core/references.ts";
import * as store from "./store/bank.ts";
import { moveEntries } from "./store/entries.ts";
import * as matching from "./store/matching.ts";
import { statementWire } from "./wire.ts";

export async function listBankAccounts(ctx: Context, actor: Actor): Promise<readonly BankAccount[]> {
  requirePermission(actor, "reconciliation.read", {});
  const figures = new Map((await store.accountFigures(ctx.db)).map((row) => [row.bank_account_id, row]));
  return (await store.accounts(ctx.db)).map((row) => accountWire(row, figures.get(row.bank_account_id)));
}

function accountWire(row: store.AccountRow, figures: store.AccountFigures | undefined): BankAccount {
  return {
    id: row.bank_account_id,
    name: row.name,
    iban: row.iban,
    number: row.number,
    bic: row.bic,
    currency: row.currency,
    autoScore: row.auto_score,
    feeMinor: String(row.fee_minor),
    lastStatement:
      figures?.last_id == null
        ? null
        : {
            id: figures.last_id,
            until: figures.last_to,
            closing: figures.last_closing === null ? null : String(figures.last_closing),
            at: (figures.last_at ?? row.created_at).toISOString(),
          },
    held: Number(figures?.held ?? 0n),
    open: Number(figures?.open ?? 0n),
    openMinor: String(figures?.open_minor ?? 0n),
    matched: Number(figures?.matched ?? 0n),
    suggested: Number(figures?.suggested ?? 0n),
    bookedMinor: String(figures?.booked_minor ?? 0n),
    revision: row.revision,
  };
}

/** What bank accounts are called, for whoever may see them. */
export async function bankAccountNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  if (!can(actor, "reconciliation.read", {})) return [];
  const wanted = (await store.accounts(ctx.db)).filter((one) => ids.includes(one.bank_account_id));
  return wanted.map((one) => ({ id: one.bank_account_id, name: one.name }));
}

/** An account is made by the first file that names it; by hand for files that name none. @throws Refusal `already_exists` */
export async function createBankAccount(ctx: Context, actor: Actor, given: NewBankAccount): Promise<BankAccount> {
  requirePermission(actor, "reconciliation.write", {});
  const number = normalised(given.iban ?? given.number ?? "");
  const identity = `${number} ${given.currency}`;
  return await transact(ctx, async (tx) => {
    if ((await store.accounts(tx.db)).some((one) => one.identity === identity))
      throw new Refusal("already_exists", `There is an account ${number} in ${given.currency} already.`);
    const row = await store.takeAccount(tx.db, {
      bank_account_id: tx.ids.next("bac"),
      name: given.name,
      identity,
      iban: given.iban === undefined ? null : number,
      number: given.iban === undefined ? number : null,
      currency: given.currency,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    const note = { action: "bank_accounts.created", subjectKind: "bank_account", subjectId: row.bank_account_id };
    await audit.record(tx, actor, { ...note, after: { name: given.name, identity } });
    return accountWire(row, undefined);
  });
}

export async function changeBankAccount(
  ctx: Context,
  actor: Actor,
  id: string,
  change: BankAccountChange,
): Promise<BankAccount> {
  requirePermission(actor, "reconciliation.write", {});
  await transact(ctx, async (tx) => {
    const before = await store.lockAccount(tx.db, id);
    if (before === undefined) throw notFound("bank account", id);
    const { name = before.name, autoScore = before.auto_score, feeMinor = String(before.fee_minor) } = change;
    const row = { name, auto_score: autoScore, fee_minor: BigInt(feeMinor) };
    if ((await store.updateAccount(tx.db, id, change.revision, row)) === undefined)
      throw changedMeanwhile("bank account", change.revision);
    await audit.record(tx, actor, {
      action: "bank_accounts.changed",
      subjectKind: "bank_account",
      subjectId: id,
      before: { name: before.name, autoScore: before.auto_score, feeMinor: String(before.fee_minor) },
      after: { name, autoScore, feeMinor },
    });
    await announce(tx, MATCH_TASK, { bankAccountId: id });
  });
  const all = await listBankAccounts(ctx, actor);
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw notFound("bank account", id);
  return found;
}

export async function listBankStatements(
  ctx: Context,
  actor: Actor,
  query: BankStatementQuery,
): Promise<Page<BankStatementRecord>> {
  requirePermission(actor, "reconciliation.read", {});
  const { rows, nextCursor } = await store.statementPage(ctx.db, query, query);
  return { rows: rows.map(statementWire), nextCursor };
}

/**
 * A second person takes a statement that does not add up or leaves a gap, and says why; or refuses it.
 * @throws Refusal `same_person` for whoever uploaded it, `wrong_state` when it is not held
 */
export async function decideStatement(
  ctx: Context,
  actor: Actor,
  id: string,
  decision: { readonly accept: boolean; readonly reason: string },
): Promise<BankStatementRecord> {
  requirePermission(actor, "reconciliation.approve", {});
  return await transact(ctx, async (tx) => {
    const row = await store.lockStatement(tx.db, id);
    if (row === undefined) throw notFound("bank statement", id);
    if (row.state !== "held")
      throw new Refusal("wrong_state", `This statement is ${row.state}: nobody has to decide about it.`);
    if (row.uploaded_by === personOf(actor))
      throw new Refusal("same_person", "You uploaded this statement: somebody else decides whether it is taken.");
    const account = await store.lockAccount(tx.db, row.bank_account_id);
    const decided = await store.updateStatement(tx.db, id, {
      state: decision.accept ? "accepted" : "rejected",
      decided_by: personOf(actor),
      decided_at: tx.clock.now(),
      reason: decision.reason,
    });
    await moveEntries(tx.db, id, "held", decision.accept ? "open" : "dropped");
    if (decision.accept) {
      await releaseFollowers(tx, row.bank_account_id);
      await announce(tx, MATCH_TASK, { bankAccountId: row.bank_account_id });
    }
    await audit.record(tx, actor, {
      action: decision.accept ? "bank_statements.accepted" : "bank_statements.rejected",
      subjectKind: "bank_statement",
      subjectId: id,
      reason: decision.reason,
      after: { problems: row.problems },
    });
    return statementWire({ ...decided, currency: account?.currency ?? "EUR" });
  });
}

/** What is left over on both sides, by age and currency. */
export async function ageingOf(ctx: Context, actor: Actor): Promise<Ageing> {
  requirePermission(actor, "reconciliation.read", {});
  const on = dayOf(ctx.clock.now(), "UTC");
  const rows = await matching.ageing(ctx.db, on);
  return {
    on,
    buckets: rows.map((row) => ({
      bucket: row.bucket as Ageing["buckets"][number]["bucket"],
      currency: row.currency,
      entries: Number(row.entries),
      entriesMinor: String(row.entries_minor),
      expected: Number(row.expected),
      expectedMinor: String(row.expected_minor),
    })),
  };
}
