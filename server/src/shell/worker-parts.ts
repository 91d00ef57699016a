import { accessJobs } from "../access/jobs.ts";
import { agreementsJobs } from "../agreements/jobs.ts";
import { replayRuns } from "../attribution/index.ts";
import { startCalculator } from "../commissions/index.ts";
import { commissionsJobs } from "../commissions/jobs.ts";
import { simulationJobs } from "../commissions/simulation/jobs.ts";
import { complianceJobs } from "../compliance/jobs.ts";
import type { Jobs, Running } from "../database/index.ts";
import { governanceJobs } from "../governance/jobs.ts";
import { healthJobs } from "../health/jobs.ts";
import { integrationsJobs } from "../integrations/imports/jobs.ts";
import { startWebhooks } from "../integrations/index.ts";
import { invoicesJobs } from "../invoices/jobs.ts";
import { morningJobs } from "../morning/jobs.ts";
import { bulkJobs } from "../partners/bulk/jobs.ts";
import { partnersJobs } from "../partners/jobs.ts";
import { payoutsJobs } from "../payouts/jobs.ts";
import { pipelineJobs } from "../pipeline/jobs.ts";
import { privacyJobs } from "../privacy/jobs.ts";
import { proceduresJobs } from "../procedures/jobs.ts";
import { reconciliationJobs } from "../reconciliation/jobs.ts";
import { freshness, lastTrafficByLink, startShipping } from "../reporting/index.ts";
import { runsJobs } from "../runs/jobs.ts";
import { statementsJobs } from "../statements/jobs.ts";
import { addressPolicy, areEventsBehind, closeDeadLanes, startDeliveries } from "../tracking/index.ts";
import { shadowJobs } from "../tracking/shadow/jobs.ts";
import { runAttribution } from "./attribution-replay.ts";
import { commissionPostbacks } from "./commission-postbacks.ts";
import { trafficJobs } from "./commission-traffic.ts";
import { complianceNeeds, diligenceMail } from "./compliance.ts";
import { startEvents } from "./events-consumer.ts";
import { healthMail } from "./health-alerts.ts";
import { importNeeds } from "./imports.ts";
import { mailer } from "./mail.ts";
import { offerAccessJobs } from "./offer-access.ts";
import { offerEarningsJobs } from "./offer-earnings.ts";
import { onboardingParts, procedureNeeds } from "./onboarding.ts";
import { ownerLetters } from "./owner-letters.ts";
import { brandingOf, invoiceSender, payeeMail } from "./payees.ts";
import { payoutNeeds } from "./payouts.ts";
import { touchSources } from "./pipeline.ts";
import { pipelineNeeds } from "./pipeline-needs.ts";
import { privacyNeeds } from "./privacy.ts";
import type { Program } from "./program.ts";
import { retentionJobs } from "./retention.ts";
import { runNeeds } from "./run-needs.ts";
import { clickIdsFor, shippingOf, vaultFor } from "./tracking-parts.ts";
import { programVersion } from "./version.ts";
import { webhookNotices } from "./webhook-notices.ts";

/** After these a partner's cases are looked at again: each carries the partner. */
const CHANGES_OF_PARTNERS = [
  "agreements.accepted",
  "compliance.document_decided",
  "compliance.document_expired",
  "compliance.domain_lost",
  "compliance.domain_proved",
  "compliance.risk_rated",
  "partners.licence_changed",
  "partners.status_changed",
  "partners.transitioned",
];

/** Runs all the time in the worker: a consumer of the intake log, a shipper, a delivery loop. One line each. */
export const workerParts: readonly ((program: Program) => Running | Promise<Running>)[] = [
  closingOfDeadLanes,
  eventsConsumer,
  postbackDeliveries,
  webhooks,
  shipping,
  calculator,
];

/** The rooms' tasks and schedules (their jobs.ts). One line each. */
export const roomJobs: readonly ((program: Program) => Jobs)[] = [
  (program) => accessJobs(program.ctx),
  (program) => commissionPostbacks(program.ctx),
  (program) => webhookNotices(program.ctx),
  (program) => partnersJobs(program.ctx),
  (program) => bulkJobs(program.ctx),
  (program) => ownerLetters(program, mailer(program)),
  (program) => agreementsJobs(program.ctx, mailer(program)),
  (program) => commissionsJobs(program.ctx),
  simulations,
  attributionReplays,
  trafficJobs,
  (program) => {
    const post = { publicUrl: program.configuration.publicUrl, sendMail: mailer(program) };
    return runsJobs(program.ctx, runNeeds, post);
  },
  (program) => statementsJobs(program.ctx),
  payouts,
  (program) => payeeMail(program.ctx, mailer(program)),
  (program) => invoicesJobs(program.ctx, invoiceSender(program), brandingOf(program)),
  (program) => integrationsJobs(program.ctx, importNeeds(program)),
  retentionJobs,
  offerEarningsJobs,
  (program) => offerAccessJobs(program.ctx, mailer(program)),
  (program) => shadowJobs(program.ctx),
  (program) => reconciliationJobs(program.ctx),
  (program) => pipelineJobs(program.ctx, pipelineNeeds(program)),
  (program) => complianceJobs(program.ctx, complianceNeeds(program)),
  diligenceMail,
  (program) => privacyJobs(program.ctx, privacyNeeds),
  (program) => healthJobs(program.ctx, { analytics: program.analytics, whole: program.database.db }),
  governance,
  morning,
  (program) =>
    proceduresJobs(program.ctx, procedureNeeds, mailer(program), program.configuration.publicUrl, CHANGES_OF_PARTNERS),
  onboardingParts,
  (program) => healthMail(program.ctx, program.configuration.publicUrl, mailer(program)),
];

