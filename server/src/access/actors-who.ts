import type { Context } from "../database/index.ts";
import type { Actor, Permission } from "./contracts.ts";
import { can } from "./core/decide.ts";
import { actorsOfOperator } from "./identity.ts";

/** The operator's active people who hold a permission somewhere; where exactly is for `can` to say. For letters and "who may act". */
export async function actorsWho(ctx: Context, permission: Permission): Promise<readonly Actor[]> {
  return (await actorsOfOperator(ctx)).filter((actor) => can(actor, permission));
}
