import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { read, report, root } from "./sources.ts";

/** What may be shipped with an Apache-2.0 program that runs on a customer's machine. Weak copyleft by file (MPL) is fine unchanged. */
const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
  "CC-BY-4.0",
  "PDDL-1.0",
  "Python-2.0",
  "PostgreSQL",
  "OFL-1.1",
  "MPL-2.0",
  "WTFPL",
  "Zlib",
]);

/** Package → why it may be used although its package.json says nothing, or something else. An entry that is not needed fails. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "png-js": "MIT by its LICENSE file, which its package.json does not repeat; comes with pdfmake",
  ibantools: "MIT or MPL-2.0, as one likes: taken under MIT",
};

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
  readonly license?: string;
}

interface Installed {
  readonly name: string;
  readonly licence: string;
}

/** Everything that is installed for production, with what its own package.json says. */
function production(): readonly Installed[] {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
  return Object.entries(lock.packages).flatMap(([path, locked]) => {
    const inside = path.lastIndexOf("node_modules/");
    if (inside < 0 || locked.dev || locked.link) return [];
    return [{ name: path.slice(inside + "node_modules/".length), licence: licenceOf(path, locked) }];
  });
}

function licenceOf(path: string, locked: Locked): string {
  const manifest = join(root, path, "package.json");
  // Binaries for other machines are in the lock file but not installed here.
  if (!existsSync(manifest)) return locked.license ?? "unknown";
  const { license, licenses } = JSON.parse(readFileSync(manifest, "utf8")) as {
    license?: string | { type?: string };
    licenses?: readonly { type?: string }[];
  };
  const said = typeof license === "string" ? license : (license?.type ?? licenses?.[0]?.type);
  return said ?? "unknown";
}

/** `(MIT OR GPL-3.0)` is allowed when one of them is, `A AND B` when both are. */
function isAllowed(expression: string): boolean {
  const plain = expression.replace(/[()]/g, " ").trim();
  return plain
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => ALLOWED.has(licence.trim())));
}

test("what is shipped may be shipped: no copyleft of the whole, no non-commercial, no unknown licence", () => {
  const packages = production();
  assert.ok(packages.length > 100);
  const refused = packages
    .filter(({ name, licence }) => !isAllowed(licence) && !(name in EXCEPTIONS))
    .map(({ name, licence }) => `${name}: ${licence}`);
  assert.deepEqual(
    [...new Set(refused)],
    [],
    report("choose another package, or say in EXCEPTIONS why it is fine", refused),
  );
});

test("no exception outlives its reason", () => {
  const installed = new Map(production().map(({ name, licence }) => [name, licence]));
  const stale = Object.keys(EXCEPTIONS).filter((name) => !installed.has(name) || isAllowed(installed.get(name) ?? ""));
  assert.deepEqual(stale, []);
});

test("expressions are read as SPDX says", () => {
  assert.ok(isAllowed("(MIT OR GPL-3.0-only)"));
  assert.ok(isAllowed("MIT AND Apache-2.0"));
  assert.ok(!isAllowed("MIT AND GPL-3.0-only"));
  for (const licence of [
    "AGPL-3.0-only",
    "GPL-2.0",
    "CC-BY-NC-4.0",
    "SSPL-1.0",
    "BUSL-1.1",
    "unknown",
    "SEE LICENSE IN x",
  ]) {
    assert.ok(!isAllowed(licence), licence);
  }
});
