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
  revision          integer not null default 1
);

-- (agreement, month) pairs whose facts changed since they were calculated.
create table commissions.dirty (
  partner_id text not null,
  program_id text not null,
  month      date not null,                  -- first day, program zone
  marked_at  timestamptz not null,
  revision   bigint not null default 1,      -- counts the marks: a calculation deletes the row only as it read it
  primary key (program_id, partner_id, month)
);

-- Append only: the newest version of a key is what is booked.
create table commissions.line (
  line_id       bigint generated always as identity primary key,
  line_key      text not null,               -- agreement version : component : subject : period
  version       integer not null,
  partner_id    text not null,
  program_id    text not null,
  agreement_version_id text not null,
  component     text not null,
  subject_kind  text not null check (subject_kind in ('customer', 'event', 'period', 'partner')),
  subject_id    text not null,
  month         date not null,               -- the month it was earned in
  booked_month  date not null,               -- the open month the difference was booked in
  currency      text not null,
  amount_minor  bigint not null,
  difference_minor bigint not null,          -- against the version before
  held_until    date,
  working       jsonb not null,              -- inputs, steps, rule, tier, rate, rounding, alternatives that lost
  facts_hash    text not null,
  calculated_at timestamptz not null,
  unique (line_key, version)
);
create index line_by_partner on commissions.line (partner_id, month, line_id);
create index line_by_booked on commissions.line (partner_id, booked_month, line_id);
create index line_by_subject on commissions.line (subject_kind, subject_id);

-- Negative base carried from one month into the next, per agreement version component.
create table commissions.carry (
  partner_id  text not null,
  program_id  text not null,
  component   text not null,
  month       date not null,                 -- the month it is carried into
  currency    text not null,
  base_minor  bigint not null check (base_minor <= 0),
  primary key (partner_id, program_id, component, month)
);

create table commissions.rate (
  source   text not null,                    -- 'ecb'
  day      date not null,
  currency text not null,                    -- units of this currency for one unit of base
  base     text not null default 'EUR',
  rate     numeric not null check (rate > 0),
  loaded_at timestamptz not null,
  primary key (source, base, currency, day)
);
