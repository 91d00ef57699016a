import {
  DocumentAcceptance,
  DocumentFileQuery,
  DocumentLookPage,
  DocumentQuery,
  DocumentRejection,
  NewDocumentQuery,
  PageQuery,
  PartnerDocument,
  PartnerDocumentPage,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Vault } from "../../database/index.ts";
import "../../access/http.ts";
import { acceptDocument, rejectDocument, withdrawDocument } from "../document-decisions.ts";
import { listLooks, openDocument } from "../document-files.ts";
import { addDocument, getDocument, listDocuments } from "../documents.ts";
import { ById, fileHeaders, fileOf, takeFiles } from "./parts.ts";

const READ = { permission: "documents.read", audience: "both" } as const;
const HAND_IN = { permission: "documents.write", audience: "both" } as const;
const DECIDE = { permission: "compliance.write", audience: "operator" } as const;
const LOOKS = { permission: "compliance.read", audience: "operator" } as const;
const tags = ["documents"];

/** Documents: handed in by the partner or by staff, looked at by compliance, each look on record. */
export function documentRoutes(vault: Vault): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(reading);
    await app.register(deciding);
    await app.register(files(vault));
  };
}

const reading: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/documents",
    {
      config: READ,
      schema: {
        tags,
        summary: "Documents of partners, the newest first",
        querystring: DocumentQuery,
        response: { 200: PartnerDocumentPage },
      },
    },
    (request) => listDocuments(request.ctx, request.actor, request.query),
  );
  app.get(
    "/v1/documents/:id",
    {
      config: READ,
      schema: { tags, summary: "Read what is known of a document", params: ById, response: { 200: PartnerDocument } },
    },
    (request) => getDocument(request.ctx, request.actor, request.params.id),
  );
  app.get(
    "/v1/documents/:id/looks",
    {
      config: LOOKS,
      schema: {
        tags,
        summary: "Who looked at a document, when and why",
        params: ById,
        querystring: PageQuery,
        response: { 200: DocumentLookPage },
      },
    },
    (request) => listLooks(request.ctx, request.actor, request.params.id, request.query),
  );
};

const deciding: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/documents/:id/accept",
    {
      config: DECIDE,
      schema: {
        tags,
        summary: "Say that a document is good; some kinds need two people",
        params: ById,
        body: DocumentAcceptance,
        response: { 200: PartnerDocument },
      },
    },
    (request) => acceptDocument(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/documents/:id/reject",
    {
      config: DECIDE,
      schema: {
        tags,
        summary: "Say why a document does not do",
        params: ById,
        body: DocumentRejection,
        response: { 200: PartnerDocument },
      },
    },
    (request) => rejectDocument(request.ctx, request.actor, request.params.id, request.body),
  );
  app.post(
    "/v1/documents/:id/withdraw",
    {
      config: HAND_IN,
      schema: {
        tags,
        summary: "Take back a document that nobody decided about",
        params: ById,
        body: z.object({ revision: z.number().int() }),
        response: { 200: PartnerDocument },
      },
    },
    (request) => withdrawDocument(request.ctx, request.actor, request.params.id, request.body.revision),
  );
};

function files(vault: Vault): FastifyPluginAsyncZod {
  return async (app) => {
    takeFiles(app);
    app.post(
      "/v1/documents",
      {
        config: HAND_IN,
        schema: {
          tags,
          summary:
            "Hand in a document: the file itself as application/octet-stream (PDF, JPEG, PNG, WebP, HEIC; 15 MB)",
          querystring: NewDocumentQuery,
          response: { 201: PartnerDocument },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await addDocument(request.ctx, request.actor, vault, request.query, fileOf(request.body))),
    );
    app.get(
      "/v1/documents/:id/file",
      {
        config: READ,
        schema: {
          tags,
          summary: "The file of a document; the look is kept with its purpose",
          params: ById,
          querystring: DocumentFileQuery,
        },
      },
      async (request, reply) => {
        const file = await openDocument(request.ctx, request.actor, vault, request.params.id, request.query.purpose);
        return reply.headers(fileHeaders(file.name, file.mediaType)).send(file.bytes);
      },
    );
  };
}
