-- reporting: how far each lane of the intake log has been shipped to ClickHouse, and the views by which it reads the rows of
-- the rooms below. The views are the whole agreement: a room may change its tables as long as the view can be kept. They run
-- with the rights of whoever asks (security_invoker), so that row-level security holds behind them too.
create schema reporting;

-- One row per lane of the intake log. A batch is planned first and shipped then: whoever finds a planned batch knows that an
-- attempt at exactly these rows was under way, asks ClickHouse which of them arrived, and adds the rest.
create table reporting.lane (
  lane        integer primary key,
  next_seq    bigint not null default 0,       -- first entry not shipped yet
  planned_seq bigint,                          -- end (exclusive) of the batch under way
  done        boolean not null default false,  -- the lane is closed and shipped to its end
  check (planned_seq > next_seq),
  check (not done or planned_seq is null)
);

-- Each time rows are shipped they carry the next number: the newest reading of a row wins in ClickHouse.
create sequence reporting.version;

create view reporting.intake_entry with (security_invoker = true) as
  select lane, seq, kind, received_at, body from intake.entry;

create view reporting.intake_lane with (security_invoker = true) as
  select lane, closed_at is not null as closed from intake.lane;

create view reporting.program with (security_invoker = true) as
  select program_id, code, name, status, time_zone, currency from programs.program;
create view reporting.offer with (security_invoker = true) as
  select offer_id, program_id, code, name, status from programs.offer;
create view reporting.partner with (security_invoker = true) as
  select partner_id, code, name, kind, status, country, region_id, owner_user_id, parent_partner_id, created_at, activated_at
  from partners.partner;
create view reporting.link with (security_invoker = true) as
  select link_id, num, code, name, program_id, offer_id, partner_id, status from tracking.link;

-- What is waiting to be shipped: arrays of event ids, customer ids, or (for receipts) seqs of a lane.
create view reporting.ship with (security_invoker = true) as
  select ship_id, subject, lane, keys from tracking.ship;

-- An event with the owner of its customer on its day.
create view reporting.event with (security_invoker = true) as
  select e.event_id, e.program_id, e.type, e.source_id, e.external_id, e.customer_id, e.customer_ref, e.occurred_at, e.received_at,
         e.lane, e.seq, e.line, e.currency, e.measures, e.quantities, e.dimensions, e.replaces, e.superseded_by, e.void,
         d.day, o.partner_id, o.offer_id, o.link_id, o.click_id
  from tracking.event e
  join programs.program p using (program_id)
  cross join lateral (select (e.occurred_at at time zone p.time_zone)::date as day) d
  left join lateral (
    select w.partner_id, w.offer_id, w.link_id, w.click_id
    from (
      select 0 as position, c.partner_id, c.offer_id, c.link_id, c.click_id, c.owned_from, c.owned_until
      from attribution.customer c where c.customer_id = e.customer_id
      union all
      select f.position, f.partner_id, f.offer_id, f.link_id, f.click_id, f.owned_from, f.owned_until
      from attribution.former_owner f where f.customer_id = e.customer_id
    ) w
    where (w.owned_from is null or w.owned_from <= d.day) and (w.owned_until is null or w.owned_until > d.day)
    order by w.position limit 1
  ) o on true;

create view reporting.customer with (security_invoker = true) as
  select c.customer_id, c.program_id, c.customer_ref, c.first_seen, c.partner_id, c.offer_id, c.link_id, c.click_id, c.country, c.reason,
         c.bound_at, m.registered_at, m.kyc_at, m.ftd_at, m.ftd_minor, m.ftd_currency, m.second_deposit_at
  from attribution.customer c left join commissions.milestone m using (customer_id);

create view reporting.receipt with (security_invoker = true) as
  select lane, seq, line, fate, reason, detail, event_id, partner_id, decided_at from tracking.receipt;
