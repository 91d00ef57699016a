import type { Event, EventQuery, IntakeReceipt } from "@tributary/contract";
import { ERRORS } from "@tributary/contract";
import { type Actor, isWithin } from "../../access/index.ts";
import type { Context, Page } from "../../database/index.ts";
import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";
import { notFound } from "../../kernel/refusals.ts";
import { reachOf } from "../../partners/index.ts";
import { ENTRY_KIND, type IntakeEntry, type StoredLine } from "../contracts.ts";
import { parseReceiptId, receiptId } from "../core/receipt-id.ts";
import { readCall } from "../core/stored.ts";
import { findEntry } from "../intake/reader.ts";
import { maskCustomer } from "../outbound/index.ts";
import { type EventRow, eventPage, type ReceiptRow, receiptRows } from "./event-page.ts";

/** Stored events that the actor may see; a partner sees those of its customers, with the customers' ids masked. */
export async function listEvents(ctx: Context, actor: Actor, query: EventQuery): Promise<Page<Event>> {
  const within = await reachOf(ctx, actor, "events.read");
  const page = await eventPage(ctx.db, within, query, query);
  return { rows: page.rows.map((row) => eventWire(row, actor.partnerId !== undefined)), nextCursor: page.nextCursor };
}

export async function getEvent(ctx: Context, actor: Actor, id: string): Promise<Event> {
  const within = await reachOf(ctx, actor, "events.read");
  if (parsePublicNumber("evt", id) === undefined) throw notFound("event", id);
  const [row] = (await eventPage(ctx.db, within, { q: id }, { limit: 1 })).rows;
  if (row === undefined) throw notFound("event", id);
  return eventWire(row, actor.partnerId !== undefined);
}

function eventWire(row: EventRow, forPartner: boolean): Event {
  const state = row.superseded_by !== null ? "replaced" : row.void ? "reversed" : "counts";
  return {
    id: publicNumber("evt", row.event_id),
    receiptId: receiptId(row.lane, row.seq, row.line),
    programId: row.program_id,
    sourceId: row.source_id,
    type: row.type,
    externalId: row.external_id,
    customerId: publicNumber("cus", row.customer_id),
    customerRef: forPartner ? maskCustomer(row.customer_ref) : row.customer_ref,
    partnerId: row.partner_id,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    currency: row.currency,
    measures: row.measures,
    quantities: row.quantities,
    dimensions: row.dimensions,
    clickId: row.click_id,
    code: row.code,
    partnerHint: row.partner_hint,
    state,
    replaces: row.replaces === null ? null : publicNumber("evt", row.replaces),
    replacedBy: row.superseded_by === null ? null : publicNumber("evt", row.superseded_by),
    fate: row.fate as Event["fate"],
    reason: row.reason,
  };
}

/** Words for the reasons that receipts carry; the shell gives those of attribution. */
export type ReasonTexts = Readonly<Record<string, string>>;

/**
 * What became of one call, line by line; also while it waits to be processed.
 * @throws Refusal not_found for no such receipt, one of a click, or of a program that the actor may not see
 */
export async function getReceipt(
  ctx: Context,
  actor: Actor,
  id: string,
  page: { readonly fromLine: number; readonly limit: number },
  texts: ReasonTexts,
): Promise<IntakeReceipt> {
  const place = parseReceiptId(id);
  const entry = place === undefined ? undefined : await findEntry(ctx.db, place.lane, place.seq);
  if (place === undefined || entry === undefined || entry.kind !== ENTRY_KIND.events) throw notFound("receipt", id);
  const call = readCall(entry.body);
  const within = await reachOf(ctx, actor, "intake.read");
  if (!isWithin(within, { partnerId: null, programId: call.programId ?? null })) throw notFound("receipt", id);
  const fates = await receiptRows(ctx.db, entry.lane, entry.seq);
  const lines = linesOf(entry, call.events, fates, texts);
  const asked =
    place.line === undefined
      ? lines.filter((l) => l.line >= page.fromLine)
      : lines.filter((l) => l.line === place.line);
  return {
    id: receiptId(entry.lane, entry.seq),
    receivedAt: entry.receivedAt.toISOString(),
    state: fates.length > 0 ? "processed" : "waiting",
    door: call.door,
    programId: call.programId ?? null,
    sourceId: call.sourceId ?? null,
    ip: call.ip ?? null,
    userAgent: call.ua ?? null,
    raw: call.raw ?? null,
    file: call.file ?? null,
    lineCount: lines.length,
    lines: asked.slice(0, page.limit),
  };
}

function linesOf(
  entry: IntakeEntry,
  sent: readonly StoredLine[],
  fates: readonly ReceiptRow[],
  texts: ReasonTexts,
): IntakeReceipt["lines"] {
  const byLine = new Map(fates.map((row) => [row.line, row]));
  const events = new Map(sent.map((event) => [event.line, event]));
  const numbers = [...new Set([...byLine.keys(), ...events.keys()])].sort((a, b) => a - b);
  return numbers.map((line) => {
    const fate = byLine.get(line);
    const event = events.get(line);
    const parsed = event !== undefined && !("refused" in event) ? event : undefined;
    const reason = fate?.reason ?? null;
    return {
      receiptId: receiptId(entry.lane, entry.seq, line),
      line,
      fate: fate?.fate ?? null,
      reason,
      reasonText: reason === null ? null : textOf(reason, texts),
      detail: fate?.detail ?? null,
      eventId: fate?.event_id == null ? null : publicNumber("evt", fate.event_id),
      partnerId: fate?.partner_id ?? null,
      type: parsed?.type ?? null,
      externalId: parsed?.externalId ?? null,
      sent: event ?? null,
    };
  });
}

function textOf(reason: string, texts: ReasonTexts): string {
  const refusals: Readonly<Record<string, { readonly title: string }>> = ERRORS;
  return texts[reason] ?? refusals[reason]?.title ?? reason;
}
