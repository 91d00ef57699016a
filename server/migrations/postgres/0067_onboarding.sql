-- onboarding: the shipped procedures, how partners were launched, what was handed over, and how they were closed again.
create schema onboarding;

-- Which state of a shipped template was last installed. A procedure that somebody edited since is never overwritten.
create table onboarding.template (
  procedure    text primary key,
  shipped_hash text not null,                   -- sha256 of the file as shipped
  definition_hash text not null,                -- of the procedure that was made of it: another one was edited
  version_id   text not null,                   -- version of procedures that was made of it
  installed_at timestamptz not null
);

-- One launch of a partner: what stood proved at that moment, and how far it may go.
create table onboarding.launch (
  launch_id     text primary key,
  partner_id    text not null references partners.partner,
  program_id    text references programs.program,
  case_id       text not null,
  mode          text not null check (mode in ('full', 'soft')),
  state         text not null check (state in ('soft', 'full')),
  gates         jsonb not null,                 -- every condition up to the launch, with its answer or its waiver
  caps          jsonb not null default '[]',    -- [{capId, metric, limit, period}] of a soft launch
  criteria      text not null default '',       -- what it takes to be launched fully
  ends_on       date,                           -- the day on which somebody has to decide
  reason        text not null default '',
  launched_by   text not null,
  launched_name text not null,
  launched_at   timestamptz not null,
  raised_by     text,
  raised_name   text,
  raised_at     timestamptz,
  raised_reason text not null default '',
  revision      integer not null default 1,
  check ((mode = 'soft') = (ends_on is not null)),
  check (raised_by is distinct from launched_by)
);
create index launch_of_partner on onboarding.launch (partner_id, launch_id desc);
create index launch_soft on onboarding.launch (ends_on) where state = 'soft';

-- What was handed over from those who set a partner up to those who work with it, frozen, and who said that it is so.
create table onboarding.handover (
  handover_id     text primary key,
  partner_id      text not null references partners.partner,
  program_id      text references programs.program,
  case_id         text,
  number          integer not null,             -- of this partner
  language        text not null check (language in ('en', 'es')),
  content         jsonb not null,
  sha256          text not null,                -- of the PDF
  document        bytea not null,
  frozen_by       text not null,
  frozen_name     text not null,
  frozen_at       timestamptz not null,
  operator_by     text,
  operator_name   text,
  operator_at     timestamptz,
  partner_by      text,
  partner_name    text,
  partner_at      timestamptz,
  revision        integer not null default 1,
  unique (partner_id, number),
  check (operator_by is distinct from partner_by or operator_by is null)
);
create index handover_of_partner on onboarding.handover (partner_id, number desc);

create function onboarding.refuse_rewriting() returns trigger language plpgsql as $$
begin
  if (new.content, new.sha256, new.document, new.frozen_at, new.partner_id) is distinct from (old.content, old.sha256, old.document, old.frozen_at, old.partner_id)
    then raise exception 'a frozen handover is never rewritten'; end if;
  return new;
end $$;
create trigger handover_frozen before update on onboarding.handover for each row execute function onboarding.refuse_rewriting();

-- Closing a partner for a time or for good: what it would mean, who decided it, what was stopped, until when it can be taken back.
create table onboarding.closing (
  closing_id       text primary key,
  partner_id       text not null references partners.partner,
  kind             text not null check (kind in ('suspension', 'deactivation')),
  state            text not null check (state in ('proposed', 'done', 'reversed', 'final', 'withdrawn')),
  reason           text not null check (reason <> ''),
  consequences     jsonb not null,              -- as they were shown to whoever decided
  shown_hash       text not null,
  two_people       boolean not null,            -- money was open
  from_status      text not null,
  proposed_by      text not null,
  proposed_name    text not null,
  proposed_at      timestamptz not null,
  decided_by       text,
  decided_name     text,
  decided_at       timestamptz,
  reversible_until timestamptz,
  stopped          jsonb not null default '[]', -- [{step, at, ids}]: exactly this is restored
  reversed_by      text,
  reversed_name    text,
  reversed_at      timestamptz,
  reversed_reason  text not null default '',
  revision         integer not null default 1,
  check (not two_people or state in ('proposed', 'withdrawn') or decided_by is distinct from proposed_by)
);
create unique index closing_living on onboarding.closing (partner_id) where state in ('proposed', 'done');
create index closing_of_partner on onboarding.closing (partner_id, closing_id desc);
create index closing_reversible on onboarding.closing (reversible_until) where state = 'done';

-- A waiver that ended while what it stood in for still does not hold, in a case that is over: what was done about it.
create table onboarding.lapse (
  partner_id     text not null references partners.partner,
  case_id        text not null,
  condition      text not null,
  sentence       text not null,
  restriction_id text,                          -- the hold on payouts that was placed
  since          timestamptz not null,
  ended_at       timestamptz,
  primary key (case_id, condition, since)
);
create index lapse_open on onboarding.lapse (partner_id) where ended_at is null;

grant usage on schema onboarding to tributary_portal;
alter table onboarding.template enable row level security;
alter table onboarding.launch enable row level security;
alter table onboarding.closing enable row level security;
alter table onboarding.lapse enable row level security;
alter table onboarding.handover enable row level security;
grant select on onboarding.handover to tributary_portal;
grant update (partner_by, partner_name, partner_at, revision) on onboarding.handover to tributary_portal;
create policy own_read on onboarding.handover for select to tributary_portal using (partner_id = (select database.partner()));
create policy own_word on onboarding.handover for update to tributary_portal
  using (partner_id = (select database.partner()) and partner_at is null) with check (partner_id = (select database.partner()));
