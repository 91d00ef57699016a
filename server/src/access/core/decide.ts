import { Refusal } from "../../kernel/refusal.ts";
import type { Actor, Permission, Reach, RecordReach, Scope, Touch } from "../contracts.ts";

/**
 * May the actor do this to what it touches? Without `touch` the question is only whether it may do so anywhere at all,
 * which is enough to open a list, never enough to show or change a record.
 */
export function can(actor: Actor, permission: Permission, touch?: Touch): boolean {
  if (!actor.permissions.has(permission)) return false;
  if (touch === undefined) return true;
  if (actor.partnerId !== undefined && touch.partnerId !== actor.partnerId) return false;
  if (signsForPrincipal(actor, permission, touch)) return false;
  return actor.grants.some((grant) => grant.permissions.has(permission) && holds(grant.scope, touch));
}

/**
 * Whoever stands in for somebody signs nothing in that portfolio meanwhile, by no right of any kind: else the two of a two-person rule could be a
 * principal and the one who acts in the principal's place.
 */
export function signsForPrincipal(actor: Actor, permission: Permission, touch: Touch): boolean {
  if (actor.deputyFor === undefined || !permission.endsWith(".approve")) return false;
  return actor.deputyFor.some((principal) => principal.id === touch.ownerUserId);
}

export function holds(scope: Scope, touch: Touch): boolean {
  if (scope.kind === "everything") return true;
  if (scope.kind === "region") return touch.regionId === scope.id;
  if (scope.kind === "program") return touch.programId === scope.id;
  if (scope.kind === "portfolio") return touch.ownerUserId === scope.id;
  return touch.partnerId === scope.id;
}

/** @throws Refusal `forbidden` when {@link can} says no */
export function requirePermission(actor: Actor, permission: Permission, touch?: Touch): void {
  if (can(actor, permission, touch)) {
    if (touch !== undefined) noteActing(actor, permission, touch);
    return;
  }
  const where = actor.permissions.has(permission) ? " for this record" : "";
  throw new Refusal("forbidden", `${actor.name || actor.id} does not have the permission ${permission}${where}.`);
}

/** Notes in whose place a deputy acts: only when no grant of the deputy's own would do. */
function noteActing(actor: Actor, permission: Permission, touch: Touch): void {
  if (actor.acting === undefined) return;
  const grants = actor.grants.filter((grant) => grant.permissions.has(permission) && holds(grant.scope, touch));
  const lent = grants.every((grant) => grant.lentBy !== undefined) ? grants[0]?.lentBy : undefined;
  if (lent !== undefined) actor.acting.principal = lent;
}

/** Where the permission holds for this actor. An actor without it gets an empty reach, so a forgotten check shows nothing. */
export function reach(actor: Actor, permission: Permission): Reach {
  const scopes = actor.grants.filter((grant) => grant.permissions.has(permission)).map((grant) => grant.scope);
  if (actor.partnerId !== undefined) {
    const partnerIds = scopes.length > 0 ? [actor.partnerId] : [];
    return { everything: false, regionIds: [], programIds: [], ownerUserIds: [], partnerIds };
  }
  if (scopes.some((scope) => scope.kind === "everything")) return { everything: true };
  const idsOf = (kind: Scope["kind"]): string[] => [
    ...new Set(scopes.flatMap((scope) => (scope.kind === kind && "id" in scope ? [scope.id] : []))),
  ];
  return {
    everything: false,
    regionIds: idsOf("region"),
    programIds: idsOf("program"),
    ownerUserIds: idsOf("portfolio"),
    partnerIds: idsOf("partner"),
  };
}

/** Is a record of this partner and program inside a resolved reach? */
export function isWithin(
  within: RecordReach,
  record: { readonly partnerId?: string | null; readonly programId?: string | null },
): boolean {
  if (within.everything) return true;
  if (record.partnerId != null && within.partnerIds.includes(record.partnerId)) return true;
  return record.programId != null && within.programIds.includes(record.programId);
}

/** The person who answers for what this actor does: two-person rules compare these. */
export function personOf(actor: Actor): string {
  return actor.userId ?? actor.id;
}
