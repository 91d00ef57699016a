-- access: roles that the operator makes, who stands in for whom, regions that only owners see, when permissions were last used, and reviews
-- of what everybody holds.
create table access.custom_role (
  role        text primary key check (role ~ '^custom_[a-z0-9_]{1,40}$'),
  name        text not null unique,
  purpose     text not null default '',
  permissions text[] not null,
  created_by  text not null,
  created_at  timestamptz not null,
  revision    integer not null default 1
);

-- Somebody looks after somebody else's portfolio for a time.
create table access.deputy (
  deputy_id         text primary key,
  principal_user_id text not null references access."user" on delete cascade,
  deputy_user_id    text not null references access."user" on delete cascade,
  starts_at         timestamptz not null,
  ends_at           timestamptz not null check (ends_at > starts_at),
  reason            text not null,
  created_by        text not null,
  created_at        timestamptz not null,
  ended_at          timestamptz,
  ended_by          text,
  check (principal_user_id <> deputy_user_id)
);
create index deputy_of on access.deputy (deputy_user_id, ends_at) where ended_at is null;
create index deputy_for on access.deputy (principal_user_id, ends_at) where ended_at is null;

-- Regions in which only the owner, deputies and leads see a partner.
create table access.closed_region (
  region_id text primary key,
  reason    text not null,
  closed_by text not null,
  closed_at timestamptz not null
);

-- The last day on which somebody used a permission: written in batches, for reviews.
create table access.permission_use (
  user_id    text not null,
  permission text not null,
  last_on    date not null,
  primary key (user_id, permission)
);

-- A review: every grant as it stood, and what the reviewers say of it.
create table access.review (
  review_id  text primary key,
  name       text not null,
  due_on     date not null,
  state      text not null check (state in ('open', 'closed')),
  created_by text not null,
  created_at timestamptz not null,
  closed_at  timestamptz,
  revision   integer not null default 1
);
create table access.review_item (
  review_id  text not null references access.review,
  grant_id   text not null,
  user_id    text not null,
  role       text not null,
  scope_kind text not null,
  scope_id   text,
  granted_by text not null,
  granted_at timestamptz not null,
  last_used  date,
  conflicts  text[] not null,
  decision   text check (decision in ('confirm', 'revoke')),
  reason     text not null default '',
  decided_by text,
  decided_at timestamptz,
  primary key (review_id, grant_id),
  check ((decision is null) = (decided_by is null))
);
create index review_item_by_user on access.review_item (review_id, user_id);
-- Which regions there are, for a role that holds everywhere but in the closed ones.
create view access.region_of_house as select region_id from programs.region;
