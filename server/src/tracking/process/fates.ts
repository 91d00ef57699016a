import type { StoredEvent, StoredLine, StoredRefusal } from "../contracts.ts";
import { contentHash } from "./content-hash.ts";
import type { ArrivedCall, EffectiveEvent, EventChanges, EventDraft, ReceiptDraft, TestLine } from "./contracts.ts";
import type { TestSorter } from "./tests.ts";

/** What is known when the fates of a batch are decided. */
export interface KnownBefore {
  /** the events that count at present, by {@link eventKey} */
  readonly effective: ReadonlyMap<string, EffectiveEvent>;
  /** status of each program that a call of the batch names; a program that is missing does not exist */
  readonly programs: ReadonlyMap<string, string>;
  /** ids for new rows, in order */
  readonly nextId: () => bigint;
  /** tells tests from what counts */
  readonly tests: TestSorter;
}

/** Identity of an event: program, source, type and the source's own id. */
export function eventKey(programId: string, sourceId: string, type: string, externalId: string): string {
  return `${programId}\n${sourceId}\n${type}\n${externalId}`;
}

/** The lines of a batch that hold an event, with what they share. */
export function* eventLines(calls: readonly ArrivedCall[]): Generator<readonly [ArrivedCall, StoredEvent]> {
  for (const arrived of calls) {
    for (const line of arrived.call.events) if (!("refused" in line)) yield [arrived, line];
  }
}

/**
 * Decides what becomes of each event, in the order of the log. Pure.
 * The rules: the first of a key counts (accepted); the same content again is a duplicate; other content replaces it (corrected);
 * a reversal replaces it by nothing (reversed). A reversal that arrives before its event waits for it: the first event of its
 * key is then stored, but does not count. An event that is sent again after its reversal counts again (corrected, restored).
 */
export function decideFates(calls: readonly ArrivedCall[], known: KnownBefore): EventChanges {
  const sorter = new FateSorter(known);
  for (const arrived of calls) {
    const { call } = arrived;
    const refused = call.refused ?? programRefusal(call.programId, known.programs);
    if (refused !== undefined) {
      const lines = call.events.length === 0 ? [{ line: 0, refused }] : call.events;
      for (const line of lines) {
        const refusal = "refused" in line ? line.refused : refused;
        if (!sorter.takeTest(arrived, { line: line.line, refused: refusal }))
          sorter.reject(arrived, line.line, refusal);
      }
      continue;
    }
    for (const line of call.events) {
      if (sorter.takeTest(arrived, line)) continue;
      if ("refused" in line) sorter.reject(arrived, line.line, line.refused);
      else sorter.take(arrived, line);
    }
  }
  return sorter.changes();
}

function programRefusal(
  programId: string | undefined,
  programs: ReadonlyMap<string, string>,
): StoredRefusal | undefined {
  const status = programId === undefined ? undefined : programs.get(programId);
  if (status === undefined) return { code: "not_found", detail: `There is no program ${programId ?? ""}`.trimEnd() };
  if (status !== "closed") return undefined;
  return { code: "program_closed", detail: "The program was closed before this event was processed" };
}

class FateSorter {
  readonly #known: KnownBefore;
  /** What counts for a key after the lines so far. */
  readonly #current = new Map<string, EffectiveEvent | EventDraft>();
  readonly #drafts: EventDraft[] = [];
  readonly #receipts: ReceiptDraft[] = [];
  readonly #superseded: { event: EffectiveEvent; by: bigint }[] = [];
  readonly #tests: TestLine[] = [];
  readonly #met: { tombstone: bigint; event: bigint }[] = [];

  constructor(known: KnownBefore) {
    this.#known = known;
  }

  /** A test gets a receipt and is kept as it came; nothing else learns of it. @returns false: no test */
  takeTest(arrived: ArrivedCall, line: StoredLine): boolean {
    const test = this.#known.tests.testOf(arrived, line);
    if (test === undefined) return false;
    const { lane, seq } = arrived;
    const { reason, detail } = test;
    this.#tests.push(test);
    this.#receipts.push({ lane, seq, line: line.line, fate: "test", reason, detail, event: null, partnerId: null });
    return true;
  }

  reject(arrived: ArrivedCall, line: number, refusal: StoredRefusal): void {
    const { lane, seq } = arrived;
    const { code: reason, detail } = refusal;
    this.#receipts.push({ lane, seq, line, fate: "rejected", reason, detail, event: null, partnerId: null });
  }

