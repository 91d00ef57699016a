import assert from "node:assert/strict";
import { test } from "node:test";
import { read, report, typescript } from "./sources.ts";
import { functionSpans, parse } from "./syntax.ts";

const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 500;

const measured = typescript();

test(`no function is longer than ${FUNCTION_LINES_MAX} lines`, () => {
  const long = measured.flatMap((path) =>
    functionSpans(parse(path))
      .filter((span) => span.lines > FUNCTION_LINES_MAX)
      .map((span) => `${path}:${span.line} ${span.name}: ${span.lines} lines`),
  );
  assert.deepEqual(long, [], report("Push decisions up and loops down; name the parts.", long));
});

test(`no file is longer than ${FILE_LINES_MAX} lines`, () => {
  const long = measured
    .map((path) => ({ path, lines: read(path).split("\n").length - 1 }))
    .filter(({ lines }) => lines > FILE_LINES_MAX)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  assert.deepEqual(long, [], report("A file holds one idea.", long));
});

test("the measure sees what it has to see", () => {
  const body = "  go();\n".repeat(70);
  const source = parse(
    "sample.ts",
    `const a = 1;\nexport function long() {\n${body}}\nconst short = () => {\n  go();\n};\n`,
  );
  assert.deepEqual(functionSpans(source), [
    { name: "long", line: 2, lines: 72 },
    { name: "a function without a name", line: 74, lines: 3 },
  ]);
});
