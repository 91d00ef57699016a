import {
  NewPayoutSource,
  PageQuery,
  PayoutChange,
  PayoutChangeDecision,
  PayoutChangePage,
  PayoutChangeQuery,
  PayoutLimits,
  PayoutReport,
  PayoutReportPage,
  PayoutSource,
  PayoutSourcePage,
  PayoutSourceQuery,
  UnmatchedDecision,
  UnmatchedPage,
  UnmatchedQuery,
  UnmatchedStatus,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import type { PayoutNeeds } from "./contracts.ts";
import { takeWebhook } from "./dispatches.ts";
import * as matter from "./matter.ts";
import { decideUnmatched, takeReport } from "./reports.ts";
import { closeSource, decideChange, proposeLimits, proposeSource } from "./sources.ts";

const READ = { permission: "payouts.read", audience: "operator" } as const;
const WRITE = { permission: "payouts.write", audience: "operator" } as const;
const APPROVE = { permission: "payouts.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["payouts"];
const REPORT_BYTES = 20 * 1024 * 1024;
const WEBHOOK_BYTES = 1024 * 1024;

/** Accounts and connections, limits, reports, unknown statuses and the providers' notices. */
export function matterRoutes(needs: PayoutNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(sourceRoutes(needs));
    await app.register(changeRoutes);
    await app.register(reportRoutes);
    await app.register(webhookRoutes(needs));
  };
}

function sourceRoutes(needs: PayoutNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/payout-sources",
      {
        config: READ,
        schema: {
          tags,
          summary: "Accounts and connections that pay",
          querystring: PayoutSourceQuery,
          response: { 200: PayoutSourcePage },
        },
      },
      async (request) => wirePage(await matter.listSources(request.ctx, request.actor, request.query)),
    );
    app.get(
      "/v1/payout-sources/:id",
      {
        config: READ,
        schema: { tags, summary: "Read an account or connection", params: ById, response: { 200: PayoutSource } },
      },
      ({ ctx, actor, params }) => matter.getSource(ctx, actor, params.id),
    );
    app.post(
      "/v1/payout-sources",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Propose an account or connection; another person approves it",
          body: NewPayoutSource,
          response: { 201: PayoutChange },
        },
      },
      async ({ ctx, actor, body }, reply) => {
        const id = await proposeSource(ctx, actor, null, body, needs.vault);
        return reply.code(201).send(await matter.getChange(ctx, actor, id));
      },
    );
    app.put(
      "/v1/payout-sources/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Propose a change of an account or connection as a whole",
          params: ById,
          body: NewPayoutSource,
          response: { 200: PayoutChange },
        },
      },
      async ({ ctx, actor, params, body }) =>
        matter.getChange(ctx, actor, await proposeSource(ctx, actor, params.id, body, needs.vault)),
    );
    app.post(
      "/v1/payout-sources/:id/close",
      {
        config: APPROVE,
        schema: { tags, summary: "Take an account out of use", params: ById, response: { 200: PayoutSource } },
      },
      async ({ ctx, actor, params }) => {
        await closeSource(ctx, actor, params.id);
        return await matter.getSource(ctx, actor, params.id);
      },
    );
  };
}

const changeRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/payout-limits",
    { config: READ, schema: { tags, summary: "Up to where persons may release", response: { 200: PayoutLimits } } },
    ({ ctx, actor }) => matter.readLimits(ctx, actor),
  );
  app.put(
    "/v1/payout-limits",
    {
      config: WRITE,
      schema: { tags, summary: "Propose new limits as a whole", body: PayoutLimits, response: { 200: PayoutChange } },
    },
    async ({ ctx, actor, body }) => matter.getChange(ctx, actor, await proposeLimits(ctx, actor, body)),
  );
  app.get(
    "/v1/payout-changes",
    {
      config: READ,
      schema: {
        tags,
        summary: "Proposed and decided changes of accounts, connections and limits",
        querystring: PayoutChangeQuery,
        response: { 200: PayoutChangePage },
      },
    },
    async (request) => wirePage(await matter.listChanges(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/payout-changes/:id/decision",
    {
      config: READ,
      schema: {
        tags,
        summary: "Approve or decline a change, as the second of two people",
        params: ById,
        body: PayoutChangeDecision,
        response: { 200: PayoutChange },
      },
    },
    async ({ ctx, actor, params, body }) => {
      await decideChange(ctx, actor, params.id, body.approve);
      return await matter.getChange(ctx, actor, params.id);
    },
  );
};

const takingRoutes: FastifyPluginAsyncZod = async (inside) => {
  inside.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: REPORT_BYTES },
    (_request, body, done) => done(null, body),
  );
  inside.post(
    "/v1/payout-reports",
    {
      config: WRITE,
      bodyLimit: REPORT_BYTES,
      schema: {
        tags,
        summary: "Hand in what a bank wrote about payments",
        description: "pain.002, ACH returns, a provider's report; the file itself as application/octet-stream.",
        querystring: z.object({ name: z.string().max(200).default("report") }),
        response: { 201: PayoutReport },
      },
    },
    async ({ ctx, actor, query, body }, reply) => {
      const bytes = body instanceof Uint8Array ? body : new Uint8Array();
      return reply.code(201).send(await takeReport(ctx, actor, { name: query.name, bytes, origin: "file" }));
    },
  );
};

const reportRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(takingRoutes);
  app.get(
    "/v1/payout-reports",
    {
      config: READ,
      schema: {
        tags,
        summary: "What banks and providers wrote",
        querystring: PageQuery,
        response: { 200: PayoutReportPage },
      },
    },
    async (request) => wirePage(await matter.listReports(request.ctx, request.actor, request.query)),
  );
  app.get(
    "/v1/payout-unknown",
    {
      config: READ,
      schema: {
        tags,
        summary: "Statuses whose reference nobody knows",
        querystring: UnmatchedQuery,
        response: { 200: UnmatchedPage },
      },
    },
    async (request) => wirePage(await matter.listUnmatched(request.ctx, request.actor, request.query)),
  );
  app.post(
    "/v1/payout-unknown/:id/decision",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Say which payout is meant, or that it is none of ours",
        params: ById,
        body: UnmatchedDecision,
        response: { 200: UnmatchedStatus },
      },
    },
    async ({ ctx, actor, params, body }) => {
      await decideUnmatched(ctx, actor, params.id, body);
      return await matter.getUnmatched(ctx, actor, params.id);
    },
  );
};

/** Signatures are about the bytes that came, so here the body is not read as JSON. */
function webhookRoutes(needs: PayoutNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: WEBHOOK_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    app.post(
      "/v1/payout-webhooks/:id",
      {
        config: { audience: "public" },
        bodyLimit: WEBHOOK_BYTES,
        schema: {
          tags,
          summary: "A payment provider's notice; its signature is checked",
          params: ById,
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        await takeWebhook(request.ctx, request.params.id, { headers, body }, needs);
        return reply.code(204).send(null);
      },
    );
  };
}
