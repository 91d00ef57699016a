-- The database after all migrations. Written by `npm run generate`; do not edit, do not run.

create table access."user" ( -- row-level security
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  partner_id text,
  status text default 'active'::text not null,
  language text default 'en'::text not null,
  revision integer default 1 not null,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email),
  constraint user_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX user_by_name ON access."user" USING btree (name, id);
CREATE INDEX user_by_partner ON access."user" USING btree (partner_id) WHERE (partner_id IS NOT NULL);

create table access.account (
  id text not null,
  issuer text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_issuer_account_id_key UNIQUE (issuer, account_id),
  constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX account_by_user ON access.account USING btree (user_id);

create table access.api_key ( -- row-level security
  key_id text not null,
  user_id text not null,
  partner_id text,
  name text not null,
  token_hash text not null,
  token_hint text not null,
  permissions text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (key_id),
  constraint api_key_token_hash_key UNIQUE (token_hash),
  constraint api_key_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX api_key_by_partner ON access.api_key USING btree (partner_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX api_key_by_user ON access.api_key USING btree (user_id);

create table access.closed_region (
  region_id text not null,
  reason text not null,
  closed_by text not null,
  closed_at timestamp with time zone not null,
  constraint closed_region_pkey PRIMARY KEY (region_id)
);

create table access.custom_role (
  role text not null,
  name text not null,
  purpose text default ''::text not null,
  permissions text[] not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint custom_role_pkey PRIMARY KEY (role),
  constraint custom_role_name_key UNIQUE (name),
  constraint custom_role_role_check CHECK ((role ~ '^custom_[a-z0-9_]{1,40}$'::text))
);

create table access.deputy (
  deputy_id text not null,
  principal_user_id text not null,
  deputy_user_id text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint deputy_pkey PRIMARY KEY (deputy_id),
  constraint deputy_check CHECK ((ends_at > starts_at)),
  constraint deputy_check1 CHECK ((principal_user_id <> deputy_user_id)),
  constraint deputy_deputy_user_id_fkey FOREIGN KEY (deputy_user_id) REFERENCES access."user"(id) ON DELETE CASCADE,
  constraint deputy_principal_user_id_fkey FOREIGN KEY (principal_user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX deputy_for ON access.deputy USING btree (principal_user_id, ends_at) WHERE (ended_at IS NULL);
CREATE INDEX deputy_of ON access.deputy USING btree (deputy_user_id, ends_at) WHERE (ended_at IS NULL);

create table access.idempotency (
  actor_id text not null,
  key text not null,
  request_hash text not null,
  state text not null,
  status integer,
  headers jsonb,
  body text,
  started_at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (actor_id, key),
  constraint idempotency_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);
CREATE INDEX idempotency_by_age ON access.idempotency USING btree (started_at);

create table access.invitation ( -- row-level security
  invitation_id text not null,
  kind text not null,
  token_hash text not null,
  email text,
  name text default ''::text not null,
  partner_id text,
  grants jsonb default '[]'::jsonb not null,
  user_id text,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (invitation_id),
  constraint invitation_kind_check CHECK ((kind = ANY (ARRAY['invite'::text, 'setup'::text, 'reset'::text]))),
  constraint invitation_token_hash_key UNIQUE (token_hash),
  constraint invitation_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX invitation_open ON access.invitation USING btree (created_at) WHERE ((used_at IS NULL) AND (revoked_at IS NULL));

create table access.passkey (
  id text not null,
  name text,
  public_key text not null,
  user_id text not null,
  credential_id text not null,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamp with time zone,
  aaguid text,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX passkey_by_credential ON access.passkey USING btree (credential_id);
CREATE INDEX passkey_by_user ON access.passkey USING btree (user_id);

create table access.permission_use (
  user_id text not null,
  permission text not null,
  last_on date not null,
  constraint permission_use_pkey PRIMARY KEY (user_id, permission)
);

create table access.review (
  review_id text not null,
  name text not null,
  due_on date not null,
  state text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  revision integer default 1 not null,
  constraint review_pkey PRIMARY KEY (review_id),
  constraint review_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
);

create table access.review_item (
  review_id text not null,
  grant_id text not null,
  user_id text not null,
  role text not null,
  scope_kind text not null,
  scope_id text,
  granted_by text not null,
  granted_at timestamp with time zone not null,
  last_used date,
  conflicts text[] not null,
  decision text,
  reason text default ''::text not null,
  decided_by text,
  decided_at timestamp with time zone,
  constraint review_item_pkey PRIMARY KEY (review_id, grant_id),
  constraint review_item_check CHECK (((decision IS NULL) = (decided_by IS NULL))),
  constraint review_item_decision_check CHECK ((decision = ANY (ARRAY['confirm'::text, 'revoke'::text]))),
  constraint review_item_review_id_fkey FOREIGN KEY (review_id) REFERENCES access.review(review_id)
);
CREATE INDEX review_item_by_user ON access.review_item USING btree (review_id, user_id);

create table access.role_grant ( -- row-level security
  grant_id text not null,
  user_id text not null,
  role text not null,
  scope_kind text not null,
  scope_id text,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint role_grant_pkey PRIMARY KEY (grant_id),
  constraint role_grant_check CHECK (((scope_id IS NULL) = (scope_kind = 'everything'::text))),
  constraint role_grant_scope_kind_check CHECK ((scope_kind = ANY (ARRAY['everything'::text, 'region'::text, 'program'::text, 'portfolio'::text, 'partner'::text]))),
  constraint role_grant_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE,
  constraint role_grant_user_id_role_scope_kind_scope_id_key UNIQUE NULLS NOT DISTINCT (user_id, role, scope_kind, scope_id)
);

create table access.saved_view ( -- row-level security
  view_id text not null,
  user_id text not null,
  list text not null,
  name text not null,
  state jsonb not null,
  "position" integer default 0 not null,
  created_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (view_id),
  constraint saved_view_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE,
  constraint saved_view_user_id_list_name_key UNIQUE (user_id, list, name)
);

create table access.second_factor_failure (
  user_id text not null,
  at timestamp with time zone not null,
  constraint second_factor_failure_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX second_factor_failure_recent ON access.second_factor_failure USING btree (user_id, at);

create table access.second_factor_use (
  user_id text not null,
  step bigint not null,
  used_at timestamp with time zone not null,
  purpose text not null,
  constraint second_factor_use_pkey PRIMARY KEY (user_id, step),
  constraint second_factor_use_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);

create table access.session ( -- row-level security
  id text not null,
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  user_id text not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX session_by_user ON access.session USING btree (user_id);

create table access.two_factor ( -- row-level security
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone,
  constraint two_factor_pkey PRIMARY KEY (id),
  constraint two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES access."user"(id) ON DELETE CASCADE
);
CREATE INDEX two_factor_by_secret ON access.two_factor USING btree (secret);
CREATE INDEX two_factor_by_user ON access.two_factor USING btree (user_id);

create table access.verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_by_identifier ON access.verification USING btree (identifier);

create table agreements.agreement ( -- row-level security
  agreement_id text not null,
  partner_id text not null,
  program_id text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint agreement_pkey PRIMARY KEY (agreement_id),
  constraint agreement_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint agreement_partner_id_program_id_key UNIQUE (partner_id, program_id),
  constraint agreement_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);
CREATE INDEX agreement_by_program ON agreements.agreement USING btree (program_id, partner_id);

create table agreements.agreement_version ( -- row-level security
  agreement_version_id text not null,
  agreement_id text not null,
  version integer not null,
  status text not null,
  approved_by text,
  approved_at timestamp with time zone,
  accepted_name text,
  accepted_by text,
  accepted_at timestamp with time zone,
  accepted_address text,
  withdrawn_by text,
  withdrawn_at timestamp with time zone,
  round integer default 1 not null,
  template_version_id text,
  language text default 'en'::text not null,
  send_when_approved boolean default true not null,
  answer_by date,
  submitted_at timestamp with time zone,
  sent_by text,
  sent_at timestamp with time zone,
  declined_by text,
  declined_at timestamp with time zone,
  decline_reason text default ''::text not null,
  expired_at timestamp with time zone,
  accepted_user_agent text,
  accepted_hash text,
  constraint agreement_version_pkey PRIMARY KEY (agreement_version_id),
  constraint agreement_version_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES agreements.agreement(agreement_id),
  constraint agreement_version_agreement_id_version_key UNIQUE (agreement_id, version),
  constraint agreement_version_check2 CHECK (((status = 'accepted'::text) = (accepted_at IS NOT NULL))),
  constraint agreement_version_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
  constraint agreement_version_round_fk FOREIGN KEY (agreement_version_id, round) REFERENCES agreements.round(agreement_version_id, round) DEFERRABLE INITIALLY DEFERRED,
  constraint agreement_version_signed_check CHECK (((status = 'accepted'::text) = (accepted_at IS NOT NULL))),
  constraint agreement_version_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'sent'::text, 'countered'::text, 'accepted'::text, 'declined'::text, 'withdrawn'::text, 'expired'::text]))),
  constraint agreement_version_template_version_id_fkey FOREIGN KEY (template_version_id) REFERENCES agreements.template_version(template_version_id),
  constraint agreement_version_version_check CHECK ((version > 0))
);
CREATE INDEX version_open ON agreements.agreement_version USING btree (status, agreement_version_id) WHERE (status = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'sent'::text, 'countered'::text]));

create table agreements.approval (
  agreement_version_id text not null,
  terms_hash text not null,
  person text not null,
  roles text[] not null,
  decision text not null,
  comment text default ''::text not null,
  decided_at timestamp with time zone not null,
  constraint approval_pkey PRIMARY KEY (agreement_version_id, terms_hash, person),
  constraint approval_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreements.agreement_version(agreement_version_id),
  constraint approval_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text])))
);

create table agreements.approval_need (
  agreement_version_id text not null,
  terms_hash text not null,
  rule text not null,
  name text not null,
  approvers jsonb not null,
  reasons jsonb not null,
  constraint approval_need_pkey PRIMARY KEY (agreement_version_id, terms_hash, rule),
  constraint approval_need_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreements.agreement_version(agreement_version_id)
);

create table agreements.jurisdiction_pass ( -- row-level security
  agreement_version_id text not null,
  plan_hash text not null,
  component text not null,
  rule text not null,
  reason text not null,
  passed_by text not null,
  passed_at timestamp with time zone not null,
  constraint jurisdiction_pass_pkey PRIMARY KEY (agreement_version_id, plan_hash, component, rule),
  constraint jurisdiction_pass_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreements.agreement_version(agreement_version_id)
);

create table agreements.jurisdiction_rules ( -- row-level security
  program_id text not null,
  version integer not null,
  rules jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint jurisdiction_rules_pkey PRIMARY KEY (program_id, version),
  constraint jurisdiction_rules_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint jurisdiction_rules_version_check CHECK ((version > 0))
);

create table agreements.policy ( -- row-level security
  program_id text not null,
  version integer not null,
  document jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint policy_pkey PRIMARY KEY (program_id, version),
  constraint policy_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint policy_version_check CHECK ((version > 0))
);

create table agreements.reminder (
  agreement_version_id text not null,
  valid_to date not null,
  days_before integer not null,
  reminded_at timestamp with time zone not null,
  constraint reminder_pkey PRIMARY KEY (agreement_version_id, valid_to, days_before),
  constraint reminder_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreements.agreement_version(agreement_version_id)
);

create table agreements.round ( -- row-level security
  agreement_version_id text not null,
  round integer not null,
  side text not null,
  author text not null,
  author_name text not null,
  made_at timestamp with time zone not null,
  message text default ''::text not null,
  note text default ''::text not null,
  plan_version_id text not null,
  plan jsonb not null,
  plan_hash text not null,
  valid_from date not null,
  valid_to date,
  customers text not null,
  clauses jsonb not null,
  terms_text text not null,
  terms_hash text not null,
  evidence text,
  shown_at timestamp with time zone,
  parties jsonb not null,
  constraint round_pkey PRIMARY KEY (agreement_version_id, round),
  constraint round_agreement_version_id_fkey FOREIGN KEY (agreement_version_id) REFERENCES agreements.agreement_version(agreement_version_id),
  constraint round_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint round_customers_check CHECK ((customers = ANY (ARRAY['move'::text, 'stay'::text]))),
  constraint round_plan_version_id_fkey FOREIGN KEY (plan_version_id) REFERENCES plans.plan_version(plan_version_id),
  constraint round_round_check CHECK ((round > 0)),
  constraint round_side_check CHECK ((side = ANY (ARRAY['operator'::text, 'partner'::text])))
);

create table agreements.template (
  template_id text not null,
  program_id text not null,
  code text not null,
  name text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint template_pkey PRIMARY KEY (template_id),
  constraint template_program_id_code_key UNIQUE (program_id, code),
  constraint template_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);

create table agreements.template_version (
  template_version_id text not null,
  template_id text not null,
  version integer not null,
  plan_version_id text not null,
  language text not null,
  customers text not null,
  clauses jsonb not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint template_version_pkey PRIMARY KEY (template_version_id),
  constraint template_version_customers_check CHECK ((customers = ANY (ARRAY['move'::text, 'stay'::text]))),
  constraint template_version_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
  constraint template_version_plan_version_id_fkey FOREIGN KEY (plan_version_id) REFERENCES plans.plan_version(plan_version_id),
  constraint template_version_template_id_fkey FOREIGN KEY (template_id) REFERENCES agreements.template(template_id),
  constraint template_version_template_id_version_key UNIQUE (template_id, version),
  constraint template_version_version_check CHECK ((version > 0))
);

create table attribution.customer ( -- row-level security
  customer_id bigint generated always as identity not null,
  program_id text not null,
  customer_ref text not null,
  first_seen timestamp with time zone,
  partner_id text,
  link_id text,
  offer_id text,
  click_id text,
  country text,
  dimensions jsonb default '{}'::jsonb not null,
  reason text not null,
  by_hand boolean default false not null,
  bound_at timestamp with time zone,
  owned_from date,
  owned_until date,
  decision_id bigint,
  revision integer default 1 not null,
  constraint customer_pkey PRIMARY KEY (customer_id),
  constraint customer_by_name UNIQUE (customer_ref, program_id)
);
CREATE INDEX customer_by_partner ON attribution.customer USING btree (partner_id, customer_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX customer_by_program ON attribution.customer USING btree (program_id, customer_id);

create table attribution.decision ( -- row-level security
  decision_id bigint generated always as identity not null,
  customer_id bigint not null,
  event_id bigint,
  decided_at timestamp with time zone not null,
  partner_id text,
  reason text not null,
  candidates jsonb not null,
  rules jsonb,
  decided_by text,
  note text,
  rules_version integer,
  claim jsonb,
  given_from date,
  constraint decision_pkey PRIMARY KEY (decision_id)
);
CREATE INDEX decision_by_customer ON attribution.decision USING btree (customer_id, decision_id);
CREATE INDEX decision_by_hand ON attribution.decision USING btree (customer_id) WHERE (decided_by IS NOT NULL);

create table attribution.former_owner ( -- row-level security
  customer_id bigint not null,
  "position" integer not null,
  program_id text not null,
  partner_id text,
  link_id text,
  offer_id text,
  click_id text,
  country text,
  dimensions jsonb default '{}'::jsonb not null,
  bound_at timestamp with time zone,
  owned_from date,
  owned_until date not null,
  constraint former_owner_pkey PRIMARY KEY (customer_id, "position"),
  constraint former_owner_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES attribution.customer(customer_id)
);
CREATE INDEX former_owner_by_partner ON attribution.former_owner USING btree (partner_id, program_id) WHERE (partner_id IS NOT NULL);

create table attribution.known_customer (
  program_id text not null,
  customer_ref text not null,
  known_since timestamp with time zone not null,
  noted_by text not null,
  noted_at timestamp with time zone not null,
  constraint known_customer_pkey PRIMARY KEY (program_id, customer_ref)
);

create table attribution.replay_run (
  run_id text not null,
  program_id text not null,
  kind text not null,
  state text not null,
  rules jsonb,
  valid_from date,
  valid_until date,
  rules_version integer,
  after_id bigint default 0 not null,
  customers bigint default 0 not null,
  expected bigint default 0 not null,
  moves jsonb default '[]'::jsonb not null,
  commissions jsonb,
  problem text,
  created_by text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint replay_run_pkey PRIMARY KEY (run_id),
  constraint replay_run_kind_check CHECK ((kind = ANY (ARRAY['preview'::text, 'apply'::text]))),
  constraint replay_run_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX replay_run_by_program ON attribution.replay_run USING btree (program_id, run_id);

create table attribution.rules_version (
  program_id text not null,
  version integer not null,
  rules jsonb not null,
  valid_from date,
  valid_until date,
  created_by text,
  created_at timestamp with time zone not null,
  reason text not null,
  constraint rules_version_pkey PRIMARY KEY (program_id, version),
  constraint rules_version_check CHECK (((version > 0) AND ((valid_until IS NULL) OR (valid_from IS NULL) OR (valid_from < valid_until))))
);

create table audit.activity (
  activity_id bigint generated always as identity not null,
  at timestamp with time zone not null,
  kind text not null,
  actor_kind text not null,
  actor_id text not null,
  person_id text not null,
  partner_id text,
  method text not null,
  path text not null,
  status smallint not null,
  code text,
  subject_id text,
  detail text,
  address text,
  constraint activity_pkey PRIMARY KEY (activity_id),
  constraint activity_kind_check CHECK ((kind = ANY (ARRAY['view'::text, 'reveal'::text, 'download'::text, 'refused'::text, 'failed'::text, 'search'::text])))
);
CREATE INDEX activity_by_partner ON audit.activity USING btree (partner_id, at, activity_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX activity_by_person ON audit.activity USING btree (person_id, at, activity_id);
CREATE INDEX activity_by_subject ON audit.activity USING btree (subject_id, at, activity_id) WHERE (subject_id IS NOT NULL);
CREATE INDEX activity_by_time ON audit.activity USING btree (at, activity_id);

create table audit.entry ( -- row-level security
  seq bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  partner_id text,
  before jsonb,
  after jsonb,
  reason text,
  previous_hash text not null,
  hash text not null,
  acting_for text,
  constraint entry_pkey PRIMARY KEY (seq)
);
CREATE INDEX entry_by_action ON audit.entry USING btree (action, seq);
CREATE INDEX entry_by_actor ON audit.entry USING btree (actor_id, seq);
CREATE INDEX entry_by_partner ON audit.entry USING btree (partner_id, seq) WHERE (partner_id IS NOT NULL);
CREATE INDEX entry_by_subject ON audit.entry USING btree (subject_kind, subject_id, seq);
CREATE INDEX entry_by_time ON audit.entry USING btree (at, seq);

create table audit.head ( -- row-level security
  only_row boolean default true not null,
  seq bigint not null,
  hash text not null,
  constraint head_pkey PRIMARY KEY (only_row),
  constraint head_only_row_check CHECK (only_row)
);

create table audit.person_key (
  person_id text not null,
  key bytea,
  created_at timestamp with time zone default now() not null,
  destroyed_at timestamp with time zone,
  constraint person_key_pkey PRIMARY KEY (person_id),
  constraint person_key_check CHECK (((key IS NULL) = (destroyed_at IS NOT NULL)))
);

create table commissions.adjustment ( -- row-level security
  adjustment_id text not null,
  partner_id text not null,
  program_id text,
  currency text not null,
  amount_minor bigint not null,
  month date not null,
  reason text not null,
  line_key text,
  status text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  booked_month date,
  kind text default 'correction'::text not null,
  reason_code text,
  evidence jsonb default '[]'::jsonb not null,
  effective_to date,
  other_partner_id text,
  of_id text,
  release_on date,
  batch_id text,
  rule_id text,
  inquiry_id text,
  warnings text[] default '{}'::text[] not null,
  decision_note text,
  constraint adjustment_pkey PRIMARY KEY (adjustment_id),
  constraint adjustment_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint adjustment_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES commissions.adjustment_batch(batch_id),
  constraint adjustment_check CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
  constraint adjustment_check1 CHECK (((kind <> 'release'::text) OR (line_key IS NOT NULL))),
  constraint adjustment_check2 CHECK (((kind <> ALL (ARRAY['correction'::text, 'bonus'::text, 'release'::text])) OR (program_id IS NOT NULL))),
  constraint adjustment_check3 CHECK (((kind = 'set_off'::text) = (other_partner_id IS NOT NULL))),
  constraint adjustment_check4 CHECK (((kind = 'reserve_release'::text) = (of_id IS NOT NULL))),
  constraint adjustment_check5 CHECK (((kind <> ALL (ARRAY['set_off'::text, 'reserve'::text, 'reserve_release'::text])) OR (amount_minor > 0))),
  constraint adjustment_kind_check CHECK ((kind = ANY (ARRAY['correction'::text, 'bonus'::text, 'release'::text, 'write_off'::text, 'set_off'::text, 'reserve'::text, 'reserve_release'::text]))),
  constraint adjustment_of_id_fkey FOREIGN KEY (of_id) REFERENCES commissions.adjustment(adjustment_id),
  constraint adjustment_reason_code_fkey FOREIGN KEY (reason_code) REFERENCES commissions.adjustment_reason(code),
  constraint adjustment_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES commissions.adjustment_rule(rule_id),
  constraint adjustment_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'declined'::text])))
);
CREATE INDEX adjustment_by_booked ON commissions.adjustment USING btree (partner_id, currency, booked_month) WHERE (status = 'approved'::text);
CREATE INDEX adjustment_by_inquiry ON commissions.adjustment USING btree (inquiry_id) WHERE (inquiry_id IS NOT NULL);
CREATE INDEX adjustment_by_partner ON commissions.adjustment USING btree (partner_id, adjustment_id);
CREATE INDEX adjustment_reserve_due ON commissions.adjustment USING btree (release_on) WHERE ((kind = 'reserve'::text) AND (status = 'approved'::text));
CREATE INDEX adjustment_waiting ON commissions.adjustment USING btree (adjustment_id) WHERE (status = 'proposed'::text);
CREATE UNIQUE INDEX adjustment_of_rule ON commissions.adjustment USING btree (rule_id, month) WHERE (rule_id IS NOT NULL);
CREATE UNIQUE INDEX adjustment_release_waiting ON commissions.adjustment USING btree (line_key) WHERE ((kind = 'release'::text) AND (status = 'proposed'::text));
CREATE UNIQUE INDEX adjustment_reserve_once ON commissions.adjustment USING btree (of_id) WHERE ((of_id IS NOT NULL) AND (status <> 'declined'::text));

create table commissions.adjustment_batch (
  batch_id text not null,
  file_name text not null,
  status text not null,
  rows jsonb not null,
  good integer not null,
  refused integer not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  finished_by text,
  finished_at timestamp with time zone,
  constraint adjustment_batch_pkey PRIMARY KEY (batch_id),
  constraint adjustment_batch_status_check CHECK ((status = ANY (ARRAY['checked'::text, 'proposed'::text, 'cancelled'::text])))
);

create table commissions.adjustment_reason ( -- row-level security
  code text not null,
  names jsonb not null,
  kinds text[] not null,
  needs_evidence boolean default false not null,
  warn_minor bigint,
  active boolean default true not null,
  revision integer default 1 not null,
  constraint adjustment_reason_pkey PRIMARY KEY (code),
  constraint adjustment_reason_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint adjustment_reason_warn_minor_check CHECK ((warn_minor > 0))
);

create table commissions.adjustment_rule (
  rule_id text not null,
  kind text not null,
  partner_id text not null,
  program_id text,
  currency text not null,
  amount_minor bigint,
  percent numeric,
  hold_days integer,
  from_month date not null,
  until_month date,
  reason_code text not null,
  reason text not null,
  status text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  ended_by text,
  ended_at timestamp with time zone,
  constraint adjustment_rule_pkey PRIMARY KEY (rule_id),
  constraint adjustment_rule_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint adjustment_rule_check CHECK ((until_month >= from_month)),
  constraint adjustment_rule_check1 CHECK ((decided_by <> proposed_by)),
  constraint adjustment_rule_check2 CHECK (((amount_minor IS NULL) <> (percent IS NULL))),
  constraint adjustment_rule_check3 CHECK (((kind = 'reserve'::text) OR (percent IS NULL))),
  constraint adjustment_rule_check4 CHECK (((kind = 'reserve'::text) OR (program_id IS NOT NULL))),
  constraint adjustment_rule_hold_days_check CHECK (((hold_days >= 1) AND (hold_days <= 3650))),
  constraint adjustment_rule_kind_check CHECK ((kind = ANY (ARRAY['correction'::text, 'bonus'::text, 'reserve'::text]))),
  constraint adjustment_rule_percent_check CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric))),
  constraint adjustment_rule_reason_code_fkey FOREIGN KEY (reason_code) REFERENCES commissions.adjustment_reason(code),
  constraint adjustment_rule_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'declined'::text, 'ended'::text])))
);
CREATE INDEX adjustment_rule_by_partner ON commissions.adjustment_rule USING btree (partner_id) WHERE (status = 'approved'::text);

create table commissions.calculator (
  calculator_id text not null,
  token text not null,
  program_id text not null,
  plan_id text not null,
  plan_version_id text not null,
  title text not null,
  frame_ancestors text[] default '{}'::text[] not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint calculator_pkey PRIMARY KEY (calculator_id),
  constraint calculator_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans.plan(plan_id),
  constraint calculator_plan_version_id_fkey FOREIGN KEY (plan_version_id) REFERENCES plans.plan_version(plan_version_id),
  constraint calculator_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint calculator_token_key UNIQUE (token)
);
CREATE INDEX calculator_by_plan ON commissions.calculator USING btree (plan_id, calculator_id) WHERE (removed_at IS NULL);

create table commissions.dirty ( -- row-level security
  partner_id text not null,
  program_id text not null,
  month date not null,
  marked_at timestamp with time zone not null,
  revision bigint default 1 not null,
  problem text,
  derived boolean default false not null,
  customers bigint[],
  constraint dirty_pkey PRIMARY KEY (program_id, partner_id, month)
);

create table commissions.fact_day ( -- row-level security
  customer_id bigint not null,
  day date not null,
  product text default ''::text not null,
  measure text not null,
  currency text default ''::text not null,
  amount numeric not null,
  events integer not null,
  constraint fact_day_pkey PRIMARY KEY (customer_id, day, product, measure, currency) INCLUDE (amount, events)
);

create table commissions.held ( -- row-level security
  line_key text not null,
  version integer not null,
  partner_id text not null,
  program_id text not null,
  currency text not null,
  held_minor bigint not null,
  held_until date not null,
  constraint held_pkey PRIMARY KEY (line_key),
  constraint held_held_minor_check CHECK ((held_minor > 0))
);
CREATE INDEX held_by_day ON commissions.held USING btree (held_until);
CREATE INDEX held_by_partner ON commissions.held USING btree (partner_id);

create table commissions.line ( -- row-level security
  line_id bigint generated always as identity not null,
  line_key text not null,
  version integer not null,
  partner_id text not null,
  program_id text not null,
  agreement_version_id text not null,
  component text not null,
  subject_kind text not null,
  subject_id text not null,
  month date not null,
  booked_month date not null,
  earned_on date not null,
  currency text not null,
  amount_minor bigint not null,
  difference_minor bigint not null,
  held_until date,
  working jsonb not null,
  working_hash text not null,
  calculated_at timestamp with time zone not null,
  constraint line_pkey PRIMARY KEY (line_id),
  constraint line_line_key_version_key UNIQUE (line_key, version),
  constraint line_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['customer'::text, 'event'::text, 'period'::text, 'partner'::text])))
);
CREATE INDEX line_by_booked ON commissions.line USING btree (partner_id, currency, booked_month, line_id);
CREATE INDEX line_by_month ON commissions.line USING btree (program_id, partner_id, component, month);
CREATE INDEX line_by_pair ON commissions.line USING btree (program_id, partner_id, month, line_id);
CREATE INDEX line_by_partner ON commissions.line USING btree (partner_id, line_id);
CREATE INDEX line_by_subject ON commissions.line USING btree (subject_kind, subject_id);

create table commissions.memory ( -- row-level security
  partner_id text not null,
  program_id text not null,
  component text not null,
  month date not null,
  currency text not null,
  left_by text not null,
  memory jsonb not null,
  constraint memory_pkey PRIMARY KEY (program_id, partner_id, component, currency, month)
);

create table commissions.milestone ( -- row-level security
  customer_id bigint not null,
  registered_at timestamp with time zone,
  kyc_at timestamp with time zone,
  ftd_at timestamp with time zone,
  ftd_minor bigint,
  ftd_currency text,
  ftd_event_id bigint,
  second_deposit_at timestamp with time zone,
  second_deposit_event_id bigint,
  revision integer default 1 not null,
  withheld text[] default '{}'::text[] not null,
  constraint milestone_pkey PRIMARY KEY (customer_id)
);

create table commissions.rate ( -- row-level security
  source text not null,
  day date not null,
  currency text not null,
  base text default 'EUR'::text not null,
  rate numeric not null,
  loaded_at timestamp with time zone not null,
  constraint rate_pkey PRIMARY KEY (source, base, currency, day),
  constraint rate_rate_check CHECK ((rate > (0)::numeric))
);

