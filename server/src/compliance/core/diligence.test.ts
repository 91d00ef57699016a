import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DocumentNeed } from "@tributary/contract";
import { RULE_BOOKS } from "@tributary/contract";
import fc from "fast-check";
import { SHIPPED_DOCUMENTS } from "../shipped/documents.ts";
import { SHIPPED_REGIMES } from "../shipped/regimes.ts";
import { SHIPPED_REVIEWS } from "../shipped/reviews.ts";
import { SHIPPED_OWNERSHIP, SHIPPED_QUESTIONNAIRES, SHIPPED_RISK } from "../shipped/rules.ts";
import { bookProblems } from "./books.ts";
import { acceptanceProblems, documentNeeds, type HeldDocument } from "./documents.ts";
import { answerProblems, consequencesOf, keptAnswers } from "./questionnaire.ts";
import { rate } from "./rating.ts";
import { sniff } from "./sniff.ts";

describe("books of rules as shipped", () => {
  const shipped = {
    documents: SHIPPED_DOCUMENTS,
    ownership: SHIPPED_OWNERSHIP,
    questionnaires: SHIPPED_QUESTIONNAIRES,
    risk: SHIPPED_RISK,
    reviews: SHIPPED_REVIEWS,
    regimes: SHIPPED_REGIMES,
  } as const;
  for (const [name, document] of Object.entries(shipped))
    it(`${name} is a book that could be written back as it is`, () => {
      const book = name as keyof typeof shipped;
      assert.deepEqual(RULE_BOOKS[book].parse(document), document);
      assert.deepEqual(bookProblems(book, document), []);
    });
  it("names only claims that the list of words has, and every regime its source", () => {
    const known = new Set(SHIPPED_REVIEWS.claims.map(({ code }) => code));
    for (const { code, forbidden, source } of SHIPPED_REGIMES.regimes) {
      assert.deepEqual(
        forbidden.filter((claim) => !known.has(claim)),
        [],
        code,
      );
      assert.notEqual(source, "", code);
    }
  });
});

