import {
  AccountDetail,
  NewAssignment,
  NewPayee,
  NewPayeeVersion,
  Payee,
  PayeeAssignment,
  PayeeDecision,
  PayeeEnd,
  PayeeFields,
  PayeeFieldsQuery,
  PayeeGapPage,
  PayeeGapQuery,
  PayeeLook,
  PayeePage,
  PayeeQuery,
  PayeeRefusal,
  PayeeSettings,
  PayeeTax,
  PayeeVersion,
  PayeeVersionPage,
  PayeeVersionQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { requiredFields, taxNumberKinds } from "../banking/index.ts";
import { wirePage } from "../database/index.ts";
import {
  approveAssignment,
  approveEnd,
  proposeAssignment,
  proposeEnd,
  refuseAssignment,
  withdrawAssignment,
} from "./assignments.ts";
import { fieldsOf } from "./core/fields.ts";
import { matterRoutes } from "./matter-routes.ts";
import type { PayeeNeeds } from "./needs.ts";
import { createPayee, getPayee, listGaps, listPayees, listVersions } from "./service.ts";
import { changeSettings, getSettings } from "./settings.ts";
import { approveVersion, openVersion, proposeVersion, refuseVersion, reviewName, withdrawVersion } from "./versions.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["payees"];
const READ = { permission: "payees.read", audience: "both" } as const;
const WRITE = { permission: "payees.write", audience: "both" } as const;
const APPROVE = { permission: "payees.approve", audience: "operator" } as const;

/** Payees: entered and changed by one person, approved by another. */
export function payeesRoutes(needs: PayeeNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(records);
    await app.register(proposals(needs));
    await app.register(assignments);
    await app.register(matterRoutes);
    await app.register(settings);
  };
}

const records: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/payees",
    {
      config: READ,
      schema: { tags, summary: "Payees, the newest first", querystring: PayeeQuery, response: { 200: PayeePage } },
    },
    async (request) => wirePage(await listPayees(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/payees",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Enter a payee and for which partner it is to be paid; both wait for a second person",
        body: NewPayee,
        response: { 201: Payee },
      },
    },
    async (request, reply) => reply.status(201).send(await createPayee(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/payees/:id",
    { config: READ, schema: { tags, summary: "One payee", params: Id, response: { 200: Payee } } },
    (request) => getPayee(request.ctx, request.actor, request.params.id),
  );
  app.get(
    "/v1/payee-gaps",
    {
      config: { permission: "payees.read", audience: "operator" },
      schema: {
        tags,
        summary: "Partners and programs of which it is not said who is paid",
        querystring: PayeeGapQuery,
        response: { 200: PayeeGapPage },
      },
    },
    async (request) => wirePage(await listGaps(request.ctx, request.actor, request.query)),
  );
  app.get(
    "/v1/payee-fields",
    {
      config: READ,
      schema: {
        tags,
        summary: "What an account of a country and currency needs, and which tax numbers the country knows",
        querystring: PayeeFieldsQuery,
        response: { 200: PayeeFields },
      },
    },
    async ({ query }) => ({
      fields: fieldsOf(query.method, requiredFields(query.country, query.currency)),
      taxNumbers: [...taxNumberKinds(query.country)],
    }),
  );
};

function proposals(needs: PayeeNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/payee-versions",
      {
        config: READ,
        schema: {
          tags,
          summary: "What was proposed of payees, and what became of it",
          querystring: PayeeVersionQuery,
          response: { 200: PayeeVersionPage },
        },
      },
      async (request) => wirePage(await listVersions(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/payees/:id/versions",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Propose who a payee is, how it is paid or taxed; it changes when somebody else approves",
          params: Id,
          body: NewPayeeVersion,
          response: { 201: PayeeVersion },
        },
      },
      async (request, reply) =>
        reply
          .status(201)
          .send(await proposeVersion(request.ctx, request.actor, request.params.id, request.body, needs)),
    );
    app.post(
      "/v1/payee-versions/:id/open",
      {
        // The service asks for `payees.reveal`, or for the right to approve what is looked at.
        config: { permission: "payees.read", audience: "operator" },
        schema: {
          tags,
          summary: "Show what is hidden of it; the look stands in the trail",
          params: Id,
          body: PayeeLook,
          response: { 200: z.union([AccountDetail, PayeeTax]) },
        },
      },
      ({ ctx, actor, params, body }) => openVersion(ctx, actor, params.id, body.purpose, needs),
    );
    await app.register(decisions);
  };
}

