import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  type Actor,
  type Auth,
  actorOfApiKey,
  actorOfUser,
  anonymous,
  asPartner,
  can,
  PARTNER_CLOSED,
} from "../../access/index.ts";
import type { Context, Database } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { partnerMayEnter } from "../../partners/index.ts";

export interface IdentityParts {
  readonly auth: Auth;
  readonly ctx: Context;
  readonly database: Database;
}

/** Finds out who is asking, before the body is read, and refuses what the route does not allow for them. */
export function identifyCallers(app: FastifyInstance, parts: IdentityParts): void {
  app.addHook("onRequest", async (request) => {
    const { audience, permission } = request.routeOptions.config;
    if (audience === "public") return;
    const actor = await whoAsks(request, parts);
    if (actor === undefined)
      throw new Refusal("unauthenticated", "Sign in, or send a valid API key as a bearer token.");
    if (actor.partnerId !== undefined && !(await partnerMayEnter(parts.ctx, actor.partnerId))) {
      throw new Refusal("partner_closed", PARTNER_CLOSED);
    }
    request.actor = actor;
    request.ctx =
      actor.partnerId === undefined ? parts.ctx : asPartner(parts.database.pool, parts.ctx, actor.partnerId);
    if (audience === "operator" && actor.partnerId !== undefined) {
      throw new Refusal("forbidden", "This address is for the operator's people.");
    }
    if (audience === "partner" && actor.partnerId === undefined) {
      throw new Refusal("forbidden", "This address is for partners' people.");
    }
    if (permission === undefined || permission === "signed-in" || can(actor, permission)) return;
    throw new Refusal("forbidden", `${actor.name} does not have the permission ${permission}.`);
  });
}

/** Decorates requests once, at the root: every handler finds an actor, and without a sign-in one that may do nothing. */
export function decorateRequests(app: FastifyInstance, ctx: Context): void {
  app.decorateRequest("actor");
  app.decorateRequest("ctx");
  app.addHook("onRequest", async (request) => {
    request.actor = anonymous;
    request.ctx = ctx;
  });
}

async function whoAsks(request: FastifyRequest, parts: IdentityParts): Promise<Actor | undefined> {
  const token = bearerToken(request);
  if (token !== undefined) return await actorOfApiKey(parts.ctx, token);
  if (request.headers.cookie === undefined) return undefined;
  const session = await parts.auth.api.getSession({ headers: new Headers({ cookie: request.headers.cookie }) });
  if (session === null) return undefined;
  refuseCrossSite(request);
  return await actorOfUser(parts.ctx, session.user.id);
}

function bearerToken(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header !== undefined) return /^Bearer\s+(\S+)$/i.exec(header)?.[1] ?? "";
  const key = request.headers["x-api-key"];
  return typeof key === "string" ? key : undefined;
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A cookie travels with whatever page makes the browser send it, so a change by cookie must come from our own pages. Browsers say where a request
 * comes from and pages cannot forge that; callers that are not browsers say nothing, and nobody rides on their cookies.
 */
function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const foreign =
    (site !== undefined && site !== "same-origin" && site !== "none") ||
    (origin !== undefined && !isOwn(origin, request));
  if (foreign) throw new Refusal("forbidden", "This change was asked for by another site's page.");
}

function isOwn(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
