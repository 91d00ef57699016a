import type { JurisdictionRule, PlanDocument } from "@tributary/contract";
import { type Actor, can, type Touch } from "../access/index.ts";
import type { Context, Db } from "../database/index.ts";
import { addDays, type Day, dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { licencesOf, partnersByIds } from "../partners/index.ts";
import { programById } from "../programs/index.ts";
import type { Pair } from "./contracts.ts";
import type { Evidence } from "./core/approval-rules.ts";
import { differenceOf, isSame, worsens } from "./core/difference.ts";
import { allowedComponents, type LicensedPartner, type Verdict } from "./core/jurisdiction.ts";
import { type TermsRange, termsInForce } from "./core/precedence.ts";
import { jurisdictionRulesOf, policyOf } from "./rules.ts";
import { acceptedOf } from "./store/agreements.ts";
import { passesOf } from "./store/approvals.ts";
import type { Terms } from "./terms.ts";

/** What this room needs of rooms that stand above it, given in by the shell. */
export interface TermsNeeds {
  /** A stored simulation of the deal desk; undefined when there is none that the actor may see. */
  readonly evidenceOf: (ctx: Context, actor: Actor, id: string) => Promise<Evidence | undefined>;
}

export const WITHOUT_EVIDENCE: TermsNeeds = { evidenceOf: async () => undefined };

export async function todayIn(ctx: Context, programId: string): Promise<Day> {
  const program = await programById(ctx.db, programId);
  return dayOf(ctx.clock.now(), program?.timeZone ?? "UTC");
}

/** The roles that an actor has on what it touches; `any` when it may approve agreements there. */
export function rolesOn(actor: Actor, touch: Touch): string[] {
  const held = actor.grants.filter((grant) => can({ ...actor, grants: [grant] }, "agreements.read", touch));
  const roles = held.map((grant) => (grant.role === "system" ? "administrator" : grant.role));
  return [...new Set([...roles, ...(can(actor, "agreements.approve", touch) ? ["any"] : [])])];
}

/** What the jurisdiction rules of a program say to a plan for a partner on a day. */
export async function verdictsOn(db: Db, pair: Pair, plan: PlanDocument, day: Day): Promise<Verdict[]> {
  const rules = (await jurisdictionRulesOf(db, [pair.programId])).get(pair.programId) ?? [];
  const partners = await licensedPartners(db, [pair.partnerId]);
  return allowedComponents(rules, partners(pair.partnerId, day), plan);
}

/** Door: country and licences of partners on a day, as the rules look at them. */
export async function licensedPartners(
  db: Db,
  partnerIds: readonly string[],
): Promise<(partnerId: string, day: Day) => LicensedPartner> {
  const [partners, licences] = [await partnersByIds(db, partnerIds), await licencesOf(db, partnerIds)];
  const countries = new Map(partners.map((one) => [one.partnerId, one.country]));
  return (partnerId, day) => ({
    country: countries.get(partnerId) ?? null,
    licences: licences.filter(
      (one) => one.partnerId === partnerId && one.validFrom <= day && (one.validTo === null || day < one.validTo),
    ),
  });
}

/** Door for the calculation: rules and partners of many pairs at once, and what compliance let through. */
export interface JurisdictionFacts {
  readonly rules: ReadonlyMap<string, readonly JurisdictionRule[]>;
  readonly partnerOn: (partnerId: string, day: Day) => LicensedPartner;
  /** agreement version, component and rule, parted by a space, that compliance passed */
  readonly passed: ReadonlySet<string>;
}

export async function jurisdictionFacts(
  db: Db,
  pairs: readonly Pair[],
  agreementVersionIds: readonly string[],
): Promise<JurisdictionFacts> {
  const passes = await passesOf(db, agreementVersionIds);
  return {
    rules: await jurisdictionRulesOf(
      db,
      pairs.map((pair) => pair.programId),
    ),
    partnerOn: await licensedPartners(
      db,
      pairs.map((pair) => pair.partnerId),
    ),
    passed: new Set(passes.map((one) => `${one.agreement_version_id} ${one.component} ${one.rule}`)),
  };
}

/** @throws Refusal `jurisdiction_forbidden` with the rules' own sentences */
export async function refuseForbidden(
  tx: Context,
  pair: Pair,
  versionId: string,
  terms: JurisdictionTerms,
): Promise<void> {
  const against = (await verdictsOn(tx.db, pair, terms.plan, terms.validFrom)).filter((one) => !one.allowed);
  if (against.length === 0) return;
  const passes = (await passesOf(tx.db, [versionId])).filter((one) => one.plan_hash === terms.planHash);
  const forbidden = against.filter(
    (one) => !passes.some((pass) => pass.component === one.code && pass.rule === one.rule),
  );
  if (forbidden.length === 0) return;
  const sentences = [...new Set(forbidden.map((one) => one.sentence.en))];
  throw new Refusal(
    "jurisdiction_forbidden",
    sentences.join(" "),
    forbidden.map((one) => ({
      field: `plan.${one.code}`,
      value: one.model,
      message: `${one.rule}: ${one.sentence.en}`,
      hint: "Compliance may let it through with a reason.",
    })),
  );
}

export type JurisdictionTerms = Pick<Terms, "plan" | "planHash" | "validFrom">;

/** @throws Refusal `notice_too_short` with the first day on which the terms may begin */
export async function refuseShortNotice(tx: Context, pair: Pair, terms: Terms): Promise<void> {
  const { notice } = await policyOf(tx.db, pair.programId);
  if (notice.anyDays === 0 && notice.worseDays === 0) return;
  const accepted = (await acceptedOf(tx.db, [pair])).map((row) => ({
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    customers: row.customers as TermsRange["customers"],
    plan: row.plan as unknown as PlanDocument,
    clauses: row.clauses as unknown as Terms["clauses"],
  }));
  const today = await todayIn(tx, pair.programId);
  const standing = termsInForce(accepted, terms.validFrom) ?? termsInForce(accepted, today);
  if (standing === undefined) return;
  // Days alone are no change of what is paid.
  const difference = { ...differenceOf(standing, terms), terms: [] };
  if (isSame(difference)) return;
  const worse = worsens(difference);
  const days = worse ? Math.max(notice.worseDays, notice.anyDays) : notice.anyDays;
  const earliest = addDays(today, days);
  if (terms.validFrom >= earliest) return;
  const why = worse ? "that may be worse for the partner" : "of terms in force";
  throw new Refusal("notice_too_short", `A change ${why} needs ${days} days of notice: ${earliest} is its first day.`, [
    {
      field: "validFrom",
      value: terms.validFrom,
      message: `is before ${earliest}`,
      hint: `Let the terms begin on ${earliest} or later.`,
    },
  ]);
}
