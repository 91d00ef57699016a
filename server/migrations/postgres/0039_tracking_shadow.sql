-- tracking: shadow mode. What the system that is used today says happened, beside what is known here. Partners have no right on these tables.
create table tracking.shadow (
  shadow_id         text primary key,
  program_id        text not null references programs.program,
  name              text not null,
  incumbent         text not null,
  source_id         text references tracking.event_source,   -- tells the incumbent's results: its events are recorded below and never count
  time_zone         text not null,                 -- of their times that name none
  currency          text not null,                 -- of their amounts that name none
  types             text[] not null,               -- of our events that are compared
  tolerance_minutes integer not null,
  late_hours        integer not null,
  thresholds        jsonb not null,
  status            text not null check (status in ('active', 'closed')),
  state             text not null check (state in ('idle', 'waiting', 'running', 'failed')),  -- of the comparison
  problem           text,
  summary           jsonb,
  mappings          jsonb not null default '{}',   -- of the files that were read, by their columns
  created_by        text not null,
  created_at        timestamptz not null,
  revision          integer not null default 1
);
create index shadow_by_program on tracking.shadow (program_id, shadow_id);
-- A source tells one comparison.
create unique index shadow_source on tracking.shadow (source_id) where source_id is not null and status = 'active';

create table tracking.shadow_file (
  file_id     text primary key,
  shadow_id   text not null references tracking.shadow,
  name        text not null,
  kind        text not null check (kind in ('csv', 'xlsx')),
  bytes       bigint not null,
  state       text not null check (state in ('uploaded', 'waiting', 'reading', 'read', 'failed')),
  problem     text,
  header_row  integer not null,
  columns     text[] not null,
  sample      jsonb not null,
  mapping     jsonb,
  rows        integer not null default 0,
  refused     integer not null default 0,
  covers_from timestamptz,                         -- first and last conversion in it
  covers_to   timestamptz,
  created_by  text not null,
  created_at  timestamptz not null
);
create index shadow_file_by_shadow on tracking.shadow_file (shadow_id, file_id);

-- The file itself until it is read: the process that reads it is not the one that took it, and need not share a disk with it.
create table tracking.shadow_chunk (
  file_id  text not null references tracking.shadow_file,
  position integer not null,
  bytes    bytea not null,
  primary key (file_id, position)
);
alter table tracking.shadow_chunk alter column bytes set storage external;

-- One conversion as they know it. A later file that names the same key replaces it.
create table tracking.shadow_row (
  row_id       bigint generated always as identity primary key,
  shadow_id    text not null references tracking.shadow,
  row_key      text not null,                      -- their id of the conversion, or a hash of the row, and which of several it is
  file_id      text references tracking.shadow_file,  -- null: told live
  line         integer,
  receipt      text,                               -- of what was told live
  occurred_at  timestamptz not null,
  type         text,
  order_id     text,
  click_id     text,
  customer_ref text,
  partner_ref  text,
  currency     text,
  minor        bigint,
  status       text not null check (status in ('approved', 'pending', 'rejected')),
  raw          jsonb not null,                     -- [[column, value], …] as sent
  unique (shadow_id, row_key)
);
create index shadow_row_by_time on tracking.shadow_row (shadow_id, occurred_at);

create table tracking.shadow_refusal (
  file_id  text not null references tracking.shadow_file,
  line     integer not null,
  field    text not null,
  value    text,
  reason   text not null,
  hint     text,
  raw      text not null,
  primary key (file_id, line)
);

-- Whom they call what: entered by hand, or found by name.
create table tracking.shadow_partner (
  shadow_id   text not null references tracking.shadow,
  partner_ref text not null,
  partner_id  text references partners.partner,
  by_hand     boolean not null,
  primary key (shadow_id, partner_ref)
);

-- What the last comparison came to: one row for each conversion of either side, or for two that are the same.
create table tracking.shadow_result (
  result_id   bigint generated always as identity primary key,
  shadow_id   text not null references tracking.shadow,
  class       text not null,
  differences text[] not null,
  notes       text[] not null,
  matched_by  text,
  day         date not null,                       -- of the program's zone
  partner_id  text,
  row_id      bigint,                              -- tracking.shadow_row
  event_id    bigint,                              -- tracking.event
  duplicate_row   bigint,
  duplicate_event bigint
);
create index shadow_result_by_class on tracking.shadow_result (shadow_id, class, result_id);
create index shadow_result_by_day on tracking.shadow_result (shadow_id, day, result_id);
create index shadow_result_by_row on tracking.shadow_result (row_id) where row_id is not null;

-- Its sums by day and partner. Late conversions are in none of them.
create table tracking.shadow_sum (
  shadow_id    text not null references tracking.shadow,
  day          date not null,
  partner_id   text not null,                      -- '' nobody's, or nobody who is known here
  currency     text not null,                      -- '' no amount
  compared     integer not null,
  agreed       integer not null,
  theirs       integer not null,
  ours         integer not null,
  their_minor  bigint not null,
  our_minor    bigint not null,
  primary key (shadow_id, day, partner_id, currency)
);
