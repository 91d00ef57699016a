import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  Import,
  ImportConnection,
  ImportConnectionPage,
  ImportConnectionQuery,
  ImportDetail,
  ImportFetch,
  ImportFileQuery,
  ImportMappingChange,
  ImportPage,
  ImportQuery,
  ImportRecordPage,
  ImportRecordQuery,
  ImportVendor,
  NewImport,
  NewImportConnection,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { wirePage } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import type { Vault } from "../../tracking/index.ts";
import { createConnection, listConnections, removeConnection, startFetch } from "./connections.ts";
import type { ImportNeeds } from "./contracts.ts";
import {
  addFile,
  cancelImport,
  changeMapping,
  createImport,
  getImport,
  listImports,
  listRecords,
  startCheck,
  startRun,
  startUndo,
} from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const FileQuery = ImportFileQuery.extend({ vendor: ImportVendor.optional() });
const tags = ["imports"];
const config = { permission: "partners.write", audience: "operator" } as const;
const MOST_UPLOAD = 512 * 1024 * 1024;

/** Taking over partners, links, codes, customers and history from other platforms. For the operator's people only. */
export function importsRoutes(needs: ImportNeeds & { readonly vault: Vault }): FastifyPluginAsyncZod {
  return async (app) => {
    // Files are streamed to the disk: none of them is held in memory.
    app.addContentTypeParser("application/octet-stream", { bodyLimit: MOST_UPLOAD }, (_request, payload, done) =>
      done(null, payload),
    );
    importRoutes(app as never);
    workRoutes(app as never, needs);
    connectionRoutes(app as never, needs);
  };
}

type App = Parameters<FastifyPluginAsyncZod>[0];

function importRoutes(app: App): void {
  app.get(
    "/v1/imports",
    {
      config,
      schema: { tags, summary: "Imports, the newest first", querystring: ImportQuery, response: { 200: ImportPage } },
    },
    async ({ ctx, actor, query }) => wirePage(await listImports(ctx, actor, query)),
  );
  app.post(
    "/v1/imports",
    {
      config,
      schema: { tags, summary: "Open an import; files are added to it", body: NewImport, response: { 201: Import } },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createImport(ctx, actor, body)),
  );
  app.get(
    "/v1/imports/:id",
    {
      config,
      schema: {
        tags,
        summary: "One import: tables, mapping, questions, counts",
        params: Id,
        response: { 200: ImportDetail },
      },
    },
    async ({ ctx, actor, params }) => await getImport(ctx, actor, params.id),
  );
  app.get(
    "/v1/imports/:id/records",
    {
      config,
      schema: {
        tags,
        summary: "Records of an import and what becomes of each; `action=refuse&format=csv` is the rejects file",
        params: Id,
        querystring: ImportRecordQuery,
        response: { 200: ImportRecordPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listRecords(ctx, actor, params.id, query)),
  );
  app.post(
    "/v1/imports/:id/files",
    {
      config,
      schema: {
        tags,
        summary: "Add a file (application/octet-stream): CSV, XLSX, JSON or NDJSON, CSV and JSON also gzipped",
        params: Id,
        querystring: FileQuery,
        response: { 200: ImportDetail },
      },
    },
    async ({ ctx, actor, params, query, body }) => {
      await getImport(ctx, actor, params.id);
      return await withUpload(body, (path) => addFile(ctx, actor, params.id, { path, name: query.name }, query.vendor));
    },
  );
}

function workRoutes(app: App, needs: ImportNeeds): void {
  app.put(
    "/v1/imports/:id/mapping",
    {
      config,
      schema: {
        tags,
        summary: "Say what tables and columns mean",
        params: Id,
        body: ImportMappingChange,
        response: { 200: ImportDetail },
      },
    },
    async ({ ctx, actor, params, body }) => await changeMapping(ctx, actor, params.id, body),
  );
  app.post(
    "/v1/imports/:id/check",
    {
      config,
      schema: {
        tags,
        summary: "Dry run: decide about every record, make nothing",
        params: Id,
        response: { 200: ImportDetail },
      },
    },
    async ({ ctx, actor, params }) => await startCheck(ctx, actor, params.id),
  );
  app.post(
    "/v1/imports/:id/run",
    { config, schema: { tags, summary: "Make what the dry run decided", params: Id, response: { 200: ImportDetail } } },
    async ({ ctx, actor, params }) => await startRun(ctx, actor, params.id),
  );
  app.post(
    "/v1/imports/:id/undo",
    {
      config,
      schema: {
        tags,
        summary: "Take an import back, unless something stands on it",
        params: Id,
        response: { 200: ImportDetail },
      },
    },
    async ({ ctx, actor, params }) => await startUndo(ctx, actor, params.id, needs),
  );
  app.post(
    "/v1/imports/:id/cancel",
    {
      config,
      schema: { tags, summary: "Put an import away that was never run", params: Id, response: { 200: ImportDetail } },
    },
    async ({ ctx, actor, params }) => await cancelImport(ctx, actor, params.id),
  );
}

function connectionRoutes(app: App, needs: { readonly vault: Vault }): void {
  app.get(
    "/v1/import-connections",
    {
      config,
      schema: {
        tags,
        summary: "Connections to platforms' APIs",
        querystring: ImportConnectionQuery,
        response: { 200: ImportConnectionPage },
      },
    },
    async ({ ctx, actor, query }) => wirePage(await listConnections(ctx, actor, query)),
  );
  app.post(
    "/v1/import-connections",
    {
      config,
      schema: {
        tags,
        summary: "Keep the access to a platform's API, sealed",
        body: NewImportConnection,
        response: { 201: ImportConnection },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await createConnection(ctx, actor, body, needs.vault)),
  );
  app.delete(
    "/v1/import-connections/:id",
    { config, schema: { tags, summary: "Forget a connection and its key", params: Id, response: { 204: z.null() } } },
    async ({ ctx, actor, params }, reply) => {
      await removeConnection(ctx, actor, params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/v1/imports/fetch",
    {
      config,
      schema: {
        tags,
        summary: "Open an import that reads a platform's API",
        body: ImportFetch,
        response: { 201: Import },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await startFetch(ctx, actor, body)),
  );
}

/** Writes an upload to a file of its own for as long as it is read. */
async function withUpload<T>(body: unknown, work: (path: string) => Promise<T>): Promise<T> {
  if (!(body instanceof Readable))
    throw new Refusal("unsupported_media_type", "Send the file itself as application/octet-stream.");
  const folder = await mkdtemp(join(tmpdir(), "tributary-import-"));
  try {
    const path = join(folder, "upload");
    await pipeline(body, atMost(MOST_UPLOAD), createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function atMost(bytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > bytes)
        done(
          new Refusal("too_large", "The file is larger than 512 MB: send it in parts, or import it by command line."),
        );
      else done(null, chunk);
    },
  });
}
