import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ERRORS } from "@tributary/contract";
import { generatedFromDatabase, generatedFromSources } from "../../src/shell/generate/generate.ts";
import { emptyDatabase } from "../harness/index.ts";
import { isTest, read, report, root, typescript } from "./sources.ts";
import { parse, texts } from "./syntax.ts";

function assertClean(files: ReadonlyMap<string, string>): void {
  const stale = [...files].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text);
  const names = stale.map(([path]) => path);
  assert.deepEqual(names, [], report("run `npm run generate` and commit what it writes", names));
}

test("what is generated from the sources is what is committed", () => {
  assertClean(generatedFromSources());
});

test("what is generated from the migrated database is what is committed", async () => {
  const database = await emptyDatabase();
  try {
    assertClean(await generatedFromDatabase(database.url));
  } finally {
    await database.close();
  }
});

test("every code of the error catalogue is used, and every code has its section in the reference", () => {
  const used = new Set(
    typescript()
      .filter((path) => path.startsWith("server/src/") && !isTest(path) && !path.endsWith("/error-reference.ts"))
      .flatMap((path) => texts(parse(path)).map(({ text }) => text)),
  );
  const page = read("docs/reference/errors.md");
  const codes = Object.keys(ERRORS);
  const unused = codes.filter((code) => !used.has(code));
  assert.deepEqual(unused, [], report("a code that nobody gives is a promise that nobody keeps", unused));
  const sections = [...page.matchAll(/^## (\S+)$/gm)].map((match) => match[1]);
  assert.deepEqual(sections, codes);
});
