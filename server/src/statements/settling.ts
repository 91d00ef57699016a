import { type Actor, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context } from "../database/index.ts";
import { type Day, dayOf, monthOf } from "../kernel/period.ts";
import { type OpenMonth, post, type TransferInput, takeBooks } from "../ledger/index.ts";
import type { RefusedStatement, Settled, Settlement, SettlementReturn } from "./contracts.ts";
import { splitByProgram, takenBySettlement } from "./core/programs.ts";
import { dischargedAfter, type Owed, owedOf, owedOnAccount } from "./payable.ts";
import * as payable from "./store/payable.ts";
import * as store from "./store/statements.ts";

/**
 * Books money that leaves, all settlements together, and marks a statement paid when nothing is left of it, with the earlier ones it covers.
 * A settlement that cannot be is told and does not stop the others. The caller has decided that this is paid; here it is proved once more that it is owed,
 * approved and not paid by whoever closed it. An amount of zero books nothing: other movements (a conversion) have discharged the statement already. Call it in the transaction that notes the payout.
 */
export async function settleStatements(
  tx: Context,
  actor: Actor,
  settlements: readonly Settlement[],
): Promise<Settled> {
  const keys = settlements.map((one) => one.idempotencyKey);
  const locked = await store.lockStatements(tx.db, [...new Set(settlements.map((one) => one.statementId))]);
  const rows = new Map(locked.map((row) => [row.statement_id, row]));
  const books = distinctBooks(locked);
  if (books.length === 0) return { settled: 0, already: 0, refused: settlements.map(unknown) };
  const open = await takeBooks(tx, books);
  const done = await payable.doneKeys(tx.db, keys);
  const owed = keepApart(settlements, rows, done, await owedOf(tx, { books }));
  const early = await owedOnAccount(tx, { statementIds: [...rows.keys()] });
  const plan = planSettlements(settlements, { rows, owed: [...owed, ...early], done, person: personOf(actor) });
  const today = dayOf(tx.clock.now(), "UTC");
  await post(tx, transfersOf("settle", plan.taken, today, open), personOf(actor));
  if (plan.taken.length > 0) await noteSettled(tx, actor, plan.taken, owed);
  return { settled: plan.taken.length, already: plan.already, refused: plan.refused };
}

/** What is kept on account together with these settlements is booked already, but does not lower what closed months are owed. */
function keepApart(
  settlements: readonly Settlement[],
  rows: ReadonlyMap<string, store.StatementRow>,
  done: ReadonlySet<string>,
  owed: readonly Owed[],
): readonly Owed[] {
  const kept = new Map<string, bigint>();
  for (const one of settlements) {
    const row = rows.get(one.statementId);
    if (row?.status !== "open" || done.has(one.idempotencyKey)) continue;
    const name = booksName({ partnerId: row.partner_id, currency: row.currency });
    kept.set(name, (kept.get(name) ?? 0n) + (one.keptMinor ?? 0n));
  }
  return owed.map((one) => ({ ...one, payable: one.payable + (kept.get(booksName(one)) ?? 0n) }));
}

interface Standing {
  readonly rows: ReadonlyMap<string, store.StatementRow>;
  readonly owed: readonly Owed[];
  readonly done: ReadonlySet<string>;
  readonly person: string;
}