create table commissions.simulation (
  simulation_id text not null,
  kind text not null,
  name text not null,
  program_id text not null,
  partner_id text,
  partner_ids text[],
  input jsonb not null,
  plan_hash text,
  status text default 'queued'::text not null,
  steps_done integer default 0 not null,
  steps_all integer default 0 not null,
  problem text,
  result jsonb,
  cost_share numeric,
  input_hash text,
  engine_version text,
  created_by text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint simulation_pkey PRIMARY KEY (simulation_id),
  constraint simulation_kind_check CHECK ((kind = ANY (ARRAY['deal'::text, 'replay'::text]))),
  constraint simulation_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX simulation_by_program ON commissions.simulation USING btree (program_id, simulation_id);

create table commissions.simulation_partner (
  simulation_id text not null,
  place text not null,
  partner_id text not null,
  currency text not null,
  booked_minor bigint not null,
  replayed_minor bigint not null,
  difference_minor bigint generated always as ((replayed_minor - booked_minor)) stored,
  weight bigint generated always as (abs((replayed_minor - booked_minor))) stored,
  constraint simulation_partner_pkey PRIMARY KEY (simulation_id, place),
  constraint simulation_partner_simulation_id_fkey FOREIGN KEY (simulation_id) REFERENCES commissions.simulation(simulation_id)
);
CREATE INDEX simulation_partner_by_weight ON commissions.simulation_partner USING btree (simulation_id, weight, place);

create table commissions.stated_metric ( -- row-level security
  partner_id text not null,
  program_id text not null,
  name text not null,
  month date not null,
  day date,
  value numeric not null,
  stated_by text not null,
  stated_at timestamp with time zone not null,
  constraint stated_metric_program_id_partner_id_name_month_day_key UNIQUE NULLS NOT DISTINCT (program_id, partner_id, name, month, day)
);

create table commissions.traffic_day ( -- row-level security
  partner_id text not null,
  program_id text not null,
  day date not null,
  country text default ''::text not null,
  offer_id text default ''::text not null,
  clicks bigint not null,
  unique_clicks bigint not null,
  impressions bigint not null,
  constraint traffic_day_pkey PRIMARY KEY (program_id, partner_id, day, country, offer_id)
);

create table compliance.document ( -- row-level security
  document_id text not null,
  partner_id text not null,
  person_id text,
  kind text not null,
  state text not null,
  file_name text not null,
  media_type text not null,
  size integer not null,
  sha256 text not null,
  sealed_key text,
  number text default ''::text not null,
  issued_on date,
  expires_on date,
  name_on_it text default ''::text not null,
  note text default ''::text not null,
  replaces text,
  replaced_by text,
  uploaded_by text not null,
  uploaded_name text not null,
  uploaded_at timestamp with time zone not null,
  by_partner boolean not null,
  proposed_by text,
  proposed_name text,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  reason text default ''::text not null,
  gone_at timestamp with time zone,
  revision integer default 1 not null,
  constraint document_pkey PRIMARY KEY (document_id),
  constraint document_check CHECK (((sealed_key IS NULL) = (gone_at IS NOT NULL))),
  constraint document_check1 CHECK (((state <> 'accepted'::text) OR (decided_by IS DISTINCT FROM proposed_by) OR (proposed_by IS NULL))),
  constraint document_kind_check CHECK ((kind ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint document_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint document_person_id_fkey FOREIGN KEY (person_id) REFERENCES compliance.related_person(person_id),
  constraint document_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES compliance.document(document_id),
  constraint document_replaces_fkey FOREIGN KEY (replaces) REFERENCES compliance.document(document_id),
  constraint document_size_check CHECK ((size > 0)),
  constraint document_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'proposed'::text, 'accepted'::text, 'rejected'::text, 'replaced'::text, 'withdrawn'::text])))
);
CREATE INDEX document_expiring ON compliance.document USING btree (expires_on) WHERE ((state = 'accepted'::text) AND (expires_on IS NOT NULL));
CREATE INDEX document_of_partner ON compliance.document USING btree (partner_id, document_id);
CREATE INDEX document_waiting ON compliance.document USING btree (document_id) WHERE (state = ANY (ARRAY['submitted'::text, 'proposed'::text]));

create table compliance.document_file ( -- row-level security
  document_id text not null,
  partner_id text not null,
  bytes bytea not null,
  constraint document_file_pkey PRIMARY KEY (document_id),
  constraint document_file_document_id_fkey FOREIGN KEY (document_id) REFERENCES compliance.document(document_id) ON DELETE CASCADE
);

create table compliance.document_look ( -- row-level security
  look_id bigint generated always as identity not null,
  document_id text not null,
  partner_id text not null,
  viewer_id text not null,
  viewer_name text not null,
  purpose text default ''::text not null,
  seen_at timestamp with time zone not null,
  constraint document_look_pkey PRIMARY KEY (look_id),
  constraint document_look_document_id_fkey FOREIGN KEY (document_id) REFERENCES compliance.document(document_id)
);
CREATE INDEX look_of_document ON compliance.document_look USING btree (document_id, look_id DESC);

create table compliance.document_reminder (
  document_id text not null,
  days integer not null,
  sent_at timestamp with time zone not null,
  constraint document_reminder_pkey PRIMARY KEY (document_id, days),
  constraint document_reminder_document_id_fkey FOREIGN KEY (document_id) REFERENCES compliance.document(document_id)
);

create table compliance.domain_proof ( -- row-level security
  proof_id text not null,
  partner_id text not null,
  domain text not null,
  token text not null,
  state text not null,
  method text,
  said jsonb default '[]'::jsonb not null,
  checked_at timestamp with time zone,
  proved_at timestamp with time zone,
  check_on date,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint domain_proof_pkey PRIMARY KEY (proof_id),
  constraint domain_proof_method_check CHECK ((method = ANY (ARRAY['dns'::text, 'file'::text, 'meta'::text]))),
  constraint domain_proof_partner_id_domain_key UNIQUE (partner_id, domain),
  constraint domain_proof_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint domain_proof_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'proved'::text, 'lost'::text])))
);
CREATE INDEX proof_to_check ON compliance.domain_proof USING btree (check_on) WHERE (state <> 'waiting'::text);

create table compliance.ended_relationship ( -- row-level security
  partner_id text not null,
  ended_on date not null,
  constraint ended_relationship_pkey PRIMARY KEY (partner_id),
  constraint ended_relationship_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);

create table compliance.hit (
  hit_id text not null,
  partner_id text not null,
  subject_id text not null,
  subject_kind text not null,
  subject_name text not null,
  subject_digest text not null,
  asked jsonb not null,
  list text not null,
  entry_id text not null,
  entry_digest text not null,
  entry jsonb not null,
  topic text not null,
  matched_name text not null,
  score double precision not null,
  steps jsonb not null,
  evidence jsonb not null,
  state text not null,
  reason text default ''::text not null,
  proposed_by text,
  proposed_name text,
  proposed_at timestamp with time zone,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  reopened_why text,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint hit_pkey PRIMARY KEY (hit_id),
  constraint hit_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint hit_reopened_why_check CHECK ((reopened_why = ANY (ARRAY['subject_changed'::text, 'entry_changed'::text, 'sent_back'::text, 'listed_again'::text]))),
  constraint hit_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision))),
  constraint hit_state_check CHECK ((state = ANY (ARRAY['open'::text, 'proposed'::text, 'false_positive'::text, 'true_match'::text, 'gone'::text]))),
  constraint hit_subject_id_list_entry_id_key UNIQUE (subject_id, list, entry_id)
);
CREATE INDEX hit_by_entry ON compliance.hit USING btree (list, entry_id);
CREATE INDEX hit_by_partner ON compliance.hit USING btree (partner_id, hit_id DESC);
CREATE INDEX hit_newest ON compliance.hit USING btree (hit_id DESC);
CREATE INDEX hit_undecided ON compliance.hit USING btree (partner_id) WHERE (state = ANY (ARRAY['open'::text, 'proposed'::text, 'true_match'::text]));

create table compliance.holding ( -- row-level security
  holder_id text not null,
  held_id text not null,
  partner_id text not null,
  share numeric not null,
  constraint holding_pkey PRIMARY KEY (holder_id, held_id),
  constraint holding_check CHECK ((holder_id <> held_id)),
  constraint holding_held_id_fkey FOREIGN KEY (held_id) REFERENCES compliance.related_person(person_id),
  constraint holding_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES compliance.related_person(person_id),
  constraint holding_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint holding_share_check CHECK (((share > (0)::numeric) AND (share <= (100)::numeric)))
);
CREATE INDEX holding_of_partner ON compliance.holding USING btree (partner_id);

create table compliance.list_change (
  list text not null,
  version integer not null,
  entry_id text not null,
  change text not null,
  name text not null,
  constraint list_change_pkey PRIMARY KEY (list, version, entry_id),
  constraint list_change_change_check CHECK ((change = ANY (ARRAY['added'::text, 'removed'::text, 'altered'::text])))
);

create table compliance.list_entry (
  list text not null,
  entry_id text not null,
  name text not null,
  digest text not null,
  body jsonb not null,
  since integer not null,
  gone integer,
  constraint list_entry_pkey PRIMARY KEY (list, entry_id)
);
CREATE INDEX list_entry_living ON compliance.list_entry USING btree (list, entry_id) WHERE (gone IS NULL);

create table compliance.list_version (
  list text not null,
  version integer not null,
  format text not null,
  file text not null,
  topic text not null,
  entries integer not null,
  added integer not null,
  removed integer not null,
  altered integer not null,
  loaded_at timestamp with time zone not null,
  loaded_by text not null,
  applied_at timestamp with time zone,
  constraint list_version_pkey PRIMARY KEY (list, version),
  constraint list_version_list_check CHECK ((list ~ '^[a-z0-9][a-z0-9_.-]{0,79}$'::text)),
  constraint list_version_topic_check CHECK ((topic = ANY (ARRAY['sanction'::text, 'pep'::text, 'watch'::text]))),
  constraint list_version_version_check CHECK ((version > 0))
);

create table compliance.profile ( -- row-level security
  partner_id text not null,
  regime text default ''::text not null,
  unexplained text default ''::text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint profile_pkey PRIMARY KEY (partner_id),
  constraint profile_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint profile_regime_check CHECK ((regime ~ '^[a-z0-9-]{0,40}$'::text))
);

create table compliance.progress (
  name text not null,
  seq bigint not null,
  constraint progress_pkey PRIMARY KEY (name)
);

create table compliance.questionnaire_answer ( -- row-level security
  answer_id text not null,
  partner_id text not null,
  questionnaire text not null,
  version integer not null,
  answers jsonb not null,
  points integer not null,
  flags jsonb not null,
  answered_by text not null,
  answered_name text not null,
  answered_at timestamp with time zone not null,
  by_partner boolean not null,
  constraint questionnaire_answer_pkey PRIMARY KEY (answer_id),
  constraint questionnaire_answer_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX answer_of_partner ON compliance.questionnaire_answer USING btree (partner_id, answer_id DESC);

create table compliance.regime_attachment ( -- row-level security
  subject_kind text not null,
  subject_id text not null,
  regime text not null,
  figures jsonb default '{}'::jsonb not null,
  attached_by text not null,
  attached_at timestamp with time zone not null,
  constraint regime_attachment_pkey PRIMARY KEY (subject_kind, subject_id, regime),
  constraint regime_attachment_regime_check CHECK ((regime ~ '^[a-z0-9][a-z0-9-]{0,39}$'::text)),
  constraint regime_attachment_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['partner'::text, 'offer'::text, 'creative'::text])))
);

create table compliance.related_person ( -- row-level security
  person_id text not null,
  partner_id text not null,
  kind text not null,
  role text not null,
  name text not null,
  share numeric,
  birth text default ''::text not null,
  country text,
  identifier text default ''::text not null,
  note text default ''::text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  revision integer default 1 not null,
  control text default ''::text not null,
  constraint related_person_pkey PRIMARY KEY (person_id),
  constraint related_person_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint related_person_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organization'::text]))),
  constraint related_person_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint related_person_role_check CHECK ((role = ANY (ARRAY['director'::text, 'owner'::text, 'beneficial_owner'::text, 'signatory'::text, 'manager'::text, 'other'::text]))),
  constraint related_person_share_check CHECK (((share > (0)::numeric) AND (share <= (100)::numeric)))
);
CREATE INDEX related_person_by_partner ON compliance.related_person USING btree (partner_id, person_id);

create table compliance.risk_override (
  override_id text not null,
  partner_id text not null,
  level text not null,
  reason text not null,
  until date not null,
  state text not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  comment text default ''::text not null,
  constraint risk_override_pkey PRIMARY KEY (override_id),
  constraint risk_override_check CHECK (((decided_by IS DISTINCT FROM proposed_by) OR (state = 'ended'::text))),
  constraint risk_override_level_check CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  constraint risk_override_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint risk_override_reason_check CHECK ((reason <> ''::text)),
  constraint risk_override_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'ended'::text])))
);
CREATE INDEX override_of_partner ON compliance.risk_override USING btree (partner_id, override_id DESC);

create table compliance.risk_rating (
  rating_id text not null,
  partner_id text not null,
  version integer not null,
  level text not null,
  points integer not null,
  working jsonb not null,
  rated_by text not null,
  rated_name text not null,
  rated_at timestamp with time zone not null,
  review_on date not null,
  decision text,
  decision_reason text default ''::text not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  revision integer default 1 not null,
  constraint risk_rating_pkey PRIMARY KEY (rating_id),
  constraint risk_rating_decision_check CHECK ((decision = ANY (ARRAY['go'::text, 'no_go'::text]))),
  constraint risk_rating_level_check CHECK ((level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  constraint risk_rating_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX rating_of_partner ON compliance.risk_rating USING btree (partner_id, rating_id DESC);

create table compliance.rule_book ( -- row-level security
  book text not null,
  version integer not null,
  document jsonb not null,
  reason text not null,
  changed_by text not null,
  changed_name text not null,
  changed_at timestamp with time zone not null,
  constraint rule_book_pkey PRIMARY KEY (book, version),
  constraint rule_book_book_check CHECK ((book = ANY (ARRAY['documents'::text, 'ownership'::text, 'questionnaires'::text, 'risk'::text, 'reviews'::text, 'regimes'::text]))),
  constraint rule_book_reason_check CHECK ((reason <> ''::text)),
  constraint rule_book_version_check CHECK ((version > 0))
);

create table compliance.site ( -- row-level security
  site_id text not null,
  partner_id text not null,
  kind text not null,
  address text not null,
  note text default ''::text not null,
  state text not null,
  review_on date,
  added_name text not null,
  added_at timestamp with time zone not null,
  by_partner boolean not null,
  ended_at timestamp with time zone,
  revision integer default 1 not null,
  constraint site_pkey PRIMARY KEY (site_id),
  constraint site_kind_check CHECK ((kind = ANY (ARRAY['website'::text, 'social'::text, 'app'::text, 'email'::text, 'other'::text]))),
  constraint site_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint site_state_check CHECK ((state = ANY (ARRAY['unreviewed'::text, 'passed'::text, 'failed'::text])))
);
CREATE INDEX site_of_partner ON compliance.site USING btree (partner_id, site_id);

create table compliance.site_review (
  review_id bigint generated always as identity not null,
  site_id text not null,
  snapshot_id text,
  verdict text not null,
  reason text not null,
  checklist jsonb not null,
  reviewed_by text not null,
  reviewed_name text not null,
  reviewed_at timestamp with time zone not null,
  review_on date,
  constraint site_review_pkey PRIMARY KEY (review_id),
  constraint site_review_reason_check CHECK ((reason <> ''::text)),
  constraint site_review_site_id_fkey FOREIGN KEY (site_id) REFERENCES compliance.site(site_id),
  constraint site_review_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES compliance.site_snapshot(snapshot_id),
  constraint site_review_verdict_check CHECK ((verdict = ANY (ARRAY['passed'::text, 'failed'::text])))
);
CREATE INDEX review_of_site ON compliance.site_review USING btree (site_id, review_id DESC);

create table compliance.site_snapshot (
  snapshot_id text not null,
  site_id text not null,
  partner_id text not null,
  address text not null,
  final_address text not null,
  status integer,
  problem text default ''::text not null,
  html text,
  words text default ''::text not null,
  sha256 text,
  findings jsonb not null,
  picture bytea,
  picture_type text,
  taken_by text not null,
  taken_at timestamp with time zone not null,
  constraint site_snapshot_pkey PRIMARY KEY (snapshot_id),
  constraint site_snapshot_site_id_fkey FOREIGN KEY (site_id) REFERENCES compliance.site(site_id)
);
CREATE INDEX snapshot_of_site ON compliance.site_snapshot USING btree (site_id, snapshot_id DESC);

create table compliance.subject (
  subject_id text not null,
  partner_id text not null,
  subject_kind text not null,
  name text not null,
  asked jsonb not null,
  digest text not null,
  screened_at timestamp with time zone not null,
  constraint subject_pkey PRIMARY KEY (subject_id),
  constraint subject_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint subject_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['partner'::text, 'legal_name'::text, 'contact'::text, 'related_person'::text])))
);
CREATE INDEX subject_by_partner ON compliance.subject USING btree (partner_id, subject_id);

create table database.migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (name)
);

create table database.notice (
  notice_id bigint generated always as identity not null,
  name text not null,
  payload json not null,
  constraint notice_pkey PRIMARY KEY (notice_id)
);
CREATE INDEX notice_by_name ON database.notice USING btree (name, notice_id);

create table governance.exception (
  rule_id text not null,
  subject_id text not null,
  until date not null,
  reason text not null,
  made_by text not null,
  made_name text not null,
  made_at timestamp with time zone not null,
  constraint exception_pkey PRIMARY KEY (rule_id, subject_id),
  constraint exception_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES governance.rule(rule_id)
);
CREATE INDEX exception_by_subject ON governance.exception USING btree (subject_id);

create table governance.finding (
  finding_id bigint generated always as identity not null,
  rule_id text not null,
  record text not null,
  subject_id text not null,
  partner_id text,
  program_id text,
  weight smallint not null,
  severity text not null,
  name text not null,
  value text not null,
  since timestamp with time zone not null,
  assigned_to text,
  assigned_by text,
  excepted boolean default false not null,
  constraint finding_pkey PRIMARY KEY (finding_id),
  constraint finding_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES governance.rule(rule_id),
  constraint finding_rule_id_subject_id_key UNIQUE (rule_id, subject_id)
);
CREATE INDEX finding_by_assigned ON governance.finding USING btree (assigned_to) WHERE (assigned_to IS NOT NULL);
CREATE INDEX finding_by_partner ON governance.finding USING btree (partner_id, weight DESC, finding_id DESC);
CREATE INDEX finding_by_subject ON governance.finding USING btree (subject_id);
CREATE INDEX finding_by_weight ON governance.finding USING btree (excepted, weight DESC, finding_id DESC);

create table governance.page_check (
  url text not null,
  host text not null,
  checked_at timestamp with time zone,
  next_at timestamp with time zone not null,
  outcome text default 'unknown'::text not null,
  status integer,
  detail text default ''::text not null,
  final_url text default ''::text not null,
  misses smallint default 0 not null,
  since timestamp with time zone,
  constraint page_check_pkey PRIMARY KEY (url)
);
CREATE INDEX page_check_due ON governance.page_check USING btree (next_at);

create table governance.progress (
  only_row boolean default true not null,
  seq bigint not null,
  evaluated_at timestamp with time zone,
  constraint progress_pkey PRIMARY KEY (only_row),
  constraint progress_only_row_check CHECK (only_row)
);

create table governance.rule (
  rule_id text not null,
  code text not null,
  active boolean not null,
  version integer not null,
  weight smallint not null,
  definition jsonb not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint rule_pkey PRIMARY KEY (rule_id),
  constraint rule_code_key UNIQUE (code)
);

create table governance.rule_version (
  rule_id text not null,
  version integer not null,
  active boolean not null,
  definition jsonb not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  constraint rule_version_pkey PRIMARY KEY (rule_id, version),
  constraint rule_version_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES governance.rule(rule_id)
);

create table governance.score (
  partner_id text not null,
  score smallint not null,
  lost integer not null,
  total integer not null,
  constraint score_pkey PRIMARY KEY (partner_id)
);

create table governance.score_day (
  day date not null,
  scope text not null,
  scope_id text not null,
  records integer not null,
  score numeric(5,2) not null,
  findings integer not null,
  constraint score_day_pkey PRIMARY KEY (scope, scope_id, day),
  constraint score_day_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'region'::text, 'owner'::text])))
);

create table governance.suggestion (
  suggestion_id text not null,
  kind text not null,
  state text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null,
  partner_id text,
  program_id text not null,
  action text not null,
  facts jsonb not null,
  found_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  reason text default ''::text not null,
  before text,
  after_revision integer,
  constraint suggestion_pkey PRIMARY KEY (suggestion_id),
  constraint suggestion_action_check CHECK ((action = ANY (ARRAY['pause'::text, 'archive'::text, 'close'::text, 'look'::text]))),
  constraint suggestion_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dismissed'::text, 'gone'::text])))
);
CREATE INDEX suggestion_by_partner ON governance.suggestion USING btree (partner_id, suggestion_id DESC);
CREATE INDEX suggestion_newest ON governance.suggestion USING btree (state, suggestion_id DESC);
CREATE UNIQUE INDEX suggestion_once ON governance.suggestion USING btree (kind, subject_id) WHERE (state = ANY (ARRAY['open'::text, 'dismissed'::text]));

create table governance.tag_rule (
  rule_id text not null,
  tag text not null,
  title text not null,
  active boolean not null,
  condition jsonb not null,
  version integer not null,
  changed_at timestamp with time zone not null,
  changed_by text not null,
  record text not null,
  constraint tag_rule_pkey PRIMARY KEY (rule_id),
  constraint tag_rule_record_check CHECK ((record = ANY (ARRAY['partner'::text, 'offer'::text])))
);

create table governance.tag_set (
  record_id text not null,
  tag text not null,
  rule_id text not null,
  set_at timestamp with time zone not null,
  constraint tag_set_pkey PRIMARY KEY (record_id, tag),
  constraint tag_set_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES governance.tag_rule(rule_id)
);
CREATE INDEX tag_set_by_rule ON governance.tag_set USING btree (rule_id);

create table governance.traffic (
  link_id text not null,
  last_day date not null,
  constraint traffic_pkey PRIMARY KEY (link_id)
);

create table health.alert ( -- row-level security
  alert_id text not null,
  program_id text not null,
  partner_id text,
  offer_id text,
  source_id text,
  kind text not null,
  event_type text default ''::text not null,
  direction text not null,
  state text not null,
  since timestamp with time zone not null,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_why text,
  expected double precision not null,
  seen double precision not null,
  level double precision not null,
  chance double precision not null,
  reasons jsonb default '[]'::jsonb not null,
  for_partner boolean not null,
  acknowledged_by text,
  acknowledged_name text,
  acknowledged_at timestamp with time zone,
  note text default ''::text not null,
  muted_until timestamp with time zone,
  revision integer default 1 not null,
  constraint alert_pkey PRIMARY KEY (alert_id),
  constraint alert_closed_why_check CHECK ((closed_why = ANY (ARRAY['recovered'::text, 'new_normal'::text, 'explained'::text]))),
  constraint alert_direction_check CHECK ((direction = ANY (ARRAY['drop'::text, 'surge'::text, 'longer'::text, 'shorter'::text, 'errors'::text]))),
  constraint alert_kind_check CHECK ((kind = ANY (ARRAY['clicks'::text, 'conversions'::text, 'delay'::text, 'postback_errors'::text, 'rejected_calls'::text]))),
  constraint alert_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint alert_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint alert_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint alert_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'closed'::text])))
);
CREATE INDEX alert_ended ON health.alert USING btree (program_id, closed_at) WHERE (state = 'closed'::text);
CREATE INDEX alert_newest ON health.alert USING btree (program_id, alert_id DESC);
CREATE INDEX alert_of_partner ON health.alert USING btree (partner_id, alert_id DESC);
CREATE UNIQUE INDEX alert_living ON health.alert USING btree (program_id, COALESCE(partner_id, ''::text), COALESCE(offer_id, ''::text), COALESCE(source_id, ''::text), kind, event_type) WHERE (state <> 'closed'::text);

create table health.setting (
  program_id text not null,
  sensitivity text not null,
  kinds text[] not null,
  partner_kinds text[] not null,
  new_normal_days integer not null,
  mail boolean not null,
  emails text[] not null,
  quiet jsonb not null,
  revision integer default 1 not null,
  constraint setting_pkey PRIMARY KEY (program_id),
  constraint setting_new_normal_days_check CHECK (((new_normal_days >= 1) AND (new_normal_days <= 90))),
  constraint setting_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint setting_sensitivity_check CHECK ((sensitivity = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text])))
);

create table health.watched (
  program_id text not null,
  until timestamp with time zone not null,
  constraint watched_pkey PRIMARY KEY (program_id),
  constraint watched_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);

create table intake.cursor (
  consumer text not null,
  lane integer not null,
  next_seq bigint not null,
  planned_seq bigint,
  done boolean default false not null,
  constraint cursor_pkey PRIMARY KEY (consumer, lane)
);

create table intake.entry ( -- row-level security
  lane integer not null,
  seq bigint not null,
  kind smallint not null,
  received_at timestamp with time zone not null,
  body text not null,
  constraint entry_pkey PRIMARY KEY (lane, seq)
);
CREATE INDEX entry_not_click ON intake.entry USING btree (lane, seq) WHERE (kind <> 1);

create table intake.kept (
  lane integer not null,
  seq bigint not null,
  constraint kept_pkey PRIMARY KEY (lane, seq)
);

create table intake.lane (
  lane integer generated always as identity not null,
  writer text not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  purged_seq bigint default 0 not null,
  constraint lane_pkey PRIMARY KEY (lane)
);
CREATE INDEX lane_open ON intake.lane USING btree (lane) WHERE (closed_at IS NULL);

create table intake.retention (
  only_row boolean default true not null,
  kept_event_id bigint default 0 not null,
  constraint retention_pkey PRIMARY KEY (only_row),
  constraint retention_only_row_check CHECK (only_row)
);

create table integrations."row" (
  import_id text not null,
  sheet_no integer not null,
  "position" bigint not null,
  line integer not null,
  cells jsonb not null,
  problem text,
  constraint row_pkey PRIMARY KEY (import_id, sheet_no, "position")
);

create table integrations.change (
  change_id bigint generated always as identity not null,
  import_id text not null,
  stage smallint not null,
  external_id text not null,
  target_id text not null,
  action text not null,
  before jsonb default '{}'::jsonb not null,
  after jsonb default '{}'::jsonb not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint change_pkey PRIMARY KEY (change_id)
);
CREATE INDEX change_by_import ON integrations.change USING btree (import_id, change_id);

create table integrations.connection (
  connection_id text not null,
  program_id text not null,
  vendor text not null,
  name text not null,
  account text not null,
  sealed_key text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint connection_pkey PRIMARY KEY (connection_id),
  constraint connection_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);
CREATE INDEX connection_by_program ON integrations.connection USING btree (program_id, connection_id);

create table integrations.import (
  import_id text not null,
  program_id text not null,
  vendor text not null,
  name text not null,
  status text not null,
  connection_id text,
  mapping jsonb default '{"tables": []}'::jsonb not null,
  remembered boolean default false not null,
  questions jsonb default '[]'::jsonb not null,
  counts jsonb default '{}'::jsonb not null,
  blockers jsonb default '[]'::jsonb not null,
  fetched jsonb default '{}'::jsonb not null,
  total integer default 0 not null,
  done integer default 0 not null,
  failure jsonb,
  actor_kind text not null,
  created_by text not null,
  actor_name text not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  beat_at timestamp with time zone,
  revision integer default 1 not null,
  constraint import_pkey PRIMARY KEY (import_id),
  constraint import_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint import_status_check CHECK ((status = ANY (ARRAY['open'::text, 'fetching'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX import_at_work ON integrations.import USING btree (status) WHERE (status = ANY (ARRAY['fetching'::text, 'checking'::text, 'running'::text, 'undoing'::text]));
CREATE INDEX import_by_program ON integrations.import USING btree (program_id, import_id);

create table integrations.made (
  program_id text not null,
  vendor text not null,
  stage smallint not null,
  external_id text not null,
  target_id text not null,
  content jsonb not null,
  import_id text not null,
  undone boolean default false not null,
  constraint made_pkey PRIMARY KEY (program_id, vendor, stage, external_id)
);

create table integrations.record (
  import_id text not null,
  stage smallint not null,
  external_id text not null,
  sheet text not null,
  line integer not null,
  part integer default 0 not null,
  is_primary boolean not null,
  said jsonb not null,
  said_problem jsonb,
  content jsonb,
  action text,
  changes jsonb,
  problem jsonb,
  target_id text,
  done_at timestamp with time zone,
  constraint record_pkey PRIMARY KEY (import_id, stage, external_id, sheet, line, part),
  constraint record_action_check CHECK ((action = ANY (ARRAY['create'::text, 'change'::text, 'same'::text, 'join'::text, 'restore'::text, 'skip'::text, 'refuse'::text]))),
  constraint record_import_id_fkey FOREIGN KEY (import_id) REFERENCES integrations.import(import_id) ON DELETE CASCADE
);
CREATE INDEX record_decided ON integrations.record USING btree (import_id, stage, external_id, sheet, line) WHERE (action IS NOT NULL);
CREATE INDEX record_to_do ON integrations.record USING btree (import_id, stage, external_id) WHERE ((action = ANY (ARRAY['create'::text, 'change'::text, 'join'::text, 'restore'::text])) AND (done_at IS NULL));

create table integrations.remembered (
  program_id text not null,
  vendor text not null,
  columns text not null,
  mapping jsonb not null,
  at timestamp with time zone not null,
  constraint remembered_pkey PRIMARY KEY (program_id, vendor, columns)
);

create table integrations.sheet (
  import_id text not null,
  sheet_no integer not null,
  name text not null,
  file text not null,
  columns jsonb not null,
  rows integer not null,
  broken_off jsonb,
  constraint sheet_pkey PRIMARY KEY (import_id, sheet_no),
  constraint sheet_import_id_fkey FOREIGN KEY (import_id) REFERENCES integrations.import(import_id) ON DELETE CASCADE,
  constraint sheet_import_id_name_key UNIQUE (import_id, name)
);

create table integrations.webhook_attempt (
  delivery_id bigint not null,
  attempt integer not null,
  at timestamp with time zone not null,
  url text not null,
  headers jsonb not null,
  body text not null,
  status integer,
  error text,
  duration_ms integer,
  response text,
  by_user text,
  constraint webhook_attempt_pkey PRIMARY KEY (delivery_id, attempt),
  constraint webhook_attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES integrations.webhook_delivery(delivery_id)
);

create table integrations.webhook_delivery (
  delivery_id bigint generated always as identity not null,
  endpoint_id text not null,
  message_id bigint not null,
  state text not null,
  outcome text,
  attempts integer default 0 not null,
  next_at timestamp with time zone,
  window_from timestamp with time zone not null,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint webhook_delivery_pkey PRIMARY KEY (delivery_id),
  constraint webhook_delivery_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES integrations.webhook_endpoint(endpoint_id),
  constraint webhook_delivery_endpoint_id_message_id_key UNIQUE (endpoint_id, message_id),
  constraint webhook_delivery_is_due_or_settled CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL))),
  constraint webhook_delivery_message_id_fkey FOREIGN KEY (message_id) REFERENCES integrations.webhook_message(message_id),
  constraint webhook_delivery_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'gave_up'::text, 'archived'::text]))),
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text])))
);
CREATE INDEX webhook_delivery_by_endpoint ON integrations.webhook_delivery USING btree (endpoint_id, delivery_id DESC);
CREATE INDEX webhook_delivery_due ON integrations.webhook_delivery USING btree (endpoint_id, next_at) WHERE (state = 'waiting'::text);

