import type { Readable } from "node:stream";
import {
  Comparison,
  ComparisonCorrection,
  ComparisonFile,
  ComparisonFileList,
  ComparisonFileRead,
  ComparisonFileUpload,
  ComparisonPage,
  ComparisonQuery,
  ComparisonRefusalPage,
  ComparisonResult,
  ComparisonResultDetail,
  ComparisonResultPage,
  ComparisonResultQuery,
  NewComparison,
  NewOpenItem,
  OpenItem,
  OpenItemAnswer,
  OpenItemPage,
  OpenItemQuery,
  PageQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { takeBodyAsFile } from "../access/index.ts";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { getSideFile, listSideFiles, listSideRefusals, readSideFile, takeSideFile } from "./comparison-files.ts";
import { compareAgain, createComparison, getComparison, listComparisons } from "./comparisons.ts";
import { answerOpenItem, listOpenItems, openItem } from "./open-items.ts";
import { correctResult, getResult, listResults } from "./results.ts";

const READ = { permission: "reconciliation.read", audience: "operator" } as const;
const WRITE = { permission: "reconciliation.write", audience: "operator" } as const;
const tags = ["reconciliation"];
const Id = z.object({ id: z.string().max(60) });

/** What was tracked beside the back office and the partner's claim. */
export const comparisonRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/comparisons",
    { config: READ, schema: { tags, summary: "Comparisons, the newest first", querystring: ComparisonQuery, response: { 200: ComparisonPage } } },
    async ({ ctx, actor, query }) => wirePage(await listComparisons(ctx, actor, query)),
  );
  app.post(
    "/v1/reconciliation/comparisons",
    { config: WRITE, schema: { tags, summary: "Compare the sides of some days", body: NewComparison, response: { 201: Comparison } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createComparison(ctx, actor, body)),
  );
  app.get(
    "/v1/reconciliation/comparisons/:id",
    { config: READ, schema: { tags, summary: "One comparison with its totals", params: Id, response: { 200: Comparison } } },
    ({ ctx, actor, params }) => getComparison(ctx, actor, params.id),
  );
  app.post(
    "/v1/reconciliation/comparisons/:id/compare",
    { config: WRITE, schema: { tags, summary: "Compare again, in the background", params: Id, response: { 200: Comparison } } },
    ({ ctx, actor, params }) => compareAgain(ctx, actor, params.id),
  );
  app.get(
    "/v1/reconciliation/comparisons/:id/results",
    { config: READ, schema: { tags, summary: "Conversions as the sides tell them", params: Id, querystring: ComparisonResultQuery, response: { 200: ComparisonResultPage } } },
    async ({ ctx, actor, params, query }) => wirePage(await listResults(ctx, actor, params.id, query)),
  );
  await app.register(resultRoutes);
  await app.register(fileRoutes);
  await app.register(uploadRoute);
  await app.register(itemRoutes);
}; // biome-ignore format: routes

const resultRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/comparison-results/:id",
    { config: READ, schema: { tags, summary: "One conversion side by side, explained", params: Id, response: { 200: ComparisonResultDetail } } },
    ({ ctx, actor, params }) => getResult(ctx, actor, params.id),
  );
  app.post(
    "/v1/reconciliation/comparison-results/:id/adjustment",
    { config: WRITE, schema: { tags, summary: "Propose the adjustment for a difference; another person decides about it", params: Id, body: ComparisonCorrection, response: { 200: ComparisonResult } } },
    ({ ctx, actor, params, body }) => correctResult(ctx, actor, params.id, body),
  );
}; // biome-ignore format: routes

const fileRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/comparisons/:id/files",
    { config: READ, schema: { tags, summary: "Uploaded exports of both sides", params: Id, response: { 200: ComparisonFileList } } },
    async ({ ctx, actor, params }) => ({ data: [...(await listSideFiles(ctx, actor, params.id))] }),
  );
  app.get(
    "/v1/reconciliation/comparison-files/:id",
    { config: READ, schema: { tags, summary: "One export: its columns, and how it is probably read", params: Id, response: { 200: ComparisonFile } } },
    ({ ctx, actor, params }) => getSideFile(ctx, actor, params.id),
  );
  app.post(
    "/v1/reconciliation/comparison-files/:id/read",
    { config: WRITE, schema: { tags, summary: "Read an export by a mapping, in the background", params: Id, body: ComparisonFileRead, response: { 200: ComparisonFile } } },
    ({ ctx, actor, params, body }) => readSideFile(ctx, actor, params.id, body.mapping),
  );
  app.get(
    "/v1/reconciliation/comparison-files/:id/refusals",
    { config: READ, schema: { tags, summary: "Rows that could not be read, by line", params: Id, querystring: PageQuery, response: { 200: ComparisonRefusalPage } } },
    async ({ ctx, actor, params, query }) => wirePage(await listSideRefusals(ctx, actor, params.id, query)),
  );
}; // biome-ignore format: routes

const uploadRoute: FastifyPluginAsyncZod = async (app) => {
  takeBodyAsFile(app);
  app.post(
    "/v1/reconciliation/comparisons/:id/files",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Upload an export of a side (CSV, CSV gzipped, or XLSX) as the body",
        params: Id,
        querystring: ComparisonFileUpload,
        response: { 201: ComparisonFile },
      },
    },
    async ({ ctx, actor, params, query, body }, reply) =>
      reply.code(201).send(await takeSideFile(ctx, actor, params.id, query, body as Readable)),
  );
};

const itemRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/reconciliation/open-items",
    { config: READ, schema: { tags, summary: "Open questions, the most urgent first", querystring: OpenItemQuery, response: { 200: OpenItemPage } } },
    async ({ ctx, actor, query }) => wirePage(await listOpenItems(ctx, actor, query)),
  );
  app.post(
    "/v1/reconciliation/open-items",
    { config: WRITE, schema: { tags, summary: "Ask about a difference or a movement at the bank", body: NewOpenItem, response: { 201: OpenItem } } },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await openItem(ctx, actor, body)),
  );
  app.post(
    "/v1/reconciliation/open-items/:id/answer",
    { config: WRITE, schema: { tags, summary: "Answer a question", params: Id, body: OpenItemAnswer, response: { 200: OpenItem } } },
    ({ ctx, actor, params, body }) => answerOpenItem(ctx, actor, params.id, body.answer),
  );
}; // biome-ignore format: routes
