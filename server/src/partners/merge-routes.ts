import {
  DuplicatePairs,
  DuplicateQuery,
  MergeLook,
  MergePage,
  MergeQuery,
  NewMerge,
  NotDuplicate,
  PartnerMerge,
  TransferEnd,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../database/index.ts";
import { listDuplicates, sayNotDuplicate } from "./duplicates.ts";
import type { MergeNeeds } from "./merge-needs.ts";
import { decideMerge, listMerges, lookAtMerge, mergePartners } from "./merging.ts";
import { unmergePartners } from "./unmerging.ts";

const READ = { permission: "partners.read", audience: "operator" } as const;
const WRITE = { permission: "partners.write", audience: "operator" } as const;
const APPROVE = { permission: "partners.approve", audience: "operator" } as const;
const tags = ["partners"];
const Id = z.object({ id: z.string() });

export const duplicateRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/partner-duplicates",
    {
      config: READ,
      schema: {
        tags,
        summary: "Records that may be one",
        querystring: DuplicateQuery,
        response: { 200: DuplicatePairs },
      },
    },
    async (request) => ({ data: [...(await listDuplicates(request.ctx, request.actor, request.query))] }),
  );
  app.post(
    "/v1/partner-duplicates/dismiss",
    {
      config: WRITE,
      schema: { tags, summary: "Say that two records are two", body: NotDuplicate, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await sayNotDuplicate(request.ctx, request.actor, request.body);
      return reply.code(204).send(null);
    },
  );
};

/** @param needs what goes along with a merge */
export function mergeRoutes(needs: MergeNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/partner-merges",
      { config: READ, schema: { tags, summary: "Merges", querystring: MergeQuery, response: { 200: MergePage } } },
      async (request) => wirePage(await listMerges(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/partner-merges/look",
      {
        config: WRITE,
        schema: { tags, summary: "What a merge would do", body: NewMerge, response: { 200: MergeLook } },
      },
      (request) => lookAtMerge(request.ctx, request.actor, request.body, needs),
    );
    app.post(
      "/v1/partner-merges",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Make two records one",
          description: "Where money was booked for both it is proposed, and a second person confirms it.",
          body: NewMerge,
          response: { 201: PartnerMerge },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await mergePartners(request.ctx, request.actor, request.body, needs)),
    );
    for (const decision of ["confirm", "drop"] as const)
      app.post(
        `/v1/partner-merges/:id/${decision}`,
        {
          config: decision === "confirm" ? APPROVE : WRITE,
          schema: {
            tags,
            summary: decision === "confirm" ? "Confirm a proposed merge" : "Drop a proposed merge",
            params: Id,
            response: { 200: PartnerMerge },
          },
        },
        (request) => decideMerge(request.ctx, request.actor, request.params.id, decision, needs),
      );
    app.post(
      "/v1/partner-merges/:id/undo",
      {
        config: APPROVE,
        schema: { tags, summary: "Take a merge back", params: Id, body: TransferEnd, response: { 200: PartnerMerge } },
      },
      (request) => unmergePartners(request.ctx, request.actor, request.params.id, request.body.reason, needs),
    );
  };
}
