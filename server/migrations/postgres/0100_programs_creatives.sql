-- What an offer is promoted with. Only what a second person found good is shown to partners.
create table programs.creative (
  creative_id   text primary key,
  program_id    text not null references programs.program,
  offer_id      text not null references programs.offer,
  name          text not null,
  kind          text not null check (kind in ('banner', 'text', 'email', 'page', 'video', 'other')),
  language      text not null,
  address       text,                              -- where it can be seen; a file is beside it or instead of it
  wording       text not null default '',          -- what it says, as far as words can be written down: looked at for warnings and claims
  expires_on    date,                              -- last day on which it may be used
  state         text not null check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
  proposed_by   text not null,
  proposed_name text not null,
  proposed_at   timestamptz not null,
  decided_by    text,
  decided_name  text,
  decided_at    timestamptz,
  reason        text not null default '',
  warnings_seen boolean not null default false,    -- whoever approved says that what no words tell carries its warnings
  revision      integer not null default 1,
  check ((state in ('proposed')) = (decided_at is null)),
  check (state <> 'approved' or decided_by <> proposed_by)
);
create index creative_of_offer on programs.creative (offer_id, creative_id);
create index creative_by_state on programs.creative (state, creative_id);
create table programs.creative_file (
  creative_id text primary key references programs.creative,
  name        text not null,
  media_type  text not null,
  sha256      text not null,
  bytes       bytea not null check (octet_length(bytes) <= 5242880)
);
grant select on programs.creative, programs.creative_file to tributary_portal;
alter table programs.creative enable row level security;
alter table programs.creative_file enable row level security;
create policy of_open_offers on programs.creative for select to tributary_portal
  using (state = 'approved' and offer_id in (select o.offer_id from programs.offer o));
create policy of_open_offers on programs.creative_file for select to tributary_portal
  using (creative_id in (select c.creative_id from programs.creative c));
