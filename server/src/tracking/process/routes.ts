import { Event, EventPage, EventQuery, IntakeReceipt, ReceiptQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { wirePage } from "../../database/index.ts";
import { getEvent, getReceipt, listEvents, type ReasonTexts } from "./service.ts";

const READ = { permission: "events.read", audience: "both" } as const;
const OPERATOR = { permission: "intake.read", audience: "operator" } as const;

/** Reading of events and receipts. @param texts words for the reasons that receipts carry */
export function eventsReadRoutes(texts: ReasonTexts): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/events",
      {
        config: READ,
        schema: {
          tags: ["events"],
          summary: "Stored events, the newest first",
          description: "Every version of every event: those that count, and those that were replaced or reversed.",
          querystring: EventQuery,
          response: { 200: EventPage },
        },
      },
      async (request) => wirePage(await listEvents(request.ctx, request.actor, request.query)),
    );
    app.get(
      "/v1/events/:id",
      {
        config: READ,
        schema: {
          tags: ["events"],
          summary: "One event",
          params: z.object({ id: z.string().max(60) }),
          response: { 200: Event },
        },
      },
      (request) => getEvent(request.ctx, request.actor, request.params.id),
    );
    app.get(
      "/v1/intake/:receiptId",
      {
        config: OPERATOR,
        schema: {
          tags: ["intake"],
          summary: "What became of one call",
          params: z.object({ receiptId: z.string().max(60) }),
          querystring: ReceiptQuery,
          response: { 200: IntakeReceipt },
        },
      },
      (request) => getReceipt(request.ctx, request.actor, request.params.receiptId, request.query, texts),
    );
  };
}
