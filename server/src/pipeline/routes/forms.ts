import {
  Application,
  ApplicationAnswer,
  ApplicationConfirmation,
  ApplicationFormChange,
  ApplicationFormDetail,
  ApplicationFormPage,
  ApplicationFormQuery,
  NewApplicationForm,
  PublicForm,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { apply, confirmApplication, publicForm } from "../applications.ts";
import type { PipelineNeeds } from "../contracts.ts";
import { changeForm, createForm, getForm, listForms } from "../forms.ts";

const READ = { permission: "pipeline.read", audience: "operator" } as const;
const WRITE = { permission: "pipeline.write", audience: "operator" } as const;
// A person opens a form a few times and sends it once or twice.
const SHOWN = { audience: "public", rateLimit: { max: 60, timeWindow: "1 minute" } } as const;
const SENT = { audience: "public", rateLimit: { max: 10, timeWindow: "10 minutes" } } as const;
const ById = z.object({ id: z.string().max(60) });
const ByAddress = z.object({ address: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/) });
const tags = ["application forms"];

export function formRoutes(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(forms(needs));
    await app.register(publicPages(needs));
  };
}

function forms({ publicUrl }: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/application-forms",
      {
        config: READ,
        schema: {
          tags,
          summary: "Forms by which partners apply",
          querystring: ApplicationFormQuery,
          response: { 200: ApplicationFormPage },
        },
      },
      async (request) => wirePage(await listForms(request.ctx, request.actor, request.query, publicUrl)),
    );
    app.get(
      "/v1/application-forms/:id",
      {
        config: READ,
        schema: { tags, summary: "Read a form", params: ById, response: { 200: ApplicationFormDetail } },
      },
      (request) => getForm(request.ctx, request.actor, request.params.id, publicUrl),
    );
    app.post(
      "/v1/application-forms",
      {
        config: WRITE,
        schema: { tags, summary: "Make a form", body: NewApplicationForm, response: { 201: ApplicationFormDetail } },
      },
      async (request, reply) =>
        reply.code(201).send(await createForm(request.ctx, request.actor, request.body, publicUrl)),
    );
    app.patch(
      "/v1/application-forms/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change a form; other questions make a new version",
          params: ById,
          body: ApplicationFormChange,
          response: { 200: ApplicationFormDetail },
        },
      },
      (request) => changeForm(request.ctx, request.actor, request.params.id, request.body, publicUrl),
    );
  };
}

function publicPages(needs: PipelineNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/public/application-forms/:address",
      {
        config: SHOWN,
        schema: {
          tags,
          summary: "What a form's page shows, with a signed challenge",
          params: ByAddress,
          querystring: z.object({ language: z.string().max(10).default("en"), ref: z.string().max(100).default("") }),
          response: { 200: PublicForm },
        },
      },
      ({ ctx, params, query }) => publicForm(ctx, needs, params.address, query),
    );
    app.post(
      "/v1/public/application-forms/:address/applications",
      {
        config: SENT,
        schema: { tags, summary: "Apply", params: ByAddress, body: Application, response: { 200: ApplicationAnswer } },
      },
      ({ ctx, params, body }) => apply(ctx, needs, params.address, body),
    );
    app.post(
      "/v1/public/application-confirmations",
      {
        config: SENT,
        schema: {
          tags,
          summary: "Confirm one's e-mail address",
          body: ApplicationConfirmation,
          response: { 200: ApplicationAnswer },
        },
      },
      ({ ctx, body }) => confirmApplication(ctx, needs, body.token),
    );
  };
}
