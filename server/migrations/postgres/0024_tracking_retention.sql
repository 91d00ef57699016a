-- tracking: what is old and led to nobody may leave the intake log (docs/adr/0015).
alter table intake.lane add column purged_seq bigint not null default 0;  -- clicks and impressions before it are gone, but for those in intake.kept

-- Clicks that an event names, and those that came before them on the visitor's way: what explains and decides attribution stays.
create table intake.kept (
  lane integer not null,
  seq  bigint not null,
  primary key (lane, seq)
);

-- Up to which event the journeys are in intake.kept.
create table intake.retention (
  only_row      boolean primary key default true check (only_row),
  kept_event_id bigint not null default 0
);
insert into intake.retention default values;

create or replace view reporting.intake_lane with (security_invoker = true) as
  select lane, closed_at is not null as closed, purged_seq from intake.lane;
