import type { Readable } from "node:stream";
import {
  CaseDetail,
  CaseEvidence,
  CaseOrder,
  CasePage,
  CaseQuery,
  CaseStep,
  InLanguage,
  MigrationOrder,
  MigrationOutcome,
  MigrationPlan,
  MigrationPreview,
  NewProcedureCase,
  OwnProcedures,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type Actor, takeBodyAsFile } from "../access/index.ts";
import { type Context, type Vault, wirePage } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { type Order, order, startCase } from "./acting.ts";
import type { RouteNeeds } from "./contracts.ts";
import { addFile, openEvidence } from "./evidence-files.ts";
import { lookAgain } from "./looking.ts";
import { migrateCases, previewMigration, undoMigration } from "./migrating.ts";
import { ownProcedures } from "./own.ts";
import { caseHistory, getCase, listCases, seenCase } from "./reading.ts";

const READ = { permission: "procedures.read", audience: "operator" } as const;
const WRITE = { permission: "procedures.write", audience: "operator" } as const;
const APPROVE = { permission: "procedures.approve", audience: "operator" } as const;
const OWN = { permission: "partners.read", audience: "partner" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["procedures"];

/** Cases: their course, what people do in them, and how they come to another version. */
export const caseRoutes =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(lists);
    await app.register(acts(needs));
    await app.register(files(needs.vault));
    await app.register(migration(needs));
    await app.register(own(needs));
  };

const lists: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/procedure-cases",
    {
      config: READ,
      schema: { tags, summary: "Cases, the newest first", querystring: CaseQuery, response: { 200: CasePage } },
    },
    async ({ ctx, actor, query }) => wirePage(await listCases(ctx, actor, query)),
  );
  app.get(
    "/v1/procedure-cases/:id",
    {
      config: READ,
      schema: {
        tags,
        summary: "A case: what is done, what is shut and why, who has to do what by when",
        params: ById,
        querystring: InLanguage,
        response: { 200: CaseDetail },
      },
    },
    ({ ctx, actor, params, query }) => getCase(ctx, actor, params.id, query.language),
  );
  app.get(
    "/v1/procedure-cases/:id/history",
    {
      config: READ,
      schema: {
        tags,
        summary: "Everything that happened in a case, the newest first",
        params: ById,
        querystring: InLanguage,
        response: { 200: z.object({ data: z.array(CaseStep) }) },
      },
    },
    async ({ ctx, actor, params, query }) => ({
      data: [...(await caseHistory(ctx, actor, params.id, query.language))],
    }),
  );
};

/** The wire's order as the room's: texts and links become evidence. */
function orderOf(ctx: Context, body: CaseOrder, vault: Vault): Order {
  const { revision: _, ...rest } = body;
  if (rest.do !== "sign" && rest.do !== "waive") return rest;
  const { texts, links, ...plain } = rest;
  const items = [
    ...texts.map((text) => ({ kind: "text", text }) as const),
    ...links.map((url) => ({ kind: "link", url }) as const),
  ];
  const handedIn = { items, vault };
  if (plain.do === "waive") return { ...plain, waiver: ctx.ids.next("wvr"), handedIn };
  return { ...plain, handedIn };
}

const acts =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      "/v1/procedure-cases",
      {
        config: WRITE,
        schema: { tags, summary: "Start a case", body: NewProcedureCase, response: { 201: CaseDetail } },
      },
      async ({ ctx, actor, body }, reply) => {
        const subject = { kind: body.subjectKind, id: body.subjectId, programId: body.programId };
        const { procedure, parameters } = body;
        const { caseId } = await startCase(ctx, actor, { procedure, subject, parameters });
        await lookAgain(ctx, needs, caseId);
        return reply.code(201).send(await getCase(ctx, actor, caseId, "en"));
      },
    );
    app.post(
      "/v1/procedure-cases/:id/orders",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Do something in a case: finish a task, sign, waive, send back, drop, reopen",
          params: ById,
          querystring: InLanguage,
          body: CaseOrder,
          response: { 200: CaseDetail },
        },
      },
      async ({ ctx, actor, params, query, body }) => {
        await order(ctx, actor, params.id, orderOf(ctx, body, needs.vault), body.revision);
        await lookAgain(ctx, needs, params.id);
        return await getCase(ctx, actor, params.id, query.language);
      },
    );
    app.post(
      "/v1/procedure-cases/:id/look",
      {
        config: READ,
        schema: {
          tags,
          summary: "Ask the facts of a case again now",
          params: ById,
          querystring: InLanguage,
          response: { 200: CaseDetail },
        },
      },
      async ({ ctx, actor, params, query }) => {
        await seenCase(ctx, actor, params.id);
        await lookAgain(ctx, needs, params.id);
        return await getCase(ctx, actor, params.id, query.language);
      },
    );
  };

