import {
  AcceptedLink,
  AcceptLink,
  InvitationPage,
  InvitationQuery,
  LinkPurpose,
  LinkToken,
  NewInvitation,
  OneTimeLink,
  Setup,
  SetupState,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../../database/index.ts";
import {
  acceptLink,
  invite,
  linkPurpose,
  listInvitations,
  revokeInvitation,
  setUp,
  setupNeeded,
} from "../invitations.ts";
import { type AccessParts, handOver, touchOfPartner } from "./parts.ts";

const SIGNED_IN = { permission: "signed-in", audience: "both" } as const;
// Open to everybody who has a token, so trying tokens has to be slow.
const PUBLIC = { audience: "public", rateLimit: { max: 20, timeWindow: "1 minute" } } as const;

/** Set-up of the first administrator, and links by which people come in or set a new password. */
export function linkRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(publicRoutes);
    await app.register(invitationRoutes(parts));
  };
}

const publicRoutes: FastifyPluginAsyncZod = async (app) => {
  const tags = ["set-up"];
  app.get(
    "/v1/setup",
    {
      config: { audience: "public" },
      schema: { tags, summary: "Is the first administrator missing", response: { 200: SetupState } },
    },
    async (request) => ({ needed: await setupNeeded(request.ctx) }),
  );
  app.post(
    "/v1/setup",
    {
      config: PUBLIC,
      schema: { tags, summary: "Set up the first administrator", body: Setup, response: { 201: SetupState } },
    },
    async (request, reply) => {
      await setUp(request.ctx, request.body);
      return reply.code(201).send({ needed: false });
    },
  );
  app.post(
    "/v1/invitations/look",
    {
      config: PUBLIC,
      schema: { tags, summary: "What a one-time link is for", body: LinkToken, response: { 200: LinkPurpose } },
    },
    (request) => linkPurpose(request.ctx, request.body.token),
  );
  app.post(
    "/v1/invitations/accept",
    {
      config: PUBLIC,
      schema: {
        tags,
        summary: "Use a one-time link: set name and password",
        body: AcceptLink,
        response: { 200: AcceptedLink },
      },
    },
    (request) => acceptLink(request.ctx, request.body),
  );
};

function invitationRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const touchOf = touchOfPartner(parts);
  const tags = ["people"];
  return async (app) => {
    app.get(
      "/v1/invitations",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Open invitations", querystring: InvitationQuery, response: { 200: InvitationPage } },
      },
      async (request) => {
        const partnerId = request.actor.partnerId ?? request.query.partnerId;
        const partner = partnerId === undefined ? null : await touchOf(request.ctx, partnerId);
        return wirePage(await listInvitations(request.ctx, request.actor, partner, request.query));
      },
    );
    app.post(
      "/v1/invitations",
      {
        config: SIGNED_IN,
        schema: { tags, summary: "Invite a person by a link", body: NewInvitation, response: { 201: OneTimeLink } },
      },
      async (request, reply) => {
        const input = { ...request.body, partnerId: request.actor.partnerId ?? request.body.partnerId };
        const partner = input.partnerId === null ? null : await touchOf(request.ctx, input.partnerId);
        const token = await invite(request.ctx, request.actor, input, partner, parts.tokens);
        const occasion = `${request.actor.name} invites you to Tributary`;
        return reply
          .code(201)
          .send(await handOver(parts, { email: input.email, forPartner: partner !== null, occasion }, token));
      },
    );
    app.delete(
      "/v1/invitations/:id",
      {
        config: SIGNED_IN,
        schema: {
          tags,
          summary: "Withdraw an invitation",
          params: z.object({ id: z.string() }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        await revokeInvitation(request.ctx, request.actor, request.params.id, (partnerId) =>
          touchOf(request.ctx, partnerId),
        );
        return reply.code(204).send(null);
      },
    );
  };
}
