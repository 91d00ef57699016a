import type { Db } from "../../database/index.ts";
import { ENTRY_KIND } from "../contracts.ts";
import { readCall } from "../core/stored.ts";
import type { EarlierCall } from "../edge/foreign-ask.ts";
import { findEntry } from "../intake/reader.ts";
import { receiptRows } from "./event-page.ts";

const COUNTS = ["accepted", "duplicate", "corrected", "reversed"];

/** Finds calls by their place in the log, for platforms that are asked what became of one. */
export function callFinder(db: Db): (lane: number, seq: bigint) => Promise<EarlierCall | undefined> {
  return async (lane, seq) => {
    const entry = await findEntry(db, lane, seq);
    if (entry === undefined || entry.kind !== ENTRY_KIND.events) return undefined;
    const rows = await receiptRows(db, lane, seq);
    const [first] = rows;
    return {
      receivedAt: entry.receivedAt,
      call: readCall(entry.body),
      processed: first !== undefined,
      problem: first === undefined || COUNTS.includes(first.fate) ? undefined : (first.reason ?? first.fate),
    };
  };
}
