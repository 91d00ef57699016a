/**
 * The way of events through the rooms: one batch of the intake log in one transaction, from fate to facts. What the rooms do is
 * theirs; here stands only the order, and what each is told of the others.
 */
import { sql } from "kysely";
import {
  absenceOn,
  type CustomerSeat,
  customerKey,
  findCustomers,
  identifyCustomers,
  type MovedCustomer,
  type Ownership,
  ownerAt as ownerAtInstant,
  ownerOn,
  type ProgramRules,
  rulesOfPrograms,
  settleCustomers,
  type TouchSources,
} from "../attribution/index.ts";
import { type FoldResult, foldEvents, loadMilestones, markMoved } from "../commissions/index.ts";
import { type Db, inTransaction, type Tx } from "../database/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/period.ts";
import { partnersNamed } from "../partners/index.ts";
import { type ProgramFacts, programsByIds } from "../programs/index.ts";
import {
  type ClickIds,
  decideBatch,
  type EventChanges,
  type EventDraft,
  type EventRecord,
  effectiveEventsOf,
  finishBatch,
  insertEvents,
  type KnownEvents,
  type LogEnds,
  type OpenBatch,
  queueDeliveries,
  queueShipping,
  type ReceiptDraft,
  reassignEvents,
  type SettledEvent,
  settleCaps,
  takeBatch,
  wasKnown,
} from "../tracking/index.ts";
import { openBatchNews } from "./webhook-events.ts";

/** What processing needs besides a transaction. */
export interface PipelineParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly clickIds: ClickIds;
}

export interface BatchDone {
  /** calls taken from the log */
  readonly calls: number;
  /** lines of these calls: events, refused ones too */
  readonly lines: number;
}

export interface Pipeline {
  /** Takes one batch through; `busy` when another process is at it. @param calls entries of the log at most */
  processBatch(calls: number): Promise<BatchDone | "busy">;
  /**
   * Takes the next call out of the way of the others: all its lines are rejected with the code `internal` and what went wrong. The
   * call stays in the log. For a call that cannot be processed whatever is tried; a defect, but not one that may stop everything.
   */
  setAside(problem: string): Promise<void>;
  /** Takes everything through that is in the log now. @param until nothing that came after it @returns lines */
  drain(until?: LogEnds): Promise<number>;
}

export function openPipeline(parts: PipelineParts): Pipeline {
  const batches = new BatchTaker(parts);
  return {
    processBatch: (calls) => batches.take(calls),
    setAside: (problem) => inTransaction(parts.db, (tx) => setAside(tx, parts, problem)),
    async drain(until) {
      const pace = new BatchPace();
      let lines = 0;
      for (;;) {
        const done = await batches.take(pace.calls, until);
        if (done === "busy") await new Promise((resolve) => setTimeout(resolve, 20));
        else if (done.calls === 0) return lines;
        else {
          pace.note(done);
          lines += done.lines;
        }
      }
    },
  };
}

/** Batches below this are looked up in any case: they are what comes in live, and cost little. */
const WORTH_A_GUESS = 1_000;

/**
 * Takes batches one after the other. While a file of new events is imported, none of them is known: as long as the batch before held
 * no known event, the next is taken without looking them up, and done again with a look when that was wrong.
 */
class BatchTaker {
  readonly #parts: PipelineParts;
  #allWereNew = false;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  async take(calls: number, until?: LogEnds): Promise<BatchDone | "busy"> {
    const { db } = this.#parts;
    // What fails inside a transaction of the caller's fails all of it: there is no second try.
    const guess = this.#allWereNew && !db.isTransaction;
    try {
      return await this.#run({ calls, until }, guess ? "none_known" : "look_up");
    } catch (error) {
      if (!guess || !wasKnown(error)) throw error;
      this.#allWereNew = false;
      return await this.#run({ calls, until }, "look_up");
    }
  }

  async #run(wanted: Wanted, known: KnownEvents): Promise<BatchDone | "busy"> {
    const done = await inTransaction(this.#parts.db, (tx) => processOne(tx, this.#parts, wanted, known));
    if (done !== "busy" && done.lines > 0) this.#allWereNew = done.allNew;
    return done;
  }
}

const LINES_WANTED = 10_000;

/** How many calls to take at a time: a call may carry one event or ten thousand, a batch should carry about ten thousand: what a batch costs by itself is then small. */
export class BatchPace {
  calls = 16;

  note(done: BatchDone): void {
    if (done.calls === 0) return;
    const fitting = Math.floor((LINES_WANTED * done.calls) / Math.max(1, done.lines));
    this.calls = Math.max(1, Math.min(LINES_WANTED, fitting, done.calls * 8));
  }
}

/** What of the log a batch may take. */
interface Wanted {
  readonly calls: number;
  readonly until: LogEnds | undefined;
}