  take(arrived: ArrivedCall, sent: StoredEvent): void {
    const { programId = "", sourceId = "" } = arrived.call;
    const key = eventKey(programId, sourceId, sent.type, sent.externalId);
    const before = this.#current.get(key) ?? this.#known.effective.get(key);
    if (sent.ifKnown !== undefined && this.#changesNothing(arrived, sent, before)) return;
    const event = sent.ifKnown === "amend" && before !== undefined ? amended(before, sent) : sent;
    const contentHashNow = contentHash(event);
    if (before === undefined) {
      const draft = this.#draft(arrived, event, contentHashNow, null);
      this.#current.set(key, draft);
      if (draft.void) this.#receipt(arrived, event.line, "reversed", "void_without_event", draft);
      else this.#receipt(arrived, event.line, "accepted", null, draft);
      return;
    }
    if (before.contentHash === contentHashNow) {
      this.#receipt(arrived, event.line, "duplicate", "same_content", before);
      return;
    }
    if (before.void && !before.hasPredecessor) {
      this.#meetTombstone(arrived, event, contentHashNow, before, key);
      return;
    }
    const draft = this.#draft(arrived, event, contentHashNow, before);
    this.#replace(before, draft);
    this.#current.set(key, draft);
    if (draft.void) this.#receipt(arrived, event.line, "reversed", "voided", draft);
    else this.#receipt(arrived, event.line, "corrected", before.void ? "restored" : "new_content", draft);
  }

  /** A call that says only that an event counts: one that is known stays as it is, its content was sent before. */
  #changesNothing(arrived: ArrivedCall, event: StoredEvent, before: EffectiveEvent | EventDraft | undefined): boolean {
    if (before === undefined && event.ifKnown === "keep") return false;
    if (before !== undefined && !before.void && event.ifKnown === "amend") return false;
    if (before !== undefined && !before.void) {
      this.#receipt(arrived, event.line, "duplicate", "already_counts", before);
      return true;
    }
    const detail =
      before === undefined ? "No such event has arrived" : "The event was taken back: send it again as a whole";
    this.reject(arrived, event.line, { code: "nothing_to_change", detail });
    return true;
  }

  /** The reversal came first: the event is kept, replaced by it from the start. */
  #meetTombstone(
    arrived: ArrivedCall,
    event: StoredEvent,
    hashNow: string,
    tombstone: EffectiveEvent | EventDraft,
    key: string,
  ): void {
    const draft = this.#draft(arrived, event, hashNow, null);
    draft.supersededBy = tombstone.eventId;
    if (isDraft(tombstone)) {
      tombstone.replaces = draft.eventId;
      tombstone.hasPredecessor = true;
    } else {
      this.#met.push({ tombstone: tombstone.eventId, event: draft.eventId });
      this.#current.set(key, { ...tombstone, hasPredecessor: true });
    }
    this.#receipt(arrived, event.line, "reversed", "void_arrived_first", draft);
  }

  #replace(before: EffectiveEvent | EventDraft, draft: EventDraft): void {
    if (isDraft(before)) before.supersededBy = draft.eventId;
    else this.#superseded.push({ event: before, by: draft.eventId });
  }

  #draft(
    arrived: ArrivedCall,
    event: StoredEvent,
    hashNow: string,
    before: EffectiveEvent | EventDraft | null,
  ): EventDraft {
    const draft: EventDraft = {
      eventId: this.#known.nextId(),
      programId: arrived.call.programId ?? "",
      sourceId: arrived.call.sourceId ?? "",
      type: event.type,
      externalId: event.externalId,
      // A reversal names its event by the id alone: whose it was is known.
      customerRef: event.void === true && before !== null ? before.customerRef : event.customerRef,
      customerId: 0n,
      partnerId: null,
      at: event.at,
      currency: event.currency ?? null,
      measures: event.measures ?? {},
      quantities: event.quantities ?? {},
      dimensions: event.dimensions ?? {},
      clickId: event.clickId ?? null,
      code: event.code ?? null,
      partnerHint: event.partnerHint ?? null,
      badClickId: event.badClickId ?? null,
      void: event.void === true,
      contentHash: hashNow,
      hasPredecessor: before !== null,
      receivedAt: arrived.receivedAt,
      lane: arrived.lane,
      seq: arrived.seq,
      line: event.line,
      replaces: before?.eventId ?? null,
      supersededBy: null,
    };
    this.#drafts.push(draft);
    return draft;
  }

  #receipt(
    arrived: ArrivedCall,
    line: number,
    fate: ReceiptDraft["fate"],
    reason: string | null,
    event: EffectiveEvent,
  ): void {
    const { lane, seq } = arrived;
    this.#receipts.push({ lane, seq, line, fate, reason, detail: null, event, partnerId: null });
  }

  changes(): EventChanges {
    return {
      drafts: this.#drafts,
      superseded: this.#superseded,
      met: this.#met,
      receipts: this.#receipts,
      tests: this.#tests,
      added: this.#drafts.filter((draft) => draft.supersededBy === null && !draft.void),
      removed: this.#superseded.map(({ event }) => event).filter((event) => !event.void),
    };
  }
}

/** The event as it was known, with the numbers of the call. */
function amended(before: EffectiveEvent | EventDraft, sent: StoredEvent): StoredEvent {
  const named = sent.notes?.includes("currency_assumed") === true ? undefined : sent.currency;
  const currency = named ?? before.currency ?? sent.currency;
  return {
    line: sent.line,
    type: before.type,
    externalId: before.externalId,
    customerRef: before.customerRef,
    at: before.at,
    ...(before.clickId === null ? undefined : { clickId: before.clickId }),
    ...(before.badClickId === null ? undefined : { badClickId: before.badClickId }),
    ...(before.code === null ? undefined : { code: before.code }),
    ...(before.partnerHint === null ? undefined : { partnerHint: before.partnerHint }),
    ...(currency === undefined ? undefined : { currency }),
    measures: { ...before.measures, ...sent.measures },
    quantities: before.quantities,
    dimensions: before.dimensions,
  };
}

function isDraft(event: EffectiveEvent | EventDraft): event is EventDraft {
  return "lane" in event;
}
