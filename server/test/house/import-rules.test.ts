import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root } from "./sources.ts";

// The rules are tried on a house of paper: a clean one passes, and every rule finds the one violation that was put there for it.

interface Rule {
  readonly name: string;
}
interface Violation {
  readonly from: string;
  readonly rule: Rule;
}
const { forbidden } = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs")) as {
  forbidden: readonly Rule[];
};

/** A small house without a fault: two rooms, their doors, a core, the shell, the wire, a console. */
const CLEAN: Readonly<Record<string, string>> = {
  "contract/src/index.ts": "export const errors = 1;",
  "server/src/kernel/money.ts":
    'import type { errors } from "../../../contract/src/index.ts"; export const money = 1; export type E = typeof errors;',
  "server/src/database/index.ts": 'export { money as db } from "../kernel/money.ts";',
  "server/src/partners/index.ts": 'export { list } from "./service.ts";',
  "server/src/partners/service.ts":
    'import { db } from "../database/index.ts"; import { count } from "./core/count.ts"; import { rows } from "./store/rows.ts"; export const list = [db, count, rows];',
  "server/src/partners/core/count.ts":
    'import { createHash } from "node:crypto"; import { money } from "../../kernel/money.ts"; export const count = [money, createHash];',
  "server/src/partners/store/rows.ts": "export const rows = 1;",
  "server/src/partners/routes.ts": 'import { list } from "./index.ts"; export const partnersRoutes = list;',
  "server/src/tracking/index.ts": 'import { list } from "../partners/index.ts"; export const clicks = list;',
  "server/src/shell/main.ts":
    'import { partnersRoutes } from "../partners/routes.ts"; import { clicks } from "../tracking/index.ts"; export const all = [partnersRoutes, clicks];',
  "console/src/kit/table.tsx": "export const table = 1;",
  "console/src/partners/list.tsx":
    'import { errors } from "../../../contract/src/index.ts"; import { table } from "../kit/table.tsx"; export const screen = [errors, table];',
};

/** Rule → files that break it and nothing else is needed for. */
const BROKEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "use-the-door": { "server/src/tracking/spy.ts": 'import "../partners/store/rows.ts";' },
  "shell-enters-by-the-front": { "server/src/shell/spy.ts": 'import "../partners/service.ts";' },
  "only-the-shell-mounts": { "server/src/tracking/mount.ts": 'import "../partners/routes.ts";' },
  "pure-core": { "server/src/partners/core/reads.ts": 'import "node:fs";' },
  "pure-core-types": {
    "server/src/partners/core/rows.ts": 'import type { rows } from "../store/rows.ts"; export type R = typeof rows;',
  },
  "kernel-is-a-leaf": { "server/src/kernel/knows.ts": 'import "../partners/index.ts";' },
  "foundations-know-no-room": { "server/src/database/knows.ts": 'import "../partners/index.ts";' },
  "pdf-by-paper": {
    "server/src/partners/pdf.ts": 'import "pdfmake";',
    "node_modules/pdfmake/package.json": '{ "name": "pdfmake", "main": "index.js" }',
    "node_modules/pdfmake/index.js": "",
  },
  "contract-is-alone": { "contract/src/knows.ts": 'import "../../server/src/kernel/money.ts";' },
  "console-knows-only-the-contract": {
    "console/src/partners/peek.tsx": 'import "../../../server/src/kernel/money.ts";',
  },
  "kit-knows-no-room": { "console/src/kit/knows.tsx": 'import "../partners/list.tsx";' },
  "server-knows-no-console": { "server/src/shell/peek.ts": 'import "../../../console/src/kit/table.tsx";' },
  "tests-stay-outside": {
    "server/src/shell/leans.ts": 'import "../../test/harness.ts";',
    "server/test/harness.ts": "export {};",
  },
  "no-cycles": {
    "server/src/shell/a.ts": 'import "./b.ts";',
    "server/src/shell/b.ts": 'import type { A } from "./a.ts"; export type B = A;',
  },
  "no-orphans": { "server/src/shell/dead.ts": "export const dead = 1;" },
  "no-unresolvable": { "server/src/shell/wrong.ts": 'import "../partners/indx.ts";' },
  // Partners stands below tracking: every row of the map is the same rule with other names.
  "map-partners": { "server/src/partners/up.ts": 'import "../tracking/index.ts";' },
};

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "tributary-rules-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function violationsIn(house: string, files: Readonly<Record<string, string>>): Promise<readonly Violation[]> {
  const cwd = join(folder, house);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  for (const path of [".dependency-cruiser.cjs", "server/rooms.json"]) copyFileSync(join(root, path), join(cwd, path));
  const args = ["--config", ".dependency-cruiser.cjs", "-T", "json", "contract", "server", "console"];
  const run = promisify(execFile)(join(root, "node_modules/.bin/depcruise"), args, { cwd, maxBuffer: 50_000_000 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
}

test("a clean house passes", async () => {
  assert.deepEqual(await violationsIn("clean", CLEAN), []);
});

test("every rule finds its violation, in the file that was put there for it", async () => {
  const all = await violationsIn("broken", Object.assign({}, CLEAN, ...Object.values(BROKEN)));
  const found = new Set(all.map(({ rule, from }) => `${rule.name} ${from}`));
  const unseen = Object.entries(BROKEN).filter(([rule, files]) =>
    Object.keys(files).every((path) => !found.has(`${rule} ${path}`)),
  );
  assert.deepEqual(unseen, [], [...found].join("\n"));
});

test("every rule is tried here", () => {
  const untried = forbidden.map((rule) => rule.name).filter((name) => !(name in BROKEN) && !name.startsWith("map-"));
  assert.deepEqual(untried, []);
});
