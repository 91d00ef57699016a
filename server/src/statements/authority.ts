import { type Actor, can, isWithin, type Permission } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { partnersByIds, reachOf } from "../partners/index.ts";
import type { RefusedStatement } from "./contracts.ts";
import type { StatementRow } from "./store/statements.ts";

/** Statements on which the actor may do something, and why not on the others; what it may not see does not exist for it. */
export async function allowed(
  ctx: Context,
  actor: Actor,
  permission: Permission,
  ids: readonly string[],
  rows: readonly StatementRow[],
): Promise<{ readonly rows: readonly StatementRow[]; readonly refused: readonly RefusedStatement[] }> {
  const within = await reachOf(ctx, actor, "statements.read");
  const seen = can(actor, "statements.read")
    ? rows.filter((row) => isWithin(within, { partnerId: row.partner_id }))
    : [];
  const known = new Set(seen.map((row) => row.statement_id));
  const partners = await partnersByIds(ctx.db, [...new Set(seen.map((row) => row.partner_id))]);
  const touchOf = new Map(
    partners.map(({ partnerId, regionId, ownerUserId }) => [partnerId, { partnerId, regionId, ownerUserId }]),
  );
  const may = (row: StatementRow) =>
    can(actor, permission, touchOf.get(row.partner_id) ?? { partnerId: row.partner_id });
  const missing = ids.filter((id) => !known.has(id));
  return {
    rows: seen.filter(may),
    refused: [
      ...missing.map((id) => ({
        id,
        code: "not_found" as const,
        detail: `There is no statement ${id} that you may see.`,
      })),
      ...seen
        .filter((row) => !may(row))
        .map((row) => ({
          id: row.statement_id,
          code: "forbidden" as const,
          detail: `${actor.name || actor.id} does not have the permission ${permission} for this record.`,
        })),
    ],
  };
}
