import {
  BottleneckQuery,
  Bottlenecks,
  FactListed,
  InLanguage,
  NewWorkingCalendar,
  PageQuery,
  ProcedureChange,
  ProcedureChecked,
  ProcedureCheckInput,
  ProcedureDraftInput,
  ProcedurePage,
  ProcedurePublication,
  ProcedureVersion,
  ProcedureVersionPage,
  WaitPage,
  WaitQuery,
  WorkingCalendarChange,
  WorkingCalendarPage,
  WorkingCalendarWire,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../access/http.ts";
import { wirePage } from "../database/index.ts";
import { addCalendar, changeCalendar, listCalendars, removeCalendar } from "./calendars.ts";
import { caseRoutes } from "./case-routes.ts";
import {
  checkAgainstPublished,
  compareVersions,
  getVersion,
  listProcedures,
  listVersions,
  versionsWire,
} from "./catalogue.ts";
import type { RouteNeeds } from "./contracts.ts";
import { bottlenecks } from "./measures.ts";
import { dropDraft, type ProcedureInput, publishProcedure, saveProcedure } from "./versions.ts";
import { waitWire } from "./wait-wire.ts";
import { casesWaiting } from "./waiting.ts";

const READ = { permission: "procedures.read", audience: "operator" } as const;
const APPROVE = { permission: "procedures.approve", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const OfVersion = ById.extend({ version: z.string().regex(/^(\d{1,9}|newest|published)$/) });
const tags = ["procedures"];

/** Procedures, their versions, the cases that run on them, working hours and measures. */
export function proceduresRoutes(needs: RouteNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(reading);
    await app.register(comparing(needs));
    await app.register(writing(needs));
    await app.register(caseRoutes(needs));
    await app.register(calendars);
    await app.register(measuring(needs));
  };
}

const reading: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/procedures",
    {
      config: READ,
      schema: {
        tags,
        summary: "Procedures, each once, with how many cases run",
        querystring: PageQuery.extend(InLanguage.shape),
        response: { 200: ProcedurePage },
      },
    },
    async ({ ctx, actor, query }) => wirePage(await listProcedures(ctx, actor, query, query.language)),
  );
  app.get(
    "/v1/procedures/:id/versions",
    {
      config: READ,
      schema: {
        tags,
        summary: "Versions of a procedure, the newest first",
        params: ById,
        querystring: PageQuery,
        response: { 200: ProcedureVersionPage },
      },
    },
    async ({ ctx, actor, params, query }) => wirePage(await listVersions(ctx, actor, params.id, query)),
  );
  app.get(
    "/v1/procedures/:id/versions/:version",
    {
      config: READ,
      schema: {
        tags,
        summary: "A version by its number; newest: the draft where there is one; published: the newest that is",
        params: OfVersion,
        response: { 200: ProcedureVersion },
      },
    },
    ({ ctx, actor, params }) => getVersion(ctx, actor, params.id, params.version),
  );
};

const comparing =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/procedures/:id/differences",
      {
        config: READ,
        schema: {
          tags,
          summary: "What one version has that another has not",
          params: ById,
          querystring: z.object({ from: OfVersion.shape.version, to: OfVersion.shape.version }),
          response: { 200: z.object({ data: z.array(ProcedureChange) }) },
        },
      },
      ({ ctx, actor, params, query }) => compareVersions(ctx, actor, params.id, query.from, query.to),
    );
    app.get(
      "/v1/procedure-facts",
      {
        config: READ,
        schema: {
          tags,
          summary: "Facts that procedures may name",
          response: { 200: z.object({ data: z.array(FactListed) }) },
        },
      },
      () => ({
        data: [...needs.facts.values()].map(({ fact, title, parameters }) => ({
          fact,
          title,
          parameters: [...parameters],
        })),
      }),
    );
  };

