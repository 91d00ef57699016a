import { sql } from "kysely";
import { arrayLiteral, copyRowsInTransaction, type Db, inTransaction, type Tx } from "../../database/index.ts";
import type { Books, TransferInput } from "../contracts.ts";
import { accountId, accountParts, OPERATOR_BOOKS, type Place } from "../core/recipes.ts";

/**
 * Opens accounts that do not exist yet, with a balance of zero.
 * @returns the number of each, by which transfers name it
 */
export async function openAccounts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = await accountNumbers(db, ids);
  const missing = [...new Set(ids)].filter((id) => !known.has(id)).sort();
  if (missing.length === 0) return known;
  const parts = missing.map(accountParts);
  await sql`
    insert into ledger.account (account_id, kind, owner, currency)
    select * from unnest(${missing}::text[], ${parts.map((one) => one.kind)}::text[], ${parts.map((one) => one.owner)}::text[],
      ${parts.map((one) => one.currency)}::text[])
    on conflict do nothing`.execute(db);
  await sql`
    insert into ledger.balance (account_id, amount_minor, last_transfer)
    select account_id, 0, 0 from unnest(${missing}::text[]) as account_id
    on conflict do nothing`.execute(db);
  return new Map([...known, ...(await accountNumbers(db, missing))]);
}

