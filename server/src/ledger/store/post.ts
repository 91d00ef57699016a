import { sql } from "kysely";
import { arrayLiteral, copyRowsInTransaction, type Db, inTransaction, type Tx } from "../../database/index.ts";
import type { Books } from "../contracts.ts";
import { accountId, accountParts, OPERATOR_BOOKS, type PreparedTransfer } from "../core/recipes.ts";

/** Opens accounts that do not exist yet, with a balance of zero. */
export async function openAccounts(db: Db, ids: readonly string[]): Promise<void> {
  const known = await sql<{ account_id: string }>`
    select account_id from ledger.balance where account_id = any(${ids}::text[])`.execute(db);
  const have = new Set(known.rows.map((row) => row.account_id));
  const missing = [...new Set(ids)].filter((id) => !have.has(id)).sort();
  if (missing.length === 0) return;
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

/** From here on it pays to ask first what is booked already, and to send the rest as a COPY. */
const MANY = 200;

/**
 * Books transfers: transfers, postings, and the roll-ups once per account and month. The operator's accounts, which every booking
 * touches, are so updated once per batch and not once per transfer. The books must be taken: nobody else books these keys meanwhile.
 * @returns how many were new
 */
export async function insertTransfers(
  db: Db,
  transfers: readonly PreparedTransfer[],
  bookedAt: Date,
  bookedBy: string | null,
): Promise<number> {
  if (transfers.length < MANY) return await insertFew(db, transfers, bookedAt, bookedBy);
  return await inTransaction(db, (tx) => insertMany(tx, transfers, bookedAt, bookedBy));
}

/** In one statement: a single booking costs one way to the database. */
async function insertFew(
  db: Db,
  transfers: readonly PreparedTransfer[],
  bookedAt: Date,
  bookedBy: string | null,
): Promise<number> {
  const column = <K extends keyof PreparedTransfer>(name: K) => transfers.map((one) => one[name]);
  const { rows } = await sql<{ booked: bigint }>`
    with input as (
      select * from unnest(
        ${column("recipe")}::text[], ${column("sourceKey")}::text[], ${column("idempotencyKey")}::text[],
        ${column("partnerId")}::text[], ${column("programId")}::text[], ${column("currency")}::text[],
        ${column("amountMinor")}::bigint[], ${column("period")}::date[], ${column("occurredOn")}::date[],
        ${column("debit")}::text[], ${column("credit")}::text[],
        ${transfers.map((one) => JSON.stringify(one.memo ?? {}))}::jsonb[]
      ) as i (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
              debit, credit, memo)
    ), booked as (
      insert into ledger.transfer (recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor,
                                   period, occurred_on, booked_at, booked_by, memo)
      select recipe, source_key, idempotency_key, partner_id, program_id, currency, amount_minor, period, occurred_on,
             ${bookedAt}::timestamptz, ${bookedBy}::text, memo
      from input
      on conflict (idempotency_key) do nothing
      returning transfer_id, idempotency_key
    ), leg as materialized (
      select b.transfer_id, i.partner_id, i.currency, i.period, i.recipe, side.account_id, side.amount_minor
      from booked b
      join input i using (idempotency_key)
      cross join lateral (values (i.debit, i.amount_minor), (i.credit, -i.amount_minor)) as side (account_id, amount_minor)
    ), posted as (
      insert into ledger.posting (transfer_id, account_id, amount_minor)
      select transfer_id, account_id, amount_minor from leg
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

const TRANSFER_COLUMNS = [
  ...["transfer_id", "recipe", "source_key", "idempotency_key", "partner_id", "program_id", "currency", "amount_minor"],
  ...["period", "occurred_on", "booked_at", "booked_by", "memo"],
];

async function insertMany(
  tx: Tx,
  transfers: readonly PreparedTransfer[],
  bookedAt: Date,
  bookedBy: string | null,
): Promise<number> {
  const fresh = await notBooked(tx, transfers);
  if (fresh.length === 0) return 0;
  const ids = await nextIds(tx, fresh.length);
  const at = bookedAt.toISOString();
  function* rows() {
    for (const [index, t] of fresh.entries()) {
      const what = [ids[index], t.recipe, t.sourceKey, t.idempotencyKey, t.partnerId, t.programId, t.currency];
      yield [...what, t.amountMinor, t.period, t.occurredOn, at, bookedBy, t.memo ?? "{}"];
    }
  }
  function* legs() {
    for (const [index, { debit, credit, amountMinor }] of fresh.entries()) {
      yield [ids[index], debit, amountMinor];
      yield [ids[index], credit, -amountMinor];
    }
  }
  // The database takes the transfers while the postings are written out here, and the postings while they are summed.
  const booked = copyRowsInTransaction(tx, "ledger.transfer", TRANSFER_COLUMNS, rows());
  const posted = copyRowsInTransaction(tx, "ledger.posting", ["transfer_id", "account_id", "amount_minor"], legs());
  const done = Promise.all([booked, posted]);
  done.catch(() => undefined);
  const { balances, totals } = sumUp(fresh, ids);
  await done;
  await addToBalances(tx, sorted(balances));
  await addToTotals(tx, sorted(totals));
  return fresh.length;
}

/** Numbers of transfers to come, ascending; as texts, since they are only written out again. */
async function nextIds(tx: Tx, count: number): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string }>`
    select string_agg(id::text, ',') as ids from (select nextval('ledger.transfer_transfer_id_seq') as id from generate_series(1, ${count}::int)) n`.execute(
    tx,
  );
  return (rows[0]?.ids ?? "").split(",");
}

/** Transfers whose keys are not booked yet; of two with the same key the first. */
async function notBooked(tx: Tx, transfers: readonly PreparedTransfer[]): Promise<readonly PreparedTransfer[]> {
  const byKey = new Map<string, PreparedTransfer>();
  for (const transfer of transfers) {
    if (!byKey.has(transfer.idempotencyKey)) byKey.set(transfer.idempotencyKey, transfer);
  }
  const { rows } = await sql<{ idempotency_key: string }>`
    select idempotency_key from ledger.transfer where idempotency_key = any(${arrayLiteral([...byKey.keys()])}::text[])`.execute(
    tx,
  );
  for (const { idempotency_key } of rows) byKey.delete(idempotency_key);
  return [...byKey.values()];
}

interface Sum {
  amountMinor: bigint;
  count: bigint;
  /** the last transfer that it holds */
  last: string;
}

interface Sums {
  readonly balances: ReadonlyMap<string, Sum>;
  readonly totals: ReadonlyMap<string, Sum>;
}

/** Balances and month totals, summed here and written once each; in the order of their keys, which is the same for all who book. */
function sumUp(transfers: readonly PreparedTransfer[], ids: readonly string[]): Sums {
  const balances = new Map<string, Sum>();
  const totals = new Map<string, Sum>();
  const take = (sums: Map<string, Sum>, key: string, amountMinor: bigint, last: string) => {
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { amountMinor, count: 1n, last });
    else {
      sum.amountMinor += amountMinor;
      sum.count += 1n;
      sum.last = last;
    }
  };
  for (const [index, { recipe, partnerId, currency, period, debit, credit, amountMinor }] of transfers.entries()) {
    const last = ids[index] ?? "0";
    take(balances, debit, amountMinor, last);
    take(balances, credit, -amountMinor, last);
    const place = `${partnerId}\n${currency}\n${period}\n`;
    take(totals, `${place}${kindOf(debit)}\n${recipe}`, amountMinor, last);
    take(totals, `${place}${kindOf(credit)}\n${recipe}`, -amountMinor, last);
  }
  return { balances, totals };
}

function kindOf(accountId: string): string {
  return accountId.slice(0, accountId.indexOf(":"));
}

function sorted(sums: ReadonlyMap<string, Sum>): (readonly [string, Sum])[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function addToBalances(tx: Tx, sums: readonly (readonly [string, Sum])[]): Promise<void> {
  await sql`
    insert into ledger.balance as b (account_id, amount_minor, last_transfer)
    select * from unnest(${sums.map(([account]) => account)}::text[], ${arrayLiteral(sums.map(([, one]) => one.amountMinor))}::bigint[],
      ${arrayLiteral(sums.map(([, one]) => one.last))}::bigint[])
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
