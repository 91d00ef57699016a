-- access: who may come in, as what, and how far. The first six tables are better-auth's (their columns are checked against what it expects by a test);
-- the rest is ours.
create schema access;
create extension if not exists pg_trgm;

create table access."user" (
  id                 text primary key,
  name               text not null,
  email              text not null unique,           -- lower case
  email_verified     boolean not null default false,
  image              text,
  two_factor_enabled boolean default false,
  created_at         timestamptz not null,
  updated_at         timestamptz not null,
  -- ours
  partner_id         text,                           -- set for a partner's person: never sees another partner
  status             text not null default 'active' check (status in ('active', 'disabled')),
  language           text not null default 'en',
  revision           integer not null default 1
);
create index user_by_partner on access."user" (partner_id) where partner_id is not null;
create index user_by_name on access."user" (name, id);

create table access.session (
  id         text primary key,
  expires_at timestamptz not null,
  token      text not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id    text not null references access."user" on delete cascade
);
create index session_by_user on access.session (user_id);

create table access.account (
  id                       text primary key,
  issuer                   text not null,
  account_id               text not null,
  provider_id              text not null,
  user_id                  text not null references access."user" on delete cascade,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password                 text,                     -- scrypt hash
  created_at               timestamptz not null,
  updated_at               timestamptz not null,
  unique (issuer, account_id)
);
create index account_by_user on access.account (user_id);

create table access.verification (
  id         text primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_by_identifier on access.verification (identifier);

create table access.two_factor (
  id           text primary key,
  secret       text not null,
  backup_codes text not null,
  user_id      text not null references access."user" on delete cascade,
  verified     boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index two_factor_by_user on access.two_factor (user_id);
create index two_factor_by_secret on access.two_factor (secret);

create table access.passkey (
  id            text primary key,
  name          text,
  public_key    text not null,
  user_id       text not null references access."user" on delete cascade,
  credential_id text not null,
  counter       integer not null,
  device_type   text not null,
  backed_up     boolean not null,
  transports    text,
  created_at    timestamptz,
  aaguid        text
);
create index passkey_by_user on access.passkey (user_id);
create index passkey_by_credential on access.passkey (credential_id);

-- A role within a scope. A partner's people have partner roles, always within their partner.
create table access.role_grant (
  grant_id   text primary key,
  user_id    text not null references access."user" on delete cascade,
  role       text not null,
  scope_kind text not null check (scope_kind in ('everything', 'region', 'program', 'portfolio', 'partner')),
  scope_id   text check ((scope_id is null) = (scope_kind = 'everything')),
  created_by text not null,
  created_at timestamptz not null,
  unique nulls not distinct (user_id, role, scope_kind, scope_id)
);

-- A link by which somebody sets a password: a new person (invite), the first administrator (setup), or one who forgot theirs (reset).
create table access.invitation (
  invitation_id text primary key,
  kind          text not null check (kind in ('invite', 'setup', 'reset')),
  token_hash    text not null unique,                -- sha256 hex of the token; the token is shown once
  email         text,
  name          text not null default '',
  partner_id    text,
  grants        jsonb not null default '[]',         -- [{role, scopeKind, scopeId}]
  user_id       text references access."user" on delete cascade, -- reset: whose; invite: who came of it
  created_by    text not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  revoked_at    timestamptz
);
create index invitation_open on access.invitation (created_at) where used_at is null and revoked_at is null;

-- A key acts as the person who made it, with the part of their permissions that is named here.
create table access.api_key (
  key_id       text primary key,
  user_id      text not null references access."user" on delete cascade,
  partner_id   text,
  name         text not null,
  token_hash   text not null unique,
  token_hint   text not null,                        -- last four letters, to tell keys apart
  permissions  text[] not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index api_key_by_user on access.api_key (user_id);
create index api_key_by_partner on access.api_key (partner_id) where partner_id is not null;

-- A table of the console as somebody likes to see it.
create table access.saved_view (
  view_id    text primary key,
  user_id    text not null references access."user" on delete cascade,
  list       text not null,                          -- which table of the console
  name       text not null,
  state      jsonb not null,                         -- filters, columns, order
  position   integer not null default 0,
  created_at timestamptz not null,
  unique (user_id, list, name)
);

-- Answers of POST requests that carried an Idempotency-Key, kept for a day: the same key gets the same answer.
create table access.idempotency (
  actor_id     text not null,
  key          text not null,
  request_hash text not null,                        -- sha256 hex of method, path and body
  state        text not null check (state in ('running', 'done')),
  status       integer,
  headers      jsonb,
  body         text,
  started_at   timestamptz not null,
  primary key (actor_id, key)
);
create index idempotency_by_age on access.idempotency (started_at);
