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

-- Keys that statements are signed with; the private part is sealed with the program's secret. A retired key still verifies.
create table statements.signing_key (
  key_id         text primary key,
  public_key     text not null,                   -- base64url, 32 bytes
  sealed_private text not null,
  created_at     timestamptz not null,
  retired_at     timestamptz
);
create unique index signing_key_active on statements.signing_key ((true)) where retired_at is null;

-- How the operator's papers look. One row.
create table statements.branding (
  only_row     boolean primary key default true check (only_row),
  name         text not null,
  legal_name   text not null,
  address      text[] not null,
  email        text not null,
  website      text not null,
  registration text not null,
  accent       text not null,
  logo         text,                              -- data:image/png;base64,…
  revision     integer not null
);

-- Questions of partners about statements and lines.
create table statements.inquiry (
  inquiry_id    text primary key,
  partner_id    text not null references partners.partner,
  statement_id  text not null references statements.statement,
  line_id       bigint,
  subject       text not null,
  state         text not null check (state in ('open', 'answered', 'resolved', 'declined', 'withdrawn')),
  answer_by     timestamptz not null,
  opened_by     text not null,
  opened_at     timestamptz not null,
  closed_by     text,
  closed_at     timestamptz,
  adjustment_id text,
  check ((closed_at is null) = (state in ('open', 'answered')))
);
create index inquiry_by_partner on statements.inquiry (partner_id, inquiry_id desc);
create index inquiry_by_statement on statements.inquiry (statement_id);
create index inquiry_waiting on statements.inquiry (answer_by) where state = 'open';

create table statements.inquiry_message (
  message_id   bigint generated always as identity primary key,
  inquiry_id   text not null references statements.inquiry,
  partner_id   text not null,
  from_partner boolean not null,
  by           text not null,
  at           timestamptz not null,
  text         text not null,
  evidence     jsonb not null
);
create index inquiry_message_by_inquiry on statements.inquiry_message (inquiry_id, message_id);

alter table statements.inquiry enable row level security;
grant select, insert, update on statements.inquiry to tributary_portal;
create policy own_partner on statements.inquiry to tributary_portal using (partner_id = (select database.partner()));
alter table statements.inquiry_message enable row level security;
grant select, insert on statements.inquiry_message to tributary_portal;
create policy own_partner on statements.inquiry_message to tributary_portal using (partner_id = (select database.partner()));
alter table statements.branding enable row level security;
grant select on statements.branding to tributary_portal;
create policy everybody on statements.branding to tributary_portal using (true);