const FileName = z.object({ name: z.string().min(1).max(200) });

const files =
  (vault: Vault): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/procedure-cases/:id/evidence/:evidence",
      {
        config: READ,
        schema: {
          tags,
          summary: "Evidence as it was handed in; the look is noted",
          params: ById.extend({ evidence: z.string().max(60) }),
        },
      },
      async ({ ctx, actor, params }, reply) => {
        const found = await openEvidence(ctx, actor, vault, params.id, params.evidence);
        const name = encodeURIComponent(found.name);
        return reply
          .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
          .header("x-content-type-options", "nosniff")
          .type(found.kind === "file" ? "application/octet-stream" : "text/plain; charset=utf-8")
          .send(found.bytes);
      },
    );
    await app.register(uploads(vault));
  };

const uploads =
  (vault: Vault): FastifyPluginAsyncZod =>
  async (app) => {
    takeBodyAsFile(app);
    app.post(
      "/v1/procedure-cases/:id/evidence",
      {
        config: WRITE,
        bodyLimit: 10 * 1024 * 1024,
        schema: {
          tags,
          summary: "Add a file as evidence; the body is the file",
          params: ById,
          querystring: FileName,
          response: { 201: CaseEvidence },
        },
      },
      async ({ ctx, actor, params, query, body, headers }, reply) => {
        const mediaType = headers["content-type"] ?? "application/octet-stream";
        const file = { name: query.name, mediaType: mediaType.slice(0, 120), bytes: body as unknown as Readable };
        return reply.code(201).send(await addFile(ctx, actor, vault, params.id, file));
      },
    );
  };

const migration = (needs: RouteNeeds): FastifyPluginAsyncZod => {
  const OfVersion = ById.extend({ version: z.coerce.number().int().positive() });
  return async (app) => {
    app.post(
      "/v1/procedures/:id/versions/:version/preview",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Where running cases would lie on this version; nothing is written",
          params: OfVersion,
          body: MigrationPlan,
          response: { 200: MigrationPreview },
        },
      },
      ({ ctx, actor, params, body }) => previewMigration(ctx, actor, params.id, params.version, body.stages),
    );
    app.post(
      "/v1/procedures/:id/versions/:version/migrate",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Move running cases to this version, as the preview said",
          params: OfVersion,
          body: MigrationOrder,
          response: { 200: MigrationOutcome },
        },
      },
      ({ ctx, actor, params, body }) => migrateCases(ctx, actor, params.id, params.version, body),
    );
    app.post(
      "/v1/procedure-cases/:id/undo-migration",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Put a case back on the version it came from, while nothing happened since",
          params: ById,
          response: { 200: CaseDetail },
        },
      },
      async ({ ctx, actor, params }) => {
        await undoMigration(ctx, actor, params.id);
        await lookAgain(ctx, needs, params.id);
        return await getCase(ctx, actor, params.id, "en");
      },
    );
  };
};

const own =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/own-procedures",
      {
        config: OWN,
        schema: {
          tags,
          summary: "What the caller's partner has to do, and how far it is",
          querystring: InLanguage,
          response: { 200: OwnProcedures },
        },
      },
      ({ ctx, actor, query }) => ownProcedures({ ...ctx, db: needs.whole }, actor, query.language),
    );
    app.post(
      "/v1/own-procedures/:id/orders",
      {
        config: OWN,
        schema: {
          tags,
          summary: "Finish a task, tick an item or sign, for the caller's partner",
          params: ById,
          querystring: InLanguage,
          body: CaseOrder,
          response: { 200: OwnProcedures },
        },
      },
      async ({ ctx, actor, params, query, body }) => {
        await requireOwn(ctx, actor, params.id);
        const whole = { ...ctx, db: needs.whole };
        await order(whole, actor, params.id, orderOf(ctx, body, needs.vault), body.revision);
        await lookAgain(whole, needs, params.id);
        return await ownProcedures(whole, actor, query.language);
      },
    );
  };

/** Read under row-level security: what this does not find is another partner's, or nobody's. */
async function requireOwn(ctx: Context, actor: Actor, caseId: string): Promise<void> {
  if (actor.partnerId === undefined) throw new Refusal("forbidden", "This is for a partner's own people.");
  const { row } = await seenCase(ctx, actor, caseId);
  if (row.partner_id !== actor.partnerId) throw notFound("case", caseId);
}
