-- access: what a partner's request can reach, whatever the code above it forgets. Such a request runs as the role tributary_portal with
-- tributary.partner_id set to its partner. The role has a right only where one is given here, and every table on which it has one has a policy.
-- A new table is closed to partners until its migration grants it and says which rows.

-- A database user that is no superuser needs CREATEROLE, or an administrator who makes the role for it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tributary_portal') then
    begin
      create role tributary_portal nologin;
    exception
      when duplicate_object or unique_violation then null; -- another database of the same server was migrated at this moment
      when insufficient_privilege then
        raise exception 'the database user % may not create roles. Ask the administrator of the server to run once: create role tributary_portal nologin; grant tributary_portal to %;',
          current_user, quote_ident(current_user);
    end;
  end if;
  if not pg_has_role(current_user, 'tributary_portal', 'SET') then
    begin
      execute format('grant tributary_portal to %I with set true', current_user);
    exception when insufficient_privilege then
      raise exception 'the database user % may not act for partners. Ask the administrator of the server to run once: grant tributary_portal to %;',
        current_user, quote_ident(current_user);
    end;
  end if;
end $$;

-- The partner that this connection is narrowed to; null: none, and then no row fits.
create function database.partner() returns text language sql stable parallel safe as
  $$ select nullif(current_setting('tributary.partner_id', true), '') $$;

grant usage on schema database, audit, access, programs, partners, plans, agreements, intake, tracking, attribution, ledger, commissions, payouts, reporting
  to tributary_portal;

-- Rows with the partner's id.
do $$
declare
  entry record;
begin
  for entry in select * from (values
    ('partners.partner', 'select'),
    ('partners.contact', 'select, insert, update, delete'),
    ('partners.participation', 'select'),
    ('agreements.agreement', 'select'),
    ('tracking.link', 'select, insert, update'),
    ('tracking.referral_code', 'select'),
    ('tracking.event', 'select'),
    ('tracking.receipt', 'select'),
    ('tracking.postback', 'select, insert, update'),
    ('tracking.delivery', 'select, insert, update'),
    ('attribution.customer', 'select'),
    ('attribution.former_owner', 'select'),
    ('attribution.decision', 'select'),
    ('ledger.transfer', 'select'),
    ('ledger.period_total', 'select'),
    ('ledger.closing', 'select'),
    ('commissions.dirty', 'select'),
    ('commissions.line', 'select'),
    ('commissions.held', 'select'),
    ('commissions.carry', 'select'),
    ('commissions.adjustment', 'select'),
    ('payouts.statement', 'select'),
    ('access.invitation', 'select, insert, update'),
    ('access.api_key', 'select, insert, update')
  ) as list (name, rights)
  loop
    execute format('alter table %s enable row level security', entry.name);
    execute format('grant %s on %s to tributary_portal', entry.rights, entry.name);
    execute format('create policy own_partner on %s to tributary_portal using (partner_id = (select database.partner()))', entry.name);
  end loop;
end $$;

-- Of the own record a partner changes how it can be reached, nothing else.
grant update (email, website, language, revision) on partners.partner to tributary_portal;

-- Rows that hang on a row with the partner's id; the inner table's policy narrows them.
alter table agreements.agreement_version enable row level security;
grant select on agreements.agreement_version to tributary_portal;
grant update (status, accepted_name, accepted_by, accepted_at, accepted_address) on agreements.agreement_version to tributary_portal;
create policy own_partner on agreements.agreement_version to tributary_portal
  using (agreement_id in (select agreement_id from agreements.agreement));

alter table plans.plan_version enable row level security;
grant select on plans.plan_version to tributary_portal;
create policy own_terms on plans.plan_version for select to tributary_portal
  using (plan_version_id in (select plan_version_id from agreements.agreement_version));
alter table plans.plan enable row level security;
grant select on plans.plan to tributary_portal;
create policy own_terms on plans.plan for select to tributary_portal
  using (plan_id in (select plan_id from plans.plan_version));

alter table tracking.attempt enable row level security;
grant select, insert, update on tracking.attempt to tributary_portal;
create policy own_delivery on tracking.attempt to tributary_portal
  using (exists (select from tracking.delivery d where d.delivery_id = attempt.delivery_id));

