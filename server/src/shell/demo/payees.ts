import type { AccountDetail, PayeeIdentity, PayeeTax, PayeeTerms } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import { checkBankDetail } from "../../banking/index.ts";
import type { Context } from "../../database/index.ts";
import { changeInvoiceSettings, issueInvoices } from "../../invoices/index.ts";
import { partnersByIds } from "../../partners/index.ts";
import {
  approveVersion,
  getPayee,
  type KnownPayee,
  listPayees,
  type PayeeNeeds,
  proposeVersion,
  takeOverPayees,
} from "../../payees/index.ts";
import { type Chance, chance } from "./random.ts";
import type { SampleRecords } from "./records.ts";
import type { PartnerPlan } from "./world.ts";

/** Whoever enters a payee is not whoever approves it. */
export interface PayeePeople {
  readonly proposer: Actor;
  readonly approver: Actor;
}

/** Some of the sample's payees have what finance has to look at. */
const TROUBLES = ["unverified", "mismatched", "cooling_off"] as const;
type Trouble = (typeof TROUBLES)[number];

/**
 * Payees of nearly all partners, taken over at once: companies and people, paid to banks and providers, most of them self-billed. Three of each
 * trouble; a few partners have none.
 * @param firstMonth the first month that is invoiced here, `2026-03-01`
 */
export async function writePayees(
  ctx: Context,
  records: SampleRecords,
  partners: readonly PartnerPlan[],
  needs: PayeeNeeds,
  firstMonth: string,
): Promise<void> {
  const people = { proposer: records.cast.finance, approver: records.cast.approver };
  const draw = chance("payees");
  await writeOperator(ctx, people, firstMonth);
  const served = servedOf(partners);
  const facts = await partnersByIds(
    ctx.db,
    served.flatMap((one) => records.partnerIds.get(one.code) ?? []),
  );
  const legalNames = new Map(facts.map((one) => [one.partnerId, one.legalName]));
  const known = served.map((plan, at) => {
    const partnerId = records.partnerIds.get(plan.code) as string;
    const name = legalNames.get(partnerId) ?? plan.name;
    return payeeOf({ plan, partnerId, name, trouble: troubleOf(at), firstMonth, draw: draw.branch(plan.code) });
  });
  await takeOverPayees(ctx, people, known, needs);
}

/** Some accounts have changed just now: they cool off. */
export async function moveAccounts(
  ctx: Context,
  records: SampleRecords,
  partners: readonly PartnerPlan[],
  needs: PayeeNeeds,
): Promise<void> {
  const people = { proposer: records.cast.finance, approver: records.cast.approver };
  const moving = servedOf(partners).filter((_, at) => troubleOf(at) === "cooling_off");
  for (const plan of moving) {
    const { rows } = await listPayees(ctx, people.proposer, { partnerId: records.partnerIds.get(plan.code), limit: 1 });
    if (rows[0] !== undefined) await moveAccount(ctx, people, rows[0].id, needs);
  }
}

function servedOf(partners: readonly PartnerPlan[]): readonly PartnerPlan[] {
  return partners.filter((one) => one.story !== "onboarding").filter((_, at) => at % 29 !== 7);
}

/** Invoices of what has become payable, before it is paid. */
export async function issueSampleInvoices(ctx: Context, records: SampleRecords): Promise<void> {
  await issueInvoices(ctx, records.cast.finance, [...records.partnerIds.values()]);
}

/** The first ones that are not at the top of every list. */
function troubleOf(at: number): Trouble | null {
  return at % 9 === 4 && at < 85 ? (TROUBLES[((at - 4) / 9) % TROUBLES.length] ?? null) : null;
}

async function writeOperator(ctx: Context, people: PayeePeople, firstMonth: string): Promise<void> {
  await changeInvoiceSettings(ctx, people.approver, {
    legalName: "Tributary Sample Operator Ltd",
    street: "12 Harbour Street",
    city: "Valletta",
    postalCode: "VLT 1117",
    region: "",
    country: "MT",
    vatNumber: "MT11679112",
    registrationNumber: "C 00001",
    email: "finance@tributary.example",
    series: "SB",
    creditSeries: "CN",
    seriesPerPayee: false,
    dueDays: 14,
    automatic: true,
    firstMonth: firstMonth.slice(0, 7),
    revision: 0,
  });
}

interface Making {
  readonly plan: PartnerPlan;
  readonly partnerId: string;
  readonly name: string;
  readonly trouble: Trouble | null;
  readonly firstMonth: string;
  readonly draw: Chance;
}

function payeeOf({ plan, partnerId, name, trouble, firstMonth, draw }: Making): KnownPayee {
  const identity: PayeeIdentity = {
    kind: "company",
    legalName: name,
    registrationNumber: `R ${draw.between(100_000, 999_999)}`,
    street: `${draw.between(1, 180)} Market Street`,
    city: CITIES[plan.country] ?? "Capital",
    postalCode: String(draw.between(10_000, 99_999)),
    region: "",
    country: plan.country,
    email: `billing@${plan.code}.example`,
    language: plan.country === "DE" ? "de" : ["ES", "MX", "CL", "CO", "PE"].includes(plan.country) ? "es" : "en",
  };
  const holder = trouble === "mismatched" ? `${plan.contact} Holdings` : name;
  return {
    identity,
    partnerId,
    validFrom: firstMonth,
    detail: detailOf(plan.country, holder, draw),
    tax: taxOf(plan, draw),
    terms: termsOf(draw),
    selfBilling: { acceptedName: plan.contact, language: identity.language },
    waits: trouble === "unverified",
  };
}

