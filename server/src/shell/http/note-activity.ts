import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { noteUses } from "../../access/index.ts";
import { type NotedActivity, openActivityLog } from "../../audit/index.ts";
import type { Context, Database } from "../../database/index.ts";

/** Addresses whose answers hold what few may see: bank details, identities, people, documents, the trail itself. */
const PROTECTED =
  /^\/v1\/(payees|payee-versions|own-payees|documents|users|audit|privacy\/preview|api-keys|screening\/hits)(\/|$)|\/(related-people|documents|files?|ownership|due-diligence|evidence)(\/|$)/;

/**
 * Notes what people do besides changes: looks at what is protected, files taken away, calls refused or failed; and on which day each permission was
 * last used. Written in batches after the answers are sent.
 */
export function noteActivities(
  app: FastifyInstance,
  parts: { readonly ctx: Context; readonly database: Database },
): void {
  const trouble = (error: unknown, lost: number): void =>
    app.log.error({ err: error, lost }, "activities were not noted");
  const log = openActivityLog(parts.database.pool, trouble);
  const uses = openUses(parts.ctx, trouble);
  app.decorateRequest("problemCode");
  app.addHook("onResponse", async (request, reply) => {
    const activity = activityOf(request, reply, parts.ctx.clock.now());
    if (activity !== undefined) log.note(activity);
    if (reply.statusCode < 400) uses.note(request);
  });
  app.addHook("onClose", async () => {
    await log.flush();
    await uses.flush();
  });
}

function activityOf(request: FastifyRequest, reply: FastifyReply, at: Date): NotedActivity | undefined {
  const { actor, method } = request;
  const personId = actor?.userId;
  if (personId === undefined) return undefined;
  const path = request.routeOptions.url ?? request.url.split("?")[0] ?? "";
  const kind = kindOf(reply, method, path);
  if (kind === undefined) return undefined;
  const params = (request.params ?? {}) as Readonly<Record<string, string>>;
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>;
  const partnerId = actor.partnerId ?? [query.partnerId, params.id].find(isPartner);
  return {
    at,
    kind,
    actorKind: actor.kind,
    actorId: actor.id,
    personId,
    partnerId: partnerId ?? null,
    method,
    path,
    status: reply.statusCode,
    code: request.problemCode ?? null,
    subjectId: (Object.values(params)[0] ?? null)?.slice(0, 100) ?? null,
    detail: query.format === "csv" ? "csv" : null,
    address: request.ip,
  };
}

function isPartner(id: unknown): id is string {
  return typeof id === "string" && /^prt_[0-9a-z]{1,60}$/.test(id);
}

function kindOf(reply: FastifyReply, method: string, path: string): NotedActivity["kind"] | undefined {
  const status = reply.statusCode;
  if (status === 401) return undefined;
  if (status === 403) return "refused";
  if (status >= 400) return "failed";
  if (/\/(reveal|open)$/.test(path)) return "reveal";
  if (method !== "GET") return undefined;
  const disposition = String(reply.getHeader("content-disposition") ?? "");
  if (disposition.startsWith("attachment")) return "download";
  return PROTECTED.test(path) ? "view" : undefined;
}

const MINUTE = 60_000;

/** The day on which a person used a permission: the first use of a day is written within a minute, the others are nothing. */
function openUses(ctx: Context, onTrouble: (error: unknown, lost: number) => void) {
  const known = new Map<string, string>();
  let waiting: { userId: string; permission: string; day: string }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const uses = waiting;
    waiting = [];
    try {
      await noteUses(ctx.db, uses);
    } catch (error) {
      onTrouble(error, uses.length);
    }
  };
  const note = (request: FastifyRequest): void => {
    const { permission } = request.routeOptions.config;
    const userId = request.actor?.userId;
    if (userId === undefined || permission === undefined || permission === "signed-in") return;
    const key = `${userId} ${permission}`;
    const day = ctx.clock.now().toISOString().slice(0, 10);
    if (known.get(key) === day) return;
    if (known.size > 50_000) known.clear();
    known.set(key, day);
    waiting.push({ userId, permission, day });
    timer ??= setTimeout(flush, MINUTE).unref();
  };
  return { note, flush };
}
