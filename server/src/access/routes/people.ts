import {
  Grant,
  GrantQuery,
  NewGrant,
  OneTimeLink,
  pageOf,
  User,
  UserChange,
  UserPage,
  UserQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../../database/index.ts";
import {
  addGrant,
  changeUser,
  getUser,
  listGrants,
  listUsers,
  removeGrant,
  resetLink,
  resetSecondFactor,
} from "../users.ts";
import { type AccessParts, handOver, touchOfPartner } from "./parts.ts";

const Id = z.object({ id: z.string() });
// People of partners may be seen and cared for by whoever looks after the partner; the service decides, with the record at hand.
const SIGNED_IN = { permission: "signed-in", audience: "both" } as const;
const tags = ["people"];

export function peopleRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(userRoutes(parts));
    await app.register(grantRoutes(parts));
  };
}

function userRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const touchOf = touchOfPartner(parts);
  return async (app) => {
    app.get(
      "/v1/users",
      { config: SIGNED_IN, schema: { tags, summary: "People", querystring: UserQuery, response: { 200: UserPage } } },
      async (request) => wirePage(await listUsers(request.ctx, request.actor, request.query, touchOf)),
    );
    app.get(
      "/v1/users/:id",
      { config: SIGNED_IN, schema: { tags, summary: "One person", params: Id, response: { 200: User } } },
      (request) => getUser(request.ctx, request.actor, request.params.id, touchOf),
    );
    app.patch(
      "/v1/users/:id",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Change or disable a person", params: Id, body: UserChange, response: { 200: User } },
      },
      (request) => changeUser(request.ctx, request.actor, request.params.id, request.body, touchOf),
    );
    app.post(
      "/v1/users/:id/reset-link",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Link for a new password", params: Id, response: { 201: OneTimeLink } },
      },
      async (request, reply) => {
        const token = await resetLink(request.ctx, request.actor, request.params.id, touchOf, parts.tokens);
        const to = { email: token.email, forPartner: token.forPartner, occasion: "Set a new Tributary password" };
        return reply.code(201).send(await handOver(parts, to, token));
      },
    );
    app.post(
      "/v1/users/:id/reset-second-factor",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Remove a lost second factor", params: Id, response: { 204: z.null() } },
      },
      async (request, reply) => {
        await resetSecondFactor(request.ctx, request.actor, request.params.id, touchOf);
        return reply.code(204).send(null);
      },
    );
  };
}

function grantRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const touchOf = touchOfPartner(parts);
  return async (app) => {
    app.get(
      "/v1/grants",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Roles of a person", querystring: GrantQuery, response: { 200: pageOf(Grant) } },
      },
      async (request) => ({
        data: await listGrants(request.ctx, request.actor, request.query.userId, touchOf),
        nextCursor: null,
      }),
    );
    app.post(
      "/v1/grants",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Give a role within a scope", body: NewGrant, response: { 201: Grant } },
      },
      async (request, reply) => {
        const { userId, ...grant } = request.body;
        return reply.code(201).send(await addGrant(request.ctx, request.actor, userId, grant, touchOf));
      },
    );
    app.delete(
      "/v1/grants/:id",
      { config: SIGNED_IN, schema: { tags, summary: "Take a role away", params: Id, response: { 204: z.null() } } },
      async (request, reply) => {
        await removeGrant(request.ctx, request.actor, request.params.id, touchOf);
        return reply.code(204).send(null);
      },
    );
  };
}
