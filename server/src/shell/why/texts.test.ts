import assert from "node:assert/strict";
import { test } from "node:test";
import { FATE_REASONS, LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "../../attribution/index.ts";
import { CLICK_VERDICTS, TEST_REASONS } from "../../tracking/index.ts";
import { textsOf, WHY_TEXTS } from "./texts.ts";

/** Codes of the error catalogue with which a call or a line of it is refused. */
const REFUSALS = [
  ...["bad_request", "invalid_input", "not_found", "method_not_allowed", "too_large", "unsupported_media_type"],
  ...["unauthenticated", "unknown_source", "signature_invalid", "signature_expired", "unknown_event_type"],
  ...["missing_field", "invalid_amount", "unknown_currency", "invalid_time", "time_in_future", "duplicate_parameter"],
  ...["macro_unexpanded", "left_aside", "malformed_encoding", "nothing_to_change", "program_closed", "internal"],
];

test("every verdict, reason and refusal has its rule in both languages", () => {
  const reasons = [WINNING_REASONS, LOSING_REASONS, UNDECIDED_REASONS, FATE_REASONS, TEST_REASONS];
  const codes = [...CLICK_VERDICTS, ...reasons.flatMap((table) => Object.keys(table)), ...REFUSALS];
  assert.deepEqual(
    codes.filter((code) => !Object.hasOwn(WHY_TEXTS, code)),
    [],
  );
});

test("what is to be done is said in both languages or in none, and the languages differ", () => {
  for (const [code, [rule, whatToDo, regla, queHacer]] of Object.entries(WHY_TEXTS)) {
    assert.ok(rule !== "" && regla !== "" && rule !== regla, code);
    assert.equal(whatToDo === "", queHacer === "", code);
  }
  assert.equal(textsOf("no_touch", "es").rule, "El evento no llevaba ni clic, ni código, ni socio.");
});
