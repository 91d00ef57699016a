import type { FastifyInstance, RouteOptions } from "fastify";
import type { Audience, RouteNeed } from "../../access/index.ts";

/** A route of the API as it was registered: the tests that walk every route read this table. */
export interface ApiRoute {
  readonly method: string;
  readonly url: string;
  readonly audience: Audience;
  readonly permission: RouteNeed | undefined;
  readonly schema: RouteOptions["schema"];
}

/**
 * Notes every API route that is registered after this call, and refuses one that does not say who it is for: what was forgotten
 * must not be open by accident.
 */
export function noteRoutes(app: FastifyInstance): readonly ApiRoute[] {
  const routes: ApiRoute[] = [];
  app.addHook("onRoute", (route) => {
    const { audience, permission } = route.config ?? {};
    if (audience === undefined || (audience !== "public" && permission === undefined)) {
      throw new Error(`The route ${String(route.method)} ${route.url} does not say in its config who may use it`);
    }
    if (!/^\/(?:v1|\.well-known)\//.test(route.url)) throw new Error(`The route ${route.url} is not under /v1`);
    for (const method of [route.method].flat()) {
      if (method !== "HEAD") routes.push({ method, url: route.url, audience, permission, schema: route.schema });
    }
  });
  return routes;
}

/** Methods that an address takes; empty when there is no such address. */
export function methodsOf(routes: readonly ApiRoute[], path: string): string[] {
  const parts = path.split("/");
  const fits = (url: string): boolean => {
    const pattern = url.split("/");
    return pattern.length === parts.length && pattern.every((part, at) => part.startsWith(":") || part === parts[at]);
  };
  return [...new Set(routes.filter((route) => fits(route.url)).map((route) => route.method))].sort();
}
