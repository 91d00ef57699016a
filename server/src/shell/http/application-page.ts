import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Db } from "../../database/index.ts";
import { framersOfForm } from "../../pipeline/index.ts";

const PAGE = "apply.html";

/** The page of an application form, at an address that stays. It may be shown in frames of the pages that its owner named, and in no other. */
export function applicationPage(app: FastifyInstance, db: Db, folder: string): void {
  app.get<{ Params: { address: string } }>("/apply/:address", async (request, reply) => {
    const ancestors = await framersOfForm(db, request.params.address);
    if (ancestors === undefined || !existsSync(join(folder, PAGE)))
      return reply.code(404).type("text/plain; charset=utf-8").send("There is no application form at this address.\n");
    if (ancestors.length > 0) {
      const policy = String(reply.getHeader("content-security-policy"));
      const framed = policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors.join(" ")}`);
      reply.header("content-security-policy", framed);
      reply.removeHeader("x-frame-options");
    }
    return reply.header("cache-control", "no-cache").sendFile(PAGE);
  });
}