/** Reckons settlements one after the other: two of the same partner share what it is owed. */
function planSettlements(settlements: readonly Settlement[], { rows, owed, done, person }: Standing) {
  const taken: payable.NewSettlement[] = [];
  const refused: RefusedStatement[] = [];
  const keys = new Set(done);
  const accounts = new Map(owed.map((one) => [accountName(one), { ...one, balances: new Map(one.balances) }]));
  for (const one of settlements) {
    const row = rows.get(one.statementId);
    if (keys.has(one.idempotencyKey)) continue;
    if (row === undefined) {
      refused.push(unknown(one));
      continue;
    }
    const books = { partnerId: row.partner_id, currency: row.currency };
    const isEarly = row.status === "open";
    const name = accountName({ ...books, statementId: row.statement_id, onAccount: isEarly });
    const account = accounts.get(name);
    const problem = obstacle(one, row, account, person);
    if (problem !== null || account === undefined) {
      if (problem !== null) refused.push({ id: one.idempotencyKey, ...problem });
      continue;
    }
    keys.add(one.idempotencyKey);
    const parts = one.byProgram ?? splitByProgram(one.minor, account.balances);
    const byProgram = takenBySettlement(parts, account.balances, !isEarly && one.minor >= account.payable);
    const keptMinor = isEarly ? (one.keptMinor ?? 0n) : 0n;
    accounts.set(name, { ...account, payable: account.payable - one.minor - keptMinor });
    for (const part of byProgram) {
      if (part.programId !== null)
        account.balances.set(part.programId, (account.balances.get(part.programId) ?? 0n) - part.minor);
    }
    const { idempotencyKey, statementId, minor, sourceKey, reference } = one;
    const what = { idempotencyKey, statementId, minor, keptMinor, byProgram, sourceKey, reference };
    taken.push({ ...books, kind: "settle", onAccount: isEarly, ...what });
  }
  return { taken, refused, already: settlements.length - taken.length - refused.length };
}

function obstacle(
  one: Settlement,
  row: store.StatementRow,
  account: Owed | undefined,
  person: string,
): Omit<RefusedStatement, "id"> | null {
  const wrong = (detail: string) => ({ code: "wrong_state" as const, detail });
  if (row.status === "open") return tooMuchOnAccount(one, account);
  if (row.status === "paid") return wrong(`This statement was paid: ${row.payment_reference}.`);
  if (account === undefined || !account.covers.includes(row.statement_id))
    return wrong("The run of this statement, or of an earlier one, is not approved.");
  if (account.closers.includes(person))
    return { code: "same_person", detail: "You closed this statement: somebody else has to mark it paid." };
  if (one.minor === 0n) return null;
  if (account.payable <= 0n) return wrong("There is nothing to pay on this statement.");
  if (one.minor < 0n || one.minor > account.payable)
    return wrong(`${one.minor} cannot be paid of it: ${account.payable} is left to pay.`);
  const parts = one.byProgram?.reduce((sum, part) => sum + part.minor, 0n);
  if (parts !== undefined && parts !== one.minor)
    return wrong(`Its parts by program sum to ${parts}, not to ${one.minor}.`);
  return null;
}

/** Of an open month what a run let go can be paid, never more than it still has. */
function tooMuchOnAccount(one: Settlement, account: Owed | undefined): Omit<RefusedStatement, "id"> | null {
  const wrong = (detail: string) => ({ code: "wrong_state" as const, detail });
  if (account === undefined)
    return wrong("Close this statement before it is paid: no run let anything go on account of it.");
  const minor = one.minor + (one.keptMinor ?? 0n);
  if (one.minor <= 0n || minor > account.payable)
    return wrong(`${minor} cannot be paid on account: ${account.payable} is left of what was let go.`);
  const parts = one.byProgram?.reduce((sum, part) => sum + part.minor, 0n);
  return parts === undefined || parts === one.minor
    ? null
    : wrong(`Its parts by program sum to ${parts}, not to ${one.minor}.`);
}

async function noteSettled(
  tx: Context,
  actor: Actor,
  taken: readonly payable.NewSettlement[],
  owed: readonly Owed[],
): Promise<void> {
  const by = { person: personOf(actor), at: tx.clock.now() };
  await payable.insertSettlements(tx.db, taken, by);
  const paid = await nowPaid(tx, taken, owed);
  await payable.markPaid(tx.db, paid, by);
  await payable.sumPaid(tx.db, [...new Set([...taken, ...paid].map((one) => one.statementId))]);
  await audit.recordMany(
    tx,
    actor,
    taken.map((one) => ({
      action: "statements.paid",
      subjectKind: "statement",
      subjectId: one.statementId,
      partnerId: one.partnerId,
      after: { amount: String(one.minor), currency: one.currency, reference: one.reference, source: one.sourceKey },
    })),
  );
  if (paid.length > 0) await announce(tx, "statements.paid", { statementIds: paid.map((one) => one.statementId) });
}

