-- morning: what is worth doing today, for whom, and by what it is ranked; plans of portfolios.
create schema morning;

-- What is read of other rooms, set by set.
create view morning.seat with (security_invoker = true) as
  select partner_id, name, region_id, owner_user_id, deputy_user_id, status, kind, created_at, activated_at
  from partners.partner where merged_into is null;
create view morning.alert with (security_invoker = true) as
  select alert_id, program_id, partner_id, kind, event_type, direction, state, since, expected, seen, chance, acknowledged_by, muted_until
  from health.alert where state <> 'closed';
create view morning.terms with (security_invoker = true) as
  select a.agreement_id, a.partner_id, a.program_id, v.agreement_version_id, v.version, v.status, r.author, r.valid_from, r.valid_to, r.plan,
         r.plan_version_id, r.made_at
  from agreements.agreement a join agreements.agreement_version v using (agreement_id)
  join agreements.round r on r.agreement_version_id = v.agreement_version_id and r.round = v.round;
create view morning.cap with (security_invoker = true) as
  select c.cap_id, c.name, c.program_id, coalesce(c.partner_id, nullif(n.partner_id, '')) as partner_id, c.metric, c.most, c.period,
         n.used, n.near_at, n.reached_at, n.period_from
  from tracking.cap c join tracking.cap_count n using (cap_id) where c.status = 'active' and n.near_at is not null;
create view morning.running_case with (security_invoker = true) as
  select c.case_id, c.procedure, c.partner_id, c.program_id, c.stage, c.stage_since, c.due_at, c.started_at,
         (select count(*) from procedures.wait w where w.case_id = c.case_id and w.until_at is null)::integer as waits,
         (select w.key from procedures.wait w where w.case_id = c.case_id and w.until_at is null order by w.due_at nulls last, w.wait_id limit 1) as first_wait,
         (select w.role from procedures.wait w where w.case_id = c.case_id and w.until_at is null order by w.due_at nulls last, w.wait_id limit 1) as first_role
  from procedures.case c where c.status = 'running' and c.partner_id is not null;
create view morning.document with (security_invoker = true) as
  select document_id, partner_id, kind, expires_on from compliance.document where state = 'accepted' and expires_on is not null and replaced_by is null;
create view morning.open_task with (security_invoker = true) as
  select task_id, lead_id, partner_id, title, owner_user_id, due_at from pipeline.task where state = 'open';
create view morning.last_contact with (security_invoker = true) as
  select distinct on (partner_id) partner_id, activity_id, kind, direction, subject, at
  from pipeline.activity where partner_id is not null and kind in ('mail', 'call', 'meeting') order by partner_id, at desc, activity_id desc;
create view morning.open_inquiry with (security_invoker = true) as
  select i.inquiry_id, i.partner_id, i.subject, i.state, i.answer_by, i.opened_at,
         (select m.from_partner from statements.inquiry_message m where m.inquiry_id = i.inquiry_id order by m.message_id desc limit 1) as partner_spoke_last
  from statements.inquiry i where i.state in ('open', 'answered');
create view morning.open_hit with (security_invoker = true) as
  select h.hit_id, h.partner_id, h.subject_name, h.list, h.score, h.state from compliance.hit h where h.state in ('open', 'proposed');
create view morning.open_adjustment with (security_invoker = true) as
  select adjustment_id, partner_id, program_id, currency, amount_minor, reason, proposed_by, proposed_at from commissions.adjustment where status = 'proposed';
create view morning.payable with (security_invoker = true) as
  select a.owner as partner_id, a.currency, b.amount_minor
  from ledger.account a join ledger.balance b using (account_id) where a.kind = 'partner_payable' and b.amount_minor <> 0;
create view morning.verified_payee with (security_invoker = true) as
  select distinct s.partner_id from payees.assignment s join payees.payee p using (payee_id)
  where s.status = 'approved' and p.status = 'verified' and (s.valid_to is null or s.valid_to > current_date);
create view morning.reached_tier with (security_invoker = true) as
  select l.partner_id, l.program_id, l.component, l.month, l.currency, l.amount_minor, l.agreement_version_id, l.line_id, l.working
  from commissions.line l;
create view morning.earned with (security_invoker = true) as
  select partner_id, program_id, currency, month, earned_on, difference_minor from commissions.line;
create view morning.fault with (security_invoker = true) as
  select partner_id, count(*)::integer as faults, sum(weight)::integer as weight from governance.finding
  where not excepted and partner_id is not null and severity in ('high', 'critical') group by partner_id;

-- One thing that is worth doing. Kept while it is so; what becomes of it for a person stands in answer.
create table morning.item (
  item_id       text primary key,
  key           text not null unique,               -- the source's own name for it: the same thing is one item
  source        text not null,
  kind          text not null,
  partner_id    text,
  program_id    text,
  owner_user_id text,                               -- whose it is; null: of whoever may
  permission    text not null,                      -- who may see it
  by            text not null default '',           -- who started it and may not decide it
  subject_kind  text not null,
  subject_id    text not null,
  facts         jsonb not null,                     -- what the sentences are made of
  evidence      jsonb not null,                     -- [{code, values, to}]
  action        jsonb not null,                     -- {code, to}
  worth_minor   bigint not null,                    -- in the settings' currency
  ftds          double precision not null,
  due_at        timestamptz,
  since         timestamptz not null,
  seen_at       timestamptz not null,
  fingerprint   text not null                       -- what a "done" was about: news about the same thing bring it back
);
create index item_by_owner on morning.item (owner_user_id, worth_minor desc);
create index item_by_partner on morning.item (partner_id);
create index item_by_source on morning.item (source);
create index item_open on morning.item (permission) where owner_user_id is null;

create table morning.answer (
  key         text not null,
  user_id     text not null,
  kind        text not null,
  answer      text not null check (answer in ('snooze', 'done', 'not_useful', 'hand')),
  until       timestamptz,
  to_user_id  text,
  reason      text not null default '',
  fingerprint text not null,
  at          timestamptz not null,
  primary key (key, user_id)
);
create index answer_to on morning.answer (to_user_id) where answer = 'hand';
create index answer_of on morning.answer (user_id, kind);
-- How often each kind was done and how often it was called of no use, by person: what is learnt.
create table morning.learnt (
  user_id    text not null,
  kind       text not null,
  done       integer not null default 0,
  not_useful integer not null default 0,
  primary key (user_id, kind)
);
create table morning.tuning (
  user_id  text primary key,                        -- '': the operator's
  weights  jsonb not null,                          -- {kind: number}
  ftd_minor bigint,                                 -- what a first deposit is worth; the operator's only
  currency text,
  revision integer not null
);

-- How partners do, over the windows that are asked about; one row per partner, replaced by a job.
create table morning.figure (
  partner_id     text primary key,
  clicks         bigint not null,
  clicks_before  bigint not null,
  registrations  integer not null,
  ftds           integer not null,                  -- of the last 28 days
  ftds_before    integer not null,                  -- of the 28 days before
  seconds        integer not null,
  ftds_month     integer not null
);

create table morning.plan (
  subject_kind     text not null check (subject_kind in ('partner', 'owner')),
  subject_id       text not null,
  month            date not null,
  ftds             integer,
  revenue_minor    bigint,
  commission_minor bigint,
  currency         text not null,
  changed_by       text not null,
  changed_at       timestamptz not null,
  primary key (month, subject_kind, subject_id)
);
create table morning.progress (
  source  text primary key,
  read_at timestamptz not null,
  items   integer not null,
  problem text not null default ''
);
