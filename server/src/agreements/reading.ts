import type {
  Agreement,
  AgreementDetail,
  AgreementQuery,
  AgreementVersion,
  NegotiableValue,
  PlanDocument,
} from "@tributary/contract";
import { type Actor, can, isWithin, personOf } from "../access/index.ts";
import type { Context, Db, Page } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { getPlan, planVersionIds, planVersionsByIds } from "../plans/index.ts";
import { programsByIds } from "../programs/index.ts";
import type { AcceptedTerms, Pair } from "./contracts.ts";
import { isAsked } from "./core/approval-rules.ts";
import { isOpen } from "./core/life.ts";
import { nextSegment, phaseOf, scheduleOf } from "./core/schedule.ts";
import { authorsOf, needsOf } from "./deal.ts";
import { plansOf, versionDetails, versionWire } from "./details.ts";
import { spokenValues } from "./spoken-values.ts";
import * as store from "./store/agreements.ts";
import * as approvals from "./store/approvals.ts";
import { roundsOf } from "./store/rounds.ts";
import { rolesOn } from "./surroundings.ts";
import { sideOf, visibleVersion } from "./versions.ts";

/** How many waiting proposals are looked through for those that one person is asked about. */
const INBOX_DEPTH = 500;

export async function listAgreements(ctx: Context, actor: Actor, query: AgreementQuery): Promise<Page<Agreement>> {
  const within = await reachOf(ctx, actor, "agreements.read");
  const ids = query.awaiting === undefined ? undefined : await awaiting(ctx, actor);
  const today = dayOf(ctx.clock.now(), "UTC");
  const planVersions = query.planId === undefined ? undefined : await planVersionIds(ctx.db, query.planId);
  const filter = { ...query, ids, planVersions, side: sideOf(actor) };
  const page = await store.agreementPage(ctx.db, within, filter, today, query);
  return { rows: await shown(ctx, actor, page.rows), nextCursor: page.nextCursor };
}

/** Agreements with terms that this person is asked to approve now. */
async function awaiting(ctx: Context, actor: Actor): Promise<string[]> {
  if (actor.partnerId !== undefined) return [];
  const within = await reachOf(ctx, actor, "agreements.read");
  const rows = await store.proposedWithin(ctx.db, within, INBOX_DEPTH);
  const ids = rows.map((row) => row.agreement_version_id);
  const needs = Map.groupBy(await approvals.needsOf(ctx.db, ids), (one) => one.agreement_version_id);
  const given = Map.groupBy(await approvals.approvalsOf(ctx.db, ids), (one) => one.agreement_version_id);
  const rounds = Map.groupBy(await roundsOf(ctx.db, ids, "operator"), (one) => one.agreement_version_id);
  const person = personOf(actor);
  const found: string[] = [];
  for (const row of rows) {
    const id = row.agreement_version_id;
    if (authorsOf(rounds.get(id) ?? []).includes(person)) continue;
    const roles = rolesOn(actor, await partnerTouch(ctx, row.partner_id, row.program_id));
    const current = (given.get(id) ?? []).filter((one) => one.terms_hash === row.terms_hash);
    if (isAsked(needsOf(needs.get(id) ?? [], row.terms_hash), current, person, roles)) found.push(row.agreement_id);
  }
  return found;
}

async function shown(ctx: Context, actor: Actor, agreements: readonly store.AgreementRow[]): Promise<Agreement[]> {
  const ids = agreements.map((row) => row.agreement_id);
  const versions = await store.versionsOf(ctx.db, ids, sideOf(actor));
  const plans = await plansOf(ctx, versions);
  const days = await todayOf(
    ctx,
    agreements.map((row) => row.program_id),
  );
  const byAgreement = Map.groupBy(versions, (row) => row.agreement_id);
  return agreements.map((row) => {
    const own = (byAgreement.get(row.agreement_id) ?? []).flatMap((version) => {
      const plan = plans.get(version.plan_version_id);
      return plan === undefined ? [] : [versionWire(version, plan, actor.partnerId !== undefined)];
    });
    return agreementWire(row, own, days(row.program_id));
  });
}

/** @param versions of this agreement, the newest first */
function agreementWire<V extends AgreementVersion>(row: store.AgreementRow, versions: readonly V[], today: string) {
  const accepted = versions.filter((one) => one.status === "accepted");
  const schedule = scheduleOf(accepted);
  const phased = versions.map((one): V => {
    const phase = one.status === "accepted" ? phaseOf(one, schedule, today) : null;
    return { ...one, phase };
  });
  const numbered = (number: number | null | undefined) => phased.find((one) => one.version === number) ?? null;
  const current = schedule.find((one) => one.from <= today && (one.to === null || today < one.to));
  const next = nextSegment(schedule, today);
  return {
    id: row.agreement_id,
    partnerId: row.partner_id,
    programId: row.program_id,
    createdAt: row.created_at.toISOString(),
    inForce: numbered(current?.version),
    pending: phased.find((one) => isOpen(one.status)) ?? null,
    next: numbered(next?.version),
    nextFrom: next?.from ?? null,
    schedule,
    versions: phased,
  };
}

