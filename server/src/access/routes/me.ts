import { Me, MeChange, NewSavedView, SavedView, SavedViewChange, SavedViewList } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Context } from "../../database/index.ts";
import type { Actor } from "../contracts.ts";
import { changeView, createView, listViews, removeView } from "../saved-views.ts";
import { changeMe, whoAmI } from "../users.ts";
import type { AccessParts } from "./parts.ts";

const OWN = { permission: "signed-in", audience: "both" } as const;
const Id = z.object({ id: z.string() });

export function meRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const me = async (ctx: Context, actor: Actor): Promise<Me> => {
    const id = actor.partnerId;
    const partner = id === undefined ? undefined : await parts.partner(ctx, id);
    return await whoAmI(ctx, actor, id === undefined || partner === undefined ? null : { id, name: partner.name });
  };
  return async (app) => {
    app.get(
      "/v1/me",
      { config: OWN, schema: { tags: ["me"], summary: "Who is asking, and what they may do", response: { 200: Me } } },
      (request) => me(request.ctx, request.actor),
    );
    app.patch(
      "/v1/me",
      {
        config: OWN,
        schema: { tags: ["me"], summary: "Change own name and language", body: MeChange, response: { 200: Me } },
      },
      async (request) => {
        await changeMe(request.ctx, request.actor, request.body);
        return await me(request.ctx, { ...request.actor, name: request.body.name ?? request.actor.name });
      },
    );
    await app.register(viewRoutes);
  };
}

const viewRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["me"];
  const querystring = z.object({ list: z.string().max(60).optional() });
  app.get(
    "/v1/saved-views",
    { config: OWN, schema: { tags, summary: "Own saved views", querystring, response: { 200: SavedViewList } } },
    async (request) => ({ data: await listViews(request.ctx, request.actor, request.query.list) }),
  );
  app.post(
    "/v1/saved-views",
    { config: OWN, schema: { tags, summary: "Save a view", body: NewSavedView, response: { 201: SavedView } } },
    async (request, reply) => reply.code(201).send(await createView(request.ctx, request.actor, request.body)),
  );
  app.patch(
    "/v1/saved-views/:id",
    {
      config: OWN,
      schema: { tags, summary: "Change a view", params: Id, body: SavedViewChange, response: { 200: SavedView } },
    },
    (request) => changeView(request.ctx, request.actor, request.params.id, request.body),
  );
  app.delete(
    "/v1/saved-views/:id",
    { config: OWN, schema: { tags, summary: "Remove a view", params: Id, response: { 204: z.null() } } },
    async (request, reply) => {
      await removeView(request.ctx, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
};
