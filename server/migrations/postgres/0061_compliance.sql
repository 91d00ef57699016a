-- compliance: the lists names are screened against, who was screened, what was found, and what people decided about it.
create schema compliance;

-- Each loading of a list that changed something. The newest version is the one that is screened against.
create table compliance.list_version (
  list       text not null check (list ~ '^[a-z0-9][a-z0-9_.-]{0,79}$'),
  version    integer not null check (version > 0),
  format     text not null,
  file       text not null,                    -- the file's name, without its folder
  topic      text not null check (topic in ('sanction', 'pep', 'watch')),
  entries    integer not null,
  added      integer not null,
  removed    integer not null,
  altered    integer not null,
  loaded_at  timestamptz not null,
  loaded_by  text not null,
  -- Partners were screened against what it changed.
  applied_at timestamptz,
  primary key (list, version)
);

-- Entries as they stand. An entry that went stays, so that hits of it can be read.
create table compliance.list_entry (
  list     text not null,
  entry_id text not null,
  name     text not null,                      -- the name it is listed under
  digest   text not null,                      -- of everything that a screening reads
  body     jsonb not null,
  since    integer not null,                   -- the version that brought it as it is
  gone     integer,                            -- the version that took it away
  primary key (list, entry_id)
);
create index list_entry_living on compliance.list_entry (list, entry_id) where gone is null;

create table compliance.list_change (
  list     text not null,
  version  integer not null,
  entry_id text not null,
  change   text not null check (change in ('added', 'removed', 'altered')),
  name     text not null,
  primary key (list, version, entry_id)
);

-- Directors, owners and others behind a partner.
create table compliance.related_person (
  person_id  text primary key,
  partner_id text not null references partners.partner,
  kind       text not null check (kind in ('person', 'organization')),
  role       text not null check (role in ('director', 'owner', 'beneficial_owner', 'signatory', 'manager', 'other')),
  name       text not null,
  share      numeric check (share > 0 and share <= 100),  -- per cent owned
  birth      text not null default '',                    -- 1963-07-28, 1963-07 or 1963
  country    text check (country ~ '^[A-Z]{2}$'),
  identifier text not null default '',
  note       text not null default '',
  created_at timestamptz not null,
  ended_at   timestamptz,
  revision   integer not null default 1
);
create index related_person_by_partner on compliance.related_person (partner_id, person_id);

-- Whom a screening looked for, as they were then.
create table compliance.subject (
  subject_id   text primary key,               -- id of the partner, contact or related person; the legal name has ":legal" behind it
  partner_id   text not null references partners.partner,
  subject_kind text not null check (subject_kind in ('partner', 'legal_name', 'contact', 'related_person')),
  name         text not null,
  asked        jsonb not null,
  digest       text not null,
  screened_at  timestamptz not null
);
create index subject_by_partner on compliance.subject (partner_id, subject_id);

create table compliance.hit (
  hit_id          text primary key,
  partner_id      text not null references partners.partner,
  subject_id      text not null,
  subject_kind    text not null,
  subject_name    text not null,
  subject_digest  text not null,
  asked           jsonb not null,
  list            text not null,
  entry_id        text not null,
  entry_digest    text not null,
  entry           jsonb not null,              -- as it was when it was met
  topic           text not null,
  matched_name    text not null,
  score           double precision not null check (score >= 0 and score <= 1),
  steps           jsonb not null,
  evidence        jsonb not null,
  -- proposed: one person says that it is them, a second one has to agree
  state           text not null check (state in ('open', 'proposed', 'false_positive', 'true_match', 'gone')),
  reason          text not null default '',
  proposed_by     text,
  proposed_name   text,
  proposed_at     timestamptz,
  decided_by      text,
  decided_name    text,
  decided_at      timestamptz,
  reopened_why    text check (reopened_why in ('subject_changed', 'entry_changed', 'sent_back', 'listed_again')),
  opened_at       timestamptz not null,
  updated_at      timestamptz not null,
  revision        integer not null default 1,
  unique (subject_id, list, entry_id)
);
create index hit_newest on compliance.hit (hit_id desc);
create index hit_by_partner on compliance.hit (partner_id, hit_id desc);
create index hit_undecided on compliance.hit (partner_id) where state in ('open', 'proposed', 'true_match');
create index hit_by_entry on compliance.hit (list, entry_id);

-- How far jobs have read what other rooms wrote.
create table compliance.progress (
  name text primary key,
  seq  bigint not null
);
