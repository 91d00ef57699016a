-- attribution: whose customer this is, and why.
create schema attribution;

create table attribution.customer (
  customer_id  bigint generated always as identity primary key,
  program_id   text not null,
  customer_ref text not null,                -- the operator's id
  partner_id   text,                         -- null: unattributed
  link_id      text,
  offer_id     text,
  click_id     text,
  country      text,
  bound_at     timestamptz,
  bound_until  timestamptz,                  -- null: for life
  decision_id  bigint,
  first_seen   timestamptz not null,
  dimensions   jsonb not null default '{}',  -- of the winning click: sub1…sub10, device, source, creative …
  revision     integer not null default 1,
  unique (program_id, customer_ref)
);
create index customer_by_partner on attribution.customer (partner_id, customer_id) where partner_id is not null;

create table attribution.decision (
  decision_id bigint generated always as identity primary key,
  customer_id bigint not null references attribution.customer,
  event_id    bigint,                        -- the event that asked
  decided_at  timestamptz not null,
  partner_id  text,
  reason      text not null,                 -- reason vocabulary: last_click, code, manual, no_touch, window_expired …
  candidates  jsonb not null,                -- every candidate, and why it lost
  rules       jsonb not null,                -- rules in force
  decided_by  text                           -- user id for a manual decision
);
create index decision_by_customer on attribution.decision (customer_id, decision_id);
