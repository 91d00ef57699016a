-- statements: what finance lets go on account of a month that is still open.
create table statements.on_account (
  run_id       text not null,
  statement_id text not null references statements.statement,
  minor        bigint not null check (minor > 0),
  approved_by  text not null,
  approved_at  timestamptz not null,
  primary key (run_id, statement_id)
);
create index on_account_by_statement on statements.on_account (statement_id);

-- Paid while the statement was open, with what was kept of it (a fee): it discharges the open month, not the closed ones before it.
alter table statements.settlement
  add column on_account boolean not null default false,
  add column kept_minor bigint not null default 0 check (kept_minor >= 0);
create index settlement_on_account on statements.settlement (partner_id, currency) where on_account;
