import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { testFiles as suite } from "../suite.ts";
import { filesBelow, read, report, root } from "./sources.ts";
import { dotted, type Node, nodes, parse, type Source } from "./syntax.ts";

const testFiles = ["contract", "server", "console", "tracker", "e2e", "bench"]
  .flatMap(filesBelow)
  .filter((path) => /\.test\.tsx?$/.test(path));

test("npm test runs every test file there is", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: { test: string } };
  assert.match(scripts.test, /&& node server\/test\/suite\.ts$/);
  const run = new Set(suite());
  const forgotten = testFiles.filter((path) => !run.has(join(root, path)));
  assert.deepEqual(forgotten, [], report("the patterns in server/test/suite.ts do not reach it", forgotten));
});

const LEFT_OUT = /^(?:test|it|describe|t)\.(?:only|skip|todo)$/;

/** `t.skip("the data are not there")`, inside a test that found out: a reason and nothing else. */
function saysWhy(name: string, call: Node): boolean {
  const given = call.arguments as readonly Node[];
  const [reason] = given;
  return /^(?:t|test)\.skip$/.test(name) && given.length === 1 && (reason?.type !== "Literal" || reason.value !== "");
}

/** Tests that are switched off or on alone. `{ skip: condition && "why" }` is fine: it says when and why. */
function switchedOff(source: Source): readonly string[] {
  return [...nodes(source.program)].flatMap((node) => {
    const name = node.type === "CallExpression" ? dotted(node.callee as Node) : undefined;
    if (name !== undefined && LEFT_OUT.test(name) && !saysWhy(name, node))
      return [`${source.path}:${source.line(node.start)} ${name}`];
    if (node.type !== "Property" || !["skip", "todo", "only"].includes(String((node.key as Node).name))) return [];
    const value = node.value as Node;
    return value.type === "Literal" && value.value === true
      ? [`${source.path}:${source.line(node.start)} skip: true`]
      : [];
  });
}

test("no test is switched off, and none runs alone", () => {
  const found = testFiles.flatMap((path) => switchedOff(parse(path)));
  assert.deepEqual(found, [], report("mend it or delete it", found));
});

/** A test says what is true; a number of a ticket says nothing in a year. */
test("a test's name is a sentence, not a ticket", () => {
  const found = testFiles.flatMap((path) =>
    [...nodes(parse(path).program)].flatMap((node) => {
      if (node.type !== "CallExpression" || !["test", "it"].includes(String((node.callee as Node).name))) return [];
      const first = (node.arguments as readonly Node[])[0];
      const name = first?.type === "Literal" ? String(first.value) : undefined;
      const poor = name !== undefined && (!name.includes(" ") || /^\d+$|#\d+|^(?:it works|works|ok)$/.test(name));
      return poor ? [`${path}: ${name}`] : [];
    }),
  );
  assert.deepEqual(found, [], report("say what is true", found));
});

test("the rule sees a test that is switched off", () => {
  const sample =
    'test.only("a b", () => {}); it.skip("c d", () => {}); test("e f", { skip: true }, () => {}); test("g h", { skip: !there && "no data" }, () => {});';
  assert.equal(switchedOff(parse("sample.test.ts", sample)).length, 3);
});