describe("documents that are asked for", () => {
  const passport = (own: Partial<HeldDocument> = {}): HeldDocument => ({
    documentId: "doc_1",
    personId: null,
    kind: "photo_id",
    state: "accepted",
    expiresOn: "2030-01-01",
    ...own,
  });
  const needs = (
    documents: readonly HeldDocument[],
    own: Partial<Parameters<typeof documentNeeds>[1]> = {},
  ): DocumentNeed[] =>
    documentNeeds(SHIPPED_DOCUMENTS, {
      entity: "individual",
      country: "DE",
      regimes: [],
      people: [],
      documents,
      today: "2026-03-31",
      soon: "2026-04-30",
      ...own,
    });
  const state = (documents: readonly HeldDocument[]) =>
    needs(documents).find(({ kinds }) => kinds[0]?.code === "photo_id")?.state;

  const table: readonly [string, readonly HeldDocument[], DocumentNeed["state"]][] = [
    ["nothing", [], "missing"],
    ["accepted, in date", [passport()], "held"],
    ["its last day is today", [passport({ expiresOn: "2026-03-31" })], "ending"],
    ["it ended yesterday", [passport({ expiresOn: "2026-03-30" })], "expired"],
    ["without an end", [passport({ expiresOn: null })], "held"],
    ["handed in", [passport({ state: "submitted" })], "waiting"],
    ["one person said yes, a second one is needed", [passport({ state: "proposed" })], "waiting"],
    ["rejected", [passport({ state: "rejected" })], "rejected"],
    ["taken back", [passport({ state: "withdrawn" })], "missing"],
    [
      "an ended one and a new one that waits",
      [passport({ expiresOn: "2026-01-01" }), passport({ state: "submitted" })],
      "waiting",
    ],
    ["of somebody else", [passport({ personId: "rpn_1" })], "missing"],
    ["of another kind", [passport({ kind: "selfie" })], "missing"],
  ];
  for (const [what, documents, expected] of table) it(what, () => assert.equal(state(documents), expected));

  it("asks a company for its own papers and for those of directors and owners, one line each", () => {
    const people = [
      { personId: "rpn_1", name: "Ana", kind: "person", roles: ["director", "beneficial_owner"] },
      { personId: "rpn_2", name: "Old Oak Ltd", kind: "organization", roles: ["owner"] },
      { personId: "rpn_3", name: "Ben", kind: "person", roles: ["other"] },
    ];
    const asked = needs([], { entity: "company", people });
    assert.deepEqual(
      asked.map(({ kinds, personName }) => `${personName ?? "-"} ${kinds.map(({ code }) => code).join("|")}`),
      [
        "- certificate_of_incorporation",
        "- incumbency|registered_office",
        "- structure_chart",
        "- bank_statement",
        "Ana photo_id",
        "Ana proof_of_address",
      ],
    );
  });
  it("asks for more where a country or a regime says so", () => {
    const kinds = (own: Parameters<typeof needs>[1]) =>
      needs([], { entity: "company", ...own }).flatMap((need) => need.kinds.map(({ code }) => code));
    assert.ok(kinds({ country: "US" }).includes("tax_form"));
    assert.ok(!kinds({ country: "DE" }).includes("tax_form"));
    assert.ok(kinds({ regimes: ["us-nj-dge"] }).includes("licence"));
  });

  const kind = (code: string) =>
    SHIPPED_DOCUMENTS.kinds.find((one) => one.code === code) as (typeof SHIPPED_DOCUMENTS.kinds)[number];
  const accept = (code: string, own: Partial<Parameters<typeof acceptanceProblems>[1]>) =>
    acceptanceProblems(
      kind(code),
      { number: "", issuedOn: null, expiresOn: null, ...own },
      "2026-03-31",
      "2026-04-02",
    ).map(({ field }) => field);
  const rules: readonly [string, string[], string[]][] = [
    ["a bill of three months ago does", accept("proof_of_address", { issuedOn: "2025-12-31" }), []],
    ["a bill of four months ago does not", accept("proof_of_address", { issuedOn: "2025-11-30" }), ["issuedOn"]],
    ["a bill needs its day", accept("proof_of_address", {}), ["issuedOn"]],
    ["a passport needs number and end", accept("photo_id", {}), ["number", "expiresOn"]],
    ["a passport that ended does not do", accept("photo_id", { number: "X1", expiresOn: "2026-04-01" }), ["expiresOn"]],
    ["a passport that ends today does", accept("photo_id", { number: "X1", expiresOn: "2026-04-02" }), []],
    ["a paper of tomorrow does not do", accept("structure_chart", { issuedOn: "2026-04-01" }), ["issuedOn"]],
  ];
  for (const [what, found, expected] of rules) it(what, () => assert.deepEqual(found, expected));
});

