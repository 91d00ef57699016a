import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { WORDS } from "../working-words.ts";
import { STEP_WORDS } from "./index.ts";

const CORE = join(import.meta.dirname, "..");

/** Codes that the renderer says in its own way, with no template. */
const SAID_OTHERWISE = new Set([
  "condition_met",
  "condition_missed",
  "qualified",
  "clawed_back",
  "amount",
  "no_longer_earned",
  "split_said",
]);

/** Every file of the calculation that is no test. */
function sources(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(CORE, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)test-|\.test\.ts$|^words\//.test(name))
    .map((name) => ({ name, text: readFileSync(join(CORE, name), "utf8") }));
}

/** Codes of steps as they stand in the code; those that are put together give their beginning or end. */
function codesGiven(): Map<string, string> {
  const codes = new Map<string, string>();
  const note = (text: string, name: string) => {
    if (!/^part\$|^\$\{run|^rs_/.test(text)) codes.set(text, name);
  };
  for (const { name, text } of sources()) {
    for (const [, code = ""] of text.matchAll(/\bcode: "([a-z0-9_]+)"/g)) note(code, name);
    for (const [, code = ""] of text.matchAll(/\bcode: `([^`]+)`/g)) note(code, name);
    for (const [, one = "", other = ""] of text.matchAll(/\bcode: [^"?\n]*\? "([a-z0-9_]+)" : "([a-z0-9_]+)"/g)) {
      note(one, name);
      note(other, name);
    }
    for (const [, code = ""] of text.matchAll(/\b(?:step|leftOut|correction|sum|more)\w*\(?:? ?"([a-z]+_[a-z0-9_]+)"/g))
      note(code, name);
  }
  return codes;
}

const known = (code: string, sentences: Readonly<Record<string, string>>): boolean => {
  if (!code.includes("${")) return sentences[code] !== undefined;
  const pattern = new RegExp(`^${code.replace(/\$\{[^}]+\}/g, "[a-z_]+")}$`);
  return Object.keys(sentences).some((key) => pattern.test(key));
};

const placeholders = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("what workings say", () => {
  for (const language of ["en", "es"] as const) {
    it(`has a sentence in ${language} for every step that a model gives`, () => {
      const codes = codesGiven();
      assert.ok(codes.size >= 70, `${codes.size} codes were found`);
      const missing = [...codes].filter(
        ([code]) => !SAID_OTHERWISE.has(code) && !known(code, STEP_WORDS[language] as Record<string, string>),
      );
      assert.deepEqual(missing, []);
    });
  }

  it("says the same sentences with the same values in both languages", () => {
    assert.deepEqual(Object.keys(STEP_WORDS.es).sort(), Object.keys(STEP_WORDS.en).sort());
    for (const [key, sentence] of Object.entries(STEP_WORDS.en))
      assert.deepEqual(placeholders(STEP_WORDS.es[key] ?? ""), placeholders(sentence), key);
  });

  it("says what an amount waits for, for every reason that the calculation gives", () => {
    const reasons = sources().flatMap(({ text }) =>
      [...text.matchAll(/(?:pending: \{ reason: |UNTIL_RELEASED, reason: )"(\w+)"/g)].map(([, reason = ""]) => reason),
    );
    assert.ok(reasons.length >= 3);
    for (const words of Object.values(WORDS))
      assert.deepEqual(
        reasons.filter((reason) => words.waitsFor[reason] === undefined),
        [],
      );
  });
});