/** Of which statements nothing is left, now that it is booked: of the newest when its books are settled, of earlier ones with it or before. */
async function nowPaid(
  tx: Context,
  taken: readonly payable.NewSettlement[],
  owed: readonly Owed[],
): Promise<readonly payable.PaidStatement[]> {
  const last = new Map(taken.filter((one) => !one.onAccount).map((one) => [booksName(one), one]));
  if (last.size === 0) return [];
  const settled = owed.filter((one) => last.has(booksName(one)));
  const rows = await store.statementsByIds(
    tx.db,
    settled.flatMap((one) => one.covers),
  );
  const since = await dischargedAfter(tx, rows.map(bookMonth));
  const left = new Map((await owedOf(tx, { books: settled })).map((one) => [booksName(one), one]));
  return rows.flatMap((row, index) => {
    const books = { partnerId: row.partner_id, currency: row.currency };
    const rest = left.get(booksName(books));
    const closing = row.closing_minor ?? 0n;
    const own = closing - (since[index] ?? 0n);
    const settlement = last.get(booksName(books));
    const isNewest = rest?.statementId === row.statement_id;
    const done = (rest?.payable ?? 0n) <= 0n || (!isNewest && own <= 0n);
    const isOwn = settlement?.statementId === row.statement_id;
    if (!done || settlement === undefined || (closing <= 0n && !isOwn)) return [];
    return [
      {
        statementId: row.statement_id,
        reference: settlement.reference,
        paidWith: isOwn ? null : settlement.statementId,
      },
    ];
  });
}

/**
 * Books money that came back: its statement is to be paid again, and says why. Never more than was paid of it. Call it in the transaction that
 * notes the return.
 */
export async function returnSettlements(
  tx: Context,
  actor: Actor,
  returns: readonly SettlementReturn[],
): Promise<Settled> {
  const locked = await store.lockStatements(tx.db, [...new Set(returns.map((one) => one.statementId))]);
  const rows = new Map(locked.map((row) => [row.statement_id, row]));
  if (rows.size === 0) return { settled: 0, already: 0, refused: returns.map(unknown) };
  const open = await takeBooks(tx, distinctBooks(locked));
  const done = await payable.doneKeys(
    tx.db,
    returns.map((one) => one.idempotencyKey),
  );
  const before = Map.groupBy(await payable.settlementsOf(tx.db, [...rows.keys()]), (one) => one.statement_id);
  const plan = planReturns(returns, rows, done, before);
  const today = dayOf(tx.clock.now(), "UTC");
  await post(tx, transfersOf("return", plan.taken, today, open), personOf(actor));
  if (plan.taken.length > 0) await noteReturned(tx, actor, plan.taken);
  return { settled: plan.taken.length, already: plan.already, refused: plan.refused };
}

function planReturns(
  returns: readonly SettlementReturn[],
  rows: ReadonlyMap<string, store.StatementRow>,
  done: ReadonlySet<string>,
  before: ReadonlyMap<string, readonly payable.SettlementRow[]>,
) {
  const taken: payable.NewSettlement[] = [];
  const refused: RefusedStatement[] = [];
  const keys = new Set(done);
  const left = new Map([...rows.keys()].map((id) => [id, paidOf(before.get(id) ?? [])]));
  for (const one of returns) {
    if (keys.has(one.idempotencyKey)) continue;
    const row = rows.get(one.statementId);
    const paid = left.get(one.statementId) ?? 0n;
    if (row === undefined) refused.push(unknown(one));
    else if (one.minor < 0n || one.minor > paid || (paid === 0n && row.status !== "paid")) {
      const detail = `${one.minor} cannot come back: ${paid} was paid of this statement.`;
      refused.push({ id: one.idempotencyKey, code: "wrong_state", detail });
    } else {
      keys.add(one.idempotencyKey);
      left.set(one.statementId, paid - one.minor);
      const { idempotencyKey, statementId, minor, sourceKey, reason } = one;
      const byProgram = splitByProgram(minor, takenOf(before.get(statementId) ?? []));
      const books = { partnerId: row.partner_id, currency: row.currency };
      taken.push({
        ...books,
        kind: "return",
        onAccount: row.status === "open" || isEarly(before.get(statementId) ?? [], sourceKey),
        keptMinor: 0n,
        idempotencyKey,
        statementId,
        minor,
        byProgram,
        sourceKey,
        reference: reason,
      });
    }
  }
  return { taken, refused, already: returns.length - taken.length - refused.length };
}

