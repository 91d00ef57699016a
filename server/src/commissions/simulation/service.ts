import type {
  ComparedPlan,
  NewDeal,
  NewReplay,
  NewSimulation,
  PlanDocument,
  ProposedAssumptions,
  ReplayedPartner,
  Simulation,
  SimulationDetail,
  SimulationQuery,
} from "@tributary/contract";
import { type Actor, isWithin, personOf, requirePermission, userNames } from "../../access/index.ts";
import { allPairs, type Evidence } from "../../agreements/index.ts";
import * as audit from "../../audit/index.ts";
import { announce, type Context, type Page, type PageRequest, transact } from "../../database/index.ts";
import { addMonths, type Month } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid, notFound } from "../../kernel/refusals.ts";
import { type PartnerFacts, partnersByIds, partnerTouch, reachOf } from "../../partners/index.ts";
import { hashPlan, planVersionsByIds, readPlan } from "../../plans/index.ts";
import { programById } from "../../programs/index.ts";
import { proposeAssumptions } from "./core/propose.ts";
import type { NamedPlan } from "./deal.ts";
import { historyOf } from "./history.ts";
import * as store from "./store/simulations.ts";

const MOST_MONTHS = 36;

/** As it is stored: the question, and the documents of its plans as they were then. */
export interface StoredQuestion {
  readonly question: NewSimulation;
  readonly plans: readonly NamedPlan[];
}

/**
 * Stores the question and has it run in the background.
 * @throws Refusal `forbidden`, `not_found`, `plan_invalid`, `invalid_input`
 */
export async function startSimulation(ctx: Context, actor: Actor, question: NewSimulation): Promise<SimulationDetail> {
  requirePermission(actor, "plans.read");
  if ((await programById(ctx.db, question.programId)) === undefined) throw notFound("program", question.programId);
  const asked = question.kind === "deal" ? await dealOf(ctx, actor, question) : await replayOf(ctx, actor, question);
  return await transact(ctx, async (tx) => {
    const id = tx.ids.next("sim");
    await store.insertSimulation(tx.db, {
      simulation_id: id,
      kind: question.kind,
      name: question.name,
      program_id: question.programId,
      partner_id: asked.partnerId,
      partner_ids: asked.partnerIds === null ? null : [...asked.partnerIds],
      input: { question, plans: asked.plans } satisfies StoredQuestion,
      plan_hash: asked.plans[0]?.hash ?? null,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
    });
    await audit.record(tx, actor, {
      action: "commissions.simulation_started",
      subjectKind: "simulation",
      subjectId: id,
      after: { kind: question.kind, name: question.name, planHash: asked.plans[0]?.hash ?? null },
    });
    await announce(tx, "commissions.simulate", { simulationId: id });
    return await getSimulation(tx, actor, id);
  });
}

interface Asked {
  readonly partnerId: string | null;
  readonly partnerIds: readonly string[] | null;
  readonly plans: readonly NamedPlan[];
}

async function dealOf(ctx: Context, actor: Actor, deal: NewDeal): Promise<Asked> {
  const { subject, history } = deal;
  if (history === null && deal.forecast === null)
    throw new Refusal("invalid_input", "Say which months to look back at, or what to forecast.", [
      { field: "history", message: "is missing, as is the forecast" },
    ]);
  if (history !== null) refuseOddMonths(history);
  const plans: NamedPlan[] = [{ role: "proposed", ...(await planOf(ctx, deal.programId, deal.proposed, "proposed")) }];
  for (const [index, other] of deal.others.entries())
    plans.push({ role: "other", ...(await planOf(ctx, deal.programId, other, `others.${index}`)) });
  if (subject.kind === "partner") {
    requirePermission(actor, "reports.read", await partnerTouch(ctx, subject.partnerId, deal.programId));
    const [partner] = await partnersByIds(ctx.db, [subject.partnerId]);
    if (partner === undefined) throw notFound("partner", subject.partnerId);
    return { partnerId: subject.partnerId, partnerIds: [subject.partnerId], plans };
  }
  const partnerIds = (await partnersOf(ctx, actor, deal.programId))
    .filter((one) => isMeant(one, subject))
    .map((one) => one.partnerId);
  if (partnerIds.length === 0) throw invalid("subject", "", "is nobody: no partner of the program fits");
  return { partnerId: null, partnerIds, plans };
}

