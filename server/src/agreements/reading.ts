import type { Agreement, AgreementDetail, AgreementQuery } from "@tributary/contract";
import { type Actor, can, isWithin } from "../access/index.ts";
import type { Context, Db, Page } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { type PlanVersionFacts, planVersionsByIds } from "../plans/index.ts";
import { programsByIds } from "../programs/index.ts";
import type { AcceptedTerms, Pair } from "./contracts.ts";
import { shownToPartner } from "./service.ts";
import * as store from "./store/agreements.ts";
import { agreementWire, versionDetail, versionWire } from "./wire.ts";

export async function listAgreements(ctx: Context, actor: Actor, query: AgreementQuery): Promise<Page<Agreement>> {
  const within = await reachOf(ctx, actor, "agreements.read");
  const page = await store.agreementPage(ctx.db, within, query, query);
  const rows = await shown(ctx, actor, page.rows);
  return { rows, nextCursor: page.nextCursor };
}

async function shown(ctx: Context, actor: Actor, agreements: readonly store.AgreementRow[]): Promise<Agreement[]> {
  const forPartner = actor.partnerId !== undefined;
  const ids = agreements.map((row) => row.agreement_id);
  const versions = (await store.versionsOf(ctx.db, ids)).filter((row) => !forPartner || shownToPartner(row));
  const plans = await plansOf(ctx.db, versions);
  const days = await todayOf(
    ctx,
    agreements.map((row) => row.program_id),
  );
  const byAgreement = Map.groupBy(versions, (row) => row.agreement_id);
  return agreements.map((row) => {
    const own = (byAgreement.get(row.agreement_id) ?? []).flatMap((version) => {
      const plan = plans.get(version.plan_version_id);
      return plan === undefined ? [] : [versionWire(version, plan, forPartner)];
    });
    return agreementWire(row, own, days(row.program_id));
  });
}

export async function getAgreement(ctx: Context, actor: Actor, id: string): Promise<AgreementDetail> {
  const row = await store.agreementRow(ctx.db, id);
  const within = await reachOf(ctx, actor, "agreements.read");
  const visible =
    row !== undefined &&
    can(actor, "agreements.read") &&
    isWithin(within, { partnerId: row.partner_id, programId: row.program_id });
  if (!visible) throw notFound("agreement", id);
  const forPartner = actor.partnerId !== undefined;
  const versions = (await store.versionsOf(ctx.db, [id])).filter((version) => !forPartner || shownToPartner(version));
  const plans = await plansOf(ctx.db, versions);
  const details = versions.flatMap((version) => {
    const plan = plans.get(version.plan_version_id);
    return plan === undefined ? [] : [versionDetail(version, plan, forPartner)];
  });
  const days = await todayOf(ctx, [row.program_id]);
  return { ...agreementWire(row, details, days(row.program_id)), versions: details };
}

/** The id of a version by its number, for addresses like /v1/agreements/{id}/versions/2/accept. */
export async function versionIdOf(ctx: Context, agreementId: string, version: number): Promise<string> {
  const rows = await store.versionsOf(ctx.db, [agreementId]);
  const found = rows.find((row) => row.version === version);
  if (found === undefined) throw notFound("agreement version", `${agreementId} ${version}`);
  return found.agreement_version_id;
}

/** Door for the calculation: accepted terms of many pairs, by pair and version. */
export async function acceptedTerms(db: Db, pairs: readonly Pair[]): Promise<readonly AcceptedTerms[]> {
  const rows = await store.acceptedOf(db, pairs);
  return await withPlans(db, rows);
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
  const terms = await withPlans(db, rows);
  const byId = new Map(rows.map((row) => [row.agreement_version_id, row]));
  return terms.flatMap((one) => {
    const row = byId.get(one.agreementVersionId);
    if (row === undefined) return [];
    return [
      {
        ...one,
        termsText: row.terms_text,
        termsHash: row.terms_hash,
        acceptedName: row.accepted_name,
        acceptedAt: row.accepted_at,
      },
    ];
  });
}

/** Door: every partner and program that have an agreement. */
export function allPairs(db: Db): Promise<readonly Pair[]> {
  return store.everyPair(db);
}

async function withPlans(db: Db, rows: readonly store.VersionOfPair[]): Promise<AcceptedTerms[]> {
  const plans = await plansOf(db, rows);
  return rows.flatMap((row) => {
    const plan = plans.get(row.plan_version_id);
    if (plan === undefined) return [];
    return [
      {
        agreementVersionId: row.agreement_version_id,
        agreementId: row.agreement_id,
        partnerId: row.partner_id,
        programId: row.program_id,
        version: row.version,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        customers: row.customers as AcceptedTerms["customers"],
        plan: plan.plan,
        planHash: plan.hash,
      },
    ];
  });
}

async function plansOf(
  db: Db,
  rows: readonly { readonly plan_version_id: string }[],
): Promise<ReadonlyMap<string, PlanVersionFacts>> {
  const plans = await planVersionsByIds(
    db,
    rows.map((row) => row.plan_version_id),
  );
  return new Map(plans.map((plan) => [plan.planVersionId, plan]));
}

/** Today in each program's own zone. */
async function todayOf(ctx: Context, programIds: readonly string[]): Promise<(programId: string) => string> {
  const programs = await programsByIds(ctx.db, [...new Set(programIds)]);
  const now = ctx.clock.now();
  const days = new Map(programs.map((one) => [one.programId, dayOf(now, one.timeZone)]));
  return (programId) => days.get(programId) ?? dayOf(now, "UTC");
}
