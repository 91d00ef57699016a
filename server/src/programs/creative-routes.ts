import type { Readable } from "node:stream";
import {
  Creative,
  CreativeChange,
  CreativeDecision,
  CreativePage,
  CreativeQuery,
  NewCreative,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { takeBodyAsFile } from "../access/index.ts";
import { wirePage } from "../database/index.ts";
import {
  attachCreativeFile,
  type CreativeNeeds,
  changeCreative,
  createCreative,
  decideCreative,
  listCreatives,
  openCreativeFile,
} from "./creatives.ts";

const READ = { permission: "programs.read", audience: "both" } as const;
const WRITE = { permission: "programs.write", audience: "operator" } as const;
const DECIDE = { permission: "compliance.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["creatives"];

/** What offers are promoted with. */
export function creativeRoutes(needs: CreativeNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/creatives",
      {
        config: READ,
        schema: {
          tags,
          summary: "Creatives; a partner sees those that it may use today",
          querystring: CreativeQuery,
          response: { 200: CreativePage },
        },
      },
      async ({ ctx, actor, query }) => wirePage(await listCreatives(ctx, actor, query, needs)),
    );
    app.post(
      "/v1/creatives",
      {
        config: WRITE,
        schema: { tags, summary: "Propose a creative for an offer", body: NewCreative, response: { 201: Creative } },
      },
      async ({ ctx, actor, body }, reply) => reply.code(201).send(await createCreative(ctx, actor, body, needs)),
    );
    app.patch(
      "/v1/creatives/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change a creative; it waits for the second person again",
          params: ById,
          body: CreativeChange,
          response: { 200: Creative },
        },
      },
      ({ ctx, actor, params, body }) => changeCreative(ctx, actor, params.id, body, needs),
    );
    app.post(
      "/v1/creatives/:id/decision",
      {
        config: DECIDE,
        schema: {
          tags,
          summary: "Approve or reject a creative that somebody else proposed, or take an approved one back",
          params: ById,
          body: CreativeDecision,
          response: { 200: Creative },
        },
      },
      ({ ctx, actor, params, body }) => decideCreative(ctx, actor, params.id, body, needs),
    );
    await app.register(files(needs));
  };
}

const files =
  (needs: CreativeNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    takeBodyAsFile(app);
    app.get(
      "/v1/creatives/:id/file",
      { config: READ, schema: { tags, summary: "The file of a creative", params: ById } },
      async ({ ctx, actor, params }, reply) => {
        const { name, media_type: type, bytes } = await openCreativeFile(ctx, actor, params.id);
        return reply
          .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
          .header("x-content-type-options", "nosniff")
          .type(type)
          .send(bytes);
      },
    );
    app.post(
      "/v1/creatives/:id/file",
      {
        config: WRITE,
        bodyLimit: 5 * 1024 * 1024,
        schema: {
          tags,
          summary: "Put a file to a creative; the body is the file",
          params: ById,
          querystring: z.object({ name: z.string().trim().min(1).max(200) }),
          response: { 200: Creative },
        },
      },
      ({ ctx, actor, params, query, body }) =>
        attachCreativeFile(ctx, actor, params.id, { name: query.name, bytes: body as unknown as Readable }, needs),
    );
  };
