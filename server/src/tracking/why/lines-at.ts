import type { Db } from "../../database/index.ts";
import { ENTRY_KIND, type StoredCall, type StoredLine } from "../contracts.ts";
import { readCall } from "../core/stored.ts";
import { findEntry } from "../intake/reader.ts";
import { type ReceiptRow, receiptRows } from "../process/event-page.ts";

/** A line of a call, as sent and as it was settled. */
export interface CallLine {
  readonly receivedAt: Date;
  readonly call: StoredCall;
  /** undefined: the call was refused as a whole */
  readonly sent: StoredLine | undefined;
  /** undefined: not processed yet */
  readonly receipt: ReceiptRow | undefined;
  readonly line: number;
}

/** What a call carried, line by line. @returns undefined for no such place, or one of a click */
export async function linesAt(db: Db, lane: number, seq: bigint): Promise<readonly CallLine[] | undefined> {
  const entry = await findEntry(db, lane, seq);
  if (entry === undefined || entry.kind !== ENTRY_KIND.events) return undefined;
  const call = readCall(entry.body);
  const receipts = new Map((await receiptRows(db, lane, seq)).map((row) => [row.line, row]));
  const sent = new Map(call.events.map((event) => [event.line, event]));
  const lines = [...new Set([...receipts.keys(), ...sent.keys()])].sort((a, b) => a - b);
  const { receivedAt } = entry;
  return lines.map((line) => ({ receivedAt, call, line, sent: sent.get(line), receipt: receipts.get(line) }));
}
