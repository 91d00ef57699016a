-- tracking: partner postbacks from templates, with filters, a delay, precedence and signatures.

alter table tracking.postback
  add column template text,                                   -- outbound/core/templates: how that tracker wants to be called
  add column settings jsonb not null default '{}',            -- what was filled into it, without secrets
  add column filters jsonb not null default '{}',
  add column status_words jsonb not null default '{}',        -- what {status} says, by occasion or state of a commission
  add column delay_seconds integer not null default 0 check (delay_seconds between 0 and 604800),
  add column precedence text not null default 'adds' check (precedence in ('overrides', 'adds'));

-- Secrets of a postback, sealed with the deployment's key: those that sign its calls (several while one is rotated) and those that an
-- ad platform asks for.
create table tracking.postback_secret (
  secret_id   bigint generated always as identity primary key,
  postback_id text not null references tracking.postback,
  partner_id  text not null,
  kind        text not null check (kind in ('signing', 'credential')),
  name        text not null default '',
  sealed      text not null,
  created_at  timestamptz not null,
  expires_at  timestamptz                                     -- signing: until then it signs beside a newer one
);
create index postback_secret_by_postback on tracking.postback_secret (postback_id);
alter table tracking.postback_secret enable row level security;
grant select, insert, update on tracking.postback_secret to tributary_portal;
create policy own_partner on tracking.postback_secret to tributary_portal using (partner_id = (select database.partner()));

-- What a call looked like, beside where it went.
alter table tracking.attempt
  add column method text,
  add column headers jsonb,
  add column body text;
