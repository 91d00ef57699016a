import type { DataFinding, DataFindingQuery, DataScore, DataScores } from "@tributary/contract";
import { type Actor, isWithin, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, type Page, transact } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { addDays, dayOf } from "../kernel/period.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { concerns } from "./core/fault.ts";
import * as store from "./store/findings.ts";
import { contactRecords, partnerRecords } from "./store/records.ts";
import { allRules, type StoredRule } from "./store/rules.ts";
import * as scores from "./store/scores.ts";

type Language = "en" | "es";
const HISTORY_DAYS = 180;

/** The work list: the gravest first. */
export async function listFindings(
  ctx: Context,
  actor: Actor,
  query: DataFindingQuery,
): Promise<{ data: DataFinding[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "governance.read");
  const me = personOf(actor);
  const filter = {
    ...query,
    excepted: query.state === "excepted",
    assignedTo: query.assigned === "me" ? me : query.assigned === "nobody" ? null : undefined,
    mine: query.mine === undefined ? undefined : me,
  };
  const page: Page<store.ListedFinding> = await store.findingPage(ctx.db, within, filter, query);
  const rules = new Map((await allRules(ctx.db)).map((rule) => [rule.ruleId, rule]));
  const exceptions = filter.excepted
    ? await store.exceptionsOn(
        ctx.db,
        "0001-01-01",
        page.rows.map((row) => row.subject_id),
      )
    : [];
  const byKey = new Map(exceptions.map((row) => [`${row.rule_id} ${row.subject_id}`, row]));
  const data = page.rows.flatMap((row) => {
    const rule = rules.get(row.rule_id);
    const exception = byKey.get(`${row.rule_id} ${row.subject_id}`);
    return rule === undefined ? [] : [findingWire(row, rule, exception, query.language)];
  });
  return { data, nextCursor: page.nextCursor };
}

function findingWire(
  row: store.ListedFinding,
  { code, definition }: StoredRule,
  exception: store.ExceptionRow | undefined,
  language: Language,
): DataFinding {
  const say = (words: { readonly en: string; readonly es: string }) => words[language] || words.en;
  return {
    id: publicNumber("drl", row.finding_id),
    ruleId: row.rule_id,
    ruleCode: code,
    title: say(definition.title),
    why: say(definition.why),
    mend: say(definition.mend),
    kind: definition.check.kind,
    severity: definition.severity,
    weight: row.weight,
    record: definition.record,
    subjectId: row.subject_id,
    subjectName: row.name,
    partnerId: row.partner_id,
    regionId: row.region_id,
    ownerUserId: row.owner_user_id,
    ownerRole: definition.ownerRole,
    field: definition.check.field,
    value: row.value,
    opens: opensOf(definition.record, row.subject_id, row.partner_id, definition.check.field),
    since: row.since.toISOString(),
    assignedTo: row.assigned_to,
    exception:
      exception === undefined
        ? null
        : {
            until: exception.until,
            reason: exception.reason,
            by: exception.made_name,
            at: exception.made_at.toISOString(),
          },
  };
}

/** Where the field is mended. */
function opensOf(record: string, subjectId: string, partnerId: string | null, field: string): string {
  if (record === "offer") return `/offers/${subjectId}?edit=${field}`;
  if (record === "contact") return `/partners/${partnerId ?? ""}?tab=contacts&contact=${subjectId}`;
  if (field === "contacts" || field === "signatories") return `/partners/${subjectId}?tab=contacts`;
  if (field === "links") return `/links?new=1&partnerId=${subjectId}`;
  return `/partners/${subjectId}?edit=${field}`;
}

/** @throws Refusal not_found, forbidden */
export async function assignFindings(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  userId: string | null,
): Promise<{ done: number; refused: [] }> {
  requirePermission(actor, "governance.write");
  return await transact(ctx, async (tx) => {
    const rows = await writable(tx, actor, ids);
    await store.assignFindings(
      tx.db,
      rows.map((row) => row.finding_id),
      userId,
      personOf(actor),
    );
    await audit.recordMany(
      tx,
      actor,
      rows.map((row) => ({
        action: "governance.finding_assigned",
        subjectKind: "finding",
        subjectId: publicNumber("drl", row.finding_id),
        after: { rule: row.rule_id, subject: row.subject_id, to: userId },
      })),
    );
    return { done: rows.length, refused: [] };
  });
}

/** Accepts faults as they are until a day; on that day they are on the list again. */
export async function exceptFindings(
  ctx: Context,
  actor: Actor,
  given: { readonly ids: readonly string[]; readonly until: string; readonly reason: string },
): Promise<{ done: number; refused: [] }> {
  requirePermission(actor, "governance.write");
  const now = ctx.clock.now();
  const today = dayOf(now, "UTC");
  if (given.until <= today)
    throw invalid("until", given.until, "must lie ahead", "Name the day on which it is looked at again.");
  if (given.until > addDays(today, 730)) throw invalid("until", given.until, "is more than two years away");
  return await transact(ctx, async (tx) => {
    const rows = await writable(tx, actor, given.ids);
    const made = {
      until: given.until,
      reason: given.reason,
      made_by: personOf(actor),
      made_name: actor.name,
      made_at: now,
    };
    await store.putExceptions(tx.db, rows, made);
    await noteMany(tx, actor, "governance.finding_excepted", rows, given.reason, { until: given.until });
    return { done: rows.length, refused: [] };
  });
}

