import type { ProcedureDefinition } from "@tributary/contract";
import { systemActor } from "../access/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { allPartners, partnersByIds } from "../partners/index.ts";
import { type KnownCase, lastCasesOf, publishedProcedures, startCase } from "../procedures/index.ts";
import { launchesOf, lockStarts } from "./store/launches.ts";

type Start = ProcedureDefinition["starts"][number];

const AT_ONCE = 500;

/** Months between reviews: as the procedure says for a medium risk, half of it for a high one, twice for a low one. */
const FACTOR: Readonly<Record<string, number>> = { high: 0.5, medium: 1, low: 2 };

/** The published procedures that start by something, and are for partners. */
async function startedBy(ctx: Context, start: Start): Promise<readonly ProcedureDefinition[]> {
  const all = (await publishedProcedures(ctx.db)).map(({ definition }) => definition);
  return all.filter((one) => one.subject === "partner" && one.starts.includes(start));
}

/** Whom something is to start for, and what it is about. */
interface Starter {
  readonly partnerId: string;
  readonly programId?: string | null | undefined;
}

/**
 * Starts what notices ask for; a case that runs already is left alone, so that a notice may come twice. What the partners share is read once.
 * @returns ids of the cases that were started
 */
export async function startFor(ctx: Context, start: Start, starters: readonly Starter[]): Promise<readonly string[]> {
  const definitions = starters.length === 0 ? [] : await startedBy(ctx, start);
  if (definitions.length === 0) return [];
  const ids = [...new Set(starters.map(({ partnerId }) => partnerId))];
  const partners = new Map((await partnersByIds(ctx.db, ids)).map((one) => [one.partnerId, one]));
  const known = await casesKnown(ctx.db, ids, definitions);
  const started: string[] = [];
  for (const { partnerId, programId = null } of starters) {
    const partner = partners.get(partnerId);
    const wanted = definitions
      .filter((one) => partner !== undefined && (one.for?.kind?.includes(partner.kind) ?? true))
      .map(({ procedure }) => procedure)
      .filter((procedure) => mayStart(start, known.get(partnerId)?.get(procedure)));
    if (wanted.length > 0) started.push(...(await startCases(ctx, start, { partnerId, programId }, wanted)));
  }
  return started;
}

/** One case is enough, whatever program it is about; who came once does not come again. */
function mayStart(start: Start, known: KnownCase | undefined): boolean {
  return known === undefined || !(known.running || start === "partner_created" || start === "lead_won");
}

async function casesKnown(db: Db, partnerIds: readonly string[], definitions: readonly ProcedureDefinition[]) {
  const procedures = definitions.map(({ procedure }) => procedure);
  const known = new Map<string, Map<string, KnownCase>>(partnerIds.map((id) => [id, new Map()]));
  for (const one of await lastCasesOf(db, { procedures, partnerIds }))
    known.get(one.partnerId)?.set(one.procedure, one);
  return known;
}

async function startCases(
  ctx: Context,
  start: Start,
  { partnerId, programId = null }: Starter,
  procedures: readonly string[],
): Promise<readonly string[]> {
  return await transact(ctx, async (tx) => {
    // A lead that is won makes a partner, and both notices come at the same moment: the second one has to see the case of the first.
    await lockStarts(tx.db, partnerId);
    const known = new Map(
      (await lastCasesOf(tx.db, { procedures, partnerIds: [partnerId] })).map((one) => [one.procedure, one]),
    );
    const started: string[] = [];
    for (const procedure of procedures) {
      if (!mayStart(start, known.get(procedure))) continue;
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
  const onTheWay = (await allPartners(ctx.db)).filter(({ status }) => status === "applied" || status === "onboarding");
  let count = 0;
  for (let first = 0; first < onTheWay.length; first += AT_ONCE)
    count += (await startFor(ctx, "partner_created", onTheWay.slice(first, first + AT_ONCE))).length;
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
    const cases = await lastCasesOf(ctx.db, { procedures: [procedure] });
    const last = new Map(cases.map((one) => [one.partnerId, one]));
    for (const partner of active) {
      const before = last.get(partner.partnerId);
      if (before?.running === true) continue;
      const from = before?.startedAt ?? launchedAt.get(partner.partnerId);
      const every = definition.every?.months ?? 12;
      // The risk is asked only of those who would be due if it were high.
      if (from === undefined || !isDue(from, monthsAt("high", every), ctx.clock.now())) continue;
      const risk = (await riskOf(ctx, partner.partnerId)) ?? "medium";
      if (!isDue(from, monthsAt(risk, every), ctx.clock.now())) continue;
      count += (await startFor(ctx, "schedule", [partner])).length;
    }
  }
  return count;
}

const monthsAt = (risk: string, every: number): number => Math.max(1, Math.round(every * (FACTOR[risk] ?? 1)));

function isDue(from: Date, months: number, now: Date): boolean {
  const due = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO("UTC").add({ months });
  return due.epochMilliseconds <= now.getTime();
}
