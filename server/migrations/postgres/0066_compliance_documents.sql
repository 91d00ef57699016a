-- compliance: documents, who stands behind a partner, questionnaires, risk, sites, domains, and the rules that they are looked at by.

-- What is asked and how it is weighed, as data: each change is a version of its own, and what was decided under one stays with it. None: what is shipped.
create table compliance.rule_book (
  book         text not null check (book in ('documents', 'ownership', 'questionnaires', 'risk', 'reviews', 'regimes')),
  version      integer not null check (version > 0),
  document     jsonb not null,
  reason       text not null check (reason <> ''),
  changed_by   text not null,
  changed_name text not null,
  changed_at   timestamptz not null,
  primary key (book, version)
);

-- What due diligence knows of a partner besides its record.
create table compliance.profile (
  partner_id text primary key references partners.partner,
  regime     text not null default '' check (regime ~ '^[a-z0-9-]{0,40}$'),
  unexplained text not null default '',       -- why the shares behind it do not make up the whole, as somebody recorded it
  changed_by text not null,
  changed_at timestamptz not null,
  revision   integer not null default 1
);

create table compliance.document (
  document_id   text primary key,
  partner_id    text not null references partners.partner,
  person_id     text references compliance.related_person,  -- null: of the partner itself
  kind          text not null check (kind ~ '^[a-z][a-z0-9_]{1,39}$'),
  -- proposed: one person says that it is good, the kind asks for a second one
  state         text not null check (state in ('submitted', 'proposed', 'accepted', 'rejected', 'replaced', 'withdrawn')),
  file_name     text not null,
  media_type    text not null,
  size          integer not null check (size > 0),
  sha256        text not null,               -- of the file as it came
  sealed_key    text,                        -- of this file alone, for this deployment's key; null: the file is gone
  number        text not null default '',
  issued_on     date,
  expires_on    date,
  name_on_it    text not null default '',
  note          text not null default '',
  replaces      text references compliance.document, -- which one it is to take the place of, once it is accepted
  replaced_by   text references compliance.document,
  uploaded_by   text not null,
  uploaded_name text not null,
  uploaded_at   timestamptz not null,
  by_partner    boolean not null,
  proposed_by   text,
  proposed_name text,
  decided_by    text,
  decided_name  text,
  decided_at    timestamptz,
  reason        text not null default '',
  gone_at       timestamptz,                 -- its time was over, or its person was erased
  revision      integer not null default 1,
  check ((sealed_key is null) = (gone_at is not null)),
  check (state <> 'accepted' or decided_by is distinct from proposed_by or proposed_by is null)
);
create index document_of_partner on compliance.document (partner_id, document_id);
create index document_waiting on compliance.document (document_id) where state in ('submitted', 'proposed');
create index document_expiring on compliance.document (expires_on) where state = 'accepted' and expires_on is not null;

-- AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag.
create table compliance.document_file (
  document_id text primary key references compliance.document on delete cascade,
  partner_id  text not null,
  bytes       bytea not null
);

-- Every look at a file.
create table compliance.document_look (
  look_id     bigint generated always as identity primary key,
  document_id text not null references compliance.document,
  partner_id  text not null,
  viewer_id   text not null,
  viewer_name text not null,
  purpose     text not null default '',
  seen_at     timestamptz not null
);
create index look_of_document on compliance.document_look (document_id, look_id desc);

-- Which reminder went out already: days before its end, 0: it ended.
create table compliance.document_reminder (
  document_id text not null references compliance.document,
  days        integer not null,
  sent_at     timestamptz not null,
  primary key (document_id, days)
);

-- Since when a partner is none any more, as the nightly look found it: its documents are kept for some years from then on.
create table compliance.ended_relationship (
  partner_id text primary key references partners.partner,
  ended_on   date not null
);

-- A share of an organization behind a partner; a share of the partner itself is related_person.share.
create table compliance.holding (
  holder_id  text not null references compliance.related_person,
  held_id    text not null references compliance.related_person,
  partner_id text not null references partners.partner,
  share      numeric not null check (share > 0 and share <= 100),
  primary key (holder_id, held_id),
  check (holder_id <> held_id)
);
create index holding_of_partner on compliance.holding (partner_id);
-- How somebody controls the partner otherwise than by shares.
alter table compliance.related_person add column control text not null default '';

create table compliance.questionnaire_answer (
  answer_id    text primary key,
  partner_id   text not null references partners.partner,
  questionnaire text not null,
  version      integer not null,             -- of the rule book; 0: as shipped
  answers      jsonb not null,
  points       integer not null,
  flags        jsonb not null,
  answered_by  text not null,
  answered_name text not null,
  answered_at  timestamptz not null,
  by_partner   boolean not null
);
create index answer_of_partner on compliance.questionnaire_answer (partner_id, answer_id desc);

create table compliance.risk_rating (
  rating_id      text primary key,
  partner_id     text not null references partners.partner,
  version        integer not null,           -- of the rule book; 0: as shipped
  level          text not null check (level in ('low', 'medium', 'high')),
  points         integer not null,
  working        jsonb not null,             -- line by line
  rated_by       text not null,
  rated_name     text not null,
  rated_at       timestamptz not null,
  review_on      date not null,
  decision       text check (decision in ('go', 'no_go')),
  decision_reason text not null default '',
  decided_by     text,
  decided_name   text,
  decided_at     timestamptz,
  revision       integer not null default 1
);
create index rating_of_partner on compliance.risk_rating (partner_id, rating_id desc);

