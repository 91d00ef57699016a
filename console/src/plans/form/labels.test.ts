import assert from "node:assert/strict";
import { test } from "node:test";
import { PlanDocument } from "@tributary/contract";
import type { z } from "zod";
import en from "../locales/en.json" with { type: "json" };
import { beginning, formOf, shapeOf } from "./shape.ts";

/** Every name, word and form that the plan language has. */
function namesOf(
  schema: z.ZodType,
  found = { fields: new Set<string>(), words: new Set<string>(), forms: new Set<string>() },
  seen = new Set<z.ZodType>(),
) {
  if (seen.has(schema)) return found;
  seen.add(schema);
  const shape = shapeOf(schema);
  if (shape.kind === "choice") for (const word of shape.values) found.words.add(word);
  if (shape.kind === "list" || shape.kind === "named") namesOf(shape.item, found, seen);
  if (shape.kind === "fields")
    for (const field of shape.fields) {
      found.fields.add(field.name);
      namesOf(field.schema, found, seen);
    }
  if (shape.kind === "forms")
    for (const form of shape.forms) {
      found.forms.add(form.id);
      namesOf(form.schema, found, seen);
    }
  return found;
}

const found = namesOf(PlanDocument);

test("every field, word and form of the plan language has a name in the form", () => {
  const forms: Readonly<Record<string, string>> = { ...en.words, ...en.models, ...en.forms };
  assert.deepEqual(
    [...found.fields].filter((name) => !(name in en.fields)),
    [],
    "plans/locales: fields",
  );
  assert.deepEqual(
    [...found.words].filter((name) => !(name in en.words) && !(name in en.models)),
    [],
    "plans/locales: words",
  );
  assert.deepEqual(
    [...found.forms].filter((name) => !(name in forms) && !["choice", "match"].includes(name)),
    [],
    "plans/locales: forms",
  );
});

test("what a new component begins with is recognized as what it is", () => {
  const components = shapeOf((PlanDocument.shape.components as z.ZodArray).element as z.ZodType);
  assert.equal(components.kind, "forms");
  if (components.kind !== "forms") return;
  for (const form of components.forms) assert.equal(formOf(components.forms, beginning(form.schema))?.id, form.id);
});
