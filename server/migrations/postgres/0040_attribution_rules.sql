-- attribution: rules in versions, customers known before, decisions that name their rules, and decisions done again.

-- Rules of a program. On a day the newest version holds that covers it; the first covers every day. Append only.
create table attribution.rules_version (
  program_id  text not null,
  version     integer not null,               -- 1, 2, … within the program
  rules       jsonb not null,                 -- whole, see attribution/core/rules.ts
  valid_from  date,                           -- in the program's zone; null: from the beginning
  valid_until date,                           -- exclusive; null: until further notice
  created_by  text,                           -- user id; null: with the program itself
  created_at  timestamptz not null,
  reason      text not null,
  primary key (program_id, version),
  check (version > 0 and (valid_until is null or valid_from is null or valid_from < valid_until))
);

-- What was stored before there were versions means what it always did, and is version 1.
insert into attribution.rules_version (program_id, version, rules, created_at, reason)
  select program_id, 1, attribution, created_at, 'The rules with which the program began.' from programs.program;

-- Customers whom the operator had before there was a program, or brought from elsewhere, by the operator's own id.
create table attribution.known_customer (
  program_id   text not null,
  customer_ref text not null,
  known_since  timestamptz not null,          -- -infinity: since ever
  noted_by     text not null,                 -- user, key or system
  noted_at     timestamptz not null,
  primary key (program_id, customer_ref)
);

-- A decision names its version; rules are repeated no more, unless they were only tried out or the decision is from before.
alter table attribution.decision alter column rules drop not null,
  add column rules_version integer,           -- null: from before there were versions, or a person's
  add column claim jsonb,                     -- of a decision by hand: what was given
  add column given_from date;                 -- of a decision by hand: first day; null: from the beginning

update attribution.decision d set claim = jsonb_build_object('partnerId', c.partner_id, 'linkId', c.link_id,
    'offerId', c.offer_id, 'clickId', c.click_id, 'country', c.country, 'dimensions', c.dimensions), given_from = c.owned_from
  from attribution.customer c where c.by_hand and c.decision_id = d.decision_id;
create index decision_by_hand on attribution.decision (customer_id) where decided_by is not null;

-- Deciding again: what was asked, how far it came, and what changed. A run that was killed goes on where it stood.
create table attribution.replay_run (
  run_id        text primary key,
  program_id    text not null,
  kind          text not null check (kind in ('preview', 'apply')),
  state         text not null check (state in ('waiting', 'running', 'done', 'failed')),
  rules         jsonb,                        -- of a preview: the rules that are tried; null: the stored ones
  valid_from    date,                         -- days that are decided by them
  valid_until   date,
  rules_version integer,                      -- of a run that applies: the version it brings into effect; null: all as they stand
  after_id      bigint not null default 0,    -- customers up to it are done
  customers     bigint not null default 0,    -- looked at
  expected      bigint not null default 0,
  moves         jsonb not null default '[]',  -- [{from, to, customers, events}]
  commissions   jsonb,                        -- of a preview: [{partnerId, currency, bookedMinor, replayedMinor}]
  problem       text,
  created_by    text not null,
  created_at    timestamptz not null,
  finished_at   timestamptz
);
create index replay_run_by_program on attribution.replay_run (program_id, run_id);

-- What partners may read of the rules: nothing that names partners.
create view attribution.rules_shown as
  select program_id, version, rules - 'noOverwritePartners' - 'windows' as rules, valid_from, valid_until,
         null::text as created_by, created_at, '' as reason
  from attribution.rules_version;
grant select on attribution.rules_shown to tributary_portal;
