import { SubPartnerTree, SubPartnerTreeQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import "../../access/http.ts";
import type { Db } from "../../database/index.ts";
import { subPartnerTree } from "./service.ts";

/** The partners below one, with what was earned on each. @param whole past row-level security, see service.ts */
export function subPartnerTreeRoutes({ whole }: { readonly whole: Db }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/sub-partners",
      {
        config: { permission: "statements.read", audience: "both" },
        schema: {
          tags: ["commissions"],
          summary: "The partners below one: what they brought, and what was earned on each",
          querystring: SubPartnerTreeQuery,
          response: { 200: SubPartnerTree },
        },
      },
      (request) => subPartnerTree(request.ctx, request.actor, request.query, whole),
    );
  };
}
