import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkPlan } from "./check-plan.ts";
import { hashPlan } from "./hash-plan.ts";
import { bands, cpa, dr, fee, plan, share, tiers } from "./test-plan-parts.ts";
import { ASKED } from "./test-plans-asked.ts";
import { LINTED } from "./test-plans-linted.ts";

describe("the plan language", () => {
  it("takes a hybrid and writes every default out", () => {
    const check = checkPlan(plan(cpa, share));
    assert.ok(check.valid, JSON.stringify(check.findings));
    assert.deepEqual(check.findings, []);
    assert.deepEqual(check.plan.conversion, { source: "ecb", at: "day" });
    assert.deepEqual(check.plan.components[0]?.hold, { days: 30, from: "earned" });
    const spelled = checkPlan({
      ...plan(cpa, { ...share, hold: { days: 0, from: "earned" } }),
      conversion: { at: "day" },
    });
    assert.ok(spelled.valid);
    assert.equal(hashPlan(spelled.plan), hashPlan(check.plan), "a default written out is the same plan");
  });

  for (const [name, path, document] of ASKED)
    it(`asks about ${name}`, () => {
      for (const language of ["en", "es"] as const) {
        const check = checkPlan(document, language);
        assert.equal(check.valid, false);
        const here = check.findings.filter((one) => one.path === path);
        assert.deepEqual(
          here.map((one) => one.code),
          ["two_readings"],
          JSON.stringify(check.findings),
        );
        assert.equal(here[0]?.readings?.length, 2);
        assert.ok(here[0]?.readings?.every((reading) => here[0]?.message.includes(reading)));
      }
      assert.notDeepEqual(
        checkPlan(document, "es").findings,
        checkPlan(document, "en").findings,
        "it is said in Spanish as well",
      );
    });

  for (const [name, severity, code, path, document] of LINTED)
    it(`finds ${name}`, () => {
      const check = checkPlan(document);
      const found = check.findings.find((one) => one.path === path && one.code === code);
      assert.ok(found, JSON.stringify(check.findings, null, 1));
      assert.equal(found.severity, severity);
      assert.equal(check.valid, severity !== "error" && check.findings.every((one) => one.severity !== "error"));
      assert.equal(checkPlan(document, "es").findings.length, check.findings.length);
    });

  it("shows the amount at the cliff", () => {
    const check = checkPlan(plan({ ...share, rate: tiers("whole", ["0", "0.30"], ["10000", "0.20"]) }));
    assert.match(check.findings[0]?.message ?? "", /At 10000 the pay falls from 3000 to 2000 EUR/);
  });

  const quiet: readonly (readonly [string, object])[] = [
    ["CPAs of different countries", plan({ ...cpa, only: dr }, { ...cpa, code: "rest", except: dr })],
    ["CPAs one after the other", plan({ ...cpa, until: "2026-03-31" }, { ...cpa, code: "later", from: "2026-04-01" })],
    [
      "a special row before the general one",
      plan({
        ...cpa,
        amount: {
          rows: [
            { when: { country: ["DE"], brand: ["a"] }, value: "9" },
            { when: dr, value: "8" },
          ],
          otherwise: "nothing",
        },
      }),
    ],
    [
      "shares of customers that exclude each other",
      plan(
        cpa,
        { ...share, rate: "0.6", customers: { qualified: "cpa" } },
        { ...share, code: "rest", rate: "0.6", customers: { notQualified: "cpa", from: "start" } },
      ),
    ],
    [
      "tiers that count the component's own customers",
      plan({
        ...cpa,
        amount: {
          metric: { count: "qualified", component: "cpa" },
          mode: "marginal",
          bounds: "at_least",
          bands: bands(["1", "80"], ["11", "100"]),
        },
      }),
    ],
    ["a number that is written without quotes", plan({ ...cpa, amount: 120 })],
    ["a fee once, from the first day of the terms", plan({ ...fee, per: "once" })],
  ];
  for (const [name, document] of quiet)
    it(`says nothing about ${name}`, () => {
      assert.deepEqual(checkPlan(document).findings, []);
    });
});
