-- pipeline: leads on their way to becoming partners, forms they come by, rules that say whose they are and where they come from, what was said and done, and what is next.
create schema pipeline;

-- Columns of the board, in their order. `won` and `lost` end the way.
create table pipeline.stage (
  stage_id    text primary key check (stage_id ~ '^[a-z][a-z0-9_]{0,39}$'),
  position    integer not null,
  names       jsonb not null,                    -- by language: {"en": "New", "es": "Nuevo"}
  probability integer not null check (probability between 0 and 100),
  usual_days  integer not null check (usual_days between 0 and 999),  -- 0: no time is usual
  outcome     text check (outcome in ('won', 'lost')),
  active      boolean not null default true
);
insert into pipeline.stage values
  ('new', 10, '{"en": "New", "es": "Nuevo"}', 10, 2, null),
  ('contacted', 20, '{"en": "Contacted", "es": "Contactado"}', 20, 7, null),
  ('qualified', 30, '{"en": "Qualified", "es": "Calificado"}', 40, 10, null),
  ('negotiation', 40, '{"en": "Negotiation", "es": "Negociación"}', 60, 14, null),
  ('agreed', 50, '{"en": "Agreed", "es": "Acordado"}', 90, 7, null),
  ('won', 90, '{"en": "Won", "es": "Ganado"}', 100, 0, 'won'),
  ('lost', 95, '{"en": "Lost", "es": "Perdido"}', 0, 0, 'lost');

-- Why leads are lost, and when somebody who was lost for it may apply again.
create table pipeline.lost_reason (
  reason_id     text primary key check (reason_id ~ '^[a-z][a-z0-9_]{0,39}$'),
  position      integer not null,
  names         jsonb not null,
  reapply_days  integer check (reapply_days between 0 and 3650),  -- null: never again
  active        boolean not null default true
);
insert into pipeline.lost_reason values
  ('no_answer', 10, '{"en": "No answer", "es": "Sin respuesta"}', 0),
  ('terms', 20, '{"en": "No agreement on terms", "es": "Sin acuerdo en las condiciones"}', 30),
  ('competitor', 30, '{"en": "Chose a competitor", "es": "Eligió a un competidor"}', 0),
  ('traffic_unsuitable', 40, '{"en": "Traffic does not fit", "es": "El tráfico no encaja"}', 90),
  ('not_allowed_there', 50, '{"en": "Country or license not possible", "es": "País o licencia no posible"}', 180),
  ('quality', 60, '{"en": "Doubts about quality", "es": "Dudas sobre la calidad"}', 180),
  ('fraud', 70, '{"en": "Fraud", "es": "Fraude"}', null),
  ('not_real', 80, '{"en": "Spam or not real", "es": "Spam o no real"}', 30);

create table pipeline.form (
  form_id    text primary key,
  program_id text not null references programs.program,
  address    text not null unique check (address ~ '^[a-z0-9][a-z0-9-]{2,59}$'),
  name       text not null,
  active     boolean not null,
  version    integer not null,
  framed_by  text[] not null default '{}',       -- origins whose pages may show it in a frame
  created_at timestamptz not null,
  revision   integer not null default 1
);
create index form_by_program on pipeline.form (program_id, form_id);

-- What a form asked, version by version: an answer is read with the questions that were asked.
create table pipeline.form_version (
  form_id    text not null references pipeline.form,
  version    integer not null check (version > 0),
  definition jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (form_id, version)
);