const decisions: FastifyPluginAsyncZod = async (app) => {
  const answer = { 200: PayeeVersion };
  app.post(
    "/v1/payee-versions/:id/approve",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Approve what somebody else proposed",
        params: Id,
        body: PayeeDecision,
        response: answer,
      },
    },
    ({ ctx, actor, params, body }) => approveVersion(ctx, actor, params.id, body.comment),
  );
  app.post(
    "/v1/payee-versions/:id/refuse",
    {
      config: APPROVE,
      schema: { tags, summary: "Refuse it, with a reason", params: Id, body: PayeeRefusal, response: answer },
    },
    ({ ctx, actor, params, body }) => refuseVersion(ctx, actor, params.id, body.comment),
  );
  app.post(
    "/v1/payee-versions/:id/withdraw",
    {
      config: WRITE,
      schema: { tags, summary: "Take back what one's own side proposed", params: Id, response: answer },
    },
    ({ ctx, actor, params }) => withdrawVersion(ctx, actor, params.id),
  );
  app.post(
    "/v1/payee-versions/:id/review-name",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Say why a name on an account that does not fit is right",
        params: Id,
        body: PayeeRefusal,
        response: answer,
      },
    },
    ({ ctx, actor, params, body }) => reviewName(ctx, actor, params.id, body.comment),
  );
};

const assignments: FastifyPluginAsyncZod = async (app) => {
  const answer = { 200: PayeeAssignment };
  app.post(
    "/v1/payees/:id/assignments",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Propose for whose earnings it is paid, of which programs and from when",
        params: Id,
        body: NewAssignment,
        response: { 201: z.object({ data: z.array(PayeeAssignment) }) },
      },
    },
    async (request, reply) => {
      const made = await proposeAssignment(request.ctx, request.actor, request.params.id, request.body);
      return reply.status(201).send({ data: [...made] });
    },
  );
  app.post(
    "/v1/payee-assignments/:id/approve",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Approve it; one that began earlier and has no end is ended on its first day",
        params: Id,
        body: PayeeDecision,
        response: answer,
      },
    },
    ({ ctx, actor, params, body }) => approveAssignment(ctx, actor, params.id, body.comment),
  );
  app.post(
    "/v1/payee-assignments/:id/refuse",
    {
      config: APPROVE,
      schema: { tags, summary: "Refuse it, with a reason", params: Id, body: PayeeRefusal, response: answer },
    },
    ({ ctx, actor, params, body }) => refuseAssignment(ctx, actor, params.id, body.comment),
  );
  app.post(
    "/v1/payee-assignments/:id/withdraw",
    { config: WRITE, schema: { tags, summary: "Take it back", params: Id, response: answer } },
    ({ ctx, actor, params }) => withdrawAssignment(ctx, actor, params.id),
  );
  app.post(
    "/v1/payee-assignments/:id/end",
    {
      config: { permission: "payees.write", audience: "operator" },
      schema: { tags, summary: "Propose its end", params: Id, body: PayeeEnd, response: answer },
    },
    ({ ctx, actor, params, body }) => proposeEnd(ctx, actor, params.id, body.validTo),
  );
  app.post(
    "/v1/payee-assignments/:id/approve-end",
    {
      config: APPROVE,
      schema: { tags, summary: "Approve its end", params: Id, body: PayeeDecision, response: answer },
    },
    ({ ctx, actor, params, body }) => approveEnd(ctx, actor, params.id, body.comment),
  );
};

const settings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/payee-settings",
    {
      config: { permission: "payees.read", audience: "operator" },
      schema: { tags, summary: "What holds for all payees", response: { 200: PayeeSettings } },
    },
    (request) => getSettings(request.ctx),
  );
  app.put(
    "/v1/payee-settings",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Change what holds for all payees",
        body: PayeeSettings,
        response: { 200: PayeeSettings },
      },
    },
    (request) => changeSettings(request.ctx, request.actor, request.body),
  );
};
