import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { ComplianceNeeds } from "./needs.ts";
import { documentRoutes } from "./routes/documents.ts";
import { partnerRoutes } from "./routes/partners.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { screeningRoutes } from "./routes/screening.ts";
import { siteRoutes } from "./routes/sites.ts";

/** Screening, documents, who stands behind partners, questionnaires, risk, sites, domains, regimes, and the rules of it all. */
export function complianceRoutes(needs: ComplianceNeeds): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(screeningRoutes(needs.memory));
    await app.register(documentRoutes(needs.vault));
    await app.register(partnerRoutes);
    await app.register(siteRoutes(needs.outside));
    await app.register(ruleRoutes);
  };
}
