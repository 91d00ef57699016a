-- governance: a partner that changed is compared with whoever has its address or its name, and not with everybody (the shipped rules of uniqueness).
create index partner_by_email_once on partners.partner (lower(btrim(email))) where email <> '';
create index partner_by_name_letters on partners.partner (lower(regexp_replace(name, '[^[:alnum:]]', '', 'g')));

-- A partner's contacts are looked at once, not once for each number that is made of them.
create or replace view governance.partner_record as
  select p.partner_id, p.code, p.name, p.legal_name, p.kind, p.status, p.region_id, p.country, p.language, p.email, p.website, p.owner_user_id,
    p.deputy_user_id, p.entity, p.parent_partner_id, p.tags, p.note, p.created_at, p.activated_at,
    people.contacts, people.signatories,
    (select count(*) from partners.participation m where m.partner_id = p.partner_id)::integer as programs,
    (select count(*) from tracking.link l where l.partner_id = p.partner_id and l.status = 'active')::integer as links,
    coalesce((select e.at from audit.entry e where e.partner_id = p.partner_id order by e.seq desc limit 1), p.created_at) as changed_at
  from partners.partner p
  cross join lateral (
    select count(*)::integer as contacts, count(*) filter (where c.signatory)::integer as signatories
      from partners.contact c where c.partner_id = p.partner_id and c.left_on is null) people
  where p.merged_into is null;
