-- statements: what was paid of each statement, what came back, and which programs it belongs to.
alter table statements.statement
  add column paid_with     text references statements.statement,  -- a later statement of the same books, whose payment covered this one
  add column returned_at   timestamptz,                           -- the last payout that came back; its amount is payable again
  add column return_reason text;

-- What each program moved of the payable balance in a closed month: a payee may serve only some programs of a partner.
create table statements.program_share (
  statement_id text not null references statements.statement,
  program_id   text not null,
  partner_id   text not null,
  currency     text not null,
  month        date not null,
  moved_minor  bigint not null,
  primary key (statement_id, program_id)
);
create index program_share_by_books on statements.program_share (partner_id, currency, month);

-- Payouts of statements and their returns, as they were booked; never changed.
create table statements.settlement (
  idempotency_key text primary key,
  statement_id    text not null references statements.statement,
  partner_id      text not null,
  currency        text not null,
  kind            text not null check (kind in ('settle', 'return')),
  minor           bigint not null check (minor >= 0),  -- 0: paid, or come back, wholly by other movements (a conversion, say)
  by_program      jsonb not null,                 -- [[program or null, minor]]: what it took from, or gave back to, each
  source_key      text not null,
  reference       text not null,                  -- as the partner sees it; of a return: why
  booked_by       text not null,
  booked_at       timestamptz not null
);
create index settlement_by_statement on statements.settlement (statement_id, booked_at);
create index settlement_by_books on statements.settlement (partner_id, currency);

do $$
declare
  name text;
begin
  foreach name in array array['statements.program_share', 'statements.settlement'] loop
    execute format('alter table %s enable row level security', name);
    execute format('grant select on %s to tributary_portal', name);
    execute format('create policy own_partner on %s to tributary_portal using (partner_id = (select database.partner()))', name);
  end loop;
end $$;