const writing =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      "/v1/procedures/check",
      {
        config: READ,
        schema: {
          tags,
          summary: "Read and lint a procedure; nothing is written",
          body: ProcedureCheckInput,
          response: { 200: ProcedureChecked },
        },
      },
      ({ ctx, actor, body }) => checkAgainstPublished(ctx, actor, body as ProcedureInput, needs.facts),
    );
    app.put(
      "/v1/procedures/draft",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Save the draft of a procedure, as YAML or as data",
          body: ProcedureDraftInput,
          response: { 200: ProcedureVersion },
        },
      },
      async ({ ctx, actor, body }) => {
        const input = body as ProcedureInput & { readonly revision?: number };
        const [wire] = await versionsWire(ctx, [await saveProcedure(ctx, actor, { ...input, facts: needs.facts })]);
        return wire as ProcedureVersion;
      },
    );
    app.post(
      "/v1/procedures/:id/publish",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Publish the draft: new cases run on it",
          params: ById,
          body: ProcedurePublication,
          response: { 200: ProcedureVersion },
        },
      },
      async ({ ctx, actor, params, body }) => {
        const row = await publishProcedure(ctx, actor, { procedure: params.id, ...body, facts: needs.facts });
        const [wire] = await versionsWire(ctx, [row]);
        return wire as ProcedureVersion;
      },
    );
    app.delete(
      "/v1/procedures/:id/draft",
      {
        config: APPROVE,
        schema: {
          tags,
          summary: "Throw the draft away",
          params: ById,
          querystring: z.object({ revision: z.coerce.number().int() }),
          response: { 204: z.null() },
        },
      },
      async ({ ctx, actor, params, query }, reply) => {
        await dropDraft(ctx, actor, params.id, query.revision);
        return reply.code(204).send(null);
      },
    );
  };

const calendars: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/procedure-calendars",
    {
      config: READ,
      schema: {
        tags,
        summary: "Working hours by region",
        querystring: PageQuery,
        response: { 200: WorkingCalendarPage },
      },
    },
    ({ ctx, actor, query }) => listCalendars(ctx, actor, query),
  );
  app.post(
    "/v1/procedure-calendars",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Set the working hours of a region",
        body: NewWorkingCalendar,
        response: { 201: WorkingCalendarWire },
      },
    },
    async ({ ctx, actor, body }, reply) => reply.code(201).send(await addCalendar(ctx, actor, body)),
  );
  app.put(
    "/v1/procedure-calendars/:id",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Change working hours",
        params: ById,
        body: WorkingCalendarChange,
        response: { 200: WorkingCalendarWire },
      },
    },
    ({ ctx, actor, params, body }) => changeCalendar(ctx, actor, params.id, body),
  );
  app.delete(
    "/v1/procedure-calendars/:id",
    {
      config: APPROVE,
      schema: {
        tags,
        summary: "Remove the working hours of a region",
        params: ById,
        querystring: z.object({ revision: z.coerce.number().int() }),
        response: { 204: z.null() },
      },
    },
    async ({ ctx, actor, params, query }, reply) => {
      await removeCalendar(ctx, actor, params.id, query.revision);
      return reply.code(204).send(null);
    },
  );
};

const measuring =
  (needs: RouteNeeds): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      "/v1/procedure-waits",
      {
        config: READ,
        schema: {
          tags,
          summary: "What cases wait for, the most urgent first",
          querystring: WaitQuery,
          response: { 200: WaitPage },
        },
      },
      async ({ ctx, actor, query }) => {
        const { rows, nextCursor } = await casesWaiting(ctx, actor, query, query);
        return { data: rows.map((row) => waitWire(row, ctx.clock.now())), nextCursor };
      },
    );
    app.get(
      "/v1/procedure-bottlenecks",
      {
        config: READ,
        schema: {
          tags,
          summary: "Where cases get stuck",
          querystring: BottleneckQuery,
          response: { 200: Bottlenecks },
        },
      },
      ({ ctx, actor, query }) => bottlenecks(ctx, actor, needs, query),
    );
  };
