-- programs: what is promoted, where, in which currency and clock.
create schema programs;

create table programs.region (
  region_id   text primary key,
  code        text not null unique,
  name        text not null,
  created_at  timestamptz not null
);

create table programs.program (
  program_id      text primary key,
  code            text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name            text not null,
  status          text not null check (status in ('draft', 'active', 'paused', 'closed')),
  description     text not null default '',
  time_zone       text not null,                 -- IANA; days and months of this program are cut here
  currency        text not null check (currency ~ '^[A-Z]{3}$'),
  owner_user_id   text,
  fallback_url    text not null,                 -- where a click goes that may not reach an offer
  tracking_domain text unique,                   -- own host for links, null: the deployment's host
  attribution     jsonb not null default '{}',   -- rules, see attribution/contracts.ts
  custom_events   jsonb not null default '[]',   -- event types this program declares beyond the built-in ones
  created_at      timestamptz not null,
  revision        integer not null default 1
);

create table programs.offer (
  offer_id          text primary key,
  program_id        text not null references programs.program,
  code              text not null,
  name              text not null,
  status            text not null check (status in ('draft', 'active', 'paused', 'closed')),
  description       text not null default '',
  landing_url       text not null,               -- may hold macros, e.g. https://x.example/?cid={click_id}
  allowed_hosts     text[] not null,             -- hosts (exact or *.suffix) that landing page and deep links may use
  allowed_countries text[] not null default '{}',-- empty: every country
  blocked_countries text[] not null default '{}',
  fallback_url      text,                        -- null: the program's
  tags              text[] not null default '{}',
  owner_user_id     text,
  created_at        timestamptz not null,
  revision          integer not null default 1,
  unique (program_id, code)
);
create index offer_by_program on programs.offer (program_id, offer_id);
create index offer_by_name on programs.offer (name, offer_id);