export async function endExceptions(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<{ done: number; refused: [] }> {
  requirePermission(actor, "governance.write");
  return await transact(ctx, async (tx) => {
    const rows = await writable(tx, actor, ids);
    await store.endExceptions(tx.db, rows);
    await noteMany(tx, actor, "governance.exception_ended", rows, undefined, {});
    return { done: rows.length, refused: [] };
  });
}

async function noteMany(
  tx: Parameters<typeof audit.recordMany>[0],
  actor: Actor,
  action: string,
  rows: readonly store.FindingRow[],
  reason: string | undefined,
  after: object,
): Promise<void> {
  await audit.recordMany(
    tx,
    actor,
    rows.map((row) => ({
      action,
      subjectKind: "finding",
      subjectId: publicNumber("drl", row.finding_id),
      after: { rule: row.rule_id, subject: row.subject_id, ...after },
      ...(row.partner_id === null ? {} : { partnerId: row.partner_id }),
      ...(reason === undefined ? {} : { reason }),
    })),
  );
  const partnerIds = [...new Set(rows.flatMap((row) => row.partner_id ?? []))];
  await announce(tx, "governance.partners", { partnerIds });
}

async function writable(ctx: Context, actor: Actor, ids: readonly string[]): Promise<readonly store.FindingRow[]> {
  const within = await reachOf(ctx, actor, "governance.write");
  const numbers = ids.map((id) => parsePublicNumber("drl", id));
  const wrong = ids.find((_, index) => numbers[index] === undefined);
  if (wrong !== undefined) throw notFound("finding", wrong);
  const rows = await store.findingsByIds(
    ctx.db,
    within,
    numbers.filter((one): one is bigint => one !== undefined),
  );
  if (rows.length === 0) throw notFound("finding", ids[0] ?? "");
  return rows;
}

/** Scores of what somebody may see, with the course of the last half-year. */
export async function getScores(ctx: Context, actor: Actor, language: Language): Promise<DataScores> {
  const within = await reachOf(ctx, actor, "governance.read");
  const [rows, progress, counts, rules] = await Promise.all([
    scores.scoresWithin(ctx.db, within),
    scores.progressOf(ctx.db),
    store.countByRule(ctx.db, within),
    allRules(ctx.db),
  ]);
  const of = (scope: string) =>
    rows
      .filter((row) => row.scope === scope)
      .map(({ scopeId, records, score, faulty }) => ({ id: scopeId || null, records, score, faulty }))
      .sort((a, b) => a.score - b.score);
  const found = new Map(counts.filter((row) => !row.excepted).map((row) => [row.rule_id, Number(row.count)]));
  return {
    evaluatedAt: progress.evaluatedAt?.toISOString() ?? null,
    total: of("all")[0] ?? { id: null, records: 0, score: 100, faulty: 0 },
    regions: of("region"),
    owners: of("owner"),
    rules: rules
      .filter((rule) => rule.active)
      .map(({ ruleId, definition }) => ({
        ruleId,
        title: definition.title[language] || definition.title.en,
        severity: definition.severity,
        findings: found.get(ruleId) ?? 0,
      })),
    history: await courseOf(ctx, actor, within.everything),
  };
}

/** The course is kept of everything, of regions and of owners; somebody with a portfolio sees its own. */
async function courseOf(ctx: Context, actor: Actor, everything: boolean): Promise<DataScores["history"]> {
  const from = addDays(dayOf(ctx.clock.now(), "UTC"), -HISTORY_DAYS);
  const rows = everything
    ? await scores.historyOf(ctx.db, "all", "", from)
    : await scores.historyOf(ctx.db, "owner", personOf(actor), from);
  return rows.map((row) => ({ ...row, score: Number(row.score) }));
}

/** How one partner's score comes about, rule by rule. */
export async function getScore(ctx: Context, actor: Actor, partnerId: string, language: Language): Promise<DataScore> {
  const within = await reachOf(ctx, actor, "governance.read");
  const [partner] = await partnerRecords(ctx.db, { ids: [partnerId] });
  if (partner === undefined || !isWithin(within, { partnerId, programId: null })) throw notFound("partner", partnerId);
  const [rules, standing, score, contacts] = await Promise.all([
    allRules(ctx.db),
    store.standingFindings(ctx.db, { partnerIds: [partnerId] }),
    scores.scoreOfPartner(ctx.db, partnerId),
    contactRecords(ctx.db, { ids: [partnerId] }),
  ]);
  const held = rules.filter(
    ({ active, definition: { record }, definition }) =>
      active &&
      (record === "partner" || (record === "contact" && contacts.length > 0)) &&
      concerns(definition, partner.values),
  );
  return {
    partnerId,
    score: score?.score ?? 100,
    lost: score?.lost ?? 0,
    total: score?.total ?? 0,
    rules: held.map((rule) => {
      const faults = standing.filter((row) => row.rule_id === rule.ruleId);
      const [fault] = faults;
      const state = faults.some((row) => !row.excepted) ? "fault" : fault === undefined ? "holds" : "excepted";
      const { record, check, title, mend } = rule.definition;
      return {
        ruleId: rule.ruleId,
        title: title[language] || title.en,
        weight: rule.weight,
        state,
        mend: mend[language] || mend.en,
        opens: opensOf(record, fault?.subject_id ?? partnerId, partnerId, check.field),
      } as const;
    }),
  };
}
