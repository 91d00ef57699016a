import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isTest, report, typescript } from "./sources.ts";

// A partner that its procedure launches is made active by the onboarding room alone, which has asked every gate.

test("nobody but onboarding launches partners", () => {
  const found = typescript().filter(
    (path) =>
      path.startsWith("server/src/") &&
      !isTest(path) &&
      !/^server\/src\/(partners|onboarding)\//.test(path) &&
      /\blaunchPartner\b/.test(readFileSync(path, "utf8")),
  );
  assert.deepEqual(found, [], report("go through the door of the onboarding room", found));
});
