// Written by `npm run generate` from the migrated database. Do not edit.
import type { ColumnType, GeneratedAlways } from "kysely";

/** Has a default in the database: may be left out of an insert. */
type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;
type Int8 = ColumnType<bigint, bigint | number, bigint | number>;
/** Exact decimal as text; never a float. */
type Numeric = ColumnType<string, string | bigint, string | bigint>;
type Instant = ColumnType<Date, Date | string, Date | string>;
/** Give arrays and plain strings as JSON text: the driver would take an array for a PostgreSQL array. */
// biome-ignore lint/suspicious/noExplicitAny: the room that owns the column knows its shape
type Json = ColumnType<any, unknown, unknown>;

export interface AccessAccount {
  id: string;
  issuer: string;
  account_id: string;
  provider_id: string;
  user_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Instant | null;
  refresh_token_expires_at: Instant | null;
  scope: string | null;
  password: string | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface AccessApiKey {
  key_id: string;
  user_id: string;
  partner_id: string | null;
  name: string;
  token_hash: string;
  token_hint: string;
  permissions: string[];
  created_at: Instant;
  expires_at: Instant | null;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

export interface AccessClosedRegion {
  region_id: string;
  reason: string;
  closed_by: string;
  closed_at: Instant;
}

export interface AccessCustomRole {
  role: string;
  name: string;
  purpose: Generated<string>;
  permissions: string[];
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface AccessDeputy {
  deputy_id: string;
  principal_user_id: string;
  deputy_user_id: string;
  starts_at: Instant;
  ends_at: Instant;
  reason: string;
  created_by: string;
  created_at: Instant;
  ended_at: Instant | null;
  ended_by: string | null;
}

export interface AccessIdempotency {
  actor_id: string;
  key: string;
  request_hash: string;
  state: string;
  status: number | null;
  headers: Json | null;
  body: string | null;
  started_at: Instant;
}

export interface AccessInvitation {
  invitation_id: string;
  kind: string;
  token_hash: string;
  email: string | null;
  name: Generated<string>;
  partner_id: string | null;
  grants: Generated<Json>;
  user_id: string | null;
  created_by: string;
  created_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
  revoked_at: Instant | null;
}

export interface AccessPasskey {
  id: string;
  name: string | null;
  public_key: string;
  user_id: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: boolean;
  transports: string | null;
  created_at: Instant | null;
  aaguid: string | null;
}

export interface AccessPermissionUse {
  user_id: string;
  permission: string;
  last_on: string;
}

export interface AccessRegionOfHouse {
  region_id: string | null;
}

export interface AccessReview {
  review_id: string;
  name: string;
  due_on: string;
  state: string;
  created_by: string;
  created_at: Instant;
  closed_at: Instant | null;
  revision: Generated<number>;
}

export interface AccessReviewItem {
  review_id: string;
  grant_id: string;
  user_id: string;
  role: string;
  scope_kind: string;
  scope_id: string | null;
  granted_by: string;
  granted_at: Instant;
  last_used: string | null;
  conflicts: string[];
  decision: string | null;
  reason: Generated<string>;
  decided_by: string | null;
  decided_at: Instant | null;
}

export interface AccessRoleGrant {
  grant_id: string;
  user_id: string;
  role: string;
  scope_kind: string;
  scope_id: string | null;
  created_by: string;
  created_at: Instant;
}

export interface AccessSavedView {
  view_id: string;
  user_id: string;
  list: string;
  name: string;
  state: Json;
  position: Generated<number>;
  created_at: Instant;
}

export interface AccessSecondFactorFailure {
  user_id: string;
  at: Instant;
}

export interface AccessSecondFactorUse {
  user_id: string;
  step: Int8;
  used_at: Instant;
  purpose: string;
}

export interface AccessSession {
  id: string;
  expires_at: Instant;
  token: string;
  created_at: Instant;
  updated_at: Instant;
  ip_address: string | null;
  user_agent: string | null;
  user_id: string;
}

export interface AccessTwoFactor {
  id: string;
  secret: string;
  backup_codes: string;
  user_id: string;
  verified: Generated<boolean | null>;
  failed_verification_count: Generated<number | null>;
  locked_until: Instant | null;
}

export interface AccessUser {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean | null>;
  created_at: Instant;
  updated_at: Instant;
  partner_id: string | null;
  status: Generated<string>;
  language: Generated<string>;
  revision: Generated<number>;
}

export interface AccessVerification {
  id: string;
  identifier: string;
  value: string;
  expires_at: Instant;
  created_at: Instant;
  updated_at: Instant;
}

export interface AgreementsAgreement {
  agreement_id: string;
  partner_id: string;
  program_id: string;
  created_by: string;
  created_at: Instant;
}

export interface AgreementsAgreementVersion {
  agreement_version_id: string;
  agreement_id: string;
  version: number;
  status: string;
  approved_by: string | null;
  approved_at: Instant | null;
  accepted_name: string | null;
  accepted_by: string | null;
  accepted_at: Instant | null;
  accepted_address: string | null;
  withdrawn_by: string | null;
  withdrawn_at: Instant | null;
  round: Generated<number>;
  template_version_id: string | null;
  language: Generated<string>;
  send_when_approved: Generated<boolean>;
  answer_by: string | null;
  submitted_at: Instant | null;
  sent_by: string | null;
  sent_at: Instant | null;
  declined_by: string | null;
  declined_at: Instant | null;
  decline_reason: Generated<string>;
  expired_at: Instant | null;
  accepted_user_agent: string | null;
  accepted_hash: string | null;
}

export interface AgreementsApproval {
  agreement_version_id: string;
  terms_hash: string;
  person: string;
  roles: string[];
  decision: string;
  comment: Generated<string>;
  decided_at: Instant;
}

export interface AgreementsApprovalNeed {
  agreement_version_id: string;
  terms_hash: string;
  rule: string;
  name: string;
  approvers: Json;
  reasons: Json;
}

export interface AgreementsJurisdictionPass {
  agreement_version_id: string;
  plan_hash: string;
  component: string;
  rule: string;
  reason: string;
  passed_by: string;
  passed_at: Instant;
}

export interface AgreementsJurisdictionRules {
  program_id: string;
  version: number;
  rules: Json;
  changed_by: string;
  changed_at: Instant;
}

export interface AgreementsPolicy {
  program_id: string;
  version: number;
  document: Json;
  changed_by: string;
  changed_at: Instant;
}

export interface AgreementsReminder {
  agreement_version_id: string;
  valid_to: string;
  days_before: number;
  reminded_at: Instant;
}

export interface AgreementsRound {
  agreement_version_id: string;
  round: number;
  side: string;
  author: string;
  author_name: string;
  made_at: Instant;
  message: Generated<string>;
  note: Generated<string>;
  plan_version_id: string;
  plan: Json;
  plan_hash: string;
  valid_from: string;
  valid_to: string | null;
  customers: string;
  clauses: Json;
  terms_text: string;
  terms_hash: string;
  evidence: string | null;
  shown_at: Instant | null;
  parties: Json;
}

export interface AgreementsTemplate {
  template_id: string;
  program_id: string;
  code: string;
  name: string;
  created_by: string;
  created_at: Instant;
}

export interface AgreementsTemplateVersion {
  template_version_id: string;
  template_id: string;
  version: number;
  plan_version_id: string;
  language: string;
  customers: string;
  clauses: Json;
  created_by: string;
  created_at: Instant;
}

export interface AttributionCustomer {
  customer_id: GeneratedAlways<bigint>;
  program_id: string;
  customer_ref: string;
  first_seen: Instant | null;
  partner_id: string | null;
  link_id: string | null;
  offer_id: string | null;
  click_id: string | null;
  country: string | null;
  dimensions: Generated<Json>;
  reason: string;
  by_hand: Generated<boolean>;
  bound_at: Instant | null;
  owned_from: string | null;
  owned_until: string | null;
  decision_id: Int8 | null;
  revision: Generated<number>;
}

export interface AttributionDecision {
  decision_id: GeneratedAlways<bigint>;
  customer_id: Int8;
  event_id: Int8 | null;
  decided_at: Instant;
  partner_id: string | null;
  reason: string;
  candidates: Json;
  rules: Json | null;
  decided_by: string | null;
  note: string | null;
  rules_version: number | null;
  claim: Json | null;
  given_from: string | null;
}

export interface AttributionFormerOwner {
  customer_id: Int8;
  position: number;
  program_id: string;
  partner_id: string | null;
  link_id: string | null;
  offer_id: string | null;
  click_id: string | null;
  country: string | null;
  dimensions: Generated<Json>;
  bound_at: Instant | null;
  owned_from: string | null;
  owned_until: string;
}

export interface AttributionKnownCustomer {
  program_id: string;
  customer_ref: string;
  known_since: Instant;
  noted_by: string;
  noted_at: Instant;
}

export interface AttributionReplayRun {
  run_id: string;
  program_id: string;
  kind: string;
  state: string;
  rules: Json | null;
  valid_from: string | null;
  valid_until: string | null;
  rules_version: number | null;
  after_id: Generated<Int8>;
  customers: Generated<Int8>;
  expected: Generated<Int8>;
  moves: Generated<Json>;
  commissions: Json | null;
  problem: string | null;
  created_by: string;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface AttributionRulesShown {
  program_id: string | null;
  version: number | null;
  rules: Json | null;
  valid_from: string | null;
  valid_until: string | null;
  created_by: string | null;
  created_at: Instant | null;
  reason: string | null;
}

export interface AttributionRulesVersion {
  program_id: string;
  version: number;
  rules: Json;
  valid_from: string | null;
  valid_until: string | null;
  created_by: string | null;
  created_at: Instant;
  reason: string;
}

export interface AuditActivity {
  activity_id: GeneratedAlways<bigint>;
  at: Instant;
  kind: string;
  actor_kind: string;
  actor_id: string;
  person_id: string;
  partner_id: string | null;
  method: string;
  path: string;
  status: number;
  code: string | null;
  subject_id: string | null;
  detail: string | null;
  address: string | null;
}

export interface AuditEntry {
  seq: Int8;
  at: Instant;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  partner_id: string | null;
  before: Json | null;
  after: Json | null;
  reason: string | null;
  previous_hash: string;
  hash: string;
  acting_for: string | null;
}

export interface AuditHead {
  only_row: Generated<boolean>;
  seq: Int8;
  hash: string;
}

export interface AuditPersonKey {
  person_id: string;
  key: Buffer | null;
  created_at: Generated<Instant>;
  destroyed_at: Instant | null;
}

export interface CommissionsAdjustment {
  adjustment_id: string;
  partner_id: string;
  program_id: string | null;
  currency: string;
  amount_minor: Int8;
  month: string;
  reason: string;
  line_key: string | null;
  status: string;
  proposed_by: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  booked_month: string | null;
  kind: Generated<string>;
  reason_code: string | null;
  evidence: Generated<Json>;
  effective_to: string | null;
  other_partner_id: string | null;
  of_id: string | null;
  release_on: string | null;
  batch_id: string | null;
  rule_id: string | null;
  inquiry_id: string | null;
  warnings: Generated<string[]>;
  decision_note: string | null;
}

export interface CommissionsAdjustmentBatch {
  batch_id: string;
  file_name: string;
  status: string;
  rows: Json;
  good: number;
  refused: number;
  created_by: string;
  created_at: Instant;
  finished_by: string | null;
  finished_at: Instant | null;
}

export interface CommissionsAdjustmentReason {
  code: string;
  names: Json;
  kinds: string[];
  needs_evidence: Generated<boolean>;
  warn_minor: Int8 | null;
  active: Generated<boolean>;
  revision: Generated<number>;
}

export interface CommissionsAdjustmentRule {
  rule_id: string;
  kind: string;
  partner_id: string;
  program_id: string | null;
  currency: string;
  amount_minor: Int8 | null;
  percent: Numeric | null;
  hold_days: number | null;
  from_month: string;
  until_month: string | null;
  reason_code: string;
  reason: string;
  status: string;
  proposed_by: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  ended_by: string | null;
  ended_at: Instant | null;
}

export interface CommissionsCalculator {
  calculator_id: string;
  token: string;
  program_id: string;
  plan_id: string;
  plan_version_id: string;
  title: string;
  frame_ancestors: Generated<string[]>;
  created_by: string;
  created_at: Instant;
  removed_at: Instant | null;
}

export interface CommissionsDirty {
  partner_id: string;
  program_id: string;
  month: string;
  marked_at: Instant;
  revision: Generated<Int8>;
  problem: string | null;
  derived: Generated<boolean>;
  customers: bigint[] | null;
}

export interface CommissionsFactDay {
  customer_id: Int8;
  day: string;
  product: Generated<string>;
  measure: string;
  currency: Generated<string>;
  amount: Numeric;
  events: number;
}

export interface CommissionsHeld {
  line_key: string;
  version: number;
  partner_id: string;
  program_id: string;
  currency: string;
  held_minor: Int8;
  held_until: string;
}

export interface CommissionsLine {
  line_id: GeneratedAlways<bigint>;
  line_key: string;
  version: number;
  partner_id: string;
  program_id: string;
  agreement_version_id: string;
  component: string;
  subject_kind: string;
  subject_id: string;
  month: string;
  booked_month: string;
  earned_on: string;
  currency: string;
  amount_minor: Int8;
  difference_minor: Int8;
  held_until: string | null;
  working: Json;
  working_hash: string;
  calculated_at: Instant;
}

export interface CommissionsMemory {
  partner_id: string;
  program_id: string;
  component: string;
  month: string;
  currency: string;
  left_by: string;
  memory: Json;
}

export interface CommissionsMilestone {
  customer_id: Int8;
  registered_at: Instant | null;
  kyc_at: Instant | null;
  ftd_at: Instant | null;
  ftd_minor: Int8 | null;
  ftd_currency: string | null;
  ftd_event_id: Int8 | null;
  second_deposit_at: Instant | null;
  second_deposit_event_id: Int8 | null;
  revision: Generated<number>;
  withheld: Generated<string[]>;
}

export interface CommissionsRate {
  source: string;
  day: string;
  currency: string;
  base: Generated<string>;
  rate: Numeric;
  loaded_at: Instant;
}

export interface CommissionsSimulation {
  simulation_id: string;
  kind: string;
  name: string;
  program_id: string;
  partner_id: string | null;
  partner_ids: string[] | null;
  input: Json;
  plan_hash: string | null;
  status: Generated<string>;
  steps_done: Generated<number>;
  steps_all: Generated<number>;
  problem: string | null;
  result: Json | null;
  cost_share: Numeric | null;
  input_hash: string | null;
  engine_version: string | null;
  created_by: string;
  created_at: Instant;
  finished_at: Instant | null;
}

export interface CommissionsSimulationPartner {
  simulation_id: string;
  place: string;
  partner_id: string;
  currency: string;
  booked_minor: Int8;
  replayed_minor: Int8;
  difference_minor: GeneratedAlways<bigint | null>;
  weight: GeneratedAlways<bigint | null>;
}

export interface CommissionsStatedMetric {
  partner_id: string;
  program_id: string;
  name: string;
  month: string;
  day: string | null;
  value: Numeric;
  stated_by: string;
  stated_at: Instant;
}

export interface CommissionsTrafficDay {
  partner_id: string;
  program_id: string;
  day: string;
  country: Generated<string>;
  offer_id: Generated<string>;
  clicks: Int8;
  unique_clicks: Int8;
  impressions: Int8;
}

export interface ComplianceDocument {
  document_id: string;
  partner_id: string;
  person_id: string | null;
  kind: string;
  state: string;
  file_name: string;
  media_type: string;
  size: number;
  sha256: string;
  sealed_key: string | null;
  number: Generated<string>;
  issued_on: string | null;
  expires_on: string | null;
  name_on_it: Generated<string>;
  note: Generated<string>;
  replaces: string | null;
  replaced_by: string | null;
  uploaded_by: string;
  uploaded_name: string;
  uploaded_at: Instant;
  by_partner: boolean;
  proposed_by: string | null;
  proposed_name: string | null;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  reason: Generated<string>;
  gone_at: Instant | null;
  revision: Generated<number>;
}

export interface ComplianceDocumentFile {
  document_id: string;
  partner_id: string;
  bytes: Buffer;
}

export interface ComplianceDocumentLook {
  look_id: GeneratedAlways<bigint>;
  document_id: string;
  partner_id: string;
  viewer_id: string;
  viewer_name: string;
  purpose: Generated<string>;
  seen_at: Instant;
}

export interface ComplianceDocumentReminder {
  document_id: string;
  days: number;
  sent_at: Instant;
}

export interface ComplianceDomainProof {
  proof_id: string;
  partner_id: string;
  domain: string;
  token: string;
  state: string;
  method: string | null;
  said: Generated<Json>;
  checked_at: Instant | null;
  proved_at: Instant | null;
  check_on: string | null;
  created_at: Instant;
  revision: Generated<number>;
}

export interface ComplianceEndedRelationship {
  partner_id: string;
  ended_on: string;
}

export interface ComplianceHit {
  hit_id: string;
  partner_id: string;
  subject_id: string;
  subject_kind: string;
  subject_name: string;
  subject_digest: string;
  asked: Json;
  list: string;
  entry_id: string;
  entry_digest: string;
  entry: Json;
  topic: string;
  matched_name: string;
  score: number;
  steps: Json;
  evidence: Json;
  state: string;
  reason: Generated<string>;
  proposed_by: string | null;
  proposed_name: string | null;
  proposed_at: Instant | null;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  reopened_why: string | null;
  opened_at: Instant;
  updated_at: Instant;
  revision: Generated<number>;
}

export interface ComplianceHolding {
  holder_id: string;
  held_id: string;
  partner_id: string;
  share: Numeric;
}

export interface ComplianceListChange {
  list: string;
  version: number;
  entry_id: string;
  change: string;
  name: string;
}

export interface ComplianceListEntry {
  list: string;
  entry_id: string;
  name: string;
  digest: string;
  body: Json;
  since: number;
  gone: number | null;
}

export interface ComplianceListVersion {
  list: string;
  version: number;
  format: string;
  file: string;
  topic: string;
  entries: number;
  added: number;
  removed: number;
  altered: number;
  loaded_at: Instant;
  loaded_by: string;
  applied_at: Instant | null;
}

export interface ComplianceProfile {
  partner_id: string;
  regime: Generated<string>;
  unexplained: Generated<string>;
  changed_by: string;
  changed_at: Instant;
  revision: Generated<number>;
}

export interface ComplianceProgress {
  name: string;
  seq: Int8;
}

export interface ComplianceQuestionnaireAnswer {
  answer_id: string;
  partner_id: string;
  questionnaire: string;
  version: number;
  answers: Json;
  points: number;
  flags: Json;
  answered_by: string;
  answered_name: string;
  answered_at: Instant;
  by_partner: boolean;
}

export interface ComplianceRegimeAttachment {
  subject_kind: string;
  subject_id: string;
  regime: string;
  figures: Generated<Json>;
  attached_by: string;
  attached_at: Instant;
}

export interface ComplianceRelatedPerson {
  person_id: string;
  partner_id: string;
  kind: string;
  role: string;
  name: string;
  share: Numeric | null;
  birth: Generated<string>;
  country: string | null;
  identifier: Generated<string>;
  note: Generated<string>;
  created_at: Instant;
  ended_at: Instant | null;
  revision: Generated<number>;
  control: Generated<string>;
}

export interface ComplianceRiskOverride {
  override_id: string;
  partner_id: string;
  level: string;
  reason: string;
  until: string;
  state: string;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  comment: Generated<string>;
}

export interface ComplianceRiskRating {
  rating_id: string;
  partner_id: string;
  version: number;
  level: string;
  points: number;
  working: Json;
  rated_by: string;
  rated_name: string;
  rated_at: Instant;
  review_on: string;
  decision: string | null;
  decision_reason: Generated<string>;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  revision: Generated<number>;
}

export interface ComplianceRuleBook {
  book: string;
  version: number;
  document: Json;
  reason: string;
  changed_by: string;
  changed_name: string;
  changed_at: Instant;
}

export interface ComplianceSite {
  site_id: string;
  partner_id: string;
  kind: string;
  address: string;
  note: Generated<string>;
  state: string;
  review_on: string | null;
  added_name: string;
  added_at: Instant;
  by_partner: boolean;
  ended_at: Instant | null;
  revision: Generated<number>;
}

export interface ComplianceSiteReview {
  review_id: GeneratedAlways<bigint>;
  site_id: string;
  snapshot_id: string | null;
  verdict: string;
  reason: string;
  checklist: Json;
  reviewed_by: string;
  reviewed_name: string;
  reviewed_at: Instant;
  review_on: string | null;
}

export interface ComplianceSiteSnapshot {
  snapshot_id: string;
  site_id: string;
  partner_id: string;
  address: string;
  final_address: string;
  status: number | null;
  problem: Generated<string>;
  html: string | null;
  words: Generated<string>;
  sha256: string | null;
  findings: Json;
  picture: Buffer | null;
  picture_type: string | null;
  taken_by: string;
  taken_at: Instant;
}

export interface ComplianceSubject {
  subject_id: string;
  partner_id: string;
  subject_kind: string;
  name: string;
  asked: Json;
  digest: string;
  screened_at: Instant;
}

export interface DatabaseMigration {
  name: string;
  sha256: string;
  applied_at: Generated<Instant>;
}

export interface DatabaseNotice {
  notice_id: GeneratedAlways<bigint>;
  name: string;
  payload: Json;
}

export interface GovernanceContactRecord {
  contact_id: string | null;
  partner_id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  role: string | null;
  signatory: boolean | null;
  created_at: Instant | null;
}

export interface GovernanceException {
  rule_id: string;
  subject_id: string;
  until: string;
  reason: string;
  made_by: string;
  made_name: string;
  made_at: Instant;
}

export interface GovernanceFinding {
  finding_id: GeneratedAlways<bigint>;
  rule_id: string;
  record: string;
  subject_id: string;
  partner_id: string | null;
  program_id: string | null;
  weight: number;
  severity: string;
  name: string;
  value: string;
  since: Instant;
  assigned_to: string | null;
  assigned_by: string | null;
  excepted: Generated<boolean>;
}

export interface GovernanceFullCap {
  cap_id: string | null;
  name: string | null;
  program_id: string | null;
  partner_id: string | null;
  status: string | null;
  reached_at: Instant | null;
}

export interface GovernanceLandingRecord {
  landing_id: string | null;
  name: string | null;
  url: string | null;
  status: string | null;
  offer_id: string | null;
  program_id: string | null;
}

export interface GovernanceLinkRecord {
  link_id: string | null;
  code: string | null;
  name: string | null;
  status: string | null;
  program_id: string | null;
  offer_id: string | null;
  partner_id: string | null;
  created_at: Instant | null;
  valid_to: Instant | null;
  revision: number | null;
  partner_status: string | null;
  offer_status: string | null;
  had_terms: boolean | null;
  has_terms: boolean | null;
}

export interface GovernanceOfferRecord {
  offer_id: string | null;
  program_id: string | null;
  code: string | null;
  name: string | null;
  status: string | null;
  description: string | null;
  landing_url: string | null;
  owner_user_id: string | null;
  tags: string[] | null;
  allowed_countries: string[] | null;
  ends_at: Instant | null;
  created_at: Instant | null;
}

export interface GovernanceOfferState {
  offer_id: string | null;
  name: string | null;
  program_id: string | null;
  status: string | null;
  landing_url: string | null;
  ends_at: Instant | null;
  created_at: Instant | null;
  revision: number | null;
  live_links: number | null;
  last_day: string | null;
}

export interface GovernancePageCheck {
  url: string;
  host: string;
  checked_at: Instant | null;
  next_at: Instant;
  outcome: Generated<string>;
  status: number | null;
  detail: Generated<string>;
  final_url: Generated<string>;
  misses: Generated<number>;
  since: Instant | null;
}

export interface GovernancePartnerRecord {
  partner_id: string | null;
  code: string | null;
  name: string | null;
  legal_name: string | null;
  kind: string | null;
  status: string | null;
  region_id: string | null;
  country: string | null;
  language: string | null;
  email: string | null;
  website: string | null;
  owner_user_id: string | null;
  deputy_user_id: string | null;
  entity: string | null;
  parent_partner_id: string | null;
  tags: string[] | null;
  note: string | null;
  created_at: Instant | null;
  activated_at: Instant | null;
  contacts: number | null;
  signatories: number | null;
  programs: number | null;
  links: number | null;
  changed_at: Instant | null;
}

export interface GovernancePartnerSeatText {
  partner_id: string | null;
  name: string | null;
  legal_name: string | null;
  email: string | null;
  website: string | null;
  code: string | null;
}

export interface GovernanceProgress {
  only_row: Generated<boolean>;
  seq: Int8;
  evaluated_at: Instant | null;
}

export interface GovernanceRule {
  rule_id: string;
  code: string;
  active: boolean;
  version: number;
  weight: number;
  definition: Json;
  changed_at: Instant;
  changed_by: string;
}

export interface GovernanceRuleVersion {
  rule_id: string;
  version: number;
  active: boolean;
  definition: Json;
  changed_at: Instant;
  changed_by: string;
}

export interface GovernanceScore {
  partner_id: string;
  score: number;
  lost: number;
  total: number;
}

export interface GovernanceScoreDay {
  day: string;
  scope: string;
  scope_id: string;
  records: number;
  score: Numeric;
  findings: number;
}

export interface GovernanceSeat {
  partner_id: string | null;
  name: string | null;
  region_id: string | null;
  owner_user_id: string | null;
  status: string | null;
}

export interface GovernanceSuggestion {
  suggestion_id: string;
  kind: string;
  state: string;
  subject_kind: string;
  subject_id: string;
  subject_name: string;
  partner_id: string | null;
  program_id: string;
  action: string;
  facts: Json;
  found_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  reason: Generated<string>;
  before: string | null;
  after_revision: number | null;
}

export interface GovernanceTagRule {
  rule_id: string;
  tag: string;
  title: string;
  active: boolean;
  condition: Json;
  version: number;
  changed_at: Instant;
  changed_by: string;
  record: string;
}

export interface GovernanceTagSet {
  record_id: string;
  tag: string;
  rule_id: string;
  set_at: Instant;
}

export interface GovernanceTraffic {
  link_id: string;
  last_day: string;
}

export interface GovernanceTrail {
  seq: Int8 | null;
  at: Instant | null;
  action: string | null;
  subject_kind: string | null;
  subject_id: string | null;
  partner_id: string | null;
}

export interface HealthAlert {
  alert_id: string;
  program_id: string;
  partner_id: string | null;
  offer_id: string | null;
  source_id: string | null;
  kind: string;
  event_type: Generated<string>;
  direction: string;
  state: string;
  since: Instant;
  opened_at: Instant;
  updated_at: Instant;
  closed_at: Instant | null;
  closed_why: string | null;
  expected: number;
  seen: number;
  level: number;
  chance: number;
  reasons: Generated<Json>;
  for_partner: boolean;
  acknowledged_by: string | null;
  acknowledged_name: string | null;
  acknowledged_at: Instant | null;
  note: Generated<string>;
  muted_until: Instant | null;
  revision: Generated<number>;
}

export interface HealthSetting {
  program_id: string;
  sensitivity: string;
  kinds: string[];
  partner_kinds: string[];
  new_normal_days: number;
  mail: boolean;
  emails: string[];
  quiet: Json;
  revision: Generated<number>;
}

export interface HealthWatched {
  program_id: string;
  until: Instant;
}

export interface IntakeCursor {
  consumer: string;
  lane: number;
  next_seq: Int8;
  planned_seq: Int8 | null;
  done: Generated<boolean>;
}

export interface IntakeEntry {
  lane: number;
  seq: Int8;
  kind: number;
  received_at: Instant;
  body: string;
}

export interface IntakeKept {
  lane: number;
  seq: Int8;
}

export interface IntakeLane {
  lane: GeneratedAlways<number>;
  writer: string;
  opened_at: Instant;
  closed_at: Instant | null;
  purged_seq: Generated<Int8>;
}

export interface IntakeRetention {
  only_row: Generated<boolean>;
  kept_event_id: Generated<Int8>;
}

export interface IntegrationsChange {
  change_id: GeneratedAlways<bigint>;
  import_id: string;
  stage: number;
  external_id: string;
  target_id: string;
  action: string;
  before: Generated<Json>;
  after: Generated<Json>;
  at: Instant;
  undone_at: Instant | null;
}

export interface IntegrationsConnection {
  connection_id: string;
  program_id: string;
  vendor: string;
  name: string;
  account: string;
  sealed_key: string;
  created_by: string;
  created_at: Instant;
}

export interface IntegrationsImport {
  import_id: string;
  program_id: string;
  vendor: string;
  name: string;
  status: string;
  connection_id: string | null;
  mapping: Generated<Json>;
  remembered: Generated<boolean>;
  questions: Generated<Json>;
  counts: Generated<Json>;
  blockers: Generated<Json>;
  fetched: Generated<Json>;
  total: Generated<number>;
  done: Generated<number>;
  failure: Json | null;
  actor_kind: string;
  created_by: string;
  actor_name: string;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
  beat_at: Instant | null;
  revision: Generated<number>;
}

export interface IntegrationsMade {
  program_id: string;
  vendor: string;
  stage: number;
  external_id: string;
  target_id: string;
  content: Json;
  import_id: string;
  undone: Generated<boolean>;
}

export interface IntegrationsRecord {
  import_id: string;
  stage: number;
  external_id: string;
  sheet: string;
  line: number;
  part: Generated<number>;
  is_primary: boolean;
  said: Json;
  said_problem: Json | null;
  content: Json | null;
  action: string | null;
  changes: Json | null;
  problem: Json | null;
  target_id: string | null;
  done_at: Instant | null;
}

export interface IntegrationsRemembered {
  program_id: string;
  vendor: string;
  columns: string;
  mapping: Json;
  at: Instant;
}

export interface IntegrationsRow {
  import_id: string;
  sheet_no: number;
  position: Int8;
  line: number;
  cells: Json;
  problem: string | null;
}

export interface IntegrationsSheet {
  import_id: string;
  sheet_no: number;
  name: string;
  file: string;
  columns: Json;
  rows: number;
  broken_off: Json | null;
}

export interface IntegrationsWebhookAttempt {
  delivery_id: Int8;
  attempt: number;
  at: Instant;
  url: string;
  headers: Json;
  body: string;
  status: number | null;
  error: string | null;
  duration_ms: number | null;
  response: string | null;
  by_user: string | null;
}

export interface IntegrationsWebhookDelivery {
  delivery_id: GeneratedAlways<bigint>;
  endpoint_id: string;
  message_id: Int8;
  state: string;
  outcome: string | null;
  attempts: Generated<number>;
  next_at: Instant | null;
  window_from: Instant;
  created_at: Instant;
  settled_at: Instant | null;
}

export interface IntegrationsWebhookEndpoint {
  endpoint_id: string;
  url: string;
  host: string;
  name: Generated<string>;
  types: Generated<string[]>;
  program_ids: Generated<string[]>;
  status: string;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface IntegrationsWebhookMessage {
  message_id: GeneratedAlways<bigint>;
  type: string;
  at: Instant;
  program_id: string | null;
  payload: Json;
  dedupe_key: string;
  created_at: Instant;
}

export interface IntegrationsWebhookSecret {
  secret_id: GeneratedAlways<bigint>;
  endpoint_id: string;
  sealed: string;
  created_at: Instant;
  expires_at: Instant | null;
}

export interface InvoicesCoverage {
  invoice_id: string;
  statement_id: string;
  program_id: string;
  partner_id: string;
  net_minor: Int8;
  vat_minor: Int8;
  withheld_minor: Int8;
  released_at: Instant | null;
}

export interface InvoicesDelivery {
  delivery_id: string;
  invoice_id: string;
  partner_id: string;
  sent_to: string;
  state: string;
  attempts: Generated<number>;
  at: Instant | null;
}

export interface InvoicesFile {
  file_id: string;
  partner_id: string;
  name: string;
  media_type: string;
  bytes: Buffer;
  sha256: string;
  read: Json | null;
  added_by: string;
  added_at: Instant;
}

export interface InvoicesInvoice {
  invoice_id: string;
  kind: string;
  state: string;
  payee_id: string;
  partner_id: string;
  currency: string;
  series: string | null;
  year: number | null;
  number: Int8 | null;
  full_number: string;
  issued_on: string;
  net_minor: Int8;
  vat_minor: Int8;
  withheld_minor: Int8;
  corrects: string | null;
  file_id: string | null;
  document: Json;
  document_hash: string;
  differences: Generated<Json>;
  created_by: string;
  created_name: string;
  created_at: Instant;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  reason: Generated<string>;
}

export interface InvoicesPayeeNumber {
  payee_id: string;
  number: GeneratedAlways<number>;
}

export interface InvoicesSeries {
  series: string;
  year: number;
  last_number: Int8;
}

export interface InvoicesSetting {
  only_row: Generated<boolean>;
  legal_name: string;
  street: string;
  city: string;
  postal_code: string;
  region: string;
  country: string | null;
  vat_number: string | null;
  registration_number: string;
  email: string;
  series: string;
  credit_series: string;
  series_per_payee: boolean;
  due_days: number;
  automatic: boolean;
  first_month: string | null;
  revision: Generated<number>;
}

export interface LedgerAccount {
  account_id: string;
  kind: string;
  owner: string;
  currency: string;
  account_number: GeneratedAlways<number>;
}

export interface LedgerAccountCode {
  kind: string;
  owner: Generated<string>;
  currency: Generated<string>;
  code: string;
  name: Generated<string>;
}

export interface LedgerAccountingSetting {
  only_one: Generated<boolean>;
  settings: Json;
  changed_by: string;
  changed_at: Instant;
  revision: Generated<number>;
}

export interface LedgerBalance {
  account_id: string;
  amount_minor: Int8;
  last_transfer: Int8;
}

export interface LedgerClosing {
  partner_id: string;
  currency: string;
  closed_through: string;
}

export interface LedgerExported {
  transfer_id: Int8;
  export_id: string;
}

export interface LedgerJournalExport {
  export_id: string;
  format: string;
  detail: string;
  through_period: string;
  transfers: Int8;
  rows: Int8;
  totals: Json;
  content_hash: string;
  settings: Json;
  created_by: string;
  created_at: Instant;
}

export interface LedgerPeriodTotal {
  partner_id: string;
  currency: string;
  period: string;
  kind: string;
  recipe: string;
  amount_minor: Int8;
  transfers: Int8;
}

export interface LedgerPosting {
  transfer_id: Int8 | null;
  account_id: string | null;
  amount_minor: Int8 | null;
}

export interface LedgerTransfer {
  transfer_id: GeneratedAlways<bigint>;
  recipe: string;
  source_key: string;
  idempotency_key: string;
  partner_id: string;
  program_id: string | null;
  currency: string;
  amount_minor: Int8;
  period: string;
  occurred_on: string;
  booked_at: Instant;
  booked_by: string | null;
  memo: Generated<Json>;
  debit_account: number;
  credit_account: number;
}

export interface MorningAlert {
  alert_id: string | null;
  program_id: string | null;
  partner_id: string | null;
  kind: string | null;
  event_type: string | null;
  direction: string | null;
  state: string | null;
  since: Instant | null;
  expected: number | null;
  seen: number | null;
  chance: number | null;
  acknowledged_by: string | null;
  muted_until: Instant | null;
}

export interface MorningAnswer {
  key: string;
  user_id: string;
  kind: string;
  answer: string;
  until: Instant | null;
  to_user_id: string | null;
  reason: Generated<string>;
  fingerprint: string;
  at: Instant;
}

export interface MorningCap {
  cap_id: string | null;
  name: string | null;
  program_id: string | null;
  partner_id: string | null;
  metric: string | null;
  most: Int8 | null;
  period: string | null;
  used: Int8 | null;
  near_at: Instant | null;
  reached_at: Instant | null;
  period_from: string | null;
}

export interface MorningDocument {
  document_id: string | null;
  partner_id: string | null;
  kind: string | null;
  expires_on: string | null;
}

export interface MorningEarned {
  partner_id: string | null;
  program_id: string | null;
  currency: string | null;
  month: string | null;
  earned_on: string | null;
  difference_minor: Int8 | null;
}

export interface MorningFault {
  partner_id: string | null;
  faults: number | null;
  weight: number | null;
}

export interface MorningFigure {
  partner_id: string;
  clicks: Int8;
  clicks_before: Int8;
  registrations: number;
  ftds: number;
  ftds_before: number;
  seconds: number;
  ftds_month: number;
}

export interface MorningItem {
  item_id: string;
  key: string;
  source: string;
  kind: string;
  partner_id: string | null;
  program_id: string | null;
  owner_user_id: string | null;
  permission: string;
  by: Generated<string>;
  subject_kind: string;
  subject_id: string;
  facts: Json;
  evidence: Json;
  action: Json;
  worth_minor: Int8;
  ftds: number;
  due_at: Instant | null;
  since: Instant;
  seen_at: Instant;
  fingerprint: string;
}

export interface MorningLastContact {
  partner_id: string | null;
  activity_id: string | null;
  kind: string | null;
  direction: string | null;
  subject: string | null;
  at: Instant | null;
}

export interface MorningLearnt {
  user_id: string;
  kind: string;
  done: Generated<number>;
  not_useful: Generated<number>;
}

export interface MorningOpenAdjustment {
  adjustment_id: string | null;
  partner_id: string | null;
  program_id: string | null;
  currency: string | null;
  amount_minor: Int8 | null;
  reason: string | null;
  proposed_by: string | null;
  proposed_at: Instant | null;
}

export interface MorningOpenHit {
  hit_id: string | null;
  partner_id: string | null;
  subject_name: string | null;
  list: string | null;
  score: number | null;
  state: string | null;
}

export interface MorningOpenInquiry {
  inquiry_id: string | null;
  partner_id: string | null;
  subject: string | null;
  state: string | null;
  answer_by: Instant | null;
  opened_at: Instant | null;
  partner_spoke_last: boolean | null;
}

export interface MorningOpenTask {
  task_id: string | null;
  lead_id: string | null;
  partner_id: string | null;
  title: string | null;
  owner_user_id: string | null;
  due_at: Instant | null;
}

export interface MorningPayable {
  partner_id: string | null;
  currency: string | null;
  amount_minor: Int8 | null;
}

export interface MorningPlan {
  subject_kind: string;
  subject_id: string;
  month: string;
  ftds: number | null;
  revenue_minor: Int8 | null;
  commission_minor: Int8 | null;
  currency: string;
  changed_by: string;
  changed_at: Instant;
}

export interface MorningProgress {
  source: string;
  read_at: Instant;
  items: number;
  problem: Generated<string>;
}

export interface MorningReachedTier {
  partner_id: string | null;
  program_id: string | null;
  component: string | null;
  month: string | null;
  currency: string | null;
  amount_minor: Int8 | null;
  agreement_version_id: string | null;
  line_id: Int8 | null;
  working: Json | null;
}

export interface MorningRunningCase {
  case_id: string | null;
  procedure: string | null;
  partner_id: string | null;
  program_id: string | null;
  stage: string | null;
  stage_since: Instant | null;
  due_at: Instant | null;
  started_at: Instant | null;
  waits: number | null;
  first_wait: string | null;
  first_role: string | null;
}

export interface MorningSeat {
  partner_id: string | null;
  name: string | null;
  region_id: string | null;
  owner_user_id: string | null;
  deputy_user_id: string | null;
  status: string | null;
  kind: string | null;
  created_at: Instant | null;
  activated_at: Instant | null;
}

export interface MorningTerms {
  agreement_id: string | null;
  partner_id: string | null;
  program_id: string | null;
  agreement_version_id: string | null;
  version: number | null;
  status: string | null;
  author: string | null;
  valid_from: string | null;
  valid_to: string | null;
  plan: Json | null;
  plan_version_id: string | null;
  made_at: Instant | null;
}

export interface MorningTuning {
  user_id: string;
  weights: Json;
  ftd_minor: Int8 | null;
  currency: string | null;
  revision: number;
}

export interface MorningVerifiedPayee {
  partner_id: string | null;
}

export interface OnboardingClosing {
  closing_id: string;
  partner_id: string;
  kind: string;
  state: string;
  reason: string;
  consequences: Json;
  shown_hash: string;
  two_people: boolean;
  from_status: string;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  reversible_until: Instant | null;
  stopped: Generated<Json>;
  reversed_by: string | null;
  reversed_name: string | null;
  reversed_at: Instant | null;
  reversed_reason: Generated<string>;
  revision: Generated<number>;
}

export interface OnboardingHandover {
  handover_id: string;
  partner_id: string;
  program_id: string | null;
  case_id: string | null;
  number: number;
  language: string;
  content: Json;
  sha256: string;
  document: Buffer;
  frozen_by: string;
  frozen_name: string;
  frozen_at: Instant;
  operator_by: string | null;
  operator_name: string | null;
  operator_at: Instant | null;
  partner_by: string | null;
  partner_name: string | null;
  partner_at: Instant | null;
  revision: Generated<number>;
}

export interface OnboardingLapse {
  partner_id: string;
  case_id: string;
  condition: string;
  sentence: string;
  restriction_id: string | null;
  since: Instant;
  ended_at: Instant | null;
}

export interface OnboardingLaunch {
  launch_id: string;
  partner_id: string;
  program_id: string | null;
  case_id: string;
  mode: string;
  state: string;
  gates: Json;
  caps: Generated<Json>;
  criteria: Generated<string>;
  ends_on: string | null;
  reason: Generated<string>;
  launched_by: string;
  launched_name: string;
  launched_at: Instant;
  raised_by: string | null;
  raised_name: string | null;
  raised_at: Instant | null;
  raised_reason: Generated<string>;
  revision: Generated<number>;
}

export interface OnboardingTemplate {
  procedure: string;
  shipped_hash: string;
  definition_hash: string;
  version_id: string;
  installed_at: Instant;
}

export interface PartnersActivationRule {
  kind: string;
  procedure: string;
  changed_by: string;
  changed_at: Instant;
}

export interface PartnersAttributePeriod {
  partner_id: string;
  valid_to: string;
  kind: string;
  status: string;
  country: string | null;
  tags: string[];
}

export interface PartnersBulkChange {
  bulk_id: string;
  subject: string;
  source: string;
  name: string;
  status: string;
  sheets: Generated<Json>;
  mapping: Generated<Json>;
  edit: Json | null;
  remembered: Generated<boolean>;
  counts: Generated<Json>;
  undone: Generated<Json>;
  total: Generated<number>;
  done: Generated<number>;
  failure: string | null;
  actor_kind: string;
  created_by: string;
  actor_name: string;
  created_at: Instant;
  started_at: Instant | null;
  finished_at: Instant | null;
  undo_until: Instant | null;
  beat_at: Instant | null;
  revision: Generated<number>;
}

export interface PartnersBulkDecision {
  bulk_id: string;
  line: number;
  action: string;
  target_id: string | null;
  partner_id: string | null;
  label: string;
  stamp: string | null;
  changes: Generated<Json>;
  problem: Json | null;
  steps: Generated<boolean>;
  made_at: Instant | null;
  stepped_at: Instant | null;
  made_stamp: string | null;
  undone_at: Instant | null;
  kept: Json | null;
}

export interface PartnersBulkMapping {
  subject: string;
  columns: string;
  mapping: Json;
  by_user: string;
  at: Instant;
}

export interface PartnersBulkRow {
  bulk_id: string;
  sheet: number;
  line: number;
  cells: string[];
  problem: Json | null;
}

export interface PartnersContact {
  contact_id: string;
  partner_id: string;
  name: string;
  email: string;
  phone: Generated<string>;
  role: Generated<string>;
  created_at: Instant;
  signatory: Generated<boolean>;
  roles: Generated<string[]>;
  primary_for: Generated<string[]>;
  left_on: string | null;
}

export interface PartnersField {
  field_id: string;
  key: string;
  title: Json;
  help: Json;
  type: string;
  options: Generated<Json>;
  owner_role: string;
  kinds: Generated<string[]>;
  required_for: Generated<string[]>;
  read_permission: string;
  write_permission: string;
  position: Generated<number>;
  archived_at: Instant | null;
  created_at: Instant;
  revision: Generated<number>;
}

export interface PartnersFieldValue {
  partner_id: string;
  field_id: string;
  value: Json;
  changed_by: string;
  changed_at: Instant;
}

export interface PartnersLaunch {
  partner_id: string;
  launched_at: Instant;
  launched_by: string;
  proof: Json;
}

export interface PartnersLicence {
  licence_id: string;
  partner_id: string;
  jurisdiction: string;
  class: string;
  reference: Generated<string>;
  valid_from: string;
  valid_to: string | null;
  created_by: string;
  created_at: Instant;
}

export interface PartnersMerge {
  merge_id: string;
  winner_id: string;
  loser_id: string;
  state: string;
  choices: Json;
  reason: string;
  both_have_money: boolean;
  before: Json;
  moved: Json;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  undo_until: Instant | null;
  undone_by: string | null;
  undone_at: Instant | null;
}

export interface PartnersNotDuplicate {
  first_id: string;
  second_id: string;
  said_by: string;
  said_at: Instant;
  reason: string;
}

export interface PartnersOwnershipTransfer {
  transfer_id: string;
  state: string;
  effective_on: string;
  owner_user_id: string;
  deputy_user_id: string | null;
  portfolio_of: string | null;
  commission_note: Generated<string>;
  reason: string;
  tell_partners: boolean;
  created_by: string;
  created_name: string;
  created_at: Instant;
  done_at: Instant | null;
  ended_at: Instant | null;
  ended_by: string | null;
  ended_reason: Generated<string>;
}

export interface PartnersParentPeriod {
  partner_id: string;
  parent_partner_id: string;
  valid_from: string;
  valid_to: string | null;
}

export interface PartnersParticipation {
  partner_id: string;
  program_id: string;
  joined_at: Instant;
}

export interface PartnersPartner {
  partner_id: string;
  code: string;
  name: string;
  legal_name: Generated<string>;
  kind: string;
  status: string;
  status_reason: Generated<string>;
  region_id: string | null;
  country: string | null;
  language: Generated<string>;
  email: Generated<string>;
  website: Generated<string>;
  owner_user_id: string | null;
  parent_partner_id: string | null;
  tags: Generated<string[]>;
  note: Generated<string>;
  created_at: Instant;
  activated_at: Instant | null;
  revision: Generated<number>;
  entity: string | null;
  deputy_user_id: string | null;
  phone: Generated<string>;
  tax_number: Generated<string>;
  allowed_countries: Generated<string[]>;
  blocked_countries: Generated<string[]>;
  traffic_sources: Generated<Json>;
  merged_into: string | null;
}

export interface PartnersRestriction {
  restriction_id: string;
  partner_id: string;
  kind: string;
  reason: string;
  placed_by: string;
  placed_name: string;
  placed_at: Instant;
  until: Instant | null;
  lift_asked_by: string | null;
  lift_asked_name: string | null;
  lift_asked_at: Instant | null;
  lift_reason: Generated<string>;
  ended_at: Instant | null;
  ended_by: string | null;
  ended_name: string | null;
}

export interface PartnersSearchNew {
  record_id: string;
}

export interface PartnersSearchTypo {
  form: string;
  word: string;
}

export interface PartnersSearchWord {
  word: string;
  uses: Generated<Int8>;
}

export interface PartnersTransferredPartner {
  transfer_id: string;
  partner_id: string;
  state: string;
  from_owner: string | null;
  from_deputy: string | null;
  note: Generated<string>;
}

export interface PartnersTransition {
  transition_id: string;
  partner_id: string;
  subject: string;
  from_value: string | null;
  to_value: string | null;
  effective_on: string;
  reason: string;
  consequences: Json;
  state: string;
  problem: Generated<string>;
  created_by: string;
  created_name: string;
  created_at: Instant;
  done_at: Instant | null;
}

export interface PayeesAssignment {
  assignment_id: string;
  payee_id: string;
  partner_id: string;
  program_id: string | null;
  valid_from: string;
  valid_to: string | null;
  status: string;
  note: Generated<string>;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  by_partner: string | null;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  comment: Generated<string>;
  end_day: string | null;
  end_by: string | null;
  end_name: string | null;
  end_at: Instant | null;
  ended_by: string | null;
  ended_at: Instant | null;
}

export interface PayeesHold {
  hold_id: string;
  payee_id: string;
  reason: string;
  until: Instant | null;
  placed_by: string;
  placed_name: string;
  placed_at: Instant;
  lifted_by: string | null;
  lifted_name: string | null;
  lifted_at: Instant | null;
  lift_reason: Generated<string>;
}

export interface PayeesNotice {
  notice_id: string;
  payee_id: string;
  version_id: string | null;
  kind: string;
  sent_to: Generated<string>;
  made_at: Instant;
}

export interface PayeesPayee {
  payee_id: string;
  partner_id: string | null;
  status: string;
  legal_name: string;
  kind: string;
  country: string;
  created_by: string;
  created_at: Instant;
  closed_by: string | null;
  closed_at: Instant | null;
  close_reason: Generated<string>;
  revision: Generated<number>;
}

export interface PayeesSelfBilling {
  self_billing_id: string;
  payee_id: string;
  language: string;
  terms_text: string;
  text_hash: string;
  accepted_by: string;
  accepted_name: string;
  accepted_at: Instant;
  accepted_address: Generated<string>;
  on_paper: boolean;
  ended_by: string | null;
  ended_at: Instant | null;
}

export interface PayeesSetting {
  only_row: Generated<boolean>;
  cooling_off_hours: number;
  first_cooling_off_hours: number;
  tax_forms: string;
  screening: string;
  revision: Generated<number>;
}

export interface PayeesVersion {
  version_id: string;
  payee_id: string;
  aspect: string;
  document: Json;
  sealed: string | null;
  fingerprint: string | null;
  replaces: string | null;
  status: string;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  by_partner: string | null;
  note: Generated<string>;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  comment: Generated<string>;
  payable_from: Instant | null;
  replaced_at: Instant | null;
  name_score: number | null;
  name_verdict: string | null;
  name_explanation: Generated<string>;
  name_reviewed_by: string | null;
  name_reviewed_at: Instant | null;
  name_comment: Generated<string>;
}

export interface PayoutsBatch {
  batch_id: string;
  name: string;
  state: string;
  execution_date: string;
  until_month: string | null;
  selection: Json;
  prepared_by: string;
  prepared_at: Instant;
  hands: string[];
  released_by: string | null;
  released_at: Instant | null;
  control_sum: string | null;
  cancelled_by: string | null;
  cancelled_at: Instant | null;
  cancel_reason: string | null;
  finished_at: Instant | null;
  revision: Generated<number>;
}

export interface PayoutsChange {
  change_id: string;
  kind: string;
  subject_id: string | null;
  shown: Json;
  sealed: string | null;
  state: string;
  proposed_by: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
}

export interface PayoutsDispatch {
  dispatch_id: string;
  batch_id: string;
  source_id: string;
  method: string;
  via: string;
  format: string | null;
  currency: string;
  state: string;
  execution_date: string;
  payouts: number;
  total_minor: Int8;
  provider_ref: string | null;
  attempts: Generated<number>;
  retry_at: Instant | null;
  leased_until: Instant | null;
  problem: string | null;
  started_at: Instant | null;
  sent_at: Instant | null;
  polled_at: Instant | null;
  problem_code: string | null;
}

export interface PayoutsFile {
  dispatch_id: string;
  file_name: string;
  media_type: string;
  sealed: string;
  sha256: string;
  bytes: number;
  control_sum: string | null;
  changes: Json;
  written_at: Instant;
  fetched_by: string | null;
  fetched_at: Instant | null;
}

export interface PayoutsItem {
  payout_id: string;
  statement_id: string;
  payee_id: string;
  partner_id: string;
  currency: string;
  gross_minor: Int8;
  withheld_minor: Generated<Int8>;
  reserve_minor: Generated<Int8>;
  fee_minor: Generated<Int8>;
  net_minor: Int8;
  paid_minor: Int8;
  rate: Numeric | null;
  rate_on: string | null;
  rate_source: string | null;
  by_program: Json | null;
  invoice_id: string | null;
  invoice_number: string | null;
  reserved: boolean;
}

export interface PayoutsPayout {
  payout_id: string;
  batch_id: string;
  payee_id: string;
  payee_name: string;
  method: string;
  currency: string;
  amount_minor: Int8;
  fee_minor: Int8;
  state: string;
  reasons: Json;
  detail_id: string | null;
  account: string;
  charge_bearer: string;
  source_id: string | null;
  dispatch_id: string | null;
  replaces: string | null;
  reason: string | null;
  reason_by: string | null;
  provider_ref: string | null;
  trace: string | null;
  arrival_on: string | null;
  asked_at: Instant | null;
  sent_at: Instant | null;
  ended_at: Instant | null;
  created_at: Instant;
}

export interface PayoutsProgress {
  progress_id: GeneratedAlways<bigint>;
  payout_id: string;
  at: Instant;
  state: string;
  told: string;
  reason_code: string | null;
  sentence: string;
  origin: string;
  report_id: string | null;
}

export interface PayoutsReleaseLimit {
  person: string;
  currency: string;
  limit_minor: Int8;
}

export interface PayoutsReport {
  report_id: string;
  sha256: string;
  name: string;
  format: string;
  origin: string;
  source_id: string | null;
  received_by: string;
  received_at: Instant;
  statuses: number;
  applied: number;
  unknown: number;
}

export interface PayoutsSource {
  source_id: string;
  name: string;
  method: string;
  via: string;
  format: string | null;
  currencies: string[];
  countries: string[];
  cut_off: string;
  time_zone: string;
  lead_days: number;
  arrival_days: number;
  fees: Generated<Json>;
  shown: Json;
  sealed: string;
  position: Generated<number>;
  state: Generated<string>;
  created_at: Instant;
  revision: Generated<number>;
}

export interface PayoutsUnmatched {
  unmatched_id: string;
  report_id: string;
  told: Json;
  state: string;
  payout_id: string | null;
  note: Generated<string>;
  decided_by: string | null;
  decided_at: Instant | null;
  received_at: Instant;
}

export interface PipelineActivity {
  activity_id: string;
  lead_id: string | null;
  partner_id: string | null;
  kind: string;
  direction: string | null;
  subject: Generated<string>;
  body: Generated<string>;
  people: Generated<string[]>;
  at: Instant;
  minutes: number | null;
  outcome: Generated<string>;
  message_id: string | null;
  thread: Generated<string[]>;
  by_id: string;
  by_name: string;
  created_at: Instant;
}

export interface PipelineForm {
  form_id: string;
  program_id: string;
  address: string;
  name: string;
  active: boolean;
  version: number;
  framed_by: Generated<string[]>;
  created_at: Instant;
  revision: Generated<number>;
}

export interface PipelineFormVersion {
  form_id: string;
  version: number;
  definition: Json;
  created_at: Instant;
  created_by: string;
}

export interface PipelineLead {
  lead_id: string;
  status: string;
  stage_id: string;
  stage_since: Instant;
  name: string;
  contact_name: Generated<string>;
  email: Generated<string>;
  phone: Generated<string>;
  website: Generated<string>;
  handles: Generated<Json>;
  kind: string;
  vertical: Generated<string>;
  country: string | null;
  language: Generated<string>;
  region_id: string | null;
  program_id: string | null;
  channel: string;
  source_raw: Generated<string>;
  source: string | null;
  source_words: Generated<Json>;
  owner_user_id: string | null;
  routing_words: Generated<Json>;
  recruiter_partner_id: string | null;
  recruiter_user_id: string | null;
  expected_ftds: number | null;
  expected_minor: Int8 | null;
  expected_currency: string | null;
  expected_month: string | null;
  next_step: Generated<string>;
  next_step_on: string | null;
  note: Generated<string>;
  tags: Generated<string[]>;
  answers: Generated<Json>;
  form_id: string | null;
  form_version: number | null;
  external_ref: string | null;
  lost_reason: string | null;
  lost_note: Generated<string>;
  ended_at: Instant | null;
  partner_id: string | null;
  merged_into: string | null;
  duplicates_open: Generated<boolean>;
  name_key: string;
  email_key: string | null;
  domain_key: string | null;
  host_key: string | null;
  phone_key: string | null;
  handle_keys: Generated<string[]>;
  confirm_hash: Buffer | null;
  confirm_until: Instant | null;
  confirm_language: string | null;
  created_by: string;
  created_at: Instant;
  updated_at: Instant;
  revision: Generated<number>;
}

export interface PipelineLikeness {
  likeness_id: GeneratedAlways<bigint>;
  lead_id: string;
  other_kind: string;
  other_id: string;
  score: number;
  reasons: Json;
  state: string;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  created_at: Instant;
}

export interface PipelineLostReason {
  reason_id: string;
  position: number;
  names: Json;
  reapply_days: number | null;
  active: Generated<boolean>;
}

export interface PipelineMailbox {
  mailbox_id: GeneratedAlways<bigint>;
  name: string;
  host: string;
  port: number;
  secure: boolean;
  user_name: string;
  password: string;
  folder: Generated<string>;
  program_id: string | null;
  makes_leads: boolean;
  active: boolean;
  uid_validity: Int8 | null;
  last_uid: Generated<Int8>;
  looked_at: Instant | null;
  problem: Generated<string>;
  revision: Generated<number>;
}

export interface PipelineMessage {
  message_id: string;
  at: Instant;
  sender: string;
  sender_name: Generated<string>;
  recipients: string[];
  subject: string;
  body: string;
  thread: Generated<string[]>;
  state: string;
  why: Generated<string>;
  taken_at: Instant;
}

export interface PipelineReport {
  report_id: GeneratedAlways<bigint>;
  period: string;
  made_at: Instant;
  figures: Json;
  file_name: string;
  media: string;
  file: Buffer;
  sent_to: Generated<string[]>;
}

export interface PipelineReportSchedule {
  schedule_id: GeneratedAlways<bigint>;
  cadence: string;
  format: string;
  language: Generated<string>;
  roles: Generated<string[]>;
  user_ids: Generated<string[]>;
  active: Generated<boolean>;
  last_period: Generated<string>;
  revision: Generated<number>;
}

export interface PipelineRuleVersion {
  kind: string;
  version: number;
  rules: Json;
  note: Generated<string>;
  created_at: Instant;
  created_by: string;
  created_name: string;
}

export interface PipelineSpentProof {
  proof: string;
  until: Instant;
}

export interface PipelineStage {
  stage_id: string;
  position: number;
  names: Json;
  probability: number;
  usual_days: number;
  outcome: string | null;
  active: Generated<boolean>;
}

export interface PipelineStageMove {
  lead_id: string;
  seq: number;
  from_stage: string | null;
  to_stage: string;
  at: Instant;
  by_id: string;
  by_name: string;
}

export interface PipelineTarget {
  month: string;
  owner_user_id: Generated<string>;
  ftds: number;
}

export interface PipelineTask {
  task_id: string;
  lead_id: string | null;
  partner_id: string | null;
  title: string;
  note: Generated<string>;
  owner_user_id: string | null;
  due_at: Instant;
  remind_at: Instant | null;
  reminded_at: Instant | null;
  repeats: string | null;
  state: string;
  done_at: Instant | null;
  done_by: string | null;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface PipelineTurn {
  rule_name: string;
  user_id: string;
  given: Int8;
}

export interface PlansPlan {
  plan_id: string;
  program_id: string;
  code: string;
  name: string;
  created_by: string;
  created_at: Instant;
}

export interface PlansPlanCase {
  case_id: string;
  plan_id: string;
  name: string;
  facts: string;
  expected: Json;
  changed_by: string;
  changed_at: Instant;
}

export interface PlansPlanVersion {
  plan_version_id: string;
  plan_id: string;
  version: number;
  document: Json;
  document_hash: string;
  status: string;
  created_by: string;
  created_at: Instant;
  published_by: string | null;
  published_at: Instant | null;
  source: string | null;
  cases_run: number | null;
  cases_failing: number | null;
  published_reason: string | null;
}

export interface PrivacyLegalHold {
  hold_id: string;
  subject_kind: string;
  subject_id: string;
  reason: string;
  placed_by: string;
  placed_at: Instant;
  lifted_by: string | null;
  lifted_at: Instant | null;
  lift_reason: Generated<string>;
}

export interface PrivacyRequest {
  request_id: string;
  kind: string;
  subject_kind: string;
  subject_id: string;
  state: string;
  reason: string;
  preview: Json;
  preview_hash: string;
  pseudonym: string | null;
  certificate: Json | null;
  certificate_hash: string | null;
  proposed_by: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  decision_note: Generated<string>;
  revision: Generated<number>;
}

export interface PrivacyRetentionRule {
  record_kind: string;
  keep_days: number;
  active: boolean;
  basis: string;
  changed_by: string;
  changed_at: Instant;
  revision: Generated<number>;
}

export interface PrivacyRetentionRun {
  run_id: GeneratedAlways<bigint>;
  dry: boolean;
  started_by: string;
  at: Instant;
  report: Json;
}

export interface ProceduresCalendar {
  calendar_id: string;
  region_id: string | null;
  time_zone: string;
  week: Json;
  holidays: Generated<Json>;
  revision: Generated<number>;
}

export interface ProceduresCase {
  case_id: string;
  procedure: string;
  version_id: string;
  subject_kind: string;
  subject_id: string;
  partner_id: string | null;
  program_id: string | null;
  region_id: string | null;
  status: string;
  stage: string;
  stage_since: Instant;
  due_at: Instant | null;
  next_look_at: Instant | null;
  parameters: Generated<Json>;
  started_by: string;
  started_at: Instant;
  ended_at: Instant | null;
  events: number;
}

export interface ProceduresEvidence {
  evidence_id: string;
  case_id: string;
  kind: string;
  name: string;
  media_type: Generated<string>;
  body: Buffer;
  sha256: string;
  added_by: string;
  added_name: string;
  added_at: Instant;
  sealed_key: string | null;
}

export interface ProceduresHistory {
  case_id: string;
  number: number;
  kind: string;
  stage: string;
  at: Instant;
  person: string;
  name: string;
  body: Json;
}

export interface ProceduresStay {
  case_id: string;
  number: number;
  stage: string;
  from_at: Instant;
  until_at: Instant | null;
  ended_how: string | null;
  due_at: Instant | null;
  working_seconds: Int8 | null;
}

export interface ProceduresVersion {
  version_id: string;
  procedure: string;
  version: number;
  state: string;
  yaml: string;
  definition: Json;
  hash: string;
  summary: Generated<string>;
  saved_by: string;
  saved_name: string;
  saved_at: Instant;
  published_by: string | null;
  published_name: string | null;
  published_at: Instant | null;
  revision: Generated<number>;
}

export interface ProceduresWait {
  wait_id: GeneratedAlways<bigint>;
  case_id: string;
  partner_id: string | null;
  stage: string;
  kind: string;
  key: string;
  role: string;
  due_at: Instant | null;
  from_at: Instant;
  until_at: Instant | null;
}

export interface ProgramsCreative {
  creative_id: string;
  program_id: string;
  offer_id: string;
  name: string;
  kind: string;
  language: string;
  address: string | null;
  wording: Generated<string>;
  expires_on: string | null;
  state: string;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Instant;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Instant | null;
  reason: Generated<string>;
  warnings_seen: Generated<boolean>;
  revision: Generated<number>;
}

export interface ProgramsCreativeFile {
  creative_id: string;
  name: string;
  media_type: string;
  sha256: string;
  bytes: Buffer;
}

export interface ProgramsLandingPage {
  landing_id: string;
  offer_id: string;
  name: string;
  url: string;
  weight: number;
  status: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface ProgramsOffer {
  offer_id: string;
  program_id: string;
  code: string;
  name: string;
  status: string;
  description: Generated<string>;
  landing_url: string;
  allowed_hosts: string[];
  allowed_countries: Generated<string[]>;
  blocked_countries: Generated<string[]>;
  fallback_url: string | null;
  tags: Generated<string[]>;
  owner_user_id: string | null;
  created_at: Instant;
  revision: Generated<number>;
  access: Generated<string>;
  access_questions: Generated<Json>;
  targeting: Generated<Json>;
  utm: Generated<Json>;
  starts_at: Instant | null;
  ends_at: Instant | null;
}

export interface ProgramsOfferAccess {
  access_id: string;
  offer_id: string;
  program_id: string;
  partner_id: string;
  status: string;
  answers: Generated<Json>;
  note: Generated<string>;
  reason: string | null;
  requested_at: Instant;
  requested_by: string;
  decided_at: Instant | null;
  decided_by: string | null;
  revision: Generated<number>;
}

export interface ProgramsProgram {
  program_id: string;
  code: string;
  name: string;
  status: string;
  description: Generated<string>;
  time_zone: string;
  currency: string;
  owner_user_id: string | null;
  fallback_url: string;
  tracking_domain: string | null;
  attribution: Generated<Json>;
  custom_events: Generated<Json>;
  created_at: Instant;
  revision: Generated<number>;
  sub_partner_view: Generated<string>;
  tracker_consent: Generated<string>;
}

export interface ProgramsRegion {
  region_id: string;
  code: string;
  name: string;
  created_at: Instant;
}

export interface ReconciliationBankAccount {
  bank_account_id: string;
  name: string;
  identity: string;
  iban: string | null;
  number: string | null;
  bic: string | null;
  currency: string;
  auto_score: Generated<number>;
  fee_minor: Generated<Int8>;
  mappings: Generated<Json>;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface ReconciliationBankEntry {
  entry_id: GeneratedAlways<bigint>;
  bank_account_id: string;
  statement_id: string;
  position: number;
  family: string;
  bank_reference: string | null;
  content_key: string;
  booked_on: string;
  value_on: string | null;
  currency: string;
  amount_minor: Int8;
  state: string;
  end_to_end_id: string | null;
  refs: Generated<string[]>;
  name: string | null;
  account: string | null;
  text: string;
  returned: string | null;
  original_minor: Int8 | null;
  original_currency: string | null;
  details: Generated<Json>;
  batch_size: number | null;
  note: Generated<string>;
  owner: string | null;
  due_on: string | null;
  ignored_why: string | null;
  revision: Generated<number>;
}

export interface ReconciliationBankFile {
  file_id: string;
  content_hash: string;
  name: string;
  bytes: Buffer;
  size: number;
  format: string | null;
  variant: string | null;
  state: string;
  sentence: string | null;
  bank_account_id: string | null;
  mapping: Json | null;
  guess: Json | null;
  statements: Generated<number>;
  entries: Generated<number>;
  fresh: Generated<number>;
  pending: Generated<number>;
  uploaded_by: string;
  uploaded_at: Instant;
}

export interface ReconciliationBankStatement {
  statement_id: string;
  bank_account_id: string;
  file_id: string;
  kind: string;
  number: string | null;
  identity: string;
  from_day: string | null;
  to_day: string | null;
  opening_minor: Int8 | null;
  closing_minor: Int8 | null;
  entries: number;
  fresh: number;
  state: string;
  problems: Generated<Json>;
  uploaded_by: string;
  taken_at: Instant;
  decided_by: string | null;
  decided_at: Instant | null;
  reason: string | null;
}

export interface ReconciliationComparison {
  comparison_id: string;
  name: string;
  program_id: string;
  partner_id: string | null;
  from_day: string;
  until_day: string;
  currency: string;
  types: string[];
  tolerance_minutes: number;
  amount_tolerance: Int8;
  late_days: number;
  state: string;
  problem: string | null;
  summary: Json | null;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface ReconciliationComparisonChunk {
  file_id: string;
  position: number;
  bytes: Buffer;
}

export interface ReconciliationComparisonFile {
  file_id: string;
  comparison_id: string;
  side: string;
  name: string;
  content_hash: string;
  kind: string;
  size: Int8;
  header_row: number;
  columns: string[];
  sample: Json;
  suggestion: Json;
  mapping: Json | null;
  time_zone: string;
  state: string;
  problem: string | null;
  rows: Generated<number>;
  refused: Generated<number>;
  uploaded_by: string;
  uploaded_at: Instant;
}

export interface ReconciliationComparisonMapping {
  side: string;
  columns_key: string;
  mapping: Json;
}

export interface ReconciliationComparisonRefusal {
  file_id: string;
  line: number;
  field: string;
  value: string | null;
  reason: string;
}

export interface ReconciliationCorrection {
  comparison_id: string;
  result_key: string;
  adjustment_id: string;
  amount_minor: Int8;
  currency: string;
  proposed_by: string;
  proposed_at: Instant;
}

export interface ReconciliationExpected {
  expected_id: GeneratedAlways<bigint>;
  expected_key: string;
  kind: string;
  payout_id: string;
  batch_id: string;
  partner_id: string | null;
  payee_name: string;
  account: string | null;
  end_to_end_id: string;
  refs: Generated<string[]>;
  currency: string;
  amount_minor: Int8;
  expected_on: string;
  state: string;
  noted_at: Instant;
}

export interface ReconciliationMatch {
  match_id: string;
  bank_account_id: string;
  state: string;
  kind: string;
  score: number;
  reasons: Json;
  fee_minor: Generated<Int8>;
  rate: string | null;
  note: Generated<string>;
  made_by: string | null;
  made_at: Instant;
  confirmed_by: string | null;
  booked_by: string | null;
  booked_at: Instant | null;
  ended_by: string | null;
  ended_at: Instant | null;
  end_reason: string | null;
}

export interface ReconciliationMatchEntry {
  match_id: string;
  entry_id: Int8;
  living: boolean;
}

export interface ReconciliationMatchExpected {
  match_id: string;
  expected_id: Int8;
  living: boolean;
}

export interface ReconciliationOpenItem {
  item_id: string;
  comparison_id: string | null;
  result_key: string | null;
  entry_id: Int8 | null;
  title: string;
  owner: string;
  due_on: string;
  state: string;
  answer: string | null;
  opened_by: string;
  opened_at: Instant;
  answered_by: string | null;
  answered_at: Instant | null;
}

export interface ReconciliationPair {
  comparison_id: string;
  sides: string;
  left_row: Int8;
  right_row: Int8;
  matched_by: string;
  shift_minutes: Generated<number>;
}

export interface ReconciliationResult {
  result_id: GeneratedAlways<bigint>;
  comparison_id: string;
  result_key: string;
  tracked_row: Int8 | null;
  office_row: Int8 | null;
  claim_row: Int8 | null;
  class: string;
  differences: string[];
  matched_by: string | null;
  day: string;
  partner_id: string | null;
  office_minor: Int8 | null;
  claim_minor: Int8 | null;
}

export interface ReconciliationSideRow {
  row_id: GeneratedAlways<bigint>;
  comparison_id: string;
  side: string;
  row_key: string;
  file_id: string | null;
  line: number | null;
  occurred_at: Instant;
  type: string | null;
  order_id: string | null;
  click_id: string | null;
  customer_ref: string | null;
  partner_ref: string | null;
  partner_id: string | null;
  currency: string | null;
  minor: Int8 | null;
  commission_minor: Int8 | null;
  counts: boolean;
  status: string;
  why: string | null;
  known_at: Instant | null;
  raw: Generated<Json>;
}

export interface ReportingCommissionLine {
  line_id: Int8 | null;
  partner_id: string | null;
  program_id: string | null;
  component: string | null;
  month: string | null;
  booked_month: string | null;
  earned_on: string | null;
  currency: string | null;
  difference_minor: Int8 | null;
  calculated_at: Instant | null;
  subject_kind: string | null;
  subject_id: string | null;
}

export interface ReportingCustomer {
  customer_id: Int8 | null;
  program_id: string | null;
  customer_ref: string | null;
  first_seen: Instant | null;
  partner_id: string | null;
  offer_id: string | null;
  link_id: string | null;
  click_id: string | null;
  country: string | null;
  reason: string | null;
  bound_at: Instant | null;
  registered_at: Instant | null;
  kyc_at: Instant | null;
  ftd_at: Instant | null;
  ftd_minor: Int8 | null;
  ftd_currency: string | null;
  second_deposit_at: Instant | null;
}

export interface ReportingEvent {
  event_id: Int8 | null;
  program_id: string | null;
  type: string | null;
  source_id: string | null;
  external_id: string | null;
  customer_id: Int8 | null;
  customer_ref: string | null;
  occurred_at: Instant | null;
  received_at: Instant | null;
  lane: number | null;
  seq: Int8 | null;
  line: number | null;
  currency: string | null;
  measures: Json | null;
  quantities: Json | null;
  dimensions: Json | null;
  replaces: Int8 | null;
  superseded_by: Int8 | null;
  void: boolean | null;
  day: string | null;
  partner_id: string | null;
  offer_id: string | null;
  link_id: string | null;
  click_id: string | null;
}

export interface ReportingEventsCursor {
  lane: number | null;
  next_seq: Int8 | null;
  done: boolean | null;
}

export interface ReportingHeldCommission {
  partner_id: string | null;
  program_id: string | null;
  currency: string | null;
  held_minor: Int8 | null;
  held_until: string | null;
}

export interface ReportingIntakeEntry {
  lane: number | null;
  seq: Int8 | null;
  kind: number | null;
  received_at: Instant | null;
  body: string | null;
}

export interface ReportingIntakeLane {
  lane: number | null;
  closed: boolean | null;
  purged_seq: Int8 | null;
}

export interface ReportingLandingPage {
  landing_id: string | null;
  offer_id: string | null;
  name: string | null;
}

export interface ReportingLane {
  lane: number;
  next_seq: Generated<Int8>;
  planned_seq: Int8 | null;
  done: Generated<boolean>;
}

export interface ReportingLink {
  link_id: string | null;
  num: number | null;
  code: string | null;
  name: string | null;
  program_id: string | null;
  offer_id: string | null;
  partner_id: string | null;
  status: string | null;
}

export interface ReportingOffer {
  offer_id: string | null;
  program_id: string | null;
  code: string | null;
  name: string | null;
  status: string | null;
}

export interface ReportingPartner {
  partner_id: string | null;
  code: string | null;
  name: string | null;
  kind: string | null;
  status: string | null;
  country: string | null;
  region_id: string | null;
  owner_user_id: string | null;
  parent_partner_id: string | null;
  created_at: Instant | null;
  activated_at: Instant | null;
}

export interface ReportingProgram {
  program_id: string | null;
  code: string | null;
  name: string | null;
  status: string | null;
  time_zone: string | null;
  currency: string | null;
}

export interface ReportingReceipt {
  lane: number | null;
  seq: Int8 | null;
  line: number | null;
  fate: string | null;
  reason: string | null;
  detail: string | null;
  event_id: Int8 | null;
  partner_id: string | null;
  decided_at: Instant | null;
}

export interface ReportingShip {
  ship_id: Int8 | null;
  subject: string | null;
  lane: number | null;
  keys: bigint[] | null;
}

export interface ReportingWaiting {
  kind: string | null;
  partner_id: string | null;
  program_id: string | null;
  since: Instant | null;
}

export interface RunsAttempt {
  run_id: string;
  attempt: number;
  calculated_at: Instant;
  last_line: Int8;
  partners: number;
  hash: string;
}

export interface RunsCell {
  run_id: string;
  attempt: number;
  partner_id: string;
  currency: string;
  program_id: string;
  component: string;
  model: string;
  tier: string;
  quantity: Numeric;
  quantity_before: Numeric;
  amount: Int8;
  amount_before: Int8;
}

export interface RunsClaim {
  statement_id: string;
  run_id: string;
  partner_id: string;
  currency: string;
  month: string;
  mode: string;
}

export interface RunsCourse {
  position: GeneratedAlways<bigint>;
  run_id: string;
  from_state: string | null;
  to_state: string;
  attempt: number;
  person: string;
  at: Instant;
  comment: Generated<string>;
}

export interface RunsDecision {
  decision_id: GeneratedAlways<bigint>;
  run_id: string;
  attempt: number;
  partner_id: string;
  currency: string;
  level: string | null;
  decision: string;
  person: string;
  acting_for: string | null;
  comment: Generated<string>;
  figures_hash: string;
  at: Instant;
  stands: Generated<boolean>;
}

export interface RunsDelegation {
  delegation_id: string;
  from_user_id: string;
  to_user_id: string;
  valid_from: string;
  valid_to: string;
  levels: string[];
  reason: string;
  made_by: string;
  made_at: Instant;
  ended_at: Instant | null;
  ended_by: string | null;
}

export interface RunsItem {
  run_id: string;
  attempt: number;
  partner_id: string;
  currency: string;
  region_id: string | null;
  owner_user_id: string | null;
  statement_ids: string[];
  earned: Int8;
  earned_before: Int8;
  opening_payable: Int8;
  adjusted: Int8;
  closing_payable: Int8;
  closing_held: Int8;
  to_pay: Int8;
  causes: Json;
  change: GeneratedAlways<bigint>;
  marks: Json;
  mark_codes: string[];
  is_exception: boolean;
  entered_by: Json;
  figures_hash: string;
  need_regional: number;
  need_central: number;
  need_finance: number;
  got_regional: Generated<number>;
  got_central: Generated<number>;
  got_finance: Generated<number>;
  excluded_by: string | null;
  excluded_why: Generated<string>;
  sent_back_by: string | null;
  sent_back_why: Generated<string>;
  released: Generated<boolean>;
}

export interface RunsLetter {
  run_id: string;
  attempt: number;
  level: string;
  kind: string;
  user_id: string;
  sent_at: Instant;
}

export interface RunsRun {
  run_id: string;
  kind: string;
  mode: string;
  schedule: string | null;
  period_from: string;
  period_to: string;
  months: string[];
  scope: Json;
  reason: string;
  state: string;
  attempt: Generated<number>;
  settings_version: number;
  dues: Json;
  working: string | null;
  progress: Json | null;
  trouble: string | null;
  asked_by: string | null;
  asked_for: string | null;
  comment: Generated<string>;
  reopened: Generated<number>;
  reopen_by: string | null;
  reopen_at: Instant | null;
  reopen_reason: string | null;
  opened_by: string;
  opened_at: Instant;
  revision: Generated<number>;
}

export interface RunsSettings {
  version: number;
  document: Json;
  saved_by: string;
  saved_at: Instant;
  reason: string;
}

export interface RunsSnapshot {
  run_id: string;
  attempt: number;
  taken_at: Instant;
  document: Json;
  hash: string;
}

export interface StatementsBranding {
  only_row: Generated<boolean>;
  name: string;
  legal_name: string;
  address: string[];
  email: string;
  website: string;
  registration: string;
  accent: string;
  logo: string | null;
  revision: number;
}

export interface StatementsInquiry {
  inquiry_id: string;
  partner_id: string;
  statement_id: string;
  line_id: Int8 | null;
  subject: string;
  state: string;
  answer_by: Instant;
  opened_by: string;
  opened_at: Instant;
  closed_by: string | null;
  closed_at: Instant | null;
  adjustment_id: string | null;
}

export interface StatementsInquiryMessage {
  message_id: GeneratedAlways<bigint>;
  inquiry_id: string;
  partner_id: string;
  from_partner: boolean;
  by: string;
  at: Instant;
  text: string;
  evidence: Json;
}

export interface StatementsOnAccount {
  run_id: string;
  statement_id: string;
  minor: Int8;
  approved_by: string;
  approved_at: Instant;
}

export interface StatementsProgramShare {
  statement_id: string;
  program_id: string;
  partner_id: string;
  currency: string;
  month: string;
  moved_minor: Int8;
}

export interface StatementsSettlement {
  idempotency_key: string;
  statement_id: string;
  partner_id: string;
  currency: string;
  kind: string;
  minor: Int8;
  by_program: Json;
  source_key: string;
  reference: string;
  booked_by: string;
  booked_at: Instant;
  on_account: Generated<boolean>;
  kept_minor: Generated<Int8>;
}

export interface StatementsSigningKey {
  key_id: string;
  public_key: string;
  sealed_private: string;
  created_at: Instant;
  retired_at: Instant | null;
}

export interface StatementsStatement {
  statement_id: string;
  partner_id: string;
  currency: string;
  month: string;
  status: string;
  closing_minor: Int8 | null;
  paid_minor: Int8 | null;
  content: Json | null;
  content_hash: string | null;
  opened_at: Instant;
  closed_by: string | null;
  closed_at: Instant | null;
  paid_by: string | null;
  paid_at: Instant | null;
  payment_reference: string | null;
  run_id: string | null;
  approved_by: string | null;
  approved_at: Instant | null;
  paid_with: string | null;
  returned_at: Instant | null;
  return_reason: string | null;
}

export interface TrackingAttempt {
  delivery_id: Int8;
  attempt: number;
  at: Instant;
  url: string;
  status: number | null;
  error: string | null;
  duration_ms: number | null;
  response: string | null;
  by_user: string | null;
  method: string | null;
  headers: Json | null;
  body: string | null;
}

export interface TrackingCap {
  cap_id: string;
  program_id: string;
  name: string;
  offer_id: string | null;
  partner_id: string | null;
  each: string;
  metric: string;
  event_type: string | null;
  most: Int8;
  period: string;
  overflow: string;
  overflow_url: string | null;
  overflow_offer_id: string | null;
  warn_at: number;
  status: string;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface TrackingCapCount {
  cap_id: string;
  period_from: string;
  partner_id: Generated<string>;
  value: Generated<string>;
  used: Int8;
  near_at: Instant | null;
  reached_at: Instant | null;
}

export interface TrackingCapUse {
  event_id: Int8;
  cap_id: string;
  period_from: string;
  partner_id: string;
  value: string;
  amount: Int8;
  outcome: string;
  decided_at: Instant;
}

export interface TrackingClickKey {
  key_no: GeneratedAlways<number>;
  sealed: string;
  made_at: Instant;
  begins_at: Instant;
}

export interface TrackingDelivery {
  delivery_id: GeneratedAlways<bigint>;
  postback_id: string;
  partner_id: string;
  event_id: Int8 | null;
  occasion: string;
  dedupe_key: string;
  values: Json;
  state: string;
  attempts: Generated<number>;
  next_at: Instant | null;
  created_at: Instant;
  settled_at: Instant | null;
  program_id: string | null;
  window_from: Instant;
  outcome: string | null;
}

export interface TrackingEvent {
  event_id: GeneratedAlways<bigint>;
  program_id: string;
  source_id: string;
  type: string;
  external_id: string;
  customer_ref: string;
  customer_id: Int8;
  partner_id: string | null;
  occurred_at: Instant;
  received_at: Instant;
  lane: number;
  seq: Int8;
  line: Generated<number>;
  currency: string | null;
  measures: Generated<Json>;
  quantities: Generated<Json>;
  dimensions: Generated<Json>;
  click_id: string | null;
  code: string | null;
  partner_hint: string | null;
  bad_click_id: string | null;
  content_hash: string;
  replaces: Int8 | null;
  superseded_by: Int8 | null;
  void: Generated<boolean>;
  revision: Generated<number>;
  cap: string | null;
}

export interface TrackingEventSource {
  source_id: string;
  program_id: string;
  name: string;
  token_hash: string;
  secret: string;
  require_signature: Generated<boolean>;
  status: string;
  created_by: string;
  created_at: Instant;
  dialect: Generated<string>;
  settings: Generated<Json>;
  incumbent_token_hash: string | null;
  incumbent_secret: string | null;
  test: Generated<boolean>;
}

export interface TrackingLink {
  link_id: string;
  num: GeneratedAlways<number>;
  code: string;
  program_id: string;
  offer_id: string;
  partner_id: string;
  name: Generated<string>;
  source: Generated<string>;
  creative: Generated<string>;
  deep_link: string | null;
  status: string;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
  landing_id: string | null;
  utm: Generated<Json>;
  targeting: Generated<Json>;
  valid_from: Instant | null;
  valid_to: Instant | null;
  smart_id: string | null;
}

export interface TrackingLinkAlias {
  alias_id: GeneratedAlways<bigint>;
  link_id: string;
  program_id: string;
  vendor: string;
  host: string | null;
  path: string;
  params: Generated<Json>;
  match_key: string;
  case_sensitive: boolean;
  address: string;
  created_by: string;
  created_at: Instant;
}

export interface TrackingOfferEarnings {
  offer_id: string;
  program_id: string;
  clicks: Int8;
  earned_minor: Int8;
  from_day: string;
  to_day: string;
  measured_at: Instant;
}

export interface TrackingPostback {
  postback_id: string;
  partner_id: string;
  program_id: string | null;
  offer_id: string | null;
  name: Generated<string>;
  event_types: string[];
  method: string;
  url: string;
  body: string | null;
  status: string;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
  host: string;
  template: string | null;
  settings: Generated<Json>;
  filters: Generated<Json>;
  status_words: Generated<Json>;
  delay_seconds: Generated<number>;
  precedence: Generated<string>;
}

export interface TrackingPostbackSecret {
  secret_id: GeneratedAlways<bigint>;
  postback_id: string;
  partner_id: string;
  kind: string;
  name: Generated<string>;
  sealed: string;
  created_at: Instant;
  expires_at: Instant | null;
}

export interface TrackingProofRun {
  run_id: string;
  kind: string;
  state: string;
  partner_id: string;
  program_id: string;
  offer_id: string;
  link_id: string | null;
  click_id: string | null;
  options: Json;
  result: Json;
  configuration: Json;
  started_by: string;
  started_name: string;
  by_partner: boolean;
  started_at: Instant;
  finished_at: Instant | null;
  revision: Generated<number>;
}

export interface TrackingReceipt {
  lane: number;
  seq: Int8;
  line: Generated<number>;
  fate: string;
  reason: string | null;
  detail: string | null;
  event_id: Int8 | null;
  partner_id: string | null;
  decided_at: Instant;
}

export interface TrackingReferralCode {
  code: string;
  program_id: string;
  partner_id: string;
  link_id: string | null;
  valid_from: Instant | null;
  valid_to: Instant | null;
  created_by: string;
  created_at: Instant;
}

export interface TrackingShadow {
  shadow_id: string;
  program_id: string;
  name: string;
  incumbent: string;
  source_id: string | null;
  time_zone: string;
  currency: string;
  types: string[];
  tolerance_minutes: number;
  late_hours: number;
  thresholds: Json;
  status: string;
  state: string;
  problem: string | null;
  summary: Json | null;
  mappings: Generated<Json>;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface TrackingShadowChunk {
  file_id: string;
  position: number;
  bytes: Buffer;
}

export interface TrackingShadowFile {
  file_id: string;
  shadow_id: string;
  name: string;
  kind: string;
  bytes: Int8;
  state: string;
  problem: string | null;
  header_row: number;
  columns: string[];
  sample: Json;
  mapping: Json | null;
  rows: Generated<number>;
  refused: Generated<number>;
  covers_from: Instant | null;
  covers_to: Instant | null;
  created_by: string;
  created_at: Instant;
}

export interface TrackingShadowPartner {
  shadow_id: string;
  partner_ref: string;
  partner_id: string | null;
  by_hand: boolean;
}

export interface TrackingShadowRefusal {
  file_id: string;
  line: number;
  field: string;
  value: string | null;
  reason: string;
  hint: string | null;
  raw: string;
}

export interface TrackingShadowResult {
  result_id: GeneratedAlways<bigint>;
  shadow_id: string;
  class: string;
  differences: string[];
  notes: string[];
  matched_by: string | null;
  day: string;
  partner_id: string | null;
  row_id: Int8 | null;
  event_id: Int8 | null;
  duplicate_row: Int8 | null;
  duplicate_event: Int8 | null;
}

export interface TrackingShadowRow {
  row_id: GeneratedAlways<bigint>;
  shadow_id: string;
  row_key: string;
  file_id: string | null;
  line: number | null;
  receipt: string | null;
  occurred_at: Instant;
  type: string | null;
  order_id: string | null;
  click_id: string | null;
  customer_ref: string | null;
  partner_ref: string | null;
  currency: string | null;
  minor: Int8 | null;
  status: string;
  raw: Json;
}

export interface TrackingShadowSum {
  shadow_id: string;
  day: string;
  partner_id: string;
  currency: string;
  compared: number;
  agreed: number;
  theirs: number;
  ours: number;
  their_minor: Int8;
  our_minor: Int8;
}

export interface TrackingShip {
  ship_id: GeneratedAlways<bigint>;
  subject: string;
  lane: Generated<number>;
  keys: bigint[];
}

export interface TrackingSmartLink {
  smart_id: string;
  program_id: string;
  name: string;
  mode: string;
  explore: number;
  least_clicks: number;
  offer_id: string;
  options: Json;
  status: string;
  created_by: string;
  created_at: Instant;
  revision: Generated<number>;
}

export interface TrackingTestCustomer {
  program_id: string;
  customer_ref: string;
  click_id: string;
  until: Instant;
}

export interface TrackingTestLine {
  lane: number;
  seq: Int8;
  line: number;
  program_id: string;
  source_id: string;
  door: string;
  partner_id: string | null;
  offer_id: string | null;
  link_id: string | null;
  click_id: string | null;
  customer_ref: string | null;
  reason: string;
  detail: string | null;
  sent: Json;
  raw: string | null;
  received_at: Instant;
}

export interface Schema {
  "access.account": AccessAccount;
  "access.api_key": AccessApiKey;
  "access.closed_region": AccessClosedRegion;
  "access.custom_role": AccessCustomRole;
  "access.deputy": AccessDeputy;
  "access.idempotency": AccessIdempotency;
  "access.invitation": AccessInvitation;
  "access.passkey": AccessPasskey;
  "access.permission_use": AccessPermissionUse;
  "access.region_of_house": AccessRegionOfHouse;
  "access.review": AccessReview;
  "access.review_item": AccessReviewItem;
  "access.role_grant": AccessRoleGrant;
  "access.saved_view": AccessSavedView;
  "access.second_factor_failure": AccessSecondFactorFailure;
  "access.second_factor_use": AccessSecondFactorUse;
  "access.session": AccessSession;
  "access.two_factor": AccessTwoFactor;
  "access.user": AccessUser;
  "access.verification": AccessVerification;
  "agreements.agreement": AgreementsAgreement;
  "agreements.agreement_version": AgreementsAgreementVersion;
  "agreements.approval": AgreementsApproval;
  "agreements.approval_need": AgreementsApprovalNeed;
  "agreements.jurisdiction_pass": AgreementsJurisdictionPass;
  "agreements.jurisdiction_rules": AgreementsJurisdictionRules;
  "agreements.policy": AgreementsPolicy;
  "agreements.reminder": AgreementsReminder;
  "agreements.round": AgreementsRound;
  "agreements.template": AgreementsTemplate;
  "agreements.template_version": AgreementsTemplateVersion;
  "attribution.customer": AttributionCustomer;
  "attribution.decision": AttributionDecision;
  "attribution.former_owner": AttributionFormerOwner;
  "attribution.known_customer": AttributionKnownCustomer;
  "attribution.replay_run": AttributionReplayRun;
  "attribution.rules_shown": AttributionRulesShown;
  "attribution.rules_version": AttributionRulesVersion;
  "audit.activity": AuditActivity;
  "audit.entry": AuditEntry;
  "audit.head": AuditHead;
  "audit.person_key": AuditPersonKey;
  "commissions.adjustment": CommissionsAdjustment;
  "commissions.adjustment_batch": CommissionsAdjustmentBatch;
  "commissions.adjustment_reason": CommissionsAdjustmentReason;
  "commissions.adjustment_rule": CommissionsAdjustmentRule;
  "commissions.calculator": CommissionsCalculator;
  "commissions.dirty": CommissionsDirty;
  "commissions.fact_day": CommissionsFactDay;
  "commissions.held": CommissionsHeld;
  "commissions.line": CommissionsLine;
  "commissions.memory": CommissionsMemory;
  "commissions.milestone": CommissionsMilestone;
  "commissions.rate": CommissionsRate;
  "commissions.simulation": CommissionsSimulation;
  "commissions.simulation_partner": CommissionsSimulationPartner;
  "commissions.stated_metric": CommissionsStatedMetric;
  "commissions.traffic_day": CommissionsTrafficDay;
  "compliance.document": ComplianceDocument;
  "compliance.document_file": ComplianceDocumentFile;
  "compliance.document_look": ComplianceDocumentLook;
  "compliance.document_reminder": ComplianceDocumentReminder;
  "compliance.domain_proof": ComplianceDomainProof;
  "compliance.ended_relationship": ComplianceEndedRelationship;
  "compliance.hit": ComplianceHit;
  "compliance.holding": ComplianceHolding;
  "compliance.list_change": ComplianceListChange;
  "compliance.list_entry": ComplianceListEntry;
  "compliance.list_version": ComplianceListVersion;
  "compliance.profile": ComplianceProfile;
  "compliance.progress": ComplianceProgress;
  "compliance.questionnaire_answer": ComplianceQuestionnaireAnswer;
  "compliance.regime_attachment": ComplianceRegimeAttachment;
  "compliance.related_person": ComplianceRelatedPerson;
  "compliance.risk_override": ComplianceRiskOverride;
  "compliance.risk_rating": ComplianceRiskRating;
  "compliance.rule_book": ComplianceRuleBook;
  "compliance.site": ComplianceSite;
  "compliance.site_review": ComplianceSiteReview;
  "compliance.site_snapshot": ComplianceSiteSnapshot;
  "compliance.subject": ComplianceSubject;
  "database.migration": DatabaseMigration;
  "database.notice": DatabaseNotice;
  "governance.contact_record": GovernanceContactRecord;
  "governance.exception": GovernanceException;
  "governance.finding": GovernanceFinding;
  "governance.full_cap": GovernanceFullCap;
  "governance.landing_record": GovernanceLandingRecord;
  "governance.link_record": GovernanceLinkRecord;
  "governance.offer_record": GovernanceOfferRecord;
  "governance.offer_state": GovernanceOfferState;
  "governance.page_check": GovernancePageCheck;
  "governance.partner_record": GovernancePartnerRecord;
  "governance.partner_seat_text": GovernancePartnerSeatText;
  "governance.progress": GovernanceProgress;
  "governance.rule": GovernanceRule;
  "governance.rule_version": GovernanceRuleVersion;
  "governance.score": GovernanceScore;
  "governance.score_day": GovernanceScoreDay;
  "governance.seat": GovernanceSeat;
  "governance.suggestion": GovernanceSuggestion;
  "governance.tag_rule": GovernanceTagRule;
  "governance.tag_set": GovernanceTagSet;
  "governance.traffic": GovernanceTraffic;
  "governance.trail": GovernanceTrail;
  "health.alert": HealthAlert;
  "health.setting": HealthSetting;
  "health.watched": HealthWatched;
  "intake.cursor": IntakeCursor;
  "intake.entry": IntakeEntry;
  "intake.kept": IntakeKept;
  "intake.lane": IntakeLane;
  "intake.retention": IntakeRetention;
  "integrations.change": IntegrationsChange;
  "integrations.connection": IntegrationsConnection;
  "integrations.import": IntegrationsImport;
  "integrations.made": IntegrationsMade;
  "integrations.record": IntegrationsRecord;
  "integrations.remembered": IntegrationsRemembered;
  "integrations.row": IntegrationsRow;
  "integrations.sheet": IntegrationsSheet;
  "integrations.webhook_attempt": IntegrationsWebhookAttempt;
  "integrations.webhook_delivery": IntegrationsWebhookDelivery;
  "integrations.webhook_endpoint": IntegrationsWebhookEndpoint;
  "integrations.webhook_message": IntegrationsWebhookMessage;
  "integrations.webhook_secret": IntegrationsWebhookSecret;
  "invoices.coverage": InvoicesCoverage;
  "invoices.delivery": InvoicesDelivery;
  "invoices.file": InvoicesFile;
  "invoices.invoice": InvoicesInvoice;
  "invoices.payee_number": InvoicesPayeeNumber;
  "invoices.series": InvoicesSeries;
  "invoices.setting": InvoicesSetting;
  "ledger.account": LedgerAccount;
  "ledger.account_code": LedgerAccountCode;
  "ledger.accounting_setting": LedgerAccountingSetting;
  "ledger.balance": LedgerBalance;
  "ledger.closing": LedgerClosing;
  "ledger.exported": LedgerExported;
  "ledger.journal_export": LedgerJournalExport;
  "ledger.period_total": LedgerPeriodTotal;
  "ledger.posting": LedgerPosting;
  "ledger.transfer": LedgerTransfer;
  "morning.alert": MorningAlert;
  "morning.answer": MorningAnswer;
  "morning.cap": MorningCap;
  "morning.document": MorningDocument;
  "morning.earned": MorningEarned;
  "morning.fault": MorningFault;
  "morning.figure": MorningFigure;
  "morning.item": MorningItem;
  "morning.last_contact": MorningLastContact;
  "morning.learnt": MorningLearnt;
  "morning.open_adjustment": MorningOpenAdjustment;
  "morning.open_hit": MorningOpenHit;
  "morning.open_inquiry": MorningOpenInquiry;
  "morning.open_task": MorningOpenTask;
  "morning.payable": MorningPayable;
  "morning.plan": MorningPlan;
  "morning.progress": MorningProgress;
  "morning.reached_tier": MorningReachedTier;
  "morning.running_case": MorningRunningCase;
  "morning.seat": MorningSeat;
  "morning.terms": MorningTerms;
  "morning.tuning": MorningTuning;
  "morning.verified_payee": MorningVerifiedPayee;
  "onboarding.closing": OnboardingClosing;
  "onboarding.handover": OnboardingHandover;
  "onboarding.lapse": OnboardingLapse;
  "onboarding.launch": OnboardingLaunch;
  "onboarding.template": OnboardingTemplate;
  "partners.activation_rule": PartnersActivationRule;
  "partners.attribute_period": PartnersAttributePeriod;
  "partners.bulk_change": PartnersBulkChange;
  "partners.bulk_decision": PartnersBulkDecision;
  "partners.bulk_mapping": PartnersBulkMapping;
  "partners.bulk_row": PartnersBulkRow;
  "partners.contact": PartnersContact;
  "partners.field": PartnersField;
  "partners.field_value": PartnersFieldValue;
  "partners.launch": PartnersLaunch;
  "partners.licence": PartnersLicence;
  "partners.merge": PartnersMerge;
  "partners.not_duplicate": PartnersNotDuplicate;
  "partners.ownership_transfer": PartnersOwnershipTransfer;
  "partners.parent_period": PartnersParentPeriod;
  "partners.participation": PartnersParticipation;
  "partners.partner": PartnersPartner;
  "partners.restriction": PartnersRestriction;
  "partners.search_new": PartnersSearchNew;
  "partners.search_typo": PartnersSearchTypo;
  "partners.search_word": PartnersSearchWord;
  "partners.transferred_partner": PartnersTransferredPartner;
  "partners.transition": PartnersTransition;
  "payees.assignment": PayeesAssignment;
  "payees.hold": PayeesHold;
  "payees.notice": PayeesNotice;
  "payees.payee": PayeesPayee;
  "payees.self_billing": PayeesSelfBilling;
  "payees.setting": PayeesSetting;
  "payees.version": PayeesVersion;
  "payouts.batch": PayoutsBatch;
  "payouts.change": PayoutsChange;
  "payouts.dispatch": PayoutsDispatch;
  "payouts.file": PayoutsFile;
  "payouts.item": PayoutsItem;
  "payouts.payout": PayoutsPayout;
  "payouts.progress": PayoutsProgress;
  "payouts.release_limit": PayoutsReleaseLimit;
  "payouts.report": PayoutsReport;
  "payouts.source": PayoutsSource;
  "payouts.unmatched": PayoutsUnmatched;
  "pipeline.activity": PipelineActivity;
  "pipeline.form": PipelineForm;
  "pipeline.form_version": PipelineFormVersion;
  "pipeline.lead": PipelineLead;
  "pipeline.likeness": PipelineLikeness;
  "pipeline.lost_reason": PipelineLostReason;
  "pipeline.mailbox": PipelineMailbox;
  "pipeline.message": PipelineMessage;
  "pipeline.report": PipelineReport;
  "pipeline.report_schedule": PipelineReportSchedule;
  "pipeline.rule_version": PipelineRuleVersion;
  "pipeline.spent_proof": PipelineSpentProof;
  "pipeline.stage": PipelineStage;
  "pipeline.stage_move": PipelineStageMove;
  "pipeline.target": PipelineTarget;
  "pipeline.task": PipelineTask;
  "pipeline.turn": PipelineTurn;
  "plans.plan": PlansPlan;
  "plans.plan_case": PlansPlanCase;
  "plans.plan_version": PlansPlanVersion;
  "privacy.legal_hold": PrivacyLegalHold;
  "privacy.request": PrivacyRequest;
  "privacy.retention_rule": PrivacyRetentionRule;
  "privacy.retention_run": PrivacyRetentionRun;
  "procedures.calendar": ProceduresCalendar;
  "procedures.case": ProceduresCase;
  "procedures.evidence": ProceduresEvidence;
  "procedures.history": ProceduresHistory;
  "procedures.stay": ProceduresStay;
  "procedures.version": ProceduresVersion;
  "procedures.wait": ProceduresWait;
  "programs.creative": ProgramsCreative;
  "programs.creative_file": ProgramsCreativeFile;
  "programs.landing_page": ProgramsLandingPage;
  "programs.offer": ProgramsOffer;
  "programs.offer_access": ProgramsOfferAccess;
  "programs.program": ProgramsProgram;
  "programs.region": ProgramsRegion;
  "reconciliation.bank_account": ReconciliationBankAccount;
  "reconciliation.bank_entry": ReconciliationBankEntry;
  "reconciliation.bank_file": ReconciliationBankFile;
  "reconciliation.bank_statement": ReconciliationBankStatement;
  "reconciliation.comparison": ReconciliationComparison;
  "reconciliation.comparison_chunk": ReconciliationComparisonChunk;
  "reconciliation.comparison_file": ReconciliationComparisonFile;
  "reconciliation.comparison_mapping": ReconciliationComparisonMapping;
  "reconciliation.comparison_refusal": ReconciliationComparisonRefusal;
  "reconciliation.correction": ReconciliationCorrection;
  "reconciliation.expected": ReconciliationExpected;
  "reconciliation.match": ReconciliationMatch;
  "reconciliation.match_entry": ReconciliationMatchEntry;
  "reconciliation.match_expected": ReconciliationMatchExpected;
  "reconciliation.open_item": ReconciliationOpenItem;
  "reconciliation.pair": ReconciliationPair;
  "reconciliation.result": ReconciliationResult;
  "reconciliation.side_row": ReconciliationSideRow;
  "reporting.commission_line": ReportingCommissionLine;
  "reporting.customer": ReportingCustomer;
  "reporting.event": ReportingEvent;
  "reporting.events_cursor": ReportingEventsCursor;
  "reporting.held_commission": ReportingHeldCommission;
  "reporting.intake_entry": ReportingIntakeEntry;
  "reporting.intake_lane": ReportingIntakeLane;
  "reporting.landing_page": ReportingLandingPage;
  "reporting.lane": ReportingLane;
  "reporting.link": ReportingLink;
  "reporting.offer": ReportingOffer;
  "reporting.partner": ReportingPartner;
  "reporting.program": ReportingProgram;
  "reporting.receipt": ReportingReceipt;
  "reporting.ship": ReportingShip;
  "reporting.waiting": ReportingWaiting;
  "runs.attempt": RunsAttempt;
  "runs.cell": RunsCell;
  "runs.claim": RunsClaim;
  "runs.course": RunsCourse;
  "runs.decision": RunsDecision;
  "runs.delegation": RunsDelegation;
  "runs.item": RunsItem;
  "runs.letter": RunsLetter;
  "runs.run": RunsRun;
  "runs.settings": RunsSettings;
  "runs.snapshot": RunsSnapshot;
  "statements.branding": StatementsBranding;
  "statements.inquiry": StatementsInquiry;
  "statements.inquiry_message": StatementsInquiryMessage;
  "statements.on_account": StatementsOnAccount;
  "statements.program_share": StatementsProgramShare;
  "statements.settlement": StatementsSettlement;
  "statements.signing_key": StatementsSigningKey;
  "statements.statement": StatementsStatement;
  "tracking.attempt": TrackingAttempt;
  "tracking.cap": TrackingCap;
  "tracking.cap_count": TrackingCapCount;
  "tracking.cap_use": TrackingCapUse;
  "tracking.click_key": TrackingClickKey;
  "tracking.delivery": TrackingDelivery;
  "tracking.event": TrackingEvent;
  "tracking.event_source": TrackingEventSource;
  "tracking.link": TrackingLink;
  "tracking.link_alias": TrackingLinkAlias;
  "tracking.offer_earnings": TrackingOfferEarnings;
  "tracking.postback": TrackingPostback;
  "tracking.postback_secret": TrackingPostbackSecret;
  "tracking.proof_run": TrackingProofRun;
  "tracking.receipt": TrackingReceipt;
  "tracking.referral_code": TrackingReferralCode;
  "tracking.shadow": TrackingShadow;
  "tracking.shadow_chunk": TrackingShadowChunk;
  "tracking.shadow_file": TrackingShadowFile;
  "tracking.shadow_partner": TrackingShadowPartner;
  "tracking.shadow_refusal": TrackingShadowRefusal;
  "tracking.shadow_result": TrackingShadowResult;
  "tracking.shadow_row": TrackingShadowRow;
  "tracking.shadow_sum": TrackingShadowSum;
  "tracking.ship": TrackingShip;
  "tracking.smart_link": TrackingSmartLink;
  "tracking.test_customer": TrackingTestCustomer;
  "tracking.test_line": TrackingTestLine;
}
