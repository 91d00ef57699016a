-- Under whom a partner stood, and when: what its customers bring belongs to the parent of their day.
create table partners.parent_period (
  partner_id        text not null references partners.partner,
  parent_partner_id text not null references partners.partner,
  valid_from        date not null,             -- '0001-01-01': from the beginning
  valid_to          date,                      -- exclusive; null: still
  primary key (partner_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
create index parent_period_by_parent on partners.parent_period (parent_partner_id);

insert into partners.parent_period (partner_id, parent_partner_id, valid_from)
select partner_id, parent_partner_id, '0001-01-01' from partners.partner where parent_partner_id is not null;
