-- governance: rules about the data, what breaks them, what might be tidied up, and tags that rules set.
create schema governance;

-- What is read of other rooms, set by set: each view is the whole of what governance knows of them.
create view governance.partner_record with (security_invoker = true) as
  select p.partner_id, p.code, p.name, p.legal_name, p.kind, p.status, p.region_id, p.country, p.language, p.email, p.website,
         p.owner_user_id, p.deputy_user_id, p.entity, p.parent_partner_id, p.tags, p.note, p.created_at, p.activated_at,
         (select count(*) from partners.contact c where c.partner_id = p.partner_id and c.left_on is null)::integer as contacts,
         (select count(*) from partners.contact c where c.partner_id = p.partner_id and c.left_on is null and c.signatory)::integer as signatories,
         (select count(*) from partners.participation m where m.partner_id = p.partner_id)::integer as programs,
         (select count(*) from tracking.link l where l.partner_id = p.partner_id and l.status = 'active')::integer as links,
         coalesce((select e.at from audit.entry e where e.partner_id = p.partner_id order by e.seq desc limit 1), p.created_at) as changed_at
  from partners.partner p where p.merged_into is null;
create view governance.partner_seat_text with (security_invoker = true) as
  select partner_id, name, legal_name, email, website, code from partners.partner where merged_into is null;
create view governance.contact_record with (security_invoker = true) as
  select contact_id, partner_id, name, email, phone, role, signatory, created_at from partners.contact where left_on is null;
create view governance.offer_record with (security_invoker = true) as
  select offer_id, program_id, code, name, status, description, landing_url, owner_user_id, tags, allowed_countries, ends_at, created_at
  from programs.offer;
create view governance.seat with (security_invoker = true) as
  select partner_id, name, region_id, owner_user_id, status from partners.partner;
create view governance.trail with (security_invoker = true) as
  select seq, at, action, subject_kind, subject_id, partner_id from audit.entry;

create table governance.rule (
  rule_id    text primary key,
  code       text not null unique,
  active     boolean not null,
  version    integer not null,
  weight     smallint not null,
  definition jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);
-- Every version as it stood, the newest too.
create table governance.rule_version (
  rule_id    text not null references governance.rule,
  version    integer not null,
  active     boolean not null,
  definition jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (rule_id, version)
);

create table governance.finding (
  finding_id  bigint generated always as identity primary key,
  rule_id     text not null references governance.rule,
  record      text not null,
  subject_id  text not null,
  partner_id  text,
  program_id  text,
  weight      smallint not null,
  severity    text not null,
  name        text not null,
  value       text not null,
  since       timestamptz not null,
  assigned_to text,
  assigned_by text,
  excepted    boolean not null default false,
  unique (rule_id, subject_id)
);
create index finding_by_weight on governance.finding (excepted, weight desc, finding_id desc);
create index finding_by_partner on governance.finding (partner_id, weight desc, finding_id desc);
create index finding_by_subject on governance.finding (subject_id);
create index finding_by_assigned on governance.finding (assigned_to) where assigned_to is not null;

-- What is accepted as it is, until a day.
create table governance.exception (
  rule_id    text not null references governance.rule,
  subject_id text not null,
  until      date not null,
  reason     text not null,
  made_by    text not null,
  made_name  text not null,
  made_at    timestamptz not null,
  primary key (rule_id, subject_id)
);
create index exception_by_subject on governance.exception (subject_id);

create table governance.score (
  partner_id text primary key,
  score      smallint not null,
  lost       integer not null,
  total      integer not null
);
create table governance.score_day (
  day      date not null,
  scope    text not null check (scope in ('all', 'region', 'owner')),
  scope_id text not null,
  records  integer not null,
  score    numeric(5, 2) not null,
  findings integer not null,
  primary key (scope, scope_id, day)
);
-- How far the trail was followed, and when everything was last gone through.
create table governance.progress (
  only_row     boolean primary key default true check (only_row),
  seq          bigint not null,
  evaluated_at timestamptz
);
insert into governance.progress (seq) values (0);

