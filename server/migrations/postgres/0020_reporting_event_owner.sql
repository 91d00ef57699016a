-- reporting: the owner of an event's customer on its day. Former owners are looked at only when the present one was not the owner then:
-- this is read for every event that is shipped.
create or replace view reporting.event with (security_invoker = true) as
  select e.event_id, e.program_id, e.type, e.source_id, e.external_id, e.customer_id, e.customer_ref, e.occurred_at, e.received_at,
         e.lane, e.seq, e.line, e.currency, e.measures, e.quantities, e.dimensions, e.replaces, e.superseded_by, e.void,
         d.day, case when c.now then c.partner_id else f.partner_id end as partner_id,
         case when c.now then c.offer_id else f.offer_id end as offer_id, case when c.now then c.link_id else f.link_id end as link_id,
         case when c.now then c.click_id else f.click_id end as click_id
  from tracking.event e
  join programs.program p using (program_id)
  cross join lateral (select (e.occurred_at at time zone p.time_zone)::date as day) d
  left join lateral (
    select c.partner_id, c.offer_id, c.link_id, c.click_id,
           (c.owned_from is null or c.owned_from <= d.day) and (c.owned_until is null or c.owned_until > d.day) as now
    from attribution.customer c where c.customer_id = e.customer_id
  ) c on true
  left join lateral (
    select f.partner_id, f.offer_id, f.link_id, f.click_id
    from attribution.former_owner f
    where not c.now and f.customer_id = e.customer_id
      and (f.owned_from is null or f.owned_from <= d.day) and (f.owned_until is null or f.owned_until > d.day)
    order by f.position limit 1
  ) f on true;