create table pipeline.lead (
  lead_id              text primary key,
  status               text not null check (status in ('unconfirmed', 'open', 'won', 'lost', 'merged')),
  stage_id             text not null references pipeline.stage,
  stage_since          timestamptz not null,
  name                 text not null,
  contact_name         text not null default '',
  email                text not null default '',
  phone                text not null default '',
  website              text not null default '',
  handles              jsonb not null default '[]',   -- [{kind: telegram, handle: "@name"}]
  kind                 text not null check (kind in ('affiliate', 'introducing_broker', 'network', 'influencer', 'reseller', 'media_buyer', 'agency')),
  vertical             text not null default '',
  country              text check (country ~ '^[A-Z]{2}$'),
  language             text not null default 'en',
  region_id            text references programs.region,
  program_id           text references programs.program,
  channel              text not null check (channel in ('form', 'file', 'api', 'mail', 'hand')),
  source_raw           text not null default '',
  source               text,                          -- clean; null: no rule knew it
  source_words         jsonb not null default '[]',   -- the decision, in facts that are put into words
  owner_user_id        text,
  routing_words        jsonb not null default '[]',
  recruiter_partner_id text references partners.partner,
  recruiter_user_id    text,
  expected_ftds        integer check (expected_ftds between 0 and 10000000),       -- a month
  expected_minor       bigint check (expected_minor >= 0),                         -- revenue a month
  expected_currency    text check (expected_currency ~ '^[A-Z]{3}$'),
  expected_month       date,                          -- first month in which it is expected to bring something
  next_step            text not null default '',
  next_step_on         date,
  note                 text not null default '',
  tags                 text[] not null default '{}',
  answers              jsonb not null default '{}',   -- answers to questions that are no field of a lead
  form_id              text references pipeline.form,
  form_version         integer,
  external_ref         text,
  lost_reason          text references pipeline.lost_reason,
  lost_note            text not null default '',
  ended_at             timestamptz,
  partner_id           text references partners.partner,
  merged_into          text references pipeline.lead,
  duplicates_open      boolean not null default false,
  -- what duplicates are found by
  name_key             text not null,
  email_key            text,
  domain_key           text,                          -- of mail and website, without providers that anybody uses
  host_key             text,
  phone_key            text,                          -- E.164
  handle_keys          text[] not null default '{}',
  confirm_hash         bytea,
  confirm_until        timestamptz,
  confirm_language     text,
  created_by           text not null,
  created_at           timestamptz not null,
  updated_at           timestamptz not null,
  revision             integer not null default 1,
  check ((expected_minor is null) = (expected_currency is null)),
  check ((status = 'lost') = (lost_reason is not null)),
  check (status <> 'won' or partner_id is not null)
);
create index lead_newest on pipeline.lead (lead_id desc);
create index lead_by_status on pipeline.lead (status, lead_id desc);
create index lead_by_stage on pipeline.lead (stage_id, lead_id desc) where status = 'open';
create index lead_by_owner on pipeline.lead (owner_user_id, status, lead_id desc);
create index lead_by_region on pipeline.lead (region_id, lead_id desc);
create index lead_by_program on pipeline.lead (program_id, lead_id desc);
create index lead_by_partner on pipeline.lead (partner_id) where partner_id is not null;
create index lead_by_name on pipeline.lead (name, lead_id);
create index lead_by_next_step on pipeline.lead (next_step_on, lead_id) where status = 'open' and next_step_on is not null;
create index lead_unrouted on pipeline.lead (lead_id desc) where status = 'open' and owner_user_id is null;
create index lead_unmatched_source on pipeline.lead (source_raw) where source is null and source_raw <> '';
create index lead_with_duplicates on pipeline.lead (lead_id desc) where duplicates_open;
create index lead_by_words on pipeline.lead
  using gin ((lower(name || ' ' || contact_name || ' ' || email || ' ' || website || ' ' || phone)) public.gin_trgm_ops);
create index lead_by_name_key on pipeline.lead using gin (name_key public.gin_trgm_ops);
create index lead_by_email_key on pipeline.lead (email_key) where email_key is not null;
create index lead_by_domain_key on pipeline.lead (domain_key) where domain_key is not null;
create index lead_by_host_key on pipeline.lead (host_key) where host_key is not null;
create index lead_by_phone_key on pipeline.lead (phone_key) where phone_key is not null;
create index lead_by_handle_keys on pipeline.lead using gin (handle_keys);
create unique index lead_by_external_ref on pipeline.lead (external_ref) where external_ref is not null;
create unique index lead_by_confirmation on pipeline.lead (confirm_hash) where confirm_hash is not null;

-- The way of each lead, for how long stages take and how many come through.
create table pipeline.stage_move (
  lead_id    text not null references pipeline.lead,
  seq        integer not null,
  from_stage text,
  to_stage   text not null,
  at         timestamptz not null,
  by_id      text not null,
  by_name    text not null,
  primary key (lead_id, seq)
);
create index stage_move_by_time on pipeline.stage_move (at, lead_id);

-- What a lead looked like when it came in, and what was decided about it.
create table pipeline.likeness (
  likeness_id  bigint generated always as identity primary key,
  lead_id      text not null references pipeline.lead,
  other_kind   text not null check (other_kind in ('lead', 'partner')),
  other_id     text not null,
  score        integer not null check (score between 0 and 100),
  reasons      jsonb not null,
  state        text not null check (state in ('open', 'linked', 'merged', 'different')),
  decided_by   text,
  decided_name text,
  decided_at   timestamptz,
  created_at   timestamptz not null,
  unique (lead_id, other_kind, other_id)
);

-- Ordered rules, version by version: `routing` says whose a lead is, `source` where it comes from. The newest version holds.
create table pipeline.rule_version (
  kind       text not null check (kind in ('routing', 'source')),
  version    integer not null check (version > 0),
  rules      jsonb not null,
  note       text not null default '',
  created_at timestamptz not null,
  created_by text not null,
  created_name text not null,
  primary key (kind, version)
);

-- How many leads each person was given by a rule that takes turns.
create table pipeline.turn (
  rule_name text not null,
  user_id   text not null,
  given     bigint not null,
  primary key (rule_name, user_id)
);

