import {
  DeliveryDetail,
  DeliveryListQuery,
  DeliveryPage,
  DeliveryQuery,
  InLanguage,
  NewPostback,
  Postback,
  PostbackChange,
  PostbackPage,
  PostbackQuery,
  PostbackSecret,
  PostbackTemplates,
  PostbackTrial,
  SecretRotation,
  Translation,
  TranslationRequest,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import "../../access/http.ts";
import { parsePublicNumber } from "../../kernel/ids.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { TEMPLATES, templateIn } from "./core/templates.ts";
import { translate } from "./core/translate.ts";
import { getDelivery, resendDelivery, testPostback, tryPostback } from "./deliver-by-hand.ts";
import { rotateSecret } from "./secrets.ts";
import {
  changePostback,
  createPostback,
  getPostback,
  listOwnDeliveries,
  listOwnPostbacks,
  type PostbackNeeds,
} from "./service.ts";

const READ = { permission: "postbacks.read", audience: "both" } as const;
const WRITE = { permission: "postbacks.write", audience: "both" } as const;
const ById = z.object({ id: z.string() });
const tags = ["postbacks"];

/** What the shell gives. */
export interface RouteNeeds extends PostbackNeeds {
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Partner postbacks: the addresses, the deliveries, every attempt; for the operator and for the partner's own. */
export function postbacksRoutes(needs: RouteNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/postbacks",
      {
        config: READ,
        schema: { tags, summary: "List postbacks", querystring: PostbackQuery, response: { 200: PostbackPage } },
      },
      (request) => listOwnPostbacks(request.ctx, request.actor, request.query),
    );
    app.post(
      "/v1/postbacks",
      { config: WRITE, schema: { tags, summary: "Add a postback", body: NewPostback, response: { 201: Postback } } },
      async (request, reply) => {
        reply.code(201);
        return await createPostback(request.ctx, request.actor, request.body, needs);
      },
    );
    app.get(
      "/v1/postbacks/:id",
      { config: READ, schema: { tags, summary: "Read a postback", params: ById, response: { 200: Postback } } },
      (request) => getPostback(request.ctx, request.actor, request.params.id),
    );
    app.patch(
      "/v1/postbacks/:id",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Change, pause or archive a postback",
          params: ById,
          body: PostbackChange,
          response: { 200: Postback },
        },
      },
      (request) => changePostback(request.ctx, request.actor, request.params.id, request.body, needs),
    );
    app.post(
      "/v1/postbacks/:id/test",
      {
        config: WRITE,
        schema: { tags, summary: "Call it once, now", params: ById, response: { 200: DeliveryDetail } },
      },
      (request) => testPostback(request.ctx, request.actor, request.params.id, needs),
    );
    await app.register(deliveriesRoutes);
    await app.register(helpRoutes(needs));
  };
}

/** Templates, translation, a call before saving, signing secrets. */
function helpRoutes(needs: RouteNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/postback-templates",
      {
        config: READ,
        schema: {
          tags,
          summary: "How trackers want to be called",
          querystring: InLanguage,
          response: { 200: PostbackTemplates },
        },
      },
      ({ query }) => ({ data: TEMPLATES.map((template) => templateIn(template, query.language)) }),
    );
    app.post(
      "/v1/postback-templates/translate",
      {
        config: READ,
        schema: {
          tags,
          summary: "Translate the macros of another system",
          description: "For an address as it stands in that system's instructions. Nothing is saved or called.",
          body: TranslationRequest,
          response: { 200: Translation },
        },
      },
      (request) => translateRequest(request.body),
    );
    app.post(
      "/v1/postbacks/try",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Make a test call before saving",
          description:
            "Calls the address once with example values, marked as a test, and answers with the request and its answer.",
          body: NewPostback,
          response: { 200: PostbackTrial },
        },
      },
      (request) => tryPostback(request.ctx, request.actor, request.body, needs),
    );
    app.post(
      "/v1/postbacks/:id/secret",
      {
        config: WRITE,
        schema: {
          tags,
          summary: "Make a new signing secret",
          params: ById,
          body: SecretRotation,
          response: { 200: PostbackSecret },
        },
      },
      (request) => rotateSecret(request.ctx, request.actor, request.params.id, request.body.overlapHours, needs),
    );
  };
}

function translateRequest({ url, body, template }: TranslationRequest): Translation {
  const address = translate(url, template);
  const text = body === null ? undefined : translate(body, template);
  const mapping = [...address.mapping, ...(text?.mapping ?? [])];
  const unknown = [...address.unknown, ...(text?.unknown ?? [])];
  return {
    url: address.text,
    body: text?.text ?? null,
    mapping: [...new Map(mapping.map((one) => [one.found, one])).values()],
    unknown: [...new Map(unknown.map((one) => [one.found, one])).values()],
  };
}

const deliveriesRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/postbacks/:id/deliveries",
    {
      config: READ,
      schema: {
        tags,
        summary: "Deliveries of a postback",
        params: ById,
        querystring: DeliveryQuery,
        response: { 200: DeliveryPage },
      },
    },
    (request) =>
      listOwnDeliveries(request.ctx, request.actor, {
        ...request.query,
        postbackId: request.params.id,
        eventId: eventNumber(request.query.eventId),
      }),
  );
  app.get(
    "/v1/deliveries",
    {
      config: READ,
      schema: { tags, summary: "List deliveries", querystring: DeliveryListQuery, response: { 200: DeliveryPage } },
    },
    (request) =>
      listOwnDeliveries(request.ctx, request.actor, { ...request.query, eventId: eventNumber(request.query.eventId) }),
  );
  app.get(
    "/v1/deliveries/:id",
    {
      config: READ,
      schema: { tags, summary: "Read a delivery with every attempt", params: ById, response: { 200: DeliveryDetail } },
    },
    (request) => getDelivery(request.ctx, request.actor, request.params.id),
  );
  app.post(
    "/v1/deliveries/:id/resend",
    {
      config: WRITE,
      schema: { tags, summary: "Send a delivery again", params: ById, response: { 200: DeliveryDetail } },
    },
    (request) => resendDelivery(request.ctx, request.actor, request.params.id),
  );
};

/** @throws Refusal `invalid_input` when it is not an event's id */
function eventNumber(publicId: string | undefined): bigint | undefined {
  if (publicId === undefined) return undefined;
  const number = parsePublicNumber("evt", publicId);
  if (number === undefined) {
    throw new Refusal("invalid_input", "The event id cannot be read", [
      { field: "eventId", value: publicId, message: "this is not an event's id", hint: "evt_ and its letters" },
    ]);
  }
  return number;
}
