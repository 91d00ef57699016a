-- tracking: links, codes, sources of events, the events themselves and what became of each call, postbacks to partners.
create schema tracking;

create table tracking.link (
  link_id     text primary key,
  num         integer generated always as identity unique,  -- what a click id carries
  code        text not null unique check (code ~ '^[A-Za-z0-9_-]{3,64}$'), -- GET /c/<code>
  program_id  text not null references programs.program,
  offer_id    text not null references programs.offer,
  partner_id  text not null references partners.partner,
  name        text not null default '',
  source      text not null default '',
  creative    text not null default '',
  deep_link   text,                                          -- default destination instead of the offer's landing page
  status      text not null check (status in ('active', 'paused', 'archived')),
  created_by  text not null,
  created_at  timestamptz not null,
  revision    integer not null default 1
);
create index link_by_partner on tracking.link (partner_id, link_id);
create index link_by_program on tracking.link (program_id, link_id);

create table tracking.referral_code (
  code        text not null,                                 -- stored upper case
  program_id  text not null references programs.program,
  partner_id  text not null references partners.partner,
  link_id     text references tracking.link,
  valid_from  timestamptz,
  valid_to    timestamptz,
  created_by  text not null,
  created_at  timestamptz not null,
  primary key (program_id, code)
);

-- A system of the operator that may send events: its token for postbacks and pixels, its secret for signatures.
create table tracking.event_source (
  source_id   text primary key,
  program_id  text not null references programs.program,
  name        text not null,
  token_hash  text not null unique,          -- sha256 hex of the token; the token is shown once
  secret      text not null,                 -- HMAC-SHA256 key, sealed with the deployment's key
  require_signature boolean not null default false,
  status      text not null check (status in ('active', 'revoked')),
  created_by  text not null,
  created_at  timestamptz not null
);

create table tracking.event (
  event_id     bigint generated always as identity primary key,
  program_id   text not null,
  source_id    text not null,                -- tracking.event_source, or 'console', 'demo', …
  type         text not null,
  external_id  text not null,
  customer_ref text not null,                -- the operator's customer id
  customer_id  bigint not null,              -- attribution.customer
  partner_id   text,                         -- whose the customer was on the event's day, as attribution says; null: nobody's
  occurred_at  timestamptz not null,
  received_at  timestamptz not null,
  lane         integer not null,
  seq          bigint not null,
  line         integer not null default 0,   -- position inside a call that carried many events
  currency     text,
  measures     jsonb not null default '{}',  -- {name: minor units as digits in a string}
  quantities   jsonb not null default '{}',  -- {name: exact decimal as a string}
  dimensions   jsonb not null default '{}',  -- product, brand, instrument, account_type, country …
  click_id     text,
  code         text,
  partner_hint text,
  bad_click_id text,                         -- what stood in the click id's place and was not issued here
  content_hash text not null,                -- equal for a duplicate, different for a correction
  replaces     bigint,
  superseded_by bigint,
  void         boolean not null default false,
  revision     integer not null default 1
);
create unique index event_effective on tracking.event (program_id, source_id, type, external_id) where superseded_by is null;
create index event_by_customer on tracking.event (customer_id, occurred_at);
create index event_by_partner on tracking.event (partner_id, event_id) where partner_id is not null;

-- What became of each event that was sent: one row per event in a call.
create table tracking.receipt (
  lane        integer not null,
  seq         bigint not null,
  line        integer not null default 0,
  fate        text not null check (fate in ('accepted', 'duplicate', 'corrected', 'reversed', 'unattributed', 'rejected')),
  reason      text,                          -- code of the error catalogue for 'rejected', of the reason vocabulary else
  detail      text,
  event_id    bigint,
  partner_id  text,
  decided_at  timestamptz not null,
  primary key (lane, seq, line)
);
create index receipt_by_event on tracking.receipt (event_id) where event_id is not null;

-- What the analytics side has to (re)read: one row per batch. Append only, no uniqueness, so that a change which commits while
-- the shipper works is never lost; the shipper deletes exactly the rows it shipped.
create table tracking.ship (
  ship_id bigint generated always as identity primary key,
  subject text not null check (subject in ('event', 'customer', 'receipt')),
  lane    integer not null default 0,        -- receipts only: keys are the seqs of this lane
  keys    bigint[] not null                  -- event ids, customer ids, or seqs (all lines of them)
);

-- Partner postbacks.
create table tracking.postback (
  postback_id text primary key,
  partner_id  text not null references partners.partner,
  program_id  text references programs.program,   -- null: every program of the partner
  offer_id    text references programs.offer,
  name        text not null default '',
  event_types text[] not null,                     -- {registration, ftd, deposit, commission …}
  method      text not null check (method in ('GET', 'POST')),
  url         text not null,                       -- with macros
  body        text,
  status      text not null check (status in ('active', 'paused', 'archived')),
  created_by  text not null,
  created_at  timestamptz not null,
  revision    integer not null default 1
);
create index postback_by_partner on tracking.postback (partner_id);

create table tracking.delivery (
  delivery_id  bigint generated always as identity primary key,
  postback_id  text not null references tracking.postback,
  partner_id   text not null,
  event_id     bigint,
  occasion     text not null,                      -- event type that caused it, or 'test', 'resend'
  dedupe_key   text not null unique,               -- postback x occasion x event revision: never queued twice
  values       jsonb not null,                     -- macro values, frozen when queued
  state        text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts     integer not null default 0,
  next_at      timestamptz,
  created_at   timestamptz not null,
  settled_at   timestamptz
);
create index delivery_by_partner on tracking.delivery (partner_id, delivery_id desc);
create index delivery_by_postback on tracking.delivery (postback_id, delivery_id desc);

create table tracking.attempt (
  delivery_id bigint not null references tracking.delivery,
  attempt     integer not null,
  at          timestamptz not null,
  url         text not null,                       -- as sent
  status      integer,                             -- HTTP status, null: no answer
  error       text,
  duration_ms integer not null,
  response    text,                                -- first 2 KB
  primary key (delivery_id, attempt)
);