create table integrations.webhook_endpoint (
  endpoint_id text not null,
  url text not null,
  host text not null,
  name text default ''::text not null,
  types text[] default '{}'::text[] not null,
  program_ids text[] default '{}'::text[] not null,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint webhook_endpoint_pkey PRIMARY KEY (endpoint_id),
  constraint webhook_endpoint_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);

create table integrations.webhook_message (
  message_id bigint generated always as identity not null,
  type text not null,
  at timestamp with time zone not null,
  program_id text,
  payload jsonb not null,
  dedupe_key text not null,
  created_at timestamp with time zone not null,
  constraint webhook_message_pkey PRIMARY KEY (message_id),
  constraint webhook_message_dedupe_key_key UNIQUE (dedupe_key)
);
CREATE INDEX webhook_message_by_time ON integrations.webhook_message USING btree (created_at);

create table integrations.webhook_secret (
  secret_id bigint generated always as identity not null,
  endpoint_id text not null,
  sealed text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint webhook_secret_pkey PRIMARY KEY (secret_id),
  constraint webhook_secret_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES integrations.webhook_endpoint(endpoint_id)
);
CREATE INDEX webhook_secret_by_endpoint ON integrations.webhook_secret USING btree (endpoint_id);

create table invoices.coverage ( -- row-level security
  invoice_id text not null,
  statement_id text not null,
  program_id text not null,
  partner_id text not null,
  net_minor bigint not null,
  vat_minor bigint not null,
  withheld_minor bigint not null,
  released_at timestamp with time zone,
  constraint coverage_pkey PRIMARY KEY (invoice_id, statement_id, program_id),
  constraint coverage_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices.invoice(invoice_id),
  constraint coverage_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements.statement(statement_id)
);
CREATE UNIQUE INDEX coverage_once ON invoices.coverage USING btree (statement_id, program_id) WHERE (released_at IS NULL);

create table invoices.delivery ( -- row-level security
  delivery_id text not null,
  invoice_id text not null,
  partner_id text not null,
  sent_to text not null,
  state text not null,
  attempts integer default 0 not null,
  at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (delivery_id),
  constraint delivery_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices.invoice(invoice_id),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'kept'::text, 'failed'::text])))
);
CREATE INDEX delivery_of_invoice ON invoices.delivery USING btree (invoice_id);

create table invoices.file ( -- row-level security
  file_id text not null,
  partner_id text not null,
  name text not null,
  media_type text not null,
  bytes bytea not null,
  sha256 text not null,
  read jsonb,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint file_pkey PRIMARY KEY (file_id),
  constraint file_bytes_check CHECK ((octet_length(bytes) <= 10485760)),
  constraint file_media_type_check CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'application/xml'::text]))),
  constraint file_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);

create table invoices.invoice ( -- row-level security
  invoice_id text not null,
  kind text not null,
  state text not null,
  payee_id text not null,
  partner_id text not null,
  currency text not null,
  series text,
  year integer,
  number bigint,
  full_number text not null,
  issued_on date not null,
  net_minor bigint not null,
  vat_minor bigint not null,
  withheld_minor bigint not null,
  corrects text,
  file_id text,
  document jsonb not null,
  document_hash text not null,
  differences jsonb default '[]'::jsonb not null,
  created_by text not null,
  created_name text not null,
  created_at timestamp with time zone not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  reason text default ''::text not null,
  constraint invoice_pkey PRIMARY KEY (invoice_id),
  constraint invoice_check CHECK (((kind = 'uploaded'::text) = (number IS NULL))),
  constraint invoice_check1 CHECK ((((series IS NULL) = (number IS NULL)) AND ((year IS NULL) = (number IS NULL)))),
  constraint invoice_check2 CHECK (((kind = 'uploaded'::text) = (file_id IS NOT NULL))),
  constraint invoice_check3 CHECK (((kind = 'credit_note'::text) = (corrects IS NOT NULL))),
  constraint invoice_check4 CHECK (((kind = 'uploaded'::text) OR (state = ANY (ARRAY['issued'::text, 'credited'::text])))),
  constraint invoice_check5 CHECK (((kind <> 'uploaded'::text) OR (state = ANY (ARRAY['received'::text, 'matched'::text, 'rejected'::text])))),
  constraint invoice_check6 CHECK (((kind <> 'credit_note'::text) OR (net_minor < 0))),
  constraint invoice_corrects_fkey FOREIGN KEY (corrects) REFERENCES invoices.invoice(invoice_id),
  constraint invoice_file_id_fkey FOREIGN KEY (file_id) REFERENCES invoices.file(file_id),
  constraint invoice_kind_check CHECK ((kind = ANY (ARRAY['self_billed'::text, 'uploaded'::text, 'credit_note'::text]))),
  constraint invoice_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint invoice_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id),
  constraint invoice_series_year_number_key UNIQUE (series, year, number),
  constraint invoice_state_check CHECK ((state = ANY (ARRAY['issued'::text, 'credited'::text, 'received'::text, 'matched'::text, 'rejected'::text])))
);
CREATE INDEX invoice_corrected ON invoices.invoice USING btree (corrects) WHERE (corrects IS NOT NULL);
CREATE INDEX invoice_of_partner ON invoices.invoice USING btree (partner_id, invoice_id DESC);
CREATE INDEX invoice_of_payee ON invoices.invoice USING btree (payee_id, invoice_id DESC);
CREATE INDEX invoice_received ON invoices.invoice USING btree (invoice_id) WHERE (state = 'received'::text);
CREATE UNIQUE INDEX invoice_own_number ON invoices.invoice USING btree (payee_id, full_number) WHERE ((kind = 'uploaded'::text) AND (state <> 'rejected'::text));

create table invoices.payee_number (
  payee_id text not null,
  number integer generated always as identity not null,
  constraint payee_number_pkey PRIMARY KEY (payee_id),
  constraint payee_number_number_key UNIQUE (number),
  constraint payee_number_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id)
);

create table invoices.series (
  series text not null,
  year integer not null,
  last_number bigint not null,
  constraint series_pkey PRIMARY KEY (series, year),
  constraint series_last_number_check CHECK ((last_number > 0))
);

create table invoices.setting ( -- row-level security
  only_row boolean default true not null,
  legal_name text not null,
  street text not null,
  city text not null,
  postal_code text not null,
  region text not null,
  country text,
  vat_number text,
  registration_number text not null,
  email text not null,
  series text not null,
  credit_series text not null,
  series_per_payee boolean not null,
  due_days integer not null,
  automatic boolean not null,
  first_month date,
  revision integer default 1 not null,
  constraint setting_pkey PRIMARY KEY (only_row),
  constraint setting_check CHECK ((series <> credit_series)),
  constraint setting_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint setting_due_days_check CHECK (((due_days >= 0) AND (due_days <= 365))),
  constraint setting_only_row_check CHECK (only_row)
);

create table ledger.account ( -- row-level security
  account_id text not null,
  kind text not null,
  owner text not null,
  currency text not null,
  account_number integer generated always as identity not null,
  constraint account_pkey PRIMARY KEY (account_id),
  constraint account_account_number_key UNIQUE (account_number),
  constraint account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint account_kind_check CHECK ((kind = ANY (ARRAY['commission_expense'::text, 'partner_held'::text, 'partner_payable'::text, 'partner_reserve'::text, 'payout_clearing'::text, 'bank'::text, 'bank_fees'::text, 'payout_fees'::text, 'withheld_tax'::text, 'input_vat'::text, 'write_offs'::text, 'fx_clearing'::text, 'set_off_clearing'::text]))),
  constraint account_kind_owner_currency_key UNIQUE (kind, owner, currency)
);

create table ledger.account_code (
  kind text not null,
  owner text default ''::text not null,
  currency text default ''::text not null,
  code text not null,
  name text default ''::text not null,
  constraint account_code_pkey PRIMARY KEY (kind, owner, currency),
  constraint account_code_code_check CHECK ((code ~ '^[A-Za-z0-9._-]{1,20}$'::text))
);

create table ledger.accounting_setting (
  only_one boolean default true not null,
  settings jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint accounting_setting_pkey PRIMARY KEY (only_one),
  constraint accounting_setting_only_one_check CHECK (only_one)
);

create table ledger.balance ( -- row-level security
  account_id text not null,
  amount_minor bigint not null,
  last_transfer bigint not null,
  constraint balance_pkey PRIMARY KEY (account_id),
  constraint balance_account_id_fkey FOREIGN KEY (account_id) REFERENCES ledger.account(account_id)
);

create table ledger.closing ( -- row-level security
  partner_id text not null,
  currency text not null,
  closed_through date not null,
  constraint closing_pkey PRIMARY KEY (partner_id, currency)
);

create table ledger.exported (
  transfer_id bigint not null,
  export_id text not null,
  constraint exported_pkey PRIMARY KEY (transfer_id),
  constraint exported_export_id_fkey FOREIGN KEY (export_id) REFERENCES ledger.journal_export(export_id)
);
CREATE INDEX exported_by_export ON ledger.exported USING btree (export_id, transfer_id);

create table ledger.journal_export (
  export_id text not null,
  format text not null,
  detail text not null,
  through_period date not null,
  transfers bigint not null,
  rows bigint not null,
  totals jsonb not null,
  content_hash text not null,
  settings jsonb not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint journal_export_pkey PRIMARY KEY (export_id),
  constraint journal_export_detail_check CHECK ((detail = ANY (ARRAY['transfers'::text, 'days'::text, 'months'::text])))
);

create table ledger.period_total ( -- row-level security
  partner_id text not null,
  currency text not null,
  period date not null,
  kind text not null,
  recipe text not null,
  amount_minor bigint not null,
  transfers bigint not null,
  constraint period_total_pkey PRIMARY KEY (partner_id, currency, period, kind, recipe)
);

create table ledger.transfer ( -- row-level security
  transfer_id bigint generated always as identity not null,
  recipe text not null,
  source_key text not null,
  idempotency_key text not null,
  partner_id text not null,
  program_id text,
  currency text not null,
  amount_minor bigint not null,
  period date not null,
  occurred_on date not null,
  booked_at timestamp with time zone not null,
  booked_by text,
  memo jsonb default '{}'::jsonb not null,
  debit_account integer not null,
  credit_account integer not null,
  constraint transfer_pkey PRIMARY KEY (transfer_id),
  constraint transfer_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint transfer_idempotency_key_key UNIQUE (idempotency_key),
  constraint transfer_line_key_check CHECK (((idempotency_key !~~ 'line:%'::text) OR (starts_with(idempotency_key, (('line:'::text || source_key) || ':'::text)) AND (recipe = ANY (ARRAY['accrue'::text, 'hold'::text, 'release'::text, 'reverse'::text, 'claw_back'::text]))))),
  constraint transfer_recipe_check CHECK ((recipe = ANY (ARRAY['accrue'::text, 'hold'::text, 'release'::text, 'reverse'::text, 'claw_back'::text, 'adjust'::text, 'settle'::text, 'return'::text, 'write_off'::text, 'reserve'::text, 'release_reserve'::text, 'withhold_tax'::text, 'add_vat'::text, 'charge_fee'::text, 'convert_out'::text, 'convert_in'::text, 'set_off_out'::text, 'set_off_in'::text, 'bank_out'::text, 'bank_in'::text, 'bank_fee'::text, 'exchange_out'::text, 'exchange_in'::text]))),
  constraint transfer_two_accounts_check CHECK ((debit_account <> credit_account))
);
CREATE INDEX transfer_beside_lines ON ledger.transfer USING btree (transfer_id) WHERE (idempotency_key !~~ 'line:%'::text);
CREATE INDEX transfer_by_booking ON ledger.transfer USING brin (booked_at) WITH (pages_per_range='32');
CREATE INDEX transfer_by_partner ON ledger.transfer USING btree (partner_id, transfer_id);
CREATE INDEX transfer_by_source ON ledger.transfer USING btree (source_key) WHERE (idempotency_key !~~ 'line:%'::text);

create table morning.answer (
  key text not null,
  user_id text not null,
  kind text not null,
  answer text not null,
  until timestamp with time zone,
  to_user_id text,
  reason text default ''::text not null,
  fingerprint text not null,
  at timestamp with time zone not null,
  constraint answer_pkey PRIMARY KEY (key, user_id),
  constraint answer_answer_check CHECK ((answer = ANY (ARRAY['snooze'::text, 'done'::text, 'not_useful'::text, 'hand'::text])))
);
CREATE INDEX answer_of ON morning.answer USING btree (user_id, kind);
CREATE INDEX answer_to ON morning.answer USING btree (to_user_id) WHERE (answer = 'hand'::text);

create table morning.figure (
  partner_id text not null,
  clicks bigint not null,
  clicks_before bigint not null,
  registrations integer not null,
  ftds integer not null,
  ftds_before integer not null,
  seconds integer not null,
  ftds_month integer not null,
  constraint figure_pkey PRIMARY KEY (partner_id)
);

create table morning.item (
  item_id text not null,
  key text not null,
  source text not null,
  kind text not null,
  partner_id text,
  program_id text,
  owner_user_id text,
  permission text not null,
  by text default ''::text not null,
  subject_kind text not null,
  subject_id text not null,
  facts jsonb not null,
  evidence jsonb not null,
  action jsonb not null,
  worth_minor bigint not null,
  ftds double precision not null,
  due_at timestamp with time zone,
  since timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  fingerprint text not null,
  constraint item_pkey PRIMARY KEY (item_id),
  constraint item_key_key UNIQUE (key)
);
CREATE INDEX item_by_owner ON morning.item USING btree (owner_user_id, ((worth_minor + ((ftds * (20000)::double precision))::bigint)) DESC, item_id);
CREATE INDEX item_by_partner ON morning.item USING btree (partner_id);
CREATE INDEX item_by_program ON morning.item USING btree (program_id) WHERE (program_id IS NOT NULL);
CREATE INDEX item_by_rank ON morning.item USING btree (((worth_minor + ((ftds * (20000)::double precision))::bigint)) DESC, item_id);
CREATE INDEX item_by_source ON morning.item USING btree (source);
CREATE INDEX item_open ON morning.item USING btree (permission) WHERE (owner_user_id IS NULL);

create table morning.learnt (
  user_id text not null,
  kind text not null,
  done integer default 0 not null,
  not_useful integer default 0 not null,
  constraint learnt_pkey PRIMARY KEY (user_id, kind)
);

create table morning.plan (
  subject_kind text not null,
  subject_id text not null,
  month date not null,
  ftds integer,
  revenue_minor bigint,
  commission_minor bigint,
  currency text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint plan_pkey PRIMARY KEY (month, subject_kind, subject_id),
  constraint plan_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['partner'::text, 'owner'::text])))
);

create table morning.progress (
  source text not null,
  read_at timestamp with time zone not null,
  items integer not null,
  problem text default ''::text not null,
  constraint progress_pkey PRIMARY KEY (source)
);

create table morning.tuning (
  user_id text not null,
  weights jsonb not null,
  ftd_minor bigint,
  currency text,
  revision integer not null,
  constraint tuning_pkey PRIMARY KEY (user_id)
);

create table onboarding.closing ( -- row-level security
  closing_id text not null,
  partner_id text not null,
  kind text not null,
  state text not null,
  reason text not null,
  consequences jsonb not null,
  shown_hash text not null,
  two_people boolean not null,
  from_status text not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  reversible_until timestamp with time zone,
  stopped jsonb default '[]'::jsonb not null,
  reversed_by text,
  reversed_name text,
  reversed_at timestamp with time zone,
  reversed_reason text default ''::text not null,
  revision integer default 1 not null,
  constraint closing_pkey PRIMARY KEY (closing_id),
  constraint closing_check CHECK (((NOT two_people) OR (state = ANY (ARRAY['proposed'::text, 'withdrawn'::text])) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint closing_kind_check CHECK ((kind = ANY (ARRAY['suspension'::text, 'deactivation'::text]))),
  constraint closing_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint closing_reason_check CHECK ((reason <> ''::text)),
  constraint closing_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'done'::text, 'reversed'::text, 'final'::text, 'withdrawn'::text])))
);
CREATE INDEX closing_of_partner ON onboarding.closing USING btree (partner_id, closing_id DESC);
CREATE INDEX closing_reversible ON onboarding.closing USING btree (reversible_until) WHERE (state = 'done'::text);
CREATE UNIQUE INDEX closing_living ON onboarding.closing USING btree (partner_id) WHERE (state = ANY (ARRAY['proposed'::text, 'done'::text]));

create table onboarding.handover ( -- row-level security
  handover_id text not null,
  partner_id text not null,
  program_id text,
  case_id text,
  number integer not null,
  language text not null,
  content jsonb not null,
  sha256 text not null,
  document bytea not null,
  frozen_by text not null,
  frozen_name text not null,
  frozen_at timestamp with time zone not null,
  operator_by text,
  operator_name text,
  operator_at timestamp with time zone,
  partner_by text,
  partner_name text,
  partner_at timestamp with time zone,
  revision integer default 1 not null,
  constraint handover_pkey PRIMARY KEY (handover_id),
  constraint handover_check CHECK (((operator_by IS DISTINCT FROM partner_by) OR (operator_by IS NULL))),
  constraint handover_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text]))),
  constraint handover_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint handover_partner_id_number_key UNIQUE (partner_id, number),
  constraint handover_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);
CREATE INDEX handover_of_partner ON onboarding.handover USING btree (partner_id, number DESC);

create table onboarding.lapse ( -- row-level security
  partner_id text not null,
  case_id text not null,
  condition text not null,
  sentence text not null,
  restriction_id text,
  since timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint lapse_pkey PRIMARY KEY (case_id, condition, since),
  constraint lapse_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX lapse_open ON onboarding.lapse USING btree (partner_id) WHERE (ended_at IS NULL);

create table onboarding.launch ( -- row-level security
  launch_id text not null,
  partner_id text not null,
  program_id text,
  case_id text not null,
  mode text not null,
  state text not null,
  gates jsonb not null,
  caps jsonb default '[]'::jsonb not null,
  criteria text default ''::text not null,
  ends_on date,
  reason text default ''::text not null,
  launched_by text not null,
  launched_name text not null,
  launched_at timestamp with time zone not null,
  raised_by text,
  raised_name text,
  raised_at timestamp with time zone,
  raised_reason text default ''::text not null,
  revision integer default 1 not null,
  constraint launch_pkey PRIMARY KEY (launch_id),
  constraint launch_check CHECK (((mode = 'soft'::text) = (ends_on IS NOT NULL))),
  constraint launch_check1 CHECK ((raised_by IS DISTINCT FROM launched_by)),
  constraint launch_mode_check CHECK ((mode = ANY (ARRAY['full'::text, 'soft'::text]))),
  constraint launch_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint launch_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint launch_state_check CHECK ((state = ANY (ARRAY['soft'::text, 'full'::text])))
);
CREATE INDEX launch_of_partner ON onboarding.launch USING btree (partner_id, launch_id DESC);
CREATE INDEX launch_soft ON onboarding.launch USING btree (ends_on) WHERE (state = 'soft'::text);

create table onboarding.template ( -- row-level security
  procedure text not null,
  shipped_hash text not null,
  definition_hash text not null,
  version_id text not null,
  installed_at timestamp with time zone not null,
  constraint template_pkey PRIMARY KEY (procedure)
);

create table partners.activation_rule (
  kind text not null,
  procedure text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint activation_rule_pkey PRIMARY KEY (kind),
  constraint activation_rule_kind_check CHECK ((kind = ANY (ARRAY['*'::text, 'affiliate'::text, 'introducing_broker'::text, 'network'::text, 'influencer'::text, 'reseller'::text, 'media_buyer'::text, 'agency'::text])))
);

create table partners.attribute_period ( -- row-level security
  partner_id text not null,
  valid_to date not null,
  kind text not null,
  status text not null,
  country text,
  tags text[] not null,
  constraint attribute_period_pkey PRIMARY KEY (partner_id, valid_to),
  constraint attribute_period_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);

create table partners.bulk_change (
  bulk_id text not null,
  subject text not null,
  source text not null,
  name text not null,
  status text not null,
  sheets jsonb default '[]'::jsonb not null,
  mapping jsonb default '{}'::jsonb not null,
  edit jsonb,
  remembered boolean default false not null,
  counts jsonb default '{}'::jsonb not null,
  undone jsonb default '{}'::jsonb not null,
  total integer default 0 not null,
  done integer default 0 not null,
  failure text,
  actor_kind text not null,
  created_by text not null,
  actor_name text not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  undo_until timestamp with time zone,
  beat_at timestamp with time zone,
  revision integer default 1 not null,
  constraint bulk_change_pkey PRIMARY KEY (bulk_id),
  constraint bulk_change_source_check CHECK ((source = ANY (ARRAY['file'::text, 'selection'::text]))),
  constraint bulk_change_status_check CHECK ((status = ANY (ARRAY['open'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text]))),
  constraint bulk_change_subject_check CHECK ((subject = ANY (ARRAY['partner'::text, 'contact'::text])))
);
CREATE INDEX bulk_change_at_work ON partners.bulk_change USING btree (status) WHERE (status = ANY (ARRAY['checking'::text, 'running'::text, 'undoing'::text]));
CREATE INDEX bulk_change_by_person ON partners.bulk_change USING btree (created_by, bulk_id);

create table partners.bulk_decision (
  bulk_id text not null,
  line integer not null,
  action text not null,
  target_id text,
  partner_id text,
  label text not null,
  stamp text,
  changes jsonb default '[]'::jsonb not null,
  problem jsonb,
  steps boolean default false not null,
  made_at timestamp with time zone,
  stepped_at timestamp with time zone,
  made_stamp text,
  undone_at timestamp with time zone,
  kept jsonb,
  constraint bulk_decision_pkey PRIMARY KEY (bulk_id, line),
  constraint bulk_decision_action_check CHECK ((action = ANY (ARRAY['create'::text, 'update'::text, 'unchanged'::text, 'refuse'::text, 'skip'::text]))),
  constraint bulk_decision_bulk_id_fkey FOREIGN KEY (bulk_id) REFERENCES partners.bulk_change(bulk_id) ON DELETE CASCADE
);
CREATE INDEX bulk_decision_by_action ON partners.bulk_decision USING btree (bulk_id, action, line);
CREATE INDEX bulk_decision_to_make ON partners.bulk_decision USING btree (bulk_id, line) WHERE ((action = ANY (ARRAY['create'::text, 'update'::text])) AND (made_at IS NULL));
CREATE INDEX bulk_decision_to_step ON partners.bulk_decision USING btree (bulk_id, line) WHERE (steps AND (stepped_at IS NULL));
CREATE INDEX bulk_decision_to_undo ON partners.bulk_decision USING btree (bulk_id, line) WHERE ((made_at IS NOT NULL) AND (undone_at IS NULL) AND (kept IS NULL));

create table partners.bulk_mapping (
  subject text not null,
  columns text not null,
  mapping jsonb not null,
  by_user text not null,
  at timestamp with time zone not null,
  constraint bulk_mapping_pkey PRIMARY KEY (subject, columns)
);

create table partners.bulk_row (
  bulk_id text not null,
  sheet smallint not null,
  line integer not null,
  cells text[] not null,
  problem jsonb,
  constraint bulk_row_pkey PRIMARY KEY (bulk_id, sheet, line),
  constraint bulk_row_bulk_id_fkey FOREIGN KEY (bulk_id) REFERENCES partners.bulk_change(bulk_id) ON DELETE CASCADE
);

create table partners.contact ( -- row-level security
  contact_id text not null,
  partner_id text not null,
  name text not null,
  email text not null,
  phone text default ''::text not null,
  role text default ''::text not null,
  created_at timestamp with time zone not null,
  signatory boolean default false not null,
  roles text[] default '{}'::text[] not null,
  primary_for text[] default '{}'::text[] not null,
  left_on date,
  constraint contact_pkey PRIMARY KEY (contact_id),
  constraint contact_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX contact_by_email ON partners.contact USING btree (lower(email));
CREATE INDEX contact_by_partner_age ON partners.contact USING btree (partner_id, contact_id);
CREATE INDEX contact_by_word ON partners.contact USING gin (partners.contact_words(name, email)) WITH (gin_pending_list_limit='1024');

create table partners.field (
  field_id text not null,
  key text not null,
  title jsonb not null,
  help jsonb not null,
  type text not null,
  options jsonb default '[]'::jsonb not null,
  owner_role text not null,
  kinds text[] default '{}'::text[] not null,
  required_for text[] default '{}'::text[] not null,
  read_permission text not null,
  write_permission text not null,
  "position" integer default 0 not null,
  archived_at timestamp with time zone,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint field_pkey PRIMARY KEY (field_id),
  constraint field_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
  constraint field_key_key UNIQUE (key),
  constraint field_type_check CHECK ((type = ANY (ARRAY['text'::text, 'long_text'::text, 'number'::text, 'date'::text, 'yes_no'::text, 'one_of'::text, 'many_of'::text, 'country'::text, 'url'::text, 'email'::text, 'money'::text])))
);

create table partners.field_value (
  partner_id text not null,
  field_id text not null,
  value jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint field_value_pkey PRIMARY KEY (partner_id, field_id),
  constraint field_value_field_id_fkey FOREIGN KEY (field_id) REFERENCES partners.field(field_id),
  constraint field_value_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX field_value_by_value ON partners.field_value USING btree (field_id, "left"((value #>> '{}'::text[]), 200));

create table partners.launch (
  partner_id text not null,
  launched_at timestamp with time zone not null,
  launched_by text not null,
  proof jsonb not null,
  constraint launch_pkey PRIMARY KEY (partner_id, launched_at),
  constraint launch_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);

create table partners.licence ( -- row-level security
  licence_id text not null,
  partner_id text not null,
  jurisdiction text not null,
  class text not null,
  reference text default ''::text not null,
  valid_from date not null,
  valid_to date,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint licence_pkey PRIMARY KEY (licence_id),
  constraint licence_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint licence_class_check CHECK ((class ~ '^[a-z][a-z0-9_]{1,39}$'::text)),
  constraint licence_jurisdiction_check CHECK ((jurisdiction ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'::text)),
  constraint licence_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX licence_by_partner ON partners.licence USING btree (partner_id);

create table partners.merge (
  merge_id text not null,
  winner_id text not null,
  loser_id text not null,
  state text not null,
  choices jsonb not null,
  reason text not null,
  both_have_money boolean not null,
  before jsonb not null,
  moved jsonb not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  undo_until timestamp with time zone,
  undone_by text,
  undone_at timestamp with time zone,
  constraint merge_pkey PRIMARY KEY (merge_id),
  constraint merge_check CHECK ((winner_id <> loser_id)),
  constraint merge_loser_id_fkey FOREIGN KEY (loser_id) REFERENCES partners.partner(partner_id),
  constraint merge_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'done'::text, 'undone'::text, 'dropped'::text]))),
  constraint merge_winner_id_fkey FOREIGN KEY (winner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX merge_by_loser ON partners.merge USING btree (loser_id);
CREATE INDEX merge_by_winner ON partners.merge USING btree (winner_id);

create table partners.not_duplicate (
  first_id text not null,
  second_id text not null,
  said_by text not null,
  said_at timestamp with time zone not null,
  reason text not null,
  constraint not_duplicate_pkey PRIMARY KEY (first_id, second_id),
  constraint not_duplicate_check CHECK ((first_id < second_id)),
  constraint not_duplicate_first_id_fkey FOREIGN KEY (first_id) REFERENCES partners.partner(partner_id),
  constraint not_duplicate_second_id_fkey FOREIGN KEY (second_id) REFERENCES partners.partner(partner_id)
);

create table partners.ownership_transfer (
  transfer_id text not null,
  state text not null,
  effective_on date not null,
  owner_user_id text not null,
  deputy_user_id text,
  portfolio_of text,
  commission_note text default ''::text not null,
  reason text not null,
  tell_partners boolean not null,
  created_by text not null,
  created_name text not null,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  ended_reason text default ''::text not null,
  constraint ownership_transfer_pkey PRIMARY KEY (transfer_id),
  constraint ownership_transfer_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'done'::text, 'cancelled'::text, 'reverted'::text])))
);
CREATE INDEX ownership_transfer_due ON partners.ownership_transfer USING btree (effective_on) WHERE (state = 'planned'::text);

create table partners.parent_period (
  partner_id text not null,
  parent_partner_id text not null,
  valid_from date not null,
  valid_to date,
  constraint parent_period_pkey PRIMARY KEY (partner_id, valid_from),
  constraint parent_period_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint parent_period_parent_partner_id_fkey FOREIGN KEY (parent_partner_id) REFERENCES partners.partner(partner_id),
  constraint parent_period_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX parent_period_by_parent ON partners.parent_period USING btree (parent_partner_id);

create table partners.participation ( -- row-level security
  partner_id text not null,
  program_id text not null,
  joined_at timestamp with time zone not null,
  constraint participation_pkey PRIMARY KEY (partner_id, program_id),
  constraint participation_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint participation_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);
CREATE INDEX participation_by_program ON partners.participation USING btree (program_id, partner_id);

create table partners.partner ( -- row-level security
  partner_id text not null,
  code text not null,
  name text not null,
  legal_name text default ''::text not null,
  kind text not null,
  status text not null,
  status_reason text default ''::text not null,
  region_id text,
  country text,
  language text default 'en'::text not null,
  email text default ''::text not null,
  website text default ''::text not null,
  owner_user_id text,
  parent_partner_id text,
  tags text[] default '{}'::text[] not null,
  note text default ''::text not null,
  created_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  revision integer default 1 not null,
  entity text,
  deputy_user_id text,
  phone text default ''::text not null,
  tax_number text default ''::text not null,
  allowed_countries text[] default '{}'::text[] not null,
  blocked_countries text[] default '{}'::text[] not null,
  traffic_sources jsonb default '[]'::jsonb not null,
  merged_into text,
  constraint partner_pkey PRIMARY KEY (partner_id),
  constraint partner_check CHECK ((parent_partner_id IS DISTINCT FROM partner_id)),
  constraint partner_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,59}$'::text)),
  constraint partner_code_key UNIQUE (code),
  constraint partner_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint partner_entity_check CHECK ((entity = ANY (ARRAY['individual'::text, 'company'::text]))),
  constraint partner_kind_check CHECK ((kind = ANY (ARRAY['affiliate'::text, 'introducing_broker'::text, 'network'::text, 'influencer'::text, 'reseller'::text, 'media_buyer'::text, 'agency'::text]))),
  constraint partner_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES partners.partner(partner_id),
  constraint partner_parent_partner_id_fkey FOREIGN KEY (parent_partner_id) REFERENCES partners.partner(partner_id),
  constraint partner_region_id_fkey FOREIGN KEY (region_id) REFERENCES programs.region(region_id),
  constraint partner_status_check CHECK ((status = ANY (ARRAY['applied'::text, 'onboarding'::text, 'active'::text, 'paused'::text, 'deactivated'::text, 'rejected'::text])))
);
CREATE INDEX partner_by_country_name ON partners.partner USING btree (country, name, partner_id);
CREATE INDEX partner_by_deputy ON partners.partner USING btree (deputy_user_id) WHERE (deputy_user_id IS NOT NULL);
CREATE INDEX partner_by_email ON partners.partner USING btree (lower(email)) WHERE (email <> ''::text);
CREATE INDEX partner_by_email_once ON partners.partner USING btree (lower(btrim(email))) WHERE (email <> ''::text);
CREATE INDEX partner_by_host ON partners.partner USING btree (partners.host_key(website)) WHERE (website <> ''::text);
CREATE INDEX partner_by_legal_key ON partners.partner USING btree (partners.name_key(legal_name)) WHERE (legal_name <> ''::text);
CREATE INDEX partner_by_mail ON partners.partner USING btree (partners.mail_key(email)) WHERE (email <> ''::text);
CREATE INDEX partner_by_name ON partners.partner USING btree (name, partner_id);
CREATE INDEX partner_by_name_key ON partners.partner USING btree (partners.name_key(name));
CREATE INDEX partner_by_name_letters ON partners.partner USING btree (lower(regexp_replace(name, '[^[:alnum:]]'::text, ''::text, 'g'::text)));
CREATE INDEX partner_by_owner_name ON partners.partner USING btree (owner_user_id, name, partner_id);
CREATE INDEX partner_by_parent ON partners.partner USING btree (parent_partner_id) WHERE (parent_partner_id IS NOT NULL);
CREATE INDEX partner_by_phone ON partners.partner USING btree (partners.phone_key(phone)) WHERE (phone <> ''::text);
CREATE INDEX partner_by_region_name ON partners.partner USING btree (region_id, name, partner_id);
CREATE INDEX partner_by_status ON partners.partner USING btree (status, partner_id);
CREATE INDEX partner_by_tag ON partners.partner USING gin (tags);
CREATE INDEX partner_by_tax ON partners.partner USING btree (partners.sign_key(tax_number)) WHERE (tax_number <> ''::text);
CREATE INDEX partner_by_word ON partners.partner USING gin (partners.partner_words(name, legal_name, code, website, email)) WITH (gin_pending_list_limit='1024');
CREATE INDEX partner_by_words ON partners.partner USING gin (lower(((((((name || ' '::text) || code) || ' '::text) || legal_name) || ' '::text) || email)) gin_trgm_ops);
CREATE INDEX partner_merged_into ON partners.partner USING btree (merged_into) WHERE (merged_into IS NOT NULL);

create table partners.restriction ( -- row-level security
  restriction_id text not null,
  partner_id text not null,
  kind text not null,
  reason text not null,
  placed_by text not null,
  placed_name text not null,
  placed_at timestamp with time zone not null,
  until timestamp with time zone,
  lift_asked_by text,
  lift_asked_name text,
  lift_asked_at timestamp with time zone,
  lift_reason text default ''::text not null,
  ended_at timestamp with time zone,
  ended_by text,
  ended_name text,
  constraint restriction_pkey PRIMARY KEY (restriction_id),
  constraint restriction_kind_check CHECK ((kind = ANY (ARRAY['stop_links'::text, 'hold_payouts'::text, 'block_offers'::text]))),
  constraint restriction_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX restriction_by_partner ON partners.restriction USING btree (partner_id, restriction_id);
CREATE INDEX restriction_open ON partners.restriction USING btree (kind, partner_id) WHERE (ended_at IS NULL);

create table partners.search_new (
  record_id text not null
);

create table partners.search_typo (
  form text not null,
  word text not null,
  constraint search_typo_pkey PRIMARY KEY (form, word)
);

create table partners.search_word (
  word text not null,
  uses bigint default 1 not null,
  constraint search_word_pkey PRIMARY KEY (word)
);
CREATE INDEX search_word_like ON partners.search_word USING gin (word gin_trgm_ops);

create table partners.transferred_partner (
  transfer_id text not null,
  partner_id text not null,
  state text not null,
  from_owner text,
  from_deputy text,
  note text default ''::text not null,
  constraint transferred_partner_pkey PRIMARY KEY (transfer_id, partner_id),
  constraint transferred_partner_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint transferred_partner_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'moved'::text, 'left_out'::text, 'reverted'::text]))),
  constraint transferred_partner_transfer_id_fkey FOREIGN KEY (transfer_id) REFERENCES partners.ownership_transfer(transfer_id)
);
CREATE INDEX transferred_partner_by_partner ON partners.transferred_partner USING btree (partner_id);