describe("what a file is", () => {
  const bytes = (text: string) => Buffer.from(text, "latin1");
  const table: readonly [string, Buffer, string | undefined][] = [
    ["a PDF", bytes("%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj"), "application/pdf"],
    ["a PDF with a script", bytes("%PDF-1.7\n<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"), undefined],
    ["a PDF with a script in disguise", bytes("%PDF-1.7\n<</S/J#61vaScript>>"), undefined],
    ["a PDF that starts a program", bytes("%PDF-1.4 <</S/Launch>>"), undefined],
    ["a PDF with a password", bytes("%PDF-1.4 trailer <</Encrypt 5 0 R>>"), undefined],
    ["a page before a PDF", bytes("<html>%PDF-1.4"), undefined],
    ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), "image/jpeg"],
    ["a PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), "image/png"],
    ["a WebP", bytes("RIFF\0\0\0\0WEBPVP8 "), "image/webp"],
    ["a photo of a phone", bytes("\0\0\0\x18ftypheic"), "image/heic"],
    ["a drawing", bytes("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), undefined],
    ["an archive", bytes("PK\x03\x04"), undefined],
    ["a program", bytes("MZ\x90\0"), undefined],
    ["a video", bytes("\0\0\0\x18ftypmp42"), undefined],
    ["almost nothing", bytes("x"), undefined],
  ];
  for (const [what, file, expected] of table)
    it(what, () => {
      const found = sniff(file);
      assert.equal("refused" in found ? undefined : found.mediaType, expected);
    });
});

describe("questionnaires", () => {
  const [questionnaire] = SHIPPED_QUESTIONNAIRES.questionnaires;
  assert.ok(questionnaire);
  const whole = {
    traffic_sources: ["seo", "email"],
    countries: ["DE"],
    under_18: "no",
    warnings: "no",
    advice: "no",
    public_office: "no",
  };

  it("is answered when every question that is asked has an answer", () => {
    assert.deepEqual(answerProblems(questionnaire, whole), []);
    assert.deepEqual(
      answerProblems(questionnaire, {})
        .map(({ question }) => question)
        .sort(),
      Object.keys(whole).sort(),
    );
  });
  it("asks what follows from an answer, and keeps only what was asked", () => {
    const warned = { ...whole, warnings: "yes" };
    assert.deepEqual(
      answerProblems(questionnaire, warned).map(({ question }) => question),
      ["warnings_which"],
    );
    assert.equal(keptAnswers(questionnaire, { ...whole, warnings_which: "nothing" }).warnings_which, undefined);
  });
  it("refuses what is no answer", () => {
    const wrong = { ...whole, under_18: "perhaps", countries: ["Germany"], traffic_sources: ["magic"] };
    assert.deepEqual(
      answerProblems(questionnaire, wrong).map(({ question }) => question),
      ["traffic_sources", "countries", "under_18"],
    );
  });
  it("counts the consequences of each answer", () => {
    assert.deepEqual(consequencesOf(questionnaire, whole), { points: 5, flags: [] });
    const { points, flags } = consequencesOf(questionnaire, {
      ...whole,
      under_18: "yes",
      traffic_sources: ["incentivized"],
    });
    assert.equal(points, 85);
    assert.equal(flags.length, 2);
  });
});

describe("risk rating", () => {
  const facts = {
    country: ["DE"],
    partner_kind: ["affiliate"],
    entity: ["individual"],
    screening: ["clear"],
    pep: ["no"],
    opacity: ["clear"],
    traffic: ["seo"],
    questionnaire: ["5"],
    age_months: ["30"],
    sites: ["passed"],
  };
  it("is low where nothing speaks for more", () =>
    assert.deepEqual([rate(SHIPPED_RISK, facts).level, rate(SHIPPED_RISK, facts).points], ["low", 0]));
  it("is high where one line asks for it, whatever the sum", () => {
    const one = rate(SHIPPED_RISK, { ...facts, pep: ["yes"] });
    assert.deepEqual([one.level, one.points], ["high", 40]);
  });
  it("takes the worst of several values, and says all of them", () => {
    const line = rate(SHIPPED_RISK, { ...facts, traffic: ["seo", "incentivized", "sms"] }).lines.find(
      ({ factor }) => factor === "traffic",
    );
    assert.deepEqual([line?.value, line?.result, line?.atLeast], ["seo, incentivized, sms", 15, "medium"]);
  });
  it("finds a number in its range with both ends", () => {
    const points = (value: string) => rate(SHIPPED_RISK, { ...facts, questionnaire: [value] }).points;
    assert.deepEqual(["0", "9", "10", "29", "30", "59", "60", "999"].map(points), [0, 0, 10, 10, 25, 25, 45, 45]);
  });
  const anyFacts = fc.record({
    country: fc.constantFrom(["DE"], ["IR"], ["VN"], ["unknown"]),
    questionnaire: fc.nat(100).map((points) => [String(points)]),
    sites: fc.constantFrom(["passed"], ["failed"], ["none"]),
    traffic: fc.subarray(["seo", "sms", "incentivized", "email"], { minLength: 1 }),
    pep: fc.constantFrom(["yes"], ["no"]),
  });
  it("its lines make up its points, and the level is never below a line's or the points'", () =>
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { lines, points, level } = rate(SHIPPED_RISK, given);
        assert.equal(
          lines.reduce((sum, { result }) => sum + result, 0),
          points,
        );
        const order = ["low", "medium", "high"];
        for (const { atLeast } of lines) assert.ok(order.indexOf(level) >= order.indexOf(atLeast ?? "low"));
        if (points >= SHIPPED_RISK.high) assert.equal(level, "high");
        if (points >= SHIPPED_RISK.medium) assert.notEqual(level, "low");
      }),
    ));
  it("a further value never lowers it", () =>
    fc.assert(
      fc.property(anyFacts, fc.constantFrom("sms", "incentivized"), (given, more) => {
        const order = ["low", "medium", "high"];
        const before = rate(SHIPPED_RISK, given);
        const after = rate(SHIPPED_RISK, { ...given, traffic: [...given.traffic, more] });
        assert.ok(after.points >= before.points && order.indexOf(after.level) >= order.indexOf(before.level));
      }),
    ));
});
