import {
  Invoice,
  InvoiceDecision,
  InvoiceFileQuery,
  InvoiceFileRead,
  InvoicePage,
  InvoiceQuery,
  InvoiceSettings,
  InvoiceWaitingPage,
  InvoiceWaitingQuery,
  IssueOutcome,
  IssueRequest,
  NewCreditNote,
  NewUploadedInvoice,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { creditInvoice } from "./crediting.ts";
import { sendAgain } from "./delivery.ts";
import { issueInvoices } from "./issuing.ts";
import type { Branding } from "./paper.ts";
import { getInvoice, invoicePdf, invoiceXml, listInvoices, listWaiting } from "./reading.ts";
import { changeSettings, getSettings } from "./settings.ts";
import { acceptUploaded, addFile, rejectUploaded, uploadInvoice } from "./uploads.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["invoices"];
const READ = { permission: "invoices.read", audience: "both" } as const;
const WRITE = { permission: "invoices.write", audience: "both" } as const;
const APPROVE = { permission: "invoices.approve", audience: "operator" } as const;
const MOST_UPLOAD = 11 * 1024 * 1024;

/** What the papers look like, as the shell knows it. */
export interface InvoiceNeeds {
  readonly branding: () => Promise<Branding>;
}

/** Invoices: issued by the operator in its payees' name, or handed in by them. */
export function invoicesRoutes(needs: InvoiceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(lists);
    await app.register(papers(needs));
    await app.register(issuing);
    await app.register(uploads);
    await app.register(settings);
  };
}

const lists: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/invoices",
    {
      config: READ,
      schema: {
        tags,
        summary: "Invoices and credit notes, the newest first",
        querystring: InvoiceQuery,
        response: { 200: InvoicePage },
      },
    },
    async (request) => wirePage(await listInvoices(request.ctx, request.actor, request.query)),
  );
  app.get(
    "/v1/invoices-waiting",
    {
      config: { permission: "invoices.read", audience: "operator" },
      schema: {
        tags,
        summary: "What is approved and on no invoice yet, and why",
        querystring: InvoiceWaitingQuery,
        response: { 200: InvoiceWaitingPage },
      },
    },
    async (request) => wirePage(await listWaiting(request.ctx, request.actor, request.query)),
  );
  app.get(
    "/v1/invoices/:id",
    { config: READ, schema: { tags, summary: "One invoice", params: Id, response: { 200: Invoice } } },
    (request) => getInvoice(request.ctx, request.actor, request.params.id),
  );
};

function papers(needs: InvoiceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/invoices/:id/document.pdf",
      { config: READ, schema: { tags, summary: "Its paper, or the file that was handed in", params: Id } },
      async ({ ctx, actor, params }, reply) => {
        const paper = await invoicePdf(ctx, actor, params.id, needs.branding);
        return reply
          .header("content-type", paper.mediaType)
          .header("content-disposition", attachment(paper.name))
          .send(paper.bytes);
      },
    );
    app.get(
      "/v1/invoices/:id/document.xml",
      { config: READ, schema: { tags, summary: "The same as UBL 2.1 to the model of EN 16931", params: Id } },
      async ({ ctx, actor, params }, reply) => {
        const { name, text } = await invoiceXml(ctx, actor, params.id);
        return reply
          .header("content-type", "application/xml; charset=utf-8")
          .header("content-disposition", attachment(name))
          .send(text);
      },
    );
  };
}

/** Never shown in the page: a file that somebody handed in could be a page of its own. */
function attachment(name: string): string {
  return `attachment; filename="${name.replaceAll(/[^\w.\- ]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

const issuing: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/invoices",
    {
      config: { permission: "invoices.write", audience: "operator" },
      schema: {
        tags,
        summary: "Issue what is due to some partners now; asked again it does nothing more",
        body: IssueRequest,
        response: { 200: IssueOutcome },
      },
    },
    ({ ctx, actor, body }) => issueInvoices(ctx, actor, body.partnerIds, { belowThreshold: body.belowThreshold }),
  );
  app.post(
    "/v1/invoices/:id/credit",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Take it back by a credit note, whole or in part; not by whoever issued it",
        params: Id,
        body: NewCreditNote,
        response: { 200: Invoice },
      },
    },
    ({ ctx, actor, params, body }) => creditInvoice(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/invoices/:id/send",
    {
      config: { permission: "invoices.write", audience: "operator" },
      schema: { tags, summary: "Mail it once more", params: Id, response: { 200: Invoice } },
    },
    ({ ctx, actor, params }) => sendAgain(ctx, actor, params.id),
  );
};

const uploads: FastifyPluginAsyncZod = async (app) => {
  app.addContentTypeParser(
    "application/octet-stream",
    { parseAs: "buffer", bodyLimit: MOST_UPLOAD },
    (_request, body, done) => done(null, body),
  );
  app.post(
    "/v1/invoice-files",
    {
      config: WRITE,
      schema: {
        tags,
        summary:
          "Add the file of an own invoice (application/octet-stream): PDF, UBL or CII; the answer says what it reads",
        querystring: InvoiceFileQuery,
        response: { 201: InvoiceFileRead },
      },
    },
    async ({ ctx, actor, query, body }, reply) => {
      if (!Buffer.isBuffer(body))
        throw new Refusal("unsupported_media_type", "Send the file itself as application/octet-stream.");
      return reply.status(201).send(await addFile(ctx, actor, query, body));
    },
  );
  app.post(
    "/v1/own-invoices",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Hand an own invoice in; it is matched with what is approved",
        body: NewUploadedInvoice,
        response: { 201: Invoice },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.status(201).send(await uploadInvoice(ctx, actor, body)),
  );
  app.post(
    "/v1/own-invoices/:id/accept",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Take an own invoice in spite of small differences; not by whoever handed it in",
        params: Id,
        body: InvoiceDecision,
        response: { 200: Invoice },
      },
    },
    ({ ctx, actor, params, body }) => acceptUploaded(ctx, actor, params.id, body.reason),
  );
  app.post(
    "/v1/own-invoices/:id/reject",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Send an own invoice back, with a reason",
        params: Id,
        body: InvoiceDecision,
        response: { 200: Invoice },
      },
    },
    ({ ctx, actor, params, body }) => rejectUploaded(ctx, actor, params.id, body.reason),
  );
};

const settings: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/invoice-settings",
    {
      config: { permission: "invoices.read", audience: "operator" },
      schema: {
        tags,
        summary: "Who the customer of the invoices is, and how they are numbered",
        response: { 200: InvoiceSettings },
      },
    },
    (request) => getSettings(request.ctx),
  );
  app.put(
    "/v1/invoice-settings",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Change it for invoices from now on",
        body: InvoiceSettings,
        response: { 200: InvoiceSettings },
      },
    },
    (request) => changeSettings(request.ctx, request.actor, request.body),
  );
};
