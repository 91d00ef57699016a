import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Serving } from "../contracts.ts";
import { taxProblems } from "./blocks.ts";
import { detailLetter } from "./letters.ts";
import { checkHolder } from "./names.ts";
import { gapsOf, payeeFor, servingOn } from "./serving.ts";
import { formExpiry, formFits, formsState, maskNumber } from "./tax-forms.ts";
import { thresholdMet } from "./threshold.ts";

describe("thresholds", () => {
  const of = (kind: "exceeds" | "at_least") => ({ minor: 10_000n, currency: "EUR", kind });
  for (const [kind, minor, paid] of [
    ["exceeds", 10_000n, false],
    ["exceeds", 10_001n, true],
    ["at_least", 9_999n, false],
    ["at_least", 10_000n, true],
  ] as const)
    it(`100.00 that an amount has to ${kind}: ${minor} is ${paid ? "paid" : "carried on"}`, () =>
      assert.equal(thresholdMet(of(kind), minor, "EUR"), paid));

  it("pays nothing of nothing, and compares no two currencies", () => {
    assert.equal(thresholdMet(null, 0n, "EUR"), false);
    assert.equal(thresholdMet({ ...of("at_least"), minor: 0n }, 0n, "EUR"), false);
    assert.throws(() => thresholdMet(of("at_least"), 1n, "USD"), /cannot be compared/);
  });
});

describe("who is paid", () => {
  const serving = (payeeId: string, programId: string | null, validFrom: string, validTo: string | null = null) =>
    ({ assignmentId: payeeId, payeeId, partnerId: "p", programId, validFrom, validTo }) satisfies Serving;

  it("is a program's own payee, else the one of all programs, else nobody", () => {
    const all = [serving("general", null, "2026-01-01"), serving("fx", "prg_fx", "2026-03-01", "2026-04-01")];
    const on = (day: string, program: string | null) => payeeFor(servingOn(all, day), "p", program);
    assert.equal(on("2026-03-15", "prg_fx"), "fx");
    assert.equal(on("2026-03-15", "prg_casino"), "general");
    assert.equal(on("2026-04-01", "prg_fx"), "general", "the last day is exclusive");
    assert.equal(on("2025-12-31", "prg_fx"), undefined);
  });

  it("has gaps where nobody is named, told once when they are the same for all programs", () => {
    const all = [serving("a", null, "2026-02-01", "2026-03-01"), serving("b", "prg_fx", "2026-03-01")];
    assert.deepEqual(gapsOf("p", ["prg_fx", "prg_casino"], all, "2026-01-15"), [
      { partnerId: "p", programId: "prg_fx", from: "2026-01-15", to: "2026-02-01" },
      { partnerId: "p", programId: "prg_casino", from: "2026-01-15", to: "2026-02-01" },
      { partnerId: "p", programId: "prg_casino", from: "2026-03-01", to: null },
    ]);
    assert.deepEqual(gapsOf("p", ["prg_a", "prg_b"], [], "2026-01-15"), [
      { partnerId: "p", programId: null, from: "2026-01-15", to: null },
    ]);
    assert.deepEqual(gapsOf("p", [], [serving("a", null, "2026-01-01")], "2026-01-15"), []);
  });

  it("has a gap on a day exactly when nobody is paid on it", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, "0")}`);
    const one = fc
      .tuple(fc.constantFrom(null, "x"), day, fc.option(day))
      .map(([program, from, to]) => serving("a", program, from, to !== null && to > from ? to : null));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), day, day, (all, from, asked) => {
        if (asked < from) return;
        const inGap = gapsOf("p", ["x"], all, from).some(
          (gap) => gap.from <= asked && (gap.to === null || gap.to > asked),
        );
        assert.equal(inGap, payeeFor(servingOn(all, asked), "p", "x") === undefined);
      }),
    );
  });
});

describe("tax", () => {
  it("forms of the W-8 family hold until the end of the third year after their signature, a W-9 for good", () => {
    assert.equal(formExpiry("W-8BEN", "2026-03-05"), "2029-12-31");
    assert.equal(formExpiry("W-9", "2026-03-05"), null);
    assert.equal(formFits("W-8BEN", "company"), false);
    assert.equal(formFits("W-8BEN-E", "individual"), false);
    const form = { form: "W-8BEN" as const, tin: "", signedBy: "A", signedOn: "2022-01-01", expiresOn: "2025-12-31" };
    const forms = [{ ...form, treatyCountry: null, treatyArticle: "", treatyRate: null }];
    assert.equal(formsState(forms, "2025-12-31"), "valid");
    assert.equal(formsState(forms, "2026-01-01"), "expired");
    assert.equal(formsState([], "2026-01-01"), "none");
  });

  it("numbers show their last four letters at most", () => {
    assert.deepEqual(["123-45-6789", "1234", ""].map(maskNumber), ["•••••••6789", "••••", ""]);
  });

  const none = {
    vatRate: null,
    vatNumber: null,
    vatReason: "",
    withholdingRate: null,
    withholdingReason: "",
    treatyCountry: null,
    treatyArticle: "",
    numbers: [],
    forms: [],
  };
  for (const [name, tax, wrong] of [
    ["domestic VAT needs a rate and a number", { vat: "domestic" }, ["vatRate", "vatNumber"]],
    [
      "reverse charge needs a number and has no rate",
      { vat: "reverse_charge", vatRate: "0.21" },
      ["vatRate", "vatNumber"],
    ],
    ["an exemption says why", { vat: "exempt" }, ["vatReason"]],
    ["a withholding says why", { vat: "export", withholdingRate: "0.15" }, ["withholdingReason"]],
    ["a treaty lowers a withholding", { vat: "export", treatyCountry: "ES" }, ["treatyCountry"]],
    ["an export needs nothing more", { vat: "export" }, []],
  ] as const)
    it(name, () =>
      assert.deepEqual(
        taxProblems({ ...none, ...tax }).map((one) => one.field),
        wrong,
      ),
    );
});

describe("names", () => {
  it("the weaker of payee and contract decides, and both are told", () => {
    const good = checkHolder("Ruiz Media SL", "Ruiz Media S.L.", ["Ruiz Media, S.L."]);
    assert.equal(good.verdict, "match", good.explanation);
    const foreign = checkHolder("Ruiz Media SL", "Ruiz Media S.L.", ["Nordlicht Marketing GmbH"]);
    assert.equal(foreign.verdict, "different");
    assert.match(foreign.explanation, /Payee Ruiz Media S\.L\..*Contract with Nordlicht/s);
    assert.equal(checkHolder("Ruiz Media SL", "Ruiz Media S.L.", []).verdict, "match");
  });
});

describe("the letter to the old contact", () => {
  it("names the account so that its owner knows it and nobody can use it", () => {
    const detail = {
      method: "bank",
      country: "ES",
      currency: "EUR",
      holder: "Ruiz",
      fields: { iban: "••••••••••••••••••••1332" },
    };
    const words = { payee: "Ruiz Media", detail: detail as never, payableFrom: new Date("2026-03-05T10:00:00Z") };
    const letter = detailLetter("detail_approved", words, "es");
    assert.match(letter.text, /ES ••••1332 EUR, no antes del 2026-03-05 10:00 UTC/);
    assert.equal(detailLetter("detail_proposed", words, "de").subject, "Neue Zahlungsdaten für Ruiz Media eingegangen");
  });
});
