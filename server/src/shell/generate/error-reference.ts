import { ERRORS, type ErrorCode } from "@tributary/contract";

/** The way out of each error, for whoever meets it; TypeScript asks for a sentence when the catalogue grows. */
export const ADVICE: Readonly<Record<ErrorCode, string>> = {
  bad_request: "Check that the body is valid JSON (or the form that the address takes) and is sent whole.",
  invalid_input: "`errors` names each field, the value that was sent and what would be accepted. Nothing was changed.",
  not_found: "Check the id. A record outside your scope answers the same as one that does not exist.",
  method_not_allowed: "See the API reference for the methods of this address.",
  too_large: "Send fewer events in one call (10,000 at most), or import them as a file.",
  unsupported_media_type: "Send `Content-Type: application/json`, or what the API reference says for this address.",
  too_many_requests:
    "Wait for as long as `Retry-After` says, then repeat the call. With an idempotency key nothing counts twice.",
  idempotency_key_reused:
    "A key stands for one request. Use a new one for a new request; repeat the old request byte for byte.",
  idempotency_in_progress: "Wait a moment and repeat the same request with the same key to get its answer.",
  unauthenticated: "Sign in again, or send `Authorization: Bearer <API key>` with a key that is not revoked.",
  forbidden: "Ask an administrator for a role that holds for this record; the detail names the permission.",
  partner_closed:
    "Ask the operator. When the partner is taken back, people sign in and keys work as before; nothing needs to be made anew.",
  setup_done: "Sign in. The set-up link worked once, for the first administrator.",
  setup_token_invalid:
    "Take the link from the newest start of the program; each start prints a new one until set-up is done.",
  conflict: "Read the record again, repeat the change on its newest revision.",
  already_exists: "Choose another code, or change the record that has it.",
  wrong_state: "The detail names the state; see the life cycle of the record for what is possible from there.",
  separation_of_duties:
    "Make two roles of it and give them to two people. The report of an access review says who holds both by several roles.",
  legal_hold:
    "Look at the open legal holds of the person and of the partner; whoever did not place a hold may lift it, with the reason.",
  same_person: "Let a second person approve it. An API key counts as the person it belongs to.",
  closing_needed: "Read the consequences under Suspend or deactivate of the partner, and decide there.",
  gates_shut:
    "Each complaint is one condition that does not hold, with the reason; bring it about, or have it waived by two people where it may be.",
  consequences_changed: "Read the consequences again and send the hash that stands with them.",
  partner_not_launched:
    "Open the partner's onboarding case: it names the gates that are still shut, and the launch is made there.",
  fields_missing: "`errors` names the fields. Fill them on the partner's page, then repeat the step.",
  partner_restricted:
    "The partner's page says who placed the restriction, why and until when; ask for it to be lifted there.",
  cannot_merge: "The detail says what stands in the way; clear it first, or leave the records apart.",
  second_factor_missing: "Add an authenticator app in your profile, then repeat the step.",
  second_factor_wrong: "Type the code that the app shows now; each code is good once.",
  payout_changed: "Check the batch again, look at what moved, and have it released as it is now.",
  limit_exceeded: "Let somebody with a higher limit release it, or prepare smaller batches.",
  cut_off_passed: "Choose the day that the detail names, or a later one.",
  unknown_source: "Check the token at the end of the address; a revoked source's token does not work any more.",
  signature_invalid: "Sign the exact bytes that are sent with the source's secret; see the guide on sending events.",
  signature_expired: "Sign with the present time; check the clock of the sending machine.",
  unknown_event_type: "Use a built-in type, or declare the type at the program first.",
  missing_field: "`errors` names the field. Send it; the same external id may be sent again.",
  invalid_amount:
    "Send a decimal with a point and no grouping, e.g. `1234.50`, with no more places than the currency has.",
  unknown_currency: "Send an upper-case ISO 4217 code, e.g. `EUR`.",
  invalid_time: "Send ISO 8601 with an offset, e.g. `2026-03-01T12:00:00Z`, or Unix seconds.",
  time_in_future: "Check the clock and the time zone of the sending system.",
  duplicate_parameter: "Send each parameter once.",
  macro_unexpanded:
    "The sending platform did not know the macro: check its spelling, its case and its brackets (`{x}`, `#x#`, `[x]`) there.",
  left_aside:
    "Change what the status or goal means in the settings of the event source when it should count; then send it again.",
  malformed_encoding: "Percent-encode as UTF-8; a `%` is followed by two hexadecimal digits.",
  nothing_to_change: "Send the event itself, with all that belongs to it; a change of its status alone makes no event.",
  program_closed: "Events of a closed program are not taken. Open the program again, or send to another one.",
  log_unavailable: "Nothing was accepted. Repeat the call; external ids make sure that nothing counts twice.",
  period_closed: "Book it into the open period: closed statements never change.",
  rate_missing: "Load the exchange rates of that day: `tributary import rates`.",
  cases_failing: "Correct the plan or its test cases, or send a `reason` with the publication.",
  procedure_invalid: "`errors` names each line of the procedure and what is wrong there.",
  plan_invalid: "`errors` names each place of the plan and what is wrong there.",
  overlapping_payees: "End the other assignment first, or let this one begin later.",
  overlapping_terms: "End the other version first, or let this one begin later.",
  clause_locked:
    "Leave the clause as the template has it, or let whoever keeps the template write a new version of it.",
  notice_too_short: "Let the terms begin on the day that the detail names, or later.",
  jurisdiction_forbidden:
    "Take another plan, record the partner's licence, or let compliance pass the component with a reason. A draft may be saved.",
  not_signatory: "The operator marks which contacts of the partner may sign; sign in as one of them.",
  address_refused: "Enter a public http or https address. Addresses of inside networks are never called.",
  report_too_heavy: "Ask for fewer days or fewer breakdowns, or export in parts.",
  internal: "It is logged with the request's id. Repeat the call; if it fails again, tell the operator the id.",
};

/** docs/reference/errors.md: the whole catalogue, one anchor per code. */
export function errorReference(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const sections = codes.map((code) => {
    const { status, title } = ERRORS[code];
    return `## ${code}\n\nHTTP ${status}. ${title}.\n\n${ADVICE[code]}\n`;
  });
  return `# Errors

Written by \`npm run generate\` from the error catalogue (contract/src/errors.ts). Do not edit.

Every refusal is \`application/problem+json\` (RFC 9457): \`type\` is \`/v1/errors#<code>\`, this list in the running program,
\`title\` and \`status\` are those of the catalogue, \`detail\` says what happened this time, \`code\` is for programs, \`errors\` lists field,
value, message and hint where a field is to blame. A code never changes its meaning.

${sections.join("\n")}`;
}