/** Whether what comes back was paid on account. */
function isEarly(rows: readonly payable.SettlementRow[], sourceKey: string): boolean {
  return rows.some((row) => row.kind === "settle" && row.on_account && row.source_key === sourceKey);
}

function paidOf(rows: readonly payable.SettlementRow[]): bigint {
  return rows.reduce((sum, row) => sum + (row.kind === "settle" ? row.minor : -row.minor), 0n);
}

/** What settlements took from each program. */
function takenOf(rows: readonly payable.SettlementRow[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    for (const [programId, minor] of row.by_program as unknown as [string | null, string][]) {
      if (programId === null) continue;
      sums.set(programId, (sums.get(programId) ?? 0n) + (row.kind === "settle" ? BigInt(minor) : -BigInt(minor)));
    }
  }
  return sums;
}

async function noteReturned(tx: Context, actor: Actor, taken: readonly payable.NewSettlement[]): Promise<void> {
  const at = tx.clock.now();
  await payable.insertSettlements(tx.db, taken, { person: personOf(actor), at });
  const reasons = new Map(taken.map((one) => [one.statementId, one.reference]));
  await payable.markReturned(
    tx.db,
    [...reasons].map(([statementId, reason]) => ({ statementId, reason })),
    at,
  );
  await payable.sumPaid(tx.db, [...reasons.keys()]);
  await audit.recordMany(
    tx,
    actor,
    taken.map((one) => ({
      action: "statements.returned",
      subjectKind: "statement",
      subjectId: one.statementId,
      partnerId: one.partnerId,
      reason: one.reference,
      after: { amount: String(one.minor), currency: one.currency, source: one.sourceKey },
    })),
  );
  await announce(tx, "statements.returned", { statementIds: [...reasons.keys()] });
}

function transfersOf(
  recipe: "settle" | "return",
  taken: readonly payable.NewSettlement[],
  today: Day,
  open: OpenMonth,
): TransferInput[] {
  const booked = taken.filter((one) => one.minor > 0n);
  return booked.map((one) => {
    const { sourceKey, idempotencyKey, partnerId, currency, minor, reference, statementId } = one;
    const memo = { [recipe === "settle" ? "reference" : "reason"]: reference, statement: statementId };
    const what = { recipe, sourceKey, idempotencyKey, partnerId, currency, programId: null, amountMinor: minor };
    return { ...what, period: open(one, monthOf(today)), occurredOn: today, memo };
  });
}

function unknown(one: { readonly statementId: string; readonly idempotencyKey: string }): RefusedStatement {
  return { id: one.idempotencyKey, code: "not_found", detail: `There is no statement ${one.statementId}.` };
}

function distinctBooks(rows: readonly store.StatementRow[]): payable.BooksName[] {
  const books = rows.map((row) => ({ partnerId: row.partner_id, currency: row.currency }));
  return [...new Map(books.map((one) => [booksName(one), one])).values()];
}

function booksName(one: payable.BooksName): string {
  return `${one.partnerId} ${one.currency}`;
}

/** Closed months of some books are one account; each open one that something was let go of is another. */
function accountName(one: payable.BooksName & { readonly statementId: string; readonly onAccount: boolean }): string {
  return one.onAccount ? one.statementId : booksName(one);
}

function bookMonth(row: store.StatementRow) {
  return { partnerId: row.partner_id, currency: row.currency, month: row.month };
}
