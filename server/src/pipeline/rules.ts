import type {
  NewRoutingRules,
  NewSourceRules,
  RoutingRule,
  RoutingRules,
  RulesTried,
  SourceAnswer,
  SourceRule,
  SourceRules,
  UnmatchedSource,
} from "@tributary/contract";
import {
  NewRoutingRules as NewRoutingSchema,
  NewSourceRules as NewSourceSchema,
  SourceRule as SourceRuleSchema,
} from "@tributary/contract";
import { type Actor, deputiesAt, reach, requirePermission, userNames } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { changedMeanwhile, invalid } from "../kernel/refusals.ts";
import { openingTurns } from "./core/routing.ts";
import { mapSource, normalSource, suggestSource } from "./core/sources.ts";
import { replay } from "./desk.ts";
import { type LeadRow, leadPage } from "./store/leads.ts";
import * as store from "./store/rules.ts";
import { routedFacts } from "./take.ts";

function told<Rule>(version: store.RuleVersion<Rule>) {
  return { ...version, rules: [...version.rules], createdAt: version.createdAt?.toISOString() ?? null };
}

export async function getRoutingRules(ctx: Context, version?: number): Promise<RoutingRules> {
  return told(await store.routingRules(ctx.db, version));
}

export async function getSourceRules(ctx: Context, version?: number): Promise<SourceRules> {
  return told(await store.sourceRules(ctx.db, version));
}

/** The next version of the rules that say whose a lead is. */
export async function saveRoutingRules(ctx: Context, actor: Actor, given: NewRoutingRules): Promise<RoutingRules> {
  requirePermission(actor, "pipeline.approve", {});
  const input = NewRoutingSchema.parse(given);
  return await transact(ctx, async (tx) => {
    await checkPeople(tx, input.rules);
    await saveVersion(tx, actor, "routing", input, (await store.routingRules(tx.db)).version);
    await openTurns(tx, input.rules);
    return await getRoutingRules(tx);
  });
}

async function openTurns(tx: TxContext, rules: readonly RoutingRule[]): Promise<void> {
  const taken = await store.turnsTaken(tx.db);
  for (const rule of rules.filter((one) => one.to.how === "turns"))
    for (const [userId, given] of openingTurns(rule, taken.get(rule.name) ?? new Map()))
      await store.noteTurn(tx.db, { rule: rule.name, userId, given });
}

async function checkPeople(tx: TxContext, rules: readonly RoutingRule[]): Promise<void> {
  const ids = [...new Set(rules.flatMap((rule) => rule.to.people.map((one) => one.userId)))];
  const known = await userNames(tx, ids);
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) throw invalid("rules", stranger, "is nobody of the operator");
  const names = rules.map((rule) => rule.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw invalid("rules", twice, "is the name of two rules", "Turns are counted by the name of the rule.");
}

/** The next version of the rules of sources; leads whose source nobody knew are named by it. */
export async function saveSourceRules(ctx: Context, actor: Actor, given: NewSourceRules): Promise<SourceRules> {
  requirePermission(actor, "pipeline.write");
  const input = NewSourceSchema.parse(given);
  return await transact(ctx, async (tx) => {
    await saveVersion(tx, actor, "source", input, (await store.sourceRules(tx.db)).version);
    await nameAgain(tx, input.rules);
    return await getSourceRules(tx);
  });
}

async function saveVersion(
  tx: TxContext,
  actor: Actor,
  kind: "routing" | "source",
  input: { readonly rules: readonly unknown[]; readonly after: number; readonly note: string },
  newest: number,
): Promise<void> {
  await store.lockRouting(tx.db);
  if (newest !== input.after) throw changedMeanwhile("set of rules", input.after);
  const about = { note: input.note, at: tx.clock.now(), by: actor.id, name: actor.name };
  await store.insertRules(tx.db, kind, newest + 1, input.rules, about);
  await audit.record(tx, actor, {
    action: `pipeline.${kind}_rules_saved`,
    subjectKind: "pipeline_rules",
    subjectId: kind,
    after: { version: newest + 1, rules: input.rules },
    ...(input.note === "" ? {} : { reason: input.note }),
  });
}

const MOST_UNMATCHED = 20_000;