create table governance.suggestion (
  suggestion_id text primary key,
  kind          text not null,
  state         text not null check (state in ('open', 'done', 'dismissed', 'gone')),
  subject_kind  text not null,
  subject_id    text not null,
  subject_name  text not null,
  partner_id    text,
  program_id    text not null,
  action        text not null check (action in ('pause', 'archive', 'close', 'look')),
  facts         jsonb not null,
  found_at      timestamptz not null,
  decided_by    text,
  decided_at    timestamptz,
  reason        text not null default '',
  before        text,                 -- the status it had, to put it back
  after_revision integer              -- as the action left it: nobody else's change is undone
);
create unique index suggestion_once on governance.suggestion (kind, subject_id) where state in ('open', 'dismissed');
create index suggestion_newest on governance.suggestion (state, suggestion_id desc);
create index suggestion_by_partner on governance.suggestion (partner_id, suggestion_id desc);

-- Where clicks and customers last came by, as reporting told it.
create table governance.traffic (
  link_id  text primary key,
  last_day date not null
);
-- Landing pages, looked at over HTTP.
create table governance.page_check (
  url        text primary key,
  host       text not null,
  checked_at timestamptz,
  next_at    timestamptz not null,
  outcome    text not null default 'unknown',
  status     integer,
  detail     text not null default '',
  final_url  text not null default '',
  misses     smallint not null default 0,
  since      timestamptz
);
create index page_check_due on governance.page_check (next_at);

create view governance.link_record with (security_invoker = true) as
  select l.link_id, l.code, l.name, l.status, l.program_id, l.offer_id, l.partner_id, l.created_at, l.valid_to, l.revision,
         p.status as partner_status, o.status as offer_status,
         exists (select from agreements.agreement a join agreements.agreement_version v using (agreement_id)
                 where a.partner_id = l.partner_id and a.program_id = l.program_id and v.status = 'accepted') as had_terms,
         exists (select from agreements.agreement a join agreements.agreement_version v using (agreement_id) join agreements.round r
                   on r.agreement_version_id = v.agreement_version_id and r.round = v.round
                 where a.partner_id = l.partner_id and a.program_id = l.program_id and v.status = 'accepted'
                   and (r.valid_to is null or r.valid_to > current_date)) as has_terms
  from tracking.link l join partners.partner p using (partner_id) join programs.offer o using (offer_id);
create view governance.offer_state with (security_invoker = true) as
  select o.offer_id, o.name, o.program_id, o.status, o.landing_url, o.ends_at, o.created_at, o.revision,
         (select count(*) from tracking.link l where l.offer_id = o.offer_id and l.status = 'active')::integer as live_links,
         (select max(t.last_day) from tracking.link l join governance.traffic t using (link_id) where l.offer_id = o.offer_id) as last_day
  from programs.offer o;
create view governance.landing_record with (security_invoker = true) as
  select g.landing_id, g.name, g.url, g.status, g.offer_id, o.program_id from programs.landing_page g join programs.offer o using (offer_id)
  where g.status = 'active' and o.status = 'active';
create view governance.full_cap with (security_invoker = true) as
  select c.cap_id, c.name, c.program_id, c.partner_id, c.status, min(n.reached_at) as reached_at
  from tracking.cap c join tracking.cap_count n using (cap_id)
  where c.status = 'active' and c.period = 'total' and n.reached_at is not null group by c.cap_id;

create table governance.tag_rule (
  rule_id    text primary key,
  tag        text not null,
  title      text not null,
  active     boolean not null,
  condition  jsonb not null,
  version    integer not null,
  changed_at timestamptz not null,
  changed_by text not null
);
-- Which rule set a tag. A tag that is not in here was set by hand, and no rule takes it away.
create table governance.tag_set (
  partner_id text not null,
  tag        text not null,
  rule_id    text not null references governance.tag_rule,
  set_at     timestamptz not null,
  primary key (partner_id, tag)
);
create index tag_set_by_rule on governance.tag_set (rule_id);
