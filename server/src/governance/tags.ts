import {
  DATA_FIELDS,
  NewTagRule,
  type TagOrigins,
  type TagRule,
  TagRuleChange,
  type TagRuleTried,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { changePartner, getPartner, reachOf } from "../partners/index.ts";
import { fieldsOf, holds } from "./core/conditions.ts";
import { type TagChange, tagChange } from "./core/tags.ts";
import { partnerRecords, type SeenRecord } from "./store/records.ts";
import * as store from "./store/tags.ts";

const PARTNERS_AT_ONCE = 5000;

export async function listTagRules(ctx: Context, actor: Actor): Promise<{ data: TagRule[] }> {
  requirePermission(actor, "governance.read");
  const [rules, counts] = [await store.tagRules(ctx.db), await store.countTagged(ctx.db)];
  return {
    data: rules.map(({ ruleId, changedAt, ...rule }) => ({
      ...rule,
      id: ruleId,
      tagged: counts.get(ruleId) ?? 0,
      changedAt: changedAt.toISOString(),
    })),
  };
}

/** A new rule, or the next version of one. @throws Refusal invalid_input, conflict, not_found, forbidden */
export async function saveTagRule(
  ctx: Context,
  actor: Actor,
  ruleId: string | undefined,
  given: unknown,
): Promise<{ id: string }> {
  requirePermission(actor, "governance.write", {});
  const input = ruleId === undefined ? { ...NewTagRule.parse(given), version: 0 } : TagRuleChange.parse(given);
  requireFields(input.when);
  return await transact(ctx, async (tx) => {
    const before = (await store.tagRules(tx.db)).find((rule) => rule.ruleId === ruleId);
    if (ruleId !== undefined && before === undefined) throw notFound("tag rule", ruleId);
    const id = ruleId ?? tx.ids.next("drl");
    const rule = { ...input, ruleId: id, version: input.version + 1, changedAt: tx.clock.now(), changedBy: actor.name };
    if (!(await store.saveTagRule(tx.db, rule))) throw changedMeanwhile("tag rule", input.version);
    await announce(tx, "governance.tags", {});
    const action = before === undefined ? "governance.tag_rule_created" : "governance.tag_rule_changed";
    await audit.record(tx, actor, { action, subjectKind: "tag_rule", subjectId: id, before, after: input });
    return { id };
  });
}

/** What a rule would change, without changing it. @param ruleId of the rule that it would replace */
export async function tryTagRule(
  ctx: Context,
  actor: Actor,
  ruleId: string | undefined,
  given: unknown,
): Promise<TagRuleTried> {
  requirePermission(actor, "governance.write", {});
  const input = NewTagRule.parse(given);
  requireFields(input.when);
  const id = ruleId ?? "new";
  const others = (await store.tagRules(ctx.db)).filter((rule) => rule.ruleId !== id && rule.active);
  const tried: TagRuleTried = { add: 0, keep: 0, remove: 0, byHand: 0, samples: [] };
  await overPartners(ctx, (partner, byRule) => {
    const all = [...others, { ruleId: id, tag: input.tag, when: input.when }];
    const change = changeOf(ctx, partner, byRule, input.active ? all : others);
    const added = change?.add.some(({ tag }) => tag === input.tag) ?? false;
    const removed = change?.remove.includes(input.tag) ?? false;
    const standing = tagsOf(partner).includes(input.tag);
    if (standing && !byRule.has(input.tag)) tried.byHand += 1;
    else if (added) tried.add += 1;
    else if (removed) tried.remove += 1;
    else if (standing) tried.keep += 1;
    if ((added || removed) && tried.samples.length < 20)
      tried.samples.push({ partnerId: partner.id, name: partner.name, change: added ? "add" : "remove" });
  });
  return tried;
}

/** Sets and takes away what the rules say, partner by partner through the partners room. @returns how many partners changed */
export async function applyTagRules(ctx: Context): Promise<number> {
  const rules = (await store.tagRules(ctx.db)).filter((rule) => rule.active);
  const changes: TagChange[] = [];
  await overPartners(ctx, (partner, byRule) => {
    const change = changeOf(ctx, partner, byRule, rules);
    if (change !== undefined) changes.push(change);
  });
  for (const change of changes) await applyOne(ctx, change);
  return changes.length;
}

async function applyOne(ctx: Context, change: TagChange): Promise<void> {
  const actor = systemActor("governance");
  await transact(ctx, async (tx) => {
    if (change.tags !== undefined) {
      const partner = await getPartner(tx, actor, change.partnerId);
      // Between the look and now a person may have changed the tags: only the difference is applied.
      const kept = partner.tags.filter((tag) => !change.remove.includes(tag));
      const tags = [...new Set([...kept, ...change.add.map(({ tag }) => tag)])];
      await changePartner(tx, actor, change.partnerId, { revision: partner.revision, tags });
    }
    await store.noteTags(tx.db, change.partnerId, change.add, change.remove, tx.clock.now());
  });
}

/** Where each of a partner's tags comes from. */
export async function tagOrigins(ctx: Context, actor: Actor, partnerId: string): Promise<TagOrigins> {
  const within = await reachOf(ctx, actor, "partners.read");
  const [partner] = await partnerRecords(ctx.db, { ids: [partnerId] });
  if (partner === undefined || !isWithin(within, { partnerId, programId: null })) throw notFound("partner", partnerId);
  const set = new Map((await store.tagsSet(ctx.db, [partnerId])).map((row) => [row.tag, row]));
  const titles = new Map((await store.tagRules(ctx.db)).map((rule) => [rule.ruleId, rule.title]));
  return {
    data: tagsOf(partner).map((tag) => {
      const row = set.get(tag);
      return {
        tag,
        ruleId: row?.ruleId ?? null,
        title: row === undefined ? "" : (titles.get(row.ruleId) ?? ""),
        since: row?.setAt.toISOString() ?? null,
      };
    }),
  };
}

async function overPartners(
  ctx: Context,
  look: (partner: SeenRecord, byRule: ReadonlyMap<string, string>) => void,
): Promise<void> {
  for (let after = ""; ; ) {
    const partners = await partnerRecords(ctx.db, { after, limit: PARTNERS_AT_ONCE });
    const last = partners.at(-1);
    if (last === undefined) return;
    after = last.id;
    const set = Map.groupBy(
      await store.tagsSet(
        ctx.db,
        partners.map(({ id }) => id),
      ),
      (row) => row.partnerId,
    );
    for (const partner of partners)
      look(partner, new Map((set.get(partner.id) ?? []).map((row) => [row.tag, row.ruleId])));
  }
}

function changeOf(
  ctx: Context,
  partner: SeenRecord,
  byRule: ReadonlyMap<string, string>,
  rules: readonly Pick<store.StoredTagRule, "ruleId" | "tag" | "when">[],
): TagChange | undefined {
  const now = ctx.clock.now();
  const wishes = rules.map(({ ruleId, tag, when }) => ({ ruleId, tag, holds: holds(when, partner.values, now) }));
  return tagChange({ partnerId: partner.id, tags: tagsOf(partner), byRule }, wishes);
}

function tagsOf(partner: SeenRecord): readonly string[] {
  const tags = partner.values.tags;
  return Array.isArray(tags) ? tags : [];
}

/** A rule that asks for tags would set itself off: it may ask for everything else. */
function requireFields(when: NewTagRule["when"]): void {
  const fields: readonly string[] = DATA_FIELDS.partner;
  const wrong = fieldsOf(when).find((field) => !fields.includes(field) || field === "tags");
  if (wrong !== undefined)
    throw invalid(
      "when",
      wrong,
      "is no field that a rule may ask for",
      fields.filter((one) => one !== "tags").join(", "),
    );
}
