import assert from "node:assert/strict";
import { test } from "node:test";
import { filesBelow, isTest, read, report, roomMap, typescript } from "./sources.ts";
import { parse, type Source, texts } from "./syntax.ts";

// SQL is the channel that no import rule sees: a room's statements name its own schema only. What it needs of another room it asks at the door.

/** Schemas beyond the one of the room's own name. */
const SCHEMA_OWNER: Readonly<Record<string, string>> = { intake: "tracking" };
/** Machinery: the functions of database/ and the job library's own schema. */
const NOBODYS = new Set(["database", "graphile_worker", "public"]);

const tables = readTables();

function readTables(): ReadonlySet<string> {
  const dump = filesBelow("server/migrations/postgres").map(read).join("\n");
  return new Set(
    [
      ...dump.matchAll(/create\s+(?:table|view|materialized view)\s+(?:if not exists\s+)?([a-z_]+)\.("?)([a-z_]+)\2/gi),
    ].map((match) => `${match[1]}.${match[3]}`),
  );
}

function ownerOf(table: string): string {
  const schema = table.slice(0, table.indexOf("."));
  return SCHEMA_OWNER[schema] ?? schema;
}

function roomOf(path: string): string {
  return path.split("/")[2] ?? "";
}

const SQL_WORD = /\b(?:select|insert|update|delete|from|join|into|truncate|copy|table)\b/i;
const NAMED = /\b([a-z_]+)\."?([a-z_]+)"?/g;

/** Tables of other rooms in the SQL of a file. A bare `a.b` counts when it is all of a text or the text holds SQL, so that a notice's name does not. */
function foreignTables(source: Source, own: string): readonly string[] {
  return texts(source).flatMap(({ text, line }) => {
    const bare = /^[a-z_]+\.[a-z_]+(?: as [a-z_]+)?$/.test(text);
    if (!bare && !SQL_WORD.test(text)) return [];
    return [...text.matchAll(NAMED)]
      .map((match) => `${match[1]}.${match[2]}`)
      .filter((name) => tables.has(name) && ownerOf(name) !== own)
      .map((name) => `${source.path}:${line} ${name} belongs to ${ownerOf(name)}`);
  });
}

test("a room's SQL names its own schema only", () => {
  const rooms = roomMap();
  const found = typescript()
    .filter((path) => path.startsWith("server/src/") && !isTest(path))
    .filter((path) => rooms.has(roomOf(path)) || ["kernel", "shell"].includes(roomOf(path)))
    .flatMap((path) => foreignTables(parse(path), roomOf(path)));
  assert.deepEqual([...new Set(found)], [], report("ask at the other room's door", [...new Set(found)]));
});

test("the scan sees a foreign table in a template and in the query builder, and no notice", () => {
  assert.ok(tables.has("partners.partner") && tables.has("tracking.event"));
  const sample = [
    "sql`select 1 from partners.partner where x = $1`;",
    'db.selectFrom("tracking.event as event");',
    'announce(tx, "commissions.booked", {});',
    'requirePermission(actor, "partners.read");',
    "sql`select 1 from ledger.account`;",
  ].join("\n");
  assert.deepEqual(foreignTables(parse("sample.ts", sample), "ledger"), [
    "sample.ts:1 partners.partner belongs to partners",
    "sample.ts:2 tracking.event belongs to tracking",
  ]);
});

test("every table has a room that owns it", () => {
  const rooms = roomMap();
  const homeless = [...tables].filter((table) => !rooms.has(ownerOf(table)) && !NOBODYS.has(ownerOf(table)));
  assert.deepEqual(homeless, [], report("a schema carries the name of its room", homeless));
});
