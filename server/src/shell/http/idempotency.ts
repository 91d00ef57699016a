import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { claimAnswer, dropAnswer, keepAnswer } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { invalid } from "../../kernel/refusals.ts";
import type { Seal } from "./seal.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set while this request is the first with its Idempotency-Key. */
    idempotencyKey: string | undefined;
  }
}

/**
 * POST with an `Idempotency-Key`: the first request runs, every later one with the same key and content gets the same answer, for a day. The
 * answer is kept sealed, since it may hold a key or a link that is shown once.
 */
export function keepAnswers(app: FastifyInstance, ctx: Context, seal: Seal): void {
  app.decorateRequest("idempotencyKey", undefined);
  app.addHook("preHandler", async (request, reply) => {
    const key = keyOf(request);
    if (key === undefined) return;
    const claim = await claimAnswer(ctx, { actorId: request.actor.id, key, requestHash: hashOf(request) });
    if (claim.kind === "first") {
      request.idempotencyKey = key;
      return;
    }
    if (claim.kind === "other-request") {
      throw new Refusal(
        "idempotency_key_reused",
        "This Idempotency-Key was used with another request: take a new key.",
      );
    }
    if (claim.kind === "running") {
      reply.header("retry-after", "1");
      throw new Refusal(
        "idempotency_in_progress",
        "The first request with this key is not finished: ask again in a second.",
      );
    }
    reply.code(claim.status).headers(claim.headers).header("idempotent-replayed", "true");
    return reply.serializer((body: string) => body).send(seal.open(claim.body));
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const key = request.idempotencyKey;
    if (key === undefined) return payload;
    request.idempotencyKey = undefined;
    await settle(ctx, request, reply, key, payload, seal);
    return payload;
  });
}

async function settle(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  payload: unknown,
  seal: Seal,
): Promise<void> {
  // What broke on our side, or came at the wrong moment, may be tried again with the same key.
  const passing = reply.statusCode >= 500 || reply.statusCode === 429 || reply.statusCode === 409;
  if (passing || (payload !== null && payload !== undefined && typeof payload !== "string")) {
    return await dropAnswer(ctx, request.actor.id, key);
  }
  const type = reply.getHeader("content-type");
  const headers: Record<string, string> = typeof type === "string" ? { "content-type": type } : {};
  const answer = { status: reply.statusCode, headers, body: seal.close(payload ?? "") };
  await keepAnswer(ctx, request.actor.id, key, answer);
}

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  if (request.method !== "POST" || header === undefined || request.actor.id === "anonymous") return undefined;
  const key = Array.isArray(header) ? header.join(",") : header;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("Idempotency-Key", key.slice(0, 50), "must be 1 to 200 visible characters", "a UUID, for example");
  }
  return key;
}

function hashOf(request: FastifyRequest): string {
  const body = Buffer.isBuffer(request.body) ? request.body.toString("base64") : canonicalJson(request.body ?? null);
  return createHash("sha256").update(`${request.method} ${request.url}\n${body}`).digest("hex");
}
