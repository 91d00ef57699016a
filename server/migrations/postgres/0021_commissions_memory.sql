-- What a component of an agreement remembers from month to month: a carried base per group, who is fenced in, what an advance has still to
-- bring in, the band reached, what a cap has used. Instead of the one number that was carried before.
drop table commissions.carry;

create table commissions.memory (
  partner_id  text not null,
  program_id  text not null,
  component   text not null,
  month       date not null,                 -- the month it is remembered into
  currency    text not null,
  left_by     text not null,                 -- agreement version that left it
  memory      jsonb not null,                -- {own, bands, caps, postponed, handedOver}, decimals as text
  primary key (program_id, partner_id, component, currency, month)
);
alter table commissions.memory enable row level security;
grant select on commissions.memory to tributary_portal;
create policy own_partner on commissions.memory for select to tributary_portal
  using (partner_id = (select database.partner()));

-- Clicks that count and impressions per day, as the analytics counted them: what CPC and CPM are paid for.
create table commissions.traffic_day (
  partner_id  text not null,
  program_id  text not null,
  day         date not null,
  country     text not null default '',
  offer_id    text not null default '',
  clicks      bigint not null,
  unique_clicks bigint not null,
  impressions bigint not null,
  primary key (program_id, partner_id, day, country, offer_id)
);
alter table commissions.traffic_day enable row level security;
grant select on commissions.traffic_day to tributary_portal;
create policy own_partner on commissions.traffic_day for select to tributary_portal
  using (partner_id = (select database.partner()));

-- Numbers that the operator states for a partner and month: metrics that nothing here can work out.
create table commissions.stated_metric (
  partner_id  text not null,
  program_id  text not null,
  name        text not null,
  month       date not null,
  day         date,                          -- for caps per day
  value       numeric not null,
  stated_by   text not null,
  stated_at   timestamptz not null,
  unique nulls not distinct (program_id, partner_id, name, month, day)
);
alter table commissions.stated_metric enable row level security;
grant select on commissions.stated_metric to tributary_portal;
create policy own_partner on commissions.stated_metric for select to tributary_portal
  using (partner_id = (select database.partner()));

-- Everything with a line is calculated again: what is remembered has another form.
insert into commissions.dirty (partner_id, program_id, month, marked_at)
select partner_id, program_id, min(month), now() from commissions.line group by 1, 2
on conflict (program_id, partner_id, month) do update set revision = commissions.dirty.revision + 1;

-- Lines of sub-partners' commission are about a partner; earlier months of a whole plan are read by month.
create index line_by_month on commissions.line (program_id, partner_id, component, month);
