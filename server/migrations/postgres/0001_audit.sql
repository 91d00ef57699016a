-- audit: who did what, when and why, in a chain that shows every later change.
create schema audit;

create table audit.entry (
  seq           bigint primary key,          -- 1, 2, 3 … without a gap
  at            timestamptz not null,
  actor_kind    text not null,
  actor_id      text not null,
  actor_name    text not null,
  action        text not null,               -- '<room>.<what happened>'
  subject_kind  text not null,
  subject_id    text not null,
  partner_id    text,                        -- the partner concerned, if any
  before        jsonb,
  after         jsonb,
  reason        text,
  previous_hash text not null,               -- 64 zeros for the first
  hash          text not null                -- sha256 hex of the canonical JSON of everything above
);
create index entry_by_subject on audit.entry (subject_kind, subject_id, seq);
create index entry_by_actor on audit.entry (actor_id, seq);
create index entry_by_partner on audit.entry (partner_id, seq) where partner_id is not null;
create index entry_by_action on audit.entry (action, seq);

-- Where the chain ends. Its row lock puts writers in line; whoever cuts entries off the end has to forge this row too.
create table audit.head (
  only_row boolean primary key default true check (only_row),
  seq      bigint not null,
  hash     text not null
);
insert into audit.head (seq, hash) values (0, repeat('0', 64));

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit.% is append only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger entry_append_only before update or delete on audit.entry for each row execute function audit.refuse_change();
create trigger entry_no_truncate before truncate on audit.entry for each statement execute function audit.refuse_change();
create trigger head_never_removed before delete on audit.head for each row execute function audit.refuse_change();
