import { type Context, type TxContext, transact } from "../database/index.ts";
import { allPartners } from "../partners/index.ts";
import type { Asked, ListEntry } from "./core/names.ts";
import { createScreen, DEFAULT_THRESHOLD, type Hit, type Screen } from "./core/screen.ts";
import { digestOf } from "./digest.ts";
import * as hits from "./store/hits.ts";
import * as lists from "./store/lists.ts";
import { type Subject, type SubjectKind, subjectsNow } from "./subjects.ts";

/** The lists in memory, made again when one of them has a newer version. One for a process. */
export class ScreenMemory {
  private key = "";
  private made: Promise<Screen> | undefined;

  async screen(ctx: Context): Promise<Screen | undefined> {
    const versions = await lists.newestVersions(ctx.db);
    if (versions.length === 0) return undefined;
    const key = versions.map(({ list, version }) => `${list} ${version}`).join("\n");
    if (this.made === undefined || key !== this.key) {
      this.key = key;
      this.made = readLists(ctx);
      this.made.catch(() => {
        this.made = undefined;
      });
    }
    return await this.made;
  }
}

async function readLists(ctx: Context): Promise<Screen> {
  const entries: ListEntry[] = [];
  for await (const entry of lists.livingEntries(ctx.db)) entries.push(entry);
  return createScreen(entries);
}

const PARTNERS_AT_ONCE = 200;

/** Screens partners with everybody behind them, as they stand now, against all lists. @returns how many names were looked up */
export async function screenPartnersNow(
  ctx: Context,
  memory: ScreenMemory,
  partnerIds: readonly string[],
): Promise<number> {
  const screen = await memory.screen(ctx);
  if (screen === undefined) return 0;
  let names = 0;
  for (let at = 0; at < partnerIds.length; at += PARTNERS_AT_ONCE) {
    const some = partnerIds.slice(at, at + PARTNERS_AT_ONCE);
    names += await transact(ctx, async (tx) => {
      const subjects = await subjectsNow(tx.db, some);
      const former = (await hits.subjectsOf(tx.db, some)).filter(
        (row) => !subjects.some(({ subjectId }) => subjectId === row.subject_id),
      );
      const formerIds = former.map((row) => row.subject_id);
      for (const row of await hits.hitsOfSubjects(tx.db, formerIds)) await takeBack(tx, row);
      await hits.dropSubjects(tx.db, formerIds);
      await screenSubjects(tx, screen, subjects, () => true);
      await note(tx, subjects);
      return subjects.length;
    });
  }
  return names;
}

async function note(tx: TxContext, subjects: readonly Subject[]): Promise<void> {
  const rows = subjects.map(({ subjectId, partnerId, kind, asked, digest }) => ({
    subject_id: subjectId,
    partner_id: partnerId,
    subject_kind: kind,
    name: asked.name,
    asked: JSON.stringify(asked),
    digest,
    screened_at: tx.clock.now(),
  }));
  await hits.putSubjects(tx.db, rows);
}

/** Looks subjects up and keeps what was found. @param covered which entries the screen has: a hit of one of them that is not found again is over */
async function screenSubjects(
  tx: TxContext,
  screen: Screen,
  subjects: readonly Subject[],
  covered: (list: string, entryId: string) => boolean,
): Promise<void> {
  const known = Map.groupBy(
    await hits.hitsOfSubjects(
      tx.db,
      subjects.map(({ subjectId }) => subjectId),
    ),
    (row) => row.subject_id,
  );
  for (const subject of subjects) {
    const before = new Map((known.get(subject.subjectId) ?? []).map((row) => [`${row.list} ${row.entry_id}`, row]));
    for (const hit of screen.search(subject.asked, DEFAULT_THRESHOLD)) {
      const key = `${hit.entry.list} ${hit.entry.id}`;
      await keep(tx, subject, hit, before.get(key));
      before.delete(key);
    }
    for (const row of before.values()) if (covered(row.list, row.entry_id)) await takeBack(tx, row);
  }
}

/** Nobody has to decide any more about what is not found; what was decided stays decided. */
async function takeBack(tx: TxContext, row: hits.HitRow): Promise<void> {
  if (row.state === "open" || row.state === "proposed")
    await hits.setHit(tx.db, row.hit_id, { state: "gone", updated_at: tx.clock.now() });
}

function found(subject: Subject, hit: Hit, at: Date) {
  return {
    subject_name: subject.asked.name,
    subject_digest: subject.digest,
    asked: JSON.stringify(subject.asked),
    entry_digest: digestOf(hit.entry),
    entry: JSON.stringify(hit.entry),
    topic: hit.entry.topic,
    matched_name: hit.listedName,
    score: hit.score,
    steps: JSON.stringify(hit.steps),
    evidence: JSON.stringify(hit.evidence),
    updated_at: at,
  };
}

