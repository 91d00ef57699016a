import type { NewLinkTest } from "@tributary/contract";
import { type Actor, requirePermission } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { notFound } from "../../kernel/refusals.ts";
import { partnerTouch } from "../../partners/index.ts";
import { readClickInput } from "../core/click-fields.ts";
import { TEST_CLICK_HEADER, TEST_HEADER } from "../edge/mark-of-test.ts";
import { getLink } from "../links/service.ts";
import type { AddressPolicy } from "../outbound/address.ts";
import { clickById } from "../process/journeys.ts";
import { configurationHashes, configuredFor } from "./configuration.ts";
import type { ProofNeeds } from "./contracts.ts";
import type { TestDevice } from "./core/browsers.ts";
import { findingsOf } from "./core/findings.ts";
import type { Expected, Hop, Trace } from "./core/trace.ts";
import { carried } from "./core/values.ts";
import { follow } from "./follow.ts";
import { insertRun, type NewRunRow } from "./store/runs.ts";

const MAX_HOPS = 15;
const HOP_MS = 10_000;
const TOTAL_MS = 40_000;
const MARK_MS = 120_000;
/** Tests that run at the same time in a process: each holds a connection to somebody else's server. */
const AT_ONCE = 4;

/** A link that an actor may test, and everything about it that a test needs. */
export interface TestedLink {
  readonly linkId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly offerId: string;
  readonly url: string;
}

/** @throws Refusal not_found, forbidden; wrong_state for a smart link, which belongs to no single offer */
export async function testableLink(ctx: Context, actor: Actor, linkId: string, needs: ProofNeeds): Promise<TestedLink> {
  const link = await getLink(ctx, actor, linkId, { publicUrl: needs.publicUrl, mayPromote: async () => false });
  requirePermission(actor, "links.write", await partnerTouch(ctx, link.partnerId, link.programId));
  const { id, partnerId, programId, offerId, url } = link;
  if (offerId === null)
    throw new Refusal("wrong_state", "A smart link leads to many offers: test a link of one offer.");
  return { linkId: id, partnerId, programId, offerId, url };
}

/** Makes one test after the other wait its turn: no queue, a plain refusal. */
export class Slots {
  #taken = 0;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#taken >= AT_ONCE)
      throw new Refusal("too_many_requests", "Other tests are running: try again in half a minute.");
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
    }
  }
}

/**
 * Follows a link as a visitor would and keeps what was found as evidence.
 * @returns id of the run
 * @throws Refusal not_found, forbidden, too_many_requests
 */
export async function runLinkTest(ctx: Context, actor: Actor, input: NewLinkTest, needs: ProofNeeds): Promise<string> {
  const link = await testableLink(ctx, actor, input.linkId, needs);
  const startedAt = ctx.clock.now();
  const runId = ctx.ids.next("prf");
  const parameters = input.url === undefined ? { ...probesFor(runId), ...input.parameters } : {};
  const start = input.url ?? withParameters(link.url, parameters);
  const configured = await configuredFor(needs, link.partnerId, link.offerId, startedAt.toISOString().slice(0, 10));
  if (configured === undefined) throw notFound("offer", link.offerId);
  const { trace, expected } = await followAsVisitor(ctx, start, { ...input, runId, maxHops: MAX_HOPS }, needs);
  const findings = findingsOf(trace, expected);
  const passed = findings.every((finding) => finding.severity !== "error");
  await keepRun(ctx, actor, {
    run_id: runId,
    kind: "link",
    state: passed ? "passed" : "failed",
    partner_id: link.partnerId,
    program_id: link.programId,
    offer_id: link.offerId,
    link_id: link.linkId,
    click_id: expected.clickId,
    options: { country: input.country, device: input.device, language: input.language, url: start, parameters },
    result: { hops: trace.hops, findings, checks: [{ part: "link", name: "chain", passed, required: true }] },
    configuration: configurationHashes(configured, link.linkId),
    started_by: actor.id,
    started_name: actor.name,
    by_partner: actor.partnerId !== undefined,
    started_at: startedAt,
    finished_at: ctx.clock.now(),
  });
  return runId;
}

export async function keepRun(ctx: Context, actor: Actor, row: NewRunRow): Promise<void> {
  await transact(ctx, async (tx) => {
    await insertRun(tx.db, row);
    await audit.record(tx, actor, {
      action: "proofs.run",
      subjectKind: "proof_run",
      subjectId: row.run_id,
      partnerId: row.partner_id,
      after: { kind: row.kind, state: row.state, offerId: row.offer_id, linkId: row.link_id },
    });
  });
}

