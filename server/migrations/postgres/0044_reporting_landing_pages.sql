-- reporting: what pages of landing sets are called.
create view reporting.landing_page with (security_invoker = true) as
  select landing_id, offer_id, name from programs.landing_page;
grant select on reporting.landing_page to tributary_portal;
