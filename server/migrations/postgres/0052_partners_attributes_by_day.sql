-- What a partner was before it changed: commission of a past month goes by the kind, status, country and tags (levels) of its days.
create table partners.attribute_period (
  partner_id text not null references partners.partner,
  valid_to   date not null,                    -- exclusive: it was this up to the day before
  kind       text not null,
  status     text not null,
  country    text,
  tags       text[] not null,
  primary key (partner_id, valid_to)
);

-- Months that are due only because another program's month of the same partner is: they do not make others due in turn.
alter table commissions.dirty add column derived boolean not null default false;

-- A partner's own commission is explained by what it was; what others were stays theirs.
alter table partners.attribute_period enable row level security;
grant select on partners.attribute_period to tributary_portal;
create policy own_partner on partners.attribute_period for select to tributary_portal
  using (partner_id = (select database.partner()));
