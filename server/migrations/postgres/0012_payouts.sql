-- payouts: statements per partner, currency and month. (Payees, payment files and reconciliation come on top of these.)
create schema payouts;

create table payouts.statement (
  statement_id text primary key,
  partner_id   text not null references partners.partner,
  currency     text not null,
  month        date not null,
  status       text not null check (status in ('open', 'closed', 'paid')),
  opening_minor bigint,
  accrued_minor bigint,
  held_minor    bigint,
  released_minor bigint,
  adjusted_minor bigint,
  payable_minor bigint,                      -- closing payable balance
  content      jsonb,                        -- frozen lines and totals when closed
  content_hash text,
  opened_at    timestamptz not null,
  closed_by    text,
  closed_at    timestamptz,
  paid_by      text,
  paid_at      timestamptz,
  payment_reference text,
  check (paid_by is null or paid_by <> closed_by),
  unique (partner_id, currency, month)
);
create index statement_by_month on payouts.statement (month, status);
