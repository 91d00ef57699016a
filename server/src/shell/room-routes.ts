import { randomBytes } from "node:crypto";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { tokenSource } from "../access/index.ts";
import { accessRoutes } from "../access/routes.ts";
import { acceptedTerms } from "../agreements/index.ts";
import { agreementsRoutes } from "../agreements/routes.ts";
import { attributionRoutes, customersRoutes } from "../attribution/routes.ts";
import { adjustmentsRoutes } from "../commissions/adjustments/routes.ts";
import { estimatesRoutes } from "../commissions/estimate/routes.ts";
import { evaluate, simulationEvidence } from "../commissions/index.ts";
import { subPartnerTreeRoutes } from "../commissions/network/routes.ts";
import { linesRoutes as commissionLinesRoutes } from "../commissions/routes.ts";
import { simulationsRoutes } from "../commissions/simulation/routes.ts";
import { complianceRoutes } from "../compliance/routes.ts";
import { governanceRoutes } from "../governance/routes.ts";
import { healthRoutes } from "../health/routes.ts";
import { importsRoutes } from "../integrations/imports/routes.ts";
import { webhooksRoutes } from "../integrations/webhooks/routes.ts";
import { invoicesRoutes } from "../invoices/routes.ts";
import { accountingRoutes, ledgerRoutes } from "../ledger/routes.ts";
import { morningRoutes } from "../morning/routes.ts";
import { onboardingRoutes } from "../onboarding/routes.ts";
import { bulkRoutes } from "../partners/bulk/routes.ts";
import { partnerById, partnerTouch, reachOf } from "../partners/index.ts";
import { partnersRoutes } from "../partners/routes.ts";
import { payeesRoutes } from "../payees/routes.ts";
import { payoutsRoutes } from "../payouts/routes.ts";
import { pipelineRoutes } from "../pipeline/routes.ts";
import { plansRoutes } from "../plans/routes.ts";
import { privacyRoutes } from "../privacy/routes.ts";
import { proceduresRoutes } from "../procedures/routes.ts";
import { programsRoutes } from "../programs/routes.ts";
import { reconciliationRoutes } from "../reconciliation/routes.ts";
import { METRICS } from "../reporting/index.ts";
import { reportingRoutes } from "../reporting/routes.ts";
import { runsRoutes } from "../runs/routes.ts";
import { statementsRoutes } from "../statements/routes.ts";
import { capsRoutes } from "../tracking/caps/routes.ts";
import { domainsRoutes } from "../tracking/domains/routes.ts";
import { eventsRoutes } from "../tracking/events/routes.ts";
import { addressPolicy, clickById, eventsOfCustomer, maskCustomer } from "../tracking/index.ts";
import { linksRoutes } from "../tracking/links/routes.ts";
import { postbacksRoutes } from "../tracking/outbound/routes.ts";
import { eventsReadRoutes } from "../tracking/process/routes.ts";
import { proofRoutes } from "../tracking/proof/routes.ts";
import { shadowRoutes } from "../tracking/shadow/routes.ts";
import { smartLinksRoutes } from "../tracking/smart-links/routes.ts";
import { decideCappedConversions } from "./capped-conversions.ts";
import { complianceNeeds } from "./compliance.ts";
import { customerSurroundings, receiptReasons } from "./customers.ts";
import { namesRoutes } from "./http/names-routes.ts";
import { searchRoutes } from "./http/search-routes.ts";
import { importNeeds } from "./imports.ts";
import { mailer } from "./mail.ts";
import { accessNeeds } from "./offer-access.ts";
import { onboardingNeeds } from "./onboarding.ts";
import { mergeNeeds } from "./partner-merge.ts";
import { brandingOf, payeeNeeds } from "./payees.ts";
import { releaseNeeds } from "./payouts.ts";
import { touchSources } from "./pipeline.ts";
import { pipelineNeeds } from "./pipeline-needs.ts";
import { exportNeeds } from "./privacy.ts";
import { procedureRouteNeeds } from "./procedures.ts";
import type { Program } from "./program.ts";
import { runNeeds } from "./run-needs.ts";
import { proofNeeds } from "./sandbox/proof-needs.ts";
import { statementNeeds } from "./statement-needs.ts";
import { type TrackingParts, vaultFor } from "./tracking-parts.ts";
import { whyRoutes } from "./why/routes.ts";

