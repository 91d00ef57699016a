import type { Actor, ActorGrant, Permission, Touch } from "../contracts.ts";
import { holds, signsForPrincipal } from "./decide.ts";

/** The grant that allows something, or why nothing does. */
export type Verdict =
  | { readonly allowed: true; readonly grant: ActorGrant }
  | { readonly allowed: false; readonly why: "no_grant" | "elsewhere" | "deputy_signs" | "foreign_partner" };

/** Says what {@link can} decides, and by what: the own grants before lent ones. */
export function explain(actor: Actor, permission: Permission, touch: Touch): Verdict {
  const giving = actor.grants.filter((grant) => grant.permissions.has(permission));
  if (giving.length === 0) return { allowed: false, why: "no_grant" };
  if (actor.partnerId !== undefined && touch.partnerId !== actor.partnerId)
    return { allowed: false, why: "foreign_partner" };
  if (signsForPrincipal(actor, permission, touch)) return { allowed: false, why: "deputy_signs" };
  const fitting = giving.filter((grant) => holds(grant.scope, touch));
  const grant = fitting.find((one) => one.lentBy === undefined) ?? fitting[0];
  return grant === undefined ? { allowed: false, why: "elsewhere" } : { allowed: true, grant };
}
