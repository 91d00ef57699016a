import type { ApiKey, Grant, Invitation, RoleInScope, SavedView, User } from "@tributary/contract";
import type { ApiKeyRow, InvitationRow } from "./store/tokens.ts";
import type { GrantRow, UserRow } from "./store/users.ts";
import type { ViewRow } from "./store/views.ts";

export function grantWire(row: GrantRow): Grant {
  return {
    id: row.grant_id,
    userId: row.user_id,
    role: row.role as Grant["role"],
    scopeKind: row.scope_kind as Grant["scopeKind"],
    scopeId: row.scope_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  };
}

export function userWire(row: UserRow, grants: readonly GrantRow[]): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    partnerId: row.partner_id,
    status: row.status as User["status"],
    language: row.language,
    twoFactor: row.two_factor_enabled ?? false,
    grants: grants.filter((grant) => grant.user_id === row.id).map(grantWire),
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function invitationWire(row: InvitationRow): Invitation {
  return {
    id: row.invitation_id,
    email: row.email ?? "",
    name: row.name,
    partnerId: row.partner_id,
    grants: row.grants as RoleInScope[],
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

export function apiKeyWire(row: ApiKeyRow): ApiKey {
  return {
    id: row.key_id,
    name: row.name,
    userId: row.user_id,
    partnerId: row.partner_id,
    hint: row.token_hint,
    permissions: row.permissions,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

export function viewWire(row: ViewRow): SavedView {
  return { id: row.view_id, list: row.list, name: row.name, state: row.state, position: row.position };
}
