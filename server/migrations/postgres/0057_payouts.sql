-- payouts: money leaves the house (docs/adr/0031). Batches from approved statements, released by two people, sent once, heard back.
create schema payouts;

-- From where the operator pays: an account at a bank (files) or at a provider (its API). Changed by two people only (payouts.change).
create table payouts.source (
  source_id  text primary key,
  name       text not null unique,
  method     text not null check (method in ('bank', 'paypal', 'wise', 'payoneer')),
  via        text not null check (via in ('file', 'api')),
  format     text,                               -- of the file
  currencies text[] not null,                    -- what it pays
  countries  text[] not null,                    -- of the payee's account; empty: all
  cut_off    text not null check (cut_off ~ '^[0-2][0-9]:[0-5][0-9]$'),
  time_zone  text not null,
  lead_days  integer not null check (lead_days between 0 and 10),
  arrival_days integer not null check (arrival_days between 0 and 10),
  fees       jsonb not null default '{}',        -- {currency: minor units} that a payee who bears them is charged per payout
  shown      jsonb not null,                     -- what may be read of it: the masked account, who sends, the environment
  sealed     text not null,                      -- account and credentials, sealed with the deployment's key
  position   integer not null default 100,       -- the first that fits pays
  state      text not null default 'active' check (state in ('active', 'closed')),
  created_at timestamptz not null,
  revision   integer not null default 1,
  check ((via = 'file') = (format is not null))
);

-- Up to where one person may release; '*' stands for everybody without a row of their own.
create table payouts.release_limit (
  person      text not null,
  currency    text not null,
  limit_minor bigint not null check (limit_minor >= 0),
  primary key (person, currency)
);

