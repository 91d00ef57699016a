-- database: what somebody waits for in front of a screen goes before what merely follows from a change.
create or replace function database.announce(name text, payload json) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(identifier => name, payload => payload, priority =>
    case when name in (
      'commissions.simulate', 'attribution.replay', 'runs.advance', 'integrations.work', 'partners.bulk_work',
      'reconciliation.side_file', 'reconciliation.compare', 'tracking.shadow_file', 'tracking.shadow_look', 'tracking.shadow_compare')
    then -10 else 0 end);
end $$;
