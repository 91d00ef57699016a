import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkPlan } from "./check-plan.ts";
import { isRaw } from "./schema-words.ts";
import { cpa, plan, sale, share, tiers } from "./test-plan-parts.ts";

/** What is said, at which place, and the way out: each is a message that somebody could not use as it was. */
const SAID: readonly (readonly [
  name: string,
  path: string,
  message: RegExp,
  wayOut: RegExp | null,
  document: unknown,
])[] = [
  [
    "a token for a currency",
    "currency",
    /three capital letters of ISO 4217, like EUR\. A token.*USD/,
    null,
    { ...plan(share), currency: "USDT" },
  ],
  [
    "a day that does not exist",
    "components[0].from",
    /The day 2026-02-29 does not exist/,
    null,
    plan({ ...share, from: "2026-02-29" }),
  ],
  [
    "a day in words",
    "components[0].from",
    /has to be a day, like 2026-03-31\. It says tomorrow/,
    null,
    plan({ ...share, from: "tomorrow" }),
  ],
  ["a number in per cent", "components[0].rate", /^The rate 30 is not/, null, plan({ ...share, rate: 30 })],
  ["a percentage sign", "components[0].rate", /^The rate 30% is not/, null, plan({ ...share, rate: "30%" })],
  [
    "a field of another model",
    "components[0]",
    /no field clawback/,
    /refund events: write refunds/,
    plan({ ...sale, clawback: "none" }),
  ],
  [
    "refunds of customers",
    "components[0]",
    /no field refunds/,
    /clawback: \{ on: \[chargeback\]/,
    plan({ ...cpa, refunds: "kept" }),
  ],
  [
    "a field that only other models have",
    "components[0]",
    /no field steps/,
    /steps is a field of cpa_ladder, not of cpa/,
    plan({ ...cpa, steps: [] }),
  ],
  [
    "a misspelt field that is asked about",
    "components[0]",
    /no field carryOver/,
    /perhaps carryover is meant/,
    plan({ code: "s", model: "revenue_share", rate: "0.3", base: share.base, carryOver: { mode: "none" } }),
  ],
  [
    "a share of its own amount",
    "components[0].rate.metric.commission[0]",
    /share names itself/,
    /period: last_closed/,
    plan({ ...share, rate: { ...tiers("whole", ["0", "0.2"]), metric: { commission: ["share"] } } }),
  ],
  [
    "tiers in a table",
    "components[0].rate.rows[0].value",
    /cannot stand in a row/,
    /Turn it round: a table may stand in a band/,
    plan({
      ...share,
      rate: { rows: [{ when: { country: ["DE"] }, value: tiers("whole", ["0", "0.2"]) }], otherwise: "nothing" },
    }),
  ],
  [
    "two metrics of one tier",
    "components[0].rate.metric",
    /A metric is one number/,
    /gate: \{ needs: \{ any:/,
    plan({ ...share, rate: { ...tiers("whole", ["0", "0.2"]), metric: { any: [{ count: "sale" }] } } }),
  ],
  [
    "two CPAs",
    "components[1]",
    /write "beside": \["cpa"\] in b where both are paid.*"notQualified": "cpa"/,
    null,
    plan(cpa, { ...cpa, code: "b" }),
  ],
  [
    "a name in capitals",
    "components[0].only.Land",
    /Land is no name/,
    null,
    plan({ ...share, only: { Land: ["DE"] } }),
  ],
  ["an empty list", "components[0].only.country", /country is empty/, null, plan({ ...share, only: { country: [] } })],
  [
    "a value for a list",
    "components[0].only.country",
    /has to be a list/,
    /Write a list/,
    plan({ ...share, only: { country: "DE" } }),
  ],
  [
    "a count in quotes",
    "components[0].lifetime.endsAfterMonths",
    /has to be a number, without quotes/,
    null,
    plan({ ...share, lifetime: { from: "registration", endsAfterMonths: "12" } }),
  ],
  ["a text for a document", "", /has to be an object/, /language: 1/, "text"],
];

describe("what a wrong plan is told", () => {
  for (const [name, path, message, wayOut, document] of SAID)
    it(`says what is wanted: ${name}`, () => {
      const { findings } = checkPlan(document);
      const found = findings.find((one) => one.path === path && message.test(one.message));
      assert.ok(found, JSON.stringify(findings, null, 1));
      if (wayOut !== null) assert.match(found.wayOut ?? "", wayOut);
    });

  it("says one thing of a metric that is several", () => {
    const metric = { any: [{ metric: { count: "sale" } }] };
    const { findings } = checkPlan(plan({ ...share, rate: { ...tiers("whole", ["0", "0.2"]), metric } }));
    assert.deepEqual(
      findings.map((one) => one.path),
      ["components[0].rate.metric"],
    );
  });

  it("takes what it says to write for several targets", () => {
    const any = [
      { metric: { sum: "lots" }, atLeast: "100" },
      { metric: { count: "first_deposits" }, atLeast: "10" },
    ];
    assert.deepEqual(
      checkPlan(plan({ ...share, gate: { needs: { any }, otherwise: { value: "0.25" } } })).findings,
      [],
    );
  });

  it("lets tiers go by what the component itself came to in months that are over", () => {
    for (const period of ["last_closed", { months: 3, ending: "last_closed", take: "average" }]) {
      const metric = { commission: ["share"], period };
      assert.deepEqual(checkPlan(plan({ ...share, rate: { ...tiers("whole", ["0", "0.2"]), metric } })).findings, []);
    }
  });

  it("never shows the validator's own words, whatever stands where", () => {
    const good = plan(cpa, { ...share, rate: tiers("whole", ["0", "0.2"], ["9", "0.3"]), only: { country: ["DE"] } });
    const broken = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        "",
        "x",
        "2026-02-30",
        "1,5",
        -1,
        0.5,
        1e21,
        true,
        [],
        {},
        [[]],
        { from: 1 },
        { Any: [] },
        "€",
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(good)), broken, (path, value) => {
        for (const language of ["en", "es"] as const)
          for (const one of checkPlan(replaced(good, path, value), language).findings) {
            assert.ok(!isRaw(one.message), `${one.path}: ${one.message}`);
            assert.doesNotMatch(`${one.message} ${one.wayOut ?? ""}`, /undefined|\[object Object\]|\/\^/);
          }
      }),
      { numRuns: 60 },
    );
  });
});

/** Every place of a document, with the ones that it does not have yet. */
function pathsOf(node: unknown, at: readonly string[] = []): (readonly string[])[] {
  const children = typeof node === "object" && node !== null ? Object.entries(node) : [];
  return [
    ...children.flatMap(([name, child]) => pathsOf(child, [...at, name])),
    [...at, "surprise"],
    ...(at.length === 0 ? [] : [at]),
  ];
}

function replaced(node: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof node !== "object" || node === null) return { [first]: value };
  const copy = (Array.isArray(node) ? [...(node as unknown[])] : { ...node }) as Record<string, unknown>;
  copy[first] = replaced(copy[first], rest, value);
  return copy;
}
