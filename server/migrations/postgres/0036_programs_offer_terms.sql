-- programs: who may promote an offer, who may come, when, with which parameters, and the pages it rotates.
alter table programs.offer
  add column access text not null default 'public' check (access in ('public', 'request', 'private')),
  add column access_questions jsonb not null default '[]',  -- [{code, text, required}]
  add column targeting jsonb not null default '{}',         -- contract/src/targeting.ts; {}: everybody
  add column utm jsonb not null default '{}',               -- {utm_source: "…"}: added to where clicks go
  add column starts_at timestamptz,
  add column ends_at timestamptz,
  add check (ends_at > starts_at);

-- Pages that an offer rotates. The click says which one it was sent to.
create table programs.landing_page (
  landing_id  text primary key,
  offer_id    text not null references programs.offer,
  name        text not null,
  url         text not null,                 -- with macros, on one of the offer's hosts
  weight      integer not null check (weight between 0 and 10000),
  status      text not null check (status in ('active', 'paused', 'archived')),
  created_at  timestamptz not null,
  revision    integer not null default 1
);
create index landing_page_by_offer on programs.landing_page (offer_id, landing_id);

-- A partner's way into an offer that is not public: asked for by the partner, or given by the operator.
create table programs.offer_access (
  access_id    text primary key,
  offer_id     text not null references programs.offer,
  program_id   text not null references programs.program,
  partner_id   text not null,
  status       text not null check (status in ('requested', 'approved', 'declined', 'revoked')),
  answers      jsonb not null default '[]',  -- [{question, answer}], the questions as they were asked
  note         text not null default '',
  reason       text,
  requested_at timestamptz not null,
  requested_by text not null,
  decided_at   timestamptz,
  decided_by   text,
  revision     integer not null default 1,
  unique (offer_id, partner_id)
);
create index offer_access_by_partner on programs.offer_access (partner_id, access_id);
create index offer_access_by_program on programs.offer_access (program_id, access_id);

alter table programs.offer_access enable row level security;
grant select, insert, update on programs.offer_access to tributary_portal;
create policy own_partner on programs.offer_access for select to tributary_portal using (partner_id = (select database.partner()));
-- A partner asks, and asks again after a refusal; it never lets itself in.
create policy asks on programs.offer_access for insert to tributary_portal
  with check (partner_id = (select database.partner()) and status = 'requested');
create policy asks_again on programs.offer_access for update to tributary_portal
  using (partner_id = (select database.partner()) and status in ('declined', 'requested'))
  with check (partner_id = (select database.partner()) and status = 'requested');

-- A private offer is there for those only who were let in, or once were: their links and customers still name it.
drop policy open_to_partners on programs.offer;
create policy open_to_partners on programs.offer for select to tributary_portal
  using (status <> 'draft' and (access <> 'private' or offer_id in (select a.offer_id from programs.offer_access a)));

alter table programs.landing_page enable row level security;
grant select on programs.landing_page to tributary_portal;
create policy of_open_offers on programs.landing_page for select to tributary_portal
  using (status <> 'archived' and offer_id in (select o.offer_id from programs.offer o));
