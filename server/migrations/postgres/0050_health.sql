-- health: what is unusual about clicks, conversions and calls, told once, until it is over.
create schema health;

-- What a program wants to be told. No row: the defaults.
create table health.setting (
  program_id      text primary key references programs.program,
  sensitivity     text not null check (sensitivity in ('low', 'normal', 'high')),
  kinds           text[] not null,
  partner_kinds   text[] not null,                 -- what partners are shown of their own
  new_normal_days integer not null check (new_normal_days between 1 and 90),
  mail            boolean not null,
  emails          text[] not null,                 -- besides the partner's and the program's owner
  quiet           jsonb not null,                  -- [{from, to, name, partnerId}]: days on which nothing is expected
  revision        integer not null default 1
);

create table health.alert (
  alert_id          text primary key,
  program_id        text not null references programs.program,
  partner_id        text references partners.partner,       -- null: calls of a source
  offer_id          text references programs.offer,         -- null: all offers
  source_id         text,
  kind              text not null check (kind in ('clicks', 'conversions', 'delay', 'postback_errors', 'rejected_calls')),
  event_type        text not null default '',
  direction         text not null check (direction in ('drop', 'surge', 'longer', 'shorter', 'errors')),
  state             text not null check (state in ('open', 'acknowledged', 'closed')),
  since             timestamptz not null,
  opened_at         timestamptz not null,
  updated_at        timestamptz not null,
  closed_at         timestamptz,
  closed_why        text check (closed_why in ('recovered', 'new_normal', 'explained')),
  expected          double precision not null,     -- events, bad calls, or seconds
  seen              double precision not null,
  level             double precision not null,     -- events of an average hour before it
  chance            double precision not null,     -- how likely without a cause
  reasons           jsonb not null default '[]',
  for_partner       boolean not null,
  acknowledged_by   text,
  acknowledged_name text,
  acknowledged_at   timestamptz,
  note              text not null default '',
  muted_until       timestamptz,
  revision          integer not null default 1
);
-- One thing is told once while it goes on.
create unique index alert_living on health.alert (program_id, coalesce(partner_id, ''), coalesce(offer_id, ''), coalesce(source_id, ''), kind, event_type)
  where state <> 'closed';
create index alert_newest on health.alert (program_id, alert_id desc);
create index alert_of_partner on health.alert (partner_id, alert_id desc);
create index alert_ended on health.alert (program_id, closed_at) where state = 'closed';

-- How far each program was watched, so that a start after a pause looks at what was missed.
create table health.watched (
  program_id text primary key references programs.program,
  until      timestamptz not null
);

grant usage on schema health to tributary_portal;
grant select on health.alert to tributary_portal;
alter table health.alert enable row level security;
create policy own_partner on health.alert to tributary_portal using (partner_id = (select database.partner()) and for_partner);

-- Attempts to call partners, by time: how many fail is asked every few minutes.
create index attempt_by_time on tracking.attempt (at);
