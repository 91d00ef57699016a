/**
 * The one error catalogue. A code, once published, keeps its meaning; status is the HTTP status; `title` is what every such
 * error has in common, the detail of an answer says what happened this time.
 */
export const ERRORS = {
  // asking
  bad_request: { status: 400, title: "The request cannot be read" },
  invalid_input: { status: 422, title: "A field has a value that cannot be accepted" },
  not_found: { status: 404, title: "There is nothing at this address that you may see" },
  method_not_allowed: { status: 405, title: "This address does not take this method" },
  too_large: { status: 413, title: "The request is larger than this address accepts" },
  unsupported_media_type: { status: 415, title: "The content type is not understood" },
  too_many_requests: { status: 429, title: "Too many requests" },
  idempotency_key_reused: { status: 422, title: "The idempotency key was used with another request" },
  idempotency_in_progress: { status: 409, title: "The request with this idempotency key is still running" },
  // who
  unauthenticated: { status: 401, title: "Sign in, or send a valid API key" },
  forbidden: { status: 403, title: "Your roles do not allow this" },
  partner_closed: { status: 403, title: "This partner is closed: its people and keys are not let in" },
  setup_done: { status: 409, title: "The first administrator exists already" },
  setup_token_invalid: { status: 403, title: "The set-up link is not valid" },
  // records
  conflict: { status: 409, title: "Somebody changed this in the meantime" },
  already_exists: { status: 409, title: "There is already one with this code" },
  wrong_state: { status: 409, title: "The record's state does not allow this" },
  partner_not_launched: { status: 409, title: "This partner becomes active through its procedure only" },
  closing_needed: { status: 409, title: "This partner is deactivated through a closing only" },
  gates_shut: { status: 409, title: "A gate on the way is still shut" },
  consequences_changed: { status: 409, title: "What it would mean is not what was seen" },
  fields_missing: { status: 409, title: "Fields that this stage needs are empty" },
  partner_restricted: { status: 409, title: "A restriction of this partner does not allow it" },
  cannot_merge: { status: 409, title: "These two records cannot be made one" },
  second_factor_missing: { status: 403, title: "This needs a second factor, and you have none yet" },
  second_factor_wrong: { status: 403, title: "The code of the second factor does not hold" },
  same_person: { status: 403, title: "Money needs two people: whoever entered this may not approve it" },
  separation_of_duties: { status: 422, title: "No role may hold both sides of what takes two people" },
  legal_hold: { status: 409, title: "A legal hold keeps this: lift it first" },
  // events
  unknown_source: { status: 401, title: "No event source has this token" },
  signature_invalid: { status: 401, title: "The signature does not match" },
  signature_expired: { status: 401, title: "The signature is too old" },
  unknown_event_type: { status: 422, title: "The program does not know this event type" },
  missing_field: { status: 422, title: "A field that this event needs is missing" },
  invalid_amount: { status: 422, title: "The amount cannot be read" },
  unknown_currency: { status: 422, title: "The currency is not an ISO 4217 code" },
  invalid_time: { status: 422, title: "The time cannot be read" },
  time_in_future: { status: 422, title: "The time lies in the future" },
  duplicate_parameter: { status: 422, title: "A parameter was sent twice with different values" },
  macro_unexpanded: { status: 422, title: "A macro arrived instead of its value" },
  left_aside: { status: 422, title: "The settings of the event source leave this out" },
  malformed_encoding: { status: 400, title: "The encoding is broken" },
  nothing_to_change: { status: 409, title: "There is no event that this call could change" },
  program_closed: { status: 409, title: "The program does not take events any more" },
  // the log
  log_unavailable: { status: 503, title: "The intake log cannot be written; nothing was accepted" },
  // money
  period_closed: { status: 409, title: "The period is closed" },
  payout_changed: { status: 409, title: "What would be paid is not what was seen" },
  limit_exceeded: { status: 403, title: "This is more than you may release" },
  cut_off_passed: { status: 409, title: "The cut-off for this day has passed" },
  rate_missing: { status: 409, title: "There is no exchange rate for this day" },
  cases_failing: { status: 409, title: "Test cases of the plan fail on this version" },
  plan_invalid: { status: 422, title: "The commission plan is not valid" },
  procedure_invalid: { status: 422, title: "The procedure is not valid" },
  overlapping_terms: { status: 409, title: "Another agreement covers these days already" },
  overlapping_payees: { status: 409, title: "Another payee is named for these earnings already" },
  clause_locked: { status: 422, title: "A locked clause cannot be changed" },
  notice_too_short: { status: 422, title: "The change begins before its notice is over" },
  jurisdiction_forbidden: { status: 422, title: "The partner may not have a component of this plan where it works" },
  not_signatory: { status: 403, title: "Only an authorised signatory of the partner may sign" },
  // reports
  report_too_heavy: { status: 422, title: "The report asks for more than can be worked out at once" },
  // outside
  address_refused: { status: 422, title: "This address may not be called" },
  // us
  internal: { status: 500, title: "Something broke on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;
