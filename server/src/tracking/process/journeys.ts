import { sql } from "kysely";
import type { Db } from "../../database/index.ts";
import { ENTRY_KIND, type IntakeEntry, type StoredClick, type StoredImpression } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readClick, readImpression } from "../core/stored.ts";
import { findEntries } from "../intake/reader.ts";

/** One step of a visitor's journey. `click` is null when the id is authentic but the log has no such click or impression. */
export interface JourneyStep {
  readonly clickId: string;
  readonly authentic: boolean;
  /** `click` too where nothing was found */
  readonly kind: "click" | "impression";
  readonly click: StoredClick | StoredImpression | null;
}

/** How many clicks of a visitor are looked at, the newest first; as many impressions besides. */
export const JOURNEY_STEPS = 20;

/**
 * The journeys that end in the given clicks or impressions: each names the visitor's click before it (`prev`) and the impression
 * before it (`prevView`), so that clicks are one chain and impressions another. Set-based: a step back costs one query for all
 * journeys together.
 * @param since milliseconds since 1970: a chain is followed until its first step before that
 * @returns steps per id: clicks, the newest first, then impressions, the newest first
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
    const found = await loadSteps(db, ids, wanted);
    const next = new Set<string>();
    for (const step of found) {
      known.set(step.clickId, step);
      const { click } = step;
      if (click === null || click.at < since) continue;
      // Of an older click only the clicks before it: its impressions are on the newest one's chain already.
      const before = step.kind === "click" && round > 0 ? [click.prev] : [click.prev, click.prevView];
      for (const id of before) if (id !== undefined && !known.has(id)) next.add(id);
    }
    wanted = next;
  }
  return new Map(starts.map((start) => [start, chainsOf(known, start, since)]));
}

function chainsOf(known: ReadonlyMap<string, JourneyStep>, start: string, since: number): JourneyStep[] {
  const first = known.get(start);
  if (first?.kind !== "impression") {
    const views = walk(known, first?.click?.prevView, since, "prevView");
    return [...walk(known, start, since, "prev"), ...views];
  }
  return [...walk(known, first.click?.prev, since, "prev"), ...walk(known, start, since, "prevView")];
}

function walk(
  known: ReadonlyMap<string, JourneyStep>,
  start: string | undefined,
  since: number,
  link: "prev" | "prevView",
): JourneyStep[] {
  const steps: JourneyStep[] = [];
  const visited = new Set<string>();
  let id = start;
  while (id !== undefined && steps.length < JOURNEY_STEPS && !visited.has(id)) {
    visited.add(id);
    const step = known.get(id);
    if (step === undefined) break;
    steps.push(step);
    id = step.click !== null && step.click.at >= since ? step.click[link] : undefined;
  }
  return steps;
}

async function loadSteps(db: Db, ids: ClickIds, wanted: ReadonlySet<string>): Promise<JourneyStep[]> {
  const places = new Map<string, { lane: number; seq: bigint }>();
  const steps: JourneyStep[] = [];
  for (const clickId of wanted) {
    const place = ids.read(clickId);
    if (place === undefined) steps.push({ clickId, authentic: false, kind: "click", click: null });
    else places.set(clickId, { lane: place.lane, seq: BigInt(place.seq) });
  }
  // In the order of the log: clicks of the same days lie beside each other on the disk.
  const inOrder = [...places.values()].sort((a, b) => a.lane - b.lane || (a.seq < b.seq ? -1 : 1));
  const entries = await findEntries(db, inOrder);
  const byPlace = new Map(entries.map((entry) => [`${entry.lane}:${entry.seq}`, entry]));
  for (const [clickId, { lane, seq }] of places) {
    const entry = byPlace.get(`${lane}:${seq}`);
    steps.push({ clickId, authentic: true, ...readEntry(entry) });
  }
  return steps;
}

function readEntry(entry: IntakeEntry | undefined): Pick<JourneyStep, "kind" | "click"> {
  if (entry?.kind === ENTRY_KIND.impression) return { kind: "impression", click: readImpression(entry.body) };
  return { kind: "click", click: entry?.kind === ENTRY_KIND.click ? readClick(entry.body) : null };
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
  const steps = await loadSteps(db, ids, new Set(clickIds));
  return new Map(steps.flatMap((step) => clickOf(step).map((click) => [step.clickId, click] as const)));
}

/** The click behind a click id; `undefined` when the id is not ours or the log has no such click. */
export async function clickById(db: Db, ids: ClickIds, clickId: string): Promise<StoredClick | undefined> {
  const [step] = await loadSteps(db, ids, new Set([clickId]));
  return step === undefined ? undefined : clickOf(step)[0];
}

function clickOf({ kind, click }: JourneyStep): StoredClick[] {
  return kind === "click" && click !== null ? [click as StoredClick] : [];
}
