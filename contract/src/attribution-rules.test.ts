import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AttributionRules, RULE_CONTRADICTIONS } from "./attribution-rules.ts";

const window = { offerId: null, partnerId: null, clickDays: null, impressionDays: null };

describe("rules that could be read in two ways", () => {
  const TABLE: readonly (readonly [string, object])[] = [
    ["kind_twice", { priority: ["click", "code", "click"] }],
    ["nothing_binds", { priority: ["customer"] }],
    ["manual_behind_customer", { priority: ["code", "customer", "manual"] }],
    ["manual_behind_customer", { priority: ["code", "manual"] }],
    ["keep_and_take_over", { priority: ["code", "customer"], existingCustomers: "keep" }],
    ["partner_twice", { noOverwritePartners: ["prt_a", "prt_a"] }],
    ["window_of_nobody", { windows: [{ ...window, clickDays: 3 }] }],
    ["window_without_days", { windows: [{ ...window, offerId: "ofr_a" }] }],
    ["impressions_not_used", { windows: [{ ...window, offerId: "ofr_a", impressionDays: 3 }] }],
    ["window_twice", { windows: [3, 4].map((clickDays) => ({ ...window, offerId: "ofr_a", clickDays })) }],
    [
      "whose_window",
      {
        windows: [
          { ...window, offerId: "ofr_a", clickDays: 3 },
          { ...window, partnerId: "prt_a", clickDays: 4 },
        ],
      },
    ],
  ];
  for (const [code, rules] of TABLE)
    it(`${code}: ${JSON.stringify(rules)}`, () => {
      const read = AttributionRules.safeParse(rules);
      const codes = read.error?.issues.map(
        (issue) => (issue as { params?: { contradiction?: string } }).params?.contradiction,
      );
      assert.deepEqual(codes, [code]);
      assert.ok((read.error?.issues[0]?.message.length ?? 0) > 10, "with a sentence");
    });

  it("every contradiction has a case", () => {
    assert.deepEqual([...new Set(TABLE.map(([code]) => code))].sort(), [...RULE_CONTRADICTIONS].sort());
  });
});

describe("rules that can be read", () => {
  it("state their defaults", () => {
    assert.deepEqual(AttributionRules.parse({}), {
      model: "last_click",
      windowDays: 30,
      impressionWindowDays: 1,
      windows: [],
      windowsPrecedence: null,
      priority: ["code", "click", "partner"],
      binding: { kind: "lifetime" },
      existingCustomers: "attribute",
      noOverwritePartners: [],
      deferredLeads: { kind: "always" },
    });
  });

  it("what was stored before there were versions is read as it was", () => {
    const old = {
      model: "last_click",
      windowDays: 45,
      priority: ["click"],
      binding: { kind: "days", days: 90 },
      existingCustomers: "keep",
    };
    const {
      impressionWindowDays: _i,
      windows: _w,
      windowsPrecedence: _p,
      noOverwritePartners: _n,
      deferredLeads: _d,
      ...same
    } = AttributionRules.parse(old);
    assert.deepEqual(same, old);
  });
});
