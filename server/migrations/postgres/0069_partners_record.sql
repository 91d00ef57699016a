-- The partner's record: what its operator wants to know of it, what it may not do for now, who looks after it, and which records are one.

-- Activation of partners of a kind goes through a procedure. Without a row whoever approves partners activates them.
create table partners.activation_rule (
  kind       text primary key check (kind in ('*', 'affiliate', 'introducing_broker', 'network', 'influencer', 'reseller', 'media_buyer', 'agency')),
  procedure  text not null,                    -- name of the procedure whose end launches them; '*' above: every kind without a row of its own
  changed_by text not null,
  changed_at timestamptz not null
);

-- What stood behind each launch through a procedure.
create table partners.launch (
  partner_id  text not null references partners.partner,
  launched_at timestamptz not null,
  launched_by text not null,
  proof       jsonb not null,
  primary key (partner_id, launched_at)
);

alter table partners.partner
  add column entity            text check (entity in ('individual', 'company')),      -- null: nobody has said yet
  add column deputy_user_id    text,
  add column phone             text not null default '',
  add column tax_number        text not null default '',
  add column allowed_countries text[] not null default '{}',
  add column blocked_countries text[] not null default '{}',
  add column traffic_sources   jsonb not null default '[]',     -- [{kind, url, description}]
  add column merged_into       text references partners.partner;
create index partner_by_deputy on partners.partner (deputy_user_id) where deputy_user_id is not null;
create index partner_merged_into on partners.partner (merged_into) where merged_into is not null;

-- A person has several roles; of each role one person of a partner may be the first to ask.
alter table partners.contact
  add column roles       text[] not null default '{}',
  add column primary_for text[] not null default '{}',
  add column left_on     date;
update partners.contact set roles = '{signatory}' where signatory;

create table partners.field (
  field_id         text primary key,
  key              text not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  title            jsonb not null,             -- {en, es}
  help             jsonb not null,             -- {en, es}
  type             text not null check (type in ('text', 'long_text', 'number', 'date', 'yes_no', 'one_of', 'many_of', 'country', 'url', 'email', 'money')),
  options          jsonb not null default '[]',-- [{value, title: {en, es}}]
  owner_role       text not null,
  kinds            text[] not null default '{}', -- empty: every kind
  required_for     text[] not null default '{}', -- statuses that a partner does not reach without it
  read_permission  text not null,
  write_permission text not null,
  position         integer not null default 0,
  archived_at      timestamptz,
  created_at       timestamptz not null,
  revision         integer not null default 1
);

