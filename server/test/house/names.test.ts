import assert from "node:assert/strict";
import { test } from "node:test";
import { filesBelow, report, typescript } from "./sources.ts";
import { nodes, parse } from "./syntax.ts";

const DRAWERS = new Set([
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "shared",
  "misc",
  "lib",
  "libs",
  "types",
  "stuff",
]);
const FOLDERS = ["contract", "server", "console", "e2e", "bench", "docs"];
const KEBAB = /^\$?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;

test("no folder and no file is a drawer: a name says the idea", () => {
  const drawers = FOLDERS.flatMap(filesBelow).filter((path) =>
    path.split("/").some((part) => DRAWERS.has(part.replace(/\..*$/, ""))),
  );
  assert.deepEqual(
    drawers,
    [],
    report("utils, helpers, common, shared, misc, lib, types have no owner and no edge.", drawers),
  );
});

test("source files are named in kebab-case", () => {
  const odd = typescript().filter((path) => !path.split("/").every((part) => KEBAB.test(part)));
  assert.deepEqual(odd, [], report("kebab-case, lower case", odd));
});

/** Tools that load their configuration from a default export. */
const CONFIGURATION = /(?:^|\/)(?:vite|knip)\.config\.ts$/;

test("exports have names, none is the default", () => {
  const defaults = typescript()
    .filter((path) => !CONFIGURATION.test(path))
    .filter((path) => [...nodes(parse(path).program)].some(isDefaultExport));
  assert.deepEqual(defaults, [], report("a default export has another name in every file that imports it", defaults));
});

function isDefaultExport(node: { type: string; [key: string]: unknown }): boolean {
  if (node.type === "ExportDefaultDeclaration") return true;
  return node.type === "ExportSpecifier" && (node.exported as { name?: string }).name === "default";
}

test("migrations are one padded sequence, with the room's name", () => {
  for (const kind of ["postgres", "clickhouse"]) {
    const names = filesBelow(`server/migrations/${kind}`).map((path) => path.split("/").at(-1) ?? "");
    assert.ok(names.length > 0);
    for (const name of names) assert.match(name, /^\d{4}_[a-z0-9_]+\.sql$/, name);
    const numbers = names.map((name) => name.slice(0, 4));
    assert.deepEqual(numbers, [...new Set(numbers)], `${kind}: a number is used twice`);
  }
});
