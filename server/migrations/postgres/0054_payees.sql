-- payees: who is paid, where, under which tax treatment, and for which partner, programs and days. Whatever decides where money goes is said by one
-- person and approved by another; nothing of it is edited, a newer version replaces the one before.
create extension if not exists btree_gist;

create schema payees;

-- What holds for all payees. One row; none: the defaults of the program.
create table payees.setting (
  only_row                boolean primary key default true check (only_row),
  cooling_off_hours       integer not null check (cooling_off_hours between 0 and 720), -- before money goes to a changed detail
  first_cooling_off_hours integer not null check (first_cooling_off_hours between 0 and 720),
  tax_forms               text not null check (tax_forms in ('if_given', 'always')),
  screening               text not null check (screening in ('matches', 'always')), -- always: whom no list was asked about is not paid either
  revision                integer not null default 1
);

create table payees.payee (
  payee_id     text primary key,
  partner_id   text references partners.partner,        -- which partner entered it; null: the operator
  status       text not null check (status in ('proposed', 'verified', 'closed')),
  legal_name   text not null,                           -- as it was proposed until an identity is approved
  kind         text not null check (kind in ('company', 'individual')),
  country      text not null check (country ~ '^[A-Z]{2}$'),
  created_by   text not null,
  created_at   timestamptz not null,
  closed_by    text,
  closed_at    timestamptz,
  close_reason text not null default '',
  revision     integer not null default 1,
  check ((status = 'closed') = (closed_at is not null))
);
create index payee_by_words on payees.payee using gin (lower(legal_name) public.gin_trgm_ops);
create index payee_by_status on payees.payee (status, payee_id);

-- One side of a payee as somebody said it: identity, a bank detail, tax or payout terms.
create table payees.version (
  version_id        text primary key,
  payee_id          text not null references payees.payee,
  aspect            text not null check (aspect in ('identity', 'detail', 'tax', 'terms')),
  document          jsonb not null,                     -- secret parts masked
  sealed            text,                               -- the whole document, for this deployment's key only
  fingerprint       text,                               -- of a detail: the same account of another payee shows
  replaces          text references payees.version,     -- of a detail: the one that it stands in for
  status            text not null check (status in ('proposed', 'approved', 'refused', 'withdrawn', 'replaced')),
  proposed_by       text not null,
  proposed_name     text not null,
  proposed_at       timestamptz not null,
  by_partner        text references partners.partner,   -- proposed by this partner's person
  note              text not null default '',
  decided_by        text,
  decided_name      text,
  decided_at        timestamptz,
  comment           text not null default '',           -- of the decision: how it was checked, why it was refused
  payable_from      timestamptz,                        -- of an approved detail: the end of its cooling-off period
  replaced_at       timestamptz,
  name_score        integer check (name_score between 0 and 100),
  name_verdict      text check (name_verdict in ('match', 'close', 'different')),
  name_explanation  text not null default '',
  name_reviewed_by  text,
  name_reviewed_at  timestamptz,
  name_comment      text not null default '',
  check ((status = 'proposed') = (decided_at is null)),
  check (status = 'withdrawn' or decided_by is distinct from proposed_by),
  check (name_reviewed_by is distinct from proposed_by),
  check ((name_reviewed_by is null) = (name_reviewed_at is null)),
  check (aspect <> 'detail' or (sealed is not null and fingerprint is not null)),
  check (aspect <> 'detail' or status not in ('approved', 'replaced') or payable_from is not null)
);
create index version_of_payee on payees.version (payee_id, aspect, version_id);
create index version_waiting on payees.version (version_id) where status = 'proposed';
create index version_by_fingerprint on payees.version (fingerprint) where fingerprint is not null;
create index version_changed on payees.version (decided_at) where aspect = 'detail' and status in ('approved', 'replaced');
-- A payee has one identity, one tax treatment, one set of terms at a time; of details it may have several.
create unique index version_standing on payees.version (payee_id, aspect) where status = 'approved' and aspect <> 'detail';

-- Which partner's earnings a payee is paid, of which program and from when to when.
create table payees.assignment (
  assignment_id  text primary key,
  payee_id       text not null references payees.payee,
  partner_id     text not null references partners.partner,
  program_id     text references programs.program,      -- null: every program that has no payee of its own
  valid_from     date not null,
  valid_to       date,                                  -- exclusive; null: open
  status         text not null check (status in ('proposed', 'approved', 'refused', 'withdrawn')),
  note           text not null default '',
  proposed_by    text not null,
  proposed_name  text not null,
  proposed_at    timestamptz not null,
  by_partner     text references partners.partner,
  decided_by     text,
  decided_name   text,
  decided_at     timestamptz,
  comment        text not null default '',
  end_day        date,                                  -- an end that somebody proposed and nobody decided yet
  end_by         text,
  end_name       text,
  end_at         timestamptz,
  ended_by       text,                                  -- who approved the end
  ended_at       timestamptz,
  check (valid_to is null or valid_to > valid_from),
  check ((status = 'proposed') = (decided_at is null)),
  check (status = 'withdrawn' or decided_by is distinct from proposed_by),
  check (ended_by is null or ended_by is distinct from end_by),
  -- Two payees for the same earnings would leave it open who is paid.
  constraint assignment_alone exclude using gist
    (partner_id with =, coalesce(program_id, '') with =, daterange(valid_from, valid_to) with &&) where (status = 'approved')
);
create index assignment_of_partner on payees.assignment (partner_id, assignment_id);
create index assignment_of_payee on payees.assignment (payee_id, assignment_id);

