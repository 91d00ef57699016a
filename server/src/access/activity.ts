import type { Activity, ActivityQuery } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import type { Context, Db, Page } from "../database/index.ts";
import { decodeCursor, encodeCursor, invalidCursor } from "../kernel/cursor.ts";
import type { Actor } from "./contracts.ts";
import { can, personOf, requirePermission } from "./core/decide.ts";
import { keyIdsOf, keyPersons, teamOf } from "./store/tokens.ts";
import { userRows } from "./store/users.ts";
import type { TouchOfPartner } from "./users.ts";

const ORDER = "activity";

/**
 * One timeline of what people did. The operator's people read it with `audit.read`, everybody their own; a partner's owner reads what the own team
 * did, never what the operator did about the partner.
 * @param whole the operator's connection: the trail is closed to partners' requests, so the narrowing is done here
 */
export async function listActivity(
  ctx: Context,
  actor: Actor,
  query: ActivityQuery,
  needs: { readonly whole: Db; readonly touchOf: TouchOfPartner },
): Promise<Page<Activity>> {
  const whole = { ...ctx, db: needs.whole };
  const filter = await filterOf(whole, actor, query, needs.touchOf);
  const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
  const rows = await audit.timeline(whole, filter, { limit: query.limit + 1, after });
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  const more = rows.length > kept.length && last !== undefined;
  return {
    rows: await wired(whole, kept),
    nextCursor: more ? encodeCursor(ORDER, [last.at.toISOString(), last.source, last.number]) : null,
  };
}

async function filterOf(
  ctx: Context,
  actor: Actor,
  query: ActivityQuery,
  touchOf: TouchOfPartner,
): Promise<audit.TimelineFilter> {
  const midnight = (day: string | undefined) => (day === undefined ? undefined : new Date(`${day}T00:00:00Z`));
  const base = {
    kind: query.kind,
    subjectId: query.subjectId,
    q: query.q,
    from: midnight(query.atFrom),
    to: midnight(query.atTo),
  };
  if (actor.partnerId !== undefined) {
    const { partnerId } = actor;
    if (!can(actor, "users.read", { partnerId })) {
      const own = personOf(actor);
      return { ...base, actorIds: [own, ...(await keyIdsOf(ctx.db, [own]))] };
    }
    const team = await teamOf(ctx.db, partnerId);
    const asked = query.personId === undefined ? team : team.filter((id) => id === query.personId);
    return { ...base, partnerId, actorIds: [...asked, ...(await keyIdsOf(ctx.db, asked))] };
  }
  const { personId, partnerId } = query;
  if (personId !== personOf(actor)) {
    requirePermission(actor, "audit.read", partnerId === undefined ? {} : await touchOf(ctx, partnerId));
  }
  const actorIds = personId === undefined ? undefined : [personId, ...(await keyIdsOf(ctx.db, [personId]))];
  return { ...base, partnerId, actorIds };
}

async function wired(ctx: Context, rows: readonly audit.TimelineRow[]): Promise<Activity[]> {
  const keys = await keyPersons(
    ctx.db,
    rows.flatMap((row) => (row.actor_kind === "api_key" ? [row.actor_id] : [])),
  );
  const personOfRow = (row: audit.TimelineRow): string | null =>
    row.person_id ?? keys.get(row.actor_id) ?? (row.actor_id.startsWith("usr_") ? row.actor_id : null);
  const people = [...new Set(rows.flatMap((row) => personOfRow(row) ?? []))];
  const names = new Map((await userRows(ctx.db, people)).map((row) => [row.id, row.name]));
  return rows.map((row) => ({
    id: `${row.source === "change" ? "c" : "d"}${row.number}`,
    at: row.at.toISOString(),
    kind: row.kind as Activity["kind"],
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    personId: personOfRow(row),
    name: row.actor_name ?? names.get(personOfRow(row) ?? "") ?? audit.ERASED,
    actingFor: row.acting_for,
    partnerId: row.partner_id,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    status: row.status,
    detail: row.detail === "" ? null : row.detail,
  }));
}

function placeOf(cursor: string) {
  const [at = "", source = "", number = ""] = decodeCursor(ORDER, 3, cursor).map(String);
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,18}$/.test(number)) throw invalidCursor();
  if (source !== "change" && source !== "deed") throw invalidCursor();
  return { at: new Date(at), source, number: BigInt(number) };
}
