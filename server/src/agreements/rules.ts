import type {
  AgreementPolicy,
  JurisdictionRule,
  JurisdictionRules,
  JurisdictionRulesChange,
  PolicyChange,
  PolicyDocument,
} from "@tributary/contract";
import { type Actor, can, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Db, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { programById } from "../programs/index.ts";
import { STANDARD_JURISDICTION_RULES, STANDARD_POLICY } from "./core/standard-rules.ts";
import * as store from "./store/rules.ts";

/** Door: what a program asks of its terms; the standard where it has written nothing. */
export async function policyOf(db: Db, programId: string): Promise<PolicyDocument> {
  const [row] = await store.newestRules(db, "policy", [programId]);
  return (row?.document as PolicyDocument | undefined) ?? STANDARD_POLICY;
}

/** Door: the jurisdiction rules of programs, for whoever checks a plan, or an event that is paid. */
export async function jurisdictionRulesOf(
  db: Db,
  programIds: readonly string[],
): Promise<ReadonlyMap<string, readonly JurisdictionRule[]>> {
  const rows = await store.newestRules(db, "jurisdiction_rules", programIds);
  const written = new Map(rows.map((row) => [row.program_id, row.document as readonly JurisdictionRule[]]));
  return new Map(programIds.map((id) => [id, written.get(id) ?? STANDARD_JURISDICTION_RULES]));
}

export async function getPolicy(ctx: Context, actor: Actor, programId: string): Promise<AgreementPolicy> {
  await readableProgram(ctx, actor, programId);
  const [row] = await store.newestRules(ctx.db, "policy", [programId]);
  return { programId, ...written(row), document: (row?.document as PolicyDocument | undefined) ?? STANDARD_POLICY };
}

/** Writes the next version of a program's policy. What was handed in before is asked for as it was then. */
export async function changePolicy(
  ctx: Context,
  actor: Actor,
  programId: string,
  change: PolicyChange,
): Promise<AgreementPolicy> {
  requirePermission(actor, "agreements.approve", { programId });
  refuseDuplicateCodes(change.document.rules);
  const before = await getPolicy(ctx, actor, programId);
  await addVersion(ctx, actor, "policy", programId, change.version, change.document, before.document);
  return await getPolicy(ctx, actor, programId);
}

export async function getJurisdictionRules(ctx: Context, actor: Actor, programId: string): Promise<JurisdictionRules> {
  await readableProgram(ctx, actor, programId);
  const [row] = await store.newestRules(ctx.db, "jurisdiction_rules", [programId]);
  const rules = (row?.document as JurisdictionRule[] | undefined) ?? [...STANDARD_JURISDICTION_RULES];
  return { programId, ...written(row), rules };
}

/** Writes the next version of a program's jurisdiction rules; whoever lets partners in answers for them. */
export async function changeJurisdictionRules(
  ctx: Context,
  actor: Actor,
  programId: string,
  change: JurisdictionRulesChange,
): Promise<JurisdictionRules> {
  requirePermission(actor, "partners.approve", { programId });
  refuseDuplicateCodes(change.rules);
  const before = await getJurisdictionRules(ctx, actor, programId);
  await addVersion(ctx, actor, "jurisdiction_rules", programId, change.version, change.rules, before.rules);
  return await getJurisdictionRules(ctx, actor, programId);
}

async function addVersion(
  ctx: Context,
  actor: Actor,
  place: "policy" | "jurisdiction_rules",
  programId: string,
  seen: number,
  document: unknown,
  before: unknown,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await store.newestRules(tx.db, place, [programId]);
    if ((row?.version ?? 0) !== seen) throw changedMeanwhile("set of rules", seen);
    const at = tx.clock.now();
    const added = await store.addRules(tx.db, place, {
      programId,
      version: seen + 1,
      document,
      by: personOf(actor),
      at,
    });
    if (!added) throw changedMeanwhile("set of rules", seen);
    const action = place === "policy" ? "agreements.policy_changed" : "agreements.jurisdiction_rules_changed";
    const subject = { subjectKind: "program", subjectId: programId };
    await audit.record(tx, actor, { action, ...subject, before, after: document });
  });
}

function refuseDuplicateCodes(rules: readonly { readonly code: string }[]): void {
  const codes = rules.map((rule) => rule.code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) throw invalid("rules", twice, "is the code of two rules");
}

function written(row: store.RulesRow | undefined) {
  return {
    version: row?.version ?? 0,
    changedBy: row?.changed_by ?? null,
    changedAt: row?.changed_at.toISOString() ?? null,
  };
}

async function readableProgram(ctx: Context, actor: Actor, programId: string): Promise<void> {
  const readable = actor.partnerId === undefined && can(actor, "agreements.read");
  if (!readable || (await programById(ctx.db, programId)) === undefined) throw notFound("program", programId);
}