/** The rooms' routes, each given what it asks of the others. */
export function roomRoutes(program: Program, tracking: TrackingParts): readonly FastifyPluginAsyncZod[] {
  const { publicUrl, outboundLoopbackHosts, webhookPrivateHosts } = program.configuration;
  return [
    accessRoutes(peopleNeeds(program)),
    namesRoutes(),
    searchRoutes(),
    programsRoutes(accessNeeds),
    partnersRoutes(mergeNeeds),
    bulkRoutes(),
    pipelineRoutes(pipelineNeeds(program)),
    plansRoutes({ run: evaluate }),
    agreementsRoutes({ evidenceOf: simulationEvidence }),
    capsRoutes({ decide: (ctx, actor, decision) => decideCappedConversions(ctx, actor, decision, tracking.clickIds) }),
    smartLinksRoutes,
    domainsRoutes({ publicUrl }),
    linksRoutes({
      publicUrl,
      vault: tracking.vault,
      randomBytes,
      mayPromote: async (ctx, partnerId, programId) =>
        (await acceptedTerms(ctx.db, [{ partnerId, programId }])).length > 0,
    }),
    eventsRoutes(tracking),
    eventsReadRoutes(receiptReasons),
    whyRoutes({ whole: program.database.db, clickIds: tracking.clickIds, analytics: program.analytics }),
    shadowRoutes({ reasons: receiptReasons }),
    customersRoutes(customerSurroundings),
    attributionRoutes({ ...customerSurroundings, sources: touchSources(tracking.clickIds) }),
    postbacksRoutes({ policy: addressPolicy(outboundLoopbackHosts), vault: tracking.vault, randomBytes }),
    proofRoutes(proofNeeds(program, tracking, { policy: addressPolicy(outboundLoopbackHosts), vault: tracking.vault })),
    webhooksRoutes({
      policy: addressPolicy(outboundLoopbackHosts, webhookPrivateHosts),
      vault: tracking.vault,
      randomBytes,
    }),
    commissionLinesRoutes({
      eventsOfCustomer,
      maskCustomer,
      whole: program.database.db,
      clickOf: (db, clickId) => clickById(db, tracking.clickIds, clickId),
    }),
    adjustmentsRoutes(),
    subPartnerTreeRoutes({ whole: program.database.db }),
    estimatesRoutes({ publicUrl, nextToken: () => tokenSource(randomBytes).next() }),
    simulationsRoutes,
    runsRoutes(runNeeds),
    statementsRoutes(statementNeeds(program)),
    payoutsRoutes(releaseNeeds(program)),
    payeesRoutes(payeeNeeds(program)),
    invoicesRoutes({ branding: brandingOf(program) }),
    importsRoutes(importNeeds(program)),
    ledgerRoutes({ reachOf }),
    accountingRoutes,
    reconciliationRoutes,
    complianceRoutes(complianceNeeds(program)),
    proceduresRoutes(procedureRouteNeeds(program)),
    onboardingRoutes(onboardingNeeds(program)),
    privacyRoutes(exportNeeds(vaultFor(program))),
    healthRoutes({ analytics: program.analytics, whole: program.database.db }),
    governanceRoutes({ metrics: METRICS }),
    morningRoutes({ analytics: program.analytics }),
    reportingRoutes({ analytics: program.analytics, whole: program.database.db }),
  ];
}

function peopleNeeds(program: Program): Parameters<typeof accessRoutes>[0] {
  return {
    tokens: tokenSource(randomBytes),
    publicUrl: program.configuration.publicUrl,
    sendMail: mailer(program),
    whole: program.database.db,
    partner: async (ctx, id) => {
      const partner = await partnerById(ctx.db, id);
      return partner && { name: partner.name, touch: await partnerTouch(ctx, id) };
    },
  };
}
