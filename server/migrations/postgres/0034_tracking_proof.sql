-- tracking: tests. What was a test is kept here and nowhere else: no event, no customer, no commission comes of it.

-- A source whose calls are tests, made for a run of a test or kept for an operator's own test system.
alter table tracking.event_source add column test boolean not null default false;

alter table tracking.receipt drop constraint receipt_fate_check;
alter table tracking.receipt add constraint receipt_fate_check
  check (fate in ('accepted', 'duplicate', 'corrected', 'reversed', 'unattributed', 'rejected', 'test'));

-- Each line of a call that was a test, as it was understood.
create table tracking.test_line (
  lane         integer not null,
  seq          bigint not null,
  line         integer not null,
  program_id   text not null,
  source_id    text not null,
  door         text not null,
  partner_id   text,                  -- of the test click
  offer_id     text,
  link_id      text,
  click_id     text,
  customer_ref text,
  reason       text not null,         -- why it was a test; of a refused line: why it was refused
  detail       text,
  sent         jsonb not null,
  raw          text,
  received_at  timestamptz not null,
  primary key (lane, seq, line)
);
create index test_line_by_click on tracking.test_line (click_id, received_at) where click_id is not null;
create index test_line_by_customer on tracking.test_line (program_id, customer_ref, received_at) where customer_ref is not null;

-- Customers that came by a test click: what is sent of them later, without the click, is a test too.
create table tracking.test_customer (
  program_id   text not null,
  customer_ref text not null,
  click_id     text not null,
  until        timestamptz not null,
  primary key (program_id, customer_ref)
);
create index test_customer_living on tracking.test_customer (until);

-- A run of a test, and what it showed: the evidence on a partner's tracking set-up for an offer.
create table tracking.proof_run (
  run_id        text primary key,
  kind          text not null check (kind in ('link', 'postback')),
  state         text not null check (state in ('running', 'passed', 'failed', 'ended')),
  partner_id    text not null references partners.partner,
  program_id    text not null references programs.program,
  offer_id      text not null references programs.offer,
  link_id       text references tracking.link,
  click_id      text,
  options       jsonb not null,
  result        jsonb not null,
  -- Hashes of the configuration that each part of the evidence rests on, by part.
  configuration jsonb not null,
  started_by    text not null,
  started_name  text not null,
  by_partner    boolean not null,
  started_at    timestamptz not null,
  finished_at   timestamptz,
  revision      integer not null default 1
);
create index proof_run_by_partner on tracking.proof_run (partner_id, run_id desc);
create index proof_run_by_offer on tracking.proof_run (partner_id, offer_id, run_id desc);

do $$
declare
  entry record;
begin
  for entry in select * from (values
    ('tracking.test_line', 'select'),
    ('tracking.proof_run', 'select, insert, update')
  ) as t(name, rights) loop
    execute format('grant %s on %s to tributary_portal', entry.rights, entry.name);
    execute format('alter table %s enable row level security', entry.name);
    execute format('create policy own_partner on %s to tributary_portal using (partner_id = (select database.partner()))', entry.name);
  end loop;
end $$;
