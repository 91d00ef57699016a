import assert from "node:assert/strict";
import { test } from "node:test";
import { attributesOfTags } from "./attributes.ts";

test("a tag with a name and a value is an attribute that plans can ask for", () => {
  assert.deepEqual(attributesOfTags(["top", "level_value:0.80", "grade: gold", "Grade:x", "a:", ":b"]), {
    level_value: "0.80",
    grade: "gold",
  });
});
