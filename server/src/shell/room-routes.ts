import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { tokenSource } from "../access/index.ts";
import { accessRoutes } from "../access/routes.ts";
import { agreementsRoutes } from "../agreements/routes.ts";
import { partnerById, partnerTouch } from "../partners/index.ts";
import { partnersRoutes } from "../partners/routes.ts";
import { plansRoutes } from "../plans/routes.ts";
import { programsRoutes } from "../programs/routes.ts";
import { reportingRoutes } from "../reporting/routes.ts";
import { addressPolicy } from "../tracking/index.ts";
import { postbacksRoutes } from "../tracking/outbound/routes.ts";
import { mailer } from "./mail.ts";
import type { Program } from "./program.ts";
import type { TrackingParts } from "./tracking-parts.ts";

/** The rooms' routes, each given what it asks of the others. */
export function roomRoutes(program: Program, _tracking: TrackingParts): readonly FastifyPluginAsyncZod[] {
  const { publicUrl, outboundLoopbackHosts } = program.configuration;
  return [
    accessRoutes({
      tokens: tokenSource(randomBytes),
      publicUrl,
      sendMail: mailer(program),
      partner: async (ctx, id) => {
        const partner = await partnerById(ctx.db, id);
        return partner && { name: partner.name, touch: await partnerTouch(ctx, id) };
      },
    }),
    programsRoutes(),
    partnersRoutes(),
    plansRoutes(),
    agreementsRoutes(),
    postbacksRoutes({ policy: addressPolicy(outboundLoopbackHosts) }),
    reportingRoutes({ analytics: program.analytics, whole: program.database.db }),
  ];
}
