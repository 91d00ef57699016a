-- attribution: when a customer was first seen is the time of the earliest of its events that count. None counts when all were reversed,
-- or when a reversal came before its event; a time would then be the time of arrival, and the next event could not correct it.
alter table attribution.customer alter column first_seen drop not null;
update attribution.customer c set first_seen = null
where not exists (select from tracking.event e where e.customer_id = c.customer_id and e.superseded_by is null and not e.void);
