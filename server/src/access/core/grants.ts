import type { RoleInScope } from "@tributary/contract";
import type { Complaint } from "../../kernel/refusal.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid } from "../../kernel/refusals.ts";
import type { Actor, ActorGrant, Permission, Role, Scope, Touch } from "../contracts.ts";
import { can } from "./decide.ts";

/** A grant as it is stored. */
export interface StoredGrant {
  readonly role: string;
  readonly scope_kind: string;
  readonly scope_id: string | null;
}

/** What each role may do, those that the operator made among them. */
export type RoleTable = Readonly<Record<string, readonly Permission[]>>;

/**
 * Turns stored grants into what an actor carries. A partner's person only ever acts for the own partner, whatever the rows say; roles that
 * this version does not know give nothing.
 */
export function actorGrants(rows: readonly StoredGrant[], roles: RoleTable, partnerId: string | null): ActorGrant[] {
  return rows.flatMap((row) => {
    const permissions = Object.hasOwn(roles, row.role) ? roles[row.role] : undefined;
    if (permissions === undefined || isPartnerRole(row.role) !== (partnerId !== null)) return [];
    const scope: Scope = partnerId === null ? scopeOf(row) : { kind: "partner", id: partnerId };
    return [{ role: row.role as Role, permissions: new Set(permissions), scope }];
  });
}

function scopeOf(row: StoredGrant): Scope {
  if (row.scope_kind === "everything" || row.scope_id === null) {
    return row.scope_kind === "everything" ? { kind: "everything" } : { kind: "partner", id: "" };
  }
  return { kind: row.scope_kind as "region", id: row.scope_id };
}

export function isPartnerRole(role: string): boolean {
  return role.startsWith("partner_") && role !== "partner_operations";
}

/** The grants that are left when only these permissions may be used: what an API key gets of its person. */
export function narrowGrants(grants: readonly ActorGrant[], permissions: readonly string[]): ActorGrant[] {
  const kept = new Set(permissions);
  return grants
    .map((grant) => ({ ...grant, permissions: new Set([...grant.permissions].filter((one) => kept.has(one))) }))
    .filter((grant) => grant.permissions.size > 0);
}

export function allPermissions(grants: readonly ActorGrant[]): ReadonlySet<Permission> {
  return new Set(grants.flatMap((grant) => [...grant.permissions]));
}

/**
 * May the actor hand out these roles? Nobody gives what they do not hold themselves in that place; partner roles go with partner people only,
 * and are given by the partner's owner or by whoever of the operator may change that partner.
 * @param partner what the partner of a partner's person touches; null for the operator's people
 * @throws Refusal `invalid_input` or `forbidden`
 */
export function checkGrants(
  actor: Actor,
  wanted: readonly RoleInScope[],
  roles: RoleTable,
  partner: Touch | null,
): void {
  for (const grant of wanted) {
    const complaint = shapeComplaint(grant, partner?.partnerId ?? null);
    if (!Object.hasOwn(roles, grant.role)) throw invalid("grants.role", grant.role, "is not a role");
    if (complaint !== null) throw new Refusal("invalid_input", `${complaint.field} ${complaint.message}.`, [complaint]);
    if (!mayGive(actor, grant, roles, partner)) {
      throw new Refusal(
        "forbidden",
        `You cannot give the role ${grant.role} here: you do not hold all of its permissions in this scope.`,
      );
    }
  }
}

function mayGive(actor: Actor, grant: RoleInScope, roles: RoleTable, partner: Touch | null): boolean {
  if (partner !== null && actor.partnerId === undefined) {
    return can(actor, "partners.write", partner) || can(actor, "users.write", partner);
  }
  const touch = partner ?? touchOf(grant);
  return (
    can(actor, "users.write", touch) && (roles[grant.role] ?? []).every((permission) => can(actor, permission, touch))
  );
}

function shapeComplaint(grant: RoleInScope, partnerId: string | null): Complaint | null {
  if (isPartnerRole(grant.role) !== (partnerId !== null)) {
    const message = partnerId === null ? "is for a partner's people" : "is for the operator's people";
    return { field: "grants.role", value: grant.role, message };
  }
  const wantsId = grant.scopeKind !== "everything";
  if (partnerId !== null && (grant.scopeKind !== "partner" || (grant.scopeId ?? partnerId) !== partnerId)) {
    return { field: "grants.scopeKind", value: grant.scopeKind, message: "must be the own partner" };
  }
  if (partnerId === null && wantsId !== (grant.scopeId !== null)) {
    const message = wantsId ? "is needed for this scope" : "must be null for everything";
    return { field: "grants.scopeId", value: String(grant.scopeId), message };
  }
  return null;
}

function touchOf(grant: RoleInScope): Touch {
  if (grant.scopeKind === "region") return { regionId: grant.scopeId };
  if (grant.scopeKind === "program") return { programId: grant.scopeId };
  if (grant.scopeKind === "portfolio") return { ownerUserId: grant.scopeId };
  if (grant.scopeKind === "partner") return { partnerId: grant.scopeId };
  return {};
}
