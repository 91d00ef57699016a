import {
  DATA_FIELDS,
  NewTagRule,
  TAGGED_RECORDS,
  type TagOrigins,
  type TagRule,
  TagRuleChange,
  type TagRuleTried,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { changePartner, getPartner, reachOf } from "../partners/index.ts";
import { changeOffer, getOffer } from "../programs/index.ts";
import { fieldsOf, holds } from "./core/conditions.ts";
import { type TagChange, tagChange } from "./core/tags.ts";
import { offerRecords, partnerRecords, type SeenRecord } from "./store/records.ts";
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
  return await transact(ctx, async (tx) => {
    const before = (await store.tagRules(tx.db)).find((rule) => rule.ruleId === ruleId);
    if (ruleId !== undefined && before === undefined) throw notFound("tag rule", ruleId);
    const input =
      before === undefined
        ? { ...NewTagRule.parse(given), version: 0 }
        : { ...TagRuleChange.parse(given), record: before.record };
    requireFields(input);
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
  requireFields(input);
  const id = ruleId ?? "new";
  const rules = (await store.tagRules(ctx.db)).filter((rule) => rule.record === input.record && rule.active);
  const others = rules.filter((rule) => rule.ruleId !== id);
  const tried: TagRuleTried = { add: 0, keep: 0, remove: 0, byHand: 0, samples: [] };
  await overRecords(ctx, input.record, (record, byRule) => {
    const all = [...others, { ruleId: id, tag: input.tag, when: input.when }];
    const change = changeOf(ctx, record, byRule, input.active ? all : others);
    const added = change?.add.some(({ tag }) => tag === input.tag) ?? false;
    const removed = change?.remove.includes(input.tag) ?? false;
    const standing = tagsOf(record).includes(input.tag);
    if (standing && !byRule.has(input.tag)) tried.byHand += 1;
    else if (added) tried.add += 1;
    else if (removed) tried.remove += 1;
    else if (standing) tried.keep += 1;
    if ((added || removed) && tried.samples.length < 20)
      tried.samples.push({ id: record.id, name: record.name, change: added ? "add" : "remove" });
  });
  return tried;
}

/** Sets and takes away what the rules say, record by record through the room that owns it. @returns how many records changed */
export async function applyTagRules(ctx: Context): Promise<number> {
  const rules = (await store.tagRules(ctx.db)).filter((rule) => rule.active);
  let changed = 0;
  for (const kind of TAGGED_RECORDS) {
    const changes: TagChange[] = [];
    const own = rules.filter((rule) => rule.record === kind);
    await overRecords(ctx, kind, (record, byRule) => {
      const change = changeOf(ctx, record, byRule, own);
      if (change !== undefined) changes.push(change);
    });
    for (const change of changes) if (await applyOne(ctx, kind, change)) changed += 1;
  }
  return changed;
}

async function applyOne(ctx: Context, kind: TagRule["record"], change: TagChange): Promise<boolean> {
  const actor = systemActor("governance");
  const id = change.recordId;
  const work = transact(ctx, async (tx) => {
    if (change.tags !== undefined) {
      const now = kind === "partner" ? await getPartner(tx, actor, id) : await getOffer(tx, actor, id);
      // Between the look and now a person may have changed the tags: only the difference is applied.
      const kept = now.tags.filter((tag) => !change.remove.includes(tag));
      const wanted = { revision: now.revision, tags: [...new Set([...kept, ...change.add.map(({ tag }) => tag)])] };
      if (kind === "partner") await changePartner(tx, actor, id, wanted);
      else await changeOffer(tx, actor, id, wanted);
    }
    await store.noteTags(tx.db, id, change.add, change.remove, tx.clock.now());
  });
  return await work.then(
    () => true,
    (error: unknown) => {
      // Changed at this moment, or in a state that its own room refuses to write: the next look finds it again, and the others go on.
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
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

async function overRecords(
  ctx: Context,
  kind: TagRule["record"],
  look: (record: SeenRecord, byRule: ReadonlyMap<string, string>) => void,
): Promise<void> {
  for await (const records of kind === "partner" ? partnersInParts(ctx) : [await offerRecords(ctx.db)]) {
    const ids = records.map(({ id }) => id);
    const set = Map.groupBy(await store.tagsSet(ctx.db, ids), (row) => row.recordId);
    for (const record of records) look(record, new Map((set.get(record.id) ?? []).map((row) => [row.tag, row.ruleId])));
  }
}

async function* partnersInParts(ctx: Context): AsyncGenerator<readonly SeenRecord[]> {
  for (let after = ""; ; ) {
    const partners = await partnerRecords(ctx.db, { after, limit: PARTNERS_AT_ONCE });
    const last = partners.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield partners;
  }
}

function changeOf(
  ctx: Context,
  record: SeenRecord,
  byRule: ReadonlyMap<string, string>,
  rules: readonly Pick<store.StoredTagRule, "ruleId" | "tag" | "when">[],
): TagChange | undefined {
  const now = ctx.clock.now();
  const wishes = rules.map(({ ruleId, tag, when }) => ({ ruleId, tag, holds: holds(when, record.values, now) }));
  return tagChange({ recordId: record.id, tags: tagsOf(record), byRule }, wishes);
}

function tagsOf(record: SeenRecord): readonly string[] {
  const tags = record.values.tags;
  return Array.isArray(tags) ? tags : [];
}

/** A rule that asks for tags would set itself off: it may ask for everything else. */
function requireFields({ record, when }: Pick<NewTagRule, "record" | "when">): void {
  const fields: readonly string[] = DATA_FIELDS[record];
  const wrong = fieldsOf(when).find((field) => !fields.includes(field) || field === "tags");
  if (wrong !== undefined)
    throw invalid(
      "when",
      wrong,
      "is no field that a rule may ask for",
      fields.filter((one) => one !== "tags").join(", "),
    );
}
