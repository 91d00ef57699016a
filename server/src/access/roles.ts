import type { CustomRoleChange, NewCustomRole, RoleOfHouse } from "@tributary/contract";
import { NewCustomRole as NewCustomRoleSchema } from "@tributary/contract";
import * as audit from "../audit/index.ts";
import { type Context, refuseDuplicate, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import type { Actor, CustomRole, Permission } from "./contracts.ts";
import { can, requirePermission } from "./core/decide.ts";
import { conflictsOf } from "./core/duties.ts";
import type { RoleTable } from "./core/grants.ts";
import { knownOf, operatorRoles, partnerRoles, ROLES } from "./core/permissions.ts";
import * as store from "./store/standing.ts";

/** What each role may do, those that the operator made among them; a partner's people give those of partners. */
export async function rolesOf(ctx: Context, actor: Actor): Promise<RoleTable> {
  if (actor.partnerId !== undefined) return ROLES;
  const made = await store.customRoles(ctx.db);
  return { ...ROLES, ...Object.fromEntries(made.map((row) => [row.role, knownOf(row.permissions)])) };
}

/** All roles with what they may do; a partner's people see those of partners. */
export async function listRoles(ctx: Context, actor: Actor): Promise<RoleOfHouse[]> {
  const built = (side: "operator" | "partner", roles: readonly (keyof typeof ROLES)[]) =>
    roles.map((role) => ({ role, side, custom: false, name: null, purpose: null, permissions: [...ROLES[role]] }));
  if (actor.partnerId !== undefined) return built("partner", partnerRoles).map((one) => ({ ...one, ...UNCOUNTED }));
  const holders = await store.holdersOfRoles(ctx.db);
  const made = (await store.customRoles(ctx.db)).map((row) => ({ ...roleWire(row), side: "operator" as const }));
  return [...built("operator", operatorRoles), ...made, ...built("partner", partnerRoles)].map((one) => ({
    ...one,
    revision: "revision" in one ? one.revision : null,
    holders: holders.get(one.role) ?? 0,
  }));
}

const UNCOUNTED = { holders: null, revision: null };

/**
 * Makes a role from permissions that the actor holds everywhere.
 * @throws Refusal `separation_of_duties` when it would hold both sides of what takes two people, `already_exists`, `forbidden`
 */
export async function createRole(ctx: Context, actor: Actor, given: NewCustomRole): Promise<RoleOfHouse> {
  const input = NewCustomRoleSchema.parse(given);
  requirePermission(actor, "users.write", {});
  const permissions = checkedPermissions(actor, input.permissions);
  return await transact(ctx, async (tx) => {
    const row: store.CustomRoleRow = {
      role: input.role,
      name: input.name,
      purpose: input.purpose,
      permissions,
      created_by: actor.id,
      created_at: tx.clock.now(),
      revision: 1,
    };
    await refuseDuplicate("role", input.role, () => store.insertCustomRole(tx.db, row));
    await note(tx, actor, "access.role_made", row.role, undefined, input);
    return { ...roleWire(row), side: "operator", holders: 0 };
  });
}

export async function changeRole(
  ctx: Context,
  actor: Actor,
  role: string,
  change: CustomRoleChange,
): Promise<RoleOfHouse> {
  requirePermission(actor, "users.write", {});
  return await transact(ctx, async (tx) => {
    const row = await existing(tx, role);
    const permissions =
      change.permissions === undefined ? row.permissions : checkedPermissions(actor, change.permissions);
    const after = { name: change.name ?? row.name, purpose: change.purpose ?? row.purpose, permissions };
    const saved = await store.updateCustomRole(tx.db, role, change.revision, after);
    if (saved === undefined) throw changedMeanwhile("role", change.revision);
    const before = { name: row.name, purpose: row.purpose, permissions: row.permissions };
    await note(tx, actor, "access.role_changed", role, before, after);
    const holders = (await store.holdersOfRoles(tx.db)).get(role) ?? 0;
    return { ...roleWire(saved), side: "operator", holders };
  });
}

/** @throws Refusal `wrong_state` while somebody holds it */
export async function removeRole(ctx: Context, actor: Actor, role: string): Promise<void> {
  requirePermission(actor, "users.write", {});
  await transact(ctx, async (tx) => {
    const row = await existing(tx, role);
    const holders = (await store.holdersOfRoles(tx.db)).get(role) ?? 0;
    if (holders > 0)
      throw new Refusal("wrong_state", `${row.name} is held by ${holders} people: take it from them first.`);
    await store.deleteCustomRole(tx.db, role);
    await note(tx, actor, "access.role_unmade", role, roleWire(row), undefined);
  });
}

/** Nobody makes a role that may do more than they themselves, nor one that gets around two people. */
function checkedPermissions(actor: Actor, wanted: readonly string[]): Permission[] {
  const known = knownOf(wanted);
  const unknown = wanted.find((permission) => !known.includes(permission as Permission));
  if (unknown !== undefined) throw invalid("permissions", unknown, "is not a permission");
  const foreign = known.find((permission) => !can(actor, permission, {}));
  if (foreign !== undefined) throw invalid("permissions", foreign, "is not a permission that you hold everywhere");
  const duty = conflictsOf(known).find((one) => one.weight === "never");
  if (duty !== undefined) {
    const both = `${duty.one} and ${duty.other}`;
    throw new Refusal("separation_of_duties", `${both} belong to two people: no role may hold both.`, [
      { field: "permissions", value: both, message: "belong to two people" },
    ]);
  }
  return [...known];
}

async function existing(tx: Context, role: string): Promise<store.CustomRoleRow> {
  const row = await store.customRole(tx.db, role);
  if (row === undefined) throw notFound("role", role);
  return row;
}

async function note(tx: Context, actor: Actor, action: string, role: string, before: unknown, after: unknown) {
  await audit.record(tx, actor, { action, subjectKind: "role", subjectId: role, before, after });
}

function roleWire(row: store.CustomRoleRow) {
  const { name, purpose, permissions, revision } = row;
  return { role: row.role as CustomRole, custom: true, name, purpose, permissions, revision };
}