create table partners.transition (
  transition_id text not null,
  partner_id text not null,
  subject text not null,
  from_value text,
  to_value text,
  effective_on date not null,
  reason text not null,
  consequences jsonb not null,
  state text not null,
  problem text default ''::text not null,
  created_by text not null,
  created_name text not null,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint transition_pkey PRIMARY KEY (transition_id),
  constraint transition_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint transition_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'done'::text, 'cancelled'::text, 'refused'::text]))),
  constraint transition_subject_check CHECK ((subject = ANY (ARRAY['kind'::text, 'entity'::text, 'region'::text, 'program'::text])))
);
CREATE INDEX transition_by_partner ON partners.transition USING btree (partner_id, transition_id);
CREATE INDEX transition_due ON partners.transition USING btree (effective_on) WHERE (state = 'planned'::text);

create table payees.assignment ( -- row-level security
  assignment_id text not null,
  payee_id text not null,
  partner_id text not null,
  program_id text,
  valid_from date not null,
  valid_to date,
  status text not null,
  note text default ''::text not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  by_partner text,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  comment text default ''::text not null,
  end_day date,
  end_by text,
  end_name text,
  end_at timestamp with time zone,
  ended_by text,
  ended_at timestamp with time zone,
  constraint assignment_pkey PRIMARY KEY (assignment_id),
  constraint assignment_alone EXCLUDE USING gist (partner_id WITH =, COALESCE(program_id, ''::text) WITH =, daterange(valid_from, valid_to) WITH &&) WHERE ((status = 'approved'::text)),
  constraint assignment_by_partner_fkey FOREIGN KEY (by_partner) REFERENCES partners.partner(partner_id),
  constraint assignment_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
  constraint assignment_check1 CHECK (((status = 'proposed'::text) = (decided_at IS NULL))),
  constraint assignment_check2 CHECK (((status = 'withdrawn'::text) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint assignment_check3 CHECK (((ended_by IS NULL) OR (ended_by IS DISTINCT FROM end_by))),
  constraint assignment_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint assignment_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id),
  constraint assignment_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint assignment_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX assignment_of_partner ON payees.assignment USING btree (partner_id, assignment_id);
CREATE INDEX assignment_of_payee ON payees.assignment USING btree (payee_id, assignment_id);

create table payees.hold ( -- row-level security
  hold_id text not null,
  payee_id text not null,
  reason text not null,
  until timestamp with time zone,
  placed_by text not null,
  placed_name text not null,
  placed_at timestamp with time zone not null,
  lifted_by text,
  lifted_name text,
  lifted_at timestamp with time zone,
  lift_reason text default ''::text not null,
  constraint hold_pkey PRIMARY KEY (hold_id),
  constraint hold_check CHECK (((lifted_by IS NULL) = (lifted_at IS NULL))),
  constraint hold_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id),
  constraint hold_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX hold_of_payee ON payees.hold USING btree (payee_id, hold_id);

create table payees.notice ( -- row-level security
  notice_id text not null,
  payee_id text not null,
  version_id text,
  kind text not null,
  sent_to text default ''::text not null,
  made_at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (notice_id),
  constraint notice_kind_check CHECK ((kind = ANY (ARRAY['detail_proposed'::text, 'detail_approved'::text, 'detail_refused'::text]))),
  constraint notice_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id),
  constraint notice_version_id_fkey FOREIGN KEY (version_id) REFERENCES payees.version(version_id)
);
CREATE INDEX notice_of_payee ON payees.notice USING btree (payee_id, notice_id);

create table payees.payee ( -- row-level security
  payee_id text not null,
  partner_id text,
  status text not null,
  legal_name text not null,
  kind text not null,
  country text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  closed_by text,
  closed_at timestamp with time zone,
  close_reason text default ''::text not null,
  revision integer default 1 not null,
  constraint payee_pkey PRIMARY KEY (payee_id),
  constraint payee_check CHECK (((status = 'closed'::text) = (closed_at IS NOT NULL))),
  constraint payee_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint payee_kind_check CHECK ((kind = ANY (ARRAY['company'::text, 'individual'::text]))),
  constraint payee_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint payee_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'verified'::text, 'closed'::text])))
);
CREATE INDEX payee_by_status ON payees.payee USING btree (status, payee_id);
CREATE INDEX payee_by_words ON payees.payee USING gin (lower(legal_name) gin_trgm_ops);

create table payees.self_billing ( -- row-level security
  self_billing_id text not null,
  payee_id text not null,
  language text not null,
  terms_text text not null,
  text_hash text not null,
  accepted_by text not null,
  accepted_name text not null,
  accepted_at timestamp with time zone not null,
  accepted_address text default ''::text not null,
  on_paper boolean not null,
  ended_by text,
  ended_at timestamp with time zone,
  constraint self_billing_pkey PRIMARY KEY (self_billing_id),
  constraint self_billing_language_check CHECK ((language = ANY (ARRAY['en'::text, 'es'::text, 'de'::text]))),
  constraint self_billing_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id)
);
CREATE UNIQUE INDEX self_billing_standing ON payees.self_billing USING btree (payee_id) WHERE (ended_at IS NULL);

create table payees.setting ( -- row-level security
  only_row boolean default true not null,
  cooling_off_hours integer not null,
  first_cooling_off_hours integer not null,
  tax_forms text not null,
  screening text not null,
  revision integer default 1 not null,
  constraint setting_pkey PRIMARY KEY (only_row),
  constraint setting_cooling_off_hours_check CHECK (((cooling_off_hours >= 0) AND (cooling_off_hours <= 720))),
  constraint setting_first_cooling_off_hours_check CHECK (((first_cooling_off_hours >= 0) AND (first_cooling_off_hours <= 720))),
  constraint setting_only_row_check CHECK (only_row),
  constraint setting_screening_check CHECK ((screening = ANY (ARRAY['matches'::text, 'always'::text]))),
  constraint setting_tax_forms_check CHECK ((tax_forms = ANY (ARRAY['if_given'::text, 'always'::text])))
);

create table payees.version ( -- row-level security
  version_id text not null,
  payee_id text not null,
  aspect text not null,
  document jsonb not null,
  sealed text,
  fingerprint text,
  replaces text,
  status text not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  by_partner text,
  note text default ''::text not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  comment text default ''::text not null,
  payable_from timestamp with time zone,
  replaced_at timestamp with time zone,
  name_score integer,
  name_verdict text,
  name_explanation text default ''::text not null,
  name_reviewed_by text,
  name_reviewed_at timestamp with time zone,
  name_comment text default ''::text not null,
  constraint version_pkey PRIMARY KEY (version_id),
  constraint version_aspect_check CHECK ((aspect = ANY (ARRAY['identity'::text, 'detail'::text, 'tax'::text, 'terms'::text]))),
  constraint version_by_partner_fkey FOREIGN KEY (by_partner) REFERENCES partners.partner(partner_id),
  constraint version_check CHECK (((status = 'proposed'::text) = (decided_at IS NULL))),
  constraint version_check1 CHECK (((status = 'withdrawn'::text) OR (decided_by IS DISTINCT FROM proposed_by))),
  constraint version_check2 CHECK ((name_reviewed_by IS DISTINCT FROM proposed_by)),
  constraint version_check3 CHECK (((name_reviewed_by IS NULL) = (name_reviewed_at IS NULL))),
  constraint version_check4 CHECK (((aspect <> 'detail'::text) OR ((sealed IS NOT NULL) AND (fingerprint IS NOT NULL)))),
  constraint version_check5 CHECK (((aspect <> 'detail'::text) OR (status <> ALL (ARRAY['approved'::text, 'replaced'::text])) OR (payable_from IS NOT NULL))),
  constraint version_name_score_check CHECK (((name_score >= 0) AND (name_score <= 100))),
  constraint version_name_verdict_check CHECK ((name_verdict = ANY (ARRAY['match'::text, 'close'::text, 'different'::text]))),
  constraint version_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES payees.payee(payee_id),
  constraint version_replaces_fkey FOREIGN KEY (replaces) REFERENCES payees.version(version_id),
  constraint version_status_check CHECK ((status = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'replaced'::text])))
);
CREATE INDEX version_by_fingerprint ON payees.version USING btree (fingerprint) WHERE (fingerprint IS NOT NULL);
CREATE INDEX version_changed ON payees.version USING btree (decided_at) WHERE ((aspect = 'detail'::text) AND (status = ANY (ARRAY['approved'::text, 'replaced'::text])));
CREATE INDEX version_of_payee ON payees.version USING btree (payee_id, aspect, version_id);
CREATE INDEX version_waiting ON payees.version USING btree (version_id) WHERE (status = 'proposed'::text);
CREATE UNIQUE INDEX version_standing ON payees.version USING btree (payee_id, aspect) WHERE ((status = 'approved'::text) AND (aspect <> 'detail'::text));

create table payouts.batch (
  batch_id text not null,
  name text not null,
  state text not null,
  execution_date date not null,
  until_month date,
  selection jsonb not null,
  prepared_by text not null,
  prepared_at timestamp with time zone not null,
  hands text[] not null,
  released_by text,
  released_at timestamp with time zone,
  control_sum text,
  cancelled_by text,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  finished_at timestamp with time zone,
  revision integer default 1 not null,
  constraint batch_pkey PRIMARY KEY (batch_id),
  constraint batch_check CHECK (((released_by IS NULL) OR (NOT (released_by = ANY (hands))))),
  constraint batch_check1 CHECK (((released_by IS NULL) = (released_at IS NULL))),
  constraint batch_check2 CHECK (((state = ANY (ARRAY['released'::text, 'finished'::text])) = (released_by IS NOT NULL))),
  constraint batch_state_check CHECK ((state = ANY (ARRAY['preparing'::text, 'prepared'::text, 'released'::text, 'finished'::text, 'cancelled'::text])))
);
CREATE INDEX batch_newest ON payouts.batch USING btree (batch_id DESC);

create table payouts.change (
  change_id text not null,
  kind text not null,
  subject_id text,
  shown jsonb not null,
  sealed text,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  constraint change_pkey PRIMARY KEY (change_id),
  constraint change_check CHECK (((state = 'proposed'::text) = (decided_by IS NULL))),
  constraint change_check1 CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by) OR (state = 'declined'::text))),
  constraint change_kind_check CHECK ((kind = ANY (ARRAY['source'::text, 'limits'::text]))),
  constraint change_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'declined'::text])))
);
CREATE INDEX change_open ON payouts.change USING btree (change_id) WHERE (state = 'proposed'::text);

create table payouts.dispatch (
  dispatch_id text not null,
  batch_id text not null,
  source_id text not null,
  method text not null,
  via text not null,
  format text,
  currency text not null,
  state text not null,
  execution_date date not null,
  payouts integer not null,
  total_minor bigint not null,
  provider_ref text,
  attempts integer default 0 not null,
  retry_at timestamp with time zone,
  leased_until timestamp with time zone,
  problem text,
  started_at timestamp with time zone,
  sent_at timestamp with time zone,
  polled_at timestamp with time zone,
  problem_code text,
  constraint dispatch_pkey PRIMARY KEY (dispatch_id),
  constraint dispatch_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES payouts.batch(batch_id),
  constraint dispatch_source_id_fkey FOREIGN KEY (source_id) REFERENCES payouts.source(source_id),
  constraint dispatch_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'written'::text, 'sent'::text, 'failed'::text])))
);
CREATE INDEX dispatch_by_batch ON payouts.dispatch USING btree (batch_id);
CREATE INDEX dispatch_to_send ON payouts.dispatch USING btree (dispatch_id) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));

create table payouts.file (
  dispatch_id text not null,
  file_name text not null,
  media_type text not null,
  sealed text not null,
  sha256 text not null,
  bytes integer not null,
  control_sum text,
  changes jsonb not null,
  written_at timestamp with time zone not null,
  fetched_by text,
  fetched_at timestamp with time zone,
  constraint file_pkey PRIMARY KEY (dispatch_id),
  constraint file_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES payouts.dispatch(dispatch_id)
);

create table payouts.item ( -- row-level security
  payout_id text not null,
  statement_id text not null,
  payee_id text not null,
  partner_id text not null,
  currency text not null,
  gross_minor bigint not null,
  withheld_minor bigint default 0 not null,
  reserve_minor bigint default 0 not null,
  fee_minor bigint default 0 not null,
  net_minor bigint not null,
  paid_minor bigint not null,
  rate numeric,
  rate_on date,
  rate_source text,
  by_program jsonb,
  invoice_id text,
  invoice_number text,
  reserved boolean not null,
  constraint item_pkey PRIMARY KEY (payout_id, statement_id),
  constraint item_check CHECK ((net_minor = (((gross_minor - withheld_minor) - reserve_minor) - fee_minor))),
  constraint item_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint item_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payouts.payout(payout_id)
);
CREATE INDEX item_by_partner ON payouts.item USING btree (partner_id, payout_id);
CREATE INDEX item_by_statement ON payouts.item USING btree (statement_id);
CREATE UNIQUE INDEX item_once ON payouts.item USING btree (statement_id, payee_id) WHERE reserved;

create table payouts.payout ( -- row-level security
  payout_id text not null,
  batch_id text not null,
  payee_id text not null,
  payee_name text not null,
  method text not null,
  currency text not null,
  amount_minor bigint not null,
  fee_minor bigint not null,
  state text not null,
  reasons jsonb not null,
  detail_id text,
  account text not null,
  charge_bearer text not null,
  source_id text,
  dispatch_id text,
  replaces text,
  reason text,
  reason_by text,
  provider_ref text,
  trace text,
  arrival_on date,
  asked_at timestamp with time zone,
  sent_at timestamp with time zone,
  ended_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint payout_pkey PRIMARY KEY (payout_id),
  constraint payout_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES payouts.batch(batch_id),
  constraint payout_check CHECK (((state = ANY (ARRAY['held'::text, 'excluded'::text, 'cancelled'::text])) OR (amount_minor > 0))),
  constraint payout_check1 CHECK (((replaces IS NULL) OR (replaces <> payout_id))),
  constraint payout_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES payouts.dispatch(dispatch_id),
  constraint payout_replaces_fkey FOREIGN KEY (replaces) REFERENCES payouts.payout(payout_id),
  constraint payout_source_id_fkey FOREIGN KEY (source_id) REFERENCES payouts.source(source_id),
  constraint payout_state_check CHECK ((state = ANY (ARRAY['prepared'::text, 'held'::text, 'excluded'::text, 'cancelled'::text, 'released'::text, 'sent'::text, 'accepted'::text, 'settled'::text, 'rejected'::text, 'returned'::text])))
);
CREATE INDEX payout_by_batch ON payouts.payout USING btree (batch_id, payout_id);
CREATE INDEX payout_by_dispatch ON payouts.payout USING btree (dispatch_id) WHERE (dispatch_id IS NOT NULL);
CREATE INDEX payout_by_payee ON payouts.payout USING btree (payee_id, payout_id);
CREATE INDEX payout_by_provider ON payouts.payout USING btree (provider_ref) WHERE (provider_ref IS NOT NULL);
CREATE INDEX payout_by_trace ON payouts.payout USING btree (trace) WHERE (trace IS NOT NULL);
CREATE INDEX payout_under_way ON payouts.payout USING btree (payout_id) WHERE (state = ANY (ARRAY['released'::text, 'sent'::text, 'accepted'::text]));
CREATE UNIQUE INDEX payout_reissued ON payouts.payout USING btree (replaces) WHERE ((replaces IS NOT NULL) AND (state <> ALL (ARRAY['held'::text, 'excluded'::text, 'cancelled'::text])));

create table payouts.progress ( -- row-level security
  progress_id bigint generated always as identity not null,
  payout_id text not null,
  at timestamp with time zone not null,
  state text not null,
  told text not null,
  reason_code text,
  sentence text not null,
  origin text not null,
  report_id text,
  constraint progress_pkey PRIMARY KEY (progress_id),
  constraint progress_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payouts.payout(payout_id)
);
CREATE INDEX progress_of_payout ON payouts.progress USING btree (payout_id, progress_id);

create table payouts.release_limit (
  person text not null,
  currency text not null,
  limit_minor bigint not null,
  constraint release_limit_pkey PRIMARY KEY (person, currency),
  constraint release_limit_limit_minor_check CHECK ((limit_minor >= 0))
);

create table payouts.report (
  report_id text not null,
  sha256 text not null,
  name text not null,
  format text not null,
  origin text not null,
  source_id text,
  received_by text not null,
  received_at timestamp with time zone not null,
  statuses integer not null,
  applied integer not null,
  unknown integer not null,
  constraint report_pkey PRIMARY KEY (report_id),
  constraint report_sha256_key UNIQUE (sha256)
);

create table payouts.source (
  source_id text not null,
  name text not null,
  method text not null,
  via text not null,
  format text,
  currencies text[] not null,
  countries text[] not null,
  cut_off text not null,
  time_zone text not null,
  lead_days integer not null,
  arrival_days integer not null,
  fees jsonb default '{}'::jsonb not null,
  shown jsonb not null,
  sealed text not null,
  "position" integer default 100 not null,
  state text default 'active'::text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint source_pkey PRIMARY KEY (source_id),
  constraint source_arrival_days_check CHECK (((arrival_days >= 0) AND (arrival_days <= 10))),
  constraint source_check CHECK (((via = 'file'::text) = (format IS NOT NULL))),
  constraint source_cut_off_check CHECK ((cut_off ~ '^[0-2][0-9]:[0-5][0-9]$'::text)),
  constraint source_lead_days_check CHECK (((lead_days >= 0) AND (lead_days <= 10))),
  constraint source_method_check CHECK ((method = ANY (ARRAY['bank'::text, 'paypal'::text, 'wise'::text, 'payoneer'::text]))),
  constraint source_name_key UNIQUE (name),
  constraint source_state_check CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text]))),
  constraint source_via_check CHECK ((via = ANY (ARRAY['file'::text, 'api'::text])))
);

create table payouts.unmatched (
  unmatched_id text not null,
  report_id text not null,
  told jsonb not null,
  state text not null,
  payout_id text,
  note text default ''::text not null,
  decided_by text,
  decided_at timestamp with time zone,
  received_at timestamp with time zone not null,
  constraint unmatched_pkey PRIMARY KEY (unmatched_id),
  constraint unmatched_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES payouts.payout(payout_id),
  constraint unmatched_report_id_fkey FOREIGN KEY (report_id) REFERENCES payouts.report(report_id),
  constraint unmatched_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'matched'::text, 'dismissed'::text])))
);
CREATE INDEX unmatched_newest ON payouts.unmatched USING btree (state, unmatched_id DESC);

create table pipeline.activity (
  activity_id text not null,
  lead_id text,
  partner_id text,
  kind text not null,
  direction text,
  subject text default ''::text not null,
  body text default ''::text not null,
  people text[] default '{}'::text[] not null,
  at timestamp with time zone not null,
  minutes integer,
  outcome text default ''::text not null,
  message_id text,
  thread text[] default '{}'::text[] not null,
  by_id text not null,
  by_name text not null,
  created_at timestamp with time zone not null,
  constraint activity_pkey PRIMARY KEY (activity_id),
  constraint activity_check CHECK (((lead_id IS NOT NULL) OR (partner_id IS NOT NULL))),
  constraint activity_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint activity_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'call'::text, 'meeting'::text, 'mail'::text]))),
  constraint activity_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES pipeline.lead(lead_id),
  constraint activity_minutes_check CHECK (((minutes >= 0) AND (minutes <= 10000))),
  constraint activity_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id)
);
CREATE INDEX activity_by_message ON pipeline.activity USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX activity_of_lead ON pipeline.activity USING btree (lead_id, at DESC, activity_id DESC);
CREATE INDEX activity_of_partner ON pipeline.activity USING btree (partner_id, at DESC, activity_id DESC);
CREATE UNIQUE INDEX activity_message_once ON pipeline.activity USING btree (message_id, COALESCE(lead_id, ''::text), COALESCE(partner_id, ''::text)) WHERE (message_id IS NOT NULL);

create table pipeline.form (
  form_id text not null,
  program_id text not null,
  address text not null,
  name text not null,
  active boolean not null,
  version integer not null,
  framed_by text[] default '{}'::text[] not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint form_pkey PRIMARY KEY (form_id),
  constraint form_address_check CHECK ((address ~ '^[a-z0-9][a-z0-9-]{2,59}$'::text)),
  constraint form_address_key UNIQUE (address),
  constraint form_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);
CREATE INDEX form_by_program ON pipeline.form USING btree (program_id, form_id);

create table pipeline.form_version (
  form_id text not null,
  version integer not null,
  definition jsonb not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint form_version_pkey PRIMARY KEY (form_id, version),
  constraint form_version_form_id_fkey FOREIGN KEY (form_id) REFERENCES pipeline.form(form_id),
  constraint form_version_version_check CHECK ((version > 0))
);

create table pipeline.lead (
  lead_id text not null,
  status text not null,
  stage_id text not null,
  stage_since timestamp with time zone not null,
  name text not null,
  contact_name text default ''::text not null,
  email text default ''::text not null,
  phone text default ''::text not null,
  website text default ''::text not null,
  handles jsonb default '[]'::jsonb not null,
  kind text not null,
  vertical text default ''::text not null,
  country text,
  language text default 'en'::text not null,
  region_id text,
  program_id text,
  channel text not null,
  source_raw text default ''::text not null,
  source text,
  source_words jsonb default '[]'::jsonb not null,
  owner_user_id text,
  routing_words jsonb default '[]'::jsonb not null,
  recruiter_partner_id text,
  recruiter_user_id text,
  expected_ftds integer,
  expected_minor bigint,
  expected_currency text,
  expected_month date,
  next_step text default ''::text not null,
  next_step_on date,
  note text default ''::text not null,
  tags text[] default '{}'::text[] not null,
  answers jsonb default '{}'::jsonb not null,
  form_id text,
  form_version integer,
  external_ref text,
  lost_reason text,
  lost_note text default ''::text not null,
  ended_at timestamp with time zone,
  partner_id text,
  merged_into text,
  duplicates_open boolean default false not null,
  name_key text not null,
  email_key text,
  domain_key text,
  host_key text,
  phone_key text,
  handle_keys text[] default '{}'::text[] not null,
  confirm_hash bytea,
  confirm_until timestamp with time zone,
  confirm_language text,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint lead_pkey PRIMARY KEY (lead_id),
  constraint lead_channel_check CHECK ((channel = ANY (ARRAY['form'::text, 'file'::text, 'api'::text, 'mail'::text, 'hand'::text]))),
  constraint lead_check CHECK (((expected_minor IS NULL) = (expected_currency IS NULL))),
  constraint lead_check1 CHECK (((status = 'lost'::text) = (lost_reason IS NOT NULL))),
  constraint lead_check2 CHECK (((status <> 'won'::text) OR (partner_id IS NOT NULL))),
  constraint lead_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint lead_expected_currency_check CHECK ((expected_currency ~ '^[A-Z]{3}$'::text)),
  constraint lead_expected_ftds_check CHECK (((expected_ftds >= 0) AND (expected_ftds <= 10000000))),
  constraint lead_expected_minor_check CHECK ((expected_minor >= 0)),
  constraint lead_form_id_fkey FOREIGN KEY (form_id) REFERENCES pipeline.form(form_id),
  constraint lead_kind_check CHECK ((kind = ANY (ARRAY['affiliate'::text, 'introducing_broker'::text, 'network'::text, 'influencer'::text, 'reseller'::text, 'media_buyer'::text, 'agency'::text]))),
  constraint lead_lost_reason_fkey FOREIGN KEY (lost_reason) REFERENCES pipeline.lost_reason(reason_id),
  constraint lead_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES pipeline.lead(lead_id),
  constraint lead_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint lead_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint lead_recruiter_partner_id_fkey FOREIGN KEY (recruiter_partner_id) REFERENCES partners.partner(partner_id),
  constraint lead_region_id_fkey FOREIGN KEY (region_id) REFERENCES programs.region(region_id),
  constraint lead_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES pipeline.stage(stage_id),
  constraint lead_status_check CHECK ((status = ANY (ARRAY['unconfirmed'::text, 'open'::text, 'won'::text, 'lost'::text, 'merged'::text])))
);
CREATE INDEX lead_by_domain_key ON pipeline.lead USING btree (domain_key) WHERE (domain_key IS NOT NULL);
CREATE INDEX lead_by_email_key ON pipeline.lead USING btree (email_key) WHERE (email_key IS NOT NULL);
CREATE INDEX lead_by_handle_keys ON pipeline.lead USING gin (handle_keys);
CREATE INDEX lead_by_host_key ON pipeline.lead USING btree (host_key) WHERE (host_key IS NOT NULL);
CREATE INDEX lead_by_name ON pipeline.lead USING btree (name, lead_id);
CREATE INDEX lead_by_name_key ON pipeline.lead USING gin (name_key gin_trgm_ops);
CREATE INDEX lead_by_next_step ON pipeline.lead USING btree (next_step_on, lead_id) WHERE ((status = 'open'::text) AND (next_step_on IS NOT NULL));
CREATE INDEX lead_by_owner ON pipeline.lead USING btree (owner_user_id, status, lead_id DESC);
CREATE INDEX lead_by_partner ON pipeline.lead USING btree (partner_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX lead_by_phone_key ON pipeline.lead USING btree (phone_key) WHERE (phone_key IS NOT NULL);
CREATE INDEX lead_by_program ON pipeline.lead USING btree (program_id, lead_id DESC);
CREATE INDEX lead_by_region ON pipeline.lead USING btree (region_id, lead_id DESC);
CREATE INDEX lead_by_stage ON pipeline.lead USING btree (stage_id, lead_id DESC) WHERE (status = 'open'::text);
CREATE INDEX lead_by_status ON pipeline.lead USING btree (status, lead_id DESC);
CREATE INDEX lead_by_words ON pipeline.lead USING gin (lower(((((((((name || ' '::text) || contact_name) || ' '::text) || email) || ' '::text) || website) || ' '::text) || phone)) gin_trgm_ops);
CREATE INDEX lead_newest ON pipeline.lead USING btree (lead_id DESC);
CREATE INDEX lead_unmatched_source ON pipeline.lead USING btree (source_raw) WHERE ((source IS NULL) AND (source_raw <> ''::text));
CREATE INDEX lead_unrouted ON pipeline.lead USING btree (lead_id DESC) WHERE ((status = 'open'::text) AND (owner_user_id IS NULL));
CREATE INDEX lead_with_duplicates ON pipeline.lead USING btree (lead_id DESC) WHERE duplicates_open;
CREATE UNIQUE INDEX lead_by_confirmation ON pipeline.lead USING btree (confirm_hash) WHERE (confirm_hash IS NOT NULL);
CREATE UNIQUE INDEX lead_by_external_ref ON pipeline.lead USING btree (external_ref) WHERE (external_ref IS NOT NULL);

create table pipeline.likeness (
  likeness_id bigint generated always as identity not null,
  lead_id text not null,
  other_kind text not null,
  other_id text not null,
  score integer not null,
  reasons jsonb not null,
  state text not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint likeness_pkey PRIMARY KEY (likeness_id),
  constraint likeness_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES pipeline.lead(lead_id),
  constraint likeness_lead_id_other_kind_other_id_key UNIQUE (lead_id, other_kind, other_id),
  constraint likeness_other_kind_check CHECK ((other_kind = ANY (ARRAY['lead'::text, 'partner'::text]))),
  constraint likeness_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint likeness_state_check CHECK ((state = ANY (ARRAY['open'::text, 'linked'::text, 'merged'::text, 'different'::text])))
);

create table pipeline.lost_reason (
  reason_id text not null,
  "position" integer not null,
  names jsonb not null,
  reapply_days integer,
  active boolean default true not null,
  constraint lost_reason_pkey PRIMARY KEY (reason_id),
  constraint lost_reason_reapply_days_check CHECK (((reapply_days >= 0) AND (reapply_days <= 3650))),
  constraint lost_reason_reason_id_check CHECK ((reason_id ~ '^[a-z][a-z0-9_]{0,39}$'::text))
);

create table pipeline.mailbox (
  mailbox_id bigint generated always as identity not null,
  name text not null,
  host text not null,
  port integer not null,
  secure boolean not null,
  user_name text not null,
  password text not null,
  folder text default 'INBOX'::text not null,
  program_id text,
  makes_leads boolean not null,
  active boolean not null,
  uid_validity bigint,
  last_uid bigint default 0 not null,
  looked_at timestamp with time zone,
  problem text default ''::text not null,
  revision integer default 1 not null,
  constraint mailbox_pkey PRIMARY KEY (mailbox_id),
  constraint mailbox_port_check CHECK (((port >= 1) AND (port <= 65535))),
  constraint mailbox_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);

create table pipeline.message (
  message_id text not null,
  at timestamp with time zone not null,
  sender text not null,
  sender_name text default ''::text not null,
  recipients text[] not null,
  subject text not null,
  body text not null,
  thread text[] default '{}'::text[] not null,
  state text not null,
  why text default ''::text not null,
  taken_at timestamp with time zone not null,
  constraint message_pkey PRIMARY KEY (message_id),
  constraint message_state_check CHECK ((state = ANY (ARRAY['matched'::text, 'lead'::text, 'waiting'::text, 'left'::text])))
);
CREATE INDEX message_waiting ON pipeline.message USING btree (at DESC, message_id) WHERE (state = 'waiting'::text);

create table pipeline.report (
  report_id bigint generated always as identity not null,
  period text not null,
  made_at timestamp with time zone not null,
  figures jsonb not null,
  file_name text not null,
  media text not null,
  file bytea not null,
  sent_to text[] default '{}'::text[] not null,
  constraint report_pkey PRIMARY KEY (report_id)
);

create table pipeline.report_schedule (
  schedule_id bigint generated always as identity not null,
  cadence text not null,
  format text not null,
  language text default 'en'::text not null,
  roles text[] default '{}'::text[] not null,
  user_ids text[] default '{}'::text[] not null,
  active boolean default true not null,
  last_period text default ''::text not null,
  revision integer default 1 not null,
  constraint report_schedule_pkey PRIMARY KEY (schedule_id),
  constraint report_schedule_cadence_check CHECK ((cadence = ANY (ARRAY['weekly'::text, 'monthly'::text]))),
  constraint report_schedule_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text])))
);

