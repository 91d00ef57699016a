import type { Context, Jobs } from "../database/index.ts";
import { evaluateAll, evaluatePartners } from "./evaluate.ts";
import { lookAtPages, lookForTidying, type TidyNeeds } from "./look-for-tidying.ts";
import { makeFirstRules } from "./rules.ts";
import { changedPartners, noteProgress, progressOf } from "./store/scores.ts";
import { applyTagRules } from "./tags.ts";

const ENTRIES_AT_ONCE = 5000;

/** One of a kind at a time: a look that takes long is not joined by another, and what is asked for meanwhile is done once afterwards. */
function single(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<unknown> | undefined;
  return async () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    await running;
  };
}

export function governanceJobs(ctx: Context, needs: TidyNeeds): Jobs {
  const partners = async (payloads: readonly unknown[]) => {
    const ids = payloads.flatMap((payload) => {
      const { partnerId, partnerIds = [] } = (payload ?? {}) as { partnerId?: string; partnerIds?: string[] };
      return partnerId === undefined ? partnerIds : [partnerId, ...partnerIds];
    });
    await evaluatePartners(ctx, [...new Set(ids)]);
  };
  const everything = single(async () => {
    await makeFirstRules(ctx);
    await evaluateAll(ctx);
  });
  return {
    sets: { "governance.partners": partners, "partners.status_changed": partners },
    tasks: {
      "governance.evaluate": everything,
      "governance.follow": single(() => followTrail(ctx)),
      "governance.tidy": single(() => lookForTidying(ctx, needs)),
      "governance.pages": single(() => lookAtPages(ctx, needs)),
      "governance.tags": single(() => applyTagRules(ctx)),
    },
    schedule: [
      { task: "governance.follow", cron: "* * * * *" },
      { task: "governance.evaluate", cron: "20 * * * *" },
      { task: "governance.tidy", cron: "40 */3 * * *" },
      { task: "governance.pages", cron: "*/5 * * * *" },
      { task: "governance.tags", cron: "50 * * * *" },
    ],
  };
}

/** Whatever a person changed stands in the trail: those partners are looked at again. */
export async function followTrail(ctx: Context): Promise<number> {
  const { seq, evaluatedAt } = await progressOf(ctx.db);
  // Before everything was gone through once there is nothing to bring up to date.
  if (evaluatedAt === null) return 0;
  const changed = await changedPartners(ctx.db, seq, ENTRIES_AT_ONCE);
  if (changed.seq === seq) return 0;
  await evaluatePartners(ctx, changed.partnerIds);
  await noteProgress(ctx.db, { seq: changed.seq });
  return changed.partnerIds.length;
}