-- Who is away, and who stands in.
create table pipeline.absence (
  absence_id     bigint generated always as identity primary key,
  user_id        text not null,
  from_day       date not null,
  until_day      date not null,                       -- exclusive
  deputy_user_id text,
  check (until_day > from_day)
);
create index absence_by_day on pipeline.absence (until_day);

-- What was said and done. Belongs to a lead, a partner, or both once a lead was won.
create table pipeline.activity (
  activity_id text primary key,
  lead_id     text references pipeline.lead,
  partner_id  text references partners.partner,
  kind        text not null check (kind in ('note', 'call', 'meeting', 'mail')),
  direction   text check (direction in ('in', 'out')),
  subject     text not null default '',
  body        text not null default '',
  people      text[] not null default '{}',
  at          timestamptz not null,
  minutes     integer check (minutes between 0 and 10000),
  outcome     text not null default '',
  message_id  text,                                   -- of a mail, without brackets
  thread      text[] not null default '{}',           -- messages it answers
  by_id       text not null,
  by_name     text not null,
  created_at  timestamptz not null,
  check (lead_id is not null or partner_id is not null)
);
create index activity_of_lead on pipeline.activity (lead_id, at desc, activity_id desc);
create index activity_of_partner on pipeline.activity (partner_id, at desc, activity_id desc);
create index activity_by_message on pipeline.activity (message_id) where message_id is not null;
create unique index activity_message_once on pipeline.activity (message_id, coalesce(lead_id, ''), coalesce(partner_id, '')) where message_id is not null;

create table pipeline.task (
  task_id       text primary key,
  lead_id       text references pipeline.lead,
  partner_id    text references partners.partner,
  title         text not null,
  note          text not null default '',
  owner_user_id text,
  due_at        timestamptz not null,
  remind_at     timestamptz,
  reminded_at   timestamptz,
  repeats       text check (repeats in ('day', 'week', 'month')),
  state         text not null check (state in ('open', 'done', 'dropped')),
  done_at       timestamptz,
  done_by       text,
  created_by    text not null,
  created_at    timestamptz not null,
  revision      integer not null default 1
);
create index task_by_owner on pipeline.task (owner_user_id, due_at, task_id) where state = 'open';
create index task_by_due on pipeline.task (due_at, task_id) where state = 'open';
create index task_of_lead on pipeline.task (lead_id, due_at, task_id);
create index task_of_partner on pipeline.task (partner_id, due_at, task_id);
create index task_to_remind on pipeline.task (remind_at) where state = 'open' and reminded_at is null and remind_at is not null;

-- Mailboxes that are read. The password is sealed.
create table pipeline.mailbox (
  mailbox_id   bigint generated always as identity primary key,
  name         text not null,
  host         text not null,
  port         integer not null check (port between 1 and 65535),
  secure       boolean not null,
  user_name    text not null,
  password     text not null,
  folder       text not null default 'INBOX',
  program_id   text references programs.program,
  makes_leads  boolean not null,                       -- a mail of a stranger becomes a lead
  active       boolean not null,
  uid_validity bigint,
  last_uid     bigint not null default 0,
  looked_at    timestamptz,
  problem      text not null default '',
  revision     integer not null default 1
);

-- Messages that were taken, each once; those that belonged to nobody wait.
create table pipeline.message (
  message_id text primary key,
  at         timestamptz not null,
  sender     text not null,
  sender_name text not null default '',
  recipients text[] not null,
  subject    text not null,
  body       text not null,
  thread     text[] not null default '{}',
  state      text not null check (state in ('matched', 'lead', 'waiting', 'left')),
  why        text not null default '',
  taken_at   timestamptz not null
);
create index message_waiting on pipeline.message (at desc, message_id) where state = 'waiting';

-- Proofs of work that were used: none is taken twice.
create table pipeline.spent_proof (
  proof text primary key,
  until timestamptz not null
);
create index spent_proof_until on pipeline.spent_proof (until);

-- What is wanted of a month: for coverage.
create table pipeline.target (
  month         date not null,
  owner_user_id text not null default '',             -- '': of everybody
  ftds          integer not null check (ftds >= 0),
  primary key (month, owner_user_id)
);

create table pipeline.report_schedule (
  schedule_id bigint generated always as identity primary key,
  cadence     text not null check (cadence in ('weekly', 'monthly')),
  format      text not null check (format in ('csv', 'xlsx')),
  language    text not null default 'en',
  roles       text[] not null default '{}',
  user_ids    text[] not null default '{}',
  active      boolean not null default true,
  last_period text not null default '',
  revision    integer not null default 1
);

-- Reports as they were sent.
create table pipeline.report (
  report_id bigint generated always as identity primary key,
  period    text not null,
  made_at   timestamptz not null,
  figures   jsonb not null,
  file_name text not null,
  media     text not null,
  file      bytea not null,
  sent_to   text[] not null default '{}'
);
