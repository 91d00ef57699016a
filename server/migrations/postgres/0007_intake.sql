-- intake: the durable log that every fact from outside is appended to before it is answered.
-- A lane is one writing process; it numbers its entries itself and commits batches one after the other, so inside a lane
-- the order of commit is the order of seq and a consumer needs a cursor per lane only.
create schema intake;

create table intake.lane (
  lane       integer generated always as identity primary key,
  writer     text not null,                 -- role and host, for people
  opened_at  timestamptz not null,
  closed_at  timestamptz                    -- set when the writer ended in order
);

create table intake.entry (
  lane        integer not null,
  seq         bigint not null,
  kind        smallint not null,            -- 1 click · 2 impression · 3 event · 4 command
  received_at timestamptz not null,
  body        text not null,                -- JSON, shape by kind, see tracking/contracts.ts
  primary key (lane, seq)
);

create table intake.cursor (
  consumer text not null,                   -- 'events' (PostgreSQL side) · 'clicks' (ClickHouse side)
  lane     integer not null,
  next_seq bigint not null,                 -- first entry not consumed yet
  planned_seq bigint,                       -- end (exclusive) of the batch being shipped: a repeated attempt ships exactly the same rows
  primary key (consumer, lane)
);
