import {
  AgreementDetail,
  AgreementPage,
  AgreementQuery,
  AgreementVersionDetail,
  NegotiableValues,
  NewAgreement,
  NewTerms,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { versionPaper } from "./document.ts";
import { getAgreement, listAgreements, valuesOfPlan, valuesOfVersion, versionIdOf } from "./reading.ts";
import { negotiationRoutes } from "./routes/negotiation.ts";
import { rulesRoutes } from "./routes/rules.ts";
import { proposeVersion } from "./service.ts";
import { type TermsNeeds, WITHOUT_EVIDENCE } from "./surroundings.ts";

const Id = z.object({ id: z.string().max(60) });
const VersionOf = z.object({ id: z.string().max(60), version: z.coerce.number().int().min(1) });
const tags = ["agreements"];

/** Agreements: proposed, approved and sent by the operator, read, countered and signed by the partner; and the rules that they are held to. */
export function agreementsRoutes(needs: TermsNeeds = WITHOUT_EVIDENCE): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(readRoutes);
    await app.register(proposalRoutes(needs));
    await app.register(negotiationRoutes(needs));
    await app.register(rulesRoutes);
  };
}

const readRoutes: FastifyPluginAsyncZod = async (app) => {
  const read = { permission: "agreements.read", audience: "both" } as const;
  app.get(
    "/v1/agreements",
    {
      config: read,
      schema: { tags, summary: "Agreements", querystring: AgreementQuery, response: { 200: AgreementPage } },
    },
    async (request) => wirePage(await listAgreements(request.ctx, request.actor, request.query)),
  );
  app.get(
    "/v1/agreements/:id",
    {
      config: read,
      schema: { tags, summary: "One agreement with its versions", params: Id, response: { 200: AgreementDetail } },
    },
    (request) => getAgreement(request.ctx, request.actor, request.params.id),
  );
  app.get(
    "/v1/plan-values/:id",
    {
      config: { permission: "agreements.read", audience: "operator" },
      schema: {
        tags,
        summary: "The values of a plan's version that a proposal may change one by one",
        params: Id,
        response: { 200: NegotiableValues },
      },
    },
    (request) => valuesOfPlan(request.ctx, request.actor, request.params.id),
  );
  app.get(
    "/v1/agreements/:id/versions/:version/values",
    {
      config: read,
      schema: {
        tags,
        summary: "The values of the terms on the table that can be talked about one by one",
        params: VersionOf,
        response: { 200: NegotiableValues },
      },
    },
    async (request) => {
      const id = await versionIdOf(request.ctx, request.params.id, request.params.version);
      return await valuesOfVersion(request.ctx, request.actor, id);
    },
  );
  app.get(
    "/v1/agreements/:id/versions/:version/document.pdf",
    { config: read, schema: { tags, summary: "The paper of a version, with its signature block", params: VersionOf } },
    async (request, reply) => {
      const id = await versionIdOf(request.ctx, request.params.id, request.params.version);
      const { name, bytes } = await versionPaper(request.ctx, request.actor, id);
      return reply
        .header("content-type", "application/pdf")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(bytes);
    },
  );
};

function proposalRoutes(needs: TermsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    const config = { permission: "agreements.write", audience: "operator" } as const;
    const response = { 201: AgreementVersionDetail };
    app.post(
      "/v1/agreements",
      { config, schema: { tags, summary: "Propose terms to a partner", body: NewAgreement, response } },
      async (request, reply) =>
        reply.code(201).send(await proposeVersion(request.ctx, request.actor, request.body, needs)),
    );
    app.post(
      "/v1/agreements/:id/versions",
      { config, schema: { tags, summary: "Propose new terms in an agreement", params: Id, body: NewTerms, response } },
      async (request, reply) => {
        const { partnerId, programId } = await getAgreement(request.ctx, request.actor, request.params.id);
        const terms = { ...request.body, partnerId, programId };
        return reply.code(201).send(await proposeVersion(request.ctx, request.actor, terms, needs));
      },
    );
  };
}
