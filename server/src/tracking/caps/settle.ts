import type { Db } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";
import type { EffectiveEvent, EventDraft, EventRecord } from "../process/contracts.ts";
import type { CounterKey } from "./core/counter.ts";
import { capSpan } from "./core/period.ts";
import { type CapUse, type Counters, type EventCap, holdOf, takeEvent } from "./core/settle.ts";
import { announceCaps } from "./store/alerts.ts";
import {
  addUses,
  bookCounters,
  type CapOfEvents,
  capsOfEvents,
  loadCounters,
  returnUses,
} from "./store/event-counts.ts";

/** What the caps have to be told by others. */
export interface CapSurroundings {
  /** whose the event's customer is on its day */
  readonly ownerAt: (event: EventRecord) =>
    | {
        readonly partnerId: string | null;
        readonly offerId: string | null;
        readonly dimensions: Readonly<Record<string, string>>;
      }
    | undefined;
  /** when the customers' first deposits happened, as far as they are known before these events; milliseconds since 1970 */
  readonly firstDeposits: (customerIds: readonly bigint[]) => Promise<ReadonlyMap<bigint, number>>;
  readonly programOf: (programId: string) => { readonly timeZone: string; readonly currency: string };
  readonly now: Date;
}

/**
 * Lets new events into the caps, and gives back what events used that do not count any more. Call under the events lock, before the events are
 * written: those beyond a cap are marked. A correction stays what its predecessor was decided to be by a person.
 */
export async function settleCaps(
  tx: Db,
  changes: { readonly added: readonly EventDraft[]; readonly removed: readonly EffectiveEvent[] },
  around: CapSurroundings,
): Promise<void> {
  const programs = [...new Set([...changes.added, ...changes.removed].map((event) => event.programId))];
  const byProgram = await capsOfEvents(tx, programs);
  if (byProgram.size === 0) return;
  const decided = await returnUses(
    tx,
    changes.removed.map((event) => event.eventId),
  );
  const asked = changes.added.filter((event) => byProgram.has(event.programId) && !event.void);
  if (asked.length === 0) return;
  const book = new CounterBook();
  const planned = asked.flatMap((event) => plan(event, byProgram.get(event.programId) ?? [], around));
  await book.load(tx, planned);
  const firsts = await firstDepositsOf(asked, byProgram, around);
  const uses: (CapUse & { readonly from: Day })[] = [];
  for (const { event, owner, caps } of planned) {
    const before = event.replaces === null ? undefined : decided.get(event.replaces);
    if (before !== undefined) {
      event.cap = before.outcome === "released" ? null : before.outcome;
      uses.push({ ...before, eventId: event.eventId });
      continue;
    }
    const counted = { ...event, ...owner, firstDeposit: firsts.has(event.eventId) };
    const found = takeEvent(
      counted,
      caps.map((one) => one.cap),
      book.for(caps),
    );
    event.cap = holdOf(found);
    uses.push(...found.map((use) => ({ ...use, from: caps.find((one) => one.cap.capId === use.capId)?.from ?? "" })));
  }
  await addUses(tx, uses, around.now);
  const booked = await bookCounters(tx, book.changes(), around.now);
  await announceCaps(tx, booked);
}

interface DatedCap {
  readonly cap: EventCap;
  readonly from: Day;
}

interface Planned {
  readonly event: EventDraft;
  readonly owner: {
    readonly partnerId: string;
    readonly offerId: string | null;
    readonly dimensions: Readonly<Record<string, string>>;
  };
  readonly caps: readonly DatedCap[];
}

/** The caps that may count an event, each with the period that its day falls into. */
function plan(event: EventDraft, caps: readonly CapOfEvents[], around: CapSurroundings): Planned[] {
  const owner = around.ownerAt(event);
  if (owner === undefined || owner.partnerId === null) return [];
  const { timeZone, currency } = around.programOf(event.programId);
  const { partnerId, offerId, dimensions } = owner;
  const dated = caps
    .filter((one) => one.eventType === event.type || (one.eventType === "ftd" && event.type === "deposit"))
    .map((one) => ({ cap: { ...one, currency }, from: capSpan(one.period, event.at, timeZone).from }));
  return dated.length === 0 ? [] : [{ event, owner: { partnerId, offerId, dimensions }, caps: dated }];
}

/** Which of the events are their customers' first deposits, as far as it is known now. */
async function firstDepositsOf(
  events: readonly EventDraft[],
  byProgram: ReadonlyMap<string, readonly CapOfEvents[]>,
  around: CapSurroundings,
): Promise<ReadonlySet<bigint>> {
  const deposits = events.filter(
    (event) =>
      event.type === "deposit" &&
      BigInt(event.measures.deposit ?? "0") > 0n &&
      byProgram.get(event.programId)?.some((cap) => cap.eventType === "ftd"),
  );
  if (deposits.length === 0) return new Set();
  const known = await around.firstDeposits([...new Set(deposits.map((event) => event.customerId))]);
  const firsts = new Map<bigint, EventDraft>();
  for (const event of deposits) {
    const first = firsts.get(event.customerId);
    const at = first?.at ?? known.get(event.customerId) ?? Number.POSITIVE_INFINITY;
    if (event.at < at || (event.at === known.get(event.customerId) && first === undefined))
      firsts.set(event.customerId, event);
  }
  return new Set([...firsts.values()].map((event) => event.eventId));
}

/** The counters that a batch touches, in memory. */
class CounterBook {
  readonly #used = new Map<string, bigint>();
  readonly #added = new Map<string, { capId: string; from: Day; partnerId: string; value: string; amount: bigint }>();

  async load(tx: Db, planned: readonly Planned[]): Promise<void> {
    const spans = new Map<string, { capId: string; from: Day }>();
    for (const { caps } of planned)
      for (const { cap, from } of caps) spans.set(`${cap.capId} ${from}`, { capId: cap.capId, from });
    for (const row of await loadCounters(tx, [...spans.values()]))
      this.#used.set(keyOf(row.capId, row.from, row), row.used);
  }

  for(caps: readonly DatedCap[]): Counters {
    const from = new Map(caps.map((one) => [one.cap.capId, one.from]));
    const key = (capId: string, counter: CounterKey) => keyOf(capId, from.get(capId) ?? "", counter);
    return {
      used: (capId, counter) => this.#used.get(key(capId, counter)) ?? 0n,
      add: (capId, counter, amount) => {
        const name = key(capId, counter);
        this.#used.set(name, (this.#used.get(name) ?? 0n) + amount);
        const before = this.#added.get(name)?.amount ?? 0n;
        const { partnerId, value } = counter;
        this.#added.set(name, { capId, from: from.get(capId) ?? "", partnerId, value, amount: before + amount });
      },
    };
  }

  changes() {
    return [...this.#added.values()];
  }
}

function keyOf(capId: string, from: Day, counter: CounterKey): string {
  return `${capId}\n${from}\n${counter.partnerId}\n${counter.value}`;
}
