import { createHash } from "node:crypto";
import type { RunSettingsDocument, RunSnapshot } from "@tributary/contract";
import type { Actor } from "../access/index.ts";
import { termsOnDays } from "../agreements/index.ts";
import { adjustmentsIn, lastLine, ratesOf, waitingMonths } from "../commissions/index.ts";
import type { Db, TxContext } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { addDays, type Day } from "../kernel/period.ts";
import { partnersByIds } from "../partners/index.ts";
import { allPrograms } from "../programs/index.ts";
import { statementStandings } from "../statements/index.ts";
import { isInRun } from "./core/schedule.ts";
import { moveTo } from "./life.ts";
import type { FeedTotal, RunNeeds } from "./needs.ts";
import { type Claim, claim, claimsAfter } from "./store/claims.ts";
import type { RunRow } from "./store/runs.ts";
import { writeSnapshot } from "./store/snapshots.ts";

/** Takes the statements of the period into the run and writes down what the figures will be made of. */
export async function freezeRun(
  tx: TxContext,
  actor: Actor,
  run: RunRow,
  settings: RunSettingsDocument,
  needs: RunNeeds,
): Promise<void> {
  await claim(tx.db, run.runId, run.mode, await statementsFor(tx, run, settings));
  const claims = await claimsAfter(tx.db, run.runId, "", null);
  const document = await inputsOf(tx, run, claims, needs);
  const hash = createHash("sha256").update(canonicalJson(document)).digest("hex");
  await writeSnapshot(tx.db, { runId: run.runId, attempt: run.attempt + 1, takenAt: tx.clock.now(), document, hash });
  await moveTo(tx, actor, run, "frozen", run.comment, { working: null, progress: null, trouble: null });
}

async function statementsFor(tx: TxContext, run: RunRow, settings: RunSettingsDocument): Promise<Claim[]> {
  const all = await statementStandings(tx, { months: run.months, ...ofScope(run) });
  // Closed alone, or by a run before: that is done. On account is paid only of what is open.
  const mine = all.filter((one) => one.status === "open" || (one.runId === run.runId && run.mode === "statement"));
  const partners = await partnersByIds(tx.db, [...new Set(mine.map((one) => one.partnerId))]);
  const within = new Set(partners.filter((one) => isInRun(one, run, settings.schedules)).map((one) => one.partnerId));
  return mine.filter((one) => within.has(one.partnerId));
}

function ofScope(run: RunRow): { partnerIds?: readonly string[] } {
  return run.scope.partnerIds.length > 0 ? { partnerIds: run.scope.partnerIds } : {};
}

type Inputs = Omit<RunSnapshot, "attempt" | "takenAt" | "hash">;

async function inputsOf(tx: TxContext, run: RunRow, claims: readonly Claim[], needs: RunNeeds): Promise<Inputs> {
  const within = new Set(claims.map((one) => one.partnerId));
  const partnerIds = [...within];
  const from = run.months[0] ?? run.from;
  const last = run.months.at(-1) ?? run.from;
  const programs = (await allPrograms(tx.db)).map(({ programId, timeZone }) => ({ programId, timeZone }));
  const feeds = await needs.feedTotals(tx.db, programs, from, run.to);
  const terms = await termsOnDays(tx.db, partnerIds, from, run.to);
  const waiting = (await waitingMonths(tx.db, last)).filter((one) => within.has(one.partnerId));
  const corrections = await adjustmentsIn(tx.db, partnerIds, run.months);
  return {
    programs,
    feeds: feeds.map((one) => ({ ...one, late: 0 })),
    silent: [...silentDays(feeds, from, run.to)],
    plans: [...Map.groupBy(terms, (one) => one.planHash)]
      .map(([planHash, own]) => ({ planHash, agreements: own.length }))
      .sort((a, b) => (a.planHash < b.planHash ? -1 : 1)),
    rates: [...(await ratesOf(tx.db, addDays(from, -5), run.to))],
    corrections: {
      adjustmentsOpen: corrections.filter((one) => one.isOpen).length,
      monthsWaiting: waiting.length,
      problems: [...new Set(waiting.flatMap((one) => (one.problem === null ? [] : [one.problem])))].sort(),
    },
    partners: partnerIds.length,
    lines: String(await lastLine(tx.db)),
  };
}

/** A source that spoke on most days of the period and not at all on one of them: a file that did not come, perhaps. */
const SPEAKS_ON_SHARE = 0.8;
const MOST_SILENT = 200;

export function silentDays(
  feeds: readonly Pick<FeedTotal, "programId" | "sourceId" | "day">[],
  from: Day,
  to: Day,
): readonly { readonly programId: string; readonly sourceId: string; readonly day: Day }[] {
  const days: Day[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  const bySource = Map.groupBy(feeds, (one) => `${one.programId} ${one.sourceId}`);
  const silent = [...bySource.values()].flatMap((own) => {
    const spoken = new Set(own.map((one) => one.day));
    const [first] = own;
    if (first === undefined || spoken.size < days.length * SPEAKS_ON_SHARE) return [];
    return days
      .filter((day) => !spoken.has(day))
      .map((day) => ({ programId: first.programId, sourceId: first.sourceId, day }));
  });
  return silent.slice(0, MOST_SILENT);
}

/** What has come of each source and day since the snapshot: how late data shows. */
export async function lateSince(
  db: Db,
  needs: RunNeeds,
  snapshot: Pick<RunSnapshot, "programs" | "feeds">,
  from: Day,
  to: Day,
): Promise<RunSnapshot["feeds"]> {
  const now = await needs.feedTotals(db, snapshot.programs, from, to);
  const name = (one: { programId: string; sourceId: string; day: Day }) =>
    `${one.programId} ${one.sourceId} ${one.day}`;
  const before = new Map(snapshot.feeds.map((one) => [name(one), one]));
  return now.map((one) => ({ ...one, late: one.events - (before.get(name(one))?.events ?? 0) }));
}
