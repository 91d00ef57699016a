import type { NewPostbackTest, OutboundResult, SimulatedEvent } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../../kernel/refusals.ts";
import { partnerTouch } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import { takeEvents } from "../events/take-events.ts";
import { testPostback } from "../outbound/deliver-by-hand.ts";
import { getPostback } from "../outbound/service.ts";
import type { StoredTestLine } from "../process/contracts.ts";
import { configurationHashes, configuredFor } from "./configuration.ts";
import type { ProofNeeds, RunCheck } from "./contracts.ts";
import { PROOF_SOURCE } from "./core/arrived.ts";
import { followAsVisitor, keepRun, testableLink, withParameters } from "./link-test.ts";
import { frozen, linesOf, readableRun, rehearse } from "./runs.ts";
import { type RunRow, runsOpen, saveRun } from "./store/runs.ts";

const OPEN_RUNS = 20;
const DAY_MS = 86_400_000;

/**
 * Begins a postback test: a test click on a partner's link, through the link itself.
 * @returns id of the run
 * @throws Refusal not_found, forbidden, too_many_requests; wrong_state when the link makes no click that would count
 */
export async function startPostbackTest(
  ctx: Context,
  actor: Actor,
  input: NewPostbackTest,
  needs: ProofNeeds,
): Promise<string> {
  const link = await testableLink(ctx, actor, input.linkId, needs);
  const startedAt = ctx.clock.now();
  if ((await runsOpen(needs.whole, link.partnerId, new Date(startedAt.getTime() - DAY_MS))) >= OPEN_RUNS)
    throw new Refusal("too_many_requests", "Twenty tests of this partner are running: finish some of them.");
  const configured = await configuredFor(needs, link.partnerId, link.offerId, startedAt.toISOString().slice(0, 10));
  if (configured === undefined) throw notFound("offer", link.offerId);
  const runId = ctx.ids.next("prf");
  const tail = runId.slice(-8);
  const country = input.country ?? configured.offer.allowedCountries[0];
  const parameters = { sub1: `test-${tail}`, click_id: `partner-click-${tail}`, ...input.parameters };
  const url = withParameters(link.url, parameters);
  const visitor = { runId, country, device: "desktop", language: "en", maxHops: 1 } as const;
  const { expected, trace } = await followAsVisitor(ctx, url, visitor, needs);
  if (expected.clickId === null || expected.verdict !== null) {
    const why = expected.verdict ?? trace.hops[0]?.error?.text ?? `status ${trace.hops[0]?.status ?? "unknown"}`;
    throw new Refusal(
      "wrong_state",
      `The link makes no click that would count: ${why}. A link test says what to change.`,
    );
  }
  await keepRun(ctx, actor, {
    run_id: runId,
    kind: "postback",
    state: "running",
    partner_id: link.partnerId,
    program_id: link.programId,
    offer_id: link.offerId,
    link_id: link.linkId,
    click_id: expected.clickId,
    options: { ...(country === undefined ? {} : { country }), url, parameters, customerRef: `test-${tail}` },
    result: {},
    configuration: configurationHashes(configured, link.linkId),
    started_by: actor.id,
    started_name: actor.name,
    by_partner: actor.partnerId !== undefined,
    started_at: startedAt,
    finished_at: null,
  });
  return runId;
}

/** Sends an event of the test's customer, where no system of the operator does: for the sandbox, never for the books. */
export async function simulateEvent(
  ctx: Context,
  actor: Actor,
  runId: string,
  input: SimulatedEvent,
  needs: ProofNeeds,
): Promise<void> {
  const run = await runningRun(ctx, actor, runId);
  const program = await programById(needs.whole, run.program_id);
  const sent = {
    type: input.type,
    externalId: `${run.run_id}-${ctx.clock.now().getTime().toString(36)}`,
    customerId: run.options.customerRef,
    clickId: run.click_id,
    occurredAt: ctx.clock.now().toISOString(),
    ...(input.amount === undefined ? {} : { amount: input.amount, currency: program?.currency }),
    ...(input.quantities === undefined ? {} : { quantities: input.quantities }),
  };
  const origin = { door: "console", programId: run.program_id, sourceId: PROOF_SOURCE, test: true } as const;
  const taken = await takeEvents(needs.take, origin, [sent]);
  const [line] = taken.events;
  if (line !== undefined && line.status === "rejected") {
    const [problem] = line.errors ?? [];
    throw invalid(
      problem?.field ?? "type",
      problem?.value ?? input.type,
      problem?.message ?? "is not understood",
      problem?.hint,
    );
  }
}

