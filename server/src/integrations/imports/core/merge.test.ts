import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mergeDrafts, type PlacedDraft } from "./merge.ts";

const draft = fc.record({
  kind: fc.constant("partner" as const),
  externalId: fc.constant("7"),
  primary: fc.boolean(),
  content: fc.dictionary(fc.constantFrom("name", "email", "country"), fc.constantFrom("a", "b", "c"), {
    noNullPrototype: true,
  }),
  problem: fc.constant(null),
  table: fc.constantFrom("one", "two"),
  line: fc.integer({ min: 1, max: 5 }),
});

test("what rows say of a record does not depend on their order", () => {
  fc.assert(
    fc.property(fc.array(draft, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (drafts, chance) => {
      const shuffled = [...drafts]
        .map((one) => [chance.next().value, one] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, one]) => one);
      const [first, second] = [mergeDrafts(drafts as PlacedDraft[]), mergeDrafts(shuffled as PlacedDraft[])];
      assert.deepEqual(first.content, second.content);
      assert.equal(first.problem === null, second.problem === null);
      assert.deepEqual(
        [first.lead.table, first.lead.line, first.lead.primary],
        [second.lead.table, second.lead.line, second.lead.primary],
      );
    }),
  );
});

test("saying the same again changes nothing", () => {
  fc.assert(
    fc.property(fc.array(draft, { minLength: 1, maxLength: 6 }), (drafts) => {
      assert.deepEqual(
        mergeDrafts([...drafts, ...drafts] as PlacedDraft[]).content,
        mergeDrafts(drafts as PlacedDraft[]).content,
      );
    }),
  );
});

test("tables that only mention a partner fill what is open, and never contradict", () => {
  const row = (primary: boolean, content: Record<string, string>, line: number): PlacedDraft => ({
    kind: "partner",
    externalId: "7",
    primary,
    content,
    problem: null,
    table: "t",
    line,
  });
  const merged = mergeDrafts([row(false, { name: "Short", country: "ES" }, 1), row(true, { name: "Long name" }, 2)]);
  assert.deepEqual(merged.content, { name: "Long name", country: "ES" });
  const clash = mergeDrafts([row(true, { name: "A" }, 1), row(true, { name: "B" }, 9)]);
  assert.deepEqual(
    [clash.problem?.code, clash.problem?.details],
    ["rows_differ", { places: "t:1, t:9", first: "A", second: "B" }],
  );
});
