import { sql } from "kysely";
import type { Db, Tx } from "../../database/index.ts";
import { ENTRY_KIND } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readCall } from "../core/stored.ts";
import { commitCursor, type IntakeBatch, isBehind, type LogEnds, logEnds, readBatch } from "../intake/reader.ts";
import { keepLiveResults } from "../shadow/live.ts";
import type { ArrivedCall, EffectiveEvent, EventChanges } from "./contracts.ts";
import { decideFates, eventLines } from "./fates.ts";
import { clicksOf } from "./journeys.ts";
import {
  findEffective,
  findImported,
  insertEvents,
  queueShipping,
  receiptKeys,
  reserveEventIds,
  stepAside,
  writeReceipts,
} from "./store.ts";
import { writeTests } from "./store-of-tests.ts";
import { openTestSorter, type TestSurroundings } from "./tests.ts";

export const EVENTS_CONSUMER = "events";
/** Any fixed number: only one process at a time works on events, whoever has this lock in its transaction. */
const EVENTS_LOCK = 7_411_002_002;

/** Of bodies as stored: some ten thousand events of a file, or a few thousand postbacks. A batch has to fit into memory. */
const BATCH_BYTES = 1_000_000;

/** A dozen calls wait for a moment all the time; more than these are a file, or a source that sends faster than can be processed. */
const FEW_CALLS = 12;

/** Is the processing of events behind what comes in? */
export function areEventsBehind(db: Db): Promise<boolean> {
  return isBehind(db, EVENTS_CONSUMER, FEW_CALLS);
}

/** Where the log of events ends now; to be given to {@link takeBatch}. */
export function eventsSoFar(db: Db): Promise<LogEnds> {
  return logEnds(db, EVENTS_CONSUMER);
}

/** Calls taken from the log, not yet dealt with. */
export interface OpenBatch {
  readonly calls: readonly ArrivedCall[];
  /** lines of all calls */
  readonly lines: number;
  readonly intake: IntakeBatch;
}

/**
 * Takes the next calls that carry events from the log, under the consumer's lock, which lasts until the transaction ends.
 * @param until nothing that came after it
 * @returns `busy` when another process is at it
 */
export async function takeBatch(tx: Tx, limit: number, until?: LogEnds): Promise<OpenBatch | "busy"> {
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${EVENTS_LOCK}) as locked`.execute(
    tx,
  );
  if (rows[0]?.locked !== true) return "busy";
  const which = { kinds: [ENTRY_KIND.events], limit, bytes: BATCH_BYTES };
  const intake = await readBatch(tx, EVENTS_CONSUMER, until === undefined ? which : { ...which, until });
  const calls = intake.entries.map((entry) => ({
    lane: entry.lane,
    seq: entry.seq,
    receivedAt: entry.receivedAt,
    call: readCall(entry.body),
  }));
  return { calls, lines: calls.reduce((sum, { call }) => sum + Math.max(1, call.events.length), 0), intake };
}

/**
 * Keeps the events consumer out until this transaction ends; waits for the batch that is being processed. For rare changes that
 * must not meet a batch half-way, e.g. a customer given to another partner by hand.
 */
export async function holdEvents(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${EVENTS_LOCK})`.execute(tx);
}

/**
 * Whether the events of a batch are looked up before their fate is decided. `none_known` takes them all for new, which saves the
 * dearest look-up of an import; should one be known after all, {@link insertEvents} fails on the index of what counts, and the batch
 * has to be done again with `look_up` ({@link wasKnown}).
 */
export type KnownEvents = "look_up" | "none_known";

/**
 * Decides the fate of every line; stored events that were replaced do not count from here on.
 * @param programs status by id of the programs that exist
 * @param testing `isCustomer`: which of these are customers already; a test never takes one of them away
 */
export async function decideBatch(
  tx: Tx,
  batch: OpenBatch,
  programs: ReadonlyMap<string, string>,
  known: KnownEvents,
  testing: { readonly clickIds: ClickIds; readonly isCustomer: TestSurroundings["isCustomer"] },
): Promise<EventChanges> {
  let count = 0;
  let conditional = false;
  let takesBack = false;
  for (const [, event] of eventLines(batch.calls)) {
    count += 1;
    conditional ||= event.ifKnown !== undefined;
    takesBack ||= event.void === true;
  }
  const own: ReadonlyMap<string, EffectiveEvent> =
    known === "none_known" && !conditional ? new Map() : await findEffective(tx, batch.calls);
  const imported = conditional || takesBack ? await findImported(tx, batch.calls, own) : undefined;
  const effective = imported === undefined || imported.size === 0 ? own : new Map([...own, ...imported]);
  const nextId = await reserveEventIds(tx, count);
  const tests = await openTestSorter(tx, batch.calls, testing);
  const changes = decideFates(batch.calls, { effective, programs, nextId, tests });
  await stepAside(tx, changes);
  return changes;
}

export { insertEvents };

/** The index that lets only one row count for a key. */
const EFFECTIVE = "event_effective";

/** Did a batch fail because an event that was taken for new is stored already? */
export function wasKnown(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { readonly code?: unknown; readonly constraint?: unknown };
  return code === "23505" && constraint === EFFECTIVE;
}

/** Ends a batch: receipts, what analytics has to read, and the place in the log. All or nothing, with the transaction. */
export async function finishBatch(
  tx: Tx,
  batch: OpenBatch,
  changes: EventChanges,
  { now, clickIds }: { readonly now: Date; readonly clickIds: ClickIds },
): Promise<void> {
  await writeReceipts(tx, changes.receipts, now);
  const tests = changes.tests.filter(({ shadowId }) => shadowId === undefined);
  await writeTests(tx, tests, (ids) => clicksOf(tx, clickIds, ids));
  if (tests.length < changes.tests.length) await keepLiveResults(tx, changes.tests);
  const events = changes.drafts.map((draft) => draft.eventId);
  for (const { event } of changes.superseded) events.push(event.eventId);
  for (const { tombstone } of changes.met) events.push(tombstone);
  await queueShipping(tx, [{ subject: "event", keys: events }, ...receiptKeys(changes.receipts)]);
  await commitCursor(tx, EVENTS_CONSUMER, batch.intake.cursors);
}
