-- ledger: double entry, append only. Balances are derived; nothing here is ever updated but the roll-up.
create schema ledger;

create table ledger.account (
  account_id text primary key,               -- <kind>:<owner>:<currency>
  kind       text not null check (kind in ('commission_expense', 'partner_held', 'partner_payable', 'payout_clearing')),
  owner      text not null,                  -- a program's id (expense), a partner's id (held, payable) or 'operator' (clearing)
  currency   text not null check (currency ~ '^[A-Z]{3}$'),
  unique (kind, owner, currency)
);

create table ledger.transfer (
  transfer_id bigint generated always as identity primary key,
  recipe      text not null check (recipe in ('accrue', 'hold', 'release', 'reverse', 'claw_back', 'adjust', 'settle', 'return')), -- ledger/core/recipes.ts
  source_key  text not null,                 -- what it books: a commission line key, an adjustment, a statement
  idempotency_key text not null unique,      -- the same booking twice is refused by the database
  partner_id  text not null,
  program_id  text,
  currency    text not null,
  amount_minor bigint not null check (amount_minor <> 0),
  period      date not null,                 -- first day of the month it is booked in
  occurred_on date not null,                 -- when it happened
  booked_at   timestamptz not null,
  booked_by   text,
  memo        jsonb not null default '{}'
);
create index transfer_by_source on ledger.transfer (source_key);
create index transfer_by_partner on ledger.transfer (partner_id, currency, transfer_id);

create table ledger.posting (
  transfer_id  bigint not null references ledger.transfer,
  account_id   text not null references ledger.account,
  amount_minor bigint not null check (amount_minor <> 0), -- debit positive, credit negative; the postings of a transfer sum to zero
  primary key (transfer_id, account_id)
);
create index posting_by_account on ledger.posting (account_id, transfer_id);

create table ledger.balance (
  account_id    text primary key references ledger.account,
  amount_minor  bigint not null,
  last_transfer bigint not null
);

-- Sums of a partner's postings per month, account kind and recipe: what a statement reads. Rolled up like the balance, provable like it.
create table ledger.period_total (
  partner_id   text not null,
  currency     text not null,
  period       date not null,
  kind         text not null,
  recipe       text not null,
  amount_minor bigint not null,              -- debit positive, credit negative
  transfers    bigint not null,
  primary key (partner_id, currency, period, kind, recipe)
);

-- Months up to and with this one take no postings of the partner in the currency any more.
create table ledger.closing (
  partner_id     text not null,
  currency       text not null,
  closed_through date not null,
  primary key (partner_id, currency)
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%.% is append only', tg_table_schema, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger transfer_append_only before update or delete on ledger.transfer for each row execute function ledger.refuse_change();
create trigger posting_append_only before update or delete on ledger.posting for each row execute function ledger.refuse_change();