create table pipeline.rule_version (
  kind text not null,
  version integer not null,
  rules jsonb not null,
  note text default ''::text not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  created_name text not null,
  constraint rule_version_pkey PRIMARY KEY (kind, version),
  constraint rule_version_kind_check CHECK ((kind = ANY (ARRAY['routing'::text, 'source'::text]))),
  constraint rule_version_version_check CHECK ((version > 0))
);

create table pipeline.spent_proof (
  proof text not null,
  until timestamp with time zone not null,
  constraint spent_proof_pkey PRIMARY KEY (proof)
);
CREATE INDEX spent_proof_until ON pipeline.spent_proof USING btree (until);

create table pipeline.stage (
  stage_id text not null,
  "position" integer not null,
  names jsonb not null,
  probability integer not null,
  usual_days integer not null,
  outcome text,
  active boolean default true not null,
  constraint stage_pkey PRIMARY KEY (stage_id),
  constraint stage_outcome_check CHECK ((outcome = ANY (ARRAY['won'::text, 'lost'::text]))),
  constraint stage_probability_check CHECK (((probability >= 0) AND (probability <= 100))),
  constraint stage_stage_id_check CHECK ((stage_id ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
  constraint stage_usual_days_check CHECK (((usual_days >= 0) AND (usual_days <= 999)))
);

create table pipeline.stage_move (
  lead_id text not null,
  seq integer not null,
  from_stage text,
  to_stage text not null,
  at timestamp with time zone not null,
  by_id text not null,
  by_name text not null,
  constraint stage_move_pkey PRIMARY KEY (lead_id, seq),
  constraint stage_move_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES pipeline.lead(lead_id)
);
CREATE INDEX stage_move_by_time ON pipeline.stage_move USING btree (at, lead_id);

create table pipeline.target (
  month date not null,
  owner_user_id text default ''::text not null,
  ftds integer not null,
  constraint target_pkey PRIMARY KEY (month, owner_user_id),
  constraint target_ftds_check CHECK ((ftds >= 0))
);

create table pipeline.task (
  task_id text not null,
  lead_id text,
  partner_id text,
  title text not null,
  note text default ''::text not null,
  owner_user_id text,
  due_at timestamp with time zone not null,
  remind_at timestamp with time zone,
  reminded_at timestamp with time zone,
  repeats text,
  state text not null,
  done_at timestamp with time zone,
  done_by text,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint task_pkey PRIMARY KEY (task_id),
  constraint task_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES pipeline.lead(lead_id),
  constraint task_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint task_repeats_check CHECK ((repeats = ANY (ARRAY['day'::text, 'week'::text, 'month'::text]))),
  constraint task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);
CREATE INDEX task_by_due ON pipeline.task USING btree (due_at, task_id) WHERE (state = 'open'::text);
CREATE INDEX task_by_owner ON pipeline.task USING btree (owner_user_id, due_at, task_id) WHERE (state = 'open'::text);
CREATE INDEX task_of_lead ON pipeline.task USING btree (lead_id, due_at, task_id);
CREATE INDEX task_of_partner ON pipeline.task USING btree (partner_id, due_at, task_id);
CREATE INDEX task_to_remind ON pipeline.task USING btree (remind_at) WHERE ((state = 'open'::text) AND (reminded_at IS NULL) AND (remind_at IS NOT NULL));

create table pipeline.turn (
  rule_name text not null,
  user_id text not null,
  given bigint not null,
  constraint turn_pkey PRIMARY KEY (rule_name, user_id)
);

create table plans.plan ( -- row-level security
  plan_id text not null,
  program_id text not null,
  code text not null,
  name text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint plan_pkey PRIMARY KEY (plan_id),
  constraint plan_program_id_code_key UNIQUE (program_id, code)
);

create table plans.plan_case (
  case_id text not null,
  plan_id text not null,
  name text not null,
  facts text not null,
  expected jsonb not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint plan_case_pkey PRIMARY KEY (case_id),
  constraint plan_case_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans.plan(plan_id),
  constraint plan_case_plan_id_name_key UNIQUE (plan_id, name)
);

create table plans.plan_version ( -- row-level security
  plan_version_id text not null,
  plan_id text not null,
  version integer not null,
  document jsonb not null,
  document_hash text not null,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  published_by text,
  published_at timestamp with time zone,
  source text,
  cases_run integer,
  cases_failing integer,
  published_reason text,
  constraint plan_version_pkey PRIMARY KEY (plan_version_id),
  constraint plan_version_cases_failing_check CHECK ((cases_failing >= 0)),
  constraint plan_version_cases_run_check CHECK ((cases_run >= 0)),
  constraint plan_version_check CHECK (((published_by IS NULL) OR (published_by <> created_by))),
  constraint plan_version_check1 CHECK (((cases_run IS NULL) = (cases_failing IS NULL))),
  constraint plan_version_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plans.plan(plan_id),
  constraint plan_version_plan_id_version_key UNIQUE (plan_id, version),
  constraint plan_version_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint plan_version_version_check CHECK ((version > 0))
);

create table privacy.legal_hold (
  hold_id text not null,
  subject_kind text not null,
  subject_id text not null,
  reason text not null,
  placed_by text not null,
  placed_at timestamp with time zone not null,
  lifted_by text,
  lifted_at timestamp with time zone,
  lift_reason text default ''::text not null,
  constraint legal_hold_pkey PRIMARY KEY (hold_id),
  constraint legal_hold_check CHECK (((lifted_by IS DISTINCT FROM placed_by) OR (lifted_by IS NULL))),
  constraint legal_hold_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['user'::text, 'contact'::text, 'related_person'::text, 'lead'::text, 'partner'::text])))
);
CREATE INDEX hold_open ON privacy.legal_hold USING btree (subject_id) WHERE (lifted_at IS NULL);

create table privacy.request (
  request_id text not null,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  state text not null,
  reason text not null,
  preview jsonb not null,
  preview_hash text not null,
  pseudonym text,
  certificate jsonb,
  certificate_hash text,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_note text default ''::text not null,
  revision integer default 1 not null,
  constraint request_pkey PRIMARY KEY (request_id),
  constraint request_check CHECK (((decided_by IS NULL) OR (kind = 'export'::text) OR (decided_by <> proposed_by))),
  constraint request_kind_check CHECK ((kind = ANY (ARRAY['export'::text, 'erasure'::text]))),
  constraint request_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'refused'::text, 'done'::text]))),
  constraint request_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['user'::text, 'contact'::text, 'related_person'::text, 'lead'::text])))
);
CREATE INDEX request_by_age ON privacy.request USING btree (proposed_at, request_id);
CREATE UNIQUE INDEX request_open ON privacy.request USING btree (kind, subject_id) WHERE (state = 'proposed'::text);

create table privacy.retention_rule (
  record_kind text not null,
  keep_days integer not null,
  active boolean not null,
  basis text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint retention_rule_pkey PRIMARY KEY (record_kind),
  constraint retention_rule_keep_days_check CHECK (((keep_days >= 1) AND (keep_days <= 36500)))
);

create table privacy.retention_run (
  run_id bigint generated always as identity not null,
  dry boolean not null,
  started_by text not null,
  at timestamp with time zone not null,
  report jsonb not null,
  constraint retention_run_pkey PRIMARY KEY (run_id)
);

create table procedures."case" ( -- row-level security
  case_id text not null,
  procedure text not null,
  version_id text not null,
  subject_kind text not null,
  subject_id text not null,
  partner_id text,
  program_id text,
  region_id text,
  status text not null,
  stage text not null,
  stage_since timestamp with time zone not null,
  due_at timestamp with time zone,
  next_look_at timestamp with time zone,
  parameters jsonb default '{}'::jsonb not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  events integer not null,
  constraint case_pkey PRIMARY KEY (case_id),
  constraint case_check CHECK (((status = 'running'::text) = (ended_at IS NULL))),
  constraint case_check1 CHECK (((subject_kind = 'partner'::text) = (partner_id IS NOT NULL))),
  constraint case_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint case_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint case_region_id_fkey FOREIGN KEY (region_id) REFERENCES programs.region(region_id),
  constraint case_status_check CHECK ((status = ANY (ARRAY['running'::text, 'finished'::text, 'dropped'::text]))),
  constraint case_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['partner'::text, 'lead'::text]))),
  constraint case_version_id_fkey FOREIGN KEY (version_id) REFERENCES procedures.version(version_id)
);
CREATE INDEX case_by_partner ON procedures."case" USING btree (partner_id, case_id);
CREATE INDEX case_by_version ON procedures."case" USING btree (version_id, case_id) WHERE (status = 'running'::text);
CREATE INDEX case_next_look ON procedures."case" USING btree (next_look_at) WHERE (next_look_at IS NOT NULL);
CREATE INDEX case_of_subject ON procedures."case" USING btree (subject_id, procedure, started_at DESC);
CREATE UNIQUE INDEX case_one_running ON procedures."case" USING btree (procedure, subject_id, COALESCE(program_id, ''::text)) WHERE (status = 'running'::text);

create table procedures.calendar (
  calendar_id text not null,
  region_id text,
  time_zone text not null,
  week jsonb not null,
  holidays jsonb default '[]'::jsonb not null,
  revision integer default 1 not null,
  constraint calendar_pkey PRIMARY KEY (calendar_id),
  constraint calendar_region_id_fkey FOREIGN KEY (region_id) REFERENCES programs.region(region_id),
  constraint calendar_region_id_key UNIQUE (region_id)
);
CREATE UNIQUE INDEX calendar_usual ON procedures.calendar USING btree ((true)) WHERE (region_id IS NULL);

create table procedures.evidence ( -- row-level security
  evidence_id text not null,
  case_id text not null,
  kind text not null,
  name text not null,
  media_type text default ''::text not null,
  body bytea not null,
  sha256 text not null,
  added_by text not null,
  added_name text not null,
  added_at timestamp with time zone not null,
  sealed_key text,
  constraint evidence_pkey PRIMARY KEY (evidence_id),
  constraint evidence_body_check CHECK ((octet_length(body) <= (10485760 + 28))),
  constraint evidence_case_id_fkey FOREIGN KEY (case_id) REFERENCES procedures."case"(case_id),
  constraint evidence_kind_check CHECK ((kind = ANY (ARRAY['file'::text, 'text'::text, 'link'::text])))
);
CREATE INDEX evidence_of_case ON procedures.evidence USING btree (case_id, evidence_id);

create table procedures.history ( -- row-level security
  case_id text not null,
  number integer not null,
  kind text not null,
  stage text not null,
  at timestamp with time zone not null,
  person text not null,
  name text not null,
  body jsonb not null,
  constraint history_pkey PRIMARY KEY (case_id, number),
  constraint history_case_id_fkey FOREIGN KEY (case_id) REFERENCES procedures."case"(case_id),
  constraint history_number_check CHECK ((number > 0))
);

create table procedures.stay (
  case_id text not null,
  number integer not null,
  stage text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  ended_how text,
  due_at timestamp with time zone,
  working_seconds bigint,
  constraint stay_pkey PRIMARY KEY (case_id, number),
  constraint stay_case_id_fkey FOREIGN KEY (case_id) REFERENCES procedures."case"(case_id),
  constraint stay_check CHECK (((until_at IS NULL) = (ended_how IS NULL))),
  constraint stay_ended_how_check CHECK ((ended_how = ANY (ARRAY['passed'::text, 'sent_back'::text, 'dropped'::text, 'migrated'::text])))
);
CREATE INDEX stay_by_time ON procedures.stay USING btree (until_at, from_at);

create table procedures.version ( -- row-level security
  version_id text not null,
  procedure text not null,
  version integer not null,
  state text not null,
  yaml text not null,
  definition jsonb not null,
  hash text not null,
  summary text default ''::text not null,
  saved_by text not null,
  saved_name text not null,
  saved_at timestamp with time zone not null,
  published_by text,
  published_name text,
  published_at timestamp with time zone,
  revision integer default 1 not null,
  constraint version_pkey PRIMARY KEY (version_id),
  constraint version_check CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
  constraint version_procedure_check CHECK ((procedure ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'::text)),
  constraint version_procedure_version_key UNIQUE (procedure, version),
  constraint version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text]))),
  constraint version_version_check CHECK ((version > 0))
);
CREATE UNIQUE INDEX version_one_draft ON procedures.version USING btree (procedure) WHERE (state = 'draft'::text);

create table procedures.wait ( -- row-level security
  wait_id bigint generated always as identity not null,
  case_id text not null,
  partner_id text,
  stage text not null,
  kind text not null,
  key text not null,
  role text not null,
  due_at timestamp with time zone,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint wait_pkey PRIMARY KEY (wait_id),
  constraint wait_case_id_fkey FOREIGN KEY (case_id) REFERENCES procedures."case"(case_id),
  constraint wait_kind_check CHECK ((kind = ANY (ARRAY['task'::text, 'decision'::text, 'fact'::text, 'waiver'::text])))
);
CREATE INDEX wait_by_role ON procedures.wait USING btree (role, due_at, wait_id) WHERE (until_at IS NULL);
CREATE INDEX wait_by_time ON procedures.wait USING btree (until_at, from_at);
CREATE INDEX wait_open_by_partner ON procedures.wait USING btree (partner_id) WHERE ((until_at IS NULL) AND (role = 'owner'::text));
CREATE INDEX wait_open_by_role ON procedures.wait USING btree (role, due_at, wait_id) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX wait_open ON procedures.wait USING btree (case_id, stage, kind, key) WHERE (until_at IS NULL);

create table programs.creative ( -- row-level security
  creative_id text not null,
  program_id text not null,
  offer_id text not null,
  name text not null,
  kind text not null,
  language text not null,
  address text,
  wording text default ''::text not null,
  expires_on date,
  state text not null,
  proposed_by text not null,
  proposed_name text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_name text,
  decided_at timestamp with time zone,
  reason text default ''::text not null,
  warnings_seen boolean default false not null,
  revision integer default 1 not null,
  constraint creative_pkey PRIMARY KEY (creative_id),
  constraint creative_check CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint creative_check1 CHECK (((state <> 'approved'::text) OR (decided_by <> proposed_by))),
  constraint creative_kind_check CHECK ((kind = ANY (ARRAY['banner'::text, 'text'::text, 'email'::text, 'page'::text, 'video'::text, 'other'::text]))),
  constraint creative_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint creative_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint creative_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX creative_by_state ON programs.creative USING btree (state, creative_id);
CREATE INDEX creative_of_offer ON programs.creative USING btree (offer_id, creative_id);

create table programs.creative_file ( -- row-level security
  creative_id text not null,
  name text not null,
  media_type text not null,
  sha256 text not null,
  bytes bytea not null,
  constraint creative_file_pkey PRIMARY KEY (creative_id),
  constraint creative_file_bytes_check CHECK ((octet_length(bytes) <= 5242880)),
  constraint creative_file_creative_id_fkey FOREIGN KEY (creative_id) REFERENCES programs.creative(creative_id)
);

create table programs.landing_page ( -- row-level security
  landing_id text not null,
  offer_id text not null,
  name text not null,
  url text not null,
  weight integer not null,
  status text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint landing_page_pkey PRIMARY KEY (landing_id),
  constraint landing_page_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint landing_page_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text]))),
  constraint landing_page_weight_check CHECK (((weight >= 0) AND (weight <= 10000)))
);
CREATE INDEX landing_page_by_offer ON programs.landing_page USING btree (offer_id, landing_id);

create table programs.offer ( -- row-level security
  offer_id text not null,
  program_id text not null,
  code text not null,
  name text not null,
  status text not null,
  description text default ''::text not null,
  landing_url text not null,
  allowed_hosts text[] not null,
  allowed_countries text[] default '{}'::text[] not null,
  blocked_countries text[] default '{}'::text[] not null,
  fallback_url text,
  tags text[] default '{}'::text[] not null,
  owner_user_id text,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  access text default 'public'::text not null,
  access_questions jsonb default '[]'::jsonb not null,
  targeting jsonb default '{}'::jsonb not null,
  utm jsonb default '{}'::jsonb not null,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  constraint offer_pkey PRIMARY KEY (offer_id),
  constraint offer_access_check CHECK ((access = ANY (ARRAY['public'::text, 'request'::text, 'private'::text]))),
  constraint offer_check CHECK ((ends_at > starts_at)),
  constraint offer_program_id_code_key UNIQUE (program_id, code),
  constraint offer_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint offer_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'paused'::text, 'closed'::text])))
);
CREATE INDEX offer_by_name ON programs.offer USING btree (name, offer_id);
CREATE INDEX offer_by_program ON programs.offer USING btree (program_id, offer_id);

create table programs.offer_access ( -- row-level security
  access_id text not null,
  offer_id text not null,
  program_id text not null,
  partner_id text not null,
  status text not null,
  answers jsonb default '[]'::jsonb not null,
  note text default ''::text not null,
  reason text,
  requested_at timestamp with time zone not null,
  requested_by text not null,
  decided_at timestamp with time zone,
  decided_by text,
  revision integer default 1 not null,
  constraint offer_access_pkey PRIMARY KEY (access_id),
  constraint offer_access_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint offer_access_offer_id_partner_id_key UNIQUE (offer_id, partner_id),
  constraint offer_access_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint offer_access_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'approved'::text, 'declined'::text, 'revoked'::text])))
);
CREATE INDEX offer_access_by_partner ON programs.offer_access USING btree (partner_id, access_id);
CREATE INDEX offer_access_by_program ON programs.offer_access USING btree (program_id, access_id);

create table programs.program ( -- row-level security
  program_id text not null,
  code text not null,
  name text not null,
  status text not null,
  description text default ''::text not null,
  time_zone text not null,
  currency text not null,
  owner_user_id text,
  fallback_url text not null,
  tracking_domain text,
  attribution jsonb default '{}'::jsonb not null,
  custom_events jsonb default '[]'::jsonb not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  sub_partner_view text default 'nothing'::text not null,
  tracker_consent text default 'required'::text not null,
  constraint program_pkey PRIMARY KEY (program_id),
  constraint program_code_check CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,39}$'::text)),
  constraint program_code_key UNIQUE (code),
  constraint program_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint program_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'paused'::text, 'closed'::text]))),
  constraint program_sub_partner_view_check CHECK ((sub_partner_view = ANY (ARRAY['nothing'::text, 'totals'::text, 'partner'::text]))),
  constraint program_tracker_consent_check CHECK ((tracker_consent = ANY (ARRAY['required'::text, 'not_required'::text]))),
  constraint program_tracking_domain_key UNIQUE (tracking_domain)
);

create table programs.region ( -- row-level security
  region_id text not null,
  code text not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint region_pkey PRIMARY KEY (region_id),
  constraint region_code_key UNIQUE (code)
);

create table reconciliation.bank_account (
  bank_account_id text not null,
  name text not null,
  identity text not null,
  iban text,
  number text,
  bic text,
  currency text not null,
  auto_score integer default 85 not null,
  fee_minor bigint default 0 not null,
  mappings jsonb default '{}'::jsonb not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint bank_account_pkey PRIMARY KEY (bank_account_id),
  constraint bank_account_auto_score_check CHECK (((auto_score >= 60) AND (auto_score <= 100))),
  constraint bank_account_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint bank_account_fee_minor_check CHECK ((fee_minor >= 0)),
  constraint bank_account_identity_key UNIQUE (identity)
);

create table reconciliation.bank_entry (
  entry_id bigint generated always as identity not null,
  bank_account_id text not null,
  statement_id text not null,
  "position" integer not null,
  family text not null,
  bank_reference text,
  content_key text not null,
  booked_on date not null,
  value_on date,
  currency text not null,
  amount_minor bigint not null,
  state text not null,
  end_to_end_id text,
  refs text[] default '{}'::text[] not null,
  name text,
  account text,
  text text not null,
  returned text,
  original_minor bigint,
  original_currency text,
  details jsonb default '[]'::jsonb not null,
  batch_size integer,
  note text default ''::text not null,
  owner text,
  due_on date,
  ignored_why text,
  revision integer default 1 not null,
  constraint bank_entry_pkey PRIMARY KEY (entry_id),
  constraint bank_entry_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint bank_entry_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES reconciliation.bank_account(bank_account_id),
  constraint bank_entry_state_check CHECK ((state = ANY (ARRAY['held'::text, 'open'::text, 'suggested'::text, 'matched'::text, 'booked'::text, 'ignored'::text, 'dropped'::text]))),
  constraint bank_entry_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES reconciliation.bank_statement(statement_id)
);
CREATE INDEX bank_entry_known ON reconciliation.bank_entry USING btree (bank_account_id, booked_on, amount_minor);
CREATE INDEX bank_entry_newest ON reconciliation.bank_entry USING btree (state, booked_on DESC, entry_id DESC);
CREATE INDEX bank_entry_of_statement ON reconciliation.bank_entry USING btree (statement_id);
CREATE INDEX bank_entry_reference ON reconciliation.bank_entry USING btree (bank_account_id, bank_reference) WHERE (bank_reference IS NOT NULL);

create table reconciliation.bank_file (
  file_id text not null,
  content_hash text not null,
  name text not null,
  bytes bytea not null,
  size integer not null,
  format text,
  variant text,
  state text not null,
  sentence text,
  bank_account_id text,
  mapping jsonb,
  guess jsonb,
  statements integer default 0 not null,
  entries integer default 0 not null,
  fresh integer default 0 not null,
  pending integer default 0 not null,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  constraint bank_file_pkey PRIMARY KEY (file_id),
  constraint bank_file_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES reconciliation.bank_account(bank_account_id),
  constraint bank_file_content_hash_key UNIQUE (content_hash),
  constraint bank_file_state_check CHECK ((state = ANY (ARRAY['mapping'::text, 'read'::text, 'refused'::text])))
);
CREATE INDEX bank_file_newest ON reconciliation.bank_file USING btree (file_id DESC);

