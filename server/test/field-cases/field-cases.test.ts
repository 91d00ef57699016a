import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Evaluation, evaluate } from "../../src/commissions/evaluate.ts";
import { Refusal } from "../../src/kernel/refusal.ts";
import { numbersOf, readPublished } from "./published.ts";
import { type FieldCase, type Run, readCases } from "./read-cases.ts";
import { isSame, readingOf } from "./readings.ts";

const cases = readCases();
const published = readPublished();
const skipped = published === null ? "the published cases (TRIBUTARY_CONFORMANCE) are not here" : false;

/** The very same calculation as `tributary evaluate`: a document and the lines of a facts file. */
function evaluated(run: Run): Evaluation {
  const monthly = (name: "month" | "until") => (run[name] === undefined ? {} : { [name]: `${run[name]}-01` });
  return evaluate(run.plan, run.facts.map((fact) => JSON.stringify(fact)).join("\n"), {
    ...monthly("month"),
    ...monthly("until"),
    ...(run.timeZone === undefined ? {} : { timeZone: run.timeZone }),
  });
}

function check(run: Run): void {
  if (run.refused !== undefined) {
    assert.throws(
      () => evaluated(run),
      (error) => error instanceof Refusal && error.message.includes(run.refused ?? ""),
      `is refused with: ${run.refused}`,
    );
    return;
  }
  const evaluation = evaluated(run);
  assert.ok(run.expect.length > 0, "something is expected");
  for (const one of run.expect) {
    const found = readingOf(evaluation, one);
    const wanted = withoutCurrency(one.is, evaluation.currency);
    const where = [one.read, one.month, one.subject].filter(Boolean).join(" ");
    assert.ok(isSame(found, wanted), `${where} is ${found} and not ${one.is}\n${explained(evaluation)}`);
  }
}

/** `12.5 USD` is 12.5 where the plan's currency is USD. */
function withoutCurrency(value: string | number | boolean, currency: string): string | number | boolean {
  if (typeof value !== "string") return value;
  const [number = "", code] = value.split(" ");
  if (code === undefined || !/^[A-Z]{3}$/.test(code)) return value;
  assert.equal(code, currency);
  return number;
}

function explained(evaluation: Evaluation): string {
  return evaluation.lines
    .slice(0, 12)
    .flatMap((line) => line.explanation)
    .join("\n");
}

function expectationsOf(one: FieldCase) {
  return one.runs.flatMap((run) => run.expect);
}

for (const [file, some] of Map.groupBy(cases, (one) => one.file)) {
  describe(`field cases: ${file}`, () => {
    for (const one of some)
      for (const run of one.runs)
        it(`${one.id} ${one.title}${run.name === "" ? "" : `: ${run.name}`}`, () => check(run));
  });
}

describe("the published cases", () => {
  it("are told once each", () => {
    const ids = cases.map((one) => one.id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it("are all here", { skip: skipped }, () => {
    const known = new Set(cases.map((one) => one.id));
    assert.deepEqual(
      (published ?? []).map((one) => one.id).filter((id) => !known.has(id)),
      [],
    );
  });

  for (const one of published ?? []) {
    it(`${one.id}: every published number is one that is asked for here`, { skip: skipped }, () => {
      const written = cases.find((known) => known.id === one.id);
      if (written === undefined) throw new Error("no such case");
      const asked = expectationsOf(written);
      for (const [path, number] of numbersOf(one.expected)) {
        const standing = asked.filter((expectation) => expectation.published === path);
        assert.ok(standing.length > 0, `nothing stands for ${path}`);
        for (const { is } of standing)
          assert.ok(
            typeof number === "boolean" ? isSame(Number(is).toString(), number) : isSame(number, is),
            `${path} is published as ${number}, not ${is}`,
          );
      }
      const paths = new Set(numbersOf(one.expected).map(([path]) => path));
      assert.deepEqual(
        asked.flatMap((expectation) => expectation.published ?? []).filter((path) => !paths.has(path)),
        [],
      );
      if (one.source_inconsistent === true) assert.ok(written.contradiction, "the case says what is contradicted");
    });
  }
  it("say so when their file is not at hand", { skip: skipped }, () => assert.ok(published?.length));
});
