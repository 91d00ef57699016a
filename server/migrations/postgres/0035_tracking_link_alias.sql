-- tracking: the addresses under which links were published before they came here. The edge answers them as the link itself.
create table tracking.link_alias (
  alias_id       bigint generated always as identity primary key,
  link_id        text not null references tracking.link,
  program_id     text not null references programs.program,
  vendor         text not null,                  -- whose parameters the address speaks, see tracking/core/alias.ts
  host           text,                           -- lower case; null: none was given, the program's own hosts answer it
  path           text not null,
  params         jsonb not null default '{}',    -- the parameters that name the link
  match_key      text not null,                  -- path and parameters as they are compared
  case_sensitive boolean not null,
  address        text not null,                  -- as it was published
  created_by     text not null,
  created_at     timestamptz not null,
  unique nulls not distinct (program_id, host, match_key)
);
create index link_alias_by_link on tracking.link_alias (link_id);
create index link_alias_by_key on tracking.link_alias (program_id, match_key);
