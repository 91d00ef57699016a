-- audit: what people did besides changes (views of what is protected, downloads, refused calls), and keys by which what the trail says of a person is
-- sealed: a key that is destroyed makes it unreadable for ever, and the chain stays whole (docs/adr: the trail forgets by destroying keys).
create table audit.activity (
  activity_id  bigint generated always as identity primary key,
  at           timestamptz not null,
  kind         text not null check (kind in ('view', 'reveal', 'download', 'refused', 'failed', 'search')),
  actor_kind   text not null,
  actor_id     text not null,
  person_id    text not null,
  partner_id   text,
  method       text not null,
  path         text not null,
  status       smallint not null,
  code         text,
  subject_id   text,
  detail       text,
  address      text
);
create index activity_by_person on audit.activity (person_id, at, activity_id);
create index activity_by_partner on audit.activity (partner_id, at, activity_id) where partner_id is not null;
create index activity_by_subject on audit.activity (subject_id, at, activity_id) where subject_id is not null;
create index activity_by_time on audit.activity (at, activity_id);
create index entry_by_time on audit.entry (at, seq);

alter table audit.entry add column acting_for text;

create table audit.person_key (
  person_id    text primary key,
  key          bytea,
  created_at   timestamptz not null default now(),
  destroyed_at timestamptz,
  check ((key is null) = (destroyed_at is not null))
);

-- The key of each person, made when there is none yet; null when it was destroyed. Runs with its owner's rights: a partner's request writes the trail
-- too, and may read no keys by itself.
create function audit.keys_of(people text[]) returns table (person_id text, key bytea)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.person_key (person_id, key)
    select distinct wanted, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) from unnest(people) wanted
     where not exists (select from audit.person_key known where known.person_id = wanted)
    on conflict do nothing;
  return query select known.person_id, known.key from audit.person_key known where known.person_id = any(people);
end $$;
revoke all on function audit.keys_of(text[]) from public;
grant execute on function audit.keys_of(text[]) to tributary_portal;

-- privacy: what is asked for in a person's name, what must be kept, and how long records live.
create schema privacy;

create table privacy.request (
  request_id   text primary key,
  kind         text not null check (kind in ('export', 'erasure')),
  subject_kind text not null check (subject_kind in ('user', 'contact', 'related_person', 'lead')),
  subject_id   text not null,
  state        text not null check (state in ('proposed', 'refused', 'done')),
  reason       text not null,
  preview      jsonb not null,                    -- counts by room and kind; never the data itself
  preview_hash text not null,
  pseudonym    text,
  certificate  jsonb,
  certificate_hash text,
  proposed_by  text not null,
  proposed_at  timestamptz not null,
  decided_by   text,
  decided_at   timestamptz,
  decision_note text not null default '',
  revision     integer not null default 1,
  check (decided_by is null or kind = 'export' or decided_by <> proposed_by)
);
create index request_by_age on privacy.request (proposed_at, request_id);
create unique index request_open on privacy.request (kind, subject_id) where state = 'proposed';

create table privacy.legal_hold (
  hold_id      text primary key,
  subject_kind text not null check (subject_kind in ('user', 'contact', 'related_person', 'lead', 'partner')),
  subject_id   text not null,
  reason       text not null,
  placed_by    text not null,
  placed_at    timestamptz not null,
  lifted_by    text,
  lifted_at    timestamptz,
  lift_reason  text not null default '',
  check (lifted_by is distinct from placed_by or lifted_by is null)
);
create index hold_open on privacy.legal_hold (subject_id) where lifted_at is null;

create table privacy.retention_rule (
  record_kind text primary key,
  keep_days   integer not null check (keep_days between 1 and 36500),
  active      boolean not null,
  basis       text not null,
  changed_by  text not null,
  changed_at  timestamptz not null,
  revision    integer not null default 1
);

create table privacy.retention_run (
  run_id     bigint generated always as identity primary key,
  dry        boolean not null,
  started_by text not null,
  at         timestamptz not null,
  report     jsonb not null
);
