import { sql } from "kysely";
import type { Db, Tx } from "../../database/index.ts";
import type { StoredEvent, StoredLine } from "../contracts.ts";
import { receiptId } from "../core/receipt-id.ts";
import { mainMeasure } from "./store/ours.ts";
import { type NewRow, saveRows } from "./store/rows.ts";
import { liveShadows } from "./store/shadows.ts";

/** Which of these sources tell what an incumbent made of its conversions, and for which comparison. */
export async function liveShadowsOf(db: Db, sourceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (sourceIds.length === 0) return new Map();
  return new Map((await liveShadows(db, sourceIds)).map((row) => [row.source_id ?? "", row.shadow_id]));
}

/** A line of such a source. */
interface LiveLine {
  readonly lane: number;
  readonly seq: bigint;
  readonly line: number;
  readonly sent: StoredLine;
  readonly shadowId?: string;
}

/** Keeps what an incumbent told, in the order of the log and within the transaction that takes it from there: exactly once. */
export async function keepLiveResults(tx: Tx, lines: readonly LiveLine[]): Promise<void> {
  const fresh = new Map<string, Map<string, NewRow>>();
  for (const line of lines) {
    const { sent, shadowId } = line;
    if (shadowId === undefined || "refused" in sent) continue;
    const rows = fresh.get(shadowId) ?? new Map<string, NewRow>();
    fresh.set(shadowId, rows);
    const key = `live ${sent.type} ${sent.externalId}`;
    const before = rows.get(key);
    if (before !== undefined && isChange(sent)) rows.set(key, { ...before, row: { ...before.row, ...changeOf(sent) } });
    else if (isChange(sent)) await changeStored(tx, shadowId, key, sent);
    else rows.set(key, rowOf(line, sent, key));
  }
  for (const [shadowId, rows] of fresh) await saveRows(tx, shadowId, [...rows.values()]);
}

/** It names its conversion by the id alone. */
function isChange(sent: StoredEvent): boolean {
  return sent.void === true || sent.ifKnown !== undefined;
}

function changeOf(sent: StoredEvent): Partial<Pick<NewRow["row"], "status" | "minor">> {
  if (sent.void === true) return { status: "rejected" };
  const minor = sent.ifKnown === "amend" ? mainMeasure(sent.type, sent.measures ?? {}) : null;
  return minor === null ? { status: "approved" } : { status: "approved", minor };
}

async function changeStored(tx: Tx, shadowId: string, key: string, sent: StoredEvent): Promise<void> {
  const { status, minor } = changeOf(sent);
  await sql`update tracking.shadow_row set status = ${status}, minor = coalesce(${minor ?? null}::bigint, minor)
    where shadow_id = ${shadowId} and row_key = ${key}`.execute(tx);
}

function rowOf({ lane, seq, line }: LiveLine, sent: StoredEvent, key: string): NewRow {
  const minor = mainMeasure(sent.type, sent.measures ?? {});
  const told = { ...sent, ...sent.measures, ...sent.dimensions, ...sent.other };
  return {
    key,
    fileId: null,
    line: null,
    receipt: receiptId(lane, seq, line),
    row: {
      orderId: sent.externalId,
      clickId: sent.clickId ?? sent.badClickId ?? null,
      customerRef: sent.customerRef,
      at: sent.at,
      type: sent.type,
      partnerRef: sent.partnerHint ?? sent.code ?? "",
      minor,
      currency: minor === null ? null : (sent.currency ?? null),
      status: "approved",
    },
    raw: Object.entries(told).flatMap(([name, value]): [string, string][] =>
      typeof value === "object" || value === undefined ? [] : [[name, String(value)]],
    ),
  };
}