const CITIES: Readonly<Record<string, string>> = {
  DE: "Hamburg", ES: "Madrid", IT: "Milano", PL: "Warszawa", FR: "Lyon", PT: "Porto", GR: "Athina", CZ: "Praha", BR: "São Paulo", MX: "Ciudad de México",
  CL: "Santiago", CO: "Bogotá", PE: "Lima", AE: "Dubai", SA: "Riyadh", EG: "Cairo", MA: "Casablanca", TH: "Bangkok", VN: "Hanoi", MY: "Kuala Lumpur",
  ID: "Jakarta", PH: "Manila", JP: "Osaka",
}; // biome-ignore format: a table

/** Partners in the Union are charged in reverse, without a number they are outside; the others are not in its scope, some with tax withheld. */
function taxOf(plan: PartnerPlan, draw: Chance): PayeeTax {
  const none: PayeeTax = {
    vat: "outside_scope",
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
  const vatNumber = VAT_NUMBERS[plan.country];
  if (vatNumber !== undefined && plan.kind !== "influencer") return { ...none, vat: "reverse_charge", vatNumber };
  if (plan.region !== "latam" || draw.happens(0.5)) return none;
  return {
    ...none,
    withholdingRate: "0.1",
    withholdingReason: "services",
    treatyCountry: plan.country,
    treatyArticle: "12",
  };
}

/** Numbers with right check digits, published as examples. */
const VAT_NUMBERS: Readonly<Record<string, string>> = {
  DE: "DE136695976", ES: "ESB58818501", IT: "IT00743110157", PL: "PL8567346215", FR: "FR40303265045", PT: "PT501964843", GR: "EL094259216", CZ: "CZ25123891",
}; // biome-ignore format: a table

function termsOf(draw: Chance): PayeeTerms {
  const hasThreshold = draw.happens(0.4);
  return {
    payoutCurrency: null,
    thresholdMinor: hasThreshold ? "10000" : null,
    thresholdCurrency: hasThreshold ? "EUR" : null,
    thresholdKind: draw.happens(0.5) ? "exceeds" : "at_least",
    feeBearer: draw.happens(0.8) ? "operator" : "shared",
    invoicing: draw.happens(0.88) ? "self_billing" : "own_invoice",
    paymentDays: 5,
    detailOrder: [],
  };
}

/** Countries whose account numbers carry no check of their own besides the two digits of the IBAN. */
const IBANS: Readonly<Record<string, number>> = { DE: 18, GR: 23, AE: 19, SA: 20, EG: 25 };
const ACCOUNTS: Readonly<Record<string, readonly [fields: Readonly<Record<string, string>>, digits: number]>> = {
  TH: [{ bic: "BKKBTHBK", bankCode: "002" }, 10],
  VN: [{ bic: "BFTVVNVX" }, 13],
  MY: [{ bic: "MBBEMYKL" }, 12],
  ID: [{ bic: "CENAIDJA", bankCode: "014" }, 10],
  PH: [{ bic: "BOPIPHMM" }, 10],
};

/** A bank where its numbers can be made up, else an account at a provider. */
function detailOf(country: string, holder: string, draw: Chance): AccountDetail {
  const base = { country, currency: "EUR", holder };
  const fields = bankFields(country, draw);
  const bank: AccountDetail = { ...base, method: "bank", fields: fields ?? {} };
  if (fields !== undefined && checkBankDetail(bank as Parameters<typeof checkBankDetail>[0]).ok) return bank;
  return draw.pick<AccountDetail>([
    { ...base, method: "paypal", fields: { paypalReceiver: `payments-${draw.between(1000, 9999)}@payee.example` } },
    { ...base, method: "wise", fields: { wiseRecipientId: String(draw.between(10_000_000, 99_999_999)) } },
    { ...base, method: "payoneer", fields: { payoneerPayeeId: String(draw.between(100_000, 999_999)) } },
  ]);
}

function bankFields(country: string, draw: Chance): Record<string, string> | undefined {
  const digits = (count: number) => Array.from({ length: count }, () => draw.between(0, 9)).join("");
  const length = IBANS[country];
  if (length !== undefined) return { iban: ibanOf(country, digits(length)), bic: `SAMP${country}22` };
  const account = ACCOUNTS[country];
  return account === undefined ? undefined : { ...account[0], accountNumber: digits(account[1]) };
}

/** With its two check digits (ISO 7064, modulus 97). */
function ibanOf(country: string, account: string): string {
  const letters = [...`${account}${country}00`].map((letter) => Number.parseInt(letter, 36)).join("");
  const check = 98n - (BigInt(letters) % 97n);
  return `${country}${String(check).padStart(2, "0")}${account}`;
}

/** A payee that was paid until now to one account wants another. */
async function moveAccount(ctx: Context, people: PayeePeople, payeeId: string, needs: PayeeNeeds): Promise<void> {
  const payee = await getPayee(ctx, people.proposer, payeeId);
  const detail = detailOf(payee.country, payee.legalName, chance(`moved ${payee.legalName}`));
  const { secondFactor: _, ...quiet } = needs;
  const replaces = payee.details[0]?.id ?? null;
  const wish = await proposeVersion(ctx, people.proposer, payeeId, { aspect: "detail", detail, replaces }, quiet);
  await approveVersion(ctx, people.approver, wish.id, "Called back on the number in the contract.");
}
