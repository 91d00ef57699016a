import type { ActorGrant, Permission } from "../contracts.ts";

/** Roles that look after portfolios: in a region that only owners see, these see their own. */
const NARROWED = new Set<string>(["key_account_manager", "analyst"]);

/** Areas whose records belong to no partner, or to everybody: they stay as they are. */
const HOUSE = /^(programs|plans|users|settings|audit|reports|governance|privacy)\./;

/**
 * The grants of a person where the operator has closed regions: a role that looks after portfolios holds there for the own portfolio only. Leads
 * hold somebody's portfolio by a grant of that kind, and deputies by theirs; neither is touched. A role made by the operator is narrowed as well.
 * @param regions all regions of the house, and those of them that are closed
 */
export function narrowToOwn(
  grants: readonly ActorGrant[],
  userId: string,
  regions: { readonly all: readonly string[]; readonly closed: readonly string[] },
): ActorGrant[] {
  if (regions.closed.length === 0) return [...grants];
  const closed = new Set(regions.closed);
  return grants.flatMap((grant) => {
    const { scope } = grant;
    const narrowed = NARROWED.has(grant.role) || grant.role.startsWith("custom_");
    if (!narrowed || (scope.kind !== "everything" && scope.kind !== "region")) return [grant];
    if (scope.kind === "region" && !closed.has(scope.id)) return [grant];
    const bound = new Set([...grant.permissions].filter((one: Permission) => !HOUSE.test(one)));
    const house = new Set([...grant.permissions].filter((one) => !bound.has(one)));
    const open = scope.kind === "everything" ? regions.all.filter((id) => !closed.has(id)) : [];
    return [
      { ...grant, permissions: house },
      { ...grant, permissions: bound, scope: { kind: "portfolio", id: userId } as const },
      ...open.map((id) => ({ ...grant, permissions: bound, scope: { kind: "region", id } as const })),
    ].filter((one) => one.permissions.size > 0);
  });
}
