import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OWN_PATHS } from "./vanity-door.ts";

test("no screen of the console can be taken by the code of a link", () => {
  const console = join(import.meta.dirname, "../../../../console/src");
  const files = globSync("*/{area,areas,screens}*.{ts,tsx}", { cwd: console });
  const paths = files.flatMap((file) =>
    [...readFileSync(join(console, file), "utf8").matchAll(/screen\(\s*"\/([a-z-]+)/g)].map((found) => found[1] ?? ""),
  );
  assert.ok(paths.length > 50, "the screens are found");
  assert.deepEqual([...new Set(paths)].filter((path) => !OWN_PATHS.has(path)).sort(), []);
});
