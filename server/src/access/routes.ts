import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { auditRoutes } from "./routes/audit.ts";
import { controlRoutes } from "./routes/control.ts";
import { keyRoutes } from "./routes/keys.ts";
import { linkRoutes } from "./routes/links.ts";
import { meRoutes } from "./routes/me.ts";
import type { AccessParts } from "./routes/parts.ts";
import { peopleRoutes } from "./routes/people.ts";

export type { AccessParts } from "./routes/parts.ts";

/** People, roles, keys, one-time links, own profile and views, and the audit trail. */
export function accessRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(meRoutes(parts));
    await app.register(peopleRoutes(parts));
    await app.register(linkRoutes(parts));
    await app.register(keyRoutes(parts));
    await app.register(controlRoutes(parts));
    await app.register(auditRoutes(parts));
  };
}
