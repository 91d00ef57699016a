import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { StoredClick } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readClick } from "../core/stored.ts";
import { findEntries } from "../intake/reader.ts";

/** One step of a visitor's journey. `click` is null when the id is authentic but the log has no such click. */
export interface JourneyStep {
  readonly clickId: string;
  readonly authentic: boolean;
  readonly click: StoredClick | null;
}

/** How many clicks of a visitor are looked at, the newest first. */
export const JOURNEY_STEPS = 20;
const CLICK_KIND = 1;

/**
 * The journeys that end in the given clicks: each click names the visitor's click before it. Set-based: a step back costs one
 * query for all journeys together.
 * @param since milliseconds since 1970: a journey is followed until its first click before that
 * @returns steps per click id, the newest first
 */
export async function loadJourneys(
  db: Db,
  ids: ClickIds,
  clickIds: Iterable<string>,
  since: number,
): Promise<Map<string, readonly JourneyStep[]>> {
  const known = new Map<string, JourneyStep>();
  let wanted = new Set(clickIds);
  const starts = [...wanted];
  for (let round = 0; round < JOURNEY_STEPS && wanted.size > 0; round += 1) {
    const found = await loadClicks(db, ids, wanted);
    const next = new Set<string>();
    for (const step of found) {
      known.set(step.clickId, step);
      const before = step.click?.prev;
      if (before !== undefined && (step.click?.at ?? 0) >= since && !known.has(before)) next.add(before);
    }
    wanted = next;
  }
  return new Map(starts.map((start) => [start, walk(known, start, since)]));
}

function walk(known: ReadonlyMap<string, JourneyStep>, start: string, since: number): JourneyStep[] {
  const steps: JourneyStep[] = [];
  const visited = new Set<string>();
  let id: string | undefined = start;
  while (id !== undefined && steps.length < JOURNEY_STEPS && !visited.has(id)) {
    visited.add(id);
    const step = known.get(id);
    if (step === undefined) break;
    steps.push(step);
    id = step.click !== null && step.click.at >= since ? step.click.prev : undefined;
  }
  return steps;
}

async function loadClicks(db: Db, ids: ClickIds, wanted: ReadonlySet<string>): Promise<JourneyStep[]> {
  const places = new Map<string, { lane: number; seq: bigint }>();
  const steps: JourneyStep[] = [];
  for (const clickId of wanted) {
    const place = ids.read(clickId);
    if (place === undefined) steps.push({ clickId, authentic: false, click: null });
    else places.set(clickId, { lane: place.lane, seq: BigInt(place.seq) });
  }
  const entries = await findEntries(db, [...places.values()]);
  const byPlace = new Map(entries.map((entry) => [`${entry.lane}:${entry.seq}`, entry]));
  for (const [clickId, { lane, seq }] of places) {
    const entry = byPlace.get(`${lane}:${seq}`);
    steps.push({ clickId, authentic: true, click: entry?.kind === CLICK_KIND ? readClick(entry.body) : null });
  }
  return steps;
}

/** A coupon or referral code with the link that it stands for. */
export interface FoundCode {
  readonly programId: string;
  readonly code: string;
  readonly partnerId: string;
  readonly linkId: string | null;
  readonly offerId: string | null;
  readonly validFrom: Date | null;
  readonly validTo: Date | null;
}

/** The codes that exist among the wanted ones (upper case). */
export async function findCodes(
  db: Db,
  wanted: readonly { readonly programId: string; readonly code: string }[],
): Promise<FoundCode[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{
    program_id: string;
    code: string;
    partner_id: string;
    link_id: string | null;
    offer_id: string | null;
    valid_from: Date | null;
    valid_to: Date | null;
  }>`select c.program_id, c.code, c.partner_id, c.link_id, l.offer_id, c.valid_from, c.valid_to
     from unnest(${wanted.map((w) => w.programId)}::text[], ${wanted.map((w) => w.code)}::text[]) as w(program_id, code)
     join tracking.referral_code c using (program_id, code) left join tracking.link l using (link_id)`.execute(db);
  return rows.map((row) => ({
    programId: row.program_id,
    code: row.code,
    partnerId: row.partner_id,
    linkId: row.link_id,
    offerId: row.offer_id,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** The clicks behind authentic click ids, as far as the log has them. */
export async function clicksOf(db: Db, ids: ClickIds, clickIds: readonly string[]): Promise<Map<string, StoredClick>> {
  const steps = await loadClicks(db, ids, new Set(clickIds));
  return new Map(steps.flatMap(({ clickId, click }) => (click === null ? [] : [[clickId, click] as const])));
}

/** The click behind a click id; `undefined` when the id is not ours or the log has no such click. */
export async function clickById(db: Db, ids: ClickIds, clickId: string): Promise<StoredClick | undefined> {
  const [step] = await loadClicks(db, ids, new Set([clickId]));
  return step?.click ?? undefined;
}
