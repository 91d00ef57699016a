import { NewSmartLink, SmartLink, SmartLinkChange, SmartLinkPage, SmartLinkQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { changeSmartLink, createSmartLink, getSmartLink, listSmartLinks } from "./service.ts";

const READ = { permission: "links.read", audience: "both" } as const;
const WRITE = { permission: "links.write", audience: "operator" } as const;
const ById = z.object({ id: z.string() });

/** Choices between several offers, for which links of partners may stand. */
export const smartLinksRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["smart links"];
  app.get(
    "/v1/smart-links",
    {
      config: READ,
      schema: { tags, summary: "List smart links", querystring: SmartLinkQuery, response: { 200: SmartLinkPage } },
    },
    async (request) => wirePage(await listSmartLinks(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/smart-links",
    {
      config: WRITE,
      schema: { tags, summary: "Make a smart link", body: NewSmartLink, response: { 201: SmartLink } },
    },
    async (request, reply) => reply.code(201).send(await createSmartLink(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/smart-links/:id",
    {
      config: READ,
      schema: {
        tags,
        summary: "Read a smart link, with what its offers earn per click",
        params: ById,
        response: { 200: SmartLink },
      },
    },
    (request) => getSmartLink(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/smart-links/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change, pause or archive a smart link",
        params: ById,
        body: SmartLinkChange,
        response: { 200: SmartLink },
      },
    },
    (request) => changeSmartLink(request.ctx, request.actor, request.params.id, request.body),
  );
};
