import type { ProcedureDefinition } from "@tributary/contract";
import { systemActor } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { allPartners, type PartnerFacts, partnerById } from "../partners/index.ts";
import { lastCasesOf, newestCaseOf, publishedProcedures, startCase } from "../procedures/index.ts";
import { launchesOf, lockStarts } from "./store/launches.ts";

type Start = ProcedureDefinition["starts"][number];

/** Months between reviews: as the procedure says for a medium risk, half of it for a high one, twice for a low one. */
const FACTOR: Readonly<Record<string, number>> = { high: 0.5, medium: 1, low: 2 };

/** The published procedures that start by something, and are for a partner. */
async function startedBy(ctx: Context, start: Start, partner: PartnerFacts): Promise<readonly ProcedureDefinition[]> {
  const all = (await publishedProcedures(ctx.db)).map(({ definition }) => definition);
  return all.filter(
    (one) => one.subject === "partner" && one.starts.includes(start) && (one.for?.kind?.includes(partner.kind) ?? true),
  );
}

/**
 * Starts what a notice asks for; a case that runs already is left alone, so that a notice may come twice.
 * @returns ids of the cases that were started
 */
export async function startFor(
  ctx: Context,
  start: Start,
  partnerId: string,
  programId: string | null = null,
): Promise<readonly string[]> {
  const partner = await partnerById(ctx.db, partnerId);
  if (partner === undefined) return [];
  const definitions = await startedBy(ctx, start, partner);
  if (definitions.length === 0) return [];
  return await transact(ctx, async (tx) => {
    // A lead that is won makes a partner, and both notices come at the same moment: the second one has to see the case of the first.
    await lockStarts(tx.db, partnerId);
    const started: string[] = [];
    for (const { procedure } of definitions) {
      // One case is enough, whatever program it is about.
      const known = await newestCaseOf(tx.db, partnerId, [procedure]);
      if (known !== undefined && (known.status === "running" || start === "partner_created" || start === "lead_won"))
        continue;
      try {
        const subject = { kind: "partner", id: partnerId, programId } as const;
        started.push((await startCase(tx, systemActor("onboarding"), { procedure, subject })).caseId);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== "already_exists") throw error;
      }
    }
    return started;
  });
}

/** Partners on the way for whom no case was ever started: those that were there before the procedures. @returns how many got one */
export async function startMissing(ctx: Context): Promise<number> {
  let count = 0;
  for (const partner of await allPartners(ctx.db))
    if (partner.status === "applied" || partner.status === "onboarding")
      count += (await startFor(ctx, "partner_created", partner.partnerId)).length;
  return count;
}

/** Risk of a partner, as compliance rated it; null: not rated. */
export type RiskOf = (ctx: Context, partnerId: string) => Promise<string | null>;

/**
 * Starts the reviews that are due: so many months after the last one, or after the launch, by the partner's risk.
 * @returns how many were started
 */
export async function startReviews(ctx: Context, riskOf: RiskOf): Promise<number> {
  const scheduled = (await publishedProcedures(ctx.db)).filter(({ definition }) =>
    definition.starts.includes("schedule"),
  );
  if (scheduled.length === 0) return 0;
  const active = (await allPartners(ctx.db)).filter(({ status }) => status === "active" || status === "paused");
  const ids = active.map(({ partnerId }) => partnerId);
  const launches = await launchesOf(ctx.db, ids);
  const launchedAt = new Map(launches.map((row) => [row.partner_id, row.launched_at]));
  let count = 0;
  for (const { procedure, definition } of scheduled) {
    const last = await lastCasesOf(ctx.db, procedure);
    for (const partner of active) {
      const before = last.get(partner.partnerId);
      if (before?.running === true) continue;
      const from = before?.startedAt ?? launchedAt.get(partner.partnerId);
      const every = definition.every?.months ?? 12;
      // The risk is asked only of those who would be due if it were high.
      if (from === undefined || !isDue(from, monthsAt("high", every), ctx.clock.now())) continue;
      const risk = (await riskOf(ctx, partner.partnerId)) ?? "medium";
      if (!isDue(from, monthsAt(risk, every), ctx.clock.now())) continue;
      count += (await startFor(ctx, "schedule", partner.partnerId)).length;
    }
  }
  return count;
}

const monthsAt = (risk: string, every: number): number => Math.max(1, Math.round(every * (FACTOR[risk] ?? 1)));

function isDue(from: Date, months: number, now: Date): boolean {
  const due = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO("UTC").add({ months });
  return due.epochMilliseconds <= now.getTime();
}