-- Proposed by one, put in force by another.
create table payouts.change (
  change_id   text primary key,
  kind        text not null check (kind in ('source', 'limits')),
  subject_id  text,                              -- null: a new one
  shown       jsonb not null,
  sealed      text,
  state       text not null check (state in ('proposed', 'approved', 'declined')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by  text,
  decided_at  timestamptz,
  check ((state = 'proposed') = (decided_by is null)),
  check (decided_by is null or decided_by <> proposed_by or state = 'declined')
);
create index change_open on payouts.change (change_id) where state = 'proposed';

create table payouts.batch (
  batch_id       text primary key,
  name           text not null,
  state          text not null check (state in ('preparing', 'prepared', 'released', 'finished', 'cancelled')),
  execution_date date not null,
  until_month    date,                           -- statements of later months were left out
  selection      jsonb not null,                 -- {currencies, methods, partnerIds}: empty lists mean all
  prepared_by    text not null,
  prepared_at    timestamptz not null,
  hands          text[] not null,                -- everybody who said what is in it; none of them releases it
  released_by    text,
  released_at    timestamptz,
  control_sum    text,                           -- as released
  cancelled_by   text,
  cancelled_at   timestamptz,
  cancel_reason  text,
  finished_at    timestamptz,
  revision       integer not null default 1,
  check (released_by is null or not released_by = any (hands)),
  check ((released_by is null) = (released_at is null)),
  check ((state in ('released', 'finished')) = (released_by is not null))
);
create index batch_newest on payouts.batch (batch_id desc);

-- One file, or one stretch of calls to a provider.
create table payouts.dispatch (
  dispatch_id    text primary key,
  batch_id       text not null references payouts.batch,
  source_id      text not null references payouts.source,
  method         text not null,
  via            text not null,
  format         text,
  currency       text not null,
  state          text not null check (state in ('pending', 'sending', 'written', 'sent', 'failed')),
  execution_date date not null,
  payouts        integer not null,
  total_minor    bigint not null,
  provider_ref   text,
  attempts       integer not null default 0,
  retry_at       timestamptz,
  leased_until   timestamptz,                    -- somebody works on it; runs out when that one is killed
  problem        text,
  started_at     timestamptz,
  sent_at        timestamptz,
  polled_at      timestamptz
);
create index dispatch_by_batch on payouts.dispatch (batch_id);
create index dispatch_to_send on payouts.dispatch (dispatch_id) where state in ('pending', 'sending');

-- What was written for a dispatch: one file for ever, sealed, known by its hash.
create table payouts.file (
  dispatch_id text primary key references payouts.dispatch,
  file_name   text not null,
  media_type  text not null,
  sealed      text not null,
  sha256      text not null,
  bytes       integer not null,
  control_sum text,
  changes     jsonb not null,
  written_at  timestamptz not null,
  fetched_by  text,
  fetched_at  timestamptz
);

create table payouts.payout (
  payout_id      text primary key,               -- with - for _ it is the key that goes to the bank and to the provider
  batch_id       text not null references payouts.batch,
  payee_id       text not null,
  payee_name     text not null,
  method         text not null,
  currency       text not null,
  amount_minor   bigint not null,                -- what leaves
  fee_minor      bigint not null,                -- what the payee bears of its cost
  state          text not null check (state in ('prepared', 'held', 'excluded', 'cancelled', 'released', 'sent', 'accepted', 'settled', 'rejected', 'returned')),
  reasons        jsonb not null,                 -- [{code, blocks, text}]: what the checks found
  detail_id      text,                           -- where it goes, as it was checked
  account        text not null,                  -- masked
  charge_bearer  text not null,
  source_id      text references payouts.source,
  dispatch_id    text references payouts.dispatch,
  replaces       text references payouts.payout,
  reason         text,                           -- why it was excluded, rejected or returned
  reason_by      text,
  provider_ref   text,
  trace          text,
  arrival_on     date,                           -- when the payee can expect it
  asked_at       timestamptz,                    -- the intent to call the provider was written down; what came of it may be unknown
  sent_at        timestamptz,
  ended_at       timestamptz,
  created_at     timestamptz not null,
  check (state in ('held', 'excluded', 'cancelled') or amount_minor > 0),
  check (replaces is null or replaces <> payout_id)
);
create index payout_by_batch on payouts.payout (batch_id, payout_id);
create index payout_by_dispatch on payouts.payout (dispatch_id) where dispatch_id is not null;
create index payout_by_payee on payouts.payout (payee_id, payout_id);
create index payout_by_provider on payouts.payout (provider_ref) where provider_ref is not null;
create index payout_by_trace on payouts.payout (trace) where trace is not null;
create index payout_under_way on payouts.payout (payout_id) where state in ('released', 'sent', 'accepted');
-- What came back is issued anew once.
create unique index payout_reissued on payouts.payout (replaces) where replaces is not null and state not in ('held', 'excluded', 'cancelled');

-- The part of a statement that a payout pays. What is reserved goes into no other batch.
create table payouts.item (
  payout_id      text not null references payouts.payout,
  statement_id   text not null,
  payee_id       text not null,
  partner_id     text not null references partners.partner,
  currency       text not null,                  -- of the statement
  gross_minor    bigint not null,                -- what it takes of the statement's payable
  withheld_minor bigint not null default 0,      -- of payees without invoices; else the invoice withholds, and books VAT
  reserve_minor  bigint not null default 0,
  fee_minor      bigint not null default 0,      -- in the statement's currency
  net_minor      bigint not null,                -- gross - withheld - reserve - fee
  paid_minor     bigint not null,                -- the same in the payout's currency
  rate           numeric,                        -- units of the payout's currency for one of the statement's; null: the same
  rate_on        date,
  rate_source    text,
  by_program     jsonb,                          -- [[program, weight]] where payees share a statement by its programs; null: the whole of it
  invoice_id     text,
  invoice_number text,
  reserved       boolean not null,              -- spoken for by a prepared payout; from its release on the ledger knows
  primary key (payout_id, statement_id),
  check (net_minor = gross_minor - withheld_minor - reserve_minor - fee_minor)
);
create unique index item_once on payouts.item (statement_id, payee_id) where reserved;
create index item_by_statement on payouts.item (statement_id);
create index item_by_partner on payouts.item (partner_id, payout_id);

-- What happened to payouts, append only.
create table payouts.progress (
  progress_id bigint generated always as identity primary key,
  payout_id   text not null references payouts.payout,
  at          timestamptz not null,
  state       text not null,
  told        text not null,
  reason_code text,
  sentence    text not null,
  origin      text not null,                     -- a person, 'file', 'webhook', 'poll', 'bank'
  report_id   text
);
create index progress_of_payout on payouts.progress (payout_id, progress_id);

-- What banks and providers told; the same bytes are taken once.
create table payouts.report (
  report_id   text primary key,
  sha256      text not null unique,
  name        text not null,
  format      text not null,
  origin      text not null,
  source_id   text,
  received_by text not null,
  received_at timestamptz not null,
  statuses    integer not null,
  applied     integer not null,
  unknown     integer not null
);

-- Statuses whose reference nobody knows: they wait for a person.
create table payouts.unmatched (
  unmatched_id text primary key,
  report_id    text not null references payouts.report,
  told         jsonb not null,                   -- {status, told, reason, sentence, amount, references}
  state        text not null check (state in ('waiting', 'matched', 'dismissed')),
  payout_id    text references payouts.payout,
  note         text not null default '',
  decided_by   text,
  decided_at   timestamptz,
  received_at  timestamptz not null
);
create index unmatched_newest on payouts.unmatched (state, unmatched_id desc);

-- A partner sees its own parts, and of the payout what is not about others.
grant usage on schema payouts to tributary_portal;
grant select on payouts.item to tributary_portal;
grant select (payout_id, batch_id, payee_id, payee_name, method, currency, state, account, replaces, reason, arrival_on, sent_at, ended_at, created_at) on payouts.payout
  to tributary_portal;
grant select (progress_id, payout_id, at, state) on payouts.progress to tributary_portal;
alter table payouts.item enable row level security;
alter table payouts.payout enable row level security;
alter table payouts.progress enable row level security;
create policy own_partner on payouts.item to tributary_portal using (partner_id = (select database.partner()));
create policy own_partner on payouts.payout to tributary_portal
  using (state in ('released', 'sent', 'accepted', 'settled', 'rejected', 'returned') and exists (select from payouts.item i where i.payout_id = payout.payout_id));
create policy own_partner on payouts.progress to tributary_portal using (exists (select from payouts.payout p where p.payout_id = progress.payout_id));

-- access: a code of a second factor is good once, also within its half minute.
create table access.second_factor_use (
  user_id text not null references access."user" on delete cascade,
  step    bigint not null,
  used_at timestamptz not null,
  purpose text not null,
  primary key (user_id, step)
);
create table access.second_factor_failure (
  user_id text not null references access."user" on delete cascade,
  at      timestamptz not null
);
create index second_factor_failure_recent on access.second_factor_failure (user_id, at);
