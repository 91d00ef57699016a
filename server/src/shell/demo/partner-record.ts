import { type Context, transact } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import {
  changePartner,
  createField,
  getPartner,
  placeRestriction,
  planTransfer,
  setFields,
} from "../../partners/index.ts";
import type { SampleRecords } from "./records.ts";

const DAY = 86_400_000;

/** What the operator of the sample keeps of its partners beyond the record: own fields, who stands in, a restriction, a portfolio that changed hands. */
export async function writePartnerRecords(ctx: Context, records: SampleRecords): Promise<void> {
  await transact(ctx, async (tx) => {
    await writeFields(tx, records);
    const codes = [...records.partnerIds.keys()].sort();
    await describe(tx, records, codes);
    await restrict(tx, records, codes);
    await handOver(tx, records, codes);
  });
}

async function writeFields(ctx: Context, { cast }: SampleRecords): Promise<void> {
  const choice = (value: string, en: string, es: string) => ({ value, title: { en, es } });
  await createField(ctx, cast.administrator, {
    key: "tier",
    title: { en: "Tier", es: "Nivel" },
    help: { en: "Set at the business review.", es: "Se fija en la revisión de negocio." },
    type: "one_of",
    options: [choice("gold", "Gold", "Oro"), choice("silver", "Silver", "Plata"), choice("bronze", "Bronze", "Bronce")],
    ownerRole: "key_account_manager",
    position: 10,
  });
  await createField(ctx, cast.administrator, {
    key: "monthly_budget",
    title: { en: "Monthly media budget", es: "Presupuesto mensual de medios" },
    type: "money",
    position: 20,
  });
  await createField(ctx, cast.administrator, {
    key: "brand_bidding",
    title: { en: "May bid on the brand", es: "Puede pujar por la marca" },
    type: "yes_no",
    ownerRole: "compliance",
    writePermission: "compliance.write",
    position: 30,
  });
  await createField(ctx, cast.administrator, {
    key: "network_contract",
    title: { en: "How it vets its sub-partners", es: "Cómo revisa a sus subsocios" },
    type: "long_text",
    kinds: ["network"],
    requiredFor: ["active"],
    position: 40,
  });
}

const TIERS = ["gold", "silver", "bronze"] as const;

/** A few partners with everything filled in, so that the page can be seen as it is meant. */
async function describe(ctx: Context, records: SampleRecords, codes: readonly string[]): Promise<void> {
  const { cast } = records;
  for (const [at, code] of codes.slice(0, 12).entries()) {
    const id = records.partnerIds.get(code) as string;
    const { revision, country, website, ownerUserId } = await getPartner(ctx, cast.operations, id);
    const owners = Object.values(cast.owners).filter((one) => one !== ownerUserId);
    await changePartner(ctx, cast.operations, id, {
      revision,
      entity: at % 4 === 3 ? "individual" : "company",
      deputyUserId: owners[at % owners.length] ?? null,
      allowedCountries: country === null ? [] : [country],
      trafficSources: [
        { kind: "content", url: website, description: "own site" },
        { kind: "email", url: "", description: "weekly newsletter" },
      ],
    });
    const budget = { minor: String((at + 1) * 250_000), currency: "EUR" };
    await setFields(ctx, cast.administrator, id, {
      tier: TIERS[at % TIERS.length] ?? "gold",
      monthly_budget: budget,
      brand_bidding: at % 3 === 0,
    });
  }
}

async function restrict(ctx: Context, { cast, partnerIds }: SampleRecords, codes: readonly string[]): Promise<void> {
  await placeRestriction(ctx, cast.operations, partnerIds.get(codes[1] ?? "") as string, {
    kind: "block_offers",
    reason: "Claims on two landing pages are being corrected",
    until: new Date(ctx.clock.now().getTime() + 21 * DAY).toISOString(),
  });
}

async function handOver(ctx: Context, { cast, partnerIds }: SampleRecords, codes: readonly string[]): Promise<void> {
  const moving = codes.slice(12, 15).map((code) => partnerIds.get(code) as string);
  const owner = await getPartner(ctx, cast.operations, moving[0] ?? "");
  const to = Object.values(cast.owners).find((one) => one !== owner.ownerUserId) as string;
  await planTransfer(ctx, cast.operations, {
    partnerIds: moving,
    ownerUserId: to,
    effectiveOn: dayOf(ctx.clock.now(), "UTC"),
    reason: "Portfolios were cut anew at the quarter's end",
    commissionNote: "Commission of the account manager until the end of the month stays with the former owner.",
    tellPartners: false,
  });
}
