import { ApiKeyPage, ApiKeyQuery, CreatedApiKey, NewApiKey } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../../database/index.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../api-keys.ts";
import type { AccessParts } from "./parts.ts";

const OWN = { permission: "signed-in", audience: "both" } as const;
const tags = ["API keys"];

export function keyRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/api-keys",
      { config: OWN, schema: { tags, summary: "API keys", querystring: ApiKeyQuery, response: { 200: ApiKeyPage } } },
      async (request) => wirePage(await listApiKeys(request.ctx, request.actor, request.query.of, request.query)),
    );
    app.post(
      "/v1/api-keys",
      {
        config: OWN,
        schema: {
          tags,
          summary: "Make a key; its token is shown once",
          body: NewApiKey,
          response: { 201: CreatedApiKey },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await createApiKey(request.ctx, request.actor, request.body, parts.tokens)),
    );
    app.delete(
      "/v1/api-keys/:id",
      {
        config: OWN,
        schema: { tags, summary: "End a key", params: z.object({ id: z.string() }), response: { 204: z.null() } },
      },
      async (request, reply) => {
        await revokeApiKey(request.ctx, request.actor, request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}
