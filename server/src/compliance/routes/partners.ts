import {
  AskedQuestionnaire,
  ControlStatement,
  DueDiligence,
  GoDecision,
  NewAnswers,
  NewHolding,
  NewOverride,
  OverrideDecision,
  OwnershipStructure,
  PartnerProfile,
  ProfileChange,
  QuestionnaireAnswer,
  RiskRating,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { dueDiligence } from "../due-diligence.ts";
import { getOwnership, setControl, setHolding } from "../ownership.ts";
import { changeProfile } from "../profile.ts";
import { answerQuestionnaire, listAsked } from "../questionnaires.ts";
import { decideGo, getRating, ratePartner } from "../risk.ts";
import { decideOverride, proposeOverride } from "../risk-overrides.ts";
import { ById } from "./parts.ts";

const READ = { permission: "compliance.read", audience: "operator" } as const;
const WRITE = { permission: "compliance.write", audience: "operator" } as const;
const APPROVE = { permission: "compliance.approve", audience: "operator" } as const;
const OWN_READ = { permission: "documents.read", audience: "both" } as const;
const OWN_WRITE = { permission: "documents.write", audience: "both" } as const;
const tags = ["due diligence"];

/** Due diligence of one partner. */
export const partnerRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/due-diligence",
    {
      config: OWN_READ,
      schema: {
        tags,
        summary: "What is asked of a partner and how it stands",
        params: ById,
        response: { 200: DueDiligence },
      },
    },
    (request) => dueDiligence(request.ctx, request.actor, request.params.id),
  );
  app.put(
    "/v1/partners/:id/due-diligence",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Set the regime, or say why shares do not add up",
        params: ById,
        body: ProfileChange,
        response: { 200: PartnerProfile },
      },
    },
    (request) => changeProfile(request.ctx, request.actor, request.params.id, request.body),
  );
  app.get(
    "/v1/partners/:id/questionnaires",
    {
      config: OWN_READ,
      schema: {
        tags,
        summary: "Questionnaires that are asked of a partner, with what was answered",
        params: ById,
        response: { 200: z.object({ data: z.array(AskedQuestionnaire) }) },
      },
    },
    (request) => listAsked(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/questionnaire-answers",
    {
      config: OWN_WRITE,
      schema: {
        tags,
        summary: "Answer a questionnaire as a whole",
        body: NewAnswers,
        response: { 201: QuestionnaireAnswer },
      },
    },
    async (request, reply) => reply.code(201).send(await answerQuestionnaire(request.ctx, request.actor, request.body)),
  );
  await app.register(ownership);
  await app.register(risk);
};

const ownership: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/ownership",
    {
      config: READ,
      schema: {
        tags,
        summary: "Who stands behind a partner, through all layers",
        params: ById,
        response: { 200: OwnershipStructure },
      },
    },
    (request) => getOwnership(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/partners/:id/holdings",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Say that somebody holds a share of an organization behind a partner",
        params: ById,
        body: NewHolding,
        response: { 200: OwnershipStructure },
      },
    },
    (request) => setHolding(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/partners/:id/control",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Say how somebody controls a partner otherwise",
        params: ById,
        body: ControlStatement,
        response: { 200: OwnershipStructure },
      },
    },
    (request) => setControl(request.ctx, request.actor, request.params.id, request.body),
  );
};

const risk: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/risk",
    {
      config: READ,
      schema: {
        tags,
        summary: "The newest risk rating with its working",
        params: ById,
        response: { 200: RiskRating.nullable() },
      },
    },
    (request) => getRating(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/partners/:id/risk",
    {
      config: WRITE,
      schema: { tags, summary: "Rate the risk as it stands now", params: ById, response: { 200: RiskRating } },
    },
    (request) => ratePartner(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/partners/:id/risk/decision",
    {
      config: WRITE,
      schema: { tags, summary: "Decide Go or No-Go", params: ById, body: GoDecision, response: { 200: RiskRating } },
    },
    (request) => decideGo(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/partners/:id/risk/overrides",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Propose that another level holds until a day",
        params: ById,
        body: NewOverride,
        response: { 200: RiskRating },
      },
    },
    (request) => proposeOverride(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/risk-overrides/:id/decision",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Agree to an override as the second person, or not",
        params: ById,
        body: OverrideDecision,
        response: { 200: RiskRating },
      },
    },
    (request) => decideOverride(request.ctx, request.actor, request.params.id, request.body),
  );
};
