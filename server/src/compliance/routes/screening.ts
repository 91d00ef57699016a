import {
  NewRelatedPerson,
  PageQuery,
  PartnerScreening,
  RelatedPerson,
  RelatedPersonChange,
  RelatedPersonPage,
  ScreeningChangePage,
  ScreeningChangeQuery,
  ScreeningDecision,
  ScreeningHitDetail,
  ScreeningHitPage,
  ScreeningHitQuery,
  ScreeningListPage,
  ScreeningListQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { confirmMatch, dismissHit, getHit, listHits, proposeMatch, reopenHit, sendBackMatch } from "../decisions.ts";
import { addPerson, changePerson, endPerson, listPeople, revealPerson } from "../people.ts";
import type { ScreenMemory } from "../run.ts";
import { listChanges, listLists, screenPartner } from "../service.ts";
import { partnerScreening } from "../state.ts";

const READ = { permission: "compliance.read", audience: "operator" } as const;
const WRITE = { permission: "compliance.write", audience: "operator" } as const;
const APPROVE = { permission: "compliance.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["screening"];

/** Names against lists: hits, what people say of them, lists, and the people behind partners. */
export function screeningRoutes(memory: ScreenMemory): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/screening/hits",
      {
        config: READ,
        schema: {
          tags,
          summary: "Hits, the newest first",
          querystring: ScreeningHitQuery,
          response: { 200: ScreeningHitPage },
        },
      },
      (request) => listHits(request.ctx, request.actor, request.query),
    );
    app.get(
      "/v1/screening/hits/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "Read a hit: both sides, and why it scores what it does",
          params: ById,
          response: { 200: ScreeningHitDetail },
        },
      },
      (request) => getHit(request.ctx, request.actor, request.params.id),
    );
    app.get(
      "/v1/screening/lists",
      {
        config: READ,
        schema: {
          tags,
          summary: "Lists in their newest versions, or all versions of one",
          querystring: ScreeningListQuery,
          response: { 200: ScreeningListPage },
        },
      },
      (request) => listLists(request.ctx, request.actor, request.query),
    );
    app.get(
      "/v1/screening/changes",
      {
        config: READ,
        schema: {
          tags,
          summary: "What a version of a list changed",
          querystring: ScreeningChangeQuery,
          response: { 200: ScreeningChangePage },
        },
      },
      (request) => listChanges(request.ctx, request.actor, request.query),
    );
    await app.register(decisions);
    await app.register(partnerRoutes(memory));
    await app.register(people);
  };
}

const DECISIONS = [
  ["dismiss", WRITE, "Say that it is somebody else; remembered until either side changes", dismissHit],
  ["propose", WRITE, "Say that it is them; a second person has to agree", proposeMatch],
  ["confirm", APPROVE, "Agree that it is them, as the second person", confirmMatch],
  ["send-back", APPROVE, "Do not agree: it is open again", sendBackMatch],
  ["reopen", READ, "Ask again what was decided", reopenHit],
] as const;

const decisions: FastifyPluginAsyncZod = async (app) => {
  for (const [name, config, summary, decide] of DECISIONS)
    app.post(
      `/v1/screening/hits/:id/${name}`,
      {
        config,
        schema: { tags, summary, params: ById, body: ScreeningDecision, response: { 200: ScreeningHitDetail } },
      },
      (request) => decide(request.ctx, request.actor, request.params.id, request.body),
    );
};

function partnerRoutes(memory: ScreenMemory): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/partners/:id/screening",
      {
        config: READ,
        schema: {
          tags,
          summary: "What screening says of a partner",
          params: ById,
          response: { 200: PartnerScreening },
        },
      },
      (request) => partnerScreening(request.ctx, request.actor, request.params.id),
    );
    app.post(
      "/v1/partners/:id/screening",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Screen a partner and everybody behind it now",
          params: ById,
          response: { 200: PartnerScreening },
        },
      },
      (request) => screenPartner(request.ctx, request.actor, memory, request.params.id),
    );
  };
}

const Person = ById.extend({ person: z.string().max(60) });

const people: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/related-people",
    {
      config: READ,
      schema: {
        tags,
        summary: "Directors, owners and others behind a partner",
        params: ById,
        querystring: PageQuery,
        response: { 200: RelatedPersonPage },
      },
    },
    (request) => listPeople(request.ctx, request.actor, request.params.id, request.query),
  );
  app.post(
    "/v1/partners/:id/related-people",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Add somebody behind a partner",
        params: ById,
        body: NewRelatedPerson,
        response: { 201: RelatedPerson },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addPerson(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.post(
    "/v1/partners/:id/related-people/:person/reveal",
    {
      config: { permission: "compliance.reveal", audience: "operator" },
      schema: {
        tags,
        summary: "Somebody behind a partner whole: day of birth and identity number; the look is noted with its reason",
        params: Person,
        body: z.object({ reason: z.string().trim().min(3).max(300) }),
        response: { 200: RelatedPerson },
      },
    },
    (request) =>
      revealPerson(request.ctx, request.actor, request.params.id, request.params.person, request.body.reason),
  );
  await app.register(changesOfPeople);
};

const changesOfPeople: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    "/v1/partners/:id/related-people/:person",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change somebody behind a partner",
        params: Person,
        body: RelatedPersonChange,
        response: { 200: RelatedPerson },
      },
    },
    (request) => changePerson(request.ctx, request.actor, request.params.id, request.params.person, request.body),
  );
  app.delete(
    "/v1/partners/:id/related-people/:person",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Somebody is not with the partner any more",
        params: Person,
        querystring: z.object({ revision: z.coerce.number().int() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await endPerson(request.ctx, request.actor, request.params.id, request.params.person, request.query.revision);
      return reply.code(204).send(null);
    },
  );
};
