import type { ActorGrant, Permission, Principal } from "../contracts.ts";

/** What is a person's own to answer for is lent to nobody. */
const NEVER_LENT = /^(users|settings|audit|privacy)\.|\.(approve|reveal)$/;

/**
 * What somebody who stands in for a principal may do, in the principal's portfolio alone: see what the principal sees, and change what the principal
 * changes where the principal may not approve such changes. So no two-person rule can be met by a principal and what is done in the principal's
 * place: signatures are never lent, and the first half is lent only where the principal cannot give the second.
 */
export function lentGrant(principal: Principal, grants: readonly ActorGrant[]): ActorGrant {
  const held = new Set(grants.flatMap((grant) => [...grant.permissions]));
  const lent = [...held].filter((permission) => {
    if (NEVER_LENT.test(permission)) return false;
    const area = permission.slice(0, permission.indexOf("."));
    return permission.endsWith(".read") || !held.has(`${area}.approve` as Permission);
  });
  return {
    role: "deputy",
    permissions: new Set(lent),
    scope: { kind: "portfolio", id: principal.id },
    lentBy: principal,
  };
}
