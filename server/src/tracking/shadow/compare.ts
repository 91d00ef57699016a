import { type ShadowSummary, ShadowThresholds } from "@tributary/contract";
import { type Context, type Db, transact } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import { allPartners } from "../../partners/index.ts";
import { programById } from "../../programs/index.ts";
import type { Comparison } from "./contracts.ts";
import { compareSides } from "./core/compare.ts";
import { readiness } from "./core/readiness.ts";
import { sumUp } from "./core/sums.ts";
import { ourConversions } from "./store/ours.ts";
import { replaceResults } from "./store/results.ts";
import { liveSpan, theirConversions } from "./store/rows.ts";
import * as store from "./store/shadows.ts";

const HOUR = 3_600_000;
/** Events of ours this far around theirs may be the same conversion under another clock, or another day's. */
const AROUND = 48 * HOUR;

/** A time that their data speaks of: what we know of it and they do not is missing there. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Compares everything that is known of both sides, and puts the result in the place of the last one. */
export async function runComparison(ctx: Context, shadowId: string): Promise<void> {
  const shadow = await store.findShadow(ctx.db, shadowId);
  if (shadow === undefined || shadow.status !== "active") return;
  await store.noteShadow(ctx.db, shadowId, { state: "running" });
  try {
    await compareAndKeep(ctx, shadow);
  } catch (error) {
    await store.noteShadow(ctx.db, shadowId, {
      state: "failed",
      problem: "The comparison could not be made; it is tried again.",
    });
    throw error;
  }
}

async function compareAndKeep(ctx: Context, shadow: store.ShadowRow): Promise<void> {
  const { db } = ctx;
  const now = ctx.clock.now();
  const spans = await spansOf(db, shadow);
  const partners = await partnersOf(db, shadow.shadow_id);
  const theirs = await theirConversions(db, shadow.shadow_id);
  const [from, to] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))];
  const range = { from: new Date(from - AROUND), to: new Date(to + AROUND) };
  const ours =
    spans.length === 0 ? [] : await ourConversions(db, { programId: shadow.program_id, types: shadow.types, ...range });
  const timeZone = (await programById(db, shadow.program_id))?.timeZone ?? "UTC";
  const late = shadow.late_hours * HOUR;
  const compared = compareSides(theirs, ours, {
    toleranceMs: shadow.tolerance_minutes * 60_000,
    timeZone,
    partners,
    ourHorizon: now.getTime() - late,
    theirHorizon: to - late,
  });
  const results = compared.results.filter(
    (one) => one.ours === null || one.theirs !== null || spokenOf(one.ours.at, spans, compared.shifts[0] ?? 0),
  );
  const sums = sumUp(results);
  const last = results.length === 0 || !Number.isFinite(to) ? null : dayOf(new Date(to), timeZone);
  const unmapped = (await store.partnerNames(db, shadow.shadow_id)).filter(
    (name) => name.partnerRef !== "" && name.partnerId === null,
  ).length;
  const ready = readiness(sums.days, last, ShadowThresholds.parse(shadow.thresholds), unmapped);
  const summary: ShadowSummary = {
    comparedAt: now.toISOString(),
    theirs: theirs.length,
    ours: results.filter((one) => one.ours !== null).length,
    from: sums.days[0]?.day ?? null,
    to: last,
    classes: classesOf(results),
    shifts: compared.shifts.map((shift) => shift / 60_000),
    checks: [...ready.checks],
    safe: ready.safe,
    sentence: ready.sentence,
  };
  await transact(ctx, async (tx) => {
    await replaceResults(tx.db, shadow.shadow_id, results, sums.rows);
    await store.noteShadow(tx.db, shadow.shadow_id, { state: "idle", problem: null, summary: JSON.stringify(summary) });
  });
}

function classesOf(results: readonly Comparison[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { class: kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** @param shift how far their clock is ahead: the edges of their data are told by it */
function spokenOf(at: number, spans: readonly Span[], shift: number): boolean {
  return spans.some((span) => at + shift >= span.from && at + shift <= span.to);
}

async function spansOf(db: Db, shadow: store.ShadowRow): Promise<readonly Span[]> {
  const files = await store.readFiles(db, shadow.shadow_id);
  const spans = files.flatMap(({ covers_from: from, covers_to: to }) =>
    from === null || to === null ? [] : [{ from: from.getTime(), to: to.getTime() }],
  );
  const live = await liveSpan(db, shadow.shadow_id);
  return live === undefined ? spans : [...spans, { from: live.from.getTime(), to: live.to.getTime() }];
}

/** Whom they call what. Names that nobody entered are looked for among ids, codes and names; two that fit are none. */
async function partnersOf(db: Db, shadowId: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const names = await store.partnerNames(db, shadowId);
  const open = names.filter(({ byHand, partnerRef }) => !byHand && partnerRef !== "");
  const known = open.length === 0 ? new Map<string, ReadonlySet<string>>() : await namesHere(db);
  for (const { partnerRef, partnerId, byHand } of names) {
    if (byHand) {
      if (partnerId !== null) found.set(partnerRef, partnerId);
      continue;
    }
    const [only, second] = [...(known.get(partnerRef.toLowerCase()) ?? [])];
    const fits = second === undefined ? (only ?? null) : null;
    if (fits !== partnerId) await store.savePartnerName(db, shadowId, { partnerRef, partnerId: fits, byHand: false });
    if (fits !== null) found.set(partnerRef, fits);
  }
  return found;
}

async function namesHere(db: Db): Promise<Map<string, ReadonlySet<string>>> {
  const known = new Map<string, Set<string>>();
  for (const { partnerId, code, name } of await allPartners(db))
    for (const one of [partnerId, code, name]) {
      const key = one.toLowerCase();
      known.set(key, (known.get(key) ?? new Set<string>()).add(partnerId));
    }
  return known;
}
