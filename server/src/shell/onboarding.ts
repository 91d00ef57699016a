import { systemActor } from "../access/index.ts";
import { holdSchedule } from "../commissions/index.ts";
import { riskState } from "../compliance/index.ts";
import type { Analytics, Context, Jobs } from "../database/index.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { balancesOf, bookMonths } from "../ledger/index.ts";
import {
  type Amount,
  type InstalledTemplate,
  installTemplates,
  type OnboardingNeeds,
  onboardingFacts,
  type PartnerMatters,
  startMissing,
} from "../onboarding/index.ts";
import { onboardingJobs } from "../onboarding/jobs.ts";
import { getPartner, partnerReadiness } from "../partners/index.ts";
import { listPayouts } from "../payouts/index.ts";
import type { ProcedureNeeds, Subject } from "../procedures/index.ts";
import { trafficByDay } from "../reporting/index.ts";
import { statementStandings } from "../statements/index.ts";
import type { Program } from "./program.ts";
import { agreementInForce, rulesInForce } from "./sandbox/set-up.ts";

const TRACKING = { agreementOf: agreementInForce, rulesOf: rulesInForce };
const asked = systemActor("onboarding");

/** Every fact that procedures may name, and what `when` compares with beside the record. */
export const procedureNeeds: ProcedureNeeds = {
  facts: onboardingFacts(TRACKING),
  traits: async (ctx, subject) => (subject.kind === "partner" ? await traitsOf(ctx, subject) : {}),
};

async function traitsOf(ctx: Context, subject: Subject) {
  const { entity } = await partnerReadiness(ctx, subject.id);
  const risk = await riskOf(ctx, subject.id);
  return { ...(entity === null ? {} : { entity }), ...(risk === null ? {} : { risk }) };
}

/** Low, medium or high as compliance rated it; null: not rated. */
async function riskOf(ctx: Context, partnerId: string): Promise<string | null> {
  const { level } = (await riskState(ctx, partnerId)).values;
  return typeof level === "string" ? level : null;
}

/** What onboarding asks of the rooms that stand above it. */
export function onboardingNeeds(program: Pick<Program, "analytics">): OnboardingNeeds {
  return {
    ...procedureNeeds,
    tracking: TRACKING,
    mattersOf: (ctx, partnerId) => mattersOf(ctx, partnerId, program.analytics),
  };
}

export function onboardingParts(program: Program): Jobs {
  return onboardingJobs(program.ctx, { ...onboardingNeeds(program), riskOf });
}

/**
 * Installs the shipped procedures; partners of their kinds are launched by them where the configuration says so, and whoever is on the way already
 * gets a case.
 */
export async function installProcedures({
  ctx,
  configuration,
}: Pick<Program, "ctx" | "configuration">): Promise<readonly InstalledTemplate[]> {
  const launches = configuration.activation === "procedure";
  const done = await installTemplates(ctx, asked, procedureNeeds.facts, { launches });
  if (launches && done.some(({ outcome }) => outcome === "installed")) await startMissing(ctx);
  return done;
}

async function mattersOf(ctx: Context, partnerId: string, analytics: Analytics): Promise<PartnerMatters> {
  const holds = (await holdSchedule(ctx, asked, partnerId)).data;
  const standings = await statementStandings(ctx, { partnerIds: [partnerId] });
  const open = standings.filter(({ status, closingMinor }) => status !== "paid" && closingMinor !== 0n);
  return {
    balances: await balances(ctx, partnerId),
    held: holds.map(({ currency, amount }) => ({ currency, minor: BigInt(amount) })),
    statements: open.map((one) => ({
      id: one.statementId,
      text: `${one.month.slice(0, 7)}: ${one.status}`,
      // One that is still open has no sum of its own yet: it is part of the balance.
      amount: { minor: one.closingMinor ?? 0n, currency: one.currency },
    })),
    payouts: await payoutsUnderWay(ctx, partnerId),
    clicks: await clicksOf(ctx, partnerId, analytics),
    documents: [],
  };
}

async function balances(ctx: Context, partnerId: string): Promise<Amount[]> {
  const currencies = [...new Set((await bookMonths(ctx, [partnerId])).map(({ currency }) => currency))];
  const books = currencies.map((currency) => ({ partnerId, currency }));
  const amounts = await balancesOf(ctx, "partner_payable", books);
  return currencies.map((currency, index) => ({ currency, minor: amounts[index] ?? 0n }));
}

const ENDED: ReadonlySet<string> = new Set(["settled", "rejected", "returned", "excluded", "cancelled"]);

async function payoutsUnderWay(ctx: Context, partnerId: string): Promise<PartnerMatters["payouts"]> {
  const { rows } = await listPayouts(ctx, asked, { partnerId, limit: 100 });
  return rows
    .filter(({ state }) => !ENDED.has(state))
    .map((one) => ({
      id: one.id,
      text: one.state,
      amount: { minor: BigInt(one.amount.minor), currency: one.amount.currency },
    }));
}

/** Counted clicks of the last thirty days, by offer. */
async function clicksOf(ctx: Context, partnerId: string, analytics: Analytics): Promise<PartnerMatters["clicks"]> {
  const { programIds } = await getPartner(ctx, asked, partnerId);
  const today = dayOf(ctx.clock.now(), "UTC");
  const byOffer = new Map<string, number>();
  for (const programId of programIds) {
    const question = { programId, partnerIds: [partnerId], from: addDays(today, -30), to: addDays(today, 1) };
    for (const { offerId, clicks } of await trafficByDay({ analytics }, question))
      byOffer.set(offerId, (byOffer.get(offerId) ?? 0) + clicks);
  }
  return [...byOffer].map(([offerId, count]) => ({ offerId, count }));
}
