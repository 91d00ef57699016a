-- tracking: vanity paths, expiry, targeting and parameters of links; smart links; caps with their counters.
alter table tracking.link drop constraint link_code_check;
alter table tracking.link
  add check (code ~ '^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){0,4}$' and length(code) between 3 and 120),
  add column landing_id text references programs.landing_page,
  add column utm jsonb not null default '{}',
  add column targeting jsonb not null default '{}',
  add column valid_from timestamptz,
  add column valid_to timestamptz;

-- A choice between several offers. Links stand for it; `offer_id` is where clicks go when no option fits.
create table tracking.smart_link (
  smart_id     text primary key,
  program_id   text not null references programs.program,
  name         text not null,
  mode         text not null check (mode in ('weights', 'best')),
  explore      smallint not null check (explore between 0 and 100),   -- percent
  least_clicks integer not null check (least_clicks > 0),
  offer_id     text not null references programs.offer,
  options      jsonb not null,               -- [{offerId, weight, rank, when}], contract/src/smart-links.ts
  status       text not null check (status in ('active', 'paused', 'archived')),
  created_by   text not null,
  created_at   timestamptz not null,
  revision     integer not null default 1
);
create index smart_link_by_program on tracking.smart_link (program_id, smart_id);
alter table tracking.link add column smart_id text references tracking.smart_link;
create index link_by_smart on tracking.link (smart_id) where smart_id is not null;
alter table tracking.smart_link enable row level security;
grant select on tracking.smart_link to tributary_portal;
create policy open_to_partners on tracking.smart_link for select to tributary_portal using (status = 'active'
  or smart_id in (select l.smart_id from tracking.link l));

-- What each offer earned for its clicks, measured by a job. One row per offer.
create table tracking.offer_earnings (
  offer_id    text primary key references programs.offer,
  program_id  text not null references programs.program,
  clicks      bigint not null,
  earned_minor bigint not null,              -- commission, in the program's currency
  from_day    date not null,
  to_day      date not null,                 -- exclusive
  measured_at timestamptz not null
);

create table tracking.cap (
  cap_id      text primary key,
  program_id  text not null references programs.program,
  name        text not null,
  offer_id    text references programs.offer,
  partner_id  text references partners.partner,
  each        text not null check (each in ('all', 'partner', 'source', 'sub1', 'sub2', 'sub3', 'sub4', 'sub5', 'sub6', 'sub7', 'sub8', 'sub9', 'sub10')),
  metric      text not null check (metric in ('clicks', 'conversions', 'amount')),
  event_type  text check ((event_type is null) = (metric = 'clicks')),
  most        bigint not null check (most > 0),   -- count, or minor units of the program's currency
  period      text not null check (period in ('day', 'week', 'month', 'total')),
  overflow    text not null check (overflow in ('fallback', 'pend', 'stop')),
  overflow_url text,
  overflow_offer_id text references programs.offer,
  warn_at     smallint not null check (warn_at between 1 and 100),
  status      text not null check (status in ('active', 'paused', 'archived')),
  created_by  text not null,
  created_at  timestamptz not null,
  revision    integer not null default 1,
  check (metric <> 'clicks' or overflow = 'fallback')
);
create index cap_by_program on tracking.cap (program_id, cap_id);

-- How much of a cap is used. Clicks: what edges have reserved; conversions and amounts: exact.
create table tracking.cap_count (
  cap_id      text not null references tracking.cap,
  period_from date not null,                 -- first day in the program's zone; 0001-01-01: since ever
  partner_id  text not null default '',      -- '': the counter is everybody's
  value       text not null default '',      -- of the source or sub ID
  used        bigint not null,
  near_at     timestamptz,                   -- when it was announced that little is left
  reached_at  timestamptz,
  primary key (cap_id, period_from, partner_id, value)
);

-- What a conversion took of a cap, or how it was kept from counting: to give it back when the event is corrected or reversed.
create table tracking.cap_use (
  event_id    bigint not null,
  cap_id      text not null references tracking.cap,
  period_from date not null,
  partner_id  text not null,
  value       text not null,
  amount      bigint not null,               -- 1, or minor units
  outcome     text not null check (outcome in ('counted', 'pend', 'stop', 'released')),
  decided_at  timestamptz not null,
  primary key (event_id, cap_id)
);
create index cap_use_waiting on tracking.cap_use (cap_id, event_id) where outcome in ('pend', 'stop');

-- pend: its commission waits for a decision; stop: it earns nothing. The event itself stays what it is.
alter table tracking.event add column cap text check (cap in ('pend', 'stop'));
create index event_capped on tracking.event (program_id, event_id) where cap is not null and superseded_by is null;

alter table tracking.cap enable row level security;
grant select on tracking.cap to tributary_portal;
create policy own_partner on tracking.cap for select to tributary_portal
  using (status <> 'archived' and (partner_id = (select database.partner()) or (partner_id is null and each <> 'all')));
alter table tracking.cap_count enable row level security;
grant select on tracking.cap_count to tributary_portal;
create policy own_partner on tracking.cap_count for select to tributary_portal using (partner_id = (select database.partner())
  or (partner_id = '' and cap_id in (select c.cap_id from tracking.cap c where c.partner_id = (select database.partner()))));
