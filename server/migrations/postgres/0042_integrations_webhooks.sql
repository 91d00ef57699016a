-- integrations: webhooks of the operator's own systems (Standard Webhooks). Nothing of it is open to partners.

create table integrations.webhook_endpoint (
  endpoint_id text primary key,
  url         text not null,
  host        text not null,
  name        text not null default '',
  types       text[] not null default '{}',                 -- empty: all
  program_ids text[] not null default '{}',                 -- empty: all
  status      text not null check (status in ('active', 'paused', 'archived')),
  created_by  text not null,
  created_at  timestamptz not null,
  revision    integer not null default 1
);

-- Secrets, sealed with the deployment's key; while one is rotated two of them sign.
create table integrations.webhook_secret (
  secret_id   bigint generated always as identity primary key,
  endpoint_id text not null references integrations.webhook_endpoint,
  sealed      text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz
);
create index webhook_secret_by_endpoint on integrations.webhook_secret (endpoint_id);

-- What happened, once, whoever is told.
create table integrations.webhook_message (
  message_id  bigint generated always as identity primary key,
  type        text not null,
  at          timestamptz not null,
  program_id  text,
  payload     jsonb not null,
  dedupe_key  text not null unique,
  created_at  timestamptz not null
);
create index webhook_message_by_time on integrations.webhook_message (created_at);

create table integrations.webhook_delivery (
  delivery_id bigint generated always as identity primary key,
  endpoint_id text not null references integrations.webhook_endpoint,
  message_id  bigint not null references integrations.webhook_message,
  state       text not null check (state in ('waiting', 'delivered', 'dead')),
  outcome     text check (outcome in ('answered', 'gave_up', 'archived')),
  attempts    integer not null default 0,
  next_at     timestamptz,
  window_from timestamptz not null,
  created_at  timestamptz not null,
  settled_at  timestamptz,
  constraint webhook_delivery_is_due_or_settled check ((state = 'waiting') = (next_at is not null)),
  unique (endpoint_id, message_id)
);
create index webhook_delivery_due on integrations.webhook_delivery (endpoint_id, next_at) where state = 'waiting';
create index webhook_delivery_by_endpoint on integrations.webhook_delivery (endpoint_id, delivery_id desc);

create table integrations.webhook_attempt (
  delivery_id bigint not null references integrations.webhook_delivery,
  attempt     integer not null,
  at          timestamptz not null,
  url         text not null,
  headers     jsonb not null,
  body        text not null,
  status      integer,
  error       text,
  duration_ms integer,                                      -- null: still running, or cut off
  response    text,
  by_user     text,
  primary key (delivery_id, attempt)
);
