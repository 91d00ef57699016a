import {
  AgreementPolicy,
  AgreementTemplateDetail,
  JurisdictionRules,
  JurisdictionRulesChange,
  NewAgreementTemplate,
  NewTemplateVersion,
  PolicyChange,
  TemplatePage,
  TemplateQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { changeJurisdictionRules, changePolicy, getJurisdictionRules, getPolicy } from "../rules.ts";
import { addTemplateVersion, createTemplate, getTemplate, listTemplates } from "../templates.ts";

const Id = z.object({ id: z.string().max(60) });
const Program = z.object({ programId: z.string().max(60) });
const tags = ["agreements"];
const read = { permission: "agreements.read", audience: "operator" } as const;

/** What terms are held to: a program's approval rules, its jurisdiction rules, its templates. */
export const rulesRoutes: FastifyPluginAsyncZod = async (app) => {
  const policy = { tags, params: Program, response: { 200: AgreementPolicy } };
  app.get(
    "/v1/agreement-policies/:programId",
    { config: read, schema: { ...policy, summary: "Approval rules, notice and reminders of a program" } },
    (request) => getPolicy(request.ctx, request.actor, request.params.programId),
  );
  app.put(
    "/v1/agreement-policies/:programId",
    {
      config: { permission: "agreements.approve", audience: "operator" },
      schema: { ...policy, summary: "Write the next version of them", body: PolicyChange },
    },
    (request) => changePolicy(request.ctx, request.actor, request.params.programId, request.body),
  );
  const jurisdiction = { tags, params: Program, response: { 200: JurisdictionRules } };
  app.get(
    "/v1/jurisdiction-rules/:programId",
    { config: read, schema: { ...jurisdiction, summary: "Which components a partner may have, by jurisdiction" } },
    (request) => getJurisdictionRules(request.ctx, request.actor, request.params.programId),
  );
  app.put(
    "/v1/jurisdiction-rules/:programId",
    {
      config: { permission: "partners.approve", audience: "operator" },
      schema: { ...jurisdiction, summary: "Write the next version of them", body: JurisdictionRulesChange },
    },
    (request) => changeJurisdictionRules(request.ctx, request.actor, request.params.programId, request.body),
  );
  await app.register(templateRoutes);
};

const templateRoutes: FastifyPluginAsyncZod = async (app) => {
  const write = { permission: "plans.write", audience: "operator" } as const;
  app.get(
    "/v1/agreement-templates",
    {
      config: read,
      schema: { tags, summary: "Templates", querystring: TemplateQuery, response: { 200: TemplatePage } },
    },
    async (request) => wirePage(await listTemplates(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/agreement-templates",
    {
      config: write,
      schema: {
        tags,
        summary: "A template with its first version",
        body: NewAgreementTemplate,
        response: { 201: AgreementTemplateDetail },
      },
    },
    async (request, reply) => reply.code(201).send(await createTemplate(request.ctx, request.actor, request.body)),
  );
  app.get(
    "/v1/agreement-templates/:id",
    {
      config: read,
      schema: {
        tags,
        summary: "One template with its versions",
        params: Id,
        response: { 200: AgreementTemplateDetail },
      },
    },
    (request) => getTemplate(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/agreement-templates/:id/versions",
    {
      config: write,
      schema: {
        tags,
        summary: "The next version of a template",
        params: Id,
        body: NewTemplateVersion,
        response: { 201: AgreementTemplateDetail },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await addTemplateVersion(request.ctx, request.actor, request.params.id, request.body)),
  );
};