async function nameAgain(tx: TxContext, rules: readonly SourceRule[]): Promise<number> {
  const open = await store.unmatchedSources(tx.db, MOST_UNMATCHED);
  const named = open.flatMap((row) => {
    const { source, words } = mapSource(row.raw, rules);
    return source === null ? [] : [{ raw: row.raw, source, words }];
  });
  return await store.nameSources(tx.db, named);
}

const MOST_SHOWN = 200;

/** Sources that no rule knows, with what each may be. */
export async function unmatchedSources(ctx: Context): Promise<readonly UnmatchedSource[]> {
  const [rows, rules] = await Promise.all([store.unmatchedSources(ctx.db, MOST_SHOWN), store.sourceRules(ctx.db)]);
  return rows.map((row) => ({
    raw: row.raw,
    leads: row.leads,
    newest: row.newest.toISOString(),
    suggestion: suggestSource(row.raw, rules.rules),
  }));
}

/** One click: the unknown source becomes a rule, at the end of the others, and leads that have it are named. */
export async function answerSource(
  ctx: Context,
  actor: Actor,
  answer: SourceAnswer,
): Promise<{ version: number; leads: number }> {
  requirePermission(actor, "pipeline.write");
  const text = normalSource(answer.raw);
  if (text === "") throw invalid("raw", answer.raw, "is empty");
  return await transact(ctx, async (tx) => {
    const before = await store.sourceRules(tx.db);
    const rule = SourceRuleSchema.parse({ match: answer.match, text: text.slice(0, 200), source: answer.source });
    const rules = [...before.rules, rule];
    await saveVersion(
      tx,
      actor,
      "source",
      { rules, after: before.version, note: answer.raw.slice(0, 400) },
      before.version,
    );
    return { version: before.version + 1, leads: await nameAgain(tx, rules) };
  });
}

/** What rules would have made of the newest leads, in the order in which they came; nothing is changed. */
export async function tryRoutingRules(
  ctx: Context,
  actor: Actor,
  rules: readonly RoutingRule[],
  most: number,
): Promise<RulesTried> {
  const leads = await newestLeads(ctx, actor, most);
  const away = await deputiesAt(ctx.db, ctx.clock.now());
  const decided = replay(leads.map(routedFacts), rules, away);
  const rows = leads.map((lead, index) => ({
    leadId: lead.lead_id,
    name: lead.name,
    given: [lead.language, lead.country, lead.kind, lead.source].filter((one) => one !== null).join(" · "),
    before: lead.owner_user_id ?? "",
    after: decided[index]?.ownerUserId ?? "",
    words: [...(decided[index]?.words ?? [])],
  }));
  return tried(rows);
}

export async function trySourceRules(
  ctx: Context,
  actor: Actor,
  rules: readonly SourceRule[],
  most: number,
): Promise<RulesTried> {
  const leads = (await newestLeads(ctx, actor, most)).filter((lead) => lead.source_raw !== "");
  return tried(
    leads.map((lead) => {
      const decided = mapSource(lead.source_raw, rules);
      return {
        leadId: lead.lead_id,
        name: lead.name,
        given: lead.source_raw,
        before: lead.source ?? "",
        after: decided.source ?? "",
        words: [...decided.words],
      };
    }),
  );
}

async function newestLeads(ctx: Context, actor: Actor, most: number): Promise<LeadRow[]> {
  const within = reach(actor, "pipeline.read");
  const filter = { status: ["open", "won", "lost"] };
  const page = await leadPage(ctx.db, within, filter, "-createdAt", ctx.clock.now(), { limit: most });
  return [...page.rows].reverse();
}

const MOST_ROWS = 200;

function tried(rows: RulesTried["rows"]): RulesTried {
  const changed = rows.filter((row) => row.before !== row.after);
  const keys = [...new Set(rows.flatMap((row) => [row.before, row.after]))].sort();
  return {
    looked: rows.length,
    changed: changed.length,
    unmatched: rows.filter((row) => row.after === "").length,
    counts: keys.map((key) => ({
      key,
      before: rows.filter((row) => row.before === key).length,
      after: rows.filter((row) => row.after === key).length,
    })),
    rows: [...changed, ...rows.filter((row) => row.before === row.after)].slice(0, MOST_ROWS),
  };
}