interface Visitor {
  readonly runId: string;
  readonly country?: string | undefined;
  readonly device: TestDevice;
  readonly language: string;
  readonly maxHops: number;
}

/** Follows a chain with the mark of a test on our own links, and says what our own link should have led to. */
export async function followAsVisitor(
  ctx: Context,
  start: string,
  visitor: Visitor,
  needs: ProofNeeds,
): Promise<{ readonly trace: Trace; readonly expected: Expected }> {
  const now = ctx.clock.now().getTime();
  const { runId, country } = visitor;
  const mark = needs.marks.write({ runId, ...(country === undefined ? {} : { country }), until: now + MARK_MS });
  const isOwn = ownLinks(needs);
  const raw = await follow(start, {
    device: visitor.device,
    language: visitor.language,
    now,
    isOwn,
    policyFor: policies(needs, isOwn),
    testHeader: [TEST_HEADER, mark],
    maxHops: visitor.maxHops,
    hopTimeoutMs: HOP_MS,
    totalTimeoutMs: TOTAL_MS,
  });
  const trace = { ...raw, hops: raw.hops.map(withoutMark) };
  return { trace, expected: await expectedOf(trace, country ?? "", start, needs) };
}

/** The mark lets its holder make test clicks for two minutes: it is no part of the evidence. */
function withoutMark(hop: Hop): Hop {
  return { ...hop, sent: hop.sent.map(([name, value]) => (name === TEST_HEADER ? [name, "…"] : [name, value])) };
}

/** Whether an address is a tracking link here: on the deployment's own host or a program's tracking domain. */
function ownLinks(needs: ProofNeeds): (url: URL) => boolean {
  const home = new URL(needs.publicUrl);
  return (url) =>
    url.pathname.startsWith("/c/") &&
    (url.origin === home.origin || needs.routes.table.programOfHost(url.hostname) !== undefined);
}

/** Only links on the deployment's own address may be private by themselves: it is the operator's, and answers nothing but redirects there. */
function policies(needs: ProofNeeds, isOwn: (url: URL) => boolean): (url: URL) => AddressPolicy {
  const home = new URL(needs.publicUrl);
  const plain = needs.policy;
  const homeHost = home.hostname.replace(/^\[|\]$/g, "");
  const atHome = { ...plain, allowPrivateFor: new Set([...(plain.allowPrivateFor ?? []), homeHost]) };
  return (url) => (url.origin === home.origin && isOwn(url) ? atHome : plain);
}

async function expectedOf(trace: Trace, country: string, start: string, needs: ProofNeeds): Promise<Expected> {
  const at = trace.hops.findIndex((hop) => hop.own);
  const own = trace.hops[at];
  const clickId = own?.headers.find(([name]) => name === TEST_CLICK_HEADER.toLowerCase())?.[1] ?? null;
  const click = clickId === null ? undefined : await clickById(needs.whole, needs.clickIds, clickId);
  const probes = probesOf(at === 0 ? start : (own?.url ?? ""));
  // What our own link hands on stands in its answer, whatever the landing page's address was put together from.
  const next = own?.next ?? "";
  const handedOn = Object.keys(probes).filter((name) => carried(next, probes[name] ?? "") !== "lost");
  const verdict = click === undefined || click.verdict === "click" ? null : click.verdict;
  return { clickId: click?.id ?? null, verdict, country, probes, handedOn };
}

const MACRO_OF: Readonly<Record<string, string>> = { partnerClickId: "partner_click_id" };

/** What a tracking link's address says, by the macro that hands each on. Short values could be met anywhere by chance. */
function probesOf(address: string): Record<string, string> {
  const query = address.indexOf("?");
  if (query < 0) return {};
  const { fields } = readClickInput(address, query + 1);
  return Object.fromEntries(
    [...fields].flatMap(([name, value]) => (value.length < 4 ? [] : [[MACRO_OF[name] ?? name, value] as const])),
  );
}

/** Values that show what happens to ids on the way: small and capital letters, blanks, letters that must be encoded. */
function probesFor(runId: string): Record<string, string> {
  const tail = runId.slice(-6);
  return { sub1: `Ab1-${tail}`, sub2: `Té st/2&${tail}`, click_id: `PcK-${tail}xY` };
}

export function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
