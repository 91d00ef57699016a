import type { ProofQuery, ProofRun, ProofRunSummary, SandboxResult } from "@tributary/contract";
import { type Actor, isWithin } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { notFound } from "../../kernel/refusals.ts";
import { reachOf } from "../../partners/index.ts";
import type { StoredTestLine } from "../process/contracts.ts";
import { testLinesOf } from "../process/store-of-tests.ts";
import { callsFor } from "./calls.ts";
import { configurationHashes, configuredFor } from "./configuration.ts";
import type { FrozenLine, ProofNeeds } from "./contracts.ts";
import { arrivedLine } from "./core/arrived.ts";
import { RUN_WORDS } from "./core/run-words.ts";
import { findingInWords, type ProofLanguage } from "./core/words.ts";
import { findRun, type RunRow, runPage } from "./store/runs.ts";

const LINES_SHOWN = 200;

export async function listRuns(
  ctx: Context,
  actor: Actor,
  query: ProofQuery,
  needs: ProofNeeds,
): Promise<{ readonly data: ProofRunSummary[]; readonly nextCursor: string | null }> {
  const page = await runPage(ctx.db, await reachOf(ctx, actor, "links.read"), query, query);
  const stale = await stalenessOf(ctx, page.rows, needs);
  return { data: page.rows.map((row) => summaryOf(row, stale.get(row.run_id) ?? false)), nextCursor: page.nextCursor };
}

/** @throws Refusal not_found also for a run that the actor may not see */
export async function readableRun(ctx: Context, actor: Actor, runId: string): Promise<RunRow> {
  const row = await findRun(ctx.db, runId);
  const within = await reachOf(ctx, actor, "links.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id, programId: row.program_id }))
    throw notFound("test", runId);
  return row;
}

/** A run with everything it showed. A postback test that is running is read anew each time: it shows what has arrived by now. */
export async function getRun(
  ctx: Context,
  actor: Actor,
  runId: string,
  language: ProofLanguage,
  needs: ProofNeeds,
): Promise<ProofRun> {
  const row = await readableRun(ctx, actor, runId);
  const words = RUN_WORDS[language];
  const stale = (await stalenessOf(ctx, [row], needs)).get(runId) ?? false;
  const lines = await linesOf(row, needs);
  const isPostback = row.kind === "postback";
  const isPartner = actor.partnerId !== undefined;
  return {
    ...summaryOf(row, stale),
    clickId: row.click_id,
    options: { ...row.options },
    hops: (row.result.hops ?? []).map((hop) => ({
      ...hop,
      error: hop.error?.text ?? null,
      sent: hop.sent.map(([name, value]): [string, string] => [name, value]),
      headers: hop.headers.map(([name, value]): [string, string] => [name, value]),
      cookies: hop.cookies.map(({ value: _value, ...cookie }) => cookie),
    })),
    findings: (row.result.findings ?? []).map((finding) => findingInWords(finding, language)),
    notes: isPostback ? [] : [words.country(row.options.country ?? ""), words.scripts],
    customerRef: row.options.customerRef ?? null,
    // The calls are the operator's to make: which systems it has, and what they send besides, is no business of a partner's.
    calls: isPostback && row.state === "running" && !isPartner ? await callsFor(row, needs, language) : [],
    arrived: lines.map((line) => arrivedLine(isPartner ? { ...line, raw: null } : line, language)),
    sandbox: isPostback ? await sandboxOf(row, lines, language, needs) : null,
    outbound: [...(row.result.outbound ?? [])],
    checks: (row.result.checks ?? []).map((check) => ({ ...check, text: words.checks[check.name] })),
  };
}

/** What arrived for a run's test click: live while it runs, as it was once it is finished. */
export async function linesOf(row: RunRow, needs: ProofNeeds): Promise<readonly StoredTestLine[]> {
  if (row.kind === "link" || row.click_id === null) return [];
  if (row.result.lines !== undefined) return row.result.lines.map(thawed);
  return await testLinesOf(needs.whole, [row.click_id], LINES_SHOWN);
}

export function frozen(line: StoredTestLine): FrozenLine {
  return { ...line, seq: String(line.seq), receivedAt: line.receivedAt.toISOString() };
}

function thawed(line: FrozenLine): StoredTestLine {
  return { ...line, seq: BigInt(line.seq), receivedAt: new Date(line.receivedAt) };
}

async function sandboxOf(
  row: RunRow,
  lines: readonly StoredTestLine[],
  language: ProofLanguage,
  needs: ProofNeeds,
): Promise<SandboxResult> {
  return row.result.sandbox?.[language] ?? (await rehearse(row, lines, language, needs));
}

export function rehearse(
  row: Pick<RunRow, "program_id" | "partner_id" | "click_id">,
  lines: readonly StoredTestLine[],
  language: ProofLanguage,
  needs: ProofNeeds,
): Promise<SandboxResult> {
  const { program_id: programId, partner_id: partnerId, click_id: clickId } = row;
  return needs.sandbox(needs.whole, { programId, partnerId, clickId, lines, language });
}

function summaryOf(row: RunRow, stale: boolean): ProofRunSummary {
  const findings = row.result.findings ?? [];
  const failed = (row.result.checks ?? []).filter((check) => check.required && !check.passed && check.part !== "link");
  return {
    id: row.run_id,
    kind: row.kind,
    state: row.state,
    stale,
    partnerId: row.partner_id,
    programId: row.program_id,
    offerId: row.offer_id,
    linkId: row.link_id,
    errors: findings.filter((one) => one.severity === "error").length + failed.length,
    warnings: findings.filter((one) => one.severity === "warning").length,
    startedBy: row.started_name,
    byPartner: row.by_partner,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** Which runs rest on a configuration that has changed since; one look at each set-up. */
async function stalenessOf(ctx: Context, rows: readonly RunRow[], needs: ProofNeeds): Promise<Map<string, boolean>> {
  const today = ctx.clock.now().toISOString().slice(0, 10);
  const stale = new Map<string, boolean>();
  for (const some of Map.groupBy(rows, (row) => `${row.partner_id} ${row.offer_id}`).values()) {
    const [first] = some;
    const configured =
      first === undefined ? undefined : await configuredFor(needs, first.partner_id, first.offer_id, today);
    for (const row of some) stale.set(row.run_id, configured === undefined || isStale(row, configured));
  }
  return stale;
}

/** A run rests on the parts that it tested. */
export function isStale(row: RunRow, configured: Parameters<typeof configurationHashes>[0]): boolean {
  if (row.state === "running" || row.state === "ended") return false;
  const now = configurationHashes(configured, row.link_id);
  const parts = new Set((row.result.checks ?? []).map((check) => check.part));
  return [...parts].some((part) => row.configuration[part] !== now[part]);
}
