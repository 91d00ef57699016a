-- intake: the durable log that every fact from outside is appended to before it is answered.
-- A lane is one writing process; it numbers its entries itself and commits batches one after the other, so inside a lane
-- the order of commit is the order of seq and a consumer needs a cursor per lane only. The writer holds the advisory lock
-- (LANE_LOCK, lane) as long as its session lives: whoever gets that lock knows that nothing more can be committed to the lane.
create schema intake;

create table intake.lane (
  lane       integer generated always as identity primary key,
  writer     text not null,                 -- role and host, for people
  opened_at  timestamptz not null,
  closed_at  timestamptz                    -- set when nothing more can be written to it
);

create table intake.entry (
  lane        integer not null,
  seq         bigint not null,
  kind        smallint not null,            -- 1 click · 2 impression · 3 event · 4 command
  received_at timestamptz not null,
  body        text not null,                -- JSON, shape by kind, see tracking/contracts.ts
  primary key (lane, seq)
);
-- Events among many clicks: consumers that do not read clicks must not walk over them.
create index entry_not_click on intake.entry (lane, seq) where kind <> 1;
create index lane_open on intake.lane (lane) where closed_at is null;
-- A file's entry carries thousands of events. LZ4 packs them several times faster than the default, where the server knows it.
do $$ begin
  alter table intake.entry alter column body set compression lz4;
exception when feature_not_supported or invalid_parameter_value then null;
end $$;

create table intake.cursor (
  consumer text not null,                   -- 'events' (PostgreSQL side) · 'clicks' (ClickHouse side)
  lane     integer not null,
  next_seq bigint not null,                 -- first entry not consumed yet
  planned_seq bigint,                       -- end (exclusive) of the batch being shipped: a repeated attempt ships exactly the same rows
  done     boolean not null default false,  -- the lane is closed and consumed to its end
  primary key (consumer, lane)
);
