import type { Context, Jobs } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { evaluateAll, evaluateHourly, evaluatePartners } from "./evaluate.ts";
import { lookAtPages, lookForTidying, type TidyNeeds } from "./look-for-tidying.ts";
import { makeFirstRules } from "./rules.ts";
import { changedPartners, noteProgress, progressOf } from "./store/scores.ts";
import { applyTagRules } from "./tags.ts";

const ENTRIES_AT_ONCE = 5000;
const NIGHT_HOUR = 3;

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
  const hourly = single(async () => {
    const { evaluatedAt } = await progressOf(ctx.db);
    await (isDue(evaluatedAt, ctx.clock.now()) ? everything() : evaluateHourly(ctx));
  });
  return {
    sets: { "governance.partners": partners, "partners.status_changed": partners },
    tasks: {
      "governance.evaluate": everything,
      "governance.hourly": hourly,
      "governance.follow": single(() => followTrail(ctx)),
      "governance.tidy": single(() => lookForTidying(ctx, needs)),
      "governance.pages": single(() => lookAtPages(ctx, needs)),
      "governance.tags": single(() => applyTagRules(ctx)),
    },
    schedule: [
      { task: "governance.follow", cron: "* * * * *" },
      { task: "governance.hourly", cron: "20 * * * *" },
      { task: "governance.tidy", cron: "40 */3 * * *" },
      { task: "governance.pages", cron: "*/5 * * * *" },
      { task: "governance.tags", cron: "50 * * * *" },
    ],
  };
}

/** Everything is gone through once a day, in the night, and at once where it never was. */
function isDue(evaluatedAt: Date | null, now: Date): boolean {
  if (evaluatedAt === null) return true;
  return dayOf(evaluatedAt, "UTC") < dayOf(now, "UTC") && now.getUTCHours() >= NIGHT_HOUR;
}

/** Whatever a person changed stands in the trail: those partners are looked at again. After an import there is much to follow: until the end of it. */
export async function followTrail(ctx: Context): Promise<number> {
  const { seq, evaluatedAt } = await progressOf(ctx.db);
  // Before everything was gone through once there is nothing to bring up to date.
  if (evaluatedAt === null) return 0;
  let followed = 0;
  for (let after = seq; ; ) {
    const changed = await changedPartners(ctx.db, after, ENTRIES_AT_ONCE);
    if (changed.seq === after) return followed;
    await evaluatePartners(ctx, changed.partnerIds);
    await noteProgress(ctx.db, { seq: changed.seq });
    followed += changed.partnerIds.length;
    after = changed.seq;
  }
}
