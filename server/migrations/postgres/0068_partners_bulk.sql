-- partners: many partners or contacts at once, from a file or from a selection: read, previewed, made in the background, taken back.
create table partners.bulk_change (
  bulk_id     text primary key,
  subject     text not null check (subject in ('partner', 'contact')),
  source      text not null check (source in ('file', 'selection')),
  name        text not null,
  status      text not null check (status in ('open', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'failed', 'cancelled')),
  sheets      jsonb not null default '[]',    -- [{name, columns, rows, hidden, notes, brokenOff}]
  mapping     jsonb not null default '{}',    -- {sheet, columns: {column: field}, mode, match, emptyCells, tags}
  edit        jsonb,                          -- what a selection is given; null: the rows say it
  remembered  boolean not null default false,
  counts      jsonb not null default '{}',    -- {action: rows}
  undone      jsonb not null default '{}',    -- {undone: rows, kept: rows}
  total       integer not null default 0,
  done        integer not null default 0,
  failure     text,
  actor_kind  text not null,                  -- who is answerable: work in the background is done in this name
  created_by  text not null,
  actor_name  text not null,
  created_at  timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  undo_until  timestamptz,
  beat_at     timestamptz,                    -- last sign of life of whoever works on it
  revision    integer not null default 1
);
create index bulk_change_at_work on partners.bulk_change (status) where status in ('checking', 'running', 'undoing');
create index bulk_change_by_person on partners.bulk_change (created_by, bulk_id);

-- Rows as they stood in the file: the dry run and the rejects file read these, never the file again.
create table partners.bulk_row (
  bulk_id text not null references partners.bulk_change on delete cascade,
  sheet   smallint not null,
  line    integer not null,
  cells   text[] not null,
  problem jsonb,
  primary key (bulk_id, sheet, line)
);

-- What becomes of each row of the table that is used.
create table partners.bulk_decision (
  bulk_id    text not null references partners.bulk_change on delete cascade,
  line       integer not null,
  action     text not null check (action in ('create', 'update', 'unchanged', 'refuse', 'skip')),
  target_id  text,                            -- of a create: what was made
  partner_id text,                            -- whose record it is, once there is one
  label      text not null,
  stamp      text,                            -- what the record was when the row was decided about
  changes    jsonb not null default '[]',     -- [{field, before, after}]
  problem    jsonb,                           -- {field, value, code, details}
  steps      boolean not null default false,  -- parent and status, one record after the other
  made_at    timestamptz,
  stepped_at timestamptz,
  made_stamp text,                            -- what the record was when the row was made: an undo finds out by it whether somebody was here since
  undone_at  timestamptz,
  kept       jsonb,                           -- why an undo left it: {code, details}
  primary key (bulk_id, line)
);
create index bulk_decision_by_action on partners.bulk_decision (bulk_id, action, line);
create index bulk_decision_to_make on partners.bulk_decision (bulk_id, line) where action in ('create', 'update') and made_at is null;
create index bulk_decision_to_step on partners.bulk_decision (bulk_id, line) where steps and stepped_at is null;
create index bulk_decision_to_undo on partners.bulk_decision (bulk_id, line) where made_at is not null and undone_at is null and kept is null;

-- How a table of these columns was understood the last time.
create table partners.bulk_mapping (
  subject text not null,
  columns text not null,                      -- hash of the columns' names
  mapping jsonb not null,
  by_user text not null,
  at      timestamptz not null,
  primary key (subject, columns)
);

-- Rows find their record by its address.
create index partner_by_email on partners.partner (lower(email)) where email <> '';
create index contact_by_email on partners.contact (lower(email));

-- Notices of many changes in one statement.
create function database.announce_many(name text, payloads json[]) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select row(name, p, null, null, null, null, null, null)::graphile_worker.job_spec from unnest(payloads) p));
end $$;

-- Removes records that a bulk change made and that nothing stands on: what any table refers to stays, and is not in the answer.
create function partners.remove_unused(kind text, ids text[]) returns setof text
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  one record;
  held text[] := '{}';
  more text[];
begin
  for one in
    select c.conrelid::regclass as relation, a.attname as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.conparentid = 0 and cardinality(c.conkey) = 1
       and c.confrelid = case kind when 'partner' then 'partners.partner'::regclass else 'partners.contact'::regclass end
       and c.conrelid <> all (array['partners.parent_period'::regclass, 'partners.field_value'::regclass])
  loop
    execute format('select array_agg(distinct %1$I::text) from %2$s where %1$I = any ($1)', one.name, one.relation) into more using ids;
    held := held || coalesce(more, '{}');
  end loop;
  if kind = 'partner' then
    select held || coalesce(array_agg(distinct parent_partner_id), '{}') into held from partners.parent_period where parent_partner_id = any (ids);
    delete from partners.parent_period where partner_id = any (ids) and partner_id <> all (held);
    delete from partners.field_value where partner_id = any (ids) and partner_id <> all (held);
    return query delete from partners.partner p where p.partner_id = any (ids) and p.partner_id <> all (held) returning p.partner_id;
  else
    return query delete from partners.contact c where c.contact_id = any (ids) and c.contact_id <> all (held) returning c.contact_id;
  end if;
end $$;
