import {
  ActivationRuleChange,
  ActivationRules,
  FieldColumn,
  FieldColumnQuery,
  FieldEffects,
  NewPartnerField,
  NewRestriction,
  NewTransfer,
  NewTransition,
  OwnershipTransfer,
  PageQuery,
  PartnerField,
  PartnerFieldChange,
  PartnerFieldPage,
  PartnerFieldsChange,
  PartnerFieldValues,
  Restriction,
  RestrictionLift,
  RestrictionPage,
  TransferEnd,
  TransferPage,
  TransferPreview,
  TransferQuery,
  TransferredPage,
  Transition,
  TransitionConsequences,
  TransitionLook,
  TransitionPage,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../database/index.ts";
import { activationRules, setActivationRule } from "./activation.ts";
import { fieldColumn, listFieldValues, setFields } from "./field-values.ts";
import { changeField, createField, fieldEffects, listFields } from "./fields.ts";
import { liftRestriction, listRestrictions, placeRestriction } from "./restrictions.ts";
import {
  cancelTransfer,
  getTransfer,
  listTransfers,
  planTransfer,
  previewTransfer,
  revertTransfer,
  transferPartners,
} from "./transfers.ts";
import { cancelTransition, listTransitions, lookAtTransition, planTransition } from "./transitions.ts";

const READ = { permission: "partners.read", audience: "operator" } as const;
const WRITE = { permission: "partners.write", audience: "operator" } as const;
const KEEP = { permission: "settings.write", audience: "operator" } as const;
const tags = ["partners"];
const Id = z.object({ id: z.string() });

export const fieldRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partner-fields",
    { config: READ, schema: { tags, summary: "Custom fields of partners", response: { 200: PartnerFieldPage } } },
    async (request) => ({ data: [...(await listFields(request.ctx, request.actor))], nextCursor: null }),
  );
  app.post(
    "/v1/partner-fields",
    {
      config: KEEP,
      schema: { tags, summary: "Define a custom field", body: NewPartnerField, response: { 201: PartnerField } },
    },
    async (request, reply) => reply.code(201).send(await createField(request.ctx, request.actor, request.body)),
  );
  app.patch(
    "/v1/partner-fields/:id",
    {
      config: KEEP,
      schema: {
        tags,
        summary: "Change a custom field",
        params: Id,
        body: PartnerFieldChange,
        response: { 200: PartnerField },
      },
    },
    (request) => changeField(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/partner-fields/:id/effects",
    {
      config: KEEP,
      schema: {
        tags,
        summary: "What a change of a custom field would do",
        params: Id,
        body: PartnerFieldChange,
        response: { 200: FieldEffects },
      },
    },
    (request) => fieldEffects(request.ctx, request.actor, request.params.id, request.body),
  );
};

export const fieldValueRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partner-field-values",
    {
      config: READ,
      schema: {
        tags,
        summary: "One custom field of many partners",
        querystring: FieldColumnQuery,
        response: { 200: FieldColumn },
      },
    },
    async (request) => {
      const { key, partnerIds } = request.query;
      const data = await fieldColumn(request.ctx, request.actor, key, partnerIds.split(",").slice(0, 500));
      return { data: [...data] };
    },
  );
  app.get(
    "/v1/partners/:id/fields",
    {
      config: READ,
      schema: { tags, summary: "A partner's custom fields", params: Id, response: { 200: PartnerFieldValues } },
    },
    async (request) => ({ data: [...(await listFieldValues(request.ctx, request.actor, request.params.id))] }),
  );
  app.put(
    "/v1/partners/:id/fields",
    {
      // Who may write which field stands in its definition, and the service asks for it.
      config: READ,
      schema: {
        tags,
        summary: "Set custom fields of a partner",
        params: Id,
        body: PartnerFieldsChange,
        response: { 200: PartnerFieldValues },
      },
    },
    async (request) => {
      await setFields(request.ctx, request.actor, request.params.id, request.body.values);
      return { data: [...(await listFieldValues(request.ctx, request.actor, request.params.id))] };
    },
  );
};