async function accountNumbers(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ account_id: string; account_number: number }>`
    select a.account_id, a.account_number from ledger.account a join ledger.balance b using (account_id)
    where a.account_id = any(${arrayLiteral(ids)}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row.account_number]));
}

/** Locks the balances of partners in one order for all, so that two bookings never wait for each other in a ring. */
export async function lockBalances(db: Db, books: readonly Books[]): Promise<void> {
  const ids = books.flatMap((one) => {
    const kinds =
      one.partnerId === OPERATOR_BOOKS ? (["bank"] as const) : (["partner_held", "partner_payable"] as const);
    return kinds.map((kind) => accountId(kind, one.partnerId, one.currency));
  });
  await openAccounts(db, ids);
  await sql`
    select account_id from ledger.balance where account_id = any(${ids}::text[])
    order by account_id for update`.execute(db);
}

/** From here on it pays to send them as a COPY. */
const MANY = 200;
/** What one COPY takes: little enough that the next is written out here while the database takes it. */
const TRANSFERS_AT_ONCE = 1_000;

/** Transfers to be booked, each with its place, and the numbers of the accounts of all places. */
export interface Booking {
  readonly transfers: readonly TransferInput[];
  readonly placed: readonly Place[];
  readonly accounts: ReadonlyMap<string, number>;
  readonly at: Date;
  readonly by: string | null;
}

/**
 * Books transfers, and the roll-ups once per account and month. The operator's accounts, which every booking
 * touches, are so updated once for all and not once per transfer. The books must be taken: nobody else books these keys meanwhile.
 * @returns how many were new
 */
export async function insertTransfers(db: Db, booking: Booking): Promise<number> {
  if (booking.transfers.length < MANY) return await insertFew(db, booking);
  return await inTransaction(db, (tx) => insertMany(tx, booking));
}

/** In one statement: a single booking costs one way to the database. */
async function insertFew(db: Db, { transfers, placed, accounts, at, by }: Booking): Promise<number> {
  const column = <K extends keyof TransferInput>(name: K) => transfers.map((one) => one[name]);
  const { rows } = await sql<{ booked: bigint }>`
    with input as (
      select * from unnest(
        ${column("recipe")}::text[], ${column("sourceKey")}::text[], ${column("idempotencyKey")}::text[],
        ${column("partnerId")}::text[], ${column("programId")}::text[], ${column("currency")}::text[],
        ${column("amountMinor")}::bigint[], ${column("period")}::date[], ${column("occurredOn")}::date[],
        ${placed.map((one) => one.debit)}::text[], ${placed.map((one) => one.credit)}::text[],
        ${placed.map((one) => accounts.get(one.debit))}::integer[], ${placed.map((one) => accounts.get(one.credit))}::integer[],
        ${transfers.map((one) => JSON.stringify(one.memo ?? {}))}::jsonb[]
      ) as i (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
              debit, credit, debit_number, credit_number, memo)
    ), booked as (
      insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor,
                                   period, occurred_on, debit_account, credit_account, booked_at, booked_by, memo)
      select recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
             debit_number, credit_number, ${at}::timestamptz, ${by}::text, memo
      from input
      on conflict (idempotency_key) do nothing
      returning transfer_id, idempotency_key
    ), leg as materialized (
      select b.transfer_id, i.partner_id, i.currency, i.period, i.recipe, side.account_id, side.amount_minor
      from booked b
      join input i using (idempotency_key)
      cross join lateral (values (i.debit, i.amount_minor), (i.credit, -i.amount_minor)) as side (account_id, amount_minor)
    ), rolled as (
      insert into ledger.balance as b (account_id, amount_minor, last_transfer)
      select account_id, sum(amount_minor), max(transfer_id) from leg group by account_id order by account_id
      on conflict (account_id) do update
      set amount_minor = b.amount_minor + excluded.amount_minor, last_transfer = excluded.last_transfer
    ), summed as (
      insert into ledger.period_total as t (partner_id, currency, period, kind, recipe, amount_minor, transfers)
      select partner_id, currency, period, split_part(account_id, ':', 1) as kind, recipe, sum(amount_minor), count(*)
      from leg group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (partner_id, currency, period, kind, recipe) do update
      set amount_minor = t.amount_minor + excluded.amount_minor, transfers = t.transfers + excluded.transfers
    )
    select count(*) as booked from booked`.execute(db);
  return Number(rows[0]?.booked ?? 0n);
}

/**
 * Nearly always none of them is booked yet, and the unique key says so while they are written; only where it refuses one is it asked which
 * are there, and the rest is booked again.
 */
async function insertMany(tx: Tx, booking: Booking): Promise<number> {
  await sql`savepoint booking`.execute(tx);
  try {
    await copyAll(tx, booking);
    await sql`release savepoint booking`.execute(tx);
    return booking.transfers.length;
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await sql`rollback to savepoint booking`.execute(tx);
  }
  const fresh = await notBooked(tx, booking);
  if (fresh.transfers.length > 0) await copyAll(tx, fresh);
  return fresh.transfers.length;
}

const UNIQUE_VIOLATION = "23505";

async function copyAll(tx: Tx, booking: Booking): Promise<void> {
  const ids = await nextIds(tx, booking.transfers.length);
  const memos = booking.transfers.some((one) => one.memo !== undefined);
  let before: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < ids.length; from += TRANSFERS_AT_ONCE) {
    const copied = copyPart(tx, booking, ids, { from, memos });
    copied.catch(() => undefined);
    await before;
    before = copied;
  }
  const { balances, totals } = sumUp(booking);
  await before;
  await addToBalances(tx, sorted(balances), ids);
  await addToTotals(tx, sorted(totals));
}

const TRANSFER_COLUMNS = [
  ...["transfer_id", "recipe", "source_key", "idempotency_key", "partner_id", "program_id", "currency", "amount_minor"],
  ...["period", "occurred_on", "debit_account", "credit_account", "booked_at", "booked_by"],
];

/** Written out at once, sent when what was sent before has been taken. */
function copyPart(
  tx: Tx,
  { transfers, placed, accounts, at, by }: Booking,
  ids: readonly string[],
  { from, memos }: { readonly from: number; readonly memos: boolean },
): Promise<unknown> {
  const until = Math.min(from + TRANSFERS_AT_ONCE, ids.length);
  const bookedAt = at.toISOString();
  function* rows() {
    for (let index = from; index < until; index += 1) {
      const t = transfers[index] as TransferInput;
      const { debit, credit } = placed[index] as Place;
      const key = [ids[index], t.recipe, t.sourceKey, t.idempotencyKey, t.partnerId, t.programId, t.currency];
      const row = [
        ...key,
        t.amountMinor,
        t.period,
        t.occurredOn,
        accounts.get(debit),
        accounts.get(credit),
        bookedAt,
        by,
      ];
      yield memos ? [...row, t.memo ?? "{}"] : row;
    }
  }
  return copyRowsInTransaction(tx, "ledger.transfer", memos ? [...TRANSFER_COLUMNS, "memo"] : TRANSFER_COLUMNS, rows());
}

/** Numbers of transfers to come, ascending; as texts, since they are only written out again. */
async function nextIds(tx: Tx, count: number): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string }>`
    select string_agg(id::text, ',') as ids from (select nextval('ledger.transfer_transfer_id_seq') as id from generate_series(1, ${count}::int)) n`.execute(
    tx,
  );
  return (rows[0]?.ids ?? "").split(",");
}

/** What of a booking is not booked yet; of two with the same key the first. */
async function notBooked(tx: Tx, booking: Booking): Promise<Booking> {
  const byKey = new Map<string, number>();
  for (const [index, { idempotencyKey }] of booking.transfers.entries())
    if (!byKey.has(idempotencyKey)) byKey.set(idempotencyKey, index);
  const { rows } = await sql<{ idempotency_key: string }>`
    select idempotency_key from ledger.transfer where idempotency_key = any(${arrayLiteral([...byKey.keys()])}::text[])`.execute(
    tx,
  );
  for (const { idempotency_key } of rows) byKey.delete(idempotency_key);
  const left = [...byKey.values()];
  const of = <T>(all: readonly T[]) => left.map((index) => all[index] as T);
  return { ...booking, transfers: of(booking.transfers), placed: of(booking.placed) };
}

interface Sum {
  amountMinor: bigint;
  count: bigint;
  /** the place in the batch of the last transfer that it holds */
  last: number;
}

interface Sums {
  readonly balances: ReadonlyMap<string, Sum>;
  readonly totals: ReadonlyMap<string, Sum>;
}

/** Balances and month totals, summed here and written once each; in the order of their keys, which is the same for all who book. */
function sumUp({ transfers, placed }: Booking): Sums {
  const places = new Map<Place, Sum>();
  for (const [index, { amountMinor }] of transfers.entries()) {
    const place = placed[index] as Place;
    const sum = places.get(place);
    if (sum === undefined) places.set(place, { amountMinor, count: 1n, last: index });
    else {
      sum.amountMinor += amountMinor;
      sum.count += 1n;
      sum.last = index;
    }
  }
  const balances = new Map<string, Sum>();
  const totals = new Map<string, Sum>();
  for (const [{ recipe, partnerId, currency, period, debit, credit }, sum] of places) {
    const other = { ...sum, amountMinor: -sum.amountMinor };
    take(balances, debit, sum);
    take(balances, credit, other);
    const place = `${partnerId}\n${currency}\n${period}\n`;
    take(totals, `${place}${kindOf(debit)}\n${recipe}`, sum);
    take(totals, `${place}${kindOf(credit)}\n${recipe}`, other);
  }
  return { balances, totals };
}

function take(sums: Map<string, Sum>, key: string, one: Sum): void {
  const sum = sums.get(key) ?? { amountMinor: 0n, count: 0n, last: 0 };
  sums.set(key, {
    amountMinor: sum.amountMinor + one.amountMinor,
    count: sum.count + one.count,
    last: Math.max(sum.last, one.last),
  });
}

function kindOf(accountId: string): string {
  return accountId.slice(0, accountId.indexOf(":"));
}

function sorted(sums: ReadonlyMap<string, Sum>): (readonly [string, Sum])[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function addToBalances(tx: Tx, sums: readonly (readonly [string, Sum])[], ids: readonly string[]): Promise<void> {
  await sql`
    insert into ledger.balance as b (account_id, amount_minor, last_transfer)
    select * from unnest(${sums.map(([account]) => account)}::text[], ${arrayLiteral(sums.map(([, one]) => one.amountMinor))}::bigint[],
      ${arrayLiteral(sums.map(([, one]) => ids[one.last] ?? "0"))}::bigint[])
    on conflict (account_id) do update
    set amount_minor = b.amount_minor + excluded.amount_minor, last_transfer = excluded.last_transfer`.execute(tx);
}

async function addToTotals(tx: Tx, sums: readonly (readonly [string, Sum])[]): Promise<void> {
  const keys = sums.map(([key]) => key.split("\n"));
  const part = (index: number) => arrayLiteral(keys.map((key) => key[index] ?? ""));
  await sql`
    insert into ledger.period_total as t (partner_id, currency, period, kind, recipe, amount_minor, transfers)
    select * from unnest(${part(0)}::text[], ${part(1)}::text[], ${part(2)}::date[], ${part(3)}::text[], ${part(4)}::text[],
      ${arrayLiteral(sums.map(([, one]) => one.amountMinor))}::bigint[], ${arrayLiteral(sums.map(([, one]) => one.count))}::bigint[])
    on conflict (partner_id, currency, period, kind, recipe) do update
    set amount_minor = t.amount_minor + excluded.amount_minor, transfers = t.transfers + excluded.transfers`.execute(
    tx,
  );
}
