import type { TrackingEvidence } from "@tributary/contract";
import { PROOF_PARTS, type ProofPart } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { notFound } from "../../kernel/refusals.ts";
import { partnerTouch } from "../../partners/index.ts";
import { type Configured, configurationHashes, configuredFor, offersOf } from "./configuration.ts";
import type { ProofNeeds } from "./contracts.ts";
import { newestRuns, type RunRow } from "./store/runs.ts";

/** What of a set-up is read for evidence; the shell gives it. */
export type EvidenceNeeds = Pick<ProofNeeds, "whole" | "agreementOf" | "rulesOf">;

type Test = TrackingEvidence["tests"][number];

/**
 * What stands proved of a partner's tracking for an offer: the newest test of each part, and whether it still is true of the configuration.
 * Door for readiness (onboarding): no actor, no permission.
 * @param day `2026-03-01`: whose agreement and rules
 * @returns undefined when there is no such offer
 */
export async function trackingEvidence(
  needs: EvidenceNeeds,
  partnerId: string,
  offerId: string,
  day: string,
): Promise<TrackingEvidence | undefined> {
  const configured = await configuredFor(needs, partnerId, offerId, day);
  return configured === undefined ? undefined : await evidenceOf(needs, configured, partnerId);
}

export async function evidenceOf(
  needs: EvidenceNeeds,
  configured: Configured,
  partnerId: string,
): Promise<TrackingEvidence> {
  const { offerId } = configured.offer;
  const runs = await newestRuns(needs.whole, partnerId, offerId);
  const tests = PROOF_PARTS.map((part) => testOf(part, runs, configured));
  const proved = tests.every((test) => test.passed || test.state === "not_needed");
  return { partnerId, offerId, programId: configured.program.programId, tests, proved };
}

function testOf(part: ProofPart, runs: readonly RunRow[], configured: Configured): Test {
  const run = runs.find((one) => (one.result.checks ?? []).some((check) => check.part === part));
  const none = { passed: false, stale: false, at: null, by: null, byPartner: null, runId: null, configuration: null };
  if (part === "outbound" && configured.postbacks.length === 0) return { part, state: "not_needed", ...none };
  if (run === undefined) return { part, state: "missing", ...none };
  const checks = (run.result.checks ?? []).filter((check) => check.part === part && check.required);
  const succeeded = checks.every((check) => check.passed);
  const stale = run.configuration[part] !== configurationHashes(configured, run.link_id)[part];
  return {
    part,
    state: succeeded ? (stale ? "stale" : "passed") : "failed",
    passed: succeeded && !stale,
    stale,
    at: (run.finished_at ?? run.started_at).toISOString(),
    by: run.started_name,
    byPartner: run.by_partner,
    runId: run.run_id,
    configuration: run.configuration[part] ?? null,
  };
}

/** Evidence for every offer that a partner has links for. @throws Refusal not_found, forbidden */
export async function evidenceOfPartner(
  ctx: Context,
  actor: Actor,
  asked: string | undefined,
  needs: ProofNeeds,
): Promise<TrackingEvidence[]> {
  const partnerId = asked ?? actor.partnerId;
  if (partnerId === undefined || (actor.partnerId !== undefined && actor.partnerId !== partnerId))
    throw notFound("partner", partnerId ?? "");
  requirePermission(actor, "links.read", await partnerTouch(ctx, partnerId));
  const day = ctx.clock.now().toISOString().slice(0, 10);
  const found: TrackingEvidence[] = [];
  for (const offerId of await offersOf(ctx.db, partnerId)) {
    const evidence = await trackingEvidence(needs, partnerId, offerId, day);
    if (evidence !== undefined) found.push(evidence);
  }
  return found;
}
