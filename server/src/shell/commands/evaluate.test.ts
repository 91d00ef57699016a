import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "tributary-evaluate-"));
after(() => rmSync(folder, { recursive: true }));

const plan = join(folder, "plan.yaml");
writeFileSync(
  plan,
  `language: 1
currency: EUR
components:
  - { code: sale, model: sale, rate: 0.10, hold: { days: 30, from: month_end } }
`,
);

function evaluated(facts: string, ...words: string[]) {
  const main = join(import.meta.dirname, "../../main.ts");
  const done = spawnSync(process.execPath, [main, "evaluate", "--plan", plan, "--facts", "-", ...words], {
    input: facts,
  });
  return { code: done.status, out: String(done.stdout), error: String(done.stderr) };
}

const order = '{"type":"sale","customer":"c","at":"2026-03-31T22:30:00Z","amount":119.95}';

describe("tributary evaluate", () => {
  it("prints every line with its working, the months and the total", () => {
    const { code, out, error } = evaluated(order, "--until", "2026-05");
    assert.equal(code, 0, error);
    assert.match(out, /119\.95 × 0\.1/);
    assert.match(
      out,
      /month +earned +payable +paid out +kept\n2026-03 +12\.00 +0\.00 +0\.00 +0\.00\n2026-04 +0\.00 +12\.00/,
    );
    assert.match(out, /\nTotal 12\.00 EUR\n$/);
  });

  it("counts days of the time zone that is asked for", () => {
    const { out } = evaluated(order, "--time-zone", "Europe/Berlin", "--json");
    const { months, total } = JSON.parse(out) as { months: { month: string }[]; total: string };
    assert.deepEqual([months.map((one) => one.month), total], [["2026-04"], "12.00"]);
  });

  it("names a number that nothing reads", () => {
    const { out } = evaluated('{"type":"sale","customer":"c","on":"2026-03-31","amount":10,"proft":3}');
    assert.match(out, /\nNote: The facts tell proft, and nothing in the plan reads it\.\n$/);
  });

  for (const [name, words, facts, message] of [
    [
      "facts that are wrong, with the line",
      [],
      `${order}\n{"type":"sale","customer":"c","amount":5}`,
      /line 2: .*neither `on`/,
    ],
    ["a month that is none", ["--month", "March"], order, /--month March is no month: write 2026-03/],
    ["a time zone that is none", ["--time-zone", "Moon"], order, /Moon is no time zone/],
  ] as const) {
    it(`refuses ${name}, and ends with 1`, () => {
      const { code, error, out } = evaluated(facts, ...words);
      assert.equal(code, 1);
      assert.match(error, message);
      assert.equal(out, "");
    });
  }
});
