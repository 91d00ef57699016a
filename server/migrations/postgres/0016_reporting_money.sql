-- reporting: earnings, and what waits for somebody, as the reports read them.
create view reporting.commission_line with (security_invoker = true) as
  select line_id, partner_id, program_id, component, month, booked_month, earned_on, currency, difference_minor, calculated_at
  from commissions.line;

create view reporting.held_commission with (security_invoker = true) as
  select partner_id, program_id, currency, held_minor, held_until from commissions.held;

-- Work that waits for a person: kind, whose it is, since when (a statement from the end of its month on).
create view reporting.waiting with (security_invoker = true) as
  select 'agreements_to_approve' as kind, a.partner_id, a.program_id, v.proposed_at as since
  from agreements.agreement_version v join agreements.agreement a using (agreement_id) where v.status = 'proposed'
  union all
  select 'agreements_to_accept', a.partner_id, a.program_id, v.approved_at
  from agreements.agreement_version v join agreements.agreement a using (agreement_id) where v.status = 'approved'
  union all
  select 'adjustments_to_approve', partner_id, program_id, proposed_at from commissions.adjustment where status = 'proposed'
  union all
  select 'statements_to_close', partner_id, null, (month + interval '1 month')::timestamptz
  from payouts.statement where status = 'open'
  union all
  select 'statements_to_pay', partner_id, null, closed_at from payouts.statement where status = 'closed' and closing_minor > 0
  union all
  select 'partners_in_onboarding', partner_id, null, created_at from partners.partner where status = 'onboarding'
  union all
  select 'postbacks_dead', d.partner_id, p.program_id, d.settled_at
  from tracking.delivery d join tracking.postback p using (postback_id)
  where d.state = 'dead';

grant select on reporting.commission_line, reporting.held_commission to tributary_portal;
