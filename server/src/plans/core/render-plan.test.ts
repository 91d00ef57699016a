import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Component, PlanDocument } from "@tributary/contract";
import type { z } from "zod";
import { checkPlan } from "./check-plan.ts";
import { fieldWords, renderComponent, renderPlan, renderSections, saidByLead } from "./render-plan.ts";
import { everyForm } from "./test-every-form.ts";

const models = Component.options.map((schema) => ({
  model: [...schema.shape.model.values][0] as Component["model"],
  schema: schema as z.ZodObject,
}));

function neverAlike(all: readonly unknown[], say: (form: unknown) => string): void {
  const texts = new Map<string, unknown>();
  for (const form of all) {
    const text = say(form);
    const other = texts.get(text);
    if (other !== undefined) assert.deepEqual(form, other, `said alike: ${text}`);
    assert.doesNotMatch(text, /undefined|\[object|NaN/, text);
    texts.set(text, form);
  }
}

describe("a plan in plain language", () => {
  for (const { model, schema } of models) {
    it(`${model}: every field has its sentence`, () => {
      const said = saidByLead(model);
      const silent = Object.keys(schema.shape).filter(
        (name) => !said.includes(name) && fieldWords(model, name) === undefined,
      );
      assert.deepEqual(silent, [], "add words to core/words");
    });

    it(`${model}: two components that differ are never said alike`, () => {
      const all = everyForm(schema);
      assert.ok(all.length > 30, `${all.length} forms`);
      for (const language of ["en", "es"] as const)
        neverAlike(all, (form) => renderComponent(form as Component, "EUR", language).join("\n"));
    });
  }

  it("what stands outside of the components is said as well", () => {
    const [component] = everyForm(models[0]?.schema as z.ZodType);
    const outer = PlanDocument.omit({ components: true, language: true });
    const all = (everyForm(outer) as { payout?: { minimum?: string } }[]).filter(
      (one) => one.payout === undefined || one.payout.minimum !== undefined,
    );
    neverAlike(all, (form) =>
      renderPlan({ ...(form as object), language: 1, components: [component] } as unknown as PlanDocument, "en").join(
        "\n",
      ),
    );
  });

  it("reads a hybrid out in English and Spanish, each sentence with its place", () => {
    const check = checkPlan({
      language: 1,
      currency: "EUR",
      components: [
        {
          code: "cpa",
          model: "cpa",
          amount: "120.00",
          window: { from: "registration", days: 30 },
          qualification: { all: [{ metric: "first_deposit", atLeast: "20.00" }, { milestone: "kyc_passed" }] },
          hold: { days: 30 },
        },
        {
          code: "share",
          model: "revenue_share",
          rate: "0.30",
          carryover: { mode: "full" },
          base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
        },
      ],
    });
    assert.ok(check.valid, JSON.stringify(check.findings));
    const [, cpa, share] = renderSections(check.plan, "en");
    assert.deepEqual(
      cpa?.sentences.map((one) => `${one.path} | ${one.text}`),
      [
        "components[0].amount | cpa: 120.00 EUR for each customer who qualifies, once in the customer's life.",
        "components[0].qualification.all | A customer qualifies with all of the following:",
        "components[0].qualification.all[0] | first deposit of at least 20.00 EUR;",
        "components[0].qualification.all[1] | identity verified (KYC).",
        "components[0].window | A customer has to qualify within 30 days after registration, the last day included.",
        "components[0].paidIn | It falls under the month and the terms of the day of qualification.",
        "components[0].hold | Payable 30 days after it was earned.",
        "components[0].clawback | A chargeback at any time takes the whole amount back.",
      ],
    );
    assert.deepEqual(
      share?.sentences.map((one) => one.text),
      [
        "share: 30 % of what the customers bring, month by month; never below zero.",
        "It is taken of ngr = ggr − bonus.",
        "All customers and products are balanced together.",
        "A negative month is carried into the following months until it is used up; counted before the rate; a new version of the agreement takes it over.",
        "A negative share is never taken from what other components pay.",
        "Payable at once.",
      ],
    );
    const spanish = renderPlan(check.plan, "es");
    assert.equal(spanish.length, renderPlan(check.plan, "en").length);
    assert.ok(spanish.includes("cpa: 120,00 EUR por cada cliente que califica, una vez en la vida del cliente."));
  });
});