/** Analytics that are further behind than this say nothing of who has been quiet. */
const LAGGING_MS = 3_600_000;

function governance({ ctx, analytics, configuration, database }: Program): Jobs {
  return governanceJobs(ctx, {
    lastTraffic: async (since) => {
      const asOf = await freshness({ ...ctx, analytics, whole: database.db });
      if (ctx.clock.now().getTime() - asOf.getTime() > LAGGING_MS) return undefined;
      return await lastTrafficByLink({ analytics }, since);
    },
    policy: addressPolicy(configuration.outboundLoopbackHosts),
  });
}

function morning({ ctx, analytics, log }: Program): Jobs {
  return morningJobs(ctx, { analytics }, (source, error) =>
    log.warn({ err: error, source }, "a part of the morning could not be read; it is tried again"),
  );
}

function simulations(program: Program): Jobs {
  return simulationJobs(program.ctx, async () => ({
    sources: touchSources(await clickIdsFor(program)),
    engineVersion: programVersion,
  }));
}

/** Runs of attribution that were asked for on the screen, and every minute those that a kill broke off. */
function attributionReplays(program: Program): Jobs {
  const { ctx } = program;
  const active = new Set<string>();
  const run = async (runId: string): Promise<void> => {
    if (active.has(runId)) return;
    active.add(runId);
    try {
      await runAttribution(ctx, await clickIdsFor(program), runId);
    } finally {
      active.delete(runId);
    }
  };
  return {
    tasks: {
      "attribution.replay": (payload) => run((payload as { readonly runId: string }).runId),
      "attribution.replays": async () => {
        for (const { run_id } of await replayRuns.unfinished(ctx.db)) await run(run_id);
      },
    },
    schedule: [{ task: "attribution.replays", cron: "* * * * *" }],
  };
}

function payouts(program: Program): Jobs {
  const trouble = (error: Error) =>
    program.log.warn({ err: error }, "a payment provider could not be asked; it is tried again");
  return payoutsJobs(program.ctx, payoutNeeds(program), trouble);
}

function postbackDeliveries(program: Program): Running {
  return startDeliveries({
    db: program.database.db,
    clock: program.clock,
    random: Math.random,
    vault: vaultFor(program),
    options: {
      policy: addressPolicy(program.configuration.outboundLoopbackHosts),
      onError: (error) => program.log.error({ err: error }, "postbacks could not be sent for a moment"),
    },
  });
}

/** The operator's own systems hear of it, also on its own network where the configuration says so. */
function webhooks(program: Program): Running {
  const { outboundLoopbackHosts, webhookPrivateHosts } = program.configuration;
  return startWebhooks({
    db: program.database.db,
    clock: program.clock,
    random: Math.random,
    policy: addressPolicy(outboundLoopbackHosts, webhookPrivateHosts),
    vault: vaultFor(program),
    options: {
      onError: (error) => program.log.error({ err: error }, "webhooks could not be sent for a moment"),
    },
  });
}

async function eventsConsumer(program: Program): Promise<Running> {
  return startEvents({
    db: program.ctx.db,
    clock: program.clock,
    clickIds: await clickIdsFor(program),
    onTrouble: (error) => program.log.error({ err: error }, "a batch of events could not be taken; it is tried again"),
  });
}

/** Clicks, events, customers and the log of calls on their way to ClickHouse. */
async function shipping(program: Program): Promise<Running> {
  return startShipping(await shippingOf(program), {
    onTrouble: (error) =>
      program.log.error({ err: error }, "analytics could not be shipped for a moment; it is tried again"),
  });
}

/** After a kill -9 a writer's lane of the intake log stays open for ever unless somebody sees that nobody holds it. */
function closingOfDeadLanes(program: Program): Running {
  const close = (): void => {
    closeDeadLanes(program.ctx.db, program.clock.now()).catch((error: Error) =>
      program.log.warn({ err: error }, "lanes of ended writers could not be closed; it is tried again"),
    );
  };
  close();
  const timer = setInterval(close, 60_000);
  return { stop: async () => clearInterval(timer) };
}

function calculator(program: Program): Running {
  return startCalculator(program.ctx, {
    eventsGoFirst: () => areEventsBehind(program.ctx.db),
    onTrouble: (error) =>
      program.log.error({ err: error }, "commissions could not be calculated for a moment; it is tried again"),
  });
}
