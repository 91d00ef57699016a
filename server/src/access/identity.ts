import type { Context } from "../database/index.ts";
import type { Actor } from "./contracts.ts";
import { narrowToOwn } from "./core/closed-regions.ts";
import { lentGrant } from "./core/deputies.ts";
import { actorGrants, allPermissions, narrowGrants, type RoleTable } from "./core/grants.ts";
import { knownOf, ROLES } from "./core/permissions.ts";
import { API_KEY_PREFIX, hashToken } from "./core/tokens.ts";
import { type GrantOfPerson, operatorStandings, type Standing, standingOf } from "./store/standing.ts";
import { apiKeyByHash, touchApiKey } from "./store/tokens.ts";

/** The actor behind a signed-in person; undefined when the person is disabled or gone. */
export async function actorOfUser(ctx: Context, userId: string): Promise<Actor | undefined> {
  const person = await standingOf(ctx.db, userId, ctx.clock.now());
  return person === undefined || person.status !== "active" ? undefined : personActor(person);
}

/**
 * The actor behind an API key: the person who made it, with the part of the person's present permissions that the key names. So a key never
 * outlives a role that was taken away, nor a person who was disabled.
 */
export async function actorOfApiKey(ctx: Context, token: string): Promise<Actor | undefined> {
  if (!token.startsWith(API_KEY_PREFIX)) return undefined;
  const key = await apiKeyByHash(ctx.db, hashToken(token));
  const now = ctx.clock.now();
  if (key === undefined || key.revoked_at !== null) return undefined;
  if (key.expires_at !== null && key.expires_at <= now) return undefined;
  const person = await actorOfUser(ctx, key.user_id);
  if (person === undefined || (person.partnerId ?? null) !== key.partner_id) return undefined;
  await touchApiKey(ctx.db, key.key_id, now);
  const grants = narrowGrants(person.grants, key.permissions);
  const name = `${key.name} (${person.name})`;
  return {
    ...person,
    kind: "api_key",
    id: key.key_id,
    name,
    grants,
    permissions: allPermissions(grants),
    userId: key.user_id,
  };
}

/** Everybody of the operator who is active. */
export async function actorsOfOperator(ctx: Context): Promise<readonly Actor[]> {
  return (await operatorStandings(ctx.db, ctx.clock.now())).map(personActor);
}

/** What a person may do today: by the own roles, narrowed where regions are closed, and in the place of whoever is away. */
function personActor(person: Standing): Actor {
  const held = (rows: readonly GrantOfPerson[], of: string) =>
    narrowToOwn(actorGrants(rows, withCustomRoles(rows), person.partner_id), of, {
      all: person.regions,
      closed: person.closed_regions,
    });
  const principals = person.partner_id === null ? person.principals : [];
  const lent = principals.map((one) => lentGrant({ id: one.id, name: one.name }, held(one.grants, one.id)));
  const grants = [...held(person.grants, person.id), ...lent];
  const { id, name } = person;
  const base = { id, name, permissions: allPermissions(grants), grants, userId: id };
  if (person.partner_id !== null) return { ...base, kind: "partner_user", partnerId: person.partner_id };
  if (lent.length === 0) return { ...base, kind: "user" };
  const deputyFor = principals.map((one) => ({ id: one.id, name: one.name }));
  return { ...base, kind: "user", deputyFor, acting: {} };
}

/** The roles of the house and those of these rows that the operator made. */
function withCustomRoles(rows: readonly GrantOfPerson[]): RoleTable {
  const made = rows.filter((row) => row.permissions !== null).map((row) => [row.role, knownOf(row.permissions ?? [])]);
  return { ...ROLES, ...Object.fromEntries(made) };
}
