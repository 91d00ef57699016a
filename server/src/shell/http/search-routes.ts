import {
  CustomerQuery,
  type Found,
  LeadQuery,
  OfferQuery,
  PartnerQuery,
  ProgramQuery,
  SearchQuery,
  SearchResult,
  TrackingLinkQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { type Actor, can } from "../../access/index.ts";
import { listCustomers } from "../../attribution/index.ts";
import type { Context } from "../../database/index.ts";
import { listPartners, searchPeople } from "../../partners/index.ts";
import { listLeads } from "../../pipeline/index.ts";
import { listOffers, listPrograms } from "../../programs/index.ts";
import { listLinks } from "../../tracking/index.ts";
import { customerSurroundings } from "../customers.ts";

/** Looks for records of one kind, as far as this actor may see them. */
type RecordFinder = (ctx: Context, actor: Actor, q: string, limit: number) => Promise<readonly Found[]>;

/** By words first, with slips forgiven; when that leaves room, by any part of what the list of partners looks in. */
const findPartners: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "partners.read") || actor.partnerId !== undefined) return [];
  const people = await searchPeople(ctx, actor, q, limit * 2);
  const found = people.map(({ kind, id, title, detail, partnerId }) => ({ kind, id, title, detail, partnerId }));
  if (found.filter((one) => one.kind === "partner").length >= limit) return found;
  const known = new Set(found.map((one) => one.id));
  const { rows } = await listPartners(ctx, actor, PartnerQuery.parse({ q, limit }));
  const parts = rows.map((row) => ({
    kind: "partner",
    id: row.id,
    title: row.name,
    detail: row.code,
    partnerId: row.id,
  }));
  return [...found, ...parts.filter((one) => !known.has(one.id))];
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

const findLinks: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "links.read")) return [];
  const needs = { publicUrl: "", mayPromote: async () => false };
  const { data } = await listLinks(ctx, actor, TrackingLinkQuery.parse({ q, limit }), needs);
  return data.map((row) => ({ kind: "link", id: row.id, title: row.name || row.code, detail: row.code }));
};

const findCustomers: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "customers.read")) return [];
  const { rows } = await listCustomers(ctx, actor, CustomerQuery.parse({ q, limit }), customerSurroundings);
  // Whose customer it is goes without saying to the partner whose it is.
  const detail = (status: string) => (actor.partnerId === undefined ? status : null);
  return rows.map((row) => ({ kind: "customer", id: row.id, title: row.customerRef, detail: detail(row.status) }));
};

const findLeads: RecordFinder = async (ctx, actor, q, limit) => {
  if (!can(actor, "pipeline.read")) return [];
  const { rows } = await listLeads(ctx, actor, LeadQuery.parse({ q, limit }));
  return rows.map((row) => ({ kind: "lead", id: row.id, title: row.name, detail: row.email }));
};

/** Kinds in the order in which they are shown. */
const FINDERS: readonly RecordFinder[] = [findPartners, findLeads, findPrograms, findOffers, findLinks, findCustomers];

/** `GET /v1/search`: the command palette's records; a few of each kind, so that none crowds out the others. */
export function searchRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/search",
      {
        config: { permission: "signed-in", audience: "both" },
        schema: {
          tags: ["search"],
          summary: "Records by the words of their name, code or website; slips are forgiven",
          querystring: SearchQuery,
          response: { 200: SearchResult },
        },
      },
      async (request) => {
        const { q, limit } = request.query;
        const each = Math.max(3, Math.ceil(limit / 3));
        const found = await Promise.all(FINDERS.map((find) => find(request.ctx, request.actor, q, each)));
        return { data: found.flat().slice(0, limit) };
      },
    );
  };
}