create table reconciliation.bank_statement (
  statement_id text not null,
  bank_account_id text not null,
  file_id text not null,
  kind text not null,
  number text,
  identity text not null,
  from_day date,
  to_day date,
  opening_minor bigint,
  closing_minor bigint,
  entries integer not null,
  fresh integer not null,
  state text not null,
  problems jsonb default '[]'::jsonb not null,
  uploaded_by text not null,
  taken_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  reason text,
  constraint bank_statement_pkey PRIMARY KEY (statement_id),
  constraint bank_statement_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES reconciliation.bank_account(bank_account_id),
  constraint bank_statement_check CHECK (((state = ANY (ARRAY['accepted'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint bank_statement_check1 CHECK (((decided_by IS NULL) OR (decided_by <> uploaded_by))),
  constraint bank_statement_file_id_fkey FOREIGN KEY (file_id) REFERENCES reconciliation.bank_file(file_id),
  constraint bank_statement_kind_check CHECK ((kind = ANY (ARRAY['statement'::text, 'report'::text, 'notification'::text]))),
  constraint bank_statement_state_check CHECK ((state = ANY (ARRAY['taken'::text, 'held'::text, 'accepted'::text, 'rejected'::text, 'duplicate'::text])))
);
CREATE INDEX bank_statement_by_day ON reconciliation.bank_statement USING btree (bank_account_id, to_day DESC);
CREATE UNIQUE INDEX bank_statement_once ON reconciliation.bank_statement USING btree (bank_account_id, identity) WHERE (state <> 'duplicate'::text);

create table reconciliation.comparison (
  comparison_id text not null,
  name text not null,
  program_id text not null,
  partner_id text,
  from_day date not null,
  until_day date not null,
  currency text not null,
  types text[] not null,
  tolerance_minutes integer not null,
  amount_tolerance bigint not null,
  late_days integer not null,
  state text not null,
  problem text,
  summary jsonb,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint comparison_pkey PRIMARY KEY (comparison_id),
  constraint comparison_check CHECK ((from_day < until_day)),
  constraint comparison_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint comparison_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint comparison_state_check CHECK ((state = ANY (ARRAY['idle'::text, 'waiting'::text, 'running'::text, 'failed'::text])))
);
CREATE INDEX comparison_newest ON reconciliation.comparison USING btree (comparison_id DESC);

create table reconciliation.comparison_chunk (
  file_id text not null,
  "position" integer not null,
  bytes bytea not null,
  constraint comparison_chunk_pkey PRIMARY KEY (file_id, "position"),
  constraint comparison_chunk_file_id_fkey FOREIGN KEY (file_id) REFERENCES reconciliation.comparison_file(file_id)
);

create table reconciliation.comparison_file (
  file_id text not null,
  comparison_id text not null,
  side text not null,
  name text not null,
  content_hash text not null,
  kind text not null,
  size bigint not null,
  header_row integer not null,
  columns text[] not null,
  sample jsonb not null,
  suggestion jsonb not null,
  mapping jsonb,
  time_zone text not null,
  state text not null,
  problem text,
  rows integer default 0 not null,
  refused integer default 0 not null,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  constraint comparison_file_pkey PRIMARY KEY (file_id),
  constraint comparison_file_comparison_id_fkey FOREIGN KEY (comparison_id) REFERENCES reconciliation.comparison(comparison_id),
  constraint comparison_file_comparison_id_side_content_hash_key UNIQUE (comparison_id, side, content_hash),
  constraint comparison_file_kind_check CHECK ((kind = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint comparison_file_side_check CHECK ((side = ANY (ARRAY['office'::text, 'claim'::text]))),
  constraint comparison_file_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'waiting'::text, 'read'::text, 'failed'::text])))
);

create table reconciliation.comparison_mapping (
  side text not null,
  columns_key text not null,
  mapping jsonb not null,
  constraint comparison_mapping_pkey PRIMARY KEY (side, columns_key)
);

create table reconciliation.comparison_refusal (
  file_id text not null,
  line integer not null,
  field text not null,
  value text,
  reason text not null,
  constraint comparison_refusal_pkey PRIMARY KEY (file_id, line),
  constraint comparison_refusal_file_id_fkey FOREIGN KEY (file_id) REFERENCES reconciliation.comparison_file(file_id)
);

create table reconciliation.correction (
  comparison_id text not null,
  result_key text not null,
  adjustment_id text not null,
  amount_minor bigint not null,
  currency text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  constraint correction_pkey PRIMARY KEY (comparison_id, result_key),
  constraint correction_comparison_id_fkey FOREIGN KEY (comparison_id) REFERENCES reconciliation.comparison(comparison_id)
);

create table reconciliation.expected (
  expected_id bigint generated always as identity not null,
  expected_key text not null,
  kind text not null,
  payout_id text not null,
  batch_id text not null,
  partner_id text,
  payee_name text not null,
  account text,
  end_to_end_id text not null,
  refs text[] default '{}'::text[] not null,
  currency text not null,
  amount_minor bigint not null,
  expected_on date not null,
  state text not null,
  noted_at timestamp with time zone not null,
  constraint expected_pkey PRIMARY KEY (expected_id),
  constraint expected_amount_minor_check CHECK ((amount_minor > 0)),
  constraint expected_expected_key_key UNIQUE (expected_key),
  constraint expected_kind_check CHECK ((kind = ANY (ARRAY['out'::text, 'back'::text]))),
  constraint expected_state_check CHECK ((state = ANY (ARRAY['open'::text, 'matched'::text, 'booked'::text, 'withdrawn'::text])))
);
CREATE INDEX expected_age ON reconciliation.expected USING btree (state, expected_on);
CREATE INDEX expected_batch ON reconciliation.expected USING btree (batch_id);
CREATE INDEX expected_end_to_end ON reconciliation.expected USING btree (end_to_end_id);
CREATE INDEX expected_open ON reconciliation.expected USING btree (currency, amount_minor) WHERE (state = 'open'::text);
CREATE INDEX expected_refs ON reconciliation.expected USING gin (refs);

create table reconciliation.match (
  match_id text not null,
  bank_account_id text not null,
  state text not null,
  kind text not null,
  score integer not null,
  reasons jsonb not null,
  fee_minor bigint default 0 not null,
  rate text,
  note text default ''::text not null,
  made_by text,
  made_at timestamp with time zone not null,
  confirmed_by text,
  booked_by text,
  booked_at timestamp with time zone,
  ended_by text,
  ended_at timestamp with time zone,
  end_reason text,
  constraint match_pkey PRIMARY KEY (match_id),
  constraint match_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES reconciliation.bank_account(bank_account_id),
  constraint match_kind_check CHECK ((kind = ANY (ARRAY['one'::text, 'batch'::text, 'split'::text, 'fee'::text, 'return'::text]))),
  constraint match_state_check CHECK ((state = ANY (ARRAY['suggested'::text, 'matched'::text, 'booked'::text, 'undone'::text, 'reversed'::text])))
);
CREATE INDEX match_newest ON reconciliation.match USING btree (state, match_id DESC);

create table reconciliation.match_entry (
  match_id text not null,
  entry_id bigint not null,
  living boolean not null,
  constraint match_entry_pkey PRIMARY KEY (match_id, entry_id),
  constraint match_entry_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES reconciliation.bank_entry(entry_id),
  constraint match_entry_match_id_fkey FOREIGN KEY (match_id) REFERENCES reconciliation.match(match_id)
);
CREATE UNIQUE INDEX match_entry_once ON reconciliation.match_entry USING btree (entry_id) WHERE living;

create table reconciliation.match_expected (
  match_id text not null,
  expected_id bigint not null,
  living boolean not null,
  constraint match_expected_pkey PRIMARY KEY (match_id, expected_id),
  constraint match_expected_expected_id_fkey FOREIGN KEY (expected_id) REFERENCES reconciliation.expected(expected_id),
  constraint match_expected_match_id_fkey FOREIGN KEY (match_id) REFERENCES reconciliation.match(match_id)
);
CREATE UNIQUE INDEX match_expected_once ON reconciliation.match_expected USING btree (expected_id) WHERE living;

create table reconciliation.open_item (
  item_id text not null,
  comparison_id text,
  result_key text,
  entry_id bigint,
  title text not null,
  owner text not null,
  due_on date not null,
  state text not null,
  answer text,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  answered_by text,
  answered_at timestamp with time zone,
  constraint open_item_pkey PRIMARY KEY (item_id),
  constraint open_item_check CHECK (((comparison_id IS NULL) = (result_key IS NULL))),
  constraint open_item_check1 CHECK (((state = 'answered'::text) = (answered_by IS NOT NULL))),
  constraint open_item_comparison_id_fkey FOREIGN KEY (comparison_id) REFERENCES reconciliation.comparison(comparison_id),
  constraint open_item_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES reconciliation.bank_entry(entry_id),
  constraint open_item_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text])))
);
CREATE INDEX open_item_newest ON reconciliation.open_item USING btree (state, due_on, item_id);
CREATE INDEX open_item_of_result ON reconciliation.open_item USING btree (comparison_id, result_key);

create table reconciliation.pair (
  comparison_id text not null,
  sides text not null,
  left_row bigint not null,
  right_row bigint not null,
  matched_by text not null,
  shift_minutes integer default 0 not null,
  constraint pair_pkey PRIMARY KEY (comparison_id, sides, left_row),
  constraint pair_matched_by_check CHECK ((matched_by = ANY (ARRAY['order'::text, 'click'::text, 'customer'::text, 'time_and_amount'::text]))),
  constraint pair_sides_check CHECK ((sides = ANY (ARRAY['tracked-office'::text, 'tracked-claim'::text, 'office-claim'::text])))
);
CREATE UNIQUE INDEX pair_right ON reconciliation.pair USING btree (comparison_id, sides, right_row);

create table reconciliation.result (
  result_id bigint generated always as identity not null,
  comparison_id text not null,
  result_key text not null,
  tracked_row bigint,
  office_row bigint,
  claim_row bigint,
  class text not null,
  differences text[] not null,
  matched_by text,
  day date not null,
  partner_id text,
  office_minor bigint,
  claim_minor bigint,
  constraint result_pkey PRIMARY KEY (result_id),
  constraint result_comparison_id_fkey FOREIGN KEY (comparison_id) REFERENCES reconciliation.comparison(comparison_id),
  constraint result_comparison_id_result_key_key UNIQUE (comparison_id, result_key)
);
CREATE INDEX result_by_class ON reconciliation.result USING btree (comparison_id, class, result_id);

create table reconciliation.side_row (
  row_id bigint generated always as identity not null,
  comparison_id text not null,
  side text not null,
  row_key text not null,
  file_id text,
  line integer,
  occurred_at timestamp with time zone not null,
  type text,
  order_id text,
  click_id text,
  customer_ref text,
  partner_ref text,
  partner_id text,
  currency text,
  minor bigint,
  commission_minor bigint,
  counts boolean not null,
  status text not null,
  why text,
  known_at timestamp with time zone,
  raw jsonb default '[]'::jsonb not null,
  constraint side_row_pkey PRIMARY KEY (row_id),
  constraint side_row_comparison_id_fkey FOREIGN KEY (comparison_id) REFERENCES reconciliation.comparison(comparison_id),
  constraint side_row_comparison_id_side_row_key_key UNIQUE (comparison_id, side, row_key),
  constraint side_row_side_check CHECK ((side = ANY (ARRAY['tracked'::text, 'office'::text, 'claim'::text])))
);

create table reporting.lane (
  lane integer not null,
  next_seq bigint default 0 not null,
  planned_seq bigint,
  done boolean default false not null,
  constraint lane_pkey PRIMARY KEY (lane),
  constraint lane_check CHECK ((planned_seq > next_seq)),
  constraint lane_check1 CHECK (((NOT done) OR (planned_seq IS NULL)))
);

create table runs.attempt (
  run_id text not null,
  attempt integer not null,
  calculated_at timestamp with time zone not null,
  last_line bigint not null,
  partners integer not null,
  hash text not null,
  constraint attempt_pkey PRIMARY KEY (run_id, attempt),
  constraint attempt_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);

create table runs.cell (
  run_id text not null,
  attempt integer not null,
  partner_id text not null,
  currency text not null,
  program_id text not null,
  component text not null,
  model text not null,
  tier text not null,
  quantity numeric not null,
  quantity_before numeric not null,
  amount bigint not null,
  amount_before bigint not null,
  constraint cell_pkey PRIMARY KEY (run_id, attempt, partner_id, currency, program_id, component, model, tier)
);

create table runs.claim (
  statement_id text not null,
  run_id text not null,
  partner_id text not null,
  currency text not null,
  month date not null,
  mode text not null,
  constraint claim_pkey PRIMARY KEY (statement_id, run_id),
  constraint claim_mode_check CHECK ((mode = ANY (ARRAY['statement'::text, 'interim'::text]))),
  constraint claim_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);
CREATE INDEX claim_of_run ON runs.claim USING btree (run_id, partner_id);
CREATE UNIQUE INDEX claim_once ON runs.claim USING btree (statement_id) WHERE (mode = 'statement'::text);

create table runs.course (
  "position" bigint generated always as identity not null,
  run_id text not null,
  from_state text,
  to_state text not null,
  attempt integer not null,
  person text not null,
  at timestamp with time zone not null,
  comment text default ''::text not null,
  constraint course_pkey PRIMARY KEY ("position"),
  constraint course_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);
CREATE INDEX course_of_run ON runs.course USING btree (run_id, "position");

create table runs.decision (
  decision_id bigint generated always as identity not null,
  run_id text not null,
  attempt integer not null,
  partner_id text not null,
  currency text not null,
  level text,
  decision text not null,
  person text not null,
  acting_for text,
  comment text default ''::text not null,
  figures_hash text not null,
  at timestamp with time zone not null,
  stands boolean default true not null,
  constraint decision_pkey PRIMARY KEY (decision_id),
  constraint decision_check CHECK (((decision = 'approve'::text) = (level IS NOT NULL))),
  constraint decision_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'send_back'::text, 'exclude'::text, 'include'::text]))),
  constraint decision_level_check CHECK ((level = ANY (ARRAY['regional'::text, 'central'::text, 'finance'::text]))),
  constraint decision_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);
CREATE UNIQUE INDEX decision_for_once ON runs.decision USING btree (run_id, attempt, partner_id, currency, acting_for) WHERE ((decision = 'approve'::text) AND stands AND (acting_for IS NOT NULL));
CREATE UNIQUE INDEX decision_once ON runs.decision USING btree (run_id, attempt, partner_id, currency, person) WHERE ((decision = 'approve'::text) AND stands);

create table runs.delegation (
  delegation_id text not null,
  from_user_id text not null,
  to_user_id text not null,
  valid_from date not null,
  valid_to date not null,
  levels text[] not null,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  constraint delegation_pkey PRIMARY KEY (delegation_id),
  constraint delegation_check CHECK ((from_user_id <> to_user_id)),
  constraint delegation_check1 CHECK ((valid_to >= valid_from))
);
CREATE INDEX delegation_to ON runs.delegation USING btree (to_user_id, valid_to);

create table runs.item (
  run_id text not null,
  attempt integer not null,
  partner_id text not null,
  currency text not null,
  region_id text,
  owner_user_id text,
  statement_ids text[] not null,
  earned bigint not null,
  earned_before bigint not null,
  opening_payable bigint not null,
  adjusted bigint not null,
  closing_payable bigint not null,
  closing_held bigint not null,
  to_pay bigint not null,
  causes jsonb not null,
  change bigint generated always as ((earned - earned_before)) stored not null,
  marks jsonb not null,
  mark_codes text[] not null,
  is_exception boolean not null,
  entered_by jsonb not null,
  figures_hash text not null,
  need_regional smallint not null,
  need_central smallint not null,
  need_finance smallint not null,
  got_regional smallint default 0 not null,
  got_central smallint default 0 not null,
  got_finance smallint default 0 not null,
  excluded_by text,
  excluded_why text default ''::text not null,
  sent_back_by text,
  sent_back_why text default ''::text not null,
  released boolean default false not null,
  constraint item_pkey PRIMARY KEY (run_id, attempt, partner_id, currency),
  constraint item_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);
CREATE INDEX item_by_amount ON runs.item USING btree (run_id, attempt, to_pay DESC, partner_id, currency);

create table runs.letter (
  run_id text not null,
  attempt integer not null,
  level text not null,
  kind text not null,
  user_id text not null,
  sent_at timestamp with time zone not null,
  constraint letter_pkey PRIMARY KEY (run_id, attempt, level, kind, user_id),
  constraint letter_kind_check CHECK ((kind = ANY (ARRAY['waiting'::text, 'overdue'::text]))),
  constraint letter_level_check CHECK ((level = ANY (ARRAY['regional'::text, 'central'::text, 'finance'::text]))),
  constraint letter_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);

create table runs.run (
  run_id text not null,
  kind text not null,
  mode text not null,
  schedule text,
  period_from date not null,
  period_to date not null,
  months date[] not null,
  scope jsonb not null,
  reason text not null,
  state text not null,
  attempt integer default 0 not null,
  settings_version integer not null,
  dues jsonb not null,
  working text,
  progress jsonb,
  trouble text,
  asked_by text,
  asked_for text,
  comment text default ''::text not null,
  reopened integer default 0 not null,
  reopen_by text,
  reopen_at timestamp with time zone,
  reopen_reason text,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint run_pkey PRIMARY KEY (run_id),
  constraint run_check CHECK ((period_to > period_from)),
  constraint run_check1 CHECK (((reopen_by IS NULL) = (reopen_at IS NULL))),
  constraint run_kind_check CHECK ((kind = ANY (ARRAY['regular'::text, 'early'::text, 'off_cycle'::text]))),
  constraint run_mode_check CHECK ((mode = ANY (ARRAY['statement'::text, 'interim'::text]))),
  constraint run_settings_version_fkey FOREIGN KEY (settings_version) REFERENCES runs.settings(version),
  constraint run_state_check CHECK ((state = ANY (ARRAY['open'::text, 'frozen'::text, 'calculated'::text, 'validated'::text, 'regionally_approved'::text, 'centrally_approved'::text, 'finance_approved'::text, 'paid'::text, 'closed'::text, 'cancelled'::text]))),
  constraint run_working_check CHECK ((working = ANY (ARRAY['freeze'::text, 'calculate'::text, 'validate'::text, 'release'::text])))
);
CREATE INDEX run_living ON runs.run USING btree (state) WHERE (state <> ALL (ARRAY['closed'::text, 'cancelled'::text]));
CREATE INDEX run_newest ON runs.run USING btree (period_to DESC, run_id DESC);
CREATE INDEX run_working ON runs.run USING btree (run_id) WHERE (working IS NOT NULL);
CREATE UNIQUE INDEX run_regular ON runs.run USING btree (COALESCE(schedule, ''::text), period_from, period_to) WHERE ((kind = 'regular'::text) AND (state <> 'cancelled'::text));

create table runs.settings (
  version integer not null,
  document jsonb not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  reason text not null,
  constraint settings_pkey PRIMARY KEY (version),
  constraint settings_version_check CHECK ((version > 0))
);

create table runs.snapshot (
  run_id text not null,
  attempt integer not null,
  taken_at timestamp with time zone not null,
  document jsonb not null,
  hash text not null,
  constraint snapshot_pkey PRIMARY KEY (run_id, attempt),
  constraint snapshot_run_id_fkey FOREIGN KEY (run_id) REFERENCES runs.run(run_id)
);

create table statements.branding ( -- row-level security
  only_row boolean default true not null,
  name text not null,
  legal_name text not null,
  address text[] not null,
  email text not null,
  website text not null,
  registration text not null,
  accent text not null,
  logo text,
  revision integer not null,
  constraint branding_pkey PRIMARY KEY (only_row),
  constraint branding_only_row_check CHECK (only_row)
);

create table statements.inquiry ( -- row-level security
  inquiry_id text not null,
  partner_id text not null,
  statement_id text not null,
  line_id bigint,
  subject text not null,
  state text not null,
  answer_by timestamp with time zone not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  closed_by text,
  closed_at timestamp with time zone,
  adjustment_id text,
  constraint inquiry_pkey PRIMARY KEY (inquiry_id),
  constraint inquiry_check CHECK (((closed_at IS NULL) = (state = ANY (ARRAY['open'::text, 'answered'::text])))),
  constraint inquiry_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint inquiry_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'resolved'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint inquiry_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements.statement(statement_id)
);
CREATE INDEX inquiry_by_partner ON statements.inquiry USING btree (partner_id, inquiry_id DESC);
CREATE INDEX inquiry_by_statement ON statements.inquiry USING btree (statement_id);
CREATE INDEX inquiry_waiting ON statements.inquiry USING btree (answer_by) WHERE (state = 'open'::text);

create table statements.inquiry_message ( -- row-level security
  message_id bigint generated always as identity not null,
  inquiry_id text not null,
  partner_id text not null,
  from_partner boolean not null,
  by text not null,
  at timestamp with time zone not null,
  text text not null,
  evidence jsonb not null,
  constraint inquiry_message_pkey PRIMARY KEY (message_id),
  constraint inquiry_message_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES statements.inquiry(inquiry_id)
);
CREATE INDEX inquiry_message_by_inquiry ON statements.inquiry_message USING btree (inquiry_id, message_id);

create table statements.on_account (
  run_id text not null,
  statement_id text not null,
  minor bigint not null,
  approved_by text not null,
  approved_at timestamp with time zone not null,
  constraint on_account_pkey PRIMARY KEY (run_id, statement_id),
  constraint on_account_minor_check CHECK ((minor > 0)),
  constraint on_account_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements.statement(statement_id)
);
CREATE INDEX on_account_by_statement ON statements.on_account USING btree (statement_id);

create table statements.program_share ( -- row-level security
  statement_id text not null,
  program_id text not null,
  partner_id text not null,
  currency text not null,
  month date not null,
  moved_minor bigint not null,
  constraint program_share_pkey PRIMARY KEY (statement_id, program_id),
  constraint program_share_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements.statement(statement_id)
);
CREATE INDEX program_share_by_books ON statements.program_share USING btree (partner_id, currency, month);

create table statements.settlement ( -- row-level security
  idempotency_key text not null,
  statement_id text not null,
  partner_id text not null,
  currency text not null,
  kind text not null,
  minor bigint not null,
  by_program jsonb not null,
  source_key text not null,
  reference text not null,
  booked_by text not null,
  booked_at timestamp with time zone not null,
  on_account boolean default false not null,
  kept_minor bigint default 0 not null,
  constraint settlement_pkey PRIMARY KEY (idempotency_key),
  constraint settlement_kept_minor_check CHECK ((kept_minor >= 0)),
  constraint settlement_kind_check CHECK ((kind = ANY (ARRAY['settle'::text, 'return'::text]))),
  constraint settlement_minor_check CHECK ((minor >= 0)),
  constraint settlement_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements.statement(statement_id)
);
CREATE INDEX settlement_by_books ON statements.settlement USING btree (partner_id, currency);
CREATE INDEX settlement_by_statement ON statements.settlement USING btree (statement_id, booked_at);
CREATE INDEX settlement_on_account ON statements.settlement USING btree (partner_id, currency) WHERE on_account;

create table statements.signing_key (
  key_id text not null,
  public_key text not null,
  sealed_private text not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint signing_key_pkey PRIMARY KEY (key_id)
);
CREATE UNIQUE INDEX signing_key_active ON statements.signing_key USING btree ((true)) WHERE (retired_at IS NULL);

create table statements.statement ( -- row-level security
  statement_id text not null,
  partner_id text not null,
  currency text not null,
  month date not null,
  status text not null,
  closing_minor bigint,
  paid_minor bigint,
  content jsonb,
  content_hash text,
  opened_at timestamp with time zone not null,
  closed_by text,
  closed_at timestamp with time zone,
  paid_by text,
  paid_at timestamp with time zone,
  payment_reference text,
  run_id text,
  approved_by text,
  approved_at timestamp with time zone,
  paid_with text,
  returned_at timestamp with time zone,
  return_reason text,
  constraint statement_pkey PRIMARY KEY (statement_id),
  constraint statement_check CHECK (((paid_by IS NULL) OR (paid_by <> closed_by))),
  constraint statement_check1 CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint statement_check2 CHECK (((approved_at IS NULL) OR (closed_at IS NOT NULL))),
  constraint statement_paid_with_fkey FOREIGN KEY (paid_with) REFERENCES statements.statement(statement_id),
  constraint statement_partner_id_currency_month_key UNIQUE (partner_id, currency, month),
  constraint statement_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint statement_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'paid'::text])))
);
CREATE INDEX statement_by_month ON statements.statement USING btree (month, status);
CREATE INDEX statement_by_run ON statements.statement USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX statement_to_pay ON statements.statement USING btree (partner_id, currency) WHERE (status = 'closed'::text);

create table tracking.attempt ( -- row-level security
  delivery_id bigint not null,
  attempt integer not null,
  at timestamp with time zone not null,
  url text not null,
  status integer,
  error text,
  duration_ms integer,
  response text,
  by_user text,
  method text,
  headers jsonb,
  body text,
  constraint attempt_pkey PRIMARY KEY (delivery_id, attempt),
  constraint attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES tracking.delivery(delivery_id)
);
CREATE INDEX attempt_by_time ON tracking.attempt USING btree (at);

create table tracking.cap ( -- row-level security
  cap_id text not null,
  program_id text not null,
  name text not null,
  offer_id text,
  partner_id text,
  each text not null,
  metric text not null,
  event_type text,
  most bigint not null,
  period text not null,
  overflow text not null,
  overflow_url text,
  overflow_offer_id text,
  warn_at smallint not null,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint cap_pkey PRIMARY KEY (cap_id),
  constraint cap_check CHECK (((event_type IS NULL) = (metric = 'clicks'::text))),
  constraint cap_check1 CHECK (((metric <> 'clicks'::text) OR (overflow = 'fallback'::text))),
  constraint cap_each_check CHECK ((each = ANY (ARRAY['all'::text, 'partner'::text, 'source'::text, 'sub1'::text, 'sub2'::text, 'sub3'::text, 'sub4'::text, 'sub5'::text, 'sub6'::text, 'sub7'::text, 'sub8'::text, 'sub9'::text, 'sub10'::text]))),
  constraint cap_metric_check CHECK ((metric = ANY (ARRAY['clicks'::text, 'conversions'::text, 'amount'::text]))),
  constraint cap_most_check CHECK ((most > 0)),
  constraint cap_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint cap_overflow_check CHECK ((overflow = ANY (ARRAY['fallback'::text, 'pend'::text, 'stop'::text]))),
  constraint cap_overflow_offer_id_fkey FOREIGN KEY (overflow_offer_id) REFERENCES programs.offer(offer_id),
  constraint cap_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint cap_period_check CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'total'::text]))),
  constraint cap_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint cap_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text]))),
  constraint cap_warn_at_check CHECK (((warn_at >= 1) AND (warn_at <= 100)))
);
CREATE INDEX cap_by_program ON tracking.cap USING btree (program_id, cap_id);

create table tracking.cap_count ( -- row-level security
  cap_id text not null,
  period_from date not null,
  partner_id text default ''::text not null,
  value text default ''::text not null,
  used bigint not null,
  near_at timestamp with time zone,
  reached_at timestamp with time zone,
  constraint cap_count_pkey PRIMARY KEY (cap_id, period_from, partner_id, value),
  constraint cap_count_cap_id_fkey FOREIGN KEY (cap_id) REFERENCES tracking.cap(cap_id)
);

create table tracking.cap_use (
  event_id bigint not null,
  cap_id text not null,
  period_from date not null,
  partner_id text not null,
  value text not null,
  amount bigint not null,
  outcome text not null,
  decided_at timestamp with time zone not null,
  constraint cap_use_pkey PRIMARY KEY (event_id, cap_id),
  constraint cap_use_cap_id_fkey FOREIGN KEY (cap_id) REFERENCES tracking.cap(cap_id),
  constraint cap_use_outcome_check CHECK ((outcome = ANY (ARRAY['counted'::text, 'pend'::text, 'stop'::text, 'released'::text])))
);
CREATE INDEX cap_use_waiting ON tracking.cap_use USING btree (cap_id, event_id) WHERE (outcome = ANY (ARRAY['pend'::text, 'stop'::text]));

create table tracking.click_key (
  key_no integer generated always as identity not null,
  sealed text not null,
  made_at timestamp with time zone not null,
  begins_at timestamp with time zone not null,
  constraint click_key_pkey PRIMARY KEY (key_no)
);

create table tracking.delivery ( -- row-level security
  delivery_id bigint generated always as identity not null,
  postback_id text not null,
  partner_id text not null,
  event_id bigint,
  occasion text not null,
  dedupe_key text not null,
  "values" jsonb not null,
  state text not null,
  attempts integer default 0 not null,
  next_at timestamp with time zone,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  program_id text,
  window_from timestamp with time zone not null,
  outcome text,
  constraint delivery_pkey PRIMARY KEY (delivery_id),
  constraint delivery_dedupe_key_key UNIQUE (dedupe_key),
  constraint delivery_is_due_or_settled CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL))),
  constraint delivery_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'gave_up'::text, 'archived'::text]))),
  constraint delivery_postback_id_fkey FOREIGN KEY (postback_id) REFERENCES tracking.postback(postback_id),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text])))
);
CREATE INDEX delivery_by_partner ON tracking.delivery USING btree (partner_id, delivery_id DESC);
CREATE INDEX delivery_by_postback ON tracking.delivery USING btree (postback_id, delivery_id DESC);
CREATE INDEX delivery_dead ON tracking.delivery USING btree (postback_id, delivery_id DESC) WHERE (state = 'dead'::text);
CREATE INDEX delivery_due ON tracking.delivery USING btree (postback_id, next_at) WHERE (state = 'waiting'::text);

create table tracking.event ( -- row-level security
  event_id bigint generated always as identity not null,
  program_id text not null,
  source_id text not null,
  type text not null,
  external_id text not null,
  customer_ref text not null,
  customer_id bigint not null,
  partner_id text,
  occurred_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  lane integer not null,
  seq bigint not null,
  line integer default 0 not null,
  currency text,
  measures jsonb default '{}'::jsonb not null,
  quantities jsonb default '{}'::jsonb not null,
  dimensions jsonb default '{}'::jsonb not null,
  click_id text,
  code text,
  partner_hint text,
  bad_click_id text,
  content_hash text not null,
  replaces bigint,
  superseded_by bigint,
  void boolean default false not null,
  revision integer default 1 not null,
  cap text,
  constraint event_pkey PRIMARY KEY (event_id),
  constraint event_cap_check CHECK ((cap = ANY (ARRAY['pend'::text, 'stop'::text])))
);
CREATE INDEX event_by_click ON tracking.event USING btree (click_id) WHERE (click_id IS NOT NULL);
CREATE INDEX event_by_customer ON tracking.event USING btree (customer_id, occurred_at);
CREATE INDEX event_by_partner ON tracking.event USING btree (partner_id, event_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX event_capped ON tracking.event USING btree (program_id, event_id) WHERE ((cap IS NOT NULL) AND (superseded_by IS NULL));
CREATE UNIQUE INDEX event_effective ON tracking.event USING btree (external_id, type, source_id, program_id) WHERE (superseded_by IS NULL);

create table tracking.event_source (
  source_id text not null,
  program_id text not null,
  name text not null,
  token_hash text not null,
  secret text not null,
  require_signature boolean default false not null,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  dialect text default 'tributary'::text not null,
  settings jsonb default '{}'::jsonb not null,
  incumbent_token_hash text,
  incumbent_secret text,
  test boolean default false not null,
  constraint event_source_pkey PRIMARY KEY (source_id),
  constraint event_source_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint event_source_status_check CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text]))),
  constraint event_source_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX event_source_dialect ON tracking.event_source USING btree (dialect) WHERE (dialect <> 'tributary'::text);

create table tracking.link ( -- row-level security
  link_id text not null,
  num integer generated always as identity not null,
  code text not null,
  program_id text not null,
  offer_id text not null,
  partner_id text not null,
  name text default ''::text not null,
  source text default ''::text not null,
  creative text default ''::text not null,
  deep_link text,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  landing_id text,
  utm jsonb default '{}'::jsonb not null,
  targeting jsonb default '{}'::jsonb not null,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  smart_id text,
  constraint link_pkey PRIMARY KEY (link_id),
  constraint link_code_check CHECK (((code ~ '^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){0,4}$'::text) AND ((length(code) >= 3) AND (length(code) <= 120)))),
  constraint link_code_key UNIQUE (code),
  constraint link_landing_id_fkey FOREIGN KEY (landing_id) REFERENCES programs.landing_page(landing_id),
  constraint link_num_key UNIQUE (num),
  constraint link_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint link_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint link_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint link_smart_id_fkey FOREIGN KEY (smart_id) REFERENCES tracking.smart_link(smart_id),
  constraint link_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);
CREATE INDEX link_by_partner ON tracking.link USING btree (partner_id, link_id);
CREATE INDEX link_by_program ON tracking.link USING btree (program_id, link_id);
CREATE INDEX link_by_smart ON tracking.link USING btree (smart_id) WHERE (smart_id IS NOT NULL);

create table tracking.link_alias (
  alias_id bigint generated always as identity not null,
  link_id text not null,
  program_id text not null,
  vendor text not null,
  host text,
  path text not null,
  params jsonb default '{}'::jsonb not null,
  match_key text not null,
  case_sensitive boolean not null,
  address text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint link_alias_pkey PRIMARY KEY (alias_id),
  constraint link_alias_link_id_fkey FOREIGN KEY (link_id) REFERENCES tracking.link(link_id),
  constraint link_alias_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint link_alias_program_id_host_match_key_key UNIQUE NULLS NOT DISTINCT (program_id, host, match_key)
);
CREATE INDEX link_alias_by_key ON tracking.link_alias USING btree (program_id, match_key);
CREATE INDEX link_alias_by_link ON tracking.link_alias USING btree (link_id);

create table tracking.offer_earnings (
  offer_id text not null,
  program_id text not null,
  clicks bigint not null,
  earned_minor bigint not null,
  from_day date not null,
  to_day date not null,
  measured_at timestamp with time zone not null,
  constraint offer_earnings_pkey PRIMARY KEY (offer_id),
  constraint offer_earnings_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint offer_earnings_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);

