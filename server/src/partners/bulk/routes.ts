import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  BulkDetail,
  BulkMappingChange,
  BulkPage,
  BulkQuery,
  BulkRowPage,
  BulkRowQuery,
  BulkUpload,
  NewMassEdit,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Actor, takeBodyAsFile } from "../../access/index.ts";
import { type Context, wirePage } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { rejectsFile } from "./rejects.ts";
import {
  cancelBulk,
  changeBulkMapping,
  getBulk,
  listBulkRows,
  listBulks,
  openBulk,
  openMassEdit,
  startBulkCheck,
  startBulkRun,
  startBulkUndo,
} from "./service.ts";

const Id = z.object({ id: z.string().max(60) });
const tags = ["bulk changes"];
const config = { permission: "partners.write", audience: "operator" } as const;
const MOST_UPLOAD = 256 * 1024 * 1024;

/** Many partners or contacts at once. For the operator's people only. */
export function bulkRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    readRoutes(app);
    workRoutes(app);
    await app.register(async (files) => {
      takeBodyAsFile(files as never);
      uploadRoute(files as never);
    });
  };
}

type App = Parameters<FastifyPluginAsyncZod>[0];

function readRoutes(app: App): void {
  app.get(
    "/v1/bulk-changes",
    {
      config,
      schema: { tags, summary: "Bulk changes, the newest first", querystring: BulkQuery, response: { 200: BulkPage } },
    },
    async ({ ctx, actor, query }) => wirePage(await listBulks(ctx, actor, query)),
  );
  app.get(
    "/v1/bulk-changes/:id",
    {
      config,
      schema: { tags, summary: "One bulk change: tables, mapping, counts", params: Id, response: { 200: BulkDetail } },
    },
    async ({ ctx, actor, params }) => await getBulk(ctx, actor, params.id),
  );
  app.get(
    "/v1/bulk-changes/:id/rows",
    {
      config,
      schema: {
        tags,
        summary: "What becomes of each row: line, action, before and after, or why it is refused",
        params: Id,
        querystring: BulkRowQuery,
        response: { 200: BulkRowPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listBulkRows(ctx, actor, params.id, query)),
  );
  app.get(
    "/v1/bulk-changes/:id/rejects",
    {
      config,
      schema: {
        tags,
        summary: "The refused rows as they stood in the file, with the reason (CSV)",
        params: Id,
        querystring: z.object({ language: z.enum(["en", "es"]).default("en") }),
      },
    },
    async ({ ctx, actor, params, query }, reply) => {
      const { name, lines } = await rejectsFile(ctx, actor, params.id, query.language);
      reply.header("content-type", "text/csv; charset=utf-8");
      reply.header("content-disposition", `attachment; filename="${name}"`);
      return reply.send(Readable.from(lines));
    },
  );
}

function workRoutes(app: App): void {
  app.post(
    "/v1/partners/mass-edit",
    {
      config,
      schema: {
        tags,
        summary: "Preview an edit of many partners: named ones, or all that a list shows now",
        body: NewMassEdit,
        response: { 201: BulkDetail },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await openMassEdit(ctx, actor, body)),
  );
  app.put(
    "/v1/bulk-changes/:id/mapping",
    {
      config,
      schema: {
        tags,
        summary: "Say what the columns mean",
        params: Id,
        body: BulkMappingChange,
        response: { 200: BulkDetail },
      },
    },
    async ({ ctx, actor, params, body }) => await changeBulkMapping(ctx, actor, params.id, body),
  );
  const steps: readonly (readonly [string, string, (ctx: Context, actor: Actor, id: string) => Promise<BulkDetail>])[] =
    [
      ["check", "Dry run: decide about every row, change nothing", startBulkCheck],
      ["run", "Make what the preview shows", startBulkRun],
      ["undo", "Take it back where nobody was there since", startBulkUndo],
      ["cancel", "Put away what was never made", cancelBulk],
    ];
  for (const [name, summary, work] of steps)
    app.post(
      `/v1/bulk-changes/:id/${name}`,
      { config, schema: { tags, summary, params: Id, response: { 200: BulkDetail } } },
      async ({ ctx, actor, params }) => await work(ctx, actor, params.id),
    );
}

function uploadRoute(app: App): void {
  app.post(
    "/v1/bulk-changes",
    {
      config,
      bodyLimit: MOST_UPLOAD,
      schema: {
        tags,
        summary:
          "Send a file of partners or contacts: CSV of any kind, XLSX, XLS, XLSB, ODS (application/octet-stream)",
        querystring: BulkUpload,
        response: { 201: BulkDetail },
      },
    },
    async ({ ctx, actor, query, body }, reply) => {
      const opened = await withUpload(body, (path) => openBulk(ctx, actor, { path, name: query.name }, query.subject));
      return reply.code(201).send(opened);
    },
  );
}

/** Writes an upload to a file of its own for as long as it is read. */
async function withUpload<T>(body: unknown, work: (path: string) => Promise<T>): Promise<T> {
  if (!(body instanceof Readable))
    throw new Refusal("unsupported_media_type", "Send the file itself as application/octet-stream.");
  const folder = await mkdtemp(join(tmpdir(), "tributary-bulk-"));
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
        done(new Refusal("too_large", "The file is larger than 256 MB: divide it, or import it by command line."));
      else done(null, chunk);
    },
  });
}
