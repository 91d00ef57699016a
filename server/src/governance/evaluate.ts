import type { DataRuleDefinition } from "@tributary/contract";
import { type Context, transact } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { concerns, faultOf } from "./core/fault.ts";
import { scoreOf } from "./core/score.ts";
import * as findings from "./store/findings.ts";
import { contactRecords, offerRecords, partnerRecords, type SeenRecord, sharedRecords } from "./store/records.ts";
import { allRules, type StoredRule } from "./store/rules.ts";
import { lastEntry, noteProgress } from "./store/scores.ts";

const PARTNERS_AT_ONCE = 5000;

export interface Evaluated {
  readonly partners: number;
  readonly findings: number;
}

/** Goes through every record by every rule, in parts that are committed one by one; what is found is written as a difference. */
export async function evaluateAll(ctx: Context): Promise<Evaluated> {
  const seq = await lastEntry(ctx.db);
  const rules = (await allRules(ctx.db)).filter((rule) => rule.active);
  const shared = await sharedOf(ctx, rules, undefined);
  const sum = { partners: 0, findings: 0 };
  for (let after = ""; ; ) {
    const partners = await partnerRecords(ctx.db, { after, limit: PARTNERS_AT_ONCE });
    if (partners.length === 0) break;
    const contacts = await contactsIn(ctx, rules, partners);
    sum.findings += await settle(ctx, rules, partners, contacts, shared);
    sum.partners += partners.length;
    after = partners.at(-1)?.id ?? after;
  }
  sum.findings += await settleOffers(ctx, rules, shared);
  const now = ctx.clock.now();
  await findings.noteScoresOfDay(ctx.db, dayOf(now, "UTC"));
  await noteProgress(ctx.db, { seq, evaluatedAt: now });
  return sum;
}

/**
 * What is cheap to bring up to date by the hour: offers, and the scores of the day. Partners are followed change by change; what time alone makes wrong in
 * them (nobody looked for half a year) is found by the look at all of them, once a day.
 */
export async function evaluateHourly(ctx: Context): Promise<void> {
  const rules = (await allRules(ctx.db)).filter((rule) => rule.active);
  await settleOffers(ctx, rules, await sharedOf(ctx, rules, undefined, "offer"));
  await findings.noteScoresOfDay(ctx.db, dayOf(ctx.clock.now(), "UTC"));
}

/** Looks again at some partners and their contacts, after a change. */
export async function evaluatePartners(ctx: Context, partnerIds: readonly string[]): Promise<Evaluated> {
  if (partnerIds.length === 0) return { partners: 0, findings: 0 };
  const rules = (await allRules(ctx.db)).filter((rule) => rule.active);
  const named = await contactRecords(ctx.db, { ids: partnerIds });
  const ids = [...partnerIds, ...named.map((contact) => contact.id)];
  const shared = await sharedOf(ctx, rules, ids);
  // Who has the same value now has a fault too.
  const twins = [...shared.values()].flatMap((found) => [...found]).filter((id) => id.startsWith("prt_"));
  const all = [...new Set([...partnerIds, ...twins])];
  const partners = await partnerRecords(ctx.db, { ids: all });
  const contacts = await contactRecords(ctx.db, { ids: all });
  return { partners: partners.length, findings: await settle(ctx, rules, partners, contacts, shared) };
}

type Shared = ReadonlyMap<string, ReadonlySet<string>>;

async function sharedOf(
  ctx: Context,
  rules: readonly StoredRule[],
  ids: readonly string[] | undefined,
  only?: "offer",
): Promise<Shared> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const { ruleId, definition } of rules) {
    const { check, record } = definition;
    if (check.kind !== "uniqueness" || (only !== undefined && record !== only)) continue;
    found.set(ruleId, await sharedRecords(ctx.db, record, check.field, check.compare, ids));
  }
  return found;
}

async function contactsIn(ctx: Context, rules: readonly StoredRule[], partners: readonly SeenRecord[]) {
  if (!rules.some((rule) => rule.definition.record === "contact")) return [];
  return await contactRecords(ctx.db, { from: partners[0]?.id ?? "", to: partners.at(-1)?.id ?? "" });
}

