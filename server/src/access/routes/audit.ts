import {
  ActivityPage,
  ActivityQuery,
  AuditCheck,
  AuditEntry,
  AuditOpening,
  AuditPage,
  AuditQuery,
} from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import * as audit from "../../audit/index.ts";
import { type Context, transact, wirePage } from "../../database/index.ts";
import { decodeCursor, encodeCursor, invalidCursor } from "../../kernel/cursor.ts";
import { notFound } from "../../kernel/refusals.ts";
import { listActivity } from "../activity.ts";
import type { Actor, Permission } from "../contracts.ts";
import { can, requirePermission } from "../core/decide.ts";
import { type AccessParts, touchOfPartner } from "./parts.ts";

const READ = { permission: "audit.read", audience: "operator" } as const;
const tags = ["audit"];
const ORDER = "newest";

/** The trail stands below this room and knows no permissions; so its addresses are here. */
export function auditRoutes(parts: AccessParts): FastifyPluginAsyncZod {
  const touchOf = touchOfPartner(parts);
  return async (app) => {
    app.get(
      "/v1/audit",
      {
        config: READ,
        schema: {
          tags,
          summary: "Who did what, when and why; newest first",
          description: "Whoever reads the trail within a region or portfolio only names the partner.",
          querystring: AuditQuery,
          response: { 200: AuditPage },
        },
      },
      async (request) => {
        const { cursor, limit, atFrom, atTo, ...filter } = request.query;
        const touch = filter.partnerId === undefined ? {} : await touchOf(request.ctx, filter.partnerId);
        requirePermission(request.actor, "audit.read", touch);
        const before = cursor === undefined ? undefined : seqOf(cursor);
        const times = { from: midnight(atFrom), to: midnight(atTo) };
        const rows = await audit.list(request.ctx, { ...filter, ...times }, { limit: limit + 1, before });
        const data = rows.slice(0, limit);
        const last = data.at(-1);
        const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(ORDER, [last.seq]) : null;
        return { data: data.map(entryWire), nextCursor };
      },
    );
    await app.register(openRoute(touchOf));
    app.get(
      "/v1/activity",
      {
        config: { permission: "signed-in", audience: "both" },
        schema: {
          tags,
          summary:
            "What people did, newest first: changes, looks at what is protected, files, refused and failed calls",
          description:
            "A partner's owner reads what the own team did; everybody else of a partner what they did themselves.",
          querystring: ActivityQuery,
          response: { 200: ActivityPage },
        },
      },
      async (request) =>
        wirePage(await listActivity(request.ctx, request.actor, request.query, { whole: parts.whole, touchOf })),
    );
    await app.register(checkRoute);
  };
}

const openRoute =
  (touchOf: ReturnType<typeof touchOfPartner>): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      "/v1/audit/:id/open",
      {
        config: READ,
        schema: {
          tags,
          summary:
            "One entry with what is protected in it, as far as the reader may see it; the look is noted with its reason",
          params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
          body: AuditOpening,
          response: { 200: AuditEntry },
        },
      },
      async ({ ctx, actor, params, body }) =>
        entryWire(await openEntry(ctx, actor, BigInt(params.id), body.reason, touchOf)),
    );
  };

const checkRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    "/v1/audit/verify",
    {
      config: READ,
      schema: {
        tags,
        summary: "Walk the whole chain and say whether it is as it was written",
        response: { 200: AuditCheck },
      },
    },
    async (request) => {
      requirePermission(request.actor, "audit.read", {});
      const check = await audit.verifyChain(request.ctx);
      return {
        whole: check.whole,
        entries: check.entries.toString(),
        head: check.whole ? check.head : null,
        brokenAt: check.whole ? null : check.brokenAt.toString(),
        problem: check.whole ? null : check.problem,
      };
    },
  );
};

/** @throws Refusal `not_found`, `forbidden` when nothing of it is this reader's to open */
async function openEntry(
  ctx: Context,
  actor: Actor,
  seq: bigint,
  reason: string,
  touchOf: ReturnType<typeof touchOfPartner>,
): Promise<audit.ReadEntry> {
  return await transact(ctx, async (tx) => {
    const shut = await audit.open(tx, seq, () => false);
    if (shut === undefined) throw notFound("entry", String(seq));
    const touch = shut.partnerId === null ? {} : await touchOf(tx, shut.partnerId);
    requirePermission(actor, "audit.read", touch);
    const may = (permission: string): boolean => can(actor, permission as Permission, touch);
    const [first] = shut.guards;
    if (first === undefined) return shut;
    if (!shut.guards.some(may)) requirePermission(actor, first as Permission, touch);
    await audit.record(tx, actor, {
      action: "audit.protected_opened",
      subjectKind: shut.subjectKind,
      subjectId: shut.subjectId,
      partnerId: shut.partnerId,
      after: { entry: String(seq), opened: shut.guards.filter(may) },
      reason,
    });
    return (await audit.open(tx, seq, may)) ?? shut;
  });
}

function midnight(day: string | undefined): Date | undefined {
  return day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
}

function seqOf(cursor: string): bigint {
  const [text = ""] = decodeCursor(ORDER, 1, cursor);
  if (!/^\d{1,18}$/.test(text)) throw invalidCursor();
  return BigInt(text);
}

function entryWire(entry: audit.ReadEntry): z.infer<typeof AuditEntry> {
  return {
    id: entry.seq.toString(),
    at: entry.at.toISOString(),
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    actingFor: entry.actingFor ?? null,
    action: entry.action,
    subjectKind: entry.subjectKind,
    subjectId: entry.subjectId,
    partnerId: entry.partnerId,
    before: entry.before,
    after: entry.after,
    reason: entry.reason,
    hash: entry.hash,
    guards: [...entry.guards],
  };
}
