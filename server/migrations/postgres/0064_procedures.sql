-- procedures: procedures as versioned data, and cases that run on one (docs/adr). What happened in a case is its history, which is only ever added to;
-- the columns of procedures.case and the tables stay and wait say the same for lists and measures, and are written in the same transaction.
create schema procedures;

create table procedures.version (
  version_id   text primary key,
  procedure    text not null check (procedure ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  version      integer not null check (version > 0),
  state        text not null check (state in ('draft', 'published')),
  yaml         text not null,                    -- as it was written: comments and order are its author's
  definition   jsonb not null,
  hash         text not null,                    -- sha256 of the canonical definition
  summary      text not null default '',         -- what its publisher said of the differences
  saved_by     text not null,
  saved_name   text not null,
  saved_at     timestamptz not null,
  published_by text,
  published_name text,
  published_at timestamptz,
  revision     integer not null default 1,
  unique (procedure, version),
  check ((state = 'published') = (published_at is not null))
);
create unique index version_one_draft on procedures.version (procedure) where state = 'draft';

create function procedures.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to', tg_table_name;
end $$;
create function procedures.refuse_published_change() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then raise exception 'a published version is never changed'; end if;
  return coalesce(new, old);
end $$;
create trigger version_final before update or delete on procedures.version for each row execute function procedures.refuse_published_change();

create table procedures.case (
  case_id    text primary key,
  procedure  text not null,
  version_id text not null references procedures.version,
  subject_kind text not null check (subject_kind in ('partner', 'lead')),
  subject_id text not null,
  partner_id text references partners.partner,   -- the subject, where it is a partner
  program_id text references programs.program,
  region_id  text references programs.region,    -- whose calendar counts; of the partner when it began
  status     text not null check (status in ('running', 'finished', 'dropped')),
  stage      text not null,                      -- where it is, or was last
  stage_since timestamptz not null,
  due_at     timestamptz,                        -- of the stage
  next_look_at timestamptz,                      -- when time alone may change something: a waiver's end, an escalation, a fact's last day
  parameters jsonb not null default '{}',
  started_by text not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  events     integer not null,                   -- length of its history: whoever writes names what was read
  check ((status = 'running') = (ended_at is null)),
  check ((subject_kind = 'partner') = (partner_id is not null))
);
-- one case at a time for a procedure, a subject and a program
create unique index case_one_running on procedures.case (procedure, subject_id, coalesce(program_id, '')) where status = 'running';
create index case_of_subject on procedures.case (subject_id, procedure, started_at desc);
create index case_by_partner on procedures.case (partner_id, case_id);
create index case_by_version on procedures.case (version_id, case_id) where status = 'running';
create index case_next_look on procedures.case (next_look_at) where next_look_at is not null;

create table procedures.history (
  case_id  text not null references procedures.case,
  number   integer not null check (number > 0),
  kind     text not null,
  stage    text not null,
  at       timestamptz not null,
  person   text not null,
  name     text not null,
  body     jsonb not null,
  primary key (case_id, number)
);
create trigger history_append_only before update or delete on procedures.history for each row execute function procedures.refuse_change();

-- How long a case was in a stage. number: the step of the history that began it.
create table procedures.stay (
  case_id    text not null references procedures.case,
  number     integer not null,
  stage      text not null,
  from_at    timestamptz not null,
  until_at   timestamptz,
  ended_how  text check (ended_how in ('passed', 'sent_back', 'dropped', 'migrated')),
  due_at     timestamptz,
  working_seconds bigint,                        -- set when it ended
  primary key (case_id, number),
  check ((until_at is null) = (ended_how is null))
);
create index stay_by_time on procedures.stay (until_at, from_at);

-- What a case waits for, and on whom; a row that ended stays for the measures.
create table procedures.wait (
  wait_id    bigint generated always as identity primary key,
  case_id    text not null references procedures.case,
  partner_id text,
  stage      text not null,
  kind       text not null check (kind in ('task', 'decision', 'fact', 'waiver')),
  key        text not null,
  role       text not null,                      -- who is waited on
  due_at     timestamptz,
  from_at    timestamptz not null,
  until_at   timestamptz
);
create unique index wait_open on procedures.wait (case_id, stage, kind, key) where until_at is null;
create index wait_by_role on procedures.wait (role, due_at, wait_id) where until_at is null;
create index wait_by_time on procedures.wait (until_at, from_at);

create table procedures.evidence (
  evidence_id text primary key,
  case_id     text not null references procedures.case,
  kind        text not null check (kind in ('file', 'text', 'link')),
  name        text not null,
  media_type  text not null default '',
  body        bytea not null check (octet_length(body) <= 10485760),  -- the file, the text or the address
  sha256      text not null,
  added_by    text not null,
  added_name  text not null,
  added_at    timestamptz not null
);
create index evidence_of_case on procedures.evidence (case_id, evidence_id);
create trigger evidence_append_only before update or delete on procedures.evidence for each row execute function procedures.refuse_change();

-- Working hours by region; the one without a region holds for whoever has none of its own.
create table procedures.calendar (
  calendar_id text primary key,
  region_id   text unique references programs.region,
  time_zone   text not null,
  week        jsonb not null,                    -- seven lists of [from, to] in local time, Monday first
  holidays    jsonb not null default '[]',       -- [{day, name}]
  revision    integer not null default 1
);
create unique index calendar_usual on procedures.calendar ((true)) where region_id is null;

do $$
declare name text;
begin
  grant usage on schema procedures to tributary_portal;
  foreach name in array array['procedures.case', 'procedures.wait'] loop
    execute format('alter table %s enable row level security', name);
    execute format('grant select on %s to tributary_portal', name);
    execute format('create policy own_partner on %s to tributary_portal using (partner_id = (select database.partner()))', name);
  end loop;
end $$;
alter table procedures.history enable row level security;
grant select on procedures.history to tributary_portal;
create policy own_partner on procedures.history to tributary_portal using (exists (select from procedures.case c where c.case_id = history.case_id));
alter table procedures.evidence enable row level security;
grant select on procedures.version to tributary_portal;
alter table procedures.version enable row level security;
create policy published on procedures.version to tributary_portal using (state = 'published');