-- Of the intake log a partner sees clicks on its own links, found by their key when a commission is explained.
alter table intake.entry enable row level security;
grant select on intake.entry to tributary_portal;
create policy own_clicks on intake.entry for select to tributary_portal
  using (kind = 1 and (body::json ->> 'linkId') in (select link_id from tracking.link));

alter table commissions.fact_day enable row level security;
grant select on commissions.fact_day to tributary_portal;
create policy own_customer on commissions.fact_day for select to tributary_portal
  using (exists (select from attribution.customer c where c.customer_id = fact_day.customer_id)
      or exists (select from attribution.former_owner f where f.customer_id = fact_day.customer_id));
alter table commissions.milestone enable row level security;
grant select on commissions.milestone to tributary_portal;
create policy own_customer on commissions.milestone for select to tributary_portal
  using (exists (select from attribution.customer c where c.customer_id = milestone.customer_id)
      or exists (select from attribution.former_owner f where f.customer_id = milestone.customer_id));

alter table ledger.account enable row level security;
grant select on ledger.account to tributary_portal;
create policy own_account on ledger.account for select to tributary_portal using (owner = (select database.partner()));
alter table ledger.posting enable row level security;
grant select on ledger.posting to tributary_portal;
create policy own_account on ledger.posting for select to tributary_portal
  using (account_id in (select account_id from ledger.account));
alter table ledger.balance enable row level security;
grant select on ledger.balance to tributary_portal;
create policy own_account on ledger.balance for select to tributary_portal
  using (account_id in (select account_id from ledger.account));

-- What every partner may read: programs and offers that are open, regions, exchange rates.
alter table programs.program enable row level security;
grant select on programs.program to tributary_portal;
create policy open_to_partners on programs.program for select to tributary_portal using (status <> 'draft');
alter table programs.offer enable row level security;
grant select on programs.offer to tributary_portal;
create policy open_to_partners on programs.offer for select to tributary_portal using (status <> 'draft');
alter table programs.region enable row level security;
grant select on programs.region to tributary_portal;
create policy open_to_partners on programs.region for select to tributary_portal using (true);
alter table commissions.rate enable row level security;
grant select on commissions.rate to tributary_portal;
create policy open_to_partners on commissions.rate for select to tributary_portal using (true);

-- People of the partner, their roles, sessions and views.
alter table access."user" enable row level security;
grant select on access."user" to tributary_portal;
grant update (name, language, status, two_factor_enabled, updated_at, revision) on access."user" to tributary_portal;
create policy own_partner on access."user" to tributary_portal using (partner_id = (select database.partner()));

alter table access.role_grant enable row level security;
grant select, insert, delete on access.role_grant to tributary_portal;
create policy own_people on access.role_grant to tributary_portal
  using (user_id in (select id from access."user"))
  with check (user_id in (select id from access."user") and scope_kind = 'partner' and scope_id = (select database.partner())
              and role in ('partner_owner', 'partner_member', 'partner_developer'));

alter table access.saved_view enable row level security;
grant select, insert, update, delete on access.saved_view to tributary_portal;
create policy own_people on access.saved_view to tributary_portal using (user_id in (select id from access."user"));

-- To end a colleague's sessions or remove a lost second factor, a partner's owner needs to know whose they are, never what is in them.
alter table access.session enable row level security;
grant select (user_id), delete on access.session to tributary_portal;
create policy own_people on access.session to tributary_portal using (user_id in (select id from access."user"));
alter table access.two_factor enable row level security;
grant select (user_id), delete on access.two_factor to tributary_portal;
create policy own_people on access.two_factor to tributary_portal using (user_id in (select id from access."user"));

-- What a partner's people do goes into the trail; the trail itself is not theirs to read.
alter table audit.entry enable row level security;
grant insert on audit.entry to tributary_portal;
create policy own_partner on audit.entry for insert to tributary_portal with check (partner_id = (select database.partner()));
alter table audit.head enable row level security;
grant select, update on audit.head to tributary_portal;
create policy chain on audit.head to tributary_portal using (true);

-- Views of reporting run with the asker's rights, so the policies above hold behind them.
grant select on reporting.program, reporting.offer, reporting.partner, reporting.link, reporting.event, reporting.customer, reporting.receipt
  to tributary_portal;
