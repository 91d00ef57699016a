import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openBudget } from "./core/budget.ts";

const at = (seconds: number) => new Date(seconds * 1000);

describe("the budget of what strangers make the program write down", () => {
  it("takes so many of a key in a window and says later how many were left out", () => {
    const budget = openBudget({ windowMs: 60_000, perKey: 2, total: 10 });
    assert.deepEqual(
      [0, 1, 2, 3].map((second) => budget.take("a", at(second))),
      [0, 0, undefined, undefined],
    );
    assert.equal(budget.take("b", at(4)), 0);
    assert.equal(budget.take("a", at(61)), 2);
    assert.equal(budget.take("a", at(62)), 0);
  });

  it("is not widened by inventing keys", () => {
    const budget = openBudget({ windowMs: 60_000, perKey: 2, total: 10 });
    const answers = Array.from({ length: 1000 }, (_, n) => budget.take(`key ${n}`, at(1)));
    assert.equal(answers.filter((one) => one !== undefined).length, 10);
    assert.equal(budget.take("late", at(62)), 990);
  });
});
