-- agreements: a negotiation in rounds, approvals by rule and bound to a hash, templates, jurisdiction rules, reminders.
-- partners: licences with their days, and which contacts may sign.

alter table partners.contact
  add column signatory boolean not null default false; -- may bind the partner; given by the operator

create table partners.licence (
  licence_id   text primary key,
  partner_id   text not null references partners.partner,
  jurisdiction text not null check (jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'), -- ISO 3166-1, or 3166-2 for a state with rules of its own
  class        text not null check (class ~ '^[a-z][a-z0-9_]{1,39}$'),             -- none, vendor_registration, csie, …
  reference    text not null default '',
  valid_from   date not null,
  valid_to     date,                                                              -- exclusive; null: open
  created_by   text not null,
  created_at   timestamptz not null,
  check (valid_to is null or valid_to > valid_from)
);
create index licence_by_partner on partners.licence (partner_id);
alter table partners.licence enable row level security;
grant select on partners.licence to tributary_portal;
create policy own_partner on partners.licence to tributary_portal using (partner_id = (select database.partner()));

-- Texts to begin with: clauses in Markdown with placeholders, each locked or negotiable, beside a standard plan. Versions are only added.
create table agreements.template (
  template_id text primary key,
  program_id  text not null references programs.program,
  code        text not null,
  name        text not null,
  created_by  text not null,
  created_at  timestamptz not null,
  unique (program_id, code)
);
create table agreements.template_version (
  template_version_id text primary key,
  template_id         text not null references agreements.template,
  version             integer not null check (version > 0),
  plan_version_id     text not null references plans.plan_version,
  language            text not null check (language in ('en', 'es')),
  customers           text not null check (customers in ('move', 'stay')),
  clauses             jsonb not null, -- [{ key, title, text, locked }]
  created_by          text not null,
  created_at          timestamptz not null,
  unique (template_id, version)
);

-- What a program asks of its terms: approval rules, notice, answer days, reminders. The newest version applies.
create table agreements.policy (
  program_id text not null references programs.program,
  version    integer not null check (version > 0),
  document   jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (program_id, version)
);
create table agreements.jurisdiction_rules (
  program_id text not null references programs.program,
  version    integer not null check (version > 0),
  rules      jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (program_id, version)
);

-- A round is a whole document: what one side put on the table, never edited. The version points at the round that stands.
create table agreements.round (
  agreement_version_id text not null references agreements.agreement_version,
  round                integer not null check (round > 0),
  side                 text not null check (side in ('operator', 'partner')),
  author               text not null,
  author_name          text not null,
  made_at              timestamptz not null,
  message              text not null default '', -- for both sides
  note                 text not null default '', -- for the author's own side only
  plan_version_id      text not null references plans.plan_version, -- the standard that it is measured against
  plan                 jsonb not null,
  plan_hash            text not null,
  valid_from           date not null,            -- in the program's zone, inclusive
  valid_to             date,                     -- exclusive; null: open
  customers            text not null check (customers in ('move', 'stay')), -- do bound customers move to these terms or stay on those they entered
  clauses              jsonb not null,           -- [{ key, title, text, locked }] with placeholders
  terms_text           text not null,            -- the clauses with everything filled in
  terms_hash           text not null,            -- sha256 hex, see agreements/core/terms-hash.ts
  evidence             text,                     -- a stored simulation, shown to the approvers
  shown_at             timestamptz,              -- since when the other side sees it
  primary key (agreement_version_id, round),
  check (valid_to is null or valid_to > valid_from)
);
insert into agreements.round
  select v.agreement_version_id, 1, 'operator', v.proposed_by, v.proposed_by, v.proposed_at, '', v.note, v.plan_version_id, p.document, p.document_hash,
         v.valid_from, v.valid_to, v.customers, jsonb_build_array(jsonb_build_object('key', 'terms', 'title', '', 'text', v.terms_text, 'locked', false)),
         v.terms_text, v.terms_hash, null, v.approved_at
  from agreements.agreement_version v join plans.plan_version p using (plan_version_id);

drop view reporting.waiting;
drop policy own_terms on plans.plan_version;
drop policy own_partner on agreements.agreement_version;
revoke update on agreements.agreement_version from tributary_portal;
alter table agreements.agreement_version
  drop constraint agreement_version_status_check,
  drop constraint agreement_version_check,
  drop constraint agreement_version_check1,
  drop column plan_version_id, drop column note, drop column valid_from, drop column valid_to, drop column customers,
  drop column terms_text, drop column terms_hash, drop column proposed_by, drop column proposed_at,
  add column round                integer not null default 1,
  add column template_version_id  text references agreements.template_version,
  add column language             text not null default 'en' check (language in ('en', 'es')),
  add column send_when_approved   boolean not null default true,
  add column answer_by            date,          -- last day on which the other side may answer
  add column submitted_at         timestamptz,
  add column sent_by              text,
  add column sent_at              timestamptz,   -- the first time
  add column declined_by          text,
  add column declined_at          timestamptz,
  add column decline_reason       text not null default '',
  add column expired_at           timestamptz,
  add column accepted_user_agent  text,
  add column accepted_hash        text;
update agreements.agreement_version v
  set submitted_at = r.made_at,
      sent_at = v.approved_at,
      sent_by = v.approved_by,
      accepted_hash = case when v.status = 'accepted' then r.terms_hash end,
      status = case v.status when 'approved' then 'sent' else v.status end
  from agreements.round r where r.agreement_version_id = v.agreement_version_id;
alter table agreements.agreement_version
  add constraint agreement_version_status_check
    check (status in ('draft', 'proposed', 'approved', 'sent', 'countered', 'accepted', 'declined', 'withdrawn', 'expired')),
  add constraint agreement_version_signed_check check ((status = 'accepted') = (accepted_at is not null)),
  add constraint agreement_version_round_fk foreign key (agreement_version_id, round) references agreements.round deferrable initially deferred;
create index version_open on agreements.agreement_version (status, agreement_version_id)
  where status in ('draft', 'proposed', 'approved', 'sent', 'countered');

-- What has to be said to before terms may be sent, as the rules asked when they were handed in; and what was said, by whom, about which hash.
create table agreements.approval_need (
  agreement_version_id text not null references agreements.agreement_version,
  terms_hash           text not null,
  rule                 text not null,
  name                 text not null,
  approvers            jsonb not null, -- [{ role, count }]
  reasons              jsonb not null, -- [{ en, es }]
  primary key (agreement_version_id, terms_hash, rule)
);
create table agreements.approval (
  agreement_version_id text not null references agreements.agreement_version,
  terms_hash           text not null,
  person               text not null,
  roles                text[] not null,
  decision             text not null check (decision in ('approved', 'refused')),
  comment              text not null default '',
  decided_at           timestamptz not null,
  primary key (agreement_version_id, terms_hash, person)
);
-- Compliance lets a component through that a jurisdiction rule forbids: for this plan and this rule, with a reason.
create table agreements.jurisdiction_pass (
  agreement_version_id text not null references agreements.agreement_version,
  plan_hash            text not null,
  component            text not null,
  rule                 text not null,
  reason               text not null,
  passed_by            text not null,
  passed_at            timestamptz not null,
  primary key (agreement_version_id, plan_hash, component, rule)
);
create table agreements.reminder (
  agreement_version_id text not null references agreements.agreement_version,
  valid_to             date not null,
  days_before          integer not null,
  reminded_at          timestamptz not null,
  primary key (agreement_version_id, valid_to, days_before)
);

-- A partner sees a version once it was sent, and of its rounds those that were shown to it and its own.
create policy own_partner on agreements.agreement_version to tributary_portal
  using (sent_at is not null and agreement_id in (select agreement_id from agreements.agreement));
grant update (status, round, accepted_name, accepted_by, accepted_at, accepted_address, accepted_user_agent, accepted_hash,
              declined_by, declined_at, decline_reason, answer_by) on agreements.agreement_version to tributary_portal;
alter table agreements.round enable row level security;
grant select, insert on agreements.round to tributary_portal;
create policy own_rounds on agreements.round for select to tributary_portal
  using ((side = 'partner' or shown_at is not null) and agreement_version_id in (select agreement_version_id from agreements.agreement_version));
create policy own_counter on agreements.round for insert to tributary_portal
  with check (side = 'partner' and agreement_version_id in (select agreement_version_id from agreements.agreement_version));
create policy own_terms on plans.plan_version for select to tributary_portal
  using (plan_version_id in (select plan_version_id from agreements.round));

-- Read when a partner signs; nothing of them is shown.
alter table agreements.policy enable row level security;
grant select on agreements.policy to tributary_portal;
create policy own_program on agreements.policy for select to tributary_portal
  using (program_id in (select program_id from agreements.agreement));
alter table agreements.jurisdiction_rules enable row level security;
grant select on agreements.jurisdiction_rules to tributary_portal;
create policy own_program on agreements.jurisdiction_rules for select to tributary_portal
  using (program_id in (select program_id from agreements.agreement));
alter table agreements.jurisdiction_pass enable row level security;
grant select on agreements.jurisdiction_pass to tributary_portal;
create policy own_version on agreements.jurisdiction_pass for select to tributary_portal
  using (agreement_version_id in (select agreement_version_id from agreements.agreement_version));

-- Work that waits for a person, as the reports read it (0016): now with counter-proposals and terms that end.
create view reporting.waiting with (security_invoker = true) as
  select 'agreements_to_approve' as kind, a.partner_id, a.program_id, v.submitted_at as since
  from agreements.agreement_version v join agreements.agreement a using (agreement_id) where v.status = 'proposed'
  union all
  select 'agreements_to_send', a.partner_id, a.program_id, v.approved_at
  from agreements.agreement_version v join agreements.agreement a using (agreement_id) where v.status = 'approved'
  union all
  select 'agreements_to_accept', a.partner_id, a.program_id, r.shown_at
  from agreements.agreement_version v join agreements.agreement a using (agreement_id)
  join agreements.round r using (agreement_version_id, round) where v.status = 'sent'
  union all
  select 'agreements_countered', a.partner_id, a.program_id, r.made_at
  from agreements.agreement_version v join agreements.agreement a using (agreement_id)
  join agreements.round r using (agreement_version_id, round) where v.status = 'countered'
  union all
  -- from thirty days before the end on, and until it is there
  select 'agreements_ending', a.partner_id, a.program_id, (r.valid_to - 30)::timestamptz
  from agreements.agreement_version v join agreements.agreement a using (agreement_id)
  join agreements.round r using (agreement_version_id, round)
  where v.status = 'accepted' and r.valid_to > current_date
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
