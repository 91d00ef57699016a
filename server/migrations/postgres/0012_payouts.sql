-- payouts: statements per partner, currency and month. (Payees, payment files and reconciliation come on top of these.)
create schema payouts;

create table payouts.statement (
  statement_id text primary key,
  partner_id   text not null references partners.partner,
  currency     text not null,
  month        date not null,
  status       text not null check (status in ('open', 'closed', 'paid')),
  closing_minor bigint,                      -- payable balance at the end of the month, frozen when closed
  paid_minor    bigint,                      -- what was settled; null until paid
  content      jsonb,                        -- frozen totals and lines when closed
  content_hash text,                         -- sha256 hex of the canonical content
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
