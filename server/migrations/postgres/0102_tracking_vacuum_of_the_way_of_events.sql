-- tracking, attribution, commissions: how often the tables that every event is appended to are vacuumed.
-- Left alone they are vacuumed for their inserts each time they have grown by a fifth, which while a file is imported or a sample is built is
-- every twenty seconds, and took a quarter of the server's processor time. Nothing reads them from an index alone, so all that it gains is
-- that rows are frozen early; two million rows are soon enough for that. Rows that are changed or deleted are vacuumed as before.
alter table intake.entry set (autovacuum_vacuum_insert_threshold = 2000000, autovacuum_vacuum_insert_scale_factor = 0.5);
alter table tracking.event set (autovacuum_vacuum_insert_threshold = 2000000, autovacuum_vacuum_insert_scale_factor = 0.5);
alter table tracking.receipt set (autovacuum_vacuum_insert_threshold = 2000000, autovacuum_vacuum_insert_scale_factor = 0.5);
alter table attribution.decision set (autovacuum_vacuum_insert_threshold = 2000000, autovacuum_vacuum_insert_scale_factor = 0.5);
-- And read for the planner each time they have grown by a tenth, of which nothing is learned that was not known.
alter table intake.entry set (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.5);
alter table tracking.event set (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.5);
alter table tracking.receipt set (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.5);
alter table attribution.decision set (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.5);
alter table commissions.fact_day set (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.5);
-- Read from its index alone, so that a large one is vacuumed often; a small one is read whole in any case.
alter table commissions.fact_day set (autovacuum_vacuum_insert_threshold = 200000);
-- Reached by the key alone: no plan depends on what the bodies hold, nor on more than a rough count.
alter table intake.entry alter column body set statistics 0, alter column lane set statistics 10, alter column seq set statistics 10,
  alter column kind set statistics 10, alter column received_at set statistics 10;
alter table tracking.event alter column measures set statistics 0, alter column quantities set statistics 0, alter column dimensions set statistics 0,
  alter column content_hash set statistics 0;
-- Queues that empty all the time: to give their last pages back, a vacuum waits for everybody who works on them, five seconds at a time.
alter table commissions.dirty set (vacuum_truncate = off);
alter table tracking.ship set (vacuum_truncate = off);
