import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { after, before, beforeEach, describe, it } from "node:test";
import type { AccountDetail, PayeeIdentity, PayeeTax, PayeeTerms } from "@tributary/contract";
import { sql } from "kysely";
import { ANNA, BERT, CPA, MoneyWorld, person, planOf, signatory } from "../../test/money/world.ts";
import { transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { sealWith } from "../shell/http/seal.ts";
import { approveEnd, proposeEnd, refuseAssignment } from "./assignments.ts";
import { endHold, placeHold } from "./holds.ts";
import {
  acceptSelfBilling,
  approveAssignment,
  approveVersion,
  createPayee,
  detailChangesSince,
  getPayee,
  lettersOf,
  openDetails,
  payeeBlocks,
  payeeDetails,
  payeeFor,
  payeesOf,
  proposeAssignment,
  proposeVersion,
  selfBillingTerms,
} from "./index.ts";
import { listGaps } from "./service.ts";
import { changeSettings } from "./settings.ts";
import { openVersion, refuseVersion, reviewName, withdrawVersion } from "./versions.ts";

const CAROL = person("usr_carol");
const NEEDS = {
  vault: sealWith(randomBytes(32)),
  fingerprint: (text: string) => createHmac("sha256", "test").update(text).digest("hex"),
};

const identity = (legalName: string, more: Partial<PayeeIdentity> = {}): PayeeIdentity => ({
  kind: "company",
  legalName,
  registrationNumber: "",
  street: "Calle Mayor 1",
  city: "Madrid",
  postalCode: "28013",
  region: "",
  country: "ES",
  email: "billing@ruiz.example",
  language: "es",
  ...more,
});
const iban = (holder: string, number = "ES9121000418450200051332"): AccountDetail => ({
  method: "bank",
  country: "ES",
  currency: "EUR",
  holder,
  fields: { iban: number },
});
const TAX: PayeeTax = {
  vat: "domestic",
  vatRate: "0.21",
  vatNumber: "ESB58818501",
  vatReason: "",
  withholdingRate: null,
  withholdingReason: "",
  treatyCountry: null,
  treatyArticle: "",
  numbers: [],
  forms: [],
};
const TERMS: PayeeTerms = {
  payoutCurrency: null,
  thresholdMinor: "10000",
  thresholdCurrency: "EUR",
  thresholdKind: "exceeds",
  feeBearer: "shared",
  invoicing: "self_billing",
  paymentDays: 5,
  detailOrder: [],
};

describe("payees", () => {
  let world: MoneyWorld;
  let partner: string;
  let number = 0;
  before(async () => {
    world = await MoneyWorld.open("2026-03-10T12:00:00Z");
  });
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set("2026-03-10T12:00:00Z");
    number += 1;
    partner = await world.partner(`payees-${number}`);
    await sql`update partners.partner set legal_name = 'Ruiz Media S.L.' where partner_id = ${partner}`.execute(
      world.ctx.db,
    );
  });

  const refusal =
    (code: string, text: RegExp = /./) =>
    (error: unknown) =>
      error instanceof Refusal && error.code === code && text.test(error.message);
  const make = (name = "Ruiz Media S.L.", more: Partial<PayeeIdentity> = {}) =>
    createPayee(world.ctx, ANNA, { identity: identity(name, more), partnerId: partner, validFrom: "2026-03-01" });
  const codes = async (id: string) => (await payeeBlocks(world.ctx, [id])).map((one) => one.code);

  /** Everything of it proposed by Anna and approved by Bert. */
  async function verified(name = "Ruiz Media S.L.", account = iban(name)): Promise<{ id: string; detailId: string }> {
    const { ctx } = world;
    const payee = await make(name);
    await approveVersion(ctx, BERT, payee.proposals[0]?.id ?? "", "register extract");
    await approveAssignment(ctx, BERT, payee.assignments[0]?.id ?? "", "contract");
    let detailId = "";
    for (const version of [
      { aspect: "detail", detail: account },
      { aspect: "tax", tax: TAX },
      { aspect: "terms", terms: { ...TERMS, invoicing: "none" } },
    ] as const) {
      const made = await proposeVersion(ctx, ANNA, payee.id, version, NEEDS);
      await approveVersion(ctx, BERT, made.id, "called back");
      if (version.aspect === "detail") detailId = made.id;
    }
    return { id: payee.id, detailId };
  }

  it("begins as a proposal that blocks itself, and is payable once two people agreed on all of it", async () => {
    const payee = await make();
    assert.deepEqual(await codes(payee.id), ["unverified", "no_detail", "tax_undecided"]);
    assert.deepEqual(await payeesOf(world.ctx, [partner], "2026-03-10"), [], "a proposal pays nobody");
    const { id } = await verified("Ruiz Media S.L.");
    assert.deepEqual(await codes(id), []);
    const facts = (await payeeDetails(world.ctx, [id])).get(id);
    assert.equal(facts?.status, "verified");
    assert.deepEqual(facts?.terms.threshold, { minor: 10_000n, currency: "EUR", kind: "exceeds" });
    assert.equal(payeeFor(await payeesOf(world.ctx, [partner], "2026-03-10"), partner, "prg_any"), id);
  });

  it("no single person changes where money goes: not a detail, a name, an order, an assignment or its end", async () => {
    const { ctx } = world;
    const { id } = await verified();
    const same = refusal("same_person");
    for (const version of [
      { aspect: "detail", detail: iban("Ruiz Media S.L.", "ES7921000813610123456789") },
      { aspect: "identity", identity: identity("Other S.L.") },
      { aspect: "tax", tax: TAX },
      { aspect: "terms", terms: TERMS },
    ] as const) {
      const made = await proposeVersion(ctx, ANNA, id, version, NEEDS);
      await assert.rejects(approveVersion(ctx, ANNA, made.id, "mine"), same);
      await assert.rejects(
        sql`update payees.version set status = 'approved', decided_by = proposed_by, decided_at = now(), payable_from = now() where version_id = ${made.id}`.execute(
          ctx.db,
        ),
        /check constraint/,
      );
    }
    const [assigned] = await proposeAssignment(ctx, ANNA, id, { partnerId: partner, validFrom: "2027-01-01" });
    await assert.rejects(approveAssignment(ctx, ANNA, assigned?.id ?? "", ""), same);
    const standing = (await getPayee(ctx, ANNA, id)).assignments.find((one) => one.status === "approved");
    await proposeEnd(ctx, ANNA, standing?.id ?? "", "2026-04-01");
    await assert.rejects(approveEnd(ctx, ANNA, standing?.id ?? "", ""), same);
    assert.equal((await approveEnd(ctx, BERT, standing?.id ?? "", "")).validTo, "2026-04-01");
  });

  it("a changed detail cools off, and the contact that stood before is told of the wish and of the change", async () => {
    const { ctx } = world;
    const { id, detailId } = await verified();
    const moved = await proposeVersion(
      ctx,
      ANNA,
      id,
      { aspect: "identity", identity: identity("Ruiz Media S.L.", { email: "new@ruiz.example" }) },
      NEEDS,
    );
    await approveVersion(ctx, BERT, moved.id, "");
    world.clock.set("2026-03-11T12:00:00Z");
    const next = { ...iban("Ruiz Media S.L.", "ES7921000813610123456789") };
    const wish = await proposeVersion(ctx, ANNA, id, { aspect: "detail", detail: next, replaces: detailId }, NEEDS);
    assert.deepEqual(await codes(id), [], "a wish changes nothing");
    const made = await approveVersion(ctx, BERT, wish.id, "called back on the known number");
    assert.equal(made.payableFrom, "2026-03-14T12:00:00.000Z");
    const [block] = await payeeBlocks(ctx, [id]);
    assert.deepEqual([block?.code, block?.until?.toISOString()], ["cooling_off", "2026-03-14T12:00:00.000Z"]);
    assert.deepEqual(await payeeBlocks(ctx, [id], new Date("2026-03-14T12:00:00Z")), []);
    const { notices } = await getPayee(ctx, ANNA, id);
    const told = notices.filter((one) => one.sentTo === "billing@ruiz.example").map((one) => one.kind);
    assert.deepEqual(
      new Set(told),
      new Set(["detail_approved", "detail_proposed"]),
      "the address of before hears of it",
    );
    assert.ok(notices.some((one) => one.sentTo === "new@ruiz.example"));
    const letters = await lettersOf(
      ctx,
      notices.map((one) => one.id),
    );
    assert.ok(letters.some((one) => one.to === "billing@ruiz.example" && one.text.includes(" ES ••••6789 EUR")));
    assert.ok(letters.every((one) => !one.text.includes("ES79")));
    const changes = await detailChangesSince(ctx, new Date("2026-03-11T00:00:00Z"), [partner]);
    assert.deepEqual(
      changes.map((one) => [one.detailId, one.first, one.approvedBy]),
      [[wish.id, false, "usr_bert"]],
    );
  });

  it("keeps details sealed and shows them masked; every look at the whole is in the trail", async () => {
    const { ctx } = world;
    const { id, detailId } = await verified();
    const shown = (await getPayee(ctx, ANNA, id)).details[0]?.detail;
    assert.match(shown?.fields.iban ?? "", /^ES•+1332$/);
    const { rows } = await sql<{
      text: string;
    }>`select v::text as text from payees.version v where payee_id = ${id}`.execute(ctx.db);
    for (const row of rows) assert.doesNotMatch(row.text, /2100041845/);
    const analyst = person("usr_analyst", "analyst");
    await assert.rejects(openVersion(ctx, analyst, detailId, "curious", NEEDS), refusal("forbidden"));
    await assert.rejects(openDetails(ctx, analyst, NEEDS.vault, [detailId], "curious"), refusal("forbidden"));
    const opened = (await openVersion(ctx, BERT, detailId, "call back", NEEDS)) as AccountDetail;
    assert.equal(opened.fields.iban, "ES9121000418450200051332");
    const whole = await transact(ctx, (tx) => openDetails(tx, BERT, NEEDS.vault, [detailId], "payout batch pbt_1"));
    assert.equal(whole.get(detailId)?.fields.iban, "ES9121000418450200051332");
    const { rows: looks } = await sql<{ reason: string }>`
      select reason from audit.entry where action = 'payees.detail_opened' and (subject_id = ${id} or subject_id = ${detailId}) order by 1`.execute(
      ctx.db,
    );
    assert.deepEqual(
      looks.map((one) => one.reason),
      ["call back", "payout batch pbt_1"],
    );
  });

  it("a name that fits neither the payee nor the contract stands in the way until somebody else has reviewed it", async () => {
    const { ctx } = world;
    const program = await world.program(`names-${number}`);
    await world.agree(partner, program, await world.plan(program, `names-${number}`, planOf(CPA)));
    const payee = await make("Ruiz Media S.L.");
    await approveVersion(ctx, BERT, payee.proposals[0]?.id ?? "", "");
    const odd = await proposeVersion(ctx, ANNA, payee.id, { aspect: "detail", detail: iban("Boris Ivanov") }, NEEDS);
    assert.equal(odd.name?.verdict, "different");
    assert.match(odd.name?.explanation ?? "", /Contract with Ruiz Media/);
    await approveVersion(ctx, BERT, odd.id, "");
    assert.ok((await codes(payee.id)).includes("name_differs"));
    await assert.rejects(reviewName(ctx, ANNA, odd.id, "fine"), refusal("same_person"));
    await reviewName(ctx, CAROL, odd.id, "his own company, shown by the register");
    assert.ok(!(await codes(payee.id)).includes("name_differs"));
  });

  it("takes no detail that its country does not know, and says which field is wrong", async () => {
    const payee = await make();
    const wrong = proposeVersion(
      world.ctx,
      ANNA,
      payee.id,
      { aspect: "detail", detail: iban("Ruiz", "ES9121000418450200051333") },
      NEEDS,
    );
    await assert.rejects(
      wrong,
      (error) => error instanceof Refusal && error.complaints[0]?.field === "detail.fields.iban",
    );
    const tax = { ...TAX, vatNumber: "ESB00000001" };
    await assert.rejects(
      proposeVersion(world.ctx, ANNA, payee.id, { aspect: "tax", tax }, NEEDS),
      (error) => error instanceof Refusal && error.complaints[0]?.field === "tax.vatNumber",
    );
  });

  it("leaves no days on which two are paid for the same, and says where nobody is", async () => {
    const { ctx } = world;
    const first = await verified();
    const second = await make("Second S.L.");
    const [clash] = await proposeAssignment(ctx, ANNA, second.id, { partnerId: partner, validFrom: "2026-02-01" });
    await assert.rejects(approveAssignment(ctx, BERT, clash?.id ?? "", ""), refusal("overlapping_payees"));
    await refuseAssignment(ctx, BERT, clash?.id ?? "", "overlaps");
    const [later] = await proposeAssignment(ctx, ANNA, second.id, {
      partnerId: partner,
      validFrom: "2026-06-01",
      validTo: "2026-07-01",
    });
    await approveAssignment(ctx, BERT, later?.id ?? "", "new company");
    const on = async (day: string) => payeeFor(await payeesOf(ctx, [partner], day), partner, null);
    assert.deepEqual(
      [await on("2026-05-31"), await on("2026-06-01"), await on("2026-07-01")],
      [first.id, second.id, undefined],
    );
    await sql`update partners.partner set status = 'active' where partner_id = ${partner}`.execute(ctx.db);
    const gaps = (await listGaps(ctx, ANNA, { partnerId: partner, limit: 10 })).rows;
    assert.deepEqual(gaps, [{ partnerId: partner, programId: null, from: "2026-07-01", to: null }]);
    await assert.rejects(
      sql`insert into payees.assignment (assignment_id, payee_id, partner_id, valid_from, status, proposed_by, proposed_name, proposed_at, decided_by, decided_at)
          values ('pya_x', ${first.id}, ${partner}, '2026-06-15', 'approved', 'a', 'a', now(), 'b', now())`.execute(
        ctx.db,
      ),
      /assignment_alone/,
    );
  });

  it("a hold stops money by one person's word and is lifted by another's", async () => {
    const { ctx } = world;
    const { id } = await verified();
    const held = await placeHold(ctx, ANNA, id, { reason: "chargebacks", until: null });
    assert.deepEqual(await codes(id), ["held"]);
    await assert.rejects(endHold(ctx, ANNA, held.holds[0]?.id ?? "", "fine"), refusal("same_person"));
    await endHold(ctx, BERT, held.holds[0]?.id ?? "", "explained");
    assert.deepEqual(await codes(id), []);
    await placeHold(ctx, ANNA, id, { reason: "audit", until: "2026-03-12T00:00:00Z" });
    assert.deepEqual(await payeeBlocks(ctx, [id], new Date("2026-03-12T00:00:00Z")), [], "it ends by itself");
  });

  it("self-billing waits for the payee's word, and tax forms for their renewal", async () => {
    const { ctx } = world;
    const { id } = await verified();
    const terms = await proposeVersion(ctx, ANNA, id, { aspect: "terms", terms: TERMS }, NEEDS);
    await approveVersion(ctx, BERT, terms.id, "");
    assert.deepEqual(await codes(id), ["self_billing_missing"]);
    const text = await selfBillingTerms(ctx, ANNA, id, "es");
    const word = { language: "es" as const, name: "Sofía Ruiz" };
    await assert.rejects(
      acceptSelfBilling(ctx, ANNA, id, { ...word, textHash: "0".repeat(64) }, ""),
      refusal("conflict"),
    );
    await acceptSelfBilling(ctx, ANNA, id, { ...word, textHash: text.textHash }, "");
    const form = {
      form: "W-8BEN-E" as const,
      tin: "98-7654321",
      signedBy: "Sofía Ruiz",
      signedOn: "2022-06-01",
      expiresOn: null,
    };
    const forms = [{ ...form, treatyCountry: "ES", treatyArticle: "7", treatyRate: "0" }];
    const tax = await proposeVersion(ctx, ANNA, id, { aspect: "tax", tax: { ...TAX, forms } }, NEEDS);
    assert.deepEqual([tax.tax?.forms[0]?.tin, tax.tax?.forms[0]?.expiresOn], ["••••••4321", "2025-12-31"]);
    await approveVersion(ctx, BERT, tax.id, "");
    assert.deepEqual(await codes(id), ["tax_form_expired"]);
  });

  it("a partner proposes its own, sees nothing of others', and decides nothing", async () => {
    const { ctx } = world;
    const sofia = signatory(partner);
    const other = signatory(await world.partner(`foreign-${number}`));
    const payee = await createPayee(ctx, sofia, { identity: identity("Ruiz Media S.L."), partnerId: "prt_ignored" });
    assert.equal(payee.assignments[0]?.partnerId, partner, "always for itself");
    const wish = await proposeVersion(ctx, sofia, payee.id, { aspect: "detail", detail: iban("Ruiz Media") }, NEEDS);
    assert.equal(wish.name, null, "how well a name fits is the operator's matter");
    await assert.rejects(getPayee(ctx, other, payee.id), refusal("not_found"));
    await assert.rejects(
      proposeVersion(ctx, other, payee.id, { aspect: "detail", detail: iban("X") }, NEEDS),
      refusal("not_found"),
    );
    await assert.rejects(approveVersion(ctx, sofia, wish.id, ""), refusal("forbidden"));
    await assert.rejects(withdrawVersion(ctx, ANNA, wish.id), refusal("forbidden"));
    await withdrawVersion(ctx, sofia, wish.id);
    const again = await proposeVersion(ctx, sofia, payee.id, { aspect: "detail", detail: iban("Ruiz Media") }, NEEDS);
    const refused = await refuseVersion(ctx, BERT, again.id, "account closed");
    assert.equal(refused.status, "refused");
    const twin = await make("Twin S.L.");
    const same = await proposeVersion(ctx, ANNA, twin.id, { aspect: "detail", detail: iban("Twin S.L.") }, NEEDS);
    await verified();
    const seen = (await getPayee(ctx, BERT, twin.id)).proposals.find((one) => one.id === same.id);
    assert.ok((seen?.sameAccount.length ?? 0) > 0, "another payee with this account shows");
  });

  it("a cooling-off period that runs is not shortened by the setting", async () => {
    const { ctx } = world;
    const { id, detailId } = await verified();
    const wish = await proposeVersion(
      ctx,
      ANNA,
      id,
      { aspect: "detail", detail: iban("Ruiz Media S.L.", "ES7921000813610123456789"), replaces: detailId },
      NEEDS,
    );
    await approveVersion(ctx, BERT, wish.id, "");
    await changeSettings(ctx, BERT, {
      coolingOffHours: 0,
      firstCoolingOffHours: 0,
      taxForms: "always",
      screening: "matches",
      revision: 0,
    });
    assert.deepEqual(await codes(id), ["cooling_off", "tax_form_missing"]);
    await changeSettings(ctx, BERT, {
      coolingOffHours: 72,
      firstCoolingOffHours: 0,
      taxForms: "if_given",
      screening: "matches",
      revision: 1,
    });
  });
});
