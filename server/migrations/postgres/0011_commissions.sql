-- commissions: facts (what the calculation reads), lines (what it yields), what is due to be calculated again.
create schema commissions;

-- Effective events folded per customer, day (program zone), product and measure. Amounts in minor units, quantities exact.
create table commissions.fact_day (
  customer_id bigint not null,
  day         date not null,
  product     text not null default '',
  measure     text not null,                 -- deposit, withdrawal, ggr, ngr, bonus, fees, taxes, sale, refund, chargeback, notional, spread, commission, lots …
  currency    text not null default '',      -- '' for quantities
  amount      numeric not null,              -- minor units (integers) or a quantity
  events      integer not null,
  primary key (customer_id, day, product, measure, currency)
);

create table commissions.milestone (
  customer_id       bigint primary key,
  registered_at     timestamptz,
  kyc_at            timestamptz,
  ftd_at            timestamptz,
  ftd_minor         bigint,
  ftd_currency      text,
  ftd_event_id      bigint,
  second_deposit_at timestamptz,
  second_deposit_event_id bigint,
  revision          integer not null default 1
);

-- (agreement, month) pairs whose facts changed since they were calculated.
create table commissions.dirty (
  partner_id text not null,
  program_id text not null,
  month      date not null,                  -- first day, program zone
  marked_at  timestamptz not null,
  revision   bigint not null default 1,      -- counts the marks: a calculation deletes the row only as it read it
  problem    text,                           -- why it could not be calculated (a missing rate); tried again when marked again
  primary key (program_id, partner_id, month)
);

-- Append only: the newest version of a key is what is booked.
create table commissions.line (
  line_id       bigint generated always as identity primary key,
  line_key      text not null,               -- agreement version : component : subject kind : subject : period
  version       integer not null,
  partner_id    text not null,
  program_id    text not null,
  agreement_version_id text not null,
  component     text not null,
  subject_kind  text not null check (subject_kind in ('customer', 'event', 'period', 'partner')),
  subject_id    text not null,
  month         date not null,               -- the month it was earned in
  booked_month  date not null,               -- the open month the difference was booked in
  earned_on     date not null,               -- the day it was earned: of qualification, or the last of the month
  currency      text not null,
  amount_minor  bigint not null,
  difference_minor bigint not null,          -- against the version before
  held_until    date,                        -- payable from this day on; null: at once
  working       jsonb not null,              -- inputs, steps, rule, tier, rate, rounding, alternatives that lost
  working_hash  text not null,               -- sha256 hex of the canonical working with the amount
  calculated_at timestamptz not null,
  unique (line_key, version)
);
create index line_by_pair on commissions.line (program_id, partner_id, month, line_id);
create index line_by_partner on commissions.line (partner_id, line_id);
create index line_by_booked on commissions.line (partner_id, currency, booked_month, line_id);
create index line_by_subject on commissions.line (subject_kind, subject_id);
create trigger line_append_only before update or delete on commissions.line for each row execute function ledger.refuse_change();

-- What of a line is still held, so that releasing is one indexed look; equal to the ledger's held postings of the line key.
create table commissions.held (
  line_key   text primary key,
  version    integer not null,               -- line version that set it
  partner_id text not null,
  program_id text not null,
  currency   text not null,
  held_minor bigint not null check (held_minor > 0),
  held_until date not null
);
create index held_by_day on commissions.held (held_until);
create index held_by_partner on commissions.held (partner_id);

-- Negative base carried from one month into the next, per component of an agreement; exact, in whole units of the currency.
create table commissions.carry (
  partner_id  text not null,
  program_id  text not null,
  component   text not null,
  month       date not null,                 -- the month it is carried into
  currency    text not null,
  base        numeric not null check (base <= 0),
  primary key (program_id, partner_id, component, month)
);

-- A signed correction by a person, booked when another person has approved it.
create table commissions.adjustment (
  adjustment_id text primary key,
  partner_id    text not null,
  program_id    text not null,
  currency      text not null,
  amount_minor  bigint not null check (amount_minor <> 0),
  month         date not null,               -- the month it is meant for; booked in it or the next open one
  reason        text not null,
  line_key      text,                        -- the line it corrects, if one
  status        text not null check (status in ('proposed', 'approved', 'declined')),
  proposed_by   text not null,
  proposed_at   timestamptz not null,
  decided_by    text,
  decided_at    timestamptz,
  booked_month  date,
  check (decided_by is null or decided_by <> proposed_by)
);
create index adjustment_by_partner on commissions.adjustment (partner_id, adjustment_id);

create table commissions.rate (
  source   text not null,                    -- 'ecb'
  day      date not null,
  currency text not null,                    -- units of this currency for one unit of base
  base     text not null default 'EUR',
  rate     numeric not null check (rate > 0),
  loaded_at timestamptz not null,
  primary key (source, base, currency, day)
);
