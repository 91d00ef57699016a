import { type SourceDialectFacts, SourceDialectPage } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import "../../access/http.ts";
import type { Dialect } from "./core/contracts.ts";
import { DIALECTS } from "./index.ts";

/** The platforms whose calls are understood, for whoever sets up a source. */
export const sourceDialectsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    "/v1/source-dialects",
    {
      config: { permission: "events.read", audience: "operator" },
      schema: {
        tags: ["event sources"],
        summary: "List the platforms whose calls an event source may be told in",
        response: { 200: SourceDialectPage },
      },
    },
    async () => ({ data: DIALECTS.map(facts), nextCursor: null }),
  );
};

function facts(dialect: Dialect): SourceDialectFacts {
  return {
    name: dialect.name,
    title: dialect.title,
    addresses: dialect.paths.map(({ path, methods, needs, what }) => ({
      path,
      methods: [...methods],
      needs: [...(needs ?? [])],
      what,
    })),
    tokenParameters: [...dialect.secretParameters],
    signs: dialect.signs === true,
    mayLackToken: dialect.mayLackToken === true,
    limits: [...dialect.limits],
  };
}