async function replayOf(ctx: Context, actor: Actor, replay: NewReplay): Promise<Asked> {
  // Sums over everybody are for those who may see everybody.
  requirePermission(actor, "reports.read", { programId: replay.programId });
  const { change } = replay;
  if (change.kind !== "plan") return { partnerId: null, partnerIds: null, plans: [] };
  const plan = await planOf(ctx, replay.programId, change.plan, "change.plan");
  return { partnerId: null, partnerIds: null, plans: [{ role: "proposed", ...plan }] };
}

function refuseOddMonths({ from, to }: { readonly from: string; readonly to: string }): void {
  if (to < from) throw invalid("history.to", to, "is before the first month");
  if (addMonths(`${from}-01`, MOST_MONTHS) <= `${to}-01`)
    throw invalid("history.from", from, `is more than ${MOST_MONTHS} months before the last`);
}

async function planOf(
  ctx: Context,
  programId: string,
  given: ComparedPlan,
  field: string,
): Promise<{ name: string; plan: PlanDocument; hash: string }> {
  if (given.kind === "document") {
    const plan = readPlan(given.document);
    return { name: given.name ?? plan.name ?? "", plan, hash: hashPlan(plan) };
  }
  const [version] = await planVersionsByIds(ctx.db, [given.planVersionId]);
  if (version === undefined || version.programId !== programId)
    throw invalid(`${field}.planVersionId`, given.planVersionId, "is no plan version of this program");
  return { name: given.name ?? `${version.planName} ${version.version}`, plan: version.plan, hash: version.hash };
}

/** Partners with an agreement in the program that the actor may see numbers of. */
async function partnersOf(ctx: Context, actor: Actor, programId: string): Promise<readonly PartnerFacts[]> {
  const reach = await reachOf(ctx, actor, "reports.read");
  const pairs = (await allPairs(ctx.db)).filter((pair) => pair.programId === programId && isWithin(reach, pair));
  return await partnersByIds(ctx.db, [...new Set(pairs.map((pair) => pair.partnerId))]);
}

type Segment = Extract<NewDeal["subject"], { kind: "segment" }>;

function isMeant(partner: PartnerFacts, segment: Segment): boolean {
  if (segment.regionId !== undefined && partner.regionId !== segment.regionId) return false;
  if (segment.ownerUserId !== undefined && partner.ownerUserId !== segment.ownerUserId) return false;
  if (segment.partnerKind !== undefined && partner.kind !== segment.partnerKind) return false;
  return segment.country === undefined || partner.country === segment.country;
}

async function visible(ctx: Context, actor: Actor, id: string): Promise<store.SimulationRow> {
  requirePermission(actor, "plans.read");
  const reach = await reachOf(ctx, actor, "reports.read");
  const row = await store.simulationRow(ctx.db, id);
  const shown =
    row !== undefined &&
    (isWithin(reach, { programId: row.program_id }) ||
      (row.partner_ids?.every((partnerId) => isWithin(reach, { partnerId })) ?? false));
  if (!shown) throw notFound("simulation", id);
  return row;
}

export async function getSimulation(ctx: Context, actor: Actor, id: string): Promise<SimulationDetail> {
  const row = await visible(ctx, actor, id);
  const [wire] = await simulationWires(ctx, [row]);
  if (wire === undefined) throw notFound("simulation", id);
  const { question, plans } = row.input as unknown as StoredQuestion;
  return {
    ...wire,
    input: question,
    plans: plans.map(({ role, name, hash, plan }) => ({ role, name, hash, document: plan })),
    inputHash: row.input_hash,
    engineVersion: row.engine_version,
    result: row.result as unknown as SimulationDetail["result"],
  };
}

export async function listSimulations(ctx: Context, actor: Actor, query: SimulationQuery): Promise<Page<Simulation>> {
  requirePermission(actor, "plans.read");
  const page = await store.simulationPage(ctx.db, await reachOf(ctx, actor, "reports.read"), query, query);
  return { rows: await simulationWires(ctx, page.rows), nextCursor: page.nextCursor };
}