/** Calls a postback of the partner with values that are plainly a test, and keeps what its server answered. */
export async function tryOutbound(
  ctx: Context,
  actor: Actor,
  runId: string,
  postbackId: string,
  needs: ProofNeeds,
): Promise<void> {
  const run = await runningRun(ctx, actor, runId);
  const postback = await getPostback(ctx, actor, postbackId);
  if (postback.partnerId !== run.partner_id) throw notFound("postback", postbackId);
  const delivery = await testPostback(ctx, actor, postbackId, needs.postbacks);
  const attempt = delivery.log.at(-1);
  const result: OutboundResult = {
    postbackId,
    name: postback.name,
    deliveryId: delivery.id,
    at: ctx.clock.now().toISOString(),
    url: attempt?.url ?? postback.url,
    status: attempt?.status ?? null,
    error: attempt?.error ?? null,
    response: attempt?.response?.slice(0, 500) ?? null,
    milliseconds: attempt?.durationMs ?? null,
    passed: attempt !== undefined && attempt.error === null,
  };
  const configured = await configuredFor(needs, run.partner_id, run.offer_id, result.at.slice(0, 10));
  const outbound = configured === undefined ? "" : configurationHashes(configured, run.link_id).outbound;
  await save(ctx, {
    ...run,
    result: { ...run.result, outbound: [...(run.result.outbound ?? []), result] },
    configuration: { ...run.configuration, outbound },
  });
}

/** Ends a postback test: what arrived, the would-be decision and commission, and what passed are kept as they are now. */
export async function finishRun(ctx: Context, actor: Actor, runId: string, needs: ProofNeeds): Promise<void> {
  const run = await runningRun(ctx, actor, runId);
  const lines = await linesOf(run, needs);
  const [en, es] = [await rehearse(run, lines, "en", needs), await rehearse(run, lines, "es", needs)];
  const checks = checksOf(run, lines, en.steps);
  const needed = checks.filter((check) => check.required);
  const state = needed.length === 0 ? "ended" : needed.every((check) => check.passed) ? "passed" : "failed";
  const result = { ...run.result, lines: lines.map(frozen), sandbox: { en, es }, checks };
  await transact(ctx, async (tx) => {
    await save(tx, { ...run, state, result, finished_at: tx.clock.now() });
    await audit.record(tx, actor, {
      action: "proofs.finished",
      subjectKind: "proof_run",
      subjectId: runId,
      partnerId: run.partner_id,
      after: { state, checks },
    });
  });
}

/** What the test itself sent proves nothing of the operator's systems. */
function checksOf(
  run: RunRow,
  lines: readonly StoredTestLine[],
  steps: readonly { name: string; state: string }[],
): RunCheck[] {
  const real = lines.filter((line) => line.sourceId !== PROOF_SOURCE);
  const typed = (line: StoredTestLine) => ("refused" in line.sent ? undefined : line.sent.type);
  const stepDone = (name: string) => steps.some((step) => step.name === name && step.state === "done");
  const checks: RunCheck[] = [];
  const add = (part: RunCheck["part"], name: RunCheck["name"], passed: boolean, required = true) =>
    checks.push({ part, name, passed, required });
  if (real.length > 0 || (!run.by_partner && (run.result.outbound ?? []).length === 0)) {
    add(
      "inbound",
      "registration",
      real.some((line) => typed(line) === "registration" && line.reason === "test_click"),
    );
    add(
      "inbound",
      "payment",
      real.some((line) => ![undefined, "registration"].includes(typed(line))),
    );
    add("inbound", "attributed", stepDone("registration"));
    add("inbound", "qualification", stepDone("qualification"), false);
  }
  const last = new Map((run.result.outbound ?? []).map((one) => [one.postbackId, one.passed]));
  if (last.size > 0) add("outbound", "answered", [...last.values()].every(Boolean));
  return checks;
}

async function runningRun(ctx: Context, actor: Actor, runId: string): Promise<RunRow> {
  const run = await readableRun(ctx, actor, runId);
  requirePermission(actor, "links.write", await partnerTouch(ctx, run.partner_id, run.program_id));
  if (run.kind !== "postback" || run.state !== "running")
    throw new Refusal("wrong_state", "The test is over: begin a new one.");
  return run;
}

async function save(ctx: Context, row: RunRow): Promise<void> {
  if (!(await saveRun(ctx.db, row))) throw changedMeanwhile("test", row.revision);
}
