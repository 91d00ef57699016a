import {
  Acceptance,
  AgreementDetail,
  AgreementPage,
  AgreementQuery,
  AgreementVersionDetail,
  NewAgreement,
  NewTerms,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { getAgreement, listAgreements, versionIdOf } from "./reading.ts";
import { acceptVersion, approveVersion, proposeVersion, withdrawVersion } from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const VersionOf = z.object({ id: z.string().max(60), version: z.coerce.number().int().min(1) });
const tags = ["agreements"];

/** Agreements: proposed and approved by the operator, read and accepted by the partner. */
export function agreementsRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    const read = { permission: "agreements.read", audience: "both" } as const;
    const write = { permission: "agreements.write", audience: "operator" } as const;
    app.get(
      "/v1/agreements",
      {
        config: read,
        schema: { tags, summary: "Agreements", querystring: AgreementQuery, response: { 200: AgreementPage } },
      },
      async (request) => {
        const { rows, nextCursor } = await listAgreements(request.ctx, request.actor, request.query);
        return { data: [...rows], nextCursor };
      },
    );
    app.get(
      "/v1/agreements/:id",
      {
        config: read,
        schema: { tags, summary: "One agreement with its versions", params: Id, response: { 200: AgreementDetail } },
      },
      (request) => getAgreement(request.ctx, request.actor, request.params.id),
    );
    app.post(
      "/v1/agreements",
      {
        config: write,
        schema: {
          tags,
          summary: "Propose terms to a partner",
          body: NewAgreement,
          response: { 201: AgreementVersionDetail },
        },
      },
      async (request, reply) => reply.code(201).send(await proposeVersion(request.ctx, request.actor, request.body)),
    );
    app.post(
      "/v1/agreements/:id/versions",
      {
        config: write,
        schema: {
          tags,
          summary: "Propose new terms in an agreement",
          params: Id,
          body: NewTerms,
          response: { 201: AgreementVersionDetail },
        },
      },
      async (request, reply) => {
        const { partnerId, programId } = await getAgreement(request.ctx, request.actor, request.params.id);
        return reply
          .code(201)
          .send(await proposeVersion(request.ctx, request.actor, { ...request.body, partnerId, programId }));
      },
    );
    decisions(app);
  };
}

/** What becomes of a proposed version. */
function decisions(app: Parameters<FastifyPluginAsyncZod>[0]): void {
  const zod = app.withTypeProvider<import("fastify-type-provider-zod").ZodTypeProvider>();
  const schema = { tags, params: VersionOf, response: { 200: AgreementVersionDetail } };
  zod.post(
    "/v1/agreements/:id/versions/:version/approve",
    {
      config: { permission: "agreements.approve", audience: "operator" },
      schema: { ...schema, summary: "Approve terms; not by whoever proposed them" },
    },
    async (request) => {
      const id = await versionIdOf(request.ctx, request.params.id, request.params.version);
      return await approveVersion(request.ctx, request.actor, id);
    },
  );
  zod.post(
    "/v1/agreements/:id/versions/:version/withdraw",
    {
      config: { permission: "agreements.write", audience: "operator" },
      schema: { ...schema, summary: "Withdraw terms that are not accepted yet" },
    },
    async (request) => {
      const id = await versionIdOf(request.ctx, request.params.id, request.params.version);
      return await withdrawVersion(request.ctx, request.actor, id);
    },
  );
  zod.post(
    "/v1/agreements/:id/versions/:version/accept",
    {
      config: { permission: "agreements.read", audience: "both" },
      schema: { ...schema, summary: "Accept approved terms with name, time, address and their hash", body: Acceptance },
    },
    async (request) => {
      const id = await versionIdOf(request.ctx, request.params.id, request.params.version);
      return await acceptVersion(request.ctx, request.actor, id, { ...request.body, address: request.ip });
    },
  );
}
