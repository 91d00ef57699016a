import { type Actor, actorOfUser } from "../../access/index.ts";
import {
  acceptVersion,
  approveVersion,
  changePolicy,
  counterVersion,
  createTemplate,
  proposeVersion,
} from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import type { SampleRecords } from "./records.ts";

/** Terms of the sample that are still talked about, or begin or end soon: what the negotiation screens show. */
export async function writeNegotiations(ctx: Context, records: SampleRecords): Promise<void> {
  await writeRules(ctx, records);
  const template = await writeTemplate(ctx, records);
  await negotiate(ctx, records, template);
  await schedule(ctx, records);
}

/** The casino asks for more than a second person when a deal is dear. */
async function writeRules(ctx: Context, { programIds, cast }: SampleRecords): Promise<void> {
  await changePolicy(ctx, cast.approver, programIds.casino, {
    version: 0,
    document: {
      rules: [
        {
          code: "second-person",
          name: "A second person",
          when: { kind: "always" },
          approvers: [{ role: "any", count: 1 }],
        },
        {
          code: "dear-cpa",
          name: "CPA above 120 EUR",
          when: { kind: "amount", models: ["cpa"], moreThan: "120.00", currency: "EUR" },
          approvers: [{ role: "finance", count: 1 }],
        },
        {
          code: "off-standard",
          name: "More than 10 % off the standard plan",
          when: { kind: "deviation", byMoreThan: "0.10" },
          approvers: [
            { role: "finance", count: 1 },
            { role: "approver", count: 1 },
          ],
        },
      ],
      notice: { worseDays: 30, anyDays: 0 },
      answerDays: 14,
      reminderDays: [30, 7],
    },
  });
}

async function writeTemplate(ctx: Context, { programIds, planVersionIds, cast }: SampleRecords): Promise<string> {
  const made = await createTemplate(ctx, cast.operations, {
    programId: programIds.casino,
    code: "affiliate-agreement",
    name: "Affiliate agreement",
    planVersionId: planVersionIds.get("casino/revenue_share") as string,
    clauses: [
      {
        key: "parties",
        title: "1. Parties",
        text: "This agreement is between **{{program.name}}** and **{{partner.legalName}}** ({{partner.country}}). It holds from {{agreement.validFrom}} until {{agreement.validTo}}.",
        locked: true,
      },
      {
        key: "conduct",
        title: "2. Conduct",
        text: "The partner advertises to adults only, uses approved material, names the risks of gambling, and does not bid on the brand. The operator may end this agreement at once when a rule of a regulator is broken.",
        locked: true,
      },
      { key: "pay", title: "3. Commission", text: "{{plan.text}}\n\n{{agreement.customers}}", locked: true },
      {
        key: "payment",
        title: "4. Payment",
        text: "Statements are closed by the 5th of the following month and paid by the 15th.",
        locked: false,
      },
    ],
  });
  return made.latest.id;
}

/** One counter-proposal to answer, one offer to sign in the portal, one dear deal that waits for two approvals, one draft. */
async function negotiate(ctx: Context, records: SampleRecords, templateVersionId: string): Promise<void> {
  const { cast, planVersionIds } = records;
  const validFrom = addDays(today(ctx), 31);
  const casino = { programId: records.programIds.casino, validFrom };
  const fromTemplate = { ...casino, templateVersionId };
  const evergreen = await proposeVersion(ctx, cast.operations, {
    ...fromTemplate,
    partnerId: partner(records, "evergreen-slots-guide"),
    message: "The terms for next year, in our new form. The share stays as it is.",
  });
  await approveVersion(ctx, cast.approver, evergreen.id);
  await counterVersion(ctx, await portalUser(ctx, records, "evergreen-slots-guide"), evergreen.id, {
    termsHash: evergreen.termsHash,
    message: "With the players we brought this year we would expect 40 %, and payment by the 10th.",
    values: [{ path: "net_share.rate", value: "0.40" }],
    clauses: [
      {
        key: "payment",
        text: "Statements are closed by the 5th of the following month and paid by the 10th.",
      },
    ],
  });
  const offered = await proposeVersion(ctx, cast.operations, {
    ...fromTemplate,
    partnerId: partner(records, "high-roller-digest"),
    message: "The same share in our new form. Please read clause 2.",
  });
  await approveVersion(ctx, cast.approver, offered.id);
  await proposeVersion(ctx, cast.operations, {
    ...casino,
    partnerId: partner(records, "lucky-nina-live"),
    planVersionId: planVersionIds.get("casino/cpa") as string,
    values: [{ path: "acquisition.amount", value: "130.00" }],
    note: "She has an offer of 125 from a competitor.",
  });
  await proposeVersion(ctx, cast.operations, {
    programId: records.programIds.fx,
    validFrom,
    partnerId: partner(records, "meridian-capital-partners"),
    planVersionId: planVersionIds.get("fx/hybrid") as string,
    submit: false,
    note: "To be talked about at the review in the new year.",
  });
}

/** A fortnight's boost that begins next week, and terms that end in three weeks. */
async function schedule(ctx: Context, records: SampleRecords): Promise<void> {
  const { cast, planVersionIds, programIds } = records;
  const now = today(ctx);
  const boost = await proposeVersion(ctx, cast.operations, {
    programId: programIds.saas,
    partnerId: partner(records, "solano-cloud"),
    planVersionId: planVersionIds.get("saas/revenue_share") as string,
    validFrom: addDays(now, 7),
    validTo: addDays(now, 21),
    values: [{ path: "sales_share.rate", value: "0.28" }],
    message: "A fortnight's boost for the trade fair; after it the base applies again.",
  });
  const ending = await proposeVersion(ctx, cast.operations, {
    programId: programIds.fx,
    partnerId: partner(records, "broker-compass"),
    planVersionId: planVersionIds.get("fx/cpa") as string,
    validFrom: now,
    validTo: addDays(now, 20),
    values: [{ path: "acquisition.amount", value: "440.00" }],
    message: "The raised CPA while the new landing page is tried out.",
  });
  for (const version of [boost, ending]) {
    await approveVersion(ctx, cast.approver, version.id);
    const acceptance = { name: "Signed on paper", termsHash: version.termsHash, address: "203.0.113.20" };
    await acceptVersion(ctx, cast.approver, version.id, acceptance);
  }
}

function today(ctx: Context): string {
  return ctx.clock.now().toISOString().slice(0, 10);
}

function partner({ partnerIds }: SampleRecords, code: string): string {
  return partnerIds.get(code) as string;
}

async function portalUser(ctx: Context, records: SampleRecords, code: string): Promise<Actor> {
  return (await actorOfUser(ctx, records.portalUserIds.get(code) as string)) as Actor;
}
