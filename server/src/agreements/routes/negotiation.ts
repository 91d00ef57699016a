import {
  Acceptance,
  AgreementVersionDetail,
  Counter,
  JurisdictionPass,
  NewRound,
  TermsApproval,
  TermsReason,
  TermsSending,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { acceptVersion, counterVersion, declineVersion } from "../answers.ts";
import { approveVersion, passComponent, refuseVersion } from "../approvals.ts";
import { versionIdOf } from "../reading.ts";
import { changeTerms, sendVersion, submitVersion, withdrawVersion } from "../service.ts";
import type { TermsNeeds } from "../surroundings.ts";

const VersionOf = z.object({ id: z.string().max(60), version: z.coerce.number().int().min(1) });
const schema = { tags: ["agreements"], params: VersionOf, response: { 200: AgreementVersionDetail } };
const at = "/v1/agreements/:id/versions/:version";
const write = { permission: "agreements.write", audience: "operator" } as const;
// Which roles are asked is for the rules to say, so reading is enough to come in; the service looks at the rest.
const decide = { permission: "agreements.read", audience: "operator" } as const;
const answer = { permission: "agreements.read", audience: "both" } as const;

/** What becomes of terms on the table. */
export function negotiationRoutes(needs: TermsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(operatorRoutes(needs));
    await app.register(approvalRoutes);
    await app.register(answerRoutes);
  };
}

function operatorRoutes(needs: TermsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      `${at}/rounds`,
      {
        config: write,
        schema: { ...schema, summary: "Change terms that are not signed: the next round", body: NewRound },
      },
      async ({ ctx, actor, params, body }) =>
        await changeTerms(ctx, actor, await versionIdOf(ctx, params.id, params.version), body, needs),
    );
    app.post(
      `${at}/submit`,
      {
        config: write,
        schema: { ...schema, summary: "Hand terms in for approval; takes up a counter-proposal as it is" },
      },
      async ({ ctx, actor, params }) =>
        await submitVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), needs),
    );
    app.post(
      `${at}/send`,
      {
        config: write,
        schema: { ...schema, summary: "Send approved terms to the partner", body: TermsSending.nullish() },
      },
      async ({ ctx, actor, params, body }) =>
        await sendVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), body?.termsHash),
    );
    app.post(
      `${at}/withdraw`,
      { config: write, schema: { ...schema, summary: "Withdraw terms that are not accepted yet" } },
      async ({ ctx, actor, params }) =>
        await withdrawVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version)),
    );
  };
}

const approvalRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    `${at}/approve`,
    {
      config: decide,
      schema: {
        ...schema,
        summary: "Approve terms; not by whoever entered or changed them",
        body: TermsApproval.nullish(),
      },
    },
    async ({ ctx, actor, params, body }) =>
      await approveVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), body ?? {}),
  );
  app.post(
    `${at}/refuse`,
    { config: decide, schema: { ...schema, summary: "Send terms back with a reason", body: TermsReason } },
    async ({ ctx, actor, params, body }) =>
      await refuseVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), body),
  );
  app.post(
    `${at}/pass`,
    {
      config: { permission: "partners.approve", audience: "operator" },
      schema: {
        ...schema,
        summary: "Let a component through that a jurisdiction rule forbids",
        body: JurisdictionPass,
      },
    },
    async ({ ctx, actor, params, body }) =>
      await passComponent(ctx, actor, await versionIdOf(ctx, params.id, params.version), body),
  );
};

const answerRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    `${at}/accept`,
    {
      config: answer,
      schema: { ...schema, summary: "Accept terms with name, time, address and their hash", body: Acceptance },
    },
    async ({ ctx, actor, params, body, ip, headers }) =>
      await acceptVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), {
        ...body,
        address: ip,
        userAgent: headers["user-agent"],
      }),
  );
  app.post(
    `${at}/counter`,
    {
      config: { ...answer, audience: "partner" },
      schema: { ...schema, summary: "Answer with other terms", body: Counter },
    },
    async ({ ctx, actor, params, body }) =>
      await counterVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), body),
  );
  app.post(
    `${at}/decline`,
    {
      config: { ...answer, audience: "partner" },
      schema: { ...schema, summary: "Turn terms down", body: TermsReason },
    },
    async ({ ctx, actor, params, body }) =>
      await declineVersion(ctx, actor, await versionIdOf(ctx, params.id, params.version), body.reason),
  );
};