create table compliance.risk_override (
  override_id   text primary key,
  partner_id    text not null references partners.partner,
  level         text not null check (level in ('low', 'medium', 'high')),
  reason        text not null check (reason <> ''),
  until         date not null,
  state         text not null check (state in ('proposed', 'approved', 'refused', 'ended')),
  proposed_by   text not null,
  proposed_name text not null,
  proposed_at   timestamptz not null,
  decided_by    text,
  decided_name  text,
  decided_at    timestamptz,
  comment       text not null default '',
  check (decided_by is distinct from proposed_by or state = 'ended')
);
create index override_of_partner on compliance.risk_override (partner_id, override_id desc);

create table compliance.site (
  site_id     text primary key,
  partner_id  text not null references partners.partner,
  kind        text not null check (kind in ('website', 'social', 'app', 'email', 'other')),
  address     text not null,
  note        text not null default '',
  state       text not null check (state in ('unreviewed', 'passed', 'failed')),
  review_on   date,                          -- when it is looked at again
  added_name  text not null,
  added_at    timestamptz not null,
  by_partner  boolean not null,
  ended_at    timestamptz,
  revision    integer not null default 1
);
create index site_of_partner on compliance.site (partner_id, site_id);

-- A page as it was when it was fetched, or as a reviewer saw it.
create table compliance.site_snapshot (
  snapshot_id text primary key,
  site_id     text not null references compliance.site,
  partner_id  text not null,
  address     text not null,
  final_address text not null,
  status      integer,
  problem     text not null default '',
  html        text,
  words       text not null default '',
  sha256      text,
  findings    jsonb not null,
  picture     bytea,
  picture_type text,
  taken_by    text not null,
  taken_at    timestamptz not null
);
create index snapshot_of_site on compliance.site_snapshot (site_id, snapshot_id desc);

create table compliance.site_review (
  review_id   bigint generated always as identity primary key,
  site_id     text not null references compliance.site,
  snapshot_id text references compliance.site_snapshot,
  verdict     text not null check (verdict in ('passed', 'failed')),
  reason      text not null check (reason <> ''),
  checklist   jsonb not null,
  reviewed_by text not null,
  reviewed_name text not null,
  reviewed_at timestamptz not null,
  review_on   date
);
create index review_of_site on compliance.site_review (site_id, review_id desc);

create table compliance.domain_proof (
  proof_id   text primary key,
  partner_id text not null references partners.partner,
  domain     text not null,
  token      text not null,
  state      text not null check (state in ('waiting', 'proved', 'lost')),
  method     text check (method in ('dns', 'file', 'meta')),
  said       jsonb not null default '[]',    -- what each way answered when it was last asked
  checked_at timestamptz,
  proved_at  timestamptz,
  check_on   date,
  created_at timestamptz not null,
  revision   integer not null default 1,
  unique (partner_id, domain)
);
create index proof_to_check on compliance.domain_proof (check_on) where state <> 'waiting';

-- Which regimes a partner or an offer is held to, with the values of its warnings (the loss in per cent).
create table compliance.regime_attachment (
  subject_kind text not null check (subject_kind in ('partner', 'offer', 'creative')),
  subject_id   text not null,
  regime       text not null check (regime ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  figures      jsonb not null default '{}',
  attached_by  text not null,
  attached_at  timestamptz not null,
  primary key (subject_kind, subject_id, regime)
);

grant usage on schema compliance to tributary_portal;
do $$
declare
  name text;
begin
  foreach name in array array['compliance.document', 'compliance.document_file', 'compliance.document_look', 'compliance.questionnaire_answer',
    'compliance.site', 'compliance.domain_proof', 'compliance.profile', 'compliance.related_person', 'compliance.holding',
    'compliance.ended_relationship'] loop
    execute format('alter table %s enable row level security', name);
    execute format('grant select on %s to tributary_portal', name);
    execute format('create policy own_read on %s for select to tributary_portal using (partner_id = (select database.partner()))', name);
  end loop;
  foreach name in array array['compliance.document', 'compliance.questionnaire_answer', 'compliance.site', 'compliance.domain_proof'] loop
    execute format('grant insert on %s to tributary_portal', name);
  end loop;
end $$;
grant insert on compliance.document_file, compliance.document_look to tributary_portal;
create policy own_upload on compliance.document for insert to tributary_portal
  with check (partner_id = (select database.partner()) and state = 'submitted' and by_partner);
create policy own_file on compliance.document_file for insert to tributary_portal with check (partner_id = (select database.partner()));
create policy own_look on compliance.document_look for insert to tributary_portal with check (partner_id = (select database.partner()));
create policy own_answer on compliance.questionnaire_answer for insert to tributary_portal
  with check (partner_id = (select database.partner()) and by_partner);
create policy own_site on compliance.site for insert to tributary_portal
  with check (partner_id = (select database.partner()) and by_partner and state = 'unreviewed');
create policy own_domain on compliance.domain_proof for insert to tributary_portal
  with check (partner_id = (select database.partner()) and state = 'waiting');
-- A partner takes back what nobody looked at yet, and replaces what it handed in.
grant update (state, reason, revision) on compliance.document to tributary_portal;
create policy own_withdrawal on compliance.document for update to tributary_portal
  using (partner_id = (select database.partner()) and state in ('submitted', 'rejected')) with check (state in ('withdrawn', 'replaced'));
alter table compliance.regime_attachment enable row level security;
grant select on compliance.regime_attachment to tributary_portal;
create policy own_read on compliance.regime_attachment for select to tributary_portal
  using (subject_kind = 'partner' and subject_id = (select database.partner()));
alter table compliance.rule_book enable row level security;
grant select on compliance.rule_book to tributary_portal;
create policy for_all on compliance.rule_book for select to tributary_portal using (book in ('documents', 'questionnaires', 'ownership'));
