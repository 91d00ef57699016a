import {
  type DataRule,
  type DataRuleChange,
  DataRuleChange as DataRuleChangeSchema,
  type DataRuleDefinition,
  type DataRuleTried,
  DataRuleTry,
  type NewDataRule,
  NewDataRule as NewDataRuleSchema,
} from "@tributary/contract";
import { type Actor, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, refuseDuplicate, type TxContext, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { concerns, faultOf, ruleProblem, weightOf } from "./core/fault.ts";
import { FIRST_RULES } from "./core/first-rules.ts";
import { countByRule } from "./store/findings.ts";
import {
  contactRecords,
  mayBeUnique,
  offerRecords,
  partnerRecords,
  type SeenRecord,
  sharedRecords,
} from "./store/records.ts";
import * as store from "./store/rules.ts";

/** All rules with what they find in what the asker may see. */
export async function listRules(ctx: Context, actor: Actor): Promise<{ data: DataRule[] }> {
  const within = await reachOf(ctx, actor, "governance.read");
  const counts = await countByRule(ctx.db, within);
  const count = (ruleId: string, excepted: boolean) =>
    Number(counts.find((row) => row.rule_id === ruleId && row.excepted === excepted)?.count ?? 0);
  const rules = await store.allRules(ctx.db);
  return {
    data: rules.map((rule) => ({
      id: rule.ruleId,
      code: rule.code,
      active: rule.active,
      version: rule.version,
      definition: rule.definition,
      weight: rule.weight,
      findings: count(rule.ruleId, false),
      excepted: count(rule.ruleId, true),
      changedAt: rule.changedAt.toISOString(),
      changedBy: rule.changedBy,
    })),
  };
}

/** @throws Refusal already_exists, invalid_input, forbidden */
export async function createRule(ctx: Context, actor: Actor, given: NewDataRule): Promise<{ id: string }> {
  requirePermission(actor, "governance.write", {});
  const input = NewDataRuleSchema.parse(given);
  requireRule(input.definition);
  return await transact(ctx, async (tx) => {
    const ruleId = tx.ids.next("drl");
    const rule = { ...input, ruleId, version: 1, changedAt: tx.clock.now(), changedBy: actor.name };
    await refuseDuplicate("code", input.code, () =>
      store.saveRule(tx.db, { ...rule, weight: weightOf(input.definition) }),
    );
    await note(tx, actor, "governance.rule_created", ruleId, undefined, input);
    return { id: ruleId };
  });
}

/** The next version of a rule. @throws Refusal not_found, conflict, invalid_input, forbidden */
export async function changeRule(
  ctx: Context,
  actor: Actor,
  ruleId: string,
  given: DataRuleChange,
): Promise<{ id: string }> {
  requirePermission(actor, "governance.write", {});
  const change = DataRuleChangeSchema.parse(given);
  requireRule(change.definition);
  return await transact(ctx, async (tx) => {
    const before = await store.ruleById(tx.db, ruleId);
    if (before === undefined) throw notFound("data rule", ruleId);
    const rule = {
      ruleId,
      code: before.code,
      active: change.active,
      definition: change.definition,
      version: change.version + 1,
      weight: weightOf(change.definition),
      changedAt: tx.clock.now(),
      changedBy: actor.name,
    };
    if (!(await store.saveRule(tx.db, rule))) throw changedMeanwhile("data rule", change.version);
    if (!change.active || change.definition.record !== before.definition.record)
      await store.dropFindingsOf(tx.db, ruleId);
    await note(tx, actor, "governance.rule_changed", ruleId, before.definition, change.definition);
    return { id: ruleId };
  });
}

/** What a rule would find, before it is kept: counted over everything, with some examples. */
export async function tryRule(ctx: Context, actor: Actor, given: unknown): Promise<DataRuleTried> {
  requirePermission(actor, "governance.write", {});
  const { definition } = DataRuleTry.parse(given);
  requireRule(definition);
  const { check, record } = definition;
  const shared =
    check.kind === "uniqueness"
      ? await sharedRecords(ctx.db, record, check.field, check.compare, undefined)
      : new Set<string>();
  const tried = { records: 0, faults: 0, samples: [] as DataRuleTried["samples"] };
  for await (const { one, about } of recordsOf(ctx, record)) {
    if (!concerns(definition, about.values)) continue;
    tried.records += 1;
    const value = faultOf(check, one.values, { now: ctx.clock.now(), isShared: shared.has(one.id) });
    if (value === undefined) continue;
    tried.faults += 1;
    if (tried.samples.length < 20) tried.samples.push({ id: one.id, name: one.name, partnerId: one.partnerId, value });
  }
  return tried;
}

async function* recordsOf(
  ctx: Context,
  record: DataRuleDefinition["record"],
): AsyncGenerator<{ readonly one: SeenRecord; readonly about: SeenRecord }> {
  if (record === "offer") {
    for (const one of await offerRecords(ctx.db)) yield { one, about: one };
    return;
  }
  for (let after = ""; ; ) {
    const partners = await partnerRecords(ctx.db, { after, limit: 5000 });
    const last = partners.at(-1);
    if (last === undefined) return;
    after = last.id;
    if (record === "partner") yield* partners.map((one) => ({ one, about: one }));
    else yield* await contactsOf(ctx, partners);
  }
}

async function contactsOf(ctx: Context, partners: readonly SeenRecord[]) {
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  const contacts = await contactRecords(ctx.db, { from: partners[0]?.id ?? "", to: partners.at(-1)?.id ?? "" });
  return contacts.flatMap((one) => {
    const about = byId.get(one.partnerId ?? "");
    return about === undefined ? [] : [{ one, about }];
  });
}

/** A deployment without rules gets the first ones. @returns how many were made */
export async function makeFirstRules(ctx: Context): Promise<number> {
  return await transact(ctx, async (tx) => {
    if ((await store.countRulesLocked(tx.db)) > 0) return 0;
    for (const given of FIRST_RULES) await createRule(tx, systemActor("governance"), given);
    return FIRST_RULES.length;
  });
}

function requireRule(definition: DataRuleDefinition): void {
  const problem = ruleProblem(definition);
  if (problem !== undefined) throw invalid(problem.field, problem.value, problem.message);
  const { check, record } = definition;
  if (check.kind === "uniqueness" && !mayBeUnique(record, check.field))
    throw invalid("check.field", check.field, "is not compared between records", "Choose a text such as the e-mail.");
}

async function note(
  tx: TxContext,
  actor: Actor,
  action: string,
  subjectId: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  await announce(tx, "governance.evaluate", {});
  await audit.record(tx, actor, { action, subjectKind: "data_rule", subjectId, before, after });
}
