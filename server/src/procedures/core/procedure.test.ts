import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ProcedureDefinition } from "@tributary/contract";
import fc from "fast-check";
import { differences } from "./difference.ts";
import { lint } from "./lint.ts";
import { readProcedure, writeProcedure } from "./procedure-yaml.ts";
import { lengthWithin } from "./survival.ts";

const YAML = `# Who may promote us
procedure: small
title: Small
stages:
  # first of all
  - key: papers
    title: Papers
    owner: compliance
    due: { days: 2 }
    guide: Read them.
    tasks:
      - key: read # by two eyes
        title: Read
        owner: compliance
    gate:
      - fact: documents.complete
      - decision: good
        title: Good
        role: compliance
`;

function read(text: string): ProcedureDefinition {
  const found = readProcedure(text);
  assert.ok("definition" in found, JSON.stringify(found));
  return found.definition;
}

const FACTS = new Map([["documents.complete", ["set"]]]);
const sentences = (text: string) => lint(read(text), FACTS).map(({ sentence }) => sentence);

describe("a procedure as YAML", () => {
  it("names the line of what is wrong", () => {
    const found = readProcedure(YAML.replace("owner: compliance\n    due", "owner: nobody\n    due"));
    assert.ok("complaints" in found);
    assert.deepEqual(
      found.complaints.map(({ line, path }) => [line, path]),
      [[8, "stages[0].owner"]],
    );
    const broken = readProcedure("procedure: [");
    assert.ok("complaints" in broken && broken.complaints[0]?.line === 1);
  });

  it("names the line within a condition", () => {
    const found = readProcedure(YAML.replace("role: compliance", "role: cook"));
    assert.ok("complaints" in found);
    assert.deepEqual(
      found.complaints.map(({ line, path }) => [line, path]),
      [[19, "stages[0].gate[1].role"]],
    );
  });

  it("keeps comments and order when something else changes", () => {
    const definition = read(YAML);
    assert.equal(writeProcedure(definition, YAML), YAML);
    const [stage] = definition.stages;
    assert.ok(stage);
    const changed = { ...definition, stages: [{ ...stage, title: "All papers" }] };
    assert.equal(writeProcedure(changed, YAML), YAML.replace("title: Papers", "title: All papers"));
  });

  it("is what was written", () => {
    const words = fc.stringMatching(/^[A-Za-z0-9:#'" ]{1,20}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 4 }),
        words,
        (keys, title) => {
          const definition = read(YAML);
          const [stage] = definition.stages;
          assert.ok(stage);
          const stages = keys.map((key) => ({ ...stage, key, title }));
          const changed = { ...definition, stages };
          assert.deepEqual(read(writeProcedure(changed, YAML)), changed);
          assert.deepEqual(read(writeProcedure(changed)), changed);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("the linter", () => {
  it("has nothing to say of a good one", () => assert.deepEqual(sentences(YAML), []));
  const cases = [
    [
      "an unknown fact",
      ["documents.complete", "documents.signed"],
      '"documents.signed" is no fact that the program knows.',
    ],
    [
      "an unknown parameter",
      ["fact: documents.complete", "fact: documents.complete\n        with: { max: high }"],
      '"documents.complete" takes no "max"; it takes set.',
    ],
    [
      "a signer that can never be another",
      ["role: compliance", "role: compliance\n        otherThan: [good]"],
      'Nobody can ever sign "Good": its signer has to be another than its own signer.',
    ],
    [
      "a name that is nothing",
      ["role: compliance", "role: compliance\n        otherThan: [bad]"],
      '"Good" names "bad", which is no task or decision.',
    ],
    ["a missing guide", ["    guide: Read them.\n", ""], 'Nothing says how "Papers" is done: it has no guide.'],
    ["a missing due time", ["    due: { days: 2 }\n", ""], '"Papers" has no due time, so nobody sees that it is late.'],
    ["one name twice", ["decision: good", "decision: read"], 'Two tasks or decisions are called "read".'],
  ] as const;
  for (const [name, [from, to], sentence] of cases)
    it(`sees ${name}`, () =>
      assert.ok(sentences(YAML.replace(from, to)).includes(sentence), sentences(YAML.replace(from, to)).join("\n")));
});

describe("the difference of two versions", () => {
  it("is said in plain sentences", () => {
    const before = read(YAML);
    const now = read(
      YAML.replace("days: 2", "days: 3")
        .replace("fact: documents.complete", "fact: screening.clear")
        .replace("title: Read", "title: Read twice"),
    );
    assert.deepEqual(
      differences(before, now).map(({ sentence }) => sentence),
      [
        'Stage "Papers": due is days 3 instead of days 2.',
        'Stage "Papers", task "Read twice": title is "Read twice" instead of "Read".',
        'Stage "Papers" has a new condition screening.clear.',
        'Stage "Papers" has no condition documents.complete any more.',
      ],
    );
    assert.deepEqual(differences(before, before), []);
  });
});

describe("lengths with what still runs", () => {
  const ended = (length: number) => ({ length, ended: true });
  const running = (length: number) => ({ length, ended: false });
  it("is the plain median while everything has ended", () => {
    assert.equal(lengthWithin([1, 2, 3, 4].map(ended), 0.5), 2);
    assert.equal(lengthWithin([5, 1, 3].map(ended), 0.5), 3);
    assert.equal(lengthWithin([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(ended), 0.9), 9);
  });
  it("knows that those who are stuck take longer", () => {
    assert.equal(lengthWithin([ended(1), ended(2), running(50), running(60), running(70)], 0.5), null);
    assert.equal(lengthWithin([ended(1), ended(2), ended(30), running(50)], 0.5), 2);
  });
  it("counts who was broken off early only as long as it was seen", () => {
    assert.equal(lengthWithin([running(1), ended(5), ended(6)], 0.5), 5);
    assert.equal(lengthWithin([], 0.5), null);
  });
});
