import { WhyAnswer, WhyQuery } from "@tributary/contract";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { WhyNeeds } from "./look.ts";
import { explainWhy } from "./service.ts";

/** "Why didn't this count?", for the operator and for partners. */
export function whyRoutes(needs: WhyNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/v1/why",
      {
        config: { permission: "events.read", audience: "both" },
        schema: {
          tags: ["events"],
          summary: "Why something counted, or did not",
          description:
            "Give a click ID, an order or external ID, a customer ID, an event or a receipt. The answer is the way from the link to the payment, the stage where it stopped, the rule and what to do.",
          querystring: WhyQuery,
          response: { 200: WhyAnswer },
        },
      },
      (request) => explainWhy(request.ctx, request.actor, request.query, needs),
    );
  };
}