create table partners.field_value (
  partner_id text not null references partners.partner,
  field_id   text not null references partners.field,
  value      jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (partner_id, field_id)
);
create index field_value_by_value on partners.field_value (field_id, (left(value #>> '{}', 200)));

-- What a partner may not do for now. It holds while it has not ended and its time is not over.
create table partners.restriction (
  restriction_id   text primary key,
  partner_id       text not null references partners.partner,
  kind             text not null check (kind in ('stop_links', 'hold_payouts', 'block_offers')),
  reason           text not null,
  placed_by        text not null,
  placed_name      text not null,
  placed_at        timestamptz not null,
  until            timestamptz,                -- null: until it is lifted
  lift_asked_by    text,                       -- money flows again when a second person agrees
  lift_asked_name  text,
  lift_asked_at    timestamptz,
  lift_reason      text not null default '',
  ended_at         timestamptz,
  ended_by         text,                       -- null of an ended one: its time was over
  ended_name       text
);
create index restriction_by_partner on partners.restriction (partner_id, restriction_id);
create index restriction_open on partners.restriction (kind, partner_id) where ended_at is null;

create table partners.ownership_transfer (
  transfer_id     text primary key,
  state           text not null check (state in ('planned', 'done', 'cancelled', 'reverted')),
  effective_on    date not null,
  owner_user_id   text not null,
  deputy_user_id  text,
  portfolio_of    text,                        -- whose whole portfolio was handed over; null: partners were named
  commission_note text not null default '',    -- whose commission of record it is, from when
  reason          text not null,
  tell_partners   boolean not null,
  created_by      text not null,
  created_name    text not null,
  created_at      timestamptz not null,
  done_at         timestamptz,
  ended_at        timestamptz,                 -- cancelled or taken back
  ended_by        text,
  ended_reason    text not null default ''
);
create index ownership_transfer_due on partners.ownership_transfer (effective_on) where state = 'planned';

create table partners.transferred_partner (
  transfer_id text not null references partners.ownership_transfer,
  partner_id  text not null references partners.partner,
  state       text not null check (state in ('planned', 'moved', 'left_out', 'reverted')),
  from_owner  text,
  from_deputy text,
  note        text not null default '',
  primary key (transfer_id, partner_id)
);
create index transferred_partner_by_partner on partners.transferred_partner (partner_id);

create table partners.transition (
  transition_id text primary key,
  partner_id    text not null references partners.partner,
  subject       text not null check (subject in ('kind', 'entity', 'region', 'program')),
  from_value    text,
  to_value      text,
  effective_on  date not null,
  reason        text not null,
  consequences  jsonb not null,                -- what was shown to whoever decided
  state         text not null check (state in ('planned', 'done', 'cancelled', 'refused')),
  problem       text not null default '',
  created_by    text not null,
  created_name  text not null,
  created_at    timestamptz not null,
  done_at       timestamptz
);
create index transition_by_partner on partners.transition (partner_id, transition_id);
create index transition_due on partners.transition (effective_on) where state = 'planned';

-- Two records that are one: the loser becomes another name of the winner. `moved` and `before` are all that the way back needs.
create table partners.merge (
  merge_id      text primary key,
  winner_id     text not null references partners.partner,
  loser_id      text not null references partners.partner,
  state         text not null check (state in ('proposed', 'done', 'undone', 'dropped')),
  choices       jsonb not null,
  reason        text not null,
  both_have_money boolean not null,
  before        jsonb not null,
  moved         jsonb not null,
  proposed_by   text not null,
  proposed_name text not null,
  proposed_at   timestamptz not null,
  decided_by    text,
  decided_name  text,
  decided_at    timestamptz,
  undo_until    timestamptz,
  undone_by     text,
  undone_at     timestamptz,
  check (winner_id <> loser_id)
);
create index merge_by_winner on partners.merge (winner_id);
create index merge_by_loser on partners.merge (loser_id);

-- Pairs that somebody has looked at: two records, not one.
create table partners.not_duplicate (
  first_id  text not null references partners.partner,
  second_id text not null references partners.partner,
  said_by   text not null,
  said_at   timestamptz not null,
  reason    text not null,
  primary key (first_id, second_id),
  check (first_id < second_id)
);

-- What two records of one firm have in common, in a form that can be compared.
create function partners.name_key(name text) returns text language sql immutable strict parallel safe
  return nullif(regexp_replace(regexp_replace(lower(name), '\m(ltd|limited|llc|inc|gmbh|s\.?l\.?u?|s\.?a\.?|b\.?v\.?|plc|co|corp|the)\M\.?', '', 'g'), '[^[:alnum:]]', '', 'g'), '');
create function partners.host_key(website text) returns text language sql immutable strict parallel safe
  return nullif(regexp_replace(regexp_replace(lower(website), '^[a-z]+://', ''), '^www\.|[/:?#].*$', '', 'g'), '');
create function partners.mail_key(email text) returns text language sql immutable strict parallel safe
  return nullif(split_part(lower(email), '@', 2), '');
create function partners.sign_key(number text) returns text language sql immutable strict parallel safe
  return nullif(regexp_replace(lower(number), '[^[:alnum:]]', '', 'g'), '');
create function partners.phone_key(number text) returns text language sql immutable strict parallel safe
  return case when length(regexp_replace(number, '[^0-9]', '', 'g')) >= 7 then right(regexp_replace(number, '[^0-9]', '', 'g'), 9) end;

create index partner_by_name_key on partners.partner (partners.name_key(name));
create index partner_by_legal_key on partners.partner (partners.name_key(legal_name)) where legal_name <> '';
create index partner_by_host on partners.partner (partners.host_key(website)) where website <> '';
create index partner_by_mail on partners.partner (partners.mail_key(email)) where email <> '';
create index partner_by_tax on partners.partner (partners.sign_key(tax_number)) where tax_number <> '';
create index partner_by_phone on partners.partner (partners.phone_key(phone)) where phone <> '';

-- A partner's request asks whether something of it is stopped, never why.
alter table partners.restriction enable row level security;
grant select (restriction_id, partner_id, kind, until, ended_at) on partners.restriction to tributary_portal;
create policy own_partner on partners.restriction for select to tributary_portal
  using (partner_id = (select database.partner()));
