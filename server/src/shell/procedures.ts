import type { RouteNeeds } from "../procedures/index.ts";
import { firstDeposits } from "./first-deposits.ts";
import { procedureNeeds } from "./onboarding.ts";
import type { Program } from "./program.ts";
import { vaultFor } from "./tracking-parts.ts";

/** What procedures ask of the rest of the program, for their routes. */
export function procedureRouteNeeds(program: Pick<Program, "database" | "analytics" | "key">): RouteNeeds {
  const { database, analytics } = program;
  const vault = vaultFor(program);
  return { ...procedureNeeds, vault, whole: database.db, firstDeposits: (ctx) => firstDeposits(ctx, analytics) };
}
