import type { FastifyContextConfig, FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { type Context, type Page, wirePage } from "../database/index.ts";
import type { Actor } from "./contracts.ts";
import "./http.ts";

const Id = z.object({ id: z.string() });
type One = { Params: z.infer<typeof Id> };

/** What the five routes of a record with a life are told: every one says who may use it, what goes in and who does the work. */
export interface RecordRoutes<Item, Query, Fresh, Change, Move> {
  /** Address of the list, e.g. `/v1/offers`. */
  readonly path: string;
  readonly tag: string;
  readonly item: z.ZodType<Item>;
  readonly list: {
    readonly config: FastifyContextConfig;
    readonly summary: string;
    readonly one: string;
    readonly query: z.ZodType<Query>;
    readonly page: z.ZodType<{ data: Item[]; nextCursor: string | null }>;
    readonly read: (ctx: Context, actor: Actor, query: Query) => Promise<Page<Item>>;
    readonly get: (ctx: Context, actor: Actor, id: string) => Promise<Item>;
  };
  readonly create: {
    readonly config: FastifyContextConfig;
    readonly summary: string;
    readonly body: z.ZodType<Fresh>;
    readonly work: (ctx: Context, actor: Actor, body: Fresh) => Promise<Item>;
  };
  readonly change: {
    readonly config: FastifyContextConfig;
    readonly summary: string;
    readonly description?: string;
    readonly body: z.ZodType<Change>;
    readonly work: (ctx: Context, actor: Actor, id: string, body: Change) => Promise<Item>;
  };
  readonly move: {
    readonly config: FastifyContextConfig;
    readonly summary: string;
    readonly body: z.ZodType<Move>;
    readonly work: (ctx: Context, actor: Actor, id: string, body: Move) => Promise<Item>;
  };
}

/** List, create, read and change of a record, and `POST …/{id}/status` for its life. */
export function recordRoutes<Item, Query, Fresh, Change, Move>(
  told: RecordRoutes<Item, Query, Fresh, Change, Move>,
): FastifyPluginAsync {
  const { path, item, list, create, change, move } = told;
  const tags = [told.tag];
  const one = `${path}/:id`;
  const ok = { 200: item };
  const changing = change.description === undefined ? {} : { description: change.description };
  return async (app) => {
    app.get<{ Querystring: Query }>(
      path,
      {
        config: list.config,
        schema: { tags, summary: list.summary, querystring: list.query, response: { 200: list.page } },
      },
      async (request) => wirePage(await list.read(request.ctx, request.actor, request.query as Query)),
    );
    app.post<{ Body: Fresh }>(
      path,
      { config: create.config, schema: { tags, summary: create.summary, body: create.body, response: { 201: item } } },
      async (request, reply) =>
        reply.code(201).send(await create.work(request.ctx, request.actor, request.body as Fresh)),
    );
    app.get<One>(
      one,
      { config: list.config, schema: { tags, summary: list.one, params: Id, response: ok } },
      (request) => list.get(request.ctx, request.actor, request.params.id),
    );
    app.patch<One & { Body: Change }>(
      one,
      {
        config: change.config,
        schema: { tags, summary: change.summary, ...changing, params: Id, body: change.body, response: ok },
      },
      (request) => change.work(request.ctx, request.actor, request.params.id, request.body as Change),
    );
    app.post<One & { Body: Move }>(
      `${one}/status`,
      { config: move.config, schema: { tags, summary: move.summary, params: Id, body: move.body, response: ok } },
      (request) => move.work(request.ctx, request.actor, request.params.id, request.body as Move),
    );
  };
}
