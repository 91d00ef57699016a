import {
  AccessAnswers,
  AccessCheckQuery,
  AccessReview,
  AccessReviewPage,
  AccessReviewQuery,
  ClosedRegionList,
  CloseRegion,
  CustomRoleChange,
  Deputy,
  DeputyPage,
  DeputyQuery,
  HeldGrantPage,
  HeldGrantQuery,
  InLanguage,
  NewAccessReview,
  NewCustomRole,
  NewDeputy,
  ReviewDecision,
  ReviewedGrantPage,
  ReviewedGrantQuery,
  RoleList,
  RoleOfHouse,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../../database/index.ts";
import { checkAccess } from "../check.ts";
import { closeRegion, endDeputy, listClosedRegions, listDeputies, nameDeputy, openRegion } from "../deputies.ts";
import { reviewDocument } from "../review-paper.ts";
import {
  closeReview,
  decideReview,
  getReview,
  heldGrants,
  listReviews,
  openReview,
  reviewedGrants,
} from "../reviews.ts";
import { changeRole, createRole, listRoles, removeRole } from "../roles.ts";
import { type AccessParts, touchOfPartner } from "./parts.ts";

const Id = z.object({ id: z.string() });
const SIGNED_IN = { permission: "signed-in", audience: "both" } as const;
const STAFF = { permission: "signed-in", audience: "operator" } as const;
const READ = { permission: "users.read", audience: "operator" } as const;
const WRITE = { permission: "users.write", audience: "operator" } as const;
const SETTINGS = { permission: "settings.write", audience: "operator" } as const;
const gone = { 204: z.null() };

/** Roles, what-if, deputies, closed regions and reviews: who may do what, and whether that is still right. */
export function controlRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(roleRoutes);
    await app.register(deputyRoutes(parts));
    await app.register(regionRoutes);
    await app.register(reviewRoutes(parts));
  };
}

const roleRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["people"];
  app.get(
    "/v1/roles",
    { config: SIGNED_IN, schema: { tags, summary: "Roles and their permissions", response: { 200: RoleList } } },
    async (request) => ({ data: await listRoles(request.ctx, request.actor) }),
  );
  app.post(
    "/v1/roles",
    {
      config: WRITE,
      schema: { tags, summary: "Make a role from permissions", body: NewCustomRole, response: { 201: RoleOfHouse } },
    },
    async (request, reply) => reply.code(201).send(await createRole(request.ctx, request.actor, request.body)),
  );
  app.patch(
    "/v1/roles/:id",
    {
      config: WRITE,
      schema: {
        tags,
        summary: "Change an own role",
        params: Id,
        body: CustomRoleChange,
        response: { 200: RoleOfHouse },
      },
    },
    (request) => changeRole(request.ctx, request.actor, request.params.id, request.body),
  );
  app.delete(
    "/v1/roles/:id",
    { config: WRITE, schema: { tags, summary: "Remove a role that nobody holds", params: Id, response: gone } },
    async (request, reply) => {
      await removeRole(request.ctx, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
};

function deputyRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const tags = ["people"];
  return async (app) => {
    app.get(
      "/v1/access/check",
      {
        config: STAFF,
        schema: {
          tags,
          summary: "What may this person do there, by which grant, or why not",
          querystring: AccessCheckQuery,
          response: { 200: AccessAnswers },
        },
      },
      (request) => checkAccess(request.ctx, request.actor, request.query, touchOfPartner(parts)),
    );
    app.get(
      "/v1/deputies",
      {
        config: STAFF,
        schema: { tags, summary: "Who stands in for whom", querystring: DeputyQuery, response: { 200: DeputyPage } },
      },
      async (request) => wirePage(await listDeputies(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/deputies",
      {
        config: STAFF,
        schema: { tags, summary: "Name a deputy for some days", body: NewDeputy, response: { 201: Deputy } },
      },
      async (request, reply) => reply.code(201).send(await nameDeputy(request.ctx, request.actor, request.body)),
    );
    app.delete(
      "/v1/deputies/:id",
      { config: STAFF, schema: { tags, summary: "End it before its time", params: Id, response: gone } },
      async (request, reply) => {
        await endDeputy(request.ctx, request.actor, request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}

const regionRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["people"];
  app.get(
    "/v1/access/closed-regions",
    {
      config: STAFF,
      schema: { tags, summary: "Regions in which only owners see a partner", response: { 200: ClosedRegionList } },
    },
    async (request) => ({ data: await listClosedRegions(request.ctx) }),
  );
  app.put(
    "/v1/access/closed-regions/:id",
    {
      config: SETTINGS,
      schema: {
        tags,
        summary: "Let only owners, deputies and leads see its partners",
        params: Id,
        body: CloseRegion,
        response: gone,
      },
    },
    async (request, reply) => {
      await closeRegion(request.ctx, request.actor, request.params.id, request.body.reason);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/v1/access/closed-regions/:id",
    {
      config: SETTINGS,
      schema: { tags, summary: "Let the region's people see them again", params: Id, response: gone },
    },
    async (request, reply) => {
      await openRegion(request.ctx, request.actor, request.params.id);
      return reply.code(204).send(null);
    },
  );
};

function reviewRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const tags = ["access reviews"];
  return async (app) => {
    app.get(
      "/v1/access/grants",
      {
        config: READ,
        schema: {
          tags,
          summary: "Who has what, since when, by whom, last used when",
          querystring: HeldGrantQuery,
          response: { 200: HeldGrantPage },
        },
      },
      async (request) => wirePage(await heldGrants(request.ctx, request.actor, request.query)),
    );
    app.get(
      "/v1/access/reviews",
      {
        config: READ,
        schema: {
          tags,
          summary: "Access reviews",
          querystring: AccessReviewQuery,
          response: { 200: AccessReviewPage },
        },
      },
      async (request) => wirePage(await listReviews(request.ctx, request.actor, request.query)),
    );
    app.post(
      "/v1/access/reviews",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Review everything that is held today",
          body: NewAccessReview,
          response: { 201: AccessReview },
        },
      },
      async (request, reply) => reply.code(201).send(await openReview(request.ctx, request.actor, request.body)),
    );
    app.get(
      "/v1/access/reviews/:id",
      { config: READ, schema: { tags, summary: "One access review", params: Id, response: { 200: AccessReview } } },
      (request) => getReview(request.ctx, request.actor, request.params.id),
    );
    app.get(
      "/v1/access/reviews/:id/document.pdf",
      {
        config: READ,
        schema: { tags, summary: "One access review as a PDF", params: Id, querystring: InLanguage },
      },
      async ({ ctx, actor, params, query }, reply) => {
        const { name, bytes } = await reviewDocument(ctx, actor, params.id, query.language);
        reply.header("content-type", "application/pdf").header("content-disposition", `inline; filename="${name}"`);
        return reply.send(bytes);
      },
    );
    await app.register(decisionRoutes(parts));
  };
}

function decisionRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const tags = ["access reviews"];
  const ok = { 200: AccessReview };
  return async (app) => {
    app.get(
      "/v1/access/reviews/:id/grants",
      {
        config: READ,
        schema: {
          tags,
          summary: "The grants of a review, with what was decided",
          params: Id,
          querystring: ReviewedGrantQuery,
          response: { 200: ReviewedGrantPage },
        },
      },
      async (request) => wirePage(await reviewedGrants(request.ctx, request.actor, request.params.id, request.query)),
    );
    app.post(
      "/v1/access/reviews/:id/decisions",
      {
        config: WRITE,
        schema: { tags, summary: "Confirm grants, or take them away", params: Id, body: ReviewDecision, response: ok },
      },
      (request) => decideReview(request.ctx, request.actor, request.params.id, request.body, touchOfPartner(parts)),
    );
    app.post(
      "/v1/access/reviews/:id/close",
      { config: WRITE, schema: { tags, summary: "Close a review", params: Id, response: ok } },
      (request) => closeReview(request.ctx, request.actor, request.params.id),
    );
  };
}
