import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linkUrl } from "../links/service.ts";
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

test("the address that is published is the short one where it is reached", () => {
  const own = { trackingDomain: "go.alpha.example" };
  const url = (code: string, program: { readonly trackingDomain: string | null }) =>
    linkUrl(code, program, { publicUrl: "https://partners.example/" });
  assert.deepEqual(
    [url("spring", own), url("brand/spring-26", own), url("7k2m9qxa", own), url("reports/q1", own)],
    ["spring", "brand/spring-26", "c/7k2m9qxa", "c/reports/q1"].map((path) => `https://go.alpha.example/${path}`),
  );
  assert.equal(url("spring", { trackingDomain: null }), "https://partners.example/c/spring");
});
