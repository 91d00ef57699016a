import type { ApiKey, CreatedApiKey, NewApiKey } from "@tributary/contract";
import { NewApiKey as NewApiKeySchema } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Actor } from "./contracts.ts";
import { can } from "./core/decide.ts";
import { API_KEY_PREFIX, hashToken, type TokenSource } from "./core/tokens.ts";
import * as store from "./store/tokens.ts";
import { apiKeyWire } from "./wire.ts";

/** Makes a key that acts as the actor, with a part of the actor's permissions. The token is in the answer and nowhere else. */
export async function createApiKey(
  ctx: Context,
  actor: Actor,
  given: NewApiKey,
  tokens: TokenSource,
): Promise<CreatedApiKey> {
  const input = NewApiKeySchema.parse(given);
  if (actor.kind === "api_key" || actor.kind === "system") {
    throw new Refusal("forbidden", "Keys are made by people: sign in to make one.");
  }
  const foreign = input.permissions.find((permission) => !(actor.permissions as ReadonlySet<string>).has(permission));
  if (foreign !== undefined) throw invalid("permissions", foreign, "is not a permission that you have");
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= ctx.clock.now())
    throw invalid("expiresAt", expiresAt.toISOString(), "lies in the past");
  const token = `${API_KEY_PREFIX}${tokens.next()}`;
  return await transact(ctx, async (tx) => {
    const row: store.ApiKeyRow = {
      key_id: tx.ids.next("key"),
      user_id: actor.userId ?? actor.id,
      partner_id: actor.partnerId ?? null,
      name: input.name,
      token_hash: hashToken(token),
      token_hint: token.slice(-4),
      permissions: [...new Set(input.permissions)],
      created_at: tx.clock.now(),
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    };
    await store.insertApiKey(tx.db, row);
    const after = { name: row.name, permissions: row.permissions, expiresAt };
    await audit.record(tx, actor, { action: "access.api_key_created", ...subjectOf(row), after });
    return { ...apiKeyWire(row), token };
  });
}

/** Own keys; `all`: those of the own partner, or of the whole house, for whoever may read users there. */
export async function listApiKeys(
  ctx: Context,
  actor: Actor,
  of: "me" | "all",
  page: PageRequest,
): Promise<Page<ApiKey>> {
  const touch = actor.partnerId === undefined ? {} : { partnerId: actor.partnerId };
  if (of === "all" && !can(actor, "users.read", touch))
    throw new Refusal("forbidden", "You may list your own keys only.");
  const filter = of === "me" ? { userId: actor.userId ?? actor.id } : { partnerId: actor.partnerId };
  const { rows, nextCursor } = await store.apiKeyPage(ctx.db, filter, page);
  return { rows: rows.map(apiKeyWire), nextCursor };
}

/** Ends a key for ever. */
export async function revokeApiKey(ctx: Context, actor: Actor, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await store.apiKeyRow(tx.db, id);
    const own = row?.user_id === (actor.userId ?? actor.id);
    const foreign = actor.partnerId !== undefined && row?.partner_id !== actor.partnerId;
    if (row === undefined || foreign) throw notFound("API key", id);
    const touch = row.partner_id === null ? {} : { partnerId: row.partner_id };
    if (!own && !can(actor, "users.write", touch)) throw notFound("API key", id);
    if (row.revoked_at !== null) return;
    await store.revokeApiKey(tx.db, id, tx.clock.now());
    await audit.record(tx, actor, { action: "access.api_key_revoked", ...subjectOf(row) });
  });
}

function subjectOf(row: store.ApiKeyRow) {
  return { subjectKind: "api_key", subjectId: row.key_id, partnerId: row.partner_id };
}
