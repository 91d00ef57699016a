import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { frameAncestorsOf } from "../../commissions/index.ts";
import type { Db } from "../../database/index.ts";

const PAGE = "calculator.html";

/**
 * The page of a public calculator. It may be shown in frames of the pages that its owner named, and in no other; without a name it stands by itself.
 * Nothing else of the program may ever be framed.
 */
export function calculatorPage(app: FastifyInstance, db: Db, folder: string): void {
  app.get<{ Params: { token: string } }>("/calculator/:token", async (request, reply) => {
    const ancestors = await frameAncestorsOf(db, request.params.token);
    if (ancestors === undefined || !existsSync(join(folder, PAGE)))
      return reply.code(404).type("text/plain; charset=utf-8").send("There is no calculator at this address.\n");
    if (ancestors.length > 0) {
      const policy = String(reply.getHeader("content-security-policy"));
      reply.header(
        "content-security-policy",
        policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors.join(" ")}`),
      );
      reply.removeHeader("x-frame-options");
    }
    return reply.header("cache-control", "no-cache").sendFile(PAGE);
  });
}
