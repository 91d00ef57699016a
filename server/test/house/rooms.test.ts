import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { builtRooms, filesBelow, isTest, read, report, roomMap, root } from "./sources.ts";

const FOUNDATIONS = ["kernel", "database", "paper", "shell"];
const FIXED = new Set([
  "README.md",
  "index.ts",
  "contracts.ts",
  "service.ts",
  "routes.ts",
  "routes",
  "jobs.ts",
  "core",
  "store",
]);

test("every folder of the server is a room of the map, or one of the four foundations", () => {
  const rooms = roomMap();
  const folders = readdirSync(join(root, "server/src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const strangers = folders
    .map((entry) => entry.name)
    .filter((name) => !rooms.has(name) && !FOUNDATIONS.includes(name));
  assert.deepEqual(strangers, [], report("add it to server/rooms.json with what it may call", strangers));
});

test("every room has its door and its page", () => {
  const missing = builtRooms().flatMap((room) =>
    ["README.md", "index.ts"]
      .filter((file) => !existsSync(join(root, "server/src", room, file)))
      .map((file) => `${room}/${file}`),
  );
  assert.deepEqual(missing, [], report("a room without a page has no owner of its meaning", missing));
});

test("a room's page says what it owns, what it refuses to own, and what always holds", () => {
  const thin = builtRooms().flatMap((room) => {
    const path = join(root, "server/src", room, "README.md");
    if (!existsSync(path)) return [];
    const page = read(`server/src/${room}/README.md`);
    return ["Owns", "Refuses to own", "Invariants"]
      .filter((heading) => !new RegExp(`^## ${heading}\\b`, "m").test(page))
      .map((heading) => `server/src/${room}/README.md: ## ${heading}`);
  });
  assert.deepEqual(thin, [], report("headings that every room's page has", thin));
});

test("a door names what it lets out", () => {
  const open = builtRooms().filter((room) => {
    const door = `server/src/${room}/index.ts`;
    return existsSync(join(root, door)) && /^export \* from/m.test(read(door));
  });
  assert.deepEqual(open, [], report("export { named } from, not export *", open));
});

test("the map has no room that calls one above it", () => {
  const rooms = roomMap();
  for (const [room, below] of rooms) {
    for (const other of below) {
      assert.ok(rooms.has(other), `${room} may call ${other}, which is no room`);
      assert.ok(!reaches(other, room, new Set()), `${room} and ${other} may call each other`);
    }
  }
  function reaches(from: string, to: string, seen: Set<string>): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (rooms.get(from) ?? []).some((next) => reaches(next, to, seen));
  }
});

test("core/ does not wait: no async function, no await", () => {
  const waiting = filesBelow("server/src")
    .filter((path) => /\/core\//.test(path) && path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => /\bawait\b|\basync\b/.test(read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")));
  assert.deepEqual(waiting, [], report("core computes; who waits is the service", waiting));
});

test("the fixed places of a room are spelled as everywhere", () => {
  const odd = builtRooms().flatMap((room) =>
    readdirSync(join(root, "server/src", room))
      .filter(
        (name) =>
          /^(?:readme|service|route|job|contract|store|core)s?(?:\.|$)/i.test(name) &&
          !FIXED.has(name) &&
          !isTest(name),
      )
      .map((name) => `server/src/${room}/${name}`),
  );
  assert.deepEqual(odd, [], report(`one of ${[...FIXED].join(", ")}`, odd));
});
