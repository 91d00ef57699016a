-- agreements: whom a round names, as they were called when it was written, so that its paper stays the same when somebody is renamed.
alter table agreements.round add column parties jsonb not null default '{}';
update agreements.round r
  set parties = jsonb_build_object('partnerName', p.name, 'partnerLegalName', p.legal_name, 'programName', g.name)
  from agreements.agreement_version v
  join agreements.agreement a using (agreement_id)
  join partners.partner p using (partner_id)
  join programs.program g on g.program_id = a.program_id
  where v.agreement_version_id = r.agreement_version_id;
alter table agreements.round alter column parties drop default;
