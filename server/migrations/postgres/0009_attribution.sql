-- attribution: whose customer this is, and why.
create schema attribution;

create table attribution.customer (
  customer_id  bigint generated always as identity primary key,
  program_id   text not null,
  customer_ref text not null,                -- the operator's id
  first_seen   timestamptz not null,         -- earliest of its events
  partner_id   text,                         -- the owner now (or the last one); null: unattributed
  link_id      text,
  offer_id     text,
  click_id     text,                         -- of the winning click
  country      text,
  dimensions   jsonb not null default '{}',  -- of the winning click: sub1 to sub10, partner_click_id, device, source, creative
  reason       text not null,                -- of the decision in force, see attribution/core/reasons.ts
  by_hand      boolean not null default false, -- a person decided: events do not change it
  bound_at     timestamptz,                  -- when the event happened that bound it
  owned_from   date,                         -- first day of this owner in the program's zone; null: from the beginning
  owned_until  date,                         -- exclusive; null: for life
  decision_id  bigint,
  revision     integer not null default 1,
  unique (program_id, customer_ref)
);
create index customer_by_partner on attribution.customer (partner_id, customer_id) where partner_id is not null;
create index customer_by_program on attribution.customer (program_id, customer_id);

-- Owners before the present one, each until the day it ended.
create table attribution.former_owner (
  customer_id bigint not null references attribution.customer,
  position    integer not null,              -- 1, 2, … in the order of time
  program_id  text not null,
  partner_id  text,                          -- null: nobody's by a person's decision
  link_id     text,
  offer_id    text,
  click_id    text,
  country     text,
  dimensions  jsonb not null default '{}',
  bound_at    timestamptz,
  owned_from  date,
  owned_until date not null,
  primary key (customer_id, position)
);
create index former_owner_by_partner on attribution.former_owner (partner_id, program_id) where partner_id is not null;

-- Every decision that made a difference. Append only.
create table attribution.decision (
  decision_id bigint generated always as identity primary key,
  customer_id bigint not null,
  event_id    bigint,                        -- the event that asked; null: a person, or a replay
  decided_at  timestamptz not null,
  partner_id  text,
  reason      text not null,                 -- reason vocabulary: last_click, code, manual, no_touch, ...
  candidates  jsonb not null,                -- every candidate, and why it lost
  rules       jsonb not null,                -- rules in force
  decided_by  text,                          -- user id for a manual decision
  note        text                           -- the reason that the person gave
);
create index decision_by_customer on attribution.decision (customer_id, decision_id);
