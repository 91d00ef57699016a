import type {
  HealthAcknowledge,
  HealthAlert,
  HealthAlertDetail,
  HealthMute,
  HealthQuery,
  HealthReason,
} from "@tributary/contract";
import { type Actor, isWithin, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import { courseOf, sparksOf } from "./course.ts";
import type { HealthNeeds } from "./run.ts";
import { type AlertRow, alertPage, changeAlert, findAlert } from "./store/alerts.ts";
import { causeOf, type Language } from "./words.ts";

/** What was told, the newest first. A partner's people see what is theirs, and of that what the program shows to partners. */
export async function listAlerts(
  ctx: Context,
  actor: Actor,
  query: HealthQuery,
  needs: HealthNeeds,
): Promise<{ data: HealthAlert[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "links.read");
  const page = await alertPage(ctx.db, within, query, actor.partnerId !== undefined, query);
  const zones = await zonesOf(needs, page.rows);
  const sparks = await sparksOf(ctx, needs, page.rows);
  const data = page.rows.map((row) => {
    const alert = toAlert(row, zones.get(row.program_id) ?? "UTC", query.language, sparks.get(row.alert_id) ?? []);
    return actor.partnerId === undefined ? alert : forPartner(alert);
  });
  return { data, nextCursor: page.nextCursor };
}

/** One alert with its last fourteen days. @throws Refusal not_found also for one that the actor may not see */
export async function getAlert(
  ctx: Context,
  actor: Actor,
  alertId: string,
  language: Language,
  needs: HealthNeeds,
): Promise<HealthAlertDetail> {
  const row = await readable(ctx, actor, alertId);
  const zone = (await zonesOf(needs, [row])).get(row.program_id) ?? "UTC";
  const alert = { ...toAlert(row, zone, language, []), course: await courseOf(ctx, needs, row, zone) };
  return actor.partnerId === undefined ? alert : { ...alert, ...forPartner(alert) };
}

/** Says that somebody looks after it, or that it is the new normal: then it is over, and learnt anew from its beginning. */
export async function acknowledgeAlert(
  ctx: Context,
  actor: Actor,
  alertId: string,
  input: HealthAcknowledge,
  language: Language,
  needs: HealthNeeds,
): Promise<HealthAlertDetail> {
  await transact(ctx, async (tx) => {
    const row = await writable(tx, actor, alertId);
    const now = tx.clock.now();
    const closing = input.newNormal && row.state !== "closed";
    const change = {
      state: closing ? "closed" : row.state === "closed" ? "closed" : "acknowledged",
      ...(closing ? { closed_at: now, closed_why: "new_normal" } : {}),
      acknowledged_by: actor.id,
      acknowledged_name: actor.name,
      acknowledged_at: now,
      note: input.note,
    };
    await save(tx, actor, row, input.revision, change, "health.acknowledged", input);
  });
  return await getAlert(ctx, actor, alertId, language, needs);
}

/** Until then nothing is told of the same thing at the same place, also when it is over and comes again. */
export async function muteAlert(
  ctx: Context,
  actor: Actor,
  alertId: string,
  input: HealthMute,
  language: Language,
  needs: HealthNeeds,
): Promise<HealthAlertDetail> {
  await transact(ctx, async (tx) => {
    const row = await writable(tx, actor, alertId);
    const until = input.until === null ? null : new Date(input.until);
    await save(tx, actor, row, input.revision, { muted_until: until }, "health.muted", input);
  });
  return await getAlert(ctx, actor, alertId, language, needs);
}

async function save(
  tx: Context,
  actor: Actor,
  row: AlertRow,
  revision: number,
  change: Parameters<typeof changeAlert>[3],
  action: string,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!(await changeAlert(tx.db, row.alert_id, revision, change))) throw changedMeanwhile("alert", revision);
  const before = { state: row.state, note: row.note, mutedUntil: row.muted_until?.toISOString() ?? null };
  const partnerId = row.partner_id === null ? {} : { partnerId: row.partner_id };
  await audit.record(tx, actor, {
    action,
    subjectKind: "health_alert",
    subjectId: row.alert_id,
    before,
    after: { ...after },
    ...partnerId,
  });
}

async function readable(ctx: Context, actor: Actor, alertId: string): Promise<AlertRow> {
  const row = await findAlert(ctx.db, alertId);
  const within = await reachOf(ctx, actor, "links.read");
  const hidden = row !== undefined && actor.partnerId !== undefined && !row.for_partner;
  if (row === undefined || hidden || !isWithin(within, { partnerId: row.partner_id ?? "", programId: row.program_id }))
    throw notFound("alert", alertId);
  return row;
}

async function writable(ctx: Context, actor: Actor, alertId: string): Promise<AlertRow> {
  const row = await readable(ctx, actor, alertId);
  const touch =
    row.partner_id === null ? { programId: row.program_id } : await partnerTouch(ctx, row.partner_id, row.program_id);
  requirePermission(actor, "links.write", touch);
  return row;
}

async function zonesOf(needs: HealthNeeds, rows: readonly AlertRow[]): Promise<ReadonlyMap<string, string>> {
  const programs = await programsByIds(needs.whole, [...new Set(rows.map((row) => row.program_id))]);
  return new Map(programs.map(({ programId, timeZone }) => [programId, timeZone]));
}

/** Who of the operator changed what, and what it wrote about it, is no partner's business. */
function forPartner(alert: HealthAlert): HealthAlert {
  const reasons = alert.reasons.filter(({ code }) => code !== "setting_changed");
  return { ...alert, reasons, acknowledgedBy: null, note: "", mutedUntil: null, chance: 0 };
}

function toAlert(row: AlertRow, timeZone: string, language: Language, spark: readonly number[]): HealthAlert {
  const facts = {
    kind: row.kind as HealthAlert["kind"],
    direction: row.direction as HealthAlert["direction"],
    eventType: row.event_type,
    expected: row.expected,
    seen: row.seen,
    since: row.since.toISOString(),
    offerId: row.offer_id,
  };
  return {
    ...facts,
    id: row.alert_id,
    programId: row.program_id,
    partnerId: row.partner_id,
    sourceId: row.source_id,
    state: row.state as HealthAlert["state"],
    openedAt: row.opened_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    closedWhy: row.closed_why as HealthAlert["closedWhy"],
    factor: row.expected > 0 ? row.seen / row.expected : null,
    chance: row.chance,
    cause: causeOf(facts, timeZone, language),
    reasons: row.reasons as unknown as HealthReason[],
    forPartner: row.for_partner,
    acknowledgedBy: row.acknowledged_name,
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    note: row.note,
    mutedUntil: row.muted_until?.toISOString() ?? null,
    spark: [...spark],
    revision: row.revision,
  };
}
