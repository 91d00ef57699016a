import type { RouteNeeds } from "../procedures/index.ts";
import { firstDeposits } from "./first-deposits.ts";
import { procedureNeeds } from "./onboarding.ts";
import type { Program } from "./program.ts";

/** What procedures ask of the rest of the program, for their routes. */
export function procedureRouteNeeds({ database, analytics }: Pick<Program, "database" | "analytics">): RouteNeeds {
  return { ...procedureNeeds, whole: database.db, firstDeposits: (ctx) => firstDeposits(ctx, analytics) };
}
