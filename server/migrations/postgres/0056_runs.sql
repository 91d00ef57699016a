-- runs: the commission run as a cockpit (docs/adr/0029). Amounts are in minor units; nothing here moves money.
create schema runs;

-- Schedules, calendar, due times, thresholds and approval matrix; a version is never changed.
create table runs.settings (
  version  integer primary key check (version > 0),
  document jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  reason   text not null
);

create table runs.run (
  run_id           text primary key,
  kind             text not null check (kind in ('regular', 'early', 'off_cycle')),
  mode             text not null check (mode in ('statement', 'interim')),
  schedule         text,                       -- code of the schedule whose partners it is for; null: all within its scope
  period_from      date not null,
  period_to        date not null check (period_to > period_from),
  months           date[] not null,
  scope            jsonb not null,             -- {partnerIds, regionIds}; empty lists: everybody
  reason           text not null,
  state            text not null check (state in ('open', 'frozen', 'calculated', 'validated', 'regionally_approved',
                     'centrally_approved', 'finance_approved', 'paid', 'closed', 'cancelled')),
  attempt          integer not null default 0, -- counts its calculations
  settings_version integer not null references runs.settings,
  dues             jsonb not null,             -- state → instant
  working          text check (working in ('freeze', 'calculate', 'validate', 'release')),
  progress         jsonb,                      -- {done, of, what, cursor}: where the work goes on after whatever ended it
  trouble          text,
  asked_by         text,                       -- whose word the work carries out
  asked_for        text,                       -- in whose place, when that person stands in for another
  comment          text not null default '',   -- what that person said
  reopened         integer not null default 0,
  reopen_by        text,
  reopen_at        timestamptz,
  reopen_reason    text,
  opened_by        text not null,
  opened_at        timestamptz not null,
  revision         integer not null default 1,
  check ((reopen_by is null) = (reopen_at is null))
);
create index run_newest on runs.run (period_to desc, run_id desc);
create index run_living on runs.run (state) where state not in ('closed', 'cancelled');
create index run_working on runs.run (run_id) where working is not null;
-- A period is run once: what is wrong is repeated within the run.
create unique index run_regular on runs.run (coalesce(schedule, ''), period_from, period_to) where kind = 'regular' and state <> 'cancelled';

-- Every change of state, for ever.
create table runs.course (
  position   bigint generated always as identity primary key,
  run_id     text not null references runs.run,
  from_state text,
  to_state   text not null,
  attempt    integer not null,
  person     text not null,
  at         timestamptz not null,
  comment    text not null default ''
);
create index course_of_run on runs.course (run_id, position);
create trigger course_append_only before update or delete on runs.course for each row execute function ledger.refuse_change();

-- What the inputs were when the run was frozen.
create table runs.snapshot (
  run_id   text not null references runs.run,
  attempt  integer not null,                   -- the attempt that is calculated from it
  taken_at timestamptz not null,
  document jsonb not null,
  hash     text not null,                      -- sha256 hex of the canonical document
  primary key (run_id, attempt)
);

create table runs.attempt (
  run_id        text not null references runs.run,
  attempt       integer not null,
  calculated_at timestamptz not null,
  last_line     bigint not null,               -- commission lines up to here were seen: what came later explains the next attempt
  partners      integer not null,
  hash          text not null,                 -- sha256 hex over the items in their order
  primary key (run_id, attempt)
);

-- Statements that a run is about. One run closes a statement; several may pay on account of a month that is open.
create table runs.claim (
  statement_id text not null,
  run_id       text not null references runs.run,
  partner_id   text not null,
  currency     text not null,
  month        date not null,
  mode         text not null check (mode in ('statement', 'interim')),
  primary key (statement_id, run_id)
);
create unique index claim_once on runs.claim (statement_id) where mode = 'statement';
create index claim_of_run on runs.claim (run_id, partner_id);

-- A partner's amount in an attempt.
create table runs.item (
  run_id          text not null references runs.run,
  attempt         integer not null,
  partner_id      text not null,
  currency        text not null,
  region_id       text,
  owner_user_id   text,
  statement_ids   text[] not null,
  earned          bigint not null,
  earned_before   bigint not null,
  opening_payable bigint not null,
  adjusted        bigint not null,
  closing_payable bigint not null,
  closing_held    bigint not null,
  to_pay          bigint not null,
  causes          jsonb not null,
  change          bigint not null generated always as (earned - earned_before) stored,
  marks           jsonb not null,
  mark_codes      text[] not null,
  is_exception    boolean not null,
  entered_by      jsonb not null,              -- [{userId, what}]
  figures_hash    text not null,               -- what an approval is about
  need_regional   smallint not null,
  need_central    smallint not null,
  need_finance    smallint not null,
  got_regional    smallint not null default 0,
  got_central     smallint not null default 0,
  got_finance     smallint not null default 0,
  excluded_by     text,
  excluded_why    text not null default '',
  sent_back_by    text,
  sent_back_why   text not null default '',
  released        boolean not null default false,
  primary key (run_id, attempt, partner_id, currency)
);
create index item_by_amount on runs.item (run_id, attempt, to_pay desc, partner_id, currency);

-- What of a partner's amount came from where, now and in the period before.
create table runs.cell (
  run_id          text not null,
  attempt         integer not null,
  partner_id      text not null,
  currency        text not null,
  program_id      text not null,
  component       text not null,
  model           text not null,
  tier            text not null,
  quantity        numeric not null,
  quantity_before numeric not null,
  amount          bigint not null,
  amount_before   bigint not null,
  primary key (run_id, attempt, partner_id, currency, program_id, component, model, tier)
);

-- Words of people about a partner's amount. Append only but for `stands`: a word falls when what it was about changes.
create table runs.decision (
  decision_id  bigint generated always as identity primary key,
  run_id       text not null references runs.run,
  attempt      integer not null,
  partner_id   text not null,
  currency     text not null,
  level        text check (level in ('regional', 'central', 'finance')),
  decision     text not null check (decision in ('approve', 'send_back', 'exclude', 'include')),
  person       text not null,
  acting_for   text,
  comment      text not null default '',
  figures_hash text not null,
  at           timestamptz not null,
  stands       boolean not null default true,
  check ((decision = 'approve') = (level is not null))
);
-- One person, and one whom somebody stands in for, approves a partner's amount once, whatever the level.
create unique index decision_once on runs.decision (run_id, attempt, partner_id, currency, person) where decision = 'approve' and stands;
create unique index decision_for_once on runs.decision (run_id, attempt, partner_id, currency, acting_for)
  where decision = 'approve' and stands and acting_for is not null;

create table runs.delegation (
  delegation_id text primary key,
  from_user_id  text not null,
  to_user_id    text not null,
  valid_from    date not null,
  valid_to      date not null,                 -- the last day
  levels        text[] not null,
  reason        text not null,
  made_by       text not null,
  made_at       timestamptz not null,
  ended_at      timestamptz,
  ended_by      text,
  check (from_user_id <> to_user_id),
  check (valid_to >= valid_from)
);
create index delegation_to on runs.delegation (to_user_id, valid_to);
