import type { StoredCall, StoredLine } from "../contracts.ts";

/** What the processing of events hands to the shell, which lets attribution and commissions take part in the same transaction. */

/** An event as it counts: plain data, instants in milliseconds since 1970. */
export interface EventRecord {
  readonly eventId: bigint;
  readonly programId: string;
  readonly sourceId: string;
  readonly type: string;
  readonly externalId: string;
  readonly customerRef: string;
  /** attribution's number of the customer; 0n until the customer is identified */
  readonly customerId: bigint;
  readonly at: number;
  readonly currency: string | null;
  /** minor units as digits */
  readonly measures: Readonly<Record<string, string>>;
  /** exact decimals */
  readonly quantities: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly clickId: string | null;
  readonly code: string | null;
  readonly partnerHint: string | null;
  readonly badClickId: string | null;
  readonly void: boolean;
  /** beyond a cap: its commission waits (`pend`), or it earns nothing (`stop`); absent or null: it counts */
  readonly cap?: "pend" | "stop" | null;
}

/** The event that counts for a key at present. */
export interface EffectiveEvent extends EventRecord {
  readonly contentHash: string;
  /** there were other versions of it before */
  readonly hasPredecessor: boolean;
}

/** A new row of tracking.event. Only the fields that are found out later can be set. */
export interface EventDraft extends EffectiveEvent {
  readonly receivedAt: Date;
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  customerId: bigint;
  /** whose the customer is on the event's day */
  partnerId: string | null;
  cap?: "pend" | "stop" | null;
  replaces: bigint | null;
  supersededBy: bigint | null;
  hasPredecessor: boolean;
}

export type Fate = "accepted" | "duplicate" | "corrected" | "reversed" | "unattributed" | "rejected" | "test";

/** What became of one line of a call. */
export interface ReceiptDraft {
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  fate: Fate;
  reason: string | null;
  readonly detail: string | null;
  /** the event that it made or met; null: rejected */
  readonly event: EventRecord | null;
  partnerId: string | null;
}

/** A line that was a test: kept as it came, and nowhere else. */
export interface TestLine {
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly programId: string;
  readonly sourceId: string;
  readonly door: string;
  readonly receivedAt: Date;
  /** the test click that it carries, or that its customer came by */
  readonly clickId: string | null;
  readonly customerRef: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly sent: StoredLine;
  readonly raw: string | null;
  /** the comparison that it is kept for, when its source tells what an incumbent made of it: then it is no test */
  readonly shadowId?: string;
}

/** What a batch does to the events. */
export interface EventChanges {
  /** every new row, in the order of the log; also those that another one of the same batch replaces */
  readonly drafts: readonly EventDraft[];
  /** stored rows that do not count any more, and by which row they were replaced */
  readonly superseded: readonly { readonly event: EffectiveEvent; readonly by: bigint }[];
  /** stored reversals that now name the event they reversed */
  readonly met: readonly { readonly tombstone: bigint; readonly event: bigint }[];
  readonly receipts: readonly ReceiptDraft[];
  /** lines that were tests: they make no event */
  readonly tests: readonly TestLine[];
  /** events that count from now on */
  readonly added: readonly EventDraft[];
  /** events that counted and do not any more */
  readonly removed: readonly EffectiveEvent[];
}

/** One entry of the log of kind events, read. */
export interface ArrivedCall {
  readonly lane: number;
  readonly seq: bigint;
  readonly receivedAt: Date;
  readonly call: StoredCall;
}

/** A line of a test, as it was kept. */
export interface StoredTestLine {
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly programId: string;
  readonly sourceId: string;
  readonly door: string;
  readonly clickId: string | null;
  readonly customerRef: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly sent: StoredLine;
  readonly raw: string | null;
  readonly receivedAt: Date;
}
