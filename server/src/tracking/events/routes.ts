import { EventsTaken, NewEvents } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import "../../access/http.ts";
import { requirePermission } from "../../access/index.ts";
import { invalid } from "../../kernel/refusals.ts";
import { type TakeParts, takeEvents } from "./take-events.ts";

/** Ten thousand events of a few hundred bytes each, with room. */
const BODY_BYTES = 32 * 1024 * 1024;
const API_SOURCE = "api";

/** Events by API: up to 10,000 in a call, answered event by event once the call is durable. */
export function eventsRoutes(parts: Omit<TakeParts, "clock">): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/v1/events",
      {
        bodyLimit: BODY_BYTES,
        config: { permission: "events.write", audience: "operator" },
        schema: {
          tags: ["events"],
          summary: "Send events, up to 10,000 in a call",
          body: NewEvents,
          response: { 200: EventsTaken },
        },
      },
      async (request) => {
        const { programId, sourceId, events } = request.body;
        requirePermission(request.actor, "events.write", { programId });
        checkSource(parts, programId, sourceId);
        const ua = request.headers["user-agent"];
        const origin = {
          door: "api" as const,
          programId,
          sourceId: sourceId ?? API_SOURCE,
          ip: request.ip,
          ...(ua === undefined ? undefined : { ua: ua.slice(0, 300) }),
        };
        return await takeEvents({ ...parts, clock: request.ctx.clock }, origin, events);
      },
    );
  };
}

function checkSource(parts: Omit<TakeParts, "clock">, programId: string, sourceId: string | undefined): void {
  if (sourceId === undefined || sourceId === API_SOURCE) return;
  const source = parts.routes.table.sourceById(sourceId);
  if (source === undefined || source.program_id !== programId || source.status !== "active")
    throw invalid(
      "sourceId",
      sourceId,
      "is not an active event source of this program",
      "Leave it out, or take one from Event sources.",
    );
}
