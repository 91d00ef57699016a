import assert from "node:assert/strict";
import { test } from "node:test";
import { isTest, report, typescript } from "./sources.ts";
import { dotted, type Node, nodes, parse, type Source } from "./syntax.ts";

// Clock, ids and chance are given in, so that a calculation of last year can be repeated today and the sample is the same every time.
// Only the shell, tests and benchmarks ask the machine.
// Secrets and nonces (randomBytes) are drawn where they are made: a source of chance that is given in could be a weak one.
const ASKING = new Set(["Date.now", "Math.random", "crypto.randomUUID", "Temporal.Now"]);
const ASKING_NAMES = new Set(["randomUUID", "randomInt"]);

/** Names that a file imports from node:crypto; a parameter of such a name is chance given in. */
function importedChance(source: Source): ReadonlySet<string> {
  const imports = (source.program.body as readonly Node[]).filter(
    (node) => node.type === "ImportDeclaration" && /^(?:node:)?crypto$/.test(String((node.source as Node).value)),
  );
  const specifiers = imports.flatMap((node) => node.specifiers as readonly Node[]);
  return new Set(
    specifiers.map((specifier) => String((specifier.local as Node).name)).filter((name) => ASKING_NAMES.has(name)),
  );
}

function asks(node: Node, chance: ReadonlySet<string>): string | undefined {
  const name = dotted(node);
  if (name !== undefined && ASKING.has(name)) return name;
  if (node.type === "NewExpression" && (node.callee as Node).name === "Date") {
    return (node.arguments as readonly Node[]).length === 0 ? "new Date()" : undefined;
  }
  if (node.type === "CallExpression") {
    const callee = (node.callee as Node).name;
    if (typeof callee === "string" && chance.has(callee)) return callee;
    if (callee === "Date") return "Date()";
  }
  return undefined;
}

function violations(source: Source): readonly string[] {
  const chance = importedChance(source);
  return [...nodes(source.program)].flatMap((node) => {
    const what = asks(node, chance);
    return what === undefined ? [] : [`${source.path}:${source.line(node.start)} ${what}`];
  });
}

test("rooms, kernel and contract are given the clock and chance, they never ask the machine", () => {
  const found = typescript()
    .filter((path) => /^(?:server\/src|contract\/src)\//.test(path))
    .filter((path) => !isTest(path) && !path.startsWith("server/src/shell/"))
    .flatMap((path) => violations(parse(path)));
  assert.deepEqual(found, [], report("take a Clock, an IdSource or a source of chance as an argument", found));
});

test("the rule sees each way of asking, and nothing else", () => {
  const asking =
    "import { randomInt, randomUUID } from 'node:crypto'; Date.now(); new Date(); Math.random(); crypto.randomUUID(); randomUUID(); randomInt(8); Date(); Temporal.Now.instant();";
  assert.equal(violations(parse("sample.ts", asking)).length, 8);
  const given =
    "import { randomBytes } from 'node:crypto'; randomBytes(8); randomInt(8); clock.now(); new Date(5); new Date(text); random(); ids.next('prt'); type Random = typeof Math;";
  assert.deepEqual(violations(parse("sample.ts", given)), []);
});
