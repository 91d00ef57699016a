-- reporting: whom or what a commission line is for, so that earnings can be told by the offer that brought a customer.
create or replace view reporting.commission_line with (security_invoker = true) as
  select line_id, partner_id, program_id, component, month, booked_month, earned_on, currency, difference_minor, calculated_at,
         subject_kind, subject_id
  from commissions.line;
