import {
  LandingPage,
  LandingPageChange,
  LandingPagePage,
  LandingPageQuery,
  NewLandingPage,
  NewOffer,
  NewOfferRequest,
  NewProgram,
  NewRegion,
  Offer,
  OfferChange,
  OfferPage,
  OfferQuery,
  OfferRequest,
  OfferRequestDecision,
  OfferRequestPage,
  OfferRequestQuery,
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
import { recordRoutes } from "../access/index.ts";
import { wirePage } from "../database/index.ts";
import { creativeRoutes } from "./creative-routes.ts";
import type { CreativeNeeds } from "./creatives.ts";
import { changeLanding, createLanding, listLandings } from "./landing-pages.ts";
import {
  type AccessNeeds,
  decideOfferRequest,
  getOfferRequest,
  listOfferRequests,
  requestOffer,
} from "./offer-access.ts";
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

export function programsRoutes(needs: AccessNeeds & CreativeNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(regionRoutes);
    await app.register(programRoutes);
    await app.register(offerRoutes);
    await app.register(landingRoutes);
    await app.register(accessRoutes(needs));
    await app.register(creativeRoutes(needs));
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

const programRoutes = recordRoutes({
  path: "/v1/programs",
  tag: "programs",
  item: Program,
  list: {
    config: READ,
    summary: "Programs",
    one: "One program",
    query: ProgramQuery,
    page: ProgramPage,
    read: listPrograms,
    get: getProgram,
  },
  create: { config: WRITE, summary: "Create a program, as a draft", body: NewProgram, work: createProgram },
  change: { config: WRITE, summary: "Change a program", body: ProgramChange, work: changeProgram },
  move: { config: WRITE, summary: "Open, pause or close a program", body: StatusChange, work: moveProgram },
});

const offerRoutes = recordRoutes({
  path: "/v1/offers",
  tag: "offers",
  item: Offer,
  list: {
    config: READ,
    summary: "Offers",
    one: "One offer",
    query: OfferQuery,
    page: OfferPage,
    read: listOffers,
    get: getOffer,
  },
  create: { config: WRITE, summary: "Create an offer, as a draft", body: NewOffer, work: createOffer },
  change: { config: WRITE, summary: "Change an offer", body: OfferChange, work: changeOffer },
  move: { config: WRITE, summary: "Open, pause or close an offer", body: StatusChange, work: moveOffer },
});

const ById = z.object({ id: z.string() });

const landingRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["offers"];
  app.get(
    "/v1/offers/:id/landing-pages",
    {
      config: READ,
      schema: {
        tags,
        summary: "Pages of an offer's landing set",
        params: ById,
        querystring: LandingPageQuery,
        response: { 200: LandingPagePage },
      },
    },
    async (request) => wirePage(await listLandings(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.post(
    "/v1/offers/:id/landing-pages",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Add a page to an offer's landing set",
        params: ById,
        body: NewLandingPage,
        response: { 201: LandingPage },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createLanding(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.patch(
    "/v1/landing-pages/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change a page of a landing set: its address, weight or state",
        params: ById,
        body: LandingPageChange,
        response: { 200: LandingPage },
      },
    },
    (request) => changeLanding(request.ctx, request.actor, request.params.id, request.body),
  );
};

function accessRoutes(needs: AccessNeeds): FastifyPluginAsyncZod {
  const tags = ["offer requests"];
  const read = { permission: "links.read", audience: "both" } as const;
  return async (app) => {
    app.get(
      "/v1/offer-requests",
      {
        config: read,
        schema: {
          tags,
          summary: "Who asked for offers that are not public, and who was let in",
          querystring: OfferRequestQuery,
          response: { 200: OfferRequestPage },
        },
      },
      async (request) => wirePage(await listOfferRequests(request.ctx, request.actor, request.query, needs)),
    );
    app.post(
      "/v1/offer-requests",
      {
        config: { permission: "links.write", audience: "both" },
        schema: {
          tags,
          summary: "Ask for an offer; the operator lets a partner in at once",
          body: NewOfferRequest,
          response: { 201: OfferRequest },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await requestOffer(request.ctx, request.actor, request.body, needs)),
    );
    app.get(
      "/v1/offer-requests/:id",
      {
        config: read,
        schema: { tags, summary: "One request for an offer", params: ById, response: { 200: OfferRequest } },
      },
      (request) => getOfferRequest(request.ctx, request.actor, request.params.id, needs),
    );
    app.post(
      "/v1/offer-requests/:id/decision",
      {
        config: { permission: "links.write", audience: "operator" },
        schema: {
          tags,
          summary: "Let a partner in, decline it, or shut it out again",
          params: ById,
          body: OfferRequestDecision,
          response: { 200: OfferRequest },
        },
      },
      (request) => decideOfferRequest(request.ctx, request.actor, request.params.id, request.body, needs),
    );
  };
}
