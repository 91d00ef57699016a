import {
  BulkCodesMade,
  BulkCodesPreview,
  BulkFile,
  BulkLinksMade,
  BulkLinksPreview,
  QrQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { makeCodes, previewCodes } from "./bulk-codes.ts";
import { BULK_BODY_BYTES } from "./bulk-file.ts";
import { makeLinks, previewLinks } from "./bulk-links.ts";
import { qrPng, qrSvg } from "./qr.ts";
import { getLink, type LinkNeeds } from "./service.ts";

const WRITE = { permission: "links.write", audience: "both" } as const;
const WRITE_CODES = { permission: "links.write", audience: "operator" } as const;

/** Many links or codes at once out of a file, and links as pictures. */
export function bulkRoutes(needs: LinkNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(files(needs));
    app.get(
      "/v1/links/:id/qr",
      {
        config: { permission: "links.read", audience: "both" },
        schema: {
          tags: ["links"],
          summary: "A tracking link as a QR code, as SVG or PNG",
          params: z.object({ id: z.string() }),
          querystring: QrQuery,
          response: { 200: z.any().describe("the picture") },
        },
      },
      async (request, reply) => {
        const { format, size, source } = request.query;
        const link = await getLink(request.ctx, request.actor, request.params.id, needs);
        const url =
          source === undefined || source === "" ? link.url : `${link.url}?source=${encodeURIComponent(source)}`;
        reply.header("cache-control", "private, max-age=300");
        if (format === "png") return reply.type("image/png").send(Buffer.from(qrPng(url, size)));
        return reply.type("image/svg+xml").send(qrSvg(url));
      },
    );
  };
}

function files(needs: LinkNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    const bodyLimit = BULK_BODY_BYTES;
    app.post(
      "/v1/links/bulk/preview",
      {
        bodyLimit,
        config: WRITE,
        schema: {
          tags: ["links"],
          summary: "What a file of links would make, and which of its rows are refused",
          body: BulkFile,
          response: { 200: BulkLinksPreview },
        },
      },
      (request) => previewLinks(request.ctx, request.actor, request.body, needs),
    );
    app.post(
      "/v1/links/bulk",
      {
        bodyLimit,
        config: WRITE,
        schema: {
          tags: ["links"],
          summary: "Make the links of a file",
          body: BulkFile,
          response: { 201: BulkLinksMade },
        },
      },
      async (request, reply) => {
        reply.code(201);
        return await makeLinks(request.ctx, request.actor, request.body, needs);
      },
    );
    app.post(
      "/v1/codes/bulk/preview",
      {
        bodyLimit,
        config: WRITE_CODES,
        schema: {
          tags: ["codes"],
          summary: "What a file of referral codes would make, and which of its rows are refused",
          body: BulkFile,
          response: { 200: BulkCodesPreview },
        },
      },
      (request) => previewCodes(request.ctx, request.actor, request.body),
    );
    app.post(
      "/v1/codes/bulk",
      {
        bodyLimit,
        config: WRITE_CODES,
        schema: {
          tags: ["codes"],
          summary: "Give the codes of a file",
          body: BulkFile,
          response: { 201: BulkCodesMade },
        },
      },
      async (request, reply) => {
        reply.code(201);
        return await makeCodes(request.ctx, request.actor, request.body);
      },
    );
  };
}
