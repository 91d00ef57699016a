import {
  DomainProof,
  DomainProofPage,
  NewDomain,
  NewReview,
  NewSite,
  OfPartnerQuery,
  Site,
  SiteDetail,
  SitePage,
  SiteQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { askForCheck, listProofs, startProof } from "../domains.ts";
import type { Outside } from "../needs.ts";
import { addPicture, reviewSite, snapshotFile, takeSnapshot } from "../site-reviews.ts";
import { addSite, endSite, getSite, listSites } from "../sites.ts";
import { ById, fileHeaders, fileOf, takeFiles } from "./parts.ts";

const READ = { permission: "compliance.read", audience: "operator" } as const;
const WRITE = { permission: "compliance.write", audience: "operator" } as const;
const OWN_READ = { permission: "documents.read", audience: "both" } as const;
const OWN_WRITE = { permission: "documents.write", audience: "both" } as const;
const tags = ["sites"];

/** Sites and channels of partners, what was seen of them, and proofs of domains. */
export function siteRoutes(outside: Outside): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(sites);
    await app.register(reviews(outside));
    await app.register(domains);
  };
}

const sites: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/sites",
    {
      config: OWN_READ,
      schema: { tags, summary: "Sites and channels of partners", querystring: SiteQuery, response: { 200: SitePage } },
    },
    (request) => listSites(request.ctx, request.actor, request.query),
  );
  app.post(
    "/v1/sites",
    {
      config: OWN_WRITE,
      schema: { tags, summary: "Add a site or a channel of a partner", body: NewSite, response: { 201: Site } },
    },
    async (request, reply) => reply.code(201).send(await addSite(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/sites/:id",
    {
      config: READ,
      schema: { tags, summary: "A site with its evidence and reviews", params: ById, response: { 200: SiteDetail } },
    },
    (request) => getSite(request.ctx, request.actor, request.params.id),
  );
  app.delete(
    "/v1/sites/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "The partner does not use it any more",
        params: ById,
        querystring: z.object({ revision: z.coerce.number().int() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await endSite(request.ctx, request.actor, request.params.id, request.query.revision);
      return reply.code(204).send(null);
    },
  );
};

function reviews(outside: Outside): FastifyPluginAsyncZod {
  return async (app) => {
    takeFiles(app);
    app.post(
      "/v1/sites/:id/snapshots",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Fetch the page as it is now and keep it as evidence",
          params: ById,
          response: { 200: SiteDetail },
        },
      },
      (request) => takeSnapshot(request.ctx, request.actor, outside, request.params.id),
    );
    app.post(
      "/v1/sites/:id/pictures",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Add a picture of a site as evidence (application/octet-stream)",
          params: ById,
          response: { 200: SiteDetail },
        },
      },
      (request) => addPicture(request.ctx, request.actor, request.params.id, fileOf(request.body)),
    );
    app.post(
      "/v1/sites/:id/reviews",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Say whether a site passes",
          params: ById,
          body: NewReview,
          response: { 200: SiteDetail },
        },
      },
      (request) => reviewSite(request.ctx, request.actor, request.params.id, request.body),
    );
    app.get(
      "/v1/site-snapshots/:id/file",
      { config: READ, schema: { tags, summary: "The page or the picture that was kept", params: ById } },
      async (request, reply) => {
        const file = await snapshotFile(request.ctx, request.actor, request.params.id);
        return reply.headers(fileHeaders(file.name, file.mediaType)).send(file.bytes);
      },
    );
  };
}

const domains: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/domain-proofs",
    {
      config: OWN_READ,
      schema: {
        tags,
        summary: "Domains and how they were proved",
        querystring: OfPartnerQuery,
        response: { 200: DomainProofPage },
      },
    },
    (request) => listProofs(request.ctx, request.actor, request.query),
  );
  app.post(
    "/v1/domain-proofs",
    {
      config: OWN_WRITE,
      schema: { tags, summary: "Start the proof of a domain", body: NewDomain, response: { 201: DomainProof } },
    },
    async (request, reply) => reply.code(201).send(await startProof(request.ctx, request.actor, request.body)),
  );
  app.post(
    "/v1/domain-proofs/:id/check",
    {
      config: OWN_WRITE,
      schema: {
        tags,
        summary: "Look for the token; the worker does it within seconds",
        params: ById,
        response: { 202: DomainProof },
      },
    },
    async (request, reply) => reply.code(202).send(await askForCheck(request.ctx, request.actor, request.params.id)),
  );
};
