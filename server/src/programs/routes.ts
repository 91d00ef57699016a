import {
  NewOffer,
  NewProgram,
  NewRegion,
  Offer,
  OfferChange,
  OfferPage,
  OfferQuery,
  PageQuery,
  Program,
  ProgramChange,
  ProgramPage,
  ProgramQuery,
  Region,
  RegionPage,
  StatusChange,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../database/index.ts";
import { changeOffer, createOffer, getOffer, listOffers, moveOffer } from "./offers.ts";
import {
  changeProgram,
  createProgram,
  createRegion,
  getProgram,
  listPrograms,
  listRegions,
  moveProgram,
} from "./service.ts";

const READ = { permission: "programs.read", audience: "both" } as const;
const WRITE = { permission: "programs.write", audience: "operator" } as const;
const Id = z.object({ id: z.string() });

export function programsRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(regionRoutes);
    await app.register(programRoutes);
    await app.register(offerRoutes);
  };
}

const regionRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["regions"];
  app.get(
    "/v1/regions",
    { config: READ, schema: { tags, summary: "Regions", querystring: PageQuery, response: { 200: RegionPage } } },
    async (request) => wirePage(await listRegions(request.ctx, request.query)),
  );
  app.post(
    "/v1/regions",
    {
      config: { permission: "settings.write", audience: "operator" },
      schema: { tags, summary: "Create a region", body: NewRegion, response: { 201: Region } },
    },
    async (request, reply) => reply.code(201).send(await createRegion(request.ctx, request.actor, request.body)),
  );
};

const programRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["programs"];
  app.get(
    "/v1/programs",
    { config: READ, schema: { tags, summary: "Programs", querystring: ProgramQuery, response: { 200: ProgramPage } } },
    async (request) => wirePage(await listPrograms(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/programs",
    {
      config: WRITE,
      schema: { tags, summary: "Create a program, as a draft", body: NewProgram, response: { 201: Program } },
    },
    async (request, reply) => reply.code(201).send(await createProgram(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/programs/:id",
    { config: READ, schema: { tags, summary: "One program", params: Id, response: { 200: Program } } },
    (request) => getProgram(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/programs/:id",
    {
      config: WRITE,
      schema: { tags, summary: "Change a program", params: Id, body: ProgramChange, response: { 200: Program } },
    },
    (request) => changeProgram(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/programs/:id/status",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Open, pause or close a program",
        params: Id,
        body: StatusChange,
        response: { 200: Program },
      },
    },
    (request) => moveProgram(request.ctx, request.actor, request.params.id, request.body),
  );
};

const offerRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["offers"];
  app.get(
    "/v1/offers",
    { config: READ, schema: { tags, summary: "Offers", querystring: OfferQuery, response: { 200: OfferPage } } },
    async (request) => wirePage(await listOffers(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/offers",
    {
      config: WRITE,
      schema: { tags, summary: "Create an offer, as a draft", body: NewOffer, response: { 201: Offer } },
    },
    async (request, reply) => reply.code(201).send(await createOffer(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/offers/:id",
    { config: READ, schema: { tags, summary: "One offer", params: Id, response: { 200: Offer } } },
    (request) => getOffer(request.ctx, request.actor, request.params.id),
  );
  app.patch(
    "/v1/offers/:id",
    {
      config: WRITE,
      schema: { tags, summary: "Change an offer", params: Id, body: OfferChange, response: { 200: Offer } },
    },
    (request) => changeOffer(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/offers/:id/status",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Open, pause or close an offer",
        params: Id,
        body: StatusChange,
        response: { 200: Offer },
      },
    },
    (request) => moveOffer(request.ctx, request.actor, request.params.id, request.body),
  );
};
