import type { Context, Jobs } from "../database/index.ts";
import { type MorningNeeds, readNews, refreshMorning } from "./refresh.ts";
import { SOURCES } from "./sources/index.ts";
import { askForNews } from "./store/items.ts";

/** News that change a queue soon: the sources that read them, and nothing else. */
const NEWS: Readonly<Record<string, readonly string[]>> = {
  "tracking.alert": ["health", "caps"],
  "procedures.stage_entered": ["onboarding"],
  "procedures.case_finished": ["onboarding"],
  "procedures.escalated": ["onboarding"],
  "agreements.accepted": ["agreements", "approvals"],
  "statements.inquiry_changed": ["cases"],
  "payees.changed": ["payees"],
  "compliance.document_decided": ["documents"],
};

export function morningJobs(
  ctx: Context,
  needs: MorningNeeds,
  onTrouble: (source: string, error: Error) => void,
): Jobs {
  let running: Promise<unknown> = Promise.resolve();
  // One after the other: two readings of a source would undo each other's news.
  const inTurn = (refresh: () => Promise<unknown>) => {
    const next = running.then(refresh);
    running = next.catch(() => undefined);
    return next;
  };
  // However many come in a moment, the sources are read once for all of them.
  const ask = ([notice, sources]: readonly [string, readonly string[]]) =>
    [notice, async () => await askForNews(ctx.db, sources)] as const;
  return {
    sets: Object.fromEntries(Object.entries(NEWS).map(ask)),
    tasks: {
      "morning.news": async (payload) => {
        const names = new Set(payload as readonly string[]);
        const sources = SOURCES.filter(({ name }) => names.has(name));
        await inTurn(() => readNews(ctx, needs, sources, onTrouble));
      },
      "morning.refresh": async () => {
        await inTurn(() => refreshMorning(ctx, needs, SOURCES, onTrouble));
      },
    },
    schedule: [{ task: "morning.refresh", cron: "*/10 * * * *" }],
  };
}
