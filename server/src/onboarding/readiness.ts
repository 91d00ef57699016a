import type { OnboardingQuery, OnboardingRow, Readiness } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import type { Context, Page } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import { activationRule, getPartner, partnersByIds, partnerTouch, reachOf } from "../partners/index.ts";
import { askAgain, boardOfCases, newestCaseOf, publishedProcedures } from "../procedures/index.ts";
import type { OnboardingNeeds } from "./contracts.ts";
import { LAUNCHED, launchGates } from "./gates.ts";
import { openLapses } from "./store/lapses.ts";
import { launchesOf } from "./store/launches.ts";
import { launchWire } from "./wire.ts";

/** Procedures that end in a launch: those with the condition that only a launch makes true. */
async function launchProcedures(ctx: Context): Promise<string[]> {
  const all = await publishedProcedures(ctx.db);
  return all
    .filter(({ definition }) =>
      definition.stages.some(({ gate }) => gate.some((one) => "fact" in one && one.fact === LAUNCHED)),
    )
    .map(({ procedure }) => procedure);
}

/** How far a partner is from its launch; every condition is asked this moment. */
export async function readiness(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  needs: OnboardingNeeds,
  language: string,
): Promise<Readiness> {
  const partner = await getPartner(ctx, actor, partnerId);
  requirePermission(actor, "procedures.read", await partnerTouch(ctx, partnerId));
  const rule = await activationRule(ctx.db, partner.kind);
  const newest = await newestCaseOf(ctx.db, partnerId, await launchProcedures(ctx));
  const [launch] = await launchesOf(ctx.db, [partnerId]);
  const lapses = await openLapses(ctx.db, [partnerId]);
  const asked =
    newest === undefined ? undefined : await askAgain(ctx, needs, newest.caseId, { before: LAUNCHED, language });
  const gates = asked === undefined || asked.status !== "running" ? [] : launchGates(asked);
  return {
    partnerId,
    activation: rule === undefined ? "approval" : "procedure",
    procedure: rule?.procedure ?? asked?.procedure ?? null,
    caseId: asked?.caseId ?? null,
    caseStatus: asked?.status ?? null,
    stage: asked?.stage ?? null,
    stageTitle: asked?.stageTitle ?? null,
    dueAt: asked?.dueAt?.toISOString() ?? null,
    atLaunch: asked?.arrived ?? false,
    shut: gates.filter((gate) => !gate.holds).length,
    gates,
    launch: launch === undefined ? null : launchWire(launch, dayOf(ctx.clock.now(), "UTC")),
    lapses: lapses.map(({ condition, sentence, since }) => ({ condition, sentence, since: since.toISOString() })),
  };
}

/** Everybody on the way, with what each waits for and on whom. */
export async function board(
  ctx: Context,
  actor: Actor,
  query: OnboardingQuery,
  { facts }: Pick<OnboardingNeeds, "facts">,
): Promise<Page<OnboardingRow>> {
  const within = await reachOf(ctx, actor, "procedures.read");
  const now = ctx.clock.now();
  const procedures = query.procedure ?? (await launchProcedures(ctx));
  const page = await boardOfCases(
    ctx,
    within,
    {
      procedures,
      stages: query.stage,
      partnerIds: query.partnerId,
      waitingOn: query.waitingOn,
      overdueAt: query.overdue === true ? now : undefined,
    },
    { limit: query.limit, cursor: query.cursor, language: query.language },
  );
  const partners = new Map(
    (
      await partnersByIds(
        ctx.db,
        page.rows.map((row) => row.partnerId),
      )
    ).map((one) => [one.partnerId, one]),
  );
  const rows = page.rows.map((row): OnboardingRow => {
    const partner = partners.get(row.partnerId);
    if (partner === undefined) throw notFound("partner", row.partnerId);
    // A procedure need not name a fact anew: it has a name of its own.
    const waits = row.waits.map((wait) => ({ ...wait, title: facts.get(wait.title)?.title ?? wait.title })) as OnboardingRow["waits"]; // biome-ignore format: one line
    return {
      ...row,
      ownerUserId: partner.ownerUserId,
      kind: partner.kind,
      since: row.since.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      overdue: row.dueAt !== null && row.dueAt < now,
      waitingOn: [...new Set(waits.map(({ role }) => role))],
      waits: waits.slice(0, 12),
    };
  });
  return { rows, nextCursor: page.nextCursor };
}
