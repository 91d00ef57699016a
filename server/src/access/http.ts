import type {} from "fastify";
import type { Context } from "../database/index.ts";
import type { Actor, Permission } from "./contracts.ts";

/** Who a route is for. A partner's route never answers for anybody but the caller's own partner. */
export type Audience = "operator" | "partner" | "both" | "public";

/** What the route needs: a permission, or only that somebody is signed in (own profile, own views). */
export type RouteNeed = Permission | "signed-in";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is asking; on public routes somebody without any permission. */
    actor: Actor;
    /** Database, clock and ids of this request; for a partner's person or key narrowed to that partner by row-level security. */
    ctx: Context;
    /** Set when the answer is a problem. */
    problemCode?: string;
  }
  interface FastifyContextConfig {
    permission?: RouteNeed;
    audience?: Audience;
  }
}
