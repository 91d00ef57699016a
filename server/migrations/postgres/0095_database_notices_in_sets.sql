-- database: notices that come by the thousand (partners of an import, cases to look at) stand in a table until they are taken, many at once.
-- The job that is written with them only calls for whoever takes them: one for each name and transaction, whatever the number.
create table database.notice (
  notice_id bigint generated always as identity primary key,
  name      text not null,
  payload   json not null
);
create index notice_by_name on database.notice (name, notice_id);
-- Rows live for a moment: what is left of them is cleared away by their number, not by a share of the table.
alter table database.notice set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.5);

create function database.in_sets(name text) returns boolean language sql immutable set search_path = pg_catalog, pg_temp as $$
  select name in ('partners.created', 'partners.status_changed', 'procedures.look', 'procedures.stage_entered', 'procedures.case_finished',
    'governance.partners', 'compliance.document_decided', 'compliance.risk_rated', 'payees.changed')
$$;

create function database.call_for(name text) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  -- Ends with the transaction, and with a savepoint that is rolled back, just as the job does.
  called constant text := 'tributary.called_for_' || replace(name, '.', '_');
begin
  if current_setting(called, true) = 'yes' then return; end if;
  perform set_config(called, 'yes', true);
  perform graphile_worker.add_job(identifier => name, payload => '{"standing": true}');
end $$;

create or replace function database.announce(name text, payload json) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if database.in_sets(name) then
    insert into database.notice (name, payload) values (announce.name, announce.payload);
    perform database.call_for(name);
  else
    perform graphile_worker.add_job(identifier => name, payload => payload, priority =>
      case when name in (
        'commissions.simulate', 'attribution.replay', 'runs.advance', 'integrations.work', 'partners.bulk_work',
        'reconciliation.side_file', 'reconciliation.compare', 'tracking.shadow_file', 'tracking.shadow_look', 'tracking.shadow_compare')
      then -10 else 0 end);
  end if;
end $$;

create or replace function database.announce_many(name text, payloads json[]) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if database.in_sets(name) then
    insert into database.notice (name, payload) select announce_many.name, p from unnest(payloads) p;
    if found then perform database.call_for(name); end if;
  else
    perform graphile_worker.add_jobs(array(
      select row(name, p, null, null, null, null, null, null)::graphile_worker.job_spec from unnest(payloads) p));
  end if;
end $$;

-- Whoever takes what stands has answered every call for it that could be seen until now.
create function database.answer_calls(name text) returns void
  language sql set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.complete_jobs(array(
    select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = answer_calls.name and j.locked_at is null and j.payload::text = '{"standing": true}'))
$$;

-- A notice that could not be taken becomes a job of its own, tried again later and later, and keeps no other one waiting.
create function database.notice_alone(id bigint) returns void
  language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  one database.notice;
begin
  delete from database.notice where notice_id = id returning * into one;
  if found then perform graphile_worker.add_job(identifier => one.name, payload => one.payload, run_at => now() + interval '10 seconds'); end if;
end $$;

-- Notices that no room of this program listens to. An hour is left for a program of another version that may do.
create function database.forget_unheard(heard text[]) returns void
  language sql set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.complete_jobs(array(
    select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier <> all (heard) and j.locked_at is null and j.run_at < now() - interval '1 hour'))
$$;
