import assert from "node:assert/strict";
import { it } from "node:test";
import type { NavigationEntry, Section } from "../area-declaration.ts";
import { openSections, sectionsOf } from "./navigation.ts";

const icon = (() => null) as unknown as NavigationEntry["icon"];
const SECTIONS = ["today", "partners", "programs", "tracking", "money"] as const satisfies readonly Section[];
const entries = (each: number): NavigationEntry[] =>
  SECTIONS.flatMap((section) =>
    Array.from({ length: section === "today" ? 1 : each }, (_, index) => ({
      ...{ section, to: `/${section}/${index}`, label: "", icon },
    })),
  );

it("folds sections only when they do not fit, never the one somebody is in, and remembers what was chosen", () => {
  const few = sectionsOf(entries(3), SECTIONS);
  assert.deepEqual([...openSections(few, undefined, {})], [...SECTIONS]);
  const many = sectionsOf(entries(8), SECTIONS);
  assert.deepEqual([...openSections(many, undefined, {})], ["today", "partners", "programs"]);
  const here = many[4]?.items[0];
  assert.deepEqual([...openSections(many, here, { partners: false })], ["today", "programs", "money"]);
  assert.deepEqual([...openSections(many, here, { money: false, tracking: true })], [...SECTIONS]);
});
