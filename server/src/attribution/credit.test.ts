import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  CREDIT_DEFAULTS,
  CREDIT_MODELS,
  type CreditedTouch,
  type CreditModel,
  CreditTable,
  splitAmount,
  weightsOf,
} from "./core/credit.ts";

const DAY = 86_400_000;
const path = (text: string): CreditedTouch[] =>
  text.split(" > ").map((key, index, all) => ({ key, age: (all.length - 1 - index) * DAY }));

/** Credits of a journey as fractions of the model, e.g. `a 2/5`. */
function told(model: CreditModel, text: string, settings = CREDIT_DEFAULTS): string {
  const journey = path(text);
  const weights = weightsOf(model, journey, settings);
  const sum = weights.reduce((a, b) => a + b, 0n);
  return journey.map(({ key }, index) => `${key} ${weights[index]}/${sum}`).join(", ");
}

describe("credit of one conversion", () => {
  const TABLE: readonly (readonly [CreditModel, string, string])[] = [
    ["first", "ada > ben > cyd", "ada 1/1, ben 0/1, cyd 0/1"],
    ["last", "ada > ben > cyd", "ada 0/1, ben 0/1, cyd 1/1"],
    ["linear", "ada > ben > ada", "ada 1/3, ben 1/3, ada 1/3"],
    ["linear_distinct", "ada > ben > ada", "ada 1/2, ben 1/2, ada 0/2"],
    ["position", "ada", "ada 1/1"],
    ["position", "ada > ben", "ada 40/80, ben 40/80"],
    ["position", "ada > ben > cyd", "ada 40/100, ben 20/100, cyd 40/100"],
    ["position", "ada > ben > cyd > dan", "ada 80/200, ben 20/200, cyd 20/200, dan 80/200"],
    ["time_decay", "ada > ben", "ada 1/2, ben 1/2"],
  ];
  for (const [model, journey, expected] of TABLE)
    it(`${model}: ${journey} gives ${expected}`, () => assert.equal(told(model, journey), expected));

  it("time decay halves with each whole half-life", () => {
    const journey = [
      { key: "old", age: 15 * DAY },
      { key: "mid", age: 7 * DAY },
      { key: "new", age: 0 },
    ];
    assert.deepEqual(weightsOf("time_decay", journey, CREDIT_DEFAULTS), [1n, 2n, 4n]);
  });

  const anyJourney = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c"), age: fc.nat(90 * DAY) }), {
    minLength: 1,
    maxLength: 40,
  });

  it("sums to one, whatever the journey and the model", () => {
    fc.assert(
      fc.property(anyJourney, fc.nat(1000), (journey, minor) => {
        const table = new CreditTable(CREDIT_MODELS);
        table.add({ journey, times: 1n, amount: { minor: BigInt(minor), currency: "EUR" } });
        for (const model of CREDIT_MODELS) {
          const rows = [...(table.sums.get(model)?.values() ?? [])];
          const amount = rows.reduce((sum, row) => sum + (row.amounts.get("EUR") ?? 0n), 0n);
          assert.equal(amount, BigInt(minor));
          const weights = weightsOf(model, journey, CREDIT_DEFAULTS);
          assert.ok(weights.every((weight) => weight >= 0n) && weights.some((weight) => weight > 0n));
        }
      }),
    );
  });

  it("first and last mirror each other, and so does position", () => {
    fc.assert(
      fc.property(anyJourney, (journey) => {
        const mirrored = [...journey].reverse();
        const weights = (model: CreditModel, way: readonly CreditedTouch[]) => weightsOf(model, way, CREDIT_DEFAULTS);
        assert.deepEqual(weights("first", mirrored).reverse(), weights("last", journey));
        assert.deepEqual(weights("position", mirrored).reverse(), weights("position", journey));
      }),
    );
  });
});

describe("an amount in parts", () => {
  it("leaves no cent over: the largest remainders get them, the earlier first", () => {
    assert.deepEqual(splitAmount(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
    assert.deepEqual(splitAmount(-100n, [1n, 1n, 1n]), [-34n, -33n, -33n]);
    assert.deepEqual(splitAmount(1n, [40n, 20n, 40n]), [1n, 0n, 0n]);
    assert.deepEqual(splitAmount(7n, [1n, 0n, 2n]), [2n, 0n, 5n]);
  });
});

const folder = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data"),
  "traffic/attribution",
);
const read = (name: string) => {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
};
type Totals = Readonly<Record<string, number>>;

function totalsOf(models: readonly CreditModel[], paths: readonly (readonly [string, bigint])[]) {
  const table = new CreditTable(models);
  for (const [text, times] of paths) table.add({ journey: path(text), times, amount: null });
  return (model: CreditModel) =>
    new Map([...(table.sums.get(model) ?? [])].map(([key, sum]) => [key, Number(sum.conversions.toString())]));
}

describe("real journeys", () => {
  const MODELS: readonly (readonly [CreditModel, string])[] = [
    ["first", "first_touch"],
    ["last", "last_touch"],
    ["linear", "linear_each_touch_counts"],
    ["linear_distinct", "linear_distinct_channels"],
    ["position", "position_40_20_40"],
  ];

  it("credit every channel as the reference does, to the ninth decimal", (test) => {
    const [lines, answers] = [read("journeys.csv"), read("journeys.expected.json")];
    if (lines === undefined || answers === undefined) return test.skip(`the data set is not in ${folder}`);
    const rows = lines.trim().split("\n").slice(1);
    const paths = rows.map((line) => [line.split(",")[0] ?? "", BigInt(line.split(",")[1] ?? "0")] as const);
    const expected = JSON.parse(answers) as Readonly<Record<string, Totals>>;
    const totals = totalsOf(CREDIT_MODELS, paths);
    for (const [model, name] of MODELS) {
      const found = totals(model);
      for (const [channel, conversions] of Object.entries(expected[name] ?? {}))
        assert.equal(found.get(channel) ?? 0, conversions, `${name} ${channel}`);
    }
    test.diagnostic(`${rows.length} journeys under ${MODELS.length} models, all as expected`);
  });

  it("come to the small cases that another project states", (test) => {
    const cases = read("tiny-cases.json");
    if (cases === undefined) return test.skip(`the data set is not in ${folder}`);
    const NAMES: Readonly<Record<string, CreditModel>> = {
      first_touch: "first",
      last_touch: "last",
      linear_distinct: "linear_distinct",
      linear_each_touch: "linear",
      position_40_40: "position",
    };
    let checked = 0;
    for (const { paths, ...expected } of JSON.parse(cases) as { paths: [string, number][] }[]) {
      const totals = totalsOf(
        CREDIT_MODELS,
        paths.map(([text, times]) => [text, BigInt(times)] as const),
      );
      for (const [name, sums] of Object.entries(expected as Record<string, Totals>)) {
        const found = totals(NAMES[name] as CreditModel);
        for (const [channel, value] of Object.entries(sums)) {
          assert.ok(Math.abs((found.get(channel) ?? 0) - value) < 1e-9, `${name} ${channel}`);
          checked += 1;
        }
      }
    }
    assert.ok(checked > 10);
  });
});
