-- integrations: what is taken over from other platforms, how it was understood, what was made of it, and how to take it back.
create schema integrations;

create table integrations.import (
  import_id     text primary key,
  program_id    text not null references programs.program,
  vendor        text not null,
  name          text not null,
  status        text not null check (status in ('open', 'fetching', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed', 'cancelled')),
  connection_id text,
  mapping       jsonb not null default '{"tables": []}',
  remembered    boolean not null default false,
  questions     jsonb not null default '[]',
  counts        jsonb not null default '{}',     -- {kind: {action: records}}
  blockers      jsonb not null default '[]',     -- what kept an undo from being made
  fetched       jsonb not null default '{}',     -- {list: where its next page begins}, while a platform's API is read
  total         integer not null default 0,
  done          integer not null default 0,
  failure       text,
  actor_kind    text not null,                   -- who is answerable: work in the background is done in this name
  created_by    text not null,
  actor_name    text not null,
  created_at    timestamptz not null,
  started_at    timestamptz,
  finished_at   timestamptz,
  beat_at       timestamptz,                     -- last sign of life of whoever works on it
  revision      integer not null default 1
);
create index import_by_program on integrations.import (program_id, import_id);
create index import_at_work on integrations.import (status) where status in ('fetching', 'checking', 'running', 'undoing');

-- Tables as they stood in the files, row by row: the dry run and the run read these, never the file again.
create table integrations.sheet (
  import_id  text not null references integrations.import on delete cascade,
  sheet_no   integer not null,
  name       text not null,
  file       text not null,
  columns    jsonb not null,
  rows       integer not null,
  broken_off text,
  primary key (import_id, sheet_no),
  unique (import_id, name)
);

create table integrations.row (
  import_id text not null,
  sheet_no  integer not null,
  position  bigint not null,
  line      integer not null,
  cells     jsonb not null,
  problem   text,
  primary key (import_id, sheet_no, position)
);

-- What the rows say of each record, and what becomes of it. Several rows may speak of one; the one that leads carries the decision.
create table integrations.record (
  import_id   text not null references integrations.import on delete cascade,
  stage       smallint not null,                 -- 0 partner, 1 parent, 2 link, 3 code, 4 customer, 5 conversion
  external_id text not null,
  sheet       text not null,
  line        integer not null,
  part        integer not null default 0,        -- rows of a list within one record have one line
  is_primary  boolean not null,
  said        jsonb not null,                    -- as this row says it
  said_problem jsonb,
  content     jsonb,                             -- merged; of the leading row only
  action      text check (action in ('create', 'change', 'same', 'join', 'restore', 'skip', 'refuse')),
  changes     jsonb,                             -- [{field, before, after}]
  problem     jsonb,                             -- {field, value, reason, wayOut}
  target_id   text,
  done_at     timestamptz,
  primary key (import_id, stage, external_id, sheet, line, part)
);
create index record_to_do on integrations.record (import_id, stage, external_id) where action in ('create', 'change', 'join', 'restore') and done_at is null;
create index record_decided on integrations.record (import_id, stage, external_id, sheet, line) where action is not null;

-- Which record of ours stands for which of theirs: why the same file twice makes nothing twice.
create table integrations.made (
  program_id  text not null,
  vendor      text not null,
  stage       smallint not null,
  external_id text not null,
  target_id   text not null,
  content     jsonb not null,                    -- as it was last taken over
  import_id   text not null,
  undone      boolean not null default false,
  primary key (program_id, vendor, stage, external_id)
);

-- What a run did, in order; an undo walks it backwards.
create table integrations.change (
  change_id   bigint generated always as identity primary key,
  import_id   text not null,
  stage       smallint not null,
  external_id text not null,
  target_id   text not null,
  action      text not null,
  before      jsonb not null default '{}',
  after       jsonb not null default '{}',
  at          timestamptz not null,
  undone_at   timestamptz
);
create index change_by_import on integrations.change (import_id, change_id);

-- The mapping that was last used for a table of these columns.
create table integrations.remembered (
  program_id text not null,
  vendor     text not null,
  columns    text not null,                      -- hash of the columns' names
  mapping    jsonb not null,
  at         timestamptz not null,
  primary key (program_id, vendor, columns)
);

create table integrations.connection (
  connection_id text primary key,
  program_id    text not null references programs.program,
  vendor        text not null,
  name          text not null,
  account       text not null,
  sealed_key    text not null,                   -- sealed with the deployment's key
  created_by    text not null,
  created_at    timestamptz not null
);
create index connection_by_program on integrations.connection (program_id, connection_id);
