import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { bankRoutes } from "./bank-routes.ts";
import { comparisonRoutes } from "./comparison-routes.ts";

/** Reconciliation with the bank, the back office and the partner's own report. */
export const reconciliationRoutes: FastifyPluginAsyncZod = async (app) => {
  await app.register(bankRoutes);
  await app.register(comparisonRoutes);
};
