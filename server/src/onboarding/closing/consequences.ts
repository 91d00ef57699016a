import { createHash } from "node:crypto";
import type { Consequence } from "@tributary/contract";
import { openKeysOf, peopleOfPartner } from "../../access/index.ts";
import { acceptedTerms, pairsOfPartners } from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { dayOf } from "../../kernel/period.ts";
import { subPartnersOf } from "../../partners/index.ts";
import { boardOfCases, publishedProcedures } from "../../procedures/index.ts";
import { offersByIds, programsByIds } from "../../programs/index.ts";
import { openLinksOf } from "../../tracking/index.ts";
import type { Amount, OnboardingNeeds } from "../contracts.ts";

const SHOWN = 50;
const sums = (amounts: readonly Amount[]) =>
  amounts.filter(({ minor }) => minor !== 0n).map(({ minor, currency }) => ({ minor: String(minor), currency }));

/** What closing a partner would mean today, kind by kind; kinds of which there is nothing are left out. */
export async function consequencesOf(ctx: Context, partnerId: string, needs: OnboardingNeeds): Promise<Consequence[]> {
  const found = [
    ...(await traffic(ctx, partnerId, needs)),
    ...(await access(ctx, partnerId)),
    ...(await relations(ctx, partnerId)),
  ];
  return found.filter((one) => one.count > 0 || one.amounts.length > 0);
}

async function traffic(ctx: Context, partnerId: string, needs: OnboardingNeeds): Promise<Consequence[]> {
  const links = await openLinksOf(ctx.db, partnerId, null, ctx.clock.now());
  const matters = await needs.mattersOf(ctx, partnerId);
  const offers = new Map(
    (
      await offersByIds(
        ctx.db,
        matters.clicks.map(({ offerId }) => offerId),
      )
    ).map((one) => [one.offerId, one.name]),
  );
  const money = (
    code: Consequence["code"],
    rows: readonly { id: string; text: string; amount: Amount }[],
    screen: string,
  ) => ({
    code,
    count: rows.length,
    amounts: sums(totals(rows.map(({ amount }) => amount))),
    items: rows.slice(0, SHOWN).map(({ id, text }) => ({ text, screen: `${screen}/${id}` })),
    money: rows.some(({ amount }) => amount.minor !== 0n),
  });
  return [
    {
      code: "links",
      count: links.length,
      amounts: [],
      items: links.slice(0, SHOWN).map((one) => ({ text: one.code, screen: `/links/${one.linkId}` })),
      money: false,
    },
    {
      code: "clicks",
      count: matters.clicks.reduce((sum, { count }) => sum + count, 0),
      amounts: [],
      items: matters.clicks.map(({ offerId, count }) => ({
        text: `${offers.get(offerId) ?? offerId}: ${count}`,
        screen: null,
      })),
      money: false,
    },
    ...(["balances", "held"] as const).map((name): Consequence => {
      const amounts = sums(matters[name]);
      const code = name === "held" ? "holds" : "balance";
      return { code, count: amounts.length, amounts, items: [], money: amounts.length > 0 };
    }),
    money("statements", matters.statements, "/statements"),
    money("payouts", matters.payouts, "/payouts"),
    {
      code: "documents",
      count: matters.documents.length,
      amounts: [],
      items: matters.documents.slice(0, SHOWN).map(({ text }) => ({ text, screen: null })),
      money: false,
    },
  ];
}

/** One amount for each currency. */
function totals(amounts: readonly Amount[]): Amount[] {
  const byCurrency = new Map<string, bigint>();
  for (const { currency, minor } of amounts) byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + minor);
  return [...byCurrency].map(([currency, minor]) => ({ currency, minor }));
}

async function access(ctx: Context, partnerId: string): Promise<Consequence[]> {
  const people = await peopleOfPartner(ctx.db, partnerId);
  const keys = await openKeysOf(ctx.db, partnerId, ctx.clock.now());
  const plain = { amounts: [], money: false };
  return [
    {
      code: "people",
      count: people.length,
      ...plain,
      items: people.map(({ name, email }) => ({ text: `${name} (${email})`, screen: null })),
    },
    { code: "keys", count: keys, ...plain, items: [] },
  ];
}

async function relations(ctx: Context, partnerId: string): Promise<Consequence[]> {
  const plain = { amounts: [], money: false };
  const below = await subPartnersOf(ctx.db, partnerId);
  const pairs = await pairsOfPartners(ctx.db, [partnerId]);
  const today = dayOf(ctx.clock.now(), "UTC");
  const terms = (await acceptedTerms(ctx.db, pairs)).filter((one) => one.validTo === null || one.validTo > today);
  const programs = new Map(
    (
      await programsByIds(
        ctx.db,
        terms.map((one) => one.programId),
      )
    ).map((one) => [one.programId, one.name]),
  );
  const procedures = (await publishedProcedures(ctx.db)).map(({ procedure }) => procedure);
  const filter = { procedures, partnerIds: [partnerId] };
  const cases = await boardOfCases(ctx, { everything: true }, filter, { limit: SHOWN, language: "en" });
  return [
    {
      code: "sub_partners",
      count: below.length,
      ...plain,
      items: below.slice(0, SHOWN).map((one) => ({ text: one.name, screen: `/partners/${one.partnerId}` })),
    },
    {
      code: "agreements",
      count: terms.length,
      ...plain,
      items: terms.map((one) => ({
        text: `${programs.get(one.programId) ?? one.programId}, version ${one.version} from ${one.validFrom}`,
        screen: `/agreements/${one.agreementId}`,
      })),
    },
    {
      code: "work",
      count: cases.rows.length,
      ...plain,
      items: cases.rows.map((one) => ({
        text: `${one.title}: ${one.stageTitle}`,
        screen: `/procedure-cases/${one.caseId}`,
      })),
    },
  ];
}

/** Of what was shown. Clicks go on while somebody reads, so they are no part of it. */
export function shownHash(consequences: readonly Consequence[]): string {
  const still = consequences.filter((one) => one.code !== "clicks");
  return createHash("sha256").update(canonicalJson(still)).digest("hex");
}
