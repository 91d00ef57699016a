import { ActivityPage, ActivityQuery, AuditCheck, type AuditEntry, AuditPage, AuditQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import * as audit from "../../audit/index.ts";
import { wirePage } from "../../database/index.ts";
import { decodeCursor, encodeCursor, invalidCursor } from "../../kernel/cursor.ts";
import { listActivity } from "../activity.ts";
import { requirePermission } from "../core/decide.ts";
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
}

function midnight(day: string | undefined): Date | undefined {
  return day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
}

function seqOf(cursor: string): bigint {
  const [text = ""] = decodeCursor(ORDER, 1, cursor);
  if (!/^\d{1,18}$/.test(text)) throw invalidCursor();
  return BigInt(text);
}

function entryWire(entry: audit.AuditEntry): AuditEntry {
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
  };
}
