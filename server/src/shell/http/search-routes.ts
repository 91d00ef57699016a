import { type Found, OfferQuery, PartnerQuery, ProgramQuery, SearchQuery, SearchResult } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type Actor, can } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { listPartners } from "../../partners/index.ts";
import { listOffers, listPrograms } from "../../programs/index.ts";

/** Looks for records of one kind, as far as this actor may see them. */
export type RecordFinder = (ctx: Context, actor: Actor, q: string, limit: number) => Promise<readonly Found[]>;

const findPartners: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "partners.read") || actor.partnerId !== undefined) return [];
  const { rows } = await listPartners(ctx, actor, PartnerQuery.parse({ q, limit }));
  return rows.map((row) => ({ kind: "partner", id: row.id, title: row.name, detail: `${row.code} · ${row.status}` }));
};

const findPrograms: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "programs.read")) return [];
  const { rows } = await listPrograms(ctx, actor, ProgramQuery.parse({ q, limit }));
  return rows.map((row) => ({ kind: "program", id: row.id, title: row.name, detail: row.code }));
};

const findOffers: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "programs.read")) return [];
  const { rows } = await listOffers(ctx, actor, OfferQuery.parse({ q, limit }));
  return rows.map((row) => ({ kind: "offer", id: row.id, title: row.name, detail: row.code }));
};

/** Kinds in the order in which they are shown. */
const FINDERS: readonly RecordFinder[] = [findPartners, findPrograms, findOffers];

/** `GET /v1/search`: the command palette's records. */
export function searchRoutes(finders: readonly RecordFinder[] = FINDERS): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/search",
      {
        config: { permission: "signed-in", audience: "both" },
        schema: {
          tags: ["search"],
          summary: "Records by a part of their name or code",
          querystring: SearchQuery,
          response: { 200: SearchResult },
        },
      },
      async (request) => {
        const { q, limit } = request.query;
        const found = await Promise.all(finders.map((find) => find(request.ctx, request.actor, q, limit)));
        return { data: found.flat().slice(0, limit) };
      },
    );
  };
}