create table tracking.postback ( -- row-level security
  postback_id text not null,
  partner_id text not null,
  program_id text,
  offer_id text,
  name text default ''::text not null,
  event_types text[] not null,
  method text not null,
  url text not null,
  body text,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  host text not null,
  template text,
  settings jsonb default '{}'::jsonb not null,
  filters jsonb default '{}'::jsonb not null,
  status_words jsonb default '{}'::jsonb not null,
  delay_seconds integer default 0 not null,
  precedence text default 'adds'::text not null,
  constraint postback_pkey PRIMARY KEY (postback_id),
  constraint postback_delay_seconds_check CHECK (((delay_seconds >= 0) AND (delay_seconds <= 604800))),
  constraint postback_method_check CHECK ((method = ANY (ARRAY['GET'::text, 'POST'::text]))),
  constraint postback_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint postback_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint postback_precedence_check CHECK ((precedence = ANY (ARRAY['overrides'::text, 'adds'::text]))),
  constraint postback_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint postback_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);
CREATE INDEX postback_by_partner ON tracking.postback USING btree (partner_id);

create table tracking.postback_secret ( -- row-level security
  secret_id bigint generated always as identity not null,
  postback_id text not null,
  partner_id text not null,
  kind text not null,
  name text default ''::text not null,
  sealed text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint postback_secret_pkey PRIMARY KEY (secret_id),
  constraint postback_secret_kind_check CHECK ((kind = ANY (ARRAY['signing'::text, 'credential'::text]))),
  constraint postback_secret_postback_id_fkey FOREIGN KEY (postback_id) REFERENCES tracking.postback(postback_id)
);
CREATE INDEX postback_secret_by_postback ON tracking.postback_secret USING btree (postback_id);

create table tracking.proof_run ( -- row-level security
  run_id text not null,
  kind text not null,
  state text not null,
  partner_id text not null,
  program_id text not null,
  offer_id text not null,
  link_id text,
  click_id text,
  options jsonb not null,
  result jsonb not null,
  configuration jsonb not null,
  started_by text not null,
  started_name text not null,
  by_partner boolean not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  revision integer default 1 not null,
  constraint proof_run_pkey PRIMARY KEY (run_id),
  constraint proof_run_kind_check CHECK ((kind = ANY (ARRAY['link'::text, 'postback'::text]))),
  constraint proof_run_link_id_fkey FOREIGN KEY (link_id) REFERENCES tracking.link(link_id),
  constraint proof_run_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint proof_run_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint proof_run_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint proof_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'passed'::text, 'failed'::text, 'ended'::text])))
);
CREATE INDEX proof_run_by_offer ON tracking.proof_run USING btree (partner_id, offer_id, run_id DESC);
CREATE INDEX proof_run_by_partner ON tracking.proof_run USING btree (partner_id, run_id DESC);

create table tracking.receipt ( -- row-level security
  lane integer not null,
  seq bigint not null,
  line integer default 0 not null,
  fate text not null,
  reason text,
  detail text,
  event_id bigint,
  partner_id text,
  decided_at timestamp with time zone not null,
  constraint receipt_pkey PRIMARY KEY (lane, seq, line),
  constraint receipt_fate_check CHECK ((fate = ANY (ARRAY['accepted'::text, 'duplicate'::text, 'corrected'::text, 'reversed'::text, 'unattributed'::text, 'rejected'::text, 'test'::text])))
);
CREATE INDEX receipt_of_duplicate ON tracking.receipt USING btree (event_id) WHERE (fate = 'duplicate'::text);

create table tracking.referral_code ( -- row-level security
  code text not null,
  program_id text not null,
  partner_id text not null,
  link_id text,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint referral_code_pkey PRIMARY KEY (program_id, code),
  constraint referral_code_link_id_fkey FOREIGN KEY (link_id) REFERENCES tracking.link(link_id),
  constraint referral_code_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint referral_code_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id)
);

create table tracking.shadow (
  shadow_id text not null,
  program_id text not null,
  name text not null,
  incumbent text not null,
  source_id text,
  time_zone text not null,
  currency text not null,
  types text[] not null,
  tolerance_minutes integer not null,
  late_hours integer not null,
  thresholds jsonb not null,
  status text not null,
  state text not null,
  problem text,
  summary jsonb,
  mappings jsonb default '{}'::jsonb not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint shadow_pkey PRIMARY KEY (shadow_id),
  constraint shadow_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint shadow_source_id_fkey FOREIGN KEY (source_id) REFERENCES tracking.event_source(source_id),
  constraint shadow_state_check CHECK ((state = ANY (ARRAY['idle'::text, 'waiting'::text, 'running'::text, 'failed'::text]))),
  constraint shadow_status_check CHECK ((status = ANY (ARRAY['active'::text, 'closed'::text])))
);
CREATE INDEX shadow_by_program ON tracking.shadow USING btree (program_id, shadow_id);
CREATE UNIQUE INDEX shadow_source ON tracking.shadow USING btree (source_id) WHERE ((source_id IS NOT NULL) AND (status = 'active'::text));

create table tracking.shadow_chunk (
  file_id text not null,
  "position" integer not null,
  bytes bytea not null,
  constraint shadow_chunk_pkey PRIMARY KEY (file_id, "position"),
  constraint shadow_chunk_file_id_fkey FOREIGN KEY (file_id) REFERENCES tracking.shadow_file(file_id)
);

create table tracking.shadow_file (
  file_id text not null,
  shadow_id text not null,
  name text not null,
  kind text not null,
  bytes bigint not null,
  state text not null,
  problem text,
  header_row integer not null,
  columns text[] not null,
  sample jsonb not null,
  mapping jsonb,
  rows integer default 0 not null,
  refused integer default 0 not null,
  covers_from timestamp with time zone,
  covers_to timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint shadow_file_pkey PRIMARY KEY (file_id),
  constraint shadow_file_kind_check CHECK ((kind = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint shadow_file_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES tracking.shadow(shadow_id),
  constraint shadow_file_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'waiting'::text, 'reading'::text, 'read'::text, 'failed'::text])))
);
CREATE INDEX shadow_file_by_shadow ON tracking.shadow_file USING btree (shadow_id, file_id);

create table tracking.shadow_partner (
  shadow_id text not null,
  partner_ref text not null,
  partner_id text,
  by_hand boolean not null,
  constraint shadow_partner_pkey PRIMARY KEY (shadow_id, partner_ref),
  constraint shadow_partner_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners.partner(partner_id),
  constraint shadow_partner_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES tracking.shadow(shadow_id)
);

create table tracking.shadow_refusal (
  file_id text not null,
  line integer not null,
  field text not null,
  value text,
  reason text not null,
  hint text,
  raw text not null,
  constraint shadow_refusal_pkey PRIMARY KEY (file_id, line),
  constraint shadow_refusal_file_id_fkey FOREIGN KEY (file_id) REFERENCES tracking.shadow_file(file_id)
);

create table tracking.shadow_result (
  result_id bigint generated always as identity not null,
  shadow_id text not null,
  class text not null,
  differences text[] not null,
  notes text[] not null,
  matched_by text,
  day date not null,
  partner_id text,
  row_id bigint,
  event_id bigint,
  duplicate_row bigint,
  duplicate_event bigint,
  constraint shadow_result_pkey PRIMARY KEY (result_id),
  constraint shadow_result_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES tracking.shadow(shadow_id)
);
CREATE INDEX shadow_result_by_class ON tracking.shadow_result USING btree (shadow_id, class, result_id);
CREATE INDEX shadow_result_by_day ON tracking.shadow_result USING btree (shadow_id, day, result_id);
CREATE INDEX shadow_result_by_row ON tracking.shadow_result USING btree (row_id) WHERE (row_id IS NOT NULL);

create table tracking.shadow_row (
  row_id bigint generated always as identity not null,
  shadow_id text not null,
  row_key text not null,
  file_id text,
  line integer,
  receipt text,
  occurred_at timestamp with time zone not null,
  type text,
  order_id text,
  click_id text,
  customer_ref text,
  partner_ref text,
  currency text,
  minor bigint,
  status text not null,
  raw jsonb not null,
  constraint shadow_row_pkey PRIMARY KEY (row_id),
  constraint shadow_row_file_id_fkey FOREIGN KEY (file_id) REFERENCES tracking.shadow_file(file_id),
  constraint shadow_row_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES tracking.shadow(shadow_id),
  constraint shadow_row_shadow_id_row_key_key UNIQUE (shadow_id, row_key),
  constraint shadow_row_status_check CHECK ((status = ANY (ARRAY['approved'::text, 'pending'::text, 'rejected'::text])))
);
CREATE INDEX shadow_row_by_time ON tracking.shadow_row USING btree (shadow_id, occurred_at);

create table tracking.shadow_sum (
  shadow_id text not null,
  day date not null,
  partner_id text not null,
  currency text not null,
  compared integer not null,
  agreed integer not null,
  theirs integer not null,
  ours integer not null,
  their_minor bigint not null,
  our_minor bigint not null,
  constraint shadow_sum_pkey PRIMARY KEY (shadow_id, day, partner_id, currency),
  constraint shadow_sum_shadow_id_fkey FOREIGN KEY (shadow_id) REFERENCES tracking.shadow(shadow_id)
);

create table tracking.ship (
  ship_id bigint generated always as identity not null,
  subject text not null,
  lane integer default 0 not null,
  keys bigint[] not null,
  constraint ship_pkey PRIMARY KEY (ship_id),
  constraint ship_subject_check CHECK ((subject = ANY (ARRAY['event'::text, 'customer'::text, 'receipt'::text])))
);

create table tracking.smart_link ( -- row-level security
  smart_id text not null,
  program_id text not null,
  name text not null,
  mode text not null,
  explore smallint not null,
  least_clicks integer not null,
  offer_id text not null,
  options jsonb not null,
  status text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revision integer default 1 not null,
  constraint smart_link_pkey PRIMARY KEY (smart_id),
  constraint smart_link_explore_check CHECK (((explore >= 0) AND (explore <= 100))),
  constraint smart_link_least_clicks_check CHECK ((least_clicks > 0)),
  constraint smart_link_mode_check CHECK ((mode = ANY (ARRAY['weights'::text, 'best'::text]))),
  constraint smart_link_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES programs.offer(offer_id),
  constraint smart_link_program_id_fkey FOREIGN KEY (program_id) REFERENCES programs.program(program_id),
  constraint smart_link_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'archived'::text])))
);
CREATE INDEX smart_link_by_program ON tracking.smart_link USING btree (program_id, smart_id);

create table tracking.test_customer (
  program_id text not null,
  customer_ref text not null,
  click_id text not null,
  until timestamp with time zone not null,
  constraint test_customer_pkey PRIMARY KEY (program_id, customer_ref)
);
CREATE INDEX test_customer_living ON tracking.test_customer USING btree (until);

create table tracking.test_line ( -- row-level security
  lane integer not null,
  seq bigint not null,
  line integer not null,
  program_id text not null,
  source_id text not null,
  door text not null,
  partner_id text,
  offer_id text,
  link_id text,
  click_id text,
  customer_ref text,
  reason text not null,
  detail text,
  sent jsonb not null,
  raw text,
  received_at timestamp with time zone not null,
  constraint test_line_pkey PRIMARY KEY (lane, seq, line)
);
CREATE INDEX test_line_by_click ON tracking.test_line USING btree (click_id, received_at) WHERE (click_id IS NOT NULL);
CREATE INDEX test_line_by_customer ON tracking.test_line USING btree (program_id, customer_ref, received_at) WHERE (customer_ref IS NOT NULL);

create view access.region_of_house as
 SELECT region_id
   FROM programs.region;

create view attribution.rules_shown as
 SELECT program_id,
    version,
    ((rules - 'noOverwritePartners'::text) - 'windows'::text) AS rules,
    valid_from,
    valid_until,
    NULL::text AS created_by,
    created_at,
    ''::text AS reason
   FROM attribution.rules_version;

create view governance.contact_record as
 SELECT contact_id,
    partner_id,
    name,
    email,
    phone,
    role,
    signatory,
    created_at
   FROM partners.contact
  WHERE (left_on IS NULL);

create view governance.full_cap as
 SELECT c.cap_id,
    c.name,
    c.program_id,
    c.partner_id,
    c.status,
    min(n.reached_at) AS reached_at
   FROM (tracking.cap c
     JOIN tracking.cap_count n USING (cap_id))
  WHERE ((c.status = 'active'::text) AND (c.period = 'total'::text) AND (n.reached_at IS NOT NULL))
  GROUP BY c.cap_id;

create view governance.landing_record as
 SELECT g.landing_id,
    g.name,
    g.url,
    g.status,
    g.offer_id,
    o.program_id
   FROM (programs.landing_page g
     JOIN programs.offer o USING (offer_id))
  WHERE ((g.status = 'active'::text) AND (o.status = 'active'::text));

create view governance.link_record as
 SELECT l.link_id,
    l.code,
    l.name,
    l.status,
    l.program_id,
    l.offer_id,
    l.partner_id,
    l.created_at,
    l.valid_to,
    l.revision,
    p.status AS partner_status,
    o.status AS offer_status,
    (EXISTS ( SELECT
           FROM (agreements.agreement a
             JOIN agreements.agreement_version v USING (agreement_id))
          WHERE ((a.partner_id = l.partner_id) AND (a.program_id = l.program_id) AND (v.status = 'accepted'::text)))) AS had_terms,
    (EXISTS ( SELECT
           FROM ((agreements.agreement a
             JOIN agreements.agreement_version v USING (agreement_id))
             JOIN agreements.round r ON (((r.agreement_version_id = v.agreement_version_id) AND (r.round = v.round))))
          WHERE ((a.partner_id = l.partner_id) AND (a.program_id = l.program_id) AND (v.status = 'accepted'::text) AND ((r.valid_to IS NULL) OR (r.valid_to > CURRENT_DATE))))) AS has_terms
   FROM ((tracking.link l
     JOIN partners.partner p USING (partner_id))
     JOIN programs.offer o USING (offer_id));

create view governance.offer_record as
 SELECT offer_id,
    program_id,
    code,
    name,
    status,
    description,
    landing_url,
    owner_user_id,
    tags,
    allowed_countries,
    ends_at,
    created_at
   FROM programs.offer;

create view governance.offer_state as
 SELECT offer_id,
    name,
    program_id,
    status,
    landing_url,
    ends_at,
    created_at,
    revision,
    (( SELECT count(*) AS count
           FROM tracking.link l
          WHERE ((l.offer_id = o.offer_id) AND (l.status = 'active'::text))))::integer AS live_links,
    ( SELECT max(t.last_day) AS max
           FROM (tracking.link l
             JOIN governance.traffic t USING (link_id))
          WHERE (l.offer_id = o.offer_id)) AS last_day
   FROM programs.offer o;

create view governance.partner_record as
 SELECT p.partner_id,
    p.code,
    p.name,
    p.legal_name,
    p.kind,
    p.status,
    p.region_id,
    p.country,
    p.language,
    p.email,
    p.website,
    p.owner_user_id,
    p.deputy_user_id,
    p.entity,
    p.parent_partner_id,
    p.tags,
    p.note,
    p.created_at,
    p.activated_at,
    people.contacts,
    people.signatories,
    (( SELECT count(*) AS count
           FROM partners.participation m
          WHERE (m.partner_id = p.partner_id)))::integer AS programs,
    (( SELECT count(*) AS count
           FROM tracking.link l
          WHERE ((l.partner_id = p.partner_id) AND (l.status = 'active'::text))))::integer AS links,
    COALESCE(( SELECT e.at
           FROM audit.entry e
          WHERE (e.partner_id = p.partner_id)
          ORDER BY e.seq DESC
         LIMIT 1), p.created_at) AS changed_at
   FROM (partners.partner p
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS contacts,
            (count(*) FILTER (WHERE c.signatory))::integer AS signatories
           FROM partners.contact c
          WHERE ((c.partner_id = p.partner_id) AND (c.left_on IS NULL))) people)
  WHERE (p.merged_into IS NULL);

create view governance.partner_seat_text as
 SELECT partner_id,
    name,
    legal_name,
    email,
    website,
    code
   FROM partners.partner
  WHERE (merged_into IS NULL);

create view governance.seat as
 SELECT partner_id,
    name,
    region_id,
    owner_user_id,
    status
   FROM partners.partner;

create view governance.trail as
 SELECT seq,
    at,
    action,
    subject_kind,
    subject_id,
    partner_id
   FROM audit.entry;

create view ledger.posting as
 SELECT t.transfer_id,
    a.account_id,
    side.amount_minor
   FROM ((ledger.transfer t
     CROSS JOIN LATERAL ( VALUES (t.debit_account,t.amount_minor), (t.credit_account,(- t.amount_minor))) side(account_number, amount_minor))
     JOIN ledger.account a USING (account_number));

create view morning.alert as
 SELECT alert_id,
    program_id,
    partner_id,
    kind,
    event_type,
    direction,
    state,
    since,
    expected,
    seen,
    chance,
    acknowledged_by,
    muted_until
   FROM health.alert
  WHERE (state <> 'closed'::text);

create view morning.cap as
 SELECT c.cap_id,
    c.name,
    c.program_id,
    COALESCE(c.partner_id, NULLIF(n.partner_id, ''::text)) AS partner_id,
    c.metric,
    c.most,
    c.period,
    n.used,
    n.near_at,
    n.reached_at,
    n.period_from
   FROM (tracking.cap c
     JOIN tracking.cap_count n USING (cap_id))
  WHERE ((c.status = 'active'::text) AND (n.near_at IS NOT NULL));

create view morning.document as
 SELECT document_id,
    partner_id,
    kind,
    expires_on
   FROM compliance.document
  WHERE ((state = 'accepted'::text) AND (expires_on IS NOT NULL) AND (replaced_by IS NULL));

create view morning.earned as
 SELECT partner_id,
    program_id,
    currency,
    month,
    earned_on,
    difference_minor
   FROM commissions.line;

create view morning.fault as
 SELECT partner_id,
    (count(*))::integer AS faults,
    (sum(weight))::integer AS weight
   FROM governance.finding
  WHERE ((NOT excepted) AND (partner_id IS NOT NULL) AND (severity = ANY (ARRAY['high'::text, 'critical'::text])))
  GROUP BY partner_id;

create view morning.last_contact as
 SELECT DISTINCT ON (partner_id) partner_id,
    activity_id,
    kind,
    direction,
    subject,
    at
   FROM pipeline.activity
  WHERE ((partner_id IS NOT NULL) AND (kind = ANY (ARRAY['mail'::text, 'call'::text, 'meeting'::text])))
  ORDER BY partner_id, at DESC, activity_id DESC;

create view morning.open_adjustment as
 SELECT adjustment_id,
    partner_id,
    program_id,
    currency,
    amount_minor,
    reason,
    proposed_by,
    proposed_at
   FROM commissions.adjustment
  WHERE (status = 'proposed'::text);

create view morning.open_hit as
 SELECT hit_id,
    partner_id,
    subject_name,
    list,
    score,
    state
   FROM compliance.hit h
  WHERE (state = ANY (ARRAY['open'::text, 'proposed'::text]));

create view morning.open_inquiry as
 SELECT inquiry_id,
    partner_id,
    subject,
    state,
    answer_by,
    opened_at,
    ( SELECT m.from_partner
           FROM statements.inquiry_message m
          WHERE (m.inquiry_id = i.inquiry_id)
          ORDER BY m.message_id DESC
         LIMIT 1) AS partner_spoke_last
   FROM statements.inquiry i
  WHERE (state = ANY (ARRAY['open'::text, 'answered'::text]));

create view morning.open_task as
 SELECT task_id,
    lead_id,
    partner_id,
    title,
    owner_user_id,
    due_at
   FROM pipeline.task
  WHERE (state = 'open'::text);

create view morning.payable as
 SELECT a.owner AS partner_id,
    a.currency,
    b.amount_minor
   FROM (ledger.account a
     JOIN ledger.balance b USING (account_id))
  WHERE ((a.kind = 'partner_payable'::text) AND (b.amount_minor <> 0));

create view morning.reached_tier as
 SELECT partner_id,
    program_id,
    component,
    month,
    currency,
    amount_minor,
    agreement_version_id,
    line_id,
    working
   FROM commissions.line l;

create view morning.running_case as
 SELECT case_id,
    procedure,
    partner_id,
    program_id,
    stage,
    stage_since,
    due_at,
    started_at,
    (( SELECT count(*) AS count
           FROM procedures.wait w
          WHERE ((w.case_id = c.case_id) AND (w.until_at IS NULL))))::integer AS waits,
    ( SELECT w.key
           FROM procedures.wait w
          WHERE ((w.case_id = c.case_id) AND (w.until_at IS NULL))
          ORDER BY w.due_at, w.wait_id
         LIMIT 1) AS first_wait,
    ( SELECT w.role
           FROM procedures.wait w
          WHERE ((w.case_id = c.case_id) AND (w.until_at IS NULL))
          ORDER BY w.due_at, w.wait_id
         LIMIT 1) AS first_role
   FROM procedures."case" c
  WHERE ((status = 'running'::text) AND (partner_id IS NOT NULL));

create view morning.seat as
 SELECT partner_id,
    name,
    region_id,
    owner_user_id,
    deputy_user_id,
    status,
    kind,
    created_at,
    activated_at
   FROM partners.partner
  WHERE (merged_into IS NULL);

create view morning.terms as
 SELECT a.agreement_id,
    a.partner_id,
    a.program_id,
    v.agreement_version_id,
    v.version,
    v.status,
    r.author,
    r.valid_from,
    r.valid_to,
    r.plan,
    r.plan_version_id,
    r.made_at
   FROM ((agreements.agreement a
     JOIN agreements.agreement_version v USING (agreement_id))
     JOIN agreements.round r ON (((r.agreement_version_id = v.agreement_version_id) AND (r.round = v.round))));

create view morning.verified_payee as
 SELECT DISTINCT s.partner_id
   FROM (payees.assignment s
     JOIN payees.payee p USING (payee_id))
  WHERE ((s.status = 'approved'::text) AND (p.status = 'verified'::text) AND ((s.valid_to IS NULL) OR (s.valid_to > CURRENT_DATE)));

create view reporting.commission_line as
 SELECT line_id,
    partner_id,
    program_id,
    component,
    month,
    booked_month,
    earned_on,
    currency,
    difference_minor,
    calculated_at,
    subject_kind,
    subject_id
   FROM commissions.line;

create view reporting.customer as
 SELECT c.customer_id,
    c.program_id,
    c.customer_ref,
    c.first_seen,
    c.partner_id,
    c.offer_id,
    c.link_id,
    c.click_id,
    c.country,
    c.reason,
    c.bound_at,
    m.registered_at,
    m.kyc_at,
    m.ftd_at,
    m.ftd_minor,
    m.ftd_currency,
    m.second_deposit_at
   FROM (attribution.customer c
     LEFT JOIN commissions.milestone m USING (customer_id));

create view reporting.event as
 SELECT e.event_id,
    e.program_id,
    e.type,
    e.source_id,
    e.external_id,
    e.customer_id,
    e.customer_ref,
    e.occurred_at,
    e.received_at,
    e.lane,
    e.seq,
    e.line,
    e.currency,
    e.measures,
    e.quantities,
    e.dimensions,
    e.replaces,
    e.superseded_by,
    e.void,
    d.day,
        CASE
            WHEN c.now THEN c.partner_id
            ELSE f.partner_id
        END AS partner_id,
        CASE
            WHEN c.now THEN c.offer_id
            ELSE f.offer_id
        END AS offer_id,
        CASE
            WHEN c.now THEN c.link_id
            ELSE f.link_id
        END AS link_id,
        CASE
            WHEN c.now THEN c.click_id
            ELSE f.click_id
        END AS click_id
   FROM ((((tracking.event e
     JOIN programs.program p USING (program_id))
     CROSS JOIN LATERAL ( SELECT ((e.occurred_at AT TIME ZONE p.time_zone))::date AS day) d)
     LEFT JOIN LATERAL ( SELECT c_1.partner_id,
            c_1.offer_id,
            c_1.link_id,
            c_1.click_id,
            (((c_1.owned_from IS NULL) OR (c_1.owned_from <= d.day)) AND ((c_1.owned_until IS NULL) OR (c_1.owned_until > d.day))) AS now
           FROM attribution.customer c_1
          WHERE (c_1.customer_id = e.customer_id)) c ON (true))
     LEFT JOIN LATERAL ( SELECT f_1.partner_id,
            f_1.offer_id,
            f_1.link_id,
            f_1.click_id
           FROM attribution.former_owner f_1
          WHERE ((NOT c.now) AND (f_1.customer_id = e.customer_id) AND ((f_1.owned_from IS NULL) OR (f_1.owned_from <= d.day)) AND ((f_1.owned_until IS NULL) OR (f_1.owned_until > d.day)))
          ORDER BY f_1."position"
         LIMIT 1) f ON (true));

create view reporting.events_cursor as
 SELECT lane,
    next_seq,
    done
   FROM intake.cursor
  WHERE (consumer = 'events'::text);

create view reporting.held_commission as
 SELECT partner_id,
    program_id,
    currency,
    held_minor,
    held_until
   FROM commissions.held;

create view reporting.intake_entry as
 SELECT lane,
    seq,
    kind,
    received_at,
    body
   FROM intake.entry;

create view reporting.intake_lane as
 SELECT lane,
    (closed_at IS NOT NULL) AS closed,
    purged_seq
   FROM intake.lane;

create view reporting.landing_page as
 SELECT landing_id,
    offer_id,
    name
   FROM programs.landing_page;

create view reporting.link as
 SELECT link_id,
    num,
    code,
    name,
    program_id,
    offer_id,
    partner_id,
    status
   FROM tracking.link;

create view reporting.offer as
 SELECT offer_id,
    program_id,
    code,
    name,
    status
   FROM programs.offer;

create view reporting.partner as
 SELECT partner_id,
    code,
    name,
    kind,
    status,
    country,
    region_id,
    owner_user_id,
    parent_partner_id,
    created_at,
    activated_at
   FROM partners.partner;

create view reporting.program as
 SELECT program_id,
    code,
    name,
    status,
    time_zone,
    currency
   FROM programs.program;

create view reporting.receipt as
 SELECT lane,
    seq,
    line,
    fate,
    reason,
    detail,
    event_id,
    partner_id,
    decided_at
   FROM tracking.receipt;

create view reporting.ship as
 SELECT ship_id,
    subject,
    lane,
    keys
   FROM tracking.ship;

create view reporting.waiting as
 SELECT 'agreements_to_approve'::text AS kind,
    a.partner_id,
    a.program_id,
    v.submitted_at AS since
   FROM (agreements.agreement_version v
     JOIN agreements.agreement a USING (agreement_id))
  WHERE (v.status = 'proposed'::text)
UNION ALL
 SELECT 'agreements_to_send'::text AS kind,
    a.partner_id,
    a.program_id,
    v.approved_at AS since
   FROM (agreements.agreement_version v
     JOIN agreements.agreement a USING (agreement_id))
  WHERE (v.status = 'approved'::text)
UNION ALL
 SELECT 'agreements_to_accept'::text AS kind,
    a.partner_id,
    a.program_id,
    r.shown_at AS since
   FROM ((agreements.agreement_version v
     JOIN agreements.agreement a USING (agreement_id))
     JOIN agreements.round r USING (agreement_version_id, round))
  WHERE (v.status = 'sent'::text)
UNION ALL
 SELECT 'agreements_countered'::text AS kind,
    a.partner_id,
    a.program_id,
    r.made_at AS since
   FROM ((agreements.agreement_version v
     JOIN agreements.agreement a USING (agreement_id))
     JOIN agreements.round r USING (agreement_version_id, round))
  WHERE (v.status = 'countered'::text)
UNION ALL
 SELECT 'agreements_ending'::text AS kind,
    a.partner_id,
    a.program_id,
    ((r.valid_to - 30))::timestamp with time zone AS since
   FROM ((agreements.agreement_version v
     JOIN agreements.agreement a USING (agreement_id))
     JOIN agreements.round r USING (agreement_version_id, round))
  WHERE ((v.status = 'accepted'::text) AND (r.valid_to > CURRENT_DATE))
UNION ALL
 SELECT 'adjustments_to_approve'::text AS kind,
    adjustment.partner_id,
    adjustment.program_id,
    adjustment.proposed_at AS since
   FROM commissions.adjustment
  WHERE (adjustment.status = 'proposed'::text)
UNION ALL
 SELECT 'statements_to_close'::text AS kind,
    statement.partner_id,
    NULL::text AS program_id,
    ((statement.month + '1 mon'::interval))::timestamp with time zone AS since
   FROM statements.statement
  WHERE (statement.status = 'open'::text)
UNION ALL
 SELECT 'statements_to_pay'::text AS kind,
    statement.partner_id,
    NULL::text AS program_id,
    statement.closed_at AS since
   FROM statements.statement
  WHERE ((statement.status = 'closed'::text) AND (statement.closing_minor > 0))
UNION ALL
 SELECT 'partners_in_onboarding'::text AS kind,
    partner.partner_id,
    NULL::text AS program_id,
    partner.created_at AS since
   FROM partners.partner
  WHERE (partner.status = 'onboarding'::text)
UNION ALL
 SELECT 'postbacks_dead'::text AS kind,
    d.partner_id,
    p.program_id,
    d.settled_at AS since
   FROM (tracking.delivery d
     JOIN tracking.postback p USING (postback_id))
  WHERE (d.state = 'dead'::text);

CREATE OR REPLACE FUNCTION audit.keys_of(people text[])
 RETURNS TABLE(person_id text, key bytea)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into audit.person_key (person_id, key)
    select distinct wanted, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')) from unnest(people) wanted
     where not exists (select from audit.person_key known where known.person_id = wanted)
    on conflict do nothing;
  return query select known.person_id, known.key from audit.person_key known where known.person_id = any(people);
end $function$
;

CREATE OR REPLACE FUNCTION audit.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit.% is append only', tg_table_name using errcode = 'integrity_constraint_violation';
end $function$
;

CREATE OR REPLACE FUNCTION commissions.refuse_changed_evidence()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status in ('done', 'failed', 'cancelled') then
    raise exception 'simulation % is finished and never changes', old.simulation_id;
  end if;
  return coalesce(new, old);
end $function$
;

