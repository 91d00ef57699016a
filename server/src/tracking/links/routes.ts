import {
  EventSource,
  EventSourceChange,
  EventSourceKeys,
  EventSourcePage,
  EventSourceQuery,
  NewEventSource,
  NewReferralCode,
  NewTrackingLink,
  ReferralCode,
  ReferralCodeChange,
  ReferralCodePage,
  ReferralCodeQuery,
  TrackingLink,
  TrackingLinkChange,
  TrackingLinkPage,
  TrackingLinkQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { sourceDialectsRoute } from "../dialects/routes.ts";
import { bulkRoutes } from "./bulk-routes.ts";
import { changeCode, createCode, getCode, listCodes } from "./codes.ts";
import { changeLink, createLink, getLink, type LinkNeeds, listLinks } from "./service.ts";
import { changeKeys, changeSource, createSource, getSource, listSources, type SourceNeeds } from "./sources.ts";

const READ = { permission: "links.read", audience: "both" } as const;
const WRITE = { permission: "links.write", audience: "both" } as const;
const WRITE_CODES = { permission: "links.write", audience: "operator" } as const;
const READ_SOURCES = { permission: "events.read", audience: "operator" } as const;
const WRITE_SOURCES = { permission: "events.write", audience: "operator" } as const;
const ById = z.object({ id: z.string() });

/** Tracking links, referral codes and the systems that may send events. */
export function linksRoutes(needs: LinkNeeds & SourceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(links(needs));
    await app.register(bulkRoutes(needs));
    await app.register(codes);
    await app.register(sources(needs));
    await app.register(sourceDialectsRoute);
  };
}

function links(needs: LinkNeeds): FastifyPluginAsyncZod {
  const tags = ["links"];
  return async (app) => {
    app.get(
      "/v1/links",
      {
        config: READ,
        schema: {
          tags,
          summary: "List tracking links",
          querystring: TrackingLinkQuery,
          response: { 200: TrackingLinkPage },
        },
      },
      (request) => listLinks(request.ctx, request.actor, request.query, needs),
    );
    app.post(
      "/v1/links",
      {
        config: WRITE,
        schema: { tags, summary: "Make a tracking link", body: NewTrackingLink, response: { 201: TrackingLink } },
      },
      async (request, reply) => {
        reply.code(201);
        return await createLink(request.ctx, request.actor, request.body, needs);
      },
    );
    app.get(
      "/v1/links/:id",
      {
        config: READ,
        schema: { tags, summary: "Read a tracking link", params: ById, response: { 200: TrackingLink } },
      },
      (request) => getLink(request.ctx, request.actor, request.params.id, needs),
    );
    app.patch(
      "/v1/links/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change, pause or archive a tracking link",
          params: ById,
          body: TrackingLinkChange,
          response: { 200: TrackingLink },
        },
      },
      (request) => changeLink(request.ctx, request.actor, request.params.id, request.body, needs),
    );
  };
}

const codes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["codes"];
  app.get(
    "/v1/codes",
    {
      config: READ,
      schema: {
        tags,
        summary: "List referral codes",
        querystring: ReferralCodeQuery,
        response: { 200: ReferralCodePage },
      },
    },
    (request) => listCodes(request.ctx, request.actor, request.query),
  );
  app.post(
    "/v1/codes",
    {
      config: WRITE_CODES,
      schema: {
        tags,
        summary: "Give a partner a referral code",
        body: NewReferralCode,
        response: { 201: ReferralCode },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return await createCode(request.ctx, request.actor, request.body);
    },
  );
  app.get(
    "/v1/codes/:id",
    { config: READ, schema: { tags, summary: "Read a referral code", params: ById, response: { 200: ReferralCode } } },
    (request) => getCode(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/codes/:id",
    {
      config: WRITE_CODES,
      schema: {
        tags,
        summary: "Change from when to when a code holds",
        params: ById,
        body: ReferralCodeChange,
        response: { 200: ReferralCode },
      },
    },
    (request) => changeCode(request.ctx, request.actor, request.params.id, request.body),
  );
};

function sources(needs: SourceNeeds): FastifyPluginAsyncZod {
  const tags = ["event sources"];
  return async (app) => {
    app.get(
      "/v1/event-sources",
      {
        config: READ_SOURCES,
        schema: {
          tags,
          summary: "List event sources",
          querystring: EventSourceQuery,
          response: { 200: EventSourcePage },
        },
      },
      (request) => listSources(request.ctx, request.actor, request.query),
    );
    app.post(
      "/v1/event-sources",
      {
        config: WRITE_SOURCES,
        schema: {
          tags,
          summary: "Make an event source; its token and secret are shown this once",
          body: NewEventSource,
          response: { 201: EventSourceKeys },
        },
      },
      async (request, reply) => {
        reply.code(201);
        return await createSource(request.ctx, request.actor, request.body, needs);
      },
    );
    app.get(
      "/v1/event-sources/:id",
      {
        config: READ_SOURCES,
        schema: { tags, summary: "Read an event source", params: ById, response: { 200: EventSource } },
      },
      (request) => getSource(request.ctx, request.actor, request.params.id),
    );
    app.patch(
      "/v1/event-sources/:id",
      {
        config: WRITE_SOURCES,
        schema: {
          tags,
          summary: "Change what an event source understands, rename or revoke it",
          params: ById,
          body: EventSourceChange,
          response: { 200: EventSource },
        },
      },
      (request) => changeSource(request.ctx, request.actor, request.params.id, request.body, needs),
    );
    app.post(
      "/v1/event-sources/:id/keys",
      {
        config: WRITE_SOURCES,
        schema: {
          tags,
          summary: "Give an event source a new token and secret",
          params: ById,
          response: { 200: EventSourceKeys },
        },
      },
      (request) => changeKeys(request.ctx, request.actor, request.params.id, needs),
    );
  };
}
