import type { IntakeQuery, IntakeRow } from "@tributary/contract";
import type { Actor, RecordReach } from "../access/index.ts";
import { decodeCursor, encodeCursor, invalidCursor } from "../kernel/cursor.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { startOfDay } from "../kernel/period.ts";
import { reachOf } from "../partners/index.ts";
import { parseReceiptId, receiptId } from "../tracking/index.ts";
import type { ReportContext } from "./contracts.ts";
import { type IntakeSearch, intakeQuery, isImpossible } from "./core/intake-search.ts";
import { ask } from "./store/ask.ts";
import { programFacts } from "./store/names.ts";

interface Found {
  readonly kind: "call" | "click";
  readonly at: string;
  readonly lane: number;
  readonly seq: string;
  readonly line: number;
  readonly door: string;
  readonly fate: string;
  readonly reason: string;
  readonly detail: string;
  readonly program_id: string;
  readonly partner_id: string;
  readonly source_id: string;
  readonly type: string;
  readonly external_id: string;
  readonly customer_ref: string;
  readonly event_id: string;
  readonly click_id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly raw: string;
}

const HOUR = 3_600_000;
/** How far back each look goes: most pages are full after the first, and only a rare find reads the whole log. */
const LOOKS = [HOUR, 40 * 24 * HOUR, Number.POSITIVE_INFINITY];
/** Clocks of several machines differ a little: what arrived "after now" is shown too. */
const AHEAD = HOUR;
const ORDER = "intake";

/**
 * A page of the intake log, newest first: calls with the fate of each of their events, and clicks. Found by any parameter.
 * @throws Refusal invalid_input (cursor), report_too_heavy (a rare text in a very large log: narrow the time)
 */
export async function searchIntake(
  ctx: ReportContext,
  actor: Actor,
  query: IntakeQuery,
): Promise<{ data: IntakeRow[]; nextCursor: string | null }> {
  const reach = await reachOf(ctx, actor, "intake.read");
  const search = searchOf(query);
  if (isImpossible(search)) return { data: [], nextCursor: null };
  const found = await lookBack(ctx, reach, search, query);
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  return {
    data: rows.map(rowOf),
    nextCursor:
      found.length > query.limit && last
        ? encodeCursor(ORDER, [instantOfRow(last), last.lane, last.seq, last.line])
        : null,
  };
}

async function lookBack(
  ctx: ReportContext,
  reach: RecordReach,
  search: IntakeSearch,
  query: IntakeQuery,
): Promise<readonly Found[]> {
  const after = query.cursor === undefined ? undefined : afterOf(query.cursor);
  const { earliest, latest } = await boundsOf(ctx, query);
  let until = after === undefined ? latest : Math.min(latest, after.at + 1);
  const newest = until;
  const found: Found[] = [];
  for (const look of search.place ? LOOKS.slice(-1) : LOOKS) {
    const since = Math.max(earliest, newest - look, 0);
    if (since >= until) break;
    const slice = { since, until, after, limit: query.limit + 1 - found.length };
    found.push(...(await ask<Found>(ctx.analytics, reach, intakeQuery(search, slice))));
    if (found.length > query.limit || since <= earliest) break;
    until = since;
  }
  return found;
}

function afterOf(cursor: string): { at: number; lane: number; seq: string; line: number } {
  const [at = "", lane = "", seq = "", line = ""] = decodeCursor(ORDER, 4, cursor);
  if (![at, lane, seq, line].every((text) => /^\d{1,19}$/.test(text))) throw invalidCursor();
  return { at: Number(at), lane: Number(lane), seq, line: Number(line) };
}

/** Instants in milliseconds: earliest ≤ at < latest. Days are cut in the zone of the one program asked for. */
async function boundsOf(ctx: ReportContext, query: IntakeQuery): Promise<{ earliest: number; latest: number }> {
  const days = query.atFrom !== undefined || query.atTo !== undefined;
  const [only, another] = query.programId ?? [];
  const programs = days && only !== undefined && another === undefined ? await programFacts(ctx.whole) : [];
  const zone = programs.find(({ programId }) => programId === only)?.timeZone ?? "UTC";
  const from = [query.from && Date.parse(query.from), query.atFrom && startOfDay(query.atFrom, zone).getTime()];
  const to = [query.to && Date.parse(query.to), query.atTo && startOfDay(query.atTo, zone).getTime()];
  return {
    earliest: Math.max(0, ...from.map((at) => at || 0)),
    latest: Math.min(ctx.clock.now().getTime() + AHEAD, ...to.map((at) => at || Number.POSITIVE_INFINITY)),
  };
}

function searchOf(query: IntakeQuery): IntakeSearch {
  const params: [string, string][] = [];
  for (const [name, given] of Object.entries(query)) {
    if (!name.startsWith("param.") || name.length === 6) continue;
    const values = (Array.isArray(given) ? given : [given]) as string[];
    for (const value of values) params.push([name.slice(6).toLowerCase(), value]);
  }
  const text = query.q?.trim() || undefined;
  const event = text === undefined ? undefined : parsePublicNumber("evt", text.toLowerCase());
  return {
    kind: query.kind,
    ...(event === undefined ? placeOrText(text) : {}),
    fates: split(query.fate),
    doors: split(query.door),
    reason: query.reason,
    types: split(query.type),
    programIds: query.programId,
    partnerIds: query.partnerId,
    sourceIds: query.sourceId,
    params,
    eventId: event,
  };
}

/** A receipt id names its place in the log. (A click id is searched as text: the events that carried it are wanted too.) */
function placeOrText(text: string | undefined): Pick<IntakeSearch, "text" | "place"> {
  const place = text === undefined ? undefined : parseReceiptId(text);
  return place ? { place: { lane: place.lane, seq: place.seq } } : { text };
}

function split(list: string | undefined): readonly string[] | undefined {
  const values = list?.split(",").filter((value) => value !== "");
  return values?.length ? values : undefined;
}

function rowOf(found: Found): IntakeRow {
  return {
    id:
      found.kind === "call"
        ? receiptId(found.lane, BigInt(found.seq), found.line)
        : receiptId(found.lane, BigInt(found.seq)),
    kind: found.kind,
    at: new Date(instantOfRow(found)).toISOString(),
    door: found.door,
    fate: found.fate,
    reason: found.reason,
    detail: found.detail,
    programId: found.program_id || null,
    partnerId: found.partner_id || null,
    sourceId: found.source_id || null,
    type: found.type,
    externalId: found.external_id,
    customerRef: found.customer_ref,
    clickId: found.click_id,
    eventId: found.event_id === "0" ? null : publicNumber("evt", BigInt(found.event_id)),
    params: found.params,
    raw: found.raw,
  };
}

/** ClickHouse writes an instant as `2026-03-01 12:00:00.000`, in UTC. */
function instantOfRow(found: Found): number {
  return Date.parse(`${found.at.replace(" ", "T")}Z`);
}
