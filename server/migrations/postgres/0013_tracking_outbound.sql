-- tracking: what sending partner postbacks needs beyond the records themselves.

-- The host never holds a macro, so it is known when the postback is saved; deliveries are rationed per host.
alter table tracking.postback add column host text not null;

-- `window_from` starts the 72 hours of retries (a resend by hand starts them anew); `outcome` says why a delivery is settled.
alter table tracking.delivery
  add column program_id text,
  add column window_from timestamptz not null,
  add column outcome text check (outcome in ('answered', 'gave_up', 'archived')),
  add constraint delivery_is_due_or_settled check ((state = 'waiting') = (next_at is not null));
create index delivery_due on tracking.delivery (postback_id, next_at) where state = 'waiting';
create index delivery_dead on tracking.delivery (postback_id, delivery_id desc) where state = 'dead';

-- An attempt is written before the call goes out: one that a crash cut off stays in the log, without a duration.
alter table tracking.attempt
  alter column duration_ms drop not null,
  add column by_user text;
