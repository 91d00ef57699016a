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
import { recordRoutes } from "../access/index.ts";
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