async function processOne(
  tx: Tx,
  parts: PipelineParts,
  wanted: Wanted,
  known: KnownEvents,
): Promise<(BatchDone & { readonly allNew: boolean }) | "busy"> {
  const batch = await takeBatch(tx, wanted.calls, wanted.until);
  if (batch === "busy") return "busy";
  const done = { calls: batch.calls.length, lines: batch.lines, allNew: true };
  const now = parts.clock.now();
  if (batch.calls.length === 0) {
    await finishBatch(tx, batch, NOTHING, { now, clickIds: parts.clickIds });
    return done;
  }
  await planForSets(tx);
  const programs = await loadPrograms(tx, batch);
  const look = batch.lines < WORTH_A_GUESS ? "look_up" : known;
  const changes = await decideBatch(tx, batch, programs.status, look, testing(tx, parts.clickIds));
  const seats = await identifyAll(tx, changes);
  const byId = new Map([...seats.values()].map((seat) => [seat.state.customerId, seat]));
  const news = await openBatchNews(tx, byId);
  const { added, removed } = changes;
  const sources = touchSources(parts.clickIds);
  const settled = await settleCustomers(tx, {
    seats: [...seats.values()],
    added,
    removed,
    programs: programs.rules,
    sources,
    now,
  });
  const ownersOf = (customerId: bigint) => byId.get(customerId)?.state.owners ?? [];
  const zoneOf = (programId: string) => programs.rules.get(programId)?.timeZone ?? "UTC";
  const ownerAt: OwnerAt = (event) => ownerAtInstant(ownersOf(event.customerId), event.at, zoneOf(event.programId));
  for (const draft of changes.drafts) draft.partnerId = ownerAt(draft)?.partnerId ?? null;
  await settleCaps(tx, changes, {
    ownerAt,
    firstDeposits: (customerIds) => firstDeposits(tx, customerIds),
    programOf: (programId) => programs.byId.get(programId) ?? { timeZone: "UTC", currency: "" },
    now,
  });
  await insertEvents(tx, changes.drafts);
  const facts = await foldEvents(tx, changes, {
    zoneOf,
    ownerOn: (customerId, day) => ownerOn(ownersOf(customerId), day)?.partnerId ?? null,
    eventsOf: (customerIds, types) => effectiveEventsOf(tx, customerIds, types === undefined ? {} : { types }),
    now,
  });
  await customersMoved(tx, settled.moved, zoneOf, now);
  const customers = new Set([...settled.written, ...facts.changed]);
  await queueShipping(tx, [{ subject: "customer", keys: [...customers] }]);
  const told = settleReceipts(changes.receipts, byId, ownerAt, facts, zoneOf);
  await queueDeliveries(tx, now, told, parts.clickIds);
  await news.tell({ now, receipts: changes.receipts, told });
  await finishBatch(tx, batch, changes, { now, clickIds: parts.clickIds });
  return { ...done, allNew: allNew(changes) };
}

/** How tests are told: by their click, and by the customer that came with one, unless it is a customer already. */
function testing(tx: Tx, clickIds: ClickIds) {
  return {
    clickIds,
    isCustomer: async (named: readonly { readonly programId: string; readonly customerRef: string }[]) =>
      new Set((await findCustomers(tx, named)).map((found) => customerKey(found.programId, found.customerRef))),
  };
}

/** No event of the batch was known before it, and none was sent twice in it. */
function allNew({ receipts, drafts, superseded, met }: EventChanges): boolean {
  const events = receipts.reduce((count, { event }) => (event === null ? count : count + 1), 0);
  return events === drafts.length && superseded.length === 0 && met.length === 0;
}

async function setAside(tx: Tx, { clock, clickIds }: PipelineParts, problem: string): Promise<void> {
  const batch = await takeBatch(tx, 1);
  if (batch === "busy") return;
  const receipts = batch.calls.flatMap(({ lane, seq, call }): ReceiptDraft[] =>
    (call.events.length === 0 ? [{ line: 0 }] : call.events).map(({ line }) => ({
      lane,
      seq,
      line,
      fate: "rejected",
      reason: "internal",
      detail: problem,
      event: null,
      partnerId: null,
    })),
  );
  await finishBatch(tx, batch, { ...NOTHING, receipts }, { now: clock.now(), clickIds });
}

const NOTHING: EventChanges = { drafts: [], superseded: [], met: [], receipts: [], tests: [], added: [], removed: [] };

/**
 * Look-ups of a batch go by index, row for row. The planner does not know how few rows a batch asks for in tables that grow and,
 * left alone, would sooner or later read a table of events from end to end.
 */
async function planForSets(tx: Tx): Promise<void> {
  await sql`select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
    set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`.execute(tx);
}

async function firstDeposits(tx: Tx, customerIds: readonly bigint[]): Promise<Map<bigint, number>> {
  const milestones = await loadMilestones(tx, customerIds);
  return new Map(
    [...milestones.values()].flatMap((m) => (m.ftdAt === null ? [] : [[m.customerId, m.ftdAt.getTime()]])),
  );
}

interface BatchPrograms {
  readonly byId: ReadonlyMap<string, ProgramFacts>;
  readonly status: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, ProgramRules>;
}

