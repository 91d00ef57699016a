import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LOSING_REASONS, UNDECIDED_REASONS, WINNING_REASONS } from "./core/reasons.ts";

const folder = join(import.meta.dirname, "../../../console/src/customers/locales");

test("the console has words in every language for each reason of a decision, the English ones the published texts", () => {
  const published = { ...WINNING_REASONS, ...LOSING_REASONS, ...UNDECIDED_REASONS };
  for (const language of ["en", "es"]) {
    const { reasons } = JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8")) as { reasons: object };
    assert.deepEqual(Object.keys(reasons).sort(), Object.keys(published).sort(), language);
    if (language === "en") assert.deepEqual(reasons, published);
  }
});
