import {
  InLanguage,
  NewWebhookEndpoint,
  SecretRotation,
  WEBHOOK_EVENTS,
  WEBHOOK_TYPES,
  WebhookCatalogue,
  WebhookDeliveryDetail,
  WebhookDeliveryPage,
  WebhookDeliveryQuery,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointPage,
  WebhookEndpointQuery,
  WebhookReplay,
  WebhookReplayed,
  WebhookSecret,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { replayWebhooks, resendWebhook, testWebhook } from "./by-hand.ts";
import {
  changeWebhook,
  createWebhook,
  getWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  rotateWebhookSecret,
  type SecretNeeds,
} from "./service.ts";
import { WEBHOOK_WORDS_ES } from "./words-es.ts";

const READ = { permission: "settings.read", audience: "operator" } as const;
const WRITE = { permission: "settings.write", audience: "operator" } as const;
const ById = z.object({ id: z.string().max(60) });
const tags = ["webhooks"];

/** Webhooks of the operator's own systems: endpoints, what was sent, what is there to listen to. */
export function webhooksRoutes(needs: SecretNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/webhooks",
      {
        config: READ,
        schema: {
          tags,
          summary: "List endpoints",
          querystring: WebhookEndpointQuery,
          response: { 200: WebhookEndpointPage },
        },
      },
      (request) => listWebhooks(request.ctx, request.actor, request.query),
    );
    app.post(
      "/v1/webhooks",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Add an endpoint; answers with its secret, once",
          body: NewWebhookEndpoint,
          response: { 201: WebhookSecret },
        },
      },
      async (request, reply) =>
        reply.code(201).send(await createWebhook(request.ctx, request.actor, request.body, needs)),
    );
    app.get(
      "/v1/webhooks/catalogue",
      {
        config: READ,
        schema: {
          tags,
          summary: "Every type, with the schema of its data",
          querystring: InLanguage,
          response: { 200: WebhookCatalogue },
        },
      },
      ({ query }) => ({ data: catalogue(query.language) }),
    );
    app.get(
      "/v1/webhooks/:id",
      { config: READ, schema: { tags, summary: "Read an endpoint", params: ById, response: { 200: WebhookEndpoint } } },
      (request) => getWebhook(request.ctx, request.actor, request.params.id),
    );
    app.patch(
      "/v1/webhooks/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change, pause or archive an endpoint",
          params: ById,
          body: WebhookEndpointChange,
          response: { 200: WebhookEndpoint },
        },
      },
      (request) => changeWebhook(request.ctx, request.actor, request.params.id, request.body, needs),
    );
    await app.register(byHand(needs));
    await app.register(deliveriesOf);
  };
}

function byHand(needs: SecretNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/webhooks/:id/secret",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Make a new secret",
          params: ById,
          body: SecretRotation,
          response: { 200: WebhookSecret },
        },
      },
      (request) => rotateWebhookSecret(request.ctx, request.actor, request.params.id, request.body.overlapHours, needs),
    );
    app.post(
      "/v1/webhooks/:id/test",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Send webhook.test once, now",
          params: ById,
          response: { 200: WebhookDeliveryDetail },
        },
      },
      (request) => testWebhook(request.ctx, request.actor, request.params.id, needs),
    );
    app.post(
      "/v1/webhooks/:id/replay",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Tell it again what happened since",
          params: ById,
          body: WebhookReplay,
          response: { 200: WebhookReplayed },
        },
      },
      (request) => replayWebhooks(request.ctx, request.actor, request.params.id, request.body),
    );
  };
}

const deliveriesOf: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/webhooks/:id/deliveries",
    {
      config: READ,
      schema: {
        tags,
        summary: "Deliveries of an endpoint",
        params: ById,
        querystring: WebhookDeliveryQuery,
        response: { 200: WebhookDeliveryPage },
      },
    },
    (request) => listWebhookDeliveries(request.ctx, request.actor, request.params.id, request.query),
  );
  app.get(
    "/v1/webhook-deliveries/:id",
    {
      config: READ,
      schema: {
        tags,
        summary: "A delivery with every attempt",
        params: ById,
        response: { 200: WebhookDeliveryDetail },
      },
    },
    (request) => getWebhookDelivery(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/webhook-deliveries/:id/resend",
    {
      config: WRITE,
      schema: { tags, summary: "Send a delivery again", params: ById, response: { 200: WebhookDeliveryDetail } },
    },
    (request) => resendWebhook(request.ctx, request.actor, request.params.id),
  );
};

function catalogue(language: "en" | "es"): { type: string; about: string; schema: Record<string, unknown> }[] {
  return WEBHOOK_TYPES.map((type) => {
    const { about, data } = WEBHOOK_EVENTS[type];
    const { $schema, ...schema } = z.toJSONSchema(data, { io: "output" });
    return { type, about: language === "es" ? WEBHOOK_WORDS_ES[type] : about, schema };
  });
}