async function keep(tx: TxContext, subject: Subject, hit: Hit, before: hits.HitRow | undefined): Promise<void> {
  const now = tx.clock.now();
  const facts = found(subject, hit, now);
  if (before === undefined) {
    const about = {
      hit_id: tx.ids.next("hit"),
      partner_id: subject.partnerId,
      subject_id: subject.subjectId,
      subject_kind: subject.kind,
    };
    await hits.insertHit(tx.db, {
      ...about,
      ...facts,
      list: hit.entry.list,
      entry_id: hit.entry.id,
      state: "open",
      opened_at: now,
    });
    return;
  }
  const subjectChanged = before.subject_digest !== facts.subject_digest;
  const entryChanged = before.entry_digest !== facts.entry_digest;
  if (!subjectChanged && !entryChanged && before.state !== "gone") return;
  const again = before.state === "false_positive" || before.state === "gone" || before.state === "proposed";
  const why = before.state === "gone" ? "listed_again" : subjectChanged ? "subject_changed" : "entry_changed";
  // what was said of other facts is asked again, by whomever it was said; two people's word that it is them stands
  await hits.setHit(tx.db, before.hit_id, {
    ...facts,
    ...(again ? { state: "open", reopened_why: why, ...hits.UNDECIDED } : {}),
  });
}

/** Screens everybody against what newer versions of lists changed, and only against that. @returns how many versions were applied */
export async function applyListChanges(ctx: Context): Promise<number> {
  const versions = await lists.unapplied(ctx.db);
  if (versions.length === 0) return 0;
  const entries: ListEntry[] = [];
  for (const version of versions) {
    const changed = await lists.changedEntries(ctx.db, version);
    entries.push(...changed.entries);
    await transact(ctx, async (tx) => {
      for (const row of await hits.hitsOfEntries(tx.db, version.list, changed.gone)) await takeBack(tx, row);
    });
  }
  const screen = createScreen(entries);
  const covered = new Set(entries.map(({ list, id }) => `${list} ${id}`));
  for await (const rows of hits.everySubject(ctx.db))
    await transact(ctx, (tx) =>
      screenSubjects(tx, screen, rows.map(subjectOf), (list, id) => covered.has(`${list} ${id}`)),
    );
  await lists.markApplied(ctx.db, versions, ctx.clock.now());
  return versions.length;
}

function subjectOf(row: hits.SubjectRow): Subject {
  const { subject_id: subjectId, partner_id: partnerId, digest } = row;
  return { subjectId, partnerId, kind: row.subject_kind as SubjectKind, asked: row.asked as unknown as Asked, digest };
}

/** Screens partners that never were, and those of whom something changed since. For the night: it looks at every partner. */
export async function sweepPartners(ctx: Context, memory: ScreenMemory): Promise<number> {
  const ids = (await allPartners(ctx.db)).map(({ partnerId }) => partnerId);
  let names = 0;
  for (let at = 0; at < ids.length; at += PARTNERS_AT_ONCE) {
    const some = ids.slice(at, at + PARTNERS_AT_ONCE);
    const outdated = await outdatedPartners(ctx, some);
    if (outdated.length > 0) names += await screenPartnersNow(ctx, memory, outdated);
  }
  return names;
}

/** Screens those of the partners of whom something was changed since, before money goes out. Without lists there is nothing to do. @returns how many names */
export async function screenChanged(
  ctx: Context,
  memory: ScreenMemory,
  partnerIds: readonly string[],
): Promise<number> {
  if ((await lists.newestVersions(ctx.db)).length === 0) return 0;
  const outdated = await outdatedPartners(ctx, partnerIds);
  return outdated.length === 0 ? 0 : await screenPartnersNow(ctx, memory, outdated);
}

/** Of these, the partners whose people were not all screened as they stand, or who have fewer than were screened. */
export async function outdatedPartners(ctx: Context, partnerIds: readonly string[]): Promise<readonly string[]> {
  const screened = await hits.subjectsOf(ctx.db, partnerIds);
  const digests = new Map(screened.map((row) => [row.subject_id, row.digest]));
  const now = await subjectsNow(ctx.db, partnerIds);
  const outdated = new Set<string>();
  for (const { subjectId, digest, partnerId } of now) {
    if (digests.get(subjectId) !== digest) outdated.add(partnerId);
    digests.delete(subjectId);
  }
  for (const row of screened) if (digests.has(row.subject_id)) outdated.add(row.partner_id);
  return [...outdated];
}
