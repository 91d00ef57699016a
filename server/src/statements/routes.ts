import {
  Branding,
  Inquiry,
  InquiryDecision,
  InquiryPage,
  InquiryQuery,
  NewInquiry,
  NewInquiryMessage,
  Statement,
  StatementDetail,
  StatementKeys,
  StatementLanguage,
  StatementPage,
  StatementPayment,
  StatementQuery,
} from "@tributary/contract";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { branding, saveBranding } from "./branding.ts";
import { type StatementNeeds, statementDetail } from "./detail.ts";
import { linesCsv, linesXlsx, signedStatement, statementPdf } from "./documents.ts";
import { decideInquiry, getInquiry, listInquiries, openInquiry, withdrawInquiry, writeInquiry } from "./inquiries.ts";
import { closeStatement, getStatement, listStatements, payStatement } from "./service.ts";
import { publicKeys, rotateKey, type SigningNeeds } from "./signing.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["statements"];
const read = { permission: "statements.read", audience: "both" } as const;
const settle = { permission: "statements.write", audience: "operator" } as const;
const settings = { permission: "settings.write", audience: "operator" } as const;

export interface StatementsNeeds extends StatementNeeds, SigningNeeds {
  /** who signs: this program's address */
  readonly issuer: string;
}

/** Statements with all they tell: read by both sides, closed by one of the operator's people and marked paid by another. */
export function statementsRoutes(needs: StatementsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(lifeRoutes);
    await app.register(fileRoutes(needs));
    await app.register(inquiryRoutes);
    await app.register(settingRoutes(needs));
  };
}

const lifeRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/statements",
    {
      config: read,
      schema: {
        tags,
        summary: "Statements, the newest month first",
        querystring: StatementQuery,
        response: { 200: StatementPage },
      },
    },
    async ({ ctx, actor, query }) => wirePage(await listStatements(ctx, actor, query)),
  );
  app.get(
    "/v1/statements/:id",
    { config: read, schema: { tags, summary: "One statement", params: Id, response: { 200: Statement } } },
    ({ ctx, actor, params }) => getStatement(ctx, actor, params.id),
  );
  app.post(
    "/v1/statements/:id/close",
    {
      config: { permission: "statements.approve", audience: "operator" },
      schema: { tags, summary: "Close a month: its content is frozen", params: Id, response: { 200: Statement } },
    },
    ({ ctx, actor, params }) => closeStatement(ctx, actor, params.id),
  );
  app.post(
    "/v1/statements/:id/pay",
    {
      config: settle,
      schema: {
        tags,
        summary: "Mark it paid; not by whoever closed it",
        params: Id,
        body: StatementPayment,
        response: { 200: Statement },
      },
    },
    ({ ctx, actor, params, body }) => payStatement(ctx, actor, params.id, body),
  );
};

function fileRoutes(needs: StatementsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/statements/:id/detail",
      {
        config: read,
        schema: { tags, summary: "Everything that a statement tells", params: Id, response: { 200: StatementDetail } },
      },
      ({ ctx, actor, params }) => statementDetail(ctx, actor, params.id, needs),
    );
    app.get(
      "/v1/statements/:id/document.pdf",
      { config: read, schema: { tags, summary: "The same on paper", params: Id, querystring: StatementLanguage } },
      async ({ ctx, actor, params, query }, reply) =>
        send(reply, "application/pdf", await statementPdf(ctx, actor, params.id, query.language, needs)),
    );
    app.get(
      "/v1/statements/:id/lines.csv",
      { config: read, schema: { tags, summary: "Every line booked in the month", params: Id } },
      async ({ ctx, actor, params }, reply) =>
        send(reply, "text/csv; charset=utf-8", await linesCsv(ctx, actor, params.id)),
    );
    app.get(
      "/v1/statements/:id/lines.xlsx",
      { config: read, schema: { tags, summary: "The same as a workbook, of at most 100,000 lines", params: Id } },
      async ({ ctx, actor, params }, reply) => send(reply, XLSX, await linesXlsx(ctx, actor, params.id)),
    );
    app.get(
      "/v1/statements/:id/signed.json",
      {
        config: read,
        schema: { tags, summary: "A closed statement that proves itself, with every line, signed", params: Id },
      },
      async ({ ctx, actor, params }, reply) =>
        send(reply, "application/json; charset=utf-8", await signedStatement(ctx, actor, params.id, needs)),
    );
  };
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

function send(reply: FastifyReply, type: string, file: Awaited<ReturnType<typeof statementPdf>>): FastifyReply {
  return reply
    .header("content-type", type)
    .header("content-disposition", `attachment; filename="${file.name}"`)
    .send(file.body);
}

const inquiryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/inquiries",
    {
      config: read,
      schema: {
        tags,
        summary: "Questions about statements and lines, the newest first",
        querystring: InquiryQuery,
        response: { 200: InquiryPage },
      },
    },
    async ({ ctx, actor, query }) => wirePage(await listInquiries(ctx, actor, query)),
  );
  app.get(
    "/v1/inquiries/:id",
    {
      config: read,
      schema: { tags, summary: "One inquiry with what was said", params: Id, response: { 200: Inquiry } },
    },
    ({ ctx, actor, params }) => getInquiry(ctx, actor, params.id),
  );
  app.post(
    "/v1/inquiries",
    {
      config: read,
      schema: { tags, summary: "Ask about a statement or a line", body: NewInquiry, response: { 201: Inquiry } },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await openInquiry(ctx, actor, body)),
  );
  app.post(
    "/v1/inquiries/:id/messages",
    {
      config: read,
      schema: {
        tags,
        summary: "Answer, or ask again",
        params: Id,
        body: NewInquiryMessage,
        response: { 200: Inquiry },
      },
    },
    ({ ctx, actor, params, body }) => writeInquiry(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/inquiries/:id/decide",
    {
      config: settle,
      schema: {
        tags,
        summary: "End it, with the adjustment that came of it or without one",
        params: Id,
        body: InquiryDecision,
        response: { 200: Inquiry },
      },
    },
    ({ ctx, actor, params, body }) => decideInquiry(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/inquiries/:id/withdraw",
    {
      config: { permission: "statements.read", audience: "partner" },
      schema: { tags, summary: "Withdraw an own inquiry", params: Id, response: { 200: Inquiry } },
    },
    ({ ctx, actor, params }) => withdrawInquiry(ctx, actor, params.id),
  );
};

function settingRoutes(needs: StatementsNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/branding",
      { config: read, schema: { tags, summary: "How the operator's papers look", response: { 200: Branding } } },
      ({ ctx }) => branding(ctx.db),
    );
    app.put(
      "/v1/branding",
      {
        config: settings,
        schema: { tags, summary: "Change how papers look", body: Branding, response: { 200: Branding } },
      },
      ({ ctx, actor, body }) => saveBranding(ctx, actor, body),
    );
    app.post(
      "/v1/statement-keys",
      {
        config: settings,
        schema: {
          tags,
          summary: "Sign with a new key; what was signed stays verifiable",
          response: { 200: StatementKeys },
        },
      },
      ({ ctx, actor }) => rotateKey(ctx, actor, needs),
    );
    app.get(
      "/.well-known/tributary-statement-keys.json",
      {
        config: { audience: "public", rateLimit: { max: 120, timeWindow: "1 minute" } },
        schema: { tags, summary: "Public keys that statements are signed with", response: { 200: StatementKeys } },
      },
      async () => publicKeys(needs.whole),
    );
  };
}
