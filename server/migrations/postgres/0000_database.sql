-- database: what every room builds on.
create schema if not exists database;

-- A notice is a job of graphile-worker, written in the transaction of the change that it tells of. The function runs with the rights of
-- its owner, because a change made for a partner runs under a role that may not touch the job tables itself.
create function database.announce(name text, payload json) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(identifier => name, payload => payload);
end $$;
