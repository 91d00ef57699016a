-- partners: whom the operator works with, who looks after them, who stands above whom.
create schema partners;

create table partners.partner (
  partner_id        text primary key,
  code              text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,59}$'),
  name              text not null,
  legal_name        text not null default '',
  kind              text not null check (kind in ('affiliate', 'introducing_broker', 'network', 'influencer', 'reseller', 'media_buyer', 'agency')),
  status            text not null check (status in ('applied', 'onboarding', 'active', 'paused', 'deactivated', 'rejected')),
  status_reason     text not null default '',
  region_id         text references programs.region,
  country           text check (country ~ '^[A-Z]{2}$'),
  language          text not null default 'en',
  email             text not null default '',
  website           text not null default '',
  owner_user_id     text,
  parent_partner_id text references partners.partner,
  tags              text[] not null default '{}',
  note              text not null default '',
  created_at        timestamptz not null,
  activated_at      timestamptz,
  revision          integer not null default 1,
  check (parent_partner_id is distinct from partner_id)
);
create index partner_by_parent on partners.partner (parent_partner_id) where parent_partner_id is not null;
create index partner_by_owner on partners.partner (owner_user_id);
create index partner_by_region on partners.partner (region_id);

create table partners.contact (
  contact_id text primary key,
  partner_id text not null references partners.partner,
  name       text not null,
  email      text not null,
  phone      text not null default '',
  role       text not null default '',
  created_at timestamptz not null
);
create index contact_by_partner on partners.contact (partner_id);

create index partner_by_name on partners.partner (name, partner_id);
create index partner_by_status on partners.partner (status, partner_id);
create index partner_by_words on partners.partner using gin ((lower(name || ' ' || code || ' ' || legal_name || ' ' || email)) public.gin_trgm_ops);

-- In which programs a partner works; written when an agreement is made, so that people whose reach is a program see its partners.
create table partners.participation (
  partner_id text not null references partners.partner,
  program_id text not null references programs.program,
  joined_at  timestamptz not null,
  primary key (partner_id, program_id)
);
create index participation_by_program on partners.participation (program_id, partner_id);
