-- Who is away is said once, where deputies are named: leads follow the same truth as everything else.
insert into access.deputy (deputy_id, principal_user_id, deputy_user_id, starts_at, ends_at, reason, created_by, created_at)
select 'dep_of_absence_' || a.absence_id, a.user_id, a.deputy_user_id, a.from_day::timestamp at time zone 'UTC', a.until_day::timestamp at time zone 'UTC',
       'away', a.user_id, now()
  from pipeline.absence a
 where a.deputy_user_id is not null and a.deputy_user_id <> a.user_id and a.until_day > current_date
   and exists (select from access."user" u where u.id = a.user_id) and exists (select from access."user" u where u.id = a.deputy_user_id);
drop table pipeline.absence;
