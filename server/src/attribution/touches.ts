import type { Db } from "../database/index.ts";
import {
  type ClickIds,
  type EventRecord,
  type FoundCode,
  findCodes,
  type JourneyStep,
  loadJourneys,
} from "../tracking/index.ts";
import type { AttributionRules, Touch, TouchedClick } from "./contracts.ts";

const DAY_MS = 86_400_000;

export interface TouchSources {
  readonly clickIds: ClickIds;
  /** partner ids by what sources called them: id or code; what is unknown is left out */
  readonly findPartners: (db: Db, names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** Does the event point at a partner at all? */
export function isTouching(event: EventRecord): boolean {
  return event.clickId !== null || event.code !== null || event.partnerHint !== null || event.badClickId !== null;
}

/** Looks up everything that the events point at, in a few queries for all of them. Result by event id. */
export async function loadTouches(
  db: Db,
  sources: TouchSources,
  events: readonly EventRecord[],
  rulesOf: (programId: string) => AttributionRules,
): Promise<Map<bigint, readonly Touch[]>> {
  const clickIds = new Set<string>();
  const codes = new Map<string, { programId: string; code: string }>();
  const names = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const event of events) {
    if (event.clickId !== null) {
      clickIds.add(event.clickId);
      since = Math.min(since, event.at - rulesOf(event.programId).windowDays * DAY_MS);
    }
    if (event.code !== null)
      codes.set(`${event.programId}\n${event.code}`, { programId: event.programId, code: event.code });
    if (event.partnerHint !== null) names.add(event.partnerHint);
  }
  const journeys = await loadJourneys(db, sources.clickIds, clickIds, since);
  const found = new Map((await findCodes(db, [...codes.values()])).map((c) => [`${c.programId}\n${c.code}`, c]));
  const partners = names.size === 0 ? new Map<string, string>() : await sources.findPartners(db, [...names]);
  const known = { journeys, codes: found, partners };
  return new Map(events.map((event) => [event.eventId, touchesOf(event, known, rulesOf(event.programId))]));
}

interface Known {
  readonly journeys: ReadonlyMap<string, readonly JourneyStep[]>;
  readonly codes: ReadonlyMap<string, FoundCode>;
  readonly partners: ReadonlyMap<string, string>;
}

function touchesOf(event: EventRecord, known: Known, rules: AttributionRules): Touch[] {
  const touches: Touch[] = [];
  if (event.clickId !== null) {
    const since = event.at - rules.windowDays * DAY_MS;
    for (const step of known.journeys.get(event.clickId) ?? []) {
      touches.push({ kind: "click", ref: step.clickId, authentic: step.authentic, found: touchedClick(step) });
      // One click beyond the window shows why the journey ends here; those before it would say the same.
      if ((step.click?.at ?? 0) < since) break;
    }
  }
  if (event.badClickId !== null) touches.push({ kind: "click", ref: event.badClickId, authentic: false, found: null });
  if (event.code !== null) {
    const code = known.codes.get(`${event.programId}\n${event.code}`);
    touches.push({ kind: "code", ref: event.code, found: code === undefined ? null : codeTouch(code) });
  }
  if (event.partnerHint !== null) {
    const partnerId = known.partners.get(event.partnerHint);
    touches.push({ kind: "partner", ref: event.partnerHint, found: partnerId === undefined ? null : { partnerId } });
  }
  return touches;
}

function codeTouch(code: FoundCode) {
  const { partnerId, linkId, offerId, validFrom, validTo } = code;
  return { partnerId, linkId, offerId, validFrom: validFrom?.getTime() ?? null, validTo: validTo?.getTime() ?? null };
}

const DIMENSIONS = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"] as const;

function touchedClick(step: JourneyStep): TouchedClick | null {
  const { click } = step;
  if (click === null) return null;
  const dimensions: Record<string, string> = {};
  for (const name of DIMENSIONS) if (click[name] !== undefined) dimensions[name] = click[name];
  if (click.partnerClickId !== undefined) dimensions.partner_click_id = click.partnerClickId;
  if (click.source !== undefined) dimensions.source = click.source;
  if (click.creative !== undefined) dimensions.creative = click.creative;
  if (click.device !== undefined) dimensions.device = click.device;
  return {
    at: click.at,
    counted: click.verdict === "click",
    programId: click.programId ?? null,
    partnerId: click.partnerId ?? null,
    linkId: click.linkId ?? null,
    offerId: click.offerId ?? null,
    country: click.country ?? null,
    dimensions,
  };
}