async function loadPrograms(tx: Tx, batch: OpenBatch): Promise<BatchPrograms> {
  const ids = new Set<string>();
  for (const { call } of batch.calls) if (call.programId !== undefined) ids.add(call.programId);
  const found = await programsByIds(tx, [...ids]);
  return {
    byId: new Map(found.map((program) => [program.programId, program])),
    status: new Map(found.map((program) => [program.programId, program.status])),
    rules: await rulesOfPrograms(tx, found),
  };
}

/** Every customer that the batch touches; the drafts learn their customers' numbers. */
async function identifyAll(tx: Tx, changes: EventChanges): Promise<Map<string, CustomerSeat>> {
  function* events() {
    yield* changes.drafts;
    yield* changes.removed;
    for (const { event } of changes.receipts) if (event !== null && event.customerId !== 0n) yield event;
  }
  const seats = await identifyCustomers(tx, events());
  for (const draft of changes.drafts as EventDraft[]) {
    const seat = seats.get(customerKey(draft.programId, draft.customerRef));
    if (seat === undefined) throw new Error(`customer ${draft.customerRef} was not identified`);
    draft.customerId = seat.state.customerId;
  }
  return seats;
}

/** Where attribution looks up what events point at. */
export function touchSources(clickIds: ClickIds): TouchSources {
  return { clickIds, findPartners: partnersNamed };
}

/** Customers who changed hands: commissions of all concerned are due again, and their events are written down as others'. */
export async function customersMoved(
  tx: Tx,
  moved: readonly MovedCustomer[],
  zoneOf: (programId: string) => string,
  now: Date,
): Promise<void> {
  if (moved.length === 0) return;
  const marks = moved.map(({ customerId, programId, before, after }) => {
    const partnerIds = new Set([...before, ...after].flatMap((owner) => owner.partnerId ?? []));
    return { customerId, programId, partnerIds: [...partnerIds] };
  });
  await markMoved(tx, marks, now);
  const byId = new Map(moved.map((move) => [move.customerId, move]));
  await reassignEvents(tx, [...byId.keys()], (customerId, at) => {
    const move = byId.get(customerId);
    if (move === undefined) return null;
    return ownerAtInstant(move.after, at, zoneOf(move.programId))?.partnerId ?? null;
  });
}

/** An event with where it stands in the log. */
type PlacedEvent = EventRecord & Pick<EventDraft, "lane" | "seq" | "line">;

type OwnerAt = (event: { programId: string; customerId: bigint; at: number }) => Ownership | undefined;

/** Completes the receipts with whose the events are, and gives what partners' postbacks may be told. */
function settleReceipts(
  receipts: readonly ReceiptDraft[],
  seats: ReadonlyMap<bigint, CustomerSeat>,
  ownerAt: OwnerAt,
  facts: FoldResult,
  zoneOf: (programId: string) => string,
): SettledEvent[] {
  const told: SettledEvent[] = [];
  for (const receipt of receipts) {
    const { event } = receipt;
    if (event === null) continue;
    const owner = ownerAt(event);
    receipt.partnerId = owner?.partnerId ?? null;
    if (receipt.fate !== "accepted") continue;
    if (owner === undefined || owner.partnerId === null) {
      const state = seats.get(event.customerId)?.state;
      const hadOwners = state !== undefined && state.owners.length > 0 && !state.byHand;
      if (!hadOwners && isUndecided(event as EventDraft, state)) continue;
      const day = dayOf(new Date(event.at), zoneOf(event.programId));
      receipt.fate = "unattributed";
      receipt.reason = hadOwners ? absenceOn(state.owners, day) : (state?.reason ?? null);
      continue;
    }
    if (event.cap != null) {
      receipt.reason = event.cap === "pend" ? "cap_pend" : "cap_stop";
      continue;
    }
    const firstDeposit = facts.milestones.get(event.customerId)?.ftdEventId === event.eventId;
    told.push(settledEvent(event as EventDraft, owner, owner.partnerId, firstDeposit));
  }
  return told;
}

/** The same batch took the event back: nobody asked whose it was, and that it came without a touch would not be true. */
function isUndecided(event: EventDraft, state: CustomerSeat["state"] | undefined): boolean {
  if (event.supersededBy === null || (state?.reason ?? "no_touch") !== "no_touch") return false;
  return (event.clickId ?? event.code ?? event.partnerHint) !== null;
}

/** An event as partners' postbacks are told of it. */
export function settledEvent(
  event: PlacedEvent,
  owner: Ownership,
  partnerId: string,
  firstDeposit: boolean,
): SettledEvent {
  const minor = event.measures[event.type] ?? event.measures.ngr ?? event.measures.commission;
  return {
    eventId: event.eventId,
    programId: event.programId,
    offerId: owner.offerId,
    partnerId,
    type: event.type,
    firstDeposit,
    customerRef: event.customerRef,
    occurredAt: new Date(event.at),
    clickId: owner.clickId,
    touch: owner.dimensions,
    country: owner.country,
    place: { lane: event.lane, seq: event.seq, line: event.line },
    amount: minor === undefined || event.currency === null ? null : { minor: BigInt(minor), currency: event.currency },
  };
}