export const restrictionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/restrictions",
    {
      config: READ,
      schema: {
        tags,
        summary: "A partner's restrictions",
        params: Id,
        querystring: PageQuery,
        response: { 200: RestrictionPage },
      },
    },
    async (request) => wirePage(await listRestrictions(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.post(
    "/v1/partners/:id/restrictions",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Stop something of a partner",
        params: Id,
        body: NewRestriction,
        response: { 201: Restriction },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await placeRestriction(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.post(
    "/v1/restrictions/:id/lift",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Lift a restriction",
        description: "Held payouts go on when a second person agrees: the first call asks, the second one lifts.",
        params: Id,
        body: RestrictionLift,
        response: { 200: Restriction },
      },
    },
    (request) => liftRestriction(request.ctx, request.actor, request.params.id, request.body.reason),
  );
};

export const transferRoutes: FastifyPluginAsyncZod = async (app) => {
  const schema = { tags, params: Id, body: TransferEnd, response: { 200: OwnershipTransfer } };
  app.get(
    "/v1/ownership-transfers",
    {
      config: READ,
      schema: { tags, summary: "Ownership transfers", querystring: TransferQuery, response: { 200: TransferPage } },
    },
    async (request) => wirePage(await listTransfers(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/ownership-transfers/preview",
    {
      config: WRITE,
      schema: { tags, summary: "What a transfer would do", body: NewTransfer, response: { 200: TransferPreview } },
    },
    (request) => previewTransfer(request.ctx, request.actor, request.body),
  );
  app.post(
    "/v1/ownership-transfers",
    {
      config: WRITE,
      schema: { tags, summary: "Hand partners over", body: NewTransfer, response: { 201: OwnershipTransfer } },
    },
    async (request, reply) => reply.code(201).send(await planTransfer(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/ownership-transfers/:id",
    { config: READ, schema: { tags, summary: "One transfer", params: Id, response: { 200: OwnershipTransfer } } },
    (request) => getTransfer(request.ctx, request.actor, request.params.id),
  );
  app.get(
    "/v1/ownership-transfers/:id/partners",
    {
      config: READ,
      schema: {
        tags,
        summary: "The partners of a transfer",
        params: Id,
        querystring: PageQuery,
        response: { 200: TransferredPage },
      },
    },
    async (request) => wirePage(await transferPartners(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.post(
    "/v1/ownership-transfers/:id/cancel",
    { config: WRITE, schema: { ...schema, summary: "Cancel a planned transfer" } },
    (request) => cancelTransfer(request.ctx, request.actor, request.params.id, request.body.reason),
  );
  app.post(
    "/v1/ownership-transfers/:id/revert",
    { config: WRITE, schema: { ...schema, summary: "Take a transfer back" } },
    (request) => revertTransfer(request.ctx, request.actor, request.params.id, request.body.reason),
  );
};

export const transitionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partners/:id/transitions",
    {
      config: READ,
      schema: {
        tags,
        summary: "What a partner became, and when",
        params: Id,
        querystring: PageQuery,
        response: { 200: TransitionPage },
      },
    },
    async (request) => wirePage(await listTransitions(request.ctx, request.actor, request.params.id, request.query)),
  );
  app.get(
    "/v1/partners/:id/transitions/consequences",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "What would follow from a transition",
        params: Id,
        querystring: TransitionLook,
        response: { 200: TransitionConsequences },
      },
    },
    async (request) => ({
      data: [...(await lookAtTransition(request.ctx, request.actor, request.params.id, request.query))],
    }),
  );
  app.post(
    "/v1/partners/:id/transitions",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Make a partner something else, on a day",
        params: Id,
        body: NewTransition,
        response: { 201: Transition },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await planTransition(request.ctx, request.actor, request.params.id, request.body)),
  );
  app.post(
    "/v1/transitions/:id/cancel",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Cancel a planned transition",
        params: Id,
        body: TransferEnd,
        response: { 200: Transition },
      },
    },
    (request) => cancelTransition(request.ctx, request.actor, request.params.id, request.body.reason),
  );
};

export const activationRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/activation-rules",
    { config: READ, schema: { tags, summary: "How partners become active", response: { 200: ActivationRules } } },
    async (request) => ({ data: [...(await activationRules(request.ctx.db))] }),
  );
  app.put(
    "/v1/activation-rules",
    {
      config: KEEP,
      schema: {
        tags,
        summary: "Say which procedure launches partners of a kind",
        body: ActivationRuleChange,
        response: { 200: ActivationRules },
      },
    },
    async (request) => {
      await setActivationRule(request.ctx, request.actor, request.body);
      return { data: [...(await activationRules(request.ctx.db))] };
    },
  );
};