export async function getAgreement(ctx: Context, actor: Actor, id: string): Promise<AgreementDetail> {
  const row = await store.agreementRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "agreements.read");
  const visible =
    row !== undefined &&
    can(actor, "agreements.read") &&
    isWithin(within, { partnerId: row.partner_id, programId: row.program_id });
  if (!visible) throw notFound("agreement", id);
  const details = await versionDetails(ctx, actor, await store.versionsOf(ctx.db, [id], sideOf(actor)));
  const days = await todayOf(ctx, [row.program_id]);
  return agreementWire(row, details, days(row.program_id));
}

/** The id of a version by its number, for addresses like /v1/agreements/{id}/versions/2/accept. */
export async function versionIdOf(ctx: Context, agreementId: string, version: number): Promise<string> {
  const found = await store.versionIdByNumber(ctx.db, agreementId, version);
  if (found === undefined) throw notFound("agreement version", `${agreementId} ${version}`);
  return found;
}

/** The values of the round that stands which can be talked about one by one. */
export async function valuesOfVersion(
  ctx: Context,
  actor: Actor,
  id: string,
): Promise<{ currency: string; data: NegotiableValue[] }> {
  const plan = (await visibleVersion(ctx, actor, id)).plan as unknown as PlanDocument;
  return spokenValues(plan);
}

/**
 * The single values of a plan's version that a proposal may change.
 * @throws Refusal `not_found` for a plan that the reader may not see
 */
export async function valuesOfPlan(
  ctx: Context,
  actor: Actor,
  planVersionId: string,
): Promise<{ currency: string; data: NegotiableValue[] }> {
  const [version] = await planVersionsByIds(ctx.db, [planVersionId]);
  if (version === undefined) throw notFound("plan version", planVersionId);
  await getPlan(ctx, actor, version.planId, "en");
  return spokenValues(version.plan);
}

/** Door for estimates: the plan of terms that somebody may see, as it stands in the round that they see. @throws Refusal `not_found` */
export async function planOfVersion(ctx: Context, actor: Actor, id: string): Promise<PlanDocument> {
  return (await visibleVersion(ctx, actor, id)).plan as unknown as PlanDocument;
}

/** Door for the calculation: accepted terms of many pairs, by pair and version. */
export async function acceptedTerms(db: Db, pairs: readonly Pair[]): Promise<readonly AcceptedTerms[]> {
  return withPlans(await store.acceptedOf(db, pairs));
}

/** Door for explanations: versions by id, whatever their state. */
export async function termsByIds(
  db: Db,
  ids: readonly string[],
): Promise<
  readonly (AcceptedTerms & {
    readonly termsText: string;
    readonly termsHash: string;
    readonly acceptedName: string | null;
    readonly acceptedAt: Date | null;
  })[]
> {
  const rows = await store.versionRows(db, [...new Set(ids)]);
  return withPlans(rows).map((one, index) => {
    const row = rows[index] as store.VersionOfPair;
    return {
      ...one,
      termsText: row.terms_text,
      termsHash: row.terms_hash,
      acceptedName: row.accepted_name,
      acceptedAt: row.accepted_at,
    };
  });
}

/** Door: with whom the accepted terms of some partners were made, as the papers call it. */
export async function contractParties(
  db: Db,
  partnerIds: readonly string[],
): Promise<readonly { readonly partnerId: string; readonly name: string }[]> {
  return (await store.partiesOf(db, partnerIds)).map((row) => ({ partnerId: row.partner_id, name: row.name }));
}

/** Door: every partner and program that have an agreement. */
export function allPairs(db: Db): Promise<readonly Pair[]> {
  return store.everyPair(db);
}

/** Door: the programs in which some partners have an agreement. */
export function pairsOfPartners(db: Db, partnerIds: readonly string[]): Promise<readonly Pair[]> {
  return store.pairsOf(db, partnerIds);
}

/** The same plan is one object for all who have it: the calculation keeps what it works out of a plan by the object. */
function withPlans(rows: readonly store.VersionOfPair[]): AcceptedTerms[] {
  const plans = new Map<string, PlanDocument>();
  return rows.map((row) => {
    const plan = plans.get(row.plan_hash) ?? (row.plan as unknown as PlanDocument);
    plans.set(row.plan_hash, plan);
    return {
      agreementVersionId: row.agreement_version_id,
      agreementId: row.agreement_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      version: row.version,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      customers: row.customers as AcceptedTerms["customers"],
      plan,
      planHash: row.plan_hash,
    };
  });
}

/** Today in each program's own zone. */
async function todayOf(ctx: Context, programIds: readonly string[]): Promise<(programId: string) => string> {
  const programs = await programsByIds(ctx.db, [...new Set(programIds)]);
  const now = ctx.clock.now();
  const days = new Map(programs.map((one) => [one.programId, dayOf(now, one.timeZone)]));
  return (programId) => days.get(programId) ?? dayOf(now, "UTC");
}
