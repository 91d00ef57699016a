import type { ClosedRegion, Deputy, DeputyQuery, NewDeputy } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import { type Context, type Page, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Actor } from "./contracts.ts";
import { can, personOf, requirePermission } from "./core/decide.ts";
import * as store from "./store/deputies.ts";
import { userRow } from "./store/users.ts";

const DAY = 86_400_000;
/** Longer than that is no absence: give a role. */
const LONGEST = 92;

/**
 * Names a deputy for some days: oneself, or an administrator for somebody. The deputy looks after the principal's portfolio for that time, by what
 * `lentGrant` says; it ends by itself.
 * @throws Refusal `invalid_input`, `forbidden`, `wrong_state` (a circle: each the other's deputy at once)
 */
export async function nameDeputy(ctx: Context, actor: Actor, input: NewDeputy): Promise<Deputy> {
  const principal = input.principalUserId ?? personOf(actor);
  if (principal !== personOf(actor)) requirePermission(actor, "users.write", {});
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Deputies are for the operator's people.");
  if (principal === input.deputyUserId) throw invalid("deputyUserId", principal, "is the same person");
  const startsAt = new Date(`${input.startsOn}T00:00:00Z`);
  const endsAt = new Date(Date.parse(`${input.endsOn}T00:00:00Z`) + DAY);
  if (endsAt <= startsAt) throw invalid("endsOn", input.endsOn, "lies before the first day");
  if (endsAt <= ctx.clock.now()) throw invalid("endsOn", input.endsOn, "lies in the past");
  if (endsAt.getTime() - startsAt.getTime() > LONGEST * DAY)
    throw invalid("endsOn", input.endsOn, `is more than ${LONGEST} days away`, "Give a role instead.");
  return await transact(ctx, async (tx) => {
    await requireStaff(tx, principal, "principalUserId");
    await requireStaff(tx, input.deputyUserId, "deputyUserId");
    const row: store.DeputyRow = {
      deputy_id: tx.ids.next("dep"),
      principal_user_id: principal,
      deputy_user_id: input.deputyUserId,
      starts_at: startsAt,
      ends_at: endsAt,
      reason: input.reason,
      created_by: personOf(actor),
      created_at: tx.clock.now(),
      ended_at: null,
      ended_by: null,
    };
    await store.insertDeputy(tx.db, row);
    const after = { principal, deputy: input.deputyUserId, startsOn: input.startsOn, endsOn: input.endsOn };
    await note(tx, actor, "access.deputy_named", row.deputy_id, after, input.reason);
    return deputyWire(row, tx.clock.now());
  });
}

/** Ends it before its time: the principal, the deputy, or an administrator. */
export async function endDeputy(ctx: Context, actor: Actor, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.deputyRow(tx.db, id);
    const own = row?.principal_user_id === personOf(actor) || row?.deputy_user_id === personOf(actor);
    if (row === undefined || !(own || can(actor, "users.write", {}))) throw notFound("deputy", id);
    if (row.ended_at !== null) return;
    await store.endDeputy(tx.db, id, personOf(actor), tx.clock.now());
    await note(tx, actor, "access.deputy_ended", id, { principal: row.principal_user_id, deputy: row.deputy_user_id });
  });
}

export async function listDeputies(ctx: Context, actor: Actor, query: DeputyQuery): Promise<Page<Deputy>> {
  if (query.of === "all") requirePermission(actor, "users.read", {});
  const filter = { state: query.state, ...(query.of === "me" ? { userId: personOf(actor) } : {}) };
  const now = ctx.clock.now();
  const { rows, nextCursor } = await store.deputyPage(ctx.db, filter, now, query);
  return { rows: rows.map((row) => deputyWire(row, now)), nextCursor };
}

export async function listClosedRegions(ctx: Context): Promise<ClosedRegion[]> {
  return (await store.closedRegions(ctx.db)).map((row) => ({
    regionId: row.region_id,
    reason: row.reason,
    closedBy: row.closed_by,
    closedAt: row.closed_at.toISOString(),
  }));
}

/** From now on only the owner, deputies and leads see the region's partners (of roles that look after portfolios). */
export async function closeRegion(ctx: Context, actor: Actor, regionId: string, reason: string): Promise<void> {
  requirePermission(actor, "settings.write", {});
  await transact(ctx, async (tx) => {
    if (!(await store.isRegion(tx.db, regionId))) throw notFound("region", regionId);
    const at = tx.clock.now();
    await store.closeRegion(tx.db, { region_id: regionId, reason, closed_by: personOf(actor), closed_at: at });
    const subject = { subjectKind: "region", subjectId: regionId };
    await audit.record(tx, actor, { action: "access.region_closed", ...subject, reason });
  });
}

export async function openRegion(ctx: Context, actor: Actor, regionId: string): Promise<void> {
  requirePermission(actor, "settings.write", {});
  await transact(ctx, async (tx) => {
    if (!(await store.openRegion(tx.db, regionId))) throw notFound("closed region", regionId);
    await audit.record(tx, actor, { action: "access.region_opened", subjectKind: "region", subjectId: regionId });
  });
}

async function requireStaff(tx: Context, id: string, field: string): Promise<void> {
  const user = await userRow(tx.db, id);
  if (user === undefined || user.partner_id !== null || user.status !== "active")
    throw invalid(field, id, "is nobody of the operator's active people");
}

async function note(tx: Context, actor: Actor, action: string, id: string, after: unknown, reason?: string) {
  await audit.record(tx, actor, { action, subjectKind: "deputy", subjectId: id, after, reason });
}

function deputyWire(row: store.DeputyRow, now: Date): Deputy {
  const ended = row.ended_at !== null || row.ends_at <= now;
  return {
    id: row.deputy_id,
    principalUserId: row.principal_user_id,
    deputyUserId: row.deputy_user_id,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    reason: row.reason,
    state: ended ? "ended" : row.starts_at > now ? "coming" : "active",
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
