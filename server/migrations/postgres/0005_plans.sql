-- plans: versioned commission plan documents; a published version never changes.
create schema plans;

create table plans.plan (
  plan_id    text primary key,
  program_id text not null,
  code       text not null,
  name       text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (program_id, code)
);

create table plans.plan_version (
  plan_version_id text primary key,
  plan_id         text not null references plans.plan,
  version         integer not null check (version > 0),
  document        jsonb not null,              -- the plan language, see plans/contracts.ts
  document_hash   text not null,               -- sha256 hex of the canonical JSON
  status          text not null check (status in ('draft', 'published')),
  created_by      text not null,
  created_at      timestamptz not null,
  published_by    text,
  published_at    timestamptz,
  check (published_by is null or published_by <> created_by), -- money needs two people
  unique (plan_id, version)
);