/** What is found of partners and their contacts is compared with what stands, and the difference is written. */
async function settle(
  ctx: Context,
  rules: readonly StoredRule[],
  partners: readonly SeenRecord[],
  contacts: readonly SeenRecord[],
  shared: Shared,
): Promise<number> {
  const now = ctx.clock.now();
  const about = new Map(partners.map((partner) => [partner.id, partner]));
  const excepted = await exceptedOf(ctx, [...about.keys(), ...contacts.map(({ id }) => id)]);
  const found = [
    ...partners.flatMap((one) => faultsOf(rules, "partner", one, one, shared, excepted, now)),
    ...contacts.flatMap((one) => {
      const partner = about.get(one.partnerId ?? "");
      return partner === undefined ? [] : faultsOf(rules, "contact", one, partner, shared, excepted, now);
    }),
  ];
  const scores = scoresOf(rules, partners, found, new Set(contacts.map((one) => one.partnerId)));
  await transact(ctx, async (tx) => {
    const standing = await findings.standingFindings(tx.db, { partnerIds: [...about.keys()] });
    await writeDifference(tx, standing, found, now);
    await findings.putScores(tx.db, scores);
  });
  return found.length;
}

async function settleOffers(ctx: Context, rules: readonly StoredRule[], shared: Shared): Promise<number> {
  const now = ctx.clock.now();
  const offers = await offerRecords(ctx.db);
  const excepted = await exceptedOf(
    ctx,
    offers.map(({ id }) => id),
  );
  const found = offers.flatMap((one) => faultsOf(rules, "offer", one, one, shared, excepted, now));
  await transact(ctx, async (tx) => {
    await writeDifference(tx, await findings.standingFindings(tx.db, { record: "offer" }), found, now);
  });
  return found.length;
}

async function writeDifference(
  tx: Context,
  standing: readonly findings.FindingRow[],
  found: readonly findings.NewFinding[],
  now: Date,
): Promise<void> {
  const keyOf = (ruleId: string, subjectId: string) => `${ruleId} ${subjectId}`;
  const before = new Map(standing.map((row) => [keyOf(row.rule_id, row.subject_id), row]));
  const changed = found.filter((one) => {
    const row = before.get(keyOf(one.ruleId, one.subjectId));
    before.delete(keyOf(one.ruleId, one.subjectId));
    return (
      row === undefined ||
      row.value !== one.value ||
      row.weight !== one.weight ||
      row.name !== one.name ||
      row.severity !== one.severity ||
      row.excepted !== one.excepted
    );
  });
  await findings.removeFindings(
    tx.db,
    [...before.values()].map((row) => row.finding_id),
  );
  await findings.putFindings(tx.db, changed, now);
}

async function exceptedOf(ctx: Context, subjectIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await findings.exceptionsOn(ctx.db, dayOf(ctx.clock.now(), "UTC"), subjectIds);
  return new Set(rows.map((row) => `${row.rule_id} ${row.subject_id}`));
}

function faultsOf(
  rules: readonly StoredRule[],
  record: DataRuleDefinition["record"],
  one: SeenRecord,
  about: SeenRecord,
  shared: Shared,
  excepted: ReadonlySet<string>,
  now: Date,
): findings.NewFinding[] {
  const found: findings.NewFinding[] = [];
  for (const { ruleId, definition, weight } of rules) {
    if (definition.record !== record || !concerns(definition, about.values)) continue;
    const value = faultOf(definition.check, one.values, { now, isShared: shared.get(ruleId)?.has(one.id) ?? false });
    if (value === undefined) continue;
    found.push({
      ruleId,
      record,
      subjectId: one.id,
      partnerId: one.partnerId,
      programId: one.programId,
      weight,
      severity: definition.severity,
      name: one.name,
      value: value.replaceAll("\u0000", ""),
      excepted: excepted.has(`${ruleId} ${one.id}`),
    });
  }
  return found;
}

/** A fault of a contact counts against its partner, once per rule. */
function scoresOf(
  rules: readonly StoredRule[],
  partners: readonly SeenRecord[],
  found: readonly findings.NewFinding[],
  withContacts: ReadonlySet<string | null>,
) {
  const broken = Map.groupBy(
    found.filter((one) => !one.excepted),
    (one) => one.partnerId ?? "",
  );
  return partners.map((partner) => {
    const held = rules.filter(
      ({ definition }) =>
        (definition.record === "partner" || (definition.record === "contact" && withContacts.has(partner.id))) &&
        concerns(definition, partner.values),
    );
    const faults = new Set((broken.get(partner.id) ?? []).map((one) => one.ruleId));
    return { partnerId: partner.id, ...scoreOf(held, faults) };
  });
}
