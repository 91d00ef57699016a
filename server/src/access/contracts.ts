import type { Permission, Role } from "./core/permissions.ts";

export type { CustomRole, OperatorRole, PartnerRole, Permission, Role } from "./core/permissions.ts";

/** Where a role holds: everywhere, or in one region, one program, one person's portfolio, or for one partner. */
export type Scope =
  | { readonly kind: "everything" }
  | { readonly kind: "region"; readonly id: string }
  | { readonly kind: "program"; readonly id: string }
  | { readonly kind: "portfolio"; readonly id: string }
  | { readonly kind: "partner"; readonly id: string };

/** A role within a scope, with the permissions that it gives there. */
export interface ActorGrant {
  readonly role: Role | "system" | "api_key" | "deputy";
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
  /** Set on what a deputy holds only because somebody is away: whose it is. */
  readonly lentBy?: Principal;
}

/** Somebody in whose place a deputy acts for a time. */
export interface Principal {
  readonly id: string;
  readonly name: string;
}

/** Who is asking. */
export interface Actor {
  readonly kind: "user" | "partner_user" | "api_key" | "system";
  /** `usr_…`, `key_…`, or the name of the part of the program that acts by itself. */
  readonly id: string;
  readonly name: string;
  /** All permissions of all grants; where each of them holds is for `can` and `reach` to say. */
  readonly permissions: ReadonlySet<Permission>;
  readonly grants: readonly ActorGrant[];
  /** Set for whoever acts for a partner: never sees or touches anything of another one. */
  readonly partnerId?: string;
  /** The person behind an API key; two-person rules compare people, not keys. */
  readonly userId?: string;
  /** Those in whose place this person stands today. */
  readonly deputyFor?: readonly Principal[];
  /** Filled by `requirePermission` when nothing but a deputy's grant allows what is done: the trail names the principal. */
  readonly acting?: { principal?: Principal };
}

/**
 * What an action touches. Every property that is known should be given: a grant within a region, say, holds only
 * where the region is named. A thing that touches nothing in particular (`{}`) needs a grant on everything.
 */
export interface Touch {
  readonly regionId?: string | null | undefined;
  readonly programId?: string | null | undefined;
  readonly ownerUserId?: string | null | undefined;
  readonly partnerId?: string | null | undefined;
}

/** Where a permission holds, folded from all grants: what a list has to be narrowed to. */
export type Reach =
  | { readonly everything: true }
  | {
      readonly everything: false;
      readonly regionIds: readonly string[];
      readonly programIds: readonly string[];
      readonly ownerUserIds: readonly string[];
      readonly partnerIds: readonly string[];
    };

/** A reach resolved to what business records carry: a record is visible when its partner or its program is named. */
export type RecordReach =
  | { readonly everything: true }
  | { readonly everything: false; readonly partnerIds: readonly string[]; readonly programIds: readonly string[] };
