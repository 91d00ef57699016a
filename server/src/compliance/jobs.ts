import { systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import type { Context, Jobs } from "../database/index.ts";
import { checkProof } from "./domains.ts";
import { forgetOldFiles, remindOfEnds } from "./keeping.ts";
import type { ComplianceNeeds, Outside } from "./needs.ts";
import { applyListChanges, outdatedPartners, type ScreenMemory, screenPartnersNow, sweepPartners } from "./run.ts";
import { newestVersions, noteProgress, readProgress } from "./store/lists.ts";
import { proofsToCheck } from "./store/sites.ts";
import { today } from "./today.ts";

const TRAIL = "trail";
const PAGE = 500;
const FURTHEST = 20_000;

const PROOFS = 200;

/** What is done by the clock: screening, documents that end or whose time is over, proofs of domains. */
export function complianceJobs(ctx: Context, { memory, outside }: Pick<ComplianceNeeds, "memory" | "outside">): Jobs {
  const screening = screeningJobs(ctx, memory);
  return {
    tasks: {
      ...screening.tasks,
      "compliance.documents": async () => {
        await remindOfEnds(ctx);
        await forgetOldFiles(ctx);
      },
      "compliance.check_domain": async (payload) => {
        await checkProof(ctx, CHECKER, outside, (payload as { readonly proofId: string }).proofId);
      },
      "compliance.domains": () => checkDomains(ctx, outside),
    },
    schedule: [
      ...(screening.schedule ?? []),
      { task: "compliance.documents", cron: "35 4 * * *" },
      { task: "compliance.domains", cron: "50 4 * * *" },
    ],
  };
}

const CHECKER = systemActor("proof of domains");

/** Proofs are looked at again, a few hundred a day: a domain changes hands. */
async function checkDomains(ctx: Context, outside: Outside): Promise<void> {
  for (const { proof_id } of await proofsToCheck(ctx.db, today(ctx), PROOFS))
    await checkProof(ctx, CHECKER, outside, proof_id);
}

/** Every minute: what lists changed, and partners of whom something was written since. At night: everybody who was missed. */
function screeningJobs(ctx: Context, memory: ScreenMemory): Jobs {
  let running: Promise<void> | undefined;
  const start = (work: () => Promise<unknown>): Promise<void> => {
    const done = work().then(() => undefined);
    running = done.finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    tasks: {
      // A look that finds another one at work is not needed: the next minute brings one. A night's sweep waits for its turn.
      "compliance.look": () => running ?? start(() => lookAtScreening(ctx, memory)),
      "compliance.sweep": async () => {
        while (running !== undefined) await running.catch(() => undefined);
        await start(() => sweepPartners(ctx, memory));
      },
    },
    schedule: [
      { task: "compliance.look", cron: "* * * * *" },
      { task: "compliance.sweep", cron: "20 2 * * *" },
    ],
  };
}

/** One look: lists that changed, then partners that did. Without lists there is nothing to do. */
export async function lookAtScreening(ctx: Context, memory: ScreenMemory): Promise<void> {
  if ((await newestVersions(ctx.db)).length === 0) return;
  await applyListChanges(ctx);
  const seen = await readProgress(ctx.db, TRAIL);
  const [newest] = await audit.list(ctx, {}, { limit: 1 });
  if (newest === undefined || newest.seq === seen) return;
  if (seen === undefined || newest.seq - seen > BigInt(FURTHEST)) await sweepPartners(ctx, memory);
  else {
    const changed = await changedPartners(ctx, seen);
    const outdated = await outdatedPartners(ctx, changed);
    if (outdated.length > 0) await screenPartnersNow(ctx, memory, outdated);
  }
  await noteProgress(ctx.db, TRAIL, newest.seq);
}

/** Partners of whom the trail tells something since an entry. Their names may be as they were: that is looked at next. */
async function changedPartners(ctx: Context, since: bigint): Promise<readonly string[]> {
  const partners = new Set<string>();
  let before: bigint | undefined;
  for (;;) {
    const entries = await audit.list(ctx, {}, { limit: PAGE, before });
    for (const { seq, partnerId, action } of entries)
      if (seq > since && partnerId !== null && /^(?:partners|compliance\.person|integrations|imports)/.test(action))
        partners.add(partnerId);
    const last = entries.at(-1)?.seq;
    if (last === undefined || last <= since || entries.length < PAGE) return [...partners];
    before = last;
  }
}