-- Nobody is paid while one stands.
create table payees.hold (
  hold_id    text primary key,
  payee_id   text not null references payees.payee,
  reason     text not null check (reason <> ''),
  until      timestamptz,                               -- null: until it is lifted
  placed_by  text not null,
  placed_name text not null,
  placed_at  timestamptz not null,
  lifted_by  text,
  lifted_name text,
  lifted_at  timestamptz,
  lift_reason text not null default '',
  check ((lifted_by is null) = (lifted_at is null))
);
create index hold_of_payee on payees.hold (payee_id, hold_id);

-- That the operator may write the invoices: what was agreed, by whom, when, from where.
create table payees.self_billing (
  self_billing_id  text primary key,
  payee_id         text not null references payees.payee,
  language         text not null check (language in ('en', 'es', 'de')),
  terms_text       text not null,
  text_hash        text not null,                       -- sha256 hex of terms_text
  accepted_by      text not null,
  accepted_name    text not null,
  accepted_at      timestamptz not null,
  accepted_address text not null default '',
  on_paper         boolean not null,                    -- recorded by the operator
  ended_by         text,
  ended_at         timestamptz
);
create unique index self_billing_standing on payees.self_billing (payee_id) where ended_at is null;

-- What the partner is told in the portal of a payee: that a detail changed, that one was refused.
create table payees.notice (
  notice_id  text primary key,
  payee_id   text not null references payees.payee,
  version_id text references payees.version,
  kind       text not null check (kind in ('detail_proposed', 'detail_approved', 'detail_refused')),
  sent_to    text not null default '',                  -- the contact that stood before the change
  made_at    timestamptz not null
);
create index notice_of_payee on payees.notice (payee_id, notice_id);

-- A partner sees the payees that it entered or that serve it; what it enters is a proposal.
create function payees.is_own(payee text) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from payees.payee p where p.payee_id = payee and p.partner_id = database.partner())
      or exists (select from payees.assignment a where a.payee_id = payee and a.partner_id = database.partner() and a.status <> 'refused')
$$;

grant usage on schema payees to tributary_portal;
grant select on payees.setting, payees.payee, payees.version, payees.assignment, payees.hold, payees.self_billing, payees.notice to tributary_portal;
grant insert on payees.payee, payees.version, payees.assignment, payees.self_billing, payees.notice to tributary_portal;
grant update (status, decided_by, decided_name, decided_at) on payees.version, payees.assignment to tributary_portal;

alter table payees.setting enable row level security;
create policy for_all on payees.setting for select to tributary_portal using (true);

alter table payees.payee enable row level security;
create policy own_read on payees.payee for select to tributary_portal
  using (partner_id = (select database.partner()) or payees.is_own(payee_id));
create policy own_proposal on payees.payee for insert to tributary_portal
  with check (partner_id = (select database.partner()) and status = 'proposed');

alter table payees.version enable row level security;
create policy own_read on payees.version for select to tributary_portal using (payees.is_own(payee_id));
create policy own_proposal on payees.version for insert to tributary_portal
  with check (payees.is_own(payee_id) and status = 'proposed' and by_partner = (select database.partner()));
create policy own_withdrawal on payees.version for update to tributary_portal
  using (by_partner = (select database.partner()) and status = 'proposed') with check (status = 'withdrawn');

alter table payees.assignment enable row level security;
create policy own_read on payees.assignment for select to tributary_portal using (partner_id = (select database.partner()));
create policy own_proposal on payees.assignment for insert to tributary_portal
  with check (partner_id = (select database.partner()) and status = 'proposed' and by_partner = (select database.partner()) and payees.is_own(payee_id));
create policy own_withdrawal on payees.assignment for update to tributary_portal
  using (by_partner = (select database.partner()) and status = 'proposed') with check (status = 'withdrawn');

alter table payees.hold enable row level security;
create policy own_read on payees.hold for select to tributary_portal using (payees.is_own(payee_id));

alter table payees.self_billing enable row level security;
create policy own_read on payees.self_billing for select to tributary_portal using (payees.is_own(payee_id));
create policy own_acceptance on payees.self_billing for insert to tributary_portal
  with check (payees.is_own(payee_id) and not on_paper and ended_at is null);

alter table payees.notice enable row level security;
create policy own_read on payees.notice for select to tributary_portal using (payees.is_own(payee_id));
create policy own_notice on payees.notice for insert to tributary_portal with check (payees.is_own(payee_id));
