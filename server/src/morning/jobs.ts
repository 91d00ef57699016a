import type { Context, Jobs } from "../database/index.ts";
import { type MorningNeeds, refreshMorning } from "./refresh.ts";
import type { Source } from "./sources/contracts.ts";
import { SOURCES } from "./sources/index.ts";

/** News that change a queue at once: the sources that read them, and nothing else. */
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
  const refresh = (sources: readonly Source[]) => {
    const next = running.then(() => refreshMorning(ctx, needs, sources, onTrouble));
    running = next.catch(() => undefined);
    return next;
  };
  const tasks = Object.fromEntries(
    Object.entries(NEWS).map(([notice, names]) => [
      notice,
      async () => {
        await refresh(SOURCES.filter(({ name }) => names.includes(name)));
      },
    ]),
  );
  return {
    tasks: {
      ...tasks,
      "morning.refresh": async () => {
        await refresh(SOURCES);
      },
    },
    schedule: [{ task: "morning.refresh", cron: "*/10 * * * *" }],
  };
}