/** Ends a run that nobody waits for any more. @throws Refusal `wrong_state` when it is finished */
export async function cancelSimulation(ctx: Context, actor: Actor, id: string): Promise<SimulationDetail> {
  return await transact(ctx, async (tx) => {
    const row = await visible(tx, actor, id);
    if (!(await store.endWith(tx.db, id, "cancelled", null, tx.clock.now())))
      throw new Refusal("wrong_state", `This simulation is ${row.status} already.`);
    await audit.record(tx, actor, {
      action: "commissions.simulation_cancelled",
      subjectKind: "simulation",
      subjectId: id,
    });
    return await getSimulation(tx, actor, id);
  });
}

/** What every partner's month would have come to, the largest differences first. */
export async function listReplayed(
  ctx: Context,
  actor: Actor,
  id: string,
  page: PageRequest,
): Promise<Page<ReplayedPartner>> {
  await visible(ctx, actor, id);
  const { rows, nextCursor } = await store.replayedPage(ctx.db, id, page);
  const partners = await partnersByIds(ctx.db, [...new Set(rows.map((row) => row.partner_id))]);
  const names = new Map(partners.map((one) => [one.partnerId, one.name]));
  const wire = rows.map((row) => {
    const money = (minor: bigint | null) => ({ minor: String(minor ?? 0n), currency: row.currency });
    return {
      partnerId: row.partner_id,
      partnerName: names.get(row.partner_id) ?? row.partner_id,
      currency: row.currency,
      booked: money(row.booked_minor),
      replayed: money(row.replayed_minor),
      difference: money(row.difference_minor),
    };
  });
  return { rows: wire, nextCursor };
}

/** Assumptions for a forecast, out of months as they were. */
export async function suggestAssumptions(
  ctx: Context,
  actor: Actor,
  query: { programId: string; partnerId?: string | undefined; base: string; from: string; to: string },
): Promise<ProposedAssumptions> {
  refuseOddMonths(query);
  const program = await programById(ctx.db, query.programId);
  if (program === undefined) throw notFound("program", query.programId);
  const { programId, partnerId } = query;
  if (partnerId !== undefined) requirePermission(actor, "reports.read", await partnerTouch(ctx, partnerId, programId));
  const partnerIds =
    partnerId === undefined ? (await partnersOf(ctx, actor, programId)).map((one) => one.partnerId) : [partnerId];
  const range: { from: Month; to: Month } = { from: `${query.from}-01`, to: `${query.to}-01` };
  const pairs = partnerIds.map((one) => ({ partnerId: one, programId }));
  const history = await historyOf(ctx.db, pairs, program.timeZone, range);
  const start = addMonths(range.to, 1).slice(0, 7);
  return {
    assumptions: proposeAssumptions(history, program.currency, query.base, start),
    currency: program.currency,
    months: history.length,
    firstDeposits: history.reduce((sum, one) => sum + one.firstDeposits, 0),
  };
}

/** A share that no limit lets through: commission without any revenue. */
const WITHOUT_REVENUE = "9.999999";

/** Door for the approval of agreements: what a finished simulation says of a plan, if the actor may see it. */
export async function simulationEvidence(ctx: Context, actor: Actor, id: string): Promise<Evidence | undefined> {
  const row = await visible(ctx, actor, id).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (row?.status !== "done" || row.kind !== "deal" || row.plan_hash === null) return undefined;
  return { id, planHash: row.plan_hash, costShare: row.cost_share ?? WITHOUT_REVENUE };
}

async function simulationWires(ctx: Context, rows: readonly store.SimulationRow[]): Promise<Simulation[]> {
  const names = await userNames(ctx, [...new Set(rows.map((row) => row.created_by))]);
  return rows.map((row) => ({
    id: row.simulation_id,
    kind: row.kind as Simulation["kind"],
    name: row.name,
    programId: row.program_id,
    partnerId: row.partner_id,
    status: row.status as Simulation["status"],
    steps: { done: row.steps_done, all: row.steps_all },
    problem: row.problem,
    planHash: row.plan_hash,
    costShare: row.cost_share,
    createdBy: row.created_by,
    createdByName: names.get(row.created_by) ?? row.created_by,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}
