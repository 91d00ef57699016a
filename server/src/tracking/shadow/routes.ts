import type { Readable } from "node:stream";
import {
  NewShadow,
  PageQuery,
  Shadow,
  ShadowChange,
  ShadowDayPage,
  ShadowFile,
  ShadowFilePage,
  ShadowMapping,
  ShadowPage,
  ShadowPartnerPage,
  ShadowPartnerSet,
  ShadowPartnerTotalPage,
  ShadowQuery,
  ShadowRefusalPage,
  ShadowResultDetail,
  ShadowResultPage,
  ShadowResultQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { takeBodyAsFile } from "../../access/index.ts";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { getFile, listFiles, listRefusals, readFile, takeFile } from "./files.ts";
import { getResult, listDays, listPartnerTotals, listResults } from "./results.ts";
import {
  changeShadow,
  compareAgain,
  createShadow,
  getShadow,
  listShadowPartners,
  listShadows,
  setShadowPartner,
} from "./service.ts";

const READ = { permission: "events.read", audience: "operator" } as const;
const WRITE = { permission: "events.write", audience: "operator" } as const;
const Id = z.object({ id: z.string().max(60) });
const tags = ["shadow"];

/** The comparison with the system that is used today. For the operator's people only. */
export function shadowRoutes(needs: { readonly reasons: Readonly<Record<string, string>> }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/shadows",
      {
        config: READ,
        schema: { tags, summary: "Comparisons", querystring: ShadowQuery, response: { 200: ShadowPage } },
      },
      async ({ ctx, actor, query }) => wirePage(await listShadows(ctx, actor, query)),
    );
    app.post(
      "/v1/shadows",
      {
        config: WRITE,
        schema: { tags, summary: "Compare with another system", body: NewShadow, response: { 201: Shadow } },
      },
      async ({ ctx, actor, body }, reply) => reply.code(201).send(await createShadow(ctx, actor, body)),
    );
    app.get(
      "/v1/shadows/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "One comparison, and whether it is safe to switch",
          params: Id,
          response: { 200: Shadow },
        },
      },
      ({ ctx, actor, params }) => getShadow(ctx, actor, params.id),
    );
    app.patch(
      "/v1/shadows/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change or close a comparison",
          params: Id,
          body: ShadowChange,
          response: { 200: Shadow },
        },
      },
      ({ ctx, actor, params, body }) => changeShadow(ctx, actor, params.id, body),
    );
    app.post(
      "/v1/shadows/:id/compare",
      {
        config: WRITE,
        schema: { tags, summary: "Compare again, in the background", params: Id, response: { 200: Shadow } },
      },
      ({ ctx, actor, params }) => compareAgain(ctx, actor, params.id),
    );
    await app.register(fileRoutes);
    await app.register(uploadRoute);
    await app.register(resultRoutes(needs.reasons));
    await app.register(partnerRoutes);
  };
}

const fileRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/shadows/:id/files",
    {
      config: READ,
      schema: {
        tags,
        summary: "Uploaded exports",
        params: Id,
        querystring: PageQuery,
        response: { 200: ShadowFilePage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listFiles(ctx, actor, params.id, query)),
  );
  app.get(
    "/v1/shadow-files/:id",
    {
      config: READ,
      schema: {
        tags,
        summary: "One uploaded export: its columns, and how it is probably read",
        params: Id,
        response: { 200: ShadowFile },
      },
    },
    ({ ctx, actor, params }) => getFile(ctx, actor, params.id),
  );
  app.post(
    "/v1/shadow-files/:id/read",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Read an export by a mapping, in the background",
        params: Id,
        body: ShadowMapping,
        response: { 200: ShadowFile },
      },
    },
    ({ ctx, actor, params, body }) => readFile(ctx, actor, params.id, body),
  );
  app.get(
    "/v1/shadow-files/:id/refusals",
    {
      config: READ,
      schema: {
        tags,
        summary: "Rows that could not be taken, by line",
        params: Id,
        querystring: PageQuery,
        response: { 200: ShadowRefusalPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listRefusals(ctx, actor, params.id, query)),
  );
};

const uploadRoute: FastifyPluginAsyncZod = async (app) => {
  takeBodyAsFile(app);
  app.post(
    "/v1/shadows/:id/files",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Upload an export (CSV, CSV gzipped, or XLSX) as the body",
        params: Id,
        querystring: z.object({ name: z.string().min(1).max(200).describe("name of the file") }),
        response: { 201: ShadowFile },
      },
    },
    async ({ ctx, actor, params, query, body }, reply) =>
      reply.code(201).send(await takeFile(ctx, actor, params.id, query.name, body as Readable)),
  );
};

function resultRoutes(reasons: Readonly<Record<string, string>>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/shadows/:id/results",
      {
        config: READ,
        schema: {
          tags,
          summary: "What the two sides disagree about",
          params: Id,
          querystring: ShadowResultQuery,
          response: { 200: ShadowResultPage },
        },
      },
      async ({ ctx, actor, params, query }) => wirePage(await listResults(ctx, actor, params.id, query)),
    );
    app.get(
      "/v1/shadow-results/:id",
      {
        config: READ,
        schema: {
          tags,
          summary: "One of them: both sides, their row as it came, and why",
          params: Id,
          response: { 200: ShadowResultDetail },
        },
      },
      ({ ctx, actor, params }) => getResult(ctx, actor, params.id, reasons),
    );
    app.get(
      "/v1/shadows/:id/days",
      {
        config: READ,
        schema: {
          tags,
          summary: "Sums of each day",
          params: Id,
          querystring: PageQuery,
          response: { 200: ShadowDayPage },
        },
      },
      async ({ ctx, actor, params, query }) => wirePage(await listDays(ctx, actor, params.id, query)),
    );
  };
}

const partnerRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/shadows/:id/totals",
    {
      config: READ,
      schema: {
        tags,
        summary: "Sums of each of our partners",
        params: Id,
        querystring: PageQuery,
        response: { 200: ShadowPartnerTotalPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listPartnerTotals(ctx, actor, params.id, query)),
  );
  app.get(
    "/v1/shadows/:id/partners",
    {
      config: READ,
      schema: { tags, summary: "Whom they call what", params: Id, response: { 200: ShadowPartnerPage } },
    },
    async ({ ctx, actor, params }) => ({
      data: [...(await listShadowPartners(ctx, actor, params.id))],
      nextCursor: null,
    }),
  );
  app.post(
    "/v1/shadows/:id/partners",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Say who a partner of theirs is here",
        params: Id,
        body: ShadowPartnerSet,
        response: { 200: Shadow },
      },
    },
    ({ ctx, actor, params, body }) => setShadowPartner(ctx, actor, params.id, body),
  );
};