CREATE OR REPLACE FUNCTION database.announce(name text, payload json)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if database.in_sets(name) then
    insert into database.notice (name, payload) values (announce.name, announce.payload);
    perform database.call_for(name);
  else
    perform graphile_worker.add_job(identifier => name, payload => payload, priority =>
      case when name in (
        'commissions.simulate', 'attribution.replay', 'runs.advance', 'integrations.work', 'partners.bulk_work',
        'reconciliation.side_file', 'reconciliation.compare', 'tracking.shadow_file', 'tracking.shadow_look', 'tracking.shadow_compare')
      then -10 else 0 end);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION database.announce_many(name text, payloads json[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if database.in_sets(name) then
    insert into database.notice (name, payload) select announce_many.name, p from unnest(payloads) p;
    if found then perform database.call_for(name); end if;
  else
    perform graphile_worker.add_jobs(array(
      select row(name, p, null, null, null, null, null, null)::graphile_worker.job_spec from unnest(payloads) p));
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION database.answer_calls(name text)
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select graphile_worker.complete_jobs(array(
    select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = answer_calls.name and j.locked_at is null and j.payload::text = '{"standing": true}'))
$function$
;

CREATE OR REPLACE FUNCTION database.call_for(name text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  -- Ends with the transaction, and with a savepoint that is rolled back, just as the job does.
  called constant text := 'tributary.called_for_' || replace(name, '.', '_');
begin
  if current_setting(called, true) = 'yes' then return; end if;
  perform set_config(called, 'yes', true);
  perform graphile_worker.add_job(identifier => name, payload => '{"standing": true}');
end $function$
;

CREATE OR REPLACE FUNCTION database.forget_unheard(heard text[])
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select graphile_worker.complete_jobs(array(
    select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier <> all (heard) and j.locked_at is null and j.run_at < now() - interval '1 hour'))
$function$
;

CREATE OR REPLACE FUNCTION database.in_sets(name text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select name in ('partners.created', 'partners.status_changed', 'procedures.look', 'procedures.stage_entered', 'procedures.case_finished',
    'governance.partners', 'compliance.document_decided', 'compliance.risk_rated', 'payees.changed')
$function$
;

CREATE OR REPLACE FUNCTION database.notice_alone(id bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  one database.notice;
begin
  delete from database.notice where notice_id = id returning * into one;
  if found then perform graphile_worker.add_job(identifier => one.name, payload => one.payload, run_at => now() + interval '10 seconds'); end if;
end $function$
;

CREATE OR REPLACE FUNCTION database.partner()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('tributary.partner_id', true), '') $function$
;

CREATE OR REPLACE FUNCTION invoices.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    raise exception 'an invoice is never deleted: %', old.full_number;
  end if;
  if (new.invoice_id, new.kind, new.payee_id, new.partner_id, new.currency, new.series, new.year, new.number, new.full_number, new.issued_on, new.net_minor,
      new.vat_minor, new.corrects, new.file_id, new.created_by, new.created_at)
     is distinct from
     (old.invoice_id, old.kind, old.payee_id, old.partner_id, old.currency, old.series, old.year, old.number, old.full_number, old.issued_on, old.net_minor,
      old.vat_minor, old.corrects, old.file_id, old.created_by, old.created_at) then
    raise exception 'an invoice is never edited: %', old.full_number;
  end if;
  if (new.document_hash, new.withheld_minor) is distinct from (old.document_hash, old.withheld_minor)
     and not (old.kind = 'uploaded' and old.state = 'received') then
    raise exception 'an invoice is never edited: %', old.full_number;
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '%.% is append only', tg_table_schema, tg_table_name using errcode = 'integrity_constraint_violation';
end $function$
;

CREATE OR REPLACE FUNCTION morning.ask_for_news(sources text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select graphile_worker.add_job(identifier => 'morning.news', payload => to_json(sources), run_at => now() + interval '3 seconds',
    job_key => 'morning.news', job_key_mode => 'preserve_run_at')
$function$
;

CREATE OR REPLACE FUNCTION onboarding.refuse_rewriting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (new.content, new.sha256, new.document, new.frozen_at, new.partner_id) is distinct from (old.content, old.sha256, old.document, old.frozen_at, old.partner_id)
    then raise exception 'a frozen handover is never rewritten'; end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION partners.contact_words(name text, email text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 100000
AS $function$
begin
  return partners.words_of(name || ' ' || email);
end $function$
;

CREATE OR REPLACE FUNCTION partners.fold(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
declare folded text := lower(given);
begin
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  folded := translate(folded,
    'àáâãåāăąäçćčďèéêëēėęěğģìíîïīįıķĺļľñńņňòóôõöøōőŕřśşšșťţțùúûüūůűųýÿźżžłđð' || 'абвгдезийклмнопрстуфыэёіїєґ' || 'αβγδεζηικλμνοπρσςτυφωάέήίόύώ' || 'ъь',
    'aaaaaaaaacccdeeeeeeeeggiiiiiiiklllnnnnoooooooorrssssttt' || 'uuuuuuuuyyzzzldd' || 'abvgdeziiklmnoprstufyeeiieg' || 'abgdeziiklmnoprsstyfoaeiioyo');
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  folded := replace(replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ж', 'zh');
  folded := replace(replace(replace(replace(replace(folded, 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'shch');
  folded := replace(replace(replace(replace(replace(folded, 'ю', 'yu'), 'я', 'ya'), 'χ', 'ch'), 'ψ', 'ps'), 'θ', 'th');
  if octet_length(folded) = length(folded) then
    return folded;
  end if;
  return lower(regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f]', '', 'g'));
end $function$
;

CREATE OR REPLACE FUNCTION partners.forms_of(word text)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select word
  union
  select substr(word, 1, at - 1) || substr(word, at + 1) from generate_series(1, length(word)) at where length(word) between 3 and 20
$function$
;

CREATE OR REPLACE FUNCTION partners.host_key(website text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN NULLIF(regexp_replace(regexp_replace(lower(website), '^[a-z]+://'::text, ''::text), '^www\.|[/:?#].*$'::text, ''::text, 'g'::text), ''::text)
;

CREATE OR REPLACE FUNCTION partners.learn_words(most integer DEFAULT 20000)
 RETURNS bigint
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare seen bigint;
begin
  with taken as (delete from partners.search_new where ctid = any(array(select ctid from partners.search_new limit most)) returning record_id),
       records as (select distinct record_id from taken),
       words as (
         select unnest(partners.partner_words(p.name, p.legal_name, p.code, p.website, p.email)) as word
           from partners.partner p join records on records.record_id = p.partner_id
         union all
         select unnest(partners.contact_words(c.name, c.email)) from partners.contact c join records on records.record_id = c.contact_id),
       counted as (select word, count(*) as uses from words where length(word) between 2 and 40 group by word),
       usual as (update partners.search_word known set uses = known.uses + counted.uses from counted where known.word = counted.word returning known.word),
       fresh as (
         insert into partners.search_word (word, uses) select word, uses from counted where word not in (select word from usual)
         on conflict do nothing returning word),
       forms as (
         insert into partners.search_typo (form, word) select form, fresh.word from fresh, partners.forms_of(fresh.word) form on conflict do nothing)
  select count(*) into seen from taken;
  return seen;
end $function$
;

CREATE OR REPLACE FUNCTION partners.mail_key(email text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN NULLIF(split_part(lower(email), '@'::text, 2), ''::text)
;

CREATE OR REPLACE FUNCTION partners.name_key(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN NULLIF(regexp_replace(regexp_replace(lower(name), '\m(ltd|limited|llc|inc|gmbh|s\.?l\.?u?|s\.?a\.?|b\.?v\.?|plc|co|corp|the)\M\.?'::text, ''::text, 'g'::text), '[^[:alnum:]]'::text, ''::text, 'g'::text), ''::text)
;

CREATE OR REPLACE FUNCTION partners.note_contact_words()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into partners.search_new (record_id) select fresh.contact_id from fresh;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION partners.note_partner_words()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into partners.search_new (record_id) select fresh.partner_id from fresh;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION partners.partner_words(name text, legal_name text, code text, website text, email text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 100000
AS $function$
begin
  return partners.words_of(name || ' ' || legal_name || ' ' || code || ' ' || website || ' ' || email);
end $function$
;

CREATE OR REPLACE FUNCTION partners.phone_key(number text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE WHEN (length(regexp_replace(number, '[^0-9]'::text, ''::text, 'g'::text)) >= 7) THEN "right"(regexp_replace(number, '[^0-9]'::text, ''::text, 'g'::text), 9) ELSE NULL::text END
;

CREATE OR REPLACE FUNCTION partners.remove_unused(kind text, ids text[])
 RETURNS SETOF text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  one record;
  held text[] := '{}';
  more text[];
begin
  for one in
    select c.conrelid::regclass as relation, a.attname as name
      from pg_constraint c
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.conparentid = 0 and cardinality(c.conkey) = 1
       and c.confrelid = case kind when 'partner' then 'partners.partner'::regclass else 'partners.contact'::regclass end
       and c.conrelid <> all (array['partners.parent_period'::regclass, 'partners.field_value'::regclass])
  loop
    execute format('select array_agg(distinct %1$I::text) from %2$s where %1$I = any ($1)', one.name, one.relation) into more using ids;
    held := held || coalesce(more, '{}');
  end loop;
  if kind = 'partner' then
    select held || coalesce(array_agg(distinct parent_partner_id), '{}') into held from partners.parent_period where parent_partner_id = any (ids);
    delete from partners.parent_period where partner_id = any (ids) and partner_id <> all (held);
    delete from partners.field_value where partner_id = any (ids) and partner_id <> all (held);
    return query delete from partners.partner p where p.partner_id = any (ids) and p.partner_id <> all (held) returning p.partner_id;
  else
    return query delete from partners.contact c where c.contact_id = any (ids) and c.contact_id <> all (held) returning c.contact_id;
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION partners.sign_key(number text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN NULLIF(regexp_replace(lower(number), '[^[:alnum:]]'::text, ''::text, 'g'::text), ''::text)
;

CREATE OR REPLACE FUNCTION partners.words_of(given text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 100000
AS $function$
declare
  signs constant text := E'.,;:-_@/\\()[]{}<>|&+*#!?=~^$%`\'"\u2018\u2019\u201c\u201d\u2013\u2014\u00ab\u00bb\n\t\r';
  text_of text := coalesce(given, '');
  variants text := '';
begin
  if octet_length(text_of) <> length(text_of) and lower(text_of) ~ '[äöü]' then
    variants := ' ' || replace(replace(replace(lower(text_of), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue');
  end if;
  return array_remove(string_to_array(translate(partners.fold(text_of || variants), signs, repeat(' ', length(signs))), ' '), '');
end $function$
;

CREATE OR REPLACE FUNCTION payees.is_own(payee text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from payees.payee p where p.payee_id = payee and p.partner_id = database.partner())
      or exists (select from payees.assignment a where a.payee_id = payee and a.partner_id = database.partner() and a.status <> 'refused')
$function$
;

CREATE OR REPLACE FUNCTION procedures.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is only ever added to', tg_table_name;
end $function$
;

CREATE OR REPLACE FUNCTION procedures.refuse_published_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state = 'published' then raise exception 'a published version is never changed'; end if;
  return coalesce(new, old);
end $function$
;

CREATE OR REPLACE FUNCTION public.cash_dist(money, money)
 RETURNS money
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$cash_dist$function$
;

CREATE OR REPLACE FUNCTION public.date_dist(date, date)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$date_dist$function$
;

CREATE OR REPLACE FUNCTION public.float4_dist(real, real)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$float4_dist$function$
;

CREATE OR REPLACE FUNCTION public.float8_dist(double precision, double precision)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$float8_dist$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_consistent(internal, bit, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bit_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_consistent(internal, boolean, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_same(gbtreekey2, gbtreekey2, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bool_union(internal, internal)
 RETURNS gbtreekey2
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_consistent(internal, character, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_consistent(internal, bytea, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_bytea_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_consistent(internal, money, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_distance(internal, money, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_cash_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_consistent(internal, date, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_distance(internal, date, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_date_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_decompress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_consistent(internal, anyenum, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_enum_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_consistent(internal, real, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_distance(internal, real, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float4_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_consistent(internal, double precision, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_distance(internal, double precision, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_float8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_consistent(internal, inet, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_inet_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_consistent(internal, smallint, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_distance(internal, smallint, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_same(gbtreekey4, gbtreekey4, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int2_union(internal, internal)
 RETURNS gbtreekey4
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_consistent(internal, integer, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_distance(internal, integer, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int4_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_consistent(internal, bigint, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_distance(internal, bigint, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_int8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_consistent(internal, interval, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_decompress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_distance(internal, interval, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_same(gbtreekey32, gbtreekey32, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_intv_union(internal, internal)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_consistent(internal, macaddr8, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_consistent(internal, macaddr, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macad_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_macaddr_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macaddr_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_consistent(internal, numeric, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_numeric_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_consistent(internal, oid, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_distance(internal, oid, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_oid_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_consistent(internal, text, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_text_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_consistent(internal, time without time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_distance(internal, time without time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_time_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_timetz_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_timetz_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_timetz_consistent(internal, time with time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_timetz_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_consistent(internal, timestamp without time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_distance(internal, timestamp without time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_ts_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_tstz_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_tstz_consistent(internal, timestamp with time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_tstz_distance(internal, timestamp with time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_distance$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_compress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_consistent(internal, uuid, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_same(gbtreekey32, gbtreekey32, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_same$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbt_uuid_union(internal, internal)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_union$function$
;

CREATE OR REPLACE FUNCTION public.gbt_var_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_var_decompress$function$
;

CREATE OR REPLACE FUNCTION public.gbt_var_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_var_fetch$function$
;

CREATE OR REPLACE FUNCTION public.gbt_varbit_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_varbit_sortsupport$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey16_in(cstring)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey16_out(gbtreekey16)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey2_in(cstring)
 RETURNS gbtreekey2
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey2_out(gbtreekey2)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey32_in(cstring)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey32_out(gbtreekey32)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey4_in(cstring)
 RETURNS gbtreekey4
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey4_out(gbtreekey4)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey8_in(cstring)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey8_out(gbtreekey8)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey_var_in(cstring)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$
;

CREATE OR REPLACE FUNCTION public.gbtreekey_var_out(gbtreekey_var)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$
;

CREATE OR REPLACE FUNCTION public.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_extract_query_trgm$function$
;

CREATE OR REPLACE FUNCTION public.gin_extract_value_trgm(text, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_extract_value_trgm$function$
;

CREATE OR REPLACE FUNCTION public.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_trgm_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal)
 RETURNS "char"
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_trgm_triconsistent$function$
;

CREATE OR REPLACE FUNCTION public.gist_translate_cmptype_btree(integer)
 RETURNS smallint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gist_translate_cmptype_btree$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_compress$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_consistent(internal, text, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_consistent$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_decompress$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_distance(internal, text, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_distance$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_in(cstring)
 RETURNS gtrgm
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_in$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_options(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE
AS '$libdir/pg_trgm', $function$gtrgm_options$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_out(gtrgm)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_out$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_penalty$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_picksplit$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_same(gtrgm, gtrgm, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_same$function$
;

CREATE OR REPLACE FUNCTION public.gtrgm_union(internal, internal)
 RETURNS gtrgm
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_union$function$
;

CREATE OR REPLACE FUNCTION public.int2_dist(smallint, smallint)
 RETURNS smallint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int2_dist$function$
;

CREATE OR REPLACE FUNCTION public.int4_dist(integer, integer)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int4_dist$function$
;

CREATE OR REPLACE FUNCTION public.int8_dist(bigint, bigint)
 RETURNS bigint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int8_dist$function$
;

CREATE OR REPLACE FUNCTION public.interval_dist(interval, interval)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$interval_dist$function$
;

CREATE OR REPLACE FUNCTION public.oid_dist(oid, oid)
 RETURNS oid
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$oid_dist$function$
;

CREATE OR REPLACE FUNCTION public.set_limit(real)
 RETURNS real
 LANGUAGE c
 STRICT
AS '$libdir/pg_trgm', $function$set_limit$function$
;

CREATE OR REPLACE FUNCTION public.show_limit()
 RETURNS real
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$show_limit$function$
;

CREATE OR REPLACE FUNCTION public.show_trgm(text)
 RETURNS text[]
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$show_trgm$function$
;

CREATE OR REPLACE FUNCTION public.similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity$function$
;

CREATE OR REPLACE FUNCTION public.similarity_dist(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity_dist$function$
;

CREATE OR REPLACE FUNCTION public.similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity_op$function$
;

CREATE OR REPLACE FUNCTION public.strict_word_similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity$function$
;

CREATE OR REPLACE FUNCTION public.strict_word_similarity_commutator_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_commutator_op$function$
;

CREATE OR REPLACE FUNCTION public.strict_word_similarity_dist_commutator_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_dist_commutator_op$function$
;

CREATE OR REPLACE FUNCTION public.strict_word_similarity_dist_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_dist_op$function$
;

CREATE OR REPLACE FUNCTION public.strict_word_similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_op$function$
;

CREATE OR REPLACE FUNCTION public.time_dist(time without time zone, time without time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$time_dist$function$
;

CREATE OR REPLACE FUNCTION public.ts_dist(timestamp without time zone, timestamp without time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$ts_dist$function$
;

CREATE OR REPLACE FUNCTION public.tstz_dist(timestamp with time zone, timestamp with time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$tstz_dist$function$
;

CREATE OR REPLACE FUNCTION public.word_similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity$function$
;

CREATE OR REPLACE FUNCTION public.word_similarity_commutator_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_commutator_op$function$
;

CREATE OR REPLACE FUNCTION public.word_similarity_dist_commutator_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_dist_commutator_op$function$
;

CREATE OR REPLACE FUNCTION public.word_similarity_dist_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_dist_op$function$
;

CREATE OR REPLACE FUNCTION public.word_similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_op$function$
;

CREATE TRIGGER contact_words_of_changed AFTER UPDATE ON partners.contact REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION partners.note_contact_words();

CREATE TRIGGER contact_words_of_new AFTER INSERT ON partners.contact REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION partners.note_contact_words();

CREATE TRIGGER course_append_only BEFORE DELETE OR UPDATE ON runs.course FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER entry_append_only BEFORE DELETE OR UPDATE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER evidence_append_only BEFORE DELETE OR UPDATE ON procedures.evidence FOR EACH ROW EXECUTE FUNCTION procedures.refuse_change();

CREATE TRIGGER exported_append_only BEFORE DELETE OR UPDATE ON ledger.exported FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER handover_frozen BEFORE UPDATE ON onboarding.handover FOR EACH ROW EXECUTE FUNCTION onboarding.refuse_rewriting();

CREATE TRIGGER head_never_removed BEFORE DELETE ON audit.head FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

CREATE TRIGGER history_append_only BEFORE DELETE OR UPDATE ON procedures.history FOR EACH ROW EXECUTE FUNCTION procedures.refuse_change();

CREATE TRIGGER line_append_only BEFORE DELETE OR UPDATE ON commissions.line FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER never_edited BEFORE DELETE OR UPDATE ON invoices.invoice FOR EACH ROW EXECUTE FUNCTION invoices.refuse_change();

CREATE TRIGGER partner_words_of_changed AFTER UPDATE ON partners.partner REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION partners.note_partner_words();

CREATE TRIGGER partner_words_of_new AFTER INSERT ON partners.partner REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION partners.note_partner_words();

CREATE TRIGGER simulation_final BEFORE DELETE OR UPDATE ON commissions.simulation FOR EACH ROW EXECUTE FUNCTION commissions.refuse_changed_evidence();

CREATE TRIGGER transfer_append_only BEFORE DELETE OR UPDATE ON ledger.transfer FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER version_final BEFORE DELETE OR UPDATE ON procedures.version FOR EACH ROW EXECUTE FUNCTION procedures.refuse_published_change();

create policy own_partner on access.api_key for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on access.invitation for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_people on access.role_grant for all to tributary_portal using ((user_id IN ( SELECT "user".id
   FROM access."user"))) with check (((user_id IN ( SELECT "user".id
   FROM access."user")) AND (scope_kind = 'partner'::text) AND (scope_id = ( SELECT database.partner() AS partner)) AND (role = ANY (ARRAY['partner_owner'::text, 'partner_member'::text, 'partner_developer'::text]))));

create policy own_people on access.saved_view for all to tributary_portal using ((user_id IN ( SELECT "user".id
   FROM access."user")));

create policy own_people on access.session for all to tributary_portal using ((user_id IN ( SELECT "user".id
   FROM access."user")));

create policy own_people on access.two_factor for all to tributary_portal using ((user_id IN ( SELECT "user".id
   FROM access."user")));

create policy own_partner on access."user" for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on agreements.agreement for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on agreements.agreement_version for all to tributary_portal using (((sent_at IS NOT NULL) AND (agreement_id IN ( SELECT agreement.agreement_id
   FROM agreements.agreement))));

create policy own_version on agreements.jurisdiction_pass for select to tributary_portal using ((agreement_version_id IN ( SELECT agreement_version.agreement_version_id
   FROM agreements.agreement_version)));

create policy own_program on agreements.jurisdiction_rules for select to tributary_portal using ((program_id IN ( SELECT agreement.program_id
   FROM agreements.agreement)));

create policy own_program on agreements.policy for select to tributary_portal using ((program_id IN ( SELECT agreement.program_id
   FROM agreements.agreement)));

create policy own_counter on agreements.round for insert to tributary_portal with check (((side = 'partner'::text) AND (agreement_version_id IN ( SELECT agreement_version.agreement_version_id
   FROM agreements.agreement_version))));

create policy own_rounds on agreements.round for select to tributary_portal using ((((side = 'partner'::text) OR (shown_at IS NOT NULL)) AND (agreement_version_id IN ( SELECT agreement_version.agreement_version_id
   FROM agreements.agreement_version))));

create policy own_partner on attribution.customer for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on attribution.decision for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on attribution.former_owner for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on audit.entry for insert to tributary_portal with check ((partner_id = ( SELECT database.partner() AS partner)));

create policy chain on audit.head for all to tributary_portal using (true);

create policy own_partner on commissions.adjustment for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy everybody on commissions.adjustment_reason for all to tributary_portal using (true);

create policy own_partner on commissions.dirty for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_customer on commissions.fact_day for select to tributary_portal using (((EXISTS ( SELECT
   FROM attribution.customer c
  WHERE (c.customer_id = fact_day.customer_id))) OR (EXISTS ( SELECT
   FROM attribution.former_owner f
  WHERE (f.customer_id = fact_day.customer_id)))));

create policy own_partner on commissions.held for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on commissions.line for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on commissions.memory for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_customer on commissions.milestone for select to tributary_portal using (((EXISTS ( SELECT
   FROM attribution.customer c
  WHERE (c.customer_id = milestone.customer_id))) OR (EXISTS ( SELECT
   FROM attribution.former_owner f
  WHERE (f.customer_id = milestone.customer_id)))));

create policy open_to_partners on commissions.rate for select to tributary_portal using (true);

create policy own_partner on commissions.stated_metric for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on commissions.traffic_day for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.document for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_upload on compliance.document for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (state = 'submitted'::text) AND by_partner));

create policy own_withdrawal on compliance.document for update to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) AND (state = ANY (ARRAY['submitted'::text, 'rejected'::text])))) with check ((state = ANY (ARRAY['withdrawn'::text, 'replaced'::text])));

create policy own_file on compliance.document_file for insert to tributary_portal with check ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.document_file for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_look on compliance.document_look for insert to tributary_portal with check ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.document_look for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_domain on compliance.domain_proof for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (state = 'waiting'::text)));

create policy own_read on compliance.domain_proof for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.ended_relationship for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.holding for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.profile for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_answer on compliance.questionnaire_answer for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND by_partner));

create policy own_read on compliance.questionnaire_answer for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on compliance.regime_attachment for select to tributary_portal using (((subject_kind = 'partner'::text) AND (subject_id = ( SELECT database.partner() AS partner))));

create policy own_read on compliance.related_person for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy for_all on compliance.rule_book for select to tributary_portal using ((book = ANY (ARRAY['documents'::text, 'questionnaires'::text, 'ownership'::text])));

create policy own_read on compliance.site for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_site on compliance.site for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND by_partner AND (state = 'unreviewed'::text)));

create policy own_partner on health.alert for all to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) AND for_partner));

create policy own_clicks on intake.entry for select to tributary_portal using (((kind = 1) AND (((body)::json ->> 'linkId'::text) IN ( SELECT link.link_id
   FROM tracking.link))));

create policy own_partner on invoices.coverage for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on invoices.delivery for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_file on invoices.file for insert to tributary_portal with check ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on invoices.file for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on invoices.invoice for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_upload on invoices.invoice for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (kind = 'uploaded'::text) AND (state = 'received'::text) AND payees.is_own(payee_id)));

create policy for_all on invoices.setting for select to tributary_portal using (true);

create policy own_account on ledger.account for select to tributary_portal using ((owner = ( SELECT database.partner() AS partner)));

create policy own_account on ledger.balance for select to tributary_portal using ((account_id IN ( SELECT account.account_id
   FROM ledger.account)));

create policy own_partner on ledger.closing for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on ledger.period_total for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on ledger.transfer for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_read on onboarding.handover for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_word on onboarding.handover for update to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) AND (partner_at IS NULL))) with check ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.attribute_period for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.contact for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.licence for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.participation for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.partner for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on partners.restriction for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_proposal on payees.assignment for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (status = 'proposed'::text) AND (by_partner = ( SELECT database.partner() AS partner)) AND payees.is_own(payee_id)));

create policy own_read on payees.assignment for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_withdrawal on payees.assignment for update to tributary_portal using (((by_partner = ( SELECT database.partner() AS partner)) AND (status = 'proposed'::text))) with check ((status = 'withdrawn'::text));

create policy own_read on payees.hold for select to tributary_portal using (payees.is_own(payee_id));

create policy own_notice on payees.notice for insert to tributary_portal with check (payees.is_own(payee_id));

create policy own_read on payees.notice for select to tributary_portal using (payees.is_own(payee_id));

create policy own_proposal on payees.payee for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (status = 'proposed'::text)));

create policy own_read on payees.payee for select to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) OR payees.is_own(payee_id)));

create policy own_acceptance on payees.self_billing for insert to tributary_portal with check ((payees.is_own(payee_id) AND (NOT on_paper) AND (ended_at IS NULL)));

create policy own_read on payees.self_billing for select to tributary_portal using (payees.is_own(payee_id));

create policy for_all on payees.setting for select to tributary_portal using (true);

create policy own_proposal on payees.version for insert to tributary_portal with check ((payees.is_own(payee_id) AND (status = 'proposed'::text) AND (by_partner = ( SELECT database.partner() AS partner))));

create policy own_read on payees.version for select to tributary_portal using (payees.is_own(payee_id));

create policy own_withdrawal on payees.version for update to tributary_portal using (((by_partner = ( SELECT database.partner() AS partner)) AND (status = 'proposed'::text))) with check ((status = 'withdrawn'::text));

create policy own_partner on payouts.item for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on payouts.payout for all to tributary_portal using (((state = ANY (ARRAY['released'::text, 'sent'::text, 'accepted'::text, 'settled'::text, 'rejected'::text, 'returned'::text])) AND (EXISTS ( SELECT
   FROM payouts.item i
  WHERE (i.payout_id = payout.payout_id)))));

create policy own_partner on payouts.progress for all to tributary_portal using ((EXISTS ( SELECT
   FROM payouts.payout p
  WHERE (p.payout_id = progress.payout_id))));

create policy own_terms on plans.plan for select to tributary_portal using ((plan_id IN ( SELECT plan_version.plan_id
   FROM plans.plan_version)));

create policy own_terms on plans.plan_version for select to tributary_portal using ((plan_version_id IN ( SELECT round.plan_version_id
   FROM agreements.round)));

create policy own_partner on procedures."case" for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on procedures.history for all to tributary_portal using ((EXISTS ( SELECT
   FROM procedures."case" c
  WHERE (c.case_id = history.case_id))));

create policy published on procedures.version for all to tributary_portal using ((state = 'published'::text));

create policy own_partner on procedures.wait for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy of_open_offers on programs.creative for select to tributary_portal using (((state = 'approved'::text) AND (offer_id IN ( SELECT o.offer_id
   FROM programs.offer o))));

create policy of_open_offers on programs.creative_file for select to tributary_portal using ((creative_id IN ( SELECT c.creative_id
   FROM programs.creative c)));

create policy of_open_offers on programs.landing_page for select to tributary_portal using (((status <> 'archived'::text) AND (offer_id IN ( SELECT o.offer_id
   FROM programs.offer o))));

create policy open_to_partners on programs.offer for select to tributary_portal using (((status <> 'draft'::text) AND ((access <> 'private'::text) OR (offer_id IN ( SELECT a.offer_id
   FROM programs.offer_access a)))));

create policy asks on programs.offer_access for insert to tributary_portal with check (((partner_id = ( SELECT database.partner() AS partner)) AND (status = 'requested'::text)));

create policy asks_again on programs.offer_access for update to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) AND (status = ANY (ARRAY['declined'::text, 'requested'::text])))) with check (((partner_id = ( SELECT database.partner() AS partner)) AND (status = 'requested'::text)));

create policy own_partner on programs.offer_access for select to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy open_to_partners on programs.program for select to tributary_portal using ((status <> 'draft'::text));

create policy open_to_partners on programs.region for select to tributary_portal using (true);

create policy everybody on statements.branding for all to tributary_portal using (true);

create policy own_partner on statements.inquiry for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on statements.inquiry_message for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on statements.program_share for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on statements.settlement for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on statements.statement for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_delivery on tracking.attempt for all to tributary_portal using ((EXISTS ( SELECT
   FROM tracking.delivery d
  WHERE (d.delivery_id = attempt.delivery_id))));

create policy own_partner on tracking.cap for select to tributary_portal using (((status <> 'archived'::text) AND ((partner_id = ( SELECT database.partner() AS partner)) OR ((partner_id IS NULL) AND (each <> 'all'::text)))));

create policy own_partner on tracking.cap_count for select to tributary_portal using (((partner_id = ( SELECT database.partner() AS partner)) OR ((partner_id = ''::text) AND (cap_id IN ( SELECT c.cap_id
   FROM tracking.cap c
  WHERE (c.partner_id = ( SELECT database.partner() AS partner)))))));

create policy own_partner on tracking.delivery for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.event for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.link for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.postback for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.postback_secret for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.proof_run for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.receipt for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy own_partner on tracking.referral_code for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));

create policy open_to_partners on tracking.smart_link for select to tributary_portal using (((status = 'active'::text) OR (smart_id IN ( SELECT l.smart_id
   FROM tracking.link l))));

create policy own_partner on tracking.test_line for all to tributary_portal using ((partner_id = ( SELECT database.partner() AS partner)));
