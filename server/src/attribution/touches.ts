import { SUB_IDS } from "@tributary/contract";
import type { Db } from "../database/index.ts";
import {
  type ClickIds,
  type EventRecord,
  type FoundCode,
  findCodes,
  type JourneyStep,
  loadJourneys,
} from "../tracking/index.ts";
import type { Touch, TouchedClick } from "./contracts.ts";
import type { RulesNeeds } from "./core/timeline.ts";

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
  needsOf: (programId: string) => Pick<RulesNeeds, "windowDays" | "impressionWindowDays">,
): Promise<Map<bigint, readonly Touch[]>> {
  const clickIds = new Set<string>();
  const codes = new Map<string, { programId: string; code: string }>();
  const names = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const event of events) {
    if (event.clickId !== null) {
      clickIds.add(event.clickId);
      since = Math.min(since, horizonOf(event.at, needsOf(event.programId)).furthest);
    }
    if (event.code !== null)
      codes.set(`${event.programId}\n${event.code}`, { programId: event.programId, code: event.code });
    if (event.partnerHint !== null) names.add(event.partnerHint);
  }
  const journeys = await loadJourneys(db, sources.clickIds, clickIds, since);
  const found = new Map((await findCodes(db, [...codes.values()])).map((c) => [`${c.programId}\n${c.code}`, c]));
  const partners = names.size === 0 ? new Map<string, string>() : await sources.findPartners(db, [...names]);
  const known = { journeys, codes: found, partners };
  return new Map(events.map((event) => [event.eventId, touchesOf(event, known, needsOf(event.programId))]));
}

interface Known {
  readonly journeys: ReadonlyMap<string, readonly JourneyStep[]>;
  readonly codes: ReadonlyMap<string, FoundCode>;
  readonly partners: ReadonlyMap<string, string>;
}

type Windows = Pick<RulesNeeds, "windowDays" | "impressionWindowDays">;

/** Before when clicks and impressions are too old under any of the program's rules. */
function horizonOf(at: number, needs: Windows) {
  const click = at - needs.windowDays * DAY_MS;
  const impression = at - needs.impressionWindowDays * DAY_MS;
  return { click, impression, furthest: Math.min(click, impression) };
}

function touchesOf(event: EventRecord, known: Known, needs: Windows): Touch[] {
  const touches: Touch[] = [];
  if (event.clickId !== null) {
    const since = horizonOf(event.at, needs);
    const ended = { click: false, impression: false };
    for (const { kind, clickId, authentic, click } of known.journeys.get(event.clickId) ?? []) {
      if (ended[kind]) continue;
      touches.push({ kind, ref: clickId, authentic, found: touchedClick(click) });
      // One beyond the window shows why the journey ends here; those before it would say the same.
      if (click !== null && click.at < since[kind]) ended[kind] = true;
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

/** A click or impression of the log as a touch. */
export function touchedClick(click: JourneyStep["click"]): TouchedClick | null {
  if (click === null) return null;
  const dimensions: Record<string, string> = {};
  for (const name of SUB_IDS) if (click[name] !== undefined) dimensions[name] = click[name];
  if (click.partnerClickId !== undefined) dimensions.partner_click_id = click.partnerClickId;
  if (click.source !== undefined) dimensions.source = click.source;
  if (click.creative !== undefined) dimensions.creative = click.creative;
  if (click.device !== undefined) dimensions.device = click.device;
  return {
    at: click.at,
    counted: click.verdict === "click" || click.verdict === "impression",
    programId: click.programId ?? null,
    partnerId: click.partnerId ?? null,
    linkId: click.linkId ?? null,
    offerId: click.offerId ?? null,
    country: click.country ?? null,
    dimensions,
  };
}
