import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { commands } from "../../src/shell/commands/index.ts";
import { filesBelow, read, report, root } from "./sources.ts";

const PAGES = ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "STYLE.md", "CONTRIBUTING.md", "CHANGELOG.md"];
const markdown = [
  ...PAGES,
  ...filesBelow("docs"),
  ...filesBelow("server/src"),
  ...filesBelow("server/migrations"),
].filter((path) => path.endsWith(".md"));

test("the pages that a newcomer looks for are there, and read in ten minutes", () => {
  const missing = [...PAGES, "LICENSE"].filter((path) => !existsSync(join(root, path)));
  assert.deepEqual(missing, []);
  // Lines of a table are no words.
  const words = (path: string) =>
    read(path)
      .split(/\s+/)
      .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const long = PAGES.filter((path) => words(path) > 2500);
  assert.deepEqual(long, [], report("2,500 words at most", long));
});

test("links between pages lead somewhere", () => {
  const broken = markdown.flatMap((path) =>
    [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? "")
      .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), target.replace(/#.*$/, ""))))
      .map((target) => `${path}: ${target}`),
  );
  assert.deepEqual(broken, [], report("a page that is not there", broken));
});

test("commands in the pages are commands of package.json", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const unknown = markdown.flatMap((path) =>
    [...read(path).matchAll(/npm run ([a-z:-]+)/g)]
      .map((match) => match[1] ?? "")
      .filter((script) => !(script in scripts))
      .map((script) => `${path}: npm run ${script}`),
  );
  assert.deepEqual(unknown, [], report("no such script", unknown));
});

test("commands of the program in the pages are commands of the program", () => {
  const known = new Map(commands.map((make) => make()).map((command) => [command.name(), command]));
  const unknown = markdown.flatMap((path) =>
    [...read(path).matchAll(/(?:`|\bnpx )tributary ([a-z]+(?:-[a-z]+)*)(?: ([a-z][a-z-]*))?/g)]
      .filter(([, name = "", part]) => {
        const command = known.get(name);
        const parts = command?.commands.map((one) => one.name()) ?? [];
        return command === undefined || (part !== undefined && parts.length > 0 && !parts.includes(part));
      })
      .map((match) => `${path}: ${match[0]}`),
  );
  assert.deepEqual(unknown, [], report("no such command", unknown));
});

test("paths of the repository that the pages name exist", () => {
  const missing = [...PAGES, ...filesBelow("docs")]
    .filter((path) => path.endsWith(".md"))
    .flatMap((path) =>
      [...read(path).matchAll(/`((?:server|contract|console|e2e|bench|docs)\/[A-Za-z0-9_./-]+)`/g)]
        .map((match) => match[1] ?? "")
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path}: ${target}`),
    );
  assert.deepEqual(missing, [], report("the page is older than the code", missing));
});

/** Absolute paths that only one machine has. Examples of data folders and sockets in docs are under /var, /srv, /usr, /tmp. */
const MACHINE_PATH = /(?<![\w.:/~-])\/(?:work|root|home\/[a-z]+|Users\/[A-Za-z]+)\/[A-Za-z0-9]/;

test("no file names a path of somebody's machine", () => {
  const files = ["contract", "server", "console", "e2e", "bench", "docs"]
    .flatMap(filesBelow)
    .filter((path) => /\.(?:tsx?|[cm]?js|json|md|sql|html|css)$/.test(path))
    .concat(
      PAGES,
      ["package.json", "biome.json", ".dependency-cruiser.cjs"].filter((path) => existsSync(join(root, path))),
    );
  const found = files.filter((path) => MACHINE_PATH.test(readFileSync(join(root, path), "utf8")));
  assert.deepEqual(found, [], report("paths are relative, or come from the configuration", found));
});
