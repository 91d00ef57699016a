-- runs: who was told by mail that a run waits for them, so that nobody is told twice.
create table runs.letter (
  run_id  text not null references runs.run,
  attempt integer not null,
  level   text not null check (level in ('regional', 'central', 'finance')),
  kind    text not null check (kind in ('waiting', 'overdue')),
  user_id text not null,
  sent_at timestamptz not null,
  primary key (run_id, attempt, level, kind, user_id)
);
