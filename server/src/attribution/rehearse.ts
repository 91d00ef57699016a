import type { Db } from "../database/index.ts";
import type { EventRecord } from "../tracking/index.ts";
import type { Decision, Ownership } from "./contracts.ts";
import { settleOwnership } from "./core/ownership.ts";
import type { ProgramRules } from "./rules-of-programs.ts";
import { loadTouches, type TouchSources } from "./touches.ts";

export interface RehearsedOwnership {
  readonly decision: Decision;
  readonly owners: readonly Ownership[];
}

/**
 * Whose a new customer would be by these events, in the order of time: the same decision as for real ones, read from the same clicks and codes,
 * and written down nowhere. For tests.
 * @param events of one customer of the program whose rules these are
 */
export async function rehearseOwnership(
  db: Db,
  events: readonly EventRecord[],
  sources: TouchSources,
  rules: ProgramRules,
): Promise<RehearsedOwnership> {
  const { timeline, timeZone } = rules;
  const touches = await loadTouches(db, sources, events, () => timeline.needs);
  const asking = events.map((event) => ({
    eventId: event.eventId,
    type: event.type,
    programId: event.programId,
    at: event.at,
    order: `${event.sourceId}\n${event.type}\n${event.externalId}`,
    touches: touches.get(event.eventId) ?? [],
  }));
  const firstSeen = events.reduce((first, { at }) => Math.min(first, at), Number.MAX_SAFE_INTEGER);
  const { decision, owners } = settleOwnership(asking, timeline, { firstSeen, timeZone });
  return { decision, owners };
}
